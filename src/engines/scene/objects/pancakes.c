/* A pile of pancakes on a plate: syrup running down, butter, berries. */
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/model.h"

#define LAYERS 5

const struct ct_object_shape ct_object_pancakes_shape = {
    .min = { -13, 0, -13 },
    .max = { 13, 11.4f, 13 },
    .yaw = 0.3f,
    .parts = "plate;butter|syrup",
};

struct cake {
    float radius, seed;
};

static ct_v3 cake_at(const void *ctx, float u, float v)
{
    const struct cake *k = ctx;
    float su, cu, sv, cv;
    ct_sincosf(2 * CT_PI * u, &su, &cu);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    float r = k->radius * (1 + 0.03f * ct_noise3(v3(1.4f * cu + k->seed, 0.5f, 1.4f * su)));
    float around = v <= 0 || v >= 1 ? 0 : ct_powf(cv, 0.32f);
    float y = 0.88f * copysignf(ct_powf(fabsf(sv), 0.55f), sv);
    return v3(r * around * cu,
              y + 0.10f * around *
                      ct_noise3(v3(0.5f * r * cu * around, k->seed, 0.5f * r * su * around)),
              r * around * su);
}

/* Golden brown on the flat sides, pale around. */
static void batter(const struct ct_material *m, const struct ct_shade_point *at,
                   struct ct_surface *s)
{
    float flat = ct_smoothstep(0.55f, 0.9f, fabsf(at->normal.y));
    float spot = ct_fbm3(v3_scale(at->local, 0.55f), 3);
    s->base_color = v3_lerp(m->color2, v3_scale(s->base_color, 1 + 0.4f * spot), flat);
}

static ct_v3 syrup_at(const void *ctx, float u, float v)
{
    float s, c, top = *(const float *)ctx;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float tongue = ct_clampf(ct_noise3(v3(2.3f * c + 3, 0.5f, 2.3f * s)) * 2.1f, 0, 1);
    float reach = 6.2f + 2.35f * ct_minf(1, 1.6f * tongue), r = reach * v;
    float over = ct_maxf(r - 7.1f, 0), y = top + 0.16f * sqrtf(ct_maxf(1 - v * v, 0));
    y -= 1.9f * tongue * over * over;
    return v <= 0 ? v3(0, top + 0.16f, 0) : v3(ct_minf(r, 8.35f) * c, y, ct_minf(r, 8.35f) * s);
}

void ct_object_pancakes(struct ct_object_builder *b)
{
    static const struct ct_corner plate[] = {
        { 0, 0, 0 },        { 7.5f, 0, 0.2f },       { 8.2f, 0.5f, 0.5f },
        { 13, 1.5f, 0.2f }, { 12.8f, 1.85f, 0.15f }, { 8.2f, 0.95f, 0.5f },
        { 0, 0.85f, 0 }
    };
    int crust = ct_part_body(b, v3(0.45f, 0.20f, 0.06f));
    if (crust >= 0) {
        struct ct_material *m = &b->world->materials[crust];
        m->texture = m->glass || m->surface.metallic > 0 ? m->texture : batter;
        m->color2 = v3(0.66f, 0.48f, 0.24f);
    }
    ct_part_turned(b, plate, 7, ct_object_accent_of(b, 0, ct_object_part(b, CT_MATERIAL_ceramic)));
    float y = 0.85f;
    for (int i = 0; i < LAYERS; i++) {
        struct cake cake = { 8.2f + 0.3f * (ct_part_random(b, i) - 0.5f),
                             3.0f * (float)i + (float)(b->seed & 15) };
        ct_v3 at = v3(0.5f * (ct_part_random(b, 10 + i) - 0.5f), y + 0.9f,
                      0.5f * (ct_part_random(b, 20 + i) - 0.5f));
        ct_model_mesh(b, ct_shape_grid(&(struct ct_grid){ 72, 24, true, cake_at, &cake, NULL }),
                      v3(0, 0, 0), at, crust);
        y += 1.72f;
    }
    float top = y + 0.03f;
    ct_object_add_part(
        b,
        ct_mesh_creased(ct_shape_grid(&(struct ct_grid){ 120, 30, true, syrup_at, &top, NULL }),
                        60),
        ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.24f, 0.075f, 0.010f)));
    ct_model_box_turned(
        b, v3(0.4f, top + 0.65f, 0.2f), v3(1.55f, 0.6f, 1.4f), 0.3f, v3(0, 0.5f, 0),
        ct_object_accent_of(b, 1,
                            ct_object_part_colored(b, CT_MATERIAL_wax, v3(0.84f, 0.68f, 0.28f))));
    static const ct_v3 berries[] = {
        { -10.0f, 1.9f, 3.4f }, { -9.6f, 1.9f, 5.6f }, { 9.4f, 1.9f, 5.0f }, { 3.6f, 11.0f, -0.8f }
    };
    for (int i = 0; i < 4; i++)
        ct_model_ball(b, v3(berries[i].x, i < 3 ? berries[i].y : top + 0.8f, berries[i].z),
                      v3(0.95f, 0.85f, 0.95f),
                      ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.03f, 0.035f, 0.11f)));
}
