/* Bounding volume hierarchy, eight children a node, over all triangles of a world.
 *
 * Built once for a drawing, then immutable and shared by all threads. */
#ifndef CT_SCENE_BVH_H
#define CT_SCENE_BVH_H

#include "engines/scene/render/isa.h"
#include "engines/scene/render/world.h"

#include <stdatomic.h>

/* Deepest path from the root; the builder keeps to it whatever the triangles are, so a traversal
 * stack of 7 * CT_BVH_MAX_DEPTH + 8 entries never overflows. */
#define CT_BVH_MAX_DEPTH 64
#define CT_BVH_LEAF_SIZE 8

/* The boxes of eight children by [axis][child]; child: >= 0 a node, < 0 the leaf ~child. Unused
 * slots have lo > hi. */
struct ct_bvh_node {
    float lo[3][8], hi[3][8];
    int32_t child[8];
} __attribute__((aligned(32)));

/* Eight triangles side by side. Unused lanes are a point: no ray hits them. */
struct ct_bvh_leaf {
    float corner[3][3][8]; /* [corner][axis][triangle] */
    uint32_t instance[8], triangle[8];
    uint32_t glass; /* a bit for each triangle that light passes */
} __attribute__((aligned(32)));

struct ct_bvh {
    struct ct_bvh_node *nodes; /* nodes[0] is the root; there is always one */
    struct ct_bvh_leaf *leaves;
    uint32_t n_nodes, n_leaves, n_triangles;
};

/* Triangles with an index out of range, or a coordinate that is not finite or beyond 1e15, are
 * left out. Unused *bvh on failure. CT_E_MEMORY, CT_E_CANCELLED. */
CT_MUSTCHECK ct_code ct_bvh_build(struct ct_bvh *bvh, const struct ct_world *world,
                                  const atomic_int *cancel, struct ct_err *err);
void ct_bvh_release(struct ct_bvh *bvh);

struct ct_hit {
    float t;
    float u, v; /* weights of the second and third corner */
    uint32_t instance, triangle;
};

/* Nearest hit with 0 < t < t_max; false leaves *hit alone. Watertight: a ray through an edge or
 * corner that triangles share hits one of them. */
#define ct_bvh_nearest CT_ISA_NAME(ct_bvh_nearest)
bool ct_bvh_nearest(const struct ct_bvh *bvh, ct_v3 origin, ct_v3 direction, float t_max,
                    struct ct_hit *hit);
/* What is in 0 < t < t_max: nothing, glass alone, or something opaque? */
enum ct_shadow { CT_SHADOW_NONE, CT_SHADOW_GLASS, CT_SHADOW_FULL };
#define ct_bvh_shadow CT_ISA_NAME(ct_bvh_shadow)
enum ct_shadow ct_bvh_shadow(const struct ct_bvh *bvh, ct_v3 origin, ct_v3 direction, float t_max);
/* Is anything in 0 < t < t_max? */
#define ct_bvh_occluded CT_ISA_NAME(ct_bvh_occluded)
bool ct_bvh_occluded(const struct ct_bvh *bvh, ct_v3 origin, ct_v3 direction, float t_max);

#endif
