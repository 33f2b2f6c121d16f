/* See url_sign.h. The query is parsed strictly: exactly the two parameters, in our order. */
#include "policy/url_sign.h"

#include "base/hash.h"

#include <stdio.h>

#define SIGNATURE_DIGITS (2 * CT_SHA256_LEN)
#define PATH_MAX_BYTES 512

static void sign(uint8_t mac[CT_SHA256_LEN], const struct ct_secret *key, struct ct_slice path,
                 int64_t expires)
{
    char text[PATH_MAX_BYTES + 64];
    int len = snprintf(text, sizeof(text), "GET\n%.*s\n%lld", (int)path.len, path.ptr,
                       (long long)expires);
    ct_hmac_sha256(mac, key->bytes, sizeof(key->bytes), text, (size_t)len);
}

void ct_url_sign(struct ct_buf *b, const struct ct_secret *key, const char *path, int64_t expires)
{
    uint8_t mac[CT_SHA256_LEN];
    char hex[SIGNATURE_DIGITS + 1] = { 0 };
    sign(mac, key, ct_slice(path), expires);
    ct_hex(hex, mac, sizeof(mac));
    ct_buf_printf(b, "%s?expires=%lld&signature=%s", path, (long long)expires, hex);
}

/* Takes `name` off the front: "expires=" from "expires=12&..." */
static bool skip(struct ct_slice *s, const char *name)
{
    if (!ct_slice_starts(*s, name))
        return false;
    *s = ct_slice_sub(*s, strlen(name), s->len);
    return true;
}

static bool parse_query(struct ct_slice query, int64_t *expires, uint8_t mac[CT_SHA256_LEN])
{
    struct ct_slice number, rest;
    uint64_t seconds;
    if (!skip(&query, "expires=") || !ct_slice_cut(query, '&', &number, &rest) ||
        number.len > 18 || !ct_slice_u64(number, &seconds) || !skip(&rest, "signature="))
        return false;
    *expires = (int64_t)seconds;
    return rest.len == SIGNATURE_DIGITS && ct_unhex(mac, CT_SHA256_LEN, rest);
}

ct_code ct_url_check(const struct ct_secret *key, struct ct_slice path, struct ct_slice query,
                     int64_t now, struct ct_err *err)
{
    uint8_t given[CT_SHA256_LEN], ours[CT_SHA256_LEN];
    int64_t expires;
    if (path.len > PATH_MAX_BYTES || !parse_query(query, &expires, given))
        return ct_fail(err, CT_E_FORBIDDEN, NULL, "The signature of this URL is not valid.");
    sign(ours, key, path, expires);
    if (!ct_same_bytes(given, ours, sizeof(ours)))
        return ct_fail(err, CT_E_FORBIDDEN, NULL, "The signature of this URL is not valid.");
    if (now >= expires)
        return ct_fail(err, CT_E_NOT_FOUND, NULL, "This URL has expired.");
    return CT_OK;
}
