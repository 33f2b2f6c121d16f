/* Building the hierarchy: top down, eight ways at once, by the surface area heuristic.
 *
 * A work list holds ranges of triangle references that still need a node. A range is cut by binned
 * SAH (Wald 2007) into two, the part with the largest surface again, and so on until there are
 * eight parts or every part fits a leaf; the parts become the node's children. No binary tree is
 * ever stored and nothing recurses.
 *
 * Degenerate input cannot make it deep: below SAH_MAX_DEPTH ranges are halved by count, so
 * depth <= SAH_MAX_DEPTH + log2(triangles) < CT_BVH_MAX_DEPTH. Runs on one thread, a few tenths
 * of a microsecond a triangle; looks at `cancel` every CANCEL_STRIDE references. */
#include "engines/scene/render/bvh.h"

#include "base/mem.h"

#include <string.h>

#define BINS 16
#define SAH_MAX_DEPTH 30
#define CANCEL_STRIDE 65536
#define COORDINATE_MAX 1e15f
#define FAR 1e30f

struct box {
    float lo[3], hi[3];
};

struct ref {
    struct box box;
    uint32_t instance, triangle;
};

struct range {
    struct box box;      /* of the triangles */
    struct box centroid; /* of lo + hi, which is twice the centre of a triangle's box */
    uint32_t first, count;
};

struct task {
    struct range range;
    uint32_t node; /* the node to fill */
    int depth;
};

struct leaf_range {
    uint32_t first, count;
};

struct builder {
    struct ct_bvh *bvh;
    const struct ct_world *world;
    const atomic_int *cancel;
    struct ref *refs;
    uint32_t n_refs;
    struct leaf_range *leaves;
    uint32_t n_leaves, cap_leaves, cap_nodes;
    struct task *tasks;
    uint32_t n_tasks, cap_tasks;
    uint32_t since_cancel_check;
    bool cancelled, failed;
};

static const struct box empty_box = { { FAR, FAR, FAR }, { -FAR, -FAR, -FAR } };

static void box_add(struct box *a, const struct box *b)
{
    for (int k = 0; k < 3; k++) {
        a->lo[k] = ct_minf(a->lo[k], b->lo[k]);
        a->hi[k] = ct_maxf(a->hi[k], b->hi[k]);
    }
}

static float box_half_area(const struct box *b)
{
    float x = b->hi[0] - b->lo[0], y = b->hi[1] - b->lo[1], z = b->hi[2] - b->lo[2];
    return x * y + y * z + z * x;
}

/* True when the drawing is to stop. `work` references are about to be looked at. */
static bool stopped(struct builder *b, uint32_t work)
{
    b->since_cancel_check += work;
    if (b->since_cancel_check >= CANCEL_STRIDE) {
        b->since_cancel_check = 0;
        if (b->cancel && atomic_load_explicit(b->cancel, memory_order_relaxed))
            b->cancelled = true;
    }
    return b->cancelled || b->failed;
}

static bool triangle_box(struct box *box, const struct ct_mesh *mesh, uint32_t triangle)
{
    *box = empty_box;
    for (int corner = 0; corner < 3; corner++) {
        uint32_t vertex = mesh->indices[3 * (size_t)triangle + corner];
        if (vertex >= mesh->n_vertices)
            return false;
        for (int k = 0; k < 3; k++) {
            float x = mesh->positions[3 * (size_t)vertex + k];
            if (!(fabsf(x) <= COORDINATE_MAX))
                return false;
            box->lo[k] = ct_minf(box->lo[k], x);
            box->hi[k] = ct_maxf(box->hi[k], x);
        }
    }
    return true;
}

static void gather(struct builder *b)
{
    for (int i = 0; i < b->world->n_instances; i++) {
        const struct ct_mesh *mesh = b->world->instances[i].mesh;
        for (uint32_t t = 0; t < mesh->n_triangles; t++) {
            struct ref *ref = &b->refs[b->n_refs];
            if ((t % CANCEL_STRIDE) == 0 && stopped(b, CANCEL_STRIDE))
                return;
            if (!triangle_box(&ref->box, mesh, t))
                continue;
            ref->instance = (uint32_t)i;
            ref->triangle = t;
            b->n_refs++;
        }
    }
}

static struct range measure(struct builder *b, uint32_t first, uint32_t count)
{
    struct range r = { empty_box, empty_box, first, count };
    for (uint32_t i = first; i < first + count; i++) {
        const struct box *box = &b->refs[i].box;
        box_add(&r.box, box);
        for (int k = 0; k < 3; k++) {
            float c = box->lo[k] + box->hi[k];
            r.centroid.lo[k] = ct_minf(r.centroid.lo[k], c);
            r.centroid.hi[k] = ct_maxf(r.centroid.hi[k], c);
        }
        if ((i % CANCEL_STRIDE) == 0 && stopped(b, CANCEL_STRIDE))
            break;
    }
    return r;
}

struct bin {
    struct box box;
    uint32_t count;
};

struct cut {
    int axis; /* -1: none found */
    int bin;  /* the last one on the left */
    float cost;
};

static float bin_scale(const struct range *r, int axis)
{
    float extent = r->centroid.hi[axis] - r->centroid.lo[axis];
    return extent > 1e-20f ? (float)BINS * 0.9999f / extent : 0;
}

static int bin_of(const struct ref *ref, int axis, float origin, float scale)
{
    int bin = (int)((ref->box.lo[axis] + ref->box.hi[axis] - origin) * scale);
    return bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin;
}

/* Lowers *best to the cheapest of the fifteen cuts along `axis`. A leaf tests eight triangles at
 * the price of one, so counts are taken in eights. */
static void best_cut(const struct bin bins[BINS], int axis, struct cut *best)
{
    float right_area[BINS];
    uint32_t right_count[BINS], count = 0;
    struct box box = empty_box;
    for (int i = BINS - 1; i > 0; i--) {
        box_add(&box, &bins[i].box);
        count += bins[i].count;
        right_area[i] = count ? box_half_area(&box) : 0;
        right_count[i] = count;
    }
    box = empty_box;
    count = 0;
    for (int i = 0; i < BINS - 1; i++) {
        box_add(&box, &bins[i].box);
        count += bins[i].count;
        if (!count || !right_count[i + 1])
            continue;
        float cost = box_half_area(&box) * (float)((count + 7) / 8) +
                     right_area[i + 1] * (float)((right_count[i + 1] + 7) / 8);
        if (cost < best->cost)
            *best = (struct cut){ axis, i, cost };
    }
}

static struct cut find_cut(struct builder *b, const struct range *r)
{
    struct cut best = { -1, 0, INFINITY };
    struct bin bins[3][BINS];
    float scale[3];
    for (int axis = 0; axis < 3; axis++) {
        scale[axis] = bin_scale(r, axis);
        for (int i = 0; i < BINS; i++)
            bins[axis][i] = (struct bin){ empty_box, 0 };
    }
    for (uint32_t i = r->first; i < r->first + r->count; i++) {
        const struct ref *ref = &b->refs[i];
        for (int axis = 0; axis < 3; axis++) {
            struct bin *bin = &bins[axis][bin_of(ref, axis, r->centroid.lo[axis], scale[axis])];
            box_add(&bin->box, &ref->box);
            bin->count++;
        }
        if ((i % CANCEL_STRIDE) == 0 && stopped(b, CANCEL_STRIDE))
            break;
    }
    for (int axis = 0; axis < 3; axis++)
        if (scale[axis] > 0)
            best_cut(bins[axis], axis, &best);
    return best;
}

/* Moves the references left of the cut to the front; returns where the right side begins. */
static uint32_t partition(struct builder *b, const struct range *r, const struct cut *cut)
{
    float origin = r->centroid.lo[cut->axis], scale = bin_scale(r, cut->axis);
    uint32_t i = r->first, j = r->first + r->count;
    while (i < j) {
        if (bin_of(&b->refs[i], cut->axis, origin, scale) <= cut->bin) {
            i++;
        } else {
            struct ref t = b->refs[i];
            b->refs[i] = b->refs[--j];
            b->refs[j] = t;
        }
    }
    return i;
}

static void split(struct builder *b, struct range *left, struct range *right, int depth)
{
    struct range whole = *left;
    uint32_t middle = whole.first + whole.count / 2;
    stopped(b, whole.count);
    if (depth < SAH_MAX_DEPTH) {
        struct cut cut = find_cut(b, &whole);
        if (cut.axis >= 0 && !b->cancelled)
            middle = partition(b, &whole, &cut);
    }
    *left = measure(b, whole.first, middle - whole.first);
    *right = measure(b, middle, whole.first + whole.count - middle);
}

static bool reserve_nodes(struct builder *b, uint32_t n)
{
    if (n <= b->cap_nodes)
        return true;
    uint32_t cap = b->cap_nodes ? b->cap_nodes * 2 : 64;
    struct ct_bvh_node *nodes = ct_aligned(64, cap * sizeof(*nodes));
    if (!nodes) {
        b->failed = true;
        return false;
    }
    if (b->bvh->nodes)
        memcpy(nodes, b->bvh->nodes, b->bvh->n_nodes * sizeof(*nodes));
    ct_free(b->bvh->nodes);
    b->bvh->nodes = nodes;
    b->cap_nodes = cap;
    return true;
}

static int32_t add_leaf(struct builder *b, uint32_t first, uint32_t count)
{
    if (b->n_leaves == b->cap_leaves) {
        uint32_t cap = b->cap_leaves ? b->cap_leaves * 2 : 256;
        void *grown = ct_reallocarray(b->leaves, cap, sizeof(*b->leaves));
        if (!grown) {
            b->failed = true;
            return -1;
        }
        b->leaves = grown;
        b->cap_leaves = cap;
    }
    b->leaves[b->n_leaves] = (struct leaf_range){ first, count };
    return ~(int32_t)b->n_leaves++;
}

/* Queues a range for a node of its own and returns the node's number. */
static int32_t add_task(struct builder *b, const struct range *range, int depth)
{
    if (b->n_tasks == b->cap_tasks) {
        uint32_t cap = b->cap_tasks ? b->cap_tasks * 2 : 64;
        void *grown = ct_reallocarray(b->tasks, cap, sizeof(*b->tasks));
        if (!grown) {
            b->failed = true;
            return 0;
        }
        b->tasks = grown;
        b->cap_tasks = cap;
    }
    if (!reserve_nodes(b, b->bvh->n_nodes + 1))
        return 0;
    uint32_t node = b->bvh->n_nodes++;
    b->tasks[b->n_tasks++] = (struct task){ *range, node, depth };
    return (int32_t)node;
}

static void fill_node(struct builder *b, const struct task *task)
{
    struct range part[8];
    int n = 1;
    part[0] = task->range;
    while (n < 8) {
        int largest = -1;
        float area = -1;
        for (int i = 0; i < n; i++) {
            float a = box_half_area(&part[i].box);
            if (part[i].count > CT_BVH_LEAF_SIZE && a > area) {
                area = a;
                largest = i;
            }
        }
        if (largest < 0)
            break;
        split(b, &part[largest], &part[n], task->depth);
        n++;
        if (b->cancelled)
            return;
    }
    for (int i = 0; i < 8; i++) {
        int32_t child = 0;
        if (i < n)
            child = part[i].count > CT_BVH_LEAF_SIZE ? add_task(b, &part[i], task->depth + 1)
                                                     : add_leaf(b, part[i].first, part[i].count);
        if (b->failed)
            return;
        struct ct_bvh_node *node = &b->bvh->nodes[task->node]; /* may have moved */
        for (int k = 0; k < 3; k++) {
            node->lo[k][i] = i < n ? part[i].box.lo[k] : FAR;
            node->hi[k][i] = i < n ? part[i].box.hi[k] : -FAR;
        }
        node->child[i] = child;
    }
}

static bool is_glass(const struct ct_world *world, const struct ct_mesh *mesh)
{
    return mesh->material >= 0 && mesh->material < world->n_materials &&
           world->materials[mesh->material].glass;
}

static void fill_leaf(struct builder *b, struct ct_bvh_leaf *leaf, const struct leaf_range *range)
{
    memset(leaf, 0, sizeof(*leaf));
    for (uint32_t lane = 0; lane < range->count; lane++) {
        const struct ref *ref = &b->refs[range->first + lane];
        const struct ct_mesh *mesh = b->world->instances[ref->instance].mesh;
        const uint32_t *index = mesh->indices + 3 * (size_t)ref->triangle;
        for (int corner = 0; corner < 3; corner++)
            for (int k = 0; k < 3; k++)
                leaf->corner[corner][k][lane] = mesh->positions[3 * (size_t)index[corner] + k];
        leaf->instance[lane] = ref->instance;
        leaf->triangle[lane] = ref->triangle;
        if (is_glass(b->world, mesh))
            leaf->glass |= 1u << lane;
    }
}

static void build(struct builder *b)
{
    gather(b);
    if (b->cancelled)
        return;
    struct range all = measure(b, 0, b->n_refs);
    add_task(b, &all, 0);
    while (b->n_tasks && !stopped(b, 0)) {
        struct task task = b->tasks[--b->n_tasks];
        fill_node(b, &task);
    }
    if (b->cancelled || b->failed)
        return;
    struct ct_bvh *bvh = b->bvh;
    bvh->leaves = ct_aligned(64, b->n_leaves * sizeof(*bvh->leaves));
    if (!bvh->leaves) {
        b->failed = true;
        return;
    }
    for (uint32_t i = 0; i < b->n_leaves && !stopped(b, CT_BVH_LEAF_SIZE); i++)
        fill_leaf(b, &bvh->leaves[i], &b->leaves[i]);
    bvh->n_leaves = b->n_leaves;
    bvh->n_triangles = b->n_refs;
}

ct_code ct_bvh_build(struct ct_bvh *bvh, const struct ct_world *world, const atomic_int *cancel,
                     struct ct_err *err)
{
    struct builder b = { .bvh = bvh, .world = world, .cancel = cancel };
    size_t n = 1;
    *bvh = (struct ct_bvh){ 0 };
    for (int i = 0; i < world->n_instances; i++)
        n += world->instances[i].mesh->n_triangles;
    if (n > INT32_MAX / 4)
        return ct_fail(err, CT_E_MEMORY, NULL, "The scene has %zu triangles, too many to draw.", n);
    b.refs = ct_reallocarray(NULL, n, sizeof(*b.refs));
    if (b.refs)
        build(&b);
    else
        b.failed = true;
    ct_free(b.refs);
    ct_free(b.leaves);
    ct_free(b.tasks);
    if (b.failed || b.cancelled)
        ct_bvh_release(bvh);
    if (b.cancelled)
        return ct_fail(err, CT_E_CANCELLED, NULL, "The drawing was cancelled.");
    if (b.failed)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while sorting %zu triangles.", n - 1);
    return CT_OK;
}

void ct_bvh_release(struct ct_bvh *bvh)
{
    ct_free(bvh->nodes);
    ct_free(bvh->leaves);
    *bvh = (struct ct_bvh){ 0 };
}
