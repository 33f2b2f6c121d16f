/* Lanczos3, separable: for each row of the result the rows that it covers are mixed into one row
 * of floats, which is then filtered along itself. Nothing is held between rows, so memory is one
 * row of floats for each hand of the pool, whatever the picture's size.
 *
 * The taps of each output column and row are worked out beforehand, normalised to a sum of 1.
 * Their sines are a series in double: no libm, the same bits everywhere.
 *
 * Called by decoders and edits on any thread. */
#include "image/resize.h"

#include "base/mem.h"

#include <stdatomic.h>
#include <string.h>

#define LOBES 3.0
#define BAND_ROWS 16
#define FLOOR_BIAS (4 * CT_IMAGE_MAX_EDGE) /* makes truncation a floor */

struct taps {
    int n;          /* a tap list per output pixel, all equally long */
    int *first;     /* input pixel of the first tap */
    float *weights; /* n per output pixel */
};

static void taps_release(struct taps *t)
{
    ct_free(t->first);
    ct_free(t->weights);
    *t = (struct taps){ 0 };
}

/* sin(pi x) for |x| <= 3, reduced to a half turn. */
static double sin_pi(double x)
{
    double turns = x - 2 * (double)(int)(x / 2); /* (-2, 2) */
    if (turns > 1)
        turns -= 2;
    if (turns < -1)
        turns += 2;
    if (turns > 0.5)
        turns = 1 - turns;
    if (turns < -0.5)
        turns = -1 - turns;
    double a = turns * 3.14159265358979323846, z = a * a;
    return a * (1 + z * (-1.0 / 6 + z * (1.0 / 120 + z * (-1.0 / 5040 + z * (1.0 / 362880 -
                                                                         z / 39916800)))));
}

static double lanczos(double x)
{
    double px = 3.14159265358979323846 * x;
    if (x < 0)
        x = -x;
    if (x >= LOBES)
        return 0;
    if (x < 1e-6)
        return 1;
    return LOBES * sin_pi(x) * sin_pi(x / LOBES) / (px * px);
}

static int clamp(int x, int lo, int hi)
{
    return x < lo ? lo : x > hi ? hi : x;
}

/* Weights that would fall outside the picture are given to its edge. */
static void fill_taps(struct taps *t, int i, int in, double scale)
{
    double centre = (i + 0.5) * scale, stretch = scale > 1 ? scale : 1, sum = 0;
    double support = LOBES * stretch;
    int n_reached = (int)(2 * support) + 2;
    int from = (int)(centre - support + FLOOR_BIAS) - FLOOR_BIAS;
    float *weights = t->weights + (size_t)i * (size_t)t->n;
    t->first[i] = clamp(from, 0, in > t->n ? in - t->n : 0);
    for (int k = 0; k < n_reached; k++)
        sum += lanczos((from + k + 0.5 - centre) / stretch);
    for (int k = 0; k < n_reached; k++) {
        int at = clamp(clamp(from + k, 0, in - 1) - t->first[i], 0, t->n - 1);
        weights[at] += (float)(lanczos((from + k + 0.5 - centre) / stretch) / sum);
    }
}

static bool taps_init(struct taps *t, int in, int out)
{
    double scale = (double)in / out, support = LOBES * (scale > 1 ? scale : 1);
    int n = (int)(2 * support) + 2;
    t->n = n > in ? in : n;
    t->first = ct_reallocarray(NULL, (size_t)out, sizeof(int));
    t->weights = ct_calloc((size_t)out * (size_t)t->n, sizeof(float));
    if (!t->first || !t->weights)
        return false;
    for (int i = 0; i < out; i++)
        fill_taps(t, i, in, scale);
    return true;
}

struct job {
    const struct ct_image *in;
    struct ct_image *out;
    struct taps across, down;
    atomic_int failed;
};

/* Mixes the input rows that output row y covers; colours weighted by alpha. */
static void mix_rows(const struct job *job, float *row, int y)
{
    const struct ct_image *in = job->in;
    size_t n = (size_t)in->width * (size_t)in->channels;
    const float *weights = job->down.weights + (size_t)y * (size_t)job->down.n;
    memset(row, 0, n * sizeof(float));
    for (int k = 0; k < job->down.n; k++) {
        const uint8_t *px = in->px + (size_t)(job->down.first[y] + k) * n;
        float w = weights[k];
        if (w == 0)
            continue;
        if (in->channels == 3) {
            for (size_t i = 0; i < n; i++)
                row[i] += w * (float)px[i];
            continue;
        }
        for (size_t i = 0; i < n; i += 4) {
            float a = w * (float)px[i + 3] * (1.0f / 255);
            row[i] += a * (float)px[i];
            row[i + 1] += a * (float)px[i + 1];
            row[i + 2] += a * (float)px[i + 2];
            row[i + 3] += a;
        }
    }
}

static uint8_t to_byte(float v)
{
    return v <= 0 ? 0 : v >= 255 ? 255 : (uint8_t)(v + 0.5f);
}

static void filter_row(const struct job *job, uint8_t *to, const float *row)
{
    int channels = job->in->channels, n = job->across.n;
    for (int x = 0; x < job->out->width; x++, to += channels) {
        const float *weights = job->across.weights + (size_t)x * (size_t)n;
        const float *from = row + (size_t)job->across.first[x] * (size_t)channels;
        float sum[4] = { 0 };
        for (int k = 0; k < n; k++, from += channels)
            for (int c = 0; c < channels; c++)
                sum[c] += weights[k] * from[c];
        if (channels == 3) {
            for (int c = 0; c < 3; c++)
                to[c] = to_byte(sum[c]);
            continue;
        }
        float scale = sum[3] > 1e-4f ? 1 / sum[3] : 0;
        for (int c = 0; c < 3; c++)
            to[c] = to_byte(sum[c] * scale);
        to[3] = to_byte(255 * sum[3]);
    }
}

static void do_band(void *ctx, uint32_t band)
{
    struct job *job = ctx;
    const struct ct_image *in = job->in;
    size_t row_bytes = (size_t)job->out->width * (size_t)in->channels;
    float *row = ct_reallocarray(NULL, (size_t)in->width * (size_t)in->channels, sizeof(float));
    if (!row) {
        atomic_store(&job->failed, 1);
        return;
    }
    int end = (int)(band + 1) * BAND_ROWS;
    for (int y = (int)band * BAND_ROWS; y < end && y < job->out->height; y++) {
        mix_rows(job, row, y);
        filter_row(job, job->out->px + (size_t)y * row_bytes, row);
    }
    ct_free(row);
}

ct_code ct_resize(struct ct_image **out, const struct ct_image *image, int width, int height,
                  struct ct_pool *pool, struct ct_err *err)
{
    struct job job = { .in = image };
    CT_TRY(ct_image_new(out, width, height, image->channels, err));
    job.out = *out;
    if (width == image->width && height == image->height) {
        memcpy((*out)->px, image->px,
               (size_t)width * (size_t)height * (size_t)image->channels);
        return CT_OK;
    }
    if (!taps_init(&job.across, image->width, width) ||
        !taps_init(&job.down, image->height, height))
        atomic_store(&job.failed, 1);
    else
        ct_pool_for(pool, (uint32_t)((height + BAND_ROWS - 1) / BAND_ROWS), do_band, &job);
    taps_release(&job.across);
    taps_release(&job.down);
    if (!atomic_load(&job.failed))
        return CT_OK;
    ct_image_unref(out);
    return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for a picture of %dx%d.", width, height);
}

ct_code ct_crop(struct ct_image **out, const struct ct_image *image, int x, int y, int width,
                int height, struct ct_err *err)
{
    size_t channels = (size_t)image->channels, row = (size_t)width * channels;
    *out = NULL;
    if (x < 0 || y < 0 || width < 1 || height < 1 || width > image->width - x ||
        height > image->height - y)
        return ct_fail(err, CT_E_INTERNAL, NULL, "A part of %dx%d at %d,%d is not inside %dx%d.",
                       width, height, x, y, image->width, image->height);
    CT_TRY(ct_image_new(out, width, height, image->channels, err));
    for (int i = 0; i < height; i++)
        memcpy((*out)->px + (size_t)i * row,
               image->px + ((size_t)(y + i) * (size_t)image->width + (size_t)x) * channels, row);
    return CT_OK;
}

ct_code ct_resize_cover(struct ct_image **out, const struct ct_image *image, int width, int height,
                        struct ct_pool *pool, struct ct_err *err)
{
    struct ct_image *part;
    int64_t w = image->width, h = image->height;
    *out = NULL;
    if (w * height > h * width)
        w = (h * width + height / 2) / height;
    else
        h = (w * height + width / 2) / width;
    w = w < 1 ? 1 : w;
    h = h < 1 ? 1 : h;
    CT_TRY(ct_crop(&part, image, (int)(image->width - w) / 2, (int)(image->height - h) / 2, (int)w,
                   (int)h, err));
    ct_code rc = ct_resize(out, part, width, height, pool, err);
    ct_image_unref(&part);
    return rc;
}
