/* A desk at home: books, a pot of pens and a plant, a wall behind. */
#include "engines/scene/backdrops/indoor.h"

void ct_backdrop_desk(const struct ct_backdrop_stage *stage)
{
    float r = ct_indoor_unit(stage), behind = 9.5f * r, z = -behind + 1.8f * r;
    ct_indoor_top(stage, behind - 0.6f * r, 0.5f * r);
    if (stage->from_above)
        return;
    ct_indoor_wall(stage, behind, -8 * r, stage->wall);
    ct_indoor_books(stage, -7.6f * r, -4.0f * r, 0, z, 2.9f * r, 5);
    ct_indoor_plant(stage, v3(6.2f * r, 0, z), 4.6f * r);
    int grey = ct_indoor_material(stage, CT_MATERIAL_ceramic, v3(0.36f, 0.38f, 0.40f));
    ct_indoor_vessel(stage, 3, v3(4.0f * r, 0, z), 1.3f * r, grey);
    struct ct_block pens[5];
    for (int i = 0; i < 5; i++)
        pens[i] =
            (struct ct_block){ { (3.75f + 0.13f * (float)i) * r, (1.5f + 0.1f * (float)(i & 1)) * r,
                                 z + 0.12f * r * (float)(i % 3 - 1) },
                               { 0.045f * r, 0.75f * r, 0.045f * r } };
    ct_indoor_blocks(stage, pens, 5, 0.02f * r,
                     ct_indoor_material(stage, CT_MATERIAL_wood, v3(0.55f, 0.40f, 0.18f)));
    /* A note board on the wall. */
    const struct ct_block board[] = { { { 0.8f * r, 5.8f * r, -behind + 0.1f * r },
                                        { 3.0f * r, 2.0f * r, 0.1f * r } } };
    const struct ct_block notes[] = {
        { { -0.9f * r, 6.4f * r, -behind + 0.22f * r }, { 0.55f * r, 0.7f * r, 0.02f * r } },
        { { 0.8f * r, 5.7f * r, -behind + 0.22f * r }, { 0.8f * r, 0.55f * r, 0.02f * r } },
        { { 2.5f * r, 6.5f * r, -behind + 0.22f * r }, { 0.5f * r, 0.5f * r, 0.02f * r } },
    };
    ct_indoor_blocks(stage, board, 1, 0.05f * r,
                     ct_indoor_material(stage, CT_MATERIAL_matte, v3(0.50f, 0.36f, 0.23f)));
    ct_indoor_blocks(stage, notes, 3, 0.01f * r,
                     ct_indoor_material(stage, CT_MATERIAL_paper, v3(0.85f, 0.83f, 0.76f)));
}
