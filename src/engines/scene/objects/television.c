/* A flat television on two blade feet. */
#include "engines/scene/objects/model.h"

#define HEIGHT 70.0f
#define HALF_WIDTH 54.0f
#define LOWER 7.0f
#define MIDDLE ((HEIGHT + LOWER) / 2)
#define HALF ((HEIGHT - LOWER) / 2)

const struct ct_object_shape ct_object_television_shape = {
    .min = { -HALF_WIDTH, 0, -12 },
    .max = { HALF_WIDTH, HEIGHT, 12 },
    .yaw = -0.35f,
};

void ct_object_television(struct ct_object_builder *b)
{
    int bezel = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.008f, 0.008f, 0.009f));
    int steel = ct_object_part_colored(b, CT_MATERIAL_brushed_steel, v3(0.30f, 0.30f, 0.31f));
    ct_v3 none = v3(0, 0, 0);
    ct_model_panel(b, v3(0, MIDDLE, 0), v3(HALF_WIDTH, HALF, 1.4f), 1.2f, 0.6f, none, b->body);
    ct_model_panel(b, v3(0, MIDDLE, 1.35f), v3(HALF_WIDTH - 0.5f, HALF - 0.5f, 0.12f), 0.9f, 0.05f,
                   none, bezel);
    ct_model_screen(b, v3(0, MIDDLE + 0.4f, 1.49f), HALF_WIDTH - 1.7f, HALF - 2.1f, none,
                    ct_object_part(b, CT_MATERIAL_screen));
    ct_model_panel(b, v3(0, MIDDLE - 6, -2.6f), v3(26, 17, 1.8f), 4, 1.2f, none, b->body);
    for (int side = -1; side <= 1; side += 2) {
        float x = 36 * (float)side;
        ct_model_box(b, v3(x, 0.5f, 0), v3(1.3f, 0.5f, 12), 0.4f, steel);
        ct_model_box(b, v3(x, 4.5f, 0), v3(1.0f, 4.2f, 1.0f), 0.4f, steel);
    }
}
