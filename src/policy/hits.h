/* The ledger of what the cache answered: every request counted, few rows written.
 *
 *   hits --> summed up by key, user, model and day --> one ledger row each, at most once a second
 *
 * A request that was drawn has a row of its own in the transaction of its end. Thousands a second
 * that were not share one, or the disk would write more about pictures than pictures. What was
 * counted and not written when the server is killed (a second's worth) is lost. Thread-safe. */
#ifndef CT_POLICY_HITS_H
#define CT_POLICY_HITS_H

#include "store/db.h"
#include "store/ledger.h"

struct ct_hits;

CT_MUSTCHECK ct_code ct_hits_open(struct ct_hits **out, struct ct_db *db, struct ct_err *err);
void ct_hits_close(struct ct_hits **hits); /* writes what is left */

struct ct_hit {
    const char *request_id, *key_id, *model, *engine;
    struct ct_slice user; /* ptr NULL: none */
    bool simulated;
    int pictures;
    int64_t text_tokens_in, image_tokens_in, image_tokens_out;
    int64_t cost;
    int64_t at_ms;
};
void ct_hits_add(struct ct_hits *hits, const struct ct_hit *hit);
/* Posts what was counted, if anything; once a second is often enough. */
void ct_hits_flush(struct ct_hits *hits);

#endif
