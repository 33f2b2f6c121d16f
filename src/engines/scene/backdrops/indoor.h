/* What indoor backdrops are put together from. Everything in stage space (backdrop.h), measured in
 * r = ct_indoor_unit(); what stands behind the subject is muted, and far enough to be out of
 * focus: the subject stays the hero. */
#ifndef CT_SCENE_INDOOR_H
#define CT_SCENE_INDOOR_H

#include "engines/scene/backdrops/backdrop.h"
#include "engines/scene/geometry/shape.h"

/* The subject's radius, but not so small that a strawberry makes a dolls' kitchen. */
float ct_indoor_unit(const struct ct_backdrop_stage *stage);
/* A thing to sit on or walk around: it stands on the floor, not on a table. */
bool ct_indoor_on_floor(const struct ct_backdrop_stage *stage);

int ct_indoor_material(const struct ct_backdrop_stage *stage, enum ct_material_id id, ct_v3 color);
/* Matte paint that shines by itself: a window by day, a lamp. */
int ct_indoor_glow(const struct ct_backdrop_stage *stage, ct_v3 radiance);

/* The worktop the subject stands on, its rear edge `back` behind the origin. */
void ct_indoor_top(const struct ct_backdrop_stage *stage, float back, float thickness);
/* A floor of the support's material from the camera to the wall. */
void ct_indoor_floor(const struct ct_backdrop_stage *stage, float behind);
/* A wall `behind` the origin, wide and high enough, its foot at y. */
void ct_indoor_wall(const struct ct_backdrop_stage *stage, float behind, float y, int material);
void ct_indoor_blocks(const struct ct_backdrop_stage *stage, const struct ct_block *blocks, int n,
                      float edge, int material);
void ct_indoor_ball(const struct ct_backdrop_stage *stage, ct_v3 center, ct_v3 radii, int material);
/* A turned vessel: 0 jar, 1 bottle, 2 bowl, 3 pot. */
void ct_indoor_vessel(const struct ct_backdrop_stage *stage, int kind, ct_v3 foot, float height,
                      int material);
/* A window in a wall facing the camera: bright panes in a frame. */
void ct_indoor_window(const struct ct_backdrop_stage *stage, ct_v3 center, float half_width,
                      float half_height, ct_v3 light);
/* A row of books on a board at `y`, from x0 to x1, backs towards the camera at z. */
void ct_indoor_books(const struct ct_backdrop_stage *stage, float x0, float x1, float y, float z,
                     float height, uint32_t seed);
/* A leafy plant in a pot. */
void ct_indoor_plant(const struct ct_backdrop_stage *stage, ct_v3 foot, float height);

#endif
