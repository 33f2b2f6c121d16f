#include "t.h"

#include "decode.h"
#include "foreign.h"
#include "pictures.h"

#include "base/clock.h"
#include "base/mem.h"
#include "image/decoder.h"

#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

static struct ct_decoder *open_decoder(void)
{
    struct ct_decoder *decoder = NULL;
    CHECK_INT(ct_decoder_open(&decoder, &(struct ct_decoder_options){ .program = CT_TEST_HELPER },
                              NULL),
              CT_OK);
    return decoder;
}

static ct_code decode(struct ct_decoder *decoder, struct ct_image **out, struct ct_slice bytes,
                      struct ct_err *err)
{
    return ct_decoder_decode(decoder, out,
                             &(struct ct_decoder_input){ .bytes = bytes, .number = 3 }, NULL, err);
}

static void make_file(struct ct_buf *file, const struct ct_image *image)
{
    ct_buf_init(file, (size_t)16 << 20);
    foreign_png(file, image, &(struct foreign){ 0 });
}

TEST(decoder__gives_what_decoding_gives)
{
    struct ct_decoder *decoder = open_decoder();
    struct ct_image *image = picture_new(PICTURE_SMOOTH, 300, 200, 4), *out;
    struct ct_buf file;
    make_file(&file, image);
    CHECK_INT(decode(decoder, &out, ct_buf_slice(&file), NULL), CT_OK);
    CHECK(same_pixels(out, image));
    ct_image_unref(&out);

    int fd = memfd_create("file", MFD_CLOEXEC);
    CHECK(write(fd, file.data, file.len) == (ssize_t)file.len);
    struct ct_decoder_input input = { .is_fd = true, .fd = fd };
    CHECK_INT(ct_decoder_decode(decoder, &out, &input, &(struct ct_decode_params){ .max_edge = 150 },
                                NULL),
              CT_OK);
    REQUIRE(out);
    CHECK_INT(out->width, 150);
    CHECK_INT(out->height, 100);
    close(fd);
    ct_image_unref(&out);
    ct_image_unref(&image);
    ct_buf_release(&file);
    ct_decoder_close(&decoder);
}

/* Whatever a file does to its process, it is refused in the official words and the next one is
 * fine. */
TEST(decoder__a_decoder_that_misbehaves_dies_alone)
{
    static const char *const files[] = { "SEGV", "OPEN", "SOCKET", "FORK", "EXEC",
                                         "CODE", "KILL", "LIE",    "",     "GIF89a" };
    struct ct_decoder *decoder = open_decoder();
    struct ct_image *image = picture_new(PICTURE_FLAT, 20, 10, 3), *out;
    struct ct_buf good;
    make_file(&good, image);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        struct ct_err err = { 0 };
        CHECK_INT(decode(decoder, &out, ct_slice(files[i]), &err), CT_E_IMAGE_FILE);
        CHECK_STR(err.msg,
                  "Invalid image file or mode for image 3, please check your image file.");
        CHECK(out == NULL);
        CHECK_INT(decode(decoder, &out, ct_buf_slice(&good), NULL), CT_OK);
        CHECK(same_pixels(out, image));
        ct_image_unref(&out);
    }
    ct_image_unref(&image);
    ct_buf_release(&good);
    ct_decoder_close(&decoder);
}

TEST(decoder__a_dead_helper_is_replaced)
{
    struct ct_decoder *decoder = open_decoder();
    struct ct_image *image = picture_new(PICTURE_FLAT, 20, 10, 3), *out;
    struct ct_buf file;
    make_file(&file, image);
    for (int i = 0; i < 3; i++) {
        CHECK_INT(decode(decoder, &out, ct_buf_slice(&file), NULL), CT_OK);
        ct_image_unref(&out);
        ct_decoder_kill_helper(decoder);
        usleep(20000);
    }
    ct_image_unref(&image);
    ct_buf_release(&file);
    ct_decoder_close(&decoder);
}

TEST(decoder__says_what_is_wrong_where_no_number_is_given)
{
    struct ct_decoder *decoder = open_decoder();
    struct ct_image *out;
    struct ct_err err = { 0 };
    CHECK_INT(ct_decoder_decode(decoder, &out,
                                &(struct ct_decoder_input){ .bytes = CT_S("GIF89a") }, NULL, &err),
              CT_E_IMAGE_FILE);
    CHECK(strstr(err.msg, "neither a PNG") != NULL);
    ct_decoder_close(&decoder);
    CHECK_INT(ct_decoder_open(&decoder,
                              &(struct ct_decoder_options){ .program = "/nonexistent" }, NULL),
              CT_OK);
    CHECK_INT(decode(decoder, &out, CT_S("x"), NULL), CT_E_IO);
    ct_decoder_close(&decoder);
}

struct racer {
    struct ct_decoder *decoder;
    const struct ct_buf *file;
    const struct ct_image *image;
    int right;
};

static void *race(void *arg)
{
    struct racer *r = arg;
    for (int i = 0; i < 10; i++) {
        struct ct_image *out;
        if (i % 3 == 0) {
            r->right += decode(r->decoder, &out, CT_S("SEGV"), NULL) == CT_E_IMAGE_FILE;
            continue;
        }
        r->right += decode(r->decoder, &out, ct_buf_slice(r->file), NULL) == CT_OK &&
                    same_pixels(out, r->image);
        ct_image_unref(&out);
    }
    return NULL;
}

TEST(decoder__threads_do_not_mix_their_pictures)
{
    struct ct_decoder *decoder = open_decoder();
    struct racer racers[4];
    struct ct_buf files[4];
    struct ct_image *images[4];
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        images[i] = picture_new((enum picture)i, 50 + i, 40, 3);
        make_file(&files[i], images[i]);
        racers[i] = (struct racer){ decoder, &files[i], images[i], 0 };
        REQUIRE(pthread_create(&threads[i], NULL, race, &racers[i]) == 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        CHECK_INT(racers[i].right, 10);
        ct_image_unref(&images[i]);
        ct_buf_release(&files[i]);
    }
    ct_decoder_close(&decoder);
}

static void *cancel_soon(void *arg)
{
    usleep(50000);
    atomic_store((atomic_int *)arg, 1);
    return NULL;
}

TEST(decoder__a_cancel_is_seen_at_once)
{
    struct ct_decoder *decoder = open_decoder();
    atomic_int cancel = 0;
    pthread_t thread;
    struct ct_image *out;
    REQUIRE(pthread_create(&thread, NULL, cancel_soon, &cancel) == 0);
    int64_t from = ct_clock_us();
    CHECK_INT(ct_decoder_decode(decoder, &out,
                                &(struct ct_decoder_input){ .bytes = CT_S("SLEEP") },
                                &(struct ct_decode_params){ .cancel = &cancel }, NULL),
              CT_E_CANCELLED);
    CHECK(ct_clock_us() - from < 1000000);
    pthread_join(thread, NULL);
    ct_decoder_close(&decoder);
}
