/* A Bordeaux bottle: green glass over red wine, a paper label, a foil capsule. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/parts.h"
#include "engines/scene/objects/vessel.h"

#include <stddef.h>

#define RADIUS 3.75f
#define SHOULDER_Y 19.0f
#define NECK_RADIUS 1.45f
#define HEIGHT 30.0f
#define LEVEL 24.2f
#define LABEL_FROM 5.6f
#define LABEL_TO 15.2f
#define LABEL_HALF_ANGLE 1.22f /* to each side of the front */
#define FOIL_FROM 23.4f

const struct ct_object_shape ct_object_wine_bottle_shape = {
    .min = { -RADIUS, 0, -RADIUS },
    .max = { RADIUS, HEIGHT, RADIUS },
    .on_y = HEIGHT,
    .yaw = 0.25f,
    .label = { CT_DECAL_ROUND, { 0, (LABEL_FROM + LABEL_TO) / 2, RADIUS }, 3.3f, 4.0f },
};

static ct_v3 label_at(const void *ctx, float u, float v)
{
    float angle = CT_PI / 2 + LABEL_HALF_ANGLE * (2 * u - 1), s, c, r = RADIUS + 0.015f;
    ct_sincosf(angle, &s, &c);
    return v3(r * c, ct_lerp(LABEL_FROM, LABEL_TO, v), r * s);
}

/* Cream paper, a double rule in gold around the edge, a disc of gold: no words of our own. */
static void label_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    float x = (at->u - 0.5f) * 2 * LABEL_HALF_ANGLE * RADIUS, y = at->local.y - LABEL_FROM;
    float width = LABEL_HALF_ANGLE * RADIUS, height = LABEL_TO - LABEL_FROM;
    float edge = ct_minf(width - fabsf(x), ct_minf(y, height - y));
    float from_seal = ct_hypotf(x, y - 0.62f * height);
    bool rule = (edge > 0.35f && edge < 0.43f) || (edge > 0.52f && edge < 0.55f);
    bool seal = from_seal < 1.15f || (from_seal > 1.3f && from_seal < 1.36f);
    bool line = fabsf(x) < 2.1f && fabsf(y - 0.28f * height) < 0.03f;
    if (rule || seal || line) {
        s->base_color = m->color2;
        s->metallic = 1;
        s->roughness = 0.3f;
    }
}

static void add_label(struct ct_object_builder *b)
{
    struct ct_material m;
    ct_material_make(&m, &(struct ct_look){ .material = CT_MATERIAL_paper,
                                            .has_color = true,
                                            .color = { 0.90f, 0.86f, 0.76f } });
    m.texture = label_texture;
    m.color2 = v3(0.83f, 0.58f, 0.22f);
    struct ct_mesh *label = ct_shape_grid(&(struct ct_grid){ 64, 2, false, label_at, NULL });
    ct_object_add_part(b, label, ct_world_add_material(b->world, &m));
}

static void add_foil(struct ct_object_builder *b)
{
    static const struct ct_corner profile[] = {
        { NECK_RADIUS + 0.01f, FOIL_FROM, 0 }, { NECK_RADIUS + 0.05f, FOIL_FROM, 0.03f },
        { NECK_RADIUS + 0.05f, 28.2f, 0.05f }, { NECK_RADIUS + 0.22f, 28.35f, 0.1f },
        { NECK_RADIUS + 0.22f, 29.1f, 0.1f },  { NECK_RADIUS + 0.08f, 29.25f, 0.1f },
        { NECK_RADIUS + 0.06f, HEIGHT, 0.2f }, { 0, HEIGHT, 0 },
    };
    int foil = ct_object_part_colored(b, CT_MATERIAL_powder_coat, v3(0.16f, 0.010f, 0.018f));
    ct_part_turned(b, profile, 8, foil);
}

void ct_object_wine_bottle(struct ct_object_builder *b)
{
    static const struct ct_corner outer[] = {
        { 0, 1.9f, 0 },
        { 1.2f, 1.6f, 0.8f },
        { 2.7f, 0, 0.3f },
        { 3.3f, 0, 0.3f },
        { RADIUS, 0.5f, 0.5f },
        { RADIUS, SHOULDER_Y, 2.6f },
        { NECK_RADIUS, 22.4f, 2.2f },
        { NECK_RADIUS, 29.6f, 0 },
    };
    struct ct_scene3_object filled = *b->object;
    struct ct_object_builder own = *b;
    if (filled.contents == CT_MATERIAL_NONE)
        filled.contents = CT_MATERIAL_red_wine;
    own.object = &filled;
    own.body = ct_part_body(b, v3(0.09f, 0.20f, 0.05f));
    struct ct_vessel vessel = { .level = LEVEL, .crease_deg = 50, .segments = 128 };
    ct_curve_fillet(&vessel.outer, outer, 8, 14);
    ct_vessel_hollow(&vessel, 0.3f, 2.4f);
    ct_vessel_add(&own, &vessel);
    if (!b->object->text.ptr) /* else it has a label of its own words */
        add_label(b);
    add_foil(b);
}
