/* What charts share: the card, the styles of their words, several rows of numbers, scales. */
#ifndef CT_SCENE_PAGE_CHART_H
#define CT_SCENE_PAGE_CHART_H

#include "engines/scene/page/template.h"

#define CT_CHART_ROWS 12

struct ct_chart {
    struct ct_template *t;
    const struct ct_value *list;
    int n;
    double low, high; /* of the numbers, with zero */
    bool has_numbers;
    bool lines;          /* rows are drawn as lines and points, not as areas */
    struct ct_rect room; /* inside the card */
    /* Rows ("series") and the names their values have in common. n_rows 0: one plain list. */
    struct ct_slice row[CT_CHART_ROWS];
    int n_rows;
    struct ct_value *names; /* labels alone, in order */
    int n_names;
    const struct ct_value **at; /* [row * n_names + name]; NULL: no such value */
};

/* A scale with round steps that holds all it is made for. */
struct ct_chart_scale {
    double low, high, step;
    int n;                 /* ticks */
    struct ct_value *tick; /* as text, with the unit that the values share */
    double width;          /* of the widest */
};

/* ---- chart.c */
/* Reads the list, sets paper, heading and card. */
struct ct_chart ct_chart_begin(struct ct_template *t, int usual);
bool ct_chart_has_number(const struct ct_value *v);
struct ct_tint ct_chart_muted(const struct ct_template *t);
struct ct_text_style ct_chart_label(const struct ct_chart *c, enum ct_text_align align);
struct ct_text_style ct_chart_figure(const struct ct_chart *c, enum ct_text_align align);
/* Fits the names into slots of that width, at one size, and returns the height they take. */
double ct_chart_fit_names(const struct ct_chart *c, struct ct_text_style *style, double w,
                          double most);
double ct_chart_figure_width(const struct ct_chart *c, double most);
double ct_chart_label_width(const struct ct_chart *c, double most);
void ct_chart_rule(struct ct_template *t, double x, double y, double w, double h);

/* ---- chart_scale.c */
/* Titles of the axes: the one that runs up at the top left, the other below on the right; takes
 * their room from c->room. `turned`: the values run across, as in bars that lie. */
void ct_chart_set_axes(struct ct_chart *c, bool turned);
struct ct_chart_scale ct_chart_scale_of(const struct ct_chart *c, double low, double high);
double ct_chart_part(const struct ct_chart_scale *s, double number); /* 0 at low, 1 at high */
/* Grid lines across `plot` with their figures to the left of it. */
void ct_chart_set_scale(struct ct_chart *c, const struct ct_chart_scale *s, struct ct_rect plot);
/* A thin line of the grid. */
void ct_chart_grid(struct ct_template *t, double x, double y, double w, double h);
/* The names of the rows with their colours, at the head of the room; takes its height from it. */
void ct_chart_set_rows(struct ct_chart *c);
/* The colour of a row: told from the card and, as far as the palette goes, from one another. */
struct ct_tint ct_chart_tint(const struct ct_chart *c, int row);
/* The same of a line, which in outlined looks is told by how light it is. */
struct ct_tint ct_chart_line_tint(const struct ct_chart *c, int row);

/* ---- chart_rows.c */
void ct_chart_bars(struct ct_chart *c, bool stacked);
void ct_chart_lines(struct ct_chart *c, bool filled, bool stacked);

#endif
