/* Which request is it? Hashes by which a repeated request is recognised. Pure functions. */
#ifndef CT_POLICY_FINGERPRINT_H
#define CT_POLICY_FINGERPRINT_H

#include "base/hash.h"
#include "contract/form.h"

/* Where a body is sent to and what is asked of it besides. */
struct ct_fingerprint_of {
    const char *method, *path;
    bool async; /* by a field or the path: the reply is another */
};

/* Of a JSON body, as it was sent. */
void ct_fingerprint_json(uint8_t out[CT_SHA256_LEN], const struct ct_fingerprint_of *of,
                         struct ct_slice body);
/* Of a form: its parts in their order, whatever the boundary between them. Reads every file. */
void ct_fingerprint_form(uint8_t out[CT_SHA256_LEN], const struct ct_fingerprint_of *of,
                         const struct ct_form *form);
/* Under which id the reply to that Idempotency-Key of that API key is kept. */
void ct_idempotency_id(uint8_t out[CT_SHA256_LEN], const char *key_id, struct ct_slice value);
/* 1 to 255 visible ASCII characters; CT_E_VALUE. */
CT_MUSTCHECK ct_code ct_idempotency_check(struct ct_slice value, struct ct_err *err);

#endif
