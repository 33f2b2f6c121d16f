/* A bottle with a steel cap and a carrying loop: a painted vacuum flask on a steel foot, or, of
 * glass, a water bottle. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/objects/vessel.h"

#define BODY_RADIUS 3.64f
#define SHOULDER_Y 16.2f
#define NECK_RADIUS 2.35f
#define NECK_Y 19.9f
#define CAP_RADIUS 2.62f
#define CAP_TOP 23.3f

const struct ct_object_shape ct_object_bottle_shape = {
    .min = { -BODY_RADIUS, 0, -BODY_RADIUS },
    .max = { BODY_RADIUS, 25.96f, BODY_RADIUS },
    .on_y = 25.96f,
    .yaw = 0.5f,
    .parts = "cap|lid|top|loop|cap and loop",
    .label = { CT_DECAL_ROUND, { 0, 8.4f, BODY_RADIUS }, 3.0f, 4.6f },
};

static void add_turned(struct ct_object_builder *b, const struct ct_corner *profile, int n,
                       int steps, int material)
{
    struct ct_curve curve;
    ct_curve_fillet(&curve, profile, n, steps);
    ct_object_add_part(b, ct_shape_revolve(&curve, 160, 35), material);
}

static struct ct_mesh *loop(void)
{
    static const ct_v2 knots[] = { { -2.30f, 22.2f }, { -2.75f, 23.3f }, { -2.35f, 24.9f },
                                   { -0.9f, 25.75f }, { 0.9f, 25.75f },  { 2.35f, 24.9f },
                                   { 2.75f, 23.3f },  { 2.30f, 22.2f } };
    struct ct_curve path;
    float thickness[CT_CURVE_MAX], width[CT_CURVE_MAX];
    ct_curve_spline(&path, knots, 8, 16);
    for (int i = 0; i < path.n; i++) {
        thickness[i] = 0.2f;
        width[i] = 0.62f;
    }
    return ct_shape_sweep(&(struct ct_sweep){ &path, thickness, width, 40, 0.45f });
}

/* Of glass it is an ordinary water bottle: one blown wall, and what is in it. */
static void add_glass_body(struct ct_object_builder *b)
{
    static const struct ct_corner wall[] = {
        { 0, 0.35f, 0 },
        { 2.6f, 0.25f, 0.4f },
        { 2.9f, 0, 0.15f },
        { BODY_RADIUS, 0, 0.6f },
        { BODY_RADIUS, SHOULDER_Y, 2.6f },
        { NECK_RADIUS, 19.2f, 1.2f },
        { NECK_RADIUS, NECK_Y, 0 },
    };
    struct ct_vessel vessel = { .level = 14.5f, .crease_deg = 45, .segments = 160 };
    ct_curve_fillet(&vessel.outer, wall, 7, 20);
    ct_vessel_hollow(&vessel, 0.26f, 0.85f);
    ct_vessel_add(b, &vessel);
}

void ct_object_bottle(struct ct_object_builder *b)
{
    static const struct ct_corner foot[] = {
        { 0, 0, 0 },         { 3.3f, 0, 0.18f }, { 3.55f, 0.25f, 0.1f }, { 3.55f, 0.9f, 0.02f },
        { 3.62f, 0.98f, 0 },
    };
    static const struct ct_corner body[] = {
        { 3.52f, 0.98f, 0 },
        { BODY_RADIUS, 0.98f, 0.05f },
        { BODY_RADIUS, SHOULDER_Y, 2.6f },
        { NECK_RADIUS, 19.2f, 1.2f },
        { NECK_RADIUS, NECK_Y, 0.06f },
        { 2.2f, NECK_Y, 0 },
    };
    static const struct ct_corner collar[] = {
        { 2.1f, NECK_Y, 0 },
        { 2.28f, NECK_Y, 0.04f },
        { 2.28f, 20.3f, 0.04f },
        { 2.1f, 20.3f, 0 },
    };
    static const struct ct_corner cap[] = {
        { 2.0f, 20.3f, 0 },
        { CAP_RADIUS, 20.3f, 0.08f },
        { CAP_RADIUS, 22.9f, 0.25f },
        { 2.3f, CAP_TOP, 0.25f },
        { 0, CAP_TOP, 0 },
    };
    int steel = ct_object_part(b, CT_MATERIAL_brushed_steel);
    int bright = ct_object_part_colored(b, CT_MATERIAL_chrome, v3(0.68f, 0.67f, 0.66f));
    if (bright >= 0)
        b->world->materials[bright].surface.roughness = 0.22f;
    if (ct_object_is_glass(b, b->body)) {
        add_glass_body(b);
    } else {
        add_turned(b, foot, 5, 8, steel);
        add_turned(b, body, 6, 24, b->body);
    }
    bright = ct_object_accent(b, bright);
    add_turned(b, collar, 4, 6, bright);
    add_turned(b, cap, 5, 10, ct_object_accent(b, steel));
    ct_object_add_part(b, loop(), bright);
}
