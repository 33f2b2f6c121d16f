/* An airliner on its wheels: white above, a coloured tail, engines under swept wings. */
#include "engines/scene/objects/loft.h"
#include "engines/scene/objects/model.h"
#include "engines/scene/objects/wheel.h"

#define AXIS_Y 7.2f

const struct ct_object_shape ct_object_airplane_shape = {
    .flight = CT_FLIGHT_ALWAYS,
    .min = { -26.3f, 0, -26.4f },
    .max = { 26.3f, 16.9f, 26.0f },
    .view_deg = 22,
    .yaw = 0.85f,
    .parts = "tail|fin|tail fin;wing|wings",
};

static void add_wings(struct ct_object_builder *b, int wing, int tail)
{
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        ct_wing_add(b,
                    &(struct ct_wing){ { s * 1.2f, AXIS_Y - 1.6f, 2.5f },
                                       { s * 25, 2.3f, 0 },
                                       { 0, 0, 1 },
                                       10.5f,
                                       2.6f,
                                       10.5f,
                                       0.11f },
                    wing);
        ct_wing_add(b,
                    &(struct ct_wing){ { s * 0.6f, AXIS_Y + 1.0f, -21.2f },
                                       { s * 9, 0.8f, 0 },
                                       { 0, 0, 1 },
                                       5.2f,
                                       2.0f,
                                       3.6f,
                                       0.10f },
                    wing);
        ct_wing_add(b,
                    &(struct ct_wing){ { s * 25.9f, AXIS_Y + 0.7f, -8.4f },
                                       { s * 0.3f, 2.4f, 0 },
                                       { 0, 0, 1 },
                                       2.4f,
                                       1.2f,
                                       1.4f,
                                       0.10f },
                    tail);
    }
    ct_wing_add(
        b,
        &(struct ct_wing){
            { 0, AXIS_Y + 1.2f, -19.8f }, { 0, 8.4f, 0 }, { 0, 0, 1 }, 7.6f, 3.0f, 5.0f, 0.09f },
        tail);
}

static void add_engines(struct ct_object_builder *b, int white)
{
    static const struct ct_corner nacelle[] = {
        { 0, 0.5f, 0 },        { 0.9f, 0, 0.1f },      { 1.35f, 1.2f, 0.6f }, { 1.75f, 4.4f, 1.2f },
        { 1.6f, 6.0f, 0.25f }, { 1.38f, 6.0f, 0.15f }, { 1.3f, 5.0f, 0.1f },  { 0, 5.0f, 0 },
    };
    static const struct ct_corner fan[] = {
        { 0, 4.9f, 0 }, { 1.3f, 4.9f, 0 }, { 1.3f, 5.15f, 0 }, { 0.3f, 5.3f, 0.1f }, { 0, 5.9f, 0 }
    };
    int dark = ct_object_part_colored(b, CT_MATERIAL_powder_coat, v3(0.02f, 0.02f, 0.022f));
    for (int side = -1; side <= 1; side += 2) {
        ct_v3 foot = v3((float)side * 8.6f, AXIS_Y - 2.9f, -0.8f);
        ct_model_turned(b, nacelle, 8, foot, v3(0, 0, 1), white);
        ct_model_turned(b, fan, 5, foot, v3(0, 0, 1), dark);
        ct_model_box(b, v3(foot.x, foot.y + 1.7f, foot.z + 1.6f), v3(0.25f, 0.9f, 2.0f), 0.15f,
                     white);
    }
}

static void add_windows(struct ct_object_builder *b)
{
    struct ct_block panes[2 * 30];
    int n = 0, glass = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.012f, 0.016f, 0.022f));
    for (int i = 0; i < 28; i++)
        for (int side = -1; side <= 1; side += 2)
            if (i != 9 && i != 19)
                panes[n++] = (struct ct_block){ { (float)side * 2.52f, AXIS_Y + 0.75f,
                                                  -14.6f + 1.12f * (float)i },
                                                { 0.12f, 0.33f, 0.24f } };
    ct_model_blocks(b, panes, n, 0.1f, glass);
    ct_model_cushion(b, v3(0, AXIS_Y + 0.95f, 22.0f), v3(1.62f, 0.5f, 1.5f), 0.6f, v3(0.35f, 0, 0),
                     glass);
}

void ct_object_airplane(struct ct_object_builder *b)
{
    static const ct_v3 body[] = {
        { -26, AXIS_Y + 1.5f, 0.25f }, { -22, AXIS_Y + 1.2f, 1.0f }, { -16, AXIS_Y + 0.45f, 2.1f },
        { -9, AXIS_Y, 2.6f },          { 0, AXIS_Y, 2.6f },          { 9, AXIS_Y, 2.6f },
        { 17, AXIS_Y, 2.6f },          { 22, AXIS_Y - 0.15f, 2.1f }, { 25, AXIS_Y - 0.4f, 1.1f },
        { 26, AXIS_Y - 0.5f, 0.2f },
    };
    static const ct_v3 wheels[] = { { 3.2f, 1.15f, -3.2f },
                                    { -3.2f, 1.15f, -3.2f },
                                    { 0.45f, 0.95f, 18.4f },
                                    { -0.45f, 0.95f, 18.4f } };
    int white = ct_part_body(b, v3(0.82f, 0.83f, 0.84f));
    int tail =
        ct_object_accent_of(b, 0, ct_part_dressed(b, CT_MATERIAL_lacquer, v3(0.02f, 0.07f, 0.28f)));
    int wing =
        ct_object_accent_of(b, 1, ct_part_dressed(b, CT_MATERIAL_lacquer, v3(0.62f, 0.64f, 0.66f)));
    int metal = ct_object_part(b, CT_MATERIAL_brushed_steel);
    ct_spindle_add(b, &(struct ct_spindle){ body, 10, 1 }, white);
    add_wings(b, wing, tail);
    add_engines(b, white);
    add_windows(b);
    ct_wheels_add(
        b, &(struct ct_wheels){ wheels, 2, 1.15f, 0.45f, 0.6f, 0, metal, ct_wheel_rubber(b) });
    ct_wheels_add(
        b, &(struct ct_wheels){ wheels + 2, 2, 0.95f, 0.3f, 0.6f, 0, metal, ct_wheel_rubber(b) });
    ct_model_drum(
        b, (struct ct_model_drum){ { 0, 0.95f, 18.4f }, { 0, 5.4f, 18.0f }, 0.25f, 0.3f, 0.05f },
        metal);
    for (int side = -1; side <= 1; side += 2)
        ct_model_drum(b,
                      (struct ct_model_drum){ { (float)side * 2.9f, 1.15f, -3.2f },
                                              { (float)side * 2.7f, 5.4f, -2.6f },
                                              0.3f,
                                              0.34f,
                                              0.05f },
                      metal);
}
