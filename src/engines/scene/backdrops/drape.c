/* Heavy cloth laid in folds, flat where things stand, and darkness behind.
 *
 * Each fold is a ridge: a Gaussian across a line that slow noise bends. */
#include "engines/scene/backdrops/backdrop.h"
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#include <stddef.h>

#define REFERENCE 6.0f /* the folds below are for a subject of this radius, cm */

/* height * exp(-((a*x + b*z + c) / width)^2) */
static const struct fold {
    float height, a, b, c, width;
} folds[] = {
    { 2.6f, 0.38f, 0.92f, 15.5f, 2.3f },   { 1.7f, -0.30f, 0.90f, 21.0f, 2.0f },
    { 2.2f, 0.10f, 0.95f, 29.0f, 2.6f },   { 1.2f, 0.62f, 0.80f, 9.5f, 1.5f },
    { 1.5f, 0.85f, -0.50f, -16.5f, 1.9f }, { 0.9f, 0.80f, -0.62f, -11.0f, 1.2f },
};

static float drape_height(const void *ctx, float world_x, float world_z)
{
    const struct ct_backdrop_stage *stage = ctx;
    float k = REFERENCE / stage->radius, x = world_x * k, z = world_z * k;
    float bent_x = x + 1.8f * ct_noise3(v3(x * 0.05f, 3.5f, z * 0.05f));
    float bent_z = z + 2.2f * ct_noise3(v3(x * 0.045f, 9.5f, z * 0.045f));
    float height = 0.35f * ct_noise3(v3(x * 0.16f, 0.3f, z * 0.16f));
    for (size_t i = 0; i < sizeof(folds) / sizeof(*folds); i++) {
        const struct fold *f = &folds[i];
        float t = (f->a * bent_x + f->b * bent_z + f->c) / f->width;
        height += f->height * ct_expf(-t * t);
    }
    /* Flat under the things; towards a camera low over the cloth it stays flat as well. */
    float clear = ct_smoothstep(5.4f, 10.5f, ct_hypotf(x, z * 1.15f));
    float front = 1 - ct_smoothstep(4, 14, z);
    return height * clear * front / k;
}

void ct_backdrop_drape(const struct ct_backdrop_stage *stage)
{
    float r = stage->radius, back = 8.3f * r, wall_width = ct_backdrop_half_width(stage, back);
    float half = ct_maxf(10 * r, 1.3f * stage->view_slope * (stage->to_camera + back));
    struct ct_height_field cloth = {
        .x0 = -half,
        .x1 = half,
        .z0 = -back,
        .z1 = ct_maxf(5 * r, stage->from_above ? back : stage->to_camera + r),
        .nx = 520,
        .nz = 400,
        .height = drape_height,
        .ctx = stage,
    };
    if (stage->from_above)
        cloth.z0 = -ct_maxf(back, half);
    ct_backdrop_add(stage, ct_shape_height_field(&cloth), stage->support);
    if (!stage->from_above)
        ct_backdrop_add(
            stage, ct_shape_quad(v3(0, 30 * r, -back), v3(2 * wall_width, 0, 0), v3(0, 60 * r, 0)),
            stage->wall);
}
