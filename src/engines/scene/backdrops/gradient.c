/* A sweep that changes from the named colour in front to a deeper one behind. */
#include "engines/scene/backdrops/backdrop.h"

#include <stddef.h>

/* Walked from the camera's side: back along the floor, then up the wall. param[0], param[1]: where
 * on that way, in cm, the change begins and ends. */
static void gradient_texture(const struct ct_material *m, const struct ct_shade_point *at,
                             struct ct_surface *s)
{
    float way = at->local.y - at->local.z;
    float t = ct_smoothstep(m->param[0], m->param[1], way);
    s->base_color = v3_lerp(m->surface.base_color, m->color2, t);
}

void ct_backdrop_gradient(const struct ct_backdrop_stage *stage)
{
    int material = stage->wall;
    if (material >= 0) {
        struct ct_material *m = &stage->world->materials[material];
        ct_v3 c = m->surface.base_color;
        m->color2 = v3_scale(v3_mul(c, v3(0.9f, 0.95f, 1.1f)), 0.22f);
        m->texture = gradient_texture;
        m->param[0] = 0.5f * stage->radius;
        m->param[1] = 15 * stage->radius;
    }
    ct_backdrop_cyclorama(stage, material);
}
