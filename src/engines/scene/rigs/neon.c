/* Two coloured tubes, magenta on the key's side and cyan opposite, in a dark room. */
#include "engines/scene/rigs/rig.h"

void ct_rig_neon(struct ct_world *world, const struct ct_rig_stage *stage)
{
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_UNIFORM,
                     .azimuth_deg = 68,
                     .elevation_deg = 24,
                     .distance = 4.2f,
                     .half_width = 0.22f,
                     .half_height = 2.4f,
                     .irradiance = { 9.5f, 1.1f, 6.2f },
                 });
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_UNIFORM,
                     .azimuth_deg = -72,
                     .elevation_deg = 20,
                     .distance = 4.2f,
                     .half_width = 0.22f,
                     .half_height = 2.4f,
                     .irradiance = { 0.7f, 6.0f, 8.6f },
                 });
    ct_rig_light(world, stage, /* the tubes' light on the wall */
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = 180,
                     .elevation_deg = 20,
                     .distance = 7,
                     .half_width = 3,
                     .half_height = 0.8f,
                     .aim = { 0, 2.5f, -11.5f },
                     .irradiance = { 1.5f, 0.35f, 2.1f },
                 });
    ct_rig_cards(world, stage, v3(1.6f, 0.5f, 2.2f));
    ct_rig_sky(world, v3(0.022f, 0.016f, 0.038f), v3(0.020f, 0.014f, 0.034f),
               v3(0.006f, 0.005f, 0.010f));
}
