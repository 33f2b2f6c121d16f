/* What the parts of land/ share: the plan of one picture. Private to land/; tests look in. */
#ifndef CT_SCENE_LAND_PLAN_H
#define CT_SCENE_LAND_PLAN_H

#include "engines/scene/land/land.h"

/* The light of an hour. Colours are radiance, except the sun's irradiance. */
struct ct_land_hour {
    float sun_elevation_deg, sun_azimuth_deg; /* azimuth from the direction of view, to the right */
    ct_v3 sun, zenith, middle, horizon, glow; /* glow: of the horizon below the sun */
    ct_v3 cloud_lit, cloud_shade;
    float exposure, bloom;
};
const struct ct_land_hour *ct_land_hour(enum ct_hour hour);

struct ct_land_plan {
    uint64_t scenery; /* what is shown, with what goes without saying */
    enum ct_hour hour;
    bool alone;    /* no subject stands in front */
    bool model;    /* it is large and built small, as a house: the land is, too */
    bool afloat;   /* the subject swims: there is water all around it */
    float unit;    /* cm */
    float eye;     /* height of the viewer above the ground, units */
    float slope;   /* half the view's width at distance 1 */
    float subject; /* distance of the subject, units; 0 when alone */
    float clear;   /* radius around the subject where nothing grows and the ground is flat, units */
    float foot;    /* radius of what the subject stands on, units: there is no grass below it */
    float road_lean; /* how far the road runs to the side for each unit away, below the subject */
    float water;   /* level of water, units; below -100: none */
    float shore;   /* distance of the near shore, units */
    float seed;    /* moves the noise */
    uint32_t hash;
    struct ct_world *world;
    const struct ct_backdrop_stage *stage;
};

static inline bool ct_land_has(const struct ct_land_plan *plan, enum ct_scenery what)
{
    return plan->scenery >> what & 1;
}

void ct_land_plan(struct ct_land_plan *plan, const struct ct_backdrop_stage *stage);
/* Everything named, and what belongs to it. */
uint64_t ct_land_complete(uint64_t scenery);

/* Is the sun so low that what grows or rises here stands before it? */
bool ct_land_hides_sun(uint64_t scenery, enum ct_hour hour);

/* Height of the ground, units. Pure. */
float ct_land_height(const struct ct_land_plan *plan, float x, float far);
/* From land to stage space: far and units. */
ct_v3 ct_land_point(const struct ct_land_plan *plan, float x, float y, float far);
bool ct_land_cancelled(const struct ct_land_plan *plan);
float ct_land_random(const struct ct_land_plan *plan, uint32_t key);

/* Each adds its meshes to the world. */
void ct_land_terrain(const struct ct_land_plan *plan);
void ct_land_water(const struct ct_land_plan *plan);
void ct_land_plants(const struct ct_land_plan *plan);
void ct_land_rocks(const struct ct_land_plan *plan);
void ct_land_town(const struct ct_land_plan *plan);

void ct_land_road(const struct ct_land_plan *plan);

/* road.c: half its width; where its middle is; how far a point is from that; all units. */
float ct_land_road_half(const struct ct_land_plan *plan);
float ct_land_road_middle(const struct ct_land_plan *plan, float far);
float ct_land_road_distance(const struct ct_land_plan *plan, float x, float far);
bool ct_land_on_road(const struct ct_land_plan *plan, float x, float far);
float ct_land_road_lean(const struct ct_scene3_object *subject, float yaw_of_view);

/* Surfaces, as indices of materials. */
enum ct_land_ground { CT_LAND_GROUND, CT_LAND_FAR };
int ct_land_ground_material(const struct ct_land_plan *plan, enum ct_land_ground which);
enum ct_land_paving { CT_LAND_ASPHALT, CT_LAND_PAINT, CT_LAND_PAVEMENT };
int ct_land_road_material(const struct ct_land_plan *plan, enum ct_land_paving which);
int ct_land_water_material(const struct ct_land_plan *plan);
int ct_land_leaf_material(const struct ct_land_plan *plan, ct_v3 color, ct_v3 color2, float snow);
int ct_land_rock_material(const struct ct_land_plan *plan);

/* clouds.c: the share of light a cloud in that direction holds back, and its own colour. */
float ct_land_cloud(const struct ct_land_plan *plan, ct_v3 direction, ct_v3 sun, ct_v3 *color);

#endif
