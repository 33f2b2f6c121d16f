/* What the two readers of diagrams share: diagram_grammar.c (boxes, chains, lists) and
 * diagram_sentence.c (arrows told in sentences). */
#ifndef CT_SCENE_DIAGRAM_READER_H
#define CT_SCENE_DIAGRAM_READER_H

#include "engines/scene/prompt/reader.h"

/* The box with that label, -1 when there is none. */
int ct_diagram_find(const struct ct_intent *intent, struct ct_slice label);
/* The text of tokens [first, end), without its quotes. */
struct ct_slice ct_diagram_label(const struct ct_reader *r, int first, int end);
/* Tokens [first, end) are the label of a box, a new one unless it is there; -1 when full. */
int ct_diagram_node(struct ct_reader *r, int first, int end);
/* The box of that label, whose words start at token `first`: boxes are sorted by where they stand.
 * A new one unless it is there; -1 when full. It is lettered. */
int ct_diagram_box(struct ct_reader *r, struct ct_slice label, int first);
/* The same, but a box of its own even when there is one of that label; -1 when full. */
int ct_diagram_new_box(struct ct_reader *r, struct ct_slice label, int first);
/* The token behind the label that starts at i; i when none does. */
int ct_diagram_label_end(const struct ct_reader *r, int i);
/* ": HTTPS", "labeled 'HTTPS'" at i: the label of the arrow before; returns the token behind. */
int ct_diagram_edge_label(struct ct_reader *r, int i, struct ct_slice *label);
/* False when an end is -1 or there are too many. */
bool ct_diagram_edge(struct ct_reader *r, int from, int to, uint8_t arrow, struct ct_slice label);

/* ---- diagram_flow.c: a flow chart that branches; false (and nothing read) when it is none */
bool ct_diagram_flow(struct ct_reader *r);

/* ---- grouped.c */
/* Headings with their lists at i; returns the token behind. dry: only counts them. */
int ct_diagram_groups(struct ct_reader *r, int i, bool dry, int *groups);
/* The first grouped list of the prompt; false (and nothing read) when there is none. */
bool ct_diagram_read_groups(struct ct_reader *r);
/* Headings become boxes with arrows to their items. */
void ct_diagram_branch_groups(struct ct_reader *r);
/* "(id, name)" at i; returns the token behind, i when there is none. */
int ct_diagram_detail(struct ct_reader *r, int i, struct ct_slice *detail);

/* ---- entity_grammar.c */
void ct_read_entities(struct ct_reader *r);

/* ---- plan_grammar.c */
void ct_read_ranks(struct ct_reader *r); /* who leads whom */
void ct_rank_list(struct ct_reader *r);  /* the first of a list leads the others */
void ct_read_tasks(struct ct_reader *r); /* boxes whose detail is their time */
void ct_read_table(struct ct_reader *r); /* boxes are rows */
/* Boxes whose group is their lane; read_steps finds the boxes of arrows and lists. */
void ct_read_lanes(struct ct_reader *r, void (*read_steps)(struct ct_reader *r));

/* ---- diagram_sentence.c; each returns the token behind what it read, i when nothing was there */
int ct_diagram_from_to(struct ct_reader *r, int i);
int ct_diagram_sentence(struct ct_reader *r, int i);
/* Would ct_diagram_sentence() read something at i? */
bool ct_diagram_is_sentence(const struct ct_reader *r, int i);

#endif
