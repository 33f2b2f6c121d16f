/* A serum bottle: amber glass, a golden collar, a black rubber teat over a glass pipette. */
#include "engines/scene/objects/parts.h"
#include "engines/scene/objects/vessel.h"

#define RADIUS 1.75f
#define NECK_RADIUS 0.85f
#define RIM_Y 7.1f
#define HEIGHT 10.6f
#define LEVEL 5.0f

const struct ct_object_shape ct_object_dropper_bottle_shape = {
    .min = { -RADIUS, 0, -RADIUS },
    .max = { RADIUS, HEIGHT, RADIUS },
    .on_y = HEIGHT,
    .label = { CT_DECAL_ROUND, { 0, 2.95f, RADIUS }, 1.45f, 1.6f },
};

static void add_top(struct ct_object_builder *b)
{
    static const struct ct_corner collar[] = {
        { 0, RIM_Y + 0.02f, 0 },
        { NECK_RADIUS + 0.03f, RIM_Y + 0.02f, 0.02f },
        { NECK_RADIUS + 0.03f, 6.3f, 0 },
        { 1.12f, 6.3f, 0.03f },
        { 1.12f, 7.65f, 0.1f },
        { 0.75f, 7.65f, 0.03f },
        { 0, 7.65f, 0 },
    };
    static const struct ct_corner teat[] = {
        { 0, 7.6f, 0 },         { 0.72f, 7.6f, 0 },    { 0.72f, 7.85f, 0.08f },
        { 0.62f, 8.0f, 0.08f }, { 0.60f, 9.4f, 0.8f }, { 0.52f, HEIGHT - 0.1f, 0.42f },
        { 0, HEIGHT, 0 },
    };
    ct_part_turned(b, collar, 7, ct_object_part(b, CT_MATERIAL_gold));
    int rubber = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.004f, 0.004f, 0.004f));
    ct_part_turned(b, teat, 7, rubber);
}

void ct_object_dropper_bottle(struct ct_object_builder *b)
{
    static const struct ct_corner profile[] = {
        { 0, 0.1f, 0 },
        { 1.2f, 0.08f, 0.2f },
        { 1.4f, 0, 0.1f },
        { RADIUS, 0, 0.22f },
        { RADIUS, 5.7f, 0.75f },
        { NECK_RADIUS, 6.1f, 0.25f },
        { NECK_RADIUS, RIM_Y, 0.06f },
        { NECK_RADIUS - 0.2f, RIM_Y, 0.06f },
        { NECK_RADIUS - 0.2f, 6.0f, 0.25f },
        { RADIUS - 0.2f, 5.5f, 0.6f },
        { RADIUS - 0.2f, 0.4f, 0.3f },
        { 0, 0.4f, 0 },
    };
    struct ct_scene3_object filled = *b->object;
    struct ct_object_builder own = *b;
    if (filled.contents == CT_MATERIAL_NONE)
        filled.contents = CT_MATERIAL_water;
    own.object = &filled;
    own.body = ct_part_body(b, v3(0.46f, 0.13f, 0.012f));
    struct ct_vessel vessel = { .level = LEVEL, .crease_deg = 50, .segments = 112 };
    struct ct_curve curve;
    ct_curve_fillet(&curve, profile, 12, 10);
    ct_vessel_split(&vessel, &curve);
    ct_vessel_add(&own, &vessel);
    add_top(b);
}
