/* A park bench: slats on cast-iron ends. */
#include "engines/scene/objects/model.h"

#define HALF_X 68.0f

const struct ct_object_shape ct_object_bench_shape = {
    .min = { -70.5f, 0, -34.0f },
    .max = { 70.5f, 86.4f, 31.0f },
    .on_y = 46,
    .on_radius = 26,
    .view_deg = 7,
    .yaw = 0.38f,
    .parts = "leg|legs|frame",
};

void ct_object_bench(struct ct_object_builder *b)
{
    int iron = ct_object_accent(
        b, ct_object_part_colored(b, CT_MATERIAL_powder_coat, v3(0.022f, 0.024f, 0.024f)));
    for (int i = 0; i < 5; i++)
        ct_model_box(b, v3(0, 44.4f, 21.5f - 10.2f * (float)i), v3(HALF_X, 1.6f, 4.1f), 0.7f,
                     b->body);
    for (int i = 0; i < 4; i++)
        ct_model_box_turned(b, v3(0, 53.5f + 9.6f * (float)i, -24.2f - 2.4f * (float)i),
                            v3(HALF_X, 4.1f, 1.5f), 0.7f, v3(-0.24f, 0, 0), b->body);
    for (int side = -1; side <= 1; side += 2) {
        float x = (float)side * 60.0f;
        const ct_v3 front[] = { { x, 2.4f, 27.5f }, { x, 10, 24.5f }, { x, 26, 20.5f },
                                { x, 42, 25 },      { x, 58, 26 },    { x, 66.5f, 21 },
                                { x, 66, 4 },       { x, 63, -16 },   { x, 62, -24.5f } };
        const ct_v3 rear[] = { { x, 2.4f, -31 },  { x, 12, -27 },    { x, 30, -22.5f },
                               { x, 44, -21.5f }, { x, 62, -26.5f }, { x, 82, -32 } };
        const ct_v3 seat[] = {
            { x, 41.5f, 25.5f }, { x, 40.8f, 10 }, { x, 40.8f, -8 }, { x, 41.5f, -22 }
        };
        const ct_v3 brace[] = { { x, 24, 20.5f }, { x, 31, 2 }, { x, 25, -23.5f } };
        ct_model_tube(b, front, 9, 2.0f, 1.9f, iron);
        ct_model_tube(b, rear, 6, 2.0f, 1.7f, iron);
        ct_model_tube(b, seat, 4, 1.8f, 1.8f, iron);
        ct_model_tube(b, brace, 3, 1.3f, 1.3f, iron);
        ct_model_box(b, v3(x, 0.9f, 28), v3(3.2f, 0.9f, 3.0f), 0.5f, iron);
        ct_model_box(b, v3(x, 0.9f, -31), v3(3.2f, 0.9f, 3.0f), 0.5f, iron);
    }
}
