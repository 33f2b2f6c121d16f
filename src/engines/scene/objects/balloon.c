/* A party balloon that floats over its curled string. */
#include "engines/scene/objects/model.h"

#define HEIGHT 58.0f
#define NECK 24.0f

const struct ct_object_shape ct_object_balloon_shape = {
    .flight = CT_FLIGHT_ASKED,
    .min = { -13.2f, 0, -13.2f },
    .max = { 13.2f, HEIGHT, 13.2f },
};

void ct_object_balloon(struct ct_object_builder *b)
{
    static const ct_v2 knots[] = {
        { 0, NECK },       { 1.0f, NECK + 0.5f }, { 4.2f, NECK + 4.2f },  { 9.6f, NECK + 11 },
        { 13, NECK + 19 }, { 12.2f, NECK + 27 },  { 7.2f, NECK + 32.4f }, { 0, HEIGHT }
    };
    static const struct ct_corner knot[] = { { 0, NECK - 1.6f, 0 },
                                             { 1.5f, NECK - 1.5f, 0.2f },
                                             { 0.55f, NECK - 0.3f, 0.4f },
                                             { 0.8f, NECK + 0.6f, 0 }, { 0, NECK + 0.6f, 0 }, };
    static const ct_v3 string[] = { { 4.5f, 0.2f, 3.0f },   { 1.5f, 0.2f, 4.2f },
                                    { -1.2f, 0.22f, 2.2f }, { 0.4f, 0.9f, 0.5f },
                                    { 1.0f, 6, 0.2f },      { -0.5f, 14, -0.2f },
                                    { 0, NECK - 1, 0 } };
    struct ct_curve curve;
    ct_curve_spline(&curve, knots, 8, 12);
    curve.p[0].x = curve.p[curve.n - 1].x = 0;
    for (int i = 0; i < curve.n; i++)
        curve.p[i].x = ct_maxf(curve.p[i].x, 0);
    ct_object_add_part(b, ct_shape_revolve(&curve, 128, 60),
                       ct_part_body(b, v3(0.70f, 0.04f, 0.05f)));
    ct_part_turned(b, knot, 5, ct_part_body(b, v3(0.70f, 0.04f, 0.05f)));
    ct_model_tube(b, string, 7, 0.14f, 0.14f,
                  ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.85f, 0.84f, 0.80f)));
}
