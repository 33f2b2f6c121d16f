/* See drawn.h. Called on a runner thread; tiles are worked on by the pool.
 *
 *   world -> looks of a tile (ct_glance_at) -> lines (outline.c), colours (cel.c) -> pixels
 *
 * A pixel is the mean of its looks. */
#include "engines/scene/render/drawn.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/render/looks.h"

#define TILE 64
#define BLACK 0.92f       /* how dark ink is on a colour */
#define DENSE_UNITS 14.0f /* half side of a neighbourhood, in 1/1024 of the shorter side */
#define DENSE_MOST 92     /* of 255: the ink it may hold */

struct sheet {
    struct ct_looks looks;
    enum ct_drawn drawn;
    struct ct_image *image;
    atomic_int failed;
};

/* --- a tile --- */

static uint8_t byte_of(float v)
{
    return (uint8_t)(ct_clampf(v, 0, 1) * 255 + 0.5f);
}

/* What one look puts into its pixel. Of a transparent picture's ground there is only ink. */
static ct_v3 color_of(const struct sheet *s, const struct ct_look_tile *tile, int at, float ink)
{
    if (s->drawn == CT_DRAWN_LINES)
        return v3(ink, ink, ink);
    if (tile->glances[at].ground)
        return v3(0, 0, 0);
    return v3_scale(ct_cel_color(tile, at), 1 - BLACK * ink);
}

/* The mean of a pixel's looks; colours only of those that meet something. */
static void store_pixel(const struct sheet *s, const struct ct_look_tile *tile, const float *ink,
                        int x, int y)
{
    int looks = s->looks.per_pixel, n = looks * looks, channels = s->image->channels;
    int first = (y * looks - tile->y0) * tile->side + x * looks - tile->x0;
    ct_v3 sum = v3(0, 0, 0);
    float covered = 0;
    for (int k = 0; k < n; k++) {
        int at = first + k / looks * tile->side + k % looks;
        float cover = tile->glances[at].ground ? ink[at] : 1;
        float weight = s->drawn == CT_DRAWN_LINES ? 1 : cover;
        if (weight > 0)
            sum = v3_mad(color_of(s, tile, at, ink[at]), weight, sum);
        covered += cover;
    }
    float weights = s->drawn == CT_DRAWN_LINES ? (float)n : ct_maxf(covered, 1e-6f);
    uint8_t *px = s->image->px + ((size_t)y * (size_t)s->image->width + (size_t)x) *
                                     (size_t)channels;
    px[0] = byte_of(sum.x / weights);
    px[1] = byte_of(sum.y / weights);
    px[2] = byte_of(sum.z / weights);
    if (channels == 4)
        px[3] = byte_of(covered / (float)n);
}

static void look_around(const struct ct_look_tile *tile)
{
    const struct ct_looks *l = tile->looks;
    for (int y = 0; y < tile->side && !ct_tracer_cancelled(&l->tracer); y++)
        for (int x = 0; x < tile->side; x++)
            l->kernels->glance(tile->glances + y * tile->side + x, &l->tracer,
                               v2((float)(tile->x0 + x) + 0.5f, (float)(tile->y0 + y) + 0.5f));
}

static void draw_tile(void *ctx, uint32_t index)
{
    struct sheet *s = ctx;
    int across = (s->image->width + TILE - 1) / TILE, margin = ct_outline_margin(&s->looks);
    int x0 = (int)index % across * TILE, y0 = (int)index / across * TILE;
    int side = TILE * s->looks.per_pixel + 2 * margin;
    struct ct_look_tile tile = { .looks = &s->looks, .side = side };
    tile.x0 = x0 * s->looks.per_pixel - margin;
    tile.y0 = y0 * s->looks.per_pixel - margin;
    tile.glances = ct_reallocarray(NULL, (size_t)side * (size_t)side, sizeof(*tile.glances));
    float *ink = ct_calloc((size_t)side * (size_t)side, sizeof(*ink));
    if (tile.glances && ink) {
        look_around(&tile);
        if (s->drawn != CT_DRAWN_FLAT)
            ct_outline_find(ink, &tile);
        for (int y = y0; y < y0 + TILE && y < s->image->height; y++)
            for (int x = x0; x < x0 + TILE && x < s->image->width; x++)
                store_pixel(s, &tile, ink, x, y);
    } else {
        atomic_store(&s->failed, 1);
    }
    ct_free(tile.glances);
    ct_free(ink);
}

/* --- lines: tones instead of black patches --- */

static int clamped(int i, int n)
{
    return i < 0 ? 0 : i >= n ? n - 1 : i;
}

/* Sums of `reach` to each side along one line of n values, edges held. */
static void run_sums(uint32_t *out, const uint32_t *in, int n, size_t stride, int reach)
{
    uint32_t sum = 0;
    for (int i = -reach; i <= reach; i++)
        sum += in[(size_t)clamped(i, n) * stride];
    for (int i = 0; i < n; i++) {
        out[(size_t)i * stride] = sum;
        sum += in[(size_t)clamped(i + reach + 1, n) * stride];
        sum -= in[(size_t)clamped(i - reach, n) * stride];
    }
}

static void thin_by(struct ct_image *image, int reach, uint32_t *sums, uint32_t *across)
{
    size_t w = (size_t)image->width, n = w * (size_t)image->height;
    uint32_t area = (uint32_t)(2 * reach + 1) * (uint32_t)(2 * reach + 1);
    for (size_t i = 0; i < n; i++)
        sums[i] = image->px[i * (size_t)image->channels];
    for (int y = 0; y < image->height; y++)
        run_sums(across + (size_t)y * w, sums + (size_t)y * w, image->width, 1, reach);
    for (int x = 0; x < image->width; x++)
        run_sums(sums + x, across + x, image->height, w, reach);
    for (size_t i = 0; i < n; i++) {
        uint8_t *px = image->px + i * (size_t)image->channels;
        uint32_t mean = sums[i] / area;
        if (mean > DENSE_MOST)
            px[0] = px[1] = px[2] = (uint8_t)(px[0] * DENSE_MOST / mean);
    }
}

static ct_code fail_memory(struct ct_err *err)
{
    return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for a drawing.");
}

static ct_code thin(struct ct_image *image, int reach, struct ct_err *err)
{
    size_t n = (size_t)image->width * (size_t)image->height;
    uint32_t *sums = ct_reallocarray(NULL, n, sizeof(*sums));
    uint32_t *across = ct_reallocarray(NULL, n, sizeof(*across));
    bool complete = sums && across;
    if (complete)
        thin_by(image, reach, sums, across);
    ct_free(sums);
    ct_free(across);
    return complete ? CT_OK : fail_memory(err);
}

/* --- the whole --- */

static int looks_for(int samples)
{
    return samples < 6 ? 2 : samples < 20 ? 3 : 4;
}

static ct_code draw(struct sheet *s, const struct ct_world *sharp,
                    const struct ct_render_params *params, struct ct_err *err)
{
    struct ct_looks *l = &s->looks;
    int shorter = params->width < params->height ? params->width : params->height;
    l->unit = (float)(shorter * l->per_pixel) / 1024;
    /* A tracer of squares shows every thing's own colour, and its grid has half of what it is told
     * on each side. */
    CT_TRY(ct_tracer_init(&l->tracer, sharp,
                          &(struct ct_tracer_params){ .width = 2 * l->per_pixel * params->width,
                                                      .height = 2 * l->per_pixel * params->height,
                                                      .in_squares = true,
                                                      .samples = 1,
                                                      .cancel = params->cancel },
                          err));
    ct_cel_prepare(l);
    uint32_t tiles = (uint32_t)((params->width + TILE - 1) / TILE) *
                     (uint32_t)((params->height + TILE - 1) / TILE);
    ct_pool_for(params->pool, tiles, draw_tile, s);
    if (ct_tracer_cancelled(&l->tracer))
        return ct_fail(err, CT_E_CANCELLED, NULL, "The drawing was cancelled.");
    if (atomic_load(&s->failed))
        return fail_memory(err);
    if (s->drawn != CT_DRAWN_LINES)
        return CT_OK;
    return thin(s->image, (int)ct_maxf(DENSE_UNITS * (float)shorter / 1024, 1), err);
}

ct_code ct_render_drawn(struct ct_image **out, const struct ct_world *world, enum ct_drawn drawn,
                        const struct ct_render_params *params, struct ct_err *err)
{
    struct sheet s = { .drawn = drawn };
    struct ct_world sharp = *world;
    sharp.camera.aperture_cm = 0;
    s.looks.kernels = ct_render_kernels_best();
    s.looks.per_pixel = looks_for(params->samples);
    *out = NULL;
    CT_TRY(ct_image_new(&s.image, params->width, params->height, world->transparent ? 4 : 3, err));
    ct_code rc = draw(&s, &sharp, params, err);
    ct_tracer_release(&s.looks.tracer);
    if (rc == CT_OK)
        *out = s.image;
    else
        ct_image_unref(&s.image);
    return rc;
}
