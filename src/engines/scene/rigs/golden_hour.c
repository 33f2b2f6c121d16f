/* The last sun, low and from behind the shoulder of the subject, under a sky that is still blue. */
#include "engines/scene/rigs/rig.h"

void ct_rig_golden_hour(struct ct_world *world, const struct ct_rig_stage *stage)
{
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_UNIFORM,
                     .azimuth_deg = 104,
                     .elevation_deg = 17,
                     .distance = 12,
                     .half_width = 0.75f,
                     .half_height = 0.75f,
                     .irradiance = { 15.0f, 8.2f, 3.3f },
                 });
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = -40,
                     .elevation_deg = 30,
                     .distance = 8,
                     .half_width = 4,
                     .half_height = 3,
                     .irradiance = { 0.8f, 0.68f, 0.62f },
                 });
    ct_rig_sky(world, v3(0.20f, 0.225f, 0.31f), v3(0.40f, 0.255f, 0.16f), v3(0.12f, 0.08f, 0.05f));
}
