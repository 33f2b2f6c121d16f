/* Who asks: the Authorization header against the stored keys. Thread-safe. */
#ifndef CT_POLICY_AUTH_H
#define CT_POLICY_AUTH_H

#include "base/err.h"
#include "base/slice.h"
#include "policy/keys.h"

struct ct_auth {
    struct ct_keys *keys;
    bool open_without_keys; /* while no key exists, any bearer token will do */
};

struct ct_caller {
    char key_id[CT_KEY_ID_MAX]; /* "" for a token accepted without keys */
    char models[CT_KEY_MODELS_MAX]; /* it may name; "": any */
    char project[CT_KEY_PROJECT_MAX]; /* "": none */
    unsigned scopes;
    struct ct_key_limits limits;
};

/* CT_E_KEY_MISSING or CT_E_KEY_WRONG (unknown, revoked and expired alike; the message masks the
 * key). *out has no key and may nothing then. */
CT_MUSTCHECK ct_code ct_auth_check(const struct ct_auth *auth, struct ct_slice authorization,
                                   struct ct_caller *out, struct ct_err *err);
/* CT_E_SCOPE unless the caller has the scope, or admin. */
CT_MUSTCHECK ct_code ct_auth_scope(const struct ct_caller *caller, enum ct_scope scope,
                                   struct ct_err *err);
/* CT_E_MODEL_ACCESS unless the caller may use the model. */
CT_MUSTCHECK ct_code ct_auth_model(const struct ct_caller *caller, const char *model,
                                   struct ct_err *err);

#endif
