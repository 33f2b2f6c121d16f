/* Places and replaces text (lettering.h). Letters come from the pages' type (page/lettering.h),
 * what was under a text from inpainting, where it stands from Tesseract (ocr.c). */
#include "engines/scene/retouch/lettering.h"

#include "base/buf.h"
#include "base/mem.h"
#include "engines/scene/page/lettering.h"
#include "engines/scene/retouch/inpaint.h"
#include "engines/scene/retouch/ocr.h"
#include "image/resize.h"

#include <string.h>

#define WORDS_MAX 400
#define READ_MAX 240 /* bytes of what was read, in a refusal */
#define WIDEN 1.25f  /* how much wider than the old a longer text may be */
#define LETTER_MAX 4096
#define LEAST_TYPE 48 /* height that letters are drawn at before they are scaled */
#define MOST_TYPE 300

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

/* Letters and digits only, in lower case: how texts are compared. Other scripts' bytes stay. */
static size_t fold(char *out, size_t max, struct ct_slice text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len && n < max; i++) {
        char c = text.ptr[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (uint8_t)c >= 128)
            out[n++] = c;
    }
    return n;
}

static void join(struct ct_mask_box *box, const struct ct_mask_box *with)
{
    box->x0 = with->x0 < box->x0 ? with->x0 : box->x0;
    box->y0 = with->y0 < box->y0 ? with->y0 : box->y0;
    box->x1 = with->x1 > box->x1 ? with->x1 : box->x1;
    box->y1 = with->y1 > box->y1 ? with->y1 : box->y1;
}

static bool on_one_line(const struct ct_mask_box *a, const struct ct_mask_box *b)
{
    int middle = (b->y0 + b->y1) / 2;
    return middle > a->y0 && middle < a->y1;
}

/* Words from `first` on that together spell `wanted`. What folds to nothing (rings and ornaments
 * that were read as marks) is none of them. *lines: on how many lines they stand. */
static bool spells(struct ct_mask_box *box, int *lines, const struct ct_ocr_word *words, int n,
                   int first, struct ct_slice wanted)
{
    size_t at = 0;
    const struct ct_mask_box *before = NULL;
    *box = words[first].box;
    *lines = 1;
    for (int i = first; i < n && at < wanted.len; i++) {
        char folded[CT_OCR_WORD_MAX];
        size_t len = fold(folded, sizeof(folded), ct_slice(words[i].text));
        if (len == 0 && i == first)
            return false;
        if (len == 0)
            continue;
        if (len > wanted.len - at || memcmp(folded, wanted.ptr + at, len) != 0)
            return false;
        at += len;
        *lines += before && !on_one_line(before, &words[i].box);
        before = &words[i].box;
        join(box, &words[i].box);
    }
    return at == wanted.len;
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

ct_code ct_lettering_find(struct ct_mask_box *out, const struct ct_image *image,
                          struct ct_slice text, struct ct_err *err)
{
    char wanted[512];
    int n, lines = 1;
    size_t len = fold(wanted, sizeof(wanted), text);
    struct ct_ocr_word *words = ct_calloc(WORDS_MAX, sizeof(*words));
    if (!words)
        return ct_retouch_fail_memory(err);
    ct_code rc = ct_ocr_read(words, WORDS_MAX, &n, image, err);
    bool found = false;
    for (int i = 0; rc == CT_OK && !found && len > 0 && i < n; i++)
        found = spells(out, &lines, words, n, i, ct_slice_n(wanted, len));
    if (rc == CT_OK && found && lines > 1)
        rc = ct_fail(err, CT_E_NOT_FOUND, NULL,
                     "The text \"%.*s\" stands on %d lines: name the words of one line at a time.",
                     CT_SARG(text), lines);
    if (rc == CT_OK && !found)
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

static ct_code fill_box(struct ct_image **out, const struct ct_image *image,
                        const struct ct_mask_box *box, const struct ct_retouch *with,
                        struct ct_err *err)
{
    struct ct_mask *hole;
    CT_TRY(ct_mask_new(&hole, image->width, image->height, err));
    for (int y = box->y0; y < box->y1; y++)
        memset(hole->px + (size_t)y * (size_t)image->width + (size_t)box->x0, 255,
               (size_t)(box->x1 - box->x0));
    ct_code rc = ct_inpaint(out, image, hole, NULL, with, err);
    ct_mask_free(&hole);
    return rc;
}

static bool ink_bounds(const struct ct_image *letters, struct ct_mask_box *box)
{
    *box = (struct ct_mask_box){ letters->width, letters->height, 0, 0 };
    for (int y = 0; y < letters->height; y++)
        for (int x = 0; x < letters->width; x++) {
            if (letters->px[((size_t)y * (size_t)letters->width + (size_t)x) * 4 + 3] < 64)
                continue;
            box->x0 = x < box->x0 ? x : box->x0;
            box->x1 = x + 1 > box->x1 ? x + 1 : box->x1;
            box->y0 = y < box->y0 ? y : box->y0;
            box->y1 = y + 1;
        }
    return box->x0 < box->x1;
}

/* Old and new text in the same type tell how large the old one was set and where its baseline is:
 * "Sale" is as tall as "Page", but not as "page". */
struct setting {
    struct ct_image *letters; /* of the new text */
    struct ct_mask_box ink;   /* in there */
    float scale;              /* from there to the picture */
    int x, y;                 /* of the ink in the picture */
};

static ct_code find_setting(struct setting *s, const struct ct_image *image,
                            const struct ct_mask_box *found, struct ct_slice from,
                            struct ct_slice to, struct ct_err *err)
{
    int tall = found->y1 - found->y0, wide = found->x1 - found->x0;
    int height = tall * 2 < LEAST_TYPE ? LEAST_TYPE : tall * 2 > MOST_TYPE ? MOST_TYPE : tall * 2;
    struct ct_image *old;
    struct ct_mask_box ink;
    CT_TRY(letter(&old, LETTER_MAX, height, from, err));
    bool inked = ink_bounds(old, &ink);
    ct_image_unref(&old);
    CT_TRY(letter(&s->letters, LETTER_MAX, height, to, err));
    if (!inked || !ink_bounds(s->letters, &s->ink))
        return ct_fail(err, CT_E_VALUE, "prompt", "A text without letters cannot be set.");
    float new_wide = (float)(s->ink.x1 - s->ink.x0), most = WIDEN * (float)wide;
    s->scale = (float)tall / (float)(ink.y1 - ink.y0);
    if (new_wide * s->scale > most)
        s->scale = most / new_wide;
    int set_wide = (int)(new_wide * s->scale + 0.5f), middle = (found->x0 + found->x1) / 2;
    bool centred = middle > image->width * 47 / 100 && middle < image->width * 53 / 100;
    s->x = centred ? middle - set_wide / 2 : found->x0;
    s->y = found->y0 + (int)((float)(s->ink.y0 - ink.y0) * s->scale + 0.5f);
    return CT_OK;
}

static ct_code set_text(struct ct_image *image, const struct setting *s, uint32_t ink,
                        const struct ct_retouch *with, struct ct_err *err)
{
    struct ct_image *part, *sized;
    int width = s->ink.x1 - s->ink.x0, height = s->ink.y1 - s->ink.y0;
    int set_width = (int)((float)width * s->scale + 0.5f);
    int set_height = (int)((float)height * s->scale + 0.5f);
    CT_TRY(ct_crop(&part, s->letters, s->ink.x0, s->ink.y0, width, height, err));
    ct_code rc = ct_resize(&sized, part, set_width < 1 ? 1 : set_width,
                           set_height < 1 ? 1 : set_height, with->pool, err);
    if (rc == CT_OK)
        put_letters(image, sized, s->x, s->y, ink);
    ct_image_unref(&part);
    ct_image_unref(&sized);
    return rc;
}

ct_code ct_lettering_replace(struct ct_image **out, const struct ct_image *image,
                             struct ct_slice from, struct ct_slice to,
                             const struct ct_retouch *with, struct ct_err *err)
{
    struct setting s = { 0 };
    struct ct_mask_box found;
    *out = NULL;
    CT_TRY(ct_lettering_find(&found, image, from, err));
    int margin = (found.y1 - found.y0) / 6 + 2;
    struct ct_mask_box around = widened(&found, margin, margin, image);
    ct_code rc = find_setting(&s, image, &found, from, to, err);
    if (rc == CT_OK)
        rc = fill_box(out, image, &around, with, err);
    if (rc == CT_OK)
        rc = set_text(*out, &s, ink_of(image, &around), with, err);
    ct_image_unref(&s.letters);
    if (rc != CT_OK)
        ct_image_unref(out);
    return rc;
}
