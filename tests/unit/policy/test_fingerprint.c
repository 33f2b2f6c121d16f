#include "t.h"

#include "policy/fingerprint.h"

static const struct ct_fingerprint_of here = { "POST", "/v1/images/edits", false };

TEST(fingerprint__of_a_json_body_is_of_every_byte_and_of_where_it_goes)
{
    const struct ct_fingerprint_of async = { "POST", "/v1/images/edits", true };
    const struct ct_fingerprint_of there = { "POST", "/v1/images/generations", false };
    uint8_t a[CT_SHA256_LEN], b[CT_SHA256_LEN];
    ct_fingerprint_json(a, &here, CT_S("{\"n\":1}"));
    ct_fingerprint_json(b, &here, CT_S("{\"n\":1}"));
    CHECK(memcmp(a, b, sizeof(a)) == 0);
    ct_fingerprint_json(b, &here, CT_S("{\"n\":2}"));
    CHECK(memcmp(a, b, sizeof(a)) != 0);
    ct_fingerprint_json(b, &there, CT_S("{\"n\":1}"));
    CHECK(memcmp(a, b, sizeof(a)) != 0);
    ct_fingerprint_json(b, &async, CT_S("{\"n\":1}"));
    CHECK(memcmp(a, b, sizeof(a)) != 0);
}

/* Name, value, name, value ..., a file, and an overlay unless it is CT_FORM_TEXT. */
static bool fingerprint_files(uint8_t out[CT_SHA256_LEN], const char *const texts[], int n,
                              const char *file, enum ct_form_part overlay)
{
    struct ct_arena *arena = ct_arena_new(1 << 16);
    struct ct_form form;
    bool ok = arena != NULL;
    if (!ok)
        return false;
    ct_form_init(&form, arena);
    for (int i = 0; i + 1 < n; i += 2)
        ok = ok && ct_form_add_text(&form, ct_slice(texts[i]), ct_slice(texts[i + 1]), NULL) == CT_OK;
    ok = ok && ct_form_add_file(&form, CT_FORM_IMAGE, ct_blob_copy(file, strlen(file)), NULL) == CT_OK;
    if (ok && overlay != CT_FORM_TEXT)
        ok = ct_form_add_file(&form, overlay, ct_blob_copy("x", 1), NULL) == CT_OK;
    ct_fingerprint_form(out, &here, &form);
    ct_form_release(&form);
    ct_arena_free(&arena);
    return ok;
}

static bool fingerprint_form(uint8_t out[CT_SHA256_LEN], const char *const texts[], int n,
                             const char *file)
{
    return fingerprint_files(out, texts, n, file, CT_FORM_TEXT);
}

TEST(fingerprint__tells_a_markup_from_a_mask_and_from_none)
{
    static const char *const texts[] = { "prompt", "ab" };
    uint8_t a[CT_SHA256_LEN], b[CT_SHA256_LEN], c[CT_SHA256_LEN];
    REQUIRE(fingerprint_form(a, texts, 2, "PNG"));
    REQUIRE(fingerprint_files(b, texts, 2, "PNG", CT_FORM_MASK));
    REQUIRE(fingerprint_files(c, texts, 2, "PNG", CT_FORM_MARKUP));
    CHECK(memcmp(a, c, sizeof(a)) != 0 && memcmp(b, c, sizeof(b)) != 0);
}

TEST(fingerprint__of_a_form_is_of_its_parts_and_not_of_how_they_are_split)
{
    static const char *const one[] = { "prompt", "ab", "n", "2" };
    static const char *const same[] = { "prompt", "ab", "n", "2" };
    static const char *const moved[] = { "prompta", "b", "n", "2" };
    static const char *const other[] = { "prompt", "ab", "n", "02" };
    uint8_t a[CT_SHA256_LEN], b[CT_SHA256_LEN];
    REQUIRE(fingerprint_form(a, one, 4, "PNG"));
    CHECK(fingerprint_form(b, same, 4, "PNG") && memcmp(a, b, sizeof(a)) == 0);
    CHECK(fingerprint_form(b, moved, 4, "PNG") && memcmp(a, b, sizeof(a)) != 0);
    CHECK(fingerprint_form(b, other, 4, "PNG") && memcmp(a, b, sizeof(a)) != 0);
    CHECK(fingerprint_form(b, one, 4, "PNX") && memcmp(a, b, sizeof(a)) != 0);
    CHECK(fingerprint_form(b, one, 2, "PNG") && memcmp(a, b, sizeof(a)) != 0);
}

TEST(fingerprint__the_same_words_of_two_keys_are_two_ids)
{
    uint8_t a[CT_SHA256_LEN], b[CT_SHA256_LEN];
    ct_idempotency_id(a, "key_1", CT_S("2x"));
    ct_idempotency_id(b, "key_12", CT_S("x"));
    CHECK(memcmp(a, b, sizeof(a)) != 0);
    ct_idempotency_id(b, "key_1", CT_S("2x"));
    CHECK(memcmp(a, b, sizeof(a)) == 0);
}

TEST(fingerprint__an_idempotency_key_is_visible_and_not_too_long)
{
    char text[300];
    struct ct_err err = { 0 };
    memset(text, 'k', sizeof(text));
    CHECK_INT(ct_idempotency_check(ct_slice_n(text, 1), NULL), CT_OK);
    CHECK_INT(ct_idempotency_check(ct_slice_n(text, 255), NULL), CT_OK);
    CHECK_INT(ct_idempotency_check(ct_slice_n(text, 256), &err), CT_E_VALUE);
    CHECK(strstr(err.msg, "it has 256"));
    CHECK_INT(ct_idempotency_check(CT_S(""), NULL), CT_E_VALUE);
    CHECK_INT(ct_idempotency_check(CT_S("a b"), &err), CT_E_VALUE);
    CHECK(strstr(err.msg, "character 2 is the byte 0x20"));
    CHECK_INT(ct_idempotency_check(CT_S("a\x7f"), NULL), CT_E_VALUE);
    CHECK_INT(ct_idempotency_check(CT_S("\xc3\xa9"), NULL), CT_E_VALUE);
}
