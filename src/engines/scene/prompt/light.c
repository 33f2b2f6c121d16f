/* Light: "dramatic side lighting", "warm evening light", "soft, diffused daylight".
 *
 * Any mix of adjectives of light, closed by a noun of light or by the name of a rig, is one
 * phrase. The rig is that of the most telling adjective: what says where the light comes from or
 * which hour it is tells more than how soft it is. */
#include "engines/scene/prompt/reader.h"

enum {
    PARTS_MAX = 6 /* adjectives of one phrase: looked for at every word, so it is bounded */
};

static enum ct_rig_id rig_of(const struct ct_match *m)
{
    if (m->classes & CT_CLASS_BIT(LIT))
        return (enum ct_rig_id)ct_match_value(m, CT_CLASS_LIT);
    if (m->classes & CT_CLASS_BIT(RIG))
        return (enum ct_rig_id)ct_match_value(m, CT_CLASS_RIG);
    if (m->classes & CT_CLASS_BIT(MOOD))
        return ct_mood_rig((enum ct_mood)ct_match_value(m, CT_CLASS_MOOD));
    return CT_RIG_NONE;
}

/* How much an adjective tells of the rig it names; a mood least. */
static int weight(const struct ct_match *m)
{
    if (!(m->classes & (CT_CLASS_BIT(LIT) | CT_CLASS_BIT(RIG))))
        return m->classes & CT_CLASS_BIT(MOOD) ? 1 : 0;
    switch (rig_of(m)) {
    case CT_RIG_backlit:
        return 7;
    case CT_RIG_top:
        return 6;
    case CT_RIG_golden_hour:
        return 5;
    case CT_RIG_dramatic:
        return 4;
    case CT_RIG_studio:
        return 3;
    default:
        return 2;
    }
}

bool ct_light_is_shade(const struct ct_reader *r, int i)
{
    static const uint64_t shaded =
        CT_CLASS_BIT(COLOR) | CT_CLASS_BIT(MATERIAL) | CT_CLASS_BIT(GROUND) | CT_CLASS_BIT(OBJECT) |
        CT_CLASS_BIT(NEAR) | CT_CLASS_BIT(SUPPORT) | CT_CLASS_BIT(BACKDROP);
    struct ct_match m;
    return ct_slice_ieq(r->tokens[i].text, CT_S("light")) && ct_reader_match(r, i + 1, shaded, &m);
}

/* ", " or "and" between two adjectives. */
static int skip_joint(const struct ct_reader *r, int i)
{
    struct ct_match m;
    if (i < r->n && r->tokens[i].kind == CT_TOKEN_MARK && r->tokens[i].mark == ',')
        i++;
    if (ct_reader_match(r, i, CT_CLASS_BIT(AND), &m))
        i += m.n;
    return i;
}

/* The phrase at i ends in a noun of light by itself: "dramatic lighting", "golden hour". */
static bool is_complete(const struct ct_reader *r, const struct ct_match *m)
{
    struct ct_match light;
    int last = m->first + m->n - 1;
    if (!(m->classes & CT_CLASS_BIT(RIG)) || m->classes & CT_CLASS_BIT(SHADE))
        return false;
    return m->n > 1 ? ct_reader_match(r, last, CT_CLASS_BIT(LIGHT), &light) &&
                          !ct_light_is_shade(r, last)
                    : !(m->classes & (CT_CLASS_BIT(MOOD) | CT_CLASS_BIT(LIT)));
}

/* "neon yellow": a colour, not a light; "neon pink light" is one. */
static bool is_neon_shade(const struct ct_reader *r, int i)
{
    struct ct_match m, light;
    return ct_word_is(r, i, "neon") && ct_reader_match(r, i + 1, CT_CLASS_BIT(COLOR), &m) &&
           !ct_reader_match(r, i + 1 + m.n, CT_CLASS_BIT(LIGHT), &light);
}

bool ct_light_at(const struct ct_reader *r, int i, struct ct_match *match, enum ct_rig_id *rig)
{
    static const uint64_t adjectives = CT_CLASS_BIT(LIT) | CT_CLASS_BIT(RIG) | CT_CLASS_BIT(MOOD) |
                                       CT_CLASS_BIT(PRAISE) | CT_CLASS_BIT(SHADE);
    static const uint64_t things =
        CT_CLASS_BIT(OBJECT) | CT_CLASS_BIT(SETTING) | CT_CLASS_BIT(PART) | CT_CLASS_BIT(SUPPORT);
    enum ct_rig_id best = CT_RIG_NONE;
    struct ct_match m;
    int at = i, end = i, most = 0;
    if (is_neon_shade(r, i))
        return false;
    bool named = false; /* the part before names a thing too: "window, soft light" */
    for (int parts = 0; parts < PARTS_MAX; parts++) {
        int next = parts && !named ? skip_joint(r, at) : at;
        if (!ct_reader_match(r, next, CT_CLASS_ANY, &m))
            break;
        bool noun = m.classes & CT_CLASS_BIT(LIGHT) && next == at && parts > 0;
        if (noun && !ct_light_is_shade(r, next + m.n - 1)) {
            end = next + m.n;
            break;
        }
        if (!(m.classes & adjectives))
            break;
        if (weight(&m) > most) {
            most = weight(&m);
            best = rig_of(&m);
        }
        at = next + m.n;
        named = m.classes & things;
        if (is_complete(r, &m))
            end = at;
    }
    if (end == i || best == CT_RIG_NONE)
        return false;
    *match = (struct ct_match){ .first = i, .n = end - i, .classes = CT_CLASS_BIT(LIT) };
    *rig = best;
    return true;
}
