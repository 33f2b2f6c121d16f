/* A request as the bytes that decide its pixels. */
#ifndef CT_POLICY_CACHE_KEY_H
#define CT_POLICY_CACHE_KEY_H

#include "base/hash.h"
#include "contract/image_request.h"

struct ct_cache_drawn_by {
    const char *engine, *version;
    uint8_t program[CT_SHA256_LEN]; /* hash of the executable */
};
/* See ct_cache_key(). Pure. */
void ct_cache_make_key(uint8_t out[CT_SHA256_LEN], const struct ct_cache_drawn_by *by,
                       struct ct_slice tenant, const struct ct_image_request *request);

#endif
