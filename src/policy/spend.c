/* Accounts in a hash table, one for each key and one for each user of a key, under one lock that is
 * held for some ten additions.
 *
 * An account is known by 128 bits of SHA-256 of its key's id and user, so that it has a fixed size
 * whatever clients call their users. Users are many: beyond users_max, accounts of users who have
 * spent nothing in this month make room, and when there are none a request that needs a new one is
 * refused, for a budget that is not counted is none. */
#include "policy/spend.h"

#include "base/clock.h"
#include "base/mem.h"
#include "contract/usage.h"
#include "store/ledger.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

#define DAY_MS 86400000
#define USERS_MAX 200000
#define FIRST_BUCKETS 1024

struct account {
    uint8_t id[16];
    bool is_user;
    int64_t day, month; /* that the two sums are of: since 1970, and the month's first day */
    int64_t spent_day, spent_month, spent_total;
    struct account *next;
};

struct ct_spend {
    pthread_mutex_t lock; /* guards all below but options */
    struct account **buckets;
    size_t n_buckets, n;
    int n_users;
    struct ct_spend_options options;
};

int64_t ct_day_of(int64_t ms)
{
    return ms / DAY_MS;
}

int64_t ct_month_first_day(int64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm;
    gmtime_r(&seconds, &tm);
    return ct_day_of(ms) - (tm.tm_mday - 1);
}

static void make_id(uint8_t id[16], struct ct_slice key_id, struct ct_slice user)
{
    uint8_t parts[2 * CT_SHA256_LEN], hash[CT_SHA256_LEN];
    ct_sha256(parts, key_id.ptr ? key_id.ptr : "", key_id.len);
    ct_sha256(parts + CT_SHA256_LEN, user.ptr ? user.ptr : "", user.len);
    ct_sha256(hash, parts, sizeof(parts));
    memcpy(id, hash, 16);
}

static struct account **bucket(const struct ct_spend *spend, const uint8_t id[16])
{
    uint64_t prefix;
    memcpy(&prefix, id, sizeof(prefix));
    return &spend->buckets[(size_t)prefix & (spend->n_buckets - 1)];
}

static struct account *find(const struct ct_spend *spend, const uint8_t id[16])
{
    struct account *a = *bucket(spend, id);
    while (a && memcmp(a->id, id, 16) != 0)
        a = a->next;
    return a;
}

/* When there is no memory for more buckets, chains grow longer and nothing else happens. */
static void grow(struct ct_spend *spend)
{
    struct ct_spend larger = { .n_buckets = 2 * spend->n_buckets };
    larger.buckets = ct_calloc(larger.n_buckets, sizeof(struct account *));
    if (!larger.buckets)
        return;
    for (size_t i = 0; i < spend->n_buckets; i++) {
        while (spend->buckets[i]) {
            struct account *a = spend->buckets[i], **to = bucket(&larger, a->id);
            spend->buckets[i] = a->next;
            a->next = *to;
            *to = a;
        }
    }
    ct_free(spend->buckets);
    spend->buckets = larger.buckets;
    spend->n_buckets = larger.n_buckets;
}

/* Users of whom nothing is counted this month: their accounts say what a new one would. */
static void forget_idle_users(struct ct_spend *spend, int64_t month)
{
    for (size_t i = 0; i < spend->n_buckets; i++) {
        struct account **link = &spend->buckets[i];
        while (*link) {
            struct account *a = *link;
            if (!a->is_user || (a->month >= month && a->spent_month != 0)) {
                link = &a->next;
                continue;
            }
            *link = a->next;
            spend->n--;
            spend->n_users--;
            ct_free(a);
        }
    }
}

/* NULL: out of memory, or too many users. */
static struct account *get(struct ct_spend *spend, const uint8_t id[16], bool is_user,
                           int64_t month)
{
    struct account *a = find(spend, id);
    if (a)
        return a;
    if (is_user && spend->n_users >= spend->options.users_max)
        forget_idle_users(spend, month);
    if (is_user && spend->n_users >= spend->options.users_max)
        return NULL;
    if (spend->n >= spend->n_buckets)
        grow(spend);
    a = ct_calloc(1, sizeof(*a));
    if (!a)
        return NULL;
    memcpy(a->id, id, 16);
    a->is_user = is_user;
    struct account **to = bucket(spend, id);
    a->next = *to;
    *to = a;
    spend->n++;
    spend->n_users += is_user;
    return a;
}

/* The sums of a day or month that is over start again. Yesterday's request that comes after today's
 * first changes nothing; but a clock that was ahead and is set back takes the sums along: they are
 * counted once more than needed, for a limit that is not counted would be none. */
static void turn(struct account *a, int64_t day, int64_t month)
{
    bool set_back = day < a->day - 1;
    if (day > a->day)
        a->spent_day = 0;
    if (month > a->month)
        a->spent_month = 0;
    if (day > a->day || set_back)
        a->day = day;
    if (month > a->month || set_back)
        a->month = month;
}

static void add(struct account *a, int64_t day, int64_t month, int64_t nano)
{
    if (day == a->day)
        a->spent_day += nano;
    if (month == a->month)
        a->spent_month += nano;
    a->spent_total += nano;
}

static int64_t counted(const struct ct_spend *spend, int64_t real, int64_t simulated)
{
    return real + (spend->options.count_simulated ? simulated : 0);
}

struct loading {
    struct ct_spend *spend;
    int64_t today, month;
    bool failed;
};

static void load_sum(void *ctx, const struct ct_ledger_sum *sum)
{
    struct loading *l = ctx;
    int64_t nano = counted(l->spend, sum->real, sum->simulated);
    int64_t month = sum->day >= l->month ? l->month : 0;
    int64_t day =
        sum->day < l->today ? sum->day : l->today; /* of a clock that was ahead: today's */
    uint8_t id[16];
    make_id(id, sum->key_id, CT_S(""));
    struct account *key = get(l->spend, id, false, l->month);
    if (key) {
        turn(key, l->today, l->month);
        add(key, day, month, nano);
    }
    l->failed = l->failed || !key;
    if (sum->user.len == 0 || nano == 0)
        return;
    make_id(id, sum->key_id, sum->user);
    struct account *user = get(l->spend, id, true, l->month);
    if (user) {
        turn(user, l->today, l->month);
        add(user, day, month, nano);
    }
}

static ct_code release_orphans(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    (void)ctx;
    return ct_ledger_release_orphans(sql, ct_clock_wall_ms(), err);
}

static ct_code load(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct loading *l = ctx;
    CT_TRY(ct_ledger_sums(sql, l->month, load_sum, l, err));
    return l->failed ? ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading the ledger.")
                     : CT_OK;
}

ct_code ct_spend_open(struct ct_spend **out, const struct ct_spend_options *options,
                      struct ct_err *err)
{
    *out = NULL;
    struct ct_spend *spend = ct_calloc(1, sizeof(*spend));
    struct account **buckets = ct_calloc(FIRST_BUCKETS, sizeof(struct account *));
    if (!spend || !buckets) {
        ct_free(spend);
        ct_free(buckets);
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while opening the ledger.");
    }
    pthread_mutex_init(&spend->lock, NULL);
    spend->buckets = buckets;
    spend->n_buckets = FIRST_BUCKETS;
    spend->options = *options;
    if (spend->options.users_max <= 0)
        spend->options.users_max = USERS_MAX;
    int64_t now_ms = ct_clock_wall_ms();
    struct loading l = { spend, ct_day_of(now_ms), ct_month_first_day(now_ms), false };
    ct_code rc = CT_OK;
    if (options->db)
        rc = ct_db_write(options->db, release_orphans, NULL, err);
    if (options->db && rc == CT_OK)
        rc = ct_db_read(options->db, load, &l, err);
    if (rc != CT_OK)
        ct_spend_close(&spend);
    *out = spend;
    return rc;
}

void ct_spend_close(struct ct_spend **slot)
{
    struct ct_spend *spend = *slot;
    *slot = NULL;
    if (!spend)
        return;
    for (size_t i = 0; i < spend->n_buckets; i++) {
        while (spend->buckets[i]) {
            struct account *a = spend->buckets[i];
            spend->buckets[i] = a->next;
            ct_free(a);
        }
    }
    ct_free(spend->buckets);
    pthread_mutex_destroy(&spend->lock);
    ct_free(spend);
}

static ct_code no_room(const char *whose, const char *period, int64_t limit, int64_t spent,
                       int64_t nano, struct ct_err *err)
{
    char limit_text[32], spent_text[32], nano_text[32];
    ct_dollars_text(limit_text, limit);
    ct_dollars_text(spent_text, spent);
    ct_dollars_text(nano_text, nano);
    return ct_fail(err, CT_E_QUOTA, NULL,
                   "You exceeded your current quota, please check your plan and billing details. "
                   "The budget of this %s is $%s %s, of which $%s is spent or reserved; this "
                   "request may cost up to $%s.",
                   whose, limit_text, period, spent_text, nano_text);
}

/* Whether nano more fits, without ever adding up to more than 63 bits. */
static bool fits(int64_t limit, int64_t spent, int64_t nano)
{
    return limit == CT_NO_BUDGET || (nano <= limit && spent <= limit - nano);
}

static ct_code check_key(const struct account *a, const struct ct_reservation *r,
                         struct ct_err *err)
{
    const struct ct_key_limits *l = r->limits;
    if (!fits(l->budget_day, a->spent_day, r->nano))
        return no_room("API key", "a day", l->budget_day, a->spent_day, r->nano, err);
    if (!fits(l->budget_month, a->spent_month, r->nano))
        return no_room("API key", "a month", l->budget_month, a->spent_month, r->nano, err);
    if (!fits(l->budget_total, a->spent_total, r->nano))
        return no_room("API key", "in total", l->budget_total, a->spent_total, r->nano, err);
    return CT_OK;
}

void ct_spend_restore(struct ct_hold *out, struct ct_spend *spend, const struct ct_reservation *r)
{
    *out = (struct ct_hold){
        .spend = spend,
        .has_user = r->user.len > 0,
        .counted = !r->simulated || spend->options.count_simulated,
        .simulated = r->simulated,
        .nano = r->nano,
        .at_ms = r->at_ms,
        .day = ct_day_of(r->at_ms),
        .month = ct_month_first_day(r->at_ms),
    };
    make_id(out->key, ct_slice(r->key_id), CT_S(""));
    if (out->has_user)
        make_id(out->user, ct_slice(r->key_id), r->user);
}

/* A user's month is his key's. */
static void follow(struct account *user, const struct account *key)
{
    if (user->month < key->month)
        user->spent_month = 0;
    user->day = key->day;
    user->month = key->month;
}

/* With the lock held. */
static ct_code reserve(struct ct_spend *spend, struct ct_hold *hold,
                       const struct ct_reservation *r, struct ct_err *err)
{
    struct account *key = get(spend, hold->key, false, hold->month), *user = NULL;
    if (!key)
        return ct_fail(err, CT_E_MEMORY, NULL, "The server is out of memory.");
    turn(key, hold->day, hold->month);
    hold->day = key->day; /* where it is counted, and will be settled */
    hold->month = key->month;
    CT_TRY(check_key(key, r, err));
    if (hold->has_user)
        user = get(spend, hold->user, true, hold->month);
    if (user)
        follow(user, key);
    if (hold->has_user && r->limits->budget_user != CT_NO_BUDGET) {
        if (!user)
            return ct_fail(err, CT_E_OVERLOADED, NULL,
                           "The server keeps accounts of too many users this month.");
        if (!fits(r->limits->budget_user, user->spent_month, r->nano))
            return no_room("user", "a month", r->limits->budget_user, user->spent_month, r->nano,
                           err);
    }
    add(key, hold->day, hold->month, r->nano);
    if (user)
        add(user, hold->day, hold->month, r->nano);
    hold->has_user = user != NULL; /* what was not added must not be taken away */
    return CT_OK;
}

ct_code ct_spend_reserve(struct ct_hold *out, struct ct_spend *spend,
                         const struct ct_reservation *r, struct ct_err *err)
{
    struct ct_hold hold;
    ct_code rc = CT_OK;
    *out = (struct ct_hold){ 0 };
    ct_spend_restore(&hold, spend, r);
    if (hold.counted) {
        pthread_mutex_lock(&spend->lock);
        rc = reserve(spend, &hold, r, err);
        pthread_mutex_unlock(&spend->lock);
    }
    if (rc == CT_OK)
        *out = hold;
    return rc;
}

void ct_hold_settle(struct ct_hold *hold, int64_t cost)
{
    struct ct_spend *spend = hold->spend;
    hold->spend = NULL;
    if (!spend || !hold->counted)
        return;
    pthread_mutex_lock(&spend->lock);
    struct account *key = find(spend, hold->key);
    struct account *user = hold->has_user ? find(spend, hold->user) : NULL;
    if (key)
        add(key, hold->day, hold->month, cost - hold->nano);
    if (user)
        add(user, hold->day, hold->month, cost - hold->nano);
    pthread_mutex_unlock(&spend->lock);
}

void ct_hold_release(struct ct_hold *hold)
{
    ct_hold_settle(hold, 0);
}

void ct_hold_leave(struct ct_hold *hold)
{
    hold->spend = NULL;
}

void ct_spend_look(struct ct_spend *spend, const char *key_id, int64_t now_ms,
                   struct ct_spent *out)
{
    uint8_t id[16];
    make_id(id, ct_slice(key_id), CT_S(""));
    *out = (struct ct_spent){ 0 };
    pthread_mutex_lock(&spend->lock);
    struct account *a = find(spend, id);
    if (a) {
        turn(a, ct_day_of(now_ms), ct_month_first_day(now_ms));
        *out = (struct ct_spent){ a->spent_day, a->spent_month, a->spent_total };
    }
    pthread_mutex_unlock(&spend->lock);
}
