/* What templates share: their arguments, the texts to set, and a block that sets them.
 *
 * A template is one file with ct_template_<id>() and one row in templates.def. It must set every
 * text of struct ct_copy exactly once, keep everything readable (see palette.h), and give the
 * page an opaque ground unless args->page->transparent. */
#ifndef CT_SCENE_PAGE_TEMPLATE_H
#define CT_SCENE_PAGE_TEMPLATE_H

#include "engines/scene/page/items.h"
#include "engines/scene/page/palette.h"

/* The texts of an intent, each once: what is a title is not repeated among the rest. */
struct ct_copy {
    struct ct_slice title, subtitle; /* len 0: none */
    struct ct_slice *rest;
    int n_rest;
    struct ct_slice byline; /* one of the rest, until it is taken */
};

struct ct_template {
    enum ct_art art;    /* how a printed page is filled */
    enum ct_face face;  /* of its headline */
    bool hero;          /* it shows the intent's things, rendered */
    const char *emblem; /* drawing of the sign it shows, or NULL */
    struct ct_page *page;
    struct ct_type *type;
    const struct ct_intent *intent;
    struct ct_palette palette;
    struct ct_copy copy;
    struct ct_dice dice;
    double unit; /* 1/100 of the shorter edge, and no less than 1/200 of the longer */
    double margin;
};

struct ct_rect {
    double x, y, w, h;
};

#define CT_TEMPLATE(id, words) void ct_template_##id(struct ct_template *t);
#include "engines/scene/page/templates.def"
#undef CT_TEMPLATE

/* true when the prompt rules it out: "no text", "avoid gradients". */
bool ct_template_excludes(const struct ct_intent *intent, const char *const *words);
/* "No text": words that the prompt does not quote are left out. */
bool ct_template_silent(const struct ct_intent *intent);
/* Fills the copy; with labels != false the labels of nodes, edges and
 * values count as set elsewhere. */
void ct_template_read_copy(struct ct_template *t, bool labels);
/* Who a page is by, no longer among the rest; len 0: nobody is named. */
struct ct_slice ct_template_take_byline(struct ct_template *t);
/* The paper, edge to edge; nothing on a transparent page. */
void ct_template_paper(struct ct_template *t);

struct ct_copy_style {
    enum ct_face face, rest_face;
    bool italic_subtitle;
    double title_px;    /* at most */
    double title_share; /* of the height of the block, at most */
    int title_weight;
    enum ct_text_align align;
    bool at_bottom; /* title sits low, the rest above nothing */
    bool at_middle; /* title and subtitle stand halfway between the edges of their room */
    bool rule;      /* hairline over the small print */
    struct ct_tint ink, muted, line;
};
/* Sets title, subtitle and the rest into the rectangle: headline first, small print at its foot.
 * Returns the rectangle left free between them. */
struct ct_rect ct_template_set_copy(struct ct_template *t, struct ct_rect in,
                                    const struct ct_copy_style *style);
/* One line of words each as wide as the rectangle, sizes following; returns the height used. */
double ct_template_set_stack(struct ct_template *t, struct ct_slice text, struct ct_rect in,
                             int weight, struct ct_tint ink);

/* Title (at most that large) and subtitle at the head, what is left of the texts at the foot;
 * returns the room between them. (parts.c) */
struct ct_rect ct_template_set_heading(struct ct_template *t, double title_px);
/* The copy of a page of points, with its subject for a title when it has none, and the points, in
 * order: the intent's values and the labels of its nodes (with no text), or
 * else the texts that are neither title nor subtitle, which then count as set. Returns how many. */
int ct_template_read_list(struct ct_template *t, const struct ct_value **out);
/* The size at which each label of the list fits into w x h; one that is much longer than the others
 * does not shrink them below 0.6 of the wanted size, it shrinks alone. */
double ct_template_even_px(struct ct_template *t, const struct ct_value *list, int n,
                           const struct ct_text_style *style, double w, double h);
/* A box with a hairline and a soft shadow. */
struct ct_item *ct_template_card(struct ct_template *t, struct ct_rect at, double radius,
                                 struct ct_tint fill);
/* The colour of the i-th of many things; it stands out from a card. */
struct ct_tint ct_template_series(const struct ct_template *t, int i);
/* Columns for n cells in w x h so that their shape comes nearest to `aspect` (w / h). */
int ct_template_columns(int n, double w, double h, double aspect);

#endif
