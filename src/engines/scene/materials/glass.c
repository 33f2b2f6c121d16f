/* Glass: no surface at all but an interface; what is inside is a medium (media.c).
 *
 * The tint acts at every interface passed. A thing of glass is passed through about four times, so
 * a named colour is spread over them. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"

void ct_material_glass(struct ct_material *m, const struct ct_look *look)
{
    m->glass = true;
    m->surface.base_color = v3(1, 1, 1);
    if (look->has_color) {
        ct_v3 c = ct_look_albedo(look, v3(1, 1, 1));
        m->surface.base_color =
            v3(ct_powf(ct_maxf(c.x, 0.04f), 0.3f), ct_powf(ct_maxf(c.y, 0.04f), 0.3f),
               ct_powf(ct_maxf(c.z, 0.04f), 0.3f));
    }
    bool frosted = look->finish == CT_FINISH_FROSTED || look->finish == CT_FINISH_MATTE;
    m->surface.roughness = frosted ? 0.36f : 0;
}
