/* A bookcase with rows of books of many sizes and colours; gaps, leaning ones and lying piles come
 * from the seed. */
#include "engines/scene/objects/model.h"

#define HEIGHT 120.0f
#define HALF_WIDTH 40.0f
#define HALF_DEPTH 14.0f
#define BOARD 1.1f /* half the thickness */
#define SHELVES 4
#define SPACING ((HEIGHT - 6 - 4 * BOARD) / SHELVES)

const struct ct_object_shape ct_object_bookshelf_shape = {
    .min = { -HALF_WIDTH, 0, -HALF_DEPTH },
    .max = { HALF_WIDTH, HEIGHT, HALF_DEPTH },
    .on_y = HEIGHT,
    .on_radius = 10,
    .yaw = -0.42f,
};

static const ct_v3 covers[] = {
    { 0.50f, 0.10f, 0.06f }, { 0.055f, 0.13f, 0.22f }, { 0.70f, 0.55f, 0.30f },
    { 0.07f, 0.19f, 0.13f }, { 0.78f, 0.73f, 0.64f },  { 0.60f, 0.28f, 0.09f },
    { 0.16f, 0.15f, 0.17f },
};
#define N_COVERS ((int)(sizeof(covers) / sizeof(*covers)))

static void add_row(struct ct_object_builder *b, int shelf, float floor, const int *materials)
{
    float x = -HALF_WIDTH + 2 * BOARD + 0.6f, end = HALF_WIDTH - 2 * BOARD - 1;
    end -= 24 * ct_part_random(b, 90 + shelf); /* room left over */
    for (int i = 0; i < 14; i++) {
        int key = 200 + shelf * 40 + 2 * i;
        float half = 1.3f + 1.4f * ct_part_random(b, key);
        float tall = 8.2f + 3.2f * ct_part_random(b, key + 1);
        float deep = 7.5f + 2 * ct_part_random(b, key + 7);
        if (x + 2 * half > end)
            break;
        bool last = x + 2 * half + 5.5f > end;
        float lean = last ? 0.16f : 0;
        int cover = materials[(int)(ct_part_random(b, key + 3) * N_COVERS) % N_COVERS];
        ct_model_box_turned(b,
                            v3(x + half + (last ? 0.16f * tall : 0),
                               floor + tall + (last ? 0.2f : 0), HALF_DEPTH - 3.5f - deep),
                            v3(half, tall, deep), 0.35f, v3(0, 0, lean), cover);
        x += 2 * half + 0.1f;
    }
}

void ct_object_bookshelf(struct ct_object_builder *b)
{
    int materials[N_COVERS];
    for (int i = 0; i < N_COVERS; i++)
        materials[i] = ct_object_part_colored(b, CT_MATERIAL_matte, covers[i]);
    for (int side = -1; side <= 1; side += 2)
        ct_model_box(b, v3((float)side * (HALF_WIDTH - BOARD), HEIGHT / 2, 0),
                     v3(BOARD, HEIGHT / 2, HALF_DEPTH), 0.25f, b->body);
    for (int i = 0; i <= SHELVES; i++) {
        float y = 6 + BOARD + SPACING * (float)i;
        ct_model_box(b, v3(0, ct_minf(y, HEIGHT - BOARD), 0),
                     v3(HALF_WIDTH - 2 * BOARD + 0.05f, BOARD, HALF_DEPTH - 0.3f), 0.2f, b->body);
        if (i < SHELVES)
            add_row(b, i, y + BOARD, materials);
    }
    ct_model_box(b, v3(0, HEIGHT / 2 + 3, -HALF_DEPTH + 0.6f),
                 v3(HALF_WIDTH - 2 * BOARD + 0.05f, HEIGHT / 2 - 3.5f, 0.4f), 0.1f, b->body);
    ct_model_box(b, v3(0, 3.2f, HALF_DEPTH - 3), v3(HALF_WIDTH - 2 * BOARD, 3, 0.8f), 0.2f,
                 b->body);
}
