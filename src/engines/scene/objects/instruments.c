/* A drum, a grand piano, a microphone. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

const struct ct_object_shape ct_object_drum_shape = {
    .min = { -18.6f, 0, -18.6f },
    .max = { 18.6f, 22.6f, 18.6f },
    .on_y = 20.3f,
    .on_radius = 12,
    .yaw = 0.2f,
};

void ct_object_drum(struct ct_object_builder *b)
{
    int paint = ct_part_body(b, v3(0.45f, 0.02f, 0.03f)),
        metal = ct_object_part(b, CT_MATERIAL_chrome);
    int skin = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.86f, 0.84f, 0.79f));
    int wood = ct_object_part(b, CT_MATERIAL_wood);
    ct_model_drum(b, (struct ct_model_drum){ v3(0, 0.8f, 0), v3(0, 19.6f, 0), 17.0f, 17.0f, 0.3f },
                  paint);
    ct_model_drum(b, (struct ct_model_drum){ v3(0, 19, 0), v3(0, 20.2f, 0), 16.7f, 16.7f, 0.2f },
                  skin);
    ct_model_ring(b, v3(0, 19.9f, 0), v3(0, 1, 0), 17.4f, 0.7f, metal);
    ct_model_ring(b, v3(0, 0.72f, 0), v3(0, 1, 0), 17.4f, 0.7f, metal);
    for (int i = 0; i < 8; i++) {
        float s, c;
        ct_sincosf(2 * CT_PI * ((float)i + 0.5f) / 8, &s, &c);
        ct_v3 at = v3(17.9f * c, 0, 17.9f * s);
        ct_model_drum(b, (struct ct_model_drum){ v3(at.x, 1.2f, at.z), v3(at.x, 19.6f, at.z), 0.35f,
                                                 0.35f, 0.05f }, metal);
        ct_model_ball(b, v3(at.x * 0.98f, 10.4f, at.z * 0.98f), v3(1.0f, 2.0f, 1.0f), metal);
    }
    for (int i = 0; i < 2; i++) {
        ct_v3 stick[] = { { -13.0f + 3 * (float)i, 21.0f + 0.8f * (float)i, -6.0f + 7 * (float)i },
                          { 12.0f - 2 * (float)i, 21.0f + 0.8f * (float)i, 4.0f - 8 * (float)i } };
        ct_model_tube(b, stick, 2, 0.75f, 0.45f, wood);
        ct_model_ball(b, stick[1], v3(0.75f, 0.7f, 0.75f), wood);
    }
}

const struct ct_object_shape ct_object_piano_shape = {
    .min = { -15.2f, 0, -18.4f },
    .max = { 15.2f, 33.0f, 15.4f },
    .view_deg = 13,
    .yaw = -0.5f,
};

/* A small grand piano, its lid open, with its stool's place left free. */
void ct_object_piano(struct ct_object_builder *b)
{
    int paint = ct_part_body(b, v3(0.012f, 0.012f, 0.013f)),
        brass = ct_object_part(b, CT_MATERIAL_brass);
    int ivory = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.86f, 0.84f, 0.79f));
    int ebony = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.01f, 0.01f, 0.01f));
    int gold = ct_object_part_colored(b, CT_MATERIAL_brass, v3(0.5f, 0.33f, 0.11f));
    /* The case's outline, seen from above: x to the right, y towards the tail. */
    static const struct ct_corner wing[] = {
        { -15, -8, 0 }, { 15, -8, 0.8f }, { 15, 0, 2 }, { 9.6f, 5.6f, 5 }, { 6.4f, 11.0f, 4 },
        { 1.0f, 17.4f, 5 }, { -9.0f, 18.2f, 5 }, { -15, 14.0f, 3 }, { -15, -8, 0 },
    };
    struct ct_corner inner[9];
    for (int i = 0; i < 9; i++)
        inner[i] = (struct ct_corner){ 0.93f * wing[i].x, 1.2f + 0.9f * wing[i].y, wing[i].radius };
    ct_v3 flat = v3(-CT_PI / 2, 0, 0);
    ct_model_plate(b, (struct ct_model_plate){ wing, 9, 2.6f, 0.3f, flat, v3(0, 16.2f, 0) }, paint);
    ct_model_plate(b, (struct ct_model_plate){ inner, 9, 0.2f, 0.1f, flat, v3(0, 18.9f, 0) }, gold);
    for (int i = 0; i < 16; i++) {
        float x = -13.0f + 1.25f * (float)i;
        ct_model_box(b, v3(x, 19.15f, -2 - 0.2f * (15 - (float)i)),
                     v3(0.05f, 0.05f, 5.0f - 0.16f * (float)i), 0.02f, brass);
    }
    ct_model_box(b, v3(0, 15.2f, 11.6f), v3(14.6f, 1.3f, 3.6f), 0.4f, paint);
    struct ct_block white[21], black[15];
    int n = 0;
    for (int i = 0; i < 21; i++)
        white[i] =
            (struct ct_block){ { -12.6f + 1.26f * (float)i, 16.9f, 12.3f }, { 0.6f, 0.4f, 2.6f } };
    for (int i = 0; i < 20; i++)
        if (i % 7 != 2 && i % 7 != 6 && n < 15)
            black[n++] = (struct ct_block){ { -11.97f + 1.26f * (float)i, 17.4f, 11.4f },
                                            { 0.36f, 0.5f, 1.7f } };
    ct_model_blocks(b, white, 21, 0.1f, ivory);
    ct_model_blocks(b, black, n, 0.1f, ebony);
    for (int side = -1; side <= 1; side += 2)
        ct_model_box(b, v3(14.3f * (float)side, 17.0f, 11.6f), v3(0.8f, 1.9f, 3.7f), 0.4f, paint);
    ct_model_box_turned(b, v3(0, 20.4f, 7.4f), v3(8.0f, 2.6f, 0.25f), 0.15f, v3(-0.25f, 0, 0),
                        paint);
    /* The lid, hinged along the straight side. */
    struct ct_mesh *lid;
    struct ct_curve outline;
    ct_curve_fillet(&outline, wing, 9, 8);
    lid = ct_shape_prism(&(struct ct_prism){ &outline, NULL, 0.28f, 0.12f, 30 });
    ct_mesh_rotate(lid, 0, -CT_PI / 2);
    ct_mesh_move(lid, v3(15, 0, 0));
    ct_mesh_rotate(lid, 2, 0.50f);
    ct_mesh_move(lid, v3(-15, 18.9f, 0));
    ct_object_add_part(b, lid, paint);
    const ct_v3 prop[] = { { 11.4f, 18.6f, -1.0f }, { 8.6f, 31.0f, -1.4f } };
    ct_model_tube(b, prop, 2, 0.3f, 0.3f, brass);
    const ct_v3 legs[] = { { -12.6f, 0, 7.0f }, { 12.6f, 0, 7.0f }, { -3, 0, -13.0f } };
    for (int i = 0; i < 3; i++) {
        ct_model_drum(b,
                      (struct ct_model_drum){ v3(legs[i].x, 1.0f, legs[i].z),
                                              v3(legs[i].x, 14.2f, legs[i].z), 0.9f, 1.6f, 0.2f },
                      paint);
        ct_model_ball(b, v3(legs[i].x, 0.75f, legs[i].z), v3(0.75f, 0.75f, 0.75f), brass);
    }
}

const struct ct_object_shape ct_object_microphone_shape = {
    .min = { -5.2f, 0, -5.2f },
    .max = { 5.2f, 30.0f, 5.2f },
    .yaw = 0.4f,
};

/* A singer's microphone of the fifties on a table stand. */
void ct_object_microphone(struct ct_object_builder *b)
{
    int metal = b->body,
        dark = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.03f, 0.03f, 0.033f));
    static const struct ct_corner foot[] = { { 0, 0, 0 },          { 5.2f, 0, 0.3f },
                                             { 5.0f, 0.9f, 0.5f }, { 1.3f, 1.9f, 0.6f },
                                             { 0.6f, 3.0f, 0.5f }, { 0, 3, 0 } };
    ct_part_turned(b, foot, 6, metal);
    ct_model_drum(b, (struct ct_model_drum){ v3(0, 2, 0), v3(0, 14.6f, 0), 0.6f, 0.6f, 0.1f },
                  metal);
    ct_model_ball(b, v3(0, 15.0f, 0), v3(1.5f, 1.2f, 1.5f), metal);
    ct_model_cushion(b, v3(0, 22.6f, 0), v3(3.9f, 7.0f, 3.2f), 0.75f, v3(0, 0, 0), dark);
    for (int i = -3; i <= 3; i++) {
        ct_v3 rib[11];
        for (int k = 0; k < 11; k++) {
            float s, c, a = CT_PI * ((float)k / 10 - 0.5f);
            ct_sincosf(a, &s, &c);
            float x = 1.12f * (float)i, fall = sqrtf(ct_maxf(1 - x * x / 16.4f, 0.02f));
            rib[k] = v3(x, 22.6f + 7.0f * s * (0.45f + 0.55f * fall),
                        3.4f * ct_powf(ct_maxf(c, 0), 0.6f) * fall);
        }
        ct_model_tube(b, rib, 11, 0.34f, 0.34f, metal);
    }
    ct_model_ring(b, v3(0, 20.8f, 0), v3(0, 1, 0), 3.7f, 0.5f, metal);
    ct_model_cushion(b, v3(0, 17.8f, 0), v3(3.5f, 2.7f, 3.1f), 0.7f, v3(0, 0, 0), metal);
    ct_model_cushion(b, v3(0, 22.6f, -1.0f), v3(3.95f, 7.1f, 2.6f), 0.75f, v3(0, 0, 0), metal);
}
