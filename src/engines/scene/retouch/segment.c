/* GrabCut without a user (Rother et al. 2004): what stands out from the border starts as the
 * subject; then colours of both sides are learnt and the cheapest border between them is cut, three
 * times over. All on a copy of at most 384 pixels an edge; the matte then follows the picture's own
 * edges at full size (matte.c). */
#include "engines/scene/retouch/segment.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/retouch/gmm.h"
#include "engines/scene/retouch/matte.h"
#include "engines/scene/retouch/maxflow.h"
#include "engines/scene/retouch/saliency.h"
#include "image/resize.h"

#include <string.h>

#define WORK_EDGE 384
#define ROUNDS 3
#define TIE 50.0f   /* gamma of GrabCut */
#define SCALE 64.0f /* integer units a nat */
#define CERTAIN (1 << 26)
#define LEAST_PART 12   /* parts smaller than 1/12 of the largest are dropped */
#define LEAST_HOLE 1200 /* holes smaller than 1/1200 of the picture are filled */

struct grab {
    struct ct_image *small;
    int width, height;
    size_t n;
    uint8_t *saliency, *labels; /* labels: 1 inside */
    uint8_t *fixed;             /* 1: background for certain */
    struct ct_cut *cut;
    float beta;
};

static const uint8_t *pixel(const struct grab *g, size_t i)
{
    return g->small->px + i * (size_t)g->small->channels;
}

static float difference(const struct grab *g, size_t a, size_t b)
{
    const uint8_t *pa = pixel(g, a), *pb = pixel(g, b);
    float sum = 0;
    for (int c = 0; c < 3; c++)
        sum += ((float)pa[c] - (float)pb[c]) * ((float)pa[c] - (float)pb[c]);
    return sum;
}

/* One over twice the mean difference of neighbours: what counts as an edge in this picture. */
static float find_beta(const struct grab *g)
{
    double sum = 0, n = 0;
    for (int y = 0; y + 1 < g->height; y++)
        for (int x = 0; x + 1 < g->width; x++) {
            size_t i = (size_t)y * (size_t)g->width + (size_t)x;
            sum += (double)difference(g, i, i + 1) + (double)difference(g, i, i + (size_t)g->width);
            n += 2;
        }
    return sum > 0 ? (float)(n / (2 * sum)) : 0;
}

static void tie_pixels(const struct grab *g)
{
    static const int dx[4] = { 1, 0, 1, -1 }, dy[4] = { 0, 1, 1, 1 };
    for (int y = 0; y < g->height; y++)
        for (int x = 0; x < g->width; x++)
            for (int k = 0; k < 4; k++) {
                int nx = x + dx[k], ny = y + dy[k];
                if (nx < 0 || nx >= g->width || ny >= g->height)
                    continue;
                float d = difference(g, (size_t)y * (size_t)g->width + (size_t)x,
                                     (size_t)ny * (size_t)g->width + (size_t)nx);
                float cost = TIE * ct_expf(-g->beta * d) * (k < 2 ? 1.0f : 0.70710678f);
                ct_cut_tie(g->cut, x, y, k, (int32_t)(SCALE * cost + 0.5f));
            }
}

static void pull_pixels(const struct grab *g)
{
    struct ct_gmm inside, outside;
    size_t channels = (size_t)g->small->channels;
    ct_gmm_learn(&inside, g->small->px, channels, g->labels, 1, g->n);
    ct_gmm_learn(&outside, g->small->px, channels, g->labels, 0, g->n);
    for (size_t i = 0; i < g->n; i++) {
        float pull = ct_gmm_cost(&outside, pixel(g, i)) - ct_gmm_cost(&inside, pixel(g, i));
        /* Colours do not know where they are: what stands out stays likelier. */
        pull += ((float)g->saliency[i] - 96) * (1.0f / 48);
        int32_t value = g->fixed[i] ? -CERTAIN : (int32_t)(SCALE * pull);
        ct_cut_pull(g->cut, (int)(i % (size_t)g->width), (int)(i / (size_t)g->width), value);
    }
}

static ct_code cut_once(struct grab *g, const struct ct_retouch *with, struct ct_err *err)
{
    ct_cut_reset(g->cut);
    tie_pixels(g);
    pull_pixels(g);
    CT_TRY(ct_cut_run(g->cut, with, err));
    for (size_t i = 0; i < g->n; i++)
        g->labels[i] =
            ct_cut_is_inside(g->cut, (int)(i % (size_t)g->width), (int)(i / (size_t)g->width));
    return CT_OK;
}

static size_t count_inside(const struct grab *g)
{
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++)
        n += g->labels[i] == 1;
    return n;
}

/* The connected parts of one label. */
struct parts {
    uint8_t label;
    uint32_t *of;    /* a pixel's part: its first pixel, plus 1 */
    uint32_t *sizes; /* by first pixel */
    uint32_t *stack;
    uint32_t largest;
};

static void mark_part(const struct grab *g, struct parts *p, uint32_t first)
{
    size_t depth = 0, w = (size_t)g->width;
    p->stack[depth++] = first;
    p->of[first] = first + 1;
    while (depth > 0) {
        size_t i = p->stack[--depth], x = i % w, y = i / w;
        const size_t near[4] = { x > 0 ? i - 1 : i, x + 1 < w ? i + 1 : i, y > 0 ? i - w : i,
                                 y + 1 < (size_t)g->height ? i + w : i };
        p->sizes[first]++;
        for (int k = 0; k < 4; k++)
            if (g->labels[near[k]] == p->label && !p->of[near[k]]) {
                p->of[near[k]] = first + 1;
                p->stack[depth++] = (uint32_t)near[k];
            }
    }
    p->largest = p->sizes[first] > p->largest ? p->sizes[first] : p->largest;
}

/* Parts of `label` that are too small take the other one: a crumb is no subject, an eye is no hole.
 * `least` of 0 stands for a share of the largest part. */
static ct_code drop_parts(struct grab *g, uint8_t label, size_t least, struct ct_err *err)
{
    struct parts p = { .label = label, .of = ct_calloc(g->n, 3 * sizeof(uint32_t)) };
    if (!p.of)
        return ct_retouch_fail_memory(err);
    p.sizes = p.of + g->n;
    p.stack = p.sizes + g->n;
    for (size_t i = 0; i < g->n; i++)
        if (g->labels[i] == label && !p.of[i])
            mark_part(g, &p, (uint32_t)i);
    least = least ? least : p.largest / LEAST_PART;
    for (size_t i = 0; i < g->n; i++)
        if (p.of[i] && p.sizes[p.of[i] - 1] < least)
            g->labels[i] = !label;
    ct_free(p.of);
    return CT_OK;
}

/* Background for certain: outside the box, and a thin rim of the picture but for its lower edge,
 * where people and tables stand. */
static void fix_background(struct grab *g, const struct ct_segment_params *params, float scale)
{
    int rim = g->width / 64 + 1;
    struct ct_mask_box box = { 0, 0, g->width, g->height };
    if (params && params->box.x1 > params->box.x0) {
        box = (struct ct_mask_box){ (int)((float)params->box.x0 * scale),
                                    (int)((float)params->box.y0 * scale),
                                    (int)((float)params->box.x1 * scale) + 1,
                                    (int)((float)params->box.y1 * scale) + 1 };
        rim = 0;
    }
    for (int y = 0; y < g->height; y++)
        for (int x = 0; x < g->width; x++)
            g->fixed[(size_t)y * (size_t)g->width + (size_t)x] =
                x < box.x0 || x >= box.x1 || y < box.y0 || y >= box.y1 || x < rim || y < rim ||
                x >= g->width - rim;
}

static ct_code open_grab(struct grab *g, const struct ct_image *image,
                         const struct ct_segment_params *params, const struct ct_retouch *with,
                         struct ct_err *err)
{
    int longest = image->width > image->height ? image->width : image->height;
    float scale = longest > WORK_EDGE ? (float)WORK_EDGE / (float)longest : 1;
    g->width = (int)((float)image->width * scale + 0.5f);
    g->height = (int)((float)image->height * scale + 0.5f);
    g->width = g->width > 2 ? g->width : 2;
    g->height = g->height > 2 ? g->height : 2;
    g->n = (size_t)g->width * (size_t)g->height;
    CT_TRY(ct_resize(&g->small, image, g->width, g->height, with->pool, err));
    g->saliency = ct_calloc(g->n, 3);
    if (!g->saliency)
        return ct_retouch_fail_memory(err);
    g->labels = g->saliency + g->n;
    g->fixed = g->labels + g->n;
    fix_background(g, params, scale);
    return ct_cut_open(&g->cut, g->width, g->height, err);
}

static void close_grab(struct grab *g)
{
    ct_image_unref(&g->small);
    ct_free(g->saliency);
    ct_cut_free(&g->cut);
}

/* How much the two sides differ in what made them stand out, and whether the size is plausible. */
static float judge(const struct grab *g)
{
    double in = 0, out = 0, n = (double)count_inside(g), all = (double)g->n;
    if (n < all / 500 || n > all * 0.95)
        return 0;
    for (size_t i = 0; i < g->n; i++)
        *(g->labels[i] ? &in : &out) += g->saliency[i];
    float apart = (float)(in / n - out / (all - n)) / 160;
    return ct_clampf(apart, 0.05f, 1);
}

static ct_code grab(struct grab *g, const struct ct_retouch *with, struct ct_err *err)
{
    CT_TRY(ct_saliency(g->saliency, g->small, err));
    int threshold = ct_saliency_threshold(g->saliency, g->n);
    for (size_t i = 0; i < g->n; i++)
        g->labels[i] = !g->fixed[i] && g->saliency[i] >= threshold;
    g->beta = find_beta(g);
    for (int i = 0; i < ROUNDS && count_inside(g) > 0; i++)
        CT_TRY(cut_once(g, with, err));
    CT_TRY(drop_parts(g, 0, g->n / LEAST_HOLE, err));
    return drop_parts(g, 1, 0, err);
}

ct_code ct_segment_subject(struct ct_mask **out, float *confidence, const struct ct_image *image,
                           const struct ct_segment_params *params, const struct ct_retouch *with,
                           struct ct_err *err)
{
    struct grab g = { 0 };
    *out = NULL;
    ct_code rc = open_grab(&g, image, params, with, err);
    if (rc == CT_OK)
        rc = grab(&g, with, err);
    if (rc == CT_OK) {
        *confidence = judge(&g);
        if (*confidence == 0)
            memset(g.labels, 0, g.n);
        rc = ct_matte(out, image, g.labels, g.width, g.height, with, err);
    }
    close_grab(&g);
    return rc;
}
