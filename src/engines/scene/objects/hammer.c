/* A claw hammer lying on its side: steel head, curved claw, a shaped wooden handle. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

const struct ct_object_shape ct_object_hammer_shape = {
    .min = { -13.5f, 0, -6.9f },
    .max = { 15.4f, 2.9f, 5.9f },
    .yaw = 0.55f,
};

#define Y 1.45f

static void add_handle(struct ct_object_builder *b)
{
    static const ct_v2 knots[] = { { -13.4f, 0 }, { -10, 0 }, { -6, 0 },
                                   { 0, 0 },      { 8, 0 },   { 14, 0 } };
    struct ct_curve path;
    float tall[CT_CURVE_MAX], wide[CT_CURVE_MAX];
    ct_curve_spline(&path, knots, 6, 14);
    for (int i = 0; i < path.n; i++) {
        float x = path.p[i].x, swell = ct_smoothstep(-2, -8, x), waist = ct_smoothstep(4, 11, x);
        float end = ct_minf((x + 13.4f) / 0.8f, 1),
              round = sqrtf(ct_maxf(1 - (1 - end) * (1 - end), 0.05f));
        wide[i] = (1.05f + 0.48f * swell - 0.12f * waist) * round;
        tall[i] = (0.85f + 0.26f * swell - 0.05f * waist) * round;
    }
    ct_model_mesh(b, ct_shape_sweep(&(struct ct_sweep){ &path, tall, wide, 48, 0.8f }), v3(0, 0, 0),
                  v3(0, Y, 0),
                  ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.52f, 0.32f, 0.15f)));
}

void ct_object_hammer(struct ct_object_builder *b)
{
    static const struct ct_corner head[] = {
        { 0, 0, 0 },           { 1.3f, 0, 0.12f },    { 1.35f, 0.9f, 0.15f }, { 1.0f, 1.4f, 0.3f },
        { 0.92f, 2.8f, 0.3f }, { 1.25f, 3.4f, 0.2f }, { 1.3f, 6.2f, 0.3f },   { 0, 6.2f, 0 },
    };
    add_handle(b);
    ct_model_turned(b, head, 8, v3(13.6f, Y, 5.8f), v3(0, 0, -1), b->body);
    /* The claw: two tapering prongs that bend back towards the handle. */
    for (int side = -1; side <= 1; side += 2) {
        float s = 0.55f * (float)side;
        const ct_v3 prong[] = { { 13.9f, Y + 0.7f * s, 0.2f },
                                { 13.9f, Y + s, -2.4f },
                                { 13.2f, Y + 1.25f * s, -4.6f },
                                { 11.6f, Y + 1.5f * s, -6.2f } };
        static const float radii[] = { 1.05f, 0.72f, 0.45f, 0.16f };
        ct_object_add_part(b, ct_shape_tube(&(struct ct_tube){ prong, radii, 4, 12, 32 }), b->body);
    }
}
