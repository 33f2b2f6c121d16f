/* Three softboxes: key, fill from the other side, and one from above and behind that draws the
 * upper edge. */
#include "engines/scene/rigs/rig.h"

void ct_rig_studio(struct ct_world *world, const struct ct_rig_stage *stage)
{
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = 55,
                     .elevation_deg = 32,
                     .distance = 6,
                     .half_width = 1.7f,
                     .half_height = 2.3f,
                     .irradiance = { 8.6f, 8.4f, 8.1f },
                 });
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = -78,
                     .elevation_deg = 18,
                     .distance = 5,
                     .half_width = 0.9f,
                     .half_height = 2.4f,
                     .irradiance = { 2.4f, 2.4f, 2.45f },
                 });
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = 180,
                     .elevation_deg = 64,
                     .distance = 5.5f,
                     .half_width = 2.6f,
                     .half_height = 1.5f,
                     .irradiance = { 3.2f, 3.2f, 3.15f },
                 });
    ct_rig_sky(world, v3(0.42f, 0.42f, 0.42f), v3(0.36f, 0.36f, 0.355f), v3(0.16f, 0.155f, 0.15f));
}
