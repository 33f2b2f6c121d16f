#include "t.h"

#include "policy/url_sign.h"

#define PATH "/v1/files/img/ba78.png"

static const struct ct_secret key = { { 1, 2, 3 } };

/* The query of a URL signed for PATH. */
static struct ct_slice signed_query(struct ct_buf *b, int64_t expires)
{
    struct ct_slice path, query = { 0 };
    ct_buf_init(b, 4096);
    ct_url_sign(b, &key, PATH, expires);
    CHECK(ct_slice_cut(ct_buf_slice(b), '?', &path, &query));
    CHECK_SLICE(path, PATH);
    return query;
}

static ct_code check(const char *path, struct ct_slice query, int64_t now)
{
    struct ct_err err = { 0 };
    ct_code rc = ct_url_check(&key, ct_slice(path), query, now, &err);
    CHECK(rc == CT_OK || rc == CT_E_FORBIDDEN || rc == CT_E_NOT_FOUND);
    if (rc == CT_E_FORBIDDEN)
        CHECK_STR(err.msg, "The signature of this URL is not valid.");
    return rc;
}

TEST(url_sign__holds_until_it_expires)
{
    struct ct_buf b;
    struct ct_slice query = signed_query(&b, 2000);
    CHECK_INT(check(PATH, query, 0), CT_OK);
    CHECK_INT(check(PATH, query, 1999), CT_OK);
    CHECK_INT(check(PATH, query, 2000), CT_E_NOT_FOUND);
    CHECK_INT(check(PATH, query, 1000000), CT_E_NOT_FOUND);
    ct_buf_release(&b);
}

/* HMAC-SHA-256 over "GET\n" path "\n" expires, by Python's hmac: the format is fixed, since URLs
 * outlive an update of the server. */
TEST(url_sign__matches_a_signature_made_elsewhere)
{
    struct ct_buf b;
    CHECK_SLICE(signed_query(&b, 1795132800),
                "expires=1795132800&signature="
                "fd24df434bec1be307d8f775a9707d3984bd2ae69dcfcc2351659521826e7c7b");
    ct_buf_release(&b);
}

TEST(url_sign__nothing_can_be_swapped)
{
    struct ct_buf b, other;
    struct ct_slice query = signed_query(&b, 2000), later = signed_query(&other, 3000);
    struct ct_secret foreign = key;
    char mixed[256];
    CHECK_INT(check("/v1/files/img/ba79.png", query, 0), CT_E_FORBIDDEN);
    CHECK_INT(check(PATH "x", query, 0), CT_E_FORBIDDEN);
    CHECK_INT(check("", query, 0), CT_E_FORBIDDEN);
    foreign.bytes[31] ^= 1;
    CHECK_INT(ct_url_check(&foreign, CT_S(PATH), query, 0, NULL), CT_E_FORBIDDEN);
    snprintf(mixed, sizeof(mixed), "expires=3000%s", strchr(ct_buf_text(&b), '&'));
    CHECK_INT(check(PATH, ct_slice(mixed), 0), CT_E_FORBIDDEN);
    CHECK_INT(check(PATH, later, 0), CT_OK);

    /* A forged URL that is also over is forged: expiry is told only to those who had a valid one.
     */
    CHECK_INT(check(PATH, ct_slice(mixed), 9999), CT_E_FORBIDDEN);

    /* What stands behind a NUL byte is signed too. */
    CHECK_INT(ct_url_check(&key, CT_S(PATH "\0x"), query, 0, NULL), CT_E_FORBIDDEN);
    ct_buf_release(&b);
    ct_buf_release(&other);
}

TEST(url_sign__every_flipped_bit_is_noticed)
{
    struct ct_buf b;
    struct ct_slice query = signed_query(&b, 2000);
    char copy[256];
    REQUIRE(query.len < sizeof(copy));
    for (size_t i = 0; i < query.len * 8; i++) {
        memcpy(copy, query.ptr, query.len);
        copy[i / 8] = (char)(copy[i / 8] ^ (1 << i % 8));
        CHECK_INT(check(PATH, ct_slice_n(copy, query.len), 0), CT_E_FORBIDDEN);
    }
    for (size_t len = 0; len < query.len; len++)
        CHECK_INT(check(PATH, ct_slice_sub(query, 0, len), 0), CT_E_FORBIDDEN);
    ct_buf_release(&b);
}

TEST(url_sign__has_one_spelling)
{
    struct ct_buf b;
    struct ct_slice query = signed_query(&b, 2000), expires, signature;
    REQUIRE(ct_slice_cut(query, '&', &expires, &signature));
    static const char *const shapes[] = {
        "%.*s",       /* the first part alone */
        "%.*s&",      /* the second is empty */
        "%.*s&%.*s&", /* something follows */
        "%.*s&%.*s&x=1", "&%.*s&%.*s", "x=1&%.*s&%.*s", "%.*s&&%.*s", "%.*s;%.*s", " %.*s&%.*s",
    };
    char text[512];
    for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
        snprintf(text, sizeof(text), shapes[i], CT_SARG(expires), CT_SARG(signature));
#pragma GCC diagnostic pop
        CHECK_INT(check(PATH, ct_slice(text), 0), CT_E_FORBIDDEN);
    }
    snprintf(text, sizeof(text), "%.*s&%.*s", CT_SARG(signature), CT_SARG(expires));
    CHECK_INT(check(PATH, ct_slice(text), 0), CT_E_FORBIDDEN); /* the other order */
    snprintf(text, sizeof(text), "%.*s&%.*s&%.*s", CT_SARG(expires), CT_SARG(expires),
             CT_SARG(signature));
    CHECK_INT(check(PATH, ct_slice(text), 0), CT_E_FORBIDDEN); /* twice */
    snprintf(text, sizeof(text), "expires=02000&%.*s", CT_SARG(signature));
    CHECK_INT(check(PATH, ct_slice(text), 0), CT_E_FORBIDDEN);
    snprintf(text, sizeof(text), "expires=+2000&%.*s", CT_SARG(signature));
    CHECK_INT(check(PATH, ct_slice(text), 0), CT_E_FORBIDDEN);
    snprintf(text, sizeof(text), "expires=&%.*s", CT_SARG(signature));
    CHECK_INT(check(PATH, ct_slice(text), 0), CT_E_FORBIDDEN);

    snprintf(text, sizeof(text), "%.*s", CT_SARG(query));
    for (char *p = strstr(text, "signature=") + 10; *p; p++)
        *p = (char)(*p >= 'a' ? *p - 32 : *p);
    REQUIRE(!ct_slice_eq(ct_slice(text), query));
    CHECK_INT(check(PATH, ct_slice(text), 0), CT_E_FORBIDDEN); /* upper-case hex */
    ct_buf_release(&b);
}

TEST(url_sign__refuses_endless_queries_and_paths)
{
    char large[10240];
    struct ct_buf b;
    memset(large, '1', sizeof(large));
    memcpy(large, "expires=", 8);
    CHECK_INT(check(PATH, ct_slice_n(large, sizeof(large)), 0), CT_E_FORBIDDEN);
    memcpy(large + 1000, "&signature=", 11);
    CHECK_INT(check(PATH, ct_slice_n(large, sizeof(large)), 0), CT_E_FORBIDDEN);
    CHECK_INT(check(PATH, (struct ct_slice){ 0 }, 0), CT_E_FORBIDDEN);

    ct_buf_init(&b, 4096);
    memset(large, '/', 513);
    large[513] = '\0';
    ct_url_sign(&b, &key, large, 2000);
    CHECK(b.failed);
    ct_buf_clear(&b);
    large[512] = '\0';
    ct_url_sign(&b, &key, large, 2000);
    CHECK(!b.failed);
    struct ct_slice query = ct_slice_sub(ct_buf_slice(&b), 513, b.len);
    CHECK_INT(check(large, query, 0), CT_OK);
    ct_buf_release(&b);
}
