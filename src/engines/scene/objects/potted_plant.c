/* A leafy house plant: broad leaves on thin stalks that spring from one point and bend outwards. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"
#include "engines/scene/objects/planter.h"

#define HEIGHT 36.0f
#define POT_HEIGHT 13.0f
#define POT_RADIUS 8.2f
#define LEAVES 26

const struct ct_object_shape ct_object_potted_plant_shape = {
    .min = { -18.6f, 0, -19.6f },
    .max = { 20.3f, HEIGHT, 17.3f },
};

/* Leaves from the outside in: the outer ones low and leaning far, the inner ones upright. */
static void add_leaf(struct ct_object_builder *b, int i, float place[12], int stalk)
{
    float t = (float)i / (LEAVES - 1), s, c;
    float angle = 2.39996f * (float)i + 0.5f * (ct_part_random(b, 2 * i) - 0.5f);
    ct_sincosf(angle, &s, &c);
    float height = ct_lerp(17.5f, 28.5f, t) +
                   (i < LEAVES - 1 ? 1.6f * (ct_part_random(b, 2 * i + 1) - 0.5f) : 0);
    float reach = ct_lerp(8.2f, 0.8f, t);
    ct_v3 foot = v3(1.2f * c, 0.88f * POT_HEIGHT, 1.2f * s), end = v3(reach * c, height, reach * s);
    const ct_v3 knots[] = { foot, v3(0.35f * end.x, ct_lerp(foot.y, end.y, 0.55f), 0.35f * end.z),
                            end };
    ct_model_tube(b, knots, 3, 0.20f, 0.13f, stalk);
    float lean = ct_lerp(1.15f, 0.22f, t), ls, lc;
    ct_sincosf(lean, &ls, &lc);
    ct_v3 up = v3(ls * c, lc, ls * s);
    /* the leaf's upper side (+z in its own space) must look to the sky and inwards */
    ct_v3 side = v3(-s, 0, c), face = v3_cross(side, up);
    if (face.y < 0) {
        side = v3_scale(side, -1);
        face = v3_scale(face, -1);
    }
    float k = ct_lerp(1.12f, 0.82f, t);
    const float rows[12] = { k * side.x, k * up.x, k * face.x, end.x,    k * side.y, k * up.y,
                             k * face.y, end.y,    k * side.z, k * up.z, k * face.z, end.z };
    for (int j = 0; j < 12; j++)
        place[j] = rows[j];
}

void ct_object_potted_plant(struct ct_object_builder *b)
{
    int leaf = ct_object_part(b, CT_MATERIAL_foliage);
    int stalk = ct_object_part_colored(b, CT_MATERIAL_foliage, v3(0.16f, 0.26f, 0.07f));
    float places[LEAVES][12];
    ct_planter_add(b, POT_RADIUS, POT_HEIGHT, ct_planter_material(b));
    for (int i = 0; i < LEAVES; i++)
        add_leaf(b, i, places[i], stalk);
    struct ct_mesh *one =
        ct_model_leaf(&(struct ct_model_leaf){ 11.5f, 3.9f, 0.42f, 0.30f, 0.42f });
    ct_model_copies(b, one, (const float(*)[12])places, LEAVES, leaf);
}
