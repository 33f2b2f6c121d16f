/* See outline.h. Called on a runner thread; tiles are worked on by the pool.
 *
 * Each tile and a margin are looked at on a grid finer than pixels (ct_glance_at). Lines are then
 * found between looks, in three weights, as a draughtsman has pens (the features are those of
 * Saito and Takahashi 1990, "Comprehensible rendering of 3-D shapes"):
 *
 *   outlines  two things, or two depths of one: a disc is stamped, thinner the farther it is
 *   creases   the surface turns by much within the width of a line
 *   marks     its colour changes: lettering, labels, patterns
 *
 * Foliage gets outlines around its crowns only. Where ink would still fill more than a part of a
 * neighbourhood, as among spokes, it is thinned to that part: a tone instead of a black patch. */
#include "engines/scene/render/outline.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/render/kernels.h"

#include <string.h>

#define TILE 64
#define OUTLINE_UNITS 1.35f /* radius of the widest line, in 1/1024 of the shorter side */
#define CREASE_UNITS 1.1f   /* each way that a turn is measured over */
#define CREASE_FROM 0.38f   /* radians turned: the first trace of a line, */
#define CREASE_TO 0.80f     /* and all of it */
#define MARK_FROM 0.16f     /* difference in luma, likewise */
#define MARK_TO 0.34f
#define JUMP 0.004f         /* in logarithm of depth, over what the slope explains */
#define LOOSE 0.8           /* triangles a vertex */
#define LOOSE_LEAST 300     /* triangles */
#define CROWN 0.2f          /* in logarithm of depth: from a tree to what is behind it */
#define FAR_THIN 0.35f      /* a line at the horizon beside one in focus */
#define DENSE_UNITS 14.0f   /* half side of a neighbourhood */
#define DENSE_MOST 92       /* of 255: the ink it may hold */

struct sheet {
    const struct ct_render_kernels *kernels;
    struct ct_tracer tracer; /* its grid is that of the looks */
    struct ct_image *image;
    int looks;  /* along each side of a pixel */
    int reach;  /* looks: each way that a crease is measured over */
    float radius; /* looks: of the widest line */
    int margin; /* looks around a tile */
    atomic_int failed;
};

/* One tile's looks, and the ink found at each. */
struct plot {
    const struct sheet *sheet;
    struct ct_glance *glances;
    float *ink;
    int side;   /* of the square of looks, margin included */
    int x0, y0; /* the first look, in the grid */
};

static const struct ct_glance *look(const struct plot *p, int i)
{
    return p->glances + i;
}

static float luma(const struct ct_glance *g)
{
    return 0.2126f * (g->albedo.x + g->light.x) + 0.7152f * (g->albedo.y + g->light.y) +
           0.0722f * (g->albedo.z + g->light.z);
}

static bool is_same(const struct ct_glance *a, const struct ct_glance *b)
{
    return a->instance == b->instance && a->ground == b->ground;
}

/* --- what is a line --- */

/* Foliage and grass: so many loose triangles that a line around each would be a scribble. A net of
 * triangles has about two for each of its vertices. */
static bool is_loose(const struct plot *p, const struct ct_glance *g)
{
    if (g->instance < 0)
        return false;
    const struct ct_instance *instance = p->sheet->tracer.world->instances + g->instance;
    const struct ct_mesh *mesh = instance->mesh;
    return instance->object < 0 && mesh->n_triangles > LOOSE_LEAST &&
           mesh->n_triangles < LOOSE * mesh->n_vertices;
}

/* Does one depth of a thing end between looks i and i + step? Slopes on both sides explain what a
 * plane at a grazing angle does. */
static bool hides_itself(const struct plot *p, int i, int step)
{
    const struct ct_glance *a = look(p, i), *b = look(p, i + step);
    const struct ct_glance *before = look(p, i - step), *after = look(p, i + 2 * step);
    float jump = fabsf(b->depth - a->depth), slope = 0;
    if (is_same(a, before))
        slope = fabsf(a->depth - before->depth);
    if (is_same(b, after))
        slope = ct_maxf(slope, fabsf(after->depth - b->depth));
    return jump > 4 * slope + JUMP;
}

static bool ends_between(const struct plot *p, int i, int step)
{
    const struct ct_glance *a = look(p, i), *b = look(p, i + step);
    if (is_loose(p, a) || is_loose(p, b))
        return !is_same(a, b) && fabsf(a->depth - b->depth) > CROWN;
    return !is_same(a, b) || hides_itself(p, i, step);
}

static float crease_at(const struct plot *p, int i, int step)
{
    int reach = p->sheet->reach;
    const struct ct_glance *a = look(p, i - reach * step), *b = look(p, i + reach * step);
    if (!is_same(a, b) || !is_same(a, look(p, i)) || a->instance < 0 || is_loose(p, a))
        return 0;
    ct_v3 turn = v3_sub(a->form, b->form); /* its length is 2 sin(angle / 2) */
    return 0.85f * ct_smoothstep(CREASE_FROM, CREASE_TO, v3_len(turn));
}

/* Of the backdrop only shapes are drawn: the grain of a table is no mark. */
static float mark_at(const struct plot *p, int i, int step)
{
    const struct ct_glance *a = look(p, i - step), *b = look(p, i + step);
    if (!is_same(a, b) || a->instance < 0 || a->glass ||
        p->sheet->tracer.world->instances[a->instance].object < 0)
        return 0;
    return 0.8f * ct_smoothstep(MARK_FROM, MARK_TO, fabsf(luma(a) - luma(b)));
}

/* --- a tile --- */

/* Lines are thinner the farther they are: as deep as the focus or nearer, whole. */
static float radius_at(const struct plot *p, int i, int j)
{
    float near = ct_minf(look(p, i)->depth, look(p, j)->depth);
    float focus = ct_logf(ct_maxf(p->sheet->tracer.focus, 1e-3f));
    return p->sheet->radius * ct_clampf(1 - 0.25f * ct_maxf(near - focus - 0.4f, 0), FAR_THIN, 1);
}

static void stamp(struct plot *p, int i, float radius)
{
    int r = (int)radius + 1, cx = i % p->side, cy = i / p->side;
    for (int y = -r; y <= r; y++) {
        for (int x = -r; x <= r; x++) {
            if (cx + x < 0 || cy + y < 0 || cx + x >= p->side || cy + y >= p->side)
                continue;
            float away = sqrtf((float)(x * x + y * y));
            float *ink = p->ink + i + y * p->side + x;
            *ink = ct_maxf(*ink, ct_clampf(radius + 0.5f - away, 0, 1));
        }
    }
}

static void find_lines(struct plot *p)
{
    int rim = p->sheet->reach > 2 ? p->sheet->reach : 2;
    for (int y = rim; y < p->side - rim; y++) {
        for (int x = rim; x < p->side - rim; x++) {
            int i = y * p->side + x;
            float soft = ct_maxf(crease_at(p, i, 1), crease_at(p, i, p->side));
            soft = ct_maxf(soft, ct_maxf(mark_at(p, i, 1), mark_at(p, i, p->side)));
            p->ink[i] = ct_maxf(p->ink[i], soft);
            if (ends_between(p, i, 1))
                stamp(p, i, radius_at(p, i, i + 1));
            if (ends_between(p, i, p->side))
                stamp(p, i, radius_at(p, i, i + p->side));
        }
    }
}

static uint8_t byte_of(float v)
{
    return (uint8_t)(ct_clampf(v, 0, 1) * 255 + 0.5f);
}

/* The mean of a pixel's looks. */
static void store_pixel(const struct plot *p, int x, int y)
{
    struct ct_image *image = p->sheet->image;
    int looks = p->sheet->looks, first_x = x * looks - p->x0, first_y = y * looks - p->y0;
    float ink = 0, covered = 0;
    for (int j = 0; j < looks; j++) {
        for (int i = 0; i < looks; i++) {
            int at = (first_y + j) * p->side + first_x + i;
            ink += p->ink[at];
            covered += look(p, at)->ground ? p->ink[at] : 1;
        }
    }
    uint8_t *px = image->px + ((size_t)y * (size_t)image->width + (size_t)x) * (size_t)image->channels;
    px[0] = px[1] = px[2] = byte_of(ink / (float)(looks * looks));
    if (image->channels == 4)
        px[3] = byte_of(covered / (float)(looks * looks));
}

static void look_around(struct plot *p)
{
    const struct sheet *s = p->sheet;
    for (int y = 0; y < p->side && !ct_tracer_cancelled(&s->tracer); y++)
        for (int x = 0; x < p->side; x++)
            s->kernels->glance(p->glances + y * p->side + x, &s->tracer,
                               v2((float)(p->x0 + x) + 0.5f, (float)(p->y0 + y) + 0.5f));
}

static void draw_tile(void *ctx, uint32_t index)
{
    struct sheet *s = ctx;
    int across = (s->image->width + TILE - 1) / TILE;
    int x0 = (int)index % across * TILE, y0 = (int)index / across * TILE;
    int side = TILE * s->looks + 2 * s->margin;
    struct plot p = { .sheet = s, .side = side };
    p.x0 = x0 * s->looks - s->margin;
    p.y0 = y0 * s->looks - s->margin;
    p.glances = ct_reallocarray(NULL, (size_t)side * (size_t)side, sizeof(*p.glances));
    p.ink = ct_calloc((size_t)side * (size_t)side, sizeof(*p.ink));
    if (p.glances && p.ink) {
        look_around(&p);
        find_lines(&p);
        for (int y = y0; y < y0 + TILE && y < s->image->height; y++)
            for (int x = x0; x < x0 + TILE && x < s->image->width; x++)
                store_pixel(&p, x, y);
    } else {
        atomic_store(&s->failed, 1);
    }
    ct_free(p.glances);
    ct_free(p.ink);
}

/* --- tones instead of black patches --- */

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

static ct_code thin(struct ct_image *image, int reach, struct ct_err *err)
{
    size_t n = (size_t)image->width * (size_t)image->height, w = (size_t)image->width;
    uint32_t *sums = ct_reallocarray(NULL, n, sizeof(*sums));
    uint32_t *across = ct_reallocarray(NULL, n, sizeof(*across));
    uint32_t area = (uint32_t)(2 * reach + 1) * (uint32_t)(2 * reach + 1);
    if (sums && across) {
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
    bool complete = sums && across;
    ct_free(sums);
    ct_free(across);
    return complete ? CT_OK : ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for a line drawing.");
}

/* --- the whole --- */

static int looks_for(int samples)
{
    return samples < 6 ? 2 : samples < 20 ? 3 : 4;
}

static ct_code draw(struct sheet *s, const struct ct_world *sharp,
                    const struct ct_render_params *params, struct ct_err *err)
{
    int shorter = params->width < params->height ? params->width : params->height;
    float unit = (float)shorter / 1024, per_unit = unit * (float)s->looks;
    s->radius = ct_maxf(OUTLINE_UNITS * per_unit, 0.5f * (float)s->looks);
    s->reach = (int)(CREASE_UNITS * per_unit + 0.5f);
    s->reach = s->reach < 1 ? 1 : s->reach;
    s->margin = (int)s->radius + s->reach + 4;
    /* A tracer of squares shows every thing's own colour, and its grid has half of what it is told
     * on each side. */
    CT_TRY(ct_tracer_init(&s->tracer, sharp,
                          &(struct ct_tracer_params){ .width = 2 * s->looks * params->width,
                                                      .height = 2 * s->looks * params->height,
                                                      .in_squares = true,
                                                      .samples = 1,
                                                      .cancel = params->cancel },
                          err));
    uint32_t tiles = (uint32_t)((params->width + TILE - 1) / TILE) *
                     (uint32_t)((params->height + TILE - 1) / TILE);
    ct_pool_for(params->pool, tiles, draw_tile, s);
    if (ct_tracer_cancelled(&s->tracer))
        return ct_fail(err, CT_E_CANCELLED, NULL, "The drawing was cancelled.");
    if (atomic_load(&s->failed))
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for a line drawing.");
    return thin(s->image, (int)ct_maxf(DENSE_UNITS * unit, 1), err);
}

ct_code ct_render_outlines(struct ct_image **out, const struct ct_world *world,
                           const struct ct_render_params *params, struct ct_err *err)
{
    struct sheet s = { .kernels = ct_render_kernels_best(), .looks = looks_for(params->samples) };
    struct ct_world sharp = *world;
    sharp.camera.aperture_cm = 0;
    *out = NULL;
    CT_TRY(ct_image_new(&s.image, params->width, params->height, world->transparent ? 4 : 3, err));
    ct_code rc = draw(&s, &sharp, params, err);
    ct_tracer_release(&s.tracer);
    if (rc == CT_OK)
        *out = s.image;
    else
        ct_image_unref(&s.image);
    return rc;
}
