/* Type: choosing fonts, measuring and fitting text with Pango.
 *
 * A struct ct_type owns a font map of its own, so threads never share one; it costs 2-3 ms for
 * each face used (18 ms for the first of a process, when fontconfig reads its caches). Metrics
 * are unhinted, so a text twice the size is exactly twice as wide and layouts scale.
 * Pango and GLib end the process when they run out of memory: the one place where we cannot
 * turn that into CT_E_MEMORY. */
#ifndef CT_SCENE_PAGE_TEXT_H
#define CT_SCENE_PAGE_TEXT_H

#include "base/err.h"
#include "base/slice.h"

enum ct_text_align {
    CT_ALIGN_START, /* left, or right where the text runs from right to left */
    CT_ALIGN_CENTER,
    CT_ALIGN_END,
};

/* Which family sets Latin, Greek and Cyrillic; other scripts have one family, or a serif beside it.
 * A face that lacks a letter of the text gives way to one that has all of them. */
enum ct_face {
    CT_FACE_SANS,      /* Inter */
    CT_FACE_SERIF,     /* Noto Serif Display: 400 or 700 */
    CT_FACE_CONDENSED, /* Bebas Neue: capitals only */
    CT_FACE_SCRIPT,    /* Dancing Script: 400 or 700 */
    CT_FACE_MONO,      /* DejaVu Sans Mono */
};

struct ct_text_style {
    enum ct_face face;
    bool italic;        /* serif only */
    int weight;         /* 100..900; 0 = 400 */
    double size_px;     /* em */
    double tracking_em; /* letter spacing; only for scripts that allow it */
    double leading;     /* line distance over the font's own; 0 = 1; only below 1 where safe */
    enum ct_text_align align;
    double wrap_px;   /* width of the paragraph; 0: one line for each paragraph */
    bool whole_words; /* prefer smaller type to breaking inside a word */
    bool balance;     /* lines of like length instead of a short last one */
};

/* Relative to the top left of the paragraph (or of the longest line when nothing wraps). */
struct ct_text_size {
    double w, h;                       /* of all lines, by the font's own line height */
    double ink_x, ink_y, ink_w, ink_h; /* of what is really black */
    double baseline;                   /* of the first line */
    int lines;
    bool broke_word; /* a line ends inside a word */
};

struct ct_type;

/* CT_E_MEMORY; CT_E_CONFIG with the packages to install when no font has a letter A. */
CT_MUSTCHECK ct_code ct_type_new(struct ct_type **out, struct ct_err *err);
void ct_type_free(struct ct_type **type);
/* Latin, Greek and Cyrillic in a typewriter face from now on. */
void ct_type_set_mono(struct ct_type *type, bool mono);

struct ct_text_size ct_type_measure(struct ct_type *type, struct ct_slice text,
                                    const struct ct_text_style *style);
/* The largest size <= style->size_px at which the text, wrapped to `w`, fits into w x h, ink
 * included; fills *style (size, wrap) and returns the measure. With style->balance the wrap may
 * come out narrower than w, with as many lines. One pixel is the smallest size. */
struct ct_text_size ct_type_fit(struct ct_type *type, struct ct_slice text,
                                struct ct_text_style *style, double w, double h);
/* Draws with the current source of `cairo` (a cairo_t), the paragraph's top left at (x, y). */
void ct_type_show(struct ct_type *type, void *cairo, struct ct_slice text,
                  const struct ct_text_style *style, double x, double y);

/* One line of a paragraph as it is set: where a vector back-end puts its own text. */
struct ct_text_line {
    struct ct_slice text;   /* with the white space it was broken at */
    double x, baseline, w;  /* relative to the paragraph's top left */
    double tracking_px;     /* 0 where the script allows none */
    bool rtl;
};
void ct_type_lines(struct ct_type *type, struct ct_slice text, const struct ct_text_style *style,
                   void (*line)(void *ctx, const struct ct_text_line *line), void *ctx);
#define CT_FAMILIES_MAX 1024
/* "Inter, Noto Sans Arabic, Noto Sans": what the text is set in, in order of choice. */
void ct_type_families(struct ct_type *type, char out[CT_FAMILIES_MAX], struct ct_slice text,
                      enum ct_face face);
/* Has the face such a form for this text? Only serifs are set in italics. */
bool ct_text_is_italic(const struct ct_type *type, struct ct_slice text,
                       const struct ct_text_style *style);
/* true for scripts whose letters may be spaced and set tight (Latin, Greek, Cyrillic, CJK). */
bool ct_text_is_plain(struct ct_slice text);
bool ct_text_is_rtl(struct ct_slice text); /* its first strong letter runs from right to left */
/* The words of a text (split at white space); returns their number, at most `max`. */
int ct_text_words(struct ct_slice *out, int max, struct ct_slice text);

#endif
