/* Who asks: the Authorization header against the stored keys. Thread-safe. */
#ifndef CT_POLICY_AUTH_H
#define CT_POLICY_AUTH_H

#include "base/err.h"
#include "base/slice.h"
#include "store/keys.h"

struct ct_auth {
    struct ct_keys *keys;
    bool open_without_keys; /* on loopback: while no key exists, any bearer token will do */
};

struct ct_caller {
    char key_id[CT_KEY_ID_MAX]; /* "" for a token accepted without keys */
};

/* CT_E_KEY_MISSING or CT_E_KEY_WRONG (unknown and revoked alike; the message masks the key). */
CT_MUSTCHECK ct_code ct_auth_check(const struct ct_auth *auth, struct ct_slice authorization,
                                   struct ct_caller *out, struct ct_err *err);

#endif
