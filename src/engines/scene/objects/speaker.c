/* A bookshelf loudspeaker: a wooden cabinet, a black baffle, woofer and tweeter with their rings.
 */
#include "engines/scene/objects/model.h"

#define HEIGHT 32.0f
#define HALF_WIDTH 9.5f
#define HALF_DEPTH 11.5f

const struct ct_object_shape ct_object_speaker_shape = {
    .min = { -HALF_WIDTH, 0, -HALF_DEPTH },
    .max = { HALF_WIDTH, HEIGHT, HALF_DEPTH + 0.5f },
    .on_y = HEIGHT,
    .on_radius = 7,
    .yaw = -0.5f,
};

static void add_driver(struct ct_object_builder *b, float y, float radius, int cone, int rubber,
                       int metal)
{
    const float r = radius;
    const struct ct_corner dish[] = {
        { 0.86f * r, 0.1f, 0 },
        { 0.78f * r, -0.05f, 0.1f },
        { 0.32f * r, -0.34f * r, 0.1f },
        { 0.28f * r, -0.32f * r, 0 },
        { 0.20f * r, -0.20f * r, 0.2f * r },
        { 0, -0.16f * r, 0 },
    };
    const struct ct_corner frame[] = {
        { 0.86f * r, -0.1f, 0 },   { r, -0.1f, 0 },         { r, 0.28f, 0.12f },
        { 0.93f * r, 0.3f, 0.1f }, { 0.86f * r, 0.05f, 0 },
    };
    ct_v3 at = v3(0, y, HALF_DEPTH + 0.1f), out = v3(0, 0, 1);
    ct_model_turned(b, dish, 6, at, out, cone);
    ct_model_ring(b, v3(0, y, at.z + 0.02f), out, 0.82f * r, 0.055f * r, rubber);
    ct_model_turned(b, frame, 5, at, out, metal);
}

/* The baffle has holes where the drivers sit, so that their dishes go into the cabinet. */
static struct ct_mesh *baffle_part(float y0, float y1, float hole_y, float hole_radius)
{
    struct ct_curve outline = { .n = 0 }, hole = { .n = 0 };
    const float w = HALF_WIDTH - 0.9f;
    const ct_v2 corners[] = { { -w, y0 }, { w, y0 }, { w, y1 }, { -w, y1 } };
    for (int i = 0; i < 4; i++)
        ct_curve_add(&outline, corners[i]);
    for (int i = 0; i < 48; i++) {
        float angle = -6.2831853f * (float)i / 48;
        ct_curve_add(&hole, v2(hole_radius * cosf(angle), hole_y + hole_radius * sinf(angle)));
    }
    return ct_shape_prism(&(struct ct_prism){ &outline, &hole, 0.2f, 0.02f, 30 });
}

void ct_object_speaker(struct ct_object_builder *b)
{
    int black = ct_object_part_colored(b, CT_MATERIAL_powder_coat, v3(0.014f, 0.014f, 0.015f));
    int cone = ct_object_part_colored(b, CT_MATERIAL_paper, v3(0.045f, 0.044f, 0.043f));
    int rubber = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.012f, 0.012f, 0.012f));
    int metal = ct_object_part(b, CT_MATERIAL_brushed_steel);
    const float wall = 0.9f;
    ct_v3 none = v3(0, 0, 0);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        ct_model_box(b, v3(s * (HALF_WIDTH - wall), HEIGHT / 2, 0),
                     v3(wall, HEIGHT / 2, HALF_DEPTH), 0.3f, b->body);
        ct_model_box(b, v3(0, HEIGHT / 2 + s * (HEIGHT / 2 - wall), 0),
                     v3(HALF_WIDTH - 0.3f, wall, HALF_DEPTH - 0.05f), 0.3f, b->body);
    }
    ct_model_box(b, v3(0, HEIGHT / 2, -HALF_DEPTH + 1),
                 v3(HALF_WIDTH - 0.5f, HEIGHT / 2 - 0.5f, 0.5f), 0.2f, black);
    ct_model_mesh(b, baffle_part(0.9f, 18.6f, 10.6f, 5.9f), none, v3(0, 0, HALF_DEPTH - 0.25f),
                  black);
    ct_model_mesh(b, baffle_part(18.6f, HEIGHT - 0.9f, 23.8f, 2.6f), none,
                  v3(0, 0, HALF_DEPTH - 0.25f), black);
    add_driver(b, 10.6f, 6.6f, cone, rubber, metal);
    add_driver(b, 23.8f, 3.0f, cone, rubber, metal);
}
