/* A string of pearls lying in a loose loop, a golden clasp at the back. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/parts.h"

#define PEARLS 58
#define PEARL 0.42f /* radius of the largest, in front */
#define HALF_WIDTH 7.4f
#define HALF_DEPTH 8.0f

const struct ct_object_shape ct_object_necklace_shape = {
    .min = { -HALF_WIDTH - 0.4f, 0, -HALF_DEPTH - 0.5f },
    .max = { HALF_WIDTH + 0.4f, 2 * PEARL, HALF_DEPTH + 0.5f },
    .on_y = 2 * PEARL,
    .yaw = 0.2f,
};

/* A drop: round in front, drawn together at the clasp. */
static ct_v3 string_at(float t)
{
    float s, c;
    ct_sincosf(2 * CT_PI * t, &s, &c); /* t = 0 at the clasp, at the back */
    float narrow = 1 - 0.30f * ct_smoothstep(-0.2f, 1, c);
    return v3(HALF_WIDTH * narrow * s + 0.35f * ct_sinf(6 * CT_PI * t), PEARL, -HALF_DEPTH * c);
}

/* The string's length from 0 to t is not proportional to t: walk it once. */
static float place_at(float part)
{
    enum { STEPS = 512 };
    float length[STEPS + 1] = { 0 };
    for (int i = 1; i <= STEPS; i++)
        length[i] = length[i - 1] +
                    v3_len(v3_sub(string_at((float)i / STEPS), string_at((float)(i - 1) / STEPS)));
    int i = 1;
    while (i < STEPS && length[i] < part * length[STEPS])
        i++;
    float step = length[i] - length[i - 1];
    float within = step > 0 ? (part * length[STEPS] - length[i - 1]) / step : 0;
    return ((float)(i - 1) + within) / STEPS;
}

static void add_clasp(struct ct_object_builder *b)
{
    struct ct_mesh *ball = ct_shape_ellipsoid(v3(0.42f, 0.30f, 0.30f), 32);
    ct_mesh_move(ball, v3(0, 0.31f, -HALF_DEPTH));
    ct_object_add_part(b, ball, ct_object_part(b, CT_MATERIAL_gold));
}

void ct_object_necklace(struct ct_object_builder *b)
{
    float places[PEARLS][12];
    for (int i = 0; i < PEARLS; i++) {
        float part = ((float)i + 1) / (PEARLS + 1);
        float front = ct_sinf(CT_PI * part);
        float scale = (0.70f + 0.30f * front) * (0.97f + 0.03f * ct_part_random(b, i));
        ct_v3 at = string_at(place_at(part));
        at.y = PEARL * scale;
        ct_matrix_stand(places[i], at, v3(0, 1, 0), 0, scale);
    }
    struct ct_mesh *pearl = ct_shape_ellipsoid(v3(PEARL, PEARL, PEARL), 40);
    ct_object_add_part(b, ct_shape_copies(pearl, (const float(*)[12])places, PEARLS), b->body);
    ct_mesh_free(&pearl);
    add_clasp(b);
}
