/* Pot and earth. The colour or material a prompt gives to a potted plant is the pot's: nobody asks
 * for blue leaves. */
#include "engines/scene/objects/planter.h"

#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/model.h"

struct earth {
    float radius;
    uint32_t seed;
};

static ct_v3 earth_at(const void *ctx, float u, float v)
{
    const struct earth *e = ctx;
    float s, c, r = e->radius * (1 - v);
    ct_sincosf(2 * CT_PI * u, &s, &c);
    ct_v3 p = v3(r * c, 0.10f * e->radius * (1 - (1 - v) * (1 - v)), r * s);
    ct_v3 q = v3((p.x + (float)(e->seed & 255)) * 1.7f, 0.5f, p.z * 1.7f);
    p.y +=
        (ct_noise3(q) + 0.6f * ct_noise3(v3_scale(q, 2.3f))) * 0.07f * e->radius * (1 - 0.6f * v);
    return v >= 1 ? v3(0, 0.10f * e->radius, 0) : p;
}

int ct_planter_material(struct ct_object_builder *b)
{
    return ct_part_body(b, v3(0.50f, 0.215f, 0.115f));
}

void ct_planter_add(struct ct_object_builder *b, float radius, float height, int material)
{
    const float r = radius, h = height, wall = 0.09f * r;
    const struct ct_corner pot[] = {
        { 0, 0, 0 },
        { 0.70f * r, 0, 0.06f * r },
        { 0.90f * r, 0.74f * h, 0.02f * r },
        { 0.99f * r, 0.74f * h, 0.03f * r },
        { r, h, 0.05f * r },
        { r - wall, h, 0.05f * r },
        { 0.80f * r, 0.6f * h, 0 },
        { 0, 0.6f * h, 0 },
    };
    struct earth earth = { 0.90f * r, b->seed };
    struct ct_mesh *mesh = ct_shape_grid(&(struct ct_grid){ 64, 24, true, earth_at, &earth });
    ct_part_turned(b, pot, 8, material);
    ct_model_mesh(b, mesh, v3(0, 0, 0), v3(0, 0.88f * h, 0),
                  ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.035f, 0.022f, 0.014f)));
}
