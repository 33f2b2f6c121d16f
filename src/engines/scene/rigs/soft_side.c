/* A large window on one side, a room around it: the light of most product photographs. */
#include "engines/scene/rigs/rig.h"

void ct_rig_soft_side(struct ct_world *world, const struct ct_rig_stage *stage)
{
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_WINDOW,
                     .azimuth_deg = 75,
                     .elevation_deg = 24,
                     .distance = 10.5f,
                     .half_width = 3.4f,
                     .half_height = 4.4f,
                     .irradiance = { 13.0f, 12.2f, 11.2f },
                 });
    ct_rig_sky(world, v3(0.20f, 0.21f, 0.24f), v3(0.165f, 0.165f, 0.17f),
               v3(0.08f, 0.076f, 0.072f));
}
