#include "t.h"

#include "decode.h"
#include "foreign.h"
#include "pictures.h"

#include "base/clock.h"
#include "base/mem.h"
#include "image/decode.h"
#include "image/probe.h"
#include "image/resize.h"

#include <zlib.h>

#define FILE_MAX ((size_t)64 << 20)
#define BOMB_BYTES ((size_t)16 << 20)

typedef void (*write_fn)(struct ct_buf *out, const struct ct_image *image,
                         const struct foreign *how);
static const write_fn writers[] = { foreign_png, foreign_jpeg, foreign_webp };

static struct ct_image *decode_file(const struct ct_buf *file, int max_edge)
{
    struct ct_image *image = NULL;
    struct ct_err err = { 0 };
    ct_code rc = ct_decode_with(&image, ct_buf_slice(file),
                                &(struct ct_decode_params){ .max_edge = max_edge }, &err);
    if (rc != CT_OK)
        t_fail(__FILE__, __LINE__, "%s", err.msg);
    return image;
}

/* Colours count as far as they are seen: what a transparent pixel hides may differ. */
static double seen_psnr(const struct ct_image *a, const struct ct_image *b)
{
    struct ct_image *pair[2] = { NULL, NULL };
    for (int k = 0; a && b && k < 2; k++) {
        const struct ct_image *image = k ? b : a;
        if (ct_image_new(&pair[k], image->width, image->height, 3, NULL) != CT_OK)
            break;
        for (int i = 0; i < image->width * image->height; i++)
            for (int c = 0; c < 3; c++)
                pair[k]->px[3 * i + c] =
                    image->channels == 3
                        ? image->px[3 * i + c]
                        : (uint8_t)(image->px[4 * i + c] * image->px[4 * i + 3] / 255);
    }
    double db = psnr(pair[0], pair[1]);
    ct_image_unref(&pair[0]);
    ct_image_unref(&pair[1]);
    return db;
}

/* Writes `image` that way, reads it, and says how near it came back. */
static double round_trip(write_fn write, const struct ct_image *image, const struct foreign *how)
{
    struct ct_buf file;
    ct_buf_init(&file, FILE_MAX);
    write(&file, image, how);
    struct ct_image *back = decode_file(&file, 0);
    double db = seen_psnr(image, back);
    CHECK(back && back->channels == image->channels);
    ct_image_unref(&back);
    ct_buf_release(&file);
    return db;
}

TEST(foreign__kinds_of_files_come_back_as_they_were)
{
    struct ct_image *rgb = picture_new(PICTURE_SMOOTH, 61, 47, 3);
    struct ct_image *rgba = picture_new(PICTURE_SMOOTH, 61, 47, 4);
    REQUIRE(rgb && rgba);
    CHECK(round_trip(foreign_png, rgb, &(struct foreign){ .interlaced = true }) == 99);
    CHECK(round_trip(foreign_png, rgba, &(struct foreign){ .interlaced = true }) == 99);
    CHECK(round_trip(foreign_png, rgb, &(struct foreign){ .depth = 16 }) == 99);
    CHECK(round_trip(foreign_png, rgba,
                     &(struct foreign){ .depth = 16, .interlaced = true }) == 99);
    CHECK(round_trip(foreign_jpeg, rgb, &(struct foreign){ .progressive = true }) > 32);
    CHECK(round_trip(foreign_jpeg, rgb, &(struct foreign){ .cmyk = true }) > 30);
    CHECK(round_trip(foreign_jpeg, rgb, &(struct foreign){ .cmyk = true, .adobe = true }) > 30);
    CHECK(round_trip(foreign_webp, rgb, &(struct foreign){ 0 }) == 99);
    CHECK(round_trip(foreign_webp, rgba, &(struct foreign){ 0 }) > 40);
    ct_image_unref(&rgb);
    ct_image_unref(&rgba);
}

/* EXIF 2.32, 4.6.4: what the 0th row and the 0th column of the file are in the visible picture. */
static const struct {
    bool row_is_column;    /* the 0th row is the left or right side */
    bool from_right, from_bottom; /* row and column 0 stand there */
} held[9] = {
    [1] = { false, false, false }, [2] = { false, true, false }, [3] = { false, true, true },
    [4] = { false, false, true },  [5] = { true, false, false }, [6] = { true, true, false },
    [7] = { true, true, true },    [8] = { true, false, true },
};

static struct ct_image *store_as(const struct ct_image *visible, int orientation)
{
    struct ct_image *stored;
    bool swap = held[orientation].row_is_column;
    int width = swap ? visible->height : visible->width;
    int height = swap ? visible->width : visible->height;
    if (ct_image_new(&stored, width, height, 3, NULL) != CT_OK)
        return NULL;
    for (int row = 0; row < height; row++)
        for (int column = 0; column < width; column++) {
            int x = swap ? row : column, y = swap ? column : row;
            x = held[orientation].from_right ? visible->width - 1 - x : x;
            y = held[orientation].from_bottom ? visible->height - 1 - y : y;
            memcpy(stored->px + ((size_t)row * (size_t)width + (size_t)column) * 3,
                   visible->px + ((size_t)y * (size_t)visible->width + (size_t)x) * 3, 3);
        }
    return stored;
}

TEST(foreign__every_orientation_comes_out_upright)
{
    struct ct_image *visible = picture_new(PICTURE_SMOOTH, 40, 24, 3);
    REQUIRE(visible);
    for (int orientation = 1; orientation <= 8; orientation++)
        for (size_t i = 0; i < 3; i++) {
            struct ct_image *stored = store_as(visible, orientation);
            struct ct_picture_info info;
            struct ct_buf file;
            ct_buf_init(&file, FILE_MAX);
            REQUIRE(stored);
            writers[i](&file, stored, &(struct foreign){ .orientation = orientation });
            CHECK_INT(ct_image_probe(&info, ct_buf_slice(&file), NULL), CT_OK);
            CHECK_INT(info.orientation, orientation);
            CHECK_INT(info.width, 40);
            CHECK_INT(info.height, 24);
            struct ct_image *back = decode_file(&file, 0);
            CHECK(psnr(visible, back) > (writers[i] == foreign_jpeg ? 30 : 98));
            ct_image_unref(&back);
            ct_image_unref(&stored);
            ct_buf_release(&file);
        }
    ct_image_unref(&visible);
}

TEST(foreign__profiles_become_srgb)
{
    struct ct_image *image = picture_new(PICTURE_SMOOTH, 40, 24, 3), *swapped = NULL;
    struct ct_buf profile;
    ct_buf_init(&profile, FILE_MAX);
    put_swapped_profile(&profile);
    REQUIRE(image && ct_crop(&swapped, image, 0, 0, 40, 24, NULL) == CT_OK);
    for (size_t i = 0; i < 40 * 24; i++) {
        swapped->px[3 * i] = image->px[3 * i + 2];
        swapped->px[3 * i + 2] = image->px[3 * i];
    }
    for (size_t i = 0; i < 3; i++) {
        struct ct_buf file;
        ct_buf_init(&file, FILE_MAX);
        writers[i](&file, swapped, &(struct foreign){ .profile = ct_buf_slice(&profile) });
        struct ct_image *back = decode_file(&file, 0);
        CHECK(psnr(image, back) > 30);
        ct_image_unref(&back);
        ct_buf_release(&file);
    }
    /* A profile that is none is no profile. */
    CHECK(round_trip(foreign_webp, image, &(struct foreign){ .profile = CT_S("nonsense") }) == 99);
    ct_image_unref(&image);
    ct_image_unref(&swapped);
    ct_buf_release(&profile);
}

TEST(foreign__grey_has_profiles_of_its_own)
{
    struct ct_image *image, *back;
    struct ct_buf profile, file;
    ct_buf_init(&profile, FILE_MAX);
    ct_buf_init(&file, FILE_MAX);
    put_linear_grey_profile(&profile);
    REQUIRE(ct_image_new(&image, 16, 16, 3, NULL) == CT_OK);
    memset(image->px, 55, 16 * 16 * 3); /* linear light of code value 128 */
    foreign_jpeg(&file, image,
                 &(struct foreign){ .grey = true, .profile = ct_buf_slice(&profile) });
    back = decode_file(&file, 0);
    REQUIRE(back);
    CHECK(back->px[0] >= 126 && back->px[0] <= 130);
    CHECK_INT(back->px[0], back->px[2]);
    ct_image_unref(&back);
    ct_image_unref(&image);
    ct_buf_release(&profile);
    ct_buf_release(&file);
}

TEST(foreign__the_first_frame_stands_for_an_animation)
{
    struct ct_image *image = picture_new(PICTURE_SMOOTH, 24, 16, 4);
    struct ct_picture_info info;
    struct ct_buf file;
    ct_buf_init(&file, FILE_MAX);
    foreign_apng(&file, image);
    CHECK_INT(ct_image_probe(&info, ct_buf_slice(&file), NULL), CT_OK);
    CHECK(info.animated && info.alpha);
    struct ct_image *back = decode_file(&file, 0);
    CHECK(same_pixels(back, image));
    ct_image_unref(&back);

    ct_buf_clear(&file);
    foreign_animated_webp(&file, image);
    CHECK_INT(ct_image_probe(&info, ct_buf_slice(&file), NULL), CT_OK);
    CHECK(info.animated && info.alpha);
    back = decode_file(&file, 0);
    REQUIRE(back);
    CHECK_INT(back->width, 32);
    CHECK_INT(back->height, 24);
    CHECK_INT(back->px[3], 0);
    struct ct_image *part = NULL;
    REQUIRE(ct_crop(&part, back, 2, 4, 24, 16, NULL) == CT_OK);
    CHECK(seen_psnr(part, image) > 40);
    ct_image_unref(&part);
    ct_image_unref(&back);
    ct_image_unref(&image);
    ct_buf_release(&file);
}

/* Against the whole picture, resized: alike, though not the same filter. */
static void check_small(const struct ct_buf *file, const struct ct_image *image, int edge)
{
    struct ct_image *small = NULL, *back = decode_file(file, edge);
    int other = (edge * 2 + 1) / 3;
    REQUIRE(back && ct_resize(&small, image, edge, other, NULL, NULL) == CT_OK);
    CHECK_INT(back->width, edge);
    CHECK_INT(back->height, other);
    CHECK_INT(back->channels, image->channels);
    double db = seen_psnr(small, back);
    if (db < 27)
        t_fail(__FILE__, __LINE__, "%d channels to %d: %.1f dB", image->channels, edge, db);
    ct_image_unref(&small);
    ct_image_unref(&back);
}

TEST(foreign__a_large_picture_is_read_small)
{
    static const struct {
        write_fn write;
        int channels;
        bool interlaced;
    } kinds[] = { { foreign_png, 3, false }, { foreign_png, 4, true },   { foreign_jpeg, 3, false },
                  { foreign_webp, 3, false }, { foreign_webp, 4, false } };
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct ct_image *image = picture_new(PICTURE_SMOOTH, 600, 400, kinds[i].channels);
        struct ct_buf file;
        ct_buf_init(&file, FILE_MAX);
        REQUIRE(image);
        kinds[i].write(&file, image, &(struct foreign){ .interlaced = kinds[i].interlaced });
        check_small(&file, image, 64);
        check_small(&file, image, 130);
        check_small(&file, image, 301);
        ct_image_unref(&image);
        ct_buf_release(&file);
    }
}

TEST(foreign__a_cancel_stops_a_decoder)
{
    atomic_int cancel = 1;
    struct ct_image *image = picture_new(PICTURE_FLAT, 64, 64, 3), *back;
    for (size_t i = 0; i < 3; i++) {
        struct ct_buf file;
        ct_buf_init(&file, FILE_MAX);
        writers[i](&file, image, &(struct foreign){ 0 });
        CHECK_INT(ct_decode_with(&back, ct_buf_slice(&file),
                                 &(struct ct_decode_params){ .cancel = &cancel }, NULL),
                  CT_E_CANCELLED);
        CHECK(back == NULL);
        ct_buf_release(&file);
    }
    ct_image_unref(&image);
}

/* ---- bombs ---- */

static void put_number(char *at, uint32_t value, int n_bytes, bool little)
{
    for (int i = 0; i < n_bytes; i++)
        at[little ? i : n_bytes - 1 - i] = (char)(value >> (8 * i));
}

/* Small files that claim much. `kind` counts up until false. */
static bool make_bomb(struct ct_buf *b, int kind)
{
    struct ct_image *image = NULL;
    char *spaces = NULL;
    if (ct_image_new(&image, 64, 64, 3, NULL) != CT_OK)
        return false;
    switch (kind) {
    case 0: /* a JPEG of 8000 x 8000 in a few bytes; progressive would take 384 MB */
    case 1:
        foreign_jpeg(b, image, &(struct foreign){ .progressive = kind == 1 });
        for (size_t i = 0; i + 9 < b->len; i++)
            if ((uint8_t)b->data[i] == 0xff && (uint8_t)b->data[i + 1] == (kind ? 0xc2 : 0xc0)) {
                put_number(b->data + i + 5, 8000, 2, false);
                put_number(b->data + i + 7, 8000, 2, false);
            }
        break;
    case 2: /* WebP of 8000 x 8000 */
        foreign_webp(b, image, &(struct foreign){ 0 });
        put_number(b->data + 24, 7999, 3, true);
        put_number(b->data + 27, 7999, 3, true);
        break;
    case 3: /* PNG of 8000 x 8000 with the data of 64 rows */
        foreign_png(b, image, &(struct foreign){ 0 });
        put_number(b->data + 16, 8000, 4, false);
        put_number(b->data + 20, 8000, 4, false);
        break;
    case 4: /* 70000 empty chunks */
        foreign_png(b, image, &(struct foreign){ 0 });
        b->len -= 12;
        for (int i = 0; i < 70000; i++)
            put_png_chunk(b, "teSt", CT_S(""));
        put_png_chunk(b, "IEND", CT_S(""));
        break;
    case 5: /* over the size of files */
        foreign_png(b, image, &(struct foreign){ 0 });
        spaces = ct_calloc(CT_PICTURE_MAX_BYTES, 1);
        ct_buf_append(b, spaces, CT_PICTURE_MAX_BYTES);
        ct_free(spaces);
        break;
    default:
        ct_image_unref(&image);
        return false;
    }
    ct_image_unref(&image);
    return true;
}

TEST(foreign__bombs_cost_nothing)
{
    struct ct_buf b;
    ct_buf_init(&b, FILE_MAX);
    for (int kind = 0; make_bomb(&b, kind); kind++) {
        struct ct_image *image = NULL;
        struct ct_err err = { 0 };
        ct_mem_fail_nth(0);
        int64_t from = ct_clock_us();
        if (ct_decode(&image, ct_buf_slice(&b), &err) != CT_E_IMAGE_FILE)
            t_fail(__FILE__, __LINE__, "bomb %d is let in", kind);
        CHECK_INT(ct_mem_fail_nth(0), 0);
        CHECK(ct_clock_us() - from < 50000);
        CHECK(err.msg[0] != '\0');
        ct_image_unref(&image);
        ct_buf_clear(&b);
    }
    ct_buf_release(&b);
}

/* A text and a profile that would inflate to 16 MB: the picture is fine, and they are not read. */
TEST(foreign__chunks_that_inflate_are_not_inflated)
{
    struct ct_image *image = picture_new(PICTURE_FLAT, 24, 16, 3);
    uLong packed_len = compressBound((uLong)BOMB_BYTES);
    char *zeros = ct_calloc(BOMB_BYTES, 1), *packed = ct_malloc(packed_len);
    struct ct_buf plain, file, chunk;
    REQUIRE(image && zeros && packed);
    CHECK_INT(compress2((Bytef *)packed, &packed_len, (const Bytef *)zeros, BOMB_BYTES, 1), Z_OK);
    ct_buf_init(&plain, FILE_MAX);
    ct_buf_init(&file, FILE_MAX);
    ct_buf_init(&chunk, FILE_MAX);
    foreign_png(&plain, image, &(struct foreign){ 0 });
    ct_buf_append(&chunk, "name\0\0", 6);
    ct_buf_append(&chunk, packed, packed_len);
    ct_buf_append(&file, plain.data, 33);
    put_png_chunk(&file, "zTXt", ct_buf_slice(&chunk));
    put_png_chunk(&file, "iCCP", ct_buf_slice(&chunk));
    ct_buf_append(&file, plain.data + 33, plain.len - 33);
    int64_t from = ct_clock_us();
    struct ct_image *back = decode_file(&file, 0);
    CHECK(ct_clock_us() - from < 50000);
    CHECK(same_pixels(back, image));
    ct_image_unref(&back);
    ct_image_unref(&image);
    ct_free(zeros);
    ct_free(packed);
    ct_buf_release(&plain);
    ct_buf_release(&file);
    ct_buf_release(&chunk);
}
