/* Threads for work that waits: the network, the disk, other people's servers. For computing there
 * is base/pool.h.
 *
 * A task that is accepted runs once, on one of a fixed number of threads; how many may wait is
 * bounded, so that a slow world outside does not become memory inside. */
#ifndef CT_BASE_WORKERS_H
#define CT_BASE_WORKERS_H

#include "base/err.h"

#include <stdbool.h>

struct ct_workers;

typedef void (*ct_worker_fn)(void *ctx);

CT_MUSTCHECK ct_code ct_workers_start(struct ct_workers **out, int n_threads, int queue_max,
                                      struct ct_err *err);
/* false: too many are waiting, out of memory, or stopping; fn will not run. Thread-safe. */
bool ct_workers_submit(struct ct_workers *workers, ct_worker_fn fn, void *ctx);
/* Runs what was accepted, then joins. */
void ct_workers_stop(struct ct_workers **workers);

#endif
