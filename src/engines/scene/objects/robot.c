/* A friendly robot of tinplate: square body, dome head, round eyes, jointed arms. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define HEIGHT 33.0f

const struct ct_object_shape ct_object_robot_shape = {
    .min = { -13.0f, 0, -5.0f },
    .max = { 13.0f, HEIGHT, 5.8f },
    .head = { 0, 30.3f, 0 },
    .head_radius = 4.6f,
    .yaw = 0.35f,
    .parts = "eye|eyes;arm|arms|leg|legs",
};

static void drum(struct ct_object_builder *b, ct_v3 from, ct_v3 to, float r, float r2, int material)
{
    ct_model_drum(b, (struct ct_model_drum){ from, to, r, r2, 0.18f * r }, material);
}

static void add_limbs(struct ct_object_builder *b, int paint, int metal)
{
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        const ct_v3 arm[] = { { s * 6.4f, 18.6f, 0 },
                              { s * 9.6f, 17.8f, 0.6f },
                              { s * 11.2f, 14.6f, 1.6f },
                              { s * 11.2f, 11.2f, 3.2f } };
        ct_model_tube(b, arm, 4, 0.95f, 0.95f, metal);
        for (int i = 0; i < 6; i++) { /* the tube is a bellows */
            float t = (float)i / 5;
            ct_v3 p =
                t < 0.5f ? v3_lerp(arm[1], arm[2], 2 * t) : v3_lerp(arm[2], arm[3], 2 * t - 1);
            ct_model_ring(b, p, t < 0.5f ? v3(0.45f * s, -1, 0.3f) : v3(0, -1, 0.45f), 0.95f, 0.32f,
                          metal);
        }
        drum(b, v3(s * 6.0f, 18.6f, 0), v3(s * 7.6f, 18.6f, 0), 1.8f, 1.8f, paint);
        ct_model_ball(b, v3(s * 11.2f, 10.0f, 3.6f), v3(1.7f, 1.7f, 1.7f), paint);
        for (int finger = -1; finger <= 1; finger += 2)
            ct_model_box_turned(b, v3(s * 11.2f + 1.0f * (float)finger, 8.5f, 4.6f),
                                v3(0.4f, 1.3f, 0.7f), 0.3f, v3(-0.5f, 0, 0.2f * (float)finger),
                                metal);
        drum(b, v3(s * 3.0f, 3.0f, 0), v3(s * 3.0f, 8.4f, 0), 1.35f, 1.35f, metal);
        ct_model_box(b, v3(s * 3.2f, 1.6f, 0.9f), v3(2.5f, 1.6f, 3.8f), 0.9f, paint);
    }
}

static void add_face(struct ct_object_builder *b, int metal)
{
    struct ct_material glow;
    ct_material_make(&glow, &(struct ct_look){ .material = CT_MATERIAL_lacquer });
    glow.surface.base_color = v3(0.3f, 0.55f, 0.6f);
    glow.surface.emission = v3(0.35f, 1.25f, 1.5f);
    int eye = ct_object_accent_of(b, 0, ct_world_add_material(b->world, &glow));
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        ct_model_ring(b, v3(s * 2.35f, 26.6f, 4.75f), v3(0, 0, 1), 1.5f, 0.36f, metal);
        ct_model_ball(b, v3(s * 2.35f, 26.6f, 4.7f), v3(1.4f, 1.4f, 0.5f), eye);
        drum(b, v3(s * 5.2f, 26, 0), v3(s * 6.6f, 26, 0), 1.3f, 1.0f, metal);
    }
    const ct_v3 smile[] = { { -1.9f, 23.9f, 4.85f },
                            { -0.9f, 23.35f, 4.95f },
                            { 0.9f, 23.35f, 4.95f },
                            { 1.9f, 23.9f, 4.85f } };
    ct_model_tube(b, smile, 4, 0.22f, 0.22f,
                  ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.01f, 0.01f, 0.01f)));
    drum(b, v3(0, 30, 0), v3(0, 31.8f, 0), 0.3f, 0.3f, metal);
    ct_model_ball(b, v3(0, 32.2f, 0), v3(0.8f, 0.8f, 0.8f),
                  ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.5f, 0.02f, 0.02f)));
}

void ct_object_robot(struct ct_object_builder *b)
{
    static const struct ct_v3_rgb {
        float r, g, bl;
    } lamps[] = { { 0.5f, 0.03f, 0.02f }, { 0.62f, 0.42f, 0.03f }, { 0.06f, 0.36f, 0.10f } };
    int paint = ct_part_body(b, v3(0.14f, 0.34f, 0.42f));
    int metal = ct_object_accent_of(b, 1, ct_object_part(b, CT_MATERIAL_brushed_steel));
    int cream = ct_part_dressed(b, CT_MATERIAL_lacquer, v3(0.80f, 0.77f, 0.68f));
    ct_model_box(b, v3(0, 14.2f, 0), v3(6.2f, 6.4f, 4.6f), 1.3f, paint);
    ct_model_box(b, v3(0, 14.9f, 4.35f), v3(4.2f, 3.5f, 0.5f), 0.4f, cream);
    for (int i = 0; i < 3; i++)
        ct_model_ball(b, v3(-2.4f + 2.4f * (float)i, 16.6f, 4.8f), v3(0.75f, 0.75f, 0.45f),
                      ct_object_part_colored(b, CT_MATERIAL_lacquer,
                                             v3(lamps[i].r, lamps[i].g, lamps[i].bl)));
    ct_model_ring(b, v3(-1.8f, 13.4f, 4.85f), v3(0, 0, 1), 1.15f, 0.16f, metal);
    ct_model_box_turned(b, v3(-1.6f, 13.7f, 4.95f), v3(0.1f, 0.6f, 0.08f), 0.04f, v3(0, 0, -0.7f),
                        ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.5f, 0.02f, 0.02f)));
    for (int i = 0; i < 3; i++)
        ct_model_box(b, v3(1.9f, 12.7f + 0.7f * (float)i, 4.9f), v3(1.5f, 0.18f, 0.1f), 0.08f,
                     metal);
    drum(b, v3(0, 20.2f, 0), v3(0, 22.2f, 0), 2.2f, 2.2f, metal);
    ct_model_cushion(b, v3(0, 25.9f, 0), v3(5.5f, 4.4f, 4.9f), 0.42f, v3(0, 0, 0), paint);
    add_limbs(b, paint, metal);
    add_face(b, metal);
}
