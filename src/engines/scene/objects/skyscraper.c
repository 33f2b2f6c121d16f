/* An office tower of glass: a plinth, a stepped shaft between fins, a spire. */
#include "engines/scene/objects/building.h"

const struct ct_object_shape ct_object_skyscraper_shape = {
    .min = { -13.0f, 0, -13.0f },
    .max = { 13.0f, 120.0f, 13.0f },
    .view_deg = 7,
    .yaw = 0.55f,
    .parts = "window|windows|glass",
};

struct tier {
    float half, from, to;
};

/* Columns and floors of one tier, as one mesh over its glass. */
static void add_grid(struct ct_object_builder *b, const struct tier *t, int columns, int frame)
{
    struct ct_block bars[4 * 12 + 40];
    int n = 0;
    float h = t->half, middle = (t->from + t->to) / 2, tall = (t->to - t->from) / 2;
    for (int i = 0; i <= columns; i++) {
        float x = h * (2 * (float)i / (float)columns - 1);
        for (int side = -1; side <= 1; side += 2) {
            bars[n++] = (struct ct_block){ { x, middle, (float)side * h }, { 0.28f, tall, 0.45f } };
            bars[n++] = (struct ct_block){ { (float)side * h, middle, x }, { 0.45f, tall, 0.28f } };
        }
    }
    int floors = (int)(2 * tall / 3.0f);
    for (int i = 1; i < floors && n < 80; i++)
        bars[n++] = (struct ct_block){ { 0, t->from + 2 * tall * (float)i / (float)floors, 0 },
                                       { h + 0.16f, 0.32f, h + 0.16f } };
    bars[n++] = (struct ct_block){ { 0, t->to, 0 }, { h + 0.6f, 0.5f, h + 0.6f } };
    ct_object_add_part(b, ct_shape_blocks(bars, n, 0.06f, 1), frame);
}

void ct_object_skyscraper(struct ct_object_builder *b)
{
    static const struct tier tiers[] = { { 11.5f, 0, 46 }, { 9.2f, 46, 78 }, { 6.4f, 78, 98 } };
    int frame = ct_part_body(b, v3(0.60f, 0.60f, 0.60f));
    int glass =
        ct_object_accent(b, ct_part_dressed(b, CT_MATERIAL_lacquer, v3(0.045f, 0.10f, 0.15f)));
    for (int i = 0; i < 3; i++) {
        const struct tier *t = &tiers[i];
        ct_model_box(b, v3(0, (t->from + t->to) / 2, 0),
                     v3(t->half, (t->to - t->from) / 2, t->half), 0.05f, glass);
        add_grid(b, t, 8 - 2 * i, frame);
    }
    const struct ct_block base[] = { { { 0, 0.9f, 0 }, { 13, 0.9f, 13 } },
                                     { { 0, 7.2f, 0 }, { 12.4f, 0.6f, 12.4f } } };
    ct_model_blocks(b, base, 2, 0.1f, frame);
    ct_model_drum(b, (struct ct_model_drum){ { 0, 98, 0 }, { 0, 104, 0 }, 2.6f, 1.6f, 0.1f },
                  frame);
    ct_model_drum(b, (struct ct_model_drum){ { 0, 103, 0 }, { 0, 120, 0 }, 0.7f, 0.12f, 0.05f },
                  frame);
}
