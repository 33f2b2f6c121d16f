/* Two search trees grow from the terminals until they meet, flow is pushed along the path, and what
 * it cut off is adopted again. Called by segment.c.
 *
 * The grid has a rim of pixels without ties, so that neighbours need no bounds. A tie from i to
 * its neighbour in direction k is left[k][i]; the one back is left[k ^ 1] of the neighbour: ways
 * are listed in opposite pairs. */
#include "engines/scene/retouch/maxflow.h"

#include "base/mem.h"

#include <string.h>

enum { FREE, INSIDE, OUTSIDE };
enum { ROOT = CT_CUT_WAYS, ORPHAN, NO_PARENT };
#define CHECK_EVERY 4096
#define FAR INT32_MAX

struct ct_cut {
    int width, height, stride, n;
    int step[CT_CUT_WAYS];
    int32_t *left[CT_CUT_WAYS]; /* capacity that is left */
    int32_t *pull;              /* to the terminals, what is left of it */
    uint8_t *tree, *parent;
    int32_t *next;  /* in the queue of active pixels; 0: not in it; itself: the last */
    int32_t *stamp; /* when `depth` was true */
    int32_t *depth; /* steps to the root */
    int32_t *orphans;
    int first, last, n_orphans, clock;
};

ct_code ct_cut_open(struct ct_cut **out, int width, int height, struct ct_err *err)
{
    struct ct_cut *c = *out = ct_calloc(1, sizeof(*c));
    if (!c)
        return ct_retouch_fail_memory(err);
    c->width = width;
    c->height = height;
    c->stride = width + 2;
    c->n = c->stride * (height + 2);
    const int step[CT_CUT_WAYS] = { 1,  -1, c->stride, -c->stride, c->stride + 1, -c->stride - 1,
                                    c->stride - 1, -c->stride + 1 };
    memcpy(c->step, step, sizeof(step));
    size_t n = (size_t)c->n;
    int32_t *block = ct_calloc(n, (CT_CUT_WAYS + 5) * sizeof(int32_t) + 2);
    if (!block) {
        ct_cut_free(out);
        return ct_retouch_fail_memory(err);
    }
    for (int k = 0; k < CT_CUT_WAYS; k++)
        c->left[k] = block + (size_t)k * n;
    c->pull = block + CT_CUT_WAYS * n;
    c->next = c->pull + n;
    c->stamp = c->next + n;
    c->depth = c->stamp + n;
    c->orphans = c->depth + n;
    c->tree = (uint8_t *)(c->orphans + n);
    c->parent = c->tree + n;
    return CT_OK;
}

void ct_cut_free(struct ct_cut **cut)
{
    if (*cut)
        ct_free((*cut)->left[0]);
    ct_free(*cut);
    *cut = NULL;
}

void ct_cut_reset(struct ct_cut *c)
{
    memset(c->left[0], 0, (size_t)c->n * ((CT_CUT_WAYS + 5) * sizeof(int32_t) + 2));
}

static int at(const struct ct_cut *c, int x, int y)
{
    return (y + 1) * c->stride + x + 1;
}

void ct_cut_pull(struct ct_cut *cut, int x, int y, int32_t pull)
{
    cut->pull[at(cut, x, y)] = pull;
}

void ct_cut_tie(struct ct_cut *cut, int x, int y, int way, int32_t cost)
{
    static const int dx[4] = { 1, 0, 1, -1 }, dy[4] = { 0, 1, 1, 1 };
    int nx = x + dx[way], ny = y + dy[way];
    if (nx < 0 || nx >= cut->width || ny >= cut->height)
        return;
    cut->left[2 * way][at(cut, x, y)] = cost;
    cut->left[2 * way + 1][at(cut, nx, ny)] = cost;
}

bool ct_cut_is_inside(const struct ct_cut *cut, int x, int y)
{
    return cut->tree[at(cut, x, y)] == INSIDE;
}

static void activate(struct ct_cut *c, int i)
{
    if (c->next[i])
        return;
    c->next[i] = i;
    if (c->last)
        c->next[c->last] = i;
    else
        c->first = i;
    c->last = i;
}

static int take_active(struct ct_cut *c)
{
    while (c->first) {
        int i = c->first;
        c->first = c->next[i] == i ? 0 : c->next[i];
        if (!c->first)
            c->last = 0;
        c->next[i] = 0;
        if (c->tree[i] != FREE && c->parent[i] != NO_PARENT)
            return i;
    }
    return 0;
}

static void plant(struct ct_cut *c)
{
    c->first = c->last = c->n_orphans = c->clock = 0;
    for (int i = 0; i < c->n; i++) {
        c->next[i] = c->stamp[i] = 0;
        c->tree[i] = c->pull[i] > 0 ? INSIDE : c->pull[i] < 0 ? OUTSIDE : FREE;
        c->parent[i] = c->pull[i] ? ROOT : NO_PARENT;
        c->depth[i] = 1;
        if (c->pull[i])
            activate(c, i);
    }
}

/* What can flow from i along k for INSIDE, towards i for OUTSIDE. */
static int32_t room(const struct ct_cut *c, int i, int k, int tree)
{
    return tree == INSIDE ? c->left[k][i] : c->left[k ^ 1][i + c->step[k]];
}

/* Grows the tree of i; the direction in which it met the other tree, or -1. */
static int grow(struct ct_cut *c, int i)
{
    int tree = c->tree[i];
    for (int k = 0; k < CT_CUT_WAYS; k++) {
        int j = i + c->step[k];
        if (room(c, i, k, tree) <= 0)
            continue;
        if (c->tree[j] == FREE) {
            c->tree[j] = (uint8_t)tree;
            c->parent[j] = (uint8_t)(k ^ 1);
            c->stamp[j] = c->stamp[i];
            c->depth[j] = c->depth[i] + 1;
            activate(c, j);
        } else if (c->tree[j] != tree) {
            return k;
        } else if (c->stamp[j] <= c->stamp[i] && c->depth[j] > c->depth[i] + 1) {
            c->parent[j] = (uint8_t)(k ^ 1); /* a shorter way to the root */
            c->stamp[j] = c->stamp[i];
            c->depth[j] = c->depth[i] + 1;
        }
    }
    return -1;
}

static void orphan(struct ct_cut *c, int i)
{
    c->parent[i] = ORPHAN;
    c->orphans[c->n_orphans++] = i;
}

/* The least of what is left from i up to its root. */
static int32_t least_to_root(const struct ct_cut *c, int i, int32_t least)
{
    int tree = c->tree[i];
    for (; c->parent[i] != ROOT; i += c->step[c->parent[i]]) {
        int k = c->parent[i];
        int32_t left = tree == INSIDE ? c->left[k ^ 1][i + c->step[k]] : c->left[k][i];
        least = left < least ? left : least;
    }
    int32_t root = c->pull[i] < 0 ? -c->pull[i] : c->pull[i];
    return root < least ? root : least;
}

static void push_to_root(struct ct_cut *c, int i, int32_t flow)
{
    int tree = c->tree[i];
    while (c->parent[i] != ROOT) {
        int k = c->parent[i], p = i + c->step[k];
        int32_t *from = tree == INSIDE ? &c->left[k ^ 1][p] : &c->left[k][i];
        int32_t *back = tree == INSIDE ? &c->left[k][i] : &c->left[k ^ 1][p];
        *from -= flow;
        *back += flow;
        if (*from == 0)
            orphan(c, i);
        i = p;
    }
    c->pull[i] += tree == INSIDE ? -flow : flow;
    if (c->pull[i] == 0)
        orphan(c, i);
}

static void augment(struct ct_cut *c, int i, int k)
{
    int j = i + c->step[k];
    if (c->tree[i] == OUTSIDE) { /* always from the inside out */
        int swap = i;
        i = j;
        j = swap;
        k ^= 1;
    }
    int32_t flow = least_to_root(c, j, least_to_root(c, i, c->left[k][i]));
    c->left[k][i] -= flow;
    c->left[k ^ 1][j] += flow;
    push_to_root(c, i, flow);
    push_to_root(c, j, flow);
}

/* Steps from i to a root, FAR when it hangs on an orphan. Marks the way with the depth found. */
static int32_t depth_of(struct ct_cut *c, int i)
{
    int32_t steps = 0;
    int j = i;
    for (; c->stamp[j] != c->clock; j += c->step[c->parent[j]]) {
        if (c->parent[j] == ORPHAN || c->parent[j] == NO_PARENT)
            return FAR;
        steps++;
        if (c->parent[j] == ROOT) {
            c->stamp[j] = c->clock;
            c->depth[j] = 1;
            steps--;
            break;
        }
    }
    int32_t depth = steps + c->depth[j];
    for (int32_t d = depth; c->stamp[i] != c->clock; i += c->step[c->parent[i]]) {
        c->stamp[i] = c->clock;
        c->depth[i] = d--;
    }
    return depth;
}

static void release(struct ct_cut *c, int i)
{
    int tree = c->tree[i];
    for (int k = 0; k < CT_CUT_WAYS; k++) {
        int j = i + c->step[k];
        if (c->tree[j] != tree)
            continue;
        if (room(c, j, k ^ 1, tree) > 0)
            activate(c, j);
        if (c->parent[j] < CT_CUT_WAYS && j + c->step[c->parent[j]] == i)
            orphan(c, j);
    }
    c->tree[i] = FREE;
    c->parent[i] = NO_PARENT;
}

static void adopt(struct ct_cut *c, int i)
{
    int tree = c->tree[i], best = -1;
    int32_t best_depth = FAR;
    for (int k = 0; k < CT_CUT_WAYS; k++) {
        int j = i + c->step[k];
        if (c->tree[j] != tree || room(c, j, k ^ 1, tree) <= 0)
            continue;
        int32_t depth = depth_of(c, j);
        if (depth < best_depth) {
            best_depth = depth;
            best = k;
        }
    }
    if (best < 0) {
        release(c, i);
        return;
    }
    c->parent[i] = (uint8_t)best;
    c->stamp[i] = c->clock;
    c->depth[i] = best_depth + 1;
}

ct_code ct_cut_run(struct ct_cut *c, const struct ct_retouch *with, struct ct_err *err)
{
    int current = 0;
    plant(c);
    for (unsigned turn = 1;; turn++) {
        if (turn % CHECK_EVERY == 0 && ct_retouch_cancelled(with))
            return ct_retouch_fail_cancelled(err);
        if (!current || c->tree[current] == FREE)
            current = take_active(c);
        if (!current)
            return CT_OK;
        int k = grow(c, current);
        if (k < 0) {
            current = 0;
            continue;
        }
        c->clock++;
        augment(c, current, k);
        while (c->n_orphans > 0)
            adopt(c, c->orphans[--c->n_orphans]);
    }
}
