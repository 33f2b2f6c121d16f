/* Parts many objects are put together from. All add to the object in its own space; the thread
 * and the errors are object.h's. */
#ifndef CT_SCENE_PARTS_H
#define CT_SCENE_PARTS_H

#include "engines/scene/geometry/shape.h"
#include "engines/scene/objects/object.h"

/* True when the prompt left the look open: neither another material nor a colour. Then an object
 * may show the colours of its kind; else it keeps to what was asked for. */
bool ct_part_is_natural(const struct ct_object_builder *b);
/* The body's material, in the kind's own colour when the look is open. */
int ct_part_body(struct ct_object_builder *b, ct_v3 own_color);
/* For the parts that make an object what it is in several colours (a cake's cherries): of the
 * material and colour given, or the body's when the prompt named another material. */
int ct_part_dressed(struct ct_object_builder *b, enum ct_material_id material, ct_v3 color);

/* A turned solid from a profile with rounded corners, smooth up to creases of 40 degrees. */
void ct_part_turned(struct ct_object_builder *b, const struct ct_corner *profile, int n,
                    int material);
/* The same in another place: turned around z by `tilt`, then around y by `yaw`, then moved. */
struct ct_part_pose {
    float tilt, yaw;
    ct_v3 at;
};
void ct_part_turned_at(struct ct_object_builder *b, const struct ct_corner *profile, int n,
                       struct ct_part_pose pose, int material);

/* A round rod through knots in the xy plane, its radius going from `from` to `to`. */
struct ct_mesh *ct_part_rod(const ct_v2 *knots, int n, float from, float to);
/* A strap or handle: the same with a section `in_plane` by `out_of_plane`, half widths. */
struct ct_mesh *ct_part_strap(const ct_v2 *knots, int n, float in_plane, float out_of_plane,
                              float squareness);

/* A flat body: an outline around the y axis, extruded upwards from y = 0 with rounded edges.
 * outline(ctx, angle) is its distance from the axis, so it must be seen whole from there. */
struct ct_slab {
    float (*outline)(const void *ctx, float angle);
    const void *ctx;
    float thickness, edge; /* edge: radius of the rounding, at most half the thickness */
    float focus;           /* 0..0.9: how much closer together points lie around angle 0 */
    int segments;
};
struct ct_mesh *ct_part_slab(const struct ct_slab *slab);

/* A random number in [0, 1) for the k-th small thing of an object. */
float ct_part_random(const struct ct_object_builder *b, int k);

#endif
