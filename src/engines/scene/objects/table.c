/* A dining table: a thick top with rounded corners on four tapered legs, joined by aprons. */
#include "engines/scene/objects/model.h"

#define HEIGHT 74.0f
#define HALF_WIDTH 72.0f
#define HALF_DEPTH 42.0f

const struct ct_object_shape ct_object_table_shape = {
    .min = { -HALF_WIDTH, 0, -HALF_DEPTH },
    .max = { HALF_WIDTH, HEIGHT, HALF_DEPTH },
    .on_y = HEIGHT,
    .on_radius = 38,
    .yaw = 0.5f,
};

void ct_object_table(struct ct_object_builder *b)
{
    ct_model_panel(b, v3(0, HEIGHT - 1.7f, 0), v3(HALF_WIDTH, HALF_DEPTH, 1.7f), 6, 0.8f,
                   v3(-1.5708f, 0, 0), b->body);
    for (int i = 0; i < 4; i++) {
        float x = i & 1 ? 1 : -1, z = i & 2 ? 1 : -1;
        ct_model_leg(b, v3(66 * x, 0, 36 * z), v3(59 * x, HEIGHT - 3, 31 * z), 1.9f, 3.4f, b->body);
    }
    for (int side = -1; side <= 1; side += 2) {
        ct_model_box(b, v3(0, HEIGHT - 7.4f, 31 * (float)side), v3(58, 4.1f, 1.1f), 0.4f, b->body);
        ct_model_box(b, v3(59 * (float)side, HEIGHT - 7.4f, 0), v3(1.1f, 4.1f, 30), 0.4f, b->body);
    }
}
