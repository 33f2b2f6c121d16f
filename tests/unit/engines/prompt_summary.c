/* The expectation of a prompt in one line, so that a table shows prompt and meaning together. */
#include "prompt_summary.h"

#include "base/mem.h"
#include "t.h"

static const char *const finishes[] = { "",        "matte",    "satin",  "glossy",
                                        "brushed", "polished", "frosted" };
static const char *const relations[] = { "on",       "in",     "under",    "left-of",
                                         "right-of", "behind", "front-of", "beside",
                                         "above",    "around", "between" };

static void put_color(struct ct_buf *b, const char *before, struct ct_rgb c)
{
    ct_buf_printf(b, "%s#%02x%02x%02x", before, c.r, c.g, c.b);
}

static void put_row(struct ct_buf *b, const char *before, const struct ct_table_row *row)
{
    if (row)
        ct_buf_printf(b, "%s%s", before, row->id);
}

static void put_text(struct ct_buf *b, const char *before, struct ct_slice text)
{
    if (text.ptr)
        ct_buf_printf(b, "%s<%.*s>", before, CT_SARG(text));
}

static void put_entity(struct ct_buf *b, const struct ct_entity *e)
{
    const struct ct_object_row *object = ct_object_info(e->object);
    if (object)
        ct_buf_printf(b, "%d %s", e->count, object->row.id);
    else
        put_text(b, "unknown ", e->noun);
    if (e->arrangement && e->count > 1)
        ct_buf_printf(b, " in a %s", ct_arrangement_name(e->arrangement));
    if (e->has_color)
        put_color(b, " ", e->color);
    put_row(b, " ", ct_material_info(e->material));
    if (e->finish)
        ct_buf_printf(b, " %s", finishes[e->finish]);
    if (e->pattern)
        ct_buf_printf(b, " %s", ct_pattern_name(e->pattern));
    if (e->has_pattern_color)
        put_color(b, " ", e->pattern_color);
    if (e->size < 0.99f || e->size > 1.01f)
        ct_buf_printf(b, " %d%%", (int)(e->size * 100 + 0.5f));
    put_row(b, " with ", ct_material_info(e->contents));
    put_text(b, " ", e->text);
    put_text(b, " part ", e->part);
    if (e->has_part_color)
        put_color(b, " ", e->part_color);
    if (e->part.ptr)
        put_row(b, " ", ct_material_info(e->part_material));
}

static void put_scene(struct ct_buf *b, const struct ct_intent *intent)
{
    for (int i = 0; i < intent->n_entities; i++) {
        ct_buf_puts(b, i ? " + " : "");
        put_entity(b, &intent->entities[i]);
    }
    for (int i = 0; i < intent->n_relations; i++)
        ct_buf_printf(b, "; %d %s %d", intent->relations[i].a, relations[intent->relations[i].kind],
                      intent->relations[i].b);
    put_row(b, "; backdrop ", ct_backdrop_info(intent->backdrop));
    if (intent->has_backdrop_color)
        put_color(b, "; ground ", intent->backdrop_color);
    put_row(b, "; support ", ct_material_info(intent->support));
    if (intent->has_support_color)
        put_color(b, "; support ", intent->support_color);
    if (intent->support_pattern)
        ct_buf_printf(b, "; support %s", ct_pattern_name(intent->support_pattern));
    if (ct_is_walling(intent->wall))
        put_row(b, "; wall ", ct_material_info(intent->wall));
    if (intent->support_finish)
        ct_buf_printf(b, "; support %s", finishes[intent->support_finish]);
    for (int i = 0, n = 0; i < CT_SCENERY_COUNT; i++)
        if (intent->land.scenery >> i & 1)
            put_row(b, n++ ? "," : intent->n_entities ? "; land " : "land ",
                    ct_scenery_info((enum ct_scenery)i));
    put_row(b, "; hour ", ct_hour_info(intent->land.hour));
    put_row(b, "; rig ", ct_rig_info(intent->rig));
    put_row(b, "; camera ", ct_camera_info(intent->camera));
    ct_buf_puts(b, intent->shallow_focus ? "; shallow" : "");
}

static void put_page(struct ct_buf *b, const struct ct_intent *intent)
{
    put_row(b, "", ct_template_info(intent->template_id));
    put_text(b, "; title ", intent->title);
    put_text(b, "; subtitle ", intent->subtitle);
    put_text(b, "; subject ", intent->subject);
    for (int i = 0; i < intent->n_nodes; i++) {
        put_text(b, i ? "," : "; boxes ", intent->nodes[i].label);
        put_text(b, " under ", intent->nodes[i].group);
        put_text(b, " with ", intent->nodes[i].detail);
    }
    for (int i = 0; i < intent->n_edges; i++) {
        const struct ct_edge *e = &intent->edges[i];
        ct_buf_printf(b, "; %d%s%s%d", e->from, e->both_ways ? "<" : "",
                      e->many_from && e->many_to ? ">-<"
                      : e->many_to               ? "-<"
                      : e->many_from             ? ">-"
                      : e->dashed                ? "..>"
                                                 : "->",
                      e->to);
        put_text(b, "", e->label);
    }
    for (int i = 0; i < intent->n_values; i++) {
        put_text(b, i ? "," : "; values ", intent->values[i].label);
        put_text(b, "=", intent->values[i].text);
        put_text(b, " of ", intent->values[i].series);
        if (intent->values[i].paired)
            ct_buf_printf(b, "@%g", intent->values[i].x);
    }
    put_text(b, "; x axis ", intent->axis_x);
    put_text(b, "; y axis ", intent->axis_y);
    if (intent->has_backdrop_color)
        put_color(b, "; ground ", intent->backdrop_color);
    ct_buf_puts(b, intent->dark ? "; dark" : "");
}

static void put_notes(struct ct_buf *b, const struct ct_intent *intent, enum ct_note_kind kind,
                      const char *title)
{
    bool any = false;
    for (int i = 0; i < intent->n_notes; i++)
        if (intent->notes[i].kind == kind) {
            put_text(b, any ? "," : title, intent->notes[i].words);
            any = true;
        }
}

static void put_look(struct ct_buf *b, const struct ct_intent *intent)
{
    static const char *const sides[] = { "", " left", " right", " top", " bottom" };
    if (intent->title_room)
        ct_buf_printf(b, "; title room%s", sides[intent->title_side]);
    if (intent->style)
        ct_buf_printf(b, "; style %s", ct_look_style_name(intent->style));
    if (intent->mood)
        ct_buf_printf(b, "; mood %s", ct_mood_name(intent->mood));
    if (intent->setting)
        ct_buf_printf(b, "; setting %s", ct_setting_name(intent->setting));
}

void prompt_summary(struct ct_buf *b, const struct ct_intent *intent)
{
    if (intent->kind == CT_INTENT_SCENE)
        put_scene(b, intent);
    else
        put_page(b, intent);
    for (int i = 0; i < intent->n_palette; i++)
        put_color(b, i ? "," : "; palette ", intent->palette[i]);
    put_look(b, intent);
    for (int i = 0; i < intent->n_exclusions; i++)
        put_text(b, i ? "," : "; without ", intent->exclusions[i]);
    put_notes(b, intent, CT_NOTE_SUBSTITUTED, "; near ");
    put_notes(b, intent, CT_NOTE_IGNORED, "; ignored ");
}

/* Notes are in the order of the prompt, inside it, and share no byte. */
static void check_notes(const struct ct_intent *intent)
{
    const char *at = intent->prompt.ptr, *end = at + intent->prompt.len;
    for (int i = 0; i < intent->n_notes; i++) {
        const struct ct_note *note = &intent->notes[i];
        CHECK(note->words.ptr >= at && note->words.ptr + note->words.len <= end);
        CHECK((note->meaning == NULL) == (note->kind == CT_NOTE_IGNORED));
        at = note->words.ptr + note->words.len;
    }
}

void prompt_check(const struct prompt_row *rows, size_t n)
{
    bool show = getenv("CT_PROMPT_SHOW") != NULL;
    for (size_t i = 0; i < n; i++) {
        struct ct_arena *arena = ct_arena_new(8 << 20);
        const struct ct_intent *intent = NULL;
        struct ct_err err;
        struct ct_buf b;
        ct_buf_init(&b, 1 << 20);
        CHECK_INT(ct_intent_read(&intent, arena, ct_slice(rows[i].prompt), &err), CT_OK);
        if (intent) {
            prompt_summary(&b, intent);
            check_notes(intent);
            if (strcmp(ct_buf_text(&b), rows[i].summary) != 0)
                t_fail(__FILE__, __LINE__, "%s\n  is       %s\n  expected %s", rows[i].prompt,
                       ct_buf_text(&b), rows[i].summary);
            if (show)
                printf("%s\n\t%s\n", rows[i].prompt, ct_buf_text(&b));
        }
        ct_buf_release(&b);
        ct_arena_free(&arena);
    }
}
