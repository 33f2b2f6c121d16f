/* A dining chair: a rounded seat on four splayed legs, two posts that carry a bent back rest. */
#include "engines/scene/objects/model.h"

#define HEIGHT 82.0f
#define SEAT 45.0f

const struct ct_object_shape ct_object_chair_shape = {
    .min = { -22.9f, 0, -25.5f },
    .max = { 22.9f, HEIGHT, 22.5f },
    .on_y = SEAT,
    .on_radius = 15,
    .yaw = 0.55f,
};

/* Sweeps run in the xy plane: an arc there, stood up, is a board bent around the sitter. */
static void add_rest(struct ct_object_builder *b)
{
    static const ct_v2 arc[] = {
        { -21.5f, 0 }, { -11.5f, 3.0f }, { 0, 4.1f }, { 11.5f, 3.0f }, { 21.5f, 0 }
    };
    struct ct_mesh *mesh = ct_part_strap(arc, 5, 0.95f, 7.4f, 0.45f);
    ct_model_mesh(b, mesh, v3(-1.45f, 0, 0), v3(0, HEIGHT - 7.6f, -20.4f), b->body);
}

void ct_object_chair(struct ct_object_builder *b)
{
    ct_model_panel(b, v3(0, SEAT - 1.5f, 0), v3(21.5f, 20.5f, 1.5f), 8, 1.1f, v3(-1.5708f, 0, 0),
                   b->body);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        ct_model_leg(b, v3(s * 20.5f, 0, 20), v3(s * 16.5f, SEAT - 2, 15.5f), 1.25f, 2.0f, b->body);
        ct_model_leg(b, v3(s * 20.5f, 0, -22), v3(s * 16.5f, SEAT - 2, -15.5f), 1.25f, 2.0f,
                     b->body);
        const ct_v3 post[] = { { s * 15.5f, SEAT - 2, -15.5f },
                               { s * 15.8f, SEAT + 14, -18.6f },
                               { s * 16.2f, HEIGHT - 4, -22.3f } };
        ct_model_tube(b, post, 3, 1.45f, 1.15f, b->body);
    }
    ct_model_drum(b,
                  (struct ct_model_drum){ { -18.2f, 24, 0 }, { 18.2f, 24, 0 }, 0.85f, 0.85f, 0.1f },
                  b->body);
    for (int side = -1; side <= 1; side += 2)
        ct_model_drum(b,
                      (struct ct_model_drum){ { (float)side * 18.4f, 24, 17.6f },
                                              { (float)side * 18.4f, 24, -18.6f },
                                              0.95f,
                                              0.95f,
                                              0.1f },
                      b->body);
    add_rest(b);
}
