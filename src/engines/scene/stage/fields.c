/* The scene as JSON: kept beside the picture for edits, shown by `calotype explain`, compared in
 * tests. Lengths in cm, angles in radians, colours linear.
 *
 * One table a struct serves both ways (record.h). A new field of struct ct_scene3 that changes
 * pixels gets a row here: without it a scene read back differs from the one that was written,
 * which tests/unit/engines/test_edit_record.c looks for. */
#include "engines/scene/record.h"
#include "engines/scene/stage/scene3.h"

#include "engines/scene/prompt/reader.h"

#define FAR_CM 1e6 /* nothing of a scene lies farther away */
#define BRIGHT 1e4 /* linear; colours themselves end at 1, lights do not */
#define TEXT_MAX 1024
#define EMOJI_MAX 64

static const char *object_name(int id)
{
    const struct ct_object_row *row = ct_object_info((enum ct_object_id)id);
    return row ? row->row.id : NULL;
}

static const char *row_name(const struct ct_table_row *row)
{
    return row ? row->id : NULL;
}

static const char *material_name(int id)
{
    return row_name(ct_material_info((enum ct_material_id)id));
}

static const char *backdrop_name(int id)
{
    return row_name(ct_backdrop_info((enum ct_backdrop_id)id));
}

static const char *rig_name(int id)
{
    return row_name(ct_rig_info((enum ct_rig_id)id));
}

static const char *camera_name(int id)
{
    return row_name(ct_camera_info((enum ct_camera_id)id));
}

static const char *finish_name(int id)
{
    return id >= 0 && id <= CT_FINISH_FROSTED ? ct_finish_name((enum ct_finish)id) : NULL;
}

static const char *pattern_name(int id)
{
    return id >= 0 ? ct_pattern_name((enum ct_pattern_kind)id) : NULL;
}

static const char *tone_name(int id)
{
    return id == CT_TONE_CURVE_ACES ? "aces" : id == CT_TONE_CURVE_NEUTRAL ? "neutral" : NULL;
}

#define LOOK(field) offsetof(struct ct_look, field)
static const struct ct_field look_fields[] = {
    { "material", CT_FIELD_NAME, LOOK(material), .low = -1, .name_of = material_name },
    { "color", CT_FIELD_V3, LOOK(color), 0, BRIGHT, .optional = true, .flag = LOOK(has_color) },
    { "finish", CT_FIELD_NAME, LOOK(finish), .name_of = finish_name },
    { "pattern", CT_FIELD_NAME, LOOK(pattern), .name_of = pattern_name },
    { "pattern_color", CT_FIELD_V3, LOOK(pattern_color), 0, BRIGHT, .optional = true,
      .flag = LOOK(has_pattern_color) },
};
static const struct ct_record look_record = { "look", CT_FIELDS(look_fields),
                                              sizeof(struct ct_look) };

#define OBJECT(field) offsetof(struct ct_scene3_object, field)
static const struct ct_field object_fields[] = {
    { "object", CT_FIELD_NAME, OBJECT(object), .low = -1, .name_of = object_name },
    { "emoji", CT_FIELD_CSTRING, OBJECT(emoji), .high = EMOJI_MAX },
    { "entity", CT_FIELD_INT, OBJECT(entity), -1, CT_INTENT_ENTITIES - 1 },
    { "position", CT_FIELD_V3, OBJECT(position), -FAR_CM, FAR_CM },
    { "yaw", CT_FIELD_FLOAT, OBJECT(yaw), -1000, 1000 },
    { "scale", CT_FIELD_FLOAT, OBJECT(scale), 0.01, 100 },
    { "look", CT_FIELD_RECORD, OBJECT(look), .record = &look_record },
    { "contents", CT_FIELD_NAME, OBJECT(contents), .low = -1, .name_of = material_name },
    { "held", CT_FIELD_BOOL, OBJECT(held) },
    { "astride", CT_FIELD_BOOL, OBJECT(astride) },
    { "part", CT_FIELD_RECORD, OBJECT(part), .record = &look_record, .optional = true,
      .flag = OBJECT(has_part) },
    { "part_index", CT_FIELD_INT, OBJECT(part_index), 0, 15 },
    { "text", CT_FIELD_TEXT, OBJECT(text), .high = TEXT_MAX },
};
static const struct ct_record object_record = { "object", CT_FIELDS(object_fields),
                                                sizeof(struct ct_scene3_object) };

#define CAMERA(field) offsetof(struct ct_camera, field)
static const struct ct_field camera_fields[] = {
    { "eye", CT_FIELD_V3, CAMERA(eye), -FAR_CM, FAR_CM },
    { "target", CT_FIELD_V3, CAMERA(target), -FAR_CM, FAR_CM },
    { "fov_deg", CT_FIELD_FLOAT, CAMERA(fov_deg), 0.1, 170 },
    { "aperture_cm", CT_FIELD_FLOAT, CAMERA(aperture_cm), 0, FAR_CM },
    { "focus_cm", CT_FIELD_FLOAT, CAMERA(focus_cm), 0, FAR_CM },
    { "shift_x", CT_FIELD_FLOAT, CAMERA(shift_x), -10, 10 },
    { "shift_y", CT_FIELD_FLOAT, CAMERA(shift_y), -10, 10 },
    { "orthographic", CT_FIELD_BOOL, CAMERA(orthographic) },
};
static const struct ct_record camera_record = { "camera", CT_FIELDS(camera_fields),
                                                sizeof(struct ct_camera) };

#define POST(field) offsetof(struct ct_post, field)
static const struct ct_field post_fields[] = {
    { "exposure", CT_FIELD_FLOAT, POST(exposure), 0, 1000 },
    { "tone", CT_FIELD_NAME, POST(tone), .name_of = tone_name },
    { "vignette", CT_FIELD_FLOAT, POST(vignette), 0, 2 },
    { "bloom", CT_FIELD_FLOAT, POST(bloom), 0, 10 },
    { "saturation", CT_FIELD_FLOAT, POST(saturation), -1, 1 },
};
static const struct ct_record post_record = { "post", CT_FIELDS(post_fields),
                                              sizeof(struct ct_post) };

static const char *scenery_name(int id)
{
    const struct ct_table_row *row = ct_scenery_info((enum ct_scenery)id);
    return row ? row->id : NULL;
}

static const char *hour_name(int id)
{
    const struct ct_table_row *row = ct_hour_info((enum ct_hour)id);
    return row ? row->id : NULL;
}

static const struct ct_field land_fields[] = {
    { "scenery", CT_FIELD_BITS, offsetof(struct ct_land, scenery), .name_of = scenery_name },
    { "hour", CT_FIELD_NAME, offsetof(struct ct_land, hour), .low = -1, .name_of = hour_name },
};
static const struct ct_record land_record = { "land", CT_FIELDS(land_fields),
                                              sizeof(struct ct_land) };

#define SCENE(field) offsetof(struct ct_scene3, field)
static const struct ct_field scene_fields[] = {
    { "objects", CT_FIELD_LIST, SCENE(objects), .high = CT_SCENE3_MAX_OBJECTS,
      .record = &object_record, .count = SCENE(n_objects) },
    { "backdrop", CT_FIELD_NAME, SCENE(backdrop), .low = -1, .name_of = backdrop_name },
    { "land", CT_FIELD_RECORD, SCENE(land), .record = &land_record },
    { "support", CT_FIELD_RECORD, SCENE(support), .record = &look_record },
    { "wall", CT_FIELD_RECORD, SCENE(wall), .record = &look_record },
    { "backdrop_color", CT_FIELD_V3, SCENE(backdrop_color), 0, BRIGHT },
    { "rig", CT_FIELD_NAME, SCENE(rig), .low = -1, .name_of = rig_name },
    { "light_side", CT_FIELD_FLOAT, SCENE(light_side), -1, 1 },
    { "view", CT_FIELD_NAME, SCENE(camera_id), .low = -1, .name_of = camera_name },
    { "camera", CT_FIELD_RECORD, SCENE(camera), .record = &camera_record },
    { "aspect", CT_FIELD_FLOAT, SCENE(aspect), 0.2, 5 },
    { "post", CT_FIELD_RECORD, SCENE(post), .record = &post_record },
    { "middle", CT_FIELD_V3, SCENE(middle), -FAR_CM, FAR_CM },
    { "middle_radius", CT_FIELD_FLOAT, SCENE(middle_radius), 0, FAR_CM },
    { "interior", CT_FIELD_BOOL, SCENE(interior) },
    { "transparent", CT_FIELD_BOOL, SCENE(transparent) },
    { "seed", CT_FIELD_UINT32, SCENE(seed) },
    { "variant", CT_FIELD_UINT32, SCENE(variant) },
};
static const struct ct_record scene_record = { "scene", CT_FIELDS(scene_fields),
                                               sizeof(struct ct_scene3) };

void ct_scene3_print(struct ct_buf *b, const struct ct_scene3 *scene)
{
    ct_record_write(b, &scene_record, scene);
}

static ct_code check(const struct ct_scene3 *scene, struct ct_err *err)
{
    for (int i = 0; i < scene->n_objects; i++) {
        const struct ct_scene3_object *o = &scene->objects[i];
        if (o->object == CT_OBJECT_NONE || o->scale == 0 ||
            (o->object == CT_OBJECT_relief) != (o->emoji != NULL))
            return ct_fail(err, CT_E_JSON, NULL, "Object %d of the scene is incomplete.", i);
    }
    ct_v3 view = v3_sub(scene->camera.eye, scene->camera.target);
    if (scene->backdrop == CT_BACKDROP_NONE || scene->rig == CT_RIG_NONE ||
        scene->camera_id == CT_CAMERA_NONE || scene->support.material == CT_MATERIAL_NONE ||
        scene->aspect == 0 || scene->camera.fov_deg == 0 || v3_dot(view, view) < 1e-6f)
        return ct_fail(err, CT_E_JSON, NULL, "The scene is incomplete.");
    return CT_OK;
}

ct_code ct_scene3_read(struct ct_scene3 **out, struct ct_arena *arena, const struct ct_json *json,
                       struct ct_err *err)
{
    struct ct_scene3 *scene = ct_arena_alloc(arena, sizeof(*scene));
    *out = NULL;
    if (!scene)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading a scene.");
    CT_TRY(ct_record_read(scene, arena, &scene_record, json, err));
    CT_TRY(check(scene, err));
    *out = scene;
    return CT_OK;
}
