/* A tube of cream standing on its cap: round at the shoulder, pressed flat at the crimped end. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/parts.h"

#include <stddef.h>

#define CAP_TOP 2.1f
#define SHOULDER_Y 2.2f
#define CRIMP_FROM 14.0f
#define HEIGHT 15.2f
#define ROUND 2.35f
#define CRIMP_HALF 3.1f

const struct ct_object_shape ct_object_tube_shape = {
    .min = { -CRIMP_HALF, 0, -ROUND },
    .max = { CRIMP_HALF, HEIGHT, ROUND },
    .on_y = HEIGHT,
    .yaw = 0.4f,
    .label = { CT_DECAL_FRONT, { 0, 8.2f, 0.3f }, 1.9f, 3.6f },
};

/* v: 0..0.08 closes the shoulder, up to 0.92 the body, the rest is the crimp and its edge. */
static ct_v3 body_at(const void *ctx, float u, float v)
{
    float y = SHOULDER_Y, k = ct_clampf(v / 0.08f, 0, 1), s, c;
    if (v > 0.08f)
        y = ct_lerp(SHOULDER_Y, HEIGHT, ct_clampf((v - 0.08f) / 0.88f, 0, 1));
    float flat = ct_clampf((y - SHOULDER_Y) / (CRIMP_FROM - SHOULDER_Y), 0, 1);
    float a = ct_lerp(ROUND, CRIMP_HALF, flat);
    float depth = ct_lerp(ROUND, 0.09f, flat * (0.55f + 0.45f * flat));
    if (v > 0.96f)
        k = (1 - v) / 0.04f;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float bead =
        y > CRIMP_FROM && v < 0.96f ? 0.02f * ct_sinf(2 * CT_PI * (y - CRIMP_FROM) / 0.2f) : 0;
    return v3(k * a * c, y, k * (depth + bead) * s);
}

void ct_object_tube(struct ct_object_builder *b)
{
    static const struct ct_corner cap[] = {
        { 0, 0, 0 },
        { 2.15f, 0, 0.15f },
        { 2.15f, CAP_TOP, 0.06f },
        { 1.7f, CAP_TOP, 0.03f },
        { 1.7f, SHOULDER_Y, 0 },
        { 0, SHOULDER_Y, 0 },
    };
    ct_part_turned(b, cap, 6, ct_part_dressed(b, CT_MATERIAL_gold, v3(1.0f, 0.71f, 0.29f)));
    struct ct_mesh *body = ct_shape_grid(&(struct ct_grid){ 96, 200, true, body_at, NULL });
    ct_object_add_part(b, body, b->body);
}
