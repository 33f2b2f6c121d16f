/* A pool of worker threads for computing: the only place that starts threads besides net/ loops
 * and jobs/ runners.
 *
 * ct_pool_for() splits work over the pool; the calling thread works too, so a pool of N threads
 * gives N+1 hands, nested calls cannot deadlock and several callers share the workers. Results
 * must not depend on which thread ran which index. */
#ifndef CT_BASE_POOL_H
#define CT_BASE_POOL_H

#include "base/err.h"

#include <stdint.h>

struct ct_pool;

/* n_threads helpers beside the caller (0 is fine: everything runs in the caller). */
CT_MUSTCHECK ct_code ct_pool_new(struct ct_pool **out, int n_threads, struct ct_err *err);
void ct_pool_free(struct ct_pool **pool); /* waits for running work */
int ct_pool_width(const struct ct_pool *pool); /* helpers + 1; 1 for a NULL pool */

typedef void (*ct_pool_fn)(void *ctx, uint32_t index);
/* Calls fn(ctx, i) once for each i in [0, count), in any order, on any thread; returns when all
 * are done. A NULL pool runs them in order in the caller. */
void ct_pool_for(struct ct_pool *pool, uint32_t count, ct_pool_fn fn, void *ctx);

/* CPUs this process may run on (affinity and cgroup quota respected), at least 1. */
int ct_cpu_count(void);
/* The cgroup's part of it (versions 1 and 2), 0 for no quota. `root` is "" except in a test. */
int ct_cpu_quota(const char *root);

#endif
