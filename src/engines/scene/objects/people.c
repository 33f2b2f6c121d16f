/* People as toy figures of vinyl: a round head on a small body, dressed by colours.
 *
 * All stand alike, or sit astride what they ride; what they are is told by hair, hat and clothes. A
 * colour the prompt names is that of the clothes. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/figure.h"

#define SKIN 0xe9b48e

/* Paint 0: the upper clothes; 1: skin; 2: trousers. */
#define PERSON_TRUNK                                                                               \
    FIGURE_LIMB(0, 0, false, 0, 9.6f, 0, 3.5f, 0, 15.0f, 0, 2.9f),                                 \
        FIGURE_BALL(1, 0.6f, false, 0, 23.4f, 0.3f, 5.5f, 5.3f, 5.1f),                             \
        FIGURE_BALL(1, 0.4f, true, 5.4f, 22.8f, 0.2f, 0.9f, 1.2f, 0.9f)

static const struct ct_lump standing_rows[] = {
    PERSON_TRUNK,
    FIGURE_LIMB(2, 0.5f, true, 1.75f, 8.6f, 0, 2.0f, 2.1f, 2.0f, 0.1f, 1.75f),
    FIGURE_LIMB(0, 0.7f, true, 3.0f, 15.8f, 0, 1.45f, 5.4f, 11.0f, 0.8f, 1.35f),
    FIGURE_BALL(1, 0.3f, true, 5.9f, 9.6f, 1.1f, 1.45f, 1.6f, 1.45f),
};
/* In a saddle: the legs down its sides, the hands at the reins. */
static const struct ct_lump astride_rows[] = {
    PERSON_TRUNK,
    FIGURE_LIMB(2, 0.5f, true, 1.9f, 8.6f, 0.2f, 2.3f, 6.0f, 6.9f, 2.8f, 1.85f),
    FIGURE_LIMB(2, 0.5f, true, 6.0f, 6.9f, 2.8f, 1.85f, 6.9f, 2.0f, 1.8f, 1.6f),
    FIGURE_LIMB(0, 0.7f, true, 3.0f, 15.6f, 0, 1.45f, 4.0f, 12.0f, 4.2f, 1.3f),
    FIGURE_BALL(1, 0.3f, true, 3.8f, 11.6f, 5.6f, 1.4f, 1.4f, 1.5f),
};

/* A person: clothes, skin and trousers, in either pose. */
struct wearer {
    uint32_t color[CT_LUMP_PAINTS];
};
static const struct wearer person = { { 0xd8553f, SKIN, 0x2f4a6e } };
static const struct wearer woman = { { 0xf0b740, SKIN, 0x3f5f86 } };
static const struct wearer chef = { { 0xf6f4f0, SKIN, 0x34363c } };

static struct ct_figure posed(const struct ct_object_builder *b, const struct wearer *who)
{
    static const struct ct_lumps standing = FIGURE_BODY(standing_rows, 88);
    static const struct ct_lumps astride = FIGURE_BODY(astride_rows, 88);
    return (struct ct_figure){ .body = b->object->astride ? astride : standing,
                               .color = { who->color[0], who->color[1], who->color[2] },
                               .fixed_marks = true };
}

static void add_face(struct ct_object_builder *b, const struct ct_figure *figure)
{
    ct_v3 shoe = b->object->astride ? v3(7.0f, 0.95f, 2.6f) : v3(2.1f, 0.95f, 0.9f);
    ct_figure_add_body(b, figure);
    ct_figure_add_eyes(b, figure, v3(1.9f, 23.2f, 5.2f), 0.66f);
    ct_figure_add_knob(b, figure, v3(0, 22.2f, 5.7f), v3(0.5f, 0.42f, 0.35f), 0xdb9c78);
    const ct_v3 smile[] = { { -1.2f, 21.2f, 5.4f }, { 0, 20.75f, 5.6f }, { 1.2f, 21.2f, 5.4f } };
    ct_figure_add_line(b, figure, smile, 3, 0.13f, 0x8a3a34);
    for (int side = -1; side <= 1; side += 2)
        ct_model_cushion(b, v3(shoe.x * (float)side, shoe.y, shoe.z), v3(1.8f, 0.95f, 2.8f), 0.7f,
                         v3(0, 0, 0), ct_figure_feature(b, 0x2b2523));
}

static void add_hair(struct ct_object_builder *b, const struct ct_lump *rows, int n, uint32_t color)
{
    const struct ct_lumps hair = { rows, n, 64 };
    ct_object_add_part(b, ct_shape_lumps(&hair), ct_figure_feature(b, color));
}

static const struct ct_lump short_hair[] = {
    FIGURE_BALL(0, 0, false, 0, 24.6f, -0.5f, 5.9f, 5.3f, 5.4f),
    { .kind = CT_LUMP_BLOCK, .use = CT_LUMP_CUT, .a = { 0, 19.6f, 3.4f }, .b = { 9, 5.6f, 4.4f },
      .r0 = 1.5f, .blend = 0.8f, .pitch = -0.16f },
    { .kind = CT_LUMP_BLOCK, .use = CT_LUMP_CUT, .a = { 0, 16.4f, 0 }, .b = { 9, 4.6f, 9 },
      .r0 = 1, .blend = 0.8f },
    FIGURE_TURNED(0, 0.8f, false, 1.5f, 28.6f, 3.6f, 3.4f, 1.5f, 1.9f, -0.3f, -0.2f),
};
static const struct ct_lump long_hair[] = {
    FIGURE_BALL(0, 0, false, 0, 24.6f, -0.5f, 6.0f, 5.4f, 5.5f),
    FIGURE_LIMB(0, 1.6f, true, 4.6f, 22.6f, -1.6f, 2.1f, 4.9f, 15.4f, -1.4f, 1.5f),
    FIGURE_LIMB(0, 1.6f, false, 0, 22.0f, -3.4f, 3.6f, 0, 15.0f, -3.0f, 2.2f),
    { .kind = CT_LUMP_BLOCK, .use = CT_LUMP_CUT, .a = { 0, 19.4f, 4.4f }, .b = { 4.3f, 7.0f, 4.6f },
      .r0 = 2.5f, .blend = 0.8f, .pitch = -0.12f },
};
#define HAIR(rows) rows, (int)(sizeof(rows) / sizeof(*(rows)))

#define PERSON_SHAPE(height)                                                                       \
    {                                                                                              \
        .min = { -7.4f, 0, -6.0f }, .max = { 7.4f, height, 6.1f }, .yaw = 0.3f,                    \
        .head = { 0, 29.2f, -0.2f }, .head_radius = 4.9f, .hips = 6.4f,                            \
    }
const struct ct_object_shape ct_object_person_shape = PERSON_SHAPE(30.0f);
const struct ct_object_shape ct_object_woman_shape = {
    .head = { 0, 29.3f, -0.2f },
    .head_radius = 4.9f,
    .hips = 6.4f,
    .min = { -7.4f, 0, -7.0f },
    .max = { 7.4f, 30.0f, 5.8f },
    .yaw = 0.3f,
};
const struct ct_object_shape ct_object_chef_shape = PERSON_SHAPE(35.4f);

void ct_object_person(struct ct_object_builder *b)
{
    const struct ct_figure figure = posed(b, &person);
    add_face(b, &figure);
    add_hair(b, HAIR(short_hair), 0x4a2f20);
}

void ct_object_woman(struct ct_object_builder *b)
{
    const struct ct_figure figure = posed(b, &woman);
    add_face(b, &figure);
    add_hair(b, HAIR(long_hair), 0x5a3420);
}

void ct_object_chef(struct ct_object_builder *b)
{
    static const struct ct_lump toque[] = {
        FIGURE_LIMB(0, 0, false, 0, 27.2f, -0.4f, 4.3f, 0, 29.6f, -0.4f, 4.3f),
        FIGURE_BALL(0, 0.8f, false, 0, 32.4f, -0.4f, 4.6f, 3.0f, 4.6f),
        FIGURE_BALL(0, 0.8f, true, 3.2f, 32.0f, 1.4f, 2.7f, 2.3f, 2.7f),
        FIGURE_BALL(0, 0.8f, true, 3.4f, 32.0f, -2.4f, 2.7f, 2.3f, 2.7f),
        FIGURE_BALL(0, 0.8f, false, 0, 32.2f, 3.4f, 2.7f, 2.3f, 2.4f),
        { .kind = CT_LUMP_BLOCK, .use = CT_LUMP_CUT, .a = { 0, 22.4f, 0 }, .b = { 9, 3.4f, 9 },
          .r0 = 0.5f, .blend = 0.3f },
    };
    const struct ct_figure figure = posed(b, &chef);
    add_face(b, &figure);
    add_hair(b, HAIR(short_hair), 0x3a2a20);
    add_hair(b, HAIR(toque), 0xf7f5f1);
    for (int i = 0; i < 3; i++)
        for (int side = -1; side <= 1; side += 2)
            ct_figure_add_knob(b, &figure, v3(1.1f * (float)side, 14.6f - 2.2f * (float)i, 3.4f),
                               v3(0.36f, 0.36f, 0.25f), 0x34363c);
    ct_model_ring(b, v3(0, 17.9f, 0), v3(0, 1, 0.1f), 2.5f, 0.75f, ct_figure_feature(b, 0xc9332c));
}

/* --- astronauts --- */

/* Paint 1: trim; 2: gloves and boots. */
#define ASTRONAUT_TRUNK                                                                            \
    FIGURE_LIMB(0, 0, false, 0, 9.8f, 0, 4.2f, 0, 14.8f, 0, 3.9f),                                 \
        FIGURE_BALL(0, 0.8f, false, 0, 23.4f, 0, 6.8f, 6.4f, 6.4f),                                \
        FIGURE_BALL(1, 0.2f, true, 6.8f, 23.2f, 0, 1.0f, 2.1f, 2.1f),                              \
        { .kind = CT_LUMP_BLOCK, .a = { 0, 14.2f, -4.9f }, .b = { 3.9f, 5.4f, 2.3f }, .r0 = 1.0f,  \
          .blend = 0.3f },                                                                         \
        FIGURE_MARK(1, false, 0, 17.9f, 0, 6, 0.6f, 6)

static const struct ct_lump astronaut_standing[] = {
    ASTRONAUT_TRUNK,
    FIGURE_LIMB(0, 0.7f, true, 2.3f, 8.6f, 0, 2.5f, 2.7f, 2.6f, 0.1f, 2.2f),
    FIGURE_BALL(2, 0.3f, true, 2.8f, 1.5f, 0.9f, 2.6f, 1.7f, 3.4f),
    FIGURE_LIMB(0, 0.8f, true, 3.8f, 15.6f, 0, 1.95f, 6.8f, 11.2f, 1.0f, 1.8f),
    FIGURE_BALL(2, 0.3f, true, 7.5f, 9.4f, 1.4f, 1.85f, 2.0f, 1.85f),
    FIGURE_MARK(1, true, 2.7f, 4.9f, 0, 3.2f, 0.45f, 3.2f),
    { .kind = CT_LUMP_BALL, .use = CT_LUMP_PAINT, .a = { 5.6f, 13.0f, 0.6f },
      .b = { 2.8f, 0.5f, 2.8f }, .roll = 0.6f, .paint = 1, .both = true },
};
static const struct ct_lump astronaut_astride[] = {
    ASTRONAUT_TRUNK,
    FIGURE_LIMB(0, 0.7f, true, 2.3f, 8.6f, 0.2f, 2.6f, 6.4f, 7.2f, 3.0f, 2.2f),
    FIGURE_LIMB(0, 0.5f, true, 6.4f, 7.2f, 3.0f, 2.2f, 7.5f, 2.8f, 2.0f, 2.0f),
    FIGURE_BALL(2, 0.3f, true, 7.7f, 1.6f, 2.6f, 2.2f, 1.7f, 3.2f),
    FIGURE_LIMB(0, 0.8f, true, 3.8f, 15.4f, 0, 1.95f, 5.0f, 12.0f, 4.8f, 1.7f),
    FIGURE_BALL(2, 0.3f, true, 4.8f, 11.4f, 6.4f, 1.8f, 1.8f, 1.9f),
    FIGURE_MARK(1, true, 7.2f, 4.5f, 2.2f, 3.0f, 0.45f, 3.0f),
};
static const struct ct_figure astronauts[2] = {
    { FIGURE_BODY(astronaut_standing, 92), { 0xf3f2ef, 0xe2692c, 0x8c929b }, true },
    { FIGURE_BODY(astronaut_astride, 92), { 0xf3f2ef, 0xe2692c, 0x8c929b }, true },
};

const struct ct_object_shape ct_object_astronaut_shape = {
    .min = { -9.4f, 0, -7.2f },
    .max = { 9.4f, 29.8f, 7.4f },
    .yaw = 0.4f,
    .hips = 6.0f,
};

void ct_object_astronaut(struct ct_object_builder *b)
{
    int visor = ct_figure_feature(b, 0x0b1220), dark = ct_figure_feature(b, 0x3a3f47);
    ct_figure_add_body(b, &astronauts[b->object->astride]);
    ct_model_cushion(b, v3(0, 23.4f, 3.2f), v3(5.2f, 4.3f, 4.0f), 0.85f, v3(0, 0, 0), dark);
    ct_model_cushion(b, v3(0, 23.4f, 3.6f), v3(4.8f, 3.9f, 3.8f), 0.85f, v3(0, 0, 0), visor);
    ct_model_box(b, v3(0, 13.4f, 3.9f), v3(2.3f, 1.7f, 0.7f), 0.4f, dark);
    ct_model_ball(b, v3(-1.2f, 13.8f, 4.6f), v3(0.45f, 0.45f, 0.3f),
                  ct_figure_feature(b, 0xd2342b));
    ct_model_ball(b, v3(0, 13.8f, 4.6f), v3(0.45f, 0.45f, 0.3f), ct_figure_feature(b, 0x3aa65a));
    ct_model_ball(b, v3(1.2f, 13.8f, 4.6f), v3(0.45f, 0.45f, 0.3f), ct_figure_feature(b, 0x2f6fc4));
    ct_model_box(b, v3(0, 12.7f, 4.5f), v3(1.7f, 0.3f, 0.2f), 0.1f, ct_figure_feature(b, 0xd8dbe0));
}
