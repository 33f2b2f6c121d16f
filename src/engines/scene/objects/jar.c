/* A preserving jar with a screw lid: glass unless told otherwise, the lid of brass. */
#include "engines/scene/objects/parts.h"
#include "engines/scene/objects/vessel.h"

#define RADIUS 4.1f
#define NECK_RADIUS 3.3f
#define RIM_Y 11.7f
#define LID_FROM 10.5f
#define LID_RADIUS 3.58f
#define HEIGHT 12.2f
#define LEVEL 8.9f

const struct ct_object_shape ct_object_jar_shape = {
    .min = { -RADIUS, 0, -RADIUS },
    .max = { RADIUS, HEIGHT, RADIUS },
    .on_y = HEIGHT,
    .on_radius = 3.4f,
    .label = { CT_DECAL_ROUND, { 0, 4.6f, RADIUS }, 3.1f, 2.2f },
};

/* A cap of sheet metal over the neck, its skirt ribbed by two beads. */
static void add_lid(struct ct_object_builder *b)
{
    static const struct ct_corner profile[] = {
        { 0, RIM_Y + 0.04f, 0 },
        { NECK_RADIUS + 0.08f, RIM_Y + 0.04f, 0.05f },
        { NECK_RADIUS + 0.08f, LID_FROM, 0 },
        { LID_RADIUS - 0.06f, LID_FROM, 0.05f },
        { LID_RADIUS + 0.06f, LID_FROM + 0.12f, 0.1f },
        { LID_RADIUS - 0.04f, LID_FROM + 0.3f, 0.1f },
        { LID_RADIUS, HEIGHT - 0.4f, 0.1f },
        { LID_RADIUS - 0.05f, HEIGHT, 0.22f },
        { LID_RADIUS - 0.5f, HEIGHT, 0.1f },
        { LID_RADIUS - 0.65f, HEIGHT - 0.09f, 0.1f },
        { 0, HEIGHT - 0.09f, 0 },
    };
    ct_part_turned(b, profile, 11, ct_object_part(b, CT_MATERIAL_brass));
}

void ct_object_jar(struct ct_object_builder *b)
{
    static const struct ct_corner profile[] = {
        { 0, 0.22f, 0 },
        { 2.6f, 0.16f, 0.5f },
        { 3.1f, 0, 0.2f },
        { 3.7f, 0, 0.3f },
        { RADIUS, 0.5f, 0.6f },
        { RADIUS, 8.6f, 1.6f },
        { NECK_RADIUS, 10.2f, 0.9f },
        { NECK_RADIUS, RIM_Y, 0.12f },
        { NECK_RADIUS - 0.28f, RIM_Y, 0.12f },
        { NECK_RADIUS - 0.28f, 10.2f, 0.9f },
        { RADIUS - 0.28f, 8.5f, 1.5f },
        { RADIUS - 0.28f, 0.75f, 0.8f },
        { 0, 0.7f, 0 },
    };
    struct ct_vessel vessel = { .level = LEVEL, .crease_deg = 50, .segments = 144 };
    struct ct_curve curve;
    ct_curve_fillet(&curve, profile, 13, 10);
    ct_vessel_split(&vessel, &curve);
    ct_vessel_add(b, &vessel);
    add_lid(b);
}
