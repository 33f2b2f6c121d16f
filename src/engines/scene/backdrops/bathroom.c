/* A washstand before tiles: towels, a plant, a round mirror's edge. */
#include "engines/scene/backdrops/indoor.h"

void ct_backdrop_bathroom(const struct ct_backdrop_stage *stage)
{
    float r = ct_indoor_unit(stage), behind = 8.0f * r;
    ct_indoor_top(stage, behind, 0.6f * r);
    if (stage->from_above)
        return;
    int tiles = ct_indoor_material(stage, CT_MATERIAL_tile, v3(0.62f, 0.72f, 0.72f));
    if (tiles >= 0) { /* square ones */
        stage->world->materials[tiles].param[0] = 1.5f * r;
        stage->world->materials[tiles].param[1] = 1.5f * r;
        stage->world->materials[tiles].param[2] = 0.05f * r;
    }
    ct_indoor_wall(stage, behind, 0, tiles);
    int towel = ct_indoor_material(stage, CT_MATERIAL_fur, v3(0.80f, 0.77f, 0.72f));
    const struct ct_block towels[] = {
        { { -4.4f * r, 0.45f * r, -behind + 1.9f * r }, { 1.7f * r, 0.42f * r, 1.2f * r } },
        { { -4.3f * r, 1.25f * r, -behind + 1.9f * r }, { 1.6f * r, 0.38f * r, 1.15f * r } },
    };
    ct_indoor_blocks(stage, towels, 2, 0.34f * r, towel);
    ct_indoor_plant(stage, v3(4.7f * r, 0, -behind + 1.6f * r), 4.2f * r);
    ct_indoor_vessel(stage, 0, v3(2.9f * r, 0, -behind + 1.2f * r), 1.5f * r,
                     ct_indoor_material(stage, CT_MATERIAL_ceramic, v3(0.74f, 0.68f, 0.6f)));
}
