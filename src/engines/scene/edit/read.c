/* ct_edit_read(): what is to be kept, what is to be left out, the clauses one after the other,
 * then the manner (light, camera, look) wherever it stands, then the notes.
 *
 * Called by the engine on a runner thread and by tests. Linear in the prompt's length but for
 * looking ahead within a clause. */
#include "engines/scene/edit/reader.h"

static ct_code no_memory(struct ct_err *err)
{
    return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading the prompt.");
}

/* The intent the clauses work on: the picture's things, and none of its choices. */
static struct ct_intent *begin(struct ct_arena *arena, const struct ct_intent *of,
                               struct ct_slice prompt)
{
    struct ct_intent *intent = ct_arena_alloc(arena, sizeof(*intent));
    if (!intent)
        return NULL;
    if (of)
        *intent = *of;
    intent->entities = ct_arena_array(arena, CT_INTENT_ENTITIES, sizeof(*intent->entities));
    intent->relations = ct_arena_array(arena, CT_INTENT_RELATIONS, sizeof(*intent->relations));
    intent->texts = ct_arena_array(arena, CT_INTENT_TEXTS, sizeof(*intent->texts));
    intent->exclusions = ct_arena_array(arena, CT_INTENT_EXCLUSIONS, sizeof(*intent->exclusions));
    intent->notes = ct_arena_array(arena, CT_INTENT_NOTES, sizeof(*intent->notes));
    if (ct_arena_failed(arena))
        return NULL;
    if (of) {
        memcpy(intent->entities, of->entities, (size_t)of->n_entities * sizeof(*of->entities));
        memcpy(intent->relations, of->relations, (size_t)of->n_relations * sizeof(*of->relations));
    }
    intent->n_texts = intent->n_exclusions = intent->n_notes = 0;
    intent->prompt = prompt;
    ct_intent_clear_choices(intent);
    return intent;
}

/* "bottle's" is the bottle, with a note that something of it follows. */
static void part_owners(struct ct_edit_reader *s)
{
    for (int i = 0; i < s->r.n; i++) {
        struct ct_slice *text = &s->r.tokens[i].text;
        size_t cut = ct_slice_ends(*text, "'s") ? 2 : ct_slice_ends(*text, "\xe2\x80\x99s") ? 4 : 0;
        if (s->r.tokens[i].kind != CT_TOKEN_WORD || cut == 0 || text->len <= cut)
            continue;
        text->len -= cut;
        s->owner[i] = true;
    }
}

/* "no candle": a thing that is there is taken away. */
static void read_exclusions(struct ct_edit_reader *s)
{
    struct ct_intent *intent = s->edit->intent;
    ct_read_exclusions(&s->r);
    for (int k = 0; k < intent->n_exclusions; k++)
        for (int i = 0; i < s->r.n; i++) {
            struct ct_token *t = &s->r.tokens[i];
            struct ct_aim aim;
            if (t->text.ptr != intent->exclusions[k].ptr || t->kind != CT_TOKEN_WORD)
                continue;
            uint8_t use = t->use;
            t->use = CT_USE_FREE;
            int behind = s->foreign ? i : ct_edit_aim(s, i, s->r.n, &aim);
            t->use = use;
            if (behind > i && aim.kind == CT_AIM_ENTITY)
                ct_edit_add(s, CT_EDIT_REMOVE, i, behind)->target = aim.entity;
        }
}

/* Light, camera, look, mood and effects of the whole picture, among what the clauses left. */
static void sweep(struct ct_edit_reader *s)
{
    struct ct_reader *r = &s->r;
    struct ct_match m;
    enum ct_rig_id rig;
    for (int i = 0; i < r->n; i++) {
        if (r->tokens[i].use != CT_USE_FREE || r->tokens[i].kind != CT_TOKEN_WORD)
            continue;
        if (ct_light_at(r, i, &m, &rig))
            ct_apply_light(r, &m, rig);
        else if (!ct_reader_match(r, i, CT_CLASS_ANY, &m) || !ct_apply_manner(r, &m))
            continue;
        i += m.n - 1;
    }
    if (r->intent->rig == CT_RIG_NONE && r->soft_shadows)
        r->intent->rig = CT_RIG_soft_side;
    if (r->intent->rig == CT_RIG_NONE && r->intent->mood != CT_MOOD_NONE)
        r->intent->rig = ct_mood_rig(r->intent->mood);
}

/* What is about the canvas or about the pictures of the request, and is seen to elsewhere. */
static void read_whole_picture_words(struct ct_edit_reader *s)
{
    static const char words[] =
        "outpaint|extend|expand|uncrop|zoom out|larger canvas|wider canvas|bigger canvas|canvas|"
        "more space around|second picture|second image|second photo|first picture|first image|"
        "first photo|other picture|other image|reference picture|reference image|reference|"
        "these pictures|these images|both pictures|both images|masked area|marked area|"
        "image one|image two|image 1|image 2|the style of|style of|colors of|colours of|"
        "lighting of|light of|look of|palette of|mood of";
    for (int i = 0; i < s->r.n; i++) {
        int n = ct_edit_words_at(s, i, words);
        if (n > 0)
            ct_mark(&s->r, i, i + n, CT_USE_SILENT, NULL, NULL);
    }
}

static void add_choices(struct ct_edit_reader *s)
{
    for (int i = 0; ct_intent_choice_name(i); i++)
        if (ct_intent_has_choice(s->edit->intent, i)) {
            struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_STAGE, 0, s->r.n);
            op->choice = i;
            op->words = s->edit->intent->prompt;
        }
}

/* "the same bottle on a beach": what is not named does not come along to another place. */
static void settle_scope(struct ct_edit_reader *s)
{
    const struct ct_intent *intent = s->edit->intent;
    struct ct_edit *edit = s->edit;
    int named = 0, old = 0;
    bool elsewhere = intent->setting != CT_SETTING_NONE || intent->backdrop != CT_BACKDROP_NONE ||
                     intent->support != CT_MATERIAL_NONE;
    for (int i = 0; i < edit->n_before; i++) {
        old++;
        named += s->mentioned[i];
    }
    if (!edit->fresh || !elsewhere || named == 0 || named == old || s->foreign)
        return;
    ct_edit_add(s, CT_EDIT_ONLY, 0, s->r.n);
    memcpy(edit->only, s->mentioned, sizeof(edit->only));
}

static void read_clauses(struct ct_edit_reader *s)
{
    struct ct_reader *r = &s->r;
    for (int i = 0; i < r->n;) {
        const struct ct_token *t = &r->tokens[i];
        struct ct_match m;
        int n, skipped = ct_edit_skip(s, i, r->n,
                                      "please|now|then|and|also|next|finally|can you|could you|"
                                      "would you|will you|i want you to|i want to|i want|"
                                      "i would like you to|i would like to|i'd like you to|"
                                      "i'd like to|let's|but|so|plus|while|just|only|except|for");
        if (skipped == i && ct_edit_verb_at(s, i, r->n, &n) == CT_EDIT_VERB_NONE)
            skipped = ct_edit_skip(s, i, r->n, "leave|keep");
        if (skipped > i) {
            i = skipped;
        } else if (t->use != CT_USE_FREE || t->kind == CT_TOKEN_MARK || t->kind == CT_TOKEN_BREAK) {
            i++;
        } else if (t->kind == CT_TOKEN_NUMBER && i + 1 < r->n &&
                   (ct_is_mark(r, i + 1, '.') || ct_is_mark(r, i + 1, ')'))) {
            ct_mark(r, i, i + 1, CT_USE_SILENT, NULL, NULL); /* "1." of a list */
            i += 2;
        } else if (ct_reader_match(r, i, CT_CLASS_BIT(AND), &m)) {
            i += m.n;
        } else {
            int end = ct_edit_clause_end(s, i);
            ct_edit_clause(s, i, end);
            i = end;
        }
    }
}

/* "here", "in the marked area": where the strokes are, which is where what is new goes anyway. */
static void read_markup_words(struct ct_edit_reader *s)
{
    static const char words[] = "here|over here|right here|in here|in the marked area|"
                                "in the circled area|at the marked place|in the marked place|"
                                "at the marked spot|in this area|in this place|at this spot|"
                                "where marked|where the arrow points|where the arrow is|"
                                "inside the circle|in the circle|as marked";
    for (int i = 0; s->context->markup && i < s->r.n; i++) {
        int n = ct_edit_words_at(s, i, words);
        if (n > 0)
            ct_mark(&s->r, i, i + n, CT_USE_SILENT, NULL, NULL);
    }
}

static bool is_marked(const struct ct_edit_reader *s, int entity)
{
    return s->context->marked && entity >= 0 && entity < s->edit->n_before &&
           s->context->marked[entity];
}

/* What the strokes say besides: where new things go; that "these" are several; and that what was
 * named is not what they are on. */
static void settle_markup(struct ct_edit_reader *s)
{
    struct ct_edit *edit = s->edit;
    bool on = false, off = false;
    for (int k = 0, n = edit->n_ops; k < n; k++) {
        struct ct_edit_op *op = &edit->ops[k];
        op->here |= op->kind == CT_EDIT_ADD && !op->related && s->context->markup;
        if (s->foreign || op->target < 0 || op->target >= edit->n_before || op->here)
            continue;
        on |= is_marked(s, op->target);
        off |= !is_marked(s, op->target);
        for (int e = 0; s->pointed && op->target == s->marked && e < edit->n_before; e++) {
            if (!is_marked(s, e) || e == s->marked || op->kind == CT_EDIT_REPLACE ||
                op->kind == CT_EDIT_MOVE || edit->n_ops >= CT_EDIT_OPS)
                continue;
            struct ct_edit_op *again = &edit->ops[edit->n_ops++];
            *again = *op;
            again->target = e;
        }
    }
    edit->unmarked = s->marked >= 0 && off && !on;
}

ct_code ct_edit_open(struct ct_edit_reader *s, struct ct_arena *arena,
                     const struct ct_edit_context *context, struct ct_slice prompt,
                     struct ct_err *err)
{
    const struct ct_intent *of = context->of;
    struct ct_edit *edit = ct_arena_alloc(arena, sizeof(*edit));
    if (!edit || !(edit->intent = begin(arena, of, prompt)))
        return no_memory(err);
    *s = (struct ct_edit_reader){ .r = { .arena = arena, .intent = edit->intent },
                                  .edit = edit,
                                  .context = context,
                                  .foreign = !of,
                                  .last = -1,
                                  .marked = -1 };
    for (int i = 0; context->marked && of && i < of->n_entities && s->marked < 0; i++)
        s->marked = s->last = context->marked[i] ? i : -1;
    edit->n_before = edit->intent->n_entities;
    if (context->n_others > 0) {
        s->prompt = ct_arena_strdup(arena, prompt);
        if (!s->prompt)
            return no_memory(err);
        prompt = edit->intent->prompt = ct_slice_n(s->prompt, prompt.len);
    }
    CT_TRY(ct_tokens_read(&s->r.tokens, &s->r.n, arena, prompt, err));
    CT_TRY(ct_lexicon_new(&s->r.lexicon, arena, err));
    s->owner = ct_arena_array(arena, (size_t)s->r.n + 1, sizeof(*s->owner));
    s->from_image = ct_arena_array(arena, (size_t)s->r.n + 1, sizeof(*s->from_image));
    if (!s->owner || !s->from_image)
        return no_memory(err);
    part_owners(s);
    return CT_OK;
}

ct_code ct_edit_read(const struct ct_edit **out, struct ct_arena *arena,
                     const struct ct_edit_context *context, struct ct_slice prompt,
                     struct ct_err *err)
{
    struct ct_edit_reader s;
    *out = NULL;
    CT_TRY(ct_edit_open(&s, arena, context, prompt, err));
    struct ct_edit *edit = s.edit;
    enum ct_intent_kind kind = edit->intent->kind;
    if (s.foreign)
        read_whole_picture_words(&s);
    else if (context->n_others > 0)
        ct_edit_read_references(&s);
    ct_edit_read_keeps(&s);
    read_exclusions(&s);
    ct_edit_read_adjustments(&s);
    read_clauses(&s);
    read_markup_words(&s);
    sweep(&s);
    add_choices(&s);
    settle_scope(&s);
    settle_markup(&s);
    edit->intent->kind = CT_INTENT_SCENE; /* notes of words that are understood in both */
    CT_TRY(ct_notes_write(&s.r, err));
    edit->intent->kind = kind;
    if (ct_arena_failed(arena))
        return no_memory(err);
    *out = edit;
    return CT_OK;
}
