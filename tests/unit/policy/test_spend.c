#include "t.h"

#include "folder.h"

#include "base/clock.h"
#include "policy/spend.h"
#include "store/ledger.h"

#include <pthread.h>
#include <stdatomic.h>

#define DOLLAR 1000000000ll
#define DAY_MS 86400000ll
#define NOW_MS (20000 * DAY_MS) /* 2024-10-04 */

static struct ct_spend *open_spend(void)
{
    struct ct_spend *spend = NULL;
    CHECK_INT(ct_spend_open(&spend, &(struct ct_spend_options){ .count_simulated = true }, NULL),
              CT_OK);
    return spend;
}

static struct ct_key_limits limits(int64_t day, int64_t month, int64_t total, int64_t user)
{
    return (struct ct_key_limits){ .budget_day = day,
                                   .budget_month = month,
                                   .budget_total = total,
                                   .budget_user = user };
}

static ct_code reserve(struct ct_spend *spend, struct ct_hold *hold, const char *user,
                       const struct ct_key_limits *l, int64_t nano, int64_t at_ms)
{
    return ct_spend_reserve(hold, spend,
                            &(struct ct_reservation){ .key_id = "key_a",
                                                      .user = ct_slice(user),
                                                      .limits = l,
                                                      .nano = nano,
                                                      .simulated = true,
                                                      .at_ms = at_ms },
                            NULL);
}

struct racer {
    struct ct_spend *spend;
    const struct ct_key_limits *limits;
    pthread_barrier_t *start;
    atomic_int *admitted;
};

static void *race(void *arg)
{
    struct racer *r = arg;
    struct ct_hold hold;
    pthread_barrier_wait(r->start);
    for (int i = 0; i < 100; i++)
        if (reserve(r->spend, &hold, NULL, r->limits, DOLLAR, NOW_MS) == CT_OK)
            atomic_fetch_add(r->admitted, 1);
    return NULL;
}

TEST(spend__a_thousand_at_once_against_room_for_37_admit_37)
{
    enum { THREADS = 10 };
    struct ct_spend *spend = open_spend();
    struct ct_key_limits l = limits(CT_NO_BUDGET, 37 * DOLLAR + DOLLAR / 2, CT_NO_BUDGET,
                                    CT_NO_BUDGET);
    pthread_t threads[THREADS];
    pthread_barrier_t start;
    atomic_int admitted = 0;
    struct ct_spent spent;
    REQUIRE(spend);
    pthread_barrier_init(&start, NULL, THREADS);
    struct racer racer = { spend, &l, &start, &admitted };
    for (int i = 0; i < THREADS; i++)
        REQUIRE(pthread_create(&threads[i], NULL, race, &racer) == 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&start);
    CHECK_INT(admitted, 37);
    ct_spend_look(spend, "key_a", NOW_MS, &spent);
    CHECK_INT(spent.month, 37 * DOLLAR);
    ct_spend_close(&spend);
}

TEST(spend__what_was_not_needed_is_free_again)
{
    struct ct_spend *spend = open_spend();
    struct ct_key_limits l = limits(10, CT_NO_BUDGET, CT_NO_BUDGET, CT_NO_BUDGET);
    struct ct_hold a, b;
    struct ct_spent spent;
    REQUIRE(spend);
    CHECK_INT(reserve(spend, &a, NULL, &l, 10, NOW_MS), CT_OK);
    CHECK_INT(reserve(spend, &b, NULL, &l, 1, NOW_MS), CT_E_QUOTA);
    CHECK(!b.spend);
    ct_hold_settle(&a, 4);
    ct_hold_settle(&a, 4); /* once is enough */
    CHECK_INT(reserve(spend, &b, NULL, &l, 7, NOW_MS), CT_E_QUOTA);
    CHECK_INT(reserve(spend, &b, NULL, &l, 6, NOW_MS), CT_OK);
    ct_hold_release(&b);
    ct_spend_look(spend, "key_a", NOW_MS, &spent);
    CHECK_INT(spent.day, 4);
    CHECK_INT(spent.total, 4);
    ct_spend_close(&spend);
}

TEST(spend__the_message_says_which_budget_and_how_much)
{
    struct ct_spend *spend = open_spend();
    struct ct_key_limits l = limits(CT_NO_BUDGET, 2 * DOLLAR, CT_NO_BUDGET, CT_NO_BUDGET);
    struct ct_hold hold;
    struct ct_err err = { 0 };
    REQUIRE(spend);
    struct ct_reservation r = { .key_id = "key_a", .limits = &l, .nano = 3 * DOLLAR,
                                .at_ms = NOW_MS };
    CHECK_INT(ct_spend_reserve(&hold, spend, &r, &err), CT_E_QUOTA);
    CHECK(ct_slice_starts(ct_slice(err.msg), "You exceeded your current quota"));
    CHECK(strstr(err.msg, "API key is $2 a month, of which $0 is spent or reserved"));
    ct_spend_close(&spend);
}

TEST(spend__days_and_months_begin_again_and_totals_do_not)
{
    struct ct_spend *spend = open_spend();
    struct ct_key_limits l = limits(5, 8, 10, CT_NO_BUDGET);
    struct ct_hold a, b;
    REQUIRE(spend);
    CHECK_INT(reserve(spend, &a, NULL, &l, 5, NOW_MS), CT_OK);
    CHECK_INT(reserve(spend, &b, NULL, &l, 1, NOW_MS + DAY_MS - 1), CT_E_QUOTA);
    CHECK_INT(reserve(spend, &b, NULL, &l, 3, NOW_MS + DAY_MS), CT_OK);
    CHECK_INT(reserve(spend, &b, NULL, &l, 1, NOW_MS + 2 * DAY_MS), CT_E_QUOTA); /* the month */
    ct_hold_settle(&a, 1); /* counts in its own day */
    CHECK_INT(reserve(spend, &b, NULL, &l, 4, NOW_MS + 2 * DAY_MS), CT_OK);
    CHECK_INT(reserve(spend, &b, NULL, &l, 3, NOW_MS + 40 * DAY_MS), CT_E_QUOTA); /* the total */
    CHECK_INT(reserve(spend, &b, NULL, &l, 2, NOW_MS + 40 * DAY_MS), CT_OK);
    ct_spend_close(&spend);
}

/* A clock that was a year ahead for a moment, and is set right: no limit may be open from then on. */
TEST(spend__a_clock_that_is_set_back_opens_no_budget)
{
    struct ct_spend *spend = open_spend();
    struct ct_key_limits l = limits(10, 20, CT_NO_BUDGET, 15);
    struct ct_hold ahead, hold;
    REQUIRE(spend);
    CHECK_INT(reserve(spend, &ahead, "u", &l, 1, NOW_MS + 400 * DAY_MS), CT_OK);
    CHECK_INT(reserve(spend, &hold, "u", &l, 9, NOW_MS), CT_OK);
    CHECK_INT(reserve(spend, &hold, "u", &l, 1, NOW_MS), CT_E_QUOTA);
    ct_hold_settle(&ahead, 1); /* as it was reserved: nothing moves */
    CHECK_INT(reserve(spend, &hold, "u", &l, 1, NOW_MS), CT_E_QUOTA);
    CHECK_INT(reserve(spend, &hold, "u", &l, 5, NOW_MS + DAY_MS), CT_OK);
    CHECK_INT(reserve(spend, &hold, "u", &l, 1, NOW_MS + DAY_MS), CT_E_QUOTA); /* the user's month */
    CHECK_INT(reserve(spend, &hold, NULL, &l, 5, NOW_MS + DAY_MS), CT_OK);
    CHECK_INT(reserve(spend, &hold, NULL, &l, 1, NOW_MS + 2 * DAY_MS), CT_E_QUOTA); /* the key's */
    ct_spend_close(&spend);
}

/* Of two at midnight the one of yesterday may come second. */
TEST(spend__a_late_request_of_yesterday_forgets_nothing_of_today)
{
    struct ct_spend *spend = open_spend();
    struct ct_key_limits l = limits(10, CT_NO_BUDGET, CT_NO_BUDGET, CT_NO_BUDGET);
    struct ct_hold hold;
    REQUIRE(spend);
    CHECK_INT(reserve(spend, &hold, NULL, &l, 6, NOW_MS), CT_OK);
    CHECK_INT(reserve(spend, &hold, NULL, &l, 3, NOW_MS - 1), CT_OK);
    CHECK_INT(reserve(spend, &hold, NULL, &l, 2, NOW_MS + 1), CT_E_QUOTA);
    CHECK_INT(reserve(spend, &hold, NULL, &l, 1, NOW_MS + 1), CT_OK);
    ct_spend_close(&spend);
}

TEST(spend__each_user_has_a_budget_of_his_own)
{
    struct ct_spend *spend = open_spend();
    struct ct_key_limits l = limits(CT_NO_BUDGET, 12, CT_NO_BUDGET, 5);
    struct ct_hold hold;
    REQUIRE(spend);
    CHECK_INT(reserve(spend, &hold, "ada", &l, 5, NOW_MS), CT_OK);
    CHECK_INT(reserve(spend, &hold, "ada", &l, 1, NOW_MS), CT_E_QUOTA);
    CHECK_INT(reserve(spend, &hold, "bob", &l, 5, NOW_MS), CT_OK);
    CHECK_INT(reserve(spend, &hold, "eve", &l, 5, NOW_MS), CT_E_QUOTA); /* the key's */
    CHECK_INT(reserve(spend, &hold, NULL, &l, 2, NOW_MS), CT_OK);
    ct_spend_close(&spend);
}

TEST(spend__too_many_users_are_refused_only_where_their_budget_counts)
{
    struct ct_spend *spend = NULL;
    struct ct_key_limits with = limits(CT_NO_BUDGET, CT_NO_BUDGET, CT_NO_BUDGET, 5);
    struct ct_key_limits without = CT_KEY_LIMITS_NONE;
    struct ct_hold hold, first;
    REQUIRE(ct_spend_open(&spend, &(struct ct_spend_options){ .count_simulated = true,
                                                             .users_max = 2 }, NULL) == CT_OK);
    CHECK_INT(reserve(spend, &first, "a", &with, 5, NOW_MS), CT_OK);
    CHECK_INT(reserve(spend, &hold, "b", &with, 5, NOW_MS), CT_OK);
    CHECK_INT(reserve(spend, &hold, "c", &with, 5, NOW_MS), CT_E_OVERLOADED);
    CHECK_INT(reserve(spend, &hold, "c", &without, 5, NOW_MS), CT_OK);
    ct_hold_release(&first);
    CHECK_INT(reserve(spend, &hold, "d", &with, 5, NOW_MS), CT_OK); /* in a's place */
    CHECK_INT(reserve(spend, &hold, "e", &with, 5, NOW_MS + 40 * DAY_MS), CT_OK); /* new month */
    ct_spend_close(&spend);
}

TEST(spend__simulated_money_counts_only_when_it_is_to)
{
    struct ct_spend *spend = NULL;
    struct ct_key_limits l = limits(5, CT_NO_BUDGET, CT_NO_BUDGET, CT_NO_BUDGET);
    struct ct_hold hold;
    REQUIRE(ct_spend_open(&spend, &(struct ct_spend_options){ 0 }, NULL) == CT_OK);
    CHECK_INT(reserve(spend, &hold, NULL, &l, 6, NOW_MS), CT_OK);
    ct_hold_settle(&hold, 6);
    struct ct_reservation real = { .key_id = "key_a", .limits = &l, .nano = 6, .at_ms = NOW_MS };
    CHECK_INT(ct_spend_reserve(&hold, spend, &real, NULL), CT_E_QUOTA);
    ct_spend_close(&spend);
}

/* Against a model that keeps every hold in a list. */
TEST(spend__any_order_of_reserve_settle_and_release_adds_up)
{
    enum { HOLDS = 64, STEPS = 200000 };
    struct ct_spend *spend = open_spend();
    struct ct_key_limits l = limits(CT_NO_BUDGET, CT_NO_BUDGET, 1000, 400);
    struct ct_hold holds[HOLDS] = { 0 };
    int64_t costs[HOLDS] = { 0 }, spent = 0, user_spent[2] = { 0 };
    int users[HOLDS];
    uint64_t random = 7;
    REQUIRE(spend);
    for (int step = 0; step < STEPS; step++) {
        random = ct_mix64(random + 1);
        int i = (int)(random % HOLDS);
        if (!holds[i].spend) {
            int64_t nano = (int64_t)(random >> 8 & 63);
            users[i] = (int)(random >> 20 & 1);
            bool room = spent + nano <= 1000 && user_spent[users[i]] + nano <= 400;
            ct_code rc = reserve(spend, &holds[i], users[i] ? "x" : "y", &l, nano, NOW_MS);
            REQUIRE((rc == CT_OK) == room);
            if (room) {
                costs[i] = nano;
                spent += nano;
                user_spent[users[i]] += nano;
            }
        } else {
            /* Mostly released, so that the test does not run dry. */
            int64_t cost = random >> 32 & 1023 ? 0 : costs[i] / 2;
            ct_hold_settle(&holds[i], cost);
            spent -= costs[i] - cost;
            user_spent[users[i]] -= costs[i] - cost;
        }
    }
    struct ct_spent look;
    ct_spend_look(spend, "key_a", NOW_MS, &look);
    CHECK_INT(look.total, spent);
    CHECK_INT(look.day, spent);
    ct_spend_close(&spend);
}

/* With the ledger. */

static int64_t now_s;

static int64_t stopped_wall(void)
{
    return now_s;
}

static struct ct_ledger_row row_of(const char *job, int64_t at_ms, int64_t reserved)
{
    return (struct ct_ledger_row){ .job_id = ct_slice(job),
                                   .request_id = ct_slice(job),
                                   .key_id = CT_S("key_a"),
                                   .user = CT_S("ada"),
                                   .model = CT_S("m"),
                                   .engine = CT_S("e"),
                                   .simulated = true,
                                   .at_ms = at_ms,
                                   .reserved = reserved };
}

static ct_code write_rows(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    (void)ctx;
    struct ct_ledger_row row = row_of("today", NOW_MS, 50);
    struct ct_ledger_end end = { .ended_ms = NOW_MS, .pictures = 1, .cost = 7 };
    CT_TRY(ct_ledger_put(sql, &row, &end, err));
    row = row_of("yesterday", NOW_MS - DAY_MS, 50);
    end.cost = 20;
    CT_TRY(ct_ledger_put(sql, &row, &end, err));
    row = row_of("last month", NOW_MS - 10 * DAY_MS, 50);
    end.cost = 100;
    CT_TRY(ct_ledger_put(sql, &row, &end, err));
    row = row_of("orphan", NOW_MS, 1000);
    CT_TRY(ct_ledger_reserve(sql, &row, err));
    row = row_of("waits", NOW_MS, 3000);
    CT_TRY(ct_ledger_reserve(sql, &row, err));
    return ct_sql_script(sql,
                         "INSERT INTO jobs (id, request_id, key_id, state, lane, durable, engine, "
                         "operation, model, n, size, quality, format, background, extended, "
                         "reply_as, created_ms) VALUES ('waits','r','key_a',0,0,1,'','','',1,'',"
                         "'','','',0,0,0)",
                         err);
}

static ct_code settle_waiting(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    (void)ctx;
    struct ct_ledger_end end = { .ended_ms = NOW_MS, .pictures = 1, .cost = 11 };
    CT_TRY(ct_ledger_settle(sql, CT_S("waits"), &end, NULL, NULL, err));
    return ct_ledger_settle(sql, CT_S("waits"), &end, NULL, NULL, err); /* only once */
}

static void check_spent(struct ct_db *db, int64_t day, int64_t month, int64_t total)
{
    struct ct_spend *spend = NULL;
    struct ct_spent spent;
    REQUIRE(ct_spend_open(&spend, &(struct ct_spend_options){ .db = db, .count_simulated = true },
                          NULL) == CT_OK);
    ct_spend_look(spend, "key_a", NOW_MS, &spent);
    CHECK_INT(spent.day, day);
    CHECK_INT(spent.month, month);
    CHECK_INT(spent.total, total);
    ct_spend_close(&spend);
}

TEST(spend__is_loaded_from_the_ledger_with_what_is_still_reserved)
{
    struct folder folder = folder_make();
    struct ct_db *db = NULL;
    now_s = NOW_MS / 1000;
    ct_clock_replace(NULL, stopped_wall);
    REQUIRE(ct_db_open(&db, folder.path, NULL) == CT_OK);
    REQUIRE(ct_db_write(db, write_rows, NULL, NULL) == CT_OK);
    check_spent(db, 3007, 3027, 3127); /* the orphan is released */
    REQUIRE(ct_db_write(db, settle_waiting, NULL, NULL) == CT_OK);
    check_spent(db, 18, 38, 138);
    ct_db_close(&db);
    folder_remove(&folder);
    ct_clock_replace(NULL, NULL);
}
