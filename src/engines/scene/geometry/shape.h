/* Builders of solids and surfaces. Each returns a new mesh, NULL when out of memory. */
#ifndef CT_SCENE_SHAPE_H
#define CT_SCENE_SHAPE_H

#include "engines/scene/geometry/curve.h"
#include "engines/scene/geometry/mesh.h"

/* Turns a profile (x = radius, y = height) around the y axis in `segments` steps. The outside is
 * on the right of the walk along the profile: from the axis at the bottom, up the outer wall, down
 * the inner wall and back to the axis gives a closed, outward vessel. Corners sharper than
 * crease_deg keep an edge, the others are shaded smooth. */
struct ct_mesh *ct_shape_revolve(const struct ct_curve *profile, int segments, float crease_deg);

/* An elliptic rod along a path in the xy plane, closed at both ends. */
struct ct_sweep {
    const struct ct_curve *path;
    const float *half_in_plane;     /* one for each point of the path, cm */
    const float *half_out_of_plane; /* likewise, along z */
    int segments;                   /* around the section */
    float squareness; /* exponent of the section: 1 ellipse, 0.5 nearly a rounded rectangle */
};
struct ct_mesh *ct_shape_sweep(const struct ct_sweep *sweep);

/* A box around the origin with half extents `half` and edges rounded with `radius`. */
struct ct_mesh *ct_shape_box(ct_v3 half, float radius, int bevel_steps);

/* Many such boxes as one mesh. A radius larger than a box allows is reduced for that box. */
struct ct_block {
    ct_v3 center, half;
};
struct ct_mesh *ct_shape_blocks(const struct ct_block *blocks, int n, float radius,
                                int bevel_steps);

/* The rectangle center +- u +- v, facing cross(u, v), with texture coordinates (0, 0) at
 * center - u - v. */
struct ct_mesh *ct_shape_quad(ct_v3 center, ct_v3 half_u, ct_v3 half_v);

/* y = height(x, z) over a rectangle, facing up. */
struct ct_height_field {
    float x0, x1, z0, z1;
    int nx, nz; /* cells */
    float (*height)(const void *ctx, float x, float z);
    const void *ctx;
};
struct ct_mesh *ct_shape_height_field(const struct ct_height_field *field);

/* Any smooth surface p(u, v), u and v in [0, 1]. Faces cross(dp/dv, dp/du): with u turning from
 * +x to +z and v going up, that is away from the y axis, as in ct_shape_revolve(). A row (v = 0 or
 * v = 1) whose points coincide is a pole and shaded as one point. (u, v) are its texture
 * coordinates; across the seam of a closed surface u runs backwards, so textures use only v. */
struct ct_grid {
    int nu, nv;    /* cells */
    bool closed_u; /* u = 1 is u = 0: a tube, shaded without a seam */
    ct_v3 (*at)(const void *ctx, float u, float v);
    const void *ctx;
    /* Which cells, by their middle, are built; NULL: all. Normals are those of the whole surface,
     * so that one surface can be of several materials without a seam: panes in a car's roof. */
    bool (*keep)(const void *ctx, float u, float v);
};
struct ct_mesh *ct_shape_grid(const struct ct_grid *grid);

/* An ellipsoid around the origin. */
struct ct_mesh *ct_shape_ellipsoid(ct_v3 radii, int segments);

/* A mesh that holds `n` placed copies of `one`: seeds, sprinkles, pearls. */
struct ct_mesh *ct_shape_copies(const struct ct_mesh *one, const float (*places)[12], int n);

#endif
