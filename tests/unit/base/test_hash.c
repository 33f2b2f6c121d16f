#include "base/clock.h"
#include "base/hash.h"
#include "t.h"

static bool is_hex(const uint8_t digest[CT_SHA256_LEN], const char *expected)
{
    char hex[2 * CT_SHA256_LEN];
    ct_hex(hex, digest, CT_SHA256_LEN);
    return ct_slice_is(ct_slice_n(hex, sizeof(hex)), expected);
}

TEST(hash__sha256_of_fips_180_4)
{
    uint8_t digest[CT_SHA256_LEN];
    ct_sha256(digest, "abc", 3);
    CHECK(is_hex(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    ct_sha256(digest, NULL, 0);
    CHECK(is_hex(digest, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

/* RFC 4231, cases 1, 2, 6. */
TEST(hash__hmac_of_rfc_4231)
{
    uint8_t digest[CT_SHA256_LEN], key[131];
    memset(key, 0x0b, 20);
    ct_hmac_sha256(digest, key, 20, "Hi There", 8);
    CHECK(is_hex(digest, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
    ct_hmac_sha256(digest, "Jefe", 4, "what do ya want for nothing?", 28);
    CHECK(is_hex(digest, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    memset(key, 0xaa, sizeof(key));
    ct_hmac_sha256(digest, key, sizeof(key),
                   "Test Using Larger Than Block-Size Key - Hash Key First", 54);
    CHECK(is_hex(digest, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
    ct_hmac_sha256(digest, NULL, 0, NULL, 0);
    CHECK(is_hex(digest, "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"));
}

TEST(hash__hex_goes_round_and_refuses_the_rest)
{
    uint8_t out[3] = { 0 };
    CHECK(ct_unhex(out, 3, CT_S("00fFa5")));
    CHECK(out[0] == 0 && out[1] == 0xFF && out[2] == 0xA5);
    CHECK(!ct_unhex(out, 3, CT_S("00ff")));
    CHECK(!ct_unhex(out, 3, CT_S("00ffa")));
    CHECK(!ct_unhex(out, 3, CT_S("00ffag")));
    CHECK(!ct_unhex(out, 3, CT_S("00ff:a")));
    CHECK(ct_unhex(out, 0, CT_S("")));
}

TEST(hash__same_bytes)
{
    CHECK(ct_same_bytes("abc", "abc", 3));
    CHECK(!ct_same_bytes("abc", "abd", 3));
    CHECK(ct_same_bytes(NULL, NULL, 0));
}

TEST(hash__random_bytes_differ)
{
    uint8_t a[300] = { 0 }, b[300] = { 0 };
    int zeros = 0;
    ct_random(a, sizeof(a));
    ct_random(b, sizeof(b));
    CHECK(memcmp(a, b, sizeof(a)) != 0);
    for (size_t i = 0; i < sizeof(a); i++)
        zeros += a[i] == 0;
    CHECK(zeros < 50);
    ct_random(NULL, 0);
}

TEST(hash__64_bits_depend_on_every_byte_length_and_seed)
{
    char text[40] = { 0 };
    uint64_t whole = ct_hash64(text, sizeof(text), 0);
    CHECK(whole == ct_hash64(text, sizeof(text), 0));
    CHECK(whole != ct_hash64(text, sizeof(text), 1));
    for (size_t len = 0; len < sizeof(text); len++) {
        CHECK(ct_hash64(text, len, 0) != whole);
        text[len] = 1;
        CHECK(ct_hash64(text, sizeof(text), 0) != whole);
        text[len] = 0;
    }
    CHECK(ct_mix64(1) == UINT64_C(0x5692161d100b05e5));
    CHECK(ct_mix64(0) == 0 && ct_mix64(2) != ct_mix64(3));
}

TEST(hash__ids_are_different_and_in_the_order_of_time)
{
    char first[CT_ID_DIGITS + 1], next[CT_ID_DIGITS + 1];
    uint8_t bytes[CT_ID_DIGITS / 2];
    ct_make_id(first);
    CHECK(ct_unhex(bytes, sizeof(bytes), ct_slice(first)));
    for (int64_t until = ct_clock_wall_ms() + 2; ct_clock_wall_ms() < until;) {
    }
    ct_make_id(next);
    CHECK(strcmp(first, next) < 0);
    for (int i = 0; i < 1000; i++) {
        memcpy(first, next, sizeof(first));
        ct_make_id(next);
        CHECK(strcmp(first + 12, next + 12) != 0); /* the random digits */
    }
}

TEST(hash__of_parts_knows_where_one_ends)
{
    const struct ct_slice ab_c[] = { CT_S("ab"), CT_S("c") }, a_bc[] = { CT_S("a"), CT_S("bc") };
    uint8_t x[CT_SHA256_LEN], y[CT_SHA256_LEN];
    ct_sha256_parts(x, ab_c, 2);
    ct_sha256_parts(y, a_bc, 2);
    CHECK(memcmp(x, y, sizeof(x)) != 0);
    ct_sha256_parts(y, ab_c, 2);
    CHECK(memcmp(x, y, sizeof(x)) == 0);
    ct_sha256_parts(y, ab_c, 1);
    CHECK(memcmp(x, y, sizeof(x)) != 0);
}
