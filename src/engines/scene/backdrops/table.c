/* A slab with an eased edge, and a wall some way behind it. */
#include "engines/scene/backdrops/backdrop.h"
#include "engines/scene/geometry/shape.h"

#define THICKNESS 0.6f /* all in radii of the subject */
#define BACK_EDGE 6.2f
#define WALL 11.5f

void ct_backdrop_table(const struct ct_backdrop_stage *stage)
{
    float r = stage->radius, back = (stage->from_above ? 60 : BACK_EDGE) * r;
    float front = ct_backdrop_front(stage), half_width = ct_backdrop_half_width(stage, back);
    struct ct_mesh *slab = ct_shape_box(v3(half_width, THICKNESS / 2 * r, (front + back) / 2),
                                        ct_minf(0.06f * r, 0.5f), 4);
    ct_mesh_move(slab, v3(0, -THICKNESS / 2 * r, (front - back) / 2));
    ct_backdrop_add(stage, slab, stage->support);
    if (stage->from_above)
        return;
    float wall_width = 1.6f * ct_backdrop_half_width(stage, WALL * r);
    ct_backdrop_add(stage,
                    ct_shape_quad(v3(0, 40 * r, -WALL * r), v3(wall_width, 0, 0), v3(0, 80 * r, 0)),
                    stage->wall);
}
