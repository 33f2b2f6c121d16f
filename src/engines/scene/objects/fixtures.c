/* What stands in kitchens, bathrooms and offices. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/figure.h"
#include "engines/scene/objects/wheel.h"

static int white_enamel(struct ct_object_builder *b)
{
    return ct_part_dressed(b, CT_MATERIAL_ceramic, v3(0.84f, 0.84f, 0.82f));
}

const struct ct_object_shape ct_object_refrigerator_shape = {
    .min = { -32.0f, 0, -31.0f },
    .max = { 32.0f, 170.0f, 35.0f },
    .yaw = 0.35f,
    .parts = "handle|handles",
};

void ct_object_refrigerator(struct ct_object_builder *b)
{
    int body = ct_part_body(b, v3(0.78f, 0.78f, 0.76f));
    int metal = ct_object_accent(b, ct_object_part(b, CT_MATERIAL_chrome));
    ct_model_box(b, v3(0, 86, -1), v3(32, 84, 30), 4.0f, body);
    ct_model_box(b, v3(0, 58, 30), v3(31.6f, 53, 3.2f), 3.0f, body);
    ct_model_box(b, v3(0, 141, 30), v3(31.6f, 27.6f, 3.2f), 3.0f, body);
    ct_model_box(b, v3(0, 2, 0), v3(28, 2, 26), 0.6f,
                 ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.03f, 0.03f, 0.03f)));
    ct_model_box(b, v3(25, 84, 34), v3(1.1f, 17, 1.0f), 0.8f, metal);
    ct_model_box(b, v3(25, 126, 34), v3(1.1f, 9, 1.0f), 0.8f, metal);
}

const struct ct_object_shape ct_object_stove_shape = {
    .min = { -30.0f, 0, -30.0f },
    .max = { 30.0f, 93.0f, 35.0f },
    .on_y = 91.5f,
    .on_radius = 14,
    .yaw = 0.35f,
};

void ct_object_stove(struct ct_object_builder *b)
{
    int dark = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.015f, 0.015f, 0.016f));
    int metal = ct_object_part(b, CT_MATERIAL_chrome),
        iron = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.02f, 0.02f, 0.02f));
    ct_model_box(b, v3(0, 45, 0), v3(30, 45, 30), 1.2f, b->body);
    ct_model_box(b, v3(0, 38, 30.4f), v3(28, 26, 1.2f), 1.0f, b->body);
    ct_model_panel(b, v3(0, 38, 31.4f), v3(21, 15, 0.5f), 3, 0.3f, v3(0, 0, 0), dark);
    ct_model_box(b, v3(0, 60, 33.6f), v3(22, 1.0f, 1.0f), 0.9f, metal);
    for (int side = -1; side <= 1; side += 2)
        ct_model_box(b, v3(20 * (float)side, 60, 32), v3(1, 1, 1.8f), 0.5f, metal);
    for (int i = 0; i < 5; i++) {
        ct_v3 at = v3(-20 + 10 * (float)i, 76, 30);
        ct_model_drum(b, (struct ct_model_drum){ at, v3_add(at, v3(0, 0, 3.4f)), 2.5f, 2.2f, 0.5f },
                      metal);
    }
    ct_model_box(b, v3(0, 90.2f, 0), v3(29, 0.6f, 28), 0.5f, dark);
    for (int i = 0; i < 4; i++) {
        ct_v3 at = v3(i & 1 ? 13 : -13, 90.8f, i & 2 ? 12 : -12);
        ct_model_ring(b, v3_add(at, v3(0, 0.8f, 0)), v3(0, 1, 0), 7.4f, 0.8f, iron);
        ct_model_drum(b, (struct ct_model_drum){ at, v3_add(at, v3(0, 1.2f, 0)), 3.4f, 3.0f, 0.3f },
                      iron);
        for (int k = 0; k < 2; k++)
            ct_model_box(b, v3_add(at, v3(0, 1.5f, 0)), k ? v3(0.6f, 0.6f, 9) : v3(9, 0.6f, 0.6f),
                         0.4f, iron);
    }
}

const struct ct_object_shape ct_object_kitchen_units_shape = {
    .min = { -122.0f, 0, -32.0f },
    .max = { 122.0f, 210.0f, 33.6f },
    .yaw = 0,
    .parts = "worktop|countertop|counter|tap",
};

/* A row of cupboards under a worktop with a sink, an oven with its hob, shelves and a hood above.
 */
static void add_fronts(struct ct_object_builder *b, int paint, int metal, int dark)
{
    for (int i = 0; i < 4; i++) {
        float x = -91.5f + 61 * (float)i;
        if (i == 2) { /* the oven */
            ct_model_box(b, v3(x, 42, 28), v3(29.4f, 33, 2.2f), 0.6f, dark);
            ct_model_box(b, v3(x, 66, 32), v3(22, 1.0f, 1.0f), 0.8f, metal);
            for (int k = 0; k < 4; k++)
                ct_model_ball(b, v3(x - 15 + 10 * (float)k, 79, 29.6f), v3(2.2f, 2.2f, 2.0f),
                              metal);
            ct_model_box(b, v3(x, 79, 28), v3(29.4f, 4.4f, 1.6f), 0.4f, metal);
            continue;
        }
        ct_model_box(b, v3(x, 38, 28), v3(29.4f, 28, 2), 0.6f, paint);
        ct_model_box(b, v3(x, 76, 28), v3(29.4f, 8, 2), 0.6f, paint);
        ct_model_box(b, v3(x, 76, 31.6f), v3(7, 0.8f, 0.9f), 0.6f, metal);
        ct_model_box(b, v3(x + 23, 56, 31.6f), v3(0.8f, 6, 0.9f), 0.6f, metal);
    }
}

static void add_above(struct ct_object_builder *b, int paint, int metal, int wood)
{
    static const struct ct_corner pot[] = {
        { 0, 0, 0 }, { 6, 0, 0.8f }, { 7, 13, 0.6f }, { 6.4f, 13, 0.2f }, { 0, 11, 0 }
    };
    static const uint32_t tones[] = { 0xf2eee6, 0xc9784e, 0x5f7f78, 0xe3c16f };
    for (int i = 0; i < 2; i++) {
        float x = i ? 91.5f : -91.5f;
        ct_model_box(b, v3(x, 176, -14), v3(30, 34, 17), 0.8f, paint);
        ct_model_box(b, v3(x, 176, 3.4f), v3(29.4f, 33.2f, 1.2f), 0.6f, paint);
        ct_model_box(b, v3(x + (i ? -22 : 22), 150, 5.4f), v3(0.8f, 5, 0.8f), 0.5f, metal);
    }
    ct_model_box(b, v3(-30.5f, 150, -22), v3(30, 1.4f, 9), 0.5f, wood);
    ct_model_box(b, v3(-30.5f, 182, -22), v3(30, 1.4f, 9), 0.5f, wood);
    for (int i = 0; i < 8; i++) {
        ct_v3 foot = v3(-53 + 15 * (float)(i % 4), i < 4 ? 151.4f : 183.4f, -22);
        ct_model_turned(b, pot, 5, foot, v3(0, 1, 0),
                        ct_object_part_colored(b, CT_MATERIAL_ceramic,
                                               ct_hex_color(tones[(i * 3 + i / 4) % 4])));
    }
    ct_model_drum(
        b, (struct ct_model_drum){ v3(30.5f, 146, -6), v3(30.5f, 164, -14), 27, 10, 1.0f }, metal);
    ct_model_box(b, v3(30.5f, 186, -16), v3(9.4f, 24, 9.4f), 0.8f, metal);
}

void ct_object_kitchen_units(struct ct_object_builder *b)
{
    int paint = ct_part_body(b, v3(0.26f, 0.33f, 0.30f)),
        wood = ct_object_part(b, CT_MATERIAL_wood);
    int metal = ct_object_part(b, CT_MATERIAL_brass),
        steel = ct_object_part(b, CT_MATERIAL_brushed_steel);
    int dark = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.02f, 0.02f, 0.022f));
    int top = ct_object_accent(b, wood);
    ct_model_box(b, v3(0, 46, -2), v3(122, 42, 29), 0.6f, paint);
    ct_model_box(b, v3(0, 4, -4), v3(120, 4, 26), 0.4f, dark);
    ct_model_box(b, v3(0, 89.6f, 0), v3(122, 2, 32), 0.6f, top);
    add_fronts(b, paint, metal, dark);
    ct_model_box(b, v3(30.5f, 92, 0), v3(27, 0.5f, 24), 0.4f, dark);
    ct_model_box(b, v3(-30.5f, 91.8f, 2), v3(22, 0.3f, 17), 0.2f, steel);
    ct_model_box(b, v3(-30.5f, 92.0f, 2), v3(19, 0.25f, 14), 0.2f, dark);
    const ct_v3 tap[] = { { -30.5f, 91, -20 },
                          { -30.5f, 118, -20 },
                          { -30.5f, 124, -13 },
                          { -30.5f, 118, -5 },
                          { -30.5f, 112, -4 } };
    ct_model_tube(b, tap, 5, 1.5f, 1.2f, metal);
    add_above(b, paint, metal, wood);
}

const struct ct_object_shape ct_object_bathtub_shape = {
    .min = { -80.0f, 0, -38.0f },
    .max = { 80.0f, 68.0f, 38.0f },
    .yaw = 0.3f,
    .parts = "foot|feet|leg|legs",
};

/* Free-standing, on feet, with a shell rolled over at its rim. */
void ct_object_bathtub(struct ct_object_builder *b)
{
    static const struct ct_corner shell[] = {
        { 0, 9, 0 },      { 20, 9, 6 },     { 33, 30, 14 }, { 35, 58, 0.5f }, { 38, 59, 1.2f },
        { 38, 62, 1.4f }, { 34, 62, 1.2f }, { 31, 34, 14 }, { 18, 15, 6 },    { 0, 14, 0 },
    };
    int metal = ct_object_accent(b, ct_object_part(b, CT_MATERIAL_brass));
    struct ct_curve curve;
    ct_curve_fillet(&curve, shell, 10, 6);
    struct ct_mesh *mesh = ct_shape_revolve(&curve, 128, 40);
    ct_mesh_scale(mesh, v3(2.1f, 1, 1));
    ct_object_add_part(b, mesh, b->body);
    for (int i = 0; i < 4; i++) {
        ct_v3 at = v3(i & 1 ? 42 : -42, 5.2f, i & 2 ? 17 : -17);
        ct_model_ball(b, at, v3(5, 5.2f, 5), metal);
        ct_model_ball(b, v3_add(at, v3(0, 8, 0)), v3(4, 7, 4), metal);
    }
    const ct_v3 tap[] = {
        { 74, 50, 0 }, { 76, 60, 0 }, { 72, 67, 0 }, { 64, 66, 0 }, { 62, 62, 0 }
    };
    ct_model_tube(b, tap, 5, 1.7f, 1.3f, metal);
}

const struct ct_object_shape ct_object_toilet_shape = {
    .min = { -20.0f, 0, -34.0f },
    .max = { 20.0f, 78.0f, 31.0f },
    .yaw = 0.45f,
};

void ct_object_toilet(struct ct_object_builder *b)
{
    static const struct ct_lump rows[] = {
        FIGURE_LIMB(0, 0, false, 0, 8, -8, 12, 0, 8, 6, 11),
        FIGURE_BALL(0, 10, false, 0, 30, 8, 18.4f, 13, 22),
        { .kind = CT_LUMP_BLOCK, .a = { 0, 26, -18 }, .b = { 12, 14, 10 }, .r0 = 5, .blend = 8 },
        { .kind = CT_LUMP_BLOCK,
          .use = CT_LUMP_CUT,
          .a = { 0, 60, 8 },
          .b = { 40, 21, 27 },
          .r0 = 1,
          .blend = 1 },
    };
    static const struct ct_lumps bowl = { rows, 4, 72 };
    int white = white_enamel(b), metal = ct_object_part(b, CT_MATERIAL_chrome);
    ct_object_add_part(b, ct_shape_lumps(&bowl), white);
    struct ct_mesh *lid = ct_shape_ellipsoid(v3(18.6f, 2.4f, 22.4f), 64);
    ct_mesh_move(lid, v3(0, 40.6f, 8));
    ct_object_add_part(b, lid, white);
    ct_model_box(b, v3(0, 58, -25), v3(19.6f, 17, 8.6f), 3, white);
    ct_model_box(b, v3(0, 76, -25), v3(20, 2, 9), 1.4f, white);
    ct_model_drum(b, (struct ct_model_drum){ v3(0, 76.6f, -25), v3(0, 77.9f, -25), 3, 2.8f, 0.3f },
                  metal);
}

const struct ct_object_shape ct_object_washbasin_shape = {
    .min = { -46.0f, 0, -25.0f },
    .max = { 46.0f, 186.0f, 26.6f },
    .yaw = 0.15f,
    .parts = "cabinet|cupboard;mirror frame|frame",
};

/* A basin on a cupboard, a mirror above. */
void ct_object_washbasin(struct ct_object_builder *b)
{
    static const struct ct_corner bowl[] = { { 0, 84, 0 },     { 13, 84, 2 }, { 21, 97, 1 },
                                             { 20, 98, 0.5f }, { 12, 88, 3 }, { 0, 87, 0 } };
    int wood = ct_object_accent_of(b, 0, ct_object_part(b, CT_MATERIAL_wood)),
        white = white_enamel(b);
    int brass = ct_object_part(b, CT_MATERIAL_brass);
    int frame = ct_object_accent_of(b, 1, brass),
        glass = ct_object_part_colored(b, CT_MATERIAL_lacquer,
                                       v3(0.50f, 0.56f, 0.60f)); /* of a light room */
    ct_model_box(b, v3(0, 47, 0), v3(44, 33, 23), 0.8f, wood);
    ct_model_box(b, v3(0, 82, 0), v3(46, 2, 25), 0.6f, white);
    for (int side = -1; side <= 1; side += 2) {
        ct_model_box(b, v3(21.6f * (float)side, 47, 23.2f), v3(21, 31, 1.2f), 0.6f, wood);
        ct_model_ball(b, v3(5 * (float)side, 52, 25.4f), v3(1.4f, 1.4f, 1.2f), brass);
        for (int end = -1; end <= 1; end += 2)
            ct_model_drum(b,
                          (struct ct_model_drum){ v3(40 * (float)side, 0, 18 * (float)end),
                                                  v3(40 * (float)side, 15, 18 * (float)end), 1.8f,
                                                  2.4f, 0.4f },
                          wood);
    }
    ct_part_turned(b, bowl, 6, white);
    const ct_v3 tap[] = { { 0, 84, -19 }, { 0, 108, -19 }, { 0, 112, -13 }, { 0, 107, -6 } };
    ct_model_tube(b, tap, 4, 1.5f, 1.2f, brass);
    ct_model_panel(b, v3(0, 152, -23), v3(33, 34, 1.4f), 33, 0.8f, v3(0, 0, 0), frame);
    ct_model_panel(b, v3(0, 152, -21.9f), v3(31, 32, 0.8f), 31, 0.3f, v3(0, 0, 0), glass);
}

const struct ct_object_shape ct_object_desk_shape = {
    .min = { -66.0f, 0, -33.0f },
    .max = { 66.0f, 75.0f, 33.0f },
    .on_y = 75.0f,
    .on_radius = 40,
    .yaw = 0.3f,
    .parts = "leg|legs",
};

void ct_object_desk(struct ct_object_builder *b)
{
    int leg = ct_object_accent(
        b, ct_object_part_colored(b, CT_MATERIAL_powder_coat, v3(0.03f, 0.03f, 0.032f)));
    int brass = ct_object_part(b, CT_MATERIAL_brass);
    ct_model_box(b, v3(0, 73.4f, 0), v3(66, 1.6f, 33), 0.6f, b->body);
    for (int i = 0; i < 3; i++) {
        ct_model_box(b, v3(42, 62 - 19 * (float)i, 1), v3(19, 8.8f, 29), 0.6f, b->body);
        ct_model_box(b, v3(42, 62 - 19 * (float)i, 30.6f), v3(6, 0.8f, 0.9f), 0.5f, brass);
    }
    ct_model_box(b, v3(42, 43, 0), v3(19.6f, 29, 28), 0.6f, b->body);
    for (int end = -1; end <= 1; end += 2) {
        ct_model_box(b, v3(-61, 36, 28 * (float)end), v3(2, 36, 2), 0.4f, leg);
        ct_model_box(b, v3(60, 7, 26 * (float)end), v3(1.6f, 7, 1.6f), 0.4f, leg);
        ct_model_box(b, v3(25, 7, 26 * (float)end), v3(1.6f, 7, 1.6f), 0.4f, leg);
    }
    ct_model_box(b, v3(-61, 2, 0), v3(2, 2, 30), 0.4f, leg);
}

const struct ct_object_shape ct_object_office_chair_shape = {
    .min = { -32.4f, 0, -32.4f },
    .max = { 32.4f, 108.0f, 32.4f },
    .yaw = 0.6f,
};

void ct_object_office_chair(struct ct_object_builder *b)
{
    int cloth = b->body,
        dark = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.025f, 0.025f, 0.027f));
    int metal = ct_object_part(b, CT_MATERIAL_chrome);
    for (int i = 0; i < 5; i++) {
        float s, c;
        ct_sincosf(2 * CT_PI * ((float)i + 0.25f) / 5, &s, &c);
        const ct_v3 foot[] = { { 0, 9.5f, 0 }, { 14 * c, 8.6f, 14 * s }, { 29 * c, 7.4f, 29 * s } };
        ct_model_tube(b, foot, 3, 2.6f, 1.9f, metal);
        ct_model_drum(b,
                      (struct ct_model_drum){ v3(29 * c - 2 * s, 3.0f, 29 * s + 2 * c),
                                              v3(29 * c + 2 * s, 3.0f, 29 * s - 2 * c), 3.0f, 3.0f,
                                              0.8f },
                      dark);
    }
    ct_model_drum(b, (struct ct_model_drum){ v3(0, 8, 0), v3(0, 44, 0), 2.6f, 2.2f, 0.4f }, metal);
    ct_model_cushion(b, v3(0, 48, 1), v3(25, 5.4f, 25), 0.45f, v3(0, 0, 0), cloth);
    ct_model_cushion(b, v3(0, 82, -22), v3(22, 26, 4.6f), 0.5f, v3(-0.1f, 0, 0), cloth);
    const ct_v3 spine[] = { { 0, 45, -14 }, { 0, 50, -27 }, { 0, 78, -28 } };
    ct_model_tube(b, spine, 3, 2.4f, 2.4f, dark);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        const ct_v3 arm[] = { { s * 22, 46, 0 }, { s * 28, 50, 0 }, { s * 28, 66, 0 } };
        ct_model_tube(b, arm, 3, 1.8f, 1.8f, dark);
        ct_model_cushion(b, v3(s * 28, 67.6f, 0), v3(3.4f, 1.8f, 13), 0.5f, v3(0, 0, 0), dark);
    }
}
