/* A reading room: shelves full of books from wall to wall. */
#include "engines/scene/backdrops/indoor.h"

void ct_backdrop_library(const struct ct_backdrop_stage *stage)
{
    bool floor = ct_indoor_on_floor(stage);
    float r = ct_indoor_unit(stage), behind = floor ? 0.72f * r + 60 : 13 * r;
    float pitch = floor ? 36 : 3.6f * r, width = floor ? 95 : 8.5f * r, foot = floor ? 0 : -8 * r;
    if (floor)
        ct_indoor_floor(stage, behind);
    else
        ct_indoor_top(stage, 5 * r, 0.5f * r);
    if (stage->from_above)
        return;
    int wood = ct_indoor_material(stage, CT_MATERIAL_wood, v3(0.17f, 0.085f, 0.045f));
    ct_indoor_wall(stage, behind, foot, wood);
    struct ct_block boards[24];
    int n = 0;
    for (int i = 0; i <= 8; i++)
        boards[n++] = (struct ct_block){ { 0, foot + pitch * (float)i, -behind + 0.4f * pitch },
                                         { 3.2f * width, 0.035f * pitch, 0.4f * pitch } };
    for (int i = -2; i <= 2; i++)
        boards[n++] = (struct ct_block){ { width * ((float)i + 0.4f), foot + 4 * pitch,
                                           -behind + 0.42f * pitch },
                                         { 0.05f * pitch, 4 * pitch, 0.42f * pitch } };
    ct_indoor_blocks(stage, boards, n, 0.01f * pitch, wood);
    for (int row = 0; row < 8; row++)
        for (int bay = -2; bay < 2; bay++)
            ct_indoor_books(stage, width * ((float)bay + 0.4f) + 0.08f * pitch,
                            width * ((float)bay + 1.38f) - 0.1f * pitch,
                            foot + pitch * (float)row + 0.035f * pitch, -behind + 0.72f * pitch,
                            0.84f * pitch, (uint32_t)(row * 7 + bay + 3));
}
