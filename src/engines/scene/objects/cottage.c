/* A log cabin: round timbers crossing at the corners, a steep roof, a stone chimney. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/building.h"

#define HALF_X 15.0f
#define HALF_Z 11.0f
#define LOG 1.05f
#define LOGS 8
#define EAVES (2 * LOG * LOGS)

const struct ct_object_shape ct_object_cottage_shape = {
    .min = { -18.0f, 0, -14.4f },
    .max = { 18.0f, 32.0f, 17.7f },
    .view_deg = 7,
    .yaw = 0.52f,
    .parts = "roof|shingles;door|front door;window|windows|window frame|shutter",
};

static void add_logs(struct ct_object_builder *b, int timber)
{
    float places[4 * LOGS][12];
    int n = 0;
    for (int i = 0; i < LOGS; i++) {
        float y = LOG * (2 * (float)i + 1);
        for (int side = -1; side <= 1; side += 2) {
            float s = (float)side;
            ct_matrix_stand(places[n++], v3(-HALF_X - 1.6f, y, s * HALF_Z), v3(1, 0, 0),
                            0.7f * (float)i, 1);
        }
    }
    struct ct_curve rod = { .n = 0 };
    static const struct ct_corner profile[] = { { 0, 0, 0 },
                                                { LOG, 0, 0.12f },
                                                { LOG, 2 * HALF_X + 3.2f, 0.12f },
                                                { 0, 2 * HALF_X + 3.2f, 0 } };
    ct_curve_fillet(&rod, profile, 4, 2);
    ct_model_copies(b, ct_shape_revolve(&rod, 20, 40), (const float(*)[12])places, n, timber);
    n = 0;
    for (int i = 0; i < LOGS; i++)
        for (int side = -1; side <= 1; side += 2)
            ct_matrix_stand(places[n++],
                            v3((float)side * HALF_X, LOG * (2 * (float)i + 1), -HALF_Z - 1.6f),
                            v3(0, 0, 1), 0.7f * (float)i, 1);
    static const struct ct_corner shorter[] = { { 0, 0, 0 },
                                                { LOG, 0, 0.12f },
                                                { LOG, 2 * HALF_Z + 3.2f, 0.12f },
                                                { 0, 2 * HALF_Z + 3.2f, 0 } };
    ct_curve_fillet(&rod, shorter, 4, 2);
    ct_model_copies(b, ct_shape_revolve(&rod, 20, 40), (const float(*)[12])places, n, timber);
}

void ct_object_cottage(struct ct_object_builder *b)
{
    int timber = b->body;
    int white = ct_part_dressed(b, CT_MATERIAL_matte, v3(0.80f, 0.78f, 0.72f));
    int roof =
        ct_object_accent_of(b, 0, ct_part_dressed(b, CT_MATERIAL_matte, v3(0.10f, 0.085f, 0.075f)));
    int leaf = ct_object_accent_of(
        b, 1, ct_part_dressed(b, CT_MATERIAL_lacquer, v3(0.22f, 0.03f, 0.022f)));
    add_logs(b, timber);
    ct_gable_walls(b, v3(0, 0.1f, 0), v3(HALF_X, EAVES, HALF_Z - 0.3f), 11.2f, false, timber);
    ct_gable_add(b,
                 &(struct ct_gable){
                     { 0, EAVES - 2.6f, 0 }, HALF_X + 2.6f, HALF_Z + 3.0f, 14.6f, 0.8f, 13, false },
                 roof);
    ct_chimney_add(b, v3(9.5f, 32.0f, -3.4f), 1.8f, 8.5f);
    struct ct_windows w = { .half_width = 2.3f,
                            .half_height = 2.4f,
                            .frame = 0.8f,
                            .columns = 2,
                            .rows = 2,
                            .sill = true };
    for (int side = -1; side <= 1; side += 2) {
        ct_windows_put(&w, CT_FACADE_FRONT, (float)side * 8.6f, 9.6f, HALF_Z + LOG - 0.1f);
        ct_windows_put(&w, side > 0 ? CT_FACADE_RIGHT : CT_FACADE_LEFT,
                       (float)side * (HALF_X + LOG - 0.1f), 9.6f, 0);
        ct_windows_put(&w, side > 0 ? CT_FACADE_RIGHT : CT_FACADE_LEFT,
                       (float)side * (HALF_X + 0.1f), 20.6f, 0);
    }
    ct_windows_add(b, &w, ct_object_accent_of(b, 2, white), ct_window_lit(b));
    ct_door_add(b, &(struct ct_door){ { 0, 1.0f, HALF_Z + LOG - 0.2f }, 2.5f, 9.0f, false }, leaf,
                white);
}
