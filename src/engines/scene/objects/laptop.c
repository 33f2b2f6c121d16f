/* An open laptop: a thin aluminium base with keys and a trackpad, a lit screen leaning back. */
#include "engines/scene/objects/keys.h"
#include "engines/scene/objects/model.h"

#include "engines/scene/math/fn.h"

#define HALF_WIDTH 15.6f
#define HALF_DEPTH 11.0f
#define TOP 1.25f /* of the base */
#define LEAN 0.30f
#define LID 10.6f /* half its height */

const struct ct_object_shape ct_object_laptop_shape = {
    .min = { -HALF_WIDTH, 0, -17.4f },
    .max = { HALF_WIDTH, 21.6f, HALF_DEPTH },
    .yaw = -0.42f,
};

void ct_object_laptop(struct ct_object_builder *b)
{
    int black = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.02f, 0.02f, 0.022f));
    int bezel = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.01f, 0.01f, 0.011f));
    ct_v3 flat = v3(-1.5708f, 0, 0);
    ct_model_panel(b, v3(0, 0.2f + (TOP - 0.2f) / 2, 0),
                   v3(HALF_WIDTH, HALF_DEPTH, (TOP - 0.2f) / 2), 1.3f, 0.32f, flat, b->body);
    for (int i = 0; i < 4; i++)
        ct_model_drum(
            b,
            (struct ct_model_drum){ { i & 1 ? 13.5f : -13.5f, 0, i & 2 ? 9.0f : -9.0f },
                                    { i & 1 ? 13.5f : -13.5f, 0.3f, i & 2 ? 9.0f : -9.0f },
                                    0.7f,
                                    0.7f,
                                    0.05f },
            black);
    ct_model_panel(b, v3(0, TOP, -2.9f), v3(13.7f, 5.4f, 0.03f), 0.5f, 0.01f, flat, black);
    ct_keys_add(b, &(struct ct_keys){ 13.4f, -8.1f, 2.3f, TOP + 0.02f, 0.16f }, bezel);
    ct_model_panel(b, v3(0, TOP, 6.6f), v3(5.4f, 3.4f, 0.03f), 0.5f, 0.015f, flat, b->body);
    ct_model_panel(b, v3(0, TOP - 0.005f, 6.6f), v3(5.46f, 3.46f, 0.01f), 0.5f, 0.003f, flat,
                   black);

    float s, c;
    ct_sincosf(LEAN, &s, &c);
    ct_v3 hinge = v3(0, 0.95f, -HALF_DEPTH + 0.4f), up = v3(0, c, -s), front = v3(0, s, c);
    ct_v3 middle = v3_mad(up, LID + 0.15f, hinge), lean = v3(-LEAN, 0, 0);
    ct_model_panel(b, middle, v3(HALF_WIDTH, LID, 0.24f), 1.3f, 0.18f, lean, b->body);
    ct_model_panel(b, v3_mad(front, 0.235f, middle), v3(HALF_WIDTH - 0.25f, LID - 0.25f, 0.03f),
                   1.1f, 0.01f, lean, bezel);
    ct_model_screen(b, v3_mad(front, 0.275f, v3_mad(up, 0.12f, middle)), HALF_WIDTH - 0.85f,
                    LID - 0.95f, lean, ct_object_part(b, CT_MATERIAL_screen));
    ct_model_drum(b,
                  (struct ct_model_drum){ { -11, 0.95f, -HALF_DEPTH + 0.2f },
                                          { 11, 0.95f, -HALF_DEPTH + 0.2f },
                                          0.45f,
                                          0.45f,
                                          0.1f },
                  black);
}
