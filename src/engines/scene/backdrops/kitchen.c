/* A worktop before tiles, a shelf with crockery over it. */
#include "engines/scene/backdrops/indoor.h"

void ct_backdrop_kitchen(const struct ct_backdrop_stage *stage)
{
    float r = ct_indoor_unit(stage), behind = 8.5f * r;
    ct_indoor_top(stage, behind, 0.5f * r);
    if (stage->from_above)
        return;
    int tiles = ct_indoor_material(stage, CT_MATERIAL_tile, v3(0.80f, 0.80f, 0.77f));
    if (tiles >= 0) { /* tiles as large as they are beside a mug */
        stage->world->materials[tiles].param[0] = 2.4f * r;
        stage->world->materials[tiles].param[1] = 1.2f * r;
        stage->world->materials[tiles].param[2] = 0.06f * r;
    }
    int wood = ct_indoor_material(stage, CT_MATERIAL_wood, v3(0.40f, 0.25f, 0.14f));
    int white = ct_indoor_material(stage, CT_MATERIAL_ceramic, v3(0.80f, 0.79f, 0.76f));
    int clay = ct_indoor_material(stage, CT_MATERIAL_matte, v3(0.44f, 0.30f, 0.22f));
    int green = ct_indoor_material(stage, CT_MATERIAL_ceramic, v3(0.16f, 0.22f, 0.19f));
    ct_indoor_wall(stage, behind, 0, tiles);
    const struct ct_block shelf[] = { { { 0, 4.3f * r, -behind + 0.9f * r },
                                        { 30 * r, 0.14f * r, 0.9f * r } } };
    ct_indoor_blocks(stage, shelf, 1, 0.03f * r, wood);
    const float z = -behind + 1.0f * r, y = 4.44f * r;
    ct_indoor_vessel(stage, 0, v3(-4.6f * r, y, z), 1.5f * r, white);
    ct_indoor_vessel(stage, 2, v3(-2.6f * r, y, z), 0.75f * r, clay);
    ct_indoor_vessel(stage, 0, v3(3.1f * r, y, z), 1.3f * r, green);
    ct_indoor_vessel(stage, 0, v3(4.2f * r, y, z), 1.7f * r, white);
    ct_indoor_plant(stage, v3(1.0f * r, y, z), 2.0f * r);
    /* On the worktop, at its back: a board leaning at the wall, oil, a pot of spoons. */
    const struct ct_block board[] = { { { -4.4f * r, 1.35f * r, -behind + 0.35f * r },
                                        { 1.0f * r, 1.35f * r, 0.12f * r } } };
    ct_indoor_blocks(stage, board, 1, 0.1f * r, wood);
    ct_indoor_vessel(stage, 1, v3(4.4f * r, 0, -behind + 1.3f * r), 2.4f * r, green);
    ct_indoor_vessel(stage, 3, v3(5.7f * r, 0, -behind + 1.2f * r), 1.2f * r, clay);
}
