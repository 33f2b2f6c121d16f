#include "base/base64.h"
#include "base/hash.h"
#include "base/mem.h"
#include "t.h"

/* RFC 4648 section 10. */
TEST(base64__test_vectors_of_the_rfc)
{
    static const struct {
        char raw[8], text[12];
    } vectors[] = { { "", "" },
                    { "f", "Zg==" },
                    { "fo", "Zm8=" },
                    { "foo", "Zm9v" },
                    { "foob", "Zm9vYg==" },
                    { "fooba", "Zm9vYmE=" },
                    { "foobar", "Zm9vYmFy" } };
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    ct_buf_init(&b, 100);
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        char back[16] = "";
        size_t len = 99;
        ct_buf_clear(&b);
        ct_base64_put(&b, vectors[i].raw, strlen(vectors[i].raw));
        CHECK_STR(ct_buf_text(&b), vectors[i].text);
        CHECK(ct_base64_decode(back, &len, ct_slice(vectors[i].text)));
        CHECK_INT(len, strlen(vectors[i].raw));
        CHECK_STR(back, vectors[i].raw);
    }
}

/* Exact heap blocks, so that the sanitizer build sees a store past the end. */
static bool round_trip(const unsigned char *raw, size_t len)
{
    size_t text_len = ct_base64_encoded_len(len), got = 0, got_scalar = 0;
    char *text = ct_malloc(text_len), *twin = ct_malloc(text_len);
    unsigned char *back = ct_malloc(text_len / 4 * 3), *back_twin = ct_malloc(text_len / 4 * 3);
    ct_base64_encode(text, raw, len);
    ct_base64_encode_scalar(twin, raw, len);
    struct ct_slice in = ct_slice_n(text, text_len);
    bool same = memcmp(text, twin, text_len) == 0 && ct_base64_decode(back, &got, in) &&
                ct_base64_decode_scalar(back_twin, &got_scalar, in) && got == len &&
                got_scalar == len && (len == 0 || memcmp(back, raw, len) == 0) &&
                (len == 0 || memcmp(back_twin, raw, len) == 0);
    ct_free(text);
    ct_free(twin);
    ct_free(back);
    ct_free(back_twin);
    return same;
}

TEST(base64__vector_and_scalar_agree_at_every_length)
{
    unsigned char raw[600];
    uint64_t seed = 1;
    for (size_t len = 0; len <= sizeof(raw); len++) {
        for (size_t i = 0; i < len; i++)
            raw[i] = (unsigned char)(seed = ct_mix64(seed + 1));
        unsigned char *exact = ct_malloc(len);
        REQUIRE(exact);
        memcpy(exact, raw, len);
        CHECK(round_trip(exact, len));
        ct_free(exact);
    }
}

TEST(base64__a_bad_byte_anywhere_is_refused)
{
    enum { LEN = 160 };
    char text[LEN], out[LEN];
    size_t len;
    int accepted = 0, differ = 0;
    for (size_t at = 0; at < LEN; at++) {
        for (int c = 0; c < 256; c++) {
            memset(text, 'A', LEN);
            text[at] = (char)c;
            struct ct_slice in = ct_slice_n(text, LEN);
            bool letter =
                strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", c) && c;
            bool good = letter || (c == '=' && at == LEN - 1);
            accepted += ct_base64_decode(out, &len, in) != good;
            differ += ct_base64_decode_scalar(out, &len, in) != good;
        }
    }
    CHECK_INT(accepted, 0);
    CHECK_INT(differ, 0);
}

TEST(base64__refuses_bad_padding)
{
    static const char *const bad[] = {
        "A",        "AA",   "AAA",  "====",  "A===",  "AA=A",  "=AAA",
        "AA==AAAA", "Zh==", "Zm9=", "AAAA=", "AA\n=", "Zg== ", "Zg"
    };
    char out[16];
    size_t len = 1;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK(!ct_base64_decode(out, &len, ct_slice(bad[i])));
        CHECK_INT(len, 0);
    }
}

TEST(base64__put_respects_the_ceiling)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    ct_buf_init(&b, 7);
    ct_base64_put(&b, "abcd", 4);
    CHECK(b.failed && b.len == 0);
    CHECK(ct_base64_encoded_len(SIZE_MAX) == SIZE_MAX);
    CHECK_INT(ct_base64_encoded_len(4), 8);
}
