/* Rectangular lights and the sky, prepared for a drawing. Hot and pure, except ct_light_prepare().
 *
 * Lights are not part of the hierarchy: a ray is tested against each (there are at most 16), they
 * cast no shadows themselves, and only their front shines. */
#ifndef CT_SCENE_LIGHT_H
#define CT_SCENE_LIGHT_H

#include "engines/scene/render/isa.h"
#include "engines/scene/render/world.h"

struct ct_lamp {
    ct_v3 center, half_u, half_v, normal, radiance;
    ct_v3 to_u, to_v; /* dot with (p - center) gives the place in [-1, 1] */
    float area;       /* cm^2 */
    enum ct_light_shape shape;
    bool camera_visible;
};

/* false for a light without area, which is to be left out. */
bool ct_lamp_prepare(struct ct_lamp *lamp, const struct ct_light *light);

#define ct_lamp_radiance CT_ISA_NAME(ct_lamp_radiance)
#define ct_lamp_hit CT_ISA_NAME(ct_lamp_hit)
#define ct_sky_radiance CT_ISA_NAME(ct_sky_radiance)

/* Radiance at a = dot(to_u, p - center), b likewise. */
ct_v3 ct_lamp_radiance(const struct ct_lamp *lamp, float a, float b);
/* Does the ray meet the front before t_max? Then *t, *a and *b say where. */
bool ct_lamp_hit(const struct ct_lamp *lamp, ct_v3 origin, ct_v3 direction, float t_max, float *t,
                 float *a, float *b);
ct_v3 ct_sky_radiance(const struct ct_sky *sky, ct_v3 direction);

#endif
