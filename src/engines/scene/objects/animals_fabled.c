/* Dinosaurs and dragons. */
#include "engines/scene/objects/figure.h"

/* Upright on two legs and a tail, a big head, short arms. */
#define UPRIGHT_BODY                                                                               \
    FIGURE_LIMB(0, 0, false, 0, 7.2f, -0.8f, 5.4f, 0, 13.2f, 0.6f, 4.0f),                          \
        FIGURE_LIMB(0, 1.4f, true, 3.6f, 4.6f, 0.4f, 2.9f, 3.9f, 1.6f, 1.4f, 1.8f),                \
        FIGURE_BALL(0, 0.6f, true, 4.0f, 1.0f, 2.8f, 2.0f, 1.05f, 2.7f),                           \
        FIGURE_LIMB(0, 2.2f, false, 0, 5.4f, -4.2f, 3.2f, 0, 2.4f, -10.0f, 1.7f),                  \
        FIGURE_LIMB(0, 1.0f, false, 0, 2.4f, -10.0f, 1.7f, 1.6f, 2.2f, -14.6f, 0.6f),              \
        FIGURE_LIMB(0, 0.7f, true, 3.6f, 12.6f, 2.2f, 1.2f, 4.6f, 10.4f, 4.8f, 0.95f),             \
        FIGURE_BALL(0, 2.0f, false, 0, 19.0f, 1.6f, 5.2f, 4.7f, 4.9f),                             \
        FIGURE_BALL(0, 1.6f, false, 0, 17.4f, 5.4f, 3.9f, 3.0f, 3.8f),                             \
        FIGURE_MARK(1, false, 0, 8.0f, 5.2f, 3.8f, 6.2f, 3.0f)

#define SPIKE(x, y, z, r, up, back)                                                                \
    FIGURE_LIMB(2, 0.4f, false, x, y, z, r, x, (y) + (up), (z) - (back), 0.25f)

static const struct ct_lump dinosaur_rows[] = {
    UPRIGHT_BODY,
    SPIKE(0, 22.8f, 0.6f, 1.1f, 1.9f, 0.6f),
    SPIKE(0, 20.4f, -2.8f, 1.2f, 1.5f, 1.5f),
    SPIKE(0, 16.0f, -2.9f, 1.2f, 0.9f, 1.9f),
    SPIKE(0, 12.2f, -4.2f, 1.3f, 0.9f, 2.0f),
    SPIKE(0, 8.6f, -6.2f, 1.2f, 1.3f, 1.5f),
    SPIKE(0, 5.0f, -9.2f, 1.0f, 1.4f, 1.0f),
    FIGURE_MARK(2, true, 5.2f, 9.0f, -2.2f, 1.1f, 0.9f, 0.9f),
    FIGURE_MARK(2, true, 4.6f, 12.2f, -1.6f, 0.9f, 0.7f, 0.7f),
    FIGURE_MARK(2, true, 4.8f, 6.2f, -4.0f, 1.0f, 0.8f, 0.8f),
};
static const struct ct_figure dinosaur = { FIGURE_BODY(dinosaur_rows, 88),
                                           { 0x6fae4a, 0xf0e6b4, 0x2f7a4a },
                                           false };

static void add_face(struct ct_object_builder *b, const struct ct_figure *figure)
{
    ct_figure_add_body(b, figure);
    ct_figure_add_eyes(b, figure, v3(3.3f, 20.2f, 5.4f), 0.95f);
    ct_figure_add_knob(b, figure, v3(1.1f, 18.7f, 8.9f), v3(0.28f, 0.3f, 0.2f), 0x1b1614);
    ct_figure_add_knob(b, figure, v3(-1.1f, 18.7f, 8.9f), v3(0.28f, 0.3f, 0.2f), 0x1b1614);
    const ct_v3 mouth[] = { { -3.9f, 17.2f, 5.4f }, { -2.8f, 16.2f, 7.8f }, { 0, 15.9f, 9.2f },
                            { 2.8f, 16.2f, 7.8f },  { 3.9f, 17.2f, 5.4f } };
    ct_figure_add_line(b, figure, mouth, 5, 0.13f, 0x1b1614);
}

const struct ct_object_shape ct_object_dinosaur_shape = {
    .head = { 0, 23.4f, 1.4f },
    .head_radius = 3.8f,
    .min = { -6.6f, 0, -15.1f },
    .max = { 6.6f, 25.0f, 9.3f },
    .yaw = 0.65f,
};

void ct_object_dinosaur(struct ct_object_builder *b)
{
    add_face(b, &dinosaur);
}

static const struct ct_lump dragon_rows[] = {
    UPRIGHT_BODY,
    SPIKE(0, 20.4f, -2.8f, 1.1f, 1.3f, 1.3f),
    SPIKE(0, 8.6f, -6.2f, 1.1f, 1.2f, 1.3f),
    SPIKE(0, 5.0f, -9.2f, 1.0f, 1.3f, 1.0f),
    FIGURE_LIMB(1, 0.3f, true, 2.6f, 22.4f, 0.6f, 1.0f, 4.0f, 26.6f, -1.4f, 0.3f),
    /* the wings: an arm, and skin behind it */
    FIGURE_LIMB(0, 0.5f, true, 2.6f, 14.0f, -2.6f, 0.8f, 8.6f, 21.4f, -4.8f, 0.5f),
    FIGURE_LIMB(0, 0.4f, true, 8.6f, 21.4f, -4.8f, 0.5f, 14.2f, 17.6f, -6.0f, 0.35f),
    FIGURE_TURNED(2, 0.3f, true, 7.4f, 16.2f, -4.6f, 5.2f, 3.6f, 0.4f, 0.1f, 0.42f),
    FIGURE_TURNED(2, 0.3f, true, 11.2f, 16.6f, -5.4f, 2.9f, 3.0f, 0.4f, 0.1f, -0.5f),
    FIGURE_LIMB(2, 0.4f, false, 1.6f, 2.2f, -14.6f, 0.6f, 2.4f, 3.2f, -16.6f, 1.0f),
};
static const struct ct_figure dragon = { FIGURE_BODY(dragon_rows, 96),
                                         { 0xb53a34, 0xf0cf8a, 0x7a1f2a },
                                         false };

const struct ct_object_shape ct_object_dragon_shape = {
    .flight = CT_FLIGHT_ASKED,
    .head = { 0, 23.4f, 1.4f },
    .head_radius = 3.2f,
    .min = { -14.5f, 0, -17.4f },
    .max = { 14.5f, 26.9f, 9.3f },
    .yaw = 0.5f,
};

void ct_object_dragon(struct ct_object_builder *b)
{
    add_face(b, &dragon);
}
