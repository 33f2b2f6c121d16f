/* See coverage.h. Called by edits on a runner thread; rows are worked on by the pool.
 *
 * Looks only within the rectangle that the things' corners are projected into. A first pass sends
 * four rays through each pixel; pixels where they disagree, and the neighbours of such, get
 * sixteen: outlines are what the fractions are for. */
#include "engines/scene/render/coverage.h"

#include "base/mem.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/render/kernels.h"
#include "engines/scene/render/lens.h"

#define FAR 1e30f

struct survey {
    const struct ct_render_kernels *kernels;
    struct ct_tracer tracer;
    const struct ct_world *world;
    const bool *chosen;
    int n_objects;
    uint32_t seed;
    struct ct_mask_box box;
    uint8_t *few; /* rays of four that met, over the box */
    struct ct_mask *mask;
};

static bool is_chosen(const struct survey *s, int object)
{
    return object >= 0 && object < s->n_objects && s->chosen[object];
}

/* --- where to look --- */

static void widen(struct ct_mask_box *box, float x0, float y0, float x1, float y1)
{
    const float far = 1e6f; /* floats beyond it do not fit an int */
    box->x0 = (int)ct_minf((float)box->x0, ct_clampf(x0, -far, far));
    box->y0 = (int)ct_minf((float)box->y0, ct_clampf(y0, -far, far));
    box->x1 = (int)ct_maxf((float)box->x1, ct_clampf(x1, -far, far));
    box->y1 = (int)ct_maxf((float)box->y1, ct_clampf(y1, -far, far));
}

/* Adds the pixels a point may be seen in; false when it is too near to say. */
static bool add_point(struct ct_mask_box *box, const struct ct_tracer *t, ct_v3 p)
{
    const struct ct_camera *camera = &t->world->camera;
    ct_v3 d = v3_sub(p, t->eye);
    float depth = camera->orthographic ? 1 : v3_dot(d, t->forward);
    if (!(depth > 1e-3f))
        return false;
    float x = v3_dot(d, t->right) / depth - camera->shift_x * t->half_height;
    float y = v3_dot(d, t->up) / depth / t->half_height - camera->shift_y;
    float blur =
        t->aperture > 0 ? t->aperture * fabsf(1 / depth - 1 / t->focus) / t->half_height : 0;
    float px = (x / t->half_width + 1) / 2 * (float)t->width;
    float py = (1 - y) / 2 * (float)t->height, r = blur / 2 * (float)t->height + 2;
    widen(box, px - r - 1, py - r - 1, px + r + 1, py + r + 1);
    return true;
}

static void find_box(struct survey *s)
{
    const struct ct_tracer *t = &s->tracer;
    struct ct_mask_box box = { t->width, t->height, 0, 0 };
    bool known = true;
    for (int i = 0; i < s->world->n_instances; i++) {
        const struct ct_mesh *mesh = s->world->instances[i].mesh;
        if (!is_chosen(s, s->world->instances[i].object))
            continue;
        for (uint32_t v = 0; v < mesh->n_vertices; v++)
            known = add_point(&box, t, ct_mesh_position(mesh, v)) && known;
    }
    if (!known)
        box = (struct ct_mask_box){ 0, 0, t->width, t->height };
    box.x0 = box.x0 < 0 ? 0 : box.x0;
    box.y0 = box.y0 < 0 ? 0 : box.y0;
    box.x1 = box.x1 > t->width ? t->width : box.x1;
    box.y1 = box.y1 > t->height ? t->height : box.y1;
    s->box = box;
}

/* --- looking --- */

/* Ray k of n x n through the pixel, each in its own cell of the pixel and of the lens. */
static bool meets(const struct survey *s, int x, int y, int k, int n)
{
    uint32_t h =
        ct_hash32_combine(ct_hash32((uint32_t)x | (uint32_t)y << 16), s->seed + (uint32_t)k);
    uint32_t h2 = ct_hash32(h + 1), h3 = ct_hash32(h2 + 1), h4 = ct_hash32(h3 + 1);
    float cell = 1.0f / (float)n;
    ct_v2 film = v2(((float)(k % n) + ct_hash32_unit(h)) * cell,
                    ((float)(k / n) + ct_hash32_unit(h2)) * cell);
    ct_v2 lens = v2(ct_hash32_unit(h3), ct_hash32_unit(h4));
    ct_v3 origin, direction;
    struct ct_hit hit;
    ct_lens_ray(&s->tracer, ct_lens_place(x, y, film), lens, &origin, &direction);
    return s->kernels->nearest(&s->tracer.bvh, origin, direction, FAR, &hit) &&
           is_chosen(s, s->world->instances[hit.instance].object);
}

static int box_width(const struct survey *s)
{
    return s->box.x1 - s->box.x0;
}

static void look_row(void *ctx, uint32_t row)
{
    struct survey *s = ctx;
    uint8_t *few = s->few + (size_t)row * (size_t)box_width(s);
    for (int x = s->box.x0; x < s->box.x1 && !ct_tracer_cancelled(&s->tracer); x++)
        for (int k = 0; k < 4; k++)
            few[x - s->box.x0] += meets(s, x, s->box.y0 + (int)row, k, 2);
}

/* Do the pixel and those around it agree on all or nothing? */
static bool agrees(const struct survey *s, int bx, int by)
{
    int w = box_width(s), h = s->box.y1 - s->box.y0;
    uint8_t here = s->few[by * w + bx];
    if (here != 0 && here != 4)
        return false;
    for (int y = by > 0 ? by - 1 : 0; y <= by + 1 && y < h; y++)
        for (int x = bx > 0 ? bx - 1 : 0; x <= bx + 1 && x < w; x++)
            if (s->few[y * w + x] != here)
                return false;
    return true;
}

static void fill_row(void *ctx, uint32_t row)
{
    struct survey *s = ctx;
    int y = s->box.y0 + (int)row;
    uint8_t *out = s->mask->px + (size_t)y * (size_t)s->mask->width;
    for (int x = s->box.x0; x < s->box.x1 && !ct_tracer_cancelled(&s->tracer); x++) {
        int bx = x - s->box.x0, met = 0;
        if (agrees(s, bx, (int)row)) {
            out[x] = s->few[(int)row * box_width(s) + bx] ? 255 : 0;
            continue;
        }
        for (int k = 0; k < 16; k++)
            met += meets(s, x, y, k, 4);
        out[x] = (uint8_t)(met * 255 / 16);
    }
}

static ct_code look(struct survey *s, const struct ct_render_params *params, struct ct_err *err)
{
    find_box(s);
    if (s->box.x1 <= s->box.x0 || s->box.y1 <= s->box.y0)
        return CT_OK; /* out of the picture */
    uint32_t rows = (uint32_t)(s->box.y1 - s->box.y0);
    s->few = ct_calloc((size_t)rows, (size_t)box_width(s));
    if (!s->few)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while looking for what changes.");
    ct_pool_for(params->pool, rows, look_row, s);
    ct_pool_for(params->pool, rows, fill_row, s);
    if (ct_tracer_cancelled(&s->tracer))
        return ct_fail(err, CT_E_CANCELLED, NULL, "The drawing was cancelled.");
    return CT_OK;
}

ct_code ct_render_coverage(struct ct_mask **out, const struct ct_world *world, const bool *chosen,
                           int n_objects, const struct ct_render_params *params,
                           struct ct_err *err)
{
    struct survey s = {
        .kernels = ct_render_kernels_best(),
        .world = world,
        .chosen = chosen,
        .n_objects = n_objects,
        .seed = params->seed,
    };
    *out = NULL;
    CT_TRY(ct_mask_new(&s.mask, params->width, params->height, err));
    ct_code rc = ct_tracer_init(&s.tracer, world,
                                &(struct ct_tracer_params){ .width = params->width,
                                                            .height = params->height,
                                                            .samples = 16,
                                                            .seed = params->seed,
                                                            .cancel = params->cancel },
                                err);
    if (rc == CT_OK)
        rc = look(&s, params, err);
    ct_tracer_release(&s.tracer);
    ct_free(s.few);
    if (rc == CT_OK)
        *out = s.mask;
    else
        ct_mask_free(&s.mask);
    return rc;
}

/* --- glimpses --- */

struct peek {
    const struct ct_render_kernels *kernels;
    struct ct_tracer tracer;
    struct ct_glimpse *out;
};

static void peek_row(void *ctx, uint32_t row)
{
    struct peek *p = ctx;
    const struct ct_tracer *t = &p->tracer;
    for (int x = 0; x < t->width && !ct_tracer_cancelled(t); x++) {
        struct ct_glimpse *g = &p->out[(size_t)row * (size_t)t->width + (size_t)x];
        ct_v3 origin, direction;
        struct ct_hit hit;
        ct_lens_ray(t, v2((float)x + 0.5f, (float)row + 0.5f), v2(0, 0), &origin, &direction);
        *g = (struct ct_glimpse){ .object = -1 };
        g->met = p->kernels->nearest(&t->bvh, origin, direction, FAR, &hit);
        if (!g->met)
            continue;
        g->object = t->world->instances[hit.instance].object;
        g->at = v3_mad(direction, hit.t, origin);
    }
}

ct_code ct_render_glimpses(struct ct_glimpse *out, const struct ct_world *world,
                           const struct ct_render_params *params, struct ct_err *err)
{
    struct peek p = { .kernels = ct_render_kernels_best(), .out = out };
    ct_code rc = ct_tracer_init(&p.tracer, world,
                                &(struct ct_tracer_params){ .width = params->width,
                                                            .height = params->height,
                                                            .samples = 1,
                                                            .seed = params->seed,
                                                            .cancel = params->cancel },
                                err);
    if (rc == CT_OK) {
        ct_pool_for(params->pool, (uint32_t)params->height, peek_row, &p);
        if (ct_tracer_cancelled(&p.tracer))
            rc = ct_fail(err, CT_E_CANCELLED, NULL, "The drawing was cancelled.");
    }
    ct_tracer_release(&p.tracer);
    return rc;
}
