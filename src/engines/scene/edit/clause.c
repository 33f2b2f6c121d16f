/* One clause of an edit: "make the mug navy blue", "put it behind the bottle", "remove the plate".
 *
 * Called by read.c for each clause in turn, with the intent as the clauses before left it. What a
 * clause says of things and their surroundings is read by the scene's own grammar
 * (prompt/scene_grammar.c) over the entities that are there, stripped of their attributes, so that
 * whatever is set afterwards is what the clause asks for; then the old attributes come back. So an
 * edit understands every word that a prompt does. */
#include "engines/scene/edit/reader.h"

#define BIGGER 1.35f
#define SMALLER 0.72f

/* The things before a clause was read. */
struct before {
    struct ct_entity entities[CT_INTENT_ENTITIES];
    struct ct_relation relations[CT_INTENT_RELATIONS];
    int n_entities, n_relations;
};

static const char leading[] =
    "to|into|look|looks|be|become|becoming|as|so|that|is|are|in color|"
    "a different|instead|like|appear|made|so that|for|them|it|using|with a|"
    "of color|a color of|a colour of|should be|be in|now";

struct ct_edit_op *ct_edit_add(struct ct_edit_reader *s, enum ct_edit_kind kind, int first, int end)
{
    struct ct_edit *edit = s->edit;
    struct ct_edit_op *op = &edit->ops[edit->n_ops < CT_EDIT_OPS ? edit->n_ops++ : CT_EDIT_OPS];
    *op =
        (struct ct_edit_op){ .kind = kind,
                             .words = ct_reader_slice(&s->r, first, end > first ? end : first + 1),
                             .target = -1,
                             .other = -1,
                             .factor = 1 };
    op->want = (struct ct_entity){ .object = CT_OBJECT_NONE,
                                   .material = CT_MATERIAL_NONE,
                                   .contents = CT_MATERIAL_NONE,
                                   .part_material = CT_MATERIAL_NONE };
    return op;
}

/* --- reading with the scene's grammar --- */

static void strip(struct ct_entity *e)
{
    e->has_color = false;
    e->material = CT_MATERIAL_NONE;
    e->finish = CT_FINISH_UNSET;
    e->pattern = CT_PATTERN_NONE;
    e->has_pattern_color = false;
    e->size = 1;
    e->contents = CT_MATERIAL_NONE;
    e->text = e->part = (struct ct_slice){ NULL, 0 };
    e->has_part_color = false;
    e->part_material = CT_MATERIAL_NONE;
}

static void read_part(struct ct_edit_reader *s, int from, int end, int last, bool placed,
                      struct before *before)
{
    struct ct_intent *intent = s->edit->intent;
    struct ct_reader part = s->r;
    before->n_entities = intent->n_entities;
    before->n_relations = intent->n_relations;
    memcpy(before->entities, intent->entities,
           (size_t)intent->n_entities * sizeof(*intent->entities));
    memcpy(before->relations, intent->relations,
           (size_t)intent->n_relations * sizeof(*intent->relations));
    for (int i = 0; i < intent->n_entities; i++)
        strip(&intent->entities[i]);
    intent->n_relations = 0;
    part.tokens += from;
    part.n = end - from;
    if (ct_names_place(&part)) /* an hour or stars alone would be light, not another place */
        ct_read_scenery(&part);
    ct_read_scene_part(&part, last, placed);
    s->r.soft_shadows |= part.soft_shadows;
}

static bool wants_look(const struct ct_entity *e)
{
    return e->has_color || e->material != CT_MATERIAL_NONE || e->finish != CT_FINISH_UNSET ||
           e->contents != CT_MATERIAL_NONE || e->pattern != CT_PATTERN_NONE || e->part.ptr;
}

/* What the clause set in a thing that was there. */
static void collect_changes(struct ct_edit_reader *s, const struct before *before, int entity,
                            int first, int end)
{
    const struct ct_entity *is = &s->edit->intent->entities[entity];
    if (wants_look(is)) {
        struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_LOOK, first, end);
        op->target = entity;
        op->want = *is;
    }
    if (is->size > 1.001f || is->size < 0.999f) {
        struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_SIZE, first, end);
        op->target = entity;
        op->factor = is->size;
    }
    if (is->text.ptr) {
        struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_TEXT, first, end);
        op->target = entity;
        op->to = is->text;
    }
    if (is->count != before->entities[entity].count) {
        struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_COUNT, first, end);
        op->target = entity;
        op->count = is->count;
    }
}

static bool is_plain(const struct ct_entity *e)
{
    return !wants_look(e) && !e->text.ptr && e->size > 0.999f && e->size < 1.001f;
}

static bool same_kind(const struct ct_entity *a, const struct ct_entity *b)
{
    return a->object == b->object && (a->emoji != NULL) == (b->emoji != NULL) &&
           (!a->emoji || strcmp(a->emoji, b->emoji) == 0);
}

/* "add two more apples" beside apples: more of them rather than others. */
static int more_of(const struct ct_edit_reader *s, const struct before *before, int entity)
{
    const struct ct_intent *intent = s->edit->intent;
    const struct ct_entity *e = &intent->entities[entity];
    if (!is_plain(e))
        return -1;
    for (int k = 0; k < intent->n_relations; k++)
        if (intent->relations[k].a == entity || intent->relations[k].b == entity)
            return -1;
    for (int i = 0; i < before->n_entities; i++)
        if (same_kind(e, &before->entities[i]))
            return i;
    return -1;
}

static void relate_op(struct ct_edit_op *op, const struct ct_intent *intent, int entity)
{
    for (int k = 0; k < intent->n_relations && !op->related; k++) {
        const struct ct_relation *r = &intent->relations[k];
        if (r->a != entity)
            continue;
        op->related = true;
        op->relation = r->kind;
        op->other = r->b;
    }
}

/* New things: added, more of what is there, or (target >= 0) instead of the target. */
static void collect_new(struct ct_edit_reader *s, const struct before *before, int target,
                        int first, int end)
{
    struct ct_intent *intent = s->edit->intent;
    for (int e = before->n_entities; e < intent->n_entities; e++) {
        struct ct_entity *is = &intent->entities[e];
        if (is->object == CT_OBJECT_NONE)
            continue; /* its words are reported as ignored */
        int image = ct_edit_image_of(s, is->noun);
        int more = target < 0 && image == 0 ? more_of(s, before, e) : -1;
        if (more >= 0 || (target >= 0 && image == 0 && same_kind(is, &before->entities[target]))) {
            int of = more >= 0 ? more : target, was = before->entities[of].count;
            int more_count = s->more > 0 ? s->more : is->count;
            if (more >= 0 || is->count != was) {
                struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_COUNT, first, end);
                op->target = of;
                op->count = more >= 0 ? was + more_count : is->count;
                op->count = op->count > CT_INTENT_COUNT ? CT_INTENT_COUNT : op->count;
            }
            if (wants_look(is)) {
                struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_LOOK, first, end);
                op->target = of;
                op->want = *is;
            }
            is->count = 0; /* nothing of its own */
            continue;
        }
        struct ct_edit_op *op =
            ct_edit_add(s, target >= 0 ? CT_EDIT_REPLACE : CT_EDIT_ADD, first, end);
        op->target = target >= 0 ? target : e;
        op->other = target >= 0 ? e : -1;
        if (target < 0)
            relate_op(op, intent, e);
        if (image > 0)
            ct_edit_take_from_image(s, op, e);
        s->last = e;
        target = -1;
    }
}

/* Old things that were given a new place. */
static void collect_moves(struct ct_edit_reader *s, const struct before *before, int first, int end)
{
    const struct ct_intent *intent = s->edit->intent;
    for (int k = 0; k < intent->n_relations; k++) {
        const struct ct_relation *r = &intent->relations[k];
        if (r->a >= before->n_entities)
            continue;
        struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_MOVE, first, end);
        op->target = r->a;
        op->other = r->b;
        op->relation = r->kind;
        op->related = true;
    }
}

/* The old things as they were, the new ones kept. */
static void restore(struct ct_edit_reader *s, const struct before *before)
{
    struct ct_intent *intent = s->edit->intent;
    memcpy(intent->entities, before->entities,
           (size_t)before->n_entities * sizeof(*intent->entities));
    memcpy(intent->relations, before->relations,
           (size_t)before->n_relations * sizeof(*intent->relations));
    intent->n_relations = before->n_relations;
}

enum collect {
    COLLECT_CHANGES = 1,
    COLLECT_NEW = 2,
    COLLECT_MOVES = 4,
};

static void read_and_collect(struct ct_edit_reader *s, int from, int end, int last, bool placed,
                             int replaced, unsigned what, int first)
{
    struct before before;
    if (from >= end)
        return;
    read_part(s, from, end, last, placed, &before);
    for (int i = 0; i < before.n_entities && what & COLLECT_CHANGES; i++)
        collect_changes(s, &before, i, first, end);
    if (what & COLLECT_NEW)
        collect_new(s, &before, replaced, first, end);
    if (what & COLLECT_MOVES) /* perhaps onto what is new */
        collect_moves(s, &before, first, end);
    restore(s, &before);
}

/* --- comparatives --- */

struct comparative {
    const char *words;
    float size, tone; /* 0: not that */
};

static const struct comparative comparatives[] = {
    { "twice as big|twice as large|double the size|two times larger|two times bigger", 2, 0 },
    { "half the size|half as big|half as large", 0.5f, 0 },
    { "much bigger|much larger|a lot bigger|a lot larger|far bigger", 1.7f, 0 },
    { "much smaller|a lot smaller|far smaller", 0.55f, 0 },
    { "slightly bigger|slightly larger|a bit bigger|a bit larger|a little bigger|a little larger",
      1.15f, 0 },
    { "slightly smaller|a bit smaller|a little smaller", 0.87f, 0 },
    { "bigger|larger|taller|wider|thicker", BIGGER, 0 },
    { "smaller|tinier|shorter|thinner|narrower", SMALLER, 0 },
    { "much brighter|a lot brighter", 0, 1.7f },
    { "much darker|a lot darker", 0, 0.5f },
    { "slightly brighter|a bit brighter|a little brighter|slightly lighter|a bit lighter", 0,
      1.18f },
    { "slightly darker|a bit darker|a little darker", 0, 0.85f },
    { "brighter|lighter|more light", 0, 1.38f },
    { "darker|dimmer|less bright", 0, 0.7f },
};

/* Brightness of what is aimed at: a thing, its surroundings, or else the whole picture. */
static struct ct_edit_op *tone_op(struct ct_edit_reader *s, const struct ct_aim *aim, float tone,
                                  int first, int end)
{
    bool thing = aim->kind == CT_AIM_ENTITY || aim->kind == CT_AIM_PART;
    enum ct_edit_ground ground = aim->kind == CT_AIM_GROUND && !s->edit->sky
                                     ? CT_EDIT_GROUND_BACKDROP
                                 : aim->kind == CT_AIM_SUPPORT ? CT_EDIT_GROUND_SUPPORT
                                                               : CT_EDIT_GROUND_NONE;
    struct ct_edit_op *op =
        ct_edit_add(s, thing || ground ? CT_EDIT_TONE : CT_EDIT_EXPOSE, first, end);
    op->target = thing ? aim->entity : -1;
    op->ground = ground;
    op->factor = tone;
    return op;
}

/* A comparative anywhere in [i, end): becomes an operation on the target, or on the picture. */
static void read_comparatives(struct ct_edit_reader *s, const struct ct_aim *aim, int i, int end)
{
    for (; i < end; i++)
        for (size_t k = 0; k < sizeof(comparatives) / sizeof(*comparatives); k++) {
            const struct comparative *c = &comparatives[k];
            int n = ct_edit_words_at(s, i, c->words);
            bool thing = aim->kind == CT_AIM_ENTITY || aim->kind == CT_AIM_PART;
            if (n == 0 || i + n > end || (c->size > 0 && !thing))
                continue;
            if (c->size > 0) {
                struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_SIZE, i, i + n);
                op->target = aim->entity;
                op->factor = c->size;
            } else {
                tone_op(s, aim, c->tone, i, i + n);
            }
            ct_mark(&s->r, i, i + n, CT_USE_UNDERSTOOD, c->size > 0 ? "size" : "brightness", NULL);
            i += n - 1;
            break;
        }
}

/* --- texts --- */

/* The text a clause gives: quoted, or the words up to its end when they look like a title. */
static int read_text(struct ct_edit_reader *s, int i, int end, struct ct_slice *text)
{
    struct ct_reader *r = &s->r;
    for (int k = i; k < end; k++)
        if (r->tokens[k].kind == CT_TOKEN_QUOTED && r->tokens[k].use == CT_USE_FREE) {
            *text = ct_token_quoted(&r->tokens[k]);
            ct_mark(r, i, k, CT_USE_SILENT, NULL, NULL);
            ct_mark(r, k, k + 1, CT_USE_UNDERSTOOD, "text", NULL);
            return k + 1;
        }
    i = ct_edit_skip(s, i, end, "to|say|read|into|as|with|be|that says|instead|by|is|says|reads");
    if (i >= end || !ct_is_word(r, i))
        return i;
    int last = end;
    while (last > i && !ct_is_word(r, last - 1) && r->tokens[last - 1].kind != CT_TOKEN_HEX)
        last--;
    *text = ct_reader_slice(r, i, last);
    ct_mark(r, i, last, CT_USE_UNDERSTOOD, "text", NULL);
    return last;
}

static struct ct_edit_op *letter(struct ct_edit_reader *s, const struct ct_aim *aim,
                                 struct ct_slice to, int first, int end)
{
    struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_TEXT, first, end);
    op->target = aim->entity;
    op->role = aim->role;
    op->from = aim->quoted;
    op->to = to;
    return op;
}

static void change_text(struct ct_edit_reader *s, const struct ct_aim *aim, int i, int end,
                        int first)
{
    struct ct_slice to = { NULL, 0 };
    struct ct_aim from = *aim;
    int n = ct_edit_words_at(s, i, "from");
    if (n && i + n < end && s->r.tokens[i + n].kind == CT_TOKEN_QUOTED) {
        from.quoted = ct_token_quoted(&s->r.tokens[i + n]);
        ct_mark(&s->r, i, i + n + 1, CT_USE_SILENT, NULL, NULL);
        i += n + 1;
    }
    read_text(s, i, end, &to);
    if (to.ptr)
        letter(s, &from, to, first, end);
}

/* --- the verbs --- */

/* The colours of a background or palette: "navy blue", "navy and gold". */
static int read_colors(struct ct_edit_reader *s, int i, int end, bool ground)
{
    struct ct_reader *r = &s->r;
    struct ct_match m;
    struct ct_rgb color;
    int from = i;
    for (int n; i < end && (n = ct_color_at(r, i, &color)) > 0;) {
        if (ct_reader_match(r, i + n, CT_CLASS_BIT(OBJECT) | CT_CLASS_BIT(SETTING), &m))
            return from;
        if (ground)
            ct_scene_set_ground(r->intent, color);
        else
            ct_add_palette(r, color);
        ct_mark_color(r, i, n, CT_USE_UNDERSTOOD, ground ? "backdrop color" : "palette", color);
        from = i += n;
        if (ground)
            break;
        i += ct_is_mark(r, i, ',');
        i += ct_reader_match(r, i, CT_CLASS_BIT(AND), &m) ? m.n : 0;
    }
    return from;
}

static void change_support(struct ct_edit_reader *s, int i, int end)
{
    struct ct_scene_reader scene = { .r = &s->r, .last = -1, .prev = -1, .rest = -1,
                                     .related = -1, .dangling = -1, .maybe_first = -1 };
    struct ct_reader part = s->r;
    struct ct_phrase p;
    part.n = end;
    scene.r = &part;
    while (i < end && ct_is_word(&part, i)) {
        int behind = ct_phrase_read(&part, i, &p);
        ct_scene_use_support(&scene, &p);
        for (struct ct_match m; i < p.end; i++)
            if (ct_reader_match(&s->r, i, CT_CLASS_BIT(SHADE), &m))
                ct_mark_match(&s->r, &m, CT_USE_SILENT, NULL, NULL); /* "dark oak" */
        i = behind;
    }
}

static void change_part(struct ct_edit_reader *s, const struct ct_aim *aim, int i, int end,
                        int first)
{
    struct ct_reader part = s->r;
    struct ct_phrase p;
    part.n = end;
    if (i >= end)
        return;
    ct_phrase_read(&part, i, &p);
    bool contents = aim->kind == CT_AIM_CONTENTS && p.liquid != CT_MATERIAL_NONE;
    if (!contents && (aim->kind == CT_AIM_CONTENTS || !aim->part.ptr ||
                      (!p.has_color && p.material == CT_MATERIAL_NONE)))
        return;
    struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_LOOK, first, end);
    op->target = aim->entity;
    op->want.contents = contents ? p.liquid : CT_MATERIAL_NONE;
    if (!contents) {
        op->want.part = aim->part;
        op->want.has_part_color = p.has_color;
        op->want.part_color = p.color;
        op->want.part_material = p.material;
    }
    ct_mark(&s->r, p.first, p.end, CT_USE_UNDERSTOOD, contents ? "contents" : "part", NULL);
}

/* "from white" */
static int read_from(struct ct_edit_reader *s, int i, int end, struct ct_rgb *color, bool *has)
{
    int n = ct_edit_words_at(s, i, "from");
    int of = n && i + n < end ? ct_color_at(&s->r, i + n, color) : 0;
    if (of == 0)
        return i;
    *has = true;
    ct_mark(&s->r, i, i + n + of, CT_USE_SILENT, NULL, NULL);
    return i + n + of;
}

static void change_entity(struct ct_edit_reader *s, const struct ct_aim *aim, int i, int end,
                          int first)
{
    struct ct_rgb from_color = { 0, 0, 0 };
    struct ct_match m;
    bool has_from = false;
    int before = s->edit->n_ops;
    s->last = aim->entity;
    i = read_from(s, i, end, &from_color, &has_from);
    i = ct_edit_skip(s, i, end, leading);
    if (aim->count_of && ct_reader_match(&s->r, i, CT_CLASS_BIT(NUMBER), &m)) {
        struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_COUNT, first, end);
        op->target = aim->entity;
        op->count = ct_match_value(&m, CT_CLASS_NUMBER);
        ct_mark_number(&s->r, i, m.n, CT_USE_UNDERSTOOD, "count", op->count);
        return;
    }
    /* "bring it in a different color": the color is what it is about */
    read_comparatives(s, aim, i, end);
    read_and_collect(s, i, end, aim->entity, false, aim->entity,
                     COLLECT_CHANGES | COLLECT_NEW | COLLECT_MOVES, first);
    for (int k = before; k < s->edit->n_ops; k++) {
        s->edit->ops[k].has_from = has_from;
        s->edit->ops[k].from_color = from_color;
    }
}

static void change_ground(struct ct_edit_reader *s, int i, int end, int first)
{
    int behind;
    i = ct_edit_skip(s, i, end, leading);
    while (i < end && (behind = ct_edit_words_at(s, i, "a|an|the|solid|plain|pure|completely|all")))
        i = ct_edit_skip(s, i, i + behind, "a|an|the|solid|plain|pure|completely|all");
    if (ct_edit_words_at(s, i, "transparent|see through|clear")) {
        ct_edit_add(s, CT_EDIT_CUT_OUT, first, end);
        ct_mark(&s->r, i, end, CT_USE_UNDERSTOOD, "transparent background", NULL);
        return;
    }
    behind = read_colors(s, i, end, true);
    read_and_collect(s, behind, end, -1, behind == i, -1, COLLECT_NEW, first);
}

/* What the verb says besides: "brighten", "shrink", "zoom in". */
static void imply(struct ct_edit_reader *s, const struct ct_aim *aim, int verb, int n, int end)
{
    static const struct {
        const char *verb;
        float size, tone;
    } verbs[] = { { "enlarge|increase", BIGGER, 0 },
                  { "shrink|decrease|reduce", SMALLER, 0 },
                  { "brighten|lighten", 0, 1.38f },
                  { "darken", 0, 0.7f } };
    bool thing = aim->kind == CT_AIM_ENTITY;
    int before = s->edit->n_ops;
    read_comparatives(s, aim, aim->end, end);
    for (size_t k = 0; k < sizeof(verbs) / sizeof(*verbs) && s->edit->n_ops == before; k++) {
        if (!ct_edit_words_at(s, verb, verbs[k].verb) || (verbs[k].size > 0 && !thing))
            continue;
        if (verbs[k].size > 0) {
            struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_SIZE, verb, end);
            op->target = aim->entity;
            op->factor = verbs[k].size;
        } else {
            tone_op(s, aim, verbs[k].tone, verb, end);
        }
        ct_mark(&s->r, verb, verb + n, CT_USE_UNDERSTOOD,
                verbs[k].size > 0 ? "size" : "brightness", NULL);
    }
}

static void zoom(struct ct_edit_reader *s, int verb, int n)
{
    bool in = ct_edit_words_at(s, verb + n, "in"), out = ct_edit_words_at(s, verb + n, "out");
    if (!in && !out)
        return;
    s->edit->intent->camera = in ? CT_CAMERA_close_up : CT_CAMERA_wide;
    ct_mark(&s->r, verb, verb + n + 1, CT_USE_UNDERSTOOD, "camera", in ? "close_up" : "wide");
}

static void change(struct ct_edit_reader *s, int verb, int n, int end)
{
    struct ct_aim aim;
    int i = verb + n;
    if (ct_edit_words_at(s, verb, "zoom")) {
        zoom(s, verb, n);
        return;
    }
    int behind = ct_edit_aim(s, i, end, &aim);
    ct_edit_mark_aim(s, &aim);
    imply(s, &aim, verb, n, end);
    if (s->r.tokens[verb].use == CT_USE_FREE)
        ct_mark(&s->r, verb, verb + n, CT_USE_SILENT, NULL, NULL);
    switch (aim.kind) {
    case CT_AIM_ENTITY:
        change_entity(s, &aim, behind, end, verb);
        break;
    case CT_AIM_PART:
    case CT_AIM_CONTENTS:
        change_part(s, &aim, ct_edit_skip(s, behind, end, leading), end, verb);
        break;
    case CT_AIM_TEXT:
        change_text(s, &aim, behind, end, verb);
        break;
    case CT_AIM_GROUND:
        change_ground(s, behind, end, verb);
        break;
    case CT_AIM_SUPPORT:
        change_support(s, ct_edit_skip(s, behind, end, leading), end);
        break;
    case CT_AIM_PALETTE:
        read_colors(s, ct_edit_skip(s, behind, end, leading), end, false);
        break;
    case CT_AIM_LIGHT:
    case CT_AIM_CAMERA:
    case CT_AIM_LOOK:
        ct_edit_skip(s, behind, end, leading);
        break; /* the sweep over manner reads the rest */
    case CT_AIM_PICTURE:
    case CT_AIM_NONE:
        behind = ct_edit_skip(s, behind, end, leading);
        read_and_collect(s, behind, end, aim.kind == CT_AIM_NONE ? s->last : -1, false, -1,
                         COLLECT_CHANGES | COLLECT_NEW | COLLECT_MOVES, verb);
        break;
    }
}

/* What is aimed at may be about to be added: looking must not name it as if it were in the
 * photograph already. */
static int aim_at_new(struct ct_edit_reader *s, int i, int end, struct ct_aim *aim)
{
    int n_entities = s->edit->intent->n_entities, n_before = s->edit->n_before;
    int behind = ct_edit_aim(s, i, end, aim);
    if (s->foreign && aim->kind == CT_AIM_ENTITY) {
        s->edit->intent->n_entities = n_entities;
        s->edit->n_before = n_before;
    }
    return behind;
}

/* "add the text "SALE" to the mug" */
static bool add_text(struct ct_edit_reader *s, int i, int end, int first)
{
    struct ct_aim aim, on;
    struct ct_slice to = { NULL, 0 };
    int behind = aim_at_new(s, i, end, &aim);
    if (aim.kind != CT_AIM_TEXT)
        return false;
    to = aim.quoted;
    ct_edit_mark_aim(s, &aim);
    if (!to.ptr)
        behind = read_text(s, behind, end, &to);
    int n = ct_edit_words_at(s, behind, "to|on|onto|in|at|across|over");
    if (n && ct_edit_aim(s, behind + n, end, &on) > behind + n && on.kind == CT_AIM_ENTITY) {
        aim.entity = on.entity;
        ct_edit_mark_aim(s, &on);
    }
    aim.quoted = (struct ct_slice){ NULL, 0 };
    if (to.ptr)
        letter(s, &aim, to, first, end)->added = true;
    return to.ptr != NULL;
}

static void add(struct ct_edit_reader *s, int verb, int n, int end)
{
    int i = ct_edit_skip(s, verb + n, end, "in|another|also|more|one more|a new|some more");
    ct_mark(&s->r, verb, verb + n, CT_USE_SILENT, NULL, NULL);
    struct ct_match m;
    s->more = 0;
    if (ct_reader_match(&s->r, i, CT_CLASS_BIT(NUMBER), &m) &&
        ct_edit_words_at(s, i + m.n, "more|other|additional")) { /* "two more apples" */
        s->more = ct_match_value(&m, CT_CLASS_NUMBER);
        ct_mark_number(&s->r, i, m.n, CT_USE_UNDERSTOOD, "more", s->more);
        ct_mark(&s->r, i + m.n, i + m.n + 1, CT_USE_SILENT, NULL, NULL);
    }
    if (add_text(s, i, end, verb))
        return;
    /* "add a gold cap to the bottle": attributes reach what was there only by way of its parts */
    read_and_collect(s, i, end, s->last, false, -1, COLLECT_NEW, verb);
    s->more = 0;
}

/* "move the apple here": to where the strokes are. */
static bool move_here(struct ct_edit_reader *s, int entity, int i, int end, int first)
{
    int n = ct_edit_words_at(s, i, "here|there|over here|over there|to here|to this place|"
                                   "to this spot|to the marked place|to the marked spot|"
                                   "to the circled area|to the marked area");
    if (!s->context->markup || n == 0 || i + n > end)
        return false;
    struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_MOVE, first, i + n);
    op->target = entity;
    op->here = true;
    ct_mark(&s->r, i, i + n, CT_USE_UNDERSTOOD, "where the markup is", NULL);
    return true;
}

static void put(struct ct_edit_reader *s, int verb, int n, int end)
{
    struct ct_aim aim;
    int i = verb + n;
    struct ct_match m;
    bool indefinite = ct_reader_match(&s->r, i, CT_CLASS_BIT(ARTICLE), &m) &&
                      ct_match_value(&m, CT_CLASS_ARTICLE) == 0;
    int behind = indefinite ? aim_at_new(s, i, end, &aim) : ct_edit_aim(s, i, end, &aim);
    bool new_thing = aim.kind == CT_AIM_ENTITY && indefinite;
    ct_mark(&s->r, verb, verb + n, CT_USE_SILENT, NULL, NULL);
    if (aim.kind == CT_AIM_TEXT && add_text(s, i, end, verb))
        return;
    if (aim.kind != CT_AIM_ENTITY || new_thing) {
        read_and_collect(s, i, end, -1, false, -1, COLLECT_NEW, verb);
        return;
    }
    ct_edit_mark_aim(s, &aim);
    s->last = aim.entity;
    if (move_here(s, aim.entity, behind, end, verb))
        return;
    behind = ct_edit_skip(s, behind, end, "further|a bit|a little|slightly|over|more");
    read_and_collect(s, behind, end, aim.entity, false, -1,
                     COLLECT_CHANGES | COLLECT_NEW | COLLECT_MOVES, verb);
}

static void remove_aim(struct ct_edit_reader *s, const struct ct_aim *aim, int first)
{
    if (aim->kind == CT_AIM_ENTITY)
        ct_edit_add(s, CT_EDIT_REMOVE, first, aim->end)->target = aim->entity;
    else if (aim->kind == CT_AIM_TEXT)
        letter(s, aim, (struct ct_slice){ "", 0 }, first, aim->end);
    else if (aim->kind == CT_AIM_GROUND)
        ct_edit_add(s, CT_EDIT_CUT_OUT, first, aim->end);
    else
        return; /* unmarked: ignored */
    ct_edit_mark_aim(s, aim);
}

static void take_away(struct ct_edit_reader *s, int verb, int n, int end)
{
    struct ct_match m;
    struct ct_aim aim;
    int i = verb + n;
    ct_mark(&s->r, verb, verb + n, CT_USE_SILENT, NULL, NULL);
    while (i < end) {
        int from = i;
        int behind = ct_edit_aim(s, i, end, &aim);
        if (behind > i) {
            remove_aim(s, &aim, verb);
            i = behind;
        }
        i += ct_is_mark(&s->r, i, ',');
        if (ct_reader_match(&s->r, i, CT_CLASS_BIT(AND), &m))
            i += m.n;
        if (i == from)
            break;
    }
    ct_edit_skip(s, i, end, "from|completely|entirely|the|picture|image|scene|photo");
}

static void replace(struct ct_edit_reader *s, int verb, int n, int end)
{
    struct ct_aim aim;
    int behind = ct_edit_aim(s, verb + n, end, &aim);
    ct_mark(&s->r, verb, verb + n, CT_USE_SILENT, NULL, NULL);
    ct_edit_mark_aim(s, &aim);
    behind = ct_edit_skip(s, behind, end, "with|by|for|to|out");
    switch (aim.kind) {
    case CT_AIM_TEXT:
        change_text(s, &aim, behind, end, verb);
        break;
    case CT_AIM_GROUND:
        change_ground(s, behind, end, verb);
        break;
    case CT_AIM_SUPPORT:
        change_support(s, behind, end);
        break;
    case CT_AIM_PART:
    case CT_AIM_CONTENTS:
        change_part(s, &aim, behind, end, verb);
        break;
    case CT_AIM_ENTITY:
        read_and_collect(s, behind, end, aim.entity, false, aim.entity,
                         COLLECT_CHANGES | COLLECT_NEW, verb);
        break;
    default:
        break;
    }
}

/* "the same bottle on a beach at sunset": no verb, a description of what it shall be. */
static void describe(struct ct_edit_reader *s, int i, int end)
{
    struct ct_aim aim;
    int subject = s->last;
    for (int k = i; k < end; k++)
        if (ct_is_word(&s->r, k) && ct_edit_aim(s, k, end, &aim) > k) {
            if (aim.kind == CT_AIM_ENTITY && aim.entity >= 0) {
                s->mentioned[aim.entity] = true;
                subject = aim.entity;
                if (!s->foreign)
                    ct_edit_mark_aim(s, &aim);
            }
            k = aim.end - 1;
        }
    s->edit->fresh = true;
    read_and_collect(s, i, end, subject, false, -1,
                     COLLECT_CHANGES | COLLECT_NEW | COLLECT_MOVES, i);
}

void ct_edit_clause(struct ct_edit_reader *s, int i, int end)
{
    int n;
    switch (ct_edit_verb_at(s, i, end, &n)) {
    case CT_EDIT_VERB_CHANGE:
        change(s, i, n, end);
        break;
    case CT_EDIT_VERB_ADD:
        add(s, i, n, end);
        break;
    case CT_EDIT_VERB_PUT:
        put(s, i, n, end);
        break;
    case CT_EDIT_VERB_REMOVE:
        take_away(s, i, n, end);
        break;
    case CT_EDIT_VERB_REPLACE:
        replace(s, i, n, end);
        break;
    case CT_EDIT_VERB_NONE:
        describe(s, i, end);
        break;
    }
}
