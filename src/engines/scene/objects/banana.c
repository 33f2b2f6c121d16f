/* A hand of three bananas lying nested in one another, their stems grown together. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/parts.h"

#define BEND 9.5f /* radius of the innermost banana's middle line */
#define HALF 1.72f
#define HEIGHT 3.7f
#define FINGERS 3

const struct ct_object_shape ct_object_banana_shape = {
    .min = { -10.95f, 0, -7.4f },
    .max = { 10.95f, HEIGHT, 7.4f },
    .on_y = HEIGHT,
    .yaw = 0.35f,
};

struct finger {
    int k;
    float shift;
};

static float radius_at(float v)
{
    float stem = ct_lerp(0.50f, 0.62f, ct_smoothstep(0, 0.1f, v));
    float body = ct_smoothstep(0.10f, 0.32f, v) * ct_smoothstep(1.0f, 0.70f, v);
    float tip = 0.40f * ct_smoothstep(1.0f, 0.985f, v);
    float r = ct_maxf(ct_lerp(v < 0.5f ? stem : 0, HALF, body), v > 0.5f ? tip : 0);
    return r * sqrtf(ct_clampf(ct_minf(v, 1 - v) / 0.012f, 0, 1));
}

/* Middle line: an arc, moved outwards by one finger's width away from the common stem. */
static ct_v3 middle(const struct finger *f, float v)
{
    float angle = -1.25f + 2.05f * v, s, c;
    float out =
        BEND + 3.05f * (float)f->k * ct_smoothstep(0.02f, 0.45f, v) + 0.3f * (float)f->k * v;
    ct_sincosf(angle, &s, &c);
    float lift = 0.15f * (float)f->k * ct_smoothstep(0.2f, 0, v);
    return v3(out * s, HALF + 0.55f * ct_smoothstep(0.25f, 0, v) + lift - 0.1f * (float)(f->k & 1),
              out * c);
}

/* Five soft ridges; the section is turned so that one points up and outwards. */
static ct_v3 peel_at(const void *ctx, float u, float v)
{
    const struct finger *f = ctx;
    ct_v3 at = middle(f, v);
    ct_v3 along = v3_norm(v3_sub(middle(f, v + 0.01f), middle(f, v - 0.01f)));
    ct_v3 side = v3_norm(v3_cross(v3(0, 1, 0), along)), up = v3_cross(along, side);
    float s, c, ridges = 1 + 0.045f * ct_cosf(10 * CT_PI * u + 0.4f);
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float r = radius_at(v) * ridges * (1 + 0.03f * ct_noise3(v3(4 * v + f->shift, 2 * c, 2 * s)));
    return v3_add(at, v3_add(v3_scale(side, -r * c), v3_scale(up, r * s)));
}

/* Yellow; green towards the stem, brown at both ends, freckles. */
static void peel_texture(const struct ct_material *m, const struct ct_shade_point *at,
                         struct ct_surface *s)
{
    float v = at->v, ends = ct_smoothstep(0.035f, 0.005f, v) + ct_smoothstep(0.968f, 0.985f, v);
    float green = 0.75f * ct_smoothstep(0.22f, 0.03f, v) + 0.25f * ct_smoothstep(0.85f, 0.97f, v);
    float fleck = 0;
    if (at->bounce == 0) {
        float n = ct_noise3(v3_scale(at->local, 2.3f));
        fleck = 0.75f * ct_smoothstep(0.47f, 0.60f, n) +
                0.12f * ct_smoothstep(-0.1f, 0.4f, ct_fbm3(v3_scale(at->local, 0.5f), 4));
    }
    s->base_color = v3_lerp(s->base_color, m->color2, green);
    s->base_color =
        v3_lerp(s->base_color, v3(0.055f, 0.026f, 0.010f), ct_clampf(ends + 0.8f * fleck, 0, 1));
}

void ct_object_banana(struct ct_object_builder *b)
{
    int peel = ct_part_body(b, v3(0.86f, 0.58f, 0.045f));
    if (peel >= 0 && b->object->look.material == CT_MATERIAL_fruit_skin) {
        struct ct_material *m = &b->world->materials[peel];
        m->texture = peel_texture;
        m->color2 = v3_mul(m->surface.base_color, v3(0.55f, 0.85f, 1));
        m->surface.coat = 0.4f;
        m->surface.coat_roughness = 0.4f;
    }
    for (int k = 0; k < FINGERS; k++) {
        struct finger finger = { k, 30 * ct_part_random(b, k) };
        struct ct_mesh *mesh = ct_shape_grid(&(struct ct_grid){ 60, 140, true, peel_at, &finger });
        ct_mesh_move(mesh, v3(-0.7f, 0.16f, -BEND - 0.9f));
        ct_object_add_part(b, mesh, peel);
    }
}
