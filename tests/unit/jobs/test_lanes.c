#include "t.h"

#include "jobs/lanes.h"

#include "base/hash.h"

#define MANY 3000

static struct ct_ticket tickets[MANY];

static bool push(struct ct_lanes *lanes, int i, const char *key, int concurrency,
                 enum ct_lane lane, int64_t now_us)
{
    return ct_lanes_push(lanes, &tickets[i], ct_slice(key), concurrency, lane, 1, now_us);
}

static int pop(struct ct_lanes *lanes)
{
    struct ct_ticket *t = ct_lanes_pop(lanes);
    return t ? (int)(t - tickets) : -1;
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
        struct ct_ticket *t = ct_lanes_pop(lanes);
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

TEST(lanes__urgent_first_until_the_rest_has_aged)
{
    struct ct_lanes *lanes = ct_lanes_new();
    REQUIRE(lanes);
    REQUIRE(push(lanes, 0, "a", 0, CT_LANE_BATCH, 0));
    REQUIRE(push(lanes, 1, "a", 0, CT_LANE_BACKGROUND, 1000));
    REQUIRE(push(lanes, 2, "a", 0, CT_LANE_INTERACTIVE, 2000));
    CHECK_INT(ct_lanes_position(lanes, &tickets[0]), 0);
    CHECK_INT(pop(lanes), 2);
    CHECK_INT(pop(lanes), 1);
    REQUIRE(push(lanes, 3, "a", 0, CT_LANE_INTERACTIVE, CT_LANE_BATCH_AGE_US + 1));
    CHECK_INT(pop(lanes), 0); /* it has waited its 300 seconds */
    CHECK_INT(pop(lanes), 3);
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
    }
    ct_lanes_free(&lanes);
}
