/* ct_intent_read(): the stages one after the other, over one arena.
 *
 * Called by the engine and by `calotype explain`, on any thread. All arrays have their final size
 * from the start; what does not fit is an ignored note. */
#include "engines/scene/prompt/reader.h"

static bool make_room(struct ct_intent *intent, struct ct_arena *arena)
{
    intent->entities = ct_arena_array(arena, CT_INTENT_ENTITIES, sizeof(*intent->entities));
    intent->relations = ct_arena_array(arena, CT_INTENT_RELATIONS, sizeof(*intent->relations));
    intent->texts = ct_arena_array(arena, CT_INTENT_TEXTS, sizeof(*intent->texts));
    intent->nodes = ct_arena_array(arena, CT_INTENT_NODES, sizeof(*intent->nodes));
    intent->edges = ct_arena_array(arena, CT_INTENT_EDGES, sizeof(*intent->edges));
    intent->values = ct_arena_array(arena, CT_INTENT_VALUES, sizeof(*intent->values));
    intent->exclusions = ct_arena_array(arena, CT_INTENT_EXCLUSIONS, sizeof(*intent->exclusions));
    intent->notes = ct_arena_array(arena, CT_INTENT_NOTES, sizeof(*intent->notes));
    return !ct_arena_failed(arena);
}

static ct_code no_memory(struct ct_err *err)
{
    return ct_fail(err, CT_E_MEMORY, NULL, "There is no memory left to read the prompt.");
}

ct_code ct_intent_read(const struct ct_intent **out, struct ct_arena *arena, struct ct_slice prompt,
                       struct ct_err *err)
{
    struct ct_intent *intent = ct_arena_alloc(arena, sizeof(*intent));
    struct ct_reader r = { .arena = arena, .intent = intent };
    if (!intent || !make_room(intent, arena))
        return no_memory(err);
    intent->prompt = prompt;
    intent->support = CT_MATERIAL_NONE;
    intent->wall = CT_MATERIAL_NONE;
    intent->backdrop = CT_BACKDROP_NONE;
    intent->land.hour = CT_HOUR_NONE;
    intent->rig = CT_RIG_NONE;
    intent->camera = CT_CAMERA_NONE;
    intent->template_id = CT_TEMPLATE_NONE;
    CT_TRY(ct_tokens_read(&r.tokens, &r.n, arena, prompt, err));
    CT_TRY(ct_lexicon_new(&r.lexicon, arena, err));
    ct_read_foreign(&r);
    ct_read_exclusions(&r);
    if (ct_prompt_is_page(&r))
        ct_read_page(&r);
    else
        ct_read_scene(&r);
    CT_TRY(ct_notes_write(&r, err));
    if (ct_arena_failed(arena))
        return no_memory(err);
    *out = intent;
    return CT_OK;
}
