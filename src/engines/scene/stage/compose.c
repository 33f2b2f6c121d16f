/* Intent to scene: choose, arrange, turn to the camera, frame, expose; several times over, and the
 * best one kept.
 *
 * Called by the engine on a runner thread. The result is a plain value in the arena, complete
 * enough that build.c needs nothing else. Deterministic: the same intent and parameters give the
 * same scene. What a composition may change is what the prompt leaves open: the turn of things,
 * the height of the camera, the side of the light, how a group stands. The first one tried is the
 * one the seed names, and it wins every tie, so that work never changes a picture for nothing. */
#include "engines/scene/land/land.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/rigs/rig.h"
#include "engines/scene/stage/stage.h"

#define TIE 0.004f /* of the score: less is no reason to leave the picture the seed names */

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

int ct_scene3_candidates(enum ct_quality quality, enum ct_thinking thinking)
{
    static const int by_quality[] = { 1, 4, 8, 8, 8 };
    static const int by_thinking[] = { 1, 2, 4, 8 };
    int n = by_quality[quality < CT_QUALITY_COUNT ? quality : CT_QUALITY_HIGH];
    return n * by_thinking[thinking <= CT_THINKING_HIGH ? thinking : CT_THINKING_OFF];
}

static void compose_one(struct ct_scene3 *scene, const struct ct_intent *intent,
                        const struct ct_scene3_params *params, int index)
{
    uint32_t seed = params->seed;
    *scene = (struct ct_scene3){
        .seed = seed,
        .variant = index ? ct_hash32_combine(seed, 0x7472u + (uint32_t)index) | 1 : seed,
        .aspect = params->aspect > 0 ? ct_clampf(params->aspect, 0.2f, 5) : 1,
        .transparent = params->transparent,
        .kept = index,
    };
    ct_stage_choose(scene, intent);
    scene->interior = intent->interior;
    if (scene->interior)
        ct_stage_furnish(scene, intent);
    else
        ct_stage_arrange(scene, intent);
    if (!scene->interior)
        ct_stage_raise(scene, intent);
    ct_stage_style(scene, intent, params->style);
    ct_stage_turn(scene, ct_stage_camera_azimuth(scene));
    if (scene->backdrop == CT_BACKDROP_land && scene->n_objects == 0)
        ct_land_frame(scene);
    else
        ct_stage_frame(scene, intent);
    ct_stage_score(scene, intent);
}

/* Land alone and a furnished room are composed by rules of their own, one way. */
static bool may_vary(const struct ct_scene3 *scene)
{
    return scene->n_objects > 0 && !scene->interior;
}

ct_code ct_scene3_compose(const struct ct_scene3 **out, struct ct_arena *arena,
                          const struct ct_intent *intent, const struct ct_scene3_params *params,
                          struct ct_err *err)
{
    struct ct_scene3 *best = ct_arena_alloc(arena, sizeof(*best));
    struct ct_scene3 *other = ct_arena_alloc(arena, sizeof(*other));
    if (!best || !other)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while composing the scene.");
    compose_one(best, intent, params, 0);
    int tries = params->candidates > 1 && may_vary(best) ? params->candidates : 1;
    for (int i = 1; i < tries; i++) {
        compose_one(other, intent, params, i);
        if (other->score.total > best->score.total + TIE) {
            struct ct_scene3 *better = other;
            other = best;
            best = better;
        }
    }
    best->tried = tries;
    best->post = best->backdrop == CT_BACKDROP_land ? ct_land_post(best)
                                                   : ct_rig_post(best->rig);
    best->post.exposure *= exposure_for(best);
    ct_stage_style_post(&best->post, params->style);
    if (best->transparent) /* a vignette would darken what is pasted elsewhere */
        best->post.vignette = 0;
    *out = best;
    return CT_OK;
}
