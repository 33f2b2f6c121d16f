/* A road: a strip of asphalt with its lines, pavements in a town, laid into the ground.
 *
 * Its middle is a function of the distance, so that the ground can be levelled below it and nothing
 * grows on it. Below a subject it runs as the subject stands, then bends away from the viewer; in a
 * picture of land alone it winds into the distance. */
#include "engines/scene/land/plan.h"

#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/object.h"

#define ROWS 240
#define LANE 3.2f      /* half the width, units, of a road that no thing makes wider */
#define STEEPEST 1.25f /* of the middle's run across the view */
#define DASH 0.9f      /* of LANE, as the gaps are */
#define LIFT 0.02f     /* asphalt over the levelled ground, so that grids never cross */
#define LINE_LIFT 0.035f

float ct_land_road_half(const struct ct_land_plan *plan)
{
    return plan->alone ? LANE : ct_maxf(LANE, 1.5f * plan->foot);
}

static float bends(const struct ct_land_plan *plan, float far)
{
    return 10 * ct_noise3(v3(plan->seed, 4, far * 0.021f)) + 5 * ct_sinf(far * 0.037f + plan->seed);
}

float ct_land_road_middle(const struct ct_land_plan *plan, float far)
{
    if (plan->alone) { /* from below the viewer's feet */
        float side = plan->stage->scene->light_side, grow = ct_minf(far / 40, 2.4f);
        return grow * (8 * ct_sinf(far * 0.048f + 0.4f) - 3) * side +
               0.25f * (bends(plan, far) - bends(plan, 0));
    }
    float reach = ct_maxf(5 * plan->foot, 12), t = (far - plan->subject) / reach;
    float e = ct_expf(-2 * fabsf(t)), turn = (t < 0 ? -1 : 1) * (1 - e) / (1 + e); /* tanh */
    float away = ct_smoothstep(plan->subject + 2 * reach, plan->subject + 9 * reach, far);
    /* It stands in its own lane. */
    float lane = 0.45f * ct_land_road_half(plan) * sqrtf(1 + plan->road_lean * plan->road_lean);
    return lane + plan->road_lean * reach * turn + away * bends(plan, far);
}

static float slope_at(const struct ct_land_plan *plan, float far)
{
    return ct_land_road_middle(plan, far + 0.5f) - ct_land_road_middle(plan, far - 0.5f);
}

float ct_land_road_distance(const struct ct_land_plan *plan, float x, float far)
{
    float slope = slope_at(plan, far);
    return fabsf(x - ct_land_road_middle(plan, far)) / sqrtf(1 + slope * slope);
}

bool ct_land_on_road(const struct ct_land_plan *plan, float x, float far)
{
    return ct_land_has(plan, CT_SCENERY_road) &&
           ct_land_road_distance(plan, x, far) < 1.12f * ct_land_road_half(plan);
}

float ct_land_road_lean(const struct ct_scene3_object *subject, float yaw_of_view)
{
    /* The long side of what drives lies along the road. */
    const struct ct_object_shape *shape = ct_object_shape(subject->object);
    bool broad = shape && shape->max.x - shape->min.x > shape->max.z - shape->min.z;
    float s, c;
    ct_sincosf(subject->yaw - yaw_of_view + (broad ? CT_PI / 2 : 0), &s, &c);
    float lean = fabsf(c) < 0.05f ? STEEPEST : -s / c;
    return ct_clampf(lean, -STEEPEST, STEEPEST);
}

/* Part of the strip: across from `a` to `b`, along from `from` to `to`, `lift` over the ground. */
struct strip {
    const struct ct_land_plan *plan;
    float a, b, from, to, lift;
};

static ct_v3 strip_at(const void *ctx, float u, float v)
{
    const struct strip *s = ctx;
    float far = s->from * ct_powf(s->to / s->from, v), slope = slope_at(s->plan, far);
    float across = ct_lerp(s->a, s->b, u), k = 1 / sqrtf(1 + slope * slope);
    float x = ct_land_road_middle(s->plan, far) + across * k;
    float beside = far - across * slope * k;
    return ct_land_point(s->plan, x, ct_land_height(s->plan, x, beside) + s->lift, beside);
}

static void lay(const struct strip *strip, int rows, int material)
{
    struct ct_grid grid = { 4, rows, false, strip_at, strip, NULL };
    ct_backdrop_add(strip->plan->stage, ct_shape_grid(&grid), material);
}

void ct_land_road(const struct ct_land_plan *plan)
{
    if (!ct_land_has(plan, CT_SCENERY_road))
        return;
    float half = ct_land_road_half(plan), k = half / LANE;
    float from = plan->alone ? 0.9f : ct_maxf(0.15f * plan->subject, 0.4f);
    float to = ct_land_has(plan, CT_SCENERY_mountains) ? 190 : 420;
    int asphalt = ct_land_road_material(plan, CT_LAND_ASPHALT);
    int paint = ct_land_road_material(plan, CT_LAND_PAINT);
    lay(&(struct strip){ plan, -half, half, from, to, LIFT }, ROWS, asphalt);
    for (int side = -1; side <= 1; side += 2) {
        float edge = 0.90f * half * (float)side, wide = 0.035f * half;
        lay(&(struct strip){ plan, edge - wide, edge + wide, from, 0.7f * to, LINE_LIFT * k }, ROWS,
            paint);
    }
    for (float far = from; far < 0.4f * to && !ct_land_cancelled(plan);
         far += 2.2f * DASH * LANE * k)
        lay(&(struct strip){ plan, -0.035f * half, 0.035f * half, far, far + DASH * LANE * k,
                             LINE_LIFT * k },
            6, paint);
    if (!ct_land_has(plan, CT_SCENERY_city))
        return;
    int stone = ct_land_road_material(plan, CT_LAND_PAVEMENT);
    for (int side = -1; side <= 1; side += 2) {
        float a = half * (float)side, b = 1.75f * half * (float)side;
        lay(&(struct strip){ plan, ct_minf(a, b), ct_maxf(a, b), from, to, 0.10f * k }, ROWS,
            stone);
    }
}
