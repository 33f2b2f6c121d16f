/* Noun phrases: "two small matte black ceramic mugs".
 *
 * A phrase is a run of words without punctuation: article, number, then attributes and nouns in
 * any order. The last noun is the head: in "apple pie" the apple only describes a pie, which is
 * unknown, so nothing is drawn for it; in "coffee table" the coffee describes a table. What a
 * phrase is for (a new thing, a table top, a background) the grammar decides; nothing is marked
 * here. */
#include "engines/scene/nouns/resolve.h"
#include "engines/scene/prompt/reader.h"

struct ct_slice ct_reader_slice(const struct ct_reader *r, int first, int end)
{
    return ct_tokens_slice(&r->tokens[first], &r->tokens[end - 1]);
}

bool ct_reader_match(const struct ct_reader *r, int i, uint64_t classes, struct ct_match *match)
{
    return ct_lexicon_match(r->lexicon, r->tokens, r->n, i, classes, match);
}

bool ct_is_word(const struct ct_reader *r, int i)
{
    return i >= 0 && i < r->n && r->tokens[i].use == CT_USE_FREE &&
           (r->tokens[i].kind == CT_TOKEN_WORD || r->tokens[i].kind == CT_TOKEN_NUMBER);
}

bool ct_is_mark(const struct ct_reader *r, int i, char mark)
{
    return i >= 0 && i < r->n && r->tokens[i].kind == CT_TOKEN_MARK && r->tokens[i].mark == mark;
}

bool ct_word_is(const struct ct_reader *r, int i, const char *word)
{
    return i >= 0 && i < r->n && r->tokens[i].kind == CT_TOKEN_WORD &&
           ct_slice_ieq(ct_token_said(&r->tokens[i]), ct_slice(word));
}

bool ct_is_liquid(enum ct_material_id material)
{
    return material == CT_MATERIAL_coffee || material == CT_MATERIAL_tea ||
           material == CT_MATERIAL_milk || material == CT_MATERIAL_water ||
           material == CT_MATERIAL_red_wine || material == CT_MATERIAL_honey;
}

static uint8_t hex_digit(char c)
{
    return (uint8_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
}

static struct ct_rgb hex_color(struct ct_slice text)
{
    uint8_t v[6];
    size_t step = text.len == 4 ? 1 : 2;
    for (size_t i = 0; i < 3; i++) {
        v[2 * i] = hex_digit(text.ptr[1 + i * step]);
        v[2 * i + 1] = hex_digit(text.ptr[1 + i * step + step - 1]);
    }
    return (struct ct_rgb){ (uint8_t)(v[0] * 16 + v[1]), (uint8_t)(v[2] * 16 + v[3]),
                            (uint8_t)(v[4] * 16 + v[5]) };
}

/* Towards white or black by `percent`, in sRGB. */
static uint8_t shade_channel(int c, int percent)
{
    int to = percent > 0 ? 255 : 0, by = percent > 0 ? percent : -percent;
    return (uint8_t)(c + (to - c) * by / 100);
}

/* "dark background": a shade of nothing in particular. */
static int bare_shade(const struct ct_reader *r, const struct ct_match *shade, struct ct_rgb *color)
{
    struct ct_match m;
    int percent = ct_match_value(shade, CT_CLASS_SHADE);
    if (!ct_reader_match(r, shade->first + shade->n, CT_CLASS_BIT(GROUND), &m))
        return 0;
    *color = percent < 0 ? (struct ct_rgb){ 28, 28, 32 } : (struct ct_rgb){ 242, 241, 238 };
    return shade->n;
}

int ct_color_at(const struct ct_reader *r, int i, struct ct_rgb *color)
{
    struct ct_match m, shade;
    if (i >= r->n || r->tokens[i].use != CT_USE_FREE)
        return 0;
    if (r->tokens[i].kind == CT_TOKEN_HEX) {
        *color = hex_color(r->tokens[i].text);
        return 1;
    }
    int before = 0, percent = 0;
    if (!ct_reader_match(r, i, CT_CLASS_BIT(COLOR), &m)) {
        if (!ct_reader_match(r, i, CT_CLASS_BIT(SHADE), &shade))
            return 0;
        if (!ct_reader_match(r, i + shade.n, CT_CLASS_BIT(COLOR), &m))
            return bare_shade(r, &shade, color);
        before = shade.n;
        percent = ct_match_value(&shade, CT_CLASS_SHADE);
    }
    int rgb = ct_match_value(&m, CT_CLASS_COLOR);
    *color = (struct ct_rgb){ shade_channel(rgb >> 16 & 255, percent),
                              shade_channel(rgb >> 8 & 255, percent),
                              shade_channel(rgb & 255, percent) };
    return before + m.n;
}

/* Words that end a phrase wherever they stand. */
static const uint64_t closing = CT_CLASS_BIT(RELATION) | CT_CLASS_BIT(PLACE) | CT_CLASS_BIT(OF) |
                                CT_CLASS_BIT(WITH) | CT_CLASS_BIT(MADE) | CT_CLASS_BIT(COPULA) |
                                CT_CLASS_BIT(AND) | CT_CLASS_BIT(PRONOUN) | CT_CLASS_BIT(AGAINST) |
                                CT_CLASS_BIT(VERB) | CT_CLASS_BIT(STOP);
static const uint64_t nouns = CT_CLASS_BIT(OBJECT) | CT_CLASS_BIT(NEAR) | CT_CLASS_BIT(SUPPORT) |
                              CT_CLASS_BIT(BACKDROP) | CT_CLASS_BIT(GROUND) |
                              CT_CLASS_BIT(SETTING) | CT_CLASS_BIT(PART) | CT_CLASS_BIT(PALETTE);
static const uint64_t manner = CT_CLASS_BIT(RIG) | CT_CLASS_BIT(CAMERA) | CT_CLASS_BIT(FRAME) |
                               CT_CLASS_BIT(STYLE) | CT_CLASS_BIT(EFFECT) | CT_CLASS_BIT(PRAISE) |
                               CT_CLASS_BIT(LOOK) | CT_CLASS_BIT(MOOD) | CT_CLASS_BIT(SCHEME);

static void add_item(struct ct_phrase *p, const struct ct_match *m)
{
    if (p->n_items < CT_PHRASE_ITEMS)
        p->items[p->n_items++] = *m;
}

/* "black and white" of a picture, not of a mug. */
static bool is_look(const struct ct_reader *r, const struct ct_match *m)
{
    struct ct_match next;
    return m->classes & CT_CLASS_BIT(LOOK) &&
           !ct_reader_match(r, m->first + m->n,
                            CT_CLASS_BIT(OBJECT) | CT_CLASS_BIT(NEAR) | CT_CLASS_BIT(PATTERN),
                            &next);
}

/* "outdoors", "at night": say where without a preposition. */
static bool is_whereabouts(const struct ct_match *m)
{
    static const char *const words[] = { "outdoors", "outside", "indoors", "at night",
                                         "in nature" };
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
        if (m->classes & CT_CLASS_BIT(SETTING) && strcmp(ct_match_name(m), words[k]) == 0)
            return true;
    return false;
}

/* "golden retriever", "red fox": a kind of thing whose name only begins like an attribute. */
static bool begins_a_name(const struct ct_reader *r, int i)
{
    struct ct_noun_match found;
    struct ct_match m;
    return ct_is_word(r, i + 1) && !ct_reader_match(r, i + 1, CT_CLASS_ANY, &m) &&
           ct_noun_hypernym(&found, ct_reader_slice(r, i, i + 2)) && found.words == 2 &&
           found.emoji;
}

/* An attribute at token i: returns its length, 0 when there is none. */
static int read_attribute(struct ct_reader *r, struct ct_phrase *p, int i)
{
    struct ct_match m;
    struct ct_rgb color;
    bool found = ct_reader_match(r, i, CT_CLASS_ANY, &m);
    int n = ct_color_at(r, i, &color);
    if (found && m.n == 1 && m.classes & (CT_CLASS_BIT(COLOR) | CT_CLASS_BIT(MATERIAL)) &&
        begins_a_name(r, i))
        return 0;
    bool metal =
        found && m.classes & CT_CLASS_BIT(MATERIAL) &&
        (!ct_is_liquid((enum ct_material_id)ct_match_value(&m, CT_CLASS_MATERIAL)) || m.n > n) &&
        m.n >= n; /* gold, linen; "red wine" */
    if (n > 0 && !metal && !p->has_color && !(found && m.n > n && m.classes & nouns) &&
        !(found && is_look(r, &m))) {
        p->has_color = true;
        p->color = color;
        add_item(p, &(struct ct_match){ i, n, false, CT_CLASS_BIT(COLOR), NULL });
        return n;
    }
    if (!found)
        return 0;
    bool of_a_thing = ct_is_word(r, i + m.n) || !is_look(r, &m); /* "two-tone" closes a look */
    if (m.classes & CT_CLASS_BIT(PATTERN) && p->pattern == CT_PATTERN_NONE && of_a_thing) {
        p->pattern = (enum ct_pattern_kind)ct_match_value(&m, CT_CLASS_PATTERN);
        m.classes = CT_CLASS_BIT(PATTERN);
    } else if (m.classes & CT_CLASS_BIT(FINISH) && p->finish == CT_FINISH_UNSET) {
        p->finish = (enum ct_finish)ct_match_value(&m, CT_CLASS_FINISH);
        m.classes = CT_CLASS_BIT(FINISH);
    } else if (m.classes & CT_CLASS_BIT(SIZE) && p->size == 0) {
        p->size = (float)ct_match_value(&m, CT_CLASS_SIZE) / 100;
        m.classes = CT_CLASS_BIT(SIZE);
    } else if (m.classes & CT_CLASS_BIT(ARRANGEMENT) && p->arrangement == CT_ARRANGEMENT_ANY) {
        p->arrangement = (enum ct_arrangement)ct_match_value(&m, CT_CLASS_ARRANGEMENT);
        m.classes = CT_CLASS_BIT(ARRANGEMENT);
    } else if (m.classes & CT_CLASS_BIT(MATERIAL)) {
        enum ct_material_id id = (enum ct_material_id)ct_match_value(&m, CT_CLASS_MATERIAL);
        enum ct_material_id *to = ct_is_liquid(id) ? &p->liquid : &p->material;
        struct ct_match *last = p->n_items ? &p->items[p->n_items - 1] : NULL;
        if (*to == id && last && last->first + last->n == i) {
            last->n += m.n; /* "linen cloth" */
            return m.n;
        }
        if (*to != CT_MATERIAL_NONE)
            return 0;
        *to = id;
        m.classes = CT_CLASS_BIT(MATERIAL);
    } else {
        return 0;
    }
    add_item(p, &m);
    return m.n;
}

/* "a pair of sunglasses" is one thing by its name: where that name begins, else 0. */
static int pair_by_name(const struct ct_reader *r, const struct ct_match *number)
{
    struct ct_match m;
    int at = number->first + number->n - 2;
    return at >= number->first && ct_word_is(r, at, "pair") &&
                   ct_reader_match(r, at, CT_CLASS_BIT(OBJECT), &m) && m.n > 2
               ? at
               : -1;
}

/* Articles and numbers, in front only. */
static int read_determiner(struct ct_reader *r, struct ct_phrase *p, int i)
{
    struct ct_match m, pattern;
    uint64_t wanted =
        CT_CLASS_BIT(ARTICLE) | CT_CLASS_BIT(NUMBER) | CT_CLASS_BIT(ARRANGEMENT);
    uint64_t value;
    if (i >= r->n || r->tokens[i].use != CT_USE_FREE)
        return 0;
    if (r->tokens[i].kind == CT_TOKEN_NUMBER) {
        if (!ct_slice_u64(r->tokens[i].text, &value) || value == 0)
            return 0;
        p->counted = true;
        p->loosely = false;
        p->count = value > 1000 ? 1000 : (int)value;
        add_item(p, &(struct ct_match){ i, 1, false, CT_CLASS_BIT(NUMBER), NULL });
        return 1;
    }
    if (!ct_reader_match(r, i, wanted, &m) ||
        (ct_reader_match(r, i, CT_CLASS_BIT(PATTERN), &pattern) && pattern.n > m.n))
        return 0; /* "two-tone" counts nothing */
    int pair = pair_by_name(r, &m);
    if (pair >= 0) {
        p->article = pair > i;
        if (pair > i)
            ct_mark(r, i, pair, CT_USE_SILENT, NULL, NULL);
        return pair - i;
    }
    if (m.classes & CT_CLASS_BIT(ARRANGEMENT) && p->arrangement == CT_ARRANGEMENT_ANY) {
        p->arrangement = (enum ct_arrangement)ct_match_value(&m, CT_CLASS_ARRANGEMENT);
        add_item(p, &(struct ct_match){ m.first, m.n, false, CT_CLASS_BIT(ARRANGEMENT), m.row });
    }
    bool arranged = m.classes & CT_CLASS_BIT(ARRANGEMENT); /* "two rows of": two */
    if (m.classes & CT_CLASS_BIT(NUMBER) && (!p->counted || p->loosely || !arranged)) {
        p->loosely = strstr(ct_match_name(&m), " of") != NULL; /* "a set of five" */
        p->counted = true;
        p->count = ct_match_value(&m, CT_CLASS_NUMBER);
        m.classes = CT_CLASS_BIT(NUMBER);
        if (!arranged) /* "a stack of" is told once, as the arrangement */
            add_item(p, &m);
        return m.n;
    }
    if (!(m.classes & CT_CLASS_BIT(ARTICLE)))
        return m.classes & CT_CLASS_BIT(ARRANGEMENT) ? m.n : 0;
    p->article = true;
    p->definite = ct_match_value(&m, CT_CLASS_ARTICLE) == 1;
    ct_mark_match(r, &m, CT_USE_SILENT, NULL, NULL);
    return m.n;
}

/* "steaming" behind a noun, "sits" behind "a mug": words that say what a thing does. */
static bool is_action(const struct ct_reader *r, const struct ct_phrase *p, int i)
{
    struct ct_slice w = r->tokens[i].text;
    if (p->head == CT_HEAD_NONE || r->tokens[i].kind != CT_TOKEN_WORD)
        return false;
    if (ct_is_adverb(w))
        return true;
    bool known = p->head != CT_HEAD_UNKNOWN;
    if (ct_slice_ends(w, "ing")) {
        struct ct_match m;
        return known || (i + 1 < r->n && ct_reader_match(r, i + 1, CT_CLASS_ANY, &m) &&
                         m.classes & (closing | CT_CLASS_BIT(ARTICLE) | CT_CLASS_BIT(NUMBER)));
    }
    if (ct_slice_ends(w, "ed") || ct_slice_ends(w, "less") || ct_slice_ends(w, "ous") ||
        ct_slice_ends(w, "ible") || ct_slice_ends(w, "esque"))
        return known; /* also adjectives put behind: "a mug unadorned" */
    return p->article && !p->definite && known && !p->noun.plural && ct_slice_ends(w, "s") &&
           !ct_slice_ends(w, "ss");
}

static enum ct_head head_of(const struct ct_match *m)
{
    if (m->classes & (CT_CLASS_BIT(OBJECT) | CT_CLASS_BIT(NEAR)))
        return CT_HEAD_OBJECT;
    if (m->classes & CT_CLASS_BIT(GROUND))
        return CT_HEAD_GROUND;
    if (m->classes & CT_CLASS_BIT(PALETTE))
        return CT_HEAD_PALETTE;
    if (m->classes & CT_CLASS_BIT(SETTING))
        return CT_HEAD_SETTING;
    if (m->classes & CT_CLASS_BIT(PART))
        return CT_HEAD_PART;
    if (m->classes & CT_CLASS_BIT(BACKDROP) &&
        ct_match_value(m, CT_CLASS_BACKDROP) != CT_BACKDROP_table)
        return CT_HEAD_GROUND;
    return CT_HEAD_SUPPORT;
}

static void set_head(struct ct_phrase *p, enum ct_head head, int first, int end)
{
    bool longer = head == CT_HEAD_UNKNOWN && p->head == CT_HEAD_UNKNOWN && p->noun_end == first;
    p->noun_first = longer ? p->noun_first : first;
    p->noun_end = end;
    p->head = head;
}

/* A liquid or material that closes the phrase with an article before it: "a coffee". */
static void close_phrase(const struct ct_reader *r, struct ct_phrase *p)
{
    struct ct_match m;
    if (p->head != CT_HEAD_NONE || p->n_items == 0)
        return;
    const struct ct_match *last = &p->items[p->n_items - 1];
    if (last->first + last->n != p->end)
        return;
    if (p->definite && p->n_items == 1 &&
        ct_reader_match(r, last->first, CT_CLASS_BIT(SETTING), &m) &&
        m.n == last->n) { /* "in the snow" */
        p->n_items = 0;
        p->has_color = false;
        p->noun = m;
        set_head(p, CT_HEAD_SETTING, m.first, p->end);
        return;
    }
    bool listed = p->end < r->n &&
                  (r->tokens[p->end].mark == ',' || r->tokens[p->end].kind == CT_TOKEN_QUOTED ||
                   ct_reader_match(r, p->end, CT_CLASS_BIT(AND), &m));
    if (last->classes & CT_CLASS_BIT(COLOR) && p->article && !p->definite && !listed) {
        p->n_items--; /* "an orange": a thing named like a colour */
        p->has_color = false;
        bool fruit =
            ct_reader_match(r, last->first, CT_CLASS_BIT(OBJECT) | CT_CLASS_BIT(NEAR), &m) &&
            m.n == last->n;
        p->noun = fruit ? m : p->noun;
        set_head(p, fruit ? CT_HEAD_OBJECT : CT_HEAD_UNKNOWN, last->first, p->end);
    }
    if (!last->row)
        return;
    bool liquid = last->classes & CT_CLASS_BIT(MATERIAL) && p->liquid != CT_MATERIAL_NONE;
    bool alone = r->intent->n_entities == 0 && p->n_items == 1 && liquid; /* "coffee" */
    bool thing = p->article || p->counted || alone;
    uint64_t known = ct_match_all_classes(last) & (CT_CLASS_BIT(OBJECT) | CT_CLASS_BIT(NEAR));
    if (thing && known) {
        p->noun = *last;
        p->noun.classes = known;
        p->n_items--;
        p->material = liquid ? p->material : CT_MATERIAL_NONE;
        set_head(p, CT_HEAD_OBJECT, last->first, p->end);
    } else if (liquid) {
        set_head(p, CT_HEAD_LIQUID, last->first, p->end);
    }
}

static bool shades_a_material(const struct ct_reader *r, const struct ct_match *m)
{
    struct ct_match next;
    return m->classes & CT_CLASS_BIT(SHADE) &&
           ct_reader_match(r, m->first + m->n, CT_CLASS_BIT(MATERIAL), &next);
}

/* "cream-coloured", "heart-shaped" */
static bool is_suffix(const struct ct_reader *r, int i)
{
    static const char *const suffixes[] = { "colored", "coloured", "toned",  "tinted",
                                            "sized",   "styled",   "themed", "shaped" };
    for (size_t k = 0; r->tokens[i].joined && k < sizeof(suffixes) / sizeof(suffixes[0]); k++)
        if (ct_slice_ieq(r->tokens[i].text, ct_slice(suffixes[k])))
            return true;
    return false;
}

/* A noun of the tables at m: the head so far. */
static void add_noun(struct ct_phrase *p, struct ct_match m)
{
    m.classes &= nouns;
    enum ct_head head = head_of(&m);
    if (p->head == CT_HEAD_GROUND && head == CT_HEAD_GROUND && p->noun.first + p->noun.n == m.first)
        p->noun.n += m.n; /* "draped backdrop" is drapes */
    else
        p->noun = m;
    set_head(p, head, m.first, m.first + m.n);
    p->end = m.first + m.n;
}

/* Light, camera, style in the middle of a phrase; returns the token behind. */
static int skip_manner(struct ct_phrase *p, const struct ct_match *m)
{
    if (p->head == CT_HEAD_UNKNOWN)
        p->head = CT_HEAD_NONE; /* "anime style": what it described is manner too */
    if (p->head == CT_HEAD_NONE)
        p->end = m->first + m->n;
    return m->first + m->n;
}

static int add_manner(struct ct_reader *r, struct ct_phrase *p, const struct ct_match *m)
{
    ct_apply_manner(r, m);
    return skip_manner(p, m);
}

/* "a blue light": no rig gives it that colour, and nothing else takes it. */
static int drop_light(struct ct_phrase *p, const struct ct_match *m)
{
    int end = m->first + m->n;
    p->n_items = 0;
    p->has_color = false;
    p->material = CT_MATERIAL_NONE;
    p->head = CT_HEAD_NONE;
    p->end = end;
    return end;
}

/* What is shown of the thing, behind its name: "mug mockup", "candle set". */
static int add_tail(struct ct_reader *r, struct ct_phrase *p, const struct ct_match *m)
{
    if (ct_match_value(m, CT_CLASS_TAIL) == 1 && !p->counted)
        p->noun.plural = true;
    ct_mark_match(r, m, CT_USE_SILENT, NULL, NULL);
    return p->end = m->first + m->n;
}

static bool ends_phrase(const struct ct_phrase *p, const struct ct_match *m)
{
    uint64_t ends = closing | CT_CLASS_BIT(NUMBER) | CT_CLASS_BIT(ARTICLE);
    if (m->classes & CT_CLASS_BIT(ROLE) && (m->n > 1 || p->head != CT_HEAD_NONE))
        return true; /* "mug with the text" */
    return m->classes & ends && !(m->classes & manner);
}

/* "one" in "a blue one", "the other (one)": stands for the thing named before. */
static bool stands_for_noun(const struct ct_reader *r, const struct ct_phrase *p, int i)
{
    bool one = ct_word_is(r, i, "one") || ct_word_is(r, i, "ones");
    bool other = ct_word_is(r, i, "other") || ct_word_is(r, i, "others");
    if (p->head == CT_HEAD_SAME)
        return one && p->noun_end == i;
    const struct ct_match *last = p->n_items ? &p->items[p->n_items - 1] : NULL;
    return p->head == CT_HEAD_NONE &&
           ((one && last && !(last->classes & CT_CLASS_BIT(NUMBER))) || (other && p->definite));
}

/* One word or phrase of the tables at token i; returns the token behind, i when none belongs. */
static int read_part(struct ct_reader *r, struct ct_phrase *p, int i)
{
    struct ct_match m;
    enum ct_rig_id rig;
    if (stands_for_noun(r, p, i)) {
        p->noun.plural = ct_slice_ends(r->tokens[i].text, "s");
        p->noun_first = p->head == CT_HEAD_SAME ? p->noun_first : i;
        p->head = CT_HEAD_SAME;
        return p->end = p->noun_end = i + 1;
    }
    if (p->head == CT_HEAD_SAME)
        return i;
    if (ct_light_at(r, i, &m, &rig)) {
        ct_apply_light(r, &m, rig);
        if (p->head == CT_HEAD_NONE && p->has_color)
            return drop_light(p, &m); /* "purple neon light" is not a purple mug */
        return skip_manner(p, &m);
    }
    bool found = ct_reader_match(r, i, CT_CLASS_ANY, &m);
    if (found && m.classes & CT_CLASS_BIT(TAIL) && p->head == CT_HEAD_OBJECT)
        return add_tail(r, p, &m);
    if (found && m.classes & CT_CLASS_BIT(LIGHT) &&
        (p->head == CT_HEAD_NONE || p->head == CT_HEAD_UNKNOWN) &&
        ct_match_value(&m, CT_CLASS_LIGHT) == 0 && !ct_light_is_shade(r, i))
        return drop_light(p, &m);
    bool noun = found && m.classes & nouns;
    bool both = noun && m.classes & (CT_CLASS_BIT(MATERIAL) | CT_CLASS_BIT(COLOR));
    int n = !noun || both ? read_attribute(r, p, i) : 0;
    if (n > 0)
        return p->end = i + n;
    if (noun && p->head != CT_HEAD_NONE && is_whereabouts(&m))
        return i;
    if (noun && !both) {
        add_noun(p, m);
        return p->end;
    }
    if (found && ends_phrase(p, &m))
        return i;
    if (found && shades_a_material(r, &m))
        return p->end = i + m.n; /* "dark oak": nothing acts on it */
    if (found && m.classes & manner)
        return add_manner(r, p, &m);
    if (is_action(r, p, i))
        return i;
    if (p->head == CT_HEAD_NONE && ct_is_adverb(r->tokens[i].text))
        ct_mark(r, i, i + 1, CT_USE_SILENT, NULL, NULL); /* "softly glowing" */
    else
        set_head(p, CT_HEAD_UNKNOWN, i, i + 1);
    return p->end = i + 1;
}

int ct_phrase_read(struct ct_reader *r, int start, struct ct_phrase *p)
{
    int i = start, n;
    *p = (struct ct_phrase){ .material = CT_MATERIAL_NONE, .liquid = CT_MATERIAL_NONE };
    while ((n = read_determiner(r, p, i)) > 0)
        i += n;
    p->end = i;
    p->first = p->n_items ? p->items[0].first : i;
    for (int behind = i; i < r->n && r->tokens[i].use == CT_USE_FREE; i = behind) {
        if (is_suffix(r, i)) { /* also a word that would end the phrase: "coloured" */
            ct_mark(r, i, i + 1, CT_USE_SILENT, NULL, NULL);
            p->end = behind = i + 1;
            continue;
        }
        if (!ct_is_word(r, i) && r->tokens[i].kind != CT_TOKEN_HEX)
            break;
        if (i > start && ct_word_is(r, i, "f") && ct_is_mark(r, i + 1, '/'))
            break; /* "85mm f/1.4" */
        behind = read_part(r, p, i);
        if (behind == i)
            break;
    }
    close_phrase(r, p);
    return i > start ? i : start + 1;
}
