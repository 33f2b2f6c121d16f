/* Hot: a ray against the hierarchy, eight boxes or eight triangles at a time.
 *
 * Triangles are tested in the way of Woop, Benthin and Wald, "Watertight Ray/Triangle
 * Intersection" (JCGT 2013): the ray is sheared onto an axis, and the sign of three edge functions
 * decides. Neighbours compute a shared edge's function from the same two numbers with opposite
 * signs, so no ray slips between them; zero counts as inside for both. Boxes are widened by a few
 * ulps for the same reason (Ize, "Robust BVH Ray Traversal", JCGT 2013). */
#include "engines/scene/render/bvh.h"
#include "engines/scene/math/simd.h"

#include <string.h>

#define STACK_SIZE (7 * CT_BVH_MAX_DEPTH + 8)
#define BOX_SLACK 1.0000005f

struct ray {
    ct_f8 inverse[3], origin[3]; /* broadcast */
    bool negative[3];
    int kx, ky, kz;
    ct_f8 shear_x, shear_y, shear_z;
};

struct entry {
    int32_t child;
    float t;
};

CT_INLINE float away_from_zero(float d)
{
    return fabsf(d) > 1e-12f ? d : copysignf(1e-12f, d);
}

CT_INLINE void ray_init(struct ray *r, ct_v3 o, ct_v3 d)
{
    const float origin[3] = { o.x, o.y, o.z };
    const float direction[3] = { d.x, d.y, d.z };
    for (int k = 0; k < 3; k++) {
        float inverse = 1.0f / away_from_zero(direction[k]);
        r->inverse[k] = ct_f8_set(inverse);
        r->origin[k] = ct_f8_set(origin[k]);
        r->negative[k] = inverse < 0;
    }
    float ax = fabsf(d.x), ay = fabsf(d.y), az = fabsf(d.z);
    r->kz = ax > ay ? (ax > az ? 0 : 2) : (ay > az ? 1 : 2);
    r->kx = r->kz == 2 ? 0 : r->kz + 1;
    r->ky = r->kx == 2 ? 0 : r->kx + 1;
    float inverse = 1.0f / away_from_zero(direction[r->kz]);
    r->shear_x = ct_f8_set(direction[r->kx] * inverse);
    r->shear_y = ct_f8_set(direction[r->ky] * inverse);
    r->shear_z = ct_f8_set(inverse);
}

/* Entry distances of the eight children; returns a bit for each that the ray meets. */
CT_INLINE uint32_t hit_boxes(const struct ct_bvh_node *n, const struct ray *r, float t_max,
                             ct_f8 *entry)
{
    ct_f8 t0 = ct_f8_set(0), t1 = ct_f8_set(t_max);
    for (int k = 0; k < 3; k++) {
        ct_f8 near = ct_f8_load(r->negative[k] ? n->hi[k] : n->lo[k]);
        ct_f8 far = ct_f8_load(r->negative[k] ? n->lo[k] : n->hi[k]);
        t0 = ct_f8_max((near - r->origin[k]) * r->inverse[k], t0);
        t1 = ct_f8_min((far - r->origin[k]) * r->inverse[k], t1);
    }
    *entry = t0;
    return ct_i8_mask(t0 <= t1 * BOX_SLACK);
}

struct lanes {
    ct_f8 t, v, w, det;
};

/* A bit for each of the leaf's triangles that the ray meets before t_max. */
CT_INLINE uint32_t hit_triangles(const struct ct_bvh_leaf *leaf, const struct ray *r, float t_max,
                                 struct lanes *out)
{
    ct_f8 x[3], y[3], z[3];
    for (int c = 0; c < 3; c++) {
        z[c] = ct_f8_load(leaf->corner[c][r->kz]) - r->origin[r->kz];
        x[c] = ct_f8_load(leaf->corner[c][r->kx]) - r->origin[r->kx] - r->shear_x * z[c];
        y[c] = ct_f8_load(leaf->corner[c][r->ky]) - r->origin[r->ky] - r->shear_y * z[c];
    }
    ct_f8 u = x[2] * y[1] - y[2] * x[1];
    ct_f8 v = x[0] * y[2] - y[0] * x[2];
    ct_f8 w = x[1] * y[0] - y[1] * x[0];
    ct_f8 det = u + v + w;
    ct_i8 inside =
        ((u >= 0.0f) & (v >= 0.0f) & (w >= 0.0f)) | ((u <= 0.0f) & (v <= 0.0f) & (w <= 0.0f));
    inside &= det != 0.0f;
    if (!ct_i8_mask(inside))
        return 0;
    ct_f8 t = (u * z[0] + v * z[1] + w * z[2]) * r->shear_z / det;
    out->t = t;
    out->v = v;
    out->w = w;
    out->det = det;
    return ct_i8_mask(inside & (t > 0.0f) & (t < t_max));
}

/* Pushes all children in `met` except the nearest, farthest first, and returns the nearest. */
CT_INLINE int32_t push_children(const struct ct_bvh_node *node, uint32_t met, ct_f8 entry,
                                struct entry *stack, int *size)
{
    float t[8];
    memcpy(t, &entry, sizeof(t));
    int base = *size, top = base, nearest = __builtin_ctz(met);
    for (met &= met - 1; met; met &= met - 1) {
        int other = __builtin_ctz(met);
        if (t[other] < t[nearest]) {
            int swap = nearest;
            nearest = other;
            other = swap;
        }
        int slot = top++;
        for (; slot > base && stack[slot - 1].t < t[other]; slot--)
            stack[slot] = stack[slot - 1];
        stack[slot] = (struct entry){ node->child[other], t[other] };
    }
    *size = top;
    return node->child[nearest];
}

/* What a ray asks for: the nearest hit; whether there is one; whether there is an opaque one, and
 * if not, whether there is glass. */
enum question { NEAREST, ANY, OPAQUE };

/* NEAREST and ANY: is there a hit? OPAQUE: is there an opaque one? *glass becomes true where glass
 * was met. */
CT_INLINE bool traverse(const struct ct_bvh *bvh, ct_v3 o, ct_v3 d, float t_max, struct ct_hit *hit,
                        enum question question, bool *glass)
{
    struct entry stack[STACK_SIZE];
    struct ray ray;
    bool found = false;
    int size = 0;
    ray_init(&ray, o, d);
    stack[size++] = (struct entry){ 0, 0 };
    while (size) {
        struct entry top = stack[--size];
        if (top.t > t_max)
            continue;
        int32_t child = top.child;
        bool missed = false;
        while (child >= 0) {
            const struct ct_bvh_node *node = &bvh->nodes[child];
            ct_f8 entry;
            uint32_t met = hit_boxes(node, &ray, t_max, &entry);
            missed = !met;
            if (missed)
                break;
            child = push_children(node, met, entry, stack, &size);
        }
        if (missed)
            continue;
        const struct ct_bvh_leaf *leaf = &bvh->leaves[~child];
        struct lanes lanes;
        uint32_t met = hit_triangles(leaf, &ray, t_max, &lanes);
        if (question == OPAQUE) {
            *glass |= met != 0;
            met &= ~leaf->glass;
        }
        if (question != NEAREST && met)
            return true;
        for (; met; met &= met - 1) {
            int i = __builtin_ctz(met);
            if (lanes.t[i] >= t_max)
                continue;
            t_max = lanes.t[i];
            *hit = (struct ct_hit){ t_max, lanes.v[i] / lanes.det[i], lanes.w[i] / lanes.det[i],
                                    leaf->instance[i], leaf->triangle[i] };
            found = true;
        }
    }
    return found;
}

bool ct_bvh_nearest(const struct ct_bvh *bvh, ct_v3 origin, ct_v3 direction, float t_max,
                    struct ct_hit *hit)
{
    return traverse(bvh, origin, direction, t_max, hit, NEAREST, NULL);
}

bool ct_bvh_occluded(const struct ct_bvh *bvh, ct_v3 origin, ct_v3 direction, float t_max)
{
    return traverse(bvh, origin, direction, t_max, NULL, ANY, NULL);
}

enum ct_shadow ct_bvh_shadow(const struct ct_bvh *bvh, ct_v3 origin, ct_v3 direction, float t_max)
{
    bool glass = false;
    if (traverse(bvh, origin, direction, t_max, NULL, OPAQUE, &glass))
        return CT_SHADOW_FULL;
    return glass ? CT_SHADOW_GLASS : CT_SHADOW_NONE;
}
