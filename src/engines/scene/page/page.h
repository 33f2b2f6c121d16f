/* Pages: posters, diagrams, typographic compositions, laid out and drawn with Cairo and Pango.
 *
 * intent -> ct_page_compose() -> struct ct_page (a plain list of boxes, lines and texts, in
 * pixels, printable) -> ct_page_draw() -> pixels, or ct_page_svg() -> a document. Composing
 * decides everything, drawing nothing. */
#ifndef CT_SCENE_PAGE_H
#define CT_SCENE_PAGE_H

#include "contract/image_request.h"
#include "engines/scene/prompt/intent.h"
#include "image/image.h"

#include <stdatomic.h>

struct ct_page;
struct ct_type; /* text.h */

struct ct_page_params {
    int width, height;
    uint32_t seed;
    bool transparent; /* leave the paper out */
    bool pictures;    /* a thing that the intent names may be the page's picture */
    int candidates;   /* layouts tried, the best is kept; < 1: one */
    enum ct_style style;
    /* to measure with, also used when drawing; NULL: one for the time being */
    struct ct_type *type;
};

enum ct_page_score_part {
    CT_PAGE_SCORE_LEGIBLE,   /* the smallest text */
    CT_PAGE_SCORE_HIERARCHY, /* the largest text against the others */
    CT_PAGE_SCORE_WHOLE,     /* no word is broken */
    CT_PAGE_SCORE_AIR,       /* around texts */
    CT_PAGE_SCORE_BALANCE,
    CT_PAGE_SCORE_PARTS
};

struct ct_page_score {
    double total; /* weighted mean of the parts, 0..1 */
    double part[CT_PAGE_SCORE_PARTS];
    int tried, kept; /* layouts; the index of this one among them */
};

/* The page lives in the arena. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_page_compose(const struct ct_page **out, struct ct_arena *arena,
                                     const struct ct_intent *intent,
                                     const struct ct_page_params *params, struct ct_err *err);
void ct_page_print(struct ct_buf *b, const struct ct_page *page); /* JSON */
/* Does a page of this intent show the first of its things, rendered, where pictures are possible?
 * (direction.c) */
bool ct_page_shows_thing(const struct ct_intent *intent);
/* The size of the picture the page has room for; false when it has none. */
bool ct_page_has_picture(const struct ct_page *page, int *width, int *height);
const char *ct_page_score_part_name(enum ct_page_score_part part);
const struct ct_page_score *ct_page_score(const struct ct_page *page);
/* How many layouts a request pays for: 1 to 24. */
int ct_page_candidates(enum ct_quality quality, enum ct_thinking thinking);

struct ct_page_draw {
    struct ct_type *type; /* as of the params */
    const struct ct_image *picture; /* RGBA, of the size asked for; NULL: its place stays empty */
    const atomic_int *cancel; /* may be NULL */
    void *ctx;
    /* After each layer (ground, shapes, lines, text) that has items: fraction drawn and the picture
     * so far, which may be requested with snapshot(). NULL: not wanted. */
    void (*layer)(void *ctx, double fraction, struct ct_image *(*snapshot)(void *page_state),
                  void *page_state);
};

/* RGB, or RGBA when the page is transparent. CT_E_MEMORY, CT_E_CANCELLED. */
CT_MUSTCHECK ct_code ct_page_draw(struct ct_image **out, const struct ct_page *page,
                                  const struct ct_page_draw *draw, struct ct_err *err);
/* Appends the page as an SVG document. CT_E_MEMORY, also when the buffer's ceiling is reached. */
CT_MUSTCHECK ct_code ct_page_svg(struct ct_buf *b, const struct ct_page *page, struct ct_err *err);
/* CT_E_CONFIG with the packages to install when no usable font is found. */
CT_MUSTCHECK ct_code ct_page_fonts_check(struct ct_err *err);

#endif
