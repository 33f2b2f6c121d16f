/* The backdrop `land`, and the camera of a picture that shows nothing else. */
#include "engines/scene/land/plan.h"

#include "engines/scene/math/fn.h"

void ct_backdrop_land(const struct ct_backdrop_stage *stage)
{
    struct ct_land_plan plan;
    ct_land_plan(&plan, stage);
    ct_land_terrain(&plan);
    ct_land_water(&plan);
    ct_land_road(&plan);
    ct_land_plants(&plan);
    ct_land_rocks(&plan);
    ct_land_town(&plan);
}

struct ct_post ct_land_post(const struct ct_scene3 *scene)
{
    const struct ct_land *land = &scene->land;
    const struct ct_land_hour *hour = ct_land_hour(land->hour);
    bool overcast = land->scenery & CT_SCENERY_BIT(overcast);
    bool shaded =
        scene->n_objects > 0 && ct_land_hides_sun(ct_land_complete(land->scenery), land->hour);
    bool late = scene->n_objects > 0 && land->hour == CT_HOUR_dusk; /* a subject wants to be seen */
    return (struct ct_post){
        .exposure =
            hour->exposure * (overcast ? 1.25f : 1) * (shaded ? 1.4f : 1) * (late ? 1.6f : 1),
        .tone = CT_TONE_CURVE_ACES,
        .vignette = 0.12f,
        .bloom = hour->bloom,
    };
}

#define HAS(s, id) (((s)&CT_SCENERY_BIT(id)) != 0)

/* Landscape rules: the horizon at a third; level, so that it does not tilt and uprights stay
 * upright, moved by shifting the lens; high enough to see the ground in layers. */
void ct_land_frame(struct ct_scene3 *scene)
{
    uint64_t s = ct_land_complete(scene->land.scenery);
    float eye = 6, horizon = -0.26f; /* of half the picture's height */
    if (HAS(s, sea) && !HAS(s, beach) && !HAS(s, island) && !HAS(s, cliff))
        eye = 3.4f;
    if (HAS(s, forest))
        eye = 2.6f, horizon = -0.22f;
    if (HAS(s, beach))
        eye = 3.6f;
    if (HAS(s, lake))
        eye = 5.2f, horizon = -0.20f;
    if (HAS(s, canyon))
        eye = 9, horizon = -0.1f;
    if (HAS(s, city))
        eye = 9, horizon = -0.36f;
    if (HAS(s, desert))
        eye = 7, horizon = -0.05f;
    if (HAS(scene->land.scenery, sky) && !HAS(scene->land.scenery, hills) && !HAS(s, sea))
        horizon = -0.60f;
    if (HAS(s, hills) && !HAS(s, sea) && !HAS(s, lake) && !HAS(s, sky))
        eye = 8.5f, horizon = -0.10f;
    if (HAS(s, clouds) || HAS(s, stars) || HAS(s, moon))
        horizon -= 0.08f;
    float fov = 38 * ct_clampf(1 / sqrtf(scene->aspect), 0.8f, 1.45f);
    float eye_cm = eye * 10;
    scene->camera = (struct ct_camera){
        .eye = { 0, eye_cm, 0 },
        .target = { 0, eye_cm, -1000 },
        .fov_deg = fov,
        .focus_cm = 1000,
        .shift_y = -horizon,
    };
}
