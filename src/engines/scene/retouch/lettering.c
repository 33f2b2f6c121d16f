/* Places and replaces text (lettering.h). Letters come from the pages' type (page/lettering.h),
 * what was under a text from inpainting, where it stands from Tesseract (ocr.c). */
#include "engines/scene/retouch/lettering.h"

#include "base/buf.h"
#include "base/mem.h"
#include "engines/scene/page/lettering.h"
#include "engines/scene/retouch/inpaint.h"
#include "engines/scene/retouch/ocr.h"
#include "engines/scene/retouch/typeset.h"
#include "image/resize.h"

#include <string.h>

#define WORDS_MAX 400
#define READ_MAX 240 /* bytes of what was read, in a refusal */
#define LETTER_MAX 4096

/* `letters` is RGBA of which only alpha counts; what falls outside the picture is cut off. */
static void put_letters(struct ct_image *image, const struct ct_image *letters, int x0, int y0,
                        uint32_t colour)
{
    const uint8_t ink[3] = { (uint8_t)(colour >> 16), (uint8_t)(colour >> 8), (uint8_t)colour };
    for (int y = 0; y < letters->height; y++)
        for (int x = 0; x < letters->width; x++) {
            int to_x = x0 + x, to_y = y0 + y;
            if (to_x < 0 || to_y < 0 || to_x >= image->width || to_y >= image->height)
                continue;
            unsigned a = letters->px[((size_t)y * (size_t)letters->width + (size_t)x) * 4 + 3];
            uint8_t *px = image->px + ((size_t)to_y * (size_t)image->width + (size_t)to_x) *
                                          (size_t)image->channels;
            for (int c = 0; c < 3; c++)
                px[c] = (uint8_t)((px[c] * (255 - a) + ink[c] * a + 127) / 255);
            if (image->channels == 4 && px[3] < a)
                px[3] = (uint8_t)a;
        }
}

static ct_code letter(struct ct_image **out, int width, int height, struct ct_slice text,
                      struct ct_err *err)
{
    uint8_t *letters = NULL;
    *out = NULL;
    CT_TRY(ct_page_letter(&letters, width, height, text, err));
    ct_code rc = ct_image_new(out, width, height, 4, err);
    if (rc == CT_OK)
        memcpy((*out)->px, letters, (size_t)width * (size_t)height * 4);
    ct_free(letters);
    return rc;
}

ct_code ct_lettering_place(struct ct_image **out, const struct ct_image *image,
                           struct ct_slice text, const struct ct_mask_box *box, uint32_t colour,
                           const struct ct_retouch *with, struct ct_err *err)
{
    struct ct_image *letters;
    *out = NULL;
    if (box->x0 < 0 || box->y0 < 0 || box->x1 > image->width || box->y1 > image->height ||
        box->x1 <= box->x0 || box->y1 <= box->y0 || box->x1 - box->x0 > LETTER_MAX ||
        box->y1 - box->y0 > LETTER_MAX)
        return ct_fail(err, CT_E_INTERNAL, NULL, "A box for text that is not in the picture.");
    if (ct_retouch_cancelled(with))
        return ct_retouch_fail_cancelled(err);
    CT_TRY(letter(&letters, box->x1 - box->x0, box->y1 - box->y0, text, err));
    ct_code rc = ct_crop(out, image, 0, 0, image->width, image->height, err);
    if (rc == CT_OK)
        put_letters(*out, letters, box->x0, box->y0, colour);
    ct_image_unref(&letters);
    return rc;
}

static ct_code fail_not_found(struct ct_err *err, struct ct_slice text,
                              const struct ct_ocr_word *words, int n)
{
    struct ct_buf read;
    ct_buf_init(&read, READ_MAX);
    for (int i = 0; i < n && !read.failed; i++)
        ct_buf_printf(&read, "%s%s", i ? " " : "", words[i].text);
    ct_code rc = ct_fail(err, CT_E_NOT_FOUND, NULL,
                         n ? "The text \"%.*s\" was not found in the picture; it reads: %s"
                           : "The text \"%.*s\" was not found in the picture, nor any other.%s",
                         CT_SARG(text), n ? ct_buf_text(&read) : "");
    ct_buf_release(&read);
    return rc;
}

ct_code ct_lettering_find(struct ct_reading *out, const struct ct_image *image,
                          struct ct_slice text, struct ct_err *err)
{
    int n;
    struct ct_ocr_word *words = ct_calloc(WORDS_MAX, sizeof(*words));
    if (!words)
        return ct_retouch_fail_memory(err);
    ct_code rc = ct_ocr_read(words, WORDS_MAX, &n, image, err);
    if (rc == CT_OK && !ct_reading_find(out, words, n, text))
        rc = fail_not_found(err, text, words, n);
    ct_free(words);
    return rc;
}

static void mean_of_ring(float mean[3], const struct ct_image *image, const struct ct_mask_box *box)
{
    float n = 0;
    mean[0] = mean[1] = mean[2] = 0;
    for (int y = box->y0; y < box->y1; y++)
        for (int x = box->x0; x < box->x1; x++) {
            bool ring = y == box->y0 || y == box->y1 - 1 || x == box->x0 || x == box->x1 - 1;
            const uint8_t *px = image->px + ((size_t)y * (size_t)image->width + (size_t)x) *
                                                (size_t)image->channels;
            for (int c = 0; ring && c < 3; c++)
                mean[c] += (float)px[c];
            n += ring;
        }
    for (int c = 0; c < 3; c++)
        mean[c] /= n;
}

/* The colour of the letters: the mean of what differs most from what surrounds them. */
static uint32_t ink_of(const struct ct_image *image, const struct ct_mask_box *box)
{
    float ground[3], sums[4] = { 0 }, most = 0;
    mean_of_ring(ground, image, box);
    for (int pass = 0; pass < 2; pass++)
        for (int y = box->y0; y < box->y1; y++)
            for (int x = box->x0; x < box->x1; x++) {
                const uint8_t *px = image->px + ((size_t)y * (size_t)image->width + (size_t)x) *
                                                    (size_t)image->channels;
                float d = 0;
                for (int c = 0; c < 3; c++)
                    d += ((float)px[c] - ground[c]) * ((float)px[c] - ground[c]);
                if (pass == 0) {
                    most = d > most ? d : most;
                } else if (d >= 0.7f * most) {
                    for (int c = 0; c < 3; c++)
                        sums[c] += (float)px[c];
                    sums[3]++;
                }
            }
    uint32_t colour = 0;
    for (int c = 0; c < 3; c++)
        colour = colour << 8 | (uint32_t)(sums[c] / sums[3] + 0.5f);
    return colour;
}

static struct ct_mask_box widened(const struct ct_mask_box *box, int by_x, int by_y,
                                  const struct ct_image *image)
{
    struct ct_mask_box b = { box->x0 - by_x, box->y0 - by_y, box->x1 + by_x, box->y1 + by_y };
    b.x0 = b.x0 < 0 ? 0 : b.x0;
    b.y0 = b.y0 < 0 ? 0 : b.y0;
    b.x1 = b.x1 > image->width ? image->width : b.x1;
    b.y1 = b.y1 > image->height ? image->height : b.y1;
    return b;
}

/* The letters with a margin, line by line: what is between the lines stays. */
static ct_code fill_lines(struct ct_image **out, const struct ct_image *image,
                          const struct ct_reading *text, const struct ct_retouch *with,
                          struct ct_err *err)
{
    struct ct_mask *hole;
    CT_TRY(ct_mask_new(&hole, image->width, image->height, err));
    for (int i = 0; i < text->n; i++) {
        const struct ct_mask_box *line = &text->line[i].box;
        int margin = (line->y1 - line->y0) / 6 + 2;
        struct ct_mask_box box = widened(line, margin, margin, image);
        for (int y = box.y0; y < box.y1; y++)
            memset(hole->px + (size_t)y * (size_t)image->width + (size_t)box.x0, 255,
                   (size_t)(box.x1 - box.x0));
    }
    ct_code rc = ct_inpaint(out, image, hole, NULL, with, err);
    ct_mask_free(&hole);
    return rc;
}

ct_code ct_lettering_replace(struct ct_image **out, const struct ct_image *image,
                             struct ct_slice from, struct ct_slice to,
                             const struct ct_retouch *with, struct ct_err *err)
{
    struct ct_reading found;
    *out = NULL;
    CT_TRY(ct_lettering_find(&found, image, from, err));
    const struct ct_mask_box *first = &found.line[0].box;
    int margin = (first->y1 - first->y0) / 6 + 2;
    struct ct_mask_box around = widened(first, margin, margin, image);
    uint32_t ink = ink_of(image, &around);
    CT_TRY(fill_lines(out, image, &found, with, err));
    ct_code rc = to.len > 0 ? ct_typeset_like(*out, &found, to, ink, err) : CT_OK;
    if (rc != CT_OK)
        ct_image_unref(out);
    return rc;
}
