/* What replay.c and replay_keep.c share. */
#ifndef CT_API_REPLAY_INTERNAL_H
#define CT_API_REPLAY_INTERNAL_H

#include "api/replay.h"

struct ct_replay_waiter {
    struct ct_call *call; /* a reference, and one to its exchange */
    struct ct_replay_waiter *next;
};

/* One Idempotency-Key whose first request is being answered. Owned by that call; `next` and the
 * waiters are guarded by the table's lock, the rest is the call's. */
struct ct_replay_claim {
    uint8_t id[CT_SHA256_LEN], fingerprint[CT_SHA256_LEN];
    struct ct_replay_claim *next; /* in its bucket */
    struct ct_replay_waiter *waiters, **tail;
    struct ct_replay_kept kept;
};

/* "name: value\n" each, in text, which is changed and holds the values. */
void ct_replay__read_fields(struct ct_call_fields *out, char *text);
struct ct_replies *ct_replay__store(struct ct_replay *replay);

#endif
