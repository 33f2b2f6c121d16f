/* An orange: a little flattened, dimpled at the stem, where a green button stayed. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/parts.h"

#define RADIUS 3.9f
#define HEIGHT 7.4f

const struct ct_object_shape ct_object_orange_shape = {
    .min = { -RADIUS, 0, -RADIUS },
    .max = { RADIUS, HEIGHT, RADIUS },
    .on_y = HEIGHT,
    .yaw = 0.5f,
};

static ct_v3 peel_at(const void *ctx, float u, float v)
{
    const float *shift = ctx;
    float su, cu, sv, cv;
    ct_sincosf(2 * CT_PI * u, &su, &cu);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    if (v <= 0 || v >= 1)
        cv = 0;
    ct_v3 p = v3(cv * cu, sv, cv * su);
    float swell = 0.022f * ct_noise3(v3(1.3f * p.x + *shift, 1.3f * p.y, 1.3f * p.z));
    float dent = ct_expf(-cv * cv / 0.025f);
    float ribs = 0.012f * ct_cosf(10 * CT_PI * u) * ct_smoothstep(0.55f, 0.15f, cv) * sv;
    float k = 1 + swell + (sv > 0 ? ribs : 0);
    float y = 0.5f * HEIGHT * (1 + sv * k) - (sv > 0 ? 0.36f : 0) * dent;
    return v3(0.985f * RADIUS * k * p.x, y, 0.985f * RADIUS * k * p.z);
}

void ct_object_orange(struct ct_object_builder *b)
{
    static const struct ct_corner button[] = {
        { 0, 6.85f, 0 },        { 0.42f, 6.9f, 0.05f },  { 0.40f, 7.05f, 0.1f },
        { 0.2f, 7.12f, 0.05f }, { 0.16f, 7.22f, 0.05f }, { 0, 7.22f, 0 },
    };
    float shift = 20 * ct_part_random(b, 0);
    struct ct_mesh *peel = ct_shape_grid(&(struct ct_grid){ 120, 80, true, peel_at, &shift });
    ct_v3 min, max;
    ct_mesh_bounds(peel, &min, &max);
    ct_mesh_move(peel, v3(0, -min.y, 0));
    ct_object_add_part(b, peel, b->body);
    ct_part_turned(b, button, 6, ct_part_dressed(b, CT_MATERIAL_matte, v3(0.10f, 0.13f, 0.03f)));
}
