/* "Blur the background", "more contrast", "warmer", "a vintage look": what a darkroom does to a
 * photograph. Read before the clauses; what a phrase leaves of its clause is read as usual. */
#include "engines/scene/edit/reader.h"

#define BLUR "blur|blurred|blurry|out of focus|bokeh|defocus|defocused"
#define MONO "black and white|monochrome|monochromatic|greyscale|grayscale" /* of a background */
#define NIGHT "night|at night|by night|nighttime|night time|night scene"
#define DUSK 0.42f /* as bright a picture is at night, by the eye */

static const struct {
    const char *words;
    struct ct_edit_adjust how;
} phrases[] = {
    { BLUR, { 1, 1, 0, 9 } },
    { "increase the contrast|more contrast|higher contrast|add contrast|raise the contrast|"
      "increase contrast|boost the contrast|stronger contrast",
      { 1.3f, 1.05f, 0, 0 } },
    { "less contrast|lower contrast|reduce the contrast|decrease the contrast|reduce contrast|"
      "softer contrast",
      { 0.75f, 1, 0, 0 } },
    { "more saturated|more vivid|more vibrant|more colorful|more colourful|increase the saturation|"
      "increase saturation|boost the colors|boost the colours|vivid colors|vivid colours|"
      "more saturation",
      { 1, 1.4f, 0, 0 } },
    { "less saturated|less colorful|less colourful|reduce the saturation|decrease the saturation|"
      "mute the colors|mute the colours|muted colors|muted colours|less saturation|desaturate",
      { 1, 0.55f, 0, 0 } },
    { "warmer|warm it up|warmer tones|warm tones|warmer colors|warmer colours",
      { 1, 1.05f, 1, 0 } },
    { "cooler|colder|cooler tones|cool tones|cooler colors|cooler colours", { 1, 1, -1, 0 } },
    { MONO, { 1, 0, 0, 0 } },
    { NIGHT, { 1.1f, 0.5f, -1.5f, 0 } },
    { "vintage|retro|old photo|old photograph|faded|nostalgic", { 0.82f, 0.6f, 0.8f, 0 } },
};

static const char fillers[] =
    "a|an|the|this|it|make|picture|image|photo|photograph|look|looks|like|of|with|whole|to|be|give|"
    "increase|apply|add|turn|change|put|on|in|scene|into|effect|tones|feel|style|slightly|bit|"
    "little|please|and|more|much|background|backdrop|behind|is|its";

static bool has(const struct ct_edit_reader *s, int first, int end, const char *words)
{
    for (int i = first; i < end; i++)
        if (ct_edit_words_at(s, i, words) > 0)
            return true;
    return false;
}

/* Only fillers are left of the clause: nothing else is asked in it. */
static void close_clause(struct ct_edit_reader *s, int first, int end)
{
    for (int i = first; i < end; i++)
        if (s->r.tokens[i].use == CT_USE_FREE && s->r.tokens[i].kind == CT_TOKEN_WORD &&
            ct_edit_words_at(s, i, fillers) != 1)
            return;
    for (int i = first; i < end; i++)
        if (s->r.tokens[i].use == CT_USE_FREE)
            ct_mark(&s->r, i, i + 1, CT_USE_SILENT, NULL, NULL);
}

static void read_clause(struct ct_edit_reader *s, int first, int end)
{
    bool behind = has(s, first, end, "background|backdrop"), any = false;
    for (int i = first; i < end; i++)
        for (size_t k = 0; k < sizeof(phrases) / sizeof(*phrases); k++) {
            int n = ct_edit_words_at(s, i, phrases[k].words);
            bool night = strcmp(phrases[k].words, NIGHT) == 0;
            if (n == 0 || i + n > end || (!behind && strcmp(phrases[k].words, MONO) == 0))
                continue;
            if (night)
                ct_edit_add(s, CT_EDIT_EXPOSE, i, i + n)->factor = DUSK;
            struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_ADJUST, i, i + n);
            op->adjust = phrases[k].how;
            op->behind = behind && !night;
            op->night = night;
            ct_mark(&s->r, i, i + n, CT_USE_UNDERSTOOD, "darkroom", NULL);
            any = true;
            break;
        }
    if (any)
        close_clause(s, first, end);
}

/* A scene has an hour out of doors; in a room night is what little light there is. */
static void make_night(struct ct_edit_reader *s)
{
    struct ct_intent *intent = s->r.intent;
    if (s->context->of->land.scenery) {
        intent->land = s->context->of->land;
        intent->land.hour = CT_HOUR_night;
    } else {
        intent->rig = CT_RIG_dramatic;
    }
}

/* What of this a picture with a scene can have otherwise: focus, an hour. Behind things in colour
 * it cannot be black and white, which patch.c says. */
static void read_own_clause(struct ct_edit_reader *s, int first, int end)
{
    bool behind = has(s, first, end, "background|backdrop"), any = false;
    for (int i = first, n; i < end; i++) {
        bool blur = (n = ct_edit_words_at(s, i, BLUR)) > 0 && behind;
        bool mono = !blur && (n = ct_edit_words_at(s, i, MONO)) > 0 && behind;
        bool night = !blur && !mono && (n = ct_edit_words_at(s, i, NIGHT)) > 0 &&
                     !has(s, first, end, "sky");
        if ((!blur && !mono && !night) || i + n > end)
            continue;
        if (mono)
            ct_edit_add(s, CT_EDIT_ADJUST, i, i + n)->behind = true;
        else if (night)
            make_night(s);
        else
            s->r.intent->shallow_focus = true;
        ct_mark(&s->r, i, i + n, mono ? CT_USE_IGNORED : CT_USE_UNDERSTOOD,
                mono ? NULL : night ? "night" : "shallow focus", NULL);
        any = true;
    }
    if (any)
        close_clause(s, first, end);
}

void ct_edit_read_adjustments(struct ct_edit_reader *s)
{
    if (!s->foreign && s->context->of->kind != CT_INTENT_SCENE)
        return;
    for (int i = 0; i < s->r.n;) {
        int end = ct_edit_clause_end(s, i);
        if (s->foreign)
            read_clause(s, i, end);
        else
            read_own_clause(s, i, end);
        i = end > i ? end : i + 1;
    }
}
