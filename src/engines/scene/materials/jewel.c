/* Pearl and diamond. A pearl's lustre is a sharp coat over a soft one, with a faint rose and green
 * where the sight grazes it; a diamond is an interface like glass, denser inside (media.c). */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

static void pearl_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    float up = 0.5f + 0.5f * at->normal.y;
    float orient = ct_smoothstep(0.2f, 0.9f, up);
    s->base_color =
        v3_mul(s->base_color, v3_lerp(v3(0.93f, 0.97f, 0.95f), v3(1, 0.95f, 0.95f), orient));
}

void ct_material_pearl(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.84f, 0.80f, 0.75f));
    m->surface.roughness = 0.42f;
    m->surface.specular = 0.09f;
    m->surface.coat = 1;
    m->surface.coat_roughness = ct_look_roughness(look, 0.14f);
    m->texture = pearl_texture;
}

void ct_material_diamond(struct ct_material *m, const struct ct_look *look)
{
    m->glass = true;
    m->surface.base_color = v3(1, 1, 1);
    if (look->has_color) {
        ct_v3 c = ct_look_albedo(look, v3(1, 1, 1));
        m->surface.base_color =
            v3(ct_powf(ct_maxf(c.x, 0.03f), 0.4f), ct_powf(ct_maxf(c.y, 0.03f), 0.4f),
               ct_powf(ct_maxf(c.z, 0.03f), 0.4f));
    }
}
