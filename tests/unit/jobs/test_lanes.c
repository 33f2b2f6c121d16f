#include "t.h"

#include "jobs/lanes.h"

#include "base/clock.h"
#include "base/hash.h"

#define MANY 3000

static struct ct_ticket tickets[MANY];

static bool push(struct ct_lanes *lanes, int i, const char *key, int concurrency,
                 enum ct_lane lane, int64_t now_us)
{
    return ct_lanes_push(lanes, &tickets[i], ct_slice(key), concurrency, lane, 1, now_us);
}

static int pop_at(struct ct_lanes *lanes, int64_t now_us)
{
    struct ct_ticket *t = ct_lanes_pop(lanes, now_us);
    return t ? (int)(t - tickets) : -1;
}

/* While nothing has aged. */
static int pop(struct ct_lanes *lanes)
{
    return pop_at(lanes, 0);
}

TEST(lanes__one_key_is_first_in_first_out)
{
    struct ct_lanes *lanes = ct_lanes_new();
    REQUIRE(lanes);
    for (int i = 0; i < 10; i++)
        REQUIRE(push(lanes, i, "a", 0, CT_LANE_INTERACTIVE, i));
    CHECK_INT(ct_lanes_waiting(lanes, CT_LANE_INTERACTIVE), 10);
    CHECK_INT(ct_lanes_position(lanes, &tickets[4]), 4);
    for (int i = 0; i < 10; i++)
        CHECK_INT(pop(lanes), i);
    CHECK_INT(pop(lanes), -1);
    for (int i = 0; i < 10; i++)
        ct_lanes_done(lanes, &tickets[i]);
    ct_lanes_free(&lanes);
}

/* One key floods the queue; another's single request does not wait behind the flood. */
TEST(lanes__a_flood_of_one_key_does_not_delay_another)
{
    struct ct_lanes *lanes = ct_lanes_new();
    REQUIRE(lanes);
    for (int i = 0; i < 1000; i++)
        REQUIRE(push(lanes, i, "flood", 0, CT_LANE_INTERACTIVE, i));
    for (int i = 0; i < 50; i++)
        CHECK_INT(pop(lanes), i);
    REQUIRE(push(lanes, 1000, "quiet", 0, CT_LANE_INTERACTIVE, 2000));
    REQUIRE(push(lanes, 1001, "quiet", 0, CT_LANE_INTERACTIVE, 2001));
    int before = 0;
    while (pop(lanes) < 1000)
        before++;
    CHECK(before <= 1);
    before = 0;
    while (pop(lanes) < 1000)
        before++;
    CHECK(before <= 2); /* and its second takes turns */
    ct_lanes_free(&lanes);
}

TEST(lanes__shares_are_even_by_cost)
{
    struct ct_lanes *lanes = ct_lanes_new();
    int spent[2] = { 0, 0 };
    REQUIRE(lanes);
    for (int i = 0; i < 400; i++) { /* key a asks for work ten times as dear */
        bool dear = i % 2 == 0;
        REQUIRE(ct_lanes_push(lanes, &tickets[i], dear ? CT_S("a") : CT_S("b"), 0,
                              CT_LANE_INTERACTIVE, dear ? 10 : 1, i));
    }
    for (int i = 0; i < 110; i++) {
        struct ct_ticket *t = ct_lanes_pop(lanes, 0);
        spent[(t - tickets) % 2] += t->cost;
    }
    CHECK(abs(spent[0] - spent[1]) <= 10);
    ct_lanes_free(&lanes);
}

TEST(lanes__a_key_at_its_limit_waits_and_others_go_on)
{
    struct ct_lanes *lanes = ct_lanes_new();
    REQUIRE(lanes);
    for (int i = 0; i < 4; i++)
        REQUIRE(push(lanes, i, "a", 2, CT_LANE_INTERACTIVE, i));
    REQUIRE(push(lanes, 4, "b", 0, CT_LANE_BATCH, 10));
    CHECK_INT(pop(lanes), 0);
    CHECK_INT(pop(lanes), 1);
    CHECK_INT(pop(lanes), 4); /* a less urgent lane, but it may run */
    CHECK_INT(pop(lanes), -1);
    ct_lanes_done(lanes, &tickets[1]);
    CHECK_INT(pop(lanes), 2);
    CHECK_INT(pop(lanes), -1);
    ct_lanes_free(&lanes);
}

TEST(lanes__urgent_first_while_nothing_has_aged)
{
    struct ct_lanes *lanes = ct_lanes_new();
    REQUIRE(lanes);
    REQUIRE(push(lanes, 0, "a", 0, CT_LANE_BATCH, 0));
    REQUIRE(push(lanes, 1, "a", 0, CT_LANE_BACKGROUND, 1000));
    REQUIRE(push(lanes, 2, "a", 0, CT_LANE_INTERACTIVE, 2000));
    CHECK_INT(ct_lanes_position(lanes, &tickets[0]), 2);
    CHECK_INT(pop_at(lanes, CT_LANE_BACKGROUND_AGE_US), 2);
    CHECK_INT(pop_at(lanes, CT_LANE_BACKGROUND_AGE_US), 1);
    CHECK_INT(pop_at(lanes, CT_LANE_BACKGROUND_AGE_US), 0);
    ct_lanes_free(&lanes);
}

/* A thousand tasks of an hour ago: somebody who waits for his picture is not put behind them all. */
TEST(lanes__a_backlog_that_has_aged_has_every_fourth_turn)
{
    struct ct_lanes *lanes = ct_lanes_new();
    int64_t hour = 3600 * 1000000ll;
    int urgent = 0;
    REQUIRE(lanes);
    for (int i = 0; i < 1000; i++)
        REQUIRE(push(lanes, i, "backlog", 0, i % 2 ? CT_LANE_BACKGROUND : CT_LANE_BATCH, i));
    for (int i = 1000; i < 1030; i++)
        REQUIRE(push(lanes, i, "client", 0, CT_LANE_INTERACTIVE, hour + i));
    for (int i = 0; i < 36; i++)
        urgent += pop_at(lanes, hour + i) >= 1000;
    CHECK_INT(urgent, 27);
    CHECK_INT(ct_lanes_waiting(lanes, CT_LANE_BACKGROUND), 491); /* whose age is over for longest */
    ct_lanes_free(&lanes);
}

/* Everybody who polls asks for it, with the queue's lock held. */
TEST(lanes__the_place_of_the_last_of_a_hundred_thousand_is_known_at_once)
{
    struct ct_lanes *lanes = ct_lanes_new();
    struct ct_ticket *many = calloc(100000, sizeof(*many));
    REQUIRE(lanes && many);
    for (int i = 0; i < 100000; i++)
        REQUIRE(ct_lanes_push(lanes, &many[i], CT_S("a"), 0, CT_LANE_BACKGROUND, 1, i));
    int64_t begun_us = ct_clock_us();
    for (int i = 0; i < 10000; i++) /* at 100 us each a second; it takes a hundredth of that */
        CHECK_INT(ct_lanes_position(lanes, &many[99999]), 99999);
    CHECK(ct_clock_us() - begun_us < 1000000);
    ct_lanes_free(&lanes);
    free(many);
}

TEST(lanes__nothing_starves)
{
    struct ct_lanes *lanes = ct_lanes_new();
    REQUIRE(lanes);
    REQUIRE(push(lanes, 0, "a", 0, CT_LANE_BATCH, 0));
    REQUIRE(push(lanes, 1, "a", 0, CT_LANE_BACKGROUND, 0));
    int left = 2;
    for (int i = 2; i < 20 && left > 0; i++) {
        REQUIRE(push(lanes, i, "b", 0, CT_LANE_INTERACTIVE, CT_LANE_BATCH_AGE_US));
        left -= pop_at(lanes, CT_LANE_BATCH_AGE_US) < 2;
        CHECK(left > 0 || i == 9);
    }
    CHECK_INT(left, 0);
    ct_lanes_free(&lanes);
}

TEST(lanes__removing_leaves_the_rest_in_order)
{
    struct ct_lanes *lanes = ct_lanes_new();
    REQUIRE(lanes);
    for (int i = 0; i < 6; i++)
        REQUIRE(push(lanes, i, i % 2 ? "b" : "a", 0, CT_LANE_BACKGROUND, i));
    ct_lanes_remove(lanes, &tickets[0]);
    ct_lanes_remove(lanes, &tickets[3]);
    ct_lanes_remove(lanes, &tickets[5]);
    CHECK_INT(ct_lanes_waiting(lanes, CT_LANE_BACKGROUND), 3);
    CHECK(ct_lanes_oldest(lanes, CT_LANE_BACKGROUND) == &tickets[1]);
    CHECK_INT(pop(lanes), 1);
    CHECK_INT(pop(lanes), 2);
    CHECK_INT(pop(lanes), 4);
    CHECK_INT(pop(lanes), -1);
    ct_lanes_free(&lanes);
}

/* What stands in the lists, one by one. */
static int counted_position(const struct ct_lanes *lanes, const struct ct_ticket *ticket)
{
    int n = 0;
    for (int l = 0; l < (int)ticket->lane; l++)
        n += ct_lanes_waiting(lanes, (enum ct_lane)l);
    for (struct ct_ticket *t = ct_lanes_oldest(lanes, ticket->lane); t && t != ticket;
         t = t->lane_next)
        n++;
    return n;
}

/* Random pushes, pops, ends and removals against a plain model of who waits and runs. */
TEST(lanes__agree_with_a_plain_model)
{
    struct ct_lanes *lanes = ct_lanes_new();
    static int state[MANY]; /* 0 free, 1 waiting, 2 running */
    int waiting = 0, running[7] = { 0 };
    REQUIRE(lanes);
    memset(state, 0, sizeof(state));
    for (uint64_t step = 0; step < 60000; step++) {
        uint64_t r = ct_mix64(step);
        int i = (int)(r % MANY), key = i % 7, limit = key; /* key 0 has none */
        char name[8];
        snprintf(name, sizeof(name), "k%d", key);
        if (state[i] == 0) {
            REQUIRE(push(lanes, i, name, limit, (enum ct_lane)(r >> 20) % CT_LANE_COUNT,
                         (int64_t)step));
            state[i] = 1;
            waiting++;
        } else if (state[i] == 1 && r >> 60 == 0) {
            ct_lanes_remove(lanes, &tickets[i]);
            state[i] = 0;
            waiting--;
        } else if (state[i] == 2) {
            ct_lanes_done(lanes, &tickets[i]);
            state[i] = 0;
            running[key]--;
        } else {
            int p = pop(lanes);
            if (p < 0) {
                CHECK(state[i] != 1 || (limit > 0 && running[key] == limit));
                continue;
            }
            CHECK_INT(state[p], 1);
            CHECK(p % 7 == 0 || running[p % 7] < p % 7);
            state[p] = 2;
            running[p % 7]++;
            waiting--;
        }
        int sum = 0;
        for (int l = 0; l < CT_LANE_COUNT; l++)
            sum += ct_lanes_waiting(lanes, (enum ct_lane)l);
        CHECK_INT(sum, waiting);
        if (state[i] == 1 && step % 64 == 0)
            CHECK_INT(ct_lanes_position(lanes, &tickets[i]), counted_position(lanes, &tickets[i]));
    }
    ct_lanes_free(&lanes);
}
