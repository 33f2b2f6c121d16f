/* See webhook.h. The timestamp is signed as a decimal number; a receiver compares the text that was
 * sent, so a number is the only spelling that there is. */
#include "policy/webhook.h"

#include "base/base64.h"
#include "base/hash.h"
#include "base/mem.h"

#include <stdio.h>

#define SIGNED_MAX ((size_t)64 << 20)
#define SIGNATURE_CHARS 44 /* base64 of 32 bytes */

void ct_webhook_secret(struct ct_secret *out, const struct ct_secret *callback_secret,
                       struct ct_slice key_id, int64_t generation)
{
    char purpose[128];
    snprintf(purpose, sizeof(purpose), "%.*s\n%lld", CT_SARG(ct_slice_sub(key_id, 0, 64)),
             (long long)generation);
    ct_secret_derive(out, callback_secret, purpose);
}

void ct_webhook_secret_text(char out[CT_WEBHOOK_SECRET_MAX], const struct ct_secret *secret)
{
    memcpy(out, "whsec_", 6);
    ct_base64_encode(out + 6, secret->bytes, sizeof(secret->bytes));
    out[6 + ct_base64_encoded_len(sizeof(secret->bytes))] = '\0';
}

bool ct_webhook_key_read(struct ct_webhook_key *out, struct ct_slice text)
{
    if (ct_slice_starts(text, "whsec_")) {
        struct ct_slice base64 = ct_slice_sub(text, 6, text.len);
        return base64.len > 0 && base64.len / 4 * 3 <= sizeof(out->bytes) &&
               ct_base64_decode(out->bytes, &out->len, base64);
    }
    if (text.len == 0 || text.len > sizeof(out->bytes))
        return false;
    memcpy(out->bytes, text.ptr, text.len);
    out->len = text.len;
    return true;
}

/* false: out of memory. */
static bool sign(char out[SIGNATURE_CHARS], struct ct_slice key, const struct ct_webhook *hook)
{
    uint8_t mac[CT_SHA256_LEN];
    struct ct_buf text;
    ct_buf_init(&text, SIGNED_MAX);
    ct_buf_put(&text, hook->id);
    ct_buf_printf(&text, ".%lld.", (long long)hook->timestamp);
    ct_buf_put(&text, hook->body);
    bool ok = !text.failed;
    if (ok) {
        ct_hmac_sha256(mac, key.ptr, key.len, text.data, text.len);
        ct_base64_encode(out, mac, sizeof(mac));
    }
    ct_buf_release(&text);
    return ok;
}

void ct_webhook_put_signature(struct ct_buf *b, struct ct_slice key, const struct ct_webhook *hook)
{
    char signature[SIGNATURE_CHARS];
    if (!sign(signature, key, hook)) {
        b->failed = true;
        return;
    }
    ct_buf_puts(b, b->len ? " v1," : "v1,");
    ct_buf_append(b, signature, sizeof(signature));
}

bool ct_webhook_verify(struct ct_slice signatures, struct ct_slice key,
                       const struct ct_webhook *hook)
{
    char ours[SIGNATURE_CHARS];
    bool right = false;
    if (!sign(ours, key, hook))
        return false;
    while (signatures.len > 0) {
        struct ct_slice one, rest = { NULL, 0 };
        if (!ct_slice_cut(signatures, ' ', &one, &rest))
            rest = (struct ct_slice){ NULL, 0 };
        if (ct_slice_starts(one, "v1,") && one.len == 3 + sizeof(ours))
            right |= ct_same_bytes(one.ptr + 3, ours, sizeof(ours));
        signatures = rest;
    }
    return right;
}
