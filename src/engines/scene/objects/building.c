/* Windows as blocks, roofs as prisms whose outline has a step for every row of tiles. Everything of
 * one stuff becomes one mesh: a house has hundreds of pieces and a dozen meshes. */
#include "engines/scene/objects/building.h"

#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#include <stddef.h>

#define BLOCKS_A_WINDOW 12

void ct_windows_put(struct ct_windows *w, enum ct_facade on, float x, float y, float z)
{
    if (w->n < CT_WINDOWS_MAX)
        w->place[w->n++] = (struct ct_window_place){ on, v3(x, y, z) };
}

/* A block in a wall's terms: along it, up, and out of it. */
static struct ct_block block(const struct ct_window_place *p, ct_v3 center, ct_v3 half)
{
    float out = p->on == CT_FACADE_BACK || p->on == CT_FACADE_LEFT ? -center.z : center.z;
    if (p->on == CT_FACADE_FRONT || p->on == CT_FACADE_BACK)
        return (struct ct_block){ v3_add(p->at, v3(center.x, center.y, out)), half };
    return (struct ct_block){ v3_add(p->at, v3(out, center.y, center.x)),
                              v3(half.z, half.y, half.x) };
}

static int put_frame(struct ct_block *out, int n, const struct ct_windows *w,
                     const struct ct_window_place *p)
{
    float f = w->frame / 2, hx = w->half_width, hy = w->half_height, d = 0.7f * f;
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        out[n++] = block(p, v3(s * (hx + f), 0, d / 2), v3(f, hy + 2 * f, d));
        out[n++] = block(p, v3(0, s * (hy + f), d / 2), v3(hx, f, d));
    }
    for (int i = 1; i < w->columns && i < 4; i++)
        out[n++] = block(p, v3(hx * (2 * (float)i / (float)w->columns - 1), 0, 0),
                         v3(0.45f * f, hy, 0.7f * d));
    for (int i = 1; i < w->rows && i < 5; i++)
        out[n++] = block(p, v3(0, hy * (2 * (float)i / (float)w->rows - 1), 0),
                         v3(hx, 0.45f * f, 0.7f * d));
    if (w->sill)
        out[n++] = block(p, v3(0, -hy - 2.4f * f, 1.2f * f), v3(hx + 3 * f, 0.6f * f, 1.6f * f));
    return n;
}

void ct_windows_add(struct ct_object_builder *b, const struct ct_windows *w, int frame, int glass)
{
    struct ct_block blocks[CT_WINDOWS_MAX * BLOCKS_A_WINDOW];
    int n = 0;
    for (int i = 0; i < w->n; i++)
        blocks[n++] = block(&w->place[i], v3(0, 0, 0),
                            v3(w->half_width, w->half_height, 0.12f * w->half_width));
    if (n > 0)
        ct_object_add_part(b, ct_shape_blocks(blocks, n, 0.004f, 1), glass);
    n = 0;
    for (int i = 0; i < w->n && w->frame > 0; i++)
        n = put_frame(blocks, n, w, &w->place[i]);
    if (n > 0)
        ct_object_add_part(b, ct_shape_blocks(blocks, n, 0.12f * w->frame, 1), frame);
}

int ct_window_glass(struct ct_object_builder *b)
{
    return ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.045f, 0.065f, 0.085f));
}

int ct_window_lit(struct ct_object_builder *b)
{
    struct ct_material lit;
    ct_material_make(&lit, &(struct ct_look){ .material = CT_MATERIAL_lacquer });
    lit.surface.base_color = v3(0.5f, 0.36f, 0.16f);
    lit.surface.emission = v3(0.85f, 0.50f, 0.16f);
    return ct_world_add_material(b->world, &lit);
}

void ct_gable_add(struct ct_object_builder *b, const struct ct_gable *g, int material)
{
    struct ct_corner outline[2 * 2 * 24 + 8];
    int n = 0, rows = g->rows < 1 ? 1 : g->rows > 24 ? 24 : g->rows;
    float lip = 0.28f * g->thickness;
    /* Counter-clockwise: underside from the left eave to the right, then up and down the tiles. */
    outline[n++] = (struct ct_corner){ -g->half_span, -g->thickness * 0.15f, 0 };
    outline[n++] = (struct ct_corner){ 0, g->rise - 0.1f * g->thickness, 0 };
    outline[n++] = (struct ct_corner){ g->half_span, -g->thickness * 0.15f, 0 };
    for (int i = 0; i < rows; i++) { /* up the right side */
        float t = (float)i / (float)rows, e = (float)(i + 1) / (float)rows;
        outline[n++] = (struct ct_corner){ g->half_span * (1 - t) + 0.1f * lip,
                                           g->rise * t + g->thickness + lip, 0 };
        outline[n++] = (struct ct_corner){ g->half_span * (1 - e) + 0.25f * lip,
                                           g->rise * e + g->thickness, 0 };
    }
    outline[n++] = (struct ct_corner){ 0, g->rise + g->thickness + 0.6f * lip, 0 };
    for (int i = rows - 1; i >= 0; i--) {
        float t = (float)i / (float)rows, e = (float)(i + 1) / (float)rows;
        outline[n++] = (struct ct_corner){ -g->half_span * (1 - e) - 0.25f * lip,
                                           g->rise * e + g->thickness, 0 };
        outline[n++] = (struct ct_corner){ -g->half_span * (1 - t) - 0.1f * lip,
                                           g->rise * t + g->thickness + lip, 0 };
    }
    outline[n++] = outline[0];
    struct ct_curve curve;
    ct_curve_fillet(&curve, outline, n, 1);
    struct ct_mesh *mesh =
        ct_shape_prism(&(struct ct_prism){ &curve, NULL, g->half_ridge, 0.02f * g->thickness, 20 });
    ct_model_mesh(b, mesh, v3(0, g->along_z ? 0 : CT_PI / 2, 0), g->at, material);
}

void ct_gable_walls(struct ct_object_builder *b, ct_v3 at, ct_v3 size, float rise, bool along_z,
                    int material)
{
    float span = along_z ? size.x : size.z, length = along_z ? size.z : size.x;
    const struct ct_corner outline[] = { { 0, 0, 0 },          { span, 0, 0 },
                                         { span, size.y, 0 },  { 0, size.y + rise, 0 },
                                         { -span, size.y, 0 }, { -span, 0, 0 },
                                         { 0, 0, 0 } };
    ct_model_plate(b,
                   (struct ct_model_plate){ outline, 7, length, 0.01f * length,
                                            v3(0, along_z ? 0 : CT_PI / 2, 0), at },
                   material);
}

static void add_arch(struct ct_object_builder *b, const struct ct_door *d, float wider, float depth,
                     int material)
{
    float w = d->half_width + wider, h = d->height + wider - (d->round ? w : 0);
    const struct ct_corner outline[] = {
        { 0, 0, 0 },
        { w, 0, 0 },
        { w, d->round ? h + w : h, d->round ? w * 0.98f : 0.06f * w },
        { -w, d->round ? h + w : h, d->round ? w * 0.98f : 0.06f * w },
        { -w, 0, 0 },
        { 0, 0, 0 }
    };
    ct_model_plate(b,
                   (struct ct_model_plate){ outline, 6, depth, ct_minf(0.12f * depth, 0.02f * w),
                                            v3(0, 0, 0), d->at },
                   material);
}

void ct_door_add(struct ct_object_builder *b, const struct ct_door *d, int leaf, int frame)
{
    float w = d->half_width, h = d->height, out = 0.10f * w;
    add_arch(b, d, 0.16f * w, 1.2f * out, frame);
    add_arch(b, d, 0, 1.9f * out, leaf);
    const struct ct_block panels[] = {
        { v3_add(d->at, v3(-0.46f * w, 0.27f * h, 1.9f * out)),
          { 0.32f * w, 0.17f * h, 0.4f * out } },
        { v3_add(d->at, v3(0.46f * w, 0.27f * h, 1.9f * out)),
          { 0.32f * w, 0.17f * h, 0.4f * out } },
        { v3_add(d->at, v3(-0.46f * w, 0.67f * h, 1.9f * out)),
          { 0.32f * w, 0.16f * h, 0.4f * out } },
        { v3_add(d->at, v3(0.46f * w, 0.67f * h, 1.9f * out)),
          { 0.32f * w, 0.16f * h, 0.4f * out } },
    };
    ct_model_blocks(b, panels, d->round ? 2 : 4, 0.2f * out, leaf);
    ct_model_ball(b, v3_add(d->at, v3(0.78f * w, 0.47f * h, 2.6f * out)),
                  v3(0.09f * w, 0.09f * w, 0.09f * w), ct_object_part(b, CT_MATERIAL_brass));
    /* From the ground up to the sill. */
    float y = d->at.y;
    const struct ct_block steps[] = {
        { { d->at.x, 0.75f * y, d->at.z + 0.8f * w }, { 1.5f * w, 0.25f * y, 0.9f * w } },
        { { d->at.x, 0.25f * y, d->at.z + 1.1f * w }, { 1.8f * w, 0.25f * y, 1.2f * w } },
    };
    if (y > 0)
        ct_model_blocks(b, steps, 2, 0.1f * y,
                        ct_object_part_colored(b, CT_MATERIAL_concrete, v3(0.42f, 0.40f, 0.38f)));
}

void ct_chimney_add(struct ct_object_builder *b, ct_v3 top, float r, float height)
{
    const struct ct_block cap[] = {
        { { top.x, top.y - 0.25f * r, top.z }, { 1.22f * r, 0.25f * r, 1.22f * r } },
    };
    ct_model_box(b, v3(top.x, top.y - height / 2 - 0.3f * r, top.z), v3(r, height / 2, r),
                 0.03f * r, ct_object_part(b, CT_MATERIAL_brick));
    ct_model_blocks(b, cap, 1, 0.05f * r,
                    ct_object_part_colored(b, CT_MATERIAL_concrete, v3(0.40f, 0.39f, 0.37f)));
}

struct bush {
    float radius;
    float shift;
};

static ct_v3 bush_at(const void *ctx, float u, float v)
{
    const struct bush *bush = ctx;
    float su, cu, sv, cv, foot = ct_minf(v / 0.12f, 1); /* below: the flat underside */
    ct_sincosf(2 * CT_PI * u, &su, &cu);
    ct_sincosf(CT_PI / 2 * ct_maxf((v - 0.12f) / 0.88f, 0), &sv, &cv);
    ct_v3 n = v >= 1 ? v3(0, 1, 0) : v3(cv * cu, sv, cv * su);
    ct_v3 q = v3_add(v3_scale(n, 2.6f), v3(bush->shift, 0, 0));
    float r = bush->radius * (0.94f + 0.16f * ct_noise3(q) + 0.08f * ct_noise3(v3_scale(q, 2.1f)));
    return v <= 0 ? v3(0, 0, 0) : v3(n.x * r * foot, n.y * r, n.z * r * foot);
}

void ct_bush_add(struct ct_object_builder *b, ct_v3 at, float radius, int k)
{
    struct bush bush = { radius, 7.3f * (float)k + (float)(b->seed & 63) };
    ct_model_mesh(b, ct_shape_grid(&(struct ct_grid){ 40, 18, true, bush_at, &bush, NULL }),
                  v3(0, 0, 0), at,
                  ct_object_part_colored(b, CT_MATERIAL_foliage, v3(0.07f, 0.15f, 0.045f)));
}
