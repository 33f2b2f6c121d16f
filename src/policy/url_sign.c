/* See url_sign.h. The query is parsed strictly: exactly the two parameters, in our order, spelled
 * as we spell them. The expiry is signed as it is written and the signature compared as text, so
 * each picture and time has one valid URL. */
#include "policy/url_sign.h"

#include "base/hash.h"

#include <stdio.h>

#define SIGNATURE_DIGITS (2 * CT_SHA256_LEN)
#define EXPIRES_DIGITS 18
#define PATH_MAX_BYTES 512

/* The path may hold any byte; path.len <= PATH_MAX_BYTES, expires.len <= 20. */
static void sign(char hex[SIGNATURE_DIGITS], const struct ct_secret *key, struct ct_slice path,
                 struct ct_slice expires)
{
    uint8_t mac[CT_SHA256_LEN];
    char text[PATH_MAX_BYTES + 32] = "GET\n";
    size_t len = 4;
    if (path.len)
        memcpy(text + len, path.ptr, path.len);
    len += path.len;
    text[len++] = '\n';
    memcpy(text + len, expires.ptr, expires.len);
    len += expires.len;
    ct_hmac_sha256(mac, key->bytes, sizeof(key->bytes), text, len);
    ct_hex(hex, mac, sizeof(mac));
}

void ct_url_sign(struct ct_buf *b, const struct ct_secret *key, const char *path, int64_t expires)
{
    char hex[SIGNATURE_DIGITS + 1] = { 0 }, number[24];
    if (strlen(path) > PATH_MAX_BYTES) {
        b->failed = true;
        return;
    }
    snprintf(number, sizeof(number), "%lld", (long long)expires);
    sign(hex, key, ct_slice(path), ct_slice(number));
    ct_buf_printf(b, "%s?expires=%s&signature=%s", path, number, hex);
}

void ct_url_sign_picture(struct ct_buf *b, const struct ct_secret *key, const char *name,
                         int64_t expires)
{
    char path[128];
    snprintf(path, sizeof(path), "/v1/files/img/%s", name);
    ct_url_sign(b, key, path, expires);
}

/* Takes `name` off the front: "expires=" from "expires=12&..." */
static bool skip(struct ct_slice *s, const char *name)
{
    if (!ct_slice_starts(*s, name))
        return false;
    *s = ct_slice_sub(*s, strlen(name), s->len);
    return true;
}

static bool parse_query(struct ct_slice query, struct ct_slice *expires, struct ct_slice *signature)
{
    if (!skip(&query, "expires=") || !ct_slice_cut(query, '&', expires, signature) ||
        expires->len == 0 || expires->len > EXPIRES_DIGITS || !skip(signature, "signature="))
        return false;
    return signature->len == SIGNATURE_DIGITS;
}

ct_code ct_url_check(const struct ct_secret *key, struct ct_slice path, struct ct_slice query,
                     int64_t now, struct ct_err *err)
{
    char ours[SIGNATURE_DIGITS];
    struct ct_slice expires, given;
    uint64_t seconds;
    bool valid = path.len <= PATH_MAX_BYTES && parse_query(query, &expires, &given) &&
                 ct_slice_u64(expires, &seconds);
    if (valid) {
        sign(ours, key, path, expires);
        valid = ct_same_bytes(given.ptr, ours, sizeof(ours));
    }
    if (!valid)
        return ct_fail(err, CT_E_FORBIDDEN, NULL, "The signature of this URL is not valid.");
    if (now >= (int64_t)seconds)
        return ct_fail(err, CT_E_NOT_FOUND, NULL, "This URL has expired.");
    return CT_OK;
}
