/* What a phrase does to the scene: a thing with its attributes, the table under the things, the
 * wall behind them, what is in a mug.
 *
 * Called by scene_grammar.c, which knows what the phrase is for. A word is marked as understood in
 * the same place where it changes the intent, so the notes cannot say more than was done; an
 * attribute that finds its place taken stays unmarked and becomes an ignored note. */
#include "engines/scene/prompt/scene_reader.h"

bool ct_scene_drawable(const struct ct_intent *intent, int entity)
{
    return entity >= 0 && intent->entities[entity].object != CT_OBJECT_NONE;
}

bool ct_scene_letter(struct ct_intent *intent, int entity, struct ct_slice text)
{
    if (!ct_scene_drawable(intent, entity) || intent->entities[entity].text.ptr ||
        !ct_object_takes_lettering(intent->entities[entity].object))
        return false;
    intent->entities[entity].text = text;
    return true;
}

bool ct_scene_holds_liquid(enum ct_object_id object)
{
    switch (object) {
    case CT_OBJECT_mug:
    case CT_OBJECT_bottle:
    case CT_OBJECT_bowl:
    case CT_OBJECT_vase:
    case CT_OBJECT_wine_glass:
    case CT_OBJECT_water_glass:
    case CT_OBJECT_jar:
    case CT_OBJECT_jug:
    case CT_OBJECT_saucepan:
    case CT_OBJECT_frying_pan:
    case CT_OBJECT_wine_bottle:
    case CT_OBJECT_dropper_bottle:
        return true;
    default:
        return false;
    }
}

void ct_scene_relate(struct ct_scene_reader *s, int a, enum ct_relation_kind kind, int b)
{
    struct ct_intent *intent = s->r->intent;
    if (a == b || !ct_scene_drawable(intent, a) || !ct_scene_drawable(intent, b) ||
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

void ct_scene_arrange(struct ct_reader *r, struct ct_entity *e, const struct ct_match *m)
{
    e->arrangement = (enum ct_arrangement)ct_match_value(m, CT_CLASS_ARRANGEMENT);
    ct_mark_match(r, m, CT_USE_SCENE_ONLY, "arrangement", ct_arrangement_name(e->arrangement));
}

/* How many there are when only the arrangement and a plural say so: enough to be one. */
static int implied_count(enum ct_arrangement arrangement)
{
    static const int counts[] = { 3, 4, 3, 6, 6, 9, 7 };
    return counts[arrangement];
}

/* One attribute of the phrase, unless the entity has another already. */
static void apply_attribute(struct ct_reader *r, struct ct_entity *e, const struct ct_phrase *p,
                            const struct ct_match *m, bool with_count)
{
    if (m->classes & CT_CLASS_BIT(NUMBER)) {
        if (with_count)
            apply_count(r, e, m, p);
    } else if (m->classes & CT_CLASS_BIT(ARRANGEMENT)) {
        ct_scene_arrange(r, e, m);
    } else if (m->classes & CT_CLASS_BIT(PATTERN)) {
        if (e->pattern != CT_PATTERN_NONE || !ct_object_takes_pattern(e->object))
            return;
        e->pattern = (enum ct_pattern_kind)ct_match_value(m, CT_CLASS_PATTERN);
        ct_mark_match(r, m, CT_USE_SCENE_ONLY, "pattern", ct_pattern_name(e->pattern));
    } else if (m->classes & CT_CLASS_BIT(COLOR) && e->has_color && e->pattern &&
               !e->has_pattern_color) { /* "black and white striped" */
        e->has_pattern_color = true;
        e->pattern_color = p->color;
        ct_mark_color(r, m->first, m->n, CT_USE_SCENE_ONLY, "pattern color", p->color);
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
        if (*to != CT_MATERIAL_NONE || (liquid && !ct_scene_holds_liquid(e->object)))
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

/* "glass of red wine", "honey jar": one name of an object, which says what is in it. */
static void contents_in_name(struct ct_reader *r, struct ct_entity *e, const struct ct_match *noun)
{
    struct ct_match m;
    if (noun->n < 2 || !ct_scene_holds_liquid(e->object))
        return;
    bool of = noun->n > 2 && ct_slice_ieq(r->tokens[noun->first + noun->n - 2].text, CT_S("of"));
    if (!of && e->object != CT_OBJECT_jar) /* of steel, as a water bottle; or it says so itself */
        return;
    int at = of ? noun->first + noun->n - 1 : noun->first;
    if (ct_reader_match(r, at, CT_CLASS_BIT(MATERIAL), &m)) {
        enum ct_material_id id = (enum ct_material_id)ct_match_value(&m, CT_CLASS_MATERIAL);
        e->contents = ct_is_liquid(id) ? id : e->contents;
    }
}

static void name_object(struct ct_reader *r, struct ct_entity *e, const struct ct_phrase *p)
{
    struct ct_match noun = p->noun;
    bool exact = noun.classes & CT_CLASS_BIT(OBJECT);
    e->object = (enum ct_object_id)ct_match_value(&noun, exact ? CT_CLASS_OBJECT : CT_CLASS_NEAR);
    e->emoji = p->emoji;
    contents_in_name(r, e, &noun);
    bool some = noun.plural && !p->counted && p->arrangement == CT_ARRANGEMENT_ANY;
    const char *what = some ? "three of object" : "object";
    if (exact)
        ct_mark_match(r, &noun, CT_USE_SCENE_ONLY, what, ct_object_info(e->object)->row.id);
    else if (p->emoji)
        ct_mark_figure(r, &noun);
    else
        ct_mark_near(r, &noun, &ct_object_info(e->object)->row, CT_USE_SCENE_NEAR);
    /* "a coffee": the thing is what holds it */
    if (noun.classes & CT_CLASS_BIT(OBJECT) && noun.n == 1) {
        struct ct_match m = noun;
        enum ct_material_id id = (enum ct_material_id)ct_match_value(&m, CT_CLASS_MATERIAL);
        if (p->liquid != CT_MATERIAL_NONE && id == p->liquid && ct_scene_holds_liquid(e->object))
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
        if ((int)intent->entities[i].object == object && intent->entities[i].emoji == p->emoji)
            return i;
    return -1;
}

int ct_scene_add(struct ct_scene_reader *s, const struct ct_phrase *p)
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
    s->rest = -1;
    *e = (struct ct_entity){ .object = CT_OBJECT_NONE,
                             .count = 1,
                             .size = 1,
                             .material = CT_MATERIAL_NONE,
                             .contents = CT_MATERIAL_NONE };
    e->words = ct_reader_slice(r, p->first, p->end);
    e->noun = ct_reader_slice(r, p->noun_first, p->noun_end);
    if (p->head == CT_HEAD_OBJECT) {
        name_object(r, e, p);
        e->count = p->noun.plural ? implied_count(p->arrangement) : 1;
        if (p->counted) /* also by words that leave no note: "a stack of" */
            e->count = p->count < CT_INTENT_COUNT ? p->count : CT_INTENT_COUNT;
        apply_attributes(r, e, p, true);
        if (e->object == CT_OBJECT_pancakes && e->arrangement == CT_ARRANGEMENT_STACK) {
            e->count = 1; /* they are a stack by themselves */
            e->arrangement = CT_ARRANGEMENT_ANY;
        }
        for (int i = 0; i < s->n_held; i++)
            apply_attributes(r, e, &s->held[i], false);
        s->n_held = 0;
    } else if (at == 0) {
        s->maybe_first = p->first;
        s->maybe_end = p->end;
    }
    if (s->held_text.ptr && ct_scene_letter(intent, at, s->held_text)) {
        ct_mark(r, s->held_text_first, s->held_text_end, CT_USE_UNDERSTOOD, "lettering", NULL);
        s->held_text.ptr = NULL;
    }
    s->place[at] = s->held_place;
    s->held_place = 0;
    return at;
}

/* "one red and one blue" after "two mugs": the rest becomes an entity of its own. */
static void split_entity(struct ct_scene_reader *s, int count)
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

/* "two mugs, a red one": one of the two; the rest is told next. */
static int one_of(struct ct_scene_reader *s)
{
    struct ct_intent *intent = s->r->intent;
    int at = s->rest >= 0 ? s->rest : s->last, before = intent->n_entities;
    s->last = at;
    split_entity(s, 1);
    s->rest = intent->n_entities > before ? before : -1;
    return at;
}

int ct_scene_add_same(struct ct_scene_reader *s, const struct ct_phrase *p)
{
    struct ct_reader *r = s->r;
    struct ct_intent *intent = r->intent;
    if (!ct_scene_drawable(intent, s->last))
        return -1;
    int at = intent->n_entities;
    if (s->rest >= 0 || intent->entities[s->last].count > 1) {
        at = one_of(s);
    } else {
        if (at == CT_INTENT_ENTITIES)
            return -1;
        intent->n_entities++;
        intent->entities[at] = (struct ct_entity){ .words = ct_reader_slice(r, p->first, p->end),
                                                   .noun = intent->entities[s->last].noun,
                                                   .object = intent->entities[s->last].object,
                                                   .count = p->noun.plural ? 3 : 1,
                                                   .size = 1,
                                                   .material = CT_MATERIAL_NONE,
                                                   .contents = CT_MATERIAL_NONE };
        s->place[at] = s->held_place;
        s->held_place = 0;
    }
    struct ct_entity *e = &intent->entities[at];
    apply_attributes(r, e, p, at == intent->n_entities - 1 && s->rest < 0 && p->counted);
    if (p->head == CT_HEAD_SAME)
        ct_mark(r, p->noun_first, p->noun_end, CT_USE_SCENE_ONLY, "object",
                ct_object_info(e->object)->row.id);
    else
        ct_mark_number(r, p->items[0].first, p->items[0].n, CT_USE_SCENE_ONLY, "count", 1);
    return at;
}

void ct_scene_use_support(struct ct_scene_reader *s, const struct ct_phrase *p)
{
    struct ct_reader *r = s->r;
    struct ct_intent *intent = r->intent;
    if (!intent->interior) /* a room keeps its walls: "a kitchen with a marble worktop" */
        intent->backdrop = CT_BACKDROP_table;
    for (int i = 0; i < p->n_items; i++) {
        const struct ct_match *m = &p->items[i];
        if (m->classes & CT_CLASS_BIT(COLOR) && !intent->has_support_color) {
            intent->has_support_color = true;
            intent->support_color = p->color;
            ct_mark_color(r, m->first, m->n, CT_USE_SCENE_ONLY, "support color", p->color);
        } else if (m->classes & CT_CLASS_BIT(PATTERN) && !intent->support_pattern) {
            intent->support_pattern = p->pattern;
            ct_mark_match(r, m, CT_USE_SCENE_ONLY, "support pattern", ct_pattern_name(p->pattern));
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

void ct_scene_set_ground(struct ct_intent *intent, struct ct_rgb color)
{
    intent->has_backdrop_color = true;
    intent->backdrop_color = color;
    intent->dark = 299 * color.r + 587 * color.g + 114 * color.b < 70 * 1000;
}

void ct_scene_use_ground(struct ct_scene_reader *s, const struct ct_phrase *p)
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
        ct_scene_set_ground(intent, color);
    for (int i = 0; i < p->n_items; i++) {
        const struct ct_match *m = &p->items[i];
        if (m->classes & CT_CLASS_BIT(COLOR)) {
            ct_scene_set_ground(intent, p->color);
            ct_mark_color(r, m->first, m->n, CT_USE_UNDERSTOOD, "backdrop color", p->color);
        } else if (m->classes & CT_CLASS_BIT(MATERIAL) && ct_is_walling(p->material) &&
                   noun->classes & CT_CLASS_BIT(GROUND)) { /* "a brick wall" */
            intent->wall = p->material;
            ct_mark_match(r, m, CT_USE_SCENE_ONLY, "wall of", ct_material_info(p->material)->id);
        } else if (m->classes & CT_CLASS_BIT(MATERIAL) && named && id == CT_BACKDROP_drape) {
            intent->support = p->material;
            ct_mark_match(r, m, CT_USE_SCENE_ONLY, "drape of", ct_material_info(p->material)->id);
        }
    }
    ct_mark_match(r, noun, CT_USE_UNDERSTOOD, named ? "backdrop" : "background",
                  named ? ct_backdrop_info(id)->id : NULL);
}

/* Rooms that stage/furnish.c has furniture for. */
static bool is_furnished(enum ct_setting setting)
{
    return setting == CT_SETTING_room || setting == CT_SETTING_bedroom ||
           setting == CT_SETTING_kitchen || setting == CT_SETTING_bathroom ||
           setting == CT_SETTING_office;
}

bool ct_scene_use_setting(struct ct_scene_reader *s, const struct ct_phrase *p)
{
    struct ct_reader *r = s->r;
    struct ct_intent *intent = r->intent;
    bool placed = s->pending == CT_PENDING_RELATION;
    bool aside = s->pending == CT_PENDING_NONE && !p->article && !p->counted &&
                 p->noun_first == p->first && intent->n_entities > 0; /* "a mug, outdoors" */
    enum ct_setting setting = (enum ct_setting)ct_match_value(&p->noun, CT_CLASS_SETTING);
    /* "a cosy bedroom with ...": the room itself is asked for */
    bool subject = s->pending == CT_PENDING_NONE && intent->n_entities == 0 && !placed &&
                   is_furnished(setting);
    if (!placed && !aside && !subject)
        return false;
    intent->interior = intent->interior || subject;
    enum ct_backdrop_id backdrop = subject ? CT_BACKDROP_room : ct_setting_backdrop(setting);
    bool first = intent->setting == CT_SETTING_NONE;
    bool shown = first && backdrop != CT_BACKDROP_NONE;
    if (first)
        intent->setting = setting;
    if (shown && intent->backdrop == CT_BACKDROP_NONE)
        intent->backdrop = backdrop;
    if (shown) /* else it stays unmarked, with the words around it */
        ct_mark_match(r, &p->noun, CT_USE_SCENE_ONLY, "setting", ct_setting_name(setting));
    return true;
}

/* What the object's builder has no such part for stays unmarked. */
static void mark_part(struct ct_reader *r, const struct ct_phrase *p)
{
    for (int i = 0; i < p->n_items; i++) {
        const struct ct_match *m = &p->items[i];
        struct ct_rgb color;
        if (ct_color_at(r, m->first, &color) == m->n)
            ct_mark_color(r, m->first, m->n, CT_USE_SCENE_ONLY, "part color", color);
        else if (m->classes & CT_CLASS_BIT(MATERIAL))
            ct_mark_match(r, m, CT_USE_SCENE_ONLY, "part of", ct_material_info(p->material)->id);
    }
    ct_mark(r, p->noun_first, p->noun_end, CT_USE_SCENE_ONLY, "part", NULL);
}

/* "with polka dots", "with white stripes": the colour is the pattern's. */
static bool use_pattern(struct ct_scene_reader *s, const struct ct_phrase *p,
                        const struct ct_match *named)
{
    struct ct_entity *e = &s->r->intent->entities[s->last];
    if (e->pattern != CT_PATTERN_NONE || !ct_object_takes_pattern(e->object))
        return false;
    e->pattern = (enum ct_pattern_kind)ct_match_value(named, CT_CLASS_PATTERN);
    ct_mark_match(s->r, named, CT_USE_SCENE_ONLY, "pattern", ct_pattern_name(e->pattern));
    e->has_pattern_color = p->has_color;
    e->pattern_color = p->color;
    for (int i = 0; p->has_color && i < p->n_items; i++)
        if (p->items[i].classes & CT_CLASS_BIT(COLOR))
            ct_mark_color(s->r, p->items[i].first, p->items[i].n, CT_USE_SCENE_ONLY,
                          "pattern color", p->color);
    return true;
}

bool ct_scene_use_part(struct ct_scene_reader *s, const struct ct_phrase *p)
{
    struct ct_intent *intent = s->r->intent;
    bool said = p->has_color || p->material != CT_MATERIAL_NONE;
    if (!ct_scene_drawable(intent, s->last) ||
        (s->pending != CT_PENDING_WITH && s->pending != CT_PENDING_NONE))
        return false;
    struct ct_entity *e = &intent->entities[s->last];
    if (ct_match_all_classes(&p->noun) & CT_CLASS_BIT(PATTERN) &&
        !ct_object_has_part(e->object, ct_reader_slice(s->r, p->noun_first, p->noun_end)))
        return use_pattern(s, p, &p->noun);
    if (said && !e->part.ptr) {
        e->part = ct_reader_slice(s->r, p->noun_first, p->noun_end);
        e->has_part_color = p->has_color;
        e->part_color = p->color;
        e->part_material = p->material;
        if (ct_object_has_part(e->object, e->part))
            mark_part(s->r, p);
    }
    return true;
}

static void add_colors(struct ct_scene_reader *s, const struct ct_phrase *p)
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

void ct_scene_use_palette(struct ct_scene_reader *s, const struct ct_phrase *p)
{
    for (int i = 0; i < s->n_held; i++) /* "a teal, terracotta and navy palette" */
        add_colors(s, &s->held[i]);
    s->n_held = 0;
    add_colors(s, p);
    if (p->n_items)
        ct_mark_match(s->r, &p->noun, CT_USE_SILENT, NULL, NULL);
}

void ct_scene_use_attributes(struct ct_scene_reader *s, const struct ct_phrase *p)
{
    struct ct_reader *r = s->r;
    struct ct_intent *intent = r->intent;
    bool on = s->pending == CT_PENDING_RELATION && s->kind == CT_RELATION_ON;
    if (s->pending == CT_PENDING_OF && ct_scene_drawable(intent, s->prev) &&
        intent->entities[s->prev].object == CT_OBJECT_treasure_chest &&
        p->material == CT_MATERIAL_gold) { /* it is full of that anyway */
        ct_mark(r, p->first, p->end, CT_USE_SILENT, NULL, NULL);
        return;
    }
    if (s->pending == CT_PENDING_OF && s->prev < 0)
        return; /* "a sheet of paper": of something that is not drawn */
    if (on && p->material != CT_MATERIAL_NONE) {
        ct_scene_use_support(s, p);
        return;
    }
    if (s->pending == CT_PENDING_RELATION && p->has_color && p->n_items == 1 &&
        s->kind != CT_RELATION_IN) {
        ct_scene_set_ground(intent, p->color);
        ct_mark_color(r, p->items[0].first, p->items[0].n, CT_USE_UNDERSTOOD, "backdrop color",
                      p->color);
        return;
    }
    if (!ct_scene_drawable(intent, s->last)) {
        if (intent->n_texts > 0) /* the word "LOVE" in gold */
            add_colors(s, p);
        return;
    }
    for (int i = 0; s->pending == CT_PENDING_WITH && i < p->n_items; i++)
        if (p->items[i].classes & CT_CLASS_BIT(PATTERN) && use_pattern(s, p, &p->items[i]))
            return;
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

void ct_scene_use_contents(struct ct_scene_reader *s, const struct ct_phrase *p)
{
    struct ct_intent *intent = s->r->intent;
    if (!ct_scene_drawable(intent, s->prev) ||
        !ct_scene_holds_liquid(intent->entities[s->prev].object) ||
        (s->pending != CT_PENDING_OF && s->pending != CT_PENDING_WITH))
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
