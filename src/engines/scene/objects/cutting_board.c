/* A paddle of one plank with a handle on its right; the grain runs along it. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/parts.h"

#define HALF_LENGTH 15.0f
#define HALF_WIDTH 11.0f
#define HANDLE_END 24.0f
#define HANDLE_HALF 2.3f
#define THICKNESS 1.8f

const struct ct_object_shape ct_object_cutting_board_shape = {
    .min = { -HALF_LENGTH, 0, -HALF_WIDTH },
    .max = { HANDLE_END, THICKNESS, HALF_WIDTH },
    .on_y = THICKNESS,
    .on_radius = 11,
    .yaw = 0.35f,
};

/* Distance from the middle of a superellipse with half axes a, b. */
static float superellipse(float c, float s, float a, float b, float power)
{
    float sum = ct_powf(fabsf(c) / a, power) + ct_powf(fabsf(s) / b, power);
    return ct_powf(sum, -1 / power);
}

static float outline(const void *ctx, float angle)
{
    float s, c;
    ct_sincosf(angle, &s, &c);
    float board = superellipse(c, s, HALF_LENGTH, HALF_WIDTH, 12);
    if (c <= 0)
        return board;
    float handle = superellipse(c, s, HANDLE_END, HANDLE_HALF, 7);
    return ct_powf(ct_powf(board, 18) + ct_powf(handle, 18), 1.0f / 18);
}

void ct_object_cutting_board(struct ct_object_builder *b)
{
    struct ct_slab slab = {
        .outline = outline, .thickness = THICKNESS, .edge = 0.32f, .focus = 0.85f, .segments = 360
    };
    ct_object_add_part(b, ct_part_slab(&slab), b->body);
}
