/* A broad-leaved tree, as tall as in a model landscape: a forked trunk and a crown of leaves that
 * stand on the surfaces of many overlapping clouds. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define HEIGHT 34.0f
#define CLOUDS 16
#define LEAVES_A_CLOUD 230

const struct ct_object_shape ct_object_tree_shape = {
    .min = { -14, 0, -13.8f },
    .max = { 13.6f, HEIGHT + 0.3f, 13.5f },
};

struct cloud {
    ct_v3 center;
    float radius;
};

static struct cloud cloud_of(const struct ct_object_builder *b, int i)
{
    if (i == 0)
        return (struct cloud){ { 0, 27.8f, 0 }, 5.6f };
    float s, c, ring = i < 9 ? 0 : 1, angle = 2.39996f * (float)i + 0.3f * ct_part_random(b, i);
    ct_sincosf(angle, &s, &c);
    float reach = ring > 0 ? 4.2f : 8.0f, y = ring > 0 ? 25.0f : 18.6f;
    y += 3.0f * (ct_part_random(b, i + 40) - 0.5f);
    float r = (ring > 0 ? 5.0f : 4.7f) + 0.7f * (ct_part_random(b, i + 80) - 0.5f);
    return (struct cloud){ { reach * c, y, reach * s }, r };
}

/* Leaves all over the sphere (a golden spiral), tilted at random, upper side outwards. */
static void place_leaves(const struct ct_object_builder *b, const struct cloud *cloud, int key,
                         float (*places)[12])
{
    for (int i = 0; i < LEAVES_A_CLOUD; i++) {
        float r0 = ct_part_random(b, key + 3 * i), r1 = ct_part_random(b, key + 3 * i + 1);
        float r2 = ct_part_random(b, key + 3 * i + 2);
        float y = 1 - 2 * ((float)i + 0.5f) / LEAVES_A_CLOUD, ring = sqrtf(1 - y * y), s, c;
        ct_sincosf(2.39996f * (float)i, &s, &c);
        ct_v3 out = v3(ring * c, y, ring * s);
        ct_v3 at = v3_mad(out, cloud->radius * (0.84f + 0.14f * r0), cloud->center);
        ct_v3 up = v3_add(v3_scale(out, 0.9f), v3(r1 - 0.5f, r2 - 0.75f, r0 - 0.5f));
        ct_matrix_stand(places[i], at, up, 6.28f * r1, 0.8f + 0.4f * r2);
    }
}

static void add_wood(struct ct_object_builder *b, int bark)
{
    static const ct_v3 trunk[] = {
        { 0, 1.6f, 0 }, { 0.15f, 5, 0.1f }, { -0.2f, 10, 0 }, { 0.2f, 16, 0.2f }, { 0, 25, 0 }
    };
    static const float radii[] = { 1.55f, 1.12f, 0.98f, 0.75f, 0.3f };
    static const struct ct_corner root[] = {
        { 0, 0, 0 }, { 2.25f, 0, 0.1f }, { 1.45f, 1.2f, 0.8f }, { 1.2f, 3.2f, 0 }
    };
    ct_object_add_part(b, ct_shape_tube(&(struct ct_tube){ trunk, radii, 5, 10, 24 }), bark);
    ct_part_turned(b, root, 4, bark);
    for (int i = 0; i < 6; i++) {
        float s, c, y = 9.5f + 1.3f * (float)i;
        ct_sincosf(2.39996f * (float)i + 0.4f, &s, &c);
        const ct_v3 limb[] = { { 0, y, 0 },
                               { 2.6f * c, y + 2.6f, 2.6f * s },
                               { 6 * c, y + 7, 6 * s } };
        ct_model_tube(b, limb, 3, 0.55f, 0.2f, bark);
    }
}

void ct_object_tree(struct ct_object_builder *b)
{
    int leaf = ct_part_body(b, v3(0.085f, 0.19f, 0.045f));
    int shade = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.012f, 0.03f, 0.008f));
    add_wood(b, ct_object_part(b, CT_MATERIAL_bark));
    for (int i = 0; i < CLOUDS; i++) {
        struct cloud cloud = cloud_of(b, i);
        float places[LEAVES_A_CLOUD][12];
        place_leaves(b, &cloud, 1000 * (i + 1), places);
        struct ct_mesh *one =
            ct_model_leaf(&(struct ct_model_leaf){ 1.5f, 0.55f, 0.45f, 0.3f, 0.2f });
        ct_model_copies(b, one, (const float(*)[12])places, LEAVES_A_CLOUD, leaf);
        float core = 0.80f * cloud.radius; /* keeps the sky from shining through */
        ct_model_ball(b, cloud.center, v3(core, core, core), shade);
    }
}
