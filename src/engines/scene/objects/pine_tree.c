/* A conifer, as tall as in a model landscape: whorls of drooping boughs, each a row of needles. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define HEIGHT 36.0f
#define WHORLS 22
#define LOWEST 4.2f
#define MAX_BOUGHS 520

const struct ct_object_shape ct_object_pine_tree_shape = {
    .min = { -10.4f, 0, -10.4f },
    .max = { 10.4f, HEIGHT, 10.4f },
};

/* A bough of length 1 along +y: a flat spray, fringed with needles on both sides. */
static ct_v3 bough_at(const void *ctx, float u, float v)
{
    (void)ctx;
    float across = 2 * u - 1;
    float fringe = 0.75f + 0.25f * fabsf(ct_sinf(34 * v));
    float half = 0.17f * sqrtf(v < 0.15f ? v / 0.15f : 1) * (1 - 0.88f * v) * fringe;
    float droop = 0.22f * v * v;
    return v3(half * across, v, -droop - 0.35f * half * across * across);
}

void ct_object_pine_tree(struct ct_object_builder *b)
{
    int needles = ct_part_is_natural(b)
                      ? ct_object_part_colored(b, CT_MATERIAL_foliage, v3(0.02f, 0.085f, 0.04f))
                      : b->body;
    int bark = ct_object_part(b, CT_MATERIAL_bark);
    float places[MAX_BOUGHS][12];
    int n = 0;
    ct_model_drum(
        b, (struct ct_model_drum){ { 0, 0, 0 }, { 0, HEIGHT - 2, 0 }, 1.05f, 0.12f, 0.05f }, bark);
    for (int w = 0; w < WHORLS; w++) {
        float t = (float)w / (WHORLS - 1), y = ct_lerp(LOWEST, HEIGHT - 2.2f, ct_powf(t, 0.92f));
        int boughs = 28 - (int)(18 * t);
        for (int i = 0; i < boughs && n < MAX_BOUGHS; i++) {
            float r0 = ct_part_random(b, 61 * w + 2 * i),
                  r1 = ct_part_random(b, 61 * w + 2 * i + 1);
            float s, c, ls, lc, length = ct_lerp(10.6f, 1.7f, t) * (0.84f + 0.16f * r0);
            ct_sincosf(2 * CT_PI * ((float)i + 0.6f * r1 + 0.37f * (float)w) / (float)boughs, &s,
                       &c);
            ct_sincosf(ct_lerp(1.62f, 0.75f, t) + 0.16f * (r1 - 0.5f), &ls, &lc);
            ct_v3 up = v3(ls * c, lc, ls * s), side = v3(s, 0, -c), face = v3_cross(side, up);
            face = face.y < 0 ? v3_scale(face, -1) : face;
            side = v3_cross(up, face);
            ct_v3 at = v3(0.2f * c, y, 0.2f * s);
            const float k = length;
            const float rows[12] = { k * side.x, k * up.x, k * face.x, at.x,
                                     k * side.y, k * up.y, k * face.y, at.y,
                                     k * side.z, k * up.z, k * face.z, at.z };
            for (int j = 0; j < 12; j++)
                places[n][j] = rows[j];
            n++;
        }
    }
    ct_matrix_stand(places[n < MAX_BOUGHS ? n++ : n - 1], v3(0, HEIGHT - 2.4f, 0), v3(0, 1, 0), 0,
                    2.4f);
    ct_model_copies(b, ct_shape_grid(&(struct ct_grid){ 6, 40, false, bough_at, NULL }),
                    (const float(*)[12])places, n, needles);
}
