/* A block with eased edges. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/objects/object.h"

#define HALF 5.0f
#define EDGE 0.35f

const struct ct_object_shape ct_object_cube_shape = {
    .min = { -HALF, 0, -HALF },
    .max = { HALF, 2 * HALF, HALF },
    .on_y = 2 * HALF,
    .on_radius = HALF,
    .yaw = 0.6f,
    .label = { CT_DECAL_FRONT, { 0, HALF, HALF }, 4.2f, 4.2f },
};

void ct_object_cube(struct ct_object_builder *b)
{
    struct ct_mesh *box = ct_shape_box(v3(HALF, HALF, HALF), EDGE, 6);
    ct_mesh_move(box, v3(0, HALF, 0));
    ct_object_add_part(b, box, b->body);
}
