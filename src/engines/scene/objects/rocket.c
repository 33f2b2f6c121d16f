/* A rocket as everybody draws it: a cigar on three fins, with a porthole. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define HEIGHT 44.0f

const struct ct_object_shape ct_object_rocket_shape = {
    .flight = CT_FLIGHT_ASKED,
    .min = { -10.0f, 0, -6.8f },
    .max = { 10.0f, HEIGHT, 11.2f },
    .view_deg = 7,
    .yaw = 0.2f,
    .parts = "fin|fins|nose|nose cone|tip",
};

static void turned(struct ct_object_builder *b, const ct_v2 *knots, int n, int material)
{
    struct ct_curve side, profile = { .n = 0 };
    ct_curve_spline(&side, knots, n, 12);
    ct_curve_add(&profile, v2(0, knots[0].y));
    for (int i = 0; i < side.n; i++)
        ct_curve_add(&profile, v2(ct_maxf(side.p[i].x, 0), side.p[i].y));
    if (knots[n - 1].x > 0)
        ct_curve_add(&profile, v2(0, knots[n - 1].y));
    ct_object_add_part(b, ct_shape_revolve(&profile, 96, 40), material);
}

void ct_object_rocket(struct ct_object_builder *b)
{
    static const ct_v2 body[] = { { 4.2f, 6.0f }, { 5.6f, 10 },    { 6.6f, 17 },
                                  { 6.5f, 25 },   { 5.3f, 32.5f }, { 4.4f, 35.6f } };
    static const ct_v2 nose[] = {
        { 4.45f, 35.4f }, { 3.4f, 38.4f }, { 1.9f, 41.6f }, { 0, HEIGHT }
    };
    static const struct ct_corner bell[] = { { 0, 3.2f, 0 },        { 3.2f, 2.6f, 0.1f },
                                             { 3.7f, 2.7f, 0.15f }, { 3.0f, 5.0f, 0.6f },
                                             { 2.6f, 6.6f, 0.2f },  { 0, 6.6f, 0 } };
    static const struct ct_corner fin[] = { { 3.6f, 14.5f, 0 },    { 3.6f, 5.0f, 0.3f },
                                            { 8.8f, 3.4f, 2.0f },  { 9.9f, 0, 0.5f },
                                            { 11.2f, 0.1f, 0.4f }, { 10.8f, 6.5f, 2.5f },
                                            { 3.6f, 17.5f, 1.0f }, { 3.6f, 14.5f, 0 } };
    int white = ct_part_body(b, v3(0.82f, 0.82f, 0.80f));
    int red =
        ct_object_accent(b, ct_part_dressed(b, CT_MATERIAL_lacquer, v3(0.46f, 0.024f, 0.02f)));
    int metal = ct_object_part(b, CT_MATERIAL_chrome);
    turned(b, body, 6, white);
    turned(b, nose, 4, red);
    ct_part_turned(b, bell, 6,
                   ct_object_part_colored(b, CT_MATERIAL_powder_coat, v3(0.03f, 0.03f, 0.032f)));
    for (int k = 0; k < 3; k++)
        ct_model_plate(b,
                       (struct ct_model_plate){ fin, 8, 0.55f, 0.08f,
                                                v3(0, 2 * CT_PI * (float)k / 3 + 0.55f, 0),
                                                v3(0, 0, 0) },
                       red);
    ct_model_ring(b, v3(0, 24.5f, 6.3f), v3(0, -0.06f, 1), 2.3f, 0.42f, metal);
    ct_model_ball(b, v3(0, 24.5f, 6.1f), v3(2.2f, 2.2f, 0.6f),
                  ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.05f, 0.16f, 0.26f)));
    ct_model_ring(b, v3(0, 35.5f, 0), v3(0, 1, 0), 4.42f, 0.22f, metal);
    ct_model_ring(b, v3(0, 10.5f, 0), v3(0, 1, 0), 5.72f, 0.18f, metal);
}
