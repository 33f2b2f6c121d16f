/* A board of sushi: two salmon nigiri, a tuna one, and rolls in nori. */
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/model.h"

const struct ct_object_shape ct_object_sushi_shape = {
    .min = { -12.5f, 0, -7.5f },
    .max = { 12.5f, 5.1f, 7.5f },
    .yaw = 0.35f,
    .parts = "board|plate|tray",
};

struct grain {
    ct_v3 half;
};

/* Grains pressed together: a superellipsoid under cellular bumps. */
static ct_v3 rice_at(const void *ctx, float u, float v)
{
    const struct grain *g = ctx;
    float su, cu, sv, cv;
    ct_sincosf(2 * CT_PI * u, &su, &cu);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    float around = v <= 0 || v >= 1 ? 0 : ct_powf(cv, 0.5f);
    ct_v3 p = v3(g->half.x * around * copysignf(ct_powf(fabsf(cu), 0.6f), cu),
                 g->half.y * copysignf(ct_powf(fabsf(sv), 0.6f), sv),
                 g->half.z * around * copysignf(ct_powf(fabsf(su), 0.6f), su));
    float bump = 0.09f * fabsf(ct_noise3(v3_scale(p, 2.6f)));
    return v3_mad(v3_norm(p), bump, p);
}

/* Fish: pale lines of fat across, along local x. */
static void flesh(const struct ct_material *m, const struct ct_shade_point *at,
                  struct ct_surface *s)
{
    ct_v3 p = at->local;
    float wave =
        ct_fractf(0.78f * (p.x + 0.35f * p.z * p.z * 0.2f + 0.25f * ct_noise3(v3_scale(p, 0.8f))));
    float line = ct_smoothstep(0.80f, 0.90f, wave) * ct_smoothstep(1.0f, 0.95f, wave);
    s->base_color = v3_lerp(s->base_color, m->color2, 0.8f * line);
}

static ct_v3 slice_at(const void *ctx, float u, float v)
{
    const ct_v3 *half = ctx;
    float su, cu, sv, cv;
    ct_sincosf(2 * CT_PI * u, &su, &cu);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    float around = v <= 0 || v >= 1 ? 0 : ct_powf(cv, 0.4f);
    ct_v3 p = v3(half->x * around * copysignf(ct_powf(fabsf(cu), 0.55f), cu),
                 half->y * copysignf(ct_powf(fabsf(sv), 0.8f), sv),
                 half->z * around * copysignf(ct_powf(fabsf(su), 0.7f), su));
    p.y -= 0.055f * p.x * p.x + 0.16f * p.z * p.z; /* draped over the rice */
    return p;
}

static void add_nigiri(struct ct_object_builder *b, ct_v3 at, float turn, int rice, int fish)
{
    struct grain g = { { 2.9f, 1.05f, 1.35f } };
    ct_v3 half = v3(3.5f, 0.42f, 1.6f);
    ct_model_mesh(b, ct_shape_grid(&(struct ct_grid){ 80, 40, true, rice_at, &g, NULL }),
                  v3(0, turn, 0), v3_add(at, v3(0, 1.12f, 0)), rice);
    ct_model_mesh(b, ct_shape_grid(&(struct ct_grid){ 64, 28, true, slice_at, &half, NULL }),
                  v3(0, turn, 0), v3_add(at, v3(0, 2.45f, 0)), fish);
}

static void add_roll(struct ct_object_builder *b, ct_v3 at, int rice, int nori, int filling)
{
    const struct ct_corner wrap[] = { { 0, 0, 0 },           { 1.62f, 0, 0.1f },
                                      { 1.62f, 2.6f, 0.1f }, { 1.5f, 2.6f, 0.05f },
                                      { 1.5f, 2.45f, 0 },    { 0, 2.45f, 0 } };
    struct grain g = { { 1.52f, 0.42f, 1.52f } };
    ct_model_turned(b, wrap, 6, at, v3(0, 1, 0), nori);
    ct_model_mesh(b, ct_shape_grid(&(struct ct_grid){ 64, 30, true, rice_at, &g, NULL }),
                  v3(0, 0, 0), v3_add(at, v3(0, 2.35f, 0)), rice);
    ct_model_box_turned(b, v3_add(at, v3(0.1f, 2.5f, 0)), v3(0.55f, 0.36f, 0.5f), 0.15f,
                        v3(0, 0.6f, 0), filling);
}

static int fish_of(struct ct_object_builder *b, ct_v3 color, ct_v3 fat)
{
    int fish = ct_part_dressed(b, CT_MATERIAL_lacquer, color);
    if (fish >= 0 && fish != b->body) {
        b->world->materials[fish].texture = flesh;
        b->world->materials[fish].color2 = fat;
    }
    return fish;
}

void ct_object_sushi(struct ct_object_builder *b)
{
    int rice = ct_part_dressed(b, CT_MATERIAL_matte, v3(0.83f, 0.82f, 0.77f));
    int salmon = fish_of(b, v3(0.66f, 0.17f, 0.05f), v3(0.82f, 0.52f, 0.36f));
    int tuna = fish_of(b, v3(0.34f, 0.022f, 0.028f), v3(0.46f, 0.09f, 0.08f));
    int nori = ct_part_dressed(b, CT_MATERIAL_matte, v3(0.012f, 0.022f, 0.014f));
    int cucumber = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.22f, 0.38f, 0.10f));
    int wood =
        ct_object_accent(b, ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.20f, 0.11f, 0.06f)));
    ct_model_box(b, v3(0, 1.15f, 0), v3(12.5f, 0.45f, 7.5f), 0.2f, wood);
    for (int side = -1; side <= 1; side += 2)
        ct_model_box(b, v3((float)side * 9.0f, 0.38f, 0), v3(0.8f, 0.38f, 6.6f), 0.1f, wood);
    add_nigiri(b, v3(-7.6f, 1.6f, -2.6f), 0.9f, rice, salmon);
    add_nigiri(b, v3(-3.0f, 1.6f, -2.4f), 0.9f, rice, tuna);
    add_nigiri(b, v3(1.6f, 1.6f, -2.2f), 0.9f, rice, salmon);
    for (int i = 0; i < 4; i++)
        add_roll(b, v3(-5.4f + 3.9f * (float)i, 1.6f, 4.2f), rice, nori, i & 1 ? cucumber : salmon);
    ct_model_ball(b, v3(8.6f, 2.4f, -2.6f), v3(1.5f, 1.1f, 1.3f),
                  ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.30f, 0.46f, 0.12f)));
    for (int i = 0; i < 3; i++)
        ct_model_ball(b, v3(8.0f + 0.9f * (float)i, 2.1f + 0.35f * (float)i, 1.1f),
                      v3(1.3f, 0.22f, 1.0f),
                      ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.78f, 0.52f, 0.42f)));
}
