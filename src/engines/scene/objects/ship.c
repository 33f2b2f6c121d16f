/* A liner at sea: dark hull, white decks with rows of windows, funnels. */
#include "engines/scene/objects/building.h"
#include "engines/scene/objects/loft.h"

const struct ct_object_shape ct_object_ship_shape = {
    .min = { -7.2f, 0, -36.2f },
    .max = { 7.2f, 26.0f, 38.0f },
    .view_deg = 7,
    .draught = 1.6f,
    .yaw = 0.98f,
    .parts = "funnel|funnels|chimney;hull",
};

static void add_decks(struct ct_object_builder *b, int white)
{
    static const float half[] = { 27, 23, 17 };
    struct ct_windows w = { .half_width = 0.42f, .half_height = 0.42f };
    for (int i = 0; i < 3; i++) {
        float y = 8.4f + 2.6f * (float)i, x = 5.6f - 0.6f * (float)i, z = -3.0f + 1.0f * (float)i;
        const struct ct_block deck[] = {
            { { 0, y, z }, { x, 1.3f, half[i] } },
            { { 0, y + 1.3f, z }, { x + 0.5f, 0.16f, half[i] + 0.8f } },
        };
        ct_model_blocks(b, deck, 2, 0.15f, white);
        int n = (int)(half[i] / 1.25f) - 1;
        for (int k = 0; k < n && w.n + 2 < CT_WINDOWS_MAX; k++)
            for (int side = -1; side <= 1; side += 2)
                ct_windows_put(&w, side > 0 ? CT_FACADE_RIGHT : CT_FACADE_LEFT, (float)side * x, y,
                               z + half[i] * (2 * ((float)k + 0.5f) / (float)n - 1));
    }
    ct_windows_add(b, &w, white, ct_window_glass(b));
    const struct ct_block bridge[] = { { { 0, 16.2f, 8.5f }, { 4.6f, 1.2f, 3.4f } } };
    const struct ct_block panes[] = { { { 0, 16.5f, 8.6f }, { 4.4f, 0.5f, 3.42f } },
                                      { { 0, 16.5f, 8.4f }, { 4.64f, 0.5f, 3.1f } } };
    ct_model_blocks(b, bridge, 1, 0.2f, white);
    ct_model_blocks(b, panes, 2, 0.05f, ct_window_glass(b));
}

void ct_object_ship(struct ct_object_builder *b)
{
    static const struct ct_hull hull = { 36, 7.0f, 7.2f, 2.6f, 0.80f, 0.10f };
    struct ct_hull boot = hull;
    boot.half_width *= 1.008f;
    boot.depth = 1.3f;
    boot.sheer = 0;
    int paint = ct_object_accent_of(b, 1, ct_part_body(b, v3(0.018f, 0.028f, 0.05f)));
    int white = ct_part_dressed(b, CT_MATERIAL_lacquer, v3(0.83f, 0.83f, 0.81f));
    int red =
        ct_object_accent_of(b, 0, ct_part_dressed(b, CT_MATERIAL_lacquer, v3(0.48f, 0.05f, 0.02f)));
    int black = ct_object_part_colored(b, CT_MATERIAL_powder_coat, v3(0.015f, 0.015f, 0.016f));
    ct_hull_add(b, &hull, paint);
    ct_hull_add(b, &boot, ct_part_dressed(b, CT_MATERIAL_lacquer, v3(0.30f, 0.02f, 0.018f)));
    add_decks(b, white);
    for (int i = 0; i < 2; i++) {
        float z = -2.5f - 9.5f * (float)i;
        ct_model_drum(
            b, (struct ct_model_drum){ { 0, 15.4f, z }, { 0, 22.6f, z - 1.2f }, 2.0f, 1.85f, 0.1f },
            red);
        ct_model_drum(b,
                      (struct ct_model_drum){
                          { 0, 22.2f, z - 1.13f }, { 0, 24.2f, z - 1.45f }, 1.95f, 1.9f, 0.1f },
                      black);
    }
    ct_model_drum(
        b, (struct ct_model_drum){ { 0, 8.8f, 27 }, { 0, 26.0f, 25.5f }, 0.35f, 0.12f, 0.05f },
        white);
}
