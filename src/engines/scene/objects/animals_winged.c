/* Birds, bees and butterflies. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/figure.h"

#define BEAK 0xf0a030

/* Two thin legs with three toes under +-x. */
static void add_legs(struct ct_object_builder *b, float x, float y, float z, float thick)
{
    int horn = ct_figure_feature(b, BEAK);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side * x;
        const ct_v3 leg[] = { { s, y, z }, { s, thick, z + 0.1f } };
        ct_model_tube(b, leg, 2, thick, thick, horn);
        for (int toe = -1; toe <= 1; toe++) {
            const ct_v3 foot[] = { { s, thick, z },
                                   { s + 0.9f * (float)toe * thick * 3, thick, z + 4.6f * thick } };
            ct_model_tube(b, foot, 2, thick, 0.8f * thick, horn);
        }
    }
}

static const struct ct_lump bird_rows[] = {
    FIGURE_TURNED(0, 0, false, 0, 5.6f, -0.4f, 3.6f, 3.5f, 4.6f, -0.3f, 0),
    FIGURE_BALL(0, 1.4f, false, 0, 9.6f, 1.8f, 3.1f, 2.9f, 2.9f),
    FIGURE_TURNED(2, 0.3f, true, 3.5f, 5.9f, -1.2f, 0.75f, 2.3f, 3.9f, 0.25f, 0),
    FIGURE_TURNED(2, 0.6f, false, 0, 5.0f, -6.4f, 1.5f, 0.6f, 3.2f, 0.2f, 0),
    FIGURE_MARK(1, false, 0, 5.4f, 3.2f, 2.7f, 3.2f, 2.6f),
    FIGURE_MARK(1, true, 2.6f, 8.9f, 3.2f, 0.9f, 0.8f, 1.0f),
};
static const struct ct_figure bird = { FIGURE_BODY(bird_rows, 76),
                                       { 0x3f8fd0, 0xf6e7cf, 0x2a619c },
                                       false };

const struct ct_object_shape ct_object_bird_shape = {
    .flight = CT_FLIGHT_ASKED,
    .head = { 0, 12.3f, 1.8f },
    .head_radius = 2.2f,
    .min = { -4.3f, 0, -9.6f },
    .max = { 4.3f, 12.5f, 6.2f },
    .yaw = 0.7f,
};

void ct_object_bird(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &bird);
    ct_figure_add_eyes(b, &bird, v3(1.7f, 10.2f, 4.1f), 0.62f);
    ct_figure_add_cone(b, &bird, v3(0, 9.4f, 4.8f), v3(0, -0.1f, 1.5f), 0.62f, BEAK);
    add_legs(b, 1.3f, 2.6f, 0.2f, 0.24f);
}

static const struct ct_lump owl_rows[] = {
    FIGURE_BALL(0, 0, false, 0, 8.2f, 0, 5.6f, 8.0f, 5.0f),
    FIGURE_BALL(0, 2.0f, false, 0, 13.4f, 0.4f, 5.4f, 4.6f, 4.7f),
    FIGURE_LIMB(0, 0.9f, true, 3.2f, 16.2f, 1.0f, 1.3f, 4.6f, 19.2f, 0.6f, 0.35f),
    FIGURE_TURNED(2, 0.4f, true, 5.3f, 8.4f, -0.6f, 1.1f, 5.6f, 3.4f, 0.12f, 0.1f),
    FIGURE_BALL(2, 0.3f, true, 2.0f, 0.5f, 2.8f, 1.4f, 0.7f, 1.7f),
    FIGURE_MARK(1, true, 2.05f, 13.6f, 4.4f, 2.25f, 2.35f, 1.8f),
    FIGURE_MARK(1, false, 0, 6.6f, 4.2f, 3.7f, 4.6f, 2.2f),
    FIGURE_MARK(0, false, 0, 0, 0, 0.1f, 0.1f, 0.1f),
    FIGURE_MARK(2, true, 1.2f, 8.6f, 4.8f, 0.5f, 0.35f, 0.6f),
    FIGURE_MARK(2, false, 0, 7.0f, 5.2f, 0.5f, 0.35f, 0.6f),
    FIGURE_MARK(2, true, 2.2f, 7.0f, 4.6f, 0.5f, 0.35f, 0.6f),
    FIGURE_MARK(2, true, 1.2f, 5.4f, 5.0f, 0.5f, 0.35f, 0.6f),
};
static const struct ct_figure owl = { FIGURE_BODY(owl_rows, 76),
                                      { 0x8a5f3a, 0xf1e0c3, 0x5a3a22 },
                                      false };

const struct ct_object_shape ct_object_owl_shape = {
    .flight = CT_FLIGHT_ASKED,
    .head = { 0, 17.8f, 0.4f },
    .head_radius = 3.6f,
    .min = { -6.6f, 0, -5.0f },
    .max = { 6.6f, 19.5f, 6.0f },
    .yaw = 0.35f,
};

void ct_object_owl(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &owl);
    ct_figure_add_wide_eyes(b, &owl, v3(2.05f, 13.7f, 5.2f), 1.5f, 0xf2b431);
    ct_figure_add_cone(b, &owl, v3(0, 12.4f, 5.2f), v3(0, -0.9f, 0.7f), 0.6f, 0xd9a441);
}

static const struct ct_lump penguin_rows[] = {
    FIGURE_BALL(0, 0, false, 0, 8.4f, 0, 5.6f, 8.0f, 5.1f),
    FIGURE_BALL(0, 2.4f, false, 0, 16.2f, 0.4f, 4.7f, 4.4f, 4.4f),
    FIGURE_TURNED(0, 0.6f, true, 6.0f, 9.4f, 0.2f, 0.9f, 4.8f, 2.0f, 0.1f, 0.28f),
    FIGURE_BALL(2, 0.3f, true, 2.3f, 0.7f, 3.0f, 1.8f, 0.8f, 2.6f),
    FIGURE_LIMB(0, 0.5f, false, 0, 1.8f, -4.4f, 1.2f, 0, 0.8f, -6.0f, 0.6f),
    FIGURE_MARK(1, false, 0, 7.2f, 4.4f, 4.2f, 6.8f, 3.4f),
    FIGURE_MARK(1, true, 1.65f, 15.9f, 4.2f, 1.9f, 1.9f, 2.2f),
    FIGURE_MARK(1, false, 0, 14.4f, 4.0f, 2.2f, 1.7f, 2.0f),
};
static const struct ct_figure penguin = { FIGURE_BODY(penguin_rows, 76),
                                          { 0x22262e, 0xf7f5f0, 0xf09a28 },
                                          true };

const struct ct_object_shape ct_object_penguin_shape = {
    .head = { 0, 20.4f, 0.4f },
    .head_radius = 3.4f,
    .min = { -8.0f, 0, -6.6f },
    .max = { 8.0f, 20.6f, 6.3f },
    .yaw = 0.4f,
};

void ct_object_penguin(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &penguin);
    ct_figure_add_eyes(b, &penguin, v3(1.75f, 16.7f, 4.5f), 0.72f);
    ct_figure_add_cone(b, &penguin, v3(0, 15.6f, 4.8f), v3(0, -0.25f, 1.5f), 0.85f, 0xf09a28);
}

static const struct ct_lump chicken_rows[] = {
    FIGURE_TURNED(0, 0, false, 0, 7.4f, -0.6f, 4.8f, 4.7f, 5.8f, -0.2f, 0),
    FIGURE_LIMB(0, 2.0f, false, 0, 9.0f, 2.6f, 3.2f, 0, 15.0f, 4.2f, 2.3f),
    FIGURE_TURNED(1, 0.3f, true, 4.6f, 7.6f, -1.0f, 0.9f, 2.6f, 4.0f, 0.2f, 0),
    FIGURE_LIMB(0, 1.2f, false, 0, 9.0f, -5.0f, 2.2f, 0, 13.6f, -8.0f, 0.9f),
    FIGURE_LIMB(0, 0.8f, true, 0.9f, 9.0f, -5.4f, 1.8f, 1.6f, 12.0f, -8.8f, 0.7f),
    FIGURE_BALL(2, 0.3f, false, 0, 17.6f, 5.4f, 0.55f, 1.1f, 1.0f),
    FIGURE_BALL(2, 0.3f, false, 0, 18.0f, 4.1f, 0.55f, 1.4f, 1.0f),
    FIGURE_BALL(2, 0.3f, false, 0, 17.4f, 2.9f, 0.55f, 1.1f, 0.9f),
    FIGURE_BALL(2, 0.2f, true, 0.5f, 12.9f, 6.3f, 0.5f, 1.0f, 0.5f),
};
static const struct ct_figure chicken = { FIGURE_BODY(chicken_rows, 80),
                                          { 0xf6f1e6, 0xe6d8c0, 0xcf2f2a },
                                          true };

const struct ct_object_shape ct_object_chicken_shape = {
    .min = { -5.5f, 0, -9.6f },
    .max = { 5.5f, 19.4f, 8.4f },
    .yaw = 0.75f,
};

void ct_object_chicken(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &chicken);
    ct_figure_add_eyes(b, &chicken, v3(1.7f, 15.6f, 5.8f), 0.5f);
    ct_figure_add_cone(b, &chicken, v3(0, 14.6f, 6.5f), v3(0, -0.2f, 1.8f), 0.7f, BEAK);
    add_legs(b, 1.7f, 3.6f, 0, 0.34f);
}

static const struct ct_lump duck_rows[] = {
    FIGURE_TURNED(0, 0, false, 0, 5.4f, -1.0f, 4.6f, 4.2f, 6.2f, -0.1f, 0),
    FIGURE_LIMB(0, 1.6f, false, 0, 7.4f, 3.0f, 2.4f, 0, 11.6f, 4.0f, 1.8f),
    FIGURE_BALL(0, 1.2f, false, 0, 13.4f, 4.4f, 2.9f, 2.8f, 2.9f),
    FIGURE_TURNED(1, 0.3f, true, 4.5f, 6.0f, -1.4f, 0.8f, 2.4f, 4.2f, 0.15f, 0),
    FIGURE_LIMB(0, 1.2f, false, 0, 6.6f, -6.0f, 1.6f, 0, 9.0f, -8.6f, 0.6f),
    FIGURE_BALL(2, 0.2f, true, 2.0f, 0.5f, 1.6f, 1.5f, 0.6f, 2.0f),
    FIGURE_LIMB(2, 0.2f, true, 2.0f, 0.8f, 0.4f, 0.5f, 2.0f, 2.6f, 0, 0.6f),
    FIGURE_TURNED(2, 0.4f, false, 0, 12.7f, 7.7f, 1.6f, 0.55f, 2.0f, 0, 0),
};
static const struct ct_figure duck = { FIGURE_BODY(duck_rows, 80),
                                       { 0xf7f4ec, 0xe9e3d4, 0xf0992a },
                                       true };

const struct ct_object_shape ct_object_duck_shape = {
    .draught = 2.2f,
    .head = { 0, 16.1f, 4.2f },
    .head_radius = 2,
    .min = { -5.3f, 0, -9.1f },
    .max = { 5.3f, 16.2f, 9.7f },
    .yaw = 0.75f,
};

void ct_object_duck(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &duck);
    ct_figure_add_eyes(b, &duck, v3(1.8f, 14.2f, 6.4f), 0.58f);
}

static const struct ct_lump flamingo_rows[] = {
    FIGURE_TURNED(0, 0, false, 0, 17.0f, -0.8f, 3.6f, 3.5f, 5.2f, -0.25f, 0),
    FIGURE_LIMB(0, 1.4f, false, 0, 17.8f, 3.0f, 1.7f, 0, 22.0f, 5.6f, 1.1f),
    FIGURE_LIMB(0, 0.8f, false, 0, 22.0f, 5.6f, 1.1f, 0, 27.0f, 3.0f, 1.0f),
    FIGURE_LIMB(0, 0.8f, false, 0, 27.0f, 3.0f, 1.0f, 0, 30.6f, 3.6f, 1.0f),
    FIGURE_BALL(0, 0.8f, false, 0, 31.2f, 4.8f, 1.75f, 1.7f, 2.1f),
    FIGURE_LIMB(1, 0.4f, false, 0, 30.9f, 6.6f, 0.95f, 0, 29.6f, 8.8f, 0.75f),
    FIGURE_LIMB(2, 0.2f, false, 0, 29.6f, 8.8f, 0.75f, 0, 28.0f, 8.9f, 0.35f),
    FIGURE_TURNED(0, 0.3f, true, 3.5f, 17.4f, -1.6f, 0.7f, 2.3f, 4.2f, 0.2f, 0),
    FIGURE_LIMB(0, 0.8f, false, 0, 16.6f, -5.4f, 1.2f, 0, 15.4f, -8.0f, 0.5f),
};
static const struct ct_figure flamingo = { FIGURE_BODY(flamingo_rows, 96),
                                           { 0xf27f96, 0xf8dcd4, 0x231f20 },
                                           true };

const struct ct_object_shape ct_object_flamingo_shape = {
    .min = { -4.3f, 0, -8.6f },
    .max = { 4.3f, 33.0f, 9.7f },
    .yaw = 1.0f,
};

void ct_object_flamingo(struct ct_object_builder *b)
{
    int pink = ct_figure_feature(b, 0xe8778c);
    const ct_v3 leg[] = { { -0.8f, 14.6f, 0 }, { -0.8f, 7.2f, 0.5f }, { -0.8f, 0.4f, 0 } };
    const ct_v3 raised[] = { { 0.9f, 14.6f, -0.4f }, { 0.9f, 8.4f, 2.6f }, { 0.4f, 7.4f, -2.4f } };
    ct_figure_add_body(b, &flamingo);
    ct_model_tube(b, leg, 3, 0.42f, 0.36f, pink);
    ct_model_tube(b, raised, 3, 0.42f, 0.3f, pink);
    ct_model_ball(b, v3(-0.8f, 0.3f, 0.8f), v3(1.1f, 0.3f, 1.5f), pink);
    ct_figure_add_eyes(b, &flamingo, v3(1.3f, 31.8f, 5.6f), 0.38f);
}

/* --- insects --- */

static const struct ct_lump bee_rows[] = {
    FIGURE_TURNED(0, 0, false, 0, 6.4f, -1.2f, 3.7f, 3.6f, 4.7f, 0.15f, 0),
    FIGURE_BALL(0, 0.8f, false, 0, 7.4f, 4.2f, 2.9f, 2.8f, 2.5f),
    FIGURE_LIMB(2, 0.4f, false, 0, 5.8f, -5.4f, 0.8f, 0, 5.4f, -7.0f, 0.15f),
    FIGURE_MARK(2, false, 0, 6.4f, -0.1f, 5, 5, 0.7f),
    FIGURE_MARK(2, false, 0, 6.2f, -2.9f, 5, 5, 0.7f),
    FIGURE_MARK(2, false, 0, 6.0f, -5.2f, 5, 5, 0.45f),
    FIGURE_LIMB(2, 0.1f, true, 1.4f, 3.4f, 1.4f, 0.3f, 1.8f, 0.3f, 1.8f, 0.3f),
    FIGURE_LIMB(2, 0.1f, true, 1.6f, 3.4f, -1.2f, 0.3f, 2.4f, 0.3f, -1.4f, 0.3f),
    FIGURE_LIMB(2, 0.1f, true, 1.4f, 3.4f, -3.4f, 0.3f, 1.8f, 0.3f, -4.2f, 0.3f),
};
static const struct ct_figure bee = { FIGURE_BODY(bee_rows, 88),
                                      { 0xf4bf2a, 0xf7efe0, 0x241c18 },
                                      true };

const struct ct_object_shape ct_object_bee_shape = {
    .flight = CT_FLIGHT_ASKED,
    .min = { -5.9f, 0, -7.2f },
    .max = { 5.9f, 13.8f, 7.0f },
    .yaw = 0.65f,
};

void ct_object_bee(struct ct_object_builder *b)
{
    int wing = ct_figure_feature(b, 0xdfeef7), black = ct_figure_feature(b, 0x241c18);
    ct_figure_add_body(b, &bee);
    ct_figure_add_eyes(b, &bee, v3(1.5f, 7.9f, 6.2f), 0.62f);
    ct_figure_add_smile(b, &bee, v3(0, 6.9f, 6.8f), 0.8f, 0.4f, 0.09f);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        ct_model_mesh(b, ct_shape_ellipsoid(v3(1.7f, 3.4f, 0.25f), 48), v3(0.5f, 0, -0.65f * s),
                      v3(s * 3.6f, 11.2f, -1.4f), wing);
        ct_model_mesh(b, ct_shape_ellipsoid(v3(1.2f, 2.4f, 0.22f), 48), v3(0.9f, 0, -1.05f * s),
                      v3(s * 4.2f, 9.2f, -2.8f), wing);
        const ct_v3 feeler[] = { { s * 0.8f, 9.8f, 4.8f }, { s * 1.2f, 11.6f, 5.6f },
                                 { s * 1.8f, 12.2f, 6.6f } };
        ct_model_tube(b, feeler, 3, 0.16f, 0.12f, black);
        ct_model_ball(b, feeler[2], v3(0.36f, 0.36f, 0.36f), black);
    }
}

/* Two rounded lobes a side, leaning back from the body: rims of paint 0, panes of 1, spots of 2. */
#define PANE(paint_, x, y, z, rx, ry, roll_)                                                       \
    { .kind = CT_LUMP_BALL, .use = CT_LUMP_PAINT, .a = { x, y, z }, .b = { rx, ry, 3 },            \
      .roll = roll_, .paint = paint_, .both = true }
static const struct ct_lump butterfly_rows[] = {
    FIGURE_LIMB(0, 0, false, 0, 0.45f, 0, 0.55f, 0, 5.6f, 0.3f, 0.9f),
    FIGURE_LIMB(0, 0.6f, false, 0, 5.6f, 0.3f, 0.9f, 0, 9.4f, 0.2f, 1.1f),
    FIGURE_BALL(0, 0.5f, false, 0, 11.4f, 0.5f, 1.3f, 1.3f, 1.25f),
    FIGURE_TURNED(0, 0.3f, true, 4.9f, 11.2f, -1.0f, 3.5f, 5.4f, 0.55f, -0.1f, -0.5f),
    FIGURE_TURNED(0, 0.3f, true, 3.7f, 4.9f, -0.8f, 2.7f, 3.7f, 0.5f, 0.1f, 0.5f),
    PANE(1, 4.7f, 11.1f, -1.0f, 2.6f, 4.3f, -0.5f),
    PANE(1, 3.6f, 5.0f, -0.8f, 1.9f, 2.7f, 0.5f),
    PANE(2, 6.5f, 13.6f, -1.0f, 0.75f, 0.95f, -0.5f),
    PANE(2, 5.4f, 15.2f, -1.0f, 0.5f, 0.5f, 0),
    PANE(2, 8.2f, 13.0f, -1.0f, 0.5f, 0.5f, 0),
    PANE(2, 4.4f, 3.6f, -0.8f, 0.6f, 0.75f, 0.5f),
};
static const struct ct_figure butterfly = { FIGURE_BODY(butterfly_rows, 96),
                                            { 0x241a17, 0xee7a1c, 0xf9dd9c },
                                            true, 1 };

const struct ct_object_shape ct_object_butterfly_shape = {
    .flight = CT_FLIGHT_ASKED,
    .min = { -8.9f, 0, -2.0f },
    .max = { 8.9f, 16.7f, 1.9f },
    .yaw = 0.35f,
};

void ct_object_butterfly(struct ct_object_builder *b)
{
    int dark = ct_figure_feature(b, 0x241a17);
    ct_figure_add_body(b, &butterfly);
    ct_figure_add_wide_eyes(b, &butterfly, v3(0.6f, 11.7f, 1.6f), 0.4f, 0xffffff);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        const ct_v3 feeler[] = { { s * 0.4f, 12.4f, 0.6f }, { s * 1.2f, 14.8f, 1.2f },
                                 { s * 2.4f, 16.4f, 1.6f } };
        ct_model_tube(b, feeler, 3, 0.14f, 0.1f, dark);
        ct_model_ball(b, feeler[2], v3(0.3f, 0.3f, 0.3f), dark);
    }
}
