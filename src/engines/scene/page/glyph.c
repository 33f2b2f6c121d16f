/* From the drawings of glyphs.def to paths of a page.
 *
 * A drawing is text of our own, so a letter that is not known ends it. Called while composing;
 * shares nothing. */
#include "engines/scene/page/glyph.h"

#include <math.h>

static const struct glyph {
    const char *words, *drawing;
} glyphs[] = {
#define CT_GLYPH(words, drawing) { words, drawing },
#include "engines/scene/page/glyphs.def"
#undef CT_GLYPH
};
enum { GLYPHS = sizeof(glyphs) / sizeof(glyphs[0]) };

const char *ct_glyph_at(int index)
{
    return index >= 0 && index < GLYPHS ? glyphs[index].drawing : NULL;
}

/* "houses" is "house" as well. */
static bool same_noun(struct ct_slice said, struct ct_slice noun)
{
    if (said.len == noun.len + 1 && (said.ptr[noun.len] | 32) == 's')
        said.len--;
    return ct_slice_ieq(said, noun);
}

static const char *named(struct ct_slice said)
{
    for (int i = 0; i < GLYPHS; i++) {
        struct ct_slice rest = ct_slice(glyphs[i].words), noun;
        bool more = true;
        while (more) {
            more = ct_slice_cut(rest, '|', &noun, &rest);
            if (same_noun(said, noun))
                return glyphs[i].drawing;
        }
    }
    return NULL;
}

const char *ct_glyph_find(struct ct_slice words)
{
    enum { WORDS = 12 };
    struct ct_slice word[WORDS];
    int n = ct_text_words(word, WORDS, words);
    for (int i = n - 1; i >= 0; i--) {
        const char *two = NULL;
        if (i > 0) /* "shopping cart" before "cart" */
            two = named((struct ct_slice){ word[i - 1].ptr,
                                           (size_t)(word[i].ptr - word[i - 1].ptr) + word[i].len });
        const char *found = two ? two : named(word[i]);
        if (found)
            return found;
    }
    return NULL;
}

struct pen {
    struct ct_page *page;
    struct ct_item *path;
    const char *at;
    double x, y, scale;
};

static double number(struct pen *pen)
{
    double value = 0, scale = 0; /* not strtod(), which follows the locale */
    while (*pen->at == ' ')
        pen->at++;
    bool minus = *pen->at == '-';
    pen->at += minus;
    for (; (*pen->at >= '0' && *pen->at <= '9') || (*pen->at == '.' && scale == 0); pen->at++) {
        if (*pen->at == '.') {
            scale = 1;
            continue;
        }
        value = value * 10 + (*pen->at - '0');
        scale *= 10;
    }
    value = scale > 0 ? value / scale : value;
    return minus ? -value : value;
}

static double across(struct pen *pen)
{
    return pen->x + number(pen) * pen->scale;
}

static double down(struct pen *pen)
{
    return pen->y + number(pen) * pen->scale;
}

static void arc(struct pen *pen, bool whole)
{
    double x = across(pen), y = down(pen), r = number(pen) * pen->scale;
    double from = whole ? 0 : number(pen) * M_PI / 180;
    double to = whole ? 2 * M_PI : number(pen) * M_PI / 180;
    ct_path_arc(pen->page, pen->path, x, y, r, from, to);
    if (whole)
        ct_path_close(pen->page, pen->path);
}

static void rounded(struct pen *pen)
{
    double x = across(pen), y = down(pen), w = number(pen) * pen->scale;
    double h = number(pen) * pen->scale, r = number(pen) * pen->scale;
    ct_path_arc(pen->page, pen->path, x + r, y + r, r, M_PI, 1.5 * M_PI);
    ct_path_arc(pen->page, pen->path, x + w - r, y + r, r, -M_PI / 2, 0);
    ct_path_arc(pen->page, pen->path, x + w - r, y + h - r, r, 0, M_PI / 2);
    ct_path_arc(pen->page, pen->path, x + r, y + h - r, r, M_PI / 2, M_PI);
    ct_path_close(pen->page, pen->path);
}

/* One step; false at the end. */
static bool step(struct pen *pen, char letter)
{
    double xy[6];
    switch (letter) {
    case 'M':
    case 'L':
        xy[0] = across(pen);
        xy[1] = down(pen);
        (letter == 'M' ? ct_path_move : ct_path_line)(pen->page, pen->path, xy[0], xy[1]);
        return true;
    case 'C':
        for (int i = 0; i < 6; i++)
            xy[i] = i % 2 ? down(pen) : across(pen);
        ct_path_curve(pen->page, pen->path, xy);
        return true;
    case 'A':
    case 'O':
        arc(pen, letter == 'O');
        return true;
    case 'R':
        rounded(pen);
        return true;
    case 'Z':
        ct_path_close(pen->page, pen->path);
        return true;
    default:
        return false;
    }
}

void ct_glyph_draw(struct ct_page *page, const char *drawing, double x, double y, double size,
                   struct ct_tint ink, struct ct_tint ground)
{
    struct pen pen = { .page = page, .at = drawing, .x = x, .y = y, .scale = size / 24 };
    for (;;) {
        while (*pen.at == ' ')
            pen.at++;
        char letter = *pen.at;
        if (letter == '\0')
            return;
        pen.at++;
        struct ct_tint tint = letter == 'D' || letter == 'T' ? ground : ink;
        if (letter == 'F' || letter == 'D') {
            pen.path = ct_page_path(page, CT_LAYER_SHAPES, ct_paint_flat(tint));
        } else if (letter == 'S' || letter == 'T') {
            pen.path = ct_page_path(page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
            pen.path->stroke = tint;
            pen.path->stroke_px = number(&pen) * pen.scale;
            pen.path->round_ends = true;
        } else if (!pen.path || !step(&pen, letter)) {
            return;
        }
    }
}
