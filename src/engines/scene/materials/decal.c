/* Ink on a thing, placed in the thing's own space: no mesh needs texture coordinates for it.
 *
 * A printed material keeps its texture in decal.under and gets print_texture() instead, which runs
 * in the renderer's inner loop. Which side of a wall is seen is told by the normal, so that the
 * inside of a mug stays clean; and u runs to the right as the viewer sees it on every face, so
 * that a text cannot come out mirrored:
 *
 *     FRONT  u = x, v = y       ROUND  u = angle * radius, v = y       TOP  u = x, v = -z  */
#include "engines/scene/materials/decal.h"

#include "engines/scene/math/fn.h"

#define DEPTH_CM 0.25f /* how far behind its plane a face may lie (rounded edges, a bent cover) */
#define FACING 0.5f    /* least cosine between the face and its ideal direction */

static ct_v3 local_normal(const struct ct_decal *d, ct_v3 n)
{
    float s, c;
    ct_sincosf(d->yaw, &s, &c);
    return v3(n.x * c - n.z * s, n.y, n.z * c + n.x * s);
}

/* Texture coordinates of a point, false when it is not on the printed face. */
static bool find_place(const struct ct_decal *d, const struct ct_shade_point *at, float *u,
                       float *v)
{
    ct_v3 p = at->local, n;
    float x = p.x - d->center.x, y = p.y - d->center.y;
    if (d->face == CT_DECAL_TOP) {
        y = d->center.z - p.z;
        if (p.y < d->center.y - DEPTH_CM || at->geometric_normal.y < FACING)
            return false;
    } else if (d->face == CT_DECAL_FRONT && p.z < d->center.z - DEPTH_CM) {
        return false;
    }
    if (fabsf(y) >= d->half_height)
        return false;
    if (d->face == CT_DECAL_ROUND) {
        float angle = ct_atan2f(p.x, p.z) - d->turn;
        angle -= 2 * CT_PI * ct_floorf(angle / (2 * CT_PI) + 0.5f);
        x = angle * d->center.z;
    }
    if (fabsf(x) >= d->half_width)
        return false;
    n = local_normal(d, at->geometric_normal);
    if (d->face == CT_DECAL_FRONT && n.z < FACING)
        return false;
    if (d->face == CT_DECAL_ROUND && n.x * p.x + n.z * p.z < FACING * ct_hypotf(p.x, p.z))
        return false;
    *u = 0.5f + 0.5f * x / d->half_width;
    *v = 0.5f + 0.5f * y / d->half_height;
    return true;
}

static void print_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    const struct ct_decal *d = &m->decal;
    float u, v, ink;
    if (d->under)
        d->under(m, at, s);
    if (!find_place(d, at, &u, &v))
        return;
    ct_raster_sample(m->raster, u, v, &ink);
    if (ink <= 0)
        return;
    s->base_color = v3_lerp(s->base_color, d->ink, ink);
    s->emission = v3_scale(s->emission, 1 - ink);
    s->sheen_color = v3_scale(s->sheen_color, 1 - ink);
    s->metallic *= 1 - ink;
    s->roughness = ct_lerp(s->roughness, 0.5f, ink);
}

void ct_material_print(struct ct_material *m, const struct ct_decal *decal,
                       const struct ct_raster *mask)
{
    const float middle_grey = 0.18f;
    m->decal = *decal;
    m->decal.under = m->texture;
    m->decal.ink = ct_luminance(m->surface.base_color) > middle_grey ? v3(0.016f, 0.016f, 0.018f)
                                                                     : v3(0.84f, 0.82f, 0.78f);
    m->texture = print_texture;
    m->raster = mask;
}
