/* The open air: "on a beach at sunset", "a misty mountain lake with pine trees".
 *
 * Read before the things, so that pine trees around a lake are part of the land and not a thing
 * that stands there, and a blue sky colours nothing. A place counts only where it closes its
 * phrase: a beach ball, sky blue and room for a title name no place. What only adds to a place
 * (stars, mist, trees) counts when the prompt names a place, or nothing that could be drawn
 * instead; a tree that comes before the place is the subject. Hours of the day are taken here as
 * well when there is a place; else they are light, as for things indoors. */
#include "engines/scene/prompt/reader.h"

#define BIT(id) CT_SCENERY_BIT(id)

static const uint64_t things = CT_CLASS_BIT(OBJECT) | CT_CLASS_BIT(NEAR);

/* Scenery at token i that no longer phrase of another kind covers. */
static bool scenery_at(const struct ct_reader *r, int i, uint64_t classes, struct ct_match *m)
{
    struct ct_match other;
    if (!ct_reader_match(r, i, classes, m))
        return false;
    return !ct_reader_match(r, i, CT_CLASS_ANY & ~CT_CLASS_BIT(SETTING), &other) || other.n <= m->n;
}

/* Does the phrase end behind token i - 1? */
static bool ends_phrase(const struct ct_reader *r, int i)
{
    static const uint64_t after =
        CT_CLASS_BIT(RELATION) | CT_CLASS_BIT(PLACE) | CT_CLASS_BIT(WITH) | CT_CLASS_BIT(AND) |
        CT_CLASS_BIT(OF) | CT_CLASS_BIT(COPULA) | CT_CLASS_BIT(AGAINST) | CT_CLASS_BIT(STOP) |
        CT_CLASS_BIT(VERB) | CT_CLASS_BIT(PRONOUN) | CT_CLASS_BIT(MADE) | CT_CLASS_BIT(RIG) |
        CT_CLASS_BIT(LIT) | CT_CLASS_BIT(CAMERA) | CT_CLASS_BIT(LOOK) | CT_CLASS_BIT(ARTICLE) |
        CT_CLASS_BIT(EFFECT) | CT_CLASS_BIT(MOOD) | CT_CLASS_BIT(HOUR) | CT_CLASS_BIT(SCENERY);
    static const char *const shown[] = { "scene",    "view",         "photo",    "photograph",
                                         "picture",  "image",        "scenery",  "background",
                                         "painting", "landscape",    "surface",  "setting",
                                         "backdrop", "illustration", "wallpaper" };
    struct ct_match m;
    if (i >= r->n || r->tokens[i].kind != CT_TOKEN_WORD || ct_reader_match(r, i, after, &m))
        return true;
    for (size_t k = 0; k < sizeof(shown) / sizeof(shown[0]); k++)
        if (ct_word_is(r, i, shown[k]))
            return true;
    struct ct_slice w = r->tokens[i].text; /* "a field stretching far", "waves crashed" */
    return ct_slice_ends(w, "ing") || ct_is_adverb(w);
}

static bool indoors(const struct ct_reader *r)
{
    struct ct_match m;
    for (int i = 0; i < r->n; i++) {
        if (!ct_reader_match(r, i, CT_CLASS_BIT(SETTING), &m))
            continue;
        switch ((enum ct_setting)ct_match_value(&m, CT_CLASS_SETTING)) {
        case CT_SETTING_room:
        case CT_SETTING_kitchen:
        case CT_SETTING_window:
            return true;
        default:
            break;
        }
    }
    return false;
}

static bool names_thing(const struct ct_reader *r, int from, int to)
{
    struct ct_match m;
    for (int i = from; i < to; i++) {
        if (!ct_reader_match(r, i, CT_CLASS_ANY, &m))
            continue;
        struct ct_match land;
        bool also_land = ct_reader_match(r, i, CT_CLASS_BIT(SCENERY), &land) && land.n >= m.n;
        if (m.classes & things && !also_land)
            return true;
        i += m.n - 1;
    }
    return false;
}

/* Where the first place is named; -1 for nowhere. */
static int first_place(const struct ct_reader *r)
{
    struct ct_match m, other;
    for (int i = 0; i < r->n; i++) {
        if (scenery_at(r, i, CT_CLASS_BIT(SCENERY), &m)) {
            enum ct_scenery what = (enum ct_scenery)ct_match_value(&m, CT_CLASS_SCENERY);
            if (ct_scenery_is_place(what) && ends_phrase(r, i + m.n))
                return i;
            continue;
        }
        if (ct_reader_match(r, i, CT_CLASS_ANY, &other))
            i += other.n - 1;
    }
    return -1;
}

/* Words before a name of scenery that belong to it: up to its article or the word that joins it. */
static void use_words_before(struct ct_reader *r, int first)
{
    static const uint64_t joins = CT_CLASS_BIT(RELATION) | CT_CLASS_BIT(WITH) | CT_CLASS_BIT(AND) |
                                  CT_CLASS_BIT(OF) | CT_CLASS_BIT(COPULA) | CT_CLASS_BIT(STOP) |
                                  CT_CLASS_BIT(AGAINST) | CT_CLASS_BIT(VERB) | CT_CLASS_BIT(FRAME) |
                                  CT_CLASS_BIT(OBJECT) | CT_CLASS_BIT(NEAR) | CT_CLASS_BIT(PLACE);
    static const uint64_t manner = CT_CLASS_BIT(RIG) | CT_CLASS_BIT(PRAISE) | CT_CLASS_BIT(MOOD) |
                                   CT_CLASS_BIT(LOOK) | CT_CLASS_BIT(CAMERA) | CT_CLASS_BIT(LIT) |
                                   CT_CLASS_BIT(EFFECT) | CT_CLASS_BIT(SCENERY) |
                                   CT_CLASS_BIT(HOUR);
    static const char *const usual[] = { "blue",  "green",     "white",   "golden", "sandy",
                                         "azure", "turquoise", "tall",    "clear",  "lush",
                                         "calm",  "still",     "rolling", "big",    "small",
                                         "large", "open",      "wide",    "vast",   "deep" };
    struct ct_match m;
    for (int i = first - 1; i >= 0 && i >= first - 4; i--) {
        if (r->tokens[i].use != CT_USE_FREE || r->tokens[i].kind != CT_TOKEN_WORD)
            return;
        if (ct_reader_match(r, i, CT_CLASS_BIT(ARTICLE), &m)) {
            ct_mark(r, i, i + 1, CT_USE_SILENT, NULL, NULL);
            return;
        }
        if (ct_reader_match(r, i, joins, &m))
            return;
        if (ct_reader_match(r, i, manner, &m))
            continue; /* read where it stands */
        bool plain = false;
        for (size_t k = 0; k < sizeof(usual) / sizeof(usual[0]); k++)
            plain = plain || ct_word_is(r, i, usual[k]);
        ct_mark(r, i, i + 1, plain ? CT_USE_SILENT : CT_USE_IGNORED, NULL, NULL);
    }
}

/* What words inside of a longer name say besides: a flower field, a snowy forest. */
static uint64_t inner_scenery(const struct ct_reader *r, const struct ct_match *m)
{
    static const uint64_t telling = BIT(mountains) | BIT(forest) | BIT(flowers) | BIT(snowcaps) |
                                    BIT(snow) | BIT(sea) | BIT(meadow) | BIT(stars) | BIT(moon) |
                                    BIT(clouds) | BIT(lake) | BIT(mist) | BIT(pines) | BIT(autumn) |
                                    BIT(rocks) | BIT(clear) | BIT(desert);
    uint64_t found = 0;
    struct ct_match part;
    for (int i = m->first; m->n > 1 && i < m->first + m->n; i++)
        if (ct_lexicon_match(r->lexicon, r->tokens, i + 1, i, CT_CLASS_BIT(SCENERY), &part))
            found |= UINT64_C(1) << ct_match_value(&part, CT_CLASS_SCENERY);
    for (int i = m->first; i < m->first + m->n; i++) /* snow on the tops is none on the ground */
        if (ct_word_is(r, i, "capped") || ct_word_is(r, i, "topped"))
            found = (found & ~BIT(snow)) | BIT(snowcaps);
    return found & telling;
}

static void note_hour(struct ct_reader *r, const struct ct_match *m)
{
    enum ct_hour hour = (enum ct_hour)ct_match_value(m, CT_CLASS_HOUR);
    enum ct_hour *named = &r->intent->land.hour;
    if (*named == CT_HOUR_NONE || *named == CT_HOUR_day)
        *named = hour;
}

/* One name of scenery or of an hour at token i; returns the token behind it, i for none. */
static int use_scenery(struct ct_reader *r, int i, int place)
{
    static const uint64_t both = CT_CLASS_BIT(SCENERY) | CT_CLASS_BIT(HOUR);
    struct ct_intent *intent = r->intent;
    struct ct_match m, hour;
    if (!scenery_at(r, i, both, &m))
        return i;
    if (!(m.classes & CT_CLASS_BIT(SCENERY))) {
        note_hour(r, &m);
        enum ct_hour id = (enum ct_hour)ct_match_value(&m, CT_CLASS_HOUR);
        ct_mark_match(r, &m, CT_USE_SCENE_ONLY, "hour", ct_hour_info(id)->id);
        return i + m.n;
    }
    enum ct_scenery what = (enum ct_scenery)ct_match_value(&m, CT_CLASS_SCENERY);
    uint64_t bits = UINT64_C(1) << what | inner_scenery(r, &m);
    struct ct_match thing;
    bool also_thing = ct_reader_match(r, i, things, &thing) && thing.n >= m.n;
    if (also_thing && i < place && what != CT_SCENERY_flowers && !names_thing(r, 0, i))
        return i; /* "a tree on a hill": the subject */
    if (!ct_scenery_is_place(what) ? !ends_phrase(r, i + m.n) && also_thing
                                   : !ends_phrase(r, i + m.n) && i != place)
        return i;
    for (int k = i; k < i + m.n; k++) /* "starry night": an hour too */
        if (ct_reader_match(r, k, CT_CLASS_BIT(HOUR), &hour) && k + hour.n <= i + m.n)
            note_hour(r, &hour);
    use_words_before(r, i);
    intent->land.scenery |= bits;
    ct_mark_match(r, &m, CT_USE_SCENE_ONLY, "scenery", ct_scenery_info(what)->id);
    return i + m.n;
}

/* Nothing names a place or a thing: a sunset, stars, palm trees are a place then. */
static uint64_t place_of_features(const struct ct_reader *r)
{
    static const uint64_t both = CT_CLASS_BIT(SCENERY) | CT_CLASS_BIT(HOUR);
    uint64_t seen = 0;
    bool hour = false;
    struct ct_match m;
    for (int i = 0; i < r->n; i++) {
        if (r->tokens[i].kind == CT_TOKEN_QUOTED)
            return 0;
        if (!scenery_at(r, i, both, &m))
            continue;
        if (m.classes & CT_CLASS_BIT(SCENERY) && ends_phrase(r, i + m.n))
            seen |= UINT64_C(1) << ct_match_value(&m, CT_CLASS_SCENERY);
        hour = hour || ct_word_is(r, i, "sunset") || ct_word_is(r, i, "sunrise");
    }
    if (seen & BIT(palms))
        return BIT(beach);
    if (seen & BIT(waves))
        return BIT(sea);
    if (seen & BIT(flowers))
        return BIT(meadow);
    if (seen & (BIT(moon) | BIT(stars) | BIT(clouds) | BIT(mist) | BIT(sun)))
        return BIT(sky);
    return hour ? BIT(sea) : 0;
}

bool ct_names_place(const struct ct_reader *r)
{
    return first_place(r) >= 0;
}

void ct_read_scenery(struct ct_reader *r)
{
    int place = first_place(r);
    if (indoors(r))
        return;
    if (place < 0) {
        uint64_t features = names_thing(r, 0, r->n) ? 0 : place_of_features(r);
        if (!features)
            return;
        r->intent->land.scenery = features;
        place = 0;
    }
    r->place = place;
    r->intent->land_first = !names_thing(r, 0, place);
    for (int i = 0; i < r->n;) {
        struct ct_match other;
        int end = r->tokens[i].use == CT_USE_FREE ? use_scenery(r, i, place) : i;
        if (end == i && ct_reader_match(r, i, CT_CLASS_ANY, &other))
            end = i + other.n;
        i = end > i ? end : i + 1;
    }
}
