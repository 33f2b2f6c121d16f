/* A key as JSON: what /v1/admin/keys and `calotype key list --json` show, and what a request may
 * set. Never the secret or its hash. */
#ifndef CT_POLICY_KEY_JSON_H
#define CT_POLICY_KEY_JSON_H

#include "base/json.h"
#include "store/key_rows.h"
#include "store/ledger.h"

/* The members of the key's object; the caller opens and closes it, and may add to it. */
void ct_key_put_members(struct ct_buf *b, const struct ct_key *key, int64_t now_ms);
/* And what it has spent. */
void ct_key_put_spent(struct ct_buf *b, const struct ct_ledger_spent *spent);
/* Sets what the object has: name, project, scopes, models, expires_at or expires_in, rpm, ipm, tpm,
 * concurrency, budget_day, budget_month, budget_total, budget_user (dollars). null is "none".
 * CT_E_UNKNOWN for any other member; then *key may have changed in part. */
CT_MUSTCHECK ct_code ct_key_apply(struct ct_key *key, const struct ct_json *object, int64_t now_ms,
                                  struct ct_err *err);
/* Ids with blanks or commas between them. CT_E_STRING_MAX when the list is too long. */
CT_MUSTCHECK ct_code ct_key_set_models(struct ct_key *key, struct ct_slice words,
                                       struct ct_err *err);

#endif
