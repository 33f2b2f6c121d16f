/* Numbers that threads count and Prometheus reads: histograms, and the text format 0.0.4.
 *
 * Counting is one relaxed atomic addition or two, never a lock. What is read while others count may
 * be of slightly different moments, which the format's readers expect. Label values come from
 * tables of ours, never from users, so that there is an end of series. */
#ifndef CT_BASE_METRIC_H
#define CT_BASE_METRIC_H

#include "base/buf.h"

#include <stdatomic.h>

#define CT_HISTOGRAM_BOUNDS 15 /* 1 ms to 120 s, and one bucket for all beyond */

struct ct_histogram { /* all zero: empty */
    atomic_uint_least64_t counts[CT_HISTOGRAM_BOUNDS + 1];
    atomic_uint_least64_t sum_us;
};
/* A duration in microseconds; one below 0 counts as 0. */
void ct_histogram_add(struct ct_histogram *h, int64_t us);
uint64_t ct_histogram_count(struct ct_histogram *h);

static inline void ct_count(atomic_uint_least64_t *counter, uint64_t n)
{
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}
static inline uint64_t ct_counted(atomic_uint_least64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

/* "# HELP" and "# TYPE": once before the samples of a name. */
void ct_metric_head(struct ct_buf *b, const char *name, const char *type, const char *help);
/* `labels`: `lane="batch"`, or NULL. */
void ct_metric_int(struct ct_buf *b, const char *name, const char *labels, int64_t value);
/* An integer number of units of 10^-digits, written as a decimal without rounding. */
void ct_metric_decimal(struct ct_buf *b, const char *name, const char *labels, int64_t value,
                       int digits);
/* Buckets, sum and count, in seconds. */
void ct_metric_histogram(struct ct_buf *b, const char *name, const char *labels,
                         struct ct_histogram *h);

#endif
