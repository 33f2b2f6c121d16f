/* The rows of styles.def, moods.def, settings.def and schemes.def as data: names, and what the
 * engine makes of each. */
#include "engines/scene/prompt/reader.h"

static const struct style_row {
    const char *name;
    bool drawn;
} styles[] = {
    { NULL, false },
#define CT_LOOK_STYLE(id, drawn, words) { #id, drawn },
#include "engines/scene/prompt/styles.def"
#undef CT_LOOK_STYLE
};

static const char *const patterns[] = {
    NULL,
#define CT_PATTERN(id, words) #id,
#include "engines/scene/prompt/patterns.def"
#undef CT_PATTERN
};

static const struct mood_row {
    const char *name;
    enum ct_rig_id rig;
} moods[] = {
    { NULL, CT_RIG_NONE },
#define CT_MOOD(id, rig, words) { #id, CT_RIG_##rig },
#include "engines/scene/prompt/moods.def"
#undef CT_MOOD
};

static const struct setting_row {
    const char *name;
    enum ct_backdrop_id backdrop;
} settings[] = {
    { NULL, CT_BACKDROP_NONE },
#define CT_SETTING(id, backdrop, words) { #id, CT_BACKDROP_##backdrop },
#include "engines/scene/prompt/settings.def"
#undef CT_SETTING
};

static const struct scheme_row {
    const char *name;
    uint32_t rgb[CT_SCHEME_COLORS];
} schemes[] = {
#define CT_SCHEME(id, words, a, b, c, d) { #id, { a, b, c, d } },
#include "engines/scene/prompt/schemes.def"
#undef CT_SCHEME
};

const char *ct_scheme_name(enum ct_scheme scheme)
{
    return schemes[scheme].name;
}

struct ct_rgb ct_scheme_color(enum ct_scheme scheme, int i)
{
    uint32_t rgb = schemes[scheme].rgb[i];
    return (struct ct_rgb){ (uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb };
}

const char *ct_look_style_name(enum ct_look_style style)
{
    return style < CT_LOOK_STYLE_COUNT ? styles[style].name : NULL;
}

const char *ct_pattern_name(enum ct_pattern_kind pattern)
{
    return pattern < CT_PATTERN_COUNT ? patterns[pattern] : NULL;
}

const char *ct_mood_name(enum ct_mood mood)
{
    return mood < CT_MOOD_COUNT ? moods[mood].name : NULL;
}

const char *ct_setting_name(enum ct_setting setting)
{
    return setting < CT_SETTING_COUNT ? settings[setting].name : NULL;
}

const char *ct_arrangement_name(enum ct_arrangement arrangement)
{
    static const char *const names[] = { NULL,     "row",  "stack",    "pyramid",
                                         "circle", "grid", "scattered" };
    return arrangement < sizeof(names) / sizeof(*names) ? names[arrangement] : NULL;
}

bool ct_look_style_drawn(enum ct_look_style style)
{
    return styles[style].drawn;
}

enum ct_rig_id ct_mood_rig(enum ct_mood mood)
{
    return moods[mood].rig;
}

enum ct_backdrop_id ct_setting_backdrop(enum ct_setting setting)
{
    return settings[setting].backdrop;
}
