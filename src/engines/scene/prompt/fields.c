/* An intent as JSON, kept beside a picture so that it can be edited later: what is to be drawn,
 * and none of the words it was asked with. Texts that are lettered stay, and so do what a page is
 * about and what it must not show, since pages are laid out from them; notes, nouns and the prompt
 * itself are left out. (`calotype explain` prints intents with all of that: print.c.) */
#include "engines/scene/prompt/reader.h"

#include "engines/scene/record.h"

#define TEXT_MAX 8192

static const char *row_name(const struct ct_table_row *row)
{
    return row ? row->id : NULL;
}

static const char *object_name(int id)
{
    const struct ct_object_row *row = ct_object_info((enum ct_object_id)id);
    return row ? row->row.id : NULL;
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

static const char *template_name(int id)
{
    return row_name(ct_template_info((enum ct_template_id)id));
}

static const char *finish_name(int id)
{
    return id >= 0 && id <= CT_FINISH_FROSTED ? ct_finish_name((enum ct_finish)id) : NULL;
}

static const char *style_name(int id)
{
    return id >= 0 ? ct_look_style_name((enum ct_look_style)id) : NULL;
}

static const char *pattern_name(int id)
{
    return id >= 0 ? ct_pattern_name((enum ct_pattern_kind)id) : NULL;
}

static const char *mood_name(int id)
{
    return id >= 0 ? ct_mood_name((enum ct_mood)id) : NULL;
}

static const char *setting_name(int id)
{
    return id >= 0 ? ct_setting_name((enum ct_setting)id) : NULL;
}

static const char *named(int id, const char *const *names, int n)
{
    return id >= 0 && id < n ? names[id] : NULL;
}
#define NAMED(id, names) named(id, names, (int)(sizeof(names) / sizeof(*(names))))

static const char *relation_name(int id)
{
    static const char *const names[] = { "on",       "in",     "under",       "left_of",
                                         "right_of", "behind", "in_front_of", "beside",
                                         "above",    "around", "between" };
    return NAMED(id, names);
}

static const char *arrangement_name(int id)
{
    return id >= 0 ? ct_arrangement_name((enum ct_arrangement)id) : NULL;
}

static const char *side_name(int id)
{
    static const char *const names[] = { NULL, "left", "right", "top", "bottom" };
    return NAMED(id, names);
}

static const char *kind_name(int id)
{
    static const char *const names[] = { "scene", "page" };
    return NAMED(id, names);
}

#define ENTITY(field) offsetof(struct ct_entity, field)
static const struct ct_field entity_fields[] = {
    { "object", CT_FIELD_NAME, ENTITY(object), .low = -1, .name_of = object_name },
    { "emoji", CT_FIELD_CSTRING, ENTITY(emoji), .high = 64 },
    { "count", CT_FIELD_INT, ENTITY(count), 1, CT_INTENT_COUNT },
    { "arrangement", CT_FIELD_NAME, ENTITY(arrangement), .name_of = arrangement_name },
    { "color", CT_FIELD_RGB, ENTITY(color), .optional = true, .flag = ENTITY(has_color) },
    { "material", CT_FIELD_NAME, ENTITY(material), .low = -1, .name_of = material_name },
    { "finish", CT_FIELD_NAME, ENTITY(finish), .name_of = finish_name },
    { "pattern", CT_FIELD_NAME, ENTITY(pattern), .name_of = pattern_name },
    { "pattern_color", CT_FIELD_RGB, ENTITY(pattern_color), .optional = true,
      .flag = ENTITY(has_pattern_color) },
    { "size", CT_FIELD_FLOAT, ENTITY(size), 0.01, 100 },
    { "contents", CT_FIELD_NAME, ENTITY(contents), .low = -1, .name_of = material_name },
    { "text", CT_FIELD_TEXT, ENTITY(text), .high = 1024 },
    { "part", CT_FIELD_TEXT, ENTITY(part), .high = 64 },
    { "part_color", CT_FIELD_RGB, ENTITY(part_color), .optional = true,
      .flag = ENTITY(has_part_color) },
    { "part_material", CT_FIELD_NAME, ENTITY(part_material), .low = -1, .name_of = material_name },
};
static const struct ct_record entity_record = { "entity", CT_FIELDS(entity_fields),
                                                sizeof(struct ct_entity) };

#define RELATION(field) offsetof(struct ct_relation, field)
static const struct ct_field relation_fields[] = {
    { "a", CT_FIELD_INT, RELATION(a), 0, CT_INTENT_ENTITIES - 1 },
    { "kind", CT_FIELD_NAME, RELATION(kind), .name_of = relation_name },
    { "b", CT_FIELD_INT, RELATION(b), 0, CT_INTENT_ENTITIES - 1 },
};
static const struct ct_record relation_record = { "relation", CT_FIELDS(relation_fields),
                                                  sizeof(struct ct_relation) };

static const struct ct_field node_fields[] = {
    { "label", CT_FIELD_TEXT, offsetof(struct ct_node, label), .high = TEXT_MAX },
    { "detail", CT_FIELD_TEXT, offsetof(struct ct_node, detail), .high = TEXT_MAX },
    { "group", CT_FIELD_TEXT, offsetof(struct ct_node, group), .high = TEXT_MAX },
};
static const struct ct_record node_record = { "node", CT_FIELDS(node_fields),
                                              sizeof(struct ct_node) };

#define EDGE(field) offsetof(struct ct_edge, field)
static const struct ct_field edge_fields[] = {
    { "from", CT_FIELD_INT, EDGE(from), 0, CT_INTENT_NODES - 1 },
    { "to", CT_FIELD_INT, EDGE(to), 0, CT_INTENT_NODES - 1 },
    { "label", CT_FIELD_TEXT, EDGE(label), .high = TEXT_MAX },
    { "dashed", CT_FIELD_BOOL, EDGE(dashed) },
    { "both_ways", CT_FIELD_BOOL, EDGE(both_ways) },
    { "many_from", CT_FIELD_BOOL, EDGE(many_from) },
    { "many_to", CT_FIELD_BOOL, EDGE(many_to) },
};
static const struct ct_record edge_record = { "edge", CT_FIELDS(edge_fields),
                                              sizeof(struct ct_edge) };

#define VALUE(field) offsetof(struct ct_value, field)
static const struct ct_field value_fields[] = {
    { "label", CT_FIELD_TEXT, VALUE(label), .high = TEXT_MAX },
    { "text", CT_FIELD_TEXT, VALUE(text), .high = TEXT_MAX },
    { "unit", CT_FIELD_TEXT, VALUE(unit), .high = 64 },
    { "number", CT_FIELD_DOUBLE, VALUE(number), -1e300, 1e300 },
    { "series", CT_FIELD_TEXT, VALUE(series), .high = TEXT_MAX },
    { "paired", CT_FIELD_BOOL, VALUE(paired) },
    { "x", CT_FIELD_DOUBLE, VALUE(x), -1e300, 1e300 },
};
static const struct ct_record value_record = { "value", CT_FIELDS(value_fields),
                                               sizeof(struct ct_value) };

static const struct ct_field text_field[] = { { NULL, CT_FIELD_TEXT, 0, .high = TEXT_MAX } };
static const struct ct_record text_record = { "text", CT_FIELDS(text_field),
                                              sizeof(struct ct_slice) };
static const struct ct_field color_field[] = { { NULL, CT_FIELD_RGB, 0 } };
static const struct ct_record color_record = { "colour", CT_FIELDS(color_field),
                                               sizeof(struct ct_rgb) };

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

static const char *topic_name(int id)
{
    return row_name(ct_topic_info((enum ct_topic)id));
}

static const char *art_name(int id)
{
    return row_name(ct_art_info((enum ct_art)id));
}

static const char *feel_name(int id)
{
    return row_name(ct_feel_info((enum ct_feel)id));
}

static const struct ct_field land_fields[] = {
    { "scenery", CT_FIELD_BITS, offsetof(struct ct_land, scenery), .name_of = scenery_name },
    { "hour", CT_FIELD_NAME, offsetof(struct ct_land, hour), .low = -1, .name_of = hour_name },
};
static const struct ct_record land_record = { "land", CT_FIELDS(land_fields),
                                              sizeof(struct ct_land) };

#define INTENT(field) offsetof(struct ct_intent, field)
#define LIST(list, most, of)                                                                       \
    { #list, CT_FIELD_LIST, INTENT(list), .high = (most), .record = &(of),                         \
      .count = INTENT(n_##list), .allocated = true }
static const struct ct_field intent_fields[] = {
    { "kind", CT_FIELD_NAME, INTENT(kind), .name_of = kind_name },
    LIST(entities, CT_INTENT_ENTITIES, entity_record),
    LIST(relations, CT_INTENT_RELATIONS, relation_record),
    { "backdrop", CT_FIELD_NAME, INTENT(backdrop), .low = -1, .name_of = backdrop_name },
    { "support", CT_FIELD_NAME, INTENT(support), .low = -1, .name_of = material_name },
    { "support_color", CT_FIELD_RGB, INTENT(support_color), .optional = true,
      .flag = INTENT(has_support_color) },
    { "support_pattern", CT_FIELD_NAME, INTENT(support_pattern), .name_of = pattern_name },
    { "support_finish", CT_FIELD_NAME, INTENT(support_finish), .name_of = finish_name },
    { "backdrop_color", CT_FIELD_RGB, INTENT(backdrop_color), .optional = true,
      .flag = INTENT(has_backdrop_color) },
    { "wall", CT_FIELD_NAME, INTENT(wall), .low = -1, .name_of = material_name },
    { "rig", CT_FIELD_NAME, INTENT(rig), .low = -1, .name_of = rig_name },
    { "camera", CT_FIELD_NAME, INTENT(camera), .low = -1, .name_of = camera_name },
    { "shallow_focus", CT_FIELD_BOOL, INTENT(shallow_focus) },
    { "title_room", CT_FIELD_BOOL, INTENT(title_room) },
    { "title_side", CT_FIELD_NAME, INTENT(title_side), .name_of = side_name },
    { "style", CT_FIELD_NAME, INTENT(style), .name_of = style_name },
    { "mood", CT_FIELD_NAME, INTENT(mood), .name_of = mood_name },
    { "interior", CT_FIELD_BOOL, INTENT(interior) },
    { "setting", CT_FIELD_NAME, INTENT(setting), .name_of = setting_name },
    { "land", CT_FIELD_RECORD, INTENT(land), .record = &land_record },
    { "aloft", CT_FIELD_BOOL, INTENT(aloft) },
    { "land_first", CT_FIELD_BOOL, INTENT(land_first) },
    { "template", CT_FIELD_NAME, INTENT(template_id), .low = -1, .name_of = template_name },
    { "title", CT_FIELD_TEXT, INTENT(title), .high = TEXT_MAX },
    { "subtitle", CT_FIELD_TEXT, INTENT(subtitle), .high = TEXT_MAX },
    { "first_title", CT_FIELD_TEXT, INTENT(first_title), .high = TEXT_MAX },
    LIST(texts, CT_INTENT_TEXTS, text_record),
    LIST(nodes, CT_INTENT_NODES, node_record),
    LIST(edges, CT_INTENT_EDGES, edge_record),
    LIST(values, CT_INTENT_VALUES, value_record),
    { "axis_x", CT_FIELD_TEXT, INTENT(axis_x), .high = TEXT_MAX },
    { "axis_y", CT_FIELD_TEXT, INTENT(axis_y), .high = TEXT_MAX },
    { "about", CT_FIELD_TEXT, INTENT(about), .high = TEXT_MAX },
    { "subject", CT_FIELD_TEXT, INTENT(subject), .high = TEXT_MAX },
    { "topic", CT_FIELD_NAME, INTENT(topic), .name_of = topic_name },
    { "art", CT_FIELD_NAME, INTENT(art), .name_of = art_name },
    { "feels", CT_FIELD_BITS, INTENT(feels), .name_of = feel_name },
    { "byline", CT_FIELD_TEXT, INTENT(byline), .high = TEXT_MAX },
    { "emblem", CT_FIELD_TEXT, INTENT(emblem), .high = 64 },
    { "emblem_color", CT_FIELD_RGB, INTENT(emblem_color), .optional = true,
      .flag = INTENT(has_emblem_color) },
    { "palette", CT_FIELD_LIST, INTENT(palette), .high = CT_INTENT_PALETTE,
      .record = &color_record, .count = INTENT(n_palette) },
    { "dark", CT_FIELD_BOOL, INTENT(dark) },
    LIST(exclusions, CT_INTENT_EXCLUSIONS, text_record),
};
static const struct ct_record intent_record = { "intent", CT_FIELDS(intent_fields),
                                                sizeof(struct ct_intent) };

void ct_intent_write(struct ct_buf *b, const struct ct_intent *intent)
{
    ct_record_write(b, &intent_record, intent);
}

/* --- the choices about the whole picture --- */

/* Not a choice: what is drawn and lettered, and what a page is. */
static bool is_choice(const struct ct_field *f)
{
    static const char *const others[] = { "kind",    "template", "title", "subtitle",
                                         "first_title", "about",  "subject", "topic",
                                         "byline",  "emblem",   "axis_x", "axis_y" };
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        if (strcmp(f->name, others[i]) == 0)
            return false;
    return !f->allocated;
}

static const struct ct_field *choice(int index)
{
    for (int i = 0; i < intent_record.n_fields; i++)
        if (is_choice(&intent_fields[i]) && index-- == 0)
            return &intent_fields[i];
    return NULL;
}

static size_t size_of(const struct ct_field *f)
{
    switch (f->kind) {
    case CT_FIELD_BOOL:
        return sizeof(bool);
    case CT_FIELD_RGB:
        return sizeof(struct ct_rgb);
    case CT_FIELD_DOUBLE:
        return sizeof(double);
    case CT_FIELD_BITS:
        return sizeof(uint64_t);
    case CT_FIELD_TEXT:
        return sizeof(struct ct_slice);
    case CT_FIELD_CSTRING:
        return sizeof(char *);
    case CT_FIELD_LIST:
        return (size_t)f->high * f->record->size;
    case CT_FIELD_RECORD:
        return f->record->size;
    default:
        return sizeof(int);
    }
}

const char *ct_intent_choice_name(int index)
{
    const struct ct_field *f = choice(index);
    return f ? f->name : NULL;
}

bool ct_intent_has_choice(const struct ct_intent *intent, int index)
{
    const struct ct_field *f = choice(index);
    const char *at = (const char *)intent;
    int none = f->kind == CT_FIELD_NAME ? (int)f->low : 0, n;
    if (f->optional)
        return *(const bool *)(at + f->flag);
    if (f->kind == CT_FIELD_LIST) {
        memcpy(&n, at + f->count, sizeof(n));
        return n > 0;
    }
    if (f->kind == CT_FIELD_NAME)
        return memcmp(at + f->offset, &none, sizeof(none)) != 0;
    for (size_t i = 0; i < size_of(f); i++)
        if (at[f->offset + i])
            return true;
    return false;
}

void ct_intent_copy_choice(struct ct_intent *to, const struct ct_intent *from, int index)
{
    const struct ct_field *f = choice(index);
    char *out = (char *)to;
    const char *in = (const char *)from;
    memcpy(out + f->offset, in + f->offset, size_of(f));
    if (f->optional)
        memcpy(out + f->flag, in + f->flag, sizeof(bool));
    if (f->kind == CT_FIELD_LIST)
        memcpy(out + f->count, in + f->count, sizeof(int));
}

void ct_intent_clear_choices(struct ct_intent *intent)
{
    const struct ct_field *f;
    for (int i = 0; (f = choice(i)); i++) {
        char *at = (char *)intent;
        int none = f->kind == CT_FIELD_NAME ? (int)f->low : 0;
        memset(at + f->offset, 0, size_of(f));
        if (f->kind == CT_FIELD_NAME)
            memcpy(at + f->offset, &none, sizeof(none));
        if (f->optional)
            memset(at + f->flag, 0, sizeof(bool));
        if (f->kind == CT_FIELD_LIST)
            memset(at + f->count, 0, sizeof(int));
    }
}

void ct_intent_put_choice(struct ct_buf *b, const struct ct_intent *intent, int index)
{
    const struct ct_record one = { "choice", choice(index), 1, sizeof(*intent) };
    ct_record_write(b, &one, intent);
}

static bool refers_to_what_is_there(const struct ct_intent *intent)
{
    for (int i = 0; i < intent->n_relations; i++)
        if (intent->relations[i].a >= intent->n_entities ||
            intent->relations[i].b >= intent->n_entities)
            return false;
    for (int i = 0; i < intent->n_edges; i++)
        if (intent->edges[i].from >= intent->n_nodes || intent->edges[i].to >= intent->n_nodes)
            return false;
    return true;
}

ct_code ct_intent_restore(struct ct_intent **out, struct ct_arena *arena,
                          const struct ct_json *json, struct ct_err *err)
{
    struct ct_intent *intent = ct_arena_alloc(arena, sizeof(*intent));
    *out = NULL;
    if (!intent)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading a scene.");
    CT_TRY(ct_record_read(intent, arena, &intent_record, json, err));
    for (int i = 0; i < intent->n_entities; i++) {
        struct ct_entity *e = &intent->entities[i];
        if (e->count < 1 || !(e->size > 0) ||
            (e->object == CT_OBJECT_relief) != (e->emoji != NULL))
            return ct_fail(err, CT_E_JSON, NULL, "Entity %d of the scene is incomplete.", i);
    }
    if (!refers_to_what_is_there(intent) ||
        (intent->kind == CT_INTENT_PAGE && intent->template_id == CT_TEMPLATE_NONE))
        return ct_fail(err, CT_E_JSON, NULL, "The scene is incomplete.");
    *out = intent;
    return CT_OK;
}
