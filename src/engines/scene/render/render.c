/* One drawing from world to picture.
 *
 *   build hierarchy -> passes of 1, 1, 2, 4, 8... samples -> denoise -> (detail) -> develop
 *                          |  after each: pass() callback, which may take a snapshot
 *
 * Large pictures are traced and denoised for squares of 2x2 pixels; detail.c lays that light on
 * what each pixel sees.
 *
 * Called by the scene engine on a runner thread; the pool's workers trace tiles, denoise tiles and
 * develop rows. Every piece of work is a function of its index alone and is summed by its owner,
 * so the bytes do not depend on the number of threads or on who did what.
 *
 * The first part of the samples goes to all tiles alike, the next to outlines, whose steps no
 * denoiser can smooth, the rest to where noise is, so a drawing costs what was planned and no more,
 * and less when it is clean before. The decisions look at the film between passes, so they too are
 * the same everywhere.
 *
 * Cancelling: workers look before every row of a tile or search row, so ct_render() returns within
 * a few milliseconds at any size. */
#include "engines/scene/render/drawing.h"

#include "base/clock.h"
#include "base/mem.h"
#include "contract/image_request.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/render/develop.h"
#include "engines/scene/render/shadow.h"
#include "image/resize.h"

#include <stdlib.h>
#include <string.h>

#define SQUARES_FROM (3.0 * 1024 * 1024) /* pixels: larger pictures are traced in squares */
#define SQUARE_SHARE 2 /* a square gets as many samples as so many pixels, */
#define SQUARE_MORE 1.3 /* times this to spend on noise: there are fewer to begin with */
#define EDGE_LOOKS 8
#define SQUARE_BLURRED 2.0f /* squares: outlines of smaller circles are drawn by detail.c */
#define PASS_SAMPLES_MAX 8
#define PASS_PATHS 4000000.0 /* a pass takes a second or so, for progress to move */
#define SAMPLES_MAX 4096
#define ADAPTIVE_NOISE 0.25f /* relative noise of one sample at which a tile needs its share */
#define EDGE_NOISE 0.015f    /* the same of a pixel's mean along outlines */
#define OUTLINE_SHARE 0.5    /* at most, of what is left after the even samples, */
#define OUTLINE_LEAST 0.25   /* or so many samples a pixel */
#define ADAPTIVE_MOST 4      /* times its share that a tile may get, */
#define ADAPTIVE_LEAST 16    /* but at least so many samples */
#define TRACE_SHARE 0.86     /* of a drawing's time, for progress */
#define DENOISE_SHARE 0.11

struct ranked {
    float noise;
    uint32_t tile;
};

struct drawing {
    const struct ct_render_kernels *kernels;
    const struct ct_render_params *params;
    const struct ct_render_study *study;
    const struct ct_world *world;
    struct ct_tracer tracer;
    struct ct_film film;
    /* Large pictures are traced for squares of 2x2 pixels; film, hdr and shadow are of squares
     * till detail.c has made a fine picture of them. */
    bool in_squares;
    float *hdr, *shadow; /* shadow: NULL for an opaque picture */
    struct ct_film fine; /* its coverage alone; unused unless in squares */
    struct ct_detail detail;
    uint32_t *tiles; /* those that the running pass traces */
    uint32_t n_tiles, n_all_tiles;
    uint32_t n_wanted; /* tiles with anything to draw */
    float *noise, *edges; /* of every tile, at the last look; 1: as much as is wanted */
    struct ranked *ranked;
    int samples, samples_max; /* a pixel's share, and the most it may get */
    int pass_samples;
    double all; /* tile samples to spend */
    struct ct_denoise_params denoise;
    struct ct_denoise_shelf shelf; /* empty but while denoise() runs */
    atomic_int failed; /* a tile ran out of memory */
};

/* Of a pixel's share, those that every pixel gets: a power of two, for the sake of the sampler;
 * and not one, which says nothing about noise. */
static int even_samples(int samples)
{
    int n = samples < 2 ? samples : 2;
    while (n * 2 < samples)
        n *= 2;
    return n;
}

static bool cancelled(const struct drawing *d)
{
    return ct_tracer_cancelled(&d->tracer);
}

static ct_code fail_cancelled(struct ct_err *err)
{
    return ct_fail(err, CT_E_CANCELLED, NULL, "The drawing was cancelled.");
}

static void trace_one(void *ctx, uint32_t index)
{
    struct drawing *d = ctx;
    if (!cancelled(d))
        d->kernels->trace_tile(&d->tracer, &d->film, (int)d->tiles[index], d->pass_samples);
}

/* Nothing was drawn where the denoiser's tile lies. */
static bool is_idle(const struct drawing *d, int index)
{
    const int tiles = CT_DENOISE_TILE / CT_FILM_TILE, w = d->film.tiles_x;
    int per_row = (d->film.width + CT_DENOISE_TILE - 1) / CT_DENOISE_TILE;
    int x0 = index % per_row * tiles, y0 = index / per_row * tiles;
    for (int y = y0; y < y0 + tiles && y < d->film.tiles_y; y++)
        for (int x = x0; x < x0 + tiles && x < w; x++)
            if (d->film.tile_samples[y * w + x])
                return false;
    return true;
}

/* Where nothing was wanted the light is guessed from the picture that is there. */
static void fill_around(struct drawing *d)
{
    const struct ct_image *around = d->params->around;
    size_t channels = (size_t)around->channels;
    size_t n = (size_t)d->params->width * (size_t)d->params->height;
    float dim = 1 / ct_maxf(d->world->post.exposure, 1e-3f);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < 3 && !d->params->wanted[i]; k++)
            d->hdr[3 * i + k] =
                dim * ct_srgb_to_linear((float)around->px[channels * i + k] / 255);
}

static ct_code fail_memory(const struct drawing *d, struct ct_err *err)
{
    return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for a picture of %dx%d.",
                   d->params->width, d->params->height);
}

static void denoise_one(void *ctx, uint32_t index)
{
    struct drawing *d = ctx;
    if (cancelled(d) || atomic_load(&d->failed) || is_idle(d, (int)index))
        return;
    if (d->kernels->denoise_tile(d->hdr, &d->film, &d->denoise, (int)index, d->params->cancel) ==
        CT_DENOISE_NO_MEMORY)
        atomic_store(&d->failed, 1);
}

static ct_code denoise(struct drawing *d, const struct ct_denoise_params *denoise,
                       struct ct_err *err)
{
    d->denoise = *denoise;
    d->denoise.shelf = &d->shelf;
    atomic_store(&d->failed, 0);
    ct_pool_for(d->params->pool, (uint32_t)ct_denoise_tiles(&d->film), denoise_one, d);
    for (int i = 0; i < CT_DENOISE_SHELF; i++)
        ct_free(atomic_exchange(&d->shelf.blocks[i], NULL));
    if (cancelled(d))
        return fail_cancelled(err);
    if (atomic_load(&d->failed))
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while denoising the picture.");
    return d->shadow ? ct_shadow_filter(d->shadow, &d->film, d->params->pool, err) : CT_OK;
}

static ct_code develop(struct ct_image **out, struct drawing *d, const struct ct_film *film,
                       struct ct_err *err)
{
    return ct_develop(out, d->hdr, d->shadow, film, &d->world->post, d->params->pool,
                      d->params->cancel, err);
}

/* What the pass() callback may ask for: a quick look with a narrow, strong filter. */
static struct ct_image *snapshot(void *state)
{
    struct drawing *d = state;
    const struct ct_denoise_params quick = {
        .radius = 2, .levels = 3, .spread = 12, .strength = 1.6f
    };
    struct ct_image *image = NULL, *enlarged = NULL;
    if (denoise(d, &quick, NULL) != CT_OK || develop(&image, d, &d->film, NULL) != CT_OK)
        return NULL;
    if (!d->in_squares)
        return image;
    if (ct_resize(&enlarged, image, d->params->width, d->params->height, d->params->pool, NULL) !=
        CT_OK)
        enlarged = NULL;
    ct_image_unref(&image);
    return enlarged;
}

/* Is any pixel of the rectangle wanted? It may reach beyond the picture. */
static bool is_wanted_in(const struct drawing *d, int x0, int y0, int side)
{
    const uint8_t *wanted = d->params->wanted;
    int w = d->params->width, h = d->params->height;
    for (int y = y0; wanted && y < y0 + side && y < h; y++)
        for (int x = x0; x < x0 + side && x < w; x++)
            if (wanted[(size_t)y * (size_t)w + (size_t)x])
                return true;
    return !wanted;
}

static void detail_one(void *ctx, uint32_t index)
{
    struct drawing *d = ctx;
    int across = (d->params->width + CT_DETAIL_TILE - 1) / CT_DETAIL_TILE;
    int x0 = (int)index % across * CT_DETAIL_TILE, y0 = (int)index / across * CT_DETAIL_TILE;
    if (cancelled(d) || atomic_load(&d->failed) || !is_wanted_in(d, x0, y0, CT_DETAIL_TILE))
        return;
    if (!d->kernels->detail_tile(&d->detail, (int)index))
        atomic_store(&d->failed, 1);
}

/* Memory of the fine picture. All that is coarse but the light is given back first. */
static bool make_fine(struct drawing *d, const struct ct_texel *texels)
{
    int w = d->params->width, h = d->params->height;
    size_t n = (size_t)w * (size_t)h;
    ct_film_release(&d->film);
    ct_free(d->hdr);
    d->hdr = ct_calloc(n, 3 * sizeof(*d->hdr));
    d->detail = (struct ct_detail){ .tracer = &d->tracer,
                                    .texels = texels,
                                    .coarse_shadow = d->shadow,
                                    .edge_samples = EDGE_LOOKS,
                                    .width = w,
                                    .height = h,
                                    .hdr = d->hdr };
    bool complete = ct_film_init_coverage(&d->fine, w, h, d->world->transparent, CT_DETAIL_COVER);
    if (d->world->transparent) {
        d->detail.covered = d->fine.covered;
        d->detail.shadow = ct_calloc(n, sizeof(float));
        complete = complete && d->detail.shadow;
    }
    return complete && d->hdr;
}

/* Denoises the squares' light and lays it on what the pixels see. */
static ct_code refine_squares(struct drawing *d, const struct ct_denoise_params *full,
                              struct ct_render_stats *stats, struct ct_err *err)
{
    size_t n = (size_t)d->film.width * (size_t)d->film.height;
    struct ct_texel *texels = ct_aligned(64, n * sizeof(*texels));
    struct ct_denoise_params to_texels = *full;
    int64_t start = ct_clock_us();
    if (!texels)
        return fail_memory(d, err);
    memset(texels, 0, n * sizeof(*texels));
    to_texels.texels = texels;
    ct_code code = denoise(d, &to_texels, err);
    stats->denoise_us = ct_clock_us() - start;
    if (code == CT_OK && !make_fine(d, texels))
        code = fail_memory(d, err);
    if (code == CT_OK)
        ct_pool_for(d->params->pool, (uint32_t)ct_detail_tiles(&d->detail), detail_one, d);
    if (code == CT_OK && atomic_load(&d->failed))
        code = fail_memory(d, err);
    ct_free(texels);
    ct_free(d->shadow);
    d->shadow = d->detail.shadow;
    stats->detail_us = ct_clock_us() - start - stats->denoise_us;
    return code == CT_OK && cancelled(d) ? fail_cancelled(err) : code;
}

/* Denoises and develops what the film holds. */
static ct_code finish(struct ct_image **out, struct drawing *d,
                      const struct ct_denoise_params *full, struct ct_render_stats *stats,
                      struct ct_err *err)
{
    int64_t start = ct_clock_us();
    if (d->in_squares)
        CT_TRY(refine_squares(d, full, stats, err));
    else
        CT_TRY(denoise(d, full, err));
    int64_t done = ct_clock_us();
    if (d->params->wanted && d->params->around && d->world->post.bloom > 0)
        fill_around(d);
    ct_code code = develop(out, d, d->in_squares ? &d->fine : &d->film, err);
    stats->denoise_us = done - start - stats->detail_us;
    stats->develop_us = ct_clock_us() - done;
    return code;
}

static void report(struct drawing *d, double fraction, const char *stage)
{
    if (d->params->pass)
        d->params->pass(d->params->ctx, fraction, stage, snapshot, d);
}

/* Samples of the next pass over all tiles after `done`. */
static int next_pass(const struct drawing *d, int done, int total)
{
    double pixels = (double)d->film.width * d->film.height;
    int most = (int)(PASS_PATHS / pixels);
    int n = done == 0 ? 2 : done; /* two at once share what they see of textures */
    most = most < 1 ? 1 : most > PASS_SAMPLES_MAX ? PASS_SAMPLES_MAX : most;
    n = n < most ? n : most;
    return n < total - done ? n : total - done;
}

static void measure(void *ctx, uint32_t index)
{
    struct drawing *d = ctx;
    int tile = (int)d->tiles[index];
    d->noise[tile] = ct_film_noise(&d->film, tile) * sqrtf((float)d->samples) / ADAPTIVE_NOISE;
    d->edges[tile] = ct_film_edges(&d->film, tile) / EDGE_NOISE;
}

/* The noisiest of a tile and its neighbours: what the denoiser takes from them counts as well. */
static float noise_around(const struct drawing *d, uint32_t tile)
{
    int w = d->film.tiles_x, h = d->film.tiles_y, tx = (int)tile % w, ty = (int)tile / w;
    float most = 0;
    for (int y = ty > 0 ? ty - 1 : 0; y <= ty + 1 && y < h; y++)
        for (int x = tx > 0 ? tx - 1 : 0; x <= tx + 1 && x < w; x++)
            most = ct_maxf(most, d->noise[y * w + x]);
    return most;
}

static int noisier(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->noise != y->noise)
        return x->noise < y->noise ? 1 : -1;
    return (x->tile > y->tile) - (x->tile < y->tile);
}

/* The next tiles of those that are not clean, the noisiest first, as many as `budget` tile passes
 * allow: all with rough outlines, or else an eighth of those with noise. */
static void choose_tiles(struct drawing *d, int64_t budget, bool outlines)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->n_all_tiles; i++) {
        float noise = outlines ? d->edges[i] : noise_around(d, i);
        int taken = d->film.tile_samples[i];
        if (noise > 1 && taken && taken + d->pass_samples <= d->samples_max)
            d->ranked[n++] = (struct ranked){ noise, i };
    }
    qsort(d->ranked, n, sizeof(*d->ranked), noisier);
    n = outlines ? n : (n + 7) / 8;
    d->n_tiles = (int64_t)n < budget ? n : (uint32_t)budget;
    for (uint32_t i = 0; i < d->n_tiles; i++)
        d->tiles[i] = d->ranked[i].tile;
}

static ct_code trace_pass(struct drawing *d, double *spent, struct ct_err *err)
{
    ct_pool_for(d->params->pool, d->n_tiles, trace_one, d);
    if (cancelled(d))
        return fail_cancelled(err);
    *spent += (double)d->n_tiles * d->pass_samples;
    report(d, TRACE_SHARE * *spent / d->all, "tracing");
    return cancelled(d) ? fail_cancelled(err) : CT_OK;
}

/* Passes over chosen tiles till `all` tile samples are spent or all is clean. */
static ct_code refine(struct drawing *d, double *spent, double all, bool outlines,
                      struct ct_err *err)
{
    while (*spent + d->pass_samples <= all) {
        /* All were measured once; since then only those of the last pass have changed. */
        ct_pool_for(d->params->pool, d->n_tiles, measure, d);
        choose_tiles(d, (int64_t)((all - *spent) / d->pass_samples), outlines);
        if (!d->n_tiles)
            return CT_OK;
        CT_TRY(trace_pass(d, spent, err));
        if (outlines)
            d->pass_samples *= 2; /* as many as they have */
    }
    return CT_OK;
}

/* First all tiles alike, then outlines, then noise. */
static ct_code trace(struct drawing *d, struct ct_err *err)
{
    int even = d->study->raw ? d->samples : even_samples(d->samples);
    double spent = 0, all = (double)d->n_wanted * d->samples * (d->in_squares ? SQUARE_MORE : 1);
    d->all = all;
    for (int done = 0; done < even; done += d->pass_samples) {
        d->pass_samples = next_pass(d, done, even);
        CT_TRY(trace_pass(d, &spent, err));
    }
    d->pass_samples = even;
    double outlines = (all - spent) * OUTLINE_SHARE, least = d->n_wanted * OUTLINE_LEAST;
    if (!d->study->raw)
        CT_TRY(refine(d, &spent, spent + (outlines > least ? outlines : least), true, err));
    d->pass_samples = even < PASS_SAMPLES_MAX ? even : PASS_SAMPLES_MAX;
    return refine(d, &spent, all, false, err);
}

static bool is_wanted(const struct drawing *d, uint32_t tile)
{
    int scale = d->in_squares ? 2 * CT_FILM_TILE : CT_FILM_TILE;
    return is_wanted_in(d, (int)tile % d->film.tiles_x * scale,
                        (int)tile / d->film.tiles_x * scale, scale);
}

static ct_code prepare(struct drawing *d, struct ct_err *err)
{
    const struct ct_render_params *p = d->params;
    d->samples = p->samples < 1 ? 1 : p->samples > SAMPLES_MAX ? SAMPLES_MAX : p->samples;
    d->in_squares = d->study->in_squares ||
                    (!d->study->raw && (double)p->width * p->height > SQUARES_FROM);
    if (d->in_squares)
        d->samples *= SQUARE_SHARE;
    d->samples_max = d->samples * ADAPTIVE_MOST;
    d->samples_max = d->study->raw                    ? d->samples
                     : d->samples_max < ADAPTIVE_LEAST ? ADAPTIVE_LEAST
                                                       : d->samples_max;
    CT_TRY(ct_tracer_init(&d->tracer, d->world,
                          &(struct ct_tracer_params){ .width = p->width,
                                                      .height = p->height,
                                                      .in_squares = d->in_squares,
                                                      .samples = d->samples_max,
                                                      .seed = p->seed,
                                                      .cancel = p->cancel },
                          err));
    int width = d->tracer.width, height = d->tracer.height; /* of squares, or of pixels */
    CT_TRY(ct_film_init(&d->film, width, height, d->world->transparent, err));
    d->film.focus = d->tracer.focus;
    d->film.blurred = d->in_squares ? SQUARE_BLURRED : 0;
    d->film.blur = d->tracer.aperture * (float)height /
                   (2 * d->tracer.half_height * d->tracer.focus);
    d->n_tiles = d->n_all_tiles = (uint32_t)(d->film.tiles_x * d->film.tiles_y);
    d->tiles = ct_reallocarray(NULL, d->n_tiles, sizeof(*d->tiles));
    d->noise = ct_calloc(d->n_tiles, sizeof(*d->noise));
    d->edges = ct_calloc(d->n_tiles, sizeof(*d->edges));
    d->ranked = ct_reallocarray(NULL, d->n_tiles, sizeof(*d->ranked));
    d->hdr = ct_calloc((size_t)width * (size_t)height, 3 * sizeof(*d->hdr));
    if (d->world->transparent)
        d->shadow = ct_calloc((size_t)width * (size_t)height, sizeof(*d->shadow));
    if ((d->world->transparent && !d->shadow) || !d->tiles || !d->noise || !d->edges ||
        !d->ranked || !d->hdr)
        return fail_memory(d, err);
    d->n_tiles = 0;
    for (uint32_t i = 0; i < d->n_all_tiles; i++)
        if (is_wanted(d, i))
            d->tiles[d->n_tiles++] = i;
    d->n_wanted = d->n_tiles;
    return CT_OK;
}

static ct_code draw(struct ct_image **out, struct drawing *d, struct ct_render_stats *stats,
                    struct ct_err *err)
{
    /* The fewer the samples, the less a difference says. */
    const float spread = ct_clampf(120.0f / (float)(d->params->samples + 1), 2, 20);
    const struct ct_denoise_params full = { .radius = 3,
                                            .levels = 3,
                                            .spread = spread,
                                            .strength = d->study->raw ? 0 : 1 };
    int64_t start = ct_clock_us();
    CT_TRY(prepare(d, err));
    int64_t built = ct_clock_us();
    CT_TRY(trace(d, err));
    int64_t traced = ct_clock_us();
    stats->paths = 0;
    for (uint32_t i = 0; i < d->n_all_tiles; i++)
        stats->paths += (uint64_t)d->film.tile_samples[i] * CT_FILM_TILE * CT_FILM_TILE;
    CT_TRY(finish(out, d, &full, stats, err));
    if (d->study->linear)
        memcpy(d->study->linear, d->hdr,
               (size_t)d->params->width * (size_t)d->params->height * 3 * sizeof(float));
    stats->build_us = built - start;
    stats->trace_us = traced - built;
    stats->rays = atomic_load(&d->tracer.rays);
    stats->triangles = d->tracer.bvh.n_triangles;
    return CT_OK;
}

ct_code ct_render_with(struct ct_image **out, const struct ct_render_kernels *kernels,
                       const struct ct_world *world, const struct ct_render_params *params,
                       const struct ct_render_study *study, struct ct_render_stats *stats,
                       struct ct_err *err)
{
    static const struct ct_render_study none = { 0 };
    struct drawing d = {
        .kernels = kernels, .params = params, .study = study ? study : &none, .world = world
    };
    *out = NULL;
    if (params->width < 1 || params->height < 1 || params->width > CT_IMAGE_MAX_EDGE ||
        params->height > CT_IMAGE_MAX_EDGE ||
        (size_t)params->width * (size_t)params->height > CT_IMAGE_MAX_PIXELS)
        return ct_fail(err, CT_E_INTERNAL, NULL, "A picture of %dx%d cannot be drawn.",
                       params->width, params->height);
    struct ct_render_stats unasked;
    stats = stats ? stats : &unasked;
    *stats = (struct ct_render_stats){ 0 };
    ct_code code = draw(out, &d, stats, err);
    ct_tracer_release(&d.tracer);
    ct_film_release(&d.film);
    ct_film_release(&d.fine);
    ct_free(d.tiles);
    ct_free(d.noise);
    ct_free(d.edges);
    ct_free(d.ranked);
    ct_free(d.hdr);
    ct_free(d.shadow);
    return code;
}

ct_code ct_render(struct ct_image **out, const struct ct_world *world,
                  const struct ct_render_params *params, struct ct_err *err)
{
    return ct_render_with(out, ct_render_kernels_best(), world, params, NULL, NULL, err);
}

int ct_render_samples(int quality, int width, int height)
{
    static const int samples[CT_QUALITY_COUNT] = {
        [CT_QUALITY_LOW] = 3,    [CT_QUALITY_MEDIUM] = 8, [CT_QUALITY_HIGH] = 30,
        [CT_QUALITY_XHIGH] = 96, [CT_QUALITY_MAX] = 256,
    };
    quality = quality < 0 ? 0 : quality >= CT_QUALITY_COUNT ? CT_QUALITY_COUNT - 1 : quality;
    double megapixels = (double)width * (double)height / (1024.0 * 1024.0);
    /* Small pictures gain little from more; large ones may cost three times as much. */
    double paths = samples[quality] * (megapixels < 1 ? 1 : megapixels < 3 ? megapixels : 3);
    int n = (int)(paths / (megapixels < 1 ? 1 : megapixels));
    return n < 1 ? 1 : n;
}
