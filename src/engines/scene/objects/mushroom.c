/* A toadstool: a domed cap with warts, gills below, a ring on the stem; small ones beside it. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define HEIGHT 12.0f
#define WARTS 46

const struct ct_object_shape ct_object_mushroom_shape = {
    .min = { -5.3f, 0, -5.3f },
    .max = { 6.6f, HEIGHT, 5.9f },
};

static void add_one(struct ct_object_builder *b, ct_v3 foot, ct_v3 up, float k, const int m[3])
{
    const struct ct_corner stem[] = {
        { 0, 0.1f * k, 0 },
        { 1.7f * k, 0.1f * k, 0.4f * k },
        { 1.6f * k, 1.2f * k, 0.8f * k },
        { 1.05f * k, 2.6f * k, 2 * k },
        { 0.9f * k, 7.9f * k, 0 },
    };
    const struct ct_corner skirt[] = {
        { 0.9f * k, 6.6f * k, 0 },
        { 1.75f * k, 5.7f * k, 0.2f * k },
        { 1.8f * k, 5.8f * k, 0.05f * k },
        { 0.9f * k, 6.9f * k, 0 },
    };
    const struct ct_corner cap[] = {
        { 5.1f * k, 7.55f * k, 0.12f * k },
        { 5.25f * k, 7.7f * k, 0.2f * k },
        { 5.0f * k, 9.4f * k, 1.4f * k },
        { 3.2f * k, 11.6f * k, 3.0f * k },
        { 0, HEIGHT * k, 0 },
    };
    const struct ct_corner gills[] = { { 0.9f * k, 7.9f * k, 0 },
                                       { 3.4f * k, 7.9f * k, 1.5f * k },
                                       { 5.15f * k, 7.55f * k, 0 } };
    ct_model_turned(b, stem, 5, foot, up, m[1]);
    ct_model_turned(b, skirt, 4, foot, up, m[1]);
    ct_model_turned(b, gills, 3, foot, up, m[1]);
    ct_model_turned(b, cap, 5, foot, up, m[0]);
    struct ct_curve curve;
    ct_curve_fillet(&curve, cap, 5, 8);
    float places[WARTS][12], whole[12], warts = 0;
    ct_matrix_stand(whole, foot, up, 0, 1);
    for (int i = 0; i < WARTS; i++) {
        float s, c, wanted = 5.1f * k * sqrtf(((float)i + 0.5f) / WARTS);
        int j = curve.n - 1;
        while (j > 1 && curve.p[j].x < wanted)
            j--;
        ct_sincosf(2.39996f * (float)i, &s, &c);
        ct_v2 p = curve.p[j], q = curve.p[j + 1 < curve.n ? j + 1 : j];
        float f = ct_clampf((p.x - wanted) / ct_maxf(p.x - q.x, 1e-4f), 0, 1);
        ct_v2 d = v2(p.x - curve.p[j - 1].x, p.y - curve.p[j - 1].y);
        p = v2(ct_lerp(p.x, q.x, f), ct_lerp(p.y, q.y, f));
        ct_v3 at = ct_matrix_point(whole, v3(p.x * c, p.y, p.x * s));
        ct_v3 tip = ct_matrix_point(whole, v3((p.x + d.y) * c, p.y - d.x, (p.x + d.y) * s));
        ct_matrix_stand(places[i], at, v3_add(v3_sub(tip, at), v3(0, 1e-4f, 0)), warts,
                        k * (0.7f + 0.6f * ct_part_random(b, i)));
        warts += 1.7f;
    }
    ct_model_copies(b, ct_shape_ellipsoid(v3(0.36f, 0.13f, 0.30f), 16), (const float(*)[12])places,
                    WARTS, m[2]);
}

void ct_object_mushroom(struct ct_object_builder *b)
{
    int m[3] = { ct_part_body(b, v3(0.58f, 0.035f, 0.022f)),
                 ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.83f, 0.79f, 0.68f)),
                 ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.90f, 0.87f, 0.79f)) };
    add_one(b, v3(0, -0.08f, 0), v3(0, 1, 0), 1, m);
    add_one(b, v3(3.5f, 0.06f, 3.0f), v3(0.13f, 1, 0.10f), 0.5f, m);
}
