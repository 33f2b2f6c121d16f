/* A book that lies open: two blocks of leaves that rise from the gutter, printed, on its boards. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/model.h"

#define WIDTH 14.0f /* of a page */
#define DEPTH 10.0f /* half of one */
#define BOARD 0.3f
#define STEPS 48

const struct ct_object_shape ct_object_open_book_shape = {
    .min = { -WIDTH - 0.5f, 0, -DEPTH - 0.4f },
    .max = { WIDTH + 0.5f, 2.8f, DEPTH + 0.4f },
    .on_y = 2.6f,
    .on_radius = 5,
    .yaw = 0.3f,
};

/* How high the leaves lie `x` from the gutter: they dive into it and fall to the edge. */
static float leaf_height(float x)
{
    float t = x / WIDTH;
    return BOARD + 0.35f + 2.2f * ct_smoothstep(-0.04f, 0.3f, t) - 0.75f * t * t;
}

/* The section through the leaves of one side, counter-clockwise. */
static void leaves_section(struct ct_curve *c, int side)
{
    ct_curve_add(c, v2(side > 0 ? 0 : -WIDTH, BOARD));
    ct_curve_add(c, v2(side > 0 ? WIDTH : 0, BOARD));
    for (int i = 0; i <= STEPS; i++) {
        float x = WIDTH * (float)(side > 0 ? STEPS - i : i) / STEPS; /* leftwards */
        ct_curve_add(c, v2((float)side * x, leaf_height(x)));
    }
}

/* Lines of words on the upper side, within margins; paragraphs end early. */
static void printed(const struct ct_material *m, const struct ct_shade_point *at,
                    struct ct_surface *s)
{
    float x = fabsf(at->local.x), z = at->local.z;
    if (at->geometric_normal.y < 0.5f || x < 2.2f || x > WIDTH - 1.6f || fabsf(z) > DEPTH - 1.8f)
        return;
    float line = (z + DEPTH) / 0.62f, row = ct_floorf(line), along = line - row;
    uint32_t h = ct_hash32_combine((uint32_t)(int32_t)row, at->local.x > 0 ? 7u : 3u);
    float end = ct_hash32_unit(h) < 0.2f ? 0.35f + 0.4f * ct_hash32_unit(ct_hash32(h)) : 1;
    float from = at->local.x > 0 ? x - 2.2f : WIDTH - 1.6f - x; /* from the left */
    bool word = ct_noise3(v3(from * 1.25f, row * 7.1f, 3)) > -0.32f;
    if (!word || from > end * (WIDTH - 3.8f) || along < 0.34f || along > 0.66f)
        return;
    s->base_color = v3_lerp(s->base_color, m->color2, 0.62f);
}

void ct_object_open_book(struct ct_object_builder *b)
{
    int cover = ct_part_body(b, v3(0.20f, 0.045f, 0.04f));
    struct ct_material paper;
    ct_material_make(&paper, &(struct ct_look){ .material = CT_MATERIAL_matte,
                                                .has_color = true,
                                                .color = { 0.86f, 0.82f, 0.72f } });
    paper.texture = printed;
    paper.color2 = v3(0.06f, 0.055f, 0.05f);
    int pages = ct_world_add_material(b->world, &paper);
    for (int side = -1; side <= 1; side += 2) {
        struct ct_curve section = { .n = 0 };
        leaves_section(&section, side);
        ct_object_add_part(
            b, ct_shape_prism(&(struct ct_prism){ &section, NULL, DEPTH, 0.03f, 40 }), pages);
        ct_model_box(b, v3((float)side * (WIDTH / 2 + 0.25f), BOARD / 2, 0),
                     v3(WIDTH / 2 + 0.25f, BOARD / 2, DEPTH + 0.4f), 0.1f, cover);
    }
}
