/* A form is hashed as a chain: what came before, then the part. So it needs no memory that grows
 * with the form, and each file is read once. */
#include "policy/fingerprint.h"

static struct ct_slice hash_text(const uint8_t hash[CT_SHA256_LEN])
{
    return ct_slice_n((const char *)hash, CT_SHA256_LEN);
}

static void start(uint8_t out[CT_SHA256_LEN], const struct ct_fingerprint_of *of, const char *kind)
{
    const struct ct_slice parts[] = { ct_slice(of->method), ct_slice(of->path), ct_slice(kind),
                                      of->async ? CT_S("async") : CT_S("") };
    ct_sha256_parts(out, parts, 4);
}

static void add(uint8_t hash[CT_SHA256_LEN], struct ct_slice name, struct ct_slice value)
{
    const struct ct_slice parts[] = { hash_text(hash), name, value };
    ct_sha256_parts(hash, parts, 3);
}

static void add_file(uint8_t hash[CT_SHA256_LEN], const char *name, const struct ct_blob *file)
{
    uint8_t digest[CT_SHA256_LEN];
    if (!file)
        return;
    ct_sha256(digest, file->data, file->len);
    add(hash, ct_slice(name), hash_text(digest));
}

void ct_fingerprint_json(uint8_t out[CT_SHA256_LEN], const struct ct_fingerprint_of *of,
                         struct ct_slice body)
{
    start(out, of, "json");
    add(out, CT_S(""), body);
}

void ct_fingerprint_form(uint8_t out[CT_SHA256_LEN], const struct ct_fingerprint_of *of,
                         const struct ct_form *form)
{
    start(out, of, "form");
    for (const struct ct_json *m = form->object.child; m; m = m->next)
        add(out, m->key, m->text);
    for (int i = 0; i < CT_MAX_INPUTS; i++)
        add_file(out, "image", form->images[i]);
    add_file(out, "mask", form->mask);
    add_file(out, "markup", form->markup);
}

void ct_idempotency_id(uint8_t out[CT_SHA256_LEN], const char *key_id, struct ct_slice value)
{
    const struct ct_slice parts[] = { ct_slice(key_id), value };
    ct_sha256_parts(out, parts, 2);
}

ct_code ct_idempotency_check(struct ct_slice value, struct ct_err *err)
{
    if (value.len < 1 || value.len > 255)
        return ct_fail(err, CT_E_VALUE, "Idempotency-Key",
                       "Invalid header 'Idempotency-Key': expected 1 to 255 visible ASCII "
                       "characters, a random UUID say, but it has %zu.",
                       value.len);
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] <= 0x20 || value.ptr[i] >= 0x7f)
            return ct_fail(err, CT_E_VALUE, "Idempotency-Key",
                           "Invalid header 'Idempotency-Key': expected 1 to 255 visible ASCII "
                           "characters, but character %zu is the byte 0x%02x.",
                           i + 1, (unsigned)(unsigned char)value.ptr[i]);
    return CT_OK;
}
