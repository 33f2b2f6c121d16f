/* A rosette of thick pointed leaves (echeveria) in a low pot. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"
#include "engines/scene/objects/planter.h"

#define HEIGHT 9.6f
#define POT_HEIGHT 5.6f
#define POT_RADIUS 4.7f
#define LEAVES 46

const struct ct_object_shape ct_object_succulent_shape = {
    .min = { -5.0f, 0, -5.15f },
    .max = { 5.0f, HEIGHT, 5.15f },
};

/* A plump leaf along +y with a small point, hollowed on its upper side (+z). */
static ct_v3 plump_at(const void *ctx, float u, float v)
{
    float s, c;
    (void)ctx;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float wide = 0.45f + 1.15f * ct_smoothstep(0, 0.72f, v);
    float close = v > 0.72f ? sqrtf(ct_maxf(1 - (v - 0.72f) * (v - 0.72f) / 0.0784f, 0)) : 1;
    float point = 0.30f * ct_smoothstep(0.86f, 1, v);
    float half = wide * (v >= 1 ? 0 : close), thick = (0.34f + 0.16f * v) * (v >= 1 ? 0 : close);
    float bend = 0.75f * v * v;
    return v3(half * c, 3.6f * v + point, thick * s + bend + 0.12f * half * c * c);
}

void ct_object_succulent(struct ct_object_builder *b)
{
    float places[LEAVES][12];
    int leaf = ct_object_part_colored(b, CT_MATERIAL_foliage, v3(0.16f, 0.30f, 0.22f));
    ct_planter_add(b, POT_RADIUS, POT_HEIGHT, ct_planter_material(b));
    for (int i = 0; i < LEAVES; i++) {
        float t = sqrtf((float)i / (LEAVES - 1)); /* 0: the heart */
        float s, c, ls, lc;
        float k = (0.34f + 0.86f * t) * (0.96f + 0.08f * ct_part_random(b, i));
        ct_sincosf(2.39996f * (float)i, &s, &c);
        ct_sincosf(ct_lerp(0.10f, 1.30f, t), &ls, &lc);
        ct_v3 up = v3(ls * c, lc, ls * s), side = v3(s, 0, -c), face = v3_cross(side, up);
        ct_v3 at = v3(0.5f * t * c, POT_HEIGHT + 2.6f - 2.2f * t, 0.5f * t * s);
        const float rows[12] = { k * side.x, k * up.x, k * face.x, at.x,     k * side.y, k * up.y,
                                 k * face.y, at.y,     k * side.z, k * up.z, k * face.z, at.z };
        for (int j = 0; j < 12; j++)
            places[i][j] = rows[j];
    }
    ct_model_copies(b, ct_shape_grid(&(struct ct_grid){ 20, 22, true, plump_at, NULL }),
                    (const float(*)[12])places, LEAVES, leaf);
}
