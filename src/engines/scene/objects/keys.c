/* Keys: copies of one cap, with the wide ones at the ends of the rows as keyboards have them. */
#include "engines/scene/objects/keys.h"

#include "engines/scene/objects/model.h"

#define ROWS 6
#define COLUMNS 14

static void add_wide(struct ct_object_builder *b, const struct ct_keys *k, float x0, float x1,
                     float z, float half_depth, int material)
{
    ct_model_box(b, v3((x0 + x1) / 2, k->top + k->height / 2, z),
                 v3((x1 - x0) / 2, k->height / 2, half_depth), 0.4f * k->height, material);
}

void ct_keys_add(struct ct_object_builder *b, const struct ct_keys *k, int material)
{
    float pitch_x = 2 * k->half_width / COLUMNS, pitch_z = (k->z_front - k->z_back) / ROWS;
    float hx = 0.43f * pitch_x, hz = 0.43f * pitch_z;
    float places[ROWS * COLUMNS][12];
    int n = 0;
    for (int row = 0; row < ROWS; row++) {
        float z = k->z_back + pitch_z * ((float)row + 0.5f);
        float shift = row == 0 || row == 1 ? 0 : 0.25f * pitch_x * (float)(row - 1);
        int first = row < 2 ? 0 : 1, last = row < 2 ? COLUMNS : COLUMNS - 2;
        float left = -k->half_width;
        for (int i = first; i < last; i++) {
            if (row == ROWS - 1 && i >= 3 && i <= 8)
                continue;
            float x = left + pitch_x * ((float)i + 0.5f) + shift;
            ct_matrix_place(places[n++], v3(x, k->top + k->height / 2, z), 0, 1);
        }
        if (row >= 2) {
            float edge = left + pitch_x * ((float)first) + shift;
            float end = left + pitch_x * (float)last + shift;
            add_wide(b, k, left + 0.07f * pitch_x, edge - 0.07f * pitch_x, z, hz, material);
            add_wide(b, k, end + 0.07f * pitch_x, k->half_width - 0.07f * pitch_x, z, hz, material);
        }
        if (row == ROWS - 1)
            add_wide(b, k, left + 3.07f * pitch_x + shift, left + 8.93f * pitch_x + shift, z, hz,
                     material);
    }
    ct_model_copies(b, ct_shape_box(v3(hx, k->height / 2, hz), 0.4f * k->height, 2),
                    (const float(*)[12])places, n, material);
}
