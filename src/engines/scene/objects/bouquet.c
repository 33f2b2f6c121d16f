/* A bouquet: stems that cross in the neck of a vase and fan out above it, a dome of flowers, leaves
 * below them.
 *
 * Flowers are rings of one petal each: a rose has four that open outwards, a daisy one flat one
 * around a yellow disc, a tulip two that close. */
#include "engines/scene/objects/bouquet.h"

#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"
#include "engines/scene/objects/parts.h"

#define NECK_Y 20.0f
#define LEAVES 12
#define RING_PETALS 21

const struct ct_object_shape ct_object_bouquet_shape = CT_BOUQUET_SHAPE(11.3f, 38.1f);
const struct ct_object_shape ct_object_roses_shape = CT_BOUQUET_SHAPE(11.3f, 38.1f);
const struct ct_object_shape ct_object_sunflowers_shape = CT_BOUQUET_SHAPE(10.6f, 36.4f);

/* One ring of petals around a flower's axis. */
struct petals {
    int n;
    struct ct_model_leaf petal;
    float radius; /* of the ring, at the petals' feet */
    float lean;   /* outwards, of the direction up */
    float raise;  /* of the feet along the axis */
};

static void add_ring(struct ct_object_builder *b, ct_v3 at, ct_v3 axis, const struct petals *p,
                     float turn, float k, int material)
{
    float places[RING_PETALS][12];
    ct_v3 aside = fabsf(axis.x) < 0.7f ? v3(1, 0, 0) : v3(0, 0, 1);
    ct_v3 u = v3_norm(v3_cross(aside, axis)), v = v3_cross(axis, u);
    for (int i = 0; i < p->n; i++) {
        float s, c;
        ct_sincosf(turn + 2 * CT_PI * (float)i / (float)p->n, &s, &c);
        ct_v3 out = v3_add(v3_scale(u, c), v3_scale(v, s));
        ct_v3 foot = v3_mad(axis, k * p->raise, v3_mad(out, k * p->radius, at));
        ct_model_frame(places[i], foot, v3_add(axis, v3_scale(out, p->lean)),
                       v3_mad(axis, 0.4f, v3_scale(out, -1)), k);
    }
    ct_model_copies(b, ct_model_leaf(&p->petal), (const float(*)[12])places, p->n, material);
}

static void add_bloom(struct ct_object_builder *b, enum ct_bloom kind, ct_v3 at, ct_v3 axis,
                      float turn, float k, int petal, const int greens[2])
{
    static const struct petals rose[] = {
        { 3, { 2.5f, 1.05f, 0.55f, 0.9f, -0.45f }, 0.22f, 0.10f, 0.35f },
        { 5, { 2.8f, 1.30f, 0.60f, 0.8f, -0.30f }, 0.50f, 0.30f, 0.20f },
        { 6, { 3.0f, 1.45f, 0.62f, 0.6f, -0.05f }, 0.72f, 0.62f, 0.10f },
        { 7, { 2.9f, 1.50f, 0.64f, 0.4f, 0.22f }, 0.85f, 1.15f, 0 },
    };
    static const struct petals tulip[] = {
        { 3, { 4.4f, 1.5f, 0.52f, 0.55f, -0.42f }, 0.30f, 0.50f, 0 },
        { 3, { 4.4f, 1.5f, 0.52f, 0.55f, -0.42f }, 0.38f, 0.58f, 0 },
    };
    static const struct petals daisy = { 15, { 2.5f, 0.50f, 0.7f, 0.2f, 0.12f }, 0.75f, 5, 0.1f };
    static const struct petals sunflower[] = {
        { 21, { 3.1f, 0.62f, 0.45f, 0.3f, 0.10f }, 2.0f, 5, 0.15f },
        { 21, { 3.5f, 0.70f, 0.45f, 0.3f, 0.16f }, 2.0f, 7, 0 },
    };
    int yellow = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.72f, 0.42f, 0.03f));
    switch (kind) {
    case CT_BLOOM_ROSE:
        for (int i = 0; i < 4; i++)
            add_ring(b, at, axis, &rose[i], turn + 0.7f * (float)i, k, petal);
        ct_model_ball(b, v3_mad(axis, 0.9f * k, at), v3_scale(v3(0.75f, 0.9f, 0.75f), k), petal);
        ct_model_ball(b, at, v3_scale(v3(0.75f, 0.6f, 0.75f), k), greens[0]);
        break;
    case CT_BLOOM_TULIP:
        for (int i = 0; i < 2; i++)
            add_ring(b, at, axis, &tulip[i], turn + CT_PI / 3 * (float)i, k, petal);
        ct_model_ball(b, at, v3_scale(v3(0.6f, 0.45f, 0.6f), k), greens[0]);
        break;
    case CT_BLOOM_DAISY:
        add_ring(b, at, axis, &daisy, turn, k, petal);
        ct_model_ball(b, v3_mad(axis, 0.15f * k, at), v3_scale(v3(0.95f, 0.55f, 0.95f), k), yellow);
        break;
    case CT_BLOOM_SUNFLOWER:
        for (int i = 0; i < 2; i++)
            add_ring(b, at, axis, &sunflower[i], turn + 0.15f * (float)i, k, petal);
        ct_model_turned(b,
                        (struct ct_corner[]){ { 0, -0.3f, 0 },
                                              { 2.3f * k, -0.3f, 0.1f },
                                              { 2.3f * k, 0.35f * k, 0.3f },
                                              { 1.2f * k, 0.6f * k, 0.3f },
                                              { 0, 0.5f * k, 0 } },
                        5, at, axis,
                        ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.055f, 0.026f, 0.010f)));
        break;
    }
}

/* Where the i-th flower of a dome is: a sunflower head's spiral, higher in the middle. */
static ct_v3 head_of(const struct ct_bouquet *bouquet, int i, ct_v3 *axis)
{
    float s, c, r = sqrtf(((float)i + 0.35f) / (float)bouquet->count);
    ct_sincosf(2.39996f * (float)i + 0.6f, &s, &c);
    *axis = v3_norm(v3(1.05f * r * c, 1 - 0.25f * r, 1.05f * r * s));
    return v3(8.0f * r * c, 34.0f - 9.0f * r * r, 8.0f * r * s);
}

void ct_bouquet_add(struct ct_object_builder *b, const struct ct_bouquet *bouquet)
{
    int greens[2] = { ct_object_part_colored(b, CT_MATERIAL_foliage, v3(0.10f, 0.23f, 0.07f)),
                      ct_object_part_colored(b, CT_MATERIAL_foliage, v3(0.17f, 0.32f, 0.13f)) };
    int white = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.84f, 0.83f, 0.80f)), tints[3];
    bool own = !b->object->look.has_color && ct_part_is_natural(b);
    float lift = b->object->held ? 0 : 1.0f;
    for (int i = 0; i < 3; i++)
        tints[i] =
            own ? ct_object_part_colored(b, CT_MATERIAL_plastic, bouquet->colors[i]) : b->body;
    if (!b->object->held)
        ct_object_build_glass(b, CT_OBJECT_vase, CT_MATERIAL_water);
    for (int i = 0; i < bouquet->count; i++) {
        bool second = i % 3 == 2;
        enum ct_bloom kind = second ? bouquet->second : bouquet->main;
        ct_v3 axis, head = head_of(bouquet, i, &axis);
        head.y += lift;
        ct_v3 foot = v3(-0.09f * head.x, lift + 0.3f, -0.09f * head.z);
        ct_v3 neck = v3(0.12f * head.x, NECK_Y + lift, 0.12f * head.z);
        const ct_v3 stem[] = { foot, neck, v3_mad(axis, -3, head), head };
        ct_model_tube(b, stem, 4, 0.24f, 0.18f, greens[0]);
        float k = (0.92f + 0.2f * ct_part_random(b, i)) * (kind == CT_BLOOM_ROSE ? 1.12f : 1);
        int petal = second && bouquet->second != bouquet->main ? white : tints[i % 3];
        add_bloom(b, kind, head, axis, 1.7f * (float)i, k, petal, greens);
    }
    float places[LEAVES][12];
    for (int half = 0; half < 2; half++) {
        for (int i = 0; i < LEAVES; i++) {
            float s, c, out = 0.9f + 0.5f * ct_part_random(b, 40 + i + 20 * half);
            ct_sincosf(2.39996f * (float)(i + LEAVES * half) + 0.2f, &s, &c);
            ct_v3 at = v3(2.2f * c, NECK_Y + lift + 1.5f + 3 * ct_part_random(b, 70 + i), 2.2f * s);
            ct_model_frame(places[i], at, v3(out * c, 1, out * s), v3(-c, 0.5f, -s),
                           0.8f + 0.35f * ct_part_random(b, 90 + i));
        }
        struct ct_mesh *one =
            ct_model_leaf(&(struct ct_model_leaf){ 8.5f, half ? 1.3f : 0.95f, 0.42f, 0.5f, 0.28f });
        ct_model_copies(b, one, (const float(*)[12])places, LEAVES, greens[half]);
    }
}

void ct_object_bouquet(struct ct_object_builder *b)
{
    ct_bouquet_add(
        b, &(struct ct_bouquet){
               CT_BLOOM_ROSE,
               CT_BLOOM_DAISY,
               { { 0.74f, 0.20f, 0.24f }, { 0.80f, 0.42f, 0.38f }, { 0.62f, 0.10f, 0.22f } },
               13 });
}

void ct_object_roses(struct ct_object_builder *b)
{
    ct_bouquet_add(
        b, &(struct ct_bouquet){
               CT_BLOOM_ROSE,
               CT_BLOOM_ROSE,
               { { 0.46f, 0.012f, 0.025f }, { 0.52f, 0.016f, 0.03f }, { 0.40f, 0.010f, 0.025f } },
               12 });
}

void ct_object_sunflowers(struct ct_object_builder *b)
{
    ct_bouquet_add(
        b, &(struct ct_bouquet){
               CT_BLOOM_SUNFLOWER,
               CT_BLOOM_SUNFLOWER,
               { { 0.86f, 0.50f, 0.02f }, { 0.84f, 0.44f, 0.015f }, { 0.88f, 0.54f, 0.03f } },
               7 });
}
