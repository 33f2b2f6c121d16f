/* Hot: joint non-local means after Rousselle, Manzi and Zwicker, "Robust Denoising using Feature
 * and Color Information" (CGF 2013).
 *
 * A pixel becomes the weighted mean of the pixels around it. A weight is exp(-d), where d is the
 * larger of two distances: of the colours of 5x5 patches, measured against the noise expected from
 * the samples' variance, and of the features normal, depth and albedo, measured against a fixed
 * tolerance that grows where features vary: with curvature, blur of the lens, and on silhouettes,
 * whose pixels are mixtures like no other and would keep all their noise.
 *
 * Diffuse light is filtered after division by the albedo, so that texture is never blurred;
 * specular light is filtered as it is.
 *
 * The search looks near, for what is alike; what it leaves are faint wide blotches. They go in an
 * edge-avoiding a-trous wavelet (Dammertz et al. 2010; variance-guided after Schied et al. 2017):
 * 13 pixels that stand 2, 4 and 8 apart, compared by themselves, since they are clean enough
 * by now.
 *
 * Layout: planes of REGION x REGION floats that cover the tile and a halo; beyond the picture its
 * border is mirrored, so no loop has a special case. All inner loops run along x over plain float
 * arrays and are vectorised by the compiler. */
#include "engines/scene/render/denoise.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"

#include <stdlib.h>
#include <string.h>

#define PATCH 2 /* patches are 2 * PATCH + 1 wide */
#define RADIUS_MAX 5
#define LEVELS_MAX 3
#define HALO 35 /* RADIUS_MAX + PATCH + 2 * (2 + 4 + 8) of the levels */
#define REGION (CT_DENOISE_TILE + 2 * HALO)
#define PLANE (REGION * REGION)
#define BAND 16    /* rows that are worked on together, to stay in the cache */
#define FEATURES 7 /* normal 0 to 2, depth 3, albedo 4 to 6 */
#define SCALES 3   /* of normal, depth and albedo */
#define DENSE_RADIUS 3
#define SPECK 2.0f /* brighter than all neighbours by this factor: not seen but by chance */
#define PIT 0.75f  /* darker by this factor: the same */
#define ALBEDO_BIAS CT_TEXEL_ALBEDO_BIAS

/* Light of one kind: three colours and the variance of their mean. */
struct layer {
    float *c[3], *variance;
};

struct scratch {
    struct layer diffuse, specular, spare[2];
    float *feature[FEATURES], *scale[SCALES]; /* scale: 1 / (2 tolerance^2) */
    float *a, *b;
    float *distance, *boxed, *feature_distance; /* BAND + 2 * PATCH rows */
    struct sums {
        float *c[3], *weight, *weight_sq;
    } sums[2]; /* BAND rows; of diffuse and specular light */
};

#define N_PLANES (4 * 4 + FEATURES + SCALES + 2)
#define N_BAND_PLANES (3 + 2 * 5)
#define BAND_PLANE ((BAND + 2 * PATCH) * REGION)

static float *take(float **memory, size_t n)
{
    float *plane = *memory;
    *memory += n;
    return plane;
}

static void take_layer(struct layer *layer, float **memory)
{
    for (int i = 0; i < 3; i++)
        layer->c[i] = take(memory, PLANE);
    layer->variance = take(memory, PLANE);
}

static void scratch_init(struct scratch *s, float *memory)
{
    take_layer(&s->diffuse, &memory);
    take_layer(&s->specular, &memory);
    take_layer(&s->spare[0], &memory);
    take_layer(&s->spare[1], &memory);
    for (int i = 0; i < FEATURES; i++)
        s->feature[i] = take(&memory, PLANE);
    for (int i = 0; i < SCALES; i++)
        s->scale[i] = take(&memory, PLANE);
    s->a = take(&memory, PLANE);
    s->b = take(&memory, PLANE);
    s->distance = take(&memory, BAND_PLANE);
    s->boxed = take(&memory, BAND_PLANE);
    s->feature_distance = take(&memory, BAND_PLANE);
    for (int l = 0; l < 2; l++) {
        for (int i = 0; i < 3; i++)
            s->sums[l].c[i] = take(&memory, BAND_PLANE);
        s->sums[l].weight = take(&memory, BAND_PLANE);
        s->sums[l].weight_sq = take(&memory, BAND_PLANE);
    }
}

/* What was written to the spare layers becomes the light. */
static void swap_layers(struct scratch *s)
{
    struct layer swap[2] = { s->diffuse, s->specular };
    s->diffuse = s->spare[0];
    s->specular = s->spare[1];
    memcpy(s->spare, swap, sizeof(swap));
}

/* exp(-x) for x >= 0, to 1e-5: enough for a weight, and every operation vectorises. */
CT_INLINE float exp_negative(float x)
{
    const float magic = 12582912.0f; /* 1.5 * 2^23: adding it rounds to an integer */
    float y = ct_minf(x, 80.0f) * -1.442695041f;
    float whole = (y + magic) - magic, f = y - whole;
    float p = 1.0f + f * (0.6931472f + f * (0.2402265f + f * (0.0555041f + f * 0.0096181f)));
    union {
        int32_t bits;
        float power;
    } two = { .bits = ((int32_t)whole + 127) << 23 };
    return two.power * p;
}

/* Coordinate mirrored into [0, n). */
static int mirrored(int i, int n)
{
    if (i < 0)
        i = -i - 1;
    if (i >= n)
        i = 2 * n - 1 - i;
    return i < 0 ? 0 : i >= n ? n - 1 : i;
}

/* [1 2 1] in both directions, the region's border held. */
static void blur3(float *out, const float *in)
{
    for (int y = 0; y < REGION; y++) {
        const float *up = in + (y > 0 ? y - 1 : 0) * REGION, *mid = in + y * REGION;
        const float *down = in + (y < REGION - 1 ? y + 1 : y) * REGION;
        float *o = out + y * REGION;
        for (int x = 1; x < REGION - 1; x++)
            o[x] = (1 / 16.0f) * (up[x - 1] + up[x + 1] + down[x - 1] + down[x + 1] +
                                  2 * (up[x] + down[x] + mid[x - 1] + mid[x + 1]) + 4 * mid[x]);
        o[0] = mid[0];
        o[REGION - 1] = mid[REGION - 1];
    }
}

/* Squares of the three colours, their mean: noise in a weak colour counts like any other. */
static float square_at(const struct layer *layer, int i)
{
    float r = layer->c[0][i], g = layer->c[1][i], b = layer->c[2][i];
    return (r * r + g * g + b * b) * (1 / 3.0f);
}

/* Sums over the 5x5 pixels around, by way of a plane `across`. The two outermost rows and columns
 * repeat their neighbours. */
static void sum5x5(float *restrict out, float *restrict across, const float *restrict in)
{
    for (int y = 0; y < REGION; y++) {
        const float *row = in + y * REGION;
        float *o = across + y * REGION;
        for (int x = 2; x < REGION - 2; x++)
            o[x] = row[x - 2] + row[x - 1] + row[x] + row[x + 1] + row[x + 2];
        o[0] = o[1] = o[2];
        o[REGION - 1] = o[REGION - 2] = o[REGION - 3];
    }
    for (int y = 0; y < REGION; y++) {
        int middle = y < 2 ? 2 : y > REGION - 3 ? REGION - 3 : y;
        const float *a = across + (middle - 2) * REGION;
        for (int x = 0; x < REGION; x++)
            out[y * REGION + x] = a[x] + a[x + REGION] + a[x + 2 * REGION] + a[x + 3 * REGION] +
                                  a[x + 4 * REGION];
    }
}

#define FEW 4 /* samples of a pixel that say too little about its noise */

/* Raises `variance` where a pixel has few samples to the variance among the 5x5 pixels around.
 * count: of samples. Uses the spare layers but for the last colour of the second. */
static void raise_variance(struct scratch *s, float *variance, const struct layer *layer,
                           const float *count)
{
    float *across = s->spare[1].c[0], *squares = s->spare[1].c[1];
    const struct layer *sum = &s->spare[0];
    const float inverse = 1 / 25.0f;
    for (int k = 0; k < 3; k++)
        sum5x5(sum->c[k], across, layer->c[k]);
    for (int i = 0; i < PLANE; i++)
        squares[i] = square_at(layer, i);
    sum5x5(sum->variance, across, squares);
    for (int i = 0; i < PLANE; i++) {
        float among = (sum->variance[i] - square_at(sum, i) * inverse) * inverse;
        float raised = ct_maxf(variance[i], among);
        variance[i] = count[i] > 0 && count[i] < FEW ? raised : variance[i];
    }
}

struct place {
    int x, y; /* of the region's upper left corner in the picture */
};

static void load_pixel(struct scratch *s, const struct ct_film *film, int x, int y, int i)
{
    const struct ct_film_pixel *px = &film->pixels[ct_film_index(film, x, y)];
    int n = ct_film_count(film, x, y), n_features = ct_film_feature_count(film, x, y);
    float inverse = n ? 1.0f / (float)n : 0;
    float unit = n_features ? 1.0f / ((float)n_features * CT_FILM_FEATURE_SCALE) : 0;
    ct_v3 normal = v3_norm(v3((float)px->normal[0], (float)px->normal[1], (float)px->normal[2]));
    s->feature[0][i] = normal.x;
    s->feature[1][i] = normal.y;
    s->feature[2][i] = normal.z;
    /* Where nothing is covered the depth is like no other, so nothing is averaged with it. */
    s->feature[3][i] = n_features ? ct_logf(px->depth / (float)n_features + 1e-3f) : 100.0f;
    for (int k = 0; k < 3; k++) {
        float albedo = (float)px->albedo[k] * unit;
        s->feature[4 + k][i] = albedo;
        s->diffuse.c[k][i] = px->diffuse[k] * inverse / (albedo + ALBEDO_BIAS);
        s->specular.c[k][i] = px->specular[k] * inverse;
    }
    float of_mean = n > 1 ? 1.0f / (float)(n - 1) : 0;
    s->a[i] = ct_maxf(px->diffuse_sq * inverse - square_at(&s->diffuse, i), 0) * of_mean;
    s->b[i] = ct_maxf(px->specular_sq * inverse - square_at(&s->specular, i), 0) * of_mean;
    s->spare[1].c[2][i] = (float)n;
}

#define DEFOCUS_MAX 4 /* pixels */

/* Radius in pixels of the circle that a point at this distance is spread over by the lens. */
static void load_circles(float *circle, const struct scratch *s, const struct ct_film *film)
{
    for (int i = 0; i < PLANE; i++) {
        float depth = s->feature[3][i]; /* its logarithm; beyond any where nothing is covered */
        circle[i] = depth < 50 ? film->blur * fabsf(1 - film->focus * ct_expf(-depth)) : 0;
    }
}

/* Adds a row of features at an offset where both points are spread at least `radius` wide. */
static void add_spread(float *restrict sum, float *restrict weight, const float *circle,
                       const float *feature, int offset, float radius)
{
    for (int x = DEFOCUS_MAX; x < REGION - DEFOCUS_MAX; x++) {
        float w = ct_minf(circle[x], circle[x + offset]) >= radius ? 1.0f : 0.0f;
        sum[x] += w * feature[x + offset];
        weight[x] += w;
    }
}

/* Out of focus a pixel's few samples see far-apart places, so features are noisy there; they are
 * also smooth there, so a mean over a third of the circle costs no sharpness. */
static void smooth_features(struct scratch *s, const struct ct_film *film)
{
    float *circle = s->b, *weight = s->distance, *sum = s->boxed;
    load_circles(circle, s, film);
    for (int f = 0; f < FEATURES; f++) {
        for (int y = DEFOCUS_MAX; y < REGION - DEFOCUS_MAX; y++) {
            const float *row = circle + y * REGION;
            float widest = 0;
            for (int x = 0; x < REGION; x++)
                widest = ct_maxf(widest, row[x]);
            memset(weight, 0, REGION * sizeof(float));
            memset(sum, 0, REGION * sizeof(float));
            for (int dy = -DEFOCUS_MAX; dy <= DEFOCUS_MAX; dy++) {
                for (int dx = -DEFOCUS_MAX; dx <= DEFOCUS_MAX; dx++) {
                    float reach = sqrtf((float)(dx * dx + dy * dy));
                    if (reach <= DEFOCUS_MAX && 3 * reach <= widest)
                        add_spread(sum, weight, row, s->feature[f] + y * REGION, dy * REGION + dx,
                                   3 * reach);
                }
            }
            for (int x = DEFOCUS_MAX; x < REGION - DEFOCUS_MAX; x++)
                s->a[y * REGION + x] = sum[x] / weight[x];
        }
        for (int y = DEFOCUS_MAX; y < REGION - DEFOCUS_MAX; y++)
            memcpy(s->feature[f] + y * REGION + DEFOCUS_MAX, s->a + y * REGION + DEFOCUS_MAX,
                   (REGION - 2 * DEFOCUS_MAX) * sizeof(float));
    }
}

static void load(struct scratch *s, const struct ct_film *film, struct place at)
{
    for (int y = 0; y < REGION; y++)
        for (int x = 0; x < REGION; x++)
            load_pixel(s, film, mirrored(at.x + x, film->width), mirrored(at.y + y, film->height),
                       y * REGION + x);
    const float *count = s->spare[1].c[2];
    raise_variance(s, s->a, &s->diffuse, count);
    raise_variance(s, s->b, &s->specular, count);
    blur3(s->diffuse.variance, s->a);
    blur3(s->specular.variance, s->b);
}

/* The largest of the eight numbers around. */
CT_INLINE float most_around(const float *p)
{
    float above = ct_maxf(ct_maxf(p[-REGION - 1], p[-REGION]), p[-REGION + 1]);
    float below = ct_maxf(ct_maxf(p[REGION - 1], p[REGION]), p[REGION + 1]);
    return ct_maxf(ct_maxf(above, below), ct_maxf(p[-1], p[1]));
}

/* The smallest of the eight numbers around. */
CT_INLINE float least_around(const float *p)
{
    float above = ct_minf(ct_minf(p[-REGION - 1], p[-REGION]), p[-REGION + 1]);
    float below = ct_minf(ct_minf(p[REGION - 1], p[REGION]), p[REGION + 1]);
    return ct_minf(ct_minf(above, below), ct_minf(p[-1], p[1]));
}

/* Single pixels that outshine all around them in a colour are dimmed to twice the brightest, and
 * such as are darker than all around are raised to three quarters of the darkest: the film's tent
 * makes neighbours of anything real. */
static void dim_specks(const struct layer *layer, const struct layer *out)
{
    memcpy(out->variance, layer->variance, PLANE * sizeof(float));
    for (int k = 0; k < 3; k++) {
        memcpy(out->c[k], layer->c[k], PLANE * sizeof(float));
        for (int y = 1; y < REGION - 1; y++) {
            const float *in = layer->c[k] + y * REGION;
            float *restrict o = out->c[k] + y * REGION;
            for (int x = 1; x < REGION - 1; x++)
                o[x] = ct_maxf(ct_minf(in[x], SPECK * most_around(in + x) + 1e-3f),
                               PIT * least_around(in + x));
        }
    }
}

static void dim_all_specks(struct scratch *s)
{
    dim_specks(&s->diffuse, &s->spare[0]);
    dim_specks(&s->specular, &s->spare[1]);
    swap_layers(s);
}

/* Adds the squared gradient of a feature. */
static void add_gradient(float *restrict sum, const float *feature)
{
    for (int y = 0; y < REGION; y++) {
        const float *row = feature + y * REGION;
        const float *up = row - (y > 0 ? REGION : 0);
        const float *down = row + (y < REGION - 1 ? REGION : 0);
        float *o = sum + y * REGION;
        for (int x = 1; x < REGION - 1; x++) {
            float gx = 0.5f * (row[x + 1] - row[x - 1]), gy = 0.5f * (down[x] - up[x]);
            o[x] += gx * gx + gy * gy;
        }
    }
}

static void feature_scales(struct scratch *s)
{
    static const float tolerance[SCALES] = { 0.1f, 0.004f, 0.06f };
    static const int first[SCALES + 1] = { 0, 3, 4, FEATURES };
    for (int i = 0; i < SCALES; i++) {
        float least = tolerance[i] * tolerance[i];
        memset(s->a, 0, PLANE * sizeof(float));
        for (int f = first[i]; f < first[i + 1]; f++)
            add_gradient(s->a, s->feature[f]);
        blur3(s->b, s->a);
        for (int x = 0; x < PLANE; x++)
            s->scale[i][x] = 0.5f / ct_maxf(least, ct_minf(s->b[x], least * 200));
    }
}

/* The part of the region that is worked on: columns [x0, x1), rows [y0, y1) of a band. */
struct part {
    int x0, x1, y0, y1;
};

/* A row of squared distances at x and x + offset in up to three features, times a scale; *out
 * becomes the larger of itself and that. */
static void compare3(float *restrict out, float *const features[3], const float *scale, int row,
                     int offset, int n)
{
    const float *a = features[0] + row, *b = features[1] + row, *c = features[2] + row;
    scale += row;
    for (int x = 0; x < n; x++) {
        float da = a[x] - a[x + offset], db = b[x] - b[x + offset], dc = c[x] - c[x + offset];
        out[x] = ct_maxf(out[x], (da * da + db * db + dc * dc) * scale[x]);
    }
}

static void compare1(float *restrict out, const float *feature, const float *scale, int row,
                     int offset, int n)
{
    feature += row;
    scale += row;
    for (int x = 0; x < n; x++) {
        float d = feature[x] - feature[x + offset];
        out[x] = d * d * scale[x];
    }
}

/* Distances of the features at p and p + offset: the largest of all. */
static void compare_features(struct scratch *s, int offset, const struct part *at)
{
    int n = at->x1 - at->x0;
    for (int y = at->y0; y < at->y1; y++) {
        int row = y * REGION + at->x0;
        float *o = s->feature_distance + (y - at->y0) * REGION + at->x0;
        compare1(o, s->feature[3], s->scale[1], row, offset, n);
        compare3(o, s->feature, s->scale[0], row, offset, n);
        compare3(o, s->feature + 4, s->scale[2], row, offset, n);
    }
}

/* Distances of single colours at p and p + offset, for the part and PATCH pixels around it; the
 * first row goes to the first row of s->distance. */
static void compare_colors(struct scratch *s, const struct layer *in, int offset,
                           const struct part *at, float k2)
{
    for (int y = at->y0 - PATCH; y < at->y1 + PATCH; y++) {
        const float *r = in->c[0] + y * REGION, *g = in->c[1] + y * REGION;
        const float *b = in->c[2] + y * REGION, *v = in->variance + y * REGION;
        float *restrict o = s->distance + (y - at->y0 + PATCH) * REGION;
        for (int x = at->x0 - PATCH; x < at->x1 + PATCH; x++) {
            float dr = r[x] - r[x + offset], dg = g[x] - g[x + offset], db = b[x] - b[x + offset];
            float vp = v[x], vq = v[x + offset];
            float e = (dr * dr + dg * dg + db * db) * (1 / 3.0f) - (vp + ct_minf(vp, vq));
            o[x] = e / (1e-7f + k2 * (vp + vq));
        }
    }
}

/* Distances of single colours at p and p + offset, to the first rows of s->distance. */
static void compare_pixels(struct scratch *s, const struct layer *in, int offset,
                           const struct part *at, float k2)
{
    for (int y = at->y0; y < at->y1; y++) {
        const float *r = in->c[0] + y * REGION, *g = in->c[1] + y * REGION;
        const float *b = in->c[2] + y * REGION, *v = in->variance + y * REGION;
        float *restrict o = s->distance + (y - at->y0) * REGION;
        for (int x = at->x0; x < at->x1; x++) {
            float dr = r[x] - r[x + offset], dg = g[x] - g[x + offset], db = b[x] - b[x + offset];
            float e = (dr * dr + dg * dg + db * db) * (1 / 3.0f);
            o[x] = e / (1e-7f + k2 * (v[x] + v[x + offset]));
        }
    }
}

/* Means of s->distance over the patches, to its own first rows. */
static void average_patches(struct scratch *s, const struct part *at)
{
    int rows = at->y1 - at->y0;
    for (int y = 0; y < rows + 2 * PATCH; y++) {
        const float *d = s->distance + y * REGION;
        float *restrict h = s->boxed + y * REGION;
        for (int x = at->x0; x < at->x1; x++)
            h[x] = d[x - 2] + d[x - 1] + d[x] + d[x + 1] + d[x + 2];
    }
    for (int y = 0; y < rows; y++) {
        const float *h = s->boxed + y * REGION;
        float *restrict o = s->distance + y * REGION;
        for (int x = at->x0; x < at->x1; x++) {
            float sum =
                h[x] + h[x + REGION] + h[x + 2 * REGION] + h[x + 3 * REGION] + h[x + 4 * REGION];
            o[x] = ct_maxf(sum * (1 / 25.0f), 0);
        }
    }
}

/* One row each, in functions of their own: with so many arrays at once the compiler cannot tell
 * that none overlaps another, and would not vectorise. */
static void weigh(float *restrict w, const float *restrict color, const float *restrict feature,
                  float most, int n)
{
    for (int x = 0; x < n; x++)
        w[x] = most * exp_negative(ct_maxf(color[x], feature[x]));
}

static void accumulate(float *restrict sum, const float *restrict w, const float *restrict value,
                       int n)
{
    for (int x = 0; x < n; x++)
        sum[x] += w[x] * value[x];
}

static void accumulate_weights(float *restrict sum, float *restrict sum_sq, const float *restrict w,
                               const float *restrict variance, int n)
{
    for (int x = 0; x < n; x++) {
        sum[x] += w[x];
        sum_sq[x] += w[x] * w[x] * variance[x];
    }
}

/* Adds the neighbours at `offset` by the weights that both distances give. */
static void add_neighbours(struct scratch *s, const struct sums *sums, const struct layer *in,
                           int offset, const struct part *at, float weight)
{
    int n = at->x1 - at->x0;
    float *w = s->boxed; /* its contents are used up */
    for (int y = at->y0; y < at->y1; y++) {
        int band = (y - at->y0) * REGION + at->x0, other = y * REGION + at->x0 + offset;
        weigh(w, s->distance + band, s->feature_distance + band, weight, n);
        for (int k = 0; k < 3; k++)
            accumulate(sums->c[k] + band, w, in->c[k] + other, n);
        accumulate_weights(sums->weight + band, sums->weight_sq + band, w, in->variance + other, n);
    }
}

/* The pixel itself always counts with weight 1, so the sum of weights is never 0. */
static void store_means(const struct layer *out, const struct sums *sums, const struct part *at)
{
    for (int y = at->y0; y < at->y1; y++) {
        int band = (y - at->y0) * REGION, row = y * REGION;
        for (int x = at->x0; x < at->x1; x++) {
            float inverse = 1.0f / sums->weight[band + x];
            for (int k = 0; k < 3; k++)
                out->c[k][row + x] = sums->c[k][band + x] * inverse;
            out->variance[row + x] = sums->weight_sq[band + x] * inverse * inverse;
        }
    }
}

/* The first search. */
struct search {
    int radius[2]; /* of diffuse and specular light; the first is the larger */
    float k[2];    /* how far colours may differ, in standard deviations */
    int margin;    /* the results are valid that far inside the region */
};

/* Is the neighbour (dx, dy) looked at? Near ones all, farther ones like the black squares of a
 * chess board, to the rim of a disc: half the work, and too little is lost to be seen. */
static bool looked_at(int dx, int dy, int radius)
{
    int distance_sq = dx * dx + dy * dy;
    if (distance_sq > radius * (radius + 1))
        return false;
    return distance_sq <= DENSE_RADIUS * (DENSE_RADIUS + 1) || ((dx + dy) & 1) == 0;
}

static void clear_sums(struct scratch *s)
{
    for (int l = 0; l < 2; l++) {
        for (int i = 0; i < 3; i++)
            memset(s->sums[l].c[i], 0, BAND_PLANE * sizeof(float));
        memset(s->sums[l].weight, 0, BAND_PLANE * sizeof(float));
        memset(s->sums[l].weight_sq, 0, BAND_PLANE * sizeof(float));
    }
}

static bool is_cancelled(const atomic_int *cancel)
{
    return cancel && atomic_load_explicit(cancel, memory_order_relaxed);
}

static bool search_band(struct scratch *s, const struct search *p, const struct part *at,
                        const atomic_int *cancel)
{
    const struct layer *in[2] = { &s->diffuse, &s->specular };
    clear_sums(s);
    for (int dy = -p->radius[0]; dy <= p->radius[0]; dy++) {
        if (is_cancelled(cancel))
            return false;
        for (int dx = -p->radius[0]; dx <= p->radius[0]; dx++) {
            int offset = dy * REGION + dx;
            if (!looked_at(dx, dy, p->radius[0]))
                continue;
            compare_features(s, offset, at);
            for (int l = 0; l < 2 && looked_at(dx, dy, p->radius[l]); l++) {
                compare_colors(s, in[l], offset, at, p->k[l] * p->k[l]);
                average_patches(s, at);
                add_neighbours(s, &s->sums[l], in[l], offset, at, 1);
            }
        }
    }
    for (int l = 0; l < 2; l++)
        store_means(&s->spare[l], &s->sums[l], at);
    return true;
}

/* One level of the wavelet: a diamond of 13 pixels, `step` apart. */
struct level {
    int step;
    float k[2]; /* of diffuse and specular light */
    int margin;
};

static bool smooth_band(struct scratch *s, const struct level *p, const struct part *at,
                        const atomic_int *cancel)
{
    static const float spline[5] = { 1 / 16.0f, 1 / 4.0f, 3 / 8.0f, 1 / 4.0f, 1 / 16.0f };
    const struct layer *in[2] = { &s->diffuse, &s->specular };
    clear_sums(s);
    for (int j = 0; j < 5; j++) {
        if (is_cancelled(cancel))
            return false;
        for (int i = 0; i < 5; i++) {
            int offset = ((j - 2) * REGION + i - 2) * p->step;
            if (abs(i - 2) + abs(j - 2) > 2)
                continue; /* the corners weigh little */
            compare_features(s, offset, at);
            for (int l = 0; l < 2; l++) {
                compare_pixels(s, in[l], offset, at, p->k[l] * p->k[l]);
                add_neighbours(s, &s->sums[l], in[l], offset, at, spline[i] * spline[j]);
            }
        }
    }
    for (int l = 0; l < 2; l++)
        store_means(&s->spare[l], &s->sums[l], at);
    return true;
}

/* Both layers become their filtered selves. They share the comparison of features. */
static bool search(struct scratch *s, const struct search *p, const atomic_int *cancel)
{
    int end = REGION - p->margin;
    for (int y = p->margin; y < end; y += BAND) {
        struct part at = { p->margin, end, y, y + BAND < end ? y + BAND : end };
        if (!search_band(s, p, &at, cancel))
            return false;
    }
    swap_layers(s);
    return true;
}

static bool smooth(struct scratch *s, const struct level *p, const atomic_int *cancel)
{
    int end = REGION - p->margin;
    for (int y = p->margin; y < end; y += BAND) {
        struct part at = { p->margin, end, y, y + BAND < end ? y + BAND : end };
        if (!smooth_band(s, p, &at, cancel))
            return false;
    }
    swap_layers(s);
    return true;
}

static bool filter(struct scratch *s, const struct ct_denoise_params *p, const atomic_int *cancel)
{
    int radius = p->radius < RADIUS_MAX ? p->radius : RADIUS_MAX;
    int levels = p->levels < LEVELS_MAX ? p->levels : LEVELS_MAX;
    float k = p->strength;
    if (!(k > 0))
        return true;
    /* Highlights are finer than shading: a narrower and sharper search. */
    const struct search first = { { radius, radius > 1 ? radius - 1 : 1 },
                                  { 0.75f * k, 0.6f * k },
                                  radius + PATCH };
    int margin = first.margin;
    if (!search(s, &first, cancel))
        return false;
    for (int i = 0; i < levels; i++) {
        margin += 4 << i;
        const struct level level = { 2 << i, { p->spread * k, 0.5f * p->spread * k }, margin };
        if (!smooth(s, &level, cancel))
            return false;
    }
    return true;
}

static void store(float *out, const struct scratch *s, const struct ct_film *film, struct place at)
{
    int x1 = at.x + HALO + CT_DENOISE_TILE, y1 = at.y + HALO + CT_DENOISE_TILE;
    for (int y = at.y + HALO; y < y1 && y < film->height; y++) {
        for (int x = at.x + HALO; x < x1 && x < film->width; x++) {
            int i = (y - at.y) * REGION + x - at.x;
            float *o = out + 3 * ct_film_index(film, x, y);
            for (int k = 0; k < 3; k++)
                o[k] =
                    s->diffuse.c[k][i] * (s->feature[4 + k][i] + ALBEDO_BIAS) + s->specular.c[k][i];
        }
    }
}

static void store_texels(struct ct_texel *texels, const struct scratch *s,
                         const struct ct_film *film, struct place at)
{
    int x1 = at.x + HALO + CT_DENOISE_TILE, y1 = at.y + HALO + CT_DENOISE_TILE;
    for (int y = at.y + HALO; y < y1 && y < film->height; y++) {
        for (int x = at.x + HALO; x < x1 && x < film->width; x++) {
            int i = (y - at.y) * REGION + x - at.x;
            struct ct_texel *texel = &texels[ct_film_index(film, x, y)];
            for (int k = 0; k < 3; k++) {
                texel->diffuse[k] = s->diffuse.c[k][i];
                texel->specular[k] = s->specular.c[k][i];
                texel->normal[k] = s->feature[k][i];
                texel->albedo[k] = s->feature[4 + k][i];
            }
            texel->depth = s->feature[3][i];
            texel->circle = 4 * film->blur * fabsf(1 - film->focus * ct_expf(-texel->depth));
        }
    }
}

static float *take_memory(struct ct_denoise_shelf *shelf)
{
    for (int i = 0; shelf && i < CT_DENOISE_SHELF; i++) {
        float *memory = atomic_exchange(&shelf->blocks[i], NULL);
        if (memory)
            return memory;
    }
    return ct_aligned(64, (N_PLANES * PLANE + N_BAND_PLANES * BAND_PLANE) * sizeof(float));
}

static void put_memory(struct ct_denoise_shelf *shelf, float *memory)
{
    for (int i = 0; shelf && i < CT_DENOISE_SHELF; i++) {
        float *none = NULL;
        if (atomic_compare_exchange_strong(&shelf->blocks[i], &none, memory))
            return;
    }
    ct_free(memory);
}

enum ct_denoise_result ct_denoise_tile(float *out, const struct ct_film *film,
                                       const struct ct_denoise_params *params, int tile,
                                       const atomic_int *cancel)
{
    int tiles_x = (film->width + CT_DENOISE_TILE - 1) / CT_DENOISE_TILE;
    struct place at = { tile % tiles_x * CT_DENOISE_TILE - HALO,
                        tile / tiles_x * CT_DENOISE_TILE - HALO };
    float *memory = take_memory(params->shelf);
    struct scratch s;
    if (!memory)
        return CT_DENOISE_NO_MEMORY;
    scratch_init(&s, memory);
    load(&s, film, at);
    if (film->blur > 0 && params->strength > 0)
        smooth_features(&s, film);
    feature_scales(&s);
    if (params->strength > 0)
        dim_all_specks(&s);
    bool finished = filter(&s, params, cancel);
    if (finished && params->texels)
        store_texels(params->texels, &s, film, at);
    else if (finished)
        store(out, &s, film, at);
    put_memory(params->shelf, memory);
    return finished ? CT_DENOISE_DONE : CT_DENOISE_CANCELLED;
}
