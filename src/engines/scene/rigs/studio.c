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
                     .irradiance = { 8.0f, 7.8f, 7.5f },
                 });
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = -78,
                     .elevation_deg = 18,
                     .distance = 5,
                     .half_width = 0.9f,
                     .half_height = 2.4f,
                     .irradiance = { 1.3f, 1.3f, 1.35f },
                 });
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = 180,
                     .elevation_deg = 64,
                     .distance = 5.5f,
                     .half_width = 2.6f,
                     .half_height = 1.5f,
                     .irradiance = { 2.6f, 2.6f, 2.55f },
                 });
    ct_rig_light(world, stage, /* onto the background, or plain paper would turn grey */
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = 180,
                     .elevation_deg = 58,
                     .distance = 7,
                     .half_width = 8,
                     .half_height = 1,
                     .aim = { 0, 1.5f, -11 },
                     .irradiance = { 4.4f, 4.4f, 4.4f },
                 });
    ct_rig_sky(world, v3(0.32f, 0.32f, 0.32f), v3(0.26f, 0.26f, 0.257f), v3(0.12f, 0.117f, 0.115f));
}
