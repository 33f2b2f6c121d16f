/* Two scoops in a waffle cone, standing on its tip as on a poster. The look's colour is the upper
 * scoop's. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/parts.h"

#include <stddef.h>

#define CONE_TOP 11.0f
#define CONE_RADIUS 3.0f
#define HEIGHT 18.6f

const struct ct_object_shape ct_object_ice_cream_shape = {
    .min = { -3.3f, 0, -3.3f },
    .max = { 3.3f, HEIGHT, 3.3f },
    .on_y = HEIGHT,
};

/* v: outside from the tip to the rim, over it, and down inside to the axis. */
static ct_v3 cone_at(const void *ctx, float u, float v)
{
    float s, c, y, r, ridge = 0;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    if (v < 0.9f) {
        float t = v / 0.9f;
        y = CONE_TOP * t;
        r = v <= 0 ? 0 : 0.28f + (CONE_RADIUS - 0.28f) * t;
        float a = ct_fractf(12 * u + 3.4f * t), b = ct_fractf(12 * u - 3.4f * t);
        float da = fabsf(a - 0.5f), db = fabsf(b - 0.5f);
        ridge = 0.11f * ct_maxf(ct_smoothstep(0.20f, 0.05f, da), ct_smoothstep(0.20f, 0.05f, db));
        ridge *= ct_smoothstep(0, 0.1f, t) * ct_smoothstep(1.0f, 0.97f, t) * (0.4f + 0.6f * t);
        ridge += 0.12f * ct_smoothstep(0.955f, 0.985f, t);
    } else {
        float t = (v - 0.9f) / 0.1f;
        y = CONE_TOP - 0.6f * t;
        r = v >= 1 ? 0 : CONE_RADIUS - 0.28f - 0.5f * t;
    }
    return v3((r + ridge) * c, y, (r + ridge) * s);
}

struct scoop {
    ct_v3 at;
    float radius, shift;
};

/* A ball with the torn skirt a scoop leaves around its lower edge. */
static ct_v3 scoop_at(const void *ctx, float u, float v)
{
    const struct scoop *scoop = ctx;
    float su, cu, sv, cv;
    ct_sincosf(2 * CT_PI * u, &su, &cu);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    if (v <= 0 || v >= 1)
        cv = 0;
    ct_v3 n = v3(cv * cu, sv, cv * su);
    ct_v3 q = v3_add(v3_scale(n, 1.6f), v3(scoop->shift, 0, 0));
    float rough = 0.035f * ct_fbm3(q, 4) + 0.018f * ct_fbm3(v3_scale(q, 5), 3);
    float ragged = 0.6f + 0.5f * ct_noise3(v3(3 * cu + scoop->shift, 3 * su, 1)) +
                   0.35f * ct_noise3(v3(9 * cu, 9 * su, 2 + scoop->shift));
    float skirt = 0.13f * ragged * ct_expf(-(sv + 0.42f) * (sv + 0.42f) / 0.018f);
    float k = scoop->radius * (1 + rough + skirt);
    return v3_add(scoop->at, v3(k * n.x, k * n.y * 0.95f, k * n.z));
}

static void add_scoop(struct ct_object_builder *b, float y, float radius, int id, int material)
{
    struct scoop scoop = { v3(0.25f * (ct_part_random(b, id) - 0.5f), y, 0), radius,
                           20 * ct_part_random(b, id + 1) };
    struct ct_mesh *mesh = ct_shape_grid(&(struct ct_grid){ 144, 112, true, scoop_at, &scoop });
    ct_object_add_part(b, mesh, material);
}

void ct_object_ice_cream(struct ct_object_builder *b)
{
    int cone = ct_part_dressed(b, CT_MATERIAL_crust, v3(0.62f, 0.34f, 0.11f));
    int lower = ct_part_dressed(b, CT_MATERIAL_frosting, v3(0.88f, 0.80f, 0.60f));
    int upper = ct_part_body(b, v3(0.82f, 0.34f, 0.38f));
    struct ct_mesh *mesh = ct_shape_grid(&(struct ct_grid){ 288, 200, true, cone_at, NULL });
    ct_object_add_part(b, mesh, cone);
    add_scoop(b, CONE_TOP + 1.15f, 3.05f, 0, lower);
    add_scoop(b, CONE_TOP + 4.85f, 2.8f, 2, upper);
}
