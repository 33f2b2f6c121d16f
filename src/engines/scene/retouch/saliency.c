/* Minimum barrier distance (Zhang et al. 2015): the least difference between the brightest and the
 * darkest pixel that a path from the border must cross. Shading that changes slowly, a backdrop's
 * gradient, say, is crossed for little where differences of neighbours would add up.
 *
 * A soft shadow is crossed for little, too, a glossy edge for much. Three sweeps over each channel
 * find all but odd paths. Channels are brightness and two of colour, which shadows leave alone and
 * which therefore count double. Called by segment.c. */
#include "engines/scene/retouch/saliency.h"

#include "base/mem.h"

#include <string.h>

#define SWEEPS 4
#define COLOUR_WEIGHT 2

struct barrier {
    int width, height;
    const int16_t *v;
    int16_t *high, *low, *distance;
};

static void try_from(struct barrier *b, size_t at, size_t from)
{
    int16_t v = b->v[at];
    int16_t high = b->high[from] > v ? b->high[from] : v;
    int16_t low = b->low[from] < v ? b->low[from] : v;
    if (high - low >= b->distance[at])
        return;
    b->distance[at] = (int16_t)(high - low);
    b->high[at] = high;
    b->low[at] = low;
}

static void sweep(struct barrier *b, bool back)
{
    int w = b->width, h = b->height, step = back ? 1 : -1;
    for (int i = 0; i < w * h; i++) {
        int at = back ? w * h - 1 - i : i, x = at % w, y = at / w;
        if (x + step >= 0 && x + step < w)
            try_from(b, (size_t)at, (size_t)(at + step));
        if (y + step >= 0 && y + step < h)
            try_from(b, (size_t)at, (size_t)(at + step * w));
    }
}

static void start(struct barrier *b)
{
    for (int y = 0; y < b->height; y++)
        for (int x = 0; x < b->width; x++) {
            size_t at = (size_t)y * (size_t)b->width + (size_t)x;
            bool border = x == 0 || y == 0 || x == b->width - 1 || y == b->height - 1;
            b->distance[at] = border ? 0 : INT16_MAX;
            b->high[at] = b->low[at] = b->v[at];
        }
}

static int16_t channel(const uint8_t *px, int k)
{
    if (k == 0)
        return (int16_t)((px[0] * 77 + px[1] * 150 + px[2] * 29) >> 8);
    if (k == 1)
        return (int16_t)(COLOUR_WEIGHT * (px[0] - px[1]));
    return (int16_t)(COLOUR_WEIGHT * ((px[0] + px[1]) / 2 - px[2]));
}

static void normalise(uint8_t *out, const int16_t *sums, size_t n)
{
    size_t counts[4096] = { 0 }, above = 0;
    int most = 4095;
    for (size_t i = 0; i < n; i++)
        counts[sums[i] < 4095 ? sums[i] : 4095]++;
    while (most > 1 && above + counts[most] < n / 200) /* a few sparkles do not set the scale */
        above += counts[most--];
    for (size_t i = 0; i < n; i++) {
        int v = sums[i] * 255 / most;
        out[i] = (uint8_t)(v < 255 ? v : 255);
    }
}

ct_code ct_saliency(uint8_t *out, const struct ct_image *image, struct ct_err *err)
{
    size_t n = (size_t)image->width * (size_t)image->height;
    int16_t *block = ct_calloc(n, 5 * sizeof(int16_t));
    if (!block)
        return ct_retouch_fail_memory(err);
    int16_t *values = block, *sums = block + 4 * n;
    struct barrier b = { image->width, image->height, values, block + n, block + 2 * n,
                         block + 3 * n };
    for (int k = 0; k < 3; k++) {
        for (size_t i = 0; i < n; i++)
            values[i] = channel(image->px + i * (size_t)image->channels, k);
        start(&b);
        for (int i = 0; i < SWEEPS; i++)
            sweep(&b, i % 2);
        for (size_t i = 0; i < n; i++)
            sums[i] = (int16_t)(sums[i] + b.distance[i]);
    }
    normalise(out, sums, n);
    ct_free(block);
    return CT_OK;
}

int ct_saliency_threshold(const uint8_t *values, size_t n)
{
    double counts[256] = { 0 }, sum = 0, sum_low = 0, n_low = 0, best = -1;
    int threshold = 128;
    for (size_t i = 0; i < n; i++)
        counts[values[i]]++;
    for (int v = 0; v < 256; v++)
        sum += v * counts[v];
    for (int v = 0; v < 255; v++) {
        n_low += counts[v];
        sum_low += v * counts[v];
        double n_high = (double)n - n_low;
        if (n_low == 0 || n_high == 0)
            continue;
        double apart = sum_low / n_low - (sum - sum_low) / n_high;
        double between = n_low * n_high * apart * apart;
        if (between > best) {
            best = between;
            threshold = v + 1;
        }
    }
    return threshold;
}
