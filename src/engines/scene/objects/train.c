/* A steam locomotive: boiler, chimney, domes, a cab, coupled wheels on a piece of track. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/building.h"
#include "engines/scene/objects/wheel.h"

#define RAIL 1.5f
#define AXIS 13.2f

const struct ct_object_shape ct_object_train_shape = {
    .min = { -10.0f, 0, -29.0f },
    .max = { 10.0f, 25.2f, 30.0f },
    .view_deg = 7,
    .yaw = 0.80f,
    .parts = "wheel|wheels;cab|roof;chimney|funnel|smokestack",
};

static void along(struct ct_object_builder *b, float from, float to, float r, float r2,
                  int material)
{
    ct_model_drum(b, (struct ct_model_drum){ { 0, AXIS, from }, { 0, AXIS, to }, r, r2, 0.25f },
                  material);
}

static void add_boiler(struct ct_object_builder *b, int paint, int black, int brass, int stack)
{
    static const struct ct_corner chimney[] = { { 0, 17, 0 },          { 2.0f, 17, 0.1f },
                                                { 1.7f, 19, 0.8f },    { 1.8f, 22.6f, 0.6f },
                                                { 2.9f, 24.4f, 0.3f }, { 2.7f, 25.2f, 0.2f },
                                                { 2.1f, 25.2f, 0.1f }, { 1.6f, 23.5f, 0 },
                                                { 0, 23.5f, 0 } };
    static const struct ct_corner dome[] = { { 0, 17, 0 },
                                             { 2.6f, 17, 0.3f },
                                             { 2.2f, 18.6f, 0.6f },
                                             { 2.1f, 20.2f, 1.6f },
                                             { 0, 21.2f, 0 } };
    along(b, -9, 17, 5.4f, 5.4f, paint);
    along(b, 16.8f, 24, 5.5f, 5.5f, black);
    along(b, 23.8f, 24.9f, 5.0f, 4.2f, black);
    along(b, 24.5f, 25.5f, 0.9f, 0.7f, brass);
    for (int i = 0; i < 4; i++)
        ct_model_ring(b, v3(0, AXIS, -6.5f + 7.7f * (float)i), v3(0, 0, 1), 5.42f, 0.2f, brass);
    ct_model_turned(b, chimney, 9, v3(0, 0, 20.6f), v3(0, 1, 0), stack);
    ct_model_turned(b, dome, 5, v3(0, 0, 9.6f), v3(0, 1, 0), brass);
    ct_model_turned(b, dome, 5, v3(0, -0.3f, 1.4f), v3(0, 1, 0), paint);
    ct_model_drum(
        b, (struct ct_model_drum){ { 0, 19.6f, 25.2f }, { 0, 19.6f, 27.4f }, 1.5f, 1.7f, 0.2f },
        black);
    ct_model_ball(b, v3(0, 19.6f, 27.3f), v3(1.4f, 1.4f, 0.4f),
                  ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.84f, 0.8f, 0.66f)));
    ct_model_box(b, v3(0, 18.2f, 25.6f), v3(1.0f, 0.6f, 1.2f), 0.2f, black);
}

static void add_cab(struct ct_object_builder *b, int paint, int roof)
{
    struct ct_windows w = {
        .half_width = 1.7f, .half_height = 1.9f, .frame = 0.5f, .columns = 1, .rows = 1
    };
    ct_model_box(b, v3(0, 13.6f, -14.4f), v3(7.4f, 7.0f, 5.6f), 0.4f, paint);
    static const struct ct_corner arc[] = { { 0, 0, 0 },          { 8.6f, 0, 0.2f },
                                            { 8.6f, 0.6f, 0.3f }, { 5, 2.6f, 5 },
                                            { -5, 2.6f, 5 },      { -8.6f, 0.6f, 0.3f },
                                            { -8.6f, 0, 0.2f },   { 0, 0, 0 } };
    ct_model_plate(
        b, (struct ct_model_plate){ arc, 8, 7.0f, 0.05f, v3(0, 0, 0), v3(0, 20.4f, -14.4f) }, roof);
    for (int side = -1; side <= 1; side += 2)
        for (int i = 0; i < 2; i++)
            ct_windows_put(&w, side > 0 ? CT_FACADE_RIGHT : CT_FACADE_LEFT, (float)side * 7.4f,
                           16.6f, -16.8f + 4.8f * (float)i);
    ct_windows_put(&w, CT_FACADE_FRONT, -5.2f, 17.0f, -8.8f);
    ct_windows_put(&w, CT_FACADE_FRONT, 5.2f, 17.0f, -8.8f);
    ct_windows_add(b, &w, ct_object_part(b, CT_MATERIAL_brass), ct_window_glass(b));
}

static void add_track(struct ct_object_builder *b)
{
    struct ct_block sleepers[14];
    const struct ct_block rails[] = { { { 5.6f, 1.0f, 0.5f }, { 0.45f, 0.5f, 29.4f } },
                                      { { -5.6f, 1.0f, 0.5f }, { 0.45f, 0.5f, 29.4f } } };
    for (int i = 0; i < 14; i++)
        sleepers[i] =
            (struct ct_block){ { 0, 0.3f, -27.2f + 4.25f * (float)i }, { 9.8f, 0.3f, 1.1f } };
    ct_model_blocks(b, sleepers, 14, 0.1f,
                    ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.16f, 0.095f, 0.055f)));
    ct_model_blocks(b, rails, 2, 0.15f, ct_object_part(b, CT_MATERIAL_brushed_steel));
}

/* Bars from the buffer beam down to the rails. */
static void add_catcher(struct ct_object_builder *b, int red)
{
    for (int i = -3; i <= 3; i++)
        ct_model_drum(
            b,
            (struct ct_model_drum){ { 1.9f * (float)i, 6.6f, 26.2f },
                                    { 1.3f * (float)i, 2.2f, 29.4f - 0.35f * fabsf((float)i) },
                                    0.35f,
                                    0.3f,
                                    0.1f },
            red);
    ct_model_box(b, v3(0, 2.3f, 28.6f), v3(4.6f, 0.4f, 0.5f), 0.2f, red);
    ct_model_box(b, v3(0, 7.0f, 25.9f), v3(7.4f, 1.0f, 0.6f), 0.2f, red);
}

void ct_object_train(struct ct_object_builder *b)
{
    ct_v3 drivers[6], leading[4];
    int paint = ct_part_body(b, v3(0.022f, 0.085f, 0.05f));
    int black = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.016f, 0.016f, 0.017f));
    int red = ct_object_accent_of(
        b, 0, ct_part_dressed(b, CT_MATERIAL_lacquer, v3(0.42f, 0.024f, 0.018f)));
    int brass = ct_object_part(b, CT_MATERIAL_brass),
        steel = ct_object_part(b, CT_MATERIAL_brushed_steel);
    for (int i = 0; i < 6; i++)
        drivers[i] = v3(i & 1 ? -5.6f : 5.6f, RAIL + 4.2f, -15.0f + 9.2f * (float)(i / 2));
    for (int i = 0; i < 4; i++)
        leading[i] = v3(i & 1 ? -5.6f : 5.6f, RAIL + 2.2f, 14.2f + 6.6f * (float)(i / 2));
    add_track(b);
    ct_model_box(b, v3(0, 7.4f, 1.5f), v3(4.4f, 1.4f, 24.5f), 0.2f, black);
    ct_model_box(b, v3(0, 9.6f, 0.5f), v3(7.6f, 0.35f, 21.5f), 0.15f, red);
    add_boiler(b, paint, black, brass, ct_object_accent_of(b, 2, black));
    add_cab(b, paint, ct_object_accent_of(b, 1, black));
    ct_wheels_add(b, &(struct ct_wheels){ drivers, 6, 4.2f, 0.9f, 0.86f, 10, red, steel });
    ct_wheels_add(b, &(struct ct_wheels){ leading, 4, 2.2f, 0.8f, 0.82f, 8, red, steel });
    for (int side = -1; side <= 1; side += 2) {
        float x = (float)side;
        ct_model_box(b, v3(x * 7.3f, RAIL + 3.0f, -5.8f), v3(0.3f, 0.5f, 10.2f), 0.2f, steel);
        ct_model_drum(b,
                      (struct ct_model_drum){
                          { x * 7.0f, 6.8f, 14 }, { x * 7.0f, 6.8f, 22.5f }, 2.0f, 2.0f, 0.3f },
                      black);
        ct_model_drum(
            b,
            (struct ct_model_drum){
                { x * 7.2f, 6.4f, 14.2f }, { x * 7.2f, RAIL + 3.0f, 2.2f }, 0.4f, 0.4f, 0.1f },
            steel);
    }
    add_catcher(b, red);
}
