/* What an edit points at: "the white bottle", "the mug's handle", "the colour of the cap", "the
 * background", "the title".
 *
 * Called by clause.c. Adjectives before the noun choose among several things of a kind; nothing is
 * marked until the clause is known to use what was pointed at. */
#include "engines/scene/edit/reader.h"

#include "engines/scene/nouns/resolve.h"

enum {
    ADJECTIVES_MAX = 5,
    MARKED_POINTS = 100, /* the hand that drew the strokes says which of several is meant */
};

/* Adjectives of the phrase that help to choose. */
struct traits {
    bool has_color;
    struct ct_rgb color;
    enum ct_material_id material;
};

static int score(const struct ct_entity *e, const struct traits *t)
{
    int points = 0;
    if (t->has_color && e->has_color)
        points += memcmp(&e->color, &t->color, sizeof(e->color)) == 0 ? 4 : -2;
    if (t->material != CT_MATERIAL_NONE)
        points += e->material == t->material ? 3 : 0;
    return points;
}

static bool is_marked(const struct ct_edit_reader *s, int entity)
{
    return s->context->marked && entity < CT_INTENT_ENTITIES && s->context->marked[entity];
}

static int find_entity(const struct ct_edit_reader *s, enum ct_object_id object, const char *emoji,
                       const struct traits *traits)
{
    const struct ct_intent *intent = s->edit->intent;
    int best = -1, most = 0;
    for (int i = 0; i < intent->n_entities; i++) {
        const struct ct_entity *e = &intent->entities[i];
        if (e->object != object || (emoji != NULL) != (e->emoji != NULL) ||
            (emoji && strcmp(emoji, e->emoji) != 0))
            continue;
        int points = score(e, traits) + (is_marked(s, i) ? MARKED_POINTS : 0);
        if (best < 0 || points > most) {
            best = i;
            most = points;
        }
    }
    return best;
}

/* A thing of a photograph: an entity from now on. What no table names stands as a cube, which is
 * never drawn: only its words are used. */
static int name_foreign(struct ct_edit_reader *s, int first, int end, enum ct_object_id object,
                        const char *emoji)
{
    struct ct_intent *intent = s->edit->intent;
    struct ct_slice noun = ct_reader_slice(&s->r, first, end);
    for (int i = 0; i < intent->n_entities; i++)
        if (ct_slice_ieq(intent->entities[i].noun, noun))
            return i;
    if (intent->n_entities == CT_INTENT_ENTITIES)
        return -1;
    intent->entities[intent->n_entities] = (struct ct_entity){
        .words = noun,
        .noun = noun,
        .object = object == CT_OBJECT_NONE ? CT_OBJECT_cube : object,
        .emoji = emoji,
        .count = 1,
        .size = 1,
        .material = CT_MATERIAL_NONE,
        .contents = CT_MATERIAL_NONE,
        .part_material = CT_MATERIAL_NONE,
    };
    s->edit->n_before = intent->n_entities + 1;
    return intent->n_entities++;
}

static int find_contents(const struct ct_edit_reader *s, enum ct_material_id liquid)
{
    const struct ct_intent *intent = s->edit->intent;
    int holder = -1;
    for (int i = 0; i < intent->n_entities; i++) {
        const struct ct_entity *e = &intent->entities[i];
        if (e->contents == liquid)
            return i;
        if (holder < 0 && ct_scene_holds_liquid(e->object))
            holder = i;
    }
    return holder;
}

static int subject(const struct ct_edit_reader *s)
{
    return s->last >= 0 ? s->last : s->edit->intent->n_entities > 0 ? 0 : -1;
}

static int point(struct ct_aim *aim, enum ct_aim_kind kind, int entity, int end)
{
    aim->kind = kind;
    aim->entity = entity;
    aim->end = end;
    return end;
}

/* "'s cap", "'s colour" behind an entity that owns something. */
static int owned(struct ct_edit_reader *s, int i, int end, struct ct_aim *aim)
{
    struct ct_match m;
    if (ct_edit_words_at(s, i, "color|colour|material|finish|texture|surface|shade|body"))
        return point(aim, CT_AIM_ENTITY, aim->entity, i + 1);
    if (ct_edit_words_at(s, i, "size")) {
        aim->size_of = true;
        return point(aim, CT_AIM_ENTITY, aim->entity, i + 1);
    }
    if (ct_reader_match(&s->r, i, CT_CLASS_BIT(PART) | CT_CLASS_BIT(ROLE), &m) && i + m.n <= end) {
        bool part = aim->entity >= 0 && m.classes & CT_CLASS_BIT(PART) &&
                    ct_object_has_part(s->edit->intent->entities[aim->entity].object,
                                       ct_slice(ct_match_name(&m)));
        aim->part = part ? ct_reader_slice(&s->r, i, i + m.n) : aim->part;
        aim->role = CT_ROLE_TEXT;
        return point(aim, part || !(m.classes & CT_CLASS_BIT(ROLE)) ? CT_AIM_PART : CT_AIM_TEXT,
                     aim->entity, i + m.n);
    }
    return i;
}

/* "of the mug", "on the mug" behind what belongs to one. */
static int of_entity(struct ct_edit_reader *s, int i, int end, struct ct_aim *aim)
{
    struct ct_aim whose = { .entity = -1 };
    int from = i + ct_edit_words_at(s, i, "of|on|in|from");
    if (from == i)
        return i;
    int behind = ct_edit_aim(s, from, end, &whose);
    if (behind == from || (whose.kind != CT_AIM_ENTITY && whose.kind != CT_AIM_PART))
        return i;
    aim->entity = whose.entity;
    if (whose.kind == CT_AIM_PART) {
        aim->kind = CT_AIM_PART;
        aim->part = whose.part;
    }
    return aim->end = behind;
}

/* The noun at i, when the tables have it. */
static int known_noun(struct ct_edit_reader *s, int i, int end, const struct traits *traits,
                      struct ct_aim *aim)
{
    static const uint64_t things = CT_CLASS_BIT(OBJECT) | CT_CLASS_BIT(NEAR);
    struct ct_match m;
    if (!ct_reader_match(&s->r, i, CT_CLASS_ANY, &m) || i + m.n > end)
        return i;
    if (m.classes & CT_CLASS_BIT(MATERIAL)) {
        enum ct_material_id id = (enum ct_material_id)ct_match_value(&m, CT_CLASS_MATERIAL);
        int holder = ct_is_liquid(id) ? find_contents(s, id) : -1;
        if (holder >= 0)
            return point(aim, CT_AIM_CONTENTS, holder, i + m.n);
    }
    if (m.classes & things) {
        bool exact = m.classes & CT_CLASS_BIT(OBJECT);
        enum ct_object_id object =
            (enum ct_object_id)ct_match_value(&m, exact ? CT_CLASS_OBJECT : CT_CLASS_NEAR);
        int entity = find_entity(s, object, NULL, traits);
        if (entity < 0 && s->foreign)
            entity = name_foreign(s, i, i + m.n, object, NULL);
        if (entity >= 0)
            return point(aim, CT_AIM_ENTITY, entity, i + m.n);
    }
    if (m.classes & CT_CLASS_BIT(PART) && subject(s) >= 0 && !s->foreign) {
        for (int k = 0; k < s->edit->intent->n_entities; k++)
            if (ct_object_has_part(s->edit->intent->entities[k].object,
                                   ct_slice(ct_match_name(&m)))) {
                aim->part = ct_reader_slice(&s->r, i, i + m.n);
                return point(aim, CT_AIM_PART, k, i + m.n);
            }
    }
    if (m.classes & CT_CLASS_BIT(ROLE)) {
        aim->role = (enum ct_role)ct_match_value(&m, CT_CLASS_ROLE);
        return point(aim, CT_AIM_TEXT, -1, i + m.n);
    }
    if (m.classes & (CT_CLASS_BIT(GROUND) | CT_CLASS_BIT(BACKDROP)))
        return point(aim, m.classes & CT_CLASS_BIT(GROUND) ? CT_AIM_GROUND : CT_AIM_SUPPORT, -1,
                     i + m.n);
    if (m.classes & CT_CLASS_BIT(SUPPORT) && !s->foreign)
        return point(aim, CT_AIM_SUPPORT, -1, i + m.n);
    if (m.classes & CT_CLASS_BIT(PALETTE))
        return point(aim, CT_AIM_PALETTE, -1, i + m.n);
    if (m.classes & CT_CLASS_BIT(LIGHT) && ct_match_value(&m, CT_CLASS_LIGHT) == 0)
        return point(aim, CT_AIM_LIGHT, -1, i + m.n);
    return i;
}

/* A noun of the hypernym ladder ("dragon"), or any word of a photograph. */
static int other_noun(struct ct_edit_reader *s, int i, int end, const struct traits *traits,
                      struct ct_aim *aim)
{
    struct ct_noun_match found;
    for (int n = 2; n > 0; n--) {
        if (i + n > end || !ct_is_word(&s->r, i + n - 1) ||
            !ct_noun_hypernym(&found, ct_reader_slice(&s->r, i, i + n)) || found.words < n)
            continue;
        int entity = find_entity(s, found.object, found.emoji, traits);
        if (entity < 0 && s->foreign)
            entity = name_foreign(s, i, i + n, found.object, found.emoji);
        if (entity >= 0)
            return point(aim, CT_AIM_ENTITY, entity, i + n);
    }
    return i;
}

/* The nouns that only edits use. */
static int edit_noun(struct ct_edit_reader *s, int i, struct ct_aim *aim)
{
    static const struct {
        const char *words;
        enum ct_aim_kind kind;
    } nouns[] = {
        { "picture|image|photo|photograph|scene|composition|whole picture|whole image|whole scene|"
          "entire image|entire picture|entire scene|everything|poster|page|design|drawing|shot|"
          "whole thing|render|illustration|diagram|chart|card|infographic|icon|dashboard",
          CT_AIM_PICTURE },
        { "background|backdrop|environment|setting|surroundings|scenery|location|sky|wall",
          CT_AIM_GROUND },
        { "table|surface|tabletop|table top|floor|ground|desk|counter|support", CT_AIM_SUPPORT },
        { "lighting|light|illumination|time of day|lights|mood|atmosphere", CT_AIM_LIGHT },
        { "camera|camera angle|angle|view|viewpoint|perspective|framing|point of view",
          CT_AIM_CAMERA },
        { "style|look|art style|medium|rendering style|overall style", CT_AIM_LOOK },
        { "palette|color palette|colour palette|color scheme|colour scheme|colors|colours",
          CT_AIM_PALETTE },
    };
    for (size_t k = 0; k < sizeof(nouns) / sizeof(*nouns); k++) {
        int n = ct_edit_words_at(s, i, nouns[k].words);
        if (n > 0)
            return point(aim, nouns[k].kind, -1, i + n);
    }
    return i;
}

/* "the colour of", "the number of": what about the thing that follows. */
static int about(struct ct_edit_reader *s, int i, struct ct_aim *aim)
{
    int n = ct_edit_words_at(s, i, "color of|colour of|material of|finish of|texture of|"
                                   "appearance of|shade of");
    if (n)
        return i + n;
    n = ct_edit_words_at(s, i, "number of|amount of|count of|quantity of");
    aim->count_of |= n > 0;
    int size = ct_edit_words_at(s, i, "size of|scale of");
    aim->size_of |= size > 0;
    return i + n + size;
}

static int read_adjective(struct ct_edit_reader *s, int i, struct traits *traits)
{
    struct ct_match m;
    struct ct_rgb color;
    int n = ct_color_at(&s->r, i, &color);
    if (n > 0) {
        traits->has_color = true;
        traits->color = color;
        return n;
    }
    if (!ct_reader_match(&s->r, i,
                         CT_CLASS_BIT(MATERIAL) | CT_CLASS_BIT(SIZE) | CT_CLASS_BIT(FINISH) |
                             CT_CLASS_BIT(NUMBER),
                         &m))
        return ct_edit_words_at(s, i, "same|original|existing|current|whole|entire|main|existing");
    if (m.classes & CT_CLASS_BIT(MATERIAL))
        traits->material = (enum ct_material_id)ct_match_value(&m, CT_CLASS_MATERIAL);
    return m.n;
}

static int noun_at(struct ct_edit_reader *s, int i, int end, const struct traits *traits,
                   struct ct_aim *aim)
{
    int behind = known_noun(s, i, end, traits, aim);
    if (behind == i)
        behind = edit_noun(s, i, aim);
    if (behind == i)
        behind = other_noun(s, i, end, traits, aim);
    return behind;
}

/* "the man's shirt" of a photograph: nouns nobody knows. */
static int any_noun(struct ct_edit_reader *s, int i, int end, bool article, struct ct_aim *aim)
{
    struct ct_match m;
    int last = i;
    static const uint64_t ends = CT_CLASS_BIT(RELATION) | CT_CLASS_BIT(PLACE) | CT_CLASS_BIT(OF) |
                                 CT_CLASS_BIT(WITH) | CT_CLASS_BIT(MADE) | CT_CLASS_BIT(COPULA) |
                                 CT_CLASS_BIT(AND) | CT_CLASS_BIT(STOP) | CT_CLASS_BIT(ARTICLE);
    while (last < end && ct_is_word(&s->r, last) && last < i + 3 &&
           !ct_reader_match(&s->r, last, ends | CT_CLASS_BIT(COLOR), &m) &&
           !ct_edit_words_at(s, last, "to|into|from|with|and|so|look"))
        last++;
    if (!s->foreign || !article || last == i)
        return i;
    return point(aim, CT_AIM_ENTITY, name_foreign(s, i, last, CT_OBJECT_NONE, NULL), last);
}

/* "make it blue" of a photograph is about its subject, "make it brighter" is not. */
static bool takes_color(const struct ct_edit_reader *s, int i)
{
    struct ct_rgb color;
    return ct_color_at(&s->r, i, &color) > 0 || ct_edit_words_at(s, i, "from") > 0;
}

/* "the orange suit" of a photograph: a colour that is a fruit as well. */
static bool is_color_before_noun(const struct ct_edit_reader *s, int i, int end)
{
    struct ct_rgb color;
    struct ct_match m;
    int n = s->foreign ? ct_color_at(&s->r, i, &color) : 0, next = i + n;
    return n > 0 && next < end && ct_is_word(&s->r, next) &&
           ct_color_at(&s->r, next, &color) == 0 &&
           !ct_reader_match(&s->r, next,
                            CT_CLASS_BIT(RELATION) | CT_CLASS_BIT(PLACE) | CT_CLASS_BIT(OF) |
                                CT_CLASS_BIT(WITH) | CT_CLASS_BIT(COPULA) | CT_CLASS_BIT(AND) |
                                CT_CLASS_BIT(STOP) | CT_CLASS_BIT(ARTICLE),
                            &m) &&
           !ct_edit_words_at(s, next, "to|into|from|with|and|so|look");
}

/* How what was pointed at is to be found in a photograph. */
static void note_seen(struct ct_edit_reader *s, const struct ct_aim *aim,
                      const struct traits *traits)
{
    struct ct_edit *edit = s->edit;
    if (aim->kind == CT_AIM_GROUND)
        edit->sky = ct_slice_ieq(s->r.tokens[aim->end - 1].text, CT_S("sky"));
    if (aim->kind != CT_AIM_ENTITY || aim->entity < 0 || aim->entity >= CT_EDIT_THINGS ||
        !traits->has_color)
        return;
    edit->is_seen[aim->entity] = true;
    edit->seen[aim->entity] = traits->color;
}

/* A thing's name within the next words: "this [blue mug]". */
static bool names_thing(struct ct_edit_reader *s, int i, int end)
{
    struct traits traits = { .material = CT_MATERIAL_NONE };
    struct ct_aim aim = { .kind = CT_AIM_NONE };
    for (int n = 0; n <= ADJECTIVES_MAX && i < end && ct_is_word(&s->r, i); n++) {
        if (known_noun(s, i, end, &traits, &aim) > i)
            return true;
        int adjective = read_adjective(s, i, &traits);
        if (adjective == 0)
            break;
        i += adjective;
    }
    return false;
}

/* What the strokes are on, as prompts call it: "this", "the circled object". */
static int pointed_at(struct ct_edit_reader *s, int i, int end, struct ct_aim *aim)
{
    static const char phrases[] =
        "this one|that one|this thing|that thing|this object|that object|this area|that area|"
        "this part|that part|these things|those things|these objects|the marked thing|"
        "the marked object|the marked area|the marked part|the marked one|the marked things|"
        "the marked objects|the circled thing|the circled object|the circled area|"
        "the circled part|the circled one|the circled things|the circled objects|"
        "the highlighted thing|the highlighted object|the highlighted area|the highlighted part|"
        "the outlined object|the outlined area|the underlined object|the crossed out thing|"
        "the crossed out object|the area marked|the object marked|what is circled|"
        "what is marked|what i circled|what i marked|everything circled|everything marked";
    if (!s->context->markup || (s->marked < 0 && !s->foreign))
        return i;
    int n = ct_edit_words_at(s, i, phrases);
    if (n == 0 && (n = ct_edit_words_at(s, i, "this|that|these|those")) > 0 &&
        (i + n > end || names_thing(s, i + n, end)))
        return i;
    if (n == 0 || i + n > end)
        return i;
    s->pointed = true;
    return point(aim, CT_AIM_ENTITY,
                 s->foreign ? name_foreign(s, i, i + n, CT_OBJECT_NONE, NULL) : s->marked, i + n);
}

int ct_edit_aim(struct ct_edit_reader *s, int i, int end, struct ct_aim *aim)
{
    struct ct_match m;
    struct traits traits = { .material = CT_MATERIAL_NONE };
    int start = i, behind;
    bool article = false;
    *aim = (struct ct_aim){ .first = i, .end = i, .entity = -1, .role = CT_ROLE_TEXT };
    if (i < end && s->r.tokens[i].kind == CT_TOKEN_QUOTED) {
        aim->quoted = ct_token_quoted(&s->r.tokens[i]);
        return point(aim, CT_AIM_TEXT, -1, i + 1);
    }
    behind = pointed_at(s, i, end, aim);
    if (behind > i)
        return behind;
    int pronoun = ct_edit_words_at(s, i, "it|them|this one|that one");
    if (pronoun && subject(s) >= 0)
        return point(aim, CT_AIM_ENTITY, subject(s), i + pronoun);
    if (pronoun && s->foreign && (s->context->markup || takes_color(s, i + pronoun)))
        return point(aim, CT_AIM_ENTITY, name_foreign(s, i, i + pronoun, CT_OBJECT_NONE, NULL),
                     i + pronoun);
    if (ct_edit_words_at(s, i, "it|everything|this|all") &&
        !ct_is_word(&s->r, i + 1))
        return point(aim, CT_AIM_PICTURE, -1, i + 1);
    for (int n = 0; n < 2; n++) {
        while (ct_reader_match(&s->r, i, CT_CLASS_BIT(ARTICLE), &m) && i + m.n < end) {
            article = true;
            i += m.n;
        }
        int from = about(s, i, aim);
        if (from == i)
            break;
        i = from;
    }
    for (int n = 0; n <= ADJECTIVES_MAX && i < end; n++) {
        behind = is_color_before_noun(s, i, end) ? i : noun_at(s, i, end, &traits, aim);
        if (behind > i)
            break;
        int adjective = read_adjective(s, i, &traits);
        if (adjective == 0)
            break;
        i += adjective;
    }
    if (aim->kind == CT_AIM_NONE && any_noun(s, i, end, article, aim) == i) {
        aim->end = start;
        return start;
    }
    if (s->foreign)
        note_seen(s, aim, &traits);
    if (aim->kind == CT_AIM_ENTITY && s->owner[aim->end - 1])
        owned(s, aim->end, end, aim);
    if (aim->kind == CT_AIM_TEXT && aim->end < end &&
        s->r.tokens[aim->end].kind == CT_TOKEN_QUOTED) {
        aim->quoted = ct_token_quoted(&s->r.tokens[aim->end]);
        aim->end++;
    }
    if (aim->kind == CT_AIM_TEXT || aim->kind == CT_AIM_PART || aim->kind == CT_AIM_CONTENTS)
        of_entity(s, aim->end, end, aim);
    return aim->end;
}

void ct_edit_mark_aim(struct ct_edit_reader *s, const struct ct_aim *aim)
{
    static const char *const names[] = {
        [CT_AIM_NONE] = NULL,         [CT_AIM_ENTITY] = "the thing",
        [CT_AIM_PART] = "a part",     [CT_AIM_CONTENTS] = "what is in it",
        [CT_AIM_TEXT] = "the text",   [CT_AIM_GROUND] = "the background",
        [CT_AIM_SUPPORT] = "what it stands on", [CT_AIM_LIGHT] = "the light",
        [CT_AIM_CAMERA] = "the camera", [CT_AIM_LOOK] = "the look",
        [CT_AIM_PALETTE] = "the palette", [CT_AIM_PICTURE] = "the picture",
    };
    const char *which = NULL;
    const struct ct_object_row *info =
        aim->kind == CT_AIM_ENTITY && aim->entity >= 0
            ? ct_object_info(s->edit->intent->entities[aim->entity].object)
            : NULL;
    if (info) /* a recipe may name a thing that this engine has not */
        which = info->row.id;
    ct_mark(&s->r, aim->first, aim->end, CT_USE_UNDERSTOOD, names[aim->kind], which);
}
