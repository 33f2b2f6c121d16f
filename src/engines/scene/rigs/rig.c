/* What all rigs share: from a photographer's terms to rectangles of radiance.
 *
 * Called by stage/build.c, once for a world, after the objects are in it. */
#include "engines/scene/rigs/rig.h"

#include "engines/scene/math/fn.h"

static const ct_rig_fn rigs[] = {
#define CT_RIG(id, words) ct_rig_##id,
#include "engines/scene/rigs/rigs.def"
#undef CT_RIG
};

void ct_rig_set_up(struct ct_world *world, enum ct_rig_id id, const struct ct_rig_stage *stage)
{
    rigs[id >= 0 && id < CT_RIG_COUNT ? id : CT_RIG_soft_side](world, stage);
}

struct ct_post ct_rig_post(enum ct_rig_id id)
{
    static const struct ct_post posts[] = {
        [CT_RIG_soft_side] = { 0.98f, CT_TONE_CURVE_ACES, 0.16f, 0.04f, 0 },
        [CT_RIG_studio] = { 0.95f, CT_TONE_CURVE_ACES, 0.08f, 0.03f, 0 },
        [CT_RIG_dramatic] = { 1.0f, CT_TONE_CURVE_ACES, 0.25f, 0.05f, 0 },
        [CT_RIG_golden_hour] = { 0.95f, CT_TONE_CURVE_ACES, 0.18f, 0.08f, 0 },
        [CT_RIG_top] = { 0.95f, CT_TONE_CURVE_ACES, 0.08f, 0.02f, 0 },
        [CT_RIG_neon] = { 1.0f, CT_TONE_CURVE_ACES, 0.2f, 0.10f, 0 },
        [CT_RIG_backlit] = { 0.95f, CT_TONE_CURVE_ACES, 0.12f, 0.10f, 0 },
    };
    const int n = (int)(sizeof(posts) / sizeof(*posts));
    return id >= 0 && (int)id < n ? posts[id] : posts[CT_RIG_soft_side];
}

/* Mean of the falloff over the rectangle (render/light.c): what irradiance must be divided by. */
static float shape_mean(enum ct_light_shape shape)
{
    switch (shape) {
    case CT_LIGHT_SOFTBOX:
        return 0.88f;
    case CT_LIGHT_WINDOW:
        return 0.73f;
    case CT_LIGHT_CARD:
        return 0.30f;
    case CT_LIGHT_DISC:
        return CT_PI / 4;
    case CT_LIGHT_UNIFORM:
        break;
    }
    return 1;
}

void ct_rig_light(struct ct_world *world, const struct ct_rig_stage *stage,
                  const struct ct_rig_light *l)
{
    float sine, cosine, height, level;
    ct_sincosf(l->azimuth_deg * CT_PI / 180, &sine, &cosine);
    ct_sincosf(l->elevation_deg * CT_PI / 180, &height, &level);
    ct_v3 across = v3_scale(stage->right, -stage->side * sine);
    ct_v3 towards = v3_scale(v3_mad(stage->front, cosine, across), level);
    towards.y += height;
    ct_v3 aim = v3_add(v3_scale(stage->right, -stage->side * l->aim.x),
                       v3_mad(stage->front, l->aim.z, v3(0, l->aim.y, 0)));
    ct_v3 way = v3_sub(aim, v3_scale(towards, l->distance)), facing = v3_norm(way);
    ct_v3 up = fabsf(facing.y) > 0.98f ? stage->front : v3(0, 1, 0);
    ct_v3 u = v3_norm(v3_cross(up, facing)), v = v3_cross(facing, u);
    float area = 4 * l->half_width * l->half_height * shape_mean(l->shape);
    ct_world_add_light(world,
                       &(struct ct_light){
                           .center = v3_mad(towards, l->distance * stage->radius, stage->center),
                           .half_u = v3_scale(u, l->half_width * stage->radius),
                           .half_v = v3_scale(v, l->half_height * stage->radius),
                           .radiance = v3_scale(l->irradiance, v3_dot(way, way) / area),
                           .shape = l->shape,
                       });
}

void ct_rig_cards(struct ct_world *world, const struct ct_rig_stage *stage, ct_v3 radiance)
{
    for (int i = 0; i < stage->n_glass; i++) {
        const struct ct_rig_glass *g = &stage->glass[i];
        float behind = g->half_depth + 0.35f * g->half_height;
        ct_v3 center = v3_mad(stage->front, -behind, g->center);
        ct_world_add_light(world, &(struct ct_light){
                                      .center = center,
                                      .half_u = v3_scale(stage->right, 1.15f * g->half_width),
                                      .half_v = { 0, 0.95f * g->half_height, 0 },
                                      .radiance = radiance,
                                      .shape = CT_LIGHT_CARD,
                                  });
    }
}

void ct_rig_sky(struct ct_world *world, ct_v3 zenith, ct_v3 horizon, ct_v3 nadir)
{
    world->sky.zenith = zenith;
    world->sky.horizon = horizon;
    world->sky.nadir = nadir;
}
