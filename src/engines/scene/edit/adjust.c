/* "Blur the background", "more contrast", "warmer", "a vintage look": what a darkroom does to a
 * photograph. Read before the clauses; what a phrase leaves of its clause is read as usual. */
#include "engines/scene/edit/reader.h"

static const struct {
    const char *words;
    struct ct_edit_adjust how;
} phrases[] = {
    { "blur|blurred|blurry|out of focus|bokeh|defocus|defocused", { 1, 1, 0, 9 } },
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
    { "vintage|retro|old photo|old photograph|faded|nostalgic", { 0.82f, 0.6f, 0.8f, 0 } },
};

static const char fillers[] =
    "a|an|the|this|it|make|picture|image|photo|photograph|look|looks|like|of|with|whole|to|be|give|"
    "increase|apply|add|turn|into|effect|tones|feel|style|slightly|bit|little|please|and|more|much|"
    "background|backdrop|behind|is|its";

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
            if (n == 0 || i + n > end)
                continue;
            struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_ADJUST, i, i + n);
            op->adjust = phrases[k].how;
            op->behind = behind;
            ct_mark(&s->r, i, i + n, CT_USE_UNDERSTOOD, "darkroom", NULL);
            any = true;
            break;
        }
    if (any)
        close_clause(s, first, end);
}

void ct_edit_read_adjustments(struct ct_edit_reader *s)
{
    for (int i = 0; i < s->r.n;) {
        int end = ct_edit_clause_end(s, i);
        read_clause(s, i, end);
        i = end > i ? end : i + 1;
    }
}
