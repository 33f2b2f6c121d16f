/* Animals that sit: cats and dogs on their haunches, bears on their seats. */
#include "engines/scene/objects/figure.h"

/* Haunches, hind feet and forelegs below a body; forepaws of paint `paw`. */
#define ON_HAUNCHES(paw)                                                                           \
    FIGURE_BALL(0, 1.2f, true, 3.7f, 4.0f, 0.4f, 3.0f, 4.1f, 4.6f),                                \
        FIGURE_BALL(0, 0.8f, true, 4.0f, 1.2f, 3.6f, 1.7f, 1.25f, 2.3f),                           \
        FIGURE_LIMB(0, 1.0f, true, 1.75f, 1.6f, 4.7f, 1.45f, 1.9f, 10.5f, 2.3f, 1.9f),             \
        FIGURE_BALL(paw, 0.6f, true, 1.8f, 1.2f, 5.4f, 1.7f, 1.3f, 2.0f)

/* --- cats --- */

#define CAT_BODY                                                                                   \
    FIGURE_LIMB(0, 0, false, 0, 5.4f, -1.4f, 5.5f, 0, 12.4f, 0.4f, 3.6f), ON_HAUNCHES(1),          \
        FIGURE_BALL(0, 1.6f, false, 0, 17.6f, 1.2f, 6.3f, 5.2f, 5.2f),                             \
        FIGURE_BALL(0, 2.0f, true, 3.6f, 16.2f, 2.4f, 2.7f, 2.3f, 2.5f),                           \
        FIGURE_BALL(1, 1.0f, true, 1.05f, 15.7f, 6.0f, 1.45f, 1.1f, 1.15f),                        \
        FIGURE_MARK(1, false, 0, 10.2f, 4.2f, 2.9f, 4.6f, 2.6f)

/* Behind it and around to its feet. */
#define CAT_TAIL(tip)                                                                              \
    FIGURE_LIMB(0, 1.0f, false, 0, 2.6f, -5.6f, 1.5f, 4.4f, 1.8f, -6.2f, 1.45f),                   \
        FIGURE_LIMB(0, 0.8f, false, 4.4f, 1.8f, -6.2f, 1.45f, 7.3f, 1.6f, -3.0f, 1.4f),            \
        FIGURE_LIMB(0, 0.8f, false, 7.3f, 1.6f, -3.0f, 1.4f, 7.4f, 1.5f, 1.6f, 1.3f),              \
        FIGURE_LIMB(tip, 0.8f, false, 7.4f, 1.5f, 1.6f, 1.3f, 6.4f, 1.5f, 3.6f, 1.15f)

#define POINTED_EARS                                                                               \
    FIGURE_LIMB(0, 1.4f, true, 3.6f, 20.6f, 0.6f, 2.3f, 4.9f, 25.2f, 0.2f, 0.55f),                 \
        FIGURE_HOLLOW(0.5f, true, 4.15f, 22.4f, 2.7f, 1.0f, 2.1f, 1.0f)

#define TABBY_STRIPES                                                                              \
    FIGURE_STRIPE(2, false, 0, 20.6f, 5.6f, 0.42f, 0, 24, 2.4f, 0.6f),                             \
        FIGURE_STRIPE(2, true, 1.5f, 20.9f, 5.2f, 0.3f, 1.9f, 23.6f, 2.2f, 0.5f),                  \
        FIGURE_STRIPE(2, true, 5.4f, 17.3f, 5.0f, 0.22f, 7.6f, 18.0f, 2.0f, 0.45f),                \
        FIGURE_STRIPE(2, true, 5.2f, 16.0f, 5.0f, 0.22f, 7.4f, 16.0f, 2.2f, 0.42f),                \
        FIGURE_STRIPE(2, true, 6.9f, 6.9f, 0.8f, 0.25f, 5.0f, 8.0f, -4.4f, 0.6f),                  \
        FIGURE_STRIPE(2, true, 7.0f, 4.6f, 0.6f, 0.25f, 6.0f, 5.2f, -4.8f, 0.6f),                  \
        FIGURE_STRIPE(2, true, 5.0f, 10.2f, 0.8f, 0.25f, 3.6f, 11.0f, -3.8f, 0.55f),               \
        FIGURE_MARK(2, false, 4.4f, 1.8f, -6.2f, 0.8f, 2.4f, 2.4f),                                \
        FIGURE_MARK(2, false, 7.3f, 1.6f, -2.0f, 2.4f, 2.4f, 0.7f),                                \
        FIGURE_MARK(2, false, 7.4f, 1.6f, 0.4f, 2.4f, 2.4f, 0.6f)

static const struct ct_lump cat_rows[] = { CAT_BODY, POINTED_EARS, CAT_TAIL(1), TABBY_STRIPES };
static const struct ct_figure cat = { FIGURE_BODY(cat_rows, 76),
                                      { 0xd98a3d, 0xf4e6d2, 0xa5561d },
                                      false };

static void add_cat_face(struct ct_object_builder *b, const struct ct_figure *figure, uint32_t nose)
{
    ct_figure_add_body(b, figure);
    ct_figure_add_eyes(b, figure, v3(2.55f, 18.0f, 6.2f), 1.12f);
    ct_figure_add_knob(b, figure, v3(0, 16.7f, 6.8f), v3(0.62f, 0.42f, 0.4f), nose);
    ct_figure_add_smile(b, figure, v3(0, 16.0f, 7.4f), 1.25f, 0.55f, 0.09f);
}

const struct ct_object_shape ct_object_cat_shape = {
    .head = { 0, 22.2f, 1 },
    .head_radius = 4.6f,
    .min = { -7.2f, 0, -7.6f },
    .max = { 9.0f, 25.8f, 7.8f },
    .yaw = -0.45f,
};

void ct_object_cat(struct ct_object_builder *b)
{
    add_cat_face(b, &cat, 0xd98b86);
}

#define ROUND_EARS                                                                                 \
    FIGURE_BALL(0, 1.0f, true, 4.5f, 22.0f, 0.6f, 2.2f, 2.2f, 1.3f),                               \
        FIGURE_HOLLOW(0.5f, true, 4.5f, 22.0f, 2.1f, 1.2f, 1.3f, 1.0f)

static const struct ct_lump tiger_rows[] = {
    CAT_BODY,
    ROUND_EARS,
    CAT_TAIL(2),
    TABBY_STRIPES,
    FIGURE_STRIPE(2, true, 2.9f, 20.6f, 4.6f, 0.3f, 3.6f, 22.8f, 1.6f, 0.55f),
    FIGURE_STRIPE(2, true, 6.4f, 14.7f, 4.0f, 0.2f, 7.2f, 14.0f, 1.0f, 0.4f),
    FIGURE_STRIPE(2, true, 4.6f, 8.4f, 3.6f, 0.2f, 5.6f, 9.6f, -2.8f, 0.5f),
    FIGURE_STRIPE(2, true, 0.8f, 7.0f, 5.6f, 0.15f, 3.4f, 7.6f, 5.2f, 0.3f),
};
static const struct ct_figure tiger = { FIGURE_BODY(tiger_rows, 76),
                                        { 0xe07d1e, 0xfaf3e6, 0x241a15 },
                                        true };

const struct ct_object_shape ct_object_tiger_shape = {
    .head = { 0, 22.2f, 1 },
    .head_radius = 4.6f,
    .min = { -7.2f, 0, -7.6f },
    .max = { 9.0f, 24.4f, 7.8f },
    .yaw = -0.45f,
};

void ct_object_tiger(struct ct_object_builder *b)
{
    add_cat_face(b, &tiger, 0xc87870);
}

static const struct ct_lump lion_rows[] = {
    CAT_BODY,
    ROUND_EARS,
    CAT_TAIL(2),
    FIGURE_BALL(2, 1.2f, false, 0, 17.6f, -1.0f, 8.3f, 7.8f, 3.6f),
    FIGURE_BALL(2, 1.2f, true, 5.2f, 22.2f, -0.6f, 3.0f, 3.0f, 2.4f),
    FIGURE_BALL(2, 1.2f, false, 0, 24.0f, -0.4f, 3.2f, 2.6f, 2.6f),
    FIGURE_BALL(2, 1.2f, true, 7.2f, 17.6f, -0.4f, 2.8f, 3.2f, 2.6f),
    FIGURE_BALL(2, 1.2f, true, 6.0f, 12.8f, 0.2f, 3.0f, 3.0f, 2.6f),
    FIGURE_BALL(2, 1.2f, false, 0, 11.0f, 2.0f, 3.4f, 3.0f, 2.6f),
    FIGURE_BALL(2, 0.6f, false, 6.2f, 1.7f, 4.2f, 1.6f, 1.7f, 1.9f),
};
static const struct ct_figure lion = { FIGURE_BODY(lion_rows, 76),
                                       { 0xdda54c, 0xf6e3bd, 0x8f4a1c },
                                       false };

const struct ct_object_shape ct_object_lion_shape = {
    .head = { 0, 25.2f, -0.4f },
    .head_radius = 4.4f,
    .min = { -9.6f, 0, -7.6f },
    .max = { 9.6f, 26.4f, 7.8f },
    .yaw = -0.35f,
};

void ct_object_lion(struct ct_object_builder *b)
{
    add_cat_face(b, &lion, 0x5a3426);
}

/* --- dogs --- */

static const struct ct_lump dog_rows[] = {
    FIGURE_LIMB(0, 0, false, 0, 5.4f, -1.4f, 5.4f, 0, 12.4f, 0.4f, 3.9f),
    ON_HAUNCHES(1),
    FIGURE_BALL(0, 1.6f, false, 0, 18.2f, 1.0f, 5.7f, 5.3f, 5.2f),
    FIGURE_BALL(1, 1.2f, false, 0, 16.3f, 5.4f, 2.7f, 2.1f, 2.9f),
    FIGURE_BALL(1, 0.8f, true, 1.1f, 15.7f, 6.6f, 1.5f, 1.2f, 1.4f),
    FIGURE_TURNED(2, 0.5f, true, 5.9f, 17.6f, 0.6f, 1.2f, 4.6f, 2.5f, 0, 0.2f),
    FIGURE_LIMB(0, 1.0f, false, 0, 3.6f, -5.6f, 1.4f, 0, 7.6f, -8.4f, 1.0f),
    FIGURE_LIMB(1, 0.8f, false, 0, 7.6f, -8.4f, 1.0f, 0, 10.6f, -8.6f, 0.6f),
    FIGURE_MARK(1, false, 0, 10.2f, 4.2f, 2.8f, 4.8f, 2.6f),
    FIGURE_MARK(1, false, 0, 20.6f, 5.2f, 0.95f, 4.2f, 3.0f),
    FIGURE_MARK(2, false, 3.4f, 9.0f, -4.6f, 4.0f, 3.4f, 3.4f),
};
static const struct ct_figure dog = { FIGURE_BODY(dog_rows, 76),
                                      { 0xcb9150, 0xf7f0e6, 0x70431f },
                                      false };

static void add_dog_face(struct ct_object_builder *b, const struct ct_figure *figure)
{
    ct_figure_add_body(b, figure);
    ct_figure_add_eyes(b, figure, v3(2.35f, 18.9f, 5.8f), 0.98f);
    ct_figure_add_knob(b, figure, v3(0, 17.5f, 8.2f), v3(1.05f, 0.75f, 0.65f), 0x1b1614);
    ct_figure_add_smile(b, figure, v3(0, 16.1f, 8.4f), 1.5f, 0.75f, 0.1f);
    ct_figure_add_knob(b, figure, v3(0, 14.5f, 7.6f), v3(0.75f, 1.0f, 0.4f), 0xe0707a);
}

const struct ct_object_shape ct_object_dog_shape = {
    .head = { 0, 23.2f, 0.8f },
    .head_radius = 4.4f,
    .min = { -7.4f, 0, -9.4f },
    .max = { 7.4f, 23.5f, 8.9f },
    .yaw = -0.5f,
};

void ct_object_dog(struct ct_object_builder *b)
{
    add_dog_face(b, &dog);
}

/* Of one gold all over, only the ears and the chest a shade darker and paler; larger ears. */
static const struct ct_lump retriever_rows[] = {
    FIGURE_LIMB(0, 0, false, 0, 5.4f, -1.4f, 5.5f, 0, 12.4f, 0.4f, 4.2f),
    ON_HAUNCHES(0),
    FIGURE_BALL(0, 1.6f, false, 0, 18.2f, 1.0f, 5.6f, 5.2f, 5.2f),
    FIGURE_BALL(0, 1.2f, false, 0, 16.4f, 5.6f, 2.8f, 2.1f, 3.1f),
    FIGURE_BALL(1, 0.9f, true, 1.1f, 15.7f, 6.9f, 1.5f, 1.2f, 1.5f),
    FIGURE_TURNED(2, 0.6f, true, 5.5f, 18.0f, 0.9f, 1.2f, 3.7f, 2.4f, 0, 0.12f),
    FIGURE_LIMB(0, 1.4f, false, 0, 3.4f, -5.4f, 1.9f, 0, 5.2f, -8.6f, 1.5f),
    FIGURE_MARK(1, false, 0, 10.0f, 4.4f, 2.4f, 4.6f, 2.4f),
};
static const struct ct_figure retriever = { FIGURE_BODY(retriever_rows, 76),
                                            { 0xd9a860, 0xf0d7a6, 0xb57f3c },
                                            false };

const struct ct_object_shape ct_object_retriever_shape = {
    .head = { 0, 23.2f, 0.8f },
    .head_radius = 4.4f,
    .min = { -7.4f, 0, -10.2f },
    .max = { 7.4f, 23.5f, 8.9f },
    .yaw = -0.5f,
};

void ct_object_retriever(struct ct_object_builder *b)
{
    add_dog_face(b, &retriever);
}

/* --- foxes --- */

static const struct ct_lump fox_rows[] = {
    FIGURE_LIMB(0, 0, false, 0, 5.2f, -1.4f, 5.1f, 0, 12.0f, 0.4f, 3.3f),
    ON_HAUNCHES(2),
    FIGURE_BALL(0, 1.6f, false, 0, 17.0f, 1.0f, 5.5f, 4.8f, 4.8f),
    FIGURE_LIMB(1, 1.0f, true, 2.6f, 15.6f, 2.6f, 2.5f, 6.9f, 14.8f, 1.4f, 0.5f),
    FIGURE_LIMB(0, 1.6f, false, 0, 16.2f, 4.0f, 2.4f, 0, 15.2f, 8.4f, 0.85f),
    FIGURE_LIMB(0, 1.2f, true, 3.3f, 19.8f, 0.6f, 2.2f, 4.7f, 25.3f, 0.2f, 0.5f),
    FIGURE_HOLLOW(0.5f, true, 4.0f, 22.2f, 2.6f, 1.0f, 2.2f, 1.0f),
    FIGURE_LIMB(0, 1.2f, false, 0, 3.0f, -4.8f, 1.6f, 5.2f, 3.8f, -7.6f, 2.9f),
    FIGURE_LIMB(0, 1.2f, false, 5.2f, 3.8f, -7.6f, 2.9f, 8.8f, 7.6f, -5.8f, 2.8f),
    FIGURE_LIMB(1, 0.8f, false, 9.0f, 8.4f, -5.4f, 2.5f, 9.4f, 12.4f, -4.2f, 0.6f),
    FIGURE_MARK(2, true, 4.9f, 25.4f, 0.2f, 1.7f, 2.3f, 1.9f),
    FIGURE_MARK(2, true, 1.8f, 1.8f, 5.0f, 2.0f, 5.0f, 2.4f),
    FIGURE_MARK(1, false, 0, 10.2f, 4.0f, 2.7f, 5.0f, 2.6f),
    FIGURE_MARK(1, false, 0, 13.9f, 5.6f, 3.6f, 1.75f, 4.6f),
};
static const struct ct_figure fox = { FIGURE_BODY(fox_rows, 80),
                                      { 0xd8631e, 0xf8f1e7, 0x2b1d18 },
                                      true };
static const struct ct_figure wolf = { FIGURE_BODY(fox_rows, 80),
                                       { 0x7d838b, 0xe9e7e2, 0x35373c },
                                       false };

static void add_fox_face(struct ct_object_builder *b, const struct ct_figure *figure)
{
    ct_figure_add_body(b, figure);
    ct_figure_add_eyes(b, figure, v3(2.25f, 17.3f, 5.6f), 0.95f);
    ct_figure_add_knob(b, figure, v3(0, 15.5f, 9.4f), v3(0.8f, 0.6f, 0.6f), 0x1b1614);
}

const struct ct_object_shape ct_object_fox_shape = {
    .head = { 0, 21.4f, 0.8f },
    .head_radius = 3.8f,
    .min = { -7.6f, 0, -10.6f },
    .max = { 11.6f, 25.8f, 9.6f },
    .yaw = -0.5f,
};

void ct_object_fox(struct ct_object_builder *b)
{
    add_fox_face(b, &fox);
}

const struct ct_object_shape ct_object_wolf_shape = {
    .head = { 0, 21.4f, 0.8f },
    .head_radius = 3.8f,
    .min = { -7.6f, 0, -10.6f },
    .max = { 11.6f, 25.8f, 9.6f },
    .yaw = -0.5f,
};

void ct_object_wolf(struct ct_object_builder *b)
{
    add_fox_face(b, &wolf);
}

/* --- rabbits --- */

static const struct ct_lump rabbit_rows[] = {
    FIGURE_LIMB(0, 0, false, 0, 5.0f, -1.8f, 5.1f, 0, 9.6f, 0.4f, 3.6f),
    FIGURE_BALL(0, 1.2f, true, 3.4f, 3.6f, -0.4f, 2.8f, 3.6f, 4.2f),
    FIGURE_BALL(1, 0.7f, true, 3.2f, 1.2f, 3.0f, 1.5f, 1.2f, 3.3f),
    FIGURE_LIMB(0, 0.8f, true, 1.5f, 1.4f, 4.4f, 1.2f, 1.7f, 8.0f, 2.4f, 1.6f),
    FIGURE_BALL(0, 1.5f, false, 0, 14.6f, 1.4f, 4.8f, 4.4f, 4.5f),
    FIGURE_BALL(0, 1.4f, true, 2.5f, 13.1f, 3.0f, 2.1f, 1.8f, 1.9f),
    FIGURE_BALL(1, 0.7f, true, 0.85f, 13.0f, 5.2f, 1.15f, 0.95f, 0.95f),
    FIGURE_TURNED(0, 0.8f, true, 2.6f, 22.4f, -0.4f, 1.6f, 5.8f, 1.05f, -0.08f, -0.13f),
    { .kind = CT_LUMP_BALL, .use = CT_LUMP_PAINT, .a = { 2.6f, 22.4f, 0.7f },
      .b = { 0.95f, 4.5f, 0.75f }, .pitch = -0.08f, .roll = -0.13f, .paint = 2, .both = true },
    FIGURE_BALL(1, 0.4f, false, 0, 3.6f, -7.2f, 2.0f, 2.0f, 1.9f),
    FIGURE_MARK(1, false, 0, 8.0f, 4.0f, 2.5f, 4.2f, 2.4f),
};
static const struct ct_figure rabbit = { FIGURE_BODY(rabbit_rows, 80),
                                         { 0xb4947a, 0xf8f3ec, 0xe7aca6 },
                                         false };

const struct ct_object_shape ct_object_rabbit_shape = {
    .head = { 0, 18.6f, 1 },
    .head_radius = 3.4f,
    .min = { -6.4f, 0, -9.2f },
    .max = { 6.4f, 28.1f, 6.4f },
    .yaw = -0.5f,
};

void ct_object_rabbit(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &rabbit);
    ct_figure_add_eyes(b, &rabbit, v3(2.5f, 15.2f, 5.2f), 0.95f);
    ct_figure_add_knob(b, &rabbit, v3(0, 13.8f, 5.9f), v3(0.5f, 0.35f, 0.32f), 0xd98b86);
    ct_figure_add_smile(b, &rabbit, v3(0, 13.2f, 6.2f), 0.95f, 0.42f, 0.08f);
}

/* --- mice --- */

static const struct ct_lump mouse_rows[] = {
    FIGURE_LIMB(0, 0, false, 0, 3.4f, -1.0f, 3.4f, 0, 6.4f, 0.4f, 2.6f),
    FIGURE_BALL(1, 0.5f, true, 1.9f, 0.7f, 2.4f, 0.9f, 0.7f, 1.5f),
    FIGURE_LIMB(0, 0.6f, true, 2.0f, 6.4f, 1.4f, 0.9f, 1.3f, 4.6f, 3.3f, 0.7f),
    FIGURE_BALL(0, 1.2f, false, 0, 9.6f, 0.8f, 3.5f, 3.1f, 3.2f),
    FIGURE_LIMB(0, 1.2f, false, 0, 9.0f, 2.6f, 2.0f, 0, 8.7f, 4.9f, 0.6f),
    FIGURE_BALL(0, 0.5f, true, 3.3f, 12.6f, -0.2f, 2.5f, 2.5f, 0.8f),
    FIGURE_MARK(2, true, 3.3f, 12.6f, 0.7f, 1.7f, 1.7f, 0.7f),
    FIGURE_LIMB(2, 0.4f, false, 0, 1.0f, -3.6f, 0.55f, 4.0f, 0.6f, -5.6f, 0.45f),
    FIGURE_LIMB(2, 0.4f, false, 4.0f, 0.6f, -5.6f, 0.45f, 6.4f, 1.6f, -3.6f, 0.3f),
    FIGURE_MARK(1, false, 0, 3.6f, 3.0f, 2.2f, 3.0f, 1.8f),
};
static const struct ct_figure mouse = { FIGURE_BODY(mouse_rows, 76),
                                        { 0x9a9aa0, 0xf0e9e2, 0xe5a9a6 },
                                        false };

const struct ct_object_shape ct_object_mouse_shape = {
    .head = { 0, 12.4f, 0.6f },
    .head_radius = 2.6f,
    .min = { -5.8f, 0, -6.0f },
    .max = { 6.6f, 15.1f, 5.9f },
    .yaw = -0.45f,
};

void ct_object_mouse(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &mouse);
    ct_figure_add_eyes(b, &mouse, v3(1.6f, 10.0f, 3.4f), 0.7f);
    ct_figure_add_knob(b, &mouse, v3(0, 8.8f, 5.6f), v3(0.5f, 0.42f, 0.4f), 0xd77f7f);
}

/* --- bears --- */

/* A round body, limbs of paint `limb`, muzzle of `muzzle`, ears of `ear`. */
#define BEAR_BODY(limb, muzzle)                                                                    \
    FIGURE_LIMB(0, 0, false, 0, 6.3f, -0.8f, 6.5f, 0, 11.8f, -0.2f, 5.0f),                         \
        FIGURE_BALL(0, 1.4f, false, 0, 19.9f, 0.6f, 6.5f, 5.6f, 5.5f),                             \
        FIGURE_BALL(muzzle, 0.8f, false, 0, 18.2f, 5.3f, 2.7f, 2.1f, 2.2f),                        \
        FIGURE_LIMB(limb, 0.8f, true, 4.6f, 13.0f, 0.4f, 2.3f, 7.3f, 8.4f, 3.6f, 2.1f),            \
        FIGURE_LIMB(limb, 0.8f, true, 3.9f, 3.2f, 2.0f, 3.1f, 5.4f, 2.8f, 6.6f, 2.7f),             \
        FIGURE_BALL(limb, 0.5f, true, 5.6f, 3.5f, 8.4f, 2.6f, 3.4f, 1.5f)

#define BEAR_EARS(paint)                                                                           \
    FIGURE_BALL(paint, 0.6f, true, 4.9f, 24.6f, 0.2f, 2.2f, 2.2f, 1.3f),                           \
        FIGURE_HOLLOW(0.5f, true, 4.9f, 24.6f, 1.7f, 1.3f, 1.3f, 0.9f)

static const struct ct_lump bear_rows[] = {
    BEAR_BODY(0, 1),
    BEAR_EARS(0),
    FIGURE_MARK(1, false, 0, 8.6f, 5.4f, 4.0f, 4.8f, 2.6f),
    FIGURE_MARK(1, true, 5.6f, 3.6f, 9.8f, 1.7f, 2.3f, 0.8f),
};
static const struct ct_figure bear = { FIGURE_BODY(bear_rows, 76),
                                       { 0x7c4f2d, 0xdcb889, 0x3a2416 },
                                       false };
static const struct ct_figure polar_bear = { FIGURE_BODY(bear_rows, 76),
                                             { 0xf1efe9, 0xfbfaf7, 0x3a2416 },
                                             false };
static const struct ct_lump panda_rows[] = {
    BEAR_BODY(2, 0),
    BEAR_EARS(2),
    FIGURE_MARK(2, false, 0, 13.4f, -0.4f, 6.4f, 2.3f, 6.2f),
    { .kind = CT_LUMP_BALL, .use = CT_LUMP_PAINT, .a = { 2.75f, 20.2f, 5.2f },
      .b = { 1.5f, 2.1f, 2.0f }, .roll = -0.45f, .paint = 2, .both = true },
};
static const struct ct_figure panda = { FIGURE_BODY(panda_rows, 76),
                                        { 0xf3f1ec, 0xf3f1ec, 0x1d1c1d },
                                        true };
static const struct ct_lump koala_rows[] = {
    BEAR_BODY(0, 0),
    FIGURE_BALL(0, 0.6f, true, 6.6f, 22.6f, 0.2f, 3.4f, 3.2f, 1.5f),
    FIGURE_MARK(1, true, 6.8f, 22.5f, 1.5f, 2.3f, 2.2f, 1.0f),
    FIGURE_MARK(1, false, 0, 9.6f, 5.4f, 3.8f, 5.4f, 2.6f),
    FIGURE_MARK(1, false, 0, 15.4f, 5.6f, 2.6f, 1.6f, 2.0f),
};
static const struct ct_figure koala = { FIGURE_BODY(koala_rows, 76),
                                        { 0x8f939a, 0xf0eeea, 0x3a2416 },
                                        false };

static void add_bear_face(struct ct_object_builder *b, const struct ct_figure *figure)
{
    ct_figure_add_body(b, figure);
    ct_figure_add_eyes(b, figure, v3(2.5f, 20.6f, 5.8f), 0.88f);
    ct_figure_add_knob(b, figure, v3(0, 19.3f, 7.2f), v3(1.05f, 0.72f, 0.6f), 0x1b1614);
    ct_figure_add_smile(b, figure, v3(0, 17.9f, 7.7f), 1.2f, 0.6f, 0.1f);
}

#define BEAR_SHAPE                                                                                 \
    {                                                                                              \
        .min = { -9.5f, 0, -7.4f }, .max = { 9.5f, 26.8f, 9.9f }, .yaw = -0.3f,                    \
        .head = { 0, 25.2f, 0.4f }, .head_radius = 4.8f,                                           \
    }
const struct ct_object_shape ct_object_bear_shape = BEAR_SHAPE;
const struct ct_object_shape ct_object_polar_bear_shape = BEAR_SHAPE;
const struct ct_object_shape ct_object_panda_shape = BEAR_SHAPE;
const struct ct_object_shape ct_object_koala_shape = {
    .head = { 0, 25.2f, 0.4f },
    .head_radius = 4.8f,
    .min = { -10.0f, 0, -7.4f },
    .max = { 10.0f, 25.9f, 9.9f },
    .yaw = -0.3f,
};

void ct_object_bear(struct ct_object_builder *b)
{
    add_bear_face(b, &bear);
}

void ct_object_polar_bear(struct ct_object_builder *b)
{
    add_bear_face(b, &polar_bear);
}

void ct_object_panda(struct ct_object_builder *b)
{
    add_bear_face(b, &panda);
}

void ct_object_koala(struct ct_object_builder *b)
{
    ct_figure_add_body(b, &koala);
    ct_figure_add_eyes(b, &koala, v3(2.7f, 20.4f, 5.8f), 0.88f);
    ct_figure_add_knob(b, &koala, v3(0, 19.2f, 7.2f), v3(1.25f, 1.9f, 0.9f), 0x1b1614);
    ct_figure_add_smile(b, &koala, v3(0, 16.9f, 7.0f), 1.0f, 0.5f, 0.1f);
}
