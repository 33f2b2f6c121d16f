/* From what is named to what is built: what belongs to what, and the scale of it all.
 *
 * Behind a subject the land is measured by the height of the camera above the subject's foot: so
 * an apple and a house both stand in a landscape whose horizon and whose trees are where a viewer
 * of that height would see them. */
#include "engines/scene/land/plan.h"

#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/object.h"
#include "engines/scene/stage/stage.h"

#define BIT(id) CT_SCENERY_BIT(id)
#define HAS(s, ids) (((s) & (ids)) != 0)
#define STANDING_EYE 2.4f  /* units: of a viewer before the subject */
#define ALOFT_EYE 26.0f    /* of one who sees it fly */
#define MODEL_UNIT_CM 4.8f /* of cars and houses, which are built at about 1:14 */
#define NO_WATER (-1000.0f)

uint64_t ct_land_complete(uint64_t s)
{
    const uint64_t wet = BIT(sea) | BIT(beach) | BIT(lake) | BIT(river) | BIT(cliff) | BIT(island);
    const uint64_t bare = wet | BIT(desert) | BIT(canyon) | BIT(city) | BIT(space) | BIT(sky);
    if (HAS(s, BIT(island) | BIT(cliff)))
        s |= BIT(sea);
    if (HAS(s, BIT(beach)))
        s |= BIT(sea);
    if (HAS(s, BIT(sea)))
        s &= ~(BIT(lake) | BIT(river));
    if (HAS(s, BIT(waves)) && !HAS(s, wet))
        s |= BIT(sea);
    if (HAS(s, BIT(lake)) && !HAS(s, BIT(city) | BIT(hills) | BIT(desert)))
        s |= HAS(s, BIT(forest)) ? BIT(pines) : BIT(pines) | BIT(mountains);
    if (HAS(s, BIT(river)) && !HAS(s, BIT(desert) | BIT(canyon) | BIT(city)))
        s |= BIT(meadow) | BIT(trees) | BIT(hills);
    if (HAS(s, BIT(forest)) && !HAS(s, BIT(trees) | BIT(palms)))
        s |= BIT(pines);
    if (HAS(s, BIT(mountains)) && !HAS(s, bare | BIT(snow) | BIT(forest)))
        s |= BIT(meadow) | BIT(pines);
    if (HAS(s, BIT(volcano)) && !HAS(s, bare))
        s |= BIT(meadow) | BIT(trees);
    if (HAS(s, BIT(road)) && !HAS(s, bare | BIT(mountains) | BIT(forest) | BIT(meadow) | BIT(snow)))
        s |= BIT(hills);
    if (HAS(s, BIT(hills)) && !HAS(s, bare | BIT(snow) | BIT(forest)))
        s |= BIT(meadow) | BIT(trees);
    if (HAS(s, BIT(garden)))
        s |= BIT(meadow) | BIT(flowers) | BIT(trees);
    if (HAS(s, BIT(meadow)) && !HAS(s, bare | BIT(mountains) | BIT(forest) | BIT(snow)))
        s |= BIT(trees) | BIT(hills);
    if (HAS(s, BIT(island)))
        s |= BIT(palms) | BIT(trees);
    if (HAS(s, BIT(snow)) && !HAS(s, bare | BIT(trees)))
        s |= BIT(pines) | BIT(hills);
    if (HAS(s, BIT(sky)) &&
        !HAS(s, ~(BIT(sky) | BIT(clouds) | BIT(stars) | BIT(moon) | BIT(sun) | BIT(overcast))))
        s |= BIT(meadow) | BIT(hills);
    return s;
}

bool ct_land_hides_sun(uint64_t scenery, enum ct_hour hour)
{
    return hour == CT_HOUR_sunset &&
           HAS(scenery, BIT(mountains) | BIT(forest) | BIT(pines) | BIT(trees));
}

bool ct_land_cancelled(const struct ct_land_plan *plan)
{
    const atomic_int *cancel = plan->world->cancel;
    return cancel && atomic_load_explicit(cancel, memory_order_relaxed);
}

float ct_land_random(const struct ct_land_plan *plan, uint32_t key)
{
    return ct_hash32_unit(ct_hash32_combine(plan->hash, key));
}

ct_v3 ct_land_point(const struct ct_land_plan *plan, float x, float y, float far)
{
    return v3(x * plan->unit, y * plan->unit, plan->stage->to_camera - far * plan->unit);
}

/* The circle around the middle that holds all feet, cm. */
static float foot_radius(const struct ct_backdrop_stage *stage)
{
    float radius = 0;
    for (int i = 0; i < stage->scene->n_objects; i++) {
        const struct ct_scene3_object *o = &stage->scene->objects[i];
        const struct ct_object_shape *shape = ct_object_shape(o->object);
        if (!shape)
            continue;
        float x = ct_maxf(shape->max.x, -shape->min.x), z = ct_maxf(shape->max.z, -shape->min.z);
        ct_v3 at = v3_sub(o->position, stage->origin);
        radius = ct_maxf(radius, ct_hypotf(at.x, at.z) + o->scale * ct_hypotf(x, z));
    }
    return radius;
}

/* Does the subject swim here? On a beach it is drawn up on the sand. */
static bool is_afloat(const struct ct_land_plan *plan, const struct ct_scene3 *scene)
{
    const struct ct_object_shape *shape =
        scene->n_objects > 0 ? ct_object_shape(scene->objects[0].object) : NULL;
    return shape && shape->draught > 0 && HAS(plan->scenery, BIT(sea) | BIT(lake) | BIT(river)) &&
           !HAS(plan->scenery, BIT(beach) | BIT(cliff));
}

static void set_water(struct ct_land_plan *plan)
{
    plan->water = NO_WATER;
    if (plan->afloat) {
        const struct ct_scene3_object *object = &plan->stage->scene->objects[0];
        plan->water = ct_object_shape(object->object)->draught * object->scale / plan->unit;
    } else if (ct_land_has(plan, CT_SCENERY_sea)) {
        plan->water = -0.35f;
        if (ct_land_has(plan, CT_SCENERY_cliff))
            plan->water = plan->alone ? -9.0f : -7.0f;
        else if (plan->alone && !ct_land_has(plan, CT_SCENERY_beach))
            plan->water = 0;
    } else if (ct_land_has(plan, CT_SCENERY_lake) || ct_land_has(plan, CT_SCENERY_river) ||
               (ct_land_has(plan, CT_SCENERY_city) && plan->alone)) {
        plan->water = -0.55f;
    }
}

void ct_land_plan(struct ct_land_plan *plan, const struct ct_backdrop_stage *stage)
{
    const struct ct_scene3 *scene = stage->scene;
    uint32_t seed = scene->seed;
    *plan = (struct ct_land_plan){
        .scenery = ct_land_complete(scene->land.scenery),
        .hour = scene->land.hour != CT_HOUR_NONE ? scene->land.hour : CT_HOUR_day,
        .alone = scene->n_objects == 0,
        .slope = stage->view_slope,
        .hash = ct_hash32_combine(seed, 0x1a4du),
        .seed = 37 * ct_hash32_unit(ct_hash32(seed * 2 + 1)),
        .world = stage->world,
        .stage = stage,
    };
    float eye = ct_maxf(scene->camera.eye.y, 0.4f * stage->radius);
    if (plan->alone) {
        plan->unit = 10;
        plan->eye = scene->camera.eye.y / plan->unit;
    } else {
        bool aloft = ct_stage_is_aloft(scene);
        plan->eye = aloft ? ALOFT_EYE : STANDING_EYE;
        plan->model = !aloft && ct_object_shape(scene->objects[0].object)->view_deg > 0;
        if (plan->model)
            plan->eye =
                ct_clampf(eye / (MODEL_UNIT_CM * scene->objects[0].scale), STANDING_EYE, 12);
        plan->unit = ct_maxf(eye / plan->eye, 0.1f);
        plan->subject = stage->to_camera / plan->unit;
        plan->clear = aloft ? 0 : 1.5f * stage->radius / plan->unit;
        plan->foot = aloft ? 0 : foot_radius(stage) / plan->unit;
        plan->road_lean = ct_land_road_lean(&scene->objects[0], stage->yaw);
        if (ct_land_has(plan, CT_SCENERY_city)) /* what stands in a town stands in a street */
            plan->scenery |= BIT(road);
    }
    if (ct_land_has(plan, CT_SCENERY_space)) { /* a black sky needs its own light */
        plan->hour = CT_HOUR_day;
        plan->scenery &= ~(BIT(clouds) | BIT(mist));
        plan->scenery |= BIT(stars);
    }
    if (plan->hour == CT_HOUR_night && !ct_land_has(plan, CT_SCENERY_overcast))
        plan->scenery |= BIT(stars);
    plan->afloat = is_afloat(plan, scene);
    plan->shore = plan->alone ? 24 : plan->subject + plan->clear + 7;
    set_water(plan);
}
