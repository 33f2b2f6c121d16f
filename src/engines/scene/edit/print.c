/* An edit as lines of text: what `calotype explain` shows of it and what tests compare. */
#include "engines/scene/edit/edit.h"

#include "base/json.h"

const char *ct_edit_kind_name(enum ct_edit_kind kind)
{
    static const char *const names[] = {
        [CT_EDIT_LOOK] = "look",       [CT_EDIT_TONE] = "tone",     [CT_EDIT_TEXT] = "text",
        [CT_EDIT_ADD] = "add",         [CT_EDIT_REMOVE] = "remove", [CT_EDIT_REPLACE] = "replace",
        [CT_EDIT_MOVE] = "move",       [CT_EDIT_COUNT] = "count",   [CT_EDIT_SIZE] = "size",
        [CT_EDIT_ADJUST] = "adjust",
        [CT_EDIT_ONLY] = "only",       [CT_EDIT_STAGE] = "stage",   [CT_EDIT_EXPOSE] = "expose",
        [CT_EDIT_CUT_OUT] = "cut_out",  [CT_EDIT_LIKE] = "like",
    };
    return kind < CT_EDIT_KINDS ? names[kind] : NULL;
}

static void put_entity(struct ct_buf *b, const struct ct_edit *edit, int entity)
{
    if (entity < 0 || entity >= edit->intent->n_entities)
        return;
    const struct ct_entity *e = &edit->intent->entities[entity];
    const struct ct_object_row *row = ct_object_info(e->object);
    if (e->noun.ptr && entity < edit->n_before)
        ct_buf_printf(b, " %.*s", CT_SARG(e->noun));
    else
        ct_buf_printf(b, " %s", row ? row->row.id : "?");
}

static void put_look(struct ct_buf *b, const struct ct_entity *e)
{
    if (e->has_color)
        ct_buf_printf(b, " #%02x%02x%02x", e->color.r, e->color.g, e->color.b);
    if (e->material != CT_MATERIAL_NONE)
        ct_buf_printf(b, " %s", ct_material_info(e->material)->id);
    if (e->finish != CT_FINISH_UNSET)
        ct_buf_printf(b, " finish=%d", (int)e->finish);
    if (e->pattern != CT_PATTERN_NONE)
        ct_buf_printf(b, " %s", ct_pattern_name(e->pattern));
    if (e->contents != CT_MATERIAL_NONE)
        ct_buf_printf(b, " contents=%s", ct_material_info(e->contents)->id);
    if (e->part.ptr) {
        ct_buf_printf(b, " part=%.*s", CT_SARG(e->part));
        if (e->has_part_color)
            ct_buf_printf(b, " #%02x%02x%02x", e->part_color.r, e->part_color.g, e->part_color.b);
        if (e->part_material != CT_MATERIAL_NONE)
            ct_buf_printf(b, " %s", ct_material_info(e->part_material)->id);
    }
}

static void put_op(struct ct_buf *b, const struct ct_edit *edit, const struct ct_edit_op *op)
{
    static const char *const relations[] = { "on",       "in",     "under",       "left_of",
                                             "right_of", "behind", "in_front_of", "beside" };
    ct_buf_puts(b, ct_edit_kind_name(op->kind));
    put_entity(b, edit, op->target);
    if (op->ground != CT_EDIT_GROUND_NONE)
        ct_buf_puts(b, op->ground == CT_EDIT_GROUND_BACKDROP ? " backdrop" : " support");
    if (op->behind)
        ct_buf_puts(b, " behind");
    if (op->kind == CT_EDIT_LOOK)
        put_look(b, &op->want);
    if (op->kind == CT_EDIT_ADD)
        put_look(b, &edit->intent->entities[op->target]);
    if (op->has_from)
        ct_buf_printf(b, " from=#%02x%02x%02x", op->from_color.r, op->from_color.g,
                      op->from_color.b);
    if (op->target >= 0 && op->target < CT_EDIT_THINGS && edit->is_seen[op->target]) {
        const struct ct_rgb *seen = &edit->seen[op->target];
        ct_buf_printf(b, " seen=#%02x%02x%02x", seen->r, seen->g, seen->b);
    }
    if (op->related)
        ct_buf_printf(b, " %s", relations[op->relation]);
    put_entity(b, edit, op->other);
    if (op->here)
        ct_buf_puts(b, " here");
    if (op->kind == CT_EDIT_COUNT)
        ct_buf_printf(b, " %d", op->count);
    if (op->kind == CT_EDIT_SIZE || op->kind == CT_EDIT_TONE || op->kind == CT_EDIT_EXPOSE)
        ct_buf_printf(b, " %.2f", (double)op->factor);
    if (op->kind == CT_EDIT_TEXT) {
        static const char *const roles[] = { "text", "title", "subtitle" };
        ct_buf_printf(b, " %s \"%.*s\" -> \"%.*s\"", roles[op->role], CT_SARG(op->from),
                      CT_SARG(op->to));
    }
    if (op->kind == CT_EDIT_STAGE) {
        ct_buf_printf(b, " %s ", ct_intent_choice_name(op->choice));
        struct ct_buf value;
        ct_buf_init(&value, 4096);
        ct_intent_put_choice(&value, edit->intent, op->choice);
        struct ct_slice text = ct_buf_slice(&value), key, rest;
        ct_slice_cut(text, ':', &key, &rest);
        ct_buf_put(b, ct_slice_sub(rest, 0, rest.len > 0 ? rest.len - 1 : 0));
        ct_buf_release(&value);
    }
    ct_buf_putc(b, '\n');
}

void ct_edit_print(struct ct_buf *b, const struct ct_edit *edit)
{
    for (int i = 0; i < edit->n_ops; i++)
        put_op(b, edit, &edit->ops[i]);
    if (edit->keep_rest)
        ct_buf_puts(b, "keep_rest\n");
    if (edit->sky)
        ct_buf_puts(b, "sky\n");
    for (int i = 0; i < edit->intent->n_notes; i++)
        if (edit->intent->notes[i].kind == CT_NOTE_IGNORED)
            ct_buf_printf(b, "ignored %.*s\n", CT_SARG(edit->intent->notes[i].words));
}
