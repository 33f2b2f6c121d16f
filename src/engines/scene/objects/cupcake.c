/* A cupcake: fluted paper case, a swirl of cream, sprinkles, a cherry. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define HEIGHT 10.6f

const struct ct_object_shape ct_object_cupcake_shape = {
    .min = { -4.3f, 0, -4.3f },
    .max = { 4.3f, HEIGHT, 4.3f },
    .parts = "case|wrapper|paper|cup;cherry|topping",
};

static ct_v3 case_at(const void *ctx, float u, float v)
{
    (void)ctx;
    float s, c, flute = 0.13f * ct_cosf(2 * CT_PI * 30 * u);
    ct_sincosf(2 * CT_PI * u, &s, &c);
    /* Up the outside, over the rim, and in on top of the dough. */
    float t = ct_clampf((v - 0.15f) / 0.65f, 0, 1), y = 4.3f * t;
    float r = v < 0.15f ? 2.55f * v / 0.15f : ct_lerp(2.55f, 3.7f, t) + flute * ct_minf(1, 3 * t);
    if (v > 0.8f)
        r = 3.65f * (1 - (v - 0.8f) / 0.2f);
    return v <= 0 || v >= 1 ? v3(0, v <= 0 ? 0 : 4.3f, 0) : v3(r * c, y, r * s);
}

/* A rope of cream wound to a point. */
static ct_v3 cream_at(const void *ctx, float u, float v)
{
    (void)ctx;
    float s, c, winds = 3.1f, h = 5.2f;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float y = v < 0.06f ? 0 : (v - 0.06f) / 0.94f, base = v < 0.06f ? v / 0.06f : 1;
    float envelope = 4.15f * (1 - 0.92f * y) * (1 - 0.25f * y * (1 - y));
    float ridge = fabsf(ct_sinf(CT_PI * (winds * y - u)));
    float star = 0.05f * ct_cosf(2 * CT_PI * 5 * (winds * y * 1.2f + u));
    float r = envelope * (0.80f + 0.20f * sqrtf(ridge) + star * 0.5f) * base;
    return v <= 0 || v >= 1 ? v3(0, 4.1f + (v >= 1 ? h : 0), 0) : v3(r * c, 4.1f + h * y, r * s);
}

void ct_object_cupcake(struct ct_object_builder *b)
{
    int cream = ct_part_body(b, v3(0.80f, 0.42f, 0.48f));
    int paper =
        ct_object_accent_of(b, 0, ct_part_dressed(b, CT_MATERIAL_paper, v3(0.62f, 0.50f, 0.36f)));
    int red = ct_object_accent_of(
        b, 1, ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.42f, 0.012f, 0.02f)));
    static const ct_v3 tones[] = { { 0.7f, 0.6f, 0.1f },
                                   { 0.1f, 0.45f, 0.6f },
                                   { 0.85f, 0.85f, 0.82f } };
    ct_object_add_part(
        b,
        ct_mesh_creased(ct_shape_grid(&(struct ct_grid){ 180, 24, true, case_at, NULL, NULL }), 60),
        paper);
    ct_object_add_part(
        b,
        ct_mesh_creased(ct_shape_grid(&(struct ct_grid){ 110, 90, true, cream_at, NULL, NULL }),
                        70),
        cream);
    for (int k = 0; k < 3; k++) {
        float places[16][12];
        for (int i = 0; i < 16; i++) {
            float v = 0.14f + 0.62f * ct_part_random(b, 40 * k + i),
                  u = ct_part_random(b, 500 + 40 * k + i);
            ct_v3 p = cream_at(NULL, u, v);
            ct_matrix_stand(places[i], v3(0.985f * p.x, p.y, 0.985f * p.z),
                            v3(ct_part_random(b, 900 + 40 * k + i) - 0.5f, 0.4f,
                               ct_part_random(b, 1300 + 40 * k + i) - 0.5f),
                            0, 1);
        }
        ct_model_copies(b, ct_shape_ellipsoid(v3(0.10f, 0.34f, 0.10f), 10),
                        (const float(*)[12])places, 16,
                        ct_object_part_colored(b, CT_MATERIAL_lacquer, tones[k]));
    }
    ct_model_ball(b, v3(0, 9.3f, 0), v3(1.15f, 1.05f, 1.15f), red);
    const ct_v3 stalk[] = { { 0, 10.2f, 0 }, { 0.1f, 10.4f, 0 }, { 0.35f, 10.52f, 0 } };
    ct_model_tube(b, stalk, 3, 0.08f, 0.07f,
                  ct_object_part_colored(b, CT_MATERIAL_foliage, v3(0.10f, 0.16f, 0.05f)));
}
