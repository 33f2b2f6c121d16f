/* `calotype explain`: an intent as indented text, or as JSON with keys in a fixed order. */
#include "engines/scene/prompt/intent.h"

#include "base/json.h"

static const char *const relation_names[] = { "on",       "in",     "under",       "left of",
                                              "right of", "behind", "in front of", "beside",
                                              "above",    "around", "between" };
static const char *const finish_names[] = { NULL,      "matte",    "satin",  "glossy",
                                            "brushed", "polished", "frosted" };
static const char *const side_names[] = { NULL, "left", "right", "top", "bottom" };

static const char *row_id(const struct ct_table_row *row)
{
    return row ? row->id : NULL;
}

static const char *object_id(enum ct_object_id id)
{
    const struct ct_object_row *row = ct_object_info(id);
    return row ? row->row.id : NULL;
}

/* ---- JSON */

static void put_name(struct ct_buf *b, const char *key, const char *name)
{
    ct_json_put_key(b, key);
    ct_json_put_cstring(b, name);
}

static void put_text(struct ct_buf *b, const char *key, struct ct_slice text)
{
    ct_json_put_key(b, key);
    if (text.ptr)
        ct_json_put_string(b, text);
    else
        ct_buf_puts(b, "null");
}

static void put_int(struct ct_buf *b, const char *key, int value)
{
    ct_json_put_key(b, key);
    ct_buf_puti(b, value);
}

static void put_bool(struct ct_buf *b, const char *key, bool value)
{
    ct_json_put_key(b, key);
    ct_buf_puts(b, value ? "true" : "false");
}

static void put_color(struct ct_buf *b, bool has, struct ct_rgb c)
{
    if (has)
        ct_buf_printf(b, "\"#%02x%02x%02x\"", c.r, c.g, c.b);
    else
        ct_buf_puts(b, "null");
}

static void put_color_key(struct ct_buf *b, const char *key, bool has, struct ct_rgb c)
{
    ct_json_put_key(b, key);
    put_color(b, has, c);
}

static void begin_list(struct ct_buf *b, const char *key)
{
    ct_json_put_key(b, key);
    ct_buf_putc(b, '[');
}

static void put_entity(struct ct_buf *b, const struct ct_entity *e)
{
    ct_buf_putc(b, '{');
    put_text(b, "words", e->words);
    put_text(b, "noun", e->noun);
    put_name(b, "object", object_id(e->object));
    put_int(b, "count", e->count);
    put_name(b, "arrangement", ct_arrangement_name(e->arrangement));
    put_color_key(b, "color", e->has_color, e->color);
    put_name(b, "material", row_id(ct_material_info(e->material)));
    put_name(b, "finish", finish_names[e->finish]);
    put_name(b, "pattern", ct_pattern_name(e->pattern));
    put_color_key(b, "pattern_color", e->has_pattern_color, e->pattern_color);
    put_int(b, "size_percent", (int)(e->size * 100 + 0.5f));
    put_name(b, "contents", row_id(ct_material_info(e->contents)));
    put_text(b, "text", e->text);
    put_text(b, "part", e->part);
    put_color_key(b, "part_color", e->has_part_color, e->part_color);
    put_name(b, "part_material", e->part.ptr ? row_id(ct_material_info(e->part_material)) : NULL);
    ct_buf_putc(b, '}');
}

static void put_scene(struct ct_buf *b, const struct ct_intent *intent)
{
    begin_list(b, "entities");
    for (int i = 0; i < intent->n_entities; i++) {
        ct_buf_puts(b, i ? "," : "");
        put_entity(b, &intent->entities[i]);
    }
    ct_buf_putc(b, ']');
    begin_list(b, "relations");
    for (int i = 0; i < intent->n_relations; i++) {
        const struct ct_relation *r = &intent->relations[i];
        ct_buf_puts(b, i ? ",{" : "{");
        put_int(b, "a", r->a);
        put_name(b, "kind", relation_names[r->kind]);
        put_int(b, "b", r->b);
        ct_buf_putc(b, '}');
    }
    ct_buf_putc(b, ']');
    put_name(b, "backdrop", row_id(ct_backdrop_info(intent->backdrop)));
    put_color_key(b, "backdrop_color", intent->has_backdrop_color, intent->backdrop_color);
    put_name(b, "support", row_id(ct_material_info(intent->support)));
    put_color_key(b, "support_color", intent->has_support_color, intent->support_color);
    put_name(b, "support_pattern", ct_pattern_name(intent->support_pattern));
    put_name(b, "support_finish", finish_names[intent->support_finish]);
    put_name(b, "rig", row_id(ct_rig_info(intent->rig)));
    put_name(b, "camera", row_id(ct_camera_info(intent->camera)));
    put_bool(b, "shallow_focus", intent->shallow_focus);
    put_bool(b, "title_room", intent->title_room);
    put_name(b, "title_side", side_names[intent->title_side]);
    put_name(b, "style", ct_look_style_name(intent->style));
    put_name(b, "mood", ct_mood_name(intent->mood));
    put_name(b, "setting", ct_setting_name(intent->setting));
    begin_list(b, "scenery");
    for (int i = 0, n = 0; i < CT_SCENERY_COUNT; i++) {
        if (!(intent->land.scenery >> i & 1))
            continue;
        ct_buf_puts(b, n++ ? "," : "");
        ct_json_put_cstring(b, ct_scenery_info((enum ct_scenery)i)->id);
    }
    ct_buf_putc(b, ']');
    put_name(b, "hour", row_id(ct_hour_info(intent->land.hour)));
}

static void put_slices(struct ct_buf *b, const char *key, const struct ct_slice *s, int n)
{
    begin_list(b, key);
    for (int i = 0; i < n; i++) {
        ct_buf_puts(b, i ? "," : "");
        ct_json_put_string(b, s[i]);
    }
    ct_buf_putc(b, ']');
}

static void put_values(struct ct_buf *b, const struct ct_intent *intent)
{
    begin_list(b, "values");
    for (int i = 0; i < intent->n_values; i++) {
        const struct ct_value *v = &intent->values[i];
        ct_buf_puts(b, i ? ",{" : "{");
        put_text(b, "label", v->label);
        ct_json_put_key(b, "number");
        ct_buf_printf(b, "%.12g", v->number);
        put_text(b, "unit", v->unit);
        put_text(b, "text", v->text);
        put_text(b, "series", v->series);
        if (v->paired) {
            ct_json_put_key(b, "x");
            ct_buf_printf(b, "%.12g", v->x);
        }
        ct_buf_putc(b, '}');
    }
    ct_buf_putc(b, ']');
}

static void put_page(struct ct_buf *b, const struct ct_intent *intent)
{
    put_name(b, "template", row_id(ct_template_info(intent->template_id)));
    put_text(b, "title", intent->title);
    put_text(b, "subtitle", intent->subtitle);
    put_slices(b, "texts", intent->texts, intent->n_texts);
    begin_list(b, "nodes");
    for (int i = 0; i < intent->n_nodes; i++) {
        ct_buf_puts(b, i ? "," : "");
        ct_json_put_string(b, intent->nodes[i].label);
    }
    ct_buf_putc(b, ']');
    begin_list(b, "edges");
    for (int i = 0; i < intent->n_edges; i++) {
        const struct ct_edge *e = &intent->edges[i];
        ct_buf_puts(b, i ? ",{" : "{");
        put_int(b, "from", e->from);
        put_int(b, "to", e->to);
        put_text(b, "label", e->label);
        put_bool(b, "dashed", e->dashed);
        put_bool(b, "both_ways", e->both_ways);
        ct_buf_putc(b, '}');
    }
    ct_buf_putc(b, ']');
    put_values(b, intent);
    put_text(b, "axis_x", intent->axis_x);
    put_text(b, "axis_y", intent->axis_y);
    put_text(b, "subject", intent->subject);
    begin_list(b, "palette");
    for (int i = 0; i < intent->n_palette; i++) {
        ct_buf_puts(b, i ? "," : "");
        put_color(b, true, intent->palette[i]);
    }
    ct_buf_putc(b, ']');
    put_bool(b, "dark", intent->dark);
}

static void put_notes(struct ct_buf *b, const struct ct_intent *intent, const char *key,
                      enum ct_note_kind kind)
{
    bool first = true;
    begin_list(b, key);
    for (int i = 0; i < intent->n_notes; i++) {
        const struct ct_note *note = &intent->notes[i];
        if (note->kind != kind)
            continue;
        ct_buf_puts(b, first ? "" : ",");
        first = false;
        if (kind == CT_NOTE_IGNORED) {
            ct_json_put_string(b, note->words);
            continue;
        }
        ct_buf_putc(b, '{');
        put_text(b, "words", note->words);
        put_name(b, "meaning", note->meaning);
        ct_buf_putc(b, '}');
    }
    ct_buf_putc(b, ']');
}

static void print_json(struct ct_buf *b, const struct ct_intent *intent)
{
    ct_buf_putc(b, '{');
    put_text(b, "prompt", intent->prompt);
    put_name(b, "kind", intent->kind == CT_INTENT_SCENE ? "scene" : "page");
    put_scene(b, intent);
    put_page(b, intent);
    put_slices(b, "exclusions", intent->exclusions, intent->n_exclusions);
    put_notes(b, intent, "understood", CT_NOTE_UNDERSTOOD);
    put_notes(b, intent, "substituted", CT_NOTE_SUBSTITUTED);
    put_notes(b, intent, "ignored", CT_NOTE_IGNORED);
    ct_buf_puts(b, "}\n");
}

/* ---- text */

/* A value on one line: blanks for what would break it. */
static void say_words(struct ct_buf *b, struct ct_slice words)
{
    for (size_t i = 0; i < words.len; i++)
        ct_buf_putc(b,
                    (unsigned char)words.ptr[i] < ' ' || words.ptr[i] == 0x7f ? ' ' : words.ptr[i]);
}

static void say(struct ct_buf *b, const char *label, const char *value)
{
    if (value)
        ct_buf_printf(b, "  %-12s %s\n", label, value);
}

static void say_text(struct ct_buf *b, const char *label, struct ct_slice text)
{
    if (!text.ptr)
        return;
    ct_buf_printf(b, "  %-12s \"", label);
    say_words(b, text);
    ct_buf_puts(b, "\"\n");
}

static void say_color(struct ct_buf *b, const char *label, bool has, struct ct_rgb c)
{
    if (has)
        ct_buf_printf(b, "  %-12s #%02x%02x%02x\n", label, c.r, c.g, c.b);
}

static void say_entity(struct ct_buf *b, int i, const struct ct_entity *e)
{
    ct_buf_printf(b, "%s %d: ", i ? "thing" : "subject", i);
    say_words(b, e->words);
    ct_buf_putc(b, '\n');
    say(b, "object", e->object == CT_OBJECT_NONE ? "(not drawn)" : object_id(e->object));
    if (e->count != 1)
        ct_buf_printf(b, "  %-12s %d\n", "count", e->count);
    say(b, "in a", ct_arrangement_name(e->arrangement));
    say_color(b, "color", e->has_color, e->color);
    say(b, "material", row_id(ct_material_info(e->material)));
    say(b, "finish", finish_names[e->finish]);
    say(b, "pattern", ct_pattern_name(e->pattern));
    say_color(b, "pattern in", e->has_pattern_color, e->pattern_color);
    if (e->size < 0.995f || e->size > 1.005f)
        ct_buf_printf(b, "  %-12s %d %%\n", "size", (int)(e->size * 100 + 0.5f));
    say(b, "contents", row_id(ct_material_info(e->contents)));
    say_text(b, "text", e->text);
    say_text(b, "part", e->part);
    say_color(b, "part color", e->has_part_color, e->part_color);
    say(b, "part is", e->part.ptr ? row_id(ct_material_info(e->part_material)) : NULL);
}

static void say_look(struct ct_buf *b, const struct ct_intent *intent)
{
    say(b, "style", ct_look_style_name(intent->style));
    say(b, "mood", ct_mood_name(intent->mood));
    say(b, "setting", ct_setting_name(intent->setting));
    for (int i = 0; i < CT_SCENERY_COUNT; i++)
        if (intent->land.scenery >> i & 1)
            say(b, "scenery", ct_scenery_info((enum ct_scenery)i)->id);
    say(b, "hour", row_id(ct_hour_info(intent->land.hour)));
}

static void say_scene(struct ct_buf *b, const struct ct_intent *intent)
{
    for (int i = 0; i < intent->n_entities; i++)
        say_entity(b, i, &intent->entities[i]);
    for (int i = 0; i < intent->n_relations; i++) {
        const struct ct_relation *r = &intent->relations[i];
        ct_buf_printf(b, "relation: %d %s %d\n", r->a, relation_names[r->kind], r->b);
    }
    ct_buf_puts(b, "picture\n");
    say(b, "backdrop", row_id(ct_backdrop_info(intent->backdrop)));
    say_color(b, "background", intent->has_backdrop_color, intent->backdrop_color);
    say(b, "support", row_id(ct_material_info(intent->support)));
    say_color(b, "support is", intent->has_support_color, intent->support_color);
    say(b, "support is", ct_pattern_name(intent->support_pattern));
    say(b, "support is", finish_names[intent->support_finish]);
    say(b, "light", row_id(ct_rig_info(intent->rig)));
    say(b, "camera", row_id(ct_camera_info(intent->camera)));
    if (intent->focal_mm)
        ct_buf_printf(b, "  %-12s %d mm\n", "lens", intent->focal_mm);
    say(b, "focus", intent->shallow_focus ? "shallow" : NULL);
    say(b, "room", intent->title_room ? "for a title" : NULL);
    say(b, "room at the", side_names[intent->title_side]);
    say_look(b, intent);
}

static void say_edges(struct ct_buf *b, const struct ct_intent *intent)
{
    for (int i = 0; i < intent->n_edges; i++) {
        const struct ct_edge *e = &intent->edges[i];
        ct_buf_printf(b, "  %-12s \"", e->dashed ? "dashed arrow" : "arrow");
        say_words(b, intent->nodes[e->from].label);
        ct_buf_puts(b, e->both_ways ? "\" <-> \"" : "\" -> \"");
        say_words(b, intent->nodes[e->to].label);
        ct_buf_putc(b, '"');
        if (e->label.ptr) {
            ct_buf_puts(b, ": \"");
            say_words(b, e->label);
            ct_buf_putc(b, '"');
        }
        ct_buf_putc(b, '\n');
    }
}

static void say_page(struct ct_buf *b, const struct ct_intent *intent)
{
    ct_buf_printf(b, "page %s\n", row_id(ct_template_info(intent->template_id)));
    say_text(b, "title", intent->title);
    say_text(b, "subtitle", intent->subtitle);
    say_text(b, "subject", intent->subject);
    for (int i = 0; i < intent->n_texts; i++)
        say_text(b, "text", intent->texts[i]);
    for (int i = 0; i < intent->n_nodes; i++)
        say_text(b, "box", intent->nodes[i].label);
    say_edges(b, intent);
    for (int i = 0; i < intent->n_values; i++) {
        say_text(b, "value of", intent->values[i].label);
        say_text(b, "value", intent->values[i].text);
        say_text(b, "in", intent->values[i].series);
    }
    say_text(b, "x axis", intent->axis_x);
    say_text(b, "y axis", intent->axis_y);
    say_color(b, "background", intent->has_backdrop_color, intent->backdrop_color);
    for (int i = 0; i < intent->n_palette; i++)
        say_color(b, "palette", true, intent->palette[i]);
    say(b, "ground", intent->dark ? "dark" : NULL);
    say_look(b, intent);
}

static void say_notes(struct ct_buf *b, const struct ct_intent *intent, const char *title,
                      enum ct_note_kind kind)
{
    bool any = false;
    for (int i = 0; i < intent->n_notes; i++) {
        const struct ct_note *note = &intent->notes[i];
        if (note->kind != kind)
            continue;
        if (!any)
            ct_buf_printf(b, "%s\n", title);
        any = true;
        ct_buf_puts(b, "  \"");
        say_words(b, note->words);
        ct_buf_puts(b, note->meaning ? "\": " : "\"");
        ct_buf_printf(b, "%s\n", note->meaning ? note->meaning : "");
    }
}

static void print_text(struct ct_buf *b, const struct ct_intent *intent)
{
    if (intent->kind == CT_INTENT_SCENE)
        say_scene(b, intent);
    else
        say_page(b, intent);
    if (intent->n_exclusions)
        ct_buf_puts(b, "left out\n");
    for (int i = 0; i < intent->n_exclusions; i++) {
        ct_buf_puts(b, "  \"");
        say_words(b, intent->exclusions[i]);
        ct_buf_puts(b, "\"\n");
    }
    say_notes(b, intent, "understood", CT_NOTE_UNDERSTOOD);
    say_notes(b, intent, "substituted", CT_NOTE_SUBSTITUTED);
    say_notes(b, intent, "ignored", CT_NOTE_IGNORED);
}

void ct_intent_print(struct ct_buf *b, const struct ct_intent *intent, bool json)
{
    if (json)
        print_json(b, intent);
    else
        print_text(b, intent);
}
