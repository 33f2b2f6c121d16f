/* A shadow is the ground seen under less light: all channels fall by about the same factor. What
 * the ground is without it is told from the rows: in each, the ground's light is a straight line
 * from left to right, fitted to what is not subject, and again without what is much darker or
 * lighter than the first line (other things, and the shadow itself).
 *
 * From where it is certain the shadow is followed from pixel to pixel as long as steps are small: a
 * shadow ends softly, a thing does not. A reflection lies below the thing, in its columns, and may
 * have any colour. Called by segment.c and by edits that remove something. */
#include "engines/scene/retouch/shadow.h"

#include "base/mem.h"
#include "engines/scene/retouch/plane.h"
#include "engines/scene/retouch/tone.h"
#include "image/resize.h"

#include <string.h>

#define WORK_EDGE 384
#define ROWS 1           /* a row's line is fitted to that many above and below, too */
#define FITS 3
#define DARKEST 0.10f    /* of the ground's light: a deeper black is paint */
#define SHADED 0.93f     /* of the ground's light: less is shadow */
#define HUE 1.40f        /* by which a channel may fall faster than another */
#define SOFT 9           /* of 255 from pixel to pixel within a shadow, once blurred */
#define SOFT_AROUND 9   /* and around a subject whose own edge is left behind first */
#define EDGE 3           /* pixels of a subject's edge that are neither it nor shadow */
#define MIRRORED 0.015f  /* by which a reflection changes a channel's share, over the ground's own
                          * variation, */
#define ODD 0.08f        /* share beyond which a channel belongs to another ground */
#define SPECKLED 2.5f    /* of which it takes that many times the median */
#define SPECKLES 100     /* steps in which that is measured, of a thousandth each */
#define MOST 0.5f        /* of a subject that can be shadow */
#define FOOT 0.15f       /* of a subject's height that its shadow takes below it, at most */
#define BEYOND 3         /* pixels that the penumbra goes on unseen */

struct line {
    float at[3], slope[3]; /* light at the middle of the row, and a pixel to the right */
    float speckle;         /* median share by which its ground's colours vary */
    bool known;
};

struct shading {
    int width, height;
    size_t n;
    struct ct_tone tone;
    float *light; /* 3 a pixel, linear, of a slightly blurred picture */
    uint8_t *luma;
    const uint8_t *labels;
    struct line *lines; /* of rows */
    uint32_t *queue;
    struct ct_mask_box box; /* of the labels */
};

static float luminance(const float *c)
{
    return 0.2126f * c[0] + 0.7152f * c[1] + 0.0722f * c[2];
}

static ct_code fill_light(struct shading *s, const struct ct_image *small, struct ct_err *err)
{
    struct ct_plane plane = { 0 }, scratch = { 0 };
    ct_code rc = ct_plane_open(&plane, s->width, s->height, err);
    if (rc == CT_OK)
        rc = ct_plane_open(&scratch, s->width, s->height, err);
    for (size_t c = 0; c < 3 && rc == CT_OK; c++) {
        for (size_t i = 0; i < s->n; i++)
            plane.v[i] = s->tone.linear[small->px[i * (size_t)small->channels + c]];
        ct_plane_mean(&plane, &scratch, 1);
        for (size_t i = 0; i < s->n; i++)
            s->light[3 * i + c] = plane.v[i];
    }
    for (size_t i = 0; i < s->n; i++)
        s->luma[i] = (uint8_t)(255 * sqrtf(luminance(s->light + 3 * i)));
    ct_plane_release(&plane);
    ct_plane_release(&scratch);
    return rc;
}

/* How the pixel's channels stand to what the line says. */
static void compare(const struct shading *s, const struct line *line, size_t i, float ratio[3])
{
    float x = (float)(i % (size_t)s->width) - 0.5f * (float)s->width;
    for (int k = 0; k < 3; k++)
        ratio[k] = (s->light[3 * i + (size_t)k] + 0.004f) /
                   (ct_maxf(line->at[k] + line->slope[k] * x, 0.0f) + 0.004f);
}

/* The largest share by which a channel leaves the others. */
static float hue_apart(const float r[3])
{
    float all = luminance(r), most = 0;
    for (int k = 0; k < 3; k++)
        most = ct_maxf(most, fabsf(r[k] - all) / all);
    return most;
}

/* Is the pixel about as light as the line says, and of its hue? Anything is before there is a line.
 */
static bool fits(const struct shading *s, const struct line *line, size_t i)
{
    float r[3];
    if (!line->known)
        return true;
    compare(s, line, i, r);
    float all = luminance(r);
    return all > 0.88f && all < 1.25f && hue_apart(r) < ODD;
}

struct fit {
    double n, x, xx, v[3], xv[3];
};

static void gather(struct fit *f, const struct shading *s, const struct line *line, int row)
{
    for (int y = row - ROWS; y <= row + ROWS; y++)
        for (int i = 0; y >= 0 && y < s->height && i < s->width; i++) {
            size_t at = (size_t)y * (size_t)s->width + (size_t)i;
            float x = (float)i - 0.5f * (float)s->width;
            if (s->labels[at] || !fits(s, line, at))
                continue;
            f->n++;
            f->x += (double)x;
            f->xx += (double)(x * x);
            for (int k = 0; k < 3; k++) {
                f->v[k] += (double)s->light[3 * at + (size_t)k];
                f->xv[k] += (double)(x * s->light[3 * at + (size_t)k]);
            }
        }
}

/* A line's slope is only trusted where the row shows ground on both sides of the middle. */
static void fit_row(struct shading *s, int row)
{
    struct line line = { .known = false };
    for (int round = 0; round < FITS; round++) {
        struct fit f = { 0 };
        gather(&f, s, &line, row);
        if (f.n < s->width / 2.0)
            break;
        double mean = f.x / f.n, spread = f.xx / f.n - mean * mean;
        bool wide = spread > s->width * s->width / 40.0;
        for (int k = 0; k < 3; k++) {
            double slope = wide ? (f.xv[k] / f.n - mean * f.v[k] / f.n) / spread : 0;
            line.slope[k] = (float)slope;
            line.at[k] = (float)(f.v[k] / f.n - slope * mean);
        }
        line.known = true;
    }
    s->lines[row] = line;
}

/* The median over the row's ground, so that a reflection in it does not count. */
static void measure_speckle(struct shading *s, int row)
{
    int counts[SPECKLES] = { 0 }, n = 0, seen = 0, bin = 0;
    float r[3];
    for (int x = 0; x < s->width; x++) {
        size_t i = (size_t)row * (size_t)s->width + (size_t)x;
        if (s->labels[i] || !s->lines[row].known || !fits(s, &s->lines[row], i))
            continue;
        compare(s, &s->lines[row], i, r);
        counts[(int)ct_minf(hue_apart(r) * 10 * SPECKLES, SPECKLES - 1)]++;
        n++;
    }
    while (bin < SPECKLES - 1 && (seen += counts[bin]) * 2 < n)
        bin++;
    s->lines[row].speckle = (float)(bin + 1) / (10 * SPECKLES);
}

static ct_code open_shading(struct shading *s, const struct ct_image *small, const uint8_t *labels,
                            struct ct_err *err)
{
    s->width = small->width;
    s->height = small->height;
    s->n = (size_t)s->width * (size_t)s->height;
    s->labels = labels;
    s->light = ct_calloc(s->n, 3 * sizeof(float) + sizeof(uint32_t) + 1);
    s->lines = ct_calloc((size_t)s->height, sizeof(*s->lines));
    if (!s->light || !s->lines)
        return ct_retouch_fail_memory(err);
    s->queue = (uint32_t *)(s->light + 3 * s->n);
    s->luma = (uint8_t *)(s->queue + s->n);
    ct_tone_init(&s->tone);
    CT_TRY(fill_light(s, small, err));
    for (int y = 0; y < s->height; y++) {
        fit_row(s, y);
        measure_speckle(s, y);
    }
    s->box = (struct ct_mask_box){ s->width, s->height, 0, 0 };
    for (int i = 0; i < (int)s->n; i++)
        if (labels[i]) {
            int x = i % s->width, y = i / s->width;
            s->box.x0 = x < s->box.x0 ? x : s->box.x0;
            s->box.x1 = x + 1 > s->box.x1 ? x + 1 : s->box.x1;
            s->box.y0 = y < s->box.y0 ? y : s->box.y0;
            s->box.y1 = y + 1;
        }
    return CT_OK;
}

static void close_shading(struct shading *s)
{
    ct_free(s->light);
    ct_free(s->lines);
}

static bool is_shaded(const struct shading *s, size_t i)
{
    const struct line *line = &s->lines[i / (size_t)s->width];
    float r[3];
    if (!line->known)
        return false;
    compare(s, line, i, r);
    float most = ct_maxf(r[0], ct_maxf(r[1], r[2])), least = ct_minf(r[0], ct_minf(r[1], r[2]));
    float all = luminance(r);
    return all > DARKEST && all < SHADED && most < HUE * least;
}

static bool is_mirrored(const struct shading *s, size_t i)
{
    int x = (int)(i % (size_t)s->width), y = (int)(i / (size_t)s->width);
    int tall = s->box.y1 - s->box.y0, slack = (s->box.x1 - s->box.x0) / 6;
    float r[3];
    if (x < s->box.x0 - slack || x >= s->box.x1 + slack || y < s->box.y1 - tall / 4 ||
        y > s->box.y1 + tall || !s->lines[y].known)
        return false;
    compare(s, &s->lines[y], i, r);
    return hue_apart(r) > MIRRORED + SPECKLED * s->lines[y].speckle;
}

static bool is_changed(const struct shading *s, size_t i)
{
    return is_shaded(s, i) || is_mirrored(s, i);
}

/* The pixel beside i that way, or i itself at the picture's edge. */
static size_t beside(const struct shading *s, size_t i, int way)
{
    size_t w = (size_t)s->width, x = i % w;
    switch (way) {
    case 0:
        return x > 0 ? i - 1 : i;
    case 1:
        return x + 1 < w ? i + 1 : i;
    case 2:
        return i >= w ? i - w : i;
    default:
        return i + w < s->n ? i + w : i;
    }
}

static bool is_soft(const struct shading *s, size_t a, size_t b, int most)
{
    int step = s->luma[a] - s->luma[b];
    return step <= most && step >= -most;
}

/* From which row on a column may be shadow. A thing is lit from above: its own dark side, which no
 * colour tells from a shadow, lies in the columns that its upper half takes. There only a short run
 * at the foot counts, below something that is certainly no shadow; beside them the lower half. */
static void find_tops(const struct shading *s, int *tops)
{
    int half = s->box.y0 + (s->box.y1 - s->box.y0 + 1) / 2;
    int first = s->width, last = -1, most = (int)(FOOT * (float)(s->box.y1 - s->box.y0)) + 1;
    for (int y = s->box.y0; y < half; y++)
        for (int x = s->box.x0; x < s->box.x1; x++)
            if (s->labels[(size_t)y * (size_t)s->width + (size_t)x]) {
                first = x < first ? x : first;
                last = x > last ? x : last;
            }
    for (int x = 0; x < s->width; x++) {
        int top = s->height, run = 0;
        for (int y = s->box.y1 - 1; y >= half; y--) {
            size_t i = (size_t)y * (size_t)s->width + (size_t)x;
            if (!s->labels[i])
                continue;
            if (!is_shaded(s, i))
                break;
            top = y;
            run++;
        }
        tops[x] = x < first || x > last ? half : run <= most ? top : s->height;
    }
}

ct_code ct_shadow_inside(uint8_t *shadow, const struct ct_image *small, const uint8_t *labels,
                         struct ct_err *err)
{
    struct shading *s = ct_calloc(1, sizeof(*s));
    int *tops = ct_calloc((size_t)small->width, sizeof(*tops));
    size_t depth = 0, found = 0, inside = 0;
    ct_code rc = s && tops ? open_shading(s, small, labels, err) : ct_retouch_fail_memory(err);
    if (rc == CT_OK)
        find_tops(s, tops);
    for (size_t i = 0; rc == CT_OK && i < s->n; i++)
        for (int k = 0; k < 4 && !labels[i]; k++)
            if (labels[beside(s, i, k)]) {
                s->queue[depth++] = (uint32_t)i;
                break;
            }
    while (depth > 0) {
        size_t i = s->queue[--depth];
        for (int k = 0; k < 4; k++) {
            size_t to = beside(s, i, k);
            if ((int)(to / (size_t)s->width) < tops[to % (size_t)s->width] || !labels[to] ||
                shadow[to] || !is_soft(s, i, to, SOFT) || !is_shaded(s, to))
                continue;
            shadow[to] = 1;
            found++;
            s->queue[depth++] = (uint32_t)to;
        }
    }
    for (size_t i = 0; rc == CT_OK && i < s->n; i++)
        inside += labels[i] == 1;
    if (rc == CT_OK && (float)found > MOST * (float)inside)
        memset(shadow, 0, s->n);
    if (s)
        close_shading(s);
    ct_free(tops);
    ct_free(s);
    return rc;
}

/* ---- around a subject */

struct around {
    struct shading s;
    struct ct_image *small;
    uint8_t *labels;
    uint8_t *steps;  /* from the subject, at most 255, plus 1; 0: not reached */
    uint8_t *beyond; /* of them, through what looks like plain ground */
};

static void follow(struct around *a)
{
    struct shading *s = &a->s;
    size_t head = 0, tail = 0;
    int wide = s->box.x1 - s->box.x0, tall = s->box.y1 - s->box.y0;
    int reach = 2 * (wide > tall ? wide : tall);
    reach = reach < 250 ? reach : 250;
    size_t first = (size_t)(s->box.y0 + tall / 2) * (size_t)s->width;
    for (size_t i = (size_t)(s->box.y0 + 2 * tall / 3) * (size_t)s->width; i < s->n; i++)
        if (a->labels[i]) {
            a->steps[i] = 1;
            s->queue[tail++] = (uint32_t)i;
        }
    while (head < tail) {
        size_t i = s->queue[head++];
        for (int k = 0; k < 4; k++) {
            size_t to = beside(s, i, k);
            bool edge = a->steps[i] <= EDGE, changed = is_changed(s, to);
            int beyond = changed ? 0 : a->beyond[i] + 1;
            if (to < first || a->labels[to] || a->steps[to] || a->steps[i] > reach ||
                (!edge && (!is_soft(s, i, to, SOFT_AROUND) || beyond > BEYOND)))
                continue;
            a->steps[to] = (uint8_t)(a->steps[i] + 1);
            a->beyond[to] = (uint8_t)(edge ? BEYOND : beyond);
            a->beyond[to] = changed ? 0 : a->beyond[to];
            s->queue[tail++] = (uint32_t)to;
        }
    }
}

static ct_code open_around(struct around *a, const struct ct_mask *mask,
                           const struct ct_image *image, const struct ct_retouch *with,
                           struct ct_err *err)
{
    int longest = image->width > image->height ? image->width : image->height;
    float scale = longest > WORK_EDGE ? (float)WORK_EDGE / (float)longest : 1;
    int w = (int)((float)image->width * scale + 0.5f),
        h = (int)((float)image->height * scale + 0.5f);
    w = w > 2 ? w : 2;
    h = h > 2 ? h : 2;
    CT_TRY(ct_resize(&a->small, image, w, h, with->pool, err));
    a->labels = ct_calloc((size_t)w * (size_t)h, 3);
    if (!a->labels)
        return ct_retouch_fail_memory(err);
    a->steps = a->labels + (size_t)w * (size_t)h;
    a->beyond = a->steps + (size_t)w * (size_t)h;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            size_t fx = (size_t)(((float)x + 0.5f) * (float)image->width / (float)w);
            size_t fy = (size_t)(((float)y + 0.5f) * (float)image->height / (float)h);
            a->labels[(size_t)y * (size_t)w + (size_t)x] =
                mask->px[fy * (size_t)image->width + fx] > 127;
        }
    return open_shading(&a->s, a->small, a->labels, err);
}

static ct_code spread(struct ct_mask *mask, struct around *a, struct ct_err *err)
{
    CT_CLEANUP(ct_mask_free) struct ct_mask *reached = NULL;
    int w = a->s.width, h = a->s.height;
    CT_TRY(ct_mask_new(&reached, w, h, err));
    for (size_t i = 0; i < a->s.n; i++)
        reached->px[i] = a->steps[i] > 0 ? 255 : 0;
    CT_TRY(ct_plane_grow(reached, BEYOND, err)); /* veins and grains within are no ground */
    CT_TRY(ct_plane_grow(reached, -BEYOND, err));
    for (int y = 0; y < mask->height; y++)
        for (int x = 0; x < mask->width; x++) {
            size_t i = (size_t)y * (size_t)mask->width + (size_t)x;
            size_t from = (size_t)((int64_t)y * h / mask->height) * (size_t)w +
                          (size_t)((int64_t)x * w / mask->width);
            mask->px[i] = reached->px[from] > mask->px[i] ? reached->px[from] : mask->px[i];
        }
    return CT_OK;
}

ct_code ct_shadow_add(struct ct_mask *mask, const struct ct_image *image,
                      const struct ct_retouch *with, struct ct_err *err)
{
    if (mask->width != image->width || mask->height != image->height)
        return ct_fail(err, CT_E_INTERNAL, NULL, "A mask of another size than its picture.");
    struct around *a = ct_calloc(1, sizeof(*a));
    if (!a)
        return ct_retouch_fail_memory(err);
    ct_code rc = open_around(a, mask, image, with, err);
    if (rc == CT_OK && a->s.box.x1 > a->s.box.x0) {
        follow(a);
        rc = spread(mask, a, err);
    }
    close_shading(&a->s);
    ct_image_unref(&a->small);
    ct_free(a->labels);
    ct_free(a);
    return rc;
}
