/* A cream jar: a heavy opal body and a brushed golden lid. */
#include "engines/scene/materials/material.h"
#include "engines/scene/objects/parts.h"

#define RADIUS 3.6f
#define LID_FROM 3.75f
#define HEIGHT 5.9f

const struct ct_object_shape ct_object_cosmetic_jar_shape = {
    .min = { -RADIUS, 0, -RADIUS },
    .max = { RADIUS, HEIGHT, RADIUS },
    .on_y = HEIGHT,
    .on_radius = 3.2f,
    .label = { CT_DECAL_ROUND, { 0, 2.3f, RADIUS }, 3.0f, 0.95f },
};

void ct_object_cosmetic_jar(struct ct_object_builder *b)
{
    static const struct ct_corner body[] = {
        { 0, 0.15f, 0 },           { 2.4f, 0.12f, 0.2f },        { 2.7f, 0, 0.15f },
        { 3.0f, 0, 0.3f },         { RADIUS, 0.75f, 0.9f },      { RADIUS, LID_FROM - 0.3f, 0.22f },
        { 3.2f, LID_FROM, 0.15f }, { 3.2f, LID_FROM + 0.1f, 0 }, { 0, LID_FROM + 0.1f, 0 },
    };
    static const struct ct_corner lid[] = {
        { 0, LID_FROM + 0.07f, 0 },
        { RADIUS - 0.05f, LID_FROM + 0.07f, 0.06f },
        { RADIUS - 0.05f, HEIGHT, 0.12f },
        { RADIUS - 0.35f, HEIGHT, 0.05f },
        { RADIUS - 0.42f, HEIGHT - 0.05f, 0.03f },
        { 0, HEIGHT - 0.05f, 0 },
    };
    struct ct_material gold;
    ct_material_make(
        &gold, &(struct ct_look){ .material = CT_MATERIAL_gold, .finish = CT_FINISH_BRUSHED });
    gold.surface.roughness = 0.26f;
    gold.scale = 55;
    ct_part_turned(b, body, 9, b->body);
    ct_part_turned(b, lid, 6, ct_world_add_material(b->world, &gold));
}
