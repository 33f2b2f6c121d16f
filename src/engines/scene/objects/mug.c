/* A straight mug with a rounded foot and a D handle on its right, 35 cl. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/vessel.h"

#define HEIGHT 9.4f
#define FOOT_RADIUS 3.15f
#define RIM_RADIUS 4.12f
#define WALL 0.34f
#define LEVEL 8.3f /* of the drink */

const struct ct_object_shape ct_object_mug_shape = {
    .min = { -4.12f, 0, -4.12f },
    .max = { 7.32f, HEIGHT, 4.12f },
    .on_y = HEIGHT,
    .on_radius = 3.4f,
    .in_y = 0.75f,
    .in_radius = 3.4f,
    .yaw = 0.62f,
    .parts = "handle",
    .label = { CT_DECAL_ROUND, { 0, 4.9f, 4.0f }, 3.0f, 2.7f },
};

static struct ct_mesh *handle(void)
{
    static const ct_v2 knots[] = {
        { 3.90f, 7.75f }, { 4.55f, 7.95f }, { 5.75f, 7.85f }, { 6.75f, 6.95f }, { 6.95f, 5.35f },
        { 6.45f, 3.75f }, { 5.35f, 2.75f }, { 4.35f, 2.35f }, { 3.80f, 2.22f },
    };
    struct ct_curve path;
    float in_plane[CT_CURVE_MAX], out_of_plane[CT_CURVE_MAX];
    ct_curve_spline(&path, knots, 9, 16);
    for (int i = 0; i < path.n; i++) {
        float t = (float)i / (float)(path.n - 1), from_end = ct_minf(t, 1 - t);
        /* Clay is pressed onto the wall: the ends flare. */
        float flare = 1 + 0.85f * ct_powf(1 - ct_smoothstep(0, 0.16f, from_end), 1.5f);
        in_plane[i] = 0.36f * (0.4f + 0.6f * flare);
        out_of_plane[i] = 0.56f * flare;
    }
    return ct_shape_sweep(&(struct ct_sweep){ &path, in_plane, out_of_plane, 48, 0.86f });
}

void ct_object_mug(struct ct_object_builder *b)
{
    static const struct ct_corner profile[] = {
        { 0, 0.35f, 0 },
        { 2.55f, 0.35f, 0.15f },
        { 2.75f, 0, 0.12f },
        { FOOT_RADIUS, 0, 0.35f },
        { 3.75f, 0.55f, 0.9f },
        { 4.05f, 4.8f, 6 },
        { RIM_RADIUS, HEIGHT, 0.165f },
        { RIM_RADIUS - WALL, HEIGHT, 0.165f },
        { 3.70f, 4.8f, 6 },
        { 3.45f, 0.75f, 0.9f },
        { 0, 0.75f, 0 },
    };
    struct ct_curve curve;
    struct ct_vessel vessel = { .level = LEVEL, .crease_deg = 50, .segments = 160 };
    ct_curve_fillet(&curve, profile, 11, 14);
    ct_vessel_split(&vessel, &curve);
    ct_vessel_add(b, &vessel);
    ct_object_add_part(b, handle(), ct_object_accent(b, b->body));
}
