/* The ray a camera sends through a point of a pixel: shared by the path loop and by coverage.c,
 * which must see exactly what a drawing sees. */
#ifndef CT_SCENE_LENS_H
#define CT_SCENE_LENS_H

#include "engines/scene/math/fn.h"
#include "engines/scene/render/tracer.h"

/* The mean of two uniform numbers: a tent of radius one pixel, by inversion. */
CT_INLINE float ct_tent(float u)
{
    return u < 0.5f ? sqrtf(2 * u) - 1 : 1 - sqrtf(2 - 2 * u);
}

/* The place in the picture that a sample of a pixel looks at; u uniform in the unit square. */
CT_INLINE ct_v2 ct_lens_place(int x, int y, ct_v2 u)
{
    return v2((float)x + 0.5f + ct_tent(u.x), (float)y + 0.5f + ct_tent(u.y));
}

/* at: in pixels of the tracer's grid. lens: uniform in the unit square; counts only when the
 * aperture is open. */
CT_INLINE void ct_lens_ray(const struct ct_tracer *t, ct_v2 at, ct_v2 lens, ct_v3 *origin,
                           ct_v3 *direction)
{
    const struct ct_camera *camera = &t->world->camera;
    float px = at.x / (float)t->width * 2 - 1;
    float py = 1 - at.y / (float)t->height * 2;
    px = px * t->half_width + camera->shift_x * t->half_height;
    py = (py + camera->shift_y) * t->half_height;
    ct_v3 offset = v3_add(v3_scale(t->right, px), v3_scale(t->up, py));
    if (camera->orthographic) {
        *origin = v3_add(t->eye, offset);
        *direction = t->forward;
        return;
    }
    *origin = t->eye;
    *direction = v3_norm(v3_add(t->forward, offset));
    if (t->aperture > 0) {
        ct_v3 focus = v3_mad(*direction, t->focus / v3_dot(*direction, t->forward), t->eye);
        float r = t->aperture * sqrtf(lens.x), s, c;
        ct_turn(lens.y, &s, &c);
        *origin = v3_mad(t->right, r * c, v3_mad(t->up, r * s, *origin));
        *direction = v3_norm(v3_sub(focus, *origin));
    }
}

#endif
