/* A basketball: pebbled orange rubber with black channels. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/model.h"

#define R 12.0f

const struct ct_object_shape ct_object_basketball_shape = {
    .min = { -R, 0, -R },
    .max = { R, 2 * R, R },
    .yaw = 0.5f,
};

static void rubber(const struct ct_material *m, const struct ct_shade_point *at,
                   struct ct_surface *s)
{
    ct_v3 d = v3_norm(v3_sub(at->local, v3(0, R, 0)));
    d = v3(d.x, 0.94f * d.y + 0.34f * d.z, 0.94f * d.z - 0.34f * d.y);
    /* Two great circles, and two that bend around the sides. */
    float side = fabsf(d.x) - 0.56f - 0.22f * d.z * d.z;
    float line = ct_minf(ct_minf(fabsf(d.x), fabsf(d.y)), fabsf(side) * 0.8f);
    float channel = ct_smoothstep(0.030f, 0.018f, line);
    s->base_color = v3_lerp(s->base_color, m->color2, channel);
    if (at->bounce > 0)
        return;
    ct_v3 q = v3_scale(at->local, 5.2f);
    float k = 0.22f * (1 - channel);
    s->normal = ct_bend_normal(at, v3(k * ct_noise3(q), k * ct_noise3(v3_add(q, v3(5, 3, 1))),
                                      k * ct_noise3(v3_add(q, v3(1, 8, 4)))));
}

void ct_object_basketball(struct ct_object_builder *b)
{
    int skin = ct_part_body(b, v3(0.52f, 0.17f, 0.035f));
    if (skin >= 0) {
        struct ct_material *m = &b->world->materials[skin];
        m->texture = m->glass ? m->texture : rubber;
        m->color2 = v3(0.012f, 0.011f, 0.01f);
    }
    ct_model_mesh(b, ct_shape_ellipsoid(v3(R, R, R), 96), v3(0, 0, 0), v3(0, R, 0), skin);
}
