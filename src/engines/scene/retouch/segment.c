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
#include "engines/scene/retouch/named.h"
#include "engines/scene/retouch/saliency.h"
#include "engines/scene/retouch/shadow.h"
#include "image/resize.h"

#include <string.h>

#define WORK_EDGE 384
#define ROUNDS 3
#define TIE 50.0f   /* gamma of GrabCut */
#define SCALE 64.0f /* integer units a nat */
#define CERTAIN (1 << 26)
#define GUESS 0.4f
#define LEAST_PART 12   /* parts smaller than 1/12 of the largest are dropped */
#define SOLID 0.62f     /* of one to two: below it what was cut is pieces rather than a thing */
#define BETTER 1.5f     /* a second try must be, to count */
#define LOWER 0.6f       /* of the threshold: where a third try starts */
#define CLEARER 1.05f    /* and how much better it must be */
#define UNSTABLE 0.6f    /* agreement of both at which the subject is no more than a guess */
#define CLEAR_EDGE 0.35f /* of one: an edge that a border may follow */
#define OPEN_SKY 4.0f    /* what the share of a sky's border without one takes of its confidence */
#define LEAST_HOLE 1200 /* holes smaller than 1/1200 of the picture are filled */

struct grab {
    enum ct_segment_what what;
    bool guess; /* nothing solid stood out */
    float agreement; /* 0..1, of cuts that started from two thresholds */
    bool one; /* only the largest part is meant */
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
        pull +=
            ((float)g->saliency[i] - 96) * (g->what == CT_SEGMENT_SUBJECT ? 1.0f / 48 : 1.0f / 12);
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

/* How much a pixel speaks for the thing it is part of: those in the middle more. */
static float weight_at(const struct grab *g, size_t i)
{
    float x = (float)(i % (size_t)g->width) / (float)g->width - 0.5f;
    float y = (float)(i / (size_t)g->width) / (float)g->height - 0.5f;
    return 1 - ct_minf(1.3f * ct_hypotf(x, y), 0.9f);
}

static size_t heaviest_part(const struct grab *g, const struct parts *p, float *weights)
{
    size_t best = 0;
    for (size_t i = 0; i < g->n; i++)
        if (p->of[i])
            weights[p->of[i] - 1] += weight_at(g, i);
    for (size_t i = 1; i < g->n; i++)
        best = weights[i] > weights[best] ? i : best;
    return best;
}

/* One thing is meant: the heaviest part, and those around which it lies, as a zip parts a jacket.
 * The sizes of all others become 0. */
static void keep_one(const struct grab *g, struct parts *p)
{
    float *weights = (float *)p->stack; /* which nobody needs any more */
    int x0 = g->width, y0 = g->height, x1 = 0, y1 = 0, slack = g->width / 10;
    memset(weights, 0, g->n * sizeof(*weights));
    size_t best = heaviest_part(g, p, weights);
    for (int i = 0; i < (int)g->n; i++)
        if (p->of[i] == best + 1) {
            int x = i % g->width, y = i / g->width;
            x0 = x < x0 ? x : x0;
            x1 = x > x1 ? x : x1;
            y0 = y < y0 ? y : y0;
            y1 = y;
        }
    memset(weights, 0, g->n * sizeof(*weights));
    for (int i = 0; i < (int)g->n; i++) {
        int x = i % g->width, y = i / g->width;
        if (p->of[i] && x >= x0 - slack && x <= x1 + slack && y >= y0 - slack && y <= y1 + slack)
            weights[p->of[i] - 1]++;
    }
    for (size_t i = 0; i < g->n; i++) /* a part that begins there and goes on is another thing's */
        if (weights[i] < 0.2f * (float)p->sizes[i])
            p->sizes[i] = 0;
    p->largest = p->sizes[best];
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
    if (label && g->one)
        keep_one(g, &p);
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
    int rim = g->what == CT_SEGMENT_SUBJECT ? g->width / 64 + 1 : 0;
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
    if (params) {
        g->what = params->what;
        g->one = params->what == CT_SEGMENT_COLOR && !params->all;
    }
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

/* How much the two sides differ in what made them stand out, whether the size is plausible, and
 * whether another start would have led elsewhere: eyes and a nose stand out clearly from a cat's
 * fur, but where they end nobody can say. */
static float judge(const struct grab *g)
{
    double in = 0, out = 0, n = (double)count_inside(g), all = (double)g->n;
    if (n < all / 500 || n > all * 0.95)
        return 0;
    for (size_t i = 0; i < g->n; i++)
        *(g->labels[i] ? &in : &out) += g->saliency[i];
    float apart = (float)(in / n - out / (all - n)) / 160;
    float stable = (g->agreement - UNSTABLE) / (1 - UNSTABLE);
    return ct_clampf(ct_minf(apart, stable), 0.05f, g->guess ? GUESS : 1);
}

/* The clearest edge between any two neighbours that lie side by side like a and b, around them. */
static float edge_near(const struct grab *g, size_t a, size_t b)
{
    float best = 0;
    for (int dy = -1; dy <= 1; dy++)
        for (int dx = -1; dx <= 1; dx++) {
            ptrdiff_t by = dy * (ptrdiff_t)g->width + dx;
            float d = difference(g, (size_t)((ptrdiff_t)a + by), (size_t)((ptrdiff_t)b + by));
            best = ct_maxf(best, 1 - ct_expf(-g->beta * d));
        }
    return best;
}

/* Share of the border that runs where there is no edge. */
static float weak_border(const struct grab *g)
{
    size_t weak = 0, all = 0;
    for (int y = 1; y + 2 < g->height; y++)
        for (int x = 1; x + 2 < g->width; x++) {
            size_t i = (size_t)y * (size_t)g->width + (size_t)x;
            const size_t near[2] = { i + 1, i + (size_t)g->width };
            for (int k = 0; k < 2; k++)
                if (g->labels[i] != g->labels[near[k]]) {
                    weak += edge_near(g, i, near[k]) < CLEAR_EDGE;
                    all++;
                }
        }
    return all > 0 ? (float)weak / (float)all : 0;
}

/* Of a named part: it is there when there is enough of it, and sure when what was cut is what was
 * looked for. A sky that ends where nothing begins goes on behind. */
static float judge_named(const struct grab *g)
{
    double in = 0, n = (double)count_inside(g), all = (double)g->n;
    if (n < all / 400 || n > all * 0.97)
        return 0;
    for (size_t i = 0; i < g->n; i++)
        in += g->labels[i] ? g->saliency[i] : 0;
    float sky = g->what == CT_SEGMENT_SKY ? 1 - OPEN_SKY * weak_border(g) : 1;
    return ct_clampf(ct_minf((float)(in / n) / 255, sky), 0.05f, 1);
}

static ct_code find_likely(struct grab *g, const struct ct_segment_params *params,
                           struct ct_err *err)
{
    if (g->what == CT_SEGMENT_COLOR)
        ct_named_color(g->saliency, g->small, params->color);
    else if (g->what == CT_SEGMENT_SKY)
        return ct_named_sky(g->saliency, g->small, err);
    else
        return ct_saliency(g->saliency, g->small, err);
    return CT_OK;
}

static ct_code cut(struct grab *g, const struct ct_retouch *with, struct ct_err *err)
{
    for (int i = 0; i < ROUNDS && count_inside(g) > 0; i++)
        CT_TRY(cut_once(g, with, err));
    return CT_OK;
}

/* 0..1: how much of the smallest box around the inside it fills, up to two thirds. A thing does;
 * eyes, collars and badges that differ from all around them do not. */
static float solidity(const struct grab *g)
{
    int x0 = g->width, y0 = g->height, x1 = 0, y1 = 0;
    size_t n = count_inside(g);
    for (int i = 0; i < (int)g->n; i++)
        if (g->labels[i]) {
            int x = i % g->width, y = i / g->width;
            x0 = x < x0 ? x : x0;
            x1 = x + 1 > x1 ? x + 1 : x1;
            y0 = y < y0 ? y : y0;
            y1 = y + 1;
        }
    return n ? ct_minf(1.5f * (float)n / (float)((x1 - x0) * (y1 - y0)), 1) : 0;
}

/* How strong the edges are that the border runs along, 0..1. */
static float border_contrast(const struct grab *g)
{
    double sum = 0, n = 0;
    for (int y = 0; y + 1 < g->height; y++)
        for (int x = 0; x + 1 < g->width; x++) {
            size_t i = (size_t)y * (size_t)g->width + (size_t)x;
            const size_t near[2] = { i + 1, i + (size_t)g->width };
            for (int k = 0; k < 2; k++)
                if (g->labels[i] != g->labels[near[k]]) {
                    sum += 1 - (double)ct_expf(-g->beta * difference(g, i, near[k]));
                    n++;
                }
        }
    return n > 0 ? (float)(sum / n) : 0;
}

/* A border through a calm sky is none, however round what it encloses. */
static float quality(const struct grab *g)
{
    float contrast = border_contrast(g);
    return contrast * contrast * contrast * solidity(g);
}

/* Nothing solid stands out: what people hold a camera at is in the middle, and stands on the lower
 * edge as often as not. */
static void expect_middle(struct grab *g)
{
    for (int i = 0; i < (int)g->n; i++) {
        float x = ((float)(i % g->width) + 0.5f) / (float)g->width * 2 - 1;
        float y = ((float)(i / g->width) + 0.5f) / (float)g->height * 2 - 1.15f;
        float away = ct_hypotf(x / 0.72f, y > 0 ? 0.7f * y : y / 0.85f);
        g->saliency[i] = (uint8_t)(190 * (1 - ct_smoothstep(0.55f, 1.15f, away)));
        g->labels[i] = !g->fixed[i] && g->saliency[i] >= 96;
    }
}

/* A second try where the first made pieces; it stays when it is clearly better. */
static ct_code try_middle(struct grab *g, const struct ct_retouch *with, struct ct_err *err)
{
    float first = quality(g);
    uint8_t *before = ct_malloc(2 * g->n);
    if (!before)
        return ct_retouch_fail_memory(err);
    memcpy(before, g->labels, g->n);
    memcpy(before + g->n, g->saliency, g->n);
    expect_middle(g);
    ct_code rc = cut(g, with, err);
    if (rc == CT_OK && quality(g) < BETTER * first) {
        memcpy(g->labels, before, g->n);
        memcpy(g->saliency, before + g->n, g->n);
    }
    g->guess = true;
    ct_free(before);
    return rc;
}

/* A dark shadow stands out as much as the thing that throws it. What is only shadow becomes ground
 * for certain, and the border is cut once more. */
static ct_code drop_shadow(struct grab *g, const struct ct_retouch *with, struct ct_err *err)
{
    uint8_t *shadow = ct_calloc(g->n, 1);
    size_t found = 0;
    if (!shadow)
        return ct_retouch_fail_memory(err);
    ct_code rc = ct_shadow_inside(shadow, g->small, g->labels, err);
    for (size_t i = 0; rc == CT_OK && i < g->n; i++)
        if (shadow[i]) {
            g->fixed[i] = 1;
            g->saliency[i] = 0;
            g->labels[i] = 0;
            found++;
        }
    ct_free(shadow);
    return rc == CT_OK && found > 0 ? cut_once(g, with, err) : rc;
}

/* Where the subject begins must not hang on where the threshold was. From a lower one the cut
 * starts anew: what a sure subject loses or gains by that is little. Of the two the better one
 * stays. */
static ct_code try_lower(struct grab *g, int threshold, const struct ct_retouch *with,
                         struct ct_err *err)
{
    float first = quality(g);
    size_t both = 0, either = 0;
    uint8_t *before = ct_malloc(g->n);
    if (!before)
        return ct_retouch_fail_memory(err);
    memcpy(before, g->labels, g->n);
    for (size_t i = 0; i < g->n; i++)
        g->labels[i] = !g->fixed[i] && g->saliency[i] >= threshold;
    ct_code rc = cut(g, with, err);
    if (rc == CT_OK)
        rc = drop_shadow(g, with, err);
    for (size_t i = 0; i < g->n; i++) {
        both += before[i] && g->labels[i];
        either += before[i] || g->labels[i];
    }
    g->agreement = either > 0 ? (float)both / (float)either : 0;
    if (rc == CT_OK && quality(g) < CLEARER * first)
        memcpy(g->labels, before, g->n);
    ct_free(before);
    return rc;
}

static ct_code grab(struct grab *g, const struct ct_segment_params *params,
                    const struct ct_retouch *with, struct ct_err *err)
{
    CT_TRY(find_likely(g, params, err));
    int threshold = g->what == CT_SEGMENT_SUBJECT ? ct_saliency_threshold(g->saliency, g->n) : 128;
    for (size_t i = 0; i < g->n; i++)
        g->labels[i] = !g->fixed[i] && g->saliency[i] >= threshold;
    g->beta = find_beta(g);
    CT_TRY(cut(g, with, err));
    if (g->what == CT_SEGMENT_SUBJECT && solidity(g) < SOLID)
        CT_TRY(try_middle(g, with, err));
    if (g->what == CT_SEGMENT_SUBJECT) {
        CT_TRY(drop_shadow(g, with, err));
        CT_TRY(try_lower(g, (int)(LOWER * (float)threshold), with, err));
    }
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
        rc = grab(&g, params, with, err);
    if (rc == CT_OK) {
        *confidence = g.what == CT_SEGMENT_SUBJECT ? judge(&g) : judge_named(&g);
        if (*confidence == 0)
            memset(g.labels, 0, g.n);
        rc = ct_matte(out, image, g.labels, g.width, g.height, with, err);
    }
    close_grab(&g);
    return rc;
}
