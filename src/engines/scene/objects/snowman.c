/* A snowman with hat, scarf, carrot, coal and twigs for arms. */
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/model.h"

#define HEIGHT 30.0f

const struct ct_object_shape ct_object_snowman_shape = {
    .min = { -12.6f, 0, -7.4f },
    .max = { 12.6f, HEIGHT, 7.6f },
    .yaw = -0.3f,
};

struct ball {
    float radius, y, flat; /* flat: height at which the ball is cut off below */
    float seed;
};

static ct_v3 ball_at(const void *ctx, float u, float v)
{
    const struct ball *ball = ctx;
    float s, c, sv, cv;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    cv = v <= 0 || v >= 1 ? 0 : cv;
    ct_v3 n = v3(cv * c, sv, cv * s);
    float lump = 0.025f * ct_noise3(v3(2.1f * n.x + ball->seed, 2.1f * n.y + 0.5f, 2.1f * n.z)) +
                 0.008f * ct_noise3(v3(9 * n.x, 9 * n.y + ball->seed, 9 * n.z));
    ct_v3 p = v3_scale(n, ball->radius * (1 + lump));
    return v3(p.x, ct_maxf(p.y + ball->y, ball->flat), p.z);
}

static void add_ball(struct ct_object_builder *b, struct ball ball, int snow)
{
    ball.seed = 20 * ct_part_random(b, (int)ball.y);
    ct_object_add_part(b, ct_shape_grid(&(struct ct_grid){ 96, 56, true, ball_at, &ball }), snow);
}

static void add_head(struct ct_object_builder *b, int coal, int hat)
{
    static const struct ct_corner brim[] = {
        { 0, 24.6f, 0 },     { 4.7f, 24.6f, 0.2f },  { 4.7f, 25.1f, 0.2f }, { 3.1f, 25.3f, 0.3f },
        { 2.85f, 29.7f, 0 }, { 2.9f, HEIGHT, 0.4f }, { 0, HEIGHT, 0 },
    };
    static const struct ct_corner band[] = {
        { 2.9f, 25.2f, 0 }, { 3.2f, 25.2f, 0.1f }, { 3.12f, 26.4f, 0.1f },
        { 2.8f, 26.4f, 0 }, { 2.9f, 25.2f, 0 },
    };
    static const struct ct_corner carrot[] = { { 0, -0.4f, 0 },
                                               { 0.72f, 0, 0.3f },
                                               { 0.45f, 1.9f, 0.8f },
                                               { 0.1f, 3.5f, 0.1f },
                                               { 0, 3.6f, 0 } };
    ct_part_turned(b, brim, 7, hat);
    ct_part_turned(b, band, 5,
                   ct_object_part_colored(b, CT_MATERIAL_linen, v3(0.5f, 0.04f, 0.04f)));
    ct_model_turned(b, carrot, 5, v3(0, 21.6f, 3.7f), v3(0.08f, -0.05f, 1),
                    ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.82f, 0.27f, 0.03f)));
    for (int side = -1; side <= 1; side += 2)
        ct_model_ball(b, v3((float)side * 1.45f, 22.9f, 3.55f), v3(0.5f, 0.52f, 0.4f), coal);
    for (int i = -2; i <= 2; i++) {
        float x = 0.8f * (float)i;
        ct_model_ball(b, v3(x, 19.7f + 0.16f * x * x, 3.75f - 0.15f * fabsf(x)),
                      v3(0.28f, 0.28f, 0.25f), coal);
    }
    for (int i = 0; i < 3; i++)
        ct_model_ball(b, v3(0, 15.9f - 2.2f * (float)i, 5.0f - 0.1f * (float)(i == 0)),
                      v3(0.45f, 0.45f, 0.35f), coal);
}

static void add_scarf(struct ct_object_builder *b, int cloth)
{
    static const ct_v2 end[] = { { 0, 0 }, { 0.3f, -2.2f }, { 0.1f, -5.2f } };
    ct_model_ring(b, v3(0, 18.1f, 0), v3(0.05f, 1, 0.08f), 3.6f, 1.0f, cloth);
    ct_model_mesh(b, ct_part_strap(end, 3, 0.95f, 0.30f, 0.5f), v3(-0.16f, 0, 0.06f),
                  v3(2.2f, 17.7f, 4.3f), cloth);
}

void ct_object_snowman(struct ct_object_builder *b)
{
    int snow = b->body;
    int coal = ct_object_part_colored(b, CT_MATERIAL_concrete, v3(0.02f, 0.02f, 0.022f));
    int bark = ct_object_part(b, CT_MATERIAL_bark);
    add_ball(b, (struct ball){ 7.3f, 6.3f, 0.02f, 0 }, snow);
    add_ball(b, (struct ball){ 5.3f, 14.4f, 0, 0 }, snow);
    add_ball(b, (struct ball){ 4.1f, 21.6f, 0, 0 }, snow);
    add_head(b, coal, ct_object_part_colored(b, CT_MATERIAL_velvet, v3(0.03f, 0.03f, 0.035f)));
    add_scarf(b, ct_object_part_colored(b, CT_MATERIAL_linen, v3(0.52f, 0.05f, 0.05f)));
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        const ct_v3 arm[] = { { s * 4.2f, 15.5f, 0.5f },
                              { s * 8, 17.2f, 1.0f },
                              { s * 12.3f, 20.3f, 1.4f } };
        const ct_v3 twig[] = { { s * 9.6f, 18.2f, 1.1f },
                               { s * 11.2f, 18.4f, 1.6f },
                               { s * 12.4f, 18.1f, 2.2f } };
        ct_model_tube(b, arm, 3, 0.38f, 0.18f, bark);
        ct_model_tube(b, twig, 3, 0.2f, 0.12f, bark);
    }
}
