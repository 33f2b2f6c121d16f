/* A wedge of watermelon: red flesh with seeds, white, striped green rind. */
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/model.h"

#define R 11.0f

const struct ct_object_shape ct_object_watermelon_shape = {
    .min = { -R, 0, -3.6f },
    .max = { R, 11.2f, 3.6f },
    .yaw = 0.4f,
};

/* By the distance from the middle of the cut edge: flesh, white, rind. */
static void melon(const struct ct_material *m, const struct ct_shade_point *at,
                  struct ct_surface *s)
{
    ct_v3 p = v3_sub(at->local, v3(0, 11.2f, 0));
    float r = ct_hypotf(p.x, p.y) / R;
    float pulp = 1 + 0.16f * ct_fbm3(v3_scale(at->local, 1.3f), 3);
    float stripe = ct_smoothstep(-0.1f, 0.25f,
                                 ct_noise3(v3(0.9f * ct_atan2f(p.x, -p.y) * 5, 0.3f * p.z, 0.5f)));
    ct_v3 flesh = v3_scale(
        v3_lerp(s->base_color, v3(0.74f, 0.20f, 0.16f), ct_smoothstep(0.74f, 0.86f, r)), pulp);
    ct_v3 rind = v3_lerp(v3(0.022f, 0.085f, 0.028f), m->color2, 0.6f * stripe);
    s->base_color = v3_lerp(flesh, v3(0.76f, 0.80f, 0.60f), ct_smoothstep(0.84f, 0.89f, r));
    s->base_color = v3_lerp(s->base_color, rind, ct_smoothstep(0.945f, 0.965f, r));
}

void ct_object_watermelon(struct ct_object_builder *b)
{
    struct ct_corner outline[36];
    int flesh = ct_part_body(b, v3(0.56f, 0.035f, 0.035f)), n = 0;
    if (flesh >= 0) {
        struct ct_material *m = &b->world->materials[flesh];
        m->texture = m->glass || m->surface.metallic > 0 ? m->texture : melon;
        m->color2 = v3(0.16f, 0.30f, 0.10f);
    }
    for (int i = 0; i <= 32; i++) {
        float s, c;
        ct_sincosf(CT_PI + CT_PI * (float)i / 32, &s, &c);
        outline[n++] = (struct ct_corner){ R * c, R + 0.02f + R * s, 0 };
    }
    outline[n++] = outline[0];
    ct_model_plate(b, (struct ct_model_plate){ outline, n, 3.4f, 0.35f, v3(0, 0, 0), v3(0, 0, 0) },
                   flesh);
    float places[26][12];
    n = 0;
    for (int i = 0; i < 13; i++) {
        float a = CT_PI * (1.10f + 0.80f * (float)i / 12), ring = i & 1 ? 5.2f : 7.6f, s, c;
        ct_sincosf(a, &s, &c);
        for (int side = -1; side <= 1; side += 2)
            ct_matrix_stand(places[n++], v3(ring * c, R + 0.02f + ring * s, (float)side * 3.40f),
                            v3(c, s, 0), 0, 1);
    }
    ct_model_copies(b, ct_shape_ellipsoid(v3(0.26f, 0.46f, 0.14f), 12), (const float(*)[12])places,
                    n, ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.02f, 0.012f, 0.01f)));
}
