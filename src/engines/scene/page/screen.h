/* Screens of apps: a phone, and the parts that all of them are made of.
 *
 * What the prompt names is set as written. The rest is what every such screen says ("Password") or
 * sample content, nothing at all when the prompt rules text out: bars stand in its place then. */
#ifndef CT_SCENE_PAGE_SCREEN_H
#define CT_SCENE_PAGE_SCREEN_H

#include "engines/scene/page/template.h"

struct ct_screen {
    struct ct_template *t;
    const struct ct_value *list; /* every text but title and subtitle */
    int n;
    double u;          /* 1/40 of the screen's width */
    struct ct_rect in; /* what is free for content */
    struct ct_tint ground, ink, muted, bar, faint;
};

/* Paper, a phone on it, its status line. Titles and the list are read. */
void ct_screen_phone(struct ct_screen *s, struct ct_template *t);
/* The same for a window with its own frame; `in` is all of it below the title bar. */
void ct_screen_window(struct ct_screen *s, struct ct_template *t);
/* The i-th text of the list; the known word when the list is empty; len 0 when words are unwanted
 * or the list is shorter. */
struct ct_slice ct_screen_word(const struct ct_screen *s, int i, const char *known);

/* The text; the known words when it is empty and words are wanted. */
struct ct_slice ct_screen_or(const struct ct_screen *s, struct ct_slice text, const char *known);

void ct_screen_bar(struct ct_screen *s, double x, double y, double w, double h,
                   struct ct_tint tint);
/* The text, centred in height, or a neutral bar of `share` of the width when it is empty. */
void ct_screen_text(struct ct_screen *s, struct ct_slice text, struct ct_rect at, int weight,
                    double px, enum ct_text_align align, struct ct_tint tint, double share);
void ct_screen_button(struct ct_screen *s, struct ct_rect at, struct ct_slice label, bool filled);
void ct_screen_field(struct ct_screen *s, struct ct_rect at, struct ct_slice label);
/* A sign of glyphs.def by its noun in a square; nothing when there is none. */
void ct_screen_sign(struct ct_screen *s, const char *noun, double x, double y, double size,
                    struct ct_tint ink, struct ct_tint ground);
/* The entries from `from` on, one under the other, each with a sign or disc; without any, those of
 * `known` (parted by '|', each "sign=label=right"; NULL: none). */
void ct_screen_rows(struct ct_screen *s, struct ct_rect at, int from, const char *known,
                    bool switches);

#endif
