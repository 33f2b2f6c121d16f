/* Three tulips in a pot: cups of six petals on bent stems, long leaves around them. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"
#include "engines/scene/objects/planter.h"

#define HEIGHT 30.0f
#define POT_HEIGHT 8.0f
#define POT_RADIUS 5.4f
#define STEMS 3
#define PETALS 6
#define LEAVES 9

const struct ct_object_shape ct_object_flower_shape = {
    .min = { -9, 0, -8.9f },
    .max = { 9, HEIGHT, 9 },
};

static void add_blossom(struct ct_object_builder *b, ct_v3 at, ct_v3 axis, int petal)
{
    float places[PETALS][12];
    for (int i = 0; i < PETALS; i++) {
        float s, c, turn = 2 * CT_PI * (float)i / PETALS, r = i & 1 ? 0.42f : 0.34f;
        ct_sincosf(turn, &s, &c);
        ct_v3 out = v3(c, 0, s);
        /* Outwards first, then curled in: the upper side looks to the axis. */
        ct_model_frame(places[i], v3_mad(out, r, at),
                       v3_add(axis, v3_scale(out, i & 1 ? 0.62f : 0.55f)), v3_scale(out, -1),
                       i & 1 ? 1.0f : 0.96f);
    }
    struct ct_mesh *one =
        ct_model_leaf(&(struct ct_model_leaf){ 5.4f, 1.75f, 0.52f, 0.55f, -0.42f });
    ct_model_copies(b, one, (const float(*)[12])places, PETALS, petal);
}

void ct_object_flower(struct ct_object_builder *b)
{
    int petal = ct_part_body(b, v3(0.72f, 0.07f, 0.13f));
    int green = ct_object_part_colored(b, CT_MATERIAL_foliage, v3(0.12f, 0.27f, 0.09f));
    float earth = 0.88f * POT_HEIGHT, places[LEAVES][12];
    ct_planter_add(b, POT_RADIUS, POT_HEIGHT,
                   ct_object_part_colored(b, CT_MATERIAL_ceramic, v3(0.85f, 0.84f, 0.81f)));
    for (int i = 0; i < STEMS; i++) {
        float s, c, top = HEIGHT - 5.15f - 3.4f * (float)i, reach = 1.2f + 1.5f * (float)i;
        ct_sincosf(2.1f * (float)i + 0.5f, &s, &c);
        ct_v3 end = v3(reach * c, top, reach * s);
        const ct_v3 stem[] = { { 0.5f * c, earth, 0.5f * s },
                               { 0.45f * end.x, ct_lerp(earth, top, 0.5f), 0.45f * end.z },
                               end };
        ct_model_tube(b, stem, 3, 0.32f, 0.26f, green);
        ct_model_ball(b, end, v3(0.62f, 0.45f, 0.62f), green);
        add_blossom(b, end, v3(0.16f * c, 1, 0.16f * s), petal);
    }
    for (int i = 0; i < LEAVES; i++) {
        float s, c, lean = 0.42f + 0.06f * ct_part_random(b, i);
        ct_sincosf(2.39996f * (float)i + 1.2f, &s, &c);
        ct_model_frame(places[i], v3(0.9f * c, earth - 0.2f, 0.9f * s), v3(lean * c, 1, lean * s),
                       v3(-c, 0.3f, -s), 0.97f + 0.06f * ct_part_random(b, i + 20));
    }
    struct ct_mesh *one = ct_model_leaf(&(struct ct_model_leaf){ 12.5f, 1.15f, 0.4f, 0.7f, 0.30f });
    ct_model_copies(b, one, (const float(*)[12])places, LEAVES, green);
}
