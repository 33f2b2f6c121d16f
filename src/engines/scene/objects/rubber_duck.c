/* The bath duck: a plump body with a turned-up tail, wings, a big head and an orange bill. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define HEIGHT 9.0f

const struct ct_object_shape ct_object_rubber_duck_shape = {
    .min = { -3.5f, 0, -5.4f },
    .max = { 3.5f, HEIGHT, 5.3f },
    .draught = 1.1f,
    .yaw = 0.85f,
};

/* An egg along z, flat below, its tail pulled up and out to a point. */
static ct_v3 body_at(const void *ctx, float u, float v)
{
    float s, c, sv, cv;
    (void)ctx;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    cv = v <= 0 || v >= 1 ? 0 : cv;
    ct_v3 p = v3(3.15f * cv * c, 2.35f * sv, 3.75f * cv * s);
    float tail = ct_smoothstep(0.5f, -4, p.z) * ct_smoothstep(-1.2f, 1.6f, p.y);
    p.z -= 1.9f * tail * tail;
    p.y += 1.9f * tail * tail;
    p.x *= 1 - 0.55f * tail * tail;
    p.y = ct_maxf(p.y, -1.95f + 0.12f * (p.y + 1.95f));
    return v3(p.x, p.y + 2.0f, p.z);
}

void ct_object_rubber_duck(struct ct_object_builder *b)
{
    int yellow = ct_part_body(b, v3(0.88f, 0.60f, 0.03f));
    int orange = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.85f, 0.22f, 0.02f));
    int black = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.01f, 0.01f, 0.01f));
    int white = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.9f, 0.9f, 0.88f));
    ct_object_add_part(b, ct_shape_grid(&(struct ct_grid){ 96, 64, true, body_at, NULL }), yellow);
    ct_model_ball(b, v3(0, 4.1f, 1.3f), v3(1.95f, 1.5f, 1.9f), yellow);
    ct_model_ball(b, v3(0, 6.6f, 1.75f), v3(2.4f, 2.4f, 2.4f), yellow);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        ct_model_cushion(b, v3(s * 2.95f, 2.75f, -0.75f), v3(0.5f, 1.15f, 2.05f), 0.9f,
                         v3(0.30f, 0.12f * s, 0), yellow);
        ct_model_ball(b, v3(s * 1.02f, 7.35f, 3.62f), v3(0.48f, 0.58f, 0.30f), white);
        ct_model_ball(b, v3(s * 1.02f, 7.32f, 3.84f), v3(0.29f, 0.36f, 0.16f), black);
    }
    ct_model_cushion(b, v3(0, 6.35f, 4.35f), v3(1.15f, 0.34f, 1.0f), 0.85f, v3(-0.22f, 0, 0),
                     orange);
    ct_model_cushion(b, v3(0, 5.95f, 4.2f), v3(0.95f, 0.26f, 0.8f), 0.85f, v3(0.18f, 0, 0), orange);
}
