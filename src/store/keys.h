/* API keys on disk: DATA/keys, one line a key, only hashes.
 *
 *   key_5f1c02ab9d3e  2026-11-20  sha256:9b2e...  laptop of Ada
 *
 * `calotype key create` appends, the server notices the change without a restart. A secret is
 * 256 random bits, so an unsalted hash gives nothing away. Thread-safe. */
#ifndef CT_STORE_KEYS_H
#define CT_STORE_KEYS_H

#include "base/err.h"
#include "base/slice.h"

#define CT_KEY_SECRET_MAX 64 /* "sk-calotype-" + 43 characters + NUL */
#define CT_KEY_ID_MAX 24

struct ct_keys;

struct ct_key_info {
    char id[CT_KEY_ID_MAX];
    char created[16]; /* "2026-11-20", UTC */
    char name[96];
    bool revoked;
};

/* Opens or starts the file (which need not exist). CT_E_CONFIG names a line that cannot be read. */
CT_MUSTCHECK ct_code ct_keys_open(struct ct_keys **out, const char *data_dir, struct ct_err *err);
void ct_keys_close(struct ct_keys **keys);

/* Reads the file again if it changed; looked at no more than once a second. */
void ct_keys_refresh(struct ct_keys *keys);
int ct_keys_active(struct ct_keys *keys); /* keys that are not revoked */
int ct_keys_count(struct ct_keys *keys);  /* ever made: revoking the last one opens nothing */
/* Every stored hash is compared in constant time. false: unknown or revoked. */
bool ct_keys_check(struct ct_keys *keys, struct ct_slice secret, char id[CT_KEY_ID_MAX]);

/* Makes a key and stores its hash. `secret` is shown once and known to nobody afterwards; it is
 * empty on failure, when nothing has changed. */
CT_MUSTCHECK ct_code ct_keys_create(struct ct_keys *keys, char secret[CT_KEY_SECRET_MAX],
                                    struct ct_key_info *info, struct ct_slice name,
                                    struct ct_err *err);
CT_MUSTCHECK ct_code ct_keys_revoke(struct ct_keys *keys, struct ct_slice id, struct ct_err *err);
/* Calls fn for each key, oldest first. */
void ct_keys_each(struct ct_keys *keys, void (*fn)(void *ctx, const struct ct_key_info *info),
                  void *ctx);

#endif
