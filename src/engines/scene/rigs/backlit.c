/* A wide softbox behind and above, so that edges shine, and a weak one at the camera. */
#include "engines/scene/rigs/rig.h"

void ct_rig_backlit(struct ct_world *world, const struct ct_rig_stage *stage)
{
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = 155,
                     .elevation_deg = 34,
                     .distance = 6.5f,
                     .half_width = 2.2f,
                     .half_height = 1.8f,
                     .irradiance = { 8.2f, 7.8f, 7.2f },
                 });
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = -35,
                     .elevation_deg = 25,
                     .distance = 7,
                     .half_width = 3,
                     .half_height = 3,
                     .irradiance = { 2.9f, 2.9f, 2.95f },
                 });
    ct_rig_cards(world, stage, v3(1.6f, 1.5f, 1.35f));
    ct_rig_sky(world, v3(0.30f, 0.305f, 0.32f), v3(0.26f, 0.255f, 0.25f), v3(0.1f, 0.1f, 0.1f));
}
