#include "base/clock.h"
#include "t.h"

#include <time.h>

static int64_t some_us(void)
{
    return 42;
}

static int64_t some_s(void)
{
    return 1763600000;
}

TEST(clock__does_not_run_backwards)
{
    int64_t before = ct_clock_us();
    for (int i = 0; i < 1000; i++) {
        int64_t now = ct_clock_us();
        CHECK(now >= before);
        before = now;
    }
}

TEST(clock__wall_is_the_time_of_day)
{
    int64_t before = (int64_t)time(NULL), now = ct_clock_wall(), ms = ct_clock_wall_ms();
    CHECK(now >= before - 1 && now <= (int64_t)time(NULL) + 1);
    CHECK(ms / 1000 >= now && ms / 1000 <= now + 60);
}

TEST(clock__can_be_replaced_and_restored)
{
    ct_clock_replace(some_us, some_s);
    CHECK_INT(ct_clock_us(), 42);
    CHECK_INT(ct_clock_wall(), 1763600000);
    CHECK_INT(ct_clock_wall_ms(), 1763600000000);
    ct_clock_replace(NULL, NULL);
    CHECK(ct_clock_wall() != 1763600000);
}
