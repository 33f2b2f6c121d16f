/* A twin-bell alarm clock showing ten past ten, as clocks in pictures do. */
#include "engines/scene/objects/model.h"

#include "engines/scene/math/fn.h"

#define HEIGHT 16.0f
#define CENTER_Y 7.2f
#define RADIUS 5.7f
#define FACE_Z 2.36f

const struct ct_object_shape ct_object_clock_shape = {
    .min = { -5.8f, 0, -2.8f },
    .max = { 5.8f, HEIGHT, 2.8f },
    .yaw = -0.38f,
};

static void add_case(struct ct_object_builder *b, int face)
{
    static const struct ct_corner shell[] = {
        { 0, -2.8f, 0 },         { 4.6f, -2.8f, 1.6f },          { RADIUS, -1.6f, 0.8f },
        { RADIUS, 2.8f, 0.35f }, { RADIUS - 0.7f, 2.8f, 0.25f }, { RADIUS - 0.8f, 2.1f, 0.1f },
        { 0, 2.1f, 0 },
    };
    static const struct ct_corner dial[] = {
        { 0, 2.0f, 0 }, { 4.9f, 2.0f, 0 }, { 4.9f, 2.3f, 0.05f }, { 0, 2.3f, 0 }
    };
    ct_model_turned(b, shell, 7, v3(0, CENTER_Y, 0), v3(0, 0, 1), b->body);
    ct_model_turned(b, dial, 4, v3(0, CENTER_Y, 0), v3(0, 0, 1), face);
}

/* A bar from the middle of the face towards `hours` on the dial, from `from` to `to`. */
static void add_mark(struct ct_object_builder *b, float hours, float from, float to, float half,
                     float z, int material)
{
    float s, c, angle = hours * CT_PI / 6;
    ct_sincosf(angle, &s, &c);
    float middle = (from + to) / 2;
    ct_model_box_turned(b, v3(s * middle, CENTER_Y + c * middle, z),
                        v3(half, (to - from) / 2, 0.05f), 0.03f, v3(0, 0, -angle), material);
}

static void add_bells(struct ct_object_builder *b, int metal)
{
    static const struct ct_corner bell[] = {
        { 0, 0.5f, 0 },         { 1.9f, 0.3f, 0.4f },   { 2.35f, 0, 0.1f },
        { 2.45f, 0.1f, 0.1f },  { 2.25f, 1.2f, 0.9f },  { 1.0f, 2.2f, 0.9f },
        { 0.35f, 2.35f, 0.1f }, { 0.35f, 2.7f, 0.15f }, { 0, 2.75f, 0 },
    };
    for (int side = -1; side <= 1; side += 2) {
        ct_v3 up = v3((float)side * 0.52f, 0.855f, 0);
        ct_v3 center = v3(0, CENTER_Y, 0);
        ct_model_drum(b,
                      (struct ct_model_drum){ v3_mad(up, RADIUS - 0.3f, center),
                                              v3_mad(up, RADIUS + 1.2f, center), 0.3f, 0.3f, 0 },
                      metal);
        ct_model_turned(b, bell, 9, v3_mad(up, RADIUS + 0.55f, center), up, metal);
        ct_model_leg(b, v3((float)side * 3.9f, 0, 0), v3((float)side * 3.0f, 2.7f, 0), 0.32f, 0.55f,
                     metal);
    }
    static const ct_v3 handle[] = { { -2.6f, 14.1f, 0 },
                                    { -1.9f, 15.3f, 0 },
                                    { 0, 15.72f, 0 },
                                    { 1.9f, 15.3f, 0 },
                                    { 2.6f, 14.1f, 0 } };
    ct_model_tube(b, handle, 5, 0.26f, 0.26f, metal);
    ct_model_drum(b,
                  (struct ct_model_drum){
                      { 0, CENTER_Y + RADIUS - 0.2f, 0 }, { 0, 14.1f, 0 }, 0.16f, 0.16f, 0 },
                  metal);
    ct_model_drum(
        b, (struct ct_model_drum){ { -0.55f, 14.1f, 0 }, { 0.55f, 14.1f, 0 }, 0.42f, 0.42f, 0.12f },
        metal);
}

void ct_object_clock(struct ct_object_builder *b)
{
    int metal = ct_object_part_colored(b, CT_MATERIAL_brass, v3(0.80f, 0.62f, 0.34f));
    int face = ct_object_part_colored(b, CT_MATERIAL_paper, v3(0.92f, 0.90f, 0.85f));
    int ink = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.02f, 0.02f, 0.022f));
    add_case(b, face);
    for (int hour = 0; hour < 12; hour++)
        add_mark(b, (float)hour, 3.6f, 4.45f, hour % 3 ? 0.10f : 0.19f, FACE_Z, ink);
    add_mark(b, 10.15f, -0.5f, 2.5f, 0.20f, FACE_Z + 0.06f, ink);
    add_mark(b, 1.85f, -0.7f, 3.6f, 0.14f, FACE_Z + 0.16f, ink);
    add_mark(b, 7.1f, -1.0f, 3.9f, 0.045f, FACE_Z + 0.24f,
             ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.6f, 0.05f, 0.03f)));
    ct_model_ball(b, v3(0, CENTER_Y, FACE_Z + 0.25f), v3(0.34f, 0.34f, 0.12f), metal);
    add_bells(b, metal);
}
