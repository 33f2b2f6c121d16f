/* UTF-8 and base64 on any bytes: the fast and the plain way must agree. */
#include "base/base64.h"
#include "base/mem.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static void check_utf8(struct ct_slice text)
{
    bool valid = true;
    size_t count = 0, at = 0;
    for (; at < text.len; count++) {
        char back[4];
        size_t from = at;
        uint32_t c = ct_utf8_next(text, &at);
        size_t put = ct_utf8_put(back, c);
        check(at > from && put > 0);
        valid &= at - from == put && memcmp(back, text.ptr + from, put) == 0;
    }
    check(valid == ct_utf8_valid(text));
    check(!valid || count == ct_utf8_count(text));
    for (size_t max = 0; valid && max < text.len && max < 64; max++) {
        struct ct_slice cut = ct_utf8_cut(text, max);
        check(cut.len <= max && cut.len + 3 >= max && ct_utf8_valid(cut));
    }
}

static void check_encode(struct ct_slice raw)
{
    size_t len = ct_base64_encoded_len(raw.len), got = 0;
    char *text = ct_malloc(len), *twin = ct_malloc(len), *back = ct_malloc(len / 4 * 3);
    ct_base64_encode(text, raw.ptr, raw.len);
    ct_base64_encode_scalar(twin, raw.ptr, raw.len);
    check(memcmp(text, twin, len) == 0);
    check(ct_base64_decode(back, &got, ct_slice_n(text, len)));
    check(ct_slice_eq(ct_slice_n(back, got), raw));
    ct_free(text);
    ct_free(twin);
    ct_free(back);
}

static void check_decode(struct ct_slice text)
{
    size_t room = text.len / 4 * 3, len, twin_len;
    char *raw = ct_malloc(room), *twin = ct_malloc(room), *again = ct_malloc(text.len);
    bool good = ct_base64_decode(raw, &len, text);
    check(good == ct_base64_decode_scalar(twin, &twin_len, text));
    if (good) {
        check(ct_slice_eq(ct_slice_n(raw, len), ct_slice_n(twin, twin_len)));
        ct_base64_encode(again, raw, len); /* canonical: one spelling only */
        check(ct_slice_eq(ct_slice_n(again, ct_base64_encoded_len(len)), text));
    }
    ct_free(raw);
    ct_free(twin);
    ct_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ct_slice text = ct_slice_n((const char *)data, size);
    check_utf8(text);
    check_encode(text);
    check_decode(text);
    return 0;
}
