/* A workbench: a board with hanging tools on a brick wall. */
#include "engines/scene/backdrops/indoor.h"

void ct_backdrop_workshop(const struct ct_backdrop_stage *stage)
{
    float r = ct_indoor_unit(stage), behind = 10 * r, z = -behind + 0.4f * r;
    ct_indoor_top(stage, behind - r, 0.9f * r);
    if (stage->from_above)
        return;
    int brick = ct_indoor_material(stage, CT_MATERIAL_brick, v3(0.40f, 0.24f, 0.18f));
    if (brick >= 0) {
        struct ct_material *m = &stage->world->materials[brick];
        m->param[0] = 2.2f * r;
        m->param[1] = 0.75f * r;
        m->param[2] = 0.12f * r;
    }
    ct_indoor_wall(stage, behind, -8 * r, brick);
    int wood = ct_indoor_material(stage, CT_MATERIAL_wood, v3(0.34f, 0.21f, 0.11f));
    int steel = ct_indoor_material(stage, CT_MATERIAL_brushed_steel, v3(0.40f, 0.40f, 0.40f));
    const struct ct_block board[] = { { { 0, 5.4f * r, z - 0.2f * r },
                                        { 8.5f * r, 2.9f * r, 0.15f * r } } };
    ct_indoor_blocks(stage, board, 1, 0.05f * r, wood);
    struct ct_block handles[14], heads[14];
    for (int i = 0; i < 14; i++) { /* chisels, files, screwdrivers in a row; hammers between */
        float x = (-7.4f + 1.14f * (float)i) * r, y = 6.9f * r - 0.25f * r * (float)(i % 3);
        handles[i] =
            (struct ct_block){ { x, y, z + 0.1f * r }, { 0.14f * r, 0.55f * r, 0.14f * r } };
        heads[i] = i % 4 == 3 ? (struct ct_block){ { x, y - 1.2f * r, z + 0.1f * r },
                                                   { 0.5f * r, 0.16f * r, 0.16f * r } }
                              : (struct ct_block){ { x, y - 1.5f * r, z + 0.1f * r },
                                                   { 0.07f * r, 0.95f * r, 0.05f * r } };
    }
    ct_indoor_blocks(stage, handles, 14, 0.08f * r,
                     ct_indoor_material(stage, CT_MATERIAL_lacquer, v3(0.30f, 0.10f, 0.05f)));
    ct_indoor_blocks(stage, heads, 14, 0.03f * r, steel);
    const struct ct_block timber[] = {
        { { 5.6f * r, 0.35f * r, -behind + 3 * r }, { 2.4f * r, 0.35f * r, 0.9f * r } },
        { { 5.2f * r, 1.0f * r, -behind + 2.8f * r }, { 2.1f * r, 0.3f * r, 0.8f * r } },
    };
    ct_indoor_blocks(stage, timber, 2, 0.05f * r, wood);
    ct_indoor_vessel(stage, 3, v3(-5.6f * r, 0, -behind + 2.5f * r), 1.7f * r, steel);
}
