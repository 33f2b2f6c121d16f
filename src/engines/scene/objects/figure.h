/* Animals and other figures as of clay or vinyl: one soft body in up to three colours, with eyes,
 * nose and mouth set on its surface. A figure is a table (lumps) and a few calls. */
#ifndef CT_SCENE_FIGURE_H
#define CT_SCENE_FIGURE_H

#include "engines/scene/geometry/lumps.h"
#include "engines/scene/objects/model.h"

/* Rows of a table: stuff of the body, and marks on it. `paint` is 0, 1 or 2. */
#define FIGURE_BALL(paint_, blend_, both_, x, y, z, rx, ry, rz)                                    \
    { .kind = CT_LUMP_BALL, .a = { x, y, z }, .b = { rx, ry, rz }, .blend = blend_,                \
      .paint = paint_, .both = both_ }
#define FIGURE_TURNED(paint_, blend_, both_, x, y, z, rx, ry, rz, pitch_, roll_)                   \
    { .kind = CT_LUMP_BALL, .a = { x, y, z }, .b = { rx, ry, rz }, .blend = blend_,                \
      .paint = paint_, .both = both_, .pitch = pitch_, .roll = roll_ }
#define FIGURE_LIMB(paint_, blend_, both_, x, y, z, r, x2, y2, z2, r2)                             \
    { .kind = CT_LUMP_LIMB, .a = { x, y, z }, .b = { x2, y2, z2 }, .r0 = r, .r1 = r2,              \
      .blend = blend_, .paint = paint_, .both = both_ }
#define FIGURE_MARK(paint_, both_, x, y, z, rx, ry, rz)                                            \
    { .kind = CT_LUMP_BALL, .use = CT_LUMP_PAINT, .a = { x, y, z }, .b = { rx, ry, rz },           \
      .paint = paint_, .both = both_ }
#define FIGURE_STRIPE(paint_, both_, x, y, z, r, x2, y2, z2, r2)                                   \
    { .kind = CT_LUMP_LIMB, .use = CT_LUMP_PAINT, .a = { x, y, z }, .b = { x2, y2, z2 }, .r0 = r,  \
      .r1 = r2, .paint = paint_, .both = both_ }
#define FIGURE_HOLLOW(blend_, both_, x, y, z, rx, ry, rz)                                          \
    { .kind = CT_LUMP_BALL, .use = CT_LUMP_CUT, .a = { x, y, z }, .b = { rx, ry, rz },             \
      .blend = blend_, .both = both_ }

struct ct_figure {
    struct ct_lumps body;
    uint32_t color[CT_LUMP_PAINTS]; /* 0xRRGGBB; of paints 0, 1, 2 */
    /* Marks keep their colour when the prompt names one for the body: a panda's patches. Others
     * become paler or darker shades of it. */
    bool fixed_marks;
    int dyed; /* the paint that takes the prompt's colour: 0 the body, 1 a butterfly's wings */
};

#define FIGURE_BODY(rows, cells_)                                                                  \
    { .lumps = rows, .n = (int)(sizeof(rows) / sizeof(*(rows))), .cells = cells_ }

/* The body. A named material is all over it: a bronze cat has no markings. */
void ct_figure_add_body(struct ct_object_builder *b, const struct ct_figure *figure);
/* A pair of eyes near +-at.x, black with a glint, looking the way the surface faces there. */
void ct_figure_add_eyes(struct ct_object_builder *b, const struct ct_figure *figure, ct_v3 at,
                        float radius);
/* The same before white eyeballs, for birds, frogs and fish. */
void ct_figure_add_wide_eyes(struct ct_object_builder *b, const struct ct_figure *figure,
                             ct_v3 at, float radius, uint32_t iris);
/* A ball on the surface near `at`, a third of it sunk in: a nose, a button. */
void ct_figure_add_knob(struct ct_object_builder *b, const struct ct_figure *figure, ct_v3 at,
                        ct_v3 radii, uint32_t color);
/* A line drawn on the surface near the knots (2 .. CT_TUBE_KNOTS): a mouth, whiskers' roots. */
void ct_figure_add_line(struct ct_object_builder *b, const struct ct_figure *figure,
                        const ct_v3 *knots, int n, float radius, uint32_t color);
/* "v" with round ends below a nose at `at`, `half` wide on both sides. */
void ct_figure_add_smile(struct ct_object_builder *b, const struct ct_figure *figure, ct_v3 at,
                         float half, float drop, float radius);
/* A cone with a round tip from the surface near `at` along `way` (its length is the cone's): a
 * beak, a horn. */
void ct_figure_add_cone(struct ct_object_builder *b, const struct ct_figure *figure, ct_v3 at,
                        ct_v3 way, float radius, uint32_t color);
/* Glossy stuff of a feature: the body's own where a material is named for the whole figure. */
int ct_figure_feature(struct ct_object_builder *b, uint32_t color);

#endif
