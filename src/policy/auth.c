/* Bearer authentication. A key is everything behind the first blank of the header (contract
 * section 0: keys may contain blanks); it is hashed before anything else looks at it. */
#include "policy/auth.h"

#include <stdio.h>

/* "sk-c***cdef": enough to recognise one's own key, nothing to guess with. Anything that is not
 * plain printable text, or too short to mask, is not shown at all. */
static void mask(char out[16], struct ct_slice key)
{
    snprintf(out, 16, "***");
    if (key.len < 12)
        return;
    for (size_t i = 0; i < key.len; i++)
        if (key.ptr[i] <= 0x20 || key.ptr[i] >= 0x7f)
            return;
    snprintf(out, 16, "%.3s***%.4s", key.ptr, key.ptr + key.len - 4);
}

ct_code ct_auth_check(const struct ct_auth *auth, struct ct_slice authorization,
                      struct ct_caller *out, struct ct_err *err)
{
    struct ct_slice scheme, key;
    struct ct_key found;
    char shown[16];

    *out = (struct ct_caller){ .limits = CT_KEY_LIMITS_NONE };
    if (!ct_slice_cut(authorization, ' ', &scheme, &key) || !ct_slice_ieq(scheme, CT_S("Bearer")) ||
        key.len == 0)
        return ct_fail(err, CT_E_KEY_MISSING, NULL,
                       "You didn't provide an API key. You need to provide your API key in an "
                       "Authorization header using Bearer auth (i.e. Authorization: Bearer "
                       "YOUR_KEY).");
    ct_keys_refresh(auth->keys);
    if (auth->open_without_keys && ct_keys_count(auth->keys) == 0) {
        out->scopes = CT_SCOPES_DEFAULT; /* the first key is made on the machine itself */
        return CT_OK;
    }
    if (ct_keys_find(auth->keys, key, &found)) {
        memcpy(out->key_id, found.id, sizeof(out->key_id));
        memcpy(out->models, found.models, sizeof(out->models));
        memcpy(out->project, found.project, sizeof(out->project));
        out->scopes = found.scopes;
        out->limits = found.limits;
        return CT_OK;
    }
    mask(shown, key);
    return ct_fail(err, CT_E_KEY_WRONG, NULL,
                   "Incorrect API key provided: %s. You can make a key with `calotype key create`.",
                   shown);
}

ct_code ct_auth_scope(const struct ct_caller *caller, enum ct_scope scope, struct ct_err *err)
{
    int index = 0;
    if (caller->scopes & (scope | CT_SCOPE_ADMIN))
        return CT_OK;
    while (scope != 1u << index)
        index++;
    return ct_fail(err, CT_E_SCOPE, NULL,
                   "You have insufficient permissions for this operation. Missing scopes: %s. %s",
                   ct_scope_word(index),
                   caller->key_id[0] ? "Use a key that has this scope."
                                     : "Make a key with it first: `calotype key create`.");
}

ct_code ct_auth_model(const struct ct_caller *caller, const char *model, struct ct_err *err)
{
    if (ct_key_allows_model(caller->models, model))
        return CT_OK;
    return ct_fail(err, CT_E_MODEL_ACCESS, "model",
                   "The API key '%s' does not have access to the model '%s'. It may use: %s.",
                   caller->key_id, model, caller->models);
}
