/* PatchMatch (Barnes et al. 2009) in bands, and the voting of Wexler et al. 2007.
 *
 * The picture is cut into bands of rows that are swept in parallel. Inside a band a sweep sees
 * its own latest finds; across the border of a band it sees those of before the sweep, so the
 * result does not depend on who swept when. Random numbers are hashes of pixel and sweep. */
#include "engines/scene/retouch/patch.h"

#include "base/mem.h"

#include <string.h>

#define BAND 16
#define FIRST_RADIUS 1024
#define TRUST_FALL 0.77f /* a pixel inwards */
#define TRUST_LEAST 1e-4f
/* What a like pays for standing away, for the whole height or width. Photographs are stacked:
 * floor, wall, sky; what stands beside is more likely than what stands above. */
#define PAY_DOWN 600000.0f
#define PAY_ACROSS 8000.0f

static uint32_t hash(uint32_t x)
{
    x ^= x >> 16;
    x *= 0x7feb352du;
    x ^= x >> 15;
    x *= 0x846ca68bu;
    return x ^ x >> 16;
}

bool ct_patch_level_open(struct ct_patch_level *level, int width, int height)
{
    size_t n = (size_t)width * (size_t)height;
    *level = (struct ct_patch_level){ .width = width, .height = height };
    level->px = ct_calloc(n, 4);
    level->hole = ct_calloc(n, 1);
    level->avoid = ct_calloc(n, 1);
    level->source = ct_calloc(n, 1);
    level->target = ct_calloc(n, 1);
    level->like = ct_calloc(n, sizeof(*level->like));
    level->distance = ct_calloc(n, sizeof(*level->distance));
    level->trust = ct_calloc(n, sizeof(*level->trust));
    level->sources = ct_calloc(n, sizeof(*level->sources));
    return level->px && level->hole && level->avoid && level->source && level->target &&
           level->like && level->distance && level->trust && level->sources;
}

void ct_patch_level_release(struct ct_patch_level *level)
{
    ct_free(level->px);
    ct_free(level->hole);
    ct_free(level->avoid);
    ct_free(level->source);
    ct_free(level->target);
    ct_free(level->like);
    ct_free(level->distance);
    ct_free(level->trust);
    ct_free(level->sources);
    *level = (struct ct_patch_level){ 0 };
}

/* A pixel's neighbourhood of a patch: does it hold any of `set`? */
static bool touches(const uint8_t *set, int width, int height, int x, int y)
{
    for (int dy = -CT_PATCH_HALF; dy <= CT_PATCH_HALF; dy++) {
        if (y + dy < 0 || y + dy >= height)
            continue;
        const uint8_t *row = set + (size_t)(y + dy) * (size_t)width;
        for (int dx = -CT_PATCH_HALF; dx <= CT_PATCH_HALF; dx++)
            if (x + dx >= 0 && x + dx < width && row[x + dx])
                return true;
    }
    return false;
}

static float most(float a, float b)
{
    return a > b ? a : b;
}

/* 1 on known pixels, less with each step (of four) into the hole: two passes of a chamfer. */
static void mark_trust(struct ct_patch_level *l)
{
    int w = l->width, h = l->height;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < w * h; i++) {
            int at = pass ? w * h - 1 - i : i, x = at % w, y = at / w, step = pass ? 1 : -1;
            float best = pass ? l->trust[at] : TRUST_LEAST;
            if (!l->hole[at])
                best = 1;
            if (x + step >= 0 && x + step < w)
                best = most(best, TRUST_FALL * l->trust[at + step]);
            if (y + step >= 0 && y + step < h)
                best = most(best, TRUST_FALL * l->trust[at + step * w]);
            l->trust[at] = best;
        }
}

void ct_patch_level_mark(struct ct_patch_level *l)
{
    int w = l->width, h = l->height;
    l->box = (struct ct_mask_box){ w, h, 0, 0 };
    l->n_sources = 0;
    mark_trust(l);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            size_t at = (size_t)y * (size_t)w + (size_t)x;
            bool near = touches(l->hole, w, h, x, y);
            bool inside = x >= CT_PATCH_HALF && y >= CT_PATCH_HALF && x < w - CT_PATCH_HALF &&
                          y < h - CT_PATCH_HALF;
            l->target[at] = near && inside;
            l->source[at] = inside && !near && !touches(l->avoid, w, h, x, y);
            if (l->source[at])
                l->sources[l->n_sources++] = (struct ct_patch_at){ (int16_t)x, (int16_t)y };
            if (!l->target[at])
                continue;
            l->box.x0 = x < l->box.x0 ? x : l->box.x0;
            l->box.x1 = x + 1 > l->box.x1 ? x + 1 : l->box.x1;
            l->box.y0 = y < l->box.y0 ? y : l->box.y0;
            l->box.y1 = y + 1;
        }
}

static uint32_t measure(const struct ct_patch_level *l, int x, int y, struct ct_patch_at to,
                        uint32_t limit)
{
    size_t w = (size_t)l->width;
    const uint8_t *a = l->px + ((size_t)(y - CT_PATCH_HALF) * w + (size_t)(x - CT_PATCH_HALF)) * 4;
    const uint8_t *b =
        l->px + ((size_t)(to.y - CT_PATCH_HALF) * w + (size_t)(to.x - CT_PATCH_HALF)) * 4;
    float down = (float)(to.y - y) / (float)l->height, across = (float)(to.x - x) / (float)w;
    uint32_t sum = (uint32_t)(PAY_DOWN * down * down + PAY_ACROSS * across * across);
    for (int row = 0; row < CT_PATCH && sum < limit; row++, a += w * 4, b += w * 4) {
        int32_t part = 0;
        for (int i = 0; i < CT_PATCH * 4; i++) {
            int32_t d = (int32_t)a[i] - (int32_t)b[i];
            part += d * d;
        }
        sum += (uint32_t)part;
    }
    return sum;
}

void ct_patch_scatter(struct ct_patch_level *l, uint32_t seed)
{
    size_t n = (size_t)l->width * (size_t)l->height;
    for (size_t i = 0; i < n; i++)
        if (l->target[i])
            l->like[i] = l->sources[hash((uint32_t)i ^ hash(seed)) % l->n_sources];
}

struct sweep {
    struct ct_patch_level *level;
    const struct ct_patch_at *before; /* likes as they stood */
    const struct ct_retouch *with;
    uint32_t seed;
    int step; /* 1: left to right, down; -1: back */
    bool measure;
};

static void offer(struct ct_patch_level *l, int x, int y, int sx, int sy)
{
    size_t at = (size_t)y * (size_t)l->width + (size_t)x;
    if (sx < 0 || sy < 0 || sx >= l->width || sy >= l->height ||
        !l->source[(size_t)sy * (size_t)l->width + (size_t)sx])
        return;
    struct ct_patch_at to = { (int16_t)sx, (int16_t)sy };
    if (to.x == l->like[at].x && to.y == l->like[at].y)
        return;
    uint32_t d = measure(l, x, y, to, l->distance[at]);
    if (d < l->distance[at]) {
        l->distance[at] = d;
        l->like[at] = to;
    }
}

/* What the neighbour at (nx, ny) found, moved along. */
static void propagate(const struct sweep *s, int x, int y, int nx, int ny, int band)
{
    struct ct_patch_level *l = s->level;
    if (nx < 0 || ny < 0 || nx >= l->width || ny >= l->height)
        return;
    size_t at = (size_t)ny * (size_t)l->width + (size_t)nx;
    if (!l->target[at])
        return;
    struct ct_patch_at to = ny / BAND == band ? l->like[at] : s->before[at];
    offer(l, x, y, to.x + x - nx, to.y + y - ny);
}

static void try_random(const struct sweep *s, int x, int y)
{
    struct ct_patch_level *l = s->level;
    size_t at = (size_t)y * (size_t)l->width + (size_t)x;
    uint32_t r = hash((uint32_t)at * 2654435761u ^ s->seed);
    int radius = l->width > l->height ? l->width : l->height;
    radius = radius < FIRST_RADIUS ? radius : FIRST_RADIUS;
    for (; radius >= 2; radius /= 3) {
        r = hash(r);
        int dx = (int)(r % (uint32_t)(2 * radius + 1)) - radius;
        r = hash(r);
        int dy = (int)(r % (uint32_t)(2 * radius + 1)) - radius;
        offer(l, x, y, l->like[at].x + dx, l->like[at].y + dy);
    }
}

static void improve(const struct sweep *s, int x, int y, int band)
{
    struct ct_patch_level *l = s->level;
    size_t at = (size_t)y * (size_t)l->width + (size_t)x;
    if (s->measure)
        l->distance[at] = measure(l, x, y, l->like[at], UINT32_MAX);
    propagate(s, x, y, x - s->step, y, band);
    propagate(s, x, y, x, y - s->step, band);
    try_random(s, x, y);
}

static void sweep_band(void *ctx, uint32_t index)
{
    const struct sweep *s = ctx;
    struct ct_patch_level *l = s->level;
    int first = (int)index * BAND, last = first + BAND - 1;
    last = last < l->height ? last : l->height - 1;
    for (int i = first; i <= last && !ct_retouch_cancelled(s->with); i++) {
        int y = s->step > 0 ? i : first + last - i;
        for (int k = l->box.x0; k < l->box.x1; k++) {
            int x = s->step > 0 ? k : l->box.x0 + l->box.x1 - 1 - k;
            if (l->target[(size_t)y * (size_t)l->width + (size_t)x])
                improve(s, x, y, (int)index);
        }
    }
}

void ct_patch_search(struct ct_patch_level *l, int n, uint32_t seed, const struct ct_retouch *with)
{
    size_t bytes = (size_t)l->width * (size_t)l->height * sizeof(*l->like);
    struct ct_patch_at *before = ct_malloc(bytes);
    for (int i = 0; i < n && before; i++) { /* without memory it stays as it is: still a fill */
        memcpy(before, l->like, bytes);
        struct sweep s = { l, before, with, hash(seed + (uint32_t)i), i % 2 ? -1 : 1, i == 0 };
        ct_pool_for(with->pool, (uint32_t)((l->height + BAND - 1) / BAND), sweep_band, &s);
    }
    ct_free(before);
}

bool ct_patch_says(float said[3], const struct ct_patch_level *l, int x, int y, float scale)
{
    float sum[3] = { 0 }, weights = 0;
    for (int dy = -CT_PATCH_HALF; dy <= CT_PATCH_HALF; dy++) {
        int py = y + dy;
        if (py < 0 || py >= l->height)
            continue;
        for (int dx = -CT_PATCH_HALF; dx <= CT_PATCH_HALF; dx++) {
            int px = x + dx;
            size_t at = (size_t)py * (size_t)l->width + (size_t)px;
            if (px < 0 || px >= l->width || !l->target[at])
                continue;
            float near = 1 / (1 + (float)l->distance[at] * scale);
            float w = near * near * near * l->trust[at];
            const uint8_t *from = l->px + ((size_t)(l->like[at].y - dy) * (size_t)l->width +
                                           (size_t)(l->like[at].x - dx)) * 4;
            for (int c = 0; c < 3; c++)
                sum[c] += w * (float)from[c];
            weights += w;
        }
    }
    for (int c = 0; c < 3 && weights > 0; c++)
        said[c] = sum[c] / weights;
    return weights > 0;
}

struct vote {
    struct ct_patch_level *level;
    const struct ct_retouch *with;
    float scale;
};

static void vote_pixel(const struct vote *v, int x, int y)
{
    struct ct_patch_level *l = v->level;
    float said[3];
    uint8_t *to = l->px + ((size_t)y * (size_t)l->width + (size_t)x) * 4;
    if (ct_patch_says(said, l, x, y, v->scale))
        for (int c = 0; c < 3; c++)
            to[c] = (uint8_t)(said[c] + 0.5f);
}

static void vote_band(void *ctx, uint32_t index)
{
    const struct vote *v = ctx;
    const struct ct_patch_level *l = v->level;
    int last = ((int)index + 1) * BAND < l->height ? ((int)index + 1) * BAND : l->height;
    for (int y = (int)index * BAND; y < last && !ct_retouch_cancelled(v->with); y++)
        for (int x = 0; x < l->width; x++)
            if (l->hole[(size_t)y * (size_t)l->width + (size_t)x])
                vote_pixel(v, x, y);
}

float ct_patch_scale(const struct ct_patch_level *l)
{
    size_t n = (size_t)l->width * (size_t)l->height, n_targets = 0;
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        if (l->target[i]) {
            sum += l->distance[i];
            n_targets++;
        }
    return 2 / ((n_targets ? (float)(sum / n_targets) : 0) + 50);
}

/* Sources are never unknown pixels, so a vote reads nothing that another one writes. */
void ct_patch_vote(struct ct_patch_level *l, const struct ct_retouch *with)
{
    struct vote v = { l, with, ct_patch_scale(l) };
    ct_pool_for(with->pool, (uint32_t)((l->height + BAND - 1) / BAND), vote_band, &v);
}
