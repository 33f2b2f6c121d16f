/* A strawberry lying on its side: a heart of flesh dented by its seeds, a crown of leaves. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/parts.h"

#define LENGTH 4.3f
#define RADIUS 1.75f
#define SEEDS 96
#define LEAVES 9
#define TILT 1.38f

const struct ct_object_shape ct_object_strawberry_shape = {
    .min = { -2.65f, 0, -1.72f },
    .max = { 2.35f, 3.5f, 1.72f },
    .on_y = 3.4f,
    .yaw = -0.55f,
};

struct berry {
    ct_v3 seeds[SEEDS]; /* on the smooth flesh */
    float shift;
};

/* The tip is at the bottom while the fruit is built. */
static float flesh_radius(float t)
{
    float tip = ct_powf(ct_clampf(t, 0, 1), 0.62f) * (1 - 0.33f * t * t);
    return RADIUS * 1.34f * tip * sqrtf(ct_maxf(1 - ct_powf(t, 5), 0));
}

static ct_v3 smooth_flesh(float around, float t)
{
    float s, c;
    ct_sincosf(around, &s, &c);
    float r = t <= 0 || t >= 1 ? 0 : flesh_radius(t);
    return v3(r * c, LENGTH * t - 0.25f * ct_smoothstep(0.55f, 0, r / RADIUS) * (t > 0.5f), r * s);
}

static ct_v3 flesh_at(const void *ctx, float u, float v)
{
    const struct berry *berry = ctx;
    float t = 0.5f - 0.5f * ct_cosf(CT_PI * v);
    ct_v3 p = smooth_flesh(2 * CT_PI * u, t);
    float near = 9;
    for (int i = 0; i < SEEDS; i++) {
        ct_v3 d = v3_sub(p, berry->seeds[i]);
        near = ct_minf(near, v3_dot(d, d));
    }
    float dent = 0.085f * ct_expf(-near / 0.018f);
    float swell = 0.05f * ct_noise3(v3(0.9f * p.x + berry->shift, 0.9f * p.y, 0.9f * p.z));
    float r = ct_hypotf(p.x, p.z) + 1e-4f, k = ct_maxf(1 + swell - dent / r * ct_minf(r, 1), 0);
    return v3(p.x * k, p.y + (t < 0.15f ? dent * (1 - t / 0.15f) : 0), p.z * k);
}

/* By the golden angle, rows a little apart at the tip. */
static void place_seeds(struct berry *berry)
{
    for (int i = 0; i < SEEDS; i++) {
        float t = 0.035f + 0.87f * ((float)i + 0.5f) / SEEDS;
        berry->seeds[i] = smooth_flesh(2.39996f * (float)i, t);
    }
}

static struct ct_mesh *seeds(const struct berry *berry)
{
    float places[SEEDS][12];
    struct ct_mesh *one = ct_shape_ellipsoid(v3(0.055f, 0.10f, 0.035f), 8);
    for (int i = 0; i < SEEDS; i++) {
        ct_v3 p = berry->seeds[i];
        float angle = ct_atan2f(p.z, p.x);
        ct_v3 at = v3(p.x * 0.975f, p.y + 0.01f, p.z * 0.975f);
        ct_matrix_stand(places[i], at, v3(-0.25f * p.x, 1, -0.25f * p.z), CT_PI / 2 - angle, 1);
    }
    struct ct_mesh *mesh = ct_shape_copies(one, (const float(*)[12])places, SEEDS);
    ct_mesh_free(&one);
    return mesh;
}

/* A pointed leaf of two sides: v runs out along the upper side to the tip and back below. */
static ct_v3 leaf_at(const void *ctx, float u, float v)
{
    const float *curl = ctx;
    float s, c;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float width = 0.36f * ct_powf(ct_sinf(CT_PI * ct_clampf(0.12f + 0.88f * v, 0, 1)), 0.8f);
    if (v <= 0 || v >= 1)
        width = 0;
    float bend = *curl * v * v;
    return v3(1.7f * v, 0.22f * v - bend + 0.045f * s * (width > 0) + 0.5f * width * c * c,
              width * c);
}

/* Laid down with the tip to the right: everything is turned and lifted alike. */
static void lay(struct ct_object_builder *b, struct ct_mesh *mesh, float lift, int material)
{
    ct_mesh_rotate(mesh, 2, TILT);
    ct_mesh_move(mesh, v3(2.3f, lift + 0.025f, 0));
    ct_object_add_part(b, mesh, material);
}

static void add_crown(struct ct_object_builder *b, float lift, int green)
{
    for (int i = 0; i < LEAVES; i++) {
        float curl = ct_lerp(0.0f, 0.35f, ct_part_random(b, i));
        float turn = 2 * CT_PI * ((float)i + 0.12f * ct_part_random(b, i + 40)) / LEAVES;
        float below = ct_smoothstep(-0.2f, -0.6f, ct_cosf(turn)); /* shorter over the support */
        struct ct_mesh *leaf = ct_shape_grid(&(struct ct_grid){ 16, 20, true, leaf_at, &curl });
        ct_mesh_scale(leaf, v3(1 - 0.5f * below, 1 - 0.5f * below, 1 - 0.5f * below));
        ct_mesh_rotate(leaf, 1, turn);
        ct_mesh_move(leaf, v3(0, LENGTH - 0.12f, 0));
        lay(b, leaf, lift, green);
    }
}

static void flesh_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    float pale = ct_smoothstep(0.90f, 0.99f, at->v);
    s->base_color = v3_lerp(s->base_color, m->color2, 0.8f * pale);
}

void ct_object_strawberry(struct ct_object_builder *b)
{
    static const ct_v2 stem[] = { { 0, LENGTH - 0.4f }, { 0.05f, LENGTH + 0.3f }, { 0.3f, 4.95f } };
    struct berry berry = { .shift = 20 * ct_part_random(b, 90) };
    place_seeds(&berry);
    int flesh = ct_part_body(b, v3(0.60f, 0.012f, 0.014f));
    if (flesh >= 0 && b->object->look.material == CT_MATERIAL_fruit_skin) {
        struct ct_material *m = &b->world->materials[flesh];
        m->texture = flesh_texture;
        m->color2 = v3(0.80f, 0.62f, 0.42f);
        m->surface.coat = 1;
        m->surface.coat_roughness = 0.2f;
    }
    int green = ct_part_dressed(b, CT_MATERIAL_matte, v3(0.10f, 0.25f, 0.025f));
    struct ct_mesh *body = ct_shape_grid(&(struct ct_grid){ 112, 80, true, flesh_at, &berry });
    ct_v3 min, max;
    ct_mesh_rotate(body, 2, TILT);
    ct_mesh_bounds(body, &min, &max);
    ct_mesh_rotate(body, 2, -TILT);
    lay(b, body, -min.y, flesh);
    lay(b, seeds(&berry), -min.y, ct_part_dressed(b, CT_MATERIAL_plastic, v3(0.78f, 0.50f, 0.10f)));
    lay(b, ct_part_rod(stem, 3, 0.11f, 0.09f), -min.y, green);
    add_crown(b, -min.y, green);
}
