/* See strokes.h. On a small grid, where a hand's gaps close by themselves: ink is gathered into
 * cells, thickened, and parted into connected strokes. Each is told by four measures of its shape:
 *
 *   area that it shuts in, against its convex hull     a lasso: ink and what is in it
 *   directions from the hull's middle that it fills    a lasso that does not quite close: the hull
 *   its own area against the hull, and how long it is  painted over, or crossed out: the hull
 *   long and thin: is one end wider than the rest?     an arrow; otherwise a line
 *
 * Pure, integers and plain floats, no libm beyond sqrtf; one thread. */
#include "engines/scene/retouch/strokes.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"

#include <string.h>

#define INK_ALPHA 48 /* what is fainter is no stroke but its soft edge */
#define THICKEN 192  /* of the longer edge, in cells: gaps up to twice that are none */
#define LEAST_INK 3  /* cells: a speck of less is none */
#define ALL_COVERED 0.97f
#define SHUT_IN 0.25f /* of the hull: a lasso */
#define AROUND 0.78f  /* of all directions: nearly one */
#define DIRECTIONS 72
#define NEAR_MIDDLE 0.35f /* of the radius of a disc as large as the hull */
#define SOLID 0.5f        /* of the hull: painted over */
#define THIN 0.38f        /* width by length, as spreads: below it a line */
#define HEAD 1.7f         /* an arrow's head is so much wider than its shaft */

struct cell {
    int16_t x, y;
};

struct reading {
    struct ct_strokes *out;
    uint8_t *ink;       /* 1: a stroke's own cell; 2: thickened */
    uint8_t *state;     /* of a flood: 0 free, 1 reached, 2 the stroke */
    struct cell *cells; /* of the stroke in hand, by rows */
    struct cell *queue;
    struct cell *hull;
    int n_cells, n_hull;
};

static size_t at(const struct reading *r, int x, int y)
{
    return (size_t)y * (size_t)r->out->width + (size_t)x;
}

static ct_code fail(struct ct_err *err, const char *what)
{
    return ct_fail(
        err, CT_E_EDIT, "markup",
        "The markup %s. Draw around what is meant, over it, under it, or an arrow to it; "
        "leave the rest of the overlay transparent.",
        what);
}

/* --- from pixels to cells --- */

/* A cell is ink when any of its pixels is: thin strokes stay. */
static int gather_ink(const struct reading *r, const struct ct_image *overlay)
{
    int w = r->out->width, h = r->out->height, n = 0;
    for (int y = 0; y < overlay->height; y++)
        for (int x = 0; x < overlay->width; x++) {
            size_t i = (size_t)y * (size_t)overlay->width + (size_t)x;
            int cx = (int)((int64_t)x * w / overlay->width);
            int cy = (int)((int64_t)y * h / overlay->height);
            uint8_t *cell = &r->ink[at(r, cx, cy)];
            if (overlay->px[4 * i + 3] < INK_ALPHA || *cell)
                continue;
            *cell = 1;
            n++;
        }
    return n;
}

static void thicken(const struct reading *r)
{
    int w = r->out->width, h = r->out->height, by = (w > h ? w : h) / THICKEN;
    by = by < 1 ? 1 : by;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            if (r->ink[at(r, x, y)] != 1)
                continue;
            for (int j = y - by; j <= y + by; j++)
                for (int i = x - by; i <= x + by; i++)
                    if (i >= 0 && j >= 0 && i < w && j < h && !r->ink[at(r, i, j)])
                        r->ink[at(r, i, j)] = 2;
        }
}

/* --- one stroke --- */

/* Takes the connected cells from (x, y) on; false: a speck. Taken cells are no ink any more. */
static bool take_stroke(struct reading *r, int x, int y, struct ct_mask_box *box)
{
    int w = r->out->width, h = r->out->height, n = 0, inked = r->ink[at(r, x, y)] == 1;
    struct cell *queue = r->queue;
    queue[n++] = (struct cell){ (int16_t)x, (int16_t)y };
    r->ink[at(r, x, y)] = 0;
    *box = (struct ct_mask_box){ x, y, x + 1, y + 1 };
    for (int k = 0; k < n; k++)
        for (int j = queue[k].y - 1; j <= queue[k].y + 1; j++)
            for (int i = queue[k].x - 1; i <= queue[k].x + 1; i++) {
                if (i < 0 || j < 0 || i >= w || j >= h || !r->ink[at(r, i, j)])
                    continue;
                inked += r->ink[at(r, i, j)] == 1;
                r->ink[at(r, i, j)] = 0;
                queue[n++] = (struct cell){ (int16_t)i, (int16_t)j };
                box->x0 = i < box->x0 ? i : box->x0;
                box->x1 = i + 1 > box->x1 ? i + 1 : box->x1;
                box->y0 = j < box->y0 ? j : box->y0;
                box->y1 = j + 1 > box->y1 ? j + 1 : box->y1;
            }
    for (int k = 0; k < n; k++)
        r->state[at(r, queue[k].x, queue[k].y)] = 2;
    r->n_cells = 0;
    for (int j = box->y0; j < box->y1; j++) /* by rows, as the hull wants them */
        for (int i = box->x0; i < box->x1; i++)
            if (r->state[at(r, i, j)] == 2)
                r->cells[r->n_cells++] = (struct cell){ (int16_t)i, (int16_t)j };
    return inked >= LEAST_INK;
}

static int64_t turn(struct cell a, struct cell b, struct cell c)
{
    return (int64_t)(b.x - a.x) * (c.y - a.y) - (int64_t)(b.y - a.y) * (c.x - a.x);
}

/* Andrew's monotone chain over cells that are sorted by rows: down one side, up the other. */
static void find_hull(struct reading *r)
{
    struct cell *hull = r->hull;
    int n = 0;
    for (int pass = 0; pass < 2; pass++) {
        int least = pass == 0 ? 1 : n;
        for (int k = pass; k < r->n_cells; k++) {
            struct cell c = r->cells[pass == 0 ? k : r->n_cells - 1 - k];
            while (n > least && turn(hull[n - 2], hull[n - 1], c) >= 0)
                n--;
            hull[n++] = c;
        }
    }
    r->n_hull = n > 1 ? n - 1 : 1; /* it came back to its first */
}

static float hull_area(const struct reading *r)
{
    int64_t twice = 0;
    for (int k = 0; k < r->n_hull; k++) {
        struct cell a = r->hull[k], b = r->hull[(k + 1) % r->n_hull];
        twice += (int64_t)a.x * b.y - (int64_t)b.x * a.y;
    }
    return (float)(twice < 0 ? -twice : twice) / 2 + (float)r->n_hull / 2 + 1;
}

static bool in_hull(const struct reading *r, int x, int y)
{
    struct cell p = { (int16_t)x, (int16_t)y };
    bool left = true, right = true;
    for (int k = 0; k < r->n_hull; k++) {
        int64_t side = turn(r->hull[k], r->hull[(k + 1) % r->n_hull], p);
        left &= side >= 0;
        right &= side <= 0;
    }
    return left || right;
}

static void reach(struct reading *r, const struct ct_mask_box *box, int x, int y, int *n)
{
    if (x < box->x0 || y < box->y0 || x >= box->x1 || y >= box->y1 || r->state[at(r, x, y)])
        return;
    r->state[at(r, x, y)] = 1;
    r->queue[(*n)++] = (struct cell){ (int16_t)x, (int16_t)y };
}

/* Marks what can be reached from around the stroke; the cells that stay 0 in the box are shut in.
 * The picture's edge shuts nothing in. Returns their number. */
static int flood_outside(struct reading *r, const struct ct_mask_box *box)
{
    int n = 0;
    for (int x = box->x0; x < box->x1; x++) {
        reach(r, box, x, box->y0, &n);
        reach(r, box, x, box->y1 - 1, &n);
    }
    for (int y = box->y0; y < box->y1; y++) {
        reach(r, box, box->x0, y, &n);
        reach(r, box, box->x1 - 1, y, &n);
    }
    for (int k = 0; k < n; k++) {
        struct cell c = r->queue[k];
        reach(r, box, c.x - 1, c.y, &n);
        reach(r, box, c.x + 1, c.y, &n);
        reach(r, box, c.x, c.y - 1, &n);
        reach(r, box, c.x, c.y + 1, &n);
    }
    return (box->x1 - box->x0) * (box->y1 - box->y0) - n - r->n_cells;
}

/* Which of DIRECTIONS sectors (dx, dy) lies in: a sector's borders are even along a square, which
 * is all that counting them needs. */
static int direction(int dx, int dy)
{
    int ax = dx < 0 ? -dx : dx, ay = dy < 0 ? -dy : dy, side;
    float along; /* -1..1 from corner to corner */
    if (ax >= ay) {
        side = dx > 0 ? 0 : 2;
        along = (float)dy / (float)(ax ? ax : 1) * (dx > 0 ? 1 : -1);
    } else {
        side = dy > 0 ? 1 : 3;
        along = (float)dx / (float)ay * (dy > 0 ? -1 : 1);
    }
    int k = (int)((along + 1) / 2 * (DIRECTIONS / 4));
    return side * (DIRECTIONS / 4) + (k < DIRECTIONS / 4 ? k : DIRECTIONS / 4 - 1);
}

/* The share of all directions that ink is seen in from the middle of the hull, not too near: a
 * cross has its middle there. */
static float directions_filled(const struct reading *r, float hull)
{
    const float near = NEAR_MIDDLE * NEAR_MIDDLE * hull / CT_PI;
    bool filled[DIRECTIONS] = { false };
    int x = 0, y = 0, n = 0;
    for (int k = 0; k < r->n_hull; k++) {
        x += r->hull[k].x;
        y += r->hull[k].y;
    }
    x /= r->n_hull;
    y /= r->n_hull;
    for (int k = 0; k < r->n_cells; k++) {
        int dx = r->cells[k].x - x, dy = r->cells[k].y - y, d = direction(dx, dy);
        if ((float)(dx * dx + dy * dy) < near)
            continue;
        n += !filled[d];
        filled[d] = true;
    }
    return (float)n / DIRECTIONS;
}

/* The stroke's long axis: the direction of greatest spread. */
struct axis {
    float x, y;     /* the mean */
    float dx, dy;   /* of length 1 */
    float thin;     /* spread across by spread along */
    float from, to; /* ends along the axis, from the mean */
};

static struct axis find_axis(const struct reading *r)
{
    struct axis a = { 0 };
    float xx = 0, xy = 0, yy = 0, n = (float)r->n_cells;
    for (int k = 0; k < r->n_cells; k++) {
        a.x += (float)r->cells[k].x / n;
        a.y += (float)r->cells[k].y / n;
    }
    for (int k = 0; k < r->n_cells; k++) {
        float dx = (float)r->cells[k].x - a.x, dy = (float)r->cells[k].y - a.y;
        xx += dx * dx / n;
        xy += dx * dy / n;
        yy += dy * dy / n;
    }
    float half = (xx + yy) / 2, apart = sqrtf((xx - yy) * (xx - yy) / 4 + xy * xy);
    float most = half + apart, least = ct_maxf(half - apart, 0);
    a.dx = most - yy;
    a.dy = xy;
    if (xy < 1e-4f && xy > -1e-4f) {
        a.dx = xx >= yy;
        a.dy = xx < yy;
    }
    float len = sqrtf(a.dx * a.dx + a.dy * a.dy);
    a.dx /= len;
    a.dy /= len;
    a.thin = most > 0 ? sqrtf(least / most) : 1;
    for (int k = 0; k < r->n_cells; k++) {
        float t = ((float)r->cells[k].x - a.x) * a.dx + ((float)r->cells[k].y - a.y) * a.dy;
        a.from = ct_minf(a.from, t);
        a.to = ct_maxf(a.to, t);
    }
    return a;
}

/* How far ink lies to both sides of the axis, between two places along it. */
static float width_between(const struct reading *r, const struct axis *a, float from, float to)
{
    float left = 0, right = 0;
    for (int k = 0; k < r->n_cells; k++) {
        float dx = (float)r->cells[k].x - a->x, dy = (float)r->cells[k].y - a->y;
        float t = dx * a->dx + dy * a->dy, s = dy * a->dx - dx * a->dy;
        if (t < from || t > to)
            continue;
        left = ct_minf(left, s);
        right = ct_maxf(right, s);
    }
    return right - left;
}

/* A line, or an arrow: one end has a head. */
static void tell_line(const struct reading *r, const struct axis *a, struct ct_stroke *stroke)
{
    float length = a->to - a->from, end = 0.3f * length;
    float first = width_between(r, a, a->from, a->from + end);
    float last = width_between(r, a, a->to - end, a->to);
    bool backwards = first > last;
    float head = ct_maxf(first, last), half = a->from + 0.5f * length;
    float shaft = backwards ? width_between(r, a, half, a->to) : width_between(r, a, a->from, half);
    float steep = fabsf(a->dy);
    stroke->kind = CT_STROKE_LINE;
    stroke->level = steep < 0.42f;
    if (head < HEAD * shaft + 1)
        return;
    float t = backwards ? a->from : a->to;
    stroke->kind = CT_STROKE_ARROW;
    stroke->tip_x = a->x + a->dx * t;
    stroke->tip_y = a->y + a->dy * t;
    stroke->way_x = backwards ? -a->dx : a->dx;
    stroke->way_y = backwards ? -a->dy : a->dy;
}

/* What belongs to the stroke: its cells, and what it shuts in or its whole hull. */
static void mark(struct reading *r, const struct ct_mask_box *box, bool shut_in, bool whole, int id)
{
    for (int y = box->y0; y < box->y1; y++)
        for (int x = box->x0; x < box->x1; x++) {
            uint8_t state = r->state[at(r, x, y)];
            if (state == 2 || (shut_in && state == 0) || (whole && in_hull(r, x, y)))
                r->out->of[at(r, x, y)] = (uint8_t)(id + 1);
        }
}

static void tell(struct reading *r, const struct ct_mask_box *box)
{
    struct ct_stroke *stroke = &r->out->stroke[r->out->n];
    int shut_in = flood_outside(r, box);
    find_hull(r);
    float hull = hull_area(r);
    struct axis axis = find_axis(r);
    bool lasso = (float)shut_in >= SHUT_IN * hull;
    bool around = !lasso && axis.thin >= THIN && directions_filled(r, hull) >= AROUND;
    bool patch = !lasso && axis.thin >= THIN && (!around || (float)r->n_cells >= SOLID * hull);
    *stroke = (struct ct_stroke){ .box = *box };
    if (patch)
        stroke->kind = (float)r->n_cells >= SOLID * hull ? CT_STROKE_PATCH : CT_STROKE_CROSS;
    else if (!lasso && !around)
        tell_line(r, &axis, stroke);
    if (stroke->kind != CT_STROKE_ARROW)
        mark(r, box, lasso, around || patch, r->out->n);
    r->out->n++;
}

/* --- all of them --- */

static ct_code read_all(struct reading *r, struct ct_err *err)
{
    int w = r->out->width, h = r->out->height;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            struct ct_mask_box box;
            if (!r->ink[at(r, x, y)])
                continue;
            if (take_stroke(r, x, y, &box)) {
                if (r->out->n == CT_STROKES_MAX)
                    return fail(err, "has more strokes than can be told apart, perhaps of writing: "
                                     "what is written belongs into the prompt");
                tell(r, &box);
            }
            for (int j = box.y0; j < box.y1; j++)
                memset(r->state + at(r, box.x0, j), 0, (size_t)(box.x1 - box.x0));
        }
    return r->out->n > 0 ? CT_OK : fail(err, "has no strokes");
}

static void set_grid(struct ct_strokes *s, const struct ct_image *overlay)
{
    int longer = overlay->width > overlay->height ? overlay->width : overlay->height;
    int edge = longer < CT_STROKES_EDGE ? longer : CT_STROKES_EDGE;
    s->width = (int)((int64_t)overlay->width * edge / longer);
    s->height = (int)((int64_t)overlay->height * edge / longer);
    s->width = s->width < 1 ? 1 : s->width;
    s->height = s->height < 1 ? 1 : s->height;
}

ct_code ct_strokes_read(struct ct_strokes *out, const struct ct_image *overlay, struct ct_err *err)
{
    struct reading r = { .out = out };
    *out = (struct ct_strokes){ .n = 0 };
    if (overlay->channels != 4)
        return ct_fail(err, CT_E_IMAGE_FILE, "markup",
                       "Invalid markup image: it has no alpha channel. A markup is a PNG that is "
                       "transparent but for its strokes.");
    set_grid(out, overlay);
    size_t n = (size_t)out->width * (size_t)out->height;
    out->of = ct_calloc(n, 1);
    r.ink = ct_calloc(n, 1);
    r.state = ct_calloc(n, 1);
    r.cells = ct_calloc(n, sizeof(*r.cells));
    r.queue = ct_calloc(n, sizeof(*r.queue));
    r.hull = ct_calloc(n + 2, sizeof(*r.hull));
    ct_code rc = out->of && r.ink && r.state && r.cells && r.queue && r.hull
                     ? CT_OK
                     : ct_retouch_fail_memory(err);
    if (rc == CT_OK && (float)gather_ink(&r, overlay) > ALL_COVERED * (float)n)
        rc = fail(err, "covers the whole picture");
    if (rc == CT_OK) {
        thicken(&r);
        rc = read_all(&r, err);
    }
    ct_free(r.ink);
    ct_free(r.state);
    ct_free(r.cells);
    ct_free(r.queue);
    ct_free(r.hull);
    return rc;
}

void ct_strokes_release(struct ct_strokes *strokes)
{
    ct_free(strokes->of);
    strokes->of = NULL;
}
