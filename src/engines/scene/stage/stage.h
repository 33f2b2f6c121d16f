/* Composing, in parts: choose (what things are made of and lit by), arrange (where they stand),
 * frame (where the camera stands). Private to stage/; tests look in as well.
 *
 * Arranging happens in the stage frame, with the camera towards +z; ct_stage_turn() then turns
 * everything to the camera's azimuth, so that "left" is left in the picture for every view. */
#ifndef CT_SCENE_STAGE_H
#define CT_SCENE_STAGE_H

#include "engines/scene/stage/scene3.h"

struct ct_stage_box {
    ct_v3 min, max;
};

/* A number in [-amplitude, amplitude] that depends on seed and key; 0 for seed 0, the classic
 * view. */
float ct_stage_vary(uint32_t seed, uint32_t key, float amplitude);
/* Radians the camera stands to the right of the front, from a scene's camera. */
float ct_stage_azimuth(const struct ct_camera *camera);

/* The box around an object in a frame turned by `azimuth`: what it covers on its support. */
struct ct_stage_box ct_stage_object_box(const struct ct_scene3_object *object, float azimuth);
/* The box around all objects; a 10 cm cube on the origin when there are none. */
struct ct_stage_box ct_stage_scene_box(const struct ct_scene3 *scene, float azimuth);

/* Fills scene->objects from the entities that can be drawn, in the stage frame. */
void ct_stage_arrange(struct ct_scene3 *scene, const struct ct_intent *intent);
/* Adds the things of one entity to those that stand there (in the stage frame), where its relations
 * ask for, or with the middle of its foot at `at`. */
void ct_stage_insert(struct ct_scene3 *scene, const struct ct_intent *intent, int entity,
                     const ct_v3 *at);
/* The same for a room as the subject: furniture along a wall. (furnish.c) */
void ct_stage_furnish(struct ct_scene3 *scene, const struct ct_intent *intent);
/* Places objects [first, first + n) of the scene, all of one entity, around the origin. (group.c)
 */
void ct_stage_group(struct ct_scene3 *scene, int first, int n, enum ct_arrangement arrangement);
/* Raises what flies there into the air of an open landscape. */
void ct_stage_raise(struct ct_scene3 *scene, const struct ct_intent *intent);
bool ct_stage_is_aloft(const struct ct_scene3 *scene);
void ct_stage_turn(struct ct_scene3 *scene, float azimuth);
ct_v3 ct_stage_turned(ct_v3 place, float azimuth); /* where a place is then */

/* Is the backdrop a room, which is seen behind the subject? */
/* An animal, a person, a toy: stands large before coloured paper. (choose.c) */
bool ct_stage_is_figure(enum ct_object_id object);
/* Stands on a floor, in a room. (choose.c) */
bool ct_stage_is_furniture(enum ct_object_id object);
bool ct_stage_is_indoors(enum ct_backdrop_id backdrop);
/* Backdrop, support, rig, camera row, colours; before arranging. */
void ct_stage_choose(struct ct_scene3 *scene, const struct ct_intent *intent);
/* Look and contents of one entity's things. */
void ct_stage_choose_look(struct ct_scene3_object *object, const struct ct_entity *entity);

/* Camera azimuth for a scene whose camera row is chosen, radians. */
float ct_stage_camera_azimuth(const struct ct_scene3 *scene);
/* Fills scene->camera: every object is in the picture at scene->aspect. After turning. */
void ct_stage_frame(struct ct_scene3 *scene, const struct ct_intent *intent);
/* Backdrop and lights stay measured by what stands there now. (build.c) */
void ct_stage_fix_middle(struct ct_scene3 *scene);
/* Does the camera, where it stands, see every object whole? */
bool ct_stage_in_frame(const struct ct_scene3 *scene);

/* What `style: vivid` or `natural` changes of the choices, after arranging, and of the
 * development. (manner.c) */
void ct_stage_style(struct ct_scene3 *scene, const struct ct_intent *intent, enum ct_style style);
void ct_stage_style_post(struct ct_post *post, enum ct_style style);
/* Judges a framed scene: fills scene->score. Some 2,000 rays against boxes, no mesh. (score.c) */
void ct_stage_score(struct ct_scene3 *scene, const struct ct_intent *intent);

#endif
