/* A sealed envelope lying face down: four folded flaps and a wax seal. */
#include "engines/scene/objects/model.h"

#define HALF_WIDTH 11.0f
#define HALF_DEPTH 7.8f
#define FLAT (-1.5708f)

const struct ct_object_shape ct_object_envelope_shape = {
    .min = { -HALF_WIDTH, 0, -HALF_DEPTH },
    .max = { HALF_WIDTH, 1.15f, HALF_DEPTH },
    .yaw = 0.35f,
};

void ct_object_envelope(struct ct_object_builder *b)
{
    static const struct ct_corner side[] = {
        { -HALF_WIDTH, 0, 0 }, { -HALF_WIDTH, -HALF_DEPTH + 0.2f, 0.1f },
        { -0.6f, 0.2f, 0.9f }, { -HALF_WIDTH, HALF_DEPTH - 0.2f, 0.1f },
        { -HALF_WIDTH, 0, 0 },
    };
    static const struct ct_corner flap[] = {
        { 0, HALF_DEPTH, 0 }, { -HALF_WIDTH + 0.2f, HALF_DEPTH, 0.1f },
        { 0, -1.3f, 1.2f },   { HALF_WIDTH - 0.2f, HALF_DEPTH, 0.1f },
        { 0, HALF_DEPTH, 0 },
    };
    static const struct ct_corner lower[] = {
        { 0, -HALF_DEPTH, 0 }, { HALF_WIDTH - 0.2f, -HALF_DEPTH, 0.1f },
        { 0, 0.9f, 1.0f },     { -HALF_WIDTH + 0.2f, -HALF_DEPTH, 0.1f },
        { 0, -HALF_DEPTH, 0 },
    };
    static const struct ct_corner seal[] = {
        { 0, 0, 0 },           { 1.5f, 0, 0.05f },    { 1.65f, 0.14f, 0.12f },
        { 1.4f, 0.33f, 0.1f }, { 1.1f, 0.30f, 0.1f }, { 1.0f, 0.22f, 0.1f },
        { 0, 0.22f, 0 },
    };
    ct_v3 turn = v3(FLAT, 0, 0);
    ct_model_panel(b, v3(0, 0.25f, 0), v3(HALF_WIDTH, HALF_DEPTH, 0.25f), 0.12f, 0.1f, turn,
                   b->body);
    ct_model_plate(b, (struct ct_model_plate){ side, 5, 0.04f, 0.02f, turn, { 0, 0.52f, 0 } },
                   b->body);
    ct_model_plate(
        b, (struct ct_model_plate){ side, 5, 0.04f, 0.02f, { FLAT, 3.14159f, 0 }, { 0, 0.52f, 0 } },
        b->body);
    ct_model_plate(b, (struct ct_model_plate){ lower, 5, 0.05f, 0.03f, turn, { 0, 0.58f, 0 } },
                   b->body);
    ct_model_plate(
        b,
        (struct ct_model_plate){ flap, 5, 0.09f, 0.05f, { FLAT + 0.022f, 0, 0 }, { 0, 0.78f, 0 } },
        b->body);
    ct_model_turned(b, seal, 7, v3(0, 0.82f, 0.5f), v3(0, 1, 0.01f),
                    ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.42f, 0.02f, 0.025f)));
}
