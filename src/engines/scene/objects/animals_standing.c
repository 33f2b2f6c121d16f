/* Animals on four legs: horses and the like, cattle, an elephant. */
#include "engines/scene/objects/figure.h"

/* --- horses --- */

/* Body, legs, neck and head; hooves, mane and tail of paint 2, the muzzle of 1. */
#define HORSE_BODY                                                                                 \
    FIGURE_LIMB(0, 0, false, 0, 14.2f, -5.0f, 4.3f, 0, 14.6f, 4.4f, 4.4f),                         \
        FIGURE_LIMB(0, 1.4f, true, 2.3f, 1.6f, 4.9f, 1.3f, 2.3f, 11.5f, 4.6f, 2.0f),               \
        FIGURE_LIMB(0, 1.4f, true, 2.4f, 1.6f, -6.3f, 1.3f, 2.5f, 11.5f, -5.2f, 2.5f),             \
        FIGURE_LIMB(2, 0.2f, true, 2.3f, 0.9f, 5.1f, 1.55f, 2.3f, 1.6f, 4.9f, 1.35f),              \
        FIGURE_LIMB(2, 0.2f, true, 2.4f, 0.9f, -6.2f, 1.55f, 2.4f, 1.6f, -6.3f, 1.35f),            \
        FIGURE_LIMB(0, 2.2f, false, 0, 16.0f, 5.4f, 3.4f, 0, 24.2f, 8.8f, 2.5f),                   \
        FIGURE_LIMB(0, 1.2f, false, 0, 25.6f, 9.4f, 3.0f, 0, 22.9f, 13.8f, 2.0f),                  \
        FIGURE_BALL(1, 0.8f, false, 0, 22.4f, 14.3f, 2.15f, 1.9f, 1.9f),                           \
        FIGURE_LIMB(0, 0.5f, true, 1.6f, 27.6f, 8.6f, 0.95f, 2.1f, 30.4f, 8.4f, 0.35f)

#define HORSE_HAIR                                                                                 \
    FIGURE_BALL(2, 0.6f, false, 0, 28.3f, 9.8f, 1.2f, 1.3f, 1.9f),                                 \
        FIGURE_BALL(2, 0.6f, false, 0, 28.0f, 7.4f, 1.1f, 1.7f, 1.8f),                             \
        FIGURE_BALL(2, 0.6f, false, 0.4f, 25.4f, 6.0f, 1.25f, 2.1f, 1.7f),                         \
        FIGURE_BALL(2, 0.6f, false, 0.7f, 22.2f, 4.5f, 1.3f, 2.2f, 1.8f),                          \
        FIGURE_BALL(2, 0.6f, false, 0.5f, 19.4f, 2.8f, 1.2f, 1.8f, 1.8f),                          \
        FIGURE_LIMB(2, 0.6f, false, 0, 16.6f, -8.4f, 1.2f, 0, 14.2f, -11.0f, 1.7f),                \
        FIGURE_LIMB(2, 0.8f, false, 0, 14.2f, -11.0f, 1.7f, 0, 6.6f, -11.8f, 0.7f)

static void add_horse_face(struct ct_object_builder *b, const struct ct_figure *figure)
{
    ct_figure_add_body(b, figure);
    ct_figure_add_eyes(b, figure, v3(2.7f, 26.0f, 11.0f), 0.82f);
    ct_figure_add_knob(b, figure, v3(-0.9f, 23.0f, 16.2f), v3(0.26f, 0.3f, 0.2f), 0x1b1614);
    ct_figure_add_knob(b, figure, v3(0.9f, 23.0f, 16.2f), v3(0.26f, 0.3f, 0.2f), 0x1b1614);
}

#define HORSE_SHAPE(height)                                                                        \
    {                                                                                              \
        .min = { -5.3f, 0, -12.9f }, .max = { 5.3f, height, 16.5f }, .on_y = 18.3f,                \
        .on_radius = 7, .yaw = 0.95f, .saddle = { { 0, 18.2f, -2.6f }, 0, 0.78f },                 \
        .head = { 0, 28.8f, 9.0f }, .head_radius = 2.4f,                                           \
    }
const struct ct_object_shape ct_object_horse_shape = HORSE_SHAPE(30.7f);
const struct ct_object_shape ct_object_zebra_shape = HORSE_SHAPE(30.7f);
const struct ct_object_shape ct_object_unicorn_shape = HORSE_SHAPE(34.4f);

static const struct ct_lump horse_rows[] = {
    HORSE_BODY, HORSE_HAIR, FIGURE_MARK(1, false, 0, 26.2f, 12.6f, 0.6f, 1.7f, 1.4f)
};
static const struct ct_figure horse = { FIGURE_BODY(horse_rows, 88),
                                        { 0x9c5a2b, 0xe6c9a8, 0x33201a },
                                        false };

void ct_object_horse(struct ct_object_builder *b)
{
    add_horse_face(b, &horse);
}

static const struct ct_lump unicorn_rows[] = { HORSE_BODY, HORSE_HAIR };
static const struct ct_figure unicorn = { FIGURE_BODY(unicorn_rows, 88),
                                          { 0xf7f3f4, 0xf3c3d2, 0xb48be4 },
                                          true };

void ct_object_unicorn(struct ct_object_builder *b)
{
    add_horse_face(b, &unicorn);
    ct_model_drum(b, (struct ct_model_drum){ v3(0, 27.6f, 10.8f), v3(0, 34.0f, 13.4f), 1.0f, 0.15f,
                                             0.12f },
                  ct_object_part(b, CT_MATERIAL_gold));
}

#define BAND(z, r) FIGURE_MARK(2, false, 0, 14.4f, z, 7, 5.6f, r)
static const struct ct_lump zebra_rows[] = {
    HORSE_BODY,
    HORSE_HAIR,
    BAND(-7.6f, 0.5f),
    BAND(-5.4f, 0.52f),
    BAND(-3.2f, 0.52f),
    BAND(-1.0f, 0.52f),
    BAND(1.2f, 0.52f),
    BAND(3.4f, 0.52f),
    BAND(5.6f, 0.5f),
    FIGURE_STRIPE(2, true, 0, 18.6f, 10.2f, 0.4f, 4, 20.2f, 3.4f, 0.5f),
    FIGURE_STRIPE(2, true, 0, 21.4f, 11.2f, 0.4f, 4, 23.0f, 4.4f, 0.5f),
    FIGURE_STRIPE(2, true, 3.4f, 27.4f, 10.4f, 0.3f, 3.4f, 24.4f, 8.2f, 0.5f),
    FIGURE_STRIPE(2, true, 3.2f, 25.6f, 13.2f, 0.25f, 3.2f, 22.4f, 11.2f, 0.4f),
    FIGURE_MARK(2, true, 2.3f, 8.4f, 4.8f, 3, 0.45f, 3),
    FIGURE_MARK(2, true, 2.3f, 6.2f, 4.8f, 3, 0.45f, 3),
    FIGURE_MARK(2, true, 2.4f, 8.4f, -6.0f, 3, 0.45f, 3),
    FIGURE_MARK(2, true, 2.4f, 6.2f, -6.2f, 3, 0.45f, 3),
    FIGURE_MARK(2, true, 2.3f, 4.0f, 4.9f, 3, 0.45f, 3),
    FIGURE_MARK(2, true, 2.4f, 4.0f, -6.3f, 3, 0.45f, 3),
    FIGURE_MARK(2, false, 0, 22.0f, 15.6f, 3, 2.2f, 1.7f),
};
static const struct ct_figure zebra = { FIGURE_BODY(zebra_rows, 88),
                                        { 0xf4f2ee, 0x2a2828, 0x1e1c1d },
                                        true };

void ct_object_zebra(struct ct_object_builder *b)
{
    add_horse_face(b, &zebra);
}

/* --- deer and giraffes --- */

static const struct ct_lump deer_rows[] = {
    FIGURE_LIMB(0, 0, false, 0, 12.8f, -4.4f, 3.6f, 0, 13.0f, 3.4f, 3.5f),
    FIGURE_LIMB(0, 1.2f, true, 1.8f, 1.0f, 3.9f, 0.85f, 1.9f, 10.5f, 3.6f, 1.5f),
    FIGURE_LIMB(0, 1.2f, true, 1.9f, 1.0f, -5.4f, 0.85f, 2.0f, 10.5f, -4.6f, 2.0f),
    FIGURE_LIMB(2, 0.2f, true, 1.8f, 0.7f, 4.0f, 1.0f, 1.8f, 1.4f, 3.9f, 0.9f),
    FIGURE_LIMB(2, 0.2f, true, 1.9f, 0.7f, -5.3f, 1.0f, 1.9f, 1.4f, -5.4f, 0.9f),
    FIGURE_LIMB(0, 1.8f, false, 0, 14.2f, 4.2f, 2.5f, 0, 20.6f, 6.6f, 1.8f),
    FIGURE_BALL(0, 1.0f, false, 0, 22.4f, 7.4f, 3.1f, 2.9f, 3.1f),
    FIGURE_LIMB(0, 1.2f, false, 0, 21.8f, 8.8f, 2.0f, 0, 20.8f, 12.2f, 1.2f),
    FIGURE_TURNED(0, 0.5f, true, 4.2f, 23.4f, 6.4f, 2.4f, 1.1f, 0.6f, 0, 0.35f),
    FIGURE_LIMB(1, 0.5f, false, 0, 14.4f, -7.6f, 1.2f, 0, 15.8f, -9.0f, 0.6f),
    FIGURE_MARK(1, false, 0, 9.6f, 0, 3.0f, 1.6f, 7.0f),
    FIGURE_MARK(1, false, 0, 15.4f, 8.0f, 1.6f, 4.4f, 2.0f),
    FIGURE_MARK(1, true, 3.2f, 15.0f, -4.2f, 0.6f, 0.55f, 0.55f),
    FIGURE_MARK(1, true, 3.2f, 13.6f, -5.8f, 0.6f, 0.55f, 0.55f),
    FIGURE_MARK(1, true, 3.2f, 13.4f, -2.6f, 0.6f, 0.55f, 0.55f),
    FIGURE_MARK(1, true, 3.0f, 15.4f, -1.0f, 0.6f, 0.55f, 0.55f),
    FIGURE_MARK(1, true, 3.4f, 13.6f, 0.6f, 0.6f, 0.55f, 0.55f),
};
static const struct ct_figure deer = { FIGURE_BODY(deer_rows, 88),
                                       { 0xb06f3a, 0xf3e4cc, 0x2e1d15 },
                                       false };

const struct ct_object_shape ct_object_deer_shape = {
    .min = { -6.8f, 0, -9.4f },
    .max = { 6.8f, 33.0f, 13.6f },
    .yaw = 0.85f,
};

static void add_antlers(struct ct_object_builder *b)
{
    int horn = ct_figure_feature(b, 0xc9a877);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        const ct_v3 beam[] = { { s * 1.2f, 24.4f, 6.8f }, { s * 3.0f, 28.0f, 5.4f },
                               { s * 4.4f, 32.7f, 5.8f } };
        const ct_v3 low[] = { { s * 2.2f, 26.4f, 5.9f }, { s * 3.0f, 28.2f, 8.0f } };
        const ct_v3 high[] = { { s * 3.3f, 29.2f, 5.4f }, { s * 6.0f, 31.2f, 5.0f } };
        ct_model_tube(b, beam, 3, 0.5f, 0.3f, horn);
        ct_model_tube(b, low, 2, 0.38f, 0.25f, horn);
        ct_model_tube(b, high, 2, 0.38f, 0.25f, horn);
    }
}

void ct_object_deer(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &deer);
    add_antlers(b);
    ct_figure_add_eyes(b, &deer, v3(2.3f, 22.9f, 9.4f), 0.78f);
    ct_figure_add_knob(b, &deer, v3(0, 21.2f, 13.4f), v3(0.75f, 0.6f, 0.5f), 0x1b1614);
}

static const struct ct_lump giraffe_rows[] = {
    FIGURE_LIMB(0, 0, false, 0, 17.6f, -4.2f, 3.7f, 0, 18.6f, 3.4f, 4.0f),
    FIGURE_LIMB(0, 1.4f, true, 2.1f, 1.2f, 4.4f, 1.15f, 2.1f, 15.0f, 3.8f, 1.7f),
    FIGURE_LIMB(0, 1.4f, true, 2.2f, 1.2f, -5.2f, 1.15f, 2.2f, 15.0f, -4.6f, 1.9f),
    FIGURE_LIMB(2, 0.2f, true, 2.1f, 0.8f, 4.5f, 1.35f, 2.1f, 1.5f, 4.4f, 1.2f),
    FIGURE_LIMB(2, 0.2f, true, 2.2f, 0.8f, -5.1f, 1.35f, 2.2f, 1.5f, -5.2f, 1.2f),
    FIGURE_LIMB(0, 2.4f, false, 0, 19.6f, 4.4f, 3.0f, 0, 37.0f, 8.4f, 1.7f),
    FIGURE_LIMB(0, 1.0f, false, 0, 38.8f, 8.6f, 2.5f, 0, 37.2f, 12.6f, 1.6f),
    FIGURE_BALL(1, 0.6f, false, 0, 36.9f, 13.0f, 1.8f, 1.5f, 1.6f),
    FIGURE_TURNED(0, 0.4f, true, 3.5f, 39.6f, 7.8f, 1.9f, 0.9f, 0.5f, 0, 0.2f),
    FIGURE_LIMB(0, 0.3f, true, 1.0f, 40.6f, 8.2f, 0.4f, 1.2f, 43.4f, 7.9f, 0.4f),
    FIGURE_BALL(2, 0.2f, true, 1.2f, 43.7f, 7.9f, 0.65f, 0.65f, 0.65f),
    FIGURE_LIMB(0, 0.4f, false, 0, 18.6f, -7.4f, 0.6f, 0, 12.0f, -9.4f, 0.35f),
    FIGURE_BALL(2, 0.3f, false, 0, 11.4f, -9.5f, 0.8f, 1.4f, 0.8f),
#define SPOT(x, y, z, r) FIGURE_MARK(2, true, x, y, z, 1.3f, r, r)
    SPOT(3.8f, 19.6f, 3.6f, 1.3f), SPOT(3.9f, 17.2f, 1.2f, 1.25f), SPOT(3.6f, 20.2f, 0.4f, 1.3f),
    SPOT(3.8f, 18.0f, -2.2f, 1.4f), SPOT(3.2f, 20.4f, -3.4f, 1.2f), SPOT(3.5f, 16.2f, -5.0f, 1.35f),
    SPOT(3.2f, 19.0f, -6.4f, 1.2f), SPOT(3.6f, 16.0f, 3.8f, 1.3f), SPOT(2.8f, 22.6f, 5.4f, 1.2f),
    SPOT(2.6f, 25.2f, 4.4f, 1.05f), SPOT(2.4f, 26.0f, 7.2f, 1.05f), SPOT(2.2f, 28.8f, 5.8f, 1.0f),
    SPOT(2.0f, 30.0f, 7.9f, 0.9f), SPOT(1.9f, 32.6f, 6.6f, 0.9f), SPOT(1.7f, 34.0f, 8.6f, 0.8f),
    SPOT(2.0f, 12.4f, 5.2f, 0.9f), SPOT(2.4f, 12.4f, -6.0f, 1.0f), SPOT(2.2f, 9.6f, 3.6f, 0.8f),
    SPOT(2.4f, 9.4f, -4.4f, 0.8f),
#undef SPOT
};
static const struct ct_figure giraffe = { FIGURE_BODY(giraffe_rows, 104),
                                          { 0xe7b75f, 0xf6e6c4, 0x8a4a1d },
                                          false };

const struct ct_object_shape ct_object_giraffe_shape = {
    .min = { -5.4f, 0, -10.2f },
    .max = { 5.4f, 44.4f, 14.6f },
    .yaw = 0.85f,
};

void ct_object_giraffe(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &giraffe);
    ct_figure_add_eyes(b, &giraffe, v3(2.2f, 39.4f, 10.2f), 0.7f);
    ct_figure_add_smile(b, &giraffe, v3(0, 36.5f, 14.6f), 1.0f, 0.35f, 0.09f);
}

/* --- cattle, pigs, sheep --- */

static const struct ct_lump cow_rows[] = {
    FIGURE_LIMB(0, 0, false, 0, 11.4f, -5.2f, 5.0f, 0, 11.4f, 4.4f, 5.0f),
    FIGURE_LIMB(0, 1.2f, true, 2.8f, 1.4f, 5.0f, 1.5f, 2.8f, 8.5f, 4.8f, 2.0f),
    FIGURE_LIMB(0, 1.2f, true, 2.8f, 1.4f, -6.2f, 1.5f, 2.9f, 8.5f, -5.4f, 2.3f),
    FIGURE_LIMB(2, 0.2f, true, 2.8f, 0.9f, 5.1f, 1.65f, 2.8f, 1.5f, 5.0f, 1.55f),
    FIGURE_LIMB(2, 0.2f, true, 2.8f, 0.9f, -6.1f, 1.65f, 2.8f, 1.5f, -6.2f, 1.55f),
    FIGURE_BALL(0, 1.6f, false, 0, 16.6f, 8.6f, 4.3f, 4.2f, 4.0f),
    FIGURE_BALL(1, 0.8f, false, 0, 14.4f, 12.2f, 3.3f, 2.3f, 2.3f),
    FIGURE_TURNED(0, 0.5f, true, 5.4f, 17.8f, 7.8f, 2.2f, 1.2f, 0.8f, 0, -0.25f),
    FIGURE_BALL(1, 0.6f, false, 0, 6.8f, -3.4f, 2.2f, 1.7f, 2.2f),
    FIGURE_LIMB(0, 0.4f, false, 0, 14.0f, -9.8f, 0.6f, 0, 7.0f, -11.0f, 0.45f),
    FIGURE_BALL(2, 0.3f, false, 0, 6.2f, -11.0f, 1.0f, 1.5f, 1.0f),
    FIGURE_MARK(2, false, 4.2f, 13.0f, -4.6f, 3.4f, 3.6f, 3.4f),
    FIGURE_MARK(2, false, -4.4f, 11.6f, 1.6f, 3.0f, 3.2f, 3.6f),
    FIGURE_MARK(2, false, 3.6f, 13.6f, 3.8f, 2.4f, 2.4f, 2.2f),
    FIGURE_MARK(2, false, -3.4f, 14.0f, -8.0f, 2.6f, 2.4f, 2.2f),
    FIGURE_MARK(2, false, 2.9f, 18.4f, 11.2f, 2.1f, 2.6f, 2.4f),
    FIGURE_MARK(2, false, 6.6f, 17.6f, 7.8f, 2.6f, 2.4f, 2),
};
static const struct ct_figure cow = { FIGURE_BODY(cow_rows, 84),
                                      { 0xf4f1ec, 0xe9b0a4, 0x231f1f },
                                      true };

const struct ct_object_shape ct_object_cow_shape = {
    .head = { 0, 20.6f, 8.4f },
    .head_radius = 3,
    .min = { -7.6f, 0, -12.0f },
    .max = { 7.6f, 22.6f, 14.6f },
    .on_y = 16.2f,
    .on_radius = 5,
    .saddle = { { 0, 16.0f, -2.4f }, 0, 0.7f },
    .yaw = 0.8f,
};

void ct_object_cow(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &cow);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        const ct_v3 horn[] = { { s * 2.0f, 19.6f, 8.4f }, { s * 3.4f, 20.6f, 8.4f },
                               { s * 3.9f, 22.3f, 8.8f } };
        ct_model_tube(b, horn, 3, 0.75f, 0.3f, ct_figure_feature(b, 0xe3d2ae));
        ct_figure_add_knob(b, &cow, v3(s * 1.2f, 14.8f, 14.6f), v3(0.34f, 0.42f, 0.25f), 0x8d5a52);
    }
    ct_figure_add_eyes(b, &cow, v3(2.2f, 17.6f, 12.4f), 0.85f);
    ct_figure_add_smile(b, &cow, v3(0, 13.4f, 14.6f), 1.6f, 0.35f, 0.1f);
}

static const struct ct_lump pig_rows[] = {
    FIGURE_BALL(0, 0, false, 0, 9.0f, -1.4f, 6.4f, 6.0f, 8.0f),
    FIGURE_LIMB(0, 1.0f, true, 3.4f, 1.4f, 3.2f, 1.6f, 3.2f, 6.0f, 2.8f, 1.9f),
    FIGURE_LIMB(0, 1.0f, true, 3.4f, 1.4f, -5.2f, 1.6f, 3.2f, 6.0f, -4.8f, 2.1f),
    FIGURE_LIMB(2, 0.1f, true, 3.4f, 0.7f, 3.3f, 1.7f, 3.4f, 1.1f, 3.2f, 1.65f),
    FIGURE_LIMB(2, 0.1f, true, 3.4f, 0.7f, -5.1f, 1.7f, 3.4f, 1.1f, -5.2f, 1.65f),
    FIGURE_BALL(0, 1.8f, false, 0, 12.0f, 5.6f, 5.2f, 4.9f, 4.6f),
    FIGURE_BALL(1, 0.5f, false, 0, 11.0f, 9.8f, 2.2f, 1.75f, 1.5f),
    FIGURE_TURNED(1, 0.5f, true, 3.6f, 16.0f, 6.4f, 1.9f, 2.2f, 0.7f, 0.6f, 0.5f),
    FIGURE_MARK(1, true, 3.9f, 10.6f, 8.6f, 1.1f, 0.8f, 1.0f),
};
static const struct ct_figure pig = { FIGURE_BODY(pig_rows, 72),
                                      { 0xf0a9ac, 0xe58a92, 0x9a5a55 },
                                      false };

const struct ct_object_shape ct_object_pig_shape = {
    .head = { 0, 16.6f, 5.4f },
    .head_radius = 3.4f,
    .min = { -6.5f, 0, -10.6f },
    .max = { 6.5f, 17.7f, 11.6f },
    .yaw = 0.6f,
};

void ct_object_pig(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &pig);
    for (int side = -1; side <= 1; side += 2)
        ct_figure_add_knob(b, &pig, v3(0.75f * (float)side, 11.1f, 11.4f),
                           v3(0.34f, 0.5f, 0.2f), 0x9a4a55);
    ct_figure_add_eyes(b, &pig, v3(2.3f, 13.2f, 9.4f), 0.72f);
    const ct_v3 tail[] = {
        { 0, 10.2f, -9.2f }, { 1.2f, 11.6f, -10.0f }, { 0, 12.9f, -10.0f }, { -1.2f, 11.8f, -10.3f }
    };
    ct_model_tube(b, tail, 4, 0.34f, 0.22f, ct_figure_feature(b, 0xe58a92));
}

static const struct ct_lump sheep_rows[] = {
    FIGURE_BALL(0, 0, false, 0, 9.6f, -1.0f, 5.4f, 5.0f, 6.8f),
#define TUFT(x, y, z, r) FIGURE_BALL(0, 0.5f, true, x, y, z, r, r, r)
    TUFT(3.6f, 12.4f, 3.0f, 2.7f), TUFT(4.4f, 9.4f, 4.0f, 2.6f), TUFT(3.4f, 6.8f, 3.4f, 2.6f),
    TUFT(4.9f, 11.0f, 0.2f, 2.8f), TUFT(5.0f, 8.0f, -0.4f, 2.7f), TUFT(4.7f, 10.6f, -4.0f, 2.8f),
    TUFT(4.2f, 7.4f, -4.4f, 2.7f), TUFT(2.0f, 13.8f, 0.6f, 2.7f), TUFT(2.2f, 13.6f, -3.2f, 2.8f),
    TUFT(2.2f, 11.6f, -6.6f, 2.7f), TUFT(2.4f, 8.2f, -7.2f, 2.7f), TUFT(1.4f, 10.0f, 5.6f, 2.7f),
    TUFT(1.6f, 6.0f, 0.4f, 2.7f), TUFT(1.6f, 6.0f, -3.4f, 2.7f),
#undef TUFT
    FIGURE_LIMB(1, 0.3f, true, 2.7f, 1.1f, 2.8f, 1.1f, 2.7f, 5.0f, 2.6f, 1.2f),
    FIGURE_LIMB(1, 0.3f, true, 2.7f, 1.1f, -4.6f, 1.1f, 2.7f, 5.0f, -4.4f, 1.2f),
    FIGURE_TURNED(1, 0.3f, false, 0, 13.4f, 8.0f, 2.9f, 3.6f, 3.2f, 0.25f, 0),
    FIGURE_TURNED(1, 0.3f, true, 3.9f, 14.4f, 6.6f, 1.9f, 0.9f, 0.7f, 0, -0.4f),
    FIGURE_BALL(0, 0.4f, false, 0, 16.6f, 6.8f, 2.2f, 1.7f, 2.0f),
    FIGURE_BALL(0, 0.4f, true, 1.7f, 16.0f, 6.0f, 1.6f, 1.4f, 1.6f),
};
static const struct ct_figure sheep = { FIGURE_BODY(sheep_rows, 80),
                                        { 0xf4efe4, 0x3a3232, 0x3a3232 },
                                        true };

const struct ct_object_shape ct_object_sheep_shape = {
    .min = { -7.7f, 0, -9.9f },
    .max = { 7.7f, 18.2f, 11.2f },
    .yaw = 0.6f,
};

void ct_object_sheep(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &sheep);
    ct_figure_add_wide_eyes(b, &sheep, v3(1.5f, 14.4f, 10.6f), 0.75f, 0xf5f2ea);
    ct_figure_add_smile(b, &sheep, v3(0, 12.2f, 10.9f), 0.8f, 0.35f, 0.09f);
}

/* --- elephants --- */

static const struct ct_lump elephant_rows[] = {
    FIGURE_BALL(0, 0, false, 0, 14.4f, -2.6f, 8.0f, 7.6f, 9.2f),
    FIGURE_LIMB(0, 1.6f, true, 4.4f, 2.2f, 3.6f, 2.8f, 4.2f, 10, 3.0f, 3.3f),
    FIGURE_LIMB(0, 1.6f, true, 4.4f, 2.2f, -7.4f, 2.8f, 4.2f, 10, -6.6f, 3.4f),
    FIGURE_BALL(0, 2.0f, false, 0, 20.6f, 6.8f, 6.0f, 5.9f, 5.4f),
    FIGURE_LIMB(0, 1.8f, false, 0, 19.0f, 11.0f, 2.7f, 0, 12.6f, 14.4f, 2.0f),
    FIGURE_LIMB(0, 1.2f, false, 0, 12.6f, 14.4f, 2.0f, 0, 7.6f, 16.2f, 1.6f),
    FIGURE_LIMB(0, 1.0f, false, 0, 7.6f, 16.2f, 1.6f, 0, 7.2f, 19.4f, 1.3f),
    FIGURE_LIMB(0, 0.8f, false, 0, 7.2f, 19.4f, 1.3f, 0, 9.8f, 21.0f, 1.05f),
    FIGURE_TURNED(0, 0.8f, true, 8.6f, 20.6f, 5.0f, 4.8f, 6.0f, 1.1f, 0, 0.12f),
    FIGURE_MARK(2, true, 9.0f, 20.4f, 6.3f, 3.4f, 4.4f, 0.9f),
    FIGURE_LIMB(1, 0.3f, true, 2.4f, 16.4f, 10.6f, 0.85f, 3.0f, 13.2f, 14.0f, 0.5f),
    FIGURE_LIMB(0, 0.6f, false, 0, 16.0f, -11.4f, 0.7f, 0, 10.4f, -13.0f, 0.5f),
    FIGURE_MARK(1, true, 4.4f, 0.6f, 6.2f, 1.1f, 1.2f, 1.0f),
    FIGURE_MARK(1, true, 6.3f, 0.6f, 5.2f, 1.0f, 1.2f, 1.0f),
    FIGURE_MARK(1, true, 2.6f, 0.6f, 5.4f, 1.0f, 1.2f, 1.0f),
};
static const struct ct_figure elephant = { FIGURE_BODY(elephant_rows, 88),
                                           { 0x8c97a3, 0xf0e8d8, 0xd3a5a3 },
                                           false };

const struct ct_object_shape ct_object_elephant_shape = {
    .head = { 0, 26.2f, 6.4f },
    .head_radius = 4.4f,
    .min = { -13.4f, 0, -13.6f },
    .max = { 13.4f, 26.9f, 22.1f },
    .on_y = 21.8f,
    .on_radius = 7,
    .saddle = { { 0, 21.4f, -2.0f }, 0, 0.7f },
    .yaw = 0.6f,
};

void ct_object_elephant(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &elephant);
    ct_figure_add_eyes(b, &elephant, v3(3.2f, 21.6f, 11.4f), 0.85f);
}
