/* A football of twelve black pentagons and twenty white hexagons, stitched. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#include <stddef.h>

#define R 11.0f

const struct ct_object_shape ct_object_soccer_ball_shape = {
    .min = { -R, 0, -R },
    .max = { R, 2 * R, R },
    .yaw = 0.4f,
};

#define P 0.85065081f /* corners of an icosahedron on the unit sphere ... */
#define Q 0.52573111f
#define A 0.93417236f /* ... and of the dodecahedron of its faces */
#define B 0.35682209f
#define C 0.57735027f

static const ct_v3 corners[6] = { { 0, Q, P },  { 0, -Q, P }, { Q, P, 0 },
                                  { -Q, P, 0 }, { P, 0, Q },  { P, 0, -Q } };
static const ct_v3 middles[10] = { { C, C, C }, { C, C, -C }, { C, -C, C }, { -C, C, C },
                                   { B, 0, A }, { -B, 0, A }, { 0, A, B },  { 0, A, -B },
                                   { A, B, 0 }, { A, -B, 0 } };

/* Both solids are their own mirror image in the origin, so half of the directions do. A pentagon is
 * nearer to its middle than a hexagon to its own, by a margin that makes all edges equal. */
static void leather(const struct ct_material *m, const struct ct_shade_point *at,
                    struct ct_surface *s)
{
    ct_v3 d = v3_norm(v3_sub(at->local, v3(0, R, 0)));
    d = v3(d.x, 0.96f * d.y + 0.28f * d.z, 0.96f * d.z - 0.28f * d.y); /* no pole on top */
    float best = -1, second = -1;
    bool black = false;
    for (int i = 0; i < 16; i++) {
        float near =
            i < 6 ? fabsf(v3_dot(d, corners[i])) - 0.0265f : fabsf(v3_dot(d, middles[i - 6]));
        if (near > best) {
            second = best;
            best = near;
            black = i < 6;
        } else if (near > second) {
            second = near;
        }
    }
    float seam = ct_smoothstep(0.020f, 0.004f, best - second);
    s->base_color = black ? m->color2 : s->base_color;
    s->base_color = v3_scale(s->base_color, 1 - 0.72f * seam);
    s->roughness = ct_lerp(s->roughness, 0.8f, seam);
}

void ct_object_soccer_ball(struct ct_object_builder *b)
{
    int skin = ct_part_body(b, v3(0.80f, 0.80f, 0.79f));
    if (skin >= 0) {
        struct ct_material *m = &b->world->materials[skin];
        m->texture = m->glass ? m->texture : leather;
        m->color2 = v3(0.018f, 0.018f, 0.02f);
    }
    ct_model_mesh(b, ct_shape_ellipsoid(v3(R, R, R), 96), v3(0, 0, 0), v3(0, R, 0), skin);
}
