/* Lines of a drawn picture (looks.h): found between the looks of a tile, in three weights, as a
 * draughtsman has pens (the features are those of Saito and Takahashi 1990, "Comprehensible
 * rendering of 3-D shapes"):
 *
 *   outlines  two things, or two depths of one: a disc is stamped, thinner the farther it is
 *   creases   the surface turns by much within the width of a line
 *   marks     its colour changes: lettering, labels, patterns
 *
 * Foliage gets outlines around its crowns only. */
#include "engines/scene/math/fn.h"
#include "engines/scene/render/looks.h"

#define OUTLINE_UNITS 1.35f /* radius of the widest line, in 1/1024 of the shorter side */
#define CREASE_UNITS 1.1f   /* each way that a turn is measured over */
#define CREASE_FROM 0.38f   /* radians turned: the first trace of a line, */
#define CREASE_TO 0.80f     /* and all of it */
#define MARK_FROM 0.16f     /* difference in luma, likewise */
#define MARK_TO 0.34f
#define JUMP 0.004f         /* in logarithm of depth, over what the slope explains */
#define LOOSE 0.8           /* triangles a vertex */
#define LOOSE_LEAST 300     /* triangles */
#define CROWN 0.2f          /* in logarithm of depth: from a tree to what is behind it */
#define FAR_THIN 0.35f      /* a line at the horizon beside one in focus */

/* In looks: the radius of the widest line. */
static float radius_of(const struct ct_looks *l)
{
    return ct_maxf(OUTLINE_UNITS * l->unit, 0.5f * (float)l->per_pixel);
}

/* In looks: each way that a crease is measured over. */
static int reach_of(const struct ct_looks *l)
{
    int reach = (int)(CREASE_UNITS * l->unit + 0.5f);
    return reach < 1 ? 1 : reach;
}

int ct_outline_margin(const struct ct_looks *l)
{
    return (int)radius_of(l) + reach_of(l) + 4;
}

static const struct ct_glance *look(const struct ct_look_tile *p, int i)
{
    return p->glances + i;
}

static float luma(const struct ct_glance *g)
{
    return 0.2126f * (g->albedo.x + g->light.x) + 0.7152f * (g->albedo.y + g->light.y) +
           0.0722f * (g->albedo.z + g->light.z);
}

static bool is_same(const struct ct_glance *a, const struct ct_glance *b)
{
    return a->instance == b->instance && a->ground == b->ground;
}

/* --- what is a line --- */

/* Foliage and grass: so many loose triangles that a line around each would be a scribble. A net of
 * triangles has about two for each of its vertices. */
static bool is_loose(const struct ct_look_tile *p, const struct ct_glance *g)
{
    if (g->instance < 0)
        return false;
    const struct ct_instance *instance = p->looks->tracer.world->instances + g->instance;
    const struct ct_mesh *mesh = instance->mesh;
    return instance->object < 0 && mesh->n_triangles > LOOSE_LEAST &&
           mesh->n_triangles < LOOSE * mesh->n_vertices;
}

/* Does one depth of a thing end between looks i and i + step? Slopes on both sides explain what a
 * plane at a grazing angle does. */
static bool hides_itself(const struct ct_look_tile *p, int i, int step)
{
    const struct ct_glance *a = look(p, i), *b = look(p, i + step);
    const struct ct_glance *before = look(p, i - step), *after = look(p, i + 2 * step);
    float jump = fabsf(b->depth - a->depth), slope = 0;
    if (is_same(a, before))
        slope = fabsf(a->depth - before->depth);
    if (is_same(b, after))
        slope = ct_maxf(slope, fabsf(after->depth - b->depth));
    return jump > 4 * slope + JUMP;
}

static bool ends_between(const struct ct_look_tile *p, int i, int step)
{
    const struct ct_glance *a = look(p, i), *b = look(p, i + step);
    if (is_loose(p, a) || is_loose(p, b))
        return !is_same(a, b) && fabsf(a->depth - b->depth) > CROWN;
    return !is_same(a, b) || hides_itself(p, i, step);
}

static float crease_at(const struct ct_look_tile *p, int i, int step)
{
    int reach = reach_of(p->looks);
    const struct ct_glance *a = look(p, i - reach * step), *b = look(p, i + reach * step);
    if (!is_same(a, b) || !is_same(a, look(p, i)) || a->instance < 0 || is_loose(p, a))
        return 0;
    ct_v3 turn = v3_sub(a->form, b->form); /* its length is 2 sin(angle / 2) */
    return 0.85f * ct_smoothstep(CREASE_FROM, CREASE_TO, v3_len(turn));
}

/* Of the backdrop only shapes are drawn: the grain of a table is no mark. */
static float mark_at(const struct ct_look_tile *p, int i, int step)
{
    const struct ct_glance *a = look(p, i - step), *b = look(p, i + step);
    if (!is_same(a, b) || a->instance < 0 || a->glass ||
        p->looks->tracer.world->instances[a->instance].object < 0)
        return 0;
    return 0.8f * ct_smoothstep(MARK_FROM, MARK_TO, fabsf(luma(a) - luma(b)));
}

/* --- a tile --- */

/* Lines are thinner the farther they are: as deep as the focus or nearer, whole. */
static float radius_at(const struct ct_look_tile *p, int i, int j)
{
    float near = ct_minf(look(p, i)->depth, look(p, j)->depth);
    float focus = ct_logf(ct_maxf(p->looks->tracer.focus, 1e-3f));
    return radius_of(p->looks) *
           ct_clampf(1 - 0.25f * ct_maxf(near - focus - 0.4f, 0), FAR_THIN, 1);
}

static void stamp(float *ink, const struct ct_look_tile *p, int i, float radius)
{
    int r = (int)radius + 1, cx = i % p->side, cy = i / p->side;
    for (int y = -r; y <= r; y++) {
        for (int x = -r; x <= r; x++) {
            if (cx + x < 0 || cy + y < 0 || cx + x >= p->side || cy + y >= p->side)
                continue;
            float away = sqrtf((float)(x * x + y * y));
            float *at = ink + i + y * p->side + x;
            *at = ct_maxf(*at, ct_clampf(radius + 0.5f - away, 0, 1));
        }
    }
}

void ct_outline_find(float *ink, const struct ct_look_tile *p)
{
    int rim = reach_of(p->looks) > 2 ? reach_of(p->looks) : 2;
    for (int y = rim; y < p->side - rim; y++) {
        for (int x = rim; x < p->side - rim; x++) {
            int i = y * p->side + x;
            float soft = ct_maxf(crease_at(p, i, 1), crease_at(p, i, p->side));
            soft = ct_maxf(soft, ct_maxf(mark_at(p, i, 1), mark_at(p, i, p->side)));
            ink[i] = ct_maxf(ink[i], soft);
            if (ends_between(p, i, 1))
                stamp(ink, p, i, radius_at(p, i, i + 1));
            if (ends_between(p, i, p->side))
                stamp(ink, p, i, radius_at(p, i, i + p->side));
        }
    }
}
