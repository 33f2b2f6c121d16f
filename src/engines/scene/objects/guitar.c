/* An acoustic guitar leaning back a little: waisted body, rosette, bridge, neck, strings. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define LEAN -0.16f
#define HEIGHT 98.0f

const struct ct_object_shape ct_object_guitar_shape = {
    .min = { -19.4f, 0, -12.7f },
    .max = { 19.4f, HEIGHT, 4.4f },
    .yaw = 0.38f,
    .parts = "neck|fretboard;body side|sides",
};

static ct_v3 leant(ct_v3 p)
{
    float s, c;
    ct_sincosf(LEAN, &s, &c);
    return v3(p.x, 0.15f + c * p.y - s * p.z, s * p.y + c * p.z);
}

static void outline(struct ct_curve *out, float grow)
{
    /* The right half from the foot to the neck; the left is its mirror image. */
    static const ct_v2 half[] = { { 0, 0 },         { 9, 0.6f },   { 16.5f, 5 },     { 19, 13 },
                                  { 17.2f, 21 },    { 13.0f, 28 }, { 12.2f, 32.5f }, { 13.8f, 38 },
                                  { 13.2f, 44.5f }, { 8, 48.6f },  { 0, 49.4f } };
    struct ct_curve right;
    ct_v2 knots[11];
    for (int i = 0; i < 11; i++)
        knots[i] = v2(half[i].x + (i > 0 && i < 10 ? grow : 0), half[i].y + (i == 0    ? -grow
                                                                             : i == 10 ? grow
                                                                                       : 0));
    ct_curve_spline(&right, knots, 11, 5);
    out->n = 0;
    for (int i = 0; i < right.n; i++)
        ct_curve_add(out, right.p[i]);
    for (int i = right.n - 2; i > 0; i--)
        ct_curve_add(out, v2(-right.p[i].x, right.p[i].y));
}

static void slab(struct ct_object_builder *b, float grow, float half_depth, float bevel, float z,
                 int material)
{
    struct ct_curve c;
    outline(&c, grow);
    ct_model_mesh(b, ct_shape_prism(&(struct ct_prism){ &c, NULL, half_depth, bevel, 40 }),
                  v3(LEAN, 0, 0), leant(v3(0, 0.5f, z)), material);
}

static void block(struct ct_object_builder *b, ct_v3 at, ct_v3 half, float radius, int material)
{
    ct_model_box_turned(b, leant(at), half, radius, v3(LEAN, 0, 0), material);
}

void ct_object_guitar(struct ct_object_builder *b)
{
    int top = ct_part_body(b, v3(0.58f, 0.33f, 0.13f));
    int side = ct_object_accent_of(
        b, 1, ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.20f, 0.085f, 0.04f)));
    int neck = ct_object_accent_of(
        b, 0, ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.10f, 0.05f, 0.03f)));
    int dark = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.012f, 0.009f, 0.008f));
    int metal = ct_object_part(b, CT_MATERIAL_chrome),
        bone = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.80f, 0.76f, 0.66f));
    slab(b, 0, 4.2f, 0.3f, 0, side);
    slab(b, 0.12f, 0.3f, 0.15f, 4.1f, bone);
    slab(b, -0.25f, 0.3f, 0.1f, 4.2f, top);
    ct_model_drum(b,
                  (struct ct_model_drum){ leant(v3(0, 33.0f, 4.0f)), leant(v3(0, 33.0f, 4.62f)),
                                          4.5f, 4.5f, 0.02f },
                  dark);
    ct_v3 axis = v3_sub(leant(v3(0, 0, 1)), leant(v3(0, 0, 0)));
    ct_model_ring(b, leant(v3(0, 33.0f, 4.5f)), axis, 4.75f, 0.3f, side);
    ct_model_ring(b, leant(v3(0, 33.0f, 4.5f)), axis, 5.4f, 0.16f, bone);
    block(b, v3(0, 13.2f, 4.7f), v3(7.0f, 1.1f, 0.4f), 0.3f, neck);
    block(b, v3(0, 13.6f, 5.1f), v3(4.4f, 0.16f, 0.3f), 0.08f, bone);
    block(b, v3(0, 60, 3.3f), v3(2.5f, 22.5f, 1.5f), 1.0f, side);
    block(b, v3(0, 59.6f, 4.9f), v3(2.55f, 22.6f, 0.3f), 0.15f, neck);
    block(b, v3(0, 90, 3.9f), v3(3.5f, 8.0f, 0.9f), 0.5f, neck);
    block(b, v3(0, 82.4f, 5.3f), v3(2.5f, 0.25f, 0.25f), 0.1f, bone);
    for (int i = 0; i < 15; i++)
        block(b, v3(0, 80.6f - 2.72f * (float)i, 5.25f), v3(2.5f, 0.09f, 0.09f), 0.04f, metal);
    for (int i = 0; i < 6; i++) {
        float x = -1.9f + 0.76f * (float)i, out = i < 3 ? -1.0f : 1.0f;
        ct_model_drum(b,
                      (struct ct_model_drum){ leant(v3(1.7f * x, 13.6f, 5.5f)),
                                              leant(v3(x, 82.4f, 5.65f)), 0.07f, 0.07f, 0.02f },
                      metal);
        float y = 85.5f + 4.2f * (float)(i < 3 ? i : 5 - i);
        ct_model_drum(b,
                      (struct ct_model_drum){ leant(v3(out * 3.2f, y, 3.9f)),
                                              leant(v3(out * 4.9f, y, 3.9f)), 0.35f, 0.35f, 0.05f },
                      metal);
        ct_model_ball(b, leant(v3(out * 5.5f, y, 3.9f)), v3(1.0f, 0.8f, 0.45f), bone);
    }
}
