/* A narrow strip from the side, a thin rim from behind, a pool on the wall, darkness elsewhere.
 * Glass would vanish: a card glows behind it. */
#include "engines/scene/rigs/rig.h"

void ct_rig_dramatic(struct ct_world *world, const struct ct_rig_stage *stage)
{
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = 78,
                     .elevation_deg = 22,
                     .distance = 4.4f,
                     .half_width = 0.62f,
                     .half_height = 1.9f,
                     .irradiance = { 9.6f, 8.9f, 7.9f },
                 });
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = -126,
                     .elevation_deg = 18,
                     .distance = 4.2f,
                     .half_width = 0.24f,
                     .half_height = 1.9f,
                     .irradiance = { 2.7f, 2.8f, 3.05f },
                 });
    ct_rig_light(world, stage,
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = 165,
                     .elevation_deg = 68,
                     .distance = 3.8f,
                     .half_width = 0.8f,
                     .half_height = 0.5f,
                     .irradiance = { 1.0f, 0.98f, 0.95f },
                 });
    ct_rig_light(world, stage, /* a pool on the wall: dark things need an edge */
                 &(struct ct_rig_light){
                     .shape = CT_LIGHT_SOFTBOX,
                     .azimuth_deg = 180,
                     .elevation_deg = 15,
                     .distance = 7.25f,
                     .half_width = 1.6f,
                     .half_height = 0.8f,
                     .aim = { 0, 1.9f, -11.5f }, /* level: its light passes over the table */
                     .irradiance = { 1.7f, 1.65f, 1.6f },
                 });
    ct_rig_cards(world, stage, v3(2.9f, 2.5f, 2.0f));
    ct_rig_sky(world, v3(0.020f, 0.020f, 0.023f), v3(0.012f, 0.012f, 0.014f),
               v3(0.004f, 0.004f, 0.004f));
}
