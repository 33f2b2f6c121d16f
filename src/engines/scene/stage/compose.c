/* Intent to scene: choose, arrange, turn to the camera, frame, expose.
 *
 * Called by the engine on a runner thread. The result is a plain value in the arena, complete
 * enough that build.c needs nothing else. Deterministic: the same intent, aspect and seed give the
 * same scene. */
#include "engines/scene/land/land.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/rigs/rig.h"
#include "engines/scene/stage/stage.h"

/* A camera's meter sees white things as too bright and black ones as too dark; a photographer
 * corrects a little for both, and so do we: by the mean albedo of what stands there. */
static float exposure_for(const struct ct_scene3 *scene)
{
    float sum = 0;
    for (int i = 0; i < scene->n_objects; i++) {
        struct ct_material m;
        ct_material_make(&m, &scene->objects[i].look);
        sum += m.glass || m.surface.metallic > 0 ? 0.4f : ct_luminance(m.surface.base_color);
    }
    float mean = scene->n_objects ? sum / (float)scene->n_objects : 0.4f;
    return 1.16f - 0.22f * ct_smoothstep(0.0f, 0.9f, sqrtf(mean));
}

ct_code ct_scene3_compose(const struct ct_scene3 **out, struct ct_arena *arena,
                          const struct ct_intent *intent, float aspect, bool transparent,
                          uint32_t seed, struct ct_err *err)
{
    struct ct_scene3 *scene = ct_arena_alloc(arena, sizeof(*scene));
    if (!scene)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while composing the scene.");
    scene->seed = seed;
    scene->aspect = aspect > 0 ? ct_clampf(aspect, 0.2f, 5) : 1;
    scene->transparent = transparent;
    ct_stage_choose(scene, intent);
    scene->interior = intent->interior;
    if (scene->interior)
        ct_stage_furnish(scene, intent);
    else
        ct_stage_arrange(scene, intent);
    ct_stage_turn(scene, ct_stage_camera_azimuth(scene));
    bool land = scene->backdrop == CT_BACKDROP_land;
    /* A room behind is a background: out of focus. */
    bool shallow = intent->shallow_focus ||
                   (ct_stage_is_indoors(scene->backdrop) && !scene->interior);
    if (land && scene->n_objects == 0)
        ct_land_frame(scene);
    else
        ct_stage_frame(scene, shallow, intent->title_room);
    scene->post = land ? ct_land_post(&scene->land) : ct_rig_post(scene->rig);
    scene->post.exposure *= exposure_for(scene);
    if (transparent) /* a vignette would darken what is pasted elsewhere */
        scene->post.vignette = 0;
    *out = scene;
    return CT_OK;
}
