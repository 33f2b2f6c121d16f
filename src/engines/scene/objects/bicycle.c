/* A city bicycle: diamond frame, spoked wheels, chain, leather saddle and grips. Faces right. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define R 17.0f    /* of the wheels */
#define BASE 27.0f /* from the middle to an axle */
#define SPOKES 28

const struct ct_object_shape ct_object_bicycle_shape = {
    .min = { -45.2f, 0, -15.6f },
    .max = { 45.2f, 58.0f, 15.6f },
    .view_deg = 7,
    .saddle = { { -13.6f, 48.2f, 0 }, CT_PI / 2, 2.1f },
    .yaw = 0.42f,
    .parts = "saddle|seat|grips;wheel|wheels|tire|tires|tyre|tyres",
};

static void rod(struct ct_object_builder *b, ct_v3 from, ct_v3 to, float r, int material)
{
    ct_model_drum(b, (struct ct_model_drum){ from, to, r, r, 0.2f * r }, material);
}

static void add_wheels(struct ct_object_builder *b, int tyre, int metal)
{
    float places[2 * SPOKES][12];
    int n = 0;
    for (int side = -1; side <= 1; side += 2) {
        ct_v3 hub = v3((float)side * BASE, R, 0);
        ct_model_ring(b, hub, v3(0, 0, 1), R - 0.75f, 0.75f, tyre);
        ct_model_ring(b, hub, v3(0, 0, 1), R - 1.75f, 0.38f, metal);
        rod(b, v3_add(hub, v3(0, 0, -1.6f)), v3_add(hub, v3(0, 0, 1.6f)), 0.75f, metal);
        for (int k = 0; k < SPOKES; k++) {
            float s, c, lean = k & 1 ? 0.06f : -0.06f;
            ct_sincosf(2 * CT_PI * (float)k / SPOKES, &s, &c);
            ct_matrix_stand(places[n++], v3_add(hub, v3(0, 0, -16 * lean)), v3(c, s, lean), 0, 1);
        }
    }
    static const struct ct_corner spoke[] = {
        { 0, 0.4f, 0 }, { 0.07f, 0.4f, 0 }, { 0.07f, 15.2f, 0 }, { 0, 15.2f, 0 }
    };
    struct ct_curve curve;
    ct_curve_fillet(&curve, spoke, 4, 1);
    ct_model_copies(b, ct_shape_revolve(&curve, 6, 40), (const float(*)[12])places, n, metal);
}

static void add_frame(struct ct_object_builder *b, int paint, int metal)
{
    const ct_v3 crank = { -5.0f, 14.5f, 0 }, seat = { -11.5f, 41.0f, 0 }, low = { 18.9f, 38.0f, 0 };
    rod(b, crank, seat, 0.95f, paint);
    rod(b, v3(-10.9f, 38.4f, 0), v3(18.0f, 42.0f, 0), 0.95f, paint);
    rod(b, crank, low, 1.1f, paint);
    rod(b, v3(19.2f, 36.5f, 0), v3(16.9f, 46.2f, 0), 1.25f, paint);
    rod(b, v3(-11.7f, 40, 0), v3(-13.6f, 47.0f, 0), 0.7f, metal);
    for (int side = -1; side <= 1; side += 2) {
        float z = 1.3f * (float)side;
        const ct_v3 fork[] = {
            { 19.2f, 36.8f, 0.6f * z }, { 21.0f, 29.5f, z }, { 23.6f, 21.8f, z }, { BASE, R, z }
        };
        ct_model_tube(b, fork, 4, 0.75f, 0.45f, paint);
        rod(b, v3_add(crank, v3(0, 0, 0.8f * z)), v3(-BASE, R, z), 0.5f, paint);
        rod(b, v3_add(seat, v3(0.5f, -2.5f, 0.5f * z)), v3(-BASE, R, z), 0.45f, paint);
    }
}

static void add_drive(struct ct_object_builder *b, int metal, int rubber)
{
    ct_model_ring(b, v3(-5, 14.5f, 2.0f), v3(0, 0, 1), 4.3f, 0.32f, metal);
    ct_model_ring(b, v3(-BASE, R, 2.0f), v3(0, 0, 1), 1.8f, 0.3f, metal);
    rod(b, v3(-5, 18.8f, 2.0f), v3(-BASE, R + 1.8f, 2.0f), 0.2f, metal);
    rod(b, v3(-5, 10.2f, 2.0f), v3(-BASE, R - 1.8f, 2.0f), 0.2f, metal);
    for (int k = 0; k < 2; k++) {
        float d = k ? -1.0f : 1.0f;
        ct_v3 end = v3(-5 + d * 7.2f, 14.5f - d * 3.4f, d * 2.6f);
        rod(b, v3(-5, 14.5f, d * 2.6f), end, 0.5f, metal);
        ct_model_box(b, v3(end.x, end.y, d * 5.2f), v3(1.9f, 0.5f, 2.2f), 0.3f, rubber);
    }
    for (int k = 0; k < 5; k++) {
        float s, c;
        ct_sincosf(2 * CT_PI * (float)k / 5 + 0.3f, &s, &c);
        rod(b, v3(-5, 14.5f, 2.0f), v3(-5 + 4.2f * c, 14.5f + 4.2f * s, 2.0f), 0.28f, metal);
    }
}

void ct_object_bicycle(struct ct_object_builder *b)
{
    int paint = ct_part_body(b, v3(0.055f, 0.20f, 0.19f));
    int metal = ct_object_part(b, CT_MATERIAL_chrome);
    int tyre = ct_object_accent_of(
        b, 1, ct_object_part_colored(b, CT_MATERIAL_powder_coat, v3(0.016f, 0.016f, 0.017f)));
    int rubber = ct_object_part_colored(b, CT_MATERIAL_powder_coat, v3(0.02f, 0.02f, 0.02f));
    int skin = ct_object_accent_of(
        b, 0, ct_object_part_colored(b, CT_MATERIAL_leather, v3(0.24f, 0.095f, 0.035f)));
    add_wheels(b, tyre, metal);
    add_frame(b, paint, metal);
    add_drive(b, metal, rubber);
    ct_model_cushion(b, v3(-16.2f, 48.8f, 0), v3(4.2f, 1.5f, 5.6f), 0.75f, v3(0, 0, -0.06f), skin);
    ct_model_cushion(b, v3(-10.6f, 48.7f, 0), v3(5.6f, 1.0f, 1.5f), 0.8f, v3(0, 0, -0.04f), skin);
    const ct_v3 bar[] = { { 8.6f, 54.6f, -14.2f }, { 13.0f, 56.2f, -13.0f },
                          { 17.6f, 55.6f, -8.0f }, { 17.8f, 52.0f, 0 },
                          { 17.6f, 55.6f, 8.0f },  { 13.0f, 56.2f, 13.0f },
                          { 8.6f, 54.6f, 14.2f } };
    ct_model_tube(b, bar, 7, 0.7f, 0.7f, metal);
    rod(b, v3(17.0f, 45.5f, 0), v3(17.6f, 52.4f, 0), 0.8f, metal);
    for (int side = -1; side <= 1; side += 2) {
        float z = (float)side;
        rod(b, v3(6.4f, 53.8f, z * 14.6f), v3(11.0f, 55.5f, z * 13.6f), 1.0f, skin);
        /* Mudguards: arcs over the wheels. */
        ct_v3 guard[9];
        for (int i = 0; i < 9; i++) {
            float s, c,
                angle = side < 0 ? 1.0f + 1.95f * (float)i / 8 : 0.5f + 1.35f * (float)i / 8;
            ct_sincosf(angle, &s, &c);
            guard[i] = v3(z * BASE + (R + 1.2f) * c, R + (R + 1.2f) * s, 0);
        }
        ct_model_tube(b, guard, 9, 0.85f, 0.85f, paint);
    }
    ct_model_ball(b, v3(21.4f, 44.5f, 0), v3(1.9f, 1.8f, 1.8f), metal);
}
