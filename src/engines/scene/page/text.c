/* Fonts, measuring and fitting: everything that asks Pango what a text looks like.
 *
 * Templates call ct_type_measure() and ct_type_fit() while they compose, draw.c calls
 * ct_type_show() for the same text and style; both build the layout with make_layout(), and
 * since metrics are unhinted and the font map is fresh for each, both get the same lines.
 *
 * Fonts: Inter (or the face asked for) for Latin, Greek and Cyrillic, the Noto family of each
 * other script that the text contains, in the order found. Families are named outright instead of
 * leaving it to fallback,
 * because fontconfig's fallback ignores the weight: a SemiBold headline would get Regular Han
 * beside it. Han is set by the Japanese face when there is kana, the Korean one beside Hangul,
 * the Chinese one otherwise.
 *
 * Spaced letters would tear joined scripts apart and tight lines would collide in scripts with
 * marks above and below, so both are taken only where all of the text is plain. */
#include "engines/scene/page/text.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <math.h>
#include <pango/pangocairo.h>

struct ct_type {
    PangoFontMap *map;
    PangoContext *context;
    bool mono;
};

static const struct {
    GUnicodeScript script;
    const char *family, *serif;
} families[] = {
    { G_UNICODE_SCRIPT_ARABIC, "Noto Sans Arabic", "Noto Naskh Arabic" },
    { G_UNICODE_SCRIPT_ARMENIAN, "Noto Sans Armenian", "Noto Serif Armenian" },
    { G_UNICODE_SCRIPT_BENGALI, "Noto Sans Bengali", "Noto Serif Bengali" },
    { G_UNICODE_SCRIPT_DEVANAGARI, "Noto Sans Devanagari", "Noto Serif Devanagari" },
    { G_UNICODE_SCRIPT_ETHIOPIC, "Noto Sans Ethiopic", "Noto Serif Ethiopic" },
    { G_UNICODE_SCRIPT_GEORGIAN, "Noto Sans Georgian", "Noto Serif Georgian" },
    { G_UNICODE_SCRIPT_GUJARATI, "Noto Sans Gujarati", "Noto Serif Gujarati" },
    { G_UNICODE_SCRIPT_GURMUKHI, "Noto Sans Gurmukhi", "Noto Serif Gurmukhi" },
    { G_UNICODE_SCRIPT_HANGUL, "Noto Sans CJK KR", "Noto Serif CJK KR" },
    { G_UNICODE_SCRIPT_HAN, "Noto Sans CJK SC", "Noto Serif CJK SC" },
    { G_UNICODE_SCRIPT_BOPOMOFO, "Noto Sans CJK TC", "Noto Serif CJK TC" },
    { G_UNICODE_SCRIPT_HEBREW, "Noto Sans Hebrew", "Noto Serif Hebrew" },
    { G_UNICODE_SCRIPT_HIRAGANA, "Noto Sans CJK JP", "Noto Serif CJK JP" },
    { G_UNICODE_SCRIPT_KATAKANA, "Noto Sans CJK JP", "Noto Serif CJK JP" },
    { G_UNICODE_SCRIPT_KANNADA, "Noto Sans Kannada", "Noto Serif Kannada" },
    { G_UNICODE_SCRIPT_KHMER, "Noto Sans Khmer", "Noto Serif Khmer" },
    { G_UNICODE_SCRIPT_LAO, "Noto Sans Lao", "Noto Serif Lao" },
    { G_UNICODE_SCRIPT_MALAYALAM, "Noto Sans Malayalam", "Noto Serif Malayalam" },
    { G_UNICODE_SCRIPT_MYANMAR, "Noto Sans Myanmar", "Noto Serif Myanmar" },
    { G_UNICODE_SCRIPT_SINHALA, "Noto Sans Sinhala", "Noto Serif Sinhala" },
    { G_UNICODE_SCRIPT_TAMIL, "Noto Sans Tamil", "Noto Serif Tamil" },
    { G_UNICODE_SCRIPT_TELUGU, "Noto Sans Telugu", "Noto Serif Telugu" },
    { G_UNICODE_SCRIPT_THAI, "Noto Sans Thai", "Noto Serif Thai" },
};
#define N_FAMILIES (sizeof(families) / sizeof(families[0]))

static bool script_is_plain(GUnicodeScript script)
{
    switch (script) {
    case G_UNICODE_SCRIPT_LATIN:
    case G_UNICODE_SCRIPT_GREEK:
    case G_UNICODE_SCRIPT_CYRILLIC:
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_COMMON:
    case G_UNICODE_SCRIPT_INHERITED:
        return true;
    default:
        return false;
    }
}

bool ct_text_is_plain(struct ct_slice text)
{
    for (size_t at = 0; at < text.len;)
        if (!script_is_plain(g_unichar_get_script(ct_utf8_next(text, &at))))
            return false;
    return true;
}

bool ct_text_is_rtl(struct ct_slice text)
{
    for (size_t at = 0; at < text.len;) {
        switch (g_unichar_get_script(ct_utf8_next(text, &at))) {
        case G_UNICODE_SCRIPT_ARABIC:
        case G_UNICODE_SCRIPT_HEBREW:
        case G_UNICODE_SCRIPT_SYRIAC:
        case G_UNICODE_SCRIPT_THAANA:
        case G_UNICODE_SCRIPT_NKO:
        case G_UNICODE_SCRIPT_ADLAM:
            return true;
        case G_UNICODE_SCRIPT_COMMON:
        case G_UNICODE_SCRIPT_INHERITED:
        case G_UNICODE_SCRIPT_UNKNOWN:
            break;
        default:
            return false;
        }
    }
    return false;
}

int ct_text_words(struct ct_slice *out, int max, struct ct_slice text)
{
    int n = 0;
    size_t start = 0, at = 0;
    while (at <= text.len && n < max) {
        size_t before = at;
        bool space = at == text.len;
        if (at < text.len)
            space = g_unichar_isspace(ct_utf8_next(text, &at));
        else
            at++;
        if (!space)
            continue;
        if (before > start)
            out[n++] = ct_slice_sub(text, start, before);
        start = at;
    }
    return n;
}

/* Letters that Bebas Neue and Dancing Script have: Western and Central European ones. */
static bool is_western(struct ct_slice text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = ct_utf8_next(text, &at);
        bool mark = c >= 0x2010 && c <= 0x2026; /* dashes, quotes, dots */
        if (c > 0x17E && !mark && c != 0x20AC)
            return false;
    }
    return true;
}

/* The face that can set all of the text. */
static enum ct_face face_for(const struct ct_type *type, struct ct_slice text, enum ct_face wanted)
{
    if (type->mono)
        return CT_FACE_MONO;
    if (wanted == CT_FACE_CONDENSED && !is_western(text))
        return CT_FACE_SANS;
    if (wanted == CT_FACE_SCRIPT && !is_western(text))
        return CT_FACE_SERIF;
    return wanted;
}

static const char *lead_family(enum ct_face face)
{
    static const char *const names[] = {
        [CT_FACE_SANS] = "Inter",
        [CT_FACE_SERIF] = "Noto Serif Display,Noto Serif",
        [CT_FACE_CONDENSED] = "Bebas Neue,Inter",
        [CT_FACE_SCRIPT] = "Dancing Script,Noto Serif Display",
        [CT_FACE_MONO] = "DejaVu Sans Mono",
    };
    return names[face];
}

/* Writes "Inter,Noto Sans CJK SC,..." with the families of the scripts present, each once. */
static void family_list(char *out, size_t size, struct ct_slice text, enum ct_face face)
{
    uint32_t present = 0;
    bool serif = face == CT_FACE_SERIF || face == CT_FACE_SCRIPT;
    for (size_t at = 0; at < text.len;) {
        GUnicodeScript script = g_unichar_get_script(ct_utf8_next(text, &at));
        for (size_t i = 0; i < N_FAMILIES; i++)
            if (families[i].script == script)
                present |= 1u << i;
    }
    size_t len = (size_t)snprintf(out, size, "%s", lead_family(face));
    for (int han = 0; han < 2; han++) /* Han comes last: kana or Hangul name the language */
        for (size_t i = 0; i < N_FAMILIES; i++)
            if ((present >> i & 1) && (families[i].script == G_UNICODE_SCRIPT_HAN) == (han == 1) &&
                len + 40 < size)
                len += (size_t)snprintf(out + len, size - len, ",%s",
                                        serif ? families[i].serif : families[i].family);
    snprintf(out + len, size - len, ",Noto Sans");
}

bool ct_text_is_italic(const struct ct_type *type, struct ct_slice text,
                       const struct ct_text_style *style)
{
    return style->italic && face_for(type, text, style->face) == CT_FACE_SERIF;
}

/* Katakana words look broken when a line ends inside them, though Unicode allows it. Longer runs
 * than any word may break. */
static void keep_katakana(PangoAttrList *list, struct ct_slice text)
{
    size_t start = 0;
    int run = 0;
    for (size_t at = 0; at <= text.len;) {
        size_t before = at;
        uint32_t c = at < text.len ? ct_utf8_next(text, &at) : 0;
        bool kana = c >= 0x30A1 && c <= 0x30FF && c != 0x30FB; /* not the middle dot */
        if (kana && run++ == 0)
            start = before;
        if (!kana && run > 1 && run <= 14) {
            PangoAttribute *attr = pango_attr_allow_breaks_new(FALSE);
            attr->start_index = (guint)start;
            attr->end_index = (guint)before;
            pango_attr_list_insert(list, attr);
        }
        run = kana ? run : 0;
        if (before == text.len)
            break;
    }
}

static PangoLayout *make_layout(struct ct_type *type, struct ct_slice text,
                                const struct ct_text_style *style)
{
    static const PangoAlignment aligns[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER,
                                             PANGO_ALIGN_RIGHT };
    char names[512];
    bool plain = ct_text_is_plain(text);
    family_list(names, sizeof(names), text, face_for(type, text, style->face));
    PangoLayout *layout = pango_layout_new(type->context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, names);
    if (ct_text_is_italic(type, text, style))
        pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
    pango_font_description_set_weight(font, (PangoWeight)(style->weight ? style->weight : 400));
    pango_font_description_set_absolute_size(font, style->size_px * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    PangoAttrList *list = pango_attr_list_new();
    keep_katakana(list, text);
    if (style->tracking_em != 0 && plain) {
        int spacing = (int)lround(style->tracking_em * style->size_px * PANGO_SCALE);
        pango_attr_list_insert(list, pango_attr_letter_spacing_new(spacing));
    }
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
    if (style->wrap_px > 0) {
        pango_layout_set_width(layout, (int)ceil(style->wrap_px * PANGO_SCALE));
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    }
    pango_layout_set_alignment(layout, aligns[style->align]);
    if (style->leading > 0 && (plain || style->leading > 1))
        pango_layout_set_line_spacing(layout, (float)style->leading);
    pango_layout_set_text(layout, text.ptr, (int)text.len);
    return layout;
}

/* A line that ends where the text allows no break ends inside a word. */
static bool breaks_word(PangoLayout *layout)
{
    int n_attrs, lines = pango_layout_get_line_count(layout);
    const char *text = pango_layout_get_text(layout);
    const PangoLogAttr *attrs = pango_layout_get_log_attrs_readonly(layout, &n_attrs);
    for (int i = 0; i + 1 < lines; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(layout, i + 1);
        long at = g_utf8_pointer_to_offset(text, text + line->start_index);
        if (at < n_attrs && !attrs[at].is_line_break && !attrs[at].is_mandatory_break &&
            !(at > 0 && attrs[at - 1].is_white))
            return true;
    }
    return false;
}

static struct ct_text_size size_of(PangoLayout *layout)
{
    PangoRectangle ink, logical;
    const double unit = 1.0 / PANGO_SCALE;
    pango_layout_get_extents(layout, &ink, &logical);
    struct ct_text_size size = {
        .w = logical.width * unit,
        .h = logical.height * unit,
        .ink_x = ink.x * unit,
        .ink_y = ink.y * unit,
        .ink_w = ink.width * unit,
        .ink_h = ink.height * unit,
        .baseline = pango_layout_get_baseline(layout) * unit,
        .lines = pango_layout_get_line_count(layout),
    };
    size.broke_word = size.lines > 1 && breaks_word(layout);
    return size;
}

struct ct_text_size ct_type_measure(struct ct_type *type, struct ct_slice text,
                                    const struct ct_text_style *style)
{
    PangoLayout *layout = make_layout(type, text, style);
    struct ct_text_size size = size_of(layout);
    g_object_unref(layout);
    return size;
}

static bool fits(const struct ct_text_size *size, double w, double h)
{
    const double slack = 1.0 / 64; /* Pango's units are 1/1024 px */
    return size->w <= w + slack && size->h <= h + slack && size->ink_x >= -slack &&
           size->ink_y >= -slack && size->ink_x + size->ink_w <= w + slack &&
           size->ink_y + size->ink_h <= h + slack;
}

/* What ct_type_measure() would say of another size, from type of the size `top`: sizes are linear,
 * and each size that Pango sees for the first time costs it a search through all fonts. */
static struct ct_text_size measure_scaled(struct ct_type *type, struct ct_slice text,
                                          const struct ct_text_style *style, double top)
{
    struct ct_text_style large = *style;
    double scale = style->size_px / top;
    large.size_px = top;
    large.wrap_px = style->wrap_px / scale;
    struct ct_text_size size = ct_type_measure(type, text, &large);
    size.w *= scale;
    size.h *= scale;
    size.ink_x *= scale;
    size.ink_y *= scale;
    size.ink_w *= scale;
    size.ink_h *= scale;
    size.baseline *= scale;
    return size;
}

/* Largest size in [1, top] that fits, by bisection to 1/2 %; words kept whole when asked. Where
 * rounding makes the size itself too large after all, it is a little smaller. */
static double search_size(struct ct_type *type, struct ct_slice text, struct ct_text_style *style,
                          double w, double h, double top, bool whole)
{
    double low = 0, high = top;
    struct ct_text_size size;
    for (int i = 0; i < 14; i++) {
        style->size_px = i == 0 ? top : (low + high) / 2;
        size = measure_scaled(type, text, style, top);
        if (fits(&size, w, h) && !(whole && size.broke_word)) {
            low = style->size_px;
            if (i == 0)
                return low;
        } else {
            high = style->size_px;
        }
        if (high - low < 0.005 * low)
            break;
    }
    for (int i = 0; i < 8 && low > 0; i++, low *= 0.994) {
        style->size_px = low;
        size = ct_type_measure(type, text, style);
        if (fits(&size, w, h) && !(whole && size.broke_word))
            return low;
    }
    return low;
}

/* The narrowest paragraph with as many lines. */
static struct ct_text_size balance(struct ct_type *type, struct ct_slice text,
                                   struct ct_text_style *style, struct ct_text_size full)
{
    double low = style->wrap_px / full.lines, high = style->wrap_px;
    struct ct_text_size best = full;
    for (int i = 0; i < 7; i++) {
        style->wrap_px = (low + high) / 2;
        struct ct_text_size size = ct_type_measure(type, text, style);
        bool same = size.lines == full.lines && fits(&size, style->wrap_px, full.h + 1) &&
                    size.broke_word == full.broke_word;
        if (same) {
            high = style->wrap_px;
            best = size;
        } else {
            low = style->wrap_px;
        }
    }
    style->wrap_px = high;
    return best;
}

#define LONG_TEXT 600 /* characters from which a search would take too long */

/* Long texts start at the size their area suggests and step down: a handful of measures. */
static struct ct_text_size fit_long(struct ct_type *type, struct ct_slice text,
                                    struct ct_text_style *style, double w, double h)
{
    double per_char = 0.62; /* of the square of the size, in running text */
    double guess = sqrt(w * h / ((double)ct_utf8_count(text) * per_char));
    struct ct_text_size size;
    style->size_px = fmax(1, fmin(style->size_px, guess));
    for (;;) {
        size = ct_type_measure(type, text, style);
        if (fits(&size, w, h) || style->size_px <= 1)
            return size;
        double over = sqrt(fmax(1, size.h / fmax(1, h)));
        style->size_px = fmax(1, style->size_px / fmax(1.06, over));
    }
}

struct ct_text_size ct_type_fit(struct ct_type *type, struct ct_slice text,
                                struct ct_text_style *style, double w, double h)
{
    double top = fmax(1, style->size_px), whole = 0;
    style->wrap_px = fmax(w, 1);
    if (text.len > LONG_TEXT)
        return fit_long(type, text, style, w, h);
    whole = search_size(type, text, style, w, h, top, true);
    if (whole < 1 && style->align != CT_ALIGN_CENTER) {
        /* Ink that hangs over the edge it is aligned to would fit at no size: away from it. */
        style->align = CT_ALIGN_CENTER;
        whole = search_size(type, text, style, w, h, top, true);
    }
    /* Below a third of the wish a broken word reads better than fly-specks. */
    if (!style->whole_words || whole < top / 3) {
        double any = search_size(type, text, style, w, h, top, false);
        if (whole < (style->whole_words ? top / 8 : any * 0.6))
            whole = any;
    }
    style->size_px = fmax(1, whole);
    struct ct_text_size size = ct_type_measure(type, text, style);
    return style->balance && size.lines > 1 ? balance(type, text, style, size) : size;
}

void ct_type_show(struct ct_type *type, void *cairo, struct ct_slice text,
                  const struct ct_text_style *style, double x, double y)
{
    PangoLayout *layout = make_layout(type, text, style);
    cairo_move_to(cairo, x, y);
    pango_cairo_show_layout(cairo, layout);
    g_object_unref(layout);
}

void ct_type_lines(struct ct_type *type, struct ct_slice text, const struct ct_text_style *style,
                   void (*line)(void *ctx, const struct ct_text_line *line), void *ctx)
{
    const double unit = 1.0 / PANGO_SCALE;
    double tracking = ct_text_is_plain(text) ? style->tracking_em * style->size_px : 0;
    PangoLayout *layout = make_layout(type, text, style);
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    do {
        PangoRectangle logical;
        PangoLayoutLine *set = pango_layout_iter_get_line_readonly(iter);
        pango_layout_iter_get_line_extents(iter, NULL, &logical);
        size_t from = (size_t)set->start_index, to = from + (size_t)set->length;
        line(ctx, &(struct ct_text_line){ ct_slice_sub(text, from, to), logical.x * unit,
                                          pango_layout_iter_get_baseline(iter) * unit,
                                          logical.width * unit, tracking,
                                          set->resolved_dir == PANGO_DIRECTION_RTL });
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    g_object_unref(layout);
}

void ct_type_families(struct ct_type *type, char out[CT_FAMILIES_MAX], struct ct_slice text,
                      enum ct_face face)
{
    char names[CT_FAMILIES_MAX / 2];
    size_t n = 0;
    family_list(names, sizeof(names), text, face_for(type, text, face));
    for (const char *c = names; *c && n + 3 < CT_FAMILIES_MAX; c++) {
        out[n++] = *c;
        if (*c == ',')
            out[n++] = ' ';
    }
    out[n] = '\0';
}

/* No hinting and no pixel snapping: what is measured holds at every size and position. */
static void set_options(PangoContext *context)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 96);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("en"));
    pango_context_set_base_dir(context, PANGO_DIRECTION_WEAK_LTR);
}

ct_code ct_type_new(struct ct_type **out, struct ct_err *err)
{
    *out = NULL;
    struct ct_type *type = ct_calloc(1, sizeof(*type));
    if (!type)
        return ct_fail(err, CT_E_MEMORY, NULL, "out of memory for the fonts of a page");
    type->map = pango_cairo_font_map_new();
    type->context = pango_font_map_create_context(type->map);
    set_options(type->context);
    PangoLayout *layout = make_layout(type, CT_S("A"), &(struct ct_text_style){ .size_px = 16 });
    int unknown = pango_layout_get_unknown_glyphs_count(layout);
    g_object_unref(layout);
    if (unknown > 0) {
        ct_type_free(&type);
        return ct_fail(err, CT_E_CONFIG, NULL,
                       "no usable font was found; install the packages fonts-inter, "
                       "fonts-noto-core, fonts-noto-cjk, fonts-noto-color-emoji, fonts-bebas-neue "
                       "and fonts-dancingscript");
    }
    *out = type;
    return CT_OK;
}

void ct_type_set_mono(struct ct_type *type, bool mono)
{
    type->mono = mono;
}

void ct_type_free(struct ct_type **type)
{
    if (!*type)
        return;
    g_object_unref((*type)->context);
    g_object_unref((*type)->map);
    ct_free(*type);
    *type = NULL;
}
