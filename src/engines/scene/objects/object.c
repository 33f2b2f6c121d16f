/* The builder: places the parts of one object, and shares media and materials with the world.
 *
 * Called by stage/build.c, once for each object of a scene, on the thread that builds the world.
 * Nothing here returns an error: an allocation that fails marks the world, which is checked once.
 */
#include "engines/scene/objects/object.h"

#include "engines/scene/geometry/shape.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/materials/pattern.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#include <stddef.h>
#include <string.h>

static const struct {
    ct_object_fn build;
    const struct ct_object_shape *shape;
} generators[] = {
#define CT_OBJECT(id, words, height_cm, material, category)                                        \
    { ct_object_##id, &ct_object_##id##_shape },
#include "engines/scene/objects/objects.def"
#undef CT_OBJECT
};

const struct ct_object_shape *ct_object_shape(enum ct_object_id id)
{
    return id >= 0 && id < CT_OBJECT_COUNT ? generators[id].shape : NULL;
}

int ct_object_find_part(enum ct_object_id id, struct ct_slice name)
{
    const struct ct_object_shape *shape = ct_object_shape(id);
    struct ct_slice part, word, rest = ct_slice(shape && shape->parts ? shape->parts : "");
    for (int k = 0; rest.len > 0; k++) {
        ct_slice_cut(rest, ';', &part, &rest);
        while (part.len > 0) {
            ct_slice_cut(part, '|', &word, &part);
            if (ct_slice_ieq(word, name))
                return k;
        }
    }
    return -1;
}

bool ct_object_has_part(enum ct_object_id id, struct ct_slice name)
{
    return ct_object_find_part(id, name) >= 0;
}

bool ct_object_takes_lettering(enum ct_object_id id)
{
    const struct ct_object_shape *shape = ct_object_shape(id);
    return shape && shape->label.face != CT_DECAL_NONE;
}

/* Of these a second colour is a decoration; a striped cat or apple is another animal or sort. */
bool ct_object_takes_pattern(enum ct_object_id id)
{
    static const char *const categories[] = { "kitchenware", "bottles",   "cosmetics",  "decor",
                                              "furniture",   "boxes",     "clothing",   "toys",
                                              "shapes",      "stationery", "drinks" };
    const struct ct_object_row *row = ct_object_info(id);
    for (size_t i = 0; row && i < sizeof(categories) / sizeof(*categories); i++)
        if (strcmp(row->category, categories[i]) == 0)
            return true;
    return id == CT_OBJECT_egg;
}

static enum ct_pattern_form pattern_form(enum ct_object_id id)
{
    static const char *const turned[] = { "kitchenware", "bottles", "cosmetics", "drinks" };
    switch ((int)id) {
    case CT_OBJECT_sphere:
    case CT_OBJECT_balloon:
    case CT_OBJECT_egg:
        return CT_PATTERN_BALL;
    case CT_OBJECT_umbrella:
    case CT_OBJECT_plate:
        return CT_PATTERN_CANOPY;
    case CT_OBJECT_vase:
    case CT_OBJECT_candle:
    case CT_OBJECT_hat:
        return CT_PATTERN_ROUND;
    default:
        break;
    }
    for (size_t i = 0; i < sizeof(turned) / sizeof(*turned); i++)
        if (strcmp(ct_object_info(id)->category, turned[i]) == 0)
            return CT_PATTERN_ROUND;
    return CT_PATTERN_SIDES;
}

void ct_object_lay_pattern(struct ct_object_builder *b, struct ct_material *m)
{
    const struct ct_look *look = &b->object->look;
    const struct ct_object_shape *shape = ct_object_shape(b->object->object);
    if (look->pattern == CT_PATTERN_NONE)
        return;
    float wide = shape->max.x - shape->min.x, deep = shape->max.z - shape->min.z;
    struct ct_pattern pattern = {
        .kind = (int)look->pattern,
        .form = pattern_form(b->object->object),
        .color = look->pattern_color,
        .radius = ct_minf(wide, deep) / 2, /* without a handle */
        .height = shape->max.y,
    };
    bool turned = pattern.form == CT_PATTERN_ROUND || pattern.form == CT_PATTERN_BALL;
    pattern.size = turned ? 0.21f * ct_minf(pattern.height, 2 * deep)
                          : 0.12f * ct_maxf(wide, pattern.height);
    ct_sincosf(b->object->yaw, &pattern.turned_sin, &pattern.turned_cos);
    struct ct_material dyed;
    ct_material_make(&dyed, &(struct ct_look){ .material = CT_MATERIAL_matte,
                                               .color = look->pattern_color,
                                               .has_color = true });
    pattern.color = dyed.surface.base_color; /* as a pigment */
    ct_material_lay_pattern(m, &pattern, look->has_pattern_color);
}

void ct_object_build(struct ct_world *world, const struct ct_scene3 *scene, int index)
{
    const struct ct_scene3_object *object = &scene->objects[index];
    if (object->object < 0 || object->object >= CT_OBJECT_COUNT)
        return;
    struct ct_object_builder b = {
        .world = world,
        .object = object,
        .object_index = index,
        .seed = ct_hash32_combine(scene->seed, (uint32_t)index + 1),
        .camera_azimuth = ct_atan2f(scene->camera.eye.x - scene->camera.target.x,
                                    scene->camera.eye.z - scene->camera.target.z),
    };
    struct ct_material body;
    ct_material_make(&body, &object->look);
    body.param[3] = 41.0f * (float)index;
    ct_object_lay_pattern(&b, &body);
    b.body = ct_world_add_material(world, &body);
    ct_matrix_place(b.transform, object->position, object->yaw, object->scale);
    ct_matrix_invert_place(b.to_local, object->position, object->yaw, object->scale);
    generators[object->object].build(&b);
    if (ct_object_is_glass(&b, b.body))
        ct_object_add_label(&b);
    else
        ct_object_letter(&b, b.body);
}

/* out = a b, both rows of 3x4 matrices. */
static void compose(float out[12], const float a[12], const float b[12])
{
    for (int row = 0; row < 3; row++)
        for (int column = 0; column < 4; column++)
            out[4 * row + column] = a[4 * row] * b[column] + a[4 * row + 1] * b[4 + column] +
                                    a[4 * row + 2] * b[8 + column] +
                                    (column == 3 ? a[4 * row + 3] : 0);
}

static void build_part(struct ct_object_builder *b, const struct ct_scene3_object *other)
{
    struct ct_object_builder own = *b;
    struct ct_material body;
    float place[12];
    if (other->object < 0 || other->object >= CT_OBJECT_COUNT)
        return;
    own.object = other;
    own.seed =
        ct_hash32_combine(b->seed, (uint32_t)(int32_t)(16 * (other->position.x + other->yaw)));
    ct_material_make(&body, &other->look);
    body.param[3] = 41.0f * other->position.x + other->position.z;
    own.body = ct_world_add_material(b->world, &body);
    ct_matrix_place(place, other->position, other->yaw, other->scale);
    compose(own.transform, b->transform, place);
    ct_matrix_invert_place(place, other->position, other->yaw, other->scale);
    compose(own.to_local, place, b->to_local);
    generators[other->object].build(&own);
}

void ct_object_build_other(struct ct_object_builder *b, enum ct_object_id id, ct_v3 at, float yaw,
                           float scale, const ct_v3 *color)
{
    build_part(b, &(struct ct_scene3_object){
                      .object = id,
                      .entity = b->object->entity,
                      .position = at,
                      .yaw = yaw,
                      .scale = scale,
                      .look = { .material = ct_object_info(id)->material,
                                .has_color = color != NULL,
                                .color = color ? *color : v3(0, 0, 0) },
                      .contents = CT_MATERIAL_NONE,
                  });
}

void ct_object_build_glass(struct ct_object_builder *b, enum ct_object_id id,
                           enum ct_material_id contents)
{
    build_part(b, &(struct ct_scene3_object){ .object = id,
                                              .entity = b->object->entity,
                                              .scale = 1,
                                              .look = { .material = CT_MATERIAL_glass },
                                              .contents = contents });
}

void ct_object_add(struct ct_object_builder *b, struct ct_mesh *mesh, int material,
                   int medium_inside, int medium_outside)
{
    if (mesh) {
        mesh->material = material < 0 ? 0 : material;
        mesh->medium_inside = medium_inside;
        mesh->medium_outside = medium_outside;
        ct_mesh_transform(mesh, b->transform);
    }
    ct_world_add_mesh(b->world, mesh, b->object_index, b->to_local);
}

void ct_object_add_part(struct ct_object_builder *b, struct ct_mesh *mesh, int material)
{
    bool diamond = material == b->body && b->object->look.material == CT_MATERIAL_diamond;
    int inside = ct_object_is_glass(b, material)
                     ? ct_object_medium(b, diamond ? CT_MATERIAL_diamond : CT_MATERIAL_glass)
                     : 0;
    ct_object_add(b, mesh, material, inside, 0);
}

int ct_object_part(struct ct_object_builder *b, enum ct_material_id material)
{
    struct ct_material m;
    ct_material_make(&m, &(struct ct_look){ .material = material });
    return ct_world_add_material(b->world, &m);
}

int ct_object_accent(struct ct_object_builder *b, int usual)
{
    return ct_object_accent_of(b, 0, usual);
}

int ct_object_accent_of(struct ct_object_builder *b, int part, int usual)
{
    struct ct_material m;
    if (!b->object->has_part || b->object->part_index != part || usual < 0)
        return usual;
    struct ct_look look = b->object->part;
    if (look.material == CT_MATERIAL_NONE) {
        /* Only a colour is said. Paint on metal hides it; other stuffs are dyed. */
        bool metal = b->world->materials[usual].surface.metallic > 0;
        look.material = metal ? CT_MATERIAL_powder_coat : CT_MATERIAL_plastic;
        if (usual == b->body)
            look.material = b->object->look.material;
    }
    ct_material_make(&m, &look);
    return ct_world_add_material(b->world, &m);
}

int ct_object_part_colored(struct ct_object_builder *b, enum ct_material_id material, ct_v3 color)
{
    struct ct_material m;
    ct_material_make(&m,
                     &(struct ct_look){ .material = material, .color = color, .has_color = true });
    return ct_world_add_material(b->world, &m);
}

bool ct_object_is_glass(const struct ct_object_builder *b, int material)
{
    return material >= 0 && material < b->world->n_materials && b->world->materials[material].glass;
}

int ct_object_medium_of(struct ct_object_builder *b, const struct ct_medium *medium)
{
    for (int i = 0; i < b->world->n_media; i++) {
        const struct ct_medium *known = &b->world->media[i];
        if (known->ior == medium->ior && known->absorption.x == medium->absorption.x &&
            known->absorption.y == medium->absorption.y &&
            known->absorption.z == medium->absorption.z)
            return i;
    }
    /* More liquids than the world has room for are rare enough to look like the first one. */
    if (b->world->n_media == (int)(sizeof(b->world->media) / sizeof(*b->world->media)))
        return 1;
    int index = ct_world_add_medium(b->world, medium->ior, medium->absorption);
    return index < 0 ? 0 : index;
}

int ct_object_medium(struct ct_object_builder *b, enum ct_material_id material)
{
    struct ct_medium medium;
    return ct_material_medium(&medium, material) ? ct_object_medium_of(b, &medium) : 0;
}

void ct_object_lamp(struct ct_object_builder *b, ct_v3 center, float half, ct_v3 radiance)
{
    const int spare = 8; /* the rig's lights come after the objects': leave room for them */
    if (b->world->n_lights >= (int)(sizeof(b->world->lights) / sizeof(*b->world->lights)) - spare)
        return;
    float size = half * b->object->scale;
    ct_world_add_light(b->world, &(struct ct_light){
                                     .center = ct_matrix_point(b->transform, center),
                                     .half_u = { size, 0, 0 },
                                     .half_v = { 0, 0, size },
                                     .radiance = radiance,
                                     .shape = CT_LIGHT_UNIFORM,
                                 });
}
