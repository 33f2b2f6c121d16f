/* A board on a wall; what is on it stands near the wall, in its own shadow. */
#include "engines/scene/backdrops/indoor.h"

void ct_backdrop_shelf(const struct ct_backdrop_stage *stage)
{
    float r = ct_indoor_unit(stage), behind = 2.1f * r, front = 2.0f * r;
    if (stage->from_above) {
        ct_indoor_top(stage, behind, 0.5f * r);
        return;
    }
    float wide = ct_backdrop_half_width(stage, behind);
    const struct ct_block board[] = { { { 0, -0.16f * r, (front - behind) / 2 },
                                        { wide, 0.16f * r, (front + behind) / 2 } } };
    ct_indoor_wall(stage, behind, -40 * r, stage->wall);
    ct_indoor_blocks(stage, board, 1, 0.04f * r, stage->support);
    const struct ct_block brackets[] = {
        { { -3.6f * r, -0.75f * r, -behind + 0.1f * r }, { 0.09f * r, 0.45f * r, 0.1f * r } },
        { { 3.6f * r, -0.75f * r, -behind + 0.1f * r }, { 0.09f * r, 0.45f * r, 0.1f * r } },
        { { -3.6f * r, -0.40f * r, 0 }, { 0.09f * r, 0.07f * r, 1.9f * r } },
        { { 3.6f * r, -0.40f * r, 0 }, { 0.09f * r, 0.07f * r, 1.9f * r } },
    };
    ct_indoor_blocks(stage, brackets, 4, 0.03f * r,
                     ct_indoor_material(stage, CT_MATERIAL_powder_coat, v3(0.03f, 0.03f, 0.03f)));
    ct_indoor_books(stage, -7.2f * r, -4.4f * r, 0, -0.6f * r, 1.9f * r, 17);
    ct_indoor_plant(stage, v3(5.6f * r, 0, -0.5f * r), 2.4f * r);
}
