/* A tripod floor lamp: three wooden legs, a brass joint, a lit drum shade of linen. */
#include "engines/scene/materials/material.h"
#include "engines/scene/objects/model.h"

#define HEIGHT 150.0f
#define JOINT 104.0f
#define SHADE_BOTTOM 108.0f
#define SHADE_LOWER 26.0f
#define SHADE_UPPER 21.0f

const struct ct_object_shape ct_object_floor_lamp_shape = {
    .min = { -31.5f, 0, -31.5f },
    .max = { 31.5f, HEIGHT, 36.5f },
    .yaw = 0.3f,
};

static void add_shade(struct ct_object_builder *b)
{
    static const struct ct_corner profile[] = {
        { SHADE_LOWER - 0.4f, SHADE_BOTTOM, 0 }, { SHADE_LOWER, SHADE_BOTTOM, 0.1f },
        { SHADE_UPPER, HEIGHT, 0.1f },           { SHADE_UPPER - 0.4f, HEIGHT, 0.1f },
        { SHADE_LOWER - 0.4f, SHADE_BOTTOM, 0 },
    };
    struct ct_material cloth;
    ct_material_make(&cloth, &(struct ct_look){ .material = CT_MATERIAL_linen,
                                                .has_color = true,
                                                .color = { 0.86f, 0.80f, 0.68f } });
    cloth.scale = 2;
    cloth.bump = 0.10f;
    cloth.surface.emission = v3(1.25f, 0.80f, 0.40f);
    ct_part_turned(b, profile, 5, ct_world_add_material(b->world, &cloth));
}

void ct_object_floor_lamp(struct ct_object_builder *b)
{
    int brass = ct_object_part(b, CT_MATERIAL_brass);
    static const ct_v3 feet[] = { { 0, 0, 35 }, { 30.3f, 0, -17.5f }, { -30.3f, 0, -17.5f } };
    for (int i = 0; i < 3; i++) {
        ct_v3 top = v3(feet[i].x * 0.07f, JOINT, feet[i].z * 0.07f);
        ct_model_leg(b, feet[i], top, 1.05f, 1.6f, b->body);
    }
    ct_model_drum(
        b, (struct ct_model_drum){ { 0, JOINT - 4, 0 }, { 0, JOINT + 2, 0 }, 3.6f, 3.6f, 0.6f },
        brass);
    ct_model_drum(b,
                  (struct ct_model_drum){ { 0, JOINT, 0 }, { 0, HEIGHT - 1, 0 }, 0.6f, 0.6f, 0.1f },
                  brass);
    ct_model_drum(b,
                  (struct ct_model_drum){ { 0, HEIGHT - 1.4f, 0 },
                                          { 0, HEIGHT - 1, 0 },
                                          SHADE_UPPER - 0.3f,
                                          SHADE_UPPER - 0.3f,
                                          0.1f },
                  ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.9f, 0.85f, 0.75f)));
    add_shade(b);
    ct_object_lamp(b, v3(0, SHADE_BOTTOM + 2, 0), 12, v3(26, 17, 9));
}
