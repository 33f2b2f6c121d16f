/* A backdrop: builds what stands under and behind the subjects, large enough for the camera.
 *
 * It builds in stage space: the middle of the subjects' foot at the origin, the support's top at
 * y = 0, the camera towards +z. ct_backdrop_add() turns that to the scene's camera, so a texture
 * lies the same way in every view. One backdrop = one file backdrops/<id>.c and one row. */
#ifndef CT_SCENE_BACKDROP_H
#define CT_SCENE_BACKDROP_H

#include "engines/scene/stage/scene3.h"

#define CT_FURNITURE_CM 40.0f /* radius from which a thing stands on the floor of a room */

struct ct_backdrop_stage {
    struct ct_world *world;
    const struct ct_scene3 *scene;
    ct_v3 origin;      /* in the world */
    ct_v3 texture_shift; /* which part of the slab of marble lies here, cm */
    float yaw;         /* of the camera around the origin */
    float radius;      /* of the subjects, cm: what everything is measured by */
    float to_camera;   /* horizontal distance of the camera */
    float view_slope;  /* half the view's width at distance 1 */
    bool from_above;   /* the camera looks down: only the support is seen */
    int support, wall; /* material indices, ready made */
};

typedef void (*ct_backdrop_fn)(const struct ct_backdrop_stage *stage);
#define CT_BACKDROP(id, words) void ct_backdrop_##id(const struct ct_backdrop_stage *stage);
#include "engines/scene/backdrops/backdrops.def"
#undef CT_BACKDROP

/* Dispatch by table; an id out of range builds `table`. */
void ct_backdrop_build(enum ct_backdrop_id id, const struct ct_backdrop_stage *stage);

/* --- for the backdrops --- */
/* Takes a mesh in stage space. */
void ct_backdrop_add(const struct ct_backdrop_stage *stage, struct ct_mesh *mesh, int material);
/* Half the width the camera sees `behind` cm behind the origin, and some more. */
float ct_backdrop_half_width(const struct ct_backdrop_stage *stage, float behind);
/* How far the support must reach towards and beyond the camera. */
float ct_backdrop_front(const struct ct_backdrop_stage *stage);
/* A seamless sweep: floor, quarter round, wall. */
void ct_backdrop_cyclorama(const struct ct_backdrop_stage *stage, int material);

#endif
