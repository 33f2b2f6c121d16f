/* A helicopter, a submarine, a tractor, a motor scooter: toys of themselves. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/figure.h"
#include "engines/scene/objects/motorcar.h"
#include "engines/scene/objects/wheel.h"

const struct ct_object_shape ct_object_helicopter_shape = {
    .flight = CT_FLIGHT_ALWAYS,
    .min = { -15.0f, 0, -23.4f },
    .max = { 15.0f, 16.6f, 15.6f },
    .view_deg = 12,
    .yaw = 0.8f,
    .parts = "rotor|blade|blades",
};

void ct_object_helicopter(struct ct_object_builder *b)
{
    static const struct ct_lump rows[] = {
        FIGURE_BALL(0, 0, false, 0, 7.2f, 2.0f, 4.4f, 4.6f, 7.2f),
        FIGURE_LIMB(0, 2.6f, false, 0, 9.0f, -4.0f, 2.2f, 0, 10.4f, -18.6f, 0.9f),
        FIGURE_TURNED(0, 0.6f, false, 0, 12.6f, -20.0f, 0.5f, 3.2f, 1.4f, -0.4f, 0),
        FIGURE_LIMB(0, 0.8f, false, 0, 11.0f, 0.6f, 1.5f, 0, 14.2f, 0.6f, 0.7f),
        FIGURE_MARK(1, false, 0, 8.0f, 7.6f, 4.6f, 3.0f, 3.9f),
        { .kind = CT_LUMP_BLOCK, .use = CT_LUMP_PAINT, .a = { 4.4f, 8.0f, 1.6f },
          .b = { 1.8f, 1.7f, 1.9f }, .r0 = 0.6f, .paint = 1, .both = true },
        { .kind = CT_LUMP_BLOCK, .use = CT_LUMP_PAINT, .a = { 0, 5.0f, 0 }, .b = { 6, 0.5f, 12 },
          .paint = 2 },
    };
    static const struct ct_figure hull = { FIGURE_BODY(rows, 96),
                                           { 0xd23a2e, 0x1b2733, 0xf3efe6 },
                                           true };
    int metal = ct_object_part(b, CT_MATERIAL_brushed_steel);
    int blade = ct_object_accent(b, ct_figure_feature(b, 0x33373d));
    ct_figure_add_body(b, &hull);
    for (int i = 0; i < 2; i++) {
        struct ct_mesh *mesh = ct_shape_box(v3(17.0f, 0.14f, 0.9f), 0.12f, 3);
        ct_mesh_rotate(mesh, 1, 0.55f + CT_PI / 2 * (float)i);
        ct_mesh_move(mesh, v3(0, 15.2f, 0.6f));
        ct_object_add_part(b, mesh, blade);
    }
    ct_model_ball(b, v3(0, 15.4f, 0.6f), v3(1.1f, 1.1f, 1.1f), metal);
    ct_model_box_turned(b, v3(1.2f, 12.4f, -20.2f), v3(0.12f, 3.4f, 0.45f), 0.1f, v3(0.5f, 0, 0),
                        blade);
    ct_model_box_turned(b, v3(1.2f, 12.4f, -20.2f), v3(0.12f, 0.45f, 3.4f), 0.1f, v3(0.5f, 0, 0),
                        blade);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        const ct_v3 skid[] = { { s * 4.6f, 0.55f, -6.0f }, { s * 4.6f, 0.45f, 4.0f },
                               { s * 4.6f, 0.6f, 7.0f }, { s * 4.6f, 2.0f, 9.0f } };
        ct_model_tube(b, skid, 4, 0.45f, 0.45f, metal);
        for (int end = -1; end <= 1; end += 2) {
            const ct_v3 strut[] = { { s * 4.6f, 0.6f, 1.2f + 3.6f * (float)end },
                                    { s * 2.6f, 4.0f, 1.6f + 2.6f * (float)end } };
            ct_model_tube(b, strut, 2, 0.38f, 0.38f, metal);
        }
    }
}

const struct ct_object_shape ct_object_submarine_shape = {
    .min = { -7.4f, 0, -17.0f },
    .max = { 7.4f, 20.6f, 15.4f },
    .view_deg = 9,
    .yaw = 0.95f,
};

void ct_object_submarine(struct ct_object_builder *b)
{
    static const struct ct_lump rows[] = {
        FIGURE_LIMB(0, 0, false, 0, 6.2f, -7.4f, 4.6f, 0, 6.4f, 8.4f, 6.4f),
        FIGURE_LIMB(0, 2.4f, false, 0, 6.2f, -8.0f, 4.0f, 0, 6.2f, -14.6f, 1.3f),
        { .kind = CT_LUMP_BLOCK, .a = { 0, 12.6f, 2.0f }, .b = { 2.6f, 3.4f, 4.6f }, .r0 = 2.0f,
          .blend = 1.4f },
        FIGURE_TURNED(0, 0.8f, true, 4.0f, 6.2f, -13.0f, 2.8f, 0.5f, 1.8f, 0, 0),
        FIGURE_TURNED(0, 0.8f, false, 0, 9.4f, -13.0f, 0.5f, 2.8f, 1.8f, -0.2f, 0),
        { .kind = CT_LUMP_BLOCK, .use = CT_LUMP_PAINT, .a = { 0, 5.0f, 0 }, .b = { 9, 0.7f, 26 },
          .paint = 1 },
    };
    static const struct ct_figure hull = { FIGURE_BODY(rows, 88), { 0xf2b928, 0xd8472f, 0 }, true };
    int brass = ct_object_part(b, CT_MATERIAL_brass), pane = ct_figure_feature(b, 0x16323f);
    ct_figure_add_body(b, &hull);
    for (int side = -1; side <= 1; side += 2)
        for (int i = 0; i < 3; i++) {
            ct_v3 n, p = ct_lumps_touch(&hull.body,
                                        v3(6.0f * (float)side, 7.6f, -4.6f + 5.4f * (float)i), &n);
            ct_model_ring(b, v3_mad(n, 0.05f, p), n, 1.45f, 0.34f, brass);
            ct_model_drum(b,
                          (struct ct_model_drum){ v3_mad(n, -0.3f, p), v3_mad(n, 0.14f, p), 1.4f,
                                                  1.4f, 0.05f },
                          pane);
        }
    ct_v3 n, p = ct_lumps_touch(&hull.body, v3(0, 7.4f, 15.0f), &n);
    ct_model_ring(b, v3_mad(n, -0.3f, p), n, 2.4f, 0.5f, brass);
    ct_model_ball(b, v3_mad(n, -0.9f, p), v3(2.3f, 2.3f, 1.2f), pane);
    const ct_v3 scope[] = {
        { 0, 15.4f, 2.0f }, { 0, 18.4f, 2.0f }, { 0, 19.9f, 2.9f }, { 0, 20.1f, 4.6f }
    };
    ct_model_tube(b, scope, 4, 0.5f, 0.5f, brass);
    for (int i = 0; i < 3; i++) {
        float s, c;
        ct_sincosf(2.094f * (float)i + 0.4f, &s, &c);
        ct_model_cushion(b, v3(1.9f * s, 6.2f + 1.9f * c, -16.1f),
                         v3(0.9f + fabsf(s), 0.9f + fabsf(c), 0.35f), 0.8f, v3(0, 0, 0), brass);
    }
}

const struct ct_object_shape ct_object_tractor_shape = {
    .min = { -9.6f, 0, -12.6f },
    .max = { 9.6f, 20.6f, 14.4f },
    .view_deg = 10,
    .yaw = 0.75f,
    .parts = "wheel|wheels|rim|rims",
};

void ct_object_tractor(struct ct_object_builder *b)
{
    int paint = ct_part_body(b, v3(0.04f, 0.26f, 0.06f)),
        dark = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.03f, 0.03f, 0.03f));
    int rim = ct_object_accent(
        b, ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.80f, 0.52f, 0.03f)));
    int rubber = ct_wheel_rubber(b), pane = ct_motorcar_glass(b),
        metal = ct_object_part(b, CT_MATERIAL_chrome);
    static const ct_v3 rear[] = { { -7.2f, 6.6f, -5.6f }, { 7.2f, 6.6f, -5.6f } };
    static const ct_v3 front[] = { { -5.6f, 3.6f, 9.6f }, { 5.6f, 3.6f, 9.6f } };
    ct_wheels_add(b, &(struct ct_wheels){ rear, 2, 6.6f, 2.2f, 0.62f, 0, rim, rubber });
    ct_wheels_add(b, &(struct ct_wheels){ front, 2, 3.6f, 1.4f, 0.62f, 0, rim, rubber });
    for (int side = -1; side <= 1; side += 2)
        for (int i = 0; i < 16; i++) {
            float s, c;
            ct_sincosf(2 * CT_PI * (float)i / 16, &s, &c);
            if (c < -0.9f)
                continue;
            ct_model_box_turned(b, v3(7.2f * (float)side, 6.6f + 6.5f * c, -5.6f + 6.5f * s),
                                v3(2.0f, 0.4f, 0.45f), 0.15f, v3(CT_PI * 2 * (float)i / 16, 0, 0),
                                rubber);
        }
    ct_model_box(b, v3(0, 8.0f, 6.6f), v3(3.3f, 3.2f, 7.2f), 1.0f, paint);
    ct_model_box(b, v3(0, 7.8f, 13.6f), v3(2.6f, 2.4f, 0.4f), 0.3f, dark);
    ct_model_box(b, v3(0, 5.4f, 0), v3(2.6f, 2.0f, 11.0f), 0.6f, dark);
    ct_model_box(b, v3(0, 3.6f, 9.6f), v3(4.6f, 0.5f, 0.6f), 0.2f, dark);
    ct_model_box(b, v3(0, 8.6f, -5.4f), v3(4.6f, 2.0f, 4.8f), 0.7f, paint);
    ct_model_box(b, v3(0, 14.6f, -4.6f), v3(4.2f, 4.6f, 4.2f), 0.6f, pane);
    ct_model_box(b, v3(0, 19.6f, -4.6f), v3(5.0f, 0.8f, 5.0f), 0.6f, paint);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        for (int end = -1; end <= 1; end += 2)
            ct_model_box(b, v3(s * 4.2f, 14.4f, -4.6f + 4.2f * (float)end), v3(0.4f, 4.8f, 0.4f),
                         0.2f, paint);
        ct_model_cushion(b, v3(s * 7.2f, 12.2f, -5.8f), v3(2.4f, 1.7f, 6.0f), 0.5f, v3(0, 0, 0),
                         paint);
        ct_model_ball(b, v3(s * 1.8f, 9.6f, 13.8f), v3(0.8f, 0.8f, 0.5f), metal);
    }
    ct_model_drum(
        b,
        (struct ct_model_drum){ v3(2.0f, 10.4f, 8.4f), v3(2.0f, 17.0f, 8.4f), 0.55f, 0.55f, 0.1f },
        metal);
}

const struct ct_object_shape ct_object_scooter_shape = {
    .min = { -6.6f, 0, -15.4f },
    .max = { 6.6f, 24.0f, 15.4f },
    .view_deg = 9,
    .saddle = { { 0, 14.2f, -6.6f }, 0, 0.85f },
    .yaw = 1.05f,
    .parts = "seat|saddle",
};

/* A motor scooter as in Rome. */
void ct_object_scooter(struct ct_object_builder *b)
{
    static const struct ct_lump rows[] = {
        FIGURE_TURNED(0, 0, false, 0, 8.4f, -8.0f, 4.2f, 4.4f, 7.0f, 0.12f, 0),
        FIGURE_BALL(0, 1.4f, true, 3.2f, 7.4f, -8.6f, 2.4f, 3.4f, 5.4f),
        { .kind = CT_LUMP_BLOCK, .a = { 0, 4.6f, 2.0f }, .b = { 3.4f, 0.9f, 6.4f }, .r0 = 0.8f,
          .blend = 1.6f },
        { .kind = CT_LUMP_BLOCK, .a = { 0, 11.4f, 8.8f }, .b = { 4.6f, 6.8f, 0.8f }, .r0 = 0.8f,
          .blend = 1.8f, .pitch = -0.16f },
        FIGURE_LIMB(0, 1.4f, false, 0, 12.0f, 9.6f, 1.6f, 0, 19.6f, 8.0f, 1.3f),
        FIGURE_BALL(0, 0.8f, false, 0, 20.4f, 8.4f, 2.4f, 2.1f, 2.5f),
        FIGURE_BALL(0, 0.9f, false, 0, 6.0f, 11.4f, 2.0f, 2.4f, 4.4f),
        FIGURE_HOLLOW(0.4f, false, 0, 3.2f, -9.2f, 2.0f, 4.2f, 4.2f),
        FIGURE_HOLLOW(0.4f, false, 0, 3.2f, 11.6f, 1.5f, 3.9f, 3.9f),
    };
    static const struct ct_figure frame = { FIGURE_BODY(rows, 96), { 0x6fb8b0, 0, 0 }, false };
    static const ct_v3 wheels[] = { { 0, 3.5f, -9.2f }, { 0, 3.5f, 11.6f } };
    int rubber = ct_wheel_rubber(b), metal = ct_object_part(b, CT_MATERIAL_chrome);
    int seat = ct_object_accent(
        b, ct_object_part_colored(b, CT_MATERIAL_leather, v3(0.22f, 0.09f, 0.035f)));
    ct_figure_add_body(b, &frame);
    for (int i = 0; i < 2; i++) {
        ct_model_ring(b, wheels[i], v3(1, 0, 0), 2.6f, 0.9f, rubber);
        ct_model_drum(b,
                      (struct ct_model_drum){ v3_sub(wheels[i], v3(0.7f, 0, 0)),
                                              v3_add(wheels[i], v3(0.7f, 0, 0)), 2.1f, 2.1f, 0.2f },
                      metal);
    }
    ct_model_cushion(b, v3(0, 13.2f, -7.4f), v3(2.8f, 1.3f, 6.4f), 0.6f, v3(0.05f, 0, 0), seat);
    ct_model_ball(b, v3(0, 20.4f, 10.4f), v3(1.5f, 1.5f, 0.7f), metal);
    const ct_v3 bar[] = {
        { -6.0f, 21.4f, 6.6f }, { -2.0f, 21.4f, 8.0f }, { 2.0f, 21.4f, 8.0f }, { 6.0f, 21.4f, 6.6f }
    };
    ct_model_tube(b, bar, 4, 0.5f, 0.5f, metal);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        const ct_v3 stalk[] = { { s * 3.6f, 21.4f, 7.4f }, { s * 4.6f, 23.0f, 7.4f } };
        ct_model_tube(b, stalk, 2, 0.22f, 0.22f, metal);
        ct_model_ball(b, v3(s * 4.8f, 23.0f, 7.4f), v3(1.1f, 1.0f, 0.4f), metal);
        ct_model_drum(b,
                      (struct ct_model_drum){ v3(s * 5.2f, 21.4f, 6.9f), v3(s * 6.5f, 21.4f, 6.4f),
                                              0.7f, 0.7f, 0.15f },
                      rubber);
    }
}
