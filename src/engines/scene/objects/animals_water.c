/* Fish, whales and what lives beside the water. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/figure.h"

static const struct ct_lump fish_rows[] = {
    FIGURE_BALL(0, 0, false, 0, 5.6f, 0.6f, 2.9f, 4.3f, 5.8f),
    FIGURE_LIMB(0, 1.6f, false, 0, 5.7f, -3.6f, 1.7f, 0, 5.8f, -6.2f, 0.9f),
    FIGURE_TURNED(2, 0.5f, false, 0, 8.0f, -8.0f, 0.5f, 3.0f, 1.5f, -0.55f, 0),
    FIGURE_TURNED(2, 0.5f, false, 0, 3.7f, -8.0f, 0.5f, 3.0f, 1.5f, 0.55f, 0),
    FIGURE_TURNED(2, 0.6f, false, 0, 9.8f, -0.6f, 0.5f, 1.8f, 3.4f, 0.25f, 0),
    FIGURE_TURNED(2, 0.5f, true, 3.3f, 4.4f, 0.8f, 0.4f, 1.1f, 2.2f, 0.5f, 0.5f),
    FIGURE_TURNED(2, 0.4f, true, 1.4f, 1.2f, 0.6f, 0.45f, 1.5f, 1.2f, 0.3f, 0.35f),
    FIGURE_MARK(1, false, 0, 5.6f, 2.2f, 5, 6, 0.75f),
    FIGURE_MARK(1, false, 0, 5.6f, -2.2f, 5, 6, 0.7f),
    FIGURE_MARK(1, false, 0, 5.8f, -5.6f, 5, 3, 0.45f),
};
static const struct ct_figure fish = { FIGURE_BODY(fish_rows, 84),
                                       { 0xf0802a, 0xfaf4ea, 0xd95a17 },
                                       false };

const struct ct_object_shape ct_object_fish_shape = {
    .min = { -4.2f, 0, -10.2f },
    .max = { 4.2f, 11.8f, 6.4f },
    .yaw = 1.05f,
};

void ct_object_fish(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &fish);
    ct_figure_add_wide_eyes(b, &fish, v3(2.3f, 6.8f, 4.2f), 0.95f, 0xfbfaf5);
    ct_figure_add_smile(b, &fish, v3(0, 5.0f, 6.6f), 0.8f, 0.25f, 0.1f);
}

static const struct ct_lump whale_rows[] = {
    FIGURE_BALL(0, 0, false, 0, 5.9f, 2.0f, 6.6f, 6.0f, 8.2f),
    FIGURE_LIMB(0, 3.0f, false, 0, 5.4f, -4.0f, 3.8f, 0, 7.4f, -11.0f, 1.6f),
    FIGURE_LIMB(0, 1.4f, false, 0, 7.4f, -11.0f, 1.6f, 0, 10.8f, -13.4f, 1.0f),
    FIGURE_TURNED(0, 0.8f, true, 2.5f, 12.0f, -13.8f, 2.9f, 0.6f, 1.6f, 0.3f, 0.25f),
    FIGURE_TURNED(0, 0.8f, true, 6.8f, 3.0f, 1.6f, 3.0f, 0.7f, 1.7f, 0.2f, -0.35f),
    FIGURE_MARK(1, false, 0, 1.4f, 4.4f, 6.4f, 3.3f, 8.2f),
};
static const struct ct_figure whale = { FIGURE_BODY(whale_rows, 84),
                                        { 0x3f77a8, 0xeef2f2, 0x2b567c },
                                        false };

const struct ct_object_shape ct_object_whale_shape = {
    .draught = 2.2f,
    .head = { 0, 11.8f, 2 },
    .head_radius = 3.6f,
    .min = { -9.6f, 0, -15.4f },
    .max = { 9.6f, 13.2f, 10.2f },
    .yaw = 0.75f,
};

void ct_object_whale(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &whale);
    ct_figure_add_eyes(b, &whale, v3(5.0f, 6.4f, 7.4f), 0.75f);
    ct_figure_add_smile(b, &whale, v3(0, 4.9f, 10.4f), 3.6f, 0.5f, 0.12f);
}

#define STREAMLINED                                                                                \
    FIGURE_BALL(0, 0, false, 0, 3.55f, 1.6f, 3.4f, 3.6f, 7.2f),                                    \
        FIGURE_LIMB(0, 2.4f, false, 0, 4.1f, -4.0f, 2.4f, 0, 5.1f, -10.4f, 1.0f),                  \
        FIGURE_TURNED(0, 0.8f, true, 4.0f, 1.9f, 2.2f, 2.6f, 0.5f, 1.3f, 0.1f, -0.55f),            \
        FIGURE_TURNED(0, 0.8f, false, 0, 8.1f, -0.8f, 0.45f, 2.6f, 1.9f, -0.55f, 0),               \
        FIGURE_MARK(1, false, 0, 0.8f, 3.0f, 3.1f, 2.2f, 8.2f)

static const struct ct_lump shark_rows[] = {
    STREAMLINED,
    FIGURE_LIMB(0, 1.6f, false, 0, 4.1f, 6.0f, 2.5f, 0, 4.5f, 9.6f, 1.1f),
    FIGURE_TURNED(0, 0.6f, false, 0, 7.7f, -11.6f, 0.45f, 3.2f, 1.2f, -0.5f, 0),
    FIGURE_TURNED(0, 0.6f, false, 0, 3.2f, -11.2f, 0.45f, 2.2f, 1.0f, 0.6f, 0),
};
static const struct ct_figure shark = { FIGURE_BODY(shark_rows, 96),
                                        { 0x6b7c8c, 0xf0f1ee, 0x2b3136 },
                                        false };
static const struct ct_lump dolphin_rows[] = {
    STREAMLINED,
    FIGURE_LIMB(0, 1.2f, false, 0, 3.1f, 7.4f, 1.5f, 0, 2.9f, 11.0f, 0.85f),
    FIGURE_TURNED(0, 0.6f, true, 2.0f, 5.5f, -11.4f, 2.4f, 0.45f, 1.3f, 0, 0.1f),
};
static const struct ct_figure dolphin = { FIGURE_BODY(dolphin_rows, 96),
                                          { 0x6f93ae, 0xeff3f3, 0x2b3136 },
                                          false };

const struct ct_object_shape ct_object_shark_shape = {
    .min = { -6.3f, 0, -13.8f },
    .max = { 6.3f, 10.4f, 10.7f },
    .yaw = 0.85f,
};

void ct_object_shark(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &shark);
    ct_figure_add_eyes(b, &shark, v3(2.6f, 4.9f, 6.4f), 0.55f);
    const ct_v3 mouth[] = { { -2.4f, 2.3f, 6.2f }, { -1.2f, 1.9f, 8.2f }, { 1.2f, 1.9f, 8.2f },
                            { 2.4f, 2.3f, 6.2f } };
    ct_figure_add_line(b, &shark, mouth, 4, 0.12f, 0x1b1614);
}

const struct ct_object_shape ct_object_dolphin_shape = {
    .min = { -6.3f, 0, -12.8f },
    .max = { 6.3f, 10.4f, 11.9f },
    .yaw = 0.85f,
};

void ct_object_dolphin(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &dolphin);
    ct_figure_add_eyes(b, &dolphin, v3(2.7f, 4.2f, 6.0f), 0.52f);
    const ct_v3 mouth[] = { { -2.2f, 3.1f, 6.6f }, { -1.1f, 2.7f, 9.4f }, { 1.1f, 2.7f, 9.4f },
                            { 2.2f, 3.1f, 6.6f } };
    ct_figure_add_line(b, &dolphin, mouth, 4, 0.09f, 0x2b3136);
}

/* Eight arms around a head, their tips curled up. */
#define ARM(c, s)                                                                                  \
    FIGURE_LIMB(0, 1.2f, false, 3.2f * (c), 3.6f, 3.2f * (s), 1.8f, 6.4f * (c), 1.3f, 6.4f * (s),  \
                1.35f),                                                                            \
        FIGURE_LIMB(0, 0.8f, false, 6.4f * (c), 1.3f, 6.4f * (s), 1.35f, 9.4f * (c), 1.5f,         \
                    9.4f * (s), 1.0f),                                                             \
        FIGURE_LIMB(0, 0.5f, false, 9.4f * (c), 1.5f, 9.4f * (s), 1.0f, 10.2f * (c), 3.4f,         \
                    10.2f * (s), 0.6f),                                                            \
        FIGURE_MARK(1, false, 9.9f * (c), 2.2f, 9.9f * (s), 0.1f, 0.1f, 0.1f)
static const struct ct_lump octopus_rows[] = {
    FIGURE_BALL(0, 0, false, 0, 11.0f, -0.8f, 6.0f, 6.6f, 5.8f),
    FIGURE_BALL(0, 2.0f, false, 0, 5.4f, 0.2f, 4.4f, 3.2f, 4.2f),
    ARM(0.383f, 0.924f), ARM(-0.383f, 0.924f), ARM(0.924f, 0.383f), ARM(-0.924f, 0.383f),
    ARM(0.924f, -0.383f), ARM(-0.924f, -0.383f), ARM(0.383f, -0.924f), ARM(-0.383f, -0.924f),
    FIGURE_MARK(1, false, 2.4f, 15.6f, 2.8f, 1.0f, 1.0f, 1.0f),
    FIGURE_MARK(1, false, 0.2f, 17.0f, 1.4f, 0.8f, 0.8f, 0.8f),
    FIGURE_MARK(1, false, 4.4f, 14.6f, 1.6f, 0.7f, 0.7f, 0.7f),
};
static const struct ct_figure octopus = { FIGURE_BODY(octopus_rows, 84),
                                          { 0xe0566b, 0xf3a0a8, 0xa9324b },
                                          false };

const struct ct_object_shape ct_object_octopus_shape = {
    .head = { 0, 17.3f, -0.8f },
    .head_radius = 4.2f,
    .min = { -10.3f, 0, -10.6f },
    .max = { 10.3f, 17.6f, 10.6f },
    .yaw = 0.2f,
};

void ct_object_octopus(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &octopus);
    ct_figure_add_eyes(b, &octopus, v3(2.2f, 9.4f, 4.8f), 0.98f);
    ct_figure_add_smile(b, &octopus, v3(0, 8.0f, 4.8f), 1.0f, 0.5f, 0.11f);
}

static const struct ct_lump frog_rows[] = {
    FIGURE_TURNED(0, 0, false, 0, 4.6f, -0.6f, 4.6f, 4.3f, 4.8f, -0.3f, 0),
    FIGURE_BALL(0, 1.6f, false, 0, 8.0f, 1.8f, 4.9f, 3.2f, 3.8f),
    FIGURE_BALL(0, 0.7f, true, 2.6f, 11.0f, 1.8f, 1.9f, 1.9f, 1.8f),
    FIGURE_BALL(0, 0.8f, true, 4.9f, 3.0f, -1.6f, 2.0f, 2.9f, 3.4f),
    FIGURE_BALL(0, 0.6f, true, 5.4f, 0.7f, 1.6f, 1.6f, 0.7f, 2.8f),
    FIGURE_LIMB(0, 0.8f, true, 2.4f, 1.0f, 4.0f, 0.95f, 2.6f, 5.0f, 2.4f, 1.2f),
    FIGURE_BALL(0, 0.5f, true, 2.4f, 0.6f, 4.8f, 1.5f, 0.65f, 1.4f),
    FIGURE_MARK(1, false, 0, 4.4f, 4.4f, 3.4f, 3.6f, 2.4f),
    FIGURE_MARK(1, false, 0, 5.8f, 4.8f, 4.2f, 1.6f, 2.4f),
    FIGURE_MARK(2, false, 2.0f, 7.2f, -4.6f, 1.1f, 1.0f, 1.2f),
    FIGURE_MARK(2, false, -1.2f, 8.2f, -3.6f, 0.9f, 0.9f, 0.9f),
    FIGURE_MARK(2, true, 5.6f, 5.2f, -2.0f, 0.9f, 0.9f, 0.9f),
};
static const struct ct_figure frog = { FIGURE_BODY(frog_rows, 72),
                                       { 0x5da53a, 0xe8ecb0, 0x3d7a28 },
                                       false };

const struct ct_object_shape ct_object_frog_shape = {
    .head = { 0, 11, 0.6f },
    .head_radius = 3.2f,
    .min = { -7.1f, 0, -5.9f },
    .max = { 7.1f, 13.0f, 6.3f },
    .yaw = 0.4f,
};

void ct_object_frog(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &frog);
    ct_figure_add_wide_eyes(b, &frog, v3(2.7f, 11.3f, 3.6f), 1.25f, 0xf6f3d8);
    const ct_v3 mouth[] = { { -3.8f, 7.9f, 3.8f }, { -2.2f, 7.0f, 5.2f }, { 0, 6.7f, 5.8f },
                            { 2.2f, 7.0f, 5.2f },  { 3.8f, 7.9f, 3.8f } };
    ct_figure_add_line(b, &frog, mouth, 5, 0.13f, 0x20301a);
}

static const struct ct_lump turtle_rows[] = {
    FIGURE_BALL(0, 0, false, 0, 3.2f, 0, 5.8f, 1.9f, 6.6f),
    FIGURE_BALL(2, 0.3f, false, 0, 4.4f, -0.2f, 6.3f, 5.0f, 7.0f),
    FIGURE_BALL(1, 0.2f, false, 0, 3.3f, -0.2f, 6.9f, 0.8f, 7.6f),
    FIGURE_LIMB(0, 1.0f, false, 0, 4.0f, 6.0f, 1.7f, 0, 6.6f, 8.6f, 1.8f),
    FIGURE_BALL(0, 1.0f, false, 0, 8.0f, 9.6f, 2.6f, 2.5f, 2.7f),
    FIGURE_LIMB(0, 0.8f, true, 4.2f, 2.4f, 4.2f, 1.6f, 5.4f, 1.0f, 6.0f, 1.4f),
    FIGURE_LIMB(0, 0.8f, true, 4.2f, 2.4f, -4.4f, 1.6f, 5.2f, 1.0f, -5.8f, 1.4f),
    FIGURE_LIMB(0, 0.6f, false, 0, 2.6f, -6.4f, 0.9f, 0, 1.8f, -8.6f, 0.35f),
#define PLATE(x, y, z, r) FIGURE_MARK(1, true, x, y, z, r, 1.1f, r)
    FIGURE_MARK(1, false, 0, 9.3f, -0.2f, 1.5f, 1.0f, 1.7f),
    FIGURE_MARK(1, false, 0, 8.2f, 3.9f, 1.4f, 1.2f, 1.2f),
    FIGURE_MARK(1, false, 0, 8.2f, -4.3f, 1.4f, 1.2f, 1.2f),
    PLATE(3.4f, 8.2f, 1.8f, 1.25f), PLATE(3.4f, 8.2f, -2.2f, 1.25f), PLATE(5.2f, 6.4f, -0.2f, 1.2f),
    PLATE(3.4f, 6.6f, 4.8f, 1.1f), PLATE(3.4f, 6.6f, -5.2f, 1.1f),
#undef PLATE
};
static const struct ct_figure turtle = { FIGURE_BODY(turtle_rows, 80),
                                         { 0x86b05a, 0xc9a25a, 0x6a4a28 },
                                         false };

const struct ct_object_shape ct_object_turtle_shape = {
    .head = { 0, 10.4f, 9.4f },
    .head_radius = 1.8f,
    .min = { -7.0f, 0, -9.0f },
    .max = { 7.0f, 10.5f, 12.3f },
    .yaw = 0.7f,
};

void ct_object_turtle(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &turtle);
    ct_figure_add_eyes(b, &turtle, v3(1.5f, 8.7f, 11.6f), 0.55f);
    ct_figure_add_smile(b, &turtle, v3(0, 7.4f, 12.2f), 0.9f, 0.4f, 0.09f);
}

static const struct ct_lump snail_rows[] = {
    FIGURE_LIMB(0, 0, false, 0, 1.1f, -6.4f, 0.7f, 0, 1.4f, 4.0f, 1.9f),
    FIGURE_LIMB(0, 1.2f, false, 0, 2.0f, 4.4f, 1.8f, 0, 6.2f, 6.2f, 1.6f),
    FIGURE_BALL(0, 0.8f, false, 0, 7.4f, 6.8f, 2.0f, 1.9f, 1.9f),
    FIGURE_LIMB(0, 0.3f, true, 0.9f, 8.6f, 7.0f, 0.4f, 1.5f, 11.2f, 7.6f, 0.35f),
    FIGURE_BALL(1, 0.3f, false, 0, 6.6f, -1.4f, 2.9f, 5.2f, 5.2f),
    FIGURE_BALL(1, 0.4f, true, 2.0f, 6.6f, -1.4f, 1.5f, 3.3f, 3.3f),
    FIGURE_BALL(1, 0.3f, true, 3.1f, 6.6f, -1.4f, 0.9f, 1.5f, 1.5f),
    FIGURE_MARK(2, true, 3.4f, 6.6f, -1.4f, 0.9f, 0.95f, 0.95f),
};
static const struct ct_figure snail = { FIGURE_BODY(snail_rows, 80),
                                        { 0xd9b98a, 0xb5652f, 0x7c3f1b },
                                        false };

const struct ct_object_shape ct_object_snail_shape = {
    .min = { -4.0f, 0, -7.0f },
    .max = { 4.0f, 12.3f, 8.8f },
    .yaw = 1.0f,
};

void ct_object_snail(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &snail);
    for (int side = -1; side <= 1; side += 2)
        ct_model_ball(b, v3(1.5f * (float)side, 11.6f, 7.7f), v3(0.62f, 0.65f, 0.62f),
                      ct_figure_feature(b, 0x1b1614));
    ct_figure_add_smile(b, &snail, v3(0, 7.0f, 8.8f), 0.8f, 0.4f, 0.09f);
}
