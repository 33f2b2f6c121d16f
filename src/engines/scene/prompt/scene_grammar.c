/* Scenes: things, what they are made of, where they stand, what is behind them.
 *
 * One walk over the tokens. A connecting word ("on", "of", "with", "is") is remembered and decides
 * what the next noun phrase is for: a thing of its own, the table under the things, the wall
 * behind them, what is in a mug, or a late attribute of the last thing. The first thing is the
 * subject; when nothing like it can be drawn the prompt becomes a typographic page, never another
 * thing. Further unknown things stay in the list with CT_OBJECT_NONE and without relations, and
 * their words remain unmarked, which makes them ignored notes. */
#include "engines/scene/prompt/reader.h"

enum {
    SUBJECT_MAX = 12, /* tokens a typographic page names */
    HELD_MAX = 4,
};

enum pending {
    PENDING_NONE,
    PENDING_RELATION,
    PENDING_OF,
    PENDING_WITH,
    PENDING_MADE,
    PENDING_COPULA,
};

struct scene {
    struct ct_reader *r;
    enum pending pending;
    enum ct_relation_kind kind; /* of PENDING_RELATION */
    bool after_and;             /* "... and on": the relation is to the same thing as before */
    int last;                   /* the entity attributes belong to, -1 for none */
    int prev;                   /* the entity of the phrase just before, -1 when it was another */
    int related;                /* a of the last relation */
    int dangling;               /* "behind the mug, a candle": b of a relation without its a */
    enum ct_relation_kind dangling_kind;
    int place[CT_INTENT_ENTITIES];   /* "on the left": relation kind + 1, 0 for none */
    int held_place;                  /* the same, said before the thing */
    struct ct_slice held_text;       /* lettering said before the thing */
    bool between;                    /* "between a and b": b is still to come */
    struct ct_phrase held[HELD_MAX]; /* "a red, glossy, small mug": what the commas parted */
    int n_held;
    int maybe_first, maybe_end; /* an unknown phrase that may be the subject */
};

static bool drawable(const struct ct_intent *intent, int entity)
{
    return entity >= 0 && intent->entities[entity].object != CT_OBJECT_NONE;
}

static bool holds_liquid(enum ct_object_id object)
{
    return object == CT_OBJECT_mug || object == CT_OBJECT_bottle || object == CT_OBJECT_bowl ||
           object == CT_OBJECT_vase || object == CT_OBJECT_wine_glass;
}

static void relate(struct scene *s, int a, enum ct_relation_kind kind, int b)
{
    struct ct_intent *intent = s->r->intent;
    if (a == b || !drawable(intent, a) || !drawable(intent, b) ||
        intent->n_relations == CT_INTENT_RELATIONS)
        return;
    for (int i = 0; i < intent->n_relations; i++) {
        const struct ct_relation *r = &intent->relations[i];
        if ((r->a == a && r->b == b) || (r->a == b && r->b == a))
            return;
    }
    intent->relations[intent->n_relations++] = (struct ct_relation){ a, b, kind };
    s->related = a;
}

static void apply_count(struct ct_reader *r, struct ct_entity *e, const struct ct_match *m,
                        const struct ct_phrase *p)
{
    e->count = p->count > CT_INTENT_COUNT ? CT_INTENT_COUNT : p->count;
    if (p->count > CT_INTENT_COUNT)
        ct_mark(r, m->first, m->first + m->n, CT_USE_SCENE_NEAR, "24, the most that is drawn",
                NULL);
    else
        ct_mark_number(r, m->first, m->n, CT_USE_SCENE_ONLY, "count", e->count);
}

/* One attribute of the phrase, unless the entity has another already. */
static void apply_attribute(struct ct_reader *r, struct ct_entity *e, const struct ct_phrase *p,
                            const struct ct_match *m, bool with_count)
{
    if (m->classes & CT_CLASS_BIT(NUMBER)) {
        if (with_count)
            apply_count(r, e, m, p);
    } else if (m->classes & CT_CLASS_BIT(COLOR) && !e->has_color) {
        e->has_color = true;
        e->color = p->color;
        ct_mark_color(r, m->first, m->n, CT_USE_SCENE_ONLY, "color", p->color);
    } else if (m->classes & CT_CLASS_BIT(FINISH) && e->finish == CT_FINISH_UNSET) {
        e->finish = p->finish;
        ct_mark_match(r, m, CT_USE_SCENE_ONLY, "finish", ct_finish_name(p->finish));
    } else if (m->classes & CT_CLASS_BIT(SIZE)) {
        e->size = p->size;
        ct_mark_match(r, m, CT_USE_SCENE_ONLY, "size", ct_match_name(m));
    } else if (m->classes & CT_CLASS_BIT(MATERIAL)) {
        enum ct_material_id id = (enum ct_material_id)ct_match_value(m, CT_CLASS_MATERIAL);
        bool liquid = ct_is_liquid(id);
        enum ct_material_id *to = liquid ? &e->contents : &e->material;
        if (*to != CT_MATERIAL_NONE || (liquid && !holds_liquid(e->object)))
            return;
        *to = id;
        ct_mark_match(r, m, CT_USE_SCENE_ONLY, liquid ? "contents" : "material",
                      ct_material_info(id)->id);
    }
}

static void apply_attributes(struct ct_reader *r, struct ct_entity *e, const struct ct_phrase *p,
                             bool with_count)
{
    for (int i = 0; i < p->n_items; i++)
        apply_attribute(r, e, p, &p->items[i], with_count);
}

/* "glass of red wine" is one name of an object, and says what is in it. */
static void contents_in_name(struct ct_reader *r, struct ct_entity *e, const struct ct_match *noun)
{
    struct ct_match m;
    if (noun->n < 3 || !holds_liquid(e->object) ||
        !ct_slice_ieq(r->tokens[noun->first + noun->n - 2].text, CT_S("of")))
        return;
    if (ct_reader_match(r, noun->first + noun->n - 1, CT_CLASS_BIT(MATERIAL), &m)) {
        enum ct_material_id id = (enum ct_material_id)ct_match_value(&m, CT_CLASS_MATERIAL);
        e->contents = ct_is_liquid(id) ? id : e->contents;
    }
}

static void name_object(struct ct_reader *r, struct ct_entity *e, const struct ct_phrase *p)
{
    struct ct_match noun = p->noun;
    bool exact = noun.classes & CT_CLASS_BIT(OBJECT);
    e->object = (enum ct_object_id)ct_match_value(&noun, exact ? CT_CLASS_OBJECT : CT_CLASS_NEAR);
    contents_in_name(r, e, &noun);
    const char *what = noun.plural && !p->counted ? "three of object" : "object";
    if (exact)
        ct_mark_match(r, &noun, CT_USE_SCENE_ONLY, what, ct_object_info(e->object)->row.id);
    else
        ct_mark_near(r, &noun, &ct_object_info(e->object)->row, CT_USE_SCENE_NEAR);
    /* "a coffee": the thing is what holds it */
    if (noun.classes & CT_CLASS_BIT(OBJECT) && noun.n == 1) {
        struct ct_match m = noun;
        enum ct_material_id id = (enum ct_material_id)ct_match_value(&m, CT_CLASS_MATERIAL);
        if (p->liquid != CT_MATERIAL_NONE && id == p->liquid && holds_liquid(e->object))
            e->contents = id;
    }
}

/* "the mug", when there is one already. */
static int find_same(const struct ct_intent *intent, const struct ct_phrase *p)
{
    if (!p->definite || p->head != CT_HEAD_OBJECT)
        return -1;
    bool exact = p->noun.classes & CT_CLASS_BIT(OBJECT);
    int object = ct_match_value(&p->noun, exact ? CT_CLASS_OBJECT : CT_CLASS_NEAR);
    for (int i = intent->n_entities - 1; i >= 0; i--)
        if ((int)intent->entities[i].object == object)
            return i;
    return -1;
}

static int add_entity(struct scene *s, const struct ct_phrase *p)
{
    struct ct_reader *r = s->r;
    struct ct_intent *intent = r->intent;
    int same = find_same(intent, p);
    if (same >= 0) {
        apply_attributes(r, &intent->entities[same], p, p->counted);
        ct_mark_match(r, &p->noun, CT_USE_SCENE_ONLY, "the same object",
                      ct_object_info(intent->entities[same].object)->row.id);
        return same;
    }
    if (intent->n_entities == CT_INTENT_ENTITIES)
        return -1;
    int at = intent->n_entities++;
    struct ct_entity *e = &intent->entities[at];
    *e = (struct ct_entity){ .object = CT_OBJECT_NONE,
                             .count = 1,
                             .size = 1,
                             .material = CT_MATERIAL_NONE,
                             .contents = CT_MATERIAL_NONE };
    e->words = ct_reader_slice(r, p->first, p->end);
    e->noun = ct_reader_slice(r, p->noun_first, p->noun_end);
    if (p->head == CT_HEAD_OBJECT) {
        name_object(r, e, p);
        e->count = p->noun.plural ? 3 : 1;
        apply_attributes(r, e, p, true);
        for (int i = 0; i < s->n_held; i++)
            apply_attributes(r, e, &s->held[i], false);
        s->n_held = 0;
    } else if (at == 0) {
        s->maybe_first = p->first;
        s->maybe_end = p->end;
    }
    if (s->held_text.ptr && drawable(intent, at)) {
        e->text = s->held_text;
        s->held_text.ptr = NULL;
    }
    s->place[at] = s->held_place;
    s->held_place = 0;
    return at;
}

static void use_support(struct scene *s, const struct ct_phrase *p)
{
    struct ct_reader *r = s->r;
    struct ct_intent *intent = r->intent;
    intent->backdrop = CT_BACKDROP_table;
    for (int i = 0; i < p->n_items; i++) {
        const struct ct_match *m = &p->items[i];
        if (m->classes & CT_CLASS_BIT(COLOR) && !intent->has_support_color) {
            intent->has_support_color = true;
            intent->support_color = p->color;
            ct_mark_color(r, m->first, m->n, CT_USE_SCENE_ONLY, "support color", p->color);
        } else if (m->classes & CT_CLASS_BIT(FINISH) && !intent->support_finish) {
            intent->support_finish = p->finish;
            ct_mark_match(r, m, CT_USE_SCENE_ONLY, "support finish", ct_finish_name(p->finish));
        } else if (m->classes & CT_CLASS_BIT(MATERIAL) && p->material != CT_MATERIAL_NONE &&
                   intent->support == CT_MATERIAL_NONE) {
            intent->support = p->material;
            ct_mark_match(r, m, CT_USE_SCENE_ONLY, "support", ct_material_info(p->material)->id);
        }
    }
    if (p->head != CT_HEAD_SUPPORT)
        return;
    bool near =
        p->noun.classes & CT_CLASS_BIT(SUPPORT) && ct_match_value(&p->noun, CT_CLASS_SUPPORT) == 1;
    ct_mark_match(r, &p->noun, near ? CT_USE_SCENE_NEAR : CT_USE_SCENE_ONLY,
                  near ? "a table top" : "backdrop table", NULL);
}

static void set_ground_color(struct ct_intent *intent, struct ct_rgb color)
{
    intent->has_backdrop_color = true;
    intent->backdrop_color = color;
    intent->dark = 299 * color.r + 587 * color.g + 114 * color.b < 70 * 1000;
}

static void use_ground(struct scene *s, const struct ct_phrase *p)
{
    struct ct_reader *r = s->r;
    struct ct_intent *intent = r->intent;
    struct ct_rgb color;
    const struct ct_match *noun = &p->noun;
    bool named = noun->classes & CT_CLASS_BIT(BACKDROP);
    enum ct_backdrop_id id = (enum ct_backdrop_id)ct_match_value(noun, CT_CLASS_BACKDROP);
    if (named && intent->backdrop != CT_BACKDROP_table)
        intent->backdrop = id;
    if (named && ct_color_at(r, noun->first, &color)) /* "white background" */
        set_ground_color(intent, color);
    for (int i = 0; i < p->n_items; i++) {
        const struct ct_match *m = &p->items[i];
        if (m->classes & CT_CLASS_BIT(COLOR)) {
            set_ground_color(intent, p->color);
            ct_mark_color(r, m->first, m->n, CT_USE_UNDERSTOOD, "backdrop color", p->color);
        } else if (m->classes & CT_CLASS_BIT(MATERIAL) && named && id == CT_BACKDROP_drape) {
            intent->support = p->material;
            ct_mark_match(r, m, CT_USE_SCENE_ONLY, "drape of", ct_material_info(p->material)->id);
        }
    }
    ct_mark_match(r, noun, CT_USE_UNDERSTOOD, named ? "backdrop" : "background",
                  named ? ct_backdrop_info(id)->id : NULL);
}

static void add_colors(struct scene *s, const struct ct_phrase *p)
{
    struct ct_reader *r = s->r;
    struct ct_rgb color;
    for (int i = 0; i < p->n_items; i++) {
        const struct ct_match *m = &p->items[i];
        if (ct_color_at(r, m->first, &color) != m->n)
            continue;
        ct_add_palette(r, color);
        ct_mark_color(r, m->first, m->n, CT_USE_UNDERSTOOD, "palette", color);
    }
}

static void use_palette(struct scene *s, const struct ct_phrase *p)
{
    for (int i = 0; i < s->n_held; i++) /* "a teal, terracotta and navy palette" */
        add_colors(s, &s->held[i]);
    s->n_held = 0;
    add_colors(s, p);
    if (p->n_items)
        ct_mark_match(s->r, &p->noun, CT_USE_SILENT, NULL, NULL);
}

/* "one red and one blue" after "two mugs": the rest becomes an entity of its own. */
static void split_entity(struct scene *s, int count)
{
    struct ct_intent *intent = s->r->intent;
    struct ct_entity *e = &intent->entities[s->last];
    if (intent->n_entities == CT_INTENT_ENTITIES || count >= e->count)
        return;
    int at = intent->n_entities++;
    intent->entities[at] = *e;
    intent->entities[at].count = e->count - count;
    e->count = count;
}

/* Only attributes: of the support ("on marble"), the background ("on white"), or the last thing. */
static void use_attributes(struct scene *s, const struct ct_phrase *p)
{
    struct ct_reader *r = s->r;
    struct ct_intent *intent = r->intent;
    bool on = s->pending == PENDING_RELATION && s->kind == CT_RELATION_ON;
    if (on && p->material != CT_MATERIAL_NONE) {
        use_support(s, p);
        return;
    }
    if (s->pending == PENDING_RELATION && p->has_color && p->n_items == 1 &&
        s->kind != CT_RELATION_IN) {
        set_ground_color(intent, p->color);
        ct_mark_color(r, p->items[0].first, p->items[0].n, CT_USE_UNDERSTOOD, "backdrop color",
                      p->color);
        return;
    }
    if (!drawable(intent, s->last)) {
        if (intent->n_texts > 0) /* the word "LOVE" in gold */
            add_colors(s, p);
        return;
    }
    int rest = -1;
    if (p->counted && p->n_items > 1 && p->count < intent->entities[s->last].count) {
        split_entity(s, p->count);
        rest = intent->n_entities - 1;
        ct_mark_number(r, p->items[0].first, p->items[0].n, CT_USE_SCENE_ONLY, "count", p->count);
    }
    bool same = p->counted && p->n_items > 1 && p->count == intent->entities[s->last].count;
    apply_attributes(r, &intent->entities[s->last], p, same);
    s->last = rest >= 0 ? rest : s->last;
}

/* "of coffee", "with milk": what is in the thing named just before. */
static void use_contents(struct scene *s, const struct ct_phrase *p)
{
    struct ct_intent *intent = s->r->intent;
    if (!drawable(intent, s->prev) || !holds_liquid(intent->entities[s->prev].object) ||
        (s->pending != PENDING_OF && s->pending != PENDING_WITH))
        return;
    struct ct_entity *e = &intent->entities[s->prev];
    if (e->contents != CT_MATERIAL_NONE)
        return;
    e->contents = p->liquid;
    for (int i = 0; i < p->n_items; i++)
        if (p->items[i].classes & CT_CLASS_BIT(MATERIAL) && p->items[i].row &&
            ct_match_value(&p->items[i], CT_CLASS_MATERIAL) == (int)p->liquid)
            ct_mark_match(s->r, &p->items[i], CT_USE_SCENE_ONLY, "contents",
                          ct_material_info(p->liquid)->id);
}

static void connect(struct scene *s, int entity, bool was_bowl)
{
    int a = s->after_and && s->related >= 0 ? s->related : s->prev >= 0 ? s->prev : s->last;
    if (s->between && s->after_and && s->related >= 0) {
        relate(s, s->related, CT_RELATION_LEFT_OF, entity);
        s->between = false;
    } else if (s->pending == PENDING_RELATION && a >= 0 && a != entity) {
        bool around = s->between && s->r->intent->entities[entity].count > 1;
        s->between &= !around;
        relate(s, a, around ? CT_RELATION_BESIDE : s->kind, entity);
    } else if (s->pending == PENDING_RELATION) {
        s->dangling = entity;
        s->dangling_kind = s->kind;
    } else if (s->dangling >= 0) {
        relate(s, entity, s->dangling_kind, s->dangling);
        s->dangling = -1;
    } else if (was_bowl && (s->pending == PENDING_OF || s->pending == PENDING_WITH)) {
        relate(s, entity, CT_RELATION_IN, s->prev);
    }
}

/* An unknown phrase names a thing when it is put like one; else it is only manner. */
static bool names_a_thing(const struct scene *s, const struct ct_phrase *p, int behind)
{
    const struct ct_reader *r = s->r;
    struct ct_match m;
    if (ct_reader_match(r, p->noun_first, CT_CLASS_BIT(ROLE), &m))
        return false; /* "big letters" */
    if (p->article || p->counted || s->pending == PENDING_RELATION)
        return true;
    return r->intent->n_entities == 0 &&
           !(behind < r->n && r->tokens[behind].kind == CT_TOKEN_MARK &&
             r->tokens[behind].mark == ',');
}

/* "a red, ..." and what follows it up to the noun. */
static bool belongs_to_next(const struct scene *s, const struct ct_phrase *p, int behind)
{
    const struct ct_reader *r = s->r;
    struct ct_match m;
    bool more = behind < r->n && (r->tokens[behind].mark == ',' ||
                                  ct_reader_match(r, behind, CT_CLASS_BIT(AND), &m));
    return more && s->n_held < HELD_MAX && p->n_items > 0 && s->pending == PENDING_NONE &&
           ((p->article && !p->definite) || s->n_held > 0 || r->intent->n_entities == 0);
}

static void use_phrase(struct scene *s, const struct ct_phrase *p, int behind)
{
    struct ct_intent *intent = s->r->intent;
    int entity = -1;
    bool vessel = drawable(intent, s->prev) && holds_liquid(intent->entities[s->prev].object);
    switch (p->head) {
    case CT_HEAD_OBJECT:
        entity = add_entity(s, p);
        break;
    case CT_HEAD_UNKNOWN:
        if (names_a_thing(s, p, behind)) {
            entity = add_entity(s, p);
        } else if (s->maybe_first < 0 && intent->n_texts == 0) {
            s->maybe_first = p->first;
            s->maybe_end = p->end;
        }
        break;
    case CT_HEAD_LIQUID:
        use_contents(s, p);
        break;
    case CT_HEAD_SUPPORT:
        use_support(s, p);
        break;
    case CT_HEAD_GROUND:
        use_ground(s, p);
        break;
    case CT_HEAD_PALETTE:
        use_palette(s, p);
        break;
    case CT_HEAD_NONE:
        if (belongs_to_next(s, p, behind))
            s->held[s->n_held++] = *p;
        else if (behind >= s->r->n || s->r->tokens[behind].kind != CT_TOKEN_QUOTED)
            use_attributes(s, p); /* else a small blue "W": of the lettering */
        break;
    }
    if (entity >= 0) {
        connect(s, entity, vessel);
        s->last = drawable(intent, entity) || s->last < 0 ? entity : s->last;
        s->prev = drawable(intent, entity) ? entity : -1;
    } else if (p->head == CT_HEAD_UNKNOWN) {
        s->prev = -1;
    }
    s->pending = PENDING_NONE;
    s->after_and = false;
}

static void use_place(struct scene *s, const struct ct_match *m)
{
    int kind = ct_match_value(m, CT_CLASS_PLACE) + 1;
    if (s->prev >= 0 && s->place[s->prev] == 0)
        s->place[s->prev] = kind;
    else
        s->held_place = kind;
    ct_mark_match(s->r, m, CT_USE_SILENT, NULL, NULL);
}

/* A connecting word at m: remembers what it announces. */
static bool use_connector(struct scene *s, const struct ct_match *m)
{
    if (m->classes & CT_CLASS_BIT(PLACE)) {
        use_place(s, m);
        return true;
    }
    if (m->classes & CT_CLASS_BIT(RELATION)) {
        s->pending = PENDING_RELATION;
        s->kind = (enum ct_relation_kind)ct_match_value(m, CT_CLASS_RELATION);
        s->between = strstr(ct_match_name(m), "between") != NULL;
    } else if (m->classes & (CT_CLASS_BIT(MADE) | CT_CLASS_BIT(COPULA))) {
        s->pending = m->classes & CT_CLASS_BIT(MADE) ? PENDING_MADE : PENDING_COPULA;
    } else if (m->classes & CT_CLASS_BIT(OF)) {
        s->pending = PENDING_OF;
    } else if (m->classes & CT_CLASS_BIT(WITH)) {
        s->pending = PENDING_WITH;
    } else if (m->classes & CT_CLASS_BIT(AND)) {
        s->after_and = true;
    } else if (m->classes & CT_CLASS_BIT(AGAINST)) {
        s->pending = PENDING_RELATION;
        s->kind = CT_RELATION_IN_FRONT_OF;
    } else if (!(m->classes & (CT_CLASS_BIT(PRONOUN) | CT_CLASS_BIT(VERB) | CT_CLASS_BIT(STOP)))) {
        return false;
    }
    ct_mark_match(s->r, m, CT_USE_SILENT, NULL, NULL);
    return true;
}

/* Lettering goes on the thing named last. */
static void use_text(struct scene *s, int first, int end, struct ct_slice text)
{
    struct ct_intent *intent = s->r->intent;
    ct_add_text(s->r, text);
    int to = drawable(intent, s->prev) ? s->prev : s->last;
    bool placed = drawable(intent, to) && !intent->entities[to].text.ptr;
    if (placed)
        intent->entities[to].text = text;
    else if (to < 0 && !s->held_text.ptr)
        s->held_text = text;
    else
        return; /* one text a thing: the others stay unmarked */
    ct_mark(s->r, first, end, CT_USE_UNDERSTOOD, "lettering", NULL);
}

/* "that says", "with the text": returns the token behind the words it announces, or 0. */
static int use_role(struct scene *s, const struct ct_match *m)
{
    struct ct_reader *r = s->r;
    int i = m->first + m->n;
    for (int near = i; near < r->n && near < i + 4; near++) {
        if (r->tokens[near].kind == CT_TOKEN_QUOTED) {
            ct_mark(r, m->first, near, CT_USE_SILENT, NULL, NULL);
            return near;
        }
        if (r->tokens[near].kind != CT_TOKEN_WORD && r->tokens[near].kind != CT_TOKEN_MARK)
            break;
        if (r->tokens[near].mark == ',' || r->tokens[near].mark == '.')
            break;
    }
    int end = ct_read_bare_text(r, i);
    if (end <= i || s->last < 0)
        return 0;
    ct_mark_match(r, m, CT_USE_SILENT, NULL, NULL);
    use_text(s, i, end, ct_reader_slice(r, i, end));
    return end;
}

/* "f/1.8" is a wide aperture. */
static int use_aperture(struct scene *s, int i)
{
    const struct ct_token *t = s->r->tokens;
    if (i + 2 >= s->r->n || !ct_slice_ieq(t[i].text, CT_S("f")) || t[i + 1].mark != '/' ||
        t[i + 2].kind != CT_TOKEN_NUMBER || t[i + 2].text.len != 3)
        return 0;
    char stop = t[i + 2].text.ptr[0];
    if (stop > '2')
        return 0;
    s->r->intent->shallow_focus = true;
    ct_mark(s->r, i, i + 3, CT_USE_SCENE_ONLY, "shallow focus", NULL);
    return 3;
}

/* "Background: beige", "palette: navy, teal and gold": the colours behind. */
static int read_colors(struct scene *s, const struct ct_phrase *p, int i)
{
    struct ct_reader *r = s->r;
    struct ct_match m;
    struct ct_rgb color;
    bool ground = p->head == CT_HEAD_GROUND;
    bool copula = ct_reader_match(r, i, CT_CLASS_BIT(COPULA), &m);
    int at = copula ? i + m.n : i + 1, n, end = i;
    if ((!ground && p->head != CT_HEAD_PALETTE) || i >= r->n ||
        (!copula && r->tokens[i].mark != ':'))
        return i;
    while ((n = ct_color_at(r, at, &color)) > 0) {
        if (ground)
            set_ground_color(r->intent, color);
        else
            ct_add_palette(r, color);
        ct_mark_color(r, at, n, CT_USE_UNDERSTOOD, ground ? "backdrop color" : "palette", color);
        end = at += n;
        if (ground)
            break;
        at += at < r->n && r->tokens[at].mark == ',';
        at += ct_reader_match(r, at, CT_CLASS_BIT(AND), &m) ? m.n : 0;
    }
    if (end > i && p->head == CT_HEAD_PALETTE)
        ct_mark_match(r, &p->noun, CT_USE_SILENT, NULL, NULL);
    return end;
}

static int read_word(struct scene *s, int i)
{
    struct ct_reader *r = s->r;
    struct ct_match m;
    struct ct_phrase p;
    int n = use_aperture(s, i);
    if (n)
        return i + n;
    if (ct_reader_match(r, i, CT_CLASS_ANY, &m)) {
        int end = m.classes & CT_CLASS_BIT(ROLE) ? use_role(s, &m) : 0;
        if (end)
            return end;
        if (!(m.classes & CT_CLASS_BIT(NUMBER)) && use_connector(s, &m))
            return i + m.n;
    }
    int behind = ct_phrase_read(r, i, &p);
    if (p.head == CT_HEAD_UNKNOWN && !p.article && behind < r->n && r->tokens[behind].mark == ':' &&
        r->tokens[behind].kind == CT_TOKEN_MARK) {
        ct_mark(r, p.first, p.end, CT_USE_SILENT, NULL, NULL); /* "Lighting: golden hour" */
        return behind;
    }
    use_phrase(s, &p, behind);
    return read_colors(s, &p, behind);
}

static void settle_places(struct scene *s)
{
    struct ct_intent *intent = s->r->intent;
    for (int a = 0; a < intent->n_entities; a++)
        for (int b = 0; s->place[a] && b < intent->n_entities; b++)
            if (b != a && drawable(intent, b)) {
                relate(s, a, (enum ct_relation_kind)(s->place[a] - 1), b);
                break;
            }
}

/* Nothing was like a thing ("a marble table", "golden hour"): the first words are the subject. */
static void find_subject(struct scene *s)
{
    const struct ct_reader *r = s->r;
    int i = 0;
    while (i < r->n && (r->tokens[i].kind == CT_TOKEN_MARK || r->tokens[i].kind == CT_TOKEN_BREAK ||
                        r->tokens[i].use == CT_USE_SILENT))
        i++;
    i = i < r->n ? i : 0;
    s->maybe_first = s->maybe_end = i;
    while (s->maybe_end < r->n && (r->tokens[s->maybe_end].kind == CT_TOKEN_WORD ||
                                   r->tokens[s->maybe_end].kind == CT_TOKEN_NUMBER ||
                                   r->tokens[s->maybe_end].kind == CT_TOKEN_HEX))
        s->maybe_end++;
    if (s->maybe_end == i)
        s->maybe_end = r->n; /* only marks: they are all there is */
}

/* Nothing to draw: a page that names the subject. */
static void become_typographic(struct scene *s)
{
    struct ct_reader *r = s->r;
    struct ct_intent *intent = r->intent;
    intent->kind = CT_INTENT_PAGE;
    intent->template_id = CT_TEMPLATE_typographic;
    if (s->maybe_first < 0 && intent->n_texts == 0)
        find_subject(s);
    if (s->maybe_end > s->maybe_first + SUBJECT_MAX)
        s->maybe_end = s->maybe_first + SUBJECT_MAX;
    if (s->maybe_first >= 0 && s->maybe_end > s->maybe_first) {
        intent->subject = ct_reader_slice(r, s->maybe_first, s->maybe_end);
        ct_mark(r, s->maybe_first, s->maybe_end, CT_USE_SUBSTITUTED, "a typographic composition",
                NULL);
    }
    if (intent->n_texts > 0)
        intent->title = intent->texts[0];
    for (int i = 0; i < r->n && intent->title.ptr; i++) {
        struct ct_token *t = &r->tokens[i];
        if (t->kind == CT_TOKEN_QUOTED && ct_token_quoted(t).ptr == intent->title.ptr)
            ct_mark(r, i, i + 1, CT_USE_UNDERSTOOD, "title", NULL);
    }
    for (int i = s->maybe_first; i >= 0 && i < s->maybe_end; i++) {
        struct ct_rgb color;
        r->tokens[i].use = CT_USE_FREE;
        if (ct_color_at(r, i, &color))
            ct_add_palette(r, color);
        r->tokens[i].use = i == s->maybe_first ? CT_USE_SUBSTITUTED : CT_USE_CONTINUED;
    }
}

void ct_read_scene(struct ct_reader *r)
{
    struct scene s = {
        .r = r, .last = -1, .prev = -1, .related = -1, .dangling = -1, .maybe_first = -1
    };
    struct ct_intent *intent = r->intent;
    intent->kind = CT_INTENT_SCENE;
    for (int i = 0; i < r->n;) {
        struct ct_token *t = &r->tokens[i];
        if (t->use != CT_USE_FREE) {
            i++;
        } else if (t->kind == CT_TOKEN_QUOTED) {
            use_text(&s, i, i + 1, ct_token_quoted(t));
            i++;
        } else if (t->kind == CT_TOKEN_WORD || t->kind == CT_TOKEN_NUMBER ||
                   t->kind == CT_TOKEN_HEX) {
            i = read_word(&s, i);
        } else {
            bool ends = t->kind == CT_TOKEN_BREAK || t->mark == '.' || t->mark == ';';
            s.pending = PENDING_NONE;
            s.after_and = t->mark == ',' && s.related >= 0;
            s.prev = ends ? -1 : s.prev;
            i++;
        }
    }
    settle_places(&s);
    if (intent->n_entities == 0 || intent->entities[0].object == CT_OBJECT_NONE)
        become_typographic(&s);
    else if (intent->backdrop == CT_BACKDROP_NONE && intent->has_backdrop_color &&
             intent->support == CT_MATERIAL_NONE)
        intent->backdrop = CT_BACKDROP_sweep;
}
