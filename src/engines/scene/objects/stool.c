/* A bar stool: a thick round seat, slightly hollowed, on four splayed legs with a ring. */
#include "engines/scene/objects/model.h"

#define HEIGHT 46.0f

const struct ct_object_shape ct_object_stool_shape = {
    .min = { -21.4f, 0, -21.4f },
    .max = { 21.4f, HEIGHT, 21.4f },
    .on_y = HEIGHT - 0.6f,
    .on_radius = 13,
    .yaw = 0.45f,
};

void ct_object_stool(struct ct_object_builder *b)
{
    static const struct ct_corner seat[] = {
        { 0, HEIGHT - 4.2f, 0 }, { 14, HEIGHT - 4.2f, 2 }, { 17.5f, HEIGHT - 2.6f, 1.6f },
        { 17.2f, HEIGHT, 1.4f }, { 13, HEIGHT - 0.3f, 3 }, { 0, HEIGHT - 0.9f, 0 },
    };
    ct_part_turned(b, seat, 6, b->body);
    for (int i = 0; i < 4; i++) {
        float x = i & 1 ? 1 : -1, z = i & 2 ? 1 : -1;
        ct_model_leg(b, v3(17 * x, 0, 17 * z), v3(9 * x, HEIGHT - 4, 9 * z), 1.35f, 1.85f, b->body);
    }
    ct_model_ring(b, v3(0, 14, 0), v3(0, 1, 0), 20.6f, 0.75f,
                  ct_part_dressed(b, CT_MATERIAL_brass, v3(0.72f, 0.55f, 0.30f)));
}
