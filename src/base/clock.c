/* Clocks: the kernel's, or the ones a test put in their place. */
#include "base/clock.h"

#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

typedef int64_t (*clock_fn)(void);

static _Atomic(clock_fn) test_monotonic_us;
static _Atomic(clock_fn) test_wall_s;

int64_t ct_clock_us(void)
{
    clock_fn test = atomic_load_explicit(&test_monotonic_us, memory_order_acquire);
    struct timespec now;
    if (test)
        return test();
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t ct_clock_wall_ms(void)
{
    clock_fn test = atomic_load_explicit(&test_wall_s, memory_order_acquire);
    struct timespec now;
    if (test)
        return test() * 1000;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t ct_clock_wall(void)
{
    return ct_clock_wall_ms() / 1000;
}

void ct_clock_replace(int64_t (*monotonic_us)(void), int64_t (*wall_s)(void))
{
    atomic_store_explicit(&test_monotonic_us, monotonic_us, memory_order_release);
    atomic_store_explicit(&test_wall_s, wall_s, memory_order_release);
}
