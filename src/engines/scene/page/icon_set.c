/* Sets of icons: a grid of tiles that share one palette and one way of drawing.
 *
 * template_icon.c calls it when the prompt speaks of several. Which signs: the nouns the prompt
 * names, when there are three; else those of its theme ("weather icons"); else everyday ones. How
 * many: the number in the prompt, or nine. */
#include "engines/scene/page/icon_set.h"

#include "engines/scene/page/glyph.h"

#include <math.h>

#define MOST 24

static const struct {
    const char *theme, *nouns;
} themes[] = {
    { "weather", "sun cloud rain bolt moon drop umbrella leaf clock" },
    { "travel", "map car mountain camera globe umbrella location key clock tree" },
    { "music", "music play heart user search download star clock bell" },
    { "media", "play music camera book chat heart star download search" },
    { "shopping", "cart gift heart star search user location key check" },
    { "commerce", "cart gift heart star search user location key check" },
    { "social", "chat heart user bell camera star search mail globe" },
    { "communication", "mail chat call phone bell user globe wifi search" },
    { "office", "mail folder calendar chart clock check search user lock" },
    { "business", "chart mail calendar user folder trophy globe lock check" },
    { "finance", "chart lock shield folder calendar key trophy globe check" },
    { "security", "lock shield key user bell search wifi check folder" },
    { "nature", "leaf tree mountain sun drop flame cloud moon bolt" },
    { "fitness", "heart flame clock trophy drop bolt star chart check" },
    { "health", "heart shield drop clock user calendar leaf chart check" },
    { "education", "book trophy star clock search globe check user chat" },
    { "food", "cup cart heart star clock location leaf flame gift" },
    { "smart", "home lock wifi camera bolt bell clock sun drop" },
    { "",
      "home heart star bell search gear user mail lock calendar camera chat cart clock folder gift "
      "globe key leaf moon music phone rocket sun" },
};

static int number_of(struct ct_slice word)
{
    static const char *const names[] = { "two", "three", "four", "five",   "six",  "seven",
                                         "eight", "nine", "ten",  "eleven", "twelve" };
    uint64_t n;
    if (ct_slice_u64(word, &n) && n >= 2 && n <= MOST)
        return (int)n;
    for (int i = 0; i < 11; i++)
        if (ct_slice_ieq(word, ct_slice(names[i])))
            return i + 2;
    return 0;
}

/* The next word of letters or digits from *at. */
static bool next_word(struct ct_slice text, size_t *at, struct ct_slice *word)
{
    size_t from = *at;
    while (from < text.len && !((text.ptr[from] | 32) >= 'a' && (text.ptr[from] | 32) <= 'z') &&
           !(text.ptr[from] >= '0' && text.ptr[from] <= '9'))
        from++;
    size_t to = from;
    while (to < text.len && (((text.ptr[to] | 32) >= 'a' && (text.ptr[to] | 32) <= 'z') ||
                             (text.ptr[to] >= '0' && text.ptr[to] <= '9')))
        to++;
    *word = ct_slice_sub(text, from, to);
    *at = to;
    return to > from;
}

static int add(const char *signs[MOST], int n, const char *drawing)
{
    for (int i = 0; i < n; i++)
        if (signs[i] == drawing)
            return n;
    if (drawing && n < MOST)
        signs[n++] = drawing;
    return n;
}

static int add_theme(const char *signs[MOST], int n, const char *nouns, int most)
{
    struct ct_slice word;
    size_t at = 0;
    while (n < most && next_word(ct_slice(nouns), &at, &word))
        n = add(signs, n, ct_glyph_find(word));
    return n;
}

static bool says(struct ct_slice prompt, const char *theme)
{
    struct ct_slice word;
    size_t at = 0;
    while (next_word(prompt, &at, &word))
        if (ct_slice_ieq(word, ct_slice(theme)))
            return true;
    return false;
}

bool ct_icon_set_wanted(struct ct_slice prompt)
{
    return says(prompt, "icons") ||
           (says(prompt, "icon") && (says(prompt, "set") || says(prompt, "pack")));
}

static int choose(const char *signs[MOST], struct ct_slice prompt)
{
    struct ct_slice word;
    size_t at = 0;
    int n = 0, wanted = 0;
    while (next_word(prompt, &at, &word)) {
        if (!wanted)
            wanted = number_of(word);
        n = add(signs, n, ct_glyph_find(word));
    }
    if (n >= 3 && (!wanted || wanted == n))
        return n;
    wanted = wanted ? wanted : 9;
    if (n < 3)
        n = 0;
    for (size_t i = 0; i < sizeof(themes) / sizeof(themes[0]); i++)
        if (!themes[i].theme[0] || says(prompt, themes[i].theme))
            n = add_theme(signs, n, themes[i].nouns, wanted);
    return n < wanted ? n : wanted;
}

void ct_icon_set_draw(struct ct_template *t, struct ct_rect room)
{
    const struct ct_palette *p = &t->palette;
    const char *signs[MOST];
    int n = choose(signs, t->intent->prompt);
    int columns = ct_template_columns(n, room.w, room.h, 1), rows = (n + columns - 1) / columns;
    double s = fmin(room.w / (columns + 0.3 * (columns - 1)), room.h / (rows + 0.3 * (rows - 1)));
    double gap = s * 0.3, w = columns * (s + gap) - gap, h = rows * (s + gap) - gap;
    for (int i = 0; i < n; i++) {
        int in_row = i / columns == rows - 1 ? n - columns * (rows - 1) : columns;
        double left = room.x + (room.w - w) / 2 + (columns - in_row) * (s + gap) / 2;
        double x = left + (i % columns) * (s + gap);
        double y = room.y + (room.h - h) / 2 + (i / columns) * (s + gap);
        struct ct_tint tint = ct_template_series(t, i), fill = ct_tint_mix(tint, p->card, 0.76);
        if (p->plain)
            fill = p->card;
        ct_page_box(t->page, CT_LAYER_SHAPES, x, y, s, s, s * 0.25, ct_paint_flat(fill));
        ct_glyph_draw(t->page, signs[i], x + s * 0.22, y + s * 0.22, s * 0.56,
                      p->plain ? p->ink : ct_tint_legible(tint, fill, 3.6), fill);
    }
}
