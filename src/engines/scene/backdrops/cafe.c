/* A café: a dark room full of warm lamps, far out of focus. */
#include "engines/scene/backdrops/indoor.h"

#include "engines/scene/math/noise.h"

void ct_backdrop_cafe(const struct ct_backdrop_stage *stage)
{
    float r = ct_indoor_unit(stage), behind = 34 * r;
    ct_indoor_top(stage, 5 * r, 0.5f * r);
    if (stage->from_above)
        return;
    ct_indoor_wall(stage, behind, -20 * r,
                   ct_indoor_material(stage, CT_MATERIAL_matte, v3(0.115f, 0.075f, 0.052f)));
    int warm = ct_indoor_glow(stage, v3(15, 8.6f, 3.6f)),
        dim = ct_indoor_glow(stage, v3(5.0f, 2.4f, 0.9f));
    for (uint32_t k = 0; k < 16; k++) {
        float x = (2 * ct_hash32_unit(ct_hash32(k + 5)) - 1) * 19,
              y = 2.0f + 11 * ct_hash32_unit(ct_hash32(k + 71));
        float z = 12 + 18 * ct_hash32_unit(ct_hash32(k + 333)),
              size = 0.22f + 0.16f * ct_hash32_unit(ct_hash32(k + 99));
        ct_indoor_ball(stage, v3(x * r, y * r, -z * r), v3(size * r, size * r, size * r),
                       k & 1 ? warm : dim);
    }
    int wood = ct_indoor_material(stage, CT_MATERIAL_wood, v3(0.20f, 0.11f, 0.06f));
    const struct ct_block bar[] = {
        { { 6 * r, -4 * r, -behind + 7 * r }, { 14 * r, 5 * r, 3 * r } },
        { { 2 * r, 7.5f * r, -behind + 1.2f * r }, { 18 * r, 0.25f * r, 1.2f * r } },
    };
    ct_indoor_blocks(stage, bar, 2, 0.1f * r, wood);
    int cream = ct_indoor_material(stage, CT_MATERIAL_ceramic, v3(0.55f, 0.46f, 0.36f));
    for (int i = 0; i < 9; i++)
        ct_indoor_vessel(stage, i & 1 ? 0 : 1,
                         v3((-12 + 3.4f * (float)i) * r, 7.75f * r, -behind + 1.2f * r),
                         (1.8f + 0.7f * (float)(i % 3)) * r, cream);
}
