/* A phone standing upright: a metal frame, a glass front with the display lit, side keys. */
#include "engines/scene/objects/model.h"

#define HEIGHT 14.8f
#define HALF_WIDTH 3.55f
#define HALF_DEPTH 0.41f

const struct ct_object_shape ct_object_smartphone_shape = {
    .min = { -HALF_WIDTH - 0.05f, 0, -HALF_DEPTH - 0.06f },
    .max = { HALF_WIDTH + 0.05f, HEIGHT, HALF_DEPTH + 0.06f },
    .yaw = -0.45f,
};

void ct_object_smartphone(struct ct_object_builder *b)
{
    int black = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.008f, 0.008f, 0.009f));
    ct_v3 none = v3(0, 0, 0);
    ct_model_panel(b, v3(0, HEIGHT / 2, 0), v3(HALF_WIDTH, HEIGHT / 2, HALF_DEPTH), 1.05f, 0.26f,
                   none, b->body);
    ct_model_panel(b, v3(0, HEIGHT / 2, HALF_DEPTH - 0.02f),
                   v3(HALF_WIDTH - 0.14f, HEIGHT / 2 - 0.14f, 0.05f), 0.95f, 0.04f, none, black);
    /* the display: a hair's breadth in front of the black glass, with room for its round corners */
    struct ct_curve outline;
    const float w = HALF_WIDTH - 0.34f, h = HEIGHT / 2 - 0.34f;
    const struct ct_corner corners[] = { { 0, -h, 0 },    { w, -h, 0.8f },  { w, h, 0.8f },
                                         { -w, h, 0.8f }, { -w, -h, 0.8f }, { 0, -h, 0 } };
    ct_curve_fillet(&outline, corners, 6, 10);
    struct ct_mesh *display =
        ct_shape_prism(&(struct ct_prism){ &outline, NULL, 0.02f, 0.012f, 30 });
    if (ct_mesh_add_uvs(display))
        for (uint32_t i = 0; i < display->n_vertices; i++) {
            ct_v3 p = ct_mesh_position(display, i);
            display->uvs[2 * i] = 0.5f + p.x / (2 * h); /* square pixels */
            display->uvs[2 * i + 1] = 0.5f + p.y / (2 * h);
        }
    else
        ct_mesh_free(&display);
    ct_model_mesh(b, display, none, v3(0, HEIGHT / 2, HALF_DEPTH + 0.02f),
                  ct_object_part(b, CT_MATERIAL_screen));
    ct_model_panel(b, v3(0, HEIGHT - 0.72f, HALF_DEPTH + 0.026f), v3(0.75f, 0.19f, 0.02f), 0.185f,
                   0.01f, none, black);
    ct_model_panel(b, v3(HALF_WIDTH, 9.6f, 0), v3(0.05f, 0.85f, 0.11f), 0.045f, 0.012f, none,
                   b->body);
    for (int i = 0; i < 2; i++)
        ct_model_panel(b, v3(-HALF_WIDTH, 10.6f - 1.4f * (float)i, 0), v3(0.05f, 0.52f, 0.11f),
                       0.045f, 0.012f, none, b->body);
}
