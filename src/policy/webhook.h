/* Signing what is posted to a callback, as Standard Webhooks (standardwebhooks.com) and the
 * official SDKs' client.webhooks verify it:
 *
 *   webhook-id: evt_...   webhook-timestamp: 1750861210   webhook-signature: v1,BASE64 v1,BASE64
 *
 * each signature HMAC-SHA-256(secret, id "." timestamp "." body). A secret is shown as
 * "whsec_" and base64. Each API key has one, derived from the server's own, so that none is
 * stored. Thread-safe. */
#ifndef CT_POLICY_WEBHOOK_H
#define CT_POLICY_WEBHOOK_H

#include "base/buf.h"
#include "store/secret.h"

#define CT_WEBHOOK_PURPOSE "callback" /* of the secret that all keys' are derived from */
#define CT_WEBHOOK_TOLERANCE_S 300    /* how far a timestamp may be off */
#define CT_WEBHOOK_SECRET_MAX 64      /* "whsec_", 44 characters, NUL */

struct ct_webhook {
    struct ct_slice id;
    int64_t timestamp; /* unix seconds */
    struct ct_slice body;
};

/* The secret of a key ("": of a server without keys) after that many changes. */
void ct_webhook_secret(struct ct_secret *out, const struct ct_secret *callback_secret,
                       struct ct_slice key_id, int64_t generation);
void ct_webhook_secret_text(char out[CT_WEBHOOK_SECRET_MAX], const struct ct_secret *secret);

struct ct_webhook_key {
    uint8_t bytes[128];
    size_t len;
};
/* Reads "whsec_..."; text without that prefix is the key itself. false: too long, or no base64. */
bool ct_webhook_key_read(struct ct_webhook_key *out, struct ct_slice text);

/* Appends one signature, "v1,BASE64", with a blank before it unless b is empty. */
void ct_webhook_put_signature(struct ct_buf *b, struct ct_slice key, const struct ct_webhook *hook);
/* Is one of the signatures right? The timestamp's age is the caller's to judge. */
bool ct_webhook_verify(struct ct_slice signatures, struct ct_slice key,
                       const struct ct_webhook *hook);

#endif
