/* A Staunton pawn. */
#include "engines/scene/objects/model.h"

#define HEIGHT 5.2f

const struct ct_object_shape ct_object_chess_pawn_shape = {
    .min = { -1.55f, 0, -1.55f },
    .max = { 1.55f, HEIGHT, 1.55f },
};

void ct_object_chess_pawn(struct ct_object_builder *b)
{
    static const struct ct_corner profile[] = {
        { 0, 0, 0 },
        { 1.5f, 0, 0.08f },
        { 1.55f, 0.45f, 0.2f },
        { 1.25f, 0.7f, 0.1f },
        { 1.3f, 0.95f, 0.15f },
        { 0.85f, 1.35f, 0.3f },
        { 0.52f, 2.3f, 0.9f },
        { 0.45f, 3.1f, 0.2f },
        { 0.85f, 3.2f, 0.06f },
        { 0.85f, 3.36f, 0.06f },
        { 0.5f, 3.55f, 0.12f },
        { 0.45f, 3.6f, 0.02f }, { 0, 3.6f, 0 },
    };
    ct_part_turned(b, profile, 13, b->body);
    ct_model_ball(b, v3(0, HEIGHT - 0.88f, 0), v3(0.88f, 0.88f, 0.88f), b->body);
    ct_model_drum(b, (struct ct_model_drum){ { 0, 0.01f, 0 }, { 0, 0.06f, 0 }, 1.4f, 1.4f, 0.01f },
                  ct_object_part_colored(b, CT_MATERIAL_velvet, v3(0.03f, 0.12f, 0.06f)));
}
