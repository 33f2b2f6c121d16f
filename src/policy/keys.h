/* API keys in memory: from a secret to its key, at the speed of a request.
 *
 * The table follows the database: what another process changed (`calotype key revoke`) is noticed
 * within a second, what this one changed is in force as soon as ct_keys_reload() returned.
 * Thread-safe. */
#ifndef CT_POLICY_KEYS_H
#define CT_POLICY_KEYS_H

#include "store/db.h"
#include "store/key_rows.h"

#define CT_KEY_SECRET_MAX 64 /* "sk-calotype-" + 43 characters + NUL */

struct ct_keys;

/* The database outlives the keys. */
CT_MUSTCHECK ct_code ct_keys_open(struct ct_keys **out, struct ct_db *db, struct ct_err *err);
void ct_keys_close(struct ct_keys **keys); /* with a last ct_keys_flush() */

/* Looks whether the keys were changed, at most once a second. When they cannot be read, those we
 * know stay good. */
void ct_keys_refresh(struct ct_keys *keys);
CT_MUSTCHECK ct_code ct_keys_reload(struct ct_keys *keys, struct ct_err *err);
/* Posts when keys were last used, at most every few seconds (`now`: at once). */
void ct_keys_flush(struct ct_keys *keys, bool now);

int ct_keys_active(struct ct_keys *keys); /* neither revoked nor expired */
int ct_keys_count(struct ct_keys *keys);  /* ever made: revoking the last one opens nothing */

/* false: unknown, revoked or expired. Which one takes no different time to find out than another:
 * the secret is hashed, found by the hash's first bytes, and compared in constant time. */
bool ct_keys_find(struct ct_keys *keys, struct ct_slice secret, struct ct_key *out);

/* Makes a secret, which is shown once and known to nobody afterwards, and its hash. */
void ct_key_make_secret(char secret[CT_KEY_SECRET_MAX], uint8_t hash[CT_SHA256_LEN]);
/* Gives a new key its id, its time and its secret; the rest is the caller's. */
void ct_key_init(struct ct_key *key, char secret[CT_KEY_SECRET_MAX]);

/* Whether the key's list of models has this one; an empty list has all. */
bool ct_key_allows_model(const char *models, const char *model);

#endif
