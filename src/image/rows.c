/* Shrinks a picture while it is being decoded (read.h): whole factors only, which makes the mean
 * exact in integers; what is left to the size asked for is the resizer's part.
 *
 * The sums fit 32 bits up to a factor of 256: 256 * 256 * 255 * 255 < 2^32. */
#include "image/read.h"

#include "base/mem.h"

#define SHRINK_MAX 256

ct_code ct_rows_open(struct ct_rows *rows, int width, int height, int channels, int shrink,
                     struct ct_err *err)
{
    if (shrink > SHRINK_MAX)
        shrink = SHRINK_MAX;
    *rows = (struct ct_rows){
        .width = width, .height = height, .channels = channels, .shrink = shrink
    };
    int small_width = (width + shrink - 1) / shrink, small_height = (height + shrink - 1) / shrink;
    CT_TRY(ct_image_new(&rows->image, small_width, small_height, channels, err));
    if (shrink == 1)
        return CT_OK;
    rows->line = ct_reallocarray(NULL, (size_t)width, (size_t)channels);
    rows->sums = ct_calloc((size_t)small_width * (size_t)channels, sizeof(uint32_t));
    if (rows->line && rows->sums)
        return CT_OK;
    return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for reading %dx%d pixels.", width,
                   height);
}

uint8_t *ct_rows_next(struct ct_rows *rows)
{
    if (rows->shrink > 1)
        return rows->line;
    return rows->image->px + (size_t)rows->y * (size_t)rows->width * (size_t)rows->channels;
}

static void add_row(const struct ct_rows *rows)
{
    const uint8_t *px = rows->line;
    uint32_t *sums = rows->sums;
    int channels = rows->channels;
    for (int x = 0, left = rows->shrink; x < rows->width; x++, px += channels) {
        if (left-- == 0) {
            left = rows->shrink - 1;
            sums += channels;
        }
        uint32_t a = channels == 4 ? px[3] : 1;
        sums[0] += px[0] * a;
        sums[1] += px[1] * a;
        sums[2] += px[2] * a;
        if (channels == 4)
            sums[3] += a;
    }
}

static void finish_row(struct ct_rows *rows, int n_rows)
{
    const struct ct_image *image = rows->image;
    int channels = rows->channels, tail = rows->width - (image->width - 1) * rows->shrink;
    uint8_t *to = image->px + (size_t)((rows->y - 1) / rows->shrink) * (size_t)image->width *
                                  (size_t)channels;
    uint32_t *sums = rows->sums;
    for (int x = 0; x < image->width; x++, sums += channels, to += channels) {
        uint32_t n = (uint32_t)n_rows * (uint32_t)(x + 1 < image->width ? rows->shrink : tail);
        uint32_t weight = channels == 4 ? sums[3] : n;
        for (int c = 0; c < 3; c++)
            to[c] = weight ? (uint8_t)(((uint64_t)sums[c] + weight / 2) / weight) : 0;
        if (channels == 4)
            to[3] = (uint8_t)((sums[3] + n / 2) / n);
    }
    memset(rows->sums, 0, (size_t)image->width * (size_t)channels * sizeof(uint32_t));
}

/* A result row is finished by the last of its rows; the lowest one may have fewer. */
void ct_rows_take(struct ct_rows *rows)
{
    rows->y++;
    if (rows->shrink == 1)
        return;
    add_row(rows);
    int n_rows = rows->y % rows->shrink ? rows->y % rows->shrink : rows->shrink;
    if (n_rows == rows->shrink || rows->y == rows->height)
        finish_row(rows, n_rows);
}

void ct_rows_release(struct ct_rows *rows)
{
    ct_free(rows->line);
    ct_free(rows->sums);
    ct_image_unref(&rows->image);
    *rows = (struct ct_rows){ 0 };
}
