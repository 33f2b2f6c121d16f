/* A fireplace: bricks around an opening, a mantelpiece, logs that burn in its opening. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define HALF 62.0f
#define FRONT 20.0f
#define MANTEL 112.0f
#define FLAMES 9

const struct ct_object_shape ct_object_fireplace_shape = {
    .min = { -HALF - 10, 0, -24.5f },
    .max = { HALF + 10, MANTEL + 4, 48.0f },
    .on_y = MANTEL + 4,
    .on_radius = 9,
    .yaw = 0,
    .parts = "mantel|mantelpiece|mantle",
};

/* Tongues of fire: leaves of light that lean together. */
static void add_fire(struct ct_object_builder *b)
{
    for (int i = 0; i < FLAMES; i++) {
        float t = (float)i / (FLAMES - 1) * 2 - 1, r = ct_part_random(b, i);
        float tall = (1 - 0.6f * t * t) * (20 + 14 * r);
        ct_v3 foot = v3(22 * t, 16, -3 + 8 * ct_part_random(b, 20 + i));
        const ct_v3 knots[] = { foot, v3_add(foot, v3(2.4f * (r - 0.5f), 0.45f * tall, 0)),
                                v3_add(foot, v3(-3 * t + 5 * (r - 0.5f), tall, 0)) };
        int glow = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.6f, 0.3f, 0.1f));
        if (glow >= 0) {
            struct ct_surface *s = &b->world->materials[glow].surface;
            s->emission = i & 1 ? v3(9, 2.6f, 0.35f) : v3(12, 5.4f, 1.0f);
            s->specular = 0;
        }
        ct_model_tube(b, knots, 3, 3.4f, 0.5f, glow);
    }
    ct_object_lamp(b, v3(0, 60, 12), 14, v3(26, 10, 2.4f));
}

void ct_object_fireplace(struct ct_object_builder *b)
{
    int brick = b->body, dark = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.03f, 0.027f, 0.025f));
    int wood = ct_object_accent(b, ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.16f, 0.085f, 0.045f)));
    int bark = ct_object_part(b, CT_MATERIAL_bark);
    if (brick >= 0 && b->object->look.material == CT_MATERIAL_brick)
        for (int i = 0; i < 3; i++) /* as large as bricks are: they are made for model houses */
            b->world->materials[brick].param[i] *= 11;
    for (int side = -1; side <= 1; side += 2)
        ct_model_box(b, v3(49 * (float)side, 48, -2), v3(13, 48, 22), 0.4f, brick);
    ct_model_box(b, v3(0, 97, -2), v3(HALF, 11, 22), 0.4f, brick);
    ct_model_box(b, v3(0, 45, -22), v3(37, 45, 2), 0.3f, dark);
    ct_model_box(b, v3(0, 2, 12), v3(HALF + 8, 2, 36), 0.5f, ct_object_part(b, CT_MATERIAL_concrete));
    ct_model_box(b, v3(0, MANTEL, 2), v3(HALF + 10, 4, 26), 0.8f, wood);
    for (int i = 0; i < 4; i++) {
        float z = i < 2 ? -8.0f + 14 * (float)i : -2, y = i < 2 ? 8.4f : 15.6f;
        float lean = 4 * (ct_part_random(b, 40 + i) - 0.5f);
        if (i < 3)
            ct_model_drum(b, (struct ct_model_drum){ v3(-27, y, z - lean), v3(27, y, z + lean), 4.4f,
                                                     3.8f, 0.5f }, bark);
    }
    add_fire(b);
}
