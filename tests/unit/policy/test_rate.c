#include "t.h"

#include "policy/rate.h"

#include <pthread.h>
#include <stdatomic.h>

static ct_code take(struct ct_rate *rate, struct ct_rate_levels *levels,
                    const struct ct_key_limits *limits, int64_t images, int64_t tokens,
                    int64_t now_us, struct ct_err *err)
{
    return ct_rate_take(levels, rate,
                        &(struct ct_rate_request){ .key_id = "key_a",
                                                   .limits = limits,
                                                   .costs = { 1, images, tokens },
                                                   .model = "gpt-image-2",
                                                   .organization = "org" },
                        now_us, err);
}

TEST(rate__a_burst_gets_its_limit_and_the_next_is_told_when)
{
    static const int64_t rates[] = { 1, 2, 3, 7, 37, 50, 60, 997, 10000 };
    for (size_t i = 0; i < sizeof(rates) / sizeof(rates[0]); i++) {
        struct ct_rate *rate = ct_rate_new();
        struct ct_key_limits limits = { .rpm = rates[i] };
        struct ct_rate_levels levels;
        REQUIRE(rate);
        for (int64_t n = 0; n < rates[i]; n++) {
            REQUIRE(take(rate, &levels, &limits, 1, 1, 5000, NULL) == CT_OK);
            CHECK_INT(levels.of[CT_RATE_REQUESTS].remaining, rates[i] - n - 1);
        }
        CHECK_INT(take(rate, &levels, &limits, 1, 1, 5000, NULL), CT_E_RATE);
        CHECK_INT(levels.of[CT_RATE_REQUESTS].limit, rates[i]);
        CHECK_INT(levels.of[CT_RATE_REQUESTS].remaining, 0);
        int64_t wait = levels.retry_us;
        CHECK(wait > 0 && wait <= 60000000 / rates[i] + 1);
        CHECK_INT(take(rate, &levels, &limits, 1, 1, 5000 + wait - 2, NULL), CT_E_RATE);
        CHECK_INT(take(rate, &levels, &limits, 1, 1, 5000 + wait, NULL), CT_OK);
        ct_rate_free(&rate);
    }
}

TEST(rate__takes_from_all_three_or_from_none)
{
    struct ct_rate *rate = ct_rate_new();
    struct ct_key_limits limits = { .rpm = 10, .ipm = 5, .tpm = 1000 };
    struct ct_rate_levels levels;
    struct ct_err err = { 0 };
    REQUIRE(rate);
    CHECK_INT(take(rate, &levels, &limits, 4, 100, 0, NULL), CT_OK);
    CHECK_INT(take(rate, &levels, &limits, 2, 100, 0, &err), CT_E_RATE_IMAGES);
    CHECK_STR(err.msg, "Rate limit reached for gpt-image-2 in organization org on input-images per "
                       "min (IPM): Limit 5, Used 4, Requested 2. Please try again in 12s.");
    CHECK_INT(levels.of[CT_RATE_REQUESTS].remaining, 9); /* the refused one took nothing */
    CHECK_INT(take(rate, &levels, &limits, 1, 901, 0, &err), CT_E_RATE_TOKENS);
    CHECK_INT(take(rate, &levels, &limits, 1, 900, 0, NULL), CT_OK);
    CHECK_INT(levels.of[CT_RATE_TOKENS].remaining, 0);
    CHECK_INT(take(rate, &levels, &limits, 1, 1001, 60000000, &err), CT_E_RATE_TOKENS);
    CHECK_INT(levels.retry_us, -1);
    CHECK(ct_slice_starts(ct_slice(err.msg), "Request too large for gpt-image-2"));
    ct_rate_free(&rate);
}

TEST(rate__without_limits_nothing_is_counted)
{
    struct ct_rate *rate = ct_rate_new();
    struct ct_key_limits limits = CT_KEY_LIMITS_NONE;
    struct ct_rate_levels levels;
    REQUIRE(rate);
    for (int i = 0; i < 1000; i++)
        CHECK_INT(take(rate, &levels, &limits, 10, 1000000, 0, NULL), CT_OK);
    CHECK_INT(levels.of[CT_RATE_REQUESTS].limit, 0);
    ct_rate_free(&rate);
}

struct racer {
    struct ct_rate *rate;
    pthread_barrier_t *start;
    atomic_int *admitted;
};

static void *race(void *arg)
{
    struct racer *r = arg;
    struct ct_key_limits limits = { .rpm = 37 };
    struct ct_rate_levels levels;
    pthread_barrier_wait(r->start);
    for (int i = 0; i < 100; i++)
        if (take(r->rate, &levels, &limits, 1, 1, 0, NULL) == CT_OK)
            atomic_fetch_add(r->admitted, 1);
    return NULL;
}

TEST(rate__is_exact_when_many_come_at_once)
{
    enum { THREADS = 10 };
    pthread_t threads[THREADS];
    pthread_barrier_t start;
    atomic_int admitted = 0;
    struct racer racer = { ct_rate_new(), &start, &admitted };
    REQUIRE(racer.rate);
    pthread_barrier_init(&start, NULL, THREADS);
    for (int i = 0; i < THREADS; i++)
        REQUIRE(pthread_create(&threads[i], NULL, race, &racer) == 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    CHECK_INT(admitted, 37);
    pthread_barrier_destroy(&start);
    ct_rate_free(&racer.rate);
}

TEST(rate__durations_are_written_as_the_official_ones)
{
    static const struct {
        int64_t us;
        const char *text;
    } cases[] = { { 0, "0ms" },         { 1, "1ms" },          { 120000, "120ms" },
                  { 1000000, "1s" },    { 8640000, "8.640s" }, { 59999000, "59.999s" },
                  { 60000000, "1m0s" }, { 360000000, "6m0s" } };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[24];
        ct_rate_duration(text, cases[i].us);
        CHECK_STR(text, cases[i].text);
    }
}
