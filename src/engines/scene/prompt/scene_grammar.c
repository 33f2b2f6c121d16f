/* Scenes: things, what they are made of, where they stand, what is behind them.
 *
 * One walk over the tokens. A connecting word ("on", "of", "with", "is") is remembered and decides
 * what the next noun phrase is for: a thing of its own, the table under the things, the wall
 * behind them, what is in a mug, or a late attribute of the last thing. The first thing is the
 * subject; when nothing like it can be drawn the prompt becomes a typographic page, never another
 * thing. Further unknown things stay in the list with CT_OBJECT_NONE and without relations, and
 * their words remain unmarked, which makes them ignored notes. */
#include "engines/scene/prompt/scene_reader.h"

enum {
    SUBJECT_MAX = 12, /* tokens a typographic page names */
};

static void connect(struct ct_scene_reader *s, int entity, bool was_bowl)
{
    int a = s->after_and && s->related >= 0 ? s->related : s->prev >= 0 ? s->prev : s->last;
    if (s->between && s->after_and && s->related >= 0) {
        ct_scene_relate(s, s->related, CT_RELATION_LEFT_OF, entity);
        s->between = false;
    } else if (s->pending == CT_PENDING_RELATION && a >= 0 && a != entity) {
        struct ct_entity *e = &s->r->intent->entities[entity];
        bool both = s->between && e->count > 1; /* "between two books" */
        s->between &= !both;
        if (s->by) { /* "surrounded by leaves": enough of them to surround something */
            e->count = e->count == 3 ? 6 : e->count;
            ct_scene_relate(s, entity, s->kind, a);
            s->by = false;
        } else {
            ct_scene_relate(s, a, both ? CT_RELATION_BETWEEN : s->kind, entity);
        }
    } else if (s->pending == CT_PENDING_RELATION) {
        s->dangling = entity;
        s->dangling_kind = s->kind;
    } else if (s->dangling >= 0) {
        ct_scene_relate(s, entity, s->dangling_kind, s->dangling);
        s->dangling = -1;
    } else if (was_bowl && (s->pending == CT_PENDING_OF || s->pending == CT_PENDING_WITH)) {
        ct_scene_relate(s, entity, CT_RELATION_IN, s->prev);
    }
}

/* An unknown phrase names a thing when it is put like one; else it is only manner. */
static bool names_a_thing(const struct ct_scene_reader *s, const struct ct_phrase *p, int behind)
{
    const struct ct_reader *r = s->r;
    struct ct_match m;
    if (ct_reader_match(r, p->noun_first, CT_CLASS_BIT(ROLE), &m))
        return false; /* "big letters" */
    if (p->article || p->counted || s->pending == CT_PENDING_RELATION)
        return true;
    return r->intent->n_entities == 0 &&
           !(behind < r->n && r->tokens[behind].kind == CT_TOKEN_MARK &&
             r->tokens[behind].mark == ',');
}

/* "with grapes", ", tomatoes and garlic": named in a list, without an article, by a word that is
 * the name of a thing and could be nothing else. */
static bool is_listed(const struct ct_scene_reader *s, const struct ct_phrase *p)
{
    const struct ct_reader *r = s->r;
    struct ct_match m;
    int before = p->first - 1;
    bool list = s->pending == CT_PENDING_WITH || (before >= 0 && ct_is_mark(r, before, ',')) ||
                (before >= 0 && ct_word_is(r, before, "and"));
    return list && p->noun_end == p->noun_first + 1 && r->intent->n_entities > 0 &&
           !ct_reader_match(r, p->noun_first, CT_CLASS_BIT(ROLE) | CT_CLASS_BIT(LIGHT), &m);
}

/* "a red, ..." and what follows it up to the noun. */
static bool belongs_to_next(const struct ct_scene_reader *s, const struct ct_phrase *p, int behind)
{
    const struct ct_reader *r = s->r;
    struct ct_match m;
    bool more = behind < r->n && (r->tokens[behind].mark == ',' ||
                                  ct_reader_match(r, behind, CT_CLASS_BIT(AND), &m));
    /* "beside a black and white mug"; a background has no article: "on black and ..." */
    bool related = s->pending == CT_PENDING_RELATION && p->article && !p->definite;
    return more && s->n_held < CT_SCENE_HELD && p->n_items > 0 &&
           (s->pending == CT_PENDING_NONE || related) &&
           ((p->article && !p->definite) || s->n_held > 0 || r->intent->n_entities == 0);
}

/* "two books, one is red": one of the books. */
static bool is_one_of_them(const struct ct_scene_reader *s, const struct ct_phrase *p, int behind)
{
    const struct ct_intent *intent = s->r->intent;
    struct ct_match m;
    return p->counted && p->count == 1 && p->n_items == 1 && ct_scene_drawable(intent, s->last) &&
           intent->entities[s->last].count > 1 &&
           ct_reader_match(s->r, behind, CT_CLASS_BIT(COPULA) | CT_CLASS_BIT(PLACE), &m);
}

static void use_phrase(struct ct_scene_reader *s, const struct ct_phrase *p, int behind)
{
    struct ct_intent *intent = s->r->intent;
    struct ct_phrase near = *p;
    int entity = -1;
    bool vessel = ct_scene_drawable(intent, s->prev) &&
                  ct_scene_holds_liquid(intent->entities[s->prev].object);
    enum ct_head head = p->head;
    if ((head == CT_HEAD_SETTING && !ct_scene_use_setting(s, p)) ||
        (head == CT_HEAD_PART && !ct_scene_use_part(s, p)))
        head = CT_HEAD_UNKNOWN;
    if (head == CT_HEAD_NONE && is_one_of_them(s, p, behind))
        head = CT_HEAD_SAME;
    switch (head) {
    case CT_HEAD_OBJECT:
        entity = ct_scene_add(s, p);
        break;
    case CT_HEAD_SAME:
        entity = ct_scene_add_same(s, p);
        break;
    case CT_HEAD_SETTING:
    case CT_HEAD_PART:
        break;
    case CT_HEAD_UNKNOWN:
        if ((names_a_thing(s, p, behind) || intent->n_entities == 0) &&
            ct_phrase_name_near(s->r, &near, false)) {
            entity = ct_scene_add(s, &near);
        } else if (is_listed(s, p) && ct_phrase_name_near(s->r, &near, true)) {
            entity = ct_scene_add(s, &near);
        } else if (names_a_thing(s, p, behind)) {
            entity = ct_scene_add(s, p);
        } else if (s->maybe_first < 0 && intent->n_texts == 0) {
            s->maybe_first = p->first;
            s->maybe_end = p->end;
        }
        break;
    case CT_HEAD_LIQUID:
        ct_scene_use_contents(s, p);
        break;
    case CT_HEAD_SUPPORT:
        ct_scene_use_support(s, p);
        break;
    case CT_HEAD_GROUND:
        ct_scene_use_ground(s, p);
        break;
    case CT_HEAD_PALETTE:
        ct_scene_use_palette(s, p);
        break;
    case CT_HEAD_NONE:
        if (belongs_to_next(s, p, behind)) {
            s->held[s->n_held++] = *p;
            return; /* what was announced is announced still */
        }
        if (behind >= s->r->n || s->r->tokens[behind].kind != CT_TOKEN_QUOTED)
            ct_scene_use_attributes(s, p); /* else a small blue "W": of the lettering */
        break;
    }
    if (entity >= 0) {
        connect(s, entity, vessel);
        s->last = ct_scene_drawable(intent, entity) || s->last < 0 ? entity : s->last;
        s->prev = ct_scene_drawable(intent, entity) ? entity : -1;
    } else if (head == CT_HEAD_UNKNOWN || head == CT_HEAD_SETTING) {
        s->prev = -1;
    }
    s->pending = CT_PENDING_NONE;
    s->after_and = false;
}

static void use_place(struct ct_scene_reader *s, const struct ct_match *m)
{
    int kind = ct_match_value(m, CT_CLASS_PLACE) + 1;
    if (s->prev >= 0 && s->place[s->prev] == 0)
        s->place[s->prev] = kind;
    else
        s->held_place = kind;
    ct_mark_match(s->r, m, CT_USE_SILENT, NULL, NULL);
}

/* "five oranges in a row": of the thing just named, if it is several. */
static bool use_arrangement(struct ct_scene_reader *s, const struct ct_match *m)
{
    struct ct_intent *intent = s->r->intent;
    if (!ct_scene_drawable(intent, s->prev) || intent->entities[s->prev].count < 2)
        return false;
    ct_scene_arrange(s->r, &intent->entities[s->prev], m);
    return true;
}

/* A connecting word at m: remembers what it announces. */
static bool use_connector(struct ct_scene_reader *s, const struct ct_match *m)
{
    if (m->classes & CT_CLASS_BIT(ARRANGEMENT) && use_arrangement(s, m))
        return true;
    if (m->classes & CT_CLASS_BIT(PLACE)) {
        use_place(s, m);
        return true;
    }
    if (m->classes & CT_CLASS_BIT(RELATION)) {
        s->pending = CT_PENDING_RELATION;
        s->kind = (enum ct_relation_kind)ct_match_value(m, CT_CLASS_RELATION);
        s->between = strstr(ct_match_name(m), "between") != NULL;
        s->r->intent->aloft |= s->kind == CT_RELATION_ABOVE && s->r->intent->land.scenery;
        s->by = s->kind == CT_RELATION_AROUND && strstr(ct_match_name(m), " by") != NULL;
    } else if (m->classes & (CT_CLASS_BIT(MADE) | CT_CLASS_BIT(COPULA))) {
        s->pending = m->classes & CT_CLASS_BIT(MADE) ? CT_PENDING_MADE : CT_PENDING_COPULA;
    } else if (m->classes & CT_CLASS_BIT(OF)) {
        s->pending = CT_PENDING_OF;
    } else if (m->classes & CT_CLASS_BIT(WITH)) {
        s->pending = CT_PENDING_WITH;
    } else if (m->classes & CT_CLASS_BIT(AND)) {
        s->after_and = s->n_held == 0;
    } else if (m->classes & CT_CLASS_BIT(AGAINST)) {
        s->pending = CT_PENDING_RELATION;
        s->kind = CT_RELATION_IN_FRONT_OF;
    } else if (!(m->classes & (CT_CLASS_BIT(PRONOUN) | CT_CLASS_BIT(VERB) | CT_CLASS_BIT(STOP)))) {
        return false;
    }
    if (m->classes & CT_CLASS_BIT(VERB) && ct_match_value(m, CT_CLASS_VERB) == 1)
        s->r->intent->aloft = true;
    ct_mark_match(s->r, m, CT_USE_SILENT, NULL, NULL);
    return true;
}

/* Lettering goes on the thing named last. */
/* "with the label 'LUMA'": what a text stands on, which is drawn with it. */
static bool is_printed(const struct ct_reader *r, int i)
{
    static const char *const words[] = { "label", "logo", "brand", "sticker", "name", "print" };
    for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
        if (ct_word_is(r, i, words[k]))
            return true;
    return false;
}

static void use_text(struct ct_scene_reader *s, int first, int end, struct ct_slice text)
{
    struct ct_intent *intent = s->r->intent;
    ct_add_text(s->r, text);
    int to = ct_scene_drawable(intent, s->prev) ? s->prev : s->last;
    if (ct_scene_letter(intent, to, text)) {
        ct_mark(s->r, first, end, CT_USE_UNDERSTOOD, "lettering", NULL);
        if (first > 0 && s->r->tokens[first - 1].use == CT_USE_FREE && is_printed(s->r, first - 1))
            ct_mark(s->r, first - 1, first, CT_USE_SILENT, NULL, NULL);
    } else if (to < 0 && !s->held_text.ptr) {
        s->held_text = text;
        s->held_text_first = first;
        s->held_text_end = end;
    } /* else it stays unmarked: one text a thing, and not everything takes one */
}

/* "that says", "with the text": returns the token behind the words it announces, or 0. */
static int use_role(struct ct_scene_reader *s, const struct ct_match *m)
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
    const char *role = ct_match_name(m);
    size_t len = strlen(role);
    bool says = len >= 4 && (strcmp(role + len - 4, "says") == 0 ||
                             (len >= 6 && strcmp(role + len - 6, "saying") == 0));
    bool upper = i < r->n && r->tokens[i].text.ptr[0] >= 'A' && r->tokens[i].text.ptr[0] <= 'Z';
    int end = says || upper ? ct_read_bare_text(r, i) : i;
    if (end <= i || s->last < 0)
        return 0;
    ct_mark_match(r, m, CT_USE_SILENT, NULL, NULL);
    use_text(s, i, end, ct_reader_slice(r, i, end));
    return end;
}

/* "85mm", "85 mm lens": how wide the view is; returns how many tokens. */
static int use_focal_length(struct ct_scene_reader *s, int i)
{
    const struct ct_reader *r = s->r;
    struct ct_slice text = r->tokens[i].text;
    uint64_t mm = 0;
    int n = 1;
    if (ct_slice_ends(text, "mm") && text.len > 2)
        text.len -= 2;
    else if (ct_word_is(r, i + 1, "mm"))
        n = 2;
    else
        return 0;
    if (!ct_slice_u64(text, &mm) || mm < 8 || mm > 1200)
        return 0;
    n += ct_word_is(r, i + n, "lens");
    s->r->intent->focal_mm = (int)mm;
    ct_mark_number(s->r, i, n, CT_USE_SCENE_ONLY, "focal length in mm", (int)mm);
    return n;
}

/* "f/1.8" is a wide aperture. */
static int use_aperture(struct ct_scene_reader *s, int i)
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
static int read_colors(struct ct_scene_reader *s, const struct ct_phrase *p, int i)
{
    struct ct_reader *r = s->r;
    struct ct_match m;
    struct ct_rgb color;
    bool ground = p->head == CT_HEAD_GROUND;
    bool copula = ct_reader_match(r, i, CT_CLASS_BIT(COPULA), &m);
    copula |= !ground && ct_reader_match(r, i, CT_CLASS_BIT(OF), &m); /* "a palette of teal" */
    int at = copula ? i + m.n : i + 1, n, end = i;
    if ((!ground && p->head != CT_HEAD_PALETTE) || i >= r->n ||
        (!copula && r->tokens[i].mark != ':'))
        return i;
    while ((n = ct_color_at(r, at, &color)) > 0) {
        if (ground)
            ct_scene_set_ground(r->intent, color);
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

static int read_word(struct ct_scene_reader *s, int i)
{
    struct ct_reader *r = s->r;
    struct ct_match m;
    struct ct_phrase p;
    int n = use_aperture(s, i);
    n = n ? n : use_focal_length(s, i);
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
    bool bare = p.head == CT_HEAD_UNKNOWN || (p.head == CT_HEAD_NONE && p.n_items == 0) ||
                (p.head == CT_HEAD_OBJECT && p.n_items == 0 && !p.noun.plural);
    if (bare && !p.article && behind < r->n && r->tokens[behind].mark == ':' &&
        r->tokens[behind].kind == CT_TOKEN_MARK) {
        ct_mark(r, p.first, p.end, CT_USE_SILENT, NULL, NULL); /* "Lighting: golden hour" */
        return behind;
    }
    use_phrase(s, &p, behind);
    return read_colors(s, &p, behind);
}

static void settle_places(struct ct_scene_reader *s)
{
    struct ct_intent *intent = s->r->intent;
    for (int a = 0; a < intent->n_entities; a++)
        for (int b = 0; s->place[a] && b < intent->n_entities; b++)
            if (b != a && ct_scene_drawable(intent, b)) {
                ct_scene_relate(s, a, (enum ct_relation_kind)(s->place[a] - 1), b);
                break;
            }
}

/* Nothing was like a thing ("a marble table", "golden hour"): the first words are the subject. */
static void find_subject(struct ct_scene_reader *s)
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

/* "weekly planner: gym, work" is about a planner: the words before a colon are the subject. */
static bool find_heading(struct ct_scene_reader *s)
{
    const struct ct_reader *r = s->r;
    int colon = 0, first = 0;
    while (colon < r->n && (r->tokens[colon].kind == CT_TOKEN_WORD ||
                            r->tokens[colon].kind == CT_TOKEN_NUMBER))
        colon++;
    while (first < colon && (ct_word_is(r, first, "a") || ct_word_is(r, first, "an") ||
                             ct_word_is(r, first, "the")))
        first++;
    if (colon == r->n || r->tokens[colon].mark != ':' || first == colon ||
        s->maybe_first < colon)
        return false;
    s->maybe_first = first;
    s->maybe_end = colon;
    return true;
}

/* Land and nothing in it that can be drawn: the picture is of the land. */
static bool land_is_subject(const struct ct_reader *r)
{
    const struct ct_intent *intent = r->intent;
    if (!intent->land.scenery || intent->n_texts > 0)
        return false;
    for (int i = 0; i < intent->n_entities; i++)
        if (ct_scene_drawable(intent, i))
            return false;
    return intent->n_entities == 0 ||
           (intent->land_first && intent->entities[0].words.ptr > r->tokens[r->place].text.ptr);
}

/* Nothing to draw: a page that names the subject. */
static void become_typographic(struct ct_scene_reader *s)
{
    struct ct_reader *r = s->r;
    struct ct_intent *intent = r->intent;
    intent->kind = CT_INTENT_PAGE;
    intent->template_id = CT_TEMPLATE_typographic;
    if (intent->n_texts == 0 && !find_heading(s) && s->maybe_first < 0)
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

static void read_tokens(struct ct_scene_reader *s)
{
    struct ct_reader *r = s->r;
    for (int i = 0; i < r->n;) {
        struct ct_token *t = &r->tokens[i];
        if (t->use != CT_USE_FREE) {
            i++;
        } else if (t->kind == CT_TOKEN_QUOTED) {
            use_text(s, i, i + 1, ct_token_quoted(t));
            i++;
        } else if (t->kind == CT_TOKEN_WORD || t->kind == CT_TOKEN_NUMBER ||
                   t->kind == CT_TOKEN_HEX) {
            i = read_word(s, i);
        } else {
            bool ends = t->kind == CT_TOKEN_BREAK || t->mark == '.' || t->mark == ';';
            s->pending = CT_PENDING_NONE;
            s->after_and = t->mark == ',' && s->related >= 0;
            s->prev = ends ? -1 : s->prev;
            i++;
        }
    }
    settle_places(s);
}

void ct_read_scene_part(struct ct_reader *r, int last, bool placed)
{
    struct ct_scene_reader s = { .r = r,
                                 .pending = placed ? CT_PENDING_RELATION : CT_PENDING_NONE,
                                 .kind = CT_RELATION_IN,
                                 .last = last,
                                 .prev = last,
                                 .rest = -1,
                                 .related = -1,
                                 .dangling = -1,
                                 .maybe_first = -1 };
    read_tokens(&s);
}

void ct_read_scene(struct ct_reader *r)
{
    struct ct_scene_reader s = {
        .r = r, .last = -1, .prev = -1, .rest = -1, .related = -1, .dangling = -1, .maybe_first = -1
    };
    struct ct_intent *intent = r->intent;
    intent->kind = CT_INTENT_SCENE;
    ct_read_scenery(r);
    read_tokens(&s);
    if (intent->rig == CT_RIG_NONE)
        intent->rig = r->soft_shadows ? CT_RIG_soft_side : ct_mood_rig(intent->mood);
    if (!intent->interior && land_is_subject(r))
        intent->n_entities = intent->n_relations = 0;
    else if (!intent->interior &&
             (intent->n_entities == 0 || intent->entities[0].object == CT_OBJECT_NONE))
        become_typographic(&s);
    else if (intent->backdrop == CT_BACKDROP_NONE && intent->has_backdrop_color &&
             !ct_is_walling(intent->wall) && intent->support == CT_MATERIAL_NONE)
        intent->backdrop = CT_BACKDROP_sweep;
}
