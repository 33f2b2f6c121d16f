/* A skyline: towers with rows of windows, lit after dark, in a few sizes and greys.
 *
 * Boxes and nothing else; what makes them a town is their number, their steps in height and the
 * haze between them. */
#include "engines/scene/land/plan.h"

#include "engines/scene/geometry/shape.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#define TOWERS 190
#define MATERIALS 4

/* Windows by floors and columns; param[2]: share that is lit, param[3]: of which tower family. */
static void facade_texture(const struct ct_material *m, const struct ct_shade_point *at,
                           struct ct_surface *s)
{
    float k = m->param[0];
    ct_v3 p = v3(at->local.x * k, at->local.y * k, (m->param[1] - at->local.z) * k);
    if (at->geometric_normal.y > 0.5f)
        return;
    float along = fabsf(at->geometric_normal.x) > 0.7f ? p.z : p.x;
    /* Families: brick with single windows, ribbons of glass, wide bays, curtain walls. */
    static const float floor_height[MATERIALS] = { 1.05f, 0.95f, 1.15f, 0.9f };
    static const float bay_width[MATERIALS] = { 0.95f, 2.6f, 1.5f, 0.62f };
    static const float pane_part[MATERIALS] = { 0.56f, 0.94f, 0.80f, 0.88f };
    static const float pane_height[MATERIALS] = { 0.60f, 0.52f, 0.70f, 0.86f };
    int family = (int)m->param[3];
    float floors = p.y / floor_height[family], bays = along / bay_width[family];
    float row = ct_floorf(floors), column = ct_floorf(bays), v = floors - row, u = bays - column;
    bool pane =
        fabsf(u - 0.5f) < 0.5f * pane_part[family] && fabsf(v - 0.52f) < 0.5f * pane_height[family];
    if (!pane || p.y < 0.5f)
        return;
    uint32_t hash = ct_hash32_combine(
        ct_hash32_combine((uint32_t)(int32_t)row, (uint32_t)(int32_t)column),
        (uint32_t)(int32_t)(m->param[3] * 977) + (fabsf(at->geometric_normal.x) > 0.7f ? 5u : 0u));
    bool lit = ct_hash32_unit(hash) < m->param[2];
    s->base_color = v3(0.025f, 0.032f, 0.042f);
    s->roughness = 0.12f;
    s->specular = 0.06f;
    if (lit) {
        float warm = ct_hash32_unit(ct_hash32(hash + 3)),
              bright = 0.35f + 0.9f * ct_hash32_unit(ct_hash32(hash + 9));
        s->emission = v3_scale(v3_lerp(v3(1.0f, 0.62f, 0.26f), v3(0.85f, 0.9f, 1.0f), warm * warm),
                               bright * m->color2.x);
    }
}

static int facade(const struct ct_land_plan *plan, int which)
{
    static const ct_v3 walls[MATERIALS] = { { 0.36f, 0.20f, 0.14f },
                                            { 0.46f, 0.45f, 0.43f },
                                            { 0.48f, 0.40f, 0.30f },
                                            { 0.15f, 0.18f, 0.22f } };
    bool dark = plan->hour == CT_HOUR_night || plan->hour == CT_HOUR_dusk;
    bool low = plan->hour == CT_HOUR_sunset;
    struct ct_material m = {
        .surface = { .base_color = walls[which], .roughness = 0.7f, .specular = 0.03f },
        .color2 = { dark ? 0.62f : 0.5f, 0, 0 },
        .texture = facade_texture,
        .scale = 1,
        .param = { 1 / plan->unit, plan->stage->to_camera,
                   dark  ? 0.30f
                   : low ? 0.14f
                         : 0,
                   (float)which },
    };
    return ct_world_add_material(plan->world, &m);
}

void ct_land_town(const struct ct_land_plan *plan)
{
    int materials[MATERIALS];
    if (!ct_land_has(plan, CT_SCENERY_city))
        return;
    for (int i = 0; i < MATERIALS; i++)
        materials[i] = facade(plan, i);
    float near = plan->alone ? 158 : plan->subject + 2 * plan->clear + 42;
    for (uint32_t i = 0; i < TOWERS && !ct_land_cancelled(plan); i++) {
        float a = ct_land_random(plan, 11 * i + 1), b = ct_land_random(plan, 11 * i + 2);
        float far = near + (i < 70 ? 40 : 190) * a, half = plan->slope * far * 1.2f + 10;
        float x = half * (2 * b - 1), c = ct_land_random(plan, 11 * i + 3),
              d = ct_land_random(plan, 11 * i + 4);
        float s = x / (plan->slope * far) + 0.22f * plan->stage->scene->light_side;
        float middle = ct_expf(-s * s * 3.2f);
        float tall = (7 + 34 * middle * (0.35f + c * c) + 8 * c) * (i < 70 ? 0.62f : 1.15f);
        float wide = 3.0f + 3.5f * d, deep = 3.0f + 3.0f * ct_land_random(plan, 11 * i + 5);
        for (int step = 0; step < (tall > 26 ? 2 : 1); step++) {
            float top = step ? tall * 1.22f : tall, shrink = step ? 0.62f : 1;
            struct ct_mesh *box =
                ct_shape_box(v3(shrink * wide * plan->unit, 0.5f * (top + 3) * plan->unit,
                                shrink * deep * plan->unit),
                             0.02f * plan->unit, 1);
            ct_mesh_move(box, ct_land_point(plan, x, 0.5f * (top + 3) - 3, far));
            ct_backdrop_add(plan->stage, box, materials[i % MATERIALS]);
        }
    }
}
