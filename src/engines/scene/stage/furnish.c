/* Rooms as the subject: "a cosy living room with a sofa and a lamp".
 *
 * Called by compose.c in place of arranging. A room is a wall with places before it; every piece of
 * furniture has places it likes, the first free one is its. What the prompt names comes first, each
 * kind of room then brings what it cannot be without, until five pieces stand there. Small things
 * go on the table. Sizes here are those of real rooms, in cm; the wall is put behind the pieces by
 * the backdrop, the camera before them by framing. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/object.h"
#include "engines/scene/stage/stage.h"

#include <stddef.h>

#define PIECES 6 /* of furniture in a room nobody described further */

enum place {
    BACK,
    CORNER_LEFT,
    CORNER_RIGHT,
    SIDE_LEFT,
    SIDE_RIGHT,
    MIDDLE,
    UNDER,
    BEFORE_BACK, /* at a desk by the wall, seen from behind */
    TABLE_LEFT,  /* at the ends of a table in the middle */
    TABLE_RIGHT,
    N_PLACES,
    NOWHERE
};

static const struct {
    float x, z, yaw;
} places[N_PLACES] = {
    [BACK] = { 0, -62, 0 },
    [CORNER_LEFT] = { -185, -88, 0.3f },
    [CORNER_RIGHT] = { 168, -98, 0 },
    [SIDE_LEFT] = { -158, 30, 0.85f },
    [SIDE_RIGHT] = { 158, 26, -0.85f },
    [MIDDLE] = { 0, 62, 0 },
    [UNDER] = { 0, 34, 0 },
    [BEFORE_BACK] = { -12, -12, 2.75f },
    [TABLE_LEFT] = { -88, 58, 1.45f },
    [TABLE_RIGHT] = { 88, 64, -1.45f },
};

/* Where a piece likes to stand, and how large it is beside how it is built. */
static const struct piece {
    enum ct_object_id object;
    enum place likes[4];
    float scale;
} pieces[] = {
    { CT_OBJECT_sofa, { BACK, SIDE_LEFT, SIDE_RIGHT, NOWHERE }, 1 },
    { CT_OBJECT_bed, { BACK, NOWHERE }, 1 },
    { CT_OBJECT_television, { BACK, CORNER_RIGHT, NOWHERE }, 1 },
    { CT_OBJECT_armchair, { SIDE_LEFT, SIDE_RIGHT, CORNER_RIGHT, NOWHERE }, 1 },
    { CT_OBJECT_chair, { SIDE_RIGHT, SIDE_LEFT, CORNER_RIGHT, NOWHERE }, 1 },
    { CT_OBJECT_stool, { SIDE_RIGHT, SIDE_LEFT, NOWHERE }, 1 },
    { CT_OBJECT_bookshelf, { CORNER_RIGHT, CORNER_LEFT, BACK, NOWHERE }, 1.35f },
    { CT_OBJECT_floor_lamp, { CORNER_LEFT, CORNER_RIGHT, SIDE_LEFT, NOWHERE }, 1 },
    { CT_OBJECT_potted_plant, { CORNER_RIGHT, CORNER_LEFT, SIDE_RIGHT, NOWHERE }, 2.7f },
    { CT_OBJECT_cactus, { CORNER_RIGHT, CORNER_LEFT, SIDE_RIGHT, NOWHERE }, 3.0f },
    { CT_OBJECT_table, { MIDDLE, BACK, NOWHERE }, 0.62f },
    { CT_OBJECT_rug, { UNDER, NOWHERE }, 1 },
    { CT_OBJECT_kitchen_units, { BACK, NOWHERE }, 1 },
    { CT_OBJECT_refrigerator, { CORNER_RIGHT, CORNER_LEFT, BACK, NOWHERE }, 1 },
    { CT_OBJECT_fireplace, { CORNER_RIGHT, BACK, CORNER_LEFT, NOWHERE }, 1 },
    { CT_OBJECT_stove, { CORNER_LEFT, CORNER_RIGHT, BACK, NOWHERE }, 1 },
    { CT_OBJECT_bathtub, { BACK, NOWHERE }, 1 },
    { CT_OBJECT_washbasin, { CORNER_LEFT, CORNER_RIGHT, NOWHERE }, 1 },
    { CT_OBJECT_toilet, { CORNER_RIGHT, CORNER_LEFT, NOWHERE }, 1 },
    { CT_OBJECT_desk, { BACK, MIDDLE, NOWHERE }, 1.1f },
    { CT_OBJECT_office_chair, { BEFORE_BACK, MIDDLE, NOWHERE }, 0.95f },
    { CT_OBJECT_piano, { BACK, SIDE_LEFT, SIDE_RIGHT, NOWHERE }, 4.4f },
};

/* Where one eats, tables are to sit at, and chairs stand around them. */
static const struct piece dining[] = {
    { CT_OBJECT_table, { MIDDLE, NOWHERE }, 1 },
    { CT_OBJECT_chair, { TABLE_RIGHT, TABLE_LEFT, SIDE_RIGHT, NOWHERE }, 1 },
};

/* What rooms have when nothing else is said. */
static const enum ct_object_id living[] = { CT_OBJECT_rug,        CT_OBJECT_sofa,
                                            CT_OBJECT_floor_lamp, CT_OBJECT_table,
                                            CT_OBJECT_armchair,   CT_OBJECT_potted_plant,
                                            CT_OBJECT_bookshelf };
static const enum ct_object_id sleeping[] = { CT_OBJECT_rug, CT_OBJECT_bed, CT_OBJECT_floor_lamp,
                                              CT_OBJECT_potted_plant, CT_OBJECT_armchair };

static const enum ct_object_id cooking[] = { CT_OBJECT_kitchen_units, CT_OBJECT_refrigerator,
                                             CT_OBJECT_table, CT_OBJECT_chair,
                                             CT_OBJECT_chair, CT_OBJECT_potted_plant };
static const enum ct_object_id washing[] = { CT_OBJECT_rug, CT_OBJECT_bathtub, CT_OBJECT_washbasin,
                                             CT_OBJECT_toilet };
static const enum ct_object_id working[] = { CT_OBJECT_rug,          CT_OBJECT_desk,
                                             CT_OBJECT_office_chair, CT_OBJECT_bookshelf,
                                             CT_OBJECT_potted_plant, CT_OBJECT_armchair };

static const struct {
    enum ct_setting setting;
    const enum ct_object_id *usual;
    int n;
    enum ct_object_id on_table[3];
} rooms[] = {
#define USUAL(list) list, (int)(sizeof(list) / sizeof(*(list)))
    { CT_SETTING_room, USUAL(living), { CT_OBJECT_NONE } },
    { CT_SETTING_bedroom, USUAL(sleeping), { CT_OBJECT_NONE } },
    { CT_SETTING_kitchen, USUAL(cooking), { CT_OBJECT_vase, CT_OBJECT_NONE } },
    { CT_SETTING_bathroom, USUAL(washing), { CT_OBJECT_NONE } },
    { CT_SETTING_office,
      USUAL(working),
      { CT_OBJECT_laptop, CT_OBJECT_table_lamp, CT_OBJECT_mug } },
#undef USUAL
};

struct room {
    struct ct_scene3 *scene;
    bool taken[N_PLACES];
    bool dines;  /* has a table to sit at */
    int table;   /* index of the object small things go on; -1: none */
    int n_small; /* things on it */
};

static const struct piece *piece_of(const struct room *room, enum ct_object_id id)
{
    for (size_t i = 0; room->dines && i < sizeof(dining) / sizeof(*dining); i++)
        if (dining[i].object == id)
            return &dining[i];
    for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++)
        if (pieces[i].object == id)
            return &pieces[i];
    return NULL;
}

static struct ct_scene3_object *add(struct room *room, const struct ct_entity *entity, int index)
{
    struct ct_scene3 *scene = room->scene;
    if (scene->n_objects == CT_SCENE3_MAX_OBJECTS)
        return NULL;
    struct ct_scene3_object *o = &scene->objects[scene->n_objects++];
    *o =
        (struct ct_scene3_object){ .object = entity->object,
                                   .emoji = entity->emoji,
                                   .entity = index,
                                   .scale = ct_clampf(entity->size > 0 ? entity->size : 1, 0.5f, 2),
                                   .text = entity->text };
    ct_stage_choose_look(o, entity);
    return o;
}

/* False when none of its places is free. */
static bool put_piece(struct room *room, const struct piece *piece, const struct ct_entity *entity,
                      int index)
{
    enum place at = NOWHERE;
    for (int i = 0; i < 4 && piece->likes[i] != NOWHERE && at == NOWHERE; i++)
        if (!room->taken[piece->likes[i]])
            at = piece->likes[i];
    struct ct_scene3_object *o = at != NOWHERE ? add(room, entity, index) : NULL;
    if (!o)
        return false;
    const struct ct_object_shape *shape = ct_object_shape(o->object);
    room->taken[at] = true;
    o->scale *= piece->scale;
    o->yaw = places[at].yaw + ct_stage_vary(room->scene->seed, 40 + (uint32_t)at, 0.12f);
    o->position = v3(places[at].x, 0, places[at].z);
    if (at == BACK || at == CORNER_LEFT || at == CORNER_RIGHT) /* its back to the wall */
        o->position.z = -120 - shape->min.z * o->scale;
    if (piece->object == CT_OBJECT_table || piece->object == CT_OBJECT_desk)
        room->table = room->scene->n_objects - 1;
    return true;
}

/* Side by side on the table; without one, on the floor before everything. */
static void put_small(struct room *room, const struct ct_entity *entity, int index)
{
    struct ct_scene3_object *o = add(room, entity, index);
    if (!o)
        return;
    float k = (float)room->n_small++,
          aside = (room->n_small & 1 ? 1.0f : -1.0f) * 17 * (float)(room->n_small / 2);
    if (room->table >= 0) {
        const struct ct_scene3_object *table = &room->scene->objects[room->table];
        const struct ct_object_shape *shape = ct_object_shape(table->object);
        o->position = v3_add(table->position, v3(ct_clampf(aside, -34, 34),
                                                 shape->on_y * table->scale, k > 4 ? 8 : 0));
    } else {
        o->position = v3(95 + aside, 0, 118);
    }
}

static struct ct_entity plain(enum ct_object_id object)
{
    return (struct ct_entity){ .object = object,
                               .count = 1,
                               .size = 1,
                               .material = CT_MATERIAL_NONE,
                               .contents = CT_MATERIAL_NONE,
                               .part_material = CT_MATERIAL_NONE };
}

static int count_of(const struct ct_scene3 *scene, enum ct_object_id object)
{
    int n = 0;
    for (int k = 0; k < scene->n_objects; k++)
        n += scene->objects[k].object == object;
    return n;
}

/* A list may name a kind more than once: two chairs. */
static int wanted_by(const enum ct_object_id *list, int i)
{
    int n = 0;
    for (int k = 0; k <= i; k++)
        n += list[k] == list[i];
    return n;
}

void ct_stage_furnish(struct ct_scene3 *scene, const struct ct_intent *intent)
{
    struct room room = { .scene = scene, .table = -1 };
    int kind = 0;
    for (int i = 0; i < (int)(sizeof(rooms) / sizeof(*rooms)); i++)
        kind = rooms[i].setting == intent->setting ? i : kind;
    room.dines = intent->setting == CT_SETTING_kitchen;
    for (int i = 0; i < intent->n_entities; i++) {
        const struct piece *piece = piece_of(&room, intent->entities[i].object);
        for (int k = 0; piece && k < intent->entities[i].count; k++)
            put_piece(&room, piece, &intent->entities[i], i);
    }
    int wanted = intent->style == CT_LOOK_STYLE_minimalist ? PIECES - 2 : PIECES;
    for (int i = 0; i < rooms[kind].n && scene->n_objects < wanted; i++) {
        const struct ct_entity piece = plain(rooms[kind].usual[i]);
        if (count_of(scene, piece.object) < wanted_by(rooms[kind].usual, i))
            put_piece(&room, piece_of(&room, piece.object), &piece, -1);
    }
    for (int i = 0; i < intent->n_entities; i++)
        for (int k = 0; ct_object_info(intent->entities[i].object) &&
                        !piece_of(&room, intent->entities[i].object) &&
                        k < intent->entities[i].count;
             k++)
            put_small(&room, &intent->entities[i], i);
    for (int i = 0; i < 3 && rooms[kind].on_table[i] != CT_OBJECT_NONE && room.table >= 0; i++) {
        const struct ct_entity small = plain(rooms[kind].on_table[i]);
        if (count_of(scene, small.object) == 0 && room.n_small < 3)
            put_small(&room, &small, -1);
    }
}
