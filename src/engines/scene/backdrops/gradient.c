/* A sweep that changes from the named colour on the floor to a deeper one overhead. */
#include "engines/scene/backdrops/backdrop.h"

#include <stddef.h>

/* param[0], param[1]: heights between which the colour changes */
static void gradient_texture(const struct ct_material *m, const struct ct_shade_point *at,
                             struct ct_surface *s)
{
    float t = ct_smoothstep(m->param[0], m->param[1], at->local.y);
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
        m->param[0] = 0.2f * stage->radius;
        m->param[1] = 7 * stage->radius;
    }
    ct_backdrop_cyclorama(stage, material);
}
