/* Time. A test may replace both clocks. */
#ifndef CT_BASE_CLOCK_H
#define CT_BASE_CLOCK_H

#include <stdint.h>

int64_t ct_clock_us(void);   /* monotonic microseconds: for durations and deadlines */
int64_t ct_clock_wall(void); /* seconds since 1970: for what users see */
int64_t ct_clock_wall_ms(void); /* the same in milliseconds: for the log */

/* Tests only: NULL restores the real clock. */
void ct_clock_replace(int64_t (*monotonic_us)(void), int64_t (*wall_s)(void));

#endif
