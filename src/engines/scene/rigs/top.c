/* One very large softbox overhead: flat lays. */
#include "engines/scene/rigs/rig.h"

void ct_rig_top(struct ct_world *world, const struct ct_rig_stage *stage)
{
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = 100,
                     .elevation_deg = 62,
                     .distance = 8,
                     .half_width = 3,
                     .half_height = 3,
                     .irradiance = { 8.4f, 8.25f, 8.0f },
                 });
    ct_rig_sky(world, v3(0.50f, 0.50f, 0.51f), v3(0.40f, 0.40f, 0.40f), v3(0.2f, 0.2f, 0.2f));
}
