/* What people wear and carry: shoes, bags, sunglasses. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/figure.h"

const struct ct_object_shape ct_object_sneaker_shape = {
    .min = { -5.0f, 0, -13.6f },
    .max = { 5.0f, 11.7f, 13.9f },
    .yaw = 1.05f,
    .parts = "sole;lace|laces",
};

/* A trainer: upper of paint 0, toe cap and heel of 1, the opening's lining of 2. */
void ct_object_sneaker(struct ct_object_builder *b)
{
    static const struct ct_lump rows[] = {
        FIGURE_BALL(0, 0, false, 0, 3.2f, 7.6f, 4.4f, 3.4f, 5.6f),
        FIGURE_LIMB(0, 2.4f, false, 0, 4.2f, 2.6f, 3.9f, 0, 5.2f, -5.6f, 4.1f),
        FIGURE_LIMB(0, 2.0f, false, 0, 5.0f, -7.6f, 4.2f, 0, 9.6f, -8.6f, 3.0f),
        FIGURE_LIMB(0, 1.6f, false, 0, 7.6f, -0.6f, 2.9f, 0, 9.2f, -3.4f, 2.9f),
        FIGURE_HOLLOW(0.8f, false, 0, 11.6f, -6.2f, 2.3f, 5.2f, 4.2f),
        { .kind = CT_LUMP_BLOCK, .use = CT_LUMP_CUT, .a = { 0, -1.4f, 0 }, .b = { 9, 2.4f, 20 },
          .blend = 0.2f },
        FIGURE_MARK(1, false, 0, 2.6f, 12.0f, 6, 3.4f, 3.6f),
        FIGURE_MARK(1, false, 0, 4.0f, -12.6f, 5, 4.2f, 2.2f),
        FIGURE_MARK(2, false, 0, 11.6f, -6.2f, 2.5f, 5.4f, 4.4f),
        FIGURE_STRIPE(1, true, 4.6f, 2.6f, -6.0f, 0.7f, 3.4f, 7.0f, -1.4f, 0.6f),
        FIGURE_STRIPE(1, true, 4.8f, 2.6f, -3.4f, 0.6f, 3.8f, 6.4f, 1.2f, 0.5f),
    };
    static const struct ct_figure upper = { FIGURE_BODY(rows, 88),
                                            { 0xc8302c, 0xf4f2ee, 0x2c2c30 },
                                            true };
    int sole = ct_object_accent_of(b, 0, ct_figure_feature(b, 0xf6f4ef));
    int lace = ct_object_accent_of(b, 1, ct_figure_feature(b, 0xf6f4ef));
    static const ct_v2 edge[] = { { 0, -13.2f }, { 3.3f, -12.4f }, { 4.3f, -8.6f }, { 3.9f, -2.0f },
                                  { 4.6f, 4.0f }, { 4.9f, 8.4f },  { 3.8f, 12.4f }, { 0, 13.8f } };
    struct ct_corner outline[15];
    int n = 0;
    for (int i = 0; i < 8; i++)
        outline[n++] = (struct ct_corner){ edge[i].x, -edge[i].y, i ? 2.0f : 0 };
    for (int i = 6; i >= 1; i--)
        outline[n++] = (struct ct_corner){ -edge[i].x, -edge[i].y, 2.0f };
    outline[n++] = outline[0];
    for (int i = 0; i < n / 2; i++) { /* counter-clockwise */
        struct ct_corner swap = outline[i];
        outline[i] = outline[n - 1 - i];
        outline[n - 1 - i] = swap;
    }
    ct_figure_add_body(b, &upper);
    ct_model_plate(b, (struct ct_model_plate){ outline, n, 1.05f, 0.4f, v3(-CT_PI / 2, 0, 0),
                                               v3(0, 1.06f, 0) },
                   sole);
    for (int i = 0; i < 4; i++) {
        ct_v3 knots[5];
        for (int k = 0; k < 5; k++)
            knots[k] = v3(1.0f * ((float)k - 2), 9.0f - 0.95f * (float)i, -0.6f + 1.9f * (float)i +
                          0.4f * (float)(k & 1));
        for (int k = 0; k < 5; k++) {
            ct_v3 normal;
            knots[k] = ct_lumps_touch(&upper.body, knots[k], &normal);
            knots[k] = v3_mad(normal, 0.1f, knots[k]);
        }
        ct_model_tube(b, knots, 5, 0.3f, 0.3f, lace);
    }
}

const struct ct_object_shape ct_object_backpack_shape = {
    .min = { -12.6f, 0, -8.2f },
    .max = { 12.6f, 38.0f, 9.6f },
    .yaw = 0.35f,
    .parts = "strap|straps;pocket|pockets",
    .label = { CT_DECAL_FRONT, { 0, 11.5f, 9.4f }, 5.5f, 2.2f },
};

void ct_object_backpack(struct ct_object_builder *b)
{
    int cloth = ct_part_body(b, v3(0.06f, 0.13f, 0.24f));
    int leather = ct_object_accent_of(b, 0, ct_part_dressed(b, CT_MATERIAL_leather,
                                                            v3(0.28f, 0.13f, 0.055f)));
    int pocket = ct_object_accent_of(b, 1, cloth), brass = ct_object_part(b, CT_MATERIAL_brass);
    ct_model_cushion(b, v3(0, 16.6f, 0), v3(11.2f, 16.6f, 6.6f), 0.42f, v3(0, 0, 0), cloth);
    ct_model_cushion(b, v3(0, 11.0f, 6.4f), v3(8.2f, 7.6f, 3.0f), 0.4f, v3(0, 0, 0), pocket);
    ct_model_cushion(b, v3(0, 29.2f, 0.8f), v3(11.6f, 5.4f, 7.2f), 0.45f, v3(0, 0, 0), cloth);
    ct_model_box(b, v3(0, 17.2f, 8.6f), v3(7.4f, 0.35f, 0.6f), 0.2f, leather);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        ct_model_cushion(b, v3(s * 11.2f, 10.4f, 0.4f), v3(1.4f, 6.6f, 4.6f), 0.5f, v3(0, 0, 0),
                         pocket);
        ct_model_box(b, v3(s * 5.0f, 23.6f, 7.6f), v3(1.0f, 4.6f, 0.3f), 0.15f, leather);
        ct_model_box(b, v3(s * 5.0f, 20.4f, 8.0f), v3(1.3f, 0.9f, 0.3f), 0.2f, brass);
        const ct_v3 strap[] = { { s * 5.4f, 32.6f, -4.8f }, { s * 7.6f, 24, -7.6f },
                                { s * 8.6f, 14, -7.4f }, { s * 8.2f, 4.6f, -4.6f } };
        ct_model_tube(b, strap, 4, 1.0f, 0.8f, leather);
    }
    const ct_v3 loop[] = { { -3.0f, 33.6f, -2.6f }, { -2.4f, 37.0f, -2.8f }, { 2.4f, 37.0f, -2.8f },
                           { 3.0f, 33.6f, -2.6f } };
    ct_model_tube(b, loop, 4, 0.65f, 0.65f, leather);
}

const struct ct_object_shape ct_object_suitcase_shape = {
    .min = { -17.2f, 0, -7.2f },
    .max = { 17.2f, 31.0f, 7.4f },
    .yaw = 0.4f,
    .parts = "strap|straps|corner|corners;handle",
};

/* A travelling case of old, with straps and corners. */
void ct_object_suitcase(struct ct_object_builder *b)
{
    int hide = ct_part_body(b, v3(0.34f, 0.17f, 0.075f));
    int trim = ct_object_accent_of(b, 0, ct_part_dressed(b, CT_MATERIAL_leather,
                                                         v3(0.10f, 0.045f, 0.02f)));
    int handle = ct_object_accent_of(b, 1, trim), brass = ct_object_part(b, CT_MATERIAL_brass);
    ct_model_box(b, v3(0, 13.2f, 0), v3(16.8f, 13.2f, 6.6f), 1.4f, hide);
    ct_model_box(b, v3(0, 13.35f, 0), v3(17.0f, 13.3f, 0.35f), 0.3f, trim);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        ct_model_box(b, v3(s * 9.0f, 13.45f, 0), v3(1.2f, 13.4f, 6.9f), 0.3f, trim);
        ct_model_box(b, v3(s * 9.0f, 19.4f, 6.9f), v3(1.6f, 1.3f, 0.35f), 0.3f, brass);
        ct_model_box(b, v3(s * 4.6f, 26.4f, 4.6f), v3(1.3f, 0.35f, 1.2f), 0.2f, brass);
        for (int k = 0; k < 4; k++)
            ct_model_cushion(b, v3(s * 15.6f, k & 1 ? 24.9f : 1.65f, k & 2 ? 5.4f : -5.4f),
                             v3(1.6f, 1.6f, 1.6f), 0.5f, v3(0, 0, 0), trim);
    }
    const ct_v3 grip[] = { { -4.4f, 26.2f, 0 }, { -4.0f, 29.8f, 0 }, { 4.0f, 29.8f, 0 },
                           { 4.4f, 26.2f, 0 } };
    ct_model_tube(b, grip, 4, 0.85f, 0.85f, handle);
}

const struct ct_object_shape ct_object_sunglasses_shape = {
    .min = { -7.3f, 0, -12.6f },
    .max = { 7.3f, 5.0f, 1.2f },
    .yaw = -0.5f,
    .parts = "lens|lenses",
};

void ct_object_sunglasses(struct ct_object_builder *b)
{
    int frame = ct_part_body(b, v3(0.02f, 0.018f, 0.018f));
    int lens = ct_object_accent(b, ct_object_part_colored(b, CT_MATERIAL_lacquer,
                                                          v3(0.05f, 0.035f, 0.025f)));
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        ct_model_panel(b, v3(s * 3.6f, 2.5f, 0.2f), v3(3.3f, 2.5f, 0.3f), 1.7f, 0.2f,
                       v3(0, 0.1f * s, 0), frame);
        ct_model_panel(b, v3(s * 3.6f, 2.5f, 0.34f), v3(2.8f, 2.0f, 0.3f), 1.4f, 0.15f,
                       v3(0, 0.1f * s, 0), lens);
        const ct_v3 temple[] = { { s * 6.8f, 3.6f, 0 }, { s * 7.0f, 3.5f, -5 },
                                 { s * 6.8f, 3.1f, -9.4f }, { s * 6.4f, 0.5f, -12.1f } };
        ct_model_tube(b, temple, 4, 0.32f, 0.32f, frame);
    }
    const ct_v3 bridge[] = { { -1.0f, 3.4f, 0.4f }, { 0, 3.9f, 0.7f }, { 1.0f, 3.4f, 0.4f } };
    ct_model_tube(b, bridge, 3, 0.35f, 0.35f, frame);
}

const struct ct_object_shape ct_object_pillow_shape = {
    .min = { -18.6f, 0, -6.2f },
    .max = { 18.6f, 33.9f, 6.2f },
    .yaw = 0.25f,
};

/* A cushion standing on its edge, its corners pulled out. */
static ct_v3 pillow_at(const void *ctx, float u, float v)
{
    float s, c, sv, cv;
    (void)ctx;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    cv = v <= 0 || v >= 1 ? 0 : cv;
    float ring = ct_maxf(fabsf(c), fabsf(s)), r = v <= 0 || v >= 1 ? 0 : sqrtf(1 - sv * sv);
    float x = 18.6f * c / ring * ct_powf(r, 0.75f), y = -16.9f * s / ring * ct_powf(r, 0.75f);
    float pull = 1 - 0.10f * (1 - fabsf(x * y) / (18.6f * 17.0f));
    return v3(x * pull, 16.9f + y * pull, 6.2f * sv);
}

void ct_object_pillow(struct ct_object_builder *b)
{
    struct ct_mesh *mesh =
        ct_shape_grid(&(struct ct_grid){ 128, 48, true, pillow_at, NULL, NULL });
    ct_object_add_part(b, mesh, ct_part_body(b, v3(0.30f, 0.36f, 0.33f)));
}
