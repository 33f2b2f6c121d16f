/* What the readers of numbers share; not for others. */
#ifndef CT_SCENE_VALUES_H
#define CT_SCENE_VALUES_H

#include "engines/scene/prompt/reader.h"

/* ---- values.c */
/* May a value begin behind token i? A mark, a small word, the word that made it a page. */
bool ct_value_parts(const struct ct_reader *r, int i);
/* "$9", "-3.5 %", "1.2M", "12 km" at i: number, unit and text of *v. Returns the token behind it, i
 * when it is no number. */
int ct_value_number(const struct ct_reader *r, int i, struct ct_value *v);
/* "Q1 10", "rent: 40%" at i, the same way. */
int ct_value_labelled(const struct ct_reader *r, int i, struct ct_value *v);

/* ---- series.c */
/* Values under headings ("2023: Q1 10, Q2 20; 2024: Q1 12, Q2 25"), rows of numbers ("Sales 10, 20,
 * 30 over Jan, Feb, Mar"), and values as ever. */
void ct_read_series(struct ct_reader *r);

/* ---- plots.c */
void ct_read_axes(struct ct_reader *r);      /* "x axis: Month": before the values */
void ct_read_points_xy(struct ct_reader *r); /* "(1, 2)", "160 55": of scatter charts */
void ct_read_gauges(struct ct_reader *r);    /* "72%", "72 of 100" */

#endif
