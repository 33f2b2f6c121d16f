/* The open air: sun, sky, ground and everything that grows or lies there, behind and around what a
 * picture shows, or as the picture itself.
 *
 *   intent: scenery, hour ── plan.c ── struct ct_land_plan ──┬─ dome.c, clouds.c   what shines
 *                                                            ├─ terrain.c          what one stands
 * on └─ plants.c, town.c   what stands on it
 *
 * Land is built in land units, of which the eye is a few above the ground, whatever the subject's
 * size: one unit is `unit` cm. x runs to the right, y up, and `far` away from the viewer. */
#ifndef CT_SCENE_LAND_H
#define CT_SCENE_LAND_H

#include "engines/scene/backdrops/backdrop.h"

/* Sets the camera of a picture that shows land and nothing else. */
void ct_land_frame(struct ct_scene3 *scene);
/* How the picture is developed. */
struct ct_post ct_land_post(const struct ct_scene3 *scene);
/* Sun, sky and haze, for a scene whose backdrop is land: instead of a rig. */
void ct_land_light(struct ct_world *world, const struct ct_scene3 *scene,
                   const struct ct_backdrop_stage *stage);

#endif
