#include "t.h"

#include "base/mem.h"
#include "image/codec.h"
#include "image/sniff.h"
#include "pictures.h"

#define FOR_EACH_FORMAT(f) for (int f = CT_FORMAT_PNG; f <= CT_FORMAT_WEBP; f++)

TEST(encode__names_are_the_ones_of_the_api)
{
    CHECK_STR(ct_format_name(CT_FORMAT_PNG), "png");
    CHECK_STR(ct_format_name(CT_FORMAT_JPEG), "jpeg");
    CHECK_STR(ct_format_name(CT_FORMAT_WEBP), "webp");
    CHECK_STR(ct_format_mime(CT_FORMAT_PNG), "image/png");
    CHECK_STR(ct_format_mime(CT_FORMAT_JPEG), "image/jpeg");
    CHECK_STR(ct_format_mime(CT_FORMAT_WEBP), "image/webp");
    CHECK_STR(ct_format_extension(CT_FORMAT_PNG), "png");
    CHECK_STR(ct_format_extension(CT_FORMAT_JPEG), "jpg");
    CHECK_STR(ct_format_extension(CT_FORMAT_WEBP), "webp");
}

TEST(encode__files_start_as_their_format_says)
{
    struct ct_image *image = picture_new(PICTURE_SMOOTH, 40, 30, 3);
    REQUIRE(image);
    FOR_EACH_FORMAT(f)
    {
        struct ct_encode_params params = { .format = (enum ct_format)f };
        struct ct_blob *file;
        enum ct_format sniffed;
        REQUIRE(ct_encode(&file, image, &params, NULL) == CT_OK);
        CHECK(ct_sniff(&sniffed, ct_slice_n(file->data, file->len)));
        CHECK_INT(sniffed, f);
        ct_blob_unref(&file);
    }
    ct_image_unref(&image);
}

TEST(encode__same_pixels_same_bytes)
{
    struct ct_image *image = picture_new(PICTURE_PHOTO, 200, 150, 3);
    REQUIRE(image);
    FOR_EACH_FORMAT(f)
    {
        struct ct_encode_params params = { .format = (enum ct_format)f, .quality = 77 };
        struct ct_blob *a, *b;
        REQUIRE(ct_encode(&a, image, &params, NULL) == CT_OK);
        REQUIRE(ct_encode(&b, image, &params, NULL) == CT_OK);
        CHECK(a->len == b->len && memcmp(a->data, b->data, a->len) == 0);
        ct_blob_unref(&a);
        ct_blob_unref(&b);
    }
    ct_image_unref(&image);
}

TEST(encode__cancel_stops_every_format)
{
    atomic_int cancel = 1;
    struct ct_image *image = picture_new(PICTURE_PHOTO, 256, 256, 3);
    REQUIRE(image);
    FOR_EACH_FORMAT(f)
    {
        struct ct_encode_params params = { .format = (enum ct_format)f, .cancel = &cancel };
        struct ct_err err = { 0 };
        struct ct_blob *file;
        atomic_store(&cancel, 1);
        CHECK_INT(ct_encode(&file, image, &params, &err), CT_E_CANCELLED);
        CHECK(!file);
        CHECK(err.msg[0]);
        atomic_store(&cancel, 0);
        CHECK_INT(ct_encode(&file, image, &params, &err), CT_OK);
        ct_blob_unref(&file);
    }
    ct_image_unref(&image);
}

/* Whether anything leaks on the way is for the sanitizer build to say. */
TEST(encode__every_failed_allocation_is_reported)
{
    struct ct_image *image = picture_new(PICTURE_NOISE, 300, 300, 3);
    REQUIRE(image);
    FOR_EACH_FORMAT(f)
    {
        struct ct_encode_params params = { .format = (enum ct_format)f, .quality = 95 };
        struct ct_blob *file = NULL;
        ct_code code = CT_E_MEMORY;
        long n = 0;
        while (code != CT_OK && n < 100) {
            struct ct_err err = { 0 };
            ct_mem_fail_nth(++n);
            code = ct_encode(&file, image, &params, &err);
            ct_mem_fail_nth(0);
            if (code == CT_OK)
                break;
            CHECK_INT(code, CT_E_MEMORY);
            CHECK(!file);
            CHECK(err.msg[0]);
        }
        CHECK_INT(code, CT_OK);
        CHECK(n > 2);
        ct_blob_unref(&file);
    }
    ct_image_unref(&image);
}

TEST(encode__refuses_what_the_contract_would_have)
{
    struct ct_image *image = picture_new(PICTURE_FLAT, 4, 4, 3);
    struct ct_blob *file;
    REQUIRE(image);
    const struct ct_encode_params bad[] = {
        { .format = CT_FORMAT_JPEG, .quality = -1 },
        { .format = CT_FORMAT_WEBP, .quality = 101 },
        { .format = (enum ct_format)3 },
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct ct_err err = { 0 };
        CHECK_INT(ct_encode(&file, image, &bad[i], &err), CT_E_INTERNAL);
        CHECK(!file);
        CHECK(err.msg[0]);
    }
    ct_image_unref(&image);
}

TEST(encode__refuses_what_is_no_picture)
{
    uint8_t px[16] = { 0 };
    const struct ct_image bad[] = {
        { .width = 0, .height = 1, .channels = 3, .px = px },
        { .width = 1, .height = 16385, .channels = 3, .px = px },
        { .width = 1, .height = 1, .channels = 1, .px = px },
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        FOR_EACH_FORMAT(f)
        {
            struct ct_blob *file;
            CHECK_INT(ct_encode(&file, &bad[i],
                                &(struct ct_encode_params){ .format = (enum ct_format)f }, NULL),
                      CT_E_INTERNAL);
        }
    }
}
