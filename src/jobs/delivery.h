/* One attempt at one delivery: signed, posted, its outcome written down.
 *
 * Delivered is what was answered with 200 to 299 within 10 seconds. Anything else is tried again
 * after 5 s, 30 s, 2 min, 10 min, 30 min, 1 h, 2 h, 4 h, 8 h, 12 h and 24 h, each a tenth more or
 * less, and for the last time 72 hours after the end of the task, 13 times in all; then it is dead
 * until a person asks for it. The attempt is written down after it was made, so a crash between the
 * two makes another one, with the same webhook-id: at least once, never lost. */
#ifndef CT_JOBS_DELIVERY_H
#define CT_JOBS_DELIVERY_H

#include "base/log.h"
#include "net/fetch.h"
#include "store/db.h"
#include "store/secret.h"

#define CT_SECRET_GRACE_MS (24 * 3600000ll) /* how long the secret before the last still signs */

struct ct_sender {
    struct ct_db *db;
    struct ct_fetch_options fetch; /* what may be reached; limits of size and time are ours */
    const struct ct_secret *secret; /* CT_WEBHOOK_PURPOSE */
    struct ct_log *log;             /* may be NULL */
    /* In place of the kernel's, for tests: the 32 bits that a wait is jittered by. */
    uint32_t (*random)(void *ctx);
    void *random_ctx;
};

/* When to try again after so many attempts; 0: never. `random` is any 32 bits: 0 is the shortest
 * wait, 1000 the plain one, 2000 the longest. */
int64_t ct_delivery_next_ms(int attempts, int64_t first_ms, int64_t now_ms, uint32_t random);

/* Blocks for 10 seconds at most. One that is not due, or was cancelled, changes nothing. An error
 * is one of the database, and leaves the delivery due. */
CT_MUSTCHECK ct_code ct_delivery_attempt(const struct ct_sender *sender, struct ct_slice id,
                                         bool (*cancelled)(void *ctx), void *ctx,
                                         struct ct_err *err);

#endif
