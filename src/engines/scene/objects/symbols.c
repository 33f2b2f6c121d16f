/* Hearts, stars, moons, planets, clouds and coins as solid things. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/figure.h"

#define LUMPS(rows, cells) { rows, (int)(sizeof(rows) / sizeof(*(rows))), cells }

const struct ct_object_shape ct_object_heart_shape = {
    .min = { -6.4f, 0, -2.9f },
    .max = { 6.4f, 11.4f, 2.9f },
    .yaw = 0.25f,
};

void ct_object_heart(struct ct_object_builder *b)
{
    static const struct ct_lump rows[] = {
        FIGURE_LIMB(0, 0, true, 2.9f, 8.0f, 0, 3.4f, 0, 1.2f, 0, 1.2f),
        FIGURE_BALL(0, 2.0f, false, 0, 6.2f, 0, 3.2f, 3.2f, 2.6f),
    };
    static const struct ct_lumps heart = LUMPS(rows, 84);
    struct ct_mesh *mesh = ct_shape_lumps(&heart);
    ct_mesh_scale(mesh, v3(1, 1, 0.84f));
    ct_object_add_part(b, mesh, ct_part_body(b, v3(0.62f, 0.02f, 0.04f)));
}

const struct ct_object_shape ct_object_star_shape = {
    .min = { -6.7f, 0, -1.6f },
    .max = { 6.7f, 12.6f, 1.6f },
    .yaw = 0.3f,
};

void ct_object_star(struct ct_object_builder *b)
{
    struct ct_corner corners[11];
    struct ct_curve outline;
    for (int i = 0; i <= 10; i++) {
        float s, c, r = i & 1 ? 3.5f : 7.3f;
        ct_sincosf(2 * CT_PI * (float)(i % 10) / 10, &s, &c);
        corners[i] = (struct ct_corner){ -r * s, r * c, i & 1 ? 0.8f : 0.7f };
    }
    ct_curve_fillet(&outline, corners, 11, 10);
    struct ct_mesh *mesh =
        ct_shape_prism(&(struct ct_prism){ &outline, NULL, 1.55f, 0.6f, 25 });
    ct_mesh_move(mesh, v3(0, 5.26f, 0));
    ct_object_add_part(b, mesh, ct_part_body(b, v3(0.86f, 0.55f, 0.05f)));
}

const struct ct_object_shape ct_object_moon_shape = {
    .min = { -6.5f, 0, -2.3f },
    .max = { 4.5f, 13.0f, 2.3f },
    .yaw = 0.3f,
};

void ct_object_moon(struct ct_object_builder *b)
{
    static const struct ct_lump rows[] = {
        FIGURE_BALL(0, 0, false, 0, 6.5f, 0, 6.5f, 6.5f, 2.4f),
        { .kind = CT_LUMP_BALL, .use = CT_LUMP_CUT, .a = { 3.6f, 7.4f, 0 }, .b = { 5.2f, 5.2f, 6 },
          .blend = 0.8f },
    };
    static const struct ct_lumps moon = LUMPS(rows, 84);
    ct_object_add_part(b, ct_shape_lumps(&moon), ct_part_body(b, v3(0.88f, 0.72f, 0.32f)));
}

const struct ct_object_shape ct_object_cloud_shape = {
    .min = { -10.4f, 0, -4.6f },
    .max = { 10.4f, 11.6f, 4.9f },
    .yaw = 0.15f,
};

void ct_object_cloud(struct ct_object_builder *b)
{
    static const struct ct_lump rows[] = {
        FIGURE_BALL(0, 0, false, -0.8f, 6.2f, 0, 5.4f, 5.4f, 4.4f),
        FIGURE_BALL(0, 0.9f, false, 4.4f, 5.4f, 0.2f, 4.3f, 4.3f, 3.9f),
        FIGURE_BALL(0, 0.9f, false, -6.0f, 4.0f, 0.2f, 3.9f, 3.7f, 3.6f),
        FIGURE_BALL(0, 0.9f, false, 7.4f, 3.0f, 0, 3.0f, 2.9f, 2.9f),
        FIGURE_BALL(0, 0.9f, false, 1.4f, 3.2f, 1.8f, 4.0f, 3.4f, 3.1f),
        FIGURE_BALL(0, 0.9f, false, -3.4f, 3.0f, 1.9f, 3.4f, 3.0f, 2.8f),
    };
    static const struct ct_lumps cloud = LUMPS(rows, 84);
    ct_object_add_part(b, ct_shape_lumps(&cloud), ct_part_body(b, v3(0.86f, 0.88f, 0.90f)));
}

const struct ct_object_shape ct_object_planet_shape = {
    .min = { -10.6f, 0, -10.6f },
    .max = { 10.6f, 14.6f, 10.6f },
    .yaw = 0.2f,
};

/* A banded ball in a tilted ring, on a small stand. */
void ct_object_planet(struct ct_object_builder *b)
{
    static const struct ct_lump rows[] = {
        FIGURE_BALL(0, 0, false, 0, 8.4f, 0, 6.0f, 6.0f, 6.0f),
        FIGURE_MARK(1, false, 0, 8.0f, 0, 8, 0.75f, 8),
        FIGURE_MARK(1, false, 0, 11.2f, 0, 8, 0.6f, 8),
        FIGURE_MARK(2, false, 0, 9.7f, 0, 8, 0.35f, 8),
        FIGURE_MARK(2, false, 0, 5.6f, 0, 8, 0.6f, 8),
    };
    static const struct ct_figure planet = { FIGURE_BODY(rows, 64),
                                             { 0xdda86a, 0xb9713f, 0xf1d6a4 },
                                             false };
    static const struct ct_corner ring[] = {
        { 7.4f, -0.14f, 0 }, { 10.6f, -0.14f, 0.1f }, { 10.6f, 0.14f, 0.1f }, { 7.4f, 0.14f, 0.1f },
        { 7.4f, -0.14f, 0 },
    };
    int metal = ct_object_part(b, CT_MATERIAL_brass);
    ct_figure_add_body(b, &planet);
    ct_model_turned(b, ring, 5, v3(0, 8.4f, 0), v3(0.3f, 1, 0.22f), ct_figure_feature(b, 0xe6cf9f));
    ct_model_drum(b, (struct ct_model_drum){ v3(0, 0, 0), v3(0, 0.7f, 0), 3.6f, 3.2f, 0.25f },
                  metal);
    ct_model_drum(b, (struct ct_model_drum){ v3(0, 0.6f, 0), v3(0, 2.7f, 0), 0.8f, 0.5f, 0.1f },
                  metal);
}

const struct ct_object_shape ct_object_globe_shape = {
    .min = { -8.3f, 0, -8.0f },
    .max = { 8.3f, 25.8f, 8.0f },
    .yaw = -0.3f,
};

/* The Earth on a stand, its lands roughly where they are. */
void ct_object_globe(struct ct_object_builder *b)
{
#define LAND(x, y, z, rx, ry, rz, roll_)                                                           \
    { .kind = CT_LUMP_BALL, .use = CT_LUMP_PAINT, .a = { x, 15.6f + (y), z }, .b = { rx, ry, rz }, \
      .roll = roll_, .paint = 1 }
    static const struct ct_lump rows[] = {
        FIGURE_BALL(0, 0, false, 0, 15.6f, 0, 7.6f, 7.6f, 7.6f),
        LAND(-2.6f, 4.2f, 5.8f, 2.9f, 1.9f, 2.5f, -0.3f),
        LAND(-1.0f, 1.6f, 7.2f, 1.0f, 1.3f, 1.2f, 0.5f),
        LAND(1.2f, -1.6f, 7.2f, 1.7f, 2.2f, 1.6f, 0.2f),
        LAND(1.4f, -4.2f, 6.0f, 0.9f, 1.8f, 1.4f, 0),
        LAND(6.4f, 0.6f, 3.6f, 1.8f, 2.6f, 2.4f, 0),
        LAND(6.6f, -3.0f, 2.2f, 1.3f, 1.9f, 1.4f, 0),
        LAND(5.4f, 4.6f, 2.6f, 2.0f, 1.4f, 2.0f, 0),
        LAND(6.0f, 3.6f, -3.0f, 2.4f, 2.2f, 3.0f, 0),
        LAND(0.6f, 3.6f, -6.6f, 3.4f, 1.8f, 2.0f, 0),
        LAND(-4.6f, -3.2f, -5.0f, 1.9f, 1.4f, 1.7f, 0),
        LAND(-0.6f, 7.0f, 3.0f, 1.4f, 0.9f, 1.4f, 0),
        FIGURE_MARK(2, false, 0, 8.0f, 0, 4, 0.9f, 4),
        FIGURE_MARK(2, false, 0, 23.4f, 0, 3, 0.7f, 3),
    };
#undef LAND
    static const struct ct_figure globe = { FIGURE_BODY(rows, 72),
                                            { 0x2f74b5, 0x6fa04a, 0xeef1f2 },
                                            true };
    int wood = ct_object_part(b, CT_MATERIAL_wood), brass = ct_object_part(b, CT_MATERIAL_brass);
    ct_v3 arc[15];
    ct_figure_add_body(b, &globe);
    for (int i = 0; i < 15; i++) {
        float s, c;
        ct_sincosf(CT_PI * (0.06f + 1.0f * (float)i / 14), &s, &c);
        arc[i] = v3(-8.2f * s * 0.99f, 15.6f + 8.9f * c, 0);
    }
    ct_model_tube(b, arc, 15, 0.42f, 0.42f, brass);
    ct_model_drum(b, (struct ct_model_drum){ v3(0, 23.0f, 0), v3(0, 25.4f, 0), 0.4f, 0.4f, 0.1f },
                  brass);
    ct_model_ball(b, v3(0, 25.1f, 0), v3(0.65f, 0.65f, 0.65f), brass);
    ct_model_drum(b, (struct ct_model_drum){ v3(0, 1.5f, 0), v3(0, 8.4f, 0), 0.75f, 0.6f, 0.1f },
                  brass);
    const struct ct_corner foot[] = { { 0, 0, 0 }, { 5.6f, 0, 0.3f }, { 5.4f, 1.1f, 0.4f },
                                      { 1.6f, 1.9f, 0.4f }, { 0, 2.0f, 0 } };
    ct_part_turned(b, foot, 5, wood);
}

const struct ct_object_shape ct_object_coin_shape = {
    .min = { -4.5f, 0, -3.4f },
    .max = { 4.5f, 8.0f, 4.5f },
    .yaw = 0.25f,
};

/* One coin leaning on a small pile. */
static void add_coin(struct ct_object_builder *b, ct_v3 foot, ct_v3 up, float radius, int metal)
{
    const struct ct_corner coin[] = {
        { 0, 0.1f, 0 },           { 0.80f * radius, 0.1f, 0.05f }, { 0.84f * radius, 0, 0.08f },
        { radius, 0, 0.1f },      { radius, 0.6f, 0.1f },          { 0.84f * radius, 0.6f, 0.08f },
        { 0.80f * radius, 0.5f, 0.05f }, { 0, 0.5f, 0 },
    };
    ct_model_turned(b, coin, 8, foot, up, metal);
}

void ct_object_coin(struct ct_object_builder *b)
{
    for (int i = 0; i < 4; i++)
        add_coin(b, v3(0.9f + 0.25f * (float)(i & 1), 0.61f * (float)i, -0.2f * (float)(i & 1)),
                 v3(0, 1, 0), 3.2f, b->body);
    add_coin(b, v3(-0.6f, 4.12f, 3.0f), v3(0, 0.24f, 0.97f), 3.9f, b->body);
}
