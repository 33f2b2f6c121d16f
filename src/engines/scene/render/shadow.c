/* The shadow catcher's denoiser; called by render.c once for each snapshot and once at the end.
 *
 * Each sample that met the ground says what share of its light comes past the objects, a number
 * in [0, 1] (integrator.c). Their mean is noisy in penumbras and smooth everywhere else, so an
 * edge-avoiding wavelet guided by its own variance is all it needs (Dammertz 2010): 3x3 pixels that
 * stand 1, 2, 4, 8 and 16 apart. A pixel counts by its number of samples, so what lies under an
 * object counts for nothing and silhouettes stay correct. Rows are independent: the bytes do not
 * depend on who filters which. */
#include "engines/scene/render/shadow.h"

#include "base/mem.h"

#define LEVELS 5
#define FORGIVEN 3.0f /* standard deviations that neighbours may differ by, */
#define FORGIVEN_NEXT 8.0f /* and those next to each other: a single dark pixel is no shadow */
#define LEAST 1e-5f   /* variance: a step of an 8-bit alpha */
#define CLEAR 0.004f  /* a shadow fainter than one level of alpha is none */

struct cell {
    float shade, variance, weight; /* weight: number of samples */
};

struct job {
    const struct ct_film *film;
    struct cell *in, *out;
    float *shadow;
    int step;
};

static void load_row(void *ctx, uint32_t y)
{
    struct job *job = ctx;
    const struct ct_film *film = job->film;
    for (int x = 0; x < film->width; x++) {
        size_t i = ct_film_index(film, x, (int)y);
        int n = film->tile_samples[ct_film_tile_of(film, x, (int)y)] - film->covered[i];
        struct cell *cell = &job->in[i];
        *cell = (struct cell){ 1, 0, (float)n };
        if (n < 1)
            continue;
        float inverse = 1.0f / (float)n, mean = film->shade[i].sum * inverse;
        float spread = ct_maxf(film->shade[i].sum_sq * inverse - mean * mean, 0);
        cell->shade = mean;
        /* Few samples that agree are no proof: as if one more had differed by a third. */
        cell->variance = (spread + 0.1f * mean * (1 - mean) * inverse) * inverse;
    }
}

/* Variance around, so that a pixel whose samples agree by chance is no edge. */
static float variance_around(const struct job *job, int x, int y)
{
    float sum = 0, weight = 1e-6f;
    for (int j = y > 1 ? y - 2 : 0; j <= y + 2 && j < job->film->height; j++) {
        for (int i = x > 1 ? x - 2 : 0; i <= x + 2 && i < job->film->width; i++) {
            const struct cell *cell = &job->in[ct_film_index(job->film, i, j)];
            sum += cell->variance * cell->weight;
            weight += cell->weight;
        }
    }
    return sum / weight;
}

static struct cell mean_around(const struct job *job, int x, int y)
{
    static const float kernel[3] = { 0.5f, 1.0f, 0.5f };
    const struct cell here = job->in[ct_film_index(job->film, x, y)];
    float forgiven = job->step == 1 ? FORGIVEN_NEXT : FORGIVEN;
    float tolerance = forgiven * forgiven * variance_around(job, x, y) + LEAST;
    float shade = 0, variance = 0, sum = 0;
    for (int j = -1; j <= 1; j++) {
        for (int i = -1; i <= 1; i++) {
            int px = x + i * job->step, py = y + j * job->step;
            if (px < 0 || py < 0 || px >= job->film->width || py >= job->film->height)
                continue;
            const struct cell *cell = &job->in[ct_film_index(job->film, px, py)];
            float difference = cell->shade - here.shade, d2 = difference * difference;
            float w = kernel[i + 1] * kernel[j + 1] * cell->weight * tolerance / (tolerance + d2);
            shade += w * cell->shade;
            variance += w * w * cell->variance;
            sum += w;
        }
    }
    if (!(sum > 0))
        return here;
    return (struct cell){ shade / sum, variance / (sum * sum), here.weight };
}

static void filter_row(void *ctx, uint32_t y)
{
    struct job *job = ctx;
    for (int x = 0; x < job->film->width; x++)
        job->out[ct_film_index(job->film, x, (int)y)] = mean_around(job, x, (int)y);
}

static void store_row(void *ctx, uint32_t y)
{
    struct job *job = ctx;
    for (int x = 0; x < job->film->width; x++) {
        size_t i = ct_film_index(job->film, x, (int)y);
        float dark = 1 - job->in[i].shade;
        job->shadow[i] = !(job->in[i].weight > 0) ? -1 : dark > CLEAR ? ct_minf(dark, 1) : 0;
    }
}

ct_code ct_shadow_filter(float *shadow, const struct ct_film *film, struct ct_pool *pool,
                         struct ct_err *err)
{
    size_t n = (size_t)film->width * (size_t)film->height;
    struct cell *cells = ct_reallocarray(NULL, 2 * n, sizeof(*cells));
    if (!cells)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for the shadows of a picture.");
    struct job job = { .film = film, .in = cells, .out = cells + n, .shadow = shadow };
    uint32_t rows = (uint32_t)film->height;
    ct_pool_for(pool, rows, load_row, &job);
    for (int i = 0; i < LEVELS; i++) {
        job.step = 1 << i;
        ct_pool_for(pool, rows, filter_row, &job);
        struct cell *done = job.out;
        job.out = job.in;
        job.in = done;
    }
    ct_pool_for(pool, rows, store_row, &job);
    ct_free(cells);
    return CT_OK;
}
