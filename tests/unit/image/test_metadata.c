#include "t.h"

#include "decode.h"
#include "pictures.h"

#include "base/mem.h"
#include "image/codec.h"
#include "image/decode.h"
#include "image/metadata.h"
#include "image/metadata_parts.h"
#include "image/zlib_text.h"

#define KEY "calotype:scene"
#define BOMB_BYTES ((size_t)16 << 20)

static struct ct_blob *encode(enum ct_format format, int channels)
{
    struct ct_image *image = picture_new(PICTURE_SMOOTH, 37, 23, channels);
    struct ct_blob *file = NULL;
    struct ct_encode_params params = { .format = format, .quality = 90 };
    CHECK_INT(ct_encode(&file, image, &params, NULL), CT_OK);
    ct_image_unref(&image);
    return file;
}

static struct ct_slice slice_of(const struct ct_blob *file)
{
    return ct_slice_n(file->data, file->len);
}

/* Texts that a scene may look like; the long one is hard to compress. */
static void make_text(struct ct_buf *b, size_t len)
{
    uint32_t state = 7;
    ct_buf_init(b, CT_METADATA_MAX * 2);
    ct_buf_puts(b, "{\"title\":\"Grüße <&\\\">\",\"n\":[");
    while (b->len < len)
        ct_buf_printf(b, "%u,", picture_random(&state));
    ct_buf_puts(b, "0]}");
}

static const struct {
    enum ct_format format;
    int channels;
} kinds[] = { { CT_FORMAT_PNG, 3 },
              { CT_FORMAT_PNG, 4 },
              { CT_FORMAT_JPEG, 3 },
              { CT_FORMAT_WEBP, 3 },
              { CT_FORMAT_WEBP, 4 } };
#define N_KINDS (sizeof(kinds) / sizeof(kinds[0]))

TEST(metadata__comes_back_and_leaves_the_pixels)
{
    for (size_t i = 0; i < N_KINDS; i++) {
        struct ct_blob *file = encode(kinds[i].format, kinds[i].channels), *tagged, *again;
        struct ct_image *before = NULL, *after = NULL;
        struct ct_buf text, found;
        make_text(&text, i % 2 ? 40 : 30000);
        ct_buf_init(&found, CT_METADATA_MAX);
        REQUIRE(ct_metadata_put(&tagged, slice_of(file), KEY, ct_buf_slice(&text), NULL) == CT_OK);
        CHECK_INT(ct_metadata_find(&found, slice_of(tagged), KEY, NULL), CT_OK);
        CHECK(ct_slice_eq(ct_buf_slice(&found), ct_buf_slice(&text)));
        CHECK_INT(ct_decode(&before, slice_of(file), NULL), CT_OK);
        CHECK_INT(ct_decode(&after, slice_of(tagged), NULL), CT_OK);
        CHECK(same_pixels(before, after));

        /* A second text replaces the first. */
        REQUIRE(ct_metadata_put(&again, slice_of(tagged), KEY, CT_S("two"), NULL) == CT_OK);
        ct_buf_clear(&found);
        CHECK_INT(ct_metadata_find(&found, slice_of(again), KEY, NULL), CT_OK);
        CHECK_SLICE(ct_buf_slice(&found), "two");
        CHECK(again->len < file->len + 700);
        CHECK_INT(ct_metadata_find(&found, slice_of(again), "calotype:other", NULL),
                  CT_E_NOT_FOUND);
        CHECK_SLICE(ct_buf_slice(&found), "two");

        ct_buf_release(&text);
        ct_buf_release(&found);
        ct_image_unref(&before);
        ct_image_unref(&after);
        ct_blob_unref(&file);
        ct_blob_unref(&tagged);
        ct_blob_unref(&again);
    }
}

TEST(metadata__keys_of_a_png_stand_side_by_side)
{
    struct ct_blob *file = encode(CT_FORMAT_PNG, 3), *one, *two;
    struct ct_buf found;
    ct_buf_init(&found, 100);
    REQUIRE(ct_metadata_put(&one, slice_of(file), KEY, CT_S("first"), NULL) == CT_OK);
    REQUIRE(ct_metadata_put(&two, slice_of(one), "calotype:note", CT_S("second"), NULL) == CT_OK);
    CHECK_INT(ct_metadata_find(&found, slice_of(two), KEY, NULL), CT_OK);
    CHECK_INT(ct_metadata_find(&found, slice_of(two), "calotype:note", NULL), CT_OK);
    CHECK_SLICE(ct_buf_slice(&found), "firstsecond");
    ct_buf_release(&found);
    ct_blob_unref(&file);
    ct_blob_unref(&one);
    ct_blob_unref(&two);
}

TEST(metadata__refuses_what_does_not_fit)
{
    struct ct_blob *file = encode(CT_FORMAT_PNG, 3), *jpeg = encode(CT_FORMAT_JPEG, 3), *out;
    struct ct_buf text;
    make_text(&text, CT_METADATA_MAX);
    CHECK_INT(ct_metadata_put(&out, slice_of(file), KEY, ct_buf_slice(&text), NULL),
              CT_E_STRING_MAX);
    CHECK(out == NULL);
    text.len = CT_METADATA_MAX; /* fits a PNG, not the one segment of a JPEG */
    CHECK_INT(ct_metadata_put(&out, slice_of(file), KEY, ct_buf_slice(&text), NULL), CT_OK);
    ct_blob_unref(&out);
    CHECK_INT(ct_metadata_put(&out, slice_of(jpeg), KEY, ct_buf_slice(&text), NULL),
              CT_E_STRING_MAX);
    static const char *const keys[] = { "", "scene", "a:", ":a", "a:b:c", "A:b", "a:b c" };
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        CHECK_INT(ct_metadata_put(&out, slice_of(file), keys[i], CT_S("x"), NULL), CT_E_INTERNAL);
    CHECK_INT(ct_metadata_put(&out, slice_of(file), KEY, CT_S("\xff"), NULL), CT_E_INTERNAL);
    CHECK_INT(ct_metadata_put(&out, CT_S("GIF89a"), KEY, CT_S("x"), NULL), CT_E_IMAGE_FILE);
    CHECK_INT(ct_metadata_put(&out, ct_slice_n(file->data, 60), KEY, CT_S("x"), NULL),
              CT_E_IMAGE_FILE);
    ct_buf_release(&text);
    ct_blob_unref(&file);
    ct_blob_unref(&jpeg);
}

/* Zeros compress two hundredfold: reading stops at the limit. */
TEST(metadata__does_not_inflate_a_bomb)
{
    struct ct_blob *file = encode(CT_FORMAT_PNG, 3);
    struct ct_buf packed, bomb, found;
    char *zeros = ct_calloc(BOMB_BYTES, 1);
    REQUIRE(file && zeros);
    memset(zeros, ' ', BOMB_BYTES);
    ct_buf_init(&packed, BOMB_BYTES);
    ct_buf_init(&bomb, BOMB_BYTES);
    ct_buf_init(&found, BOMB_BYTES);
    REQUIRE(ct_zlib_pack(&packed, ct_slice_n(zeros, BOMB_BYTES)));
    REQUIRE(ct_metadata__png_put(&bomb, slice_of(file), KEY, ct_buf_slice(&packed)));
    CHECK_INT(ct_metadata_find(&found, ct_buf_slice(&bomb), KEY, NULL), CT_E_IMAGE_FILE);
    CHECK_INT(found.len, 0);
    CHECK(found.cap <= CT_METADATA_MAX);
    ct_buf_release(&packed);
    ct_buf_release(&bomb);
    ct_buf_release(&found);
    ct_free(zeros);
    ct_blob_unref(&file);
}

TEST(metadata__keeps_to_the_callers_maximum)
{
    struct ct_blob *file = encode(CT_FORMAT_PNG, 3), *tagged;
    struct ct_buf text, found;
    make_text(&text, 400);
    ct_buf_init(&found, 100);
    REQUIRE(ct_metadata_put(&tagged, slice_of(file), KEY, ct_buf_slice(&text), NULL) == CT_OK);
    CHECK_INT(ct_metadata_find(&found, slice_of(tagged), KEY, NULL), CT_E_MEMORY);
    CHECK_INT(found.len, 0);
    ct_buf_release(&found);
    ct_buf_release(&text);
    ct_blob_unref(&tagged);
    ct_blob_unref(&file);
}

TEST(metadata__survives_every_cut_and_damaged_byte)
{
    for (size_t i = 0; i < N_KINDS; i++) {
        struct ct_blob *file = encode(kinds[i].format, kinds[i].channels), *tagged, *out;
        struct ct_buf found;
        ct_buf_init(&found, CT_METADATA_MAX);
        REQUIRE(ct_metadata_put(&tagged, slice_of(file), KEY, CT_S("{\"a\":1}"), NULL) == CT_OK);
        for (size_t at = 0; at < tagged->len; at++) {
            struct ct_blob *cut = ct_blob_copy(tagged->data, at);
            char *copy = ct_malloc(tagged->len);
            REQUIRE(cut && copy);
            memcpy(copy, tagged->data, tagged->len);
            copy[at] = (char)(copy[at] ^ 0xff);
            ct_buf_clear(&found);
            ct_code rc = ct_metadata_find(&found, slice_of(cut), KEY, NULL);
            CHECK(rc == CT_OK || rc == CT_E_NOT_FOUND || rc == CT_E_IMAGE_FILE);
            CHECK((rc == CT_OK) == (found.len > 0));
            rc = ct_metadata_find(&found, ct_slice_n(copy, tagged->len), KEY, NULL);
            CHECK(rc == CT_OK || rc == CT_E_NOT_FOUND || rc == CT_E_IMAGE_FILE);
            rc = ct_metadata_put(&out, ct_slice_n(copy, tagged->len), KEY, CT_S("x"), NULL);
            CHECK(rc == CT_OK || rc == CT_E_IMAGE_FILE);
            ct_blob_unref(&out);
            ct_blob_unref(&cut);
            ct_free(copy);
        }
        ct_buf_release(&found);
        ct_blob_unref(&file);
        ct_blob_unref(&tagged);
    }
}

TEST(metadata__says_when_there_is_no_memory)
{
    for (size_t i = 0; i < N_KINDS; i++) {
        struct ct_blob *file = encode(kinds[i].format, kinds[i].channels), *out = NULL;
        for (long nth = 1;; nth++) {
            ct_mem_fail_nth(nth);
            ct_code rc = ct_metadata_put(&out, slice_of(file), KEY, CT_S("text"), NULL);
            bool failed = ct_mem_fail_nth(0) >= nth;
            CHECK_INT(rc, failed ? CT_E_MEMORY : CT_OK);
            if (!failed || rc == CT_OK)
                break;
        }
        ct_blob_unref(&out);
        ct_blob_unref(&file);
    }
}
