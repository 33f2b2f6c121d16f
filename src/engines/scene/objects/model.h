/* Building blocks in any place and direction: what furniture, machines and toys are put together
 * from. All add to the object, in its own space; the thread and the errors are object.h's. */
#ifndef CT_SCENE_MODEL_H
#define CT_SCENE_MODEL_H

#include "engines/scene/geometry/shape.h"
#include "engines/scene/geometry/solid.h"
#include "engines/scene/objects/object.h"
#include "engines/scene/objects/parts.h"

/* A box with rounded edges. */
void ct_model_box(struct ct_object_builder *b, ct_v3 center, ct_v3 half, float radius,
                  int material);
/* The same, turned around x, then z, then y (radians) before it is moved to its centre. */
void ct_model_box_turned(struct ct_object_builder *b, ct_v3 center, ct_v3 half, float radius,
                         ct_v3 turn, int material);
/* Many of them as one part: bricks, planks, window bars. */
void ct_model_blocks(struct ct_object_builder *b, const struct ct_block *blocks, int n,
                     float radius, int material);
void ct_model_ball(struct ct_object_builder *b, ct_v3 center, ct_v3 radii, int material);
/* A straight cylinder or cone between the middles of its two ends, its edges rounded by `edge`. */
struct ct_model_drum {
    ct_v3 from, to;
    float r_from, r_to, edge;
};
void ct_model_drum(struct ct_object_builder *b, struct ct_model_drum drum, int material);
/* A profile turned around the line from `foot` along `up`. */
void ct_model_turned(struct ct_object_builder *b, const struct ct_corner *profile, int n,
                     ct_v3 foot, ct_v3 up, int material);
/* A tube on a spline, its radius going from r_from to r_to, round at both ends. */
void ct_model_tube(struct ct_object_builder *b, const ct_v3 *knots, int n, float r_from, float r_to,
                   int material);
/* A torus around `axis`. */
void ct_model_ring(struct ct_object_builder *b, ct_v3 center, ct_v3 axis, float radius,
                   float thickness, int material);
/* A leg: a drum whose foot stands flat enough that nothing reaches below foot.y. */
void ct_model_leg(struct ct_object_builder *b, ct_v3 foot, ct_v3 top, float r_foot, float r_top,
                  int material);
/* An outline with rounded corners (counter-clockwise, first = last) in the xy plane, extruded along
 * z, turned around x, then z, then y, moved to `at`. */
struct ct_model_plate {
    const struct ct_corner *corners;
    int n;
    float half_depth, bevel;
    ct_v3 turn, at;
};
void ct_model_plate(struct ct_object_builder *b, struct ct_model_plate plate, int material);
/* A plate with the outline of a rounded rectangle: half.x by half.y, half.z thick. */
void ct_model_panel(struct ct_object_builder *b, ct_v3 at, ct_v3 half, float corner, float bevel,
                    ct_v3 turn, int material);
/* A stuffed box: a superellipsoid, soft on all sides. `softness` 0.2 (box) .. 1 (ellipsoid). */
void ct_model_cushion(struct ct_object_builder *b, ct_v3 at, ct_v3 half, float softness, ct_v3 turn,
                      int material);
/* A picture surface of half extents hx, hy facing +z (u, v as in ct_shape_quad), turned and moved.
 */
void ct_model_screen(struct ct_object_builder *b, ct_v3 at, float hx, float hy, ct_v3 turn,
                     int material);
/* `n` placed copies of a mesh as one part; takes the mesh. */
void ct_model_copies(struct ct_object_builder *b, struct ct_mesh *one, const float (*places)[12],
                     int n, int material);
/* A place at `at`, k times as large, whose y is `up` and whose z looks along `face` as well as it
 * can: rows of a 3x4 matrix, for ct_model_copies(). */
void ct_model_frame(float out[12], ct_v3 at, ct_v3 up, ct_v3 face, float k);
/* A leaf or petal: a thin sheet from the origin along +y, its upper side towards +z, folded along
 * its midrib and bent back towards the tip. Both sides are seen. */
struct ct_model_leaf {
    float length, width; /* width: half of the widest place */
    float widest;        /* where that is, 0..1 of the length */
    float fold;          /* how far the edges rise above the midrib, of the width */
    float bend;          /* how far the tip falls back, of the length; negative curls inwards */
};
struct ct_mesh *ct_model_leaf(const struct ct_model_leaf *leaf);
/* Any mesh, turned around x, then z, then y, then moved. */
void ct_model_mesh(struct ct_object_builder *b, struct ct_mesh *mesh, ct_v3 turn, ct_v3 at,
                   int material);

#endif
