/* A game controller, a telephone of old, a skateboard. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/figure.h"
#include "engines/scene/objects/wheel.h"

const struct ct_object_shape ct_object_game_controller_shape = {
    .min = { -8.4f, 0, -4.6f },
    .max = { 8.4f, 5.3f, 6.2f },
    .view_deg = 36,
    .yaw = 0.25f,
    .parts = "button|buttons",
};

void ct_object_game_controller(struct ct_object_builder *b)
{
    static const struct ct_lump rows[] = {
        FIGURE_LIMB(0, 0, true, 0, 2.4f, -1.4f, 2.2f, 4.6f, 2.4f, -1.6f, 2.6f),
        FIGURE_LIMB(0, 1.6f, true, 5.4f, 2.3f, -0.4f, 2.4f, 6.8f, 1.6f, 4.6f, 1.5f),
        { .kind = CT_LUMP_BLOCK, .use = CT_LUMP_CUT, .a = { 0, 8.0f, 0 }, .b = { 12, 4.0f, 12 },
          .blend = 0.8f },
    };
    static const struct ct_figure shell = { FIGURE_BODY(rows, 84), { 0xf1f1f3, 0, 0 }, false };
    static const uint32_t colors[] = { 0x3f7fd6, 0xd8453c, 0xe8b83a, 0x4aa85a };
    int dark = ct_figure_feature(b, 0x222428);
    ct_figure_add_body(b, &shell);
    for (int side = -1; side <= 1; side += 2) {
        ct_v3 at = v3(2.5f * (float)side, 3.8f, 1.4f);
        ct_model_drum(
            b, (struct ct_model_drum){ at, v3_add(at, v3(0, 0.9f, 0)), 0.6f, 0.55f, 0.1f }, dark);
        ct_model_cushion(b, v3_add(at, v3(0, 1.05f, 0)), v3(1.1f, 0.4f, 1.1f), 0.7f, v3(0, 0, 0),
                         dark);
        ct_model_cushion(b, v3(5.0f * (float)side, 3.0f, -3.7f), v3(1.7f, 0.7f, 0.8f), 0.6f,
                         v3(0, 0, 0), dark);
    }
    for (int i = 0; i < 4; i++) {
        float s, c;
        ct_sincosf(CT_PI / 2 * (float)i, &s, &c);
        ct_model_cushion(b, v3(5.2f + 1.05f * c, 4.1f, -1.6f + 1.05f * s), v3(0.52f, 0.35f, 0.52f),
                         0.8f, v3(0, 0, 0), ct_object_accent(b, ct_figure_feature(b, colors[i])));
    }
    ct_model_box(b, v3(-5.2f, 4.05f, -1.6f), v3(1.5f, 0.35f, 0.5f), 0.2f, dark);
    ct_model_box(b, v3(-5.2f, 4.05f, -1.6f), v3(0.5f, 0.35f, 1.5f), 0.2f, dark);
    ct_model_ball(b, v3(0, 3.9f, -1.6f), v3(0.7f, 0.3f, 0.7f), dark);
}

const struct ct_object_shape ct_object_telephone_shape = {
    .min = { -11.0f, 0, -7.4f },
    .max = { 11.0f, 14.2f, 9.6f },
    .yaw = 0.4f,
};

/* A desk telephone with a dial. */
void ct_object_telephone(struct ct_object_builder *b)
{
    int paint = ct_part_body(b, v3(0.45f, 0.03f, 0.03f)),
        brass = ct_object_part(b, CT_MATERIAL_chrome);
    int dark = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.02f, 0.02f, 0.02f));
    int ivory = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.84f, 0.80f, 0.70f));
    static const struct ct_lump rows[] = {
        { .kind = CT_LUMP_BLOCK, .a = { 0, 1.6f, 1.0f }, .b = { 9.0f, 1.7f, 8.2f }, .r0 = 1.2f },
        { .kind = CT_LUMP_BLOCK, .a = { 0, 4.6f, -1.4f }, .b = { 6.4f, 4.6f, 4.6f }, .r0 = 2.0f,
          .blend = 2.6f },
        FIGURE_BALL(0, 1.0f, true, 4.6f, 10.4f, -2.0f, 1.3f, 1.3f, 2.2f),
    };
    static const struct ct_lumps base = { rows, 3, 80 };
    ct_object_add_part(b, ct_shape_lumps(&base), paint);
    ct_v3 dial = v3(0, 5.9f, 4.6f), up = v3_norm(v3(0, 0.62f, 0.78f));
    ct_model_drum(b, (struct ct_model_drum){ dial, v3_mad(up, 0.9f, dial), 4.4f, 4.3f, 0.15f },
                  ivory);
    ct_model_drum(b, (struct ct_model_drum){ dial, v3_mad(up, 1.2f, dial), 1.7f, 1.6f, 0.15f },
                  brass);
    for (int i = 0; i < 10; i++) {
        float s, c;
        ct_sincosf(0.5f + 0.52f * (float)i, &s, &c);
        ct_v3 side = v3_cross(up, v3(1, 0, 0));
        ct_v3 at = v3_mad(side, 3.0f * s, v3_mad(v3(1, 0, 0), 3.0f * c, v3_mad(up, 0.85f, dial)));
        ct_model_drum(b, (struct ct_model_drum){ at, v3_mad(up, 0.12f, at), 0.6f, 0.6f, 0.04f },
                      dark);
    }
    const ct_v3 grip[] = { { -8.0f, 11.6f, -2.0f }, { -4, 12.9f, -2.0f }, { 4, 12.9f, -2.0f },
                           { 8.0f, 11.6f, -2.0f } };
    ct_model_tube(b, grip, 4, 1.3f, 1.3f, paint);
    for (int side = -1; side <= 1; side += 2)
        ct_model_drum(b,
                      (struct ct_model_drum){ v3(8.4f * (float)side, 12.2f, -2.0f),
                                              v3(8.8f * (float)side, 8.8f, -2.0f), 2.0f, 2.5f,
                                              0.4f },
                      paint);
}

const struct ct_object_shape ct_object_skateboard_shape = {
    .min = { -6.0f, 0, -20.2f },
    .max = { 6.0f, 7.3f, 20.2f },
    .yaw = 1.0f,
    .parts = "wheel|wheels",
};

static ct_v3 deck_at(const void *ctx, float u, float v)
{
    float s, c, half = *(const float *)ctx;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float r = v < 0.5f ? 2 * v : 2 * (1 - v), side = v < 0.5f ? -1.0f : 1.0f;
    float z = 20.0f * s * ct_powf(r, 0.6f), x = 5.9f * c * ct_powf(r, 0.6f);
    float n = 4;
    float k = ct_powf(ct_powf(fabsf(c), n) + ct_powf(fabsf(s), n), -1 / n);
    x *= k * 0.92f;
    z *= k * 0.92f;
    z = ct_clampf(z, -20, 20);
    x = ct_clampf(x, -5.8f, 5.8f);
    float rise = ct_maxf(fabsf(z) - 13.0f, 0);
    return v3(x, 5.6f + 0.055f * rise * rise + side * half * ct_minf(1, 4 * (1 - r)), z);
}

void ct_object_skateboard(struct ct_object_builder *b)
{
    static const float half = 0.45f;
    static const ct_v3 at[] = { { -4.2f, 2.2f, -11 }, { 4.2f, 2.2f, -11 }, { -4.2f, 2.2f, 11 },
                                { 4.2f, 2.2f, 11 } };
    int deck = ct_part_body(b, v3(0.50f, 0.29f, 0.13f)),
        metal = ct_object_part(b, CT_MATERIAL_brushed_steel);
    int tyre = ct_object_accent(
        b, ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.75f, 0.09f, 0.06f)));
    ct_object_add_part(b, ct_shape_grid(&(struct ct_grid){ 128, 64, true, deck_at, &half, NULL }),
                       deck);
    for (int i = 0; i < 4; i++)
        ct_model_drum(b,
                      (struct ct_model_drum){ v3(at[i].x - 1.3f, at[i].y, at[i].z),
                                              v3(at[i].x + 1.3f, at[i].y, at[i].z), 2.2f, 2.2f,
                                              0.5f },
                      tyre);
    for (int end = -1; end <= 1; end += 2) {
        float z = 11 * (float)end;
        ct_model_box(b, v3(0, 2.3f, z), v3(4.0f, 0.7f, 0.8f), 0.3f, metal);
        ct_model_box(b, v3(0, 3.8f, z), v3(1.4f, 1.5f, 2.0f), 0.4f, metal);
    }
}
