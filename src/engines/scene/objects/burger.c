/* A hamburger: bun with sesame, lettuce, tomato, melted cheese, patty. The look is the bun's. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/parts.h"

#include <stddef.h>

#define RADIUS 5.5f
#define HEEL_TOP 2.0f
#define PATTY_TOP 4.1f
#define CROWN_FROM 5.3f
#define HEIGHT 9.3f
#define SEEDS 64

const struct ct_object_shape ct_object_burger_shape = {
    .min = { -6.2f, 0, -6.2f },
    .max = { 6.2f, HEIGHT, 6.2f },
    .on_y = HEIGHT,
    .yaw = 0.3f,
};

struct lump {
    const struct ct_curve *profile;
    float amount, scale, shift;
};

/* A turned profile, made uneven. v walks its points. */
static ct_v3 lump_at(const void *ctx, float u, float v)
{
    const struct lump *l = ctx;
    float at = v * (float)(l->profile->n - 1), s, c;
    int i = (int)at;
    i = i >= l->profile->n - 1 ? l->profile->n - 2 : i;
    ct_v2 a = l->profile->p[i], b = l->profile->p[i + 1];
    float t = at - (float)i, r = ct_lerp(a.x, b.x, t), y = ct_lerp(a.y, b.y, t);
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float k =
        1 + l->amount * ct_fbm3(v3(l->scale * r * c + l->shift, l->scale * y, l->scale * r * s), 3);
    return v3(r * k * c, y, r * k * s);
}

static struct ct_mesh *uneven(const struct ct_corner *corners, int n, float amount, float scale,
                              float shift)
{
    struct ct_curve profile;
    ct_curve_fillet(&profile, corners, n, 14);
    struct lump lump = { &profile, amount, scale, shift };
    return ct_shape_grid(&(struct ct_grid){ 128, 110, true, lump_at, &lump });
}

static const struct ct_corner crown[] = {
    { 0, CROWN_FROM, 0 }, { 5.2f, CROWN_FROM, 0.5f }, { 5.75f, 6.2f, 0.7f },
    { 5.1f, 8.2f, 2.2f }, { 2.6f, 9.25f, 3.5f },      { 0, HEIGHT, 0 },
};

/* Seeds lie flat on the crown, thickest near the top. */
static void add_seeds(struct ct_object_builder *b)
{
    float places[SEEDS][12];
    struct ct_curve profile;
    ct_curve_fillet(&profile, crown, 6, 14);
    for (int i = 0; i < SEEDS; i++) {
        float r = 4.9f * sqrtf(((float)i + 0.5f) / SEEDS), s, c;
        ct_sincosf(2.39996f * (float)i + 0.5f * ct_part_random(b, i), &s, &c);
        int k = profile.n - 1;
        while (k > 1 && profile.p[k - 1].x < r)
            k--;
        ct_v2 outer = profile.p[k - 1], inner = profile.p[k];
        float t = (outer.x - r) / ct_maxf(outer.x - inner.x, 1e-4f);
        ct_v2 n = v2(outer.y - inner.y, outer.x - inner.x); /* (in, up) of the slope's normal */
        float out = -n.x / ct_maxf(n.y, 0.05f);
        ct_matrix_stand(places[i], v3(r * c, ct_lerp(outer.y, inner.y, t) + 0.01f, r * s),
                        v3(out * c, 1, out * s), 6.28f * ct_part_random(b, i + 99),
                        0.9f + 0.2f * ct_part_random(b, i + 199));
    }
    struct ct_mesh *seed = ct_shape_ellipsoid(v3(0.13f, 0.065f, 0.22f), 12);
    ct_object_add_part(b, ct_shape_copies(seed, (const float(*)[12])places, SEEDS),
                       ct_part_dressed(b, CT_MATERIAL_plastic, v3(0.86f, 0.74f, 0.50f)));
    ct_mesh_free(&seed);
}

/* Baked brown above, pale where it was cut. */
static void bun_texture(const struct ct_material *m, const struct ct_shade_point *at,
                        struct ct_surface *s)
{
    float up = at->geometric_normal.y, cloud = 0;
    if (at->bounce == 0)
        cloud = ct_fbm3(v3_scale(at->local, 0.7f), 4);
    float bake = ct_smoothstep(-0.35f, 0.75f, up + 0.25f * cloud) * (at->local.y > 4);
    bake = at->local.y > 4 ? bake : 0.55f + 0.3f * cloud;
    s->base_color = v3_lerp(m->color2, s->base_color, ct_clampf(bake, 0, 1));
}

static void meat_texture(const struct ct_material *m, const struct ct_shade_point *at,
                         struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    ct_v3 q = v3_scale(at->local, 2.4f);
    float coarse = ct_fbm3(q, 4);
    s->base_color = v3_scale(s->base_color, 1 + 0.9f * coarse);
    s->normal = ct_bend_normal(at, v3_scale(v3(ct_noise3(v3_scale(q, 2)), coarse,
                                               ct_noise3(v3(2 * q.z, 2 * q.x, 2 * q.y))),
                                            0.4f));
}

/* A square slice over the patty whose corners hang down. */
static ct_v3 slice_at(const void *ctx, float u, float v)
{
    const float half = 5.0f, e = 0.11f;
    float s, c, r, lift;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float square = ct_powf(ct_powf(fabsf(c), 9) + ct_powf(fabsf(s), 9), -1.0f / 9) * half;
    if (v < 0.46f) {
        r = square * v / 0.46f;
        lift = 0;
    } else if (v > 0.54f) {
        r = square * (1 - v) / 0.46f;
        lift = 2 * e;
    } else {
        float st, ct;
        ct_sincosf(CT_PI * ((v - 0.46f) / 0.08f - 0.5f), &st, &ct);
        r = square + e * ct;
        lift = e + e * st;
    }
    float over = ct_maxf(r - 5.05f, 0);
    float x = r, y = PATTY_TOP + 0.02f + lift;
    if (over > 0) { /* what hangs over bends down around the patty's edge */
        float bend = ct_minf(over, 0.7f);
        x = 5.05f + 0.75f * bend + 0.12f * (over - bend) + lift * 0.7f;
        y -= 0.35f * bend + 0.92f * (over - bend) + 0.3f * lift;
    }
    return v3(x * c, y, x * s);
}

/* A ruffled leaf under the crown: waves grow towards the edge. */
static ct_v3 lettuce_at(const void *ctx, float u, float v)
{
    const float *shift = ctx;
    float s, c, side = v < 0.5f ? -1 : 1, out = v < 0.5f ? 2 * v : 2 - 2 * v;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float reach = 5.75f + 0.4f * ct_noise3(v3(1.7f * c + *shift, 1.7f * s, 0));
    float wave = ct_sinf(2 * CT_PI * 13 * u + 2.5f * ct_noise3(v3(2 * c, 2 * s + *shift, 3))) +
                 0.5f * ct_sinf(2 * CT_PI * 29 * u + *shift);
    float edge = ct_smoothstep(0.72f, 1, out), thick = out > 0.985f ? 0 : 0.035f;
    float r = reach * out + 0.12f * edge * ct_sinf(2 * CT_PI * 21 * u);
    float y = 4.95f + 0.34f * edge * wave - 0.42f * edge * edge + side * thick;
    return v3(r * c, y, r * s);
}

static void add_filling(struct ct_object_builder *b)
{
    static const struct ct_corner patty[] = {
        { 0, HEEL_TOP, 0 },        { 5.2f, HEEL_TOP, 0.7f }, { 5.75f, 3.05f, 0.8f },
        { 5.2f, PATTY_TOP, 0.7f }, { 0, PATTY_TOP, 0 },
    };
    static const struct ct_corner tomato[] = {
        { 0, 0, 0 }, { 2.9f, 0, 0.1f }, { 3.0f, 0.25f, 0.1f }, { 2.9f, 0.5f, 0.1f }, { 0, 0.5f, 0 }
    };
    int meat = ct_part_dressed(b, CT_MATERIAL_matte, v3(0.105f, 0.040f, 0.018f));
    if (meat >= 0 && meat != b->body) {
        struct ct_material *m = &b->world->materials[meat];
        m->texture = meat_texture;
        m->surface.coat = 0.35f;
        m->surface.coat_roughness = 0.35f;
    }
    float shift = 20 * ct_part_random(b, 700);
    ct_object_add_part(b, uneven(patty, 5, 0.06f, 0.9f, shift), meat);
    struct ct_mesh *mesh = ct_shape_grid(&(struct ct_grid){ 200, 90, true, slice_at, NULL });
    ct_object_add_part(b, mesh, ct_part_dressed(b, CT_MATERIAL_wax, v3(0.90f, 0.46f, 0.035f)));
    int red = ct_part_dressed(b, CT_MATERIAL_ceramic, v3(0.55f, 0.035f, 0.018f));
    for (int k = 0; k < 3; k++) {
        float s, c;
        ct_sincosf(2 * CT_PI * (float)k / 3 + 0.5f, &s, &c);
        struct ct_part_pose pose = { .at = { 2.55f * c, PATTY_TOP + 0.28f, 2.55f * s } };
        ct_part_turned_at(b, tomato, 5, pose, red);
    }
    mesh = ct_shape_grid(&(struct ct_grid){ 320, 60, true, lettuce_at, &shift });
    ct_object_add_part(b, mesh, ct_part_dressed(b, CT_MATERIAL_plastic, v3(0.24f, 0.45f, 0.05f)));
}

void ct_object_burger(struct ct_object_builder *b)
{
    static const struct ct_corner heel[] = {
        { 0, 0, 0 },        { 4.9f, 0, 0.8f }, { 5.6f, 1.0f, 0.8f }, { 5.45f, HEEL_TOP, 0.35f },
        { 0, HEEL_TOP, 0 },
    };
    int bun = ct_part_body(b, v3(0.56f, 0.25f, 0.062f));
    if (bun >= 0 && b->object->look.material == CT_MATERIAL_crust) {
        struct ct_material *m = &b->world->materials[bun];
        m->texture = bun_texture;
        m->color2 = v3(0.78f, 0.55f, 0.27f);
        m->surface.roughness = 0.45f;
        m->surface.coat = 0.5f;
        m->surface.coat_roughness = 0.28f;
    }
    float shift = 20 * ct_part_random(b, 800);
    ct_object_add_part(b, uneven(heel, 5, 0.025f, 0.5f, shift), bun);
    add_filling(b);
    ct_object_add_part(b, uneven(crown, 6, 0.02f, 0.4f, shift), bun);
    add_seeds(b);
}
