/* The timer wheel against a clock that the test turns. */
#include "net/http_timer.h"
#include "t.h"

struct probe {
    struct ct_http_timer timer;
    int fired;
};

static void fire(struct ct_http_timer *timer, void *ctx)
{
    (void)ctx;
    ((struct probe *)(void *)timer)->fired++;
}

#define MS INT64_C(1000)

TEST(http_timer__fires_once_and_not_early)
{
    static struct ct_http_wheel wheel;
    struct probe p[3] = { { .timer.fire = fire }, { .timer.fire = fire }, { .timer.fire = fire } };
    int64_t now = 123456789;
    ct_http__wheel_init(&wheel, now);
    CHECK_INT(ct_http__wheel_wait_ms(&wheel, now), -1);
    ct_http__timer_set(&wheel, &p[0].timer, now + 50 * MS);
    ct_http__timer_set(&wheel, &p[1].timer, now + 100000 * MS); /* far beyond the horizon */
    ct_http__timer_set(&wheel, &p[2].timer, now);
    int64_t end = now + 100100 * MS;
    for (int64_t t = now; t < end; t += 7 * MS) {
        ct_http__wheel_run(&wheel, t, NULL);
        if (t < now + 50 * MS)
            CHECK_INT(p[0].fired, 0);
        if (t > now + 66 * MS)
            CHECK_INT(p[0].fired, 1);
        if (t > now + 17 * MS)
            CHECK_INT(p[2].fired, 1);
        if (t < now + 100000 * MS)
            CHECK_INT(p[1].fired, 0);
    }
    CHECK_INT(p[1].fired, 1);
}

TEST(http_timer__moves_both_ways_and_clears)
{
    static struct ct_http_wheel wheel;
    struct probe p = { .timer.fire = fire }, q = { .timer.fire = fire };
    ct_http__wheel_init(&wheel, 0);
    ct_http__timer_set(&wheel, &p.timer, 1000 * MS);
    ct_http__timer_set(&wheel, &p.timer, 5000 * MS);
    ct_http__timer_set(&wheel, &q.timer, 1000 * MS);
    ct_http__timer_set(&wheel, &q.timer, CT_HTTP_NEVER);
    ct_http__wheel_run(&wheel, 3000 * MS, NULL);
    CHECK_INT(p.fired, 0);
    CHECK_INT(q.fired, 0);
    ct_http__timer_set(&wheel, &p.timer, 3100 * MS);
    int wait = ct_http__wheel_wait_ms(&wheel, 3000 * MS);
    CHECK(wait >= 100 && wait <= 117);
    ct_http__wheel_run(&wheel, 3120 * MS, NULL);
    CHECK_INT(p.fired, 1);
    ct_http__timer_set(&wheel, &p.timer, 3200 * MS);
    ct_http__timer_clear(&wheel, &p.timer);
    ct_http__wheel_run(&wheel, 90000 * MS, NULL);
    CHECK_INT(p.fired, 1);
}

TEST(http_timer__survives_a_long_sleep)
{
    static struct ct_http_wheel wheel;
    struct probe p = { .timer.fire = fire };
    ct_http__wheel_init(&wheel, 0);
    ct_http__timer_set(&wheel, &p.timer, 3600000 * MS);
    ct_http__wheel_run(&wheel, 3599000 * MS, NULL);
    CHECK_INT(p.fired, 0);
    ct_http__wheel_run(&wheel, 7200000 * MS, NULL);
    CHECK_INT(p.fired, 1);
}
