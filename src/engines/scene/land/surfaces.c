/* What the ground looks like: by height, by slope, and by patches of noise.
 *
 * All textures work in land units: param[0] is units a centimetre, param[1] the camera's place on
 * the stage's z axis in cm. Details are drawn at the first surface only, and fade where they would
 * be finer than a pixel. */
#include "engines/scene/land/plan.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

static ct_v3 land_position(const struct ct_material *m, const struct ct_shade_point *at)
{
    float k = m->param[0];
    return v3(at->local.x * k, at->local.y * k, (m->param[1] - at->local.z) * k);
}

static struct ct_material plain(const struct ct_land_plan *plan, ct_v3 color, ct_v3 color2,
                                ct_texture_fn texture)
{
    return (struct ct_material){
        .surface = { .base_color = color, .roughness = 0.9f, .specular = 0.015f },
        .color2 = color2,
        .texture = texture,
        .scale = 1,
        .param = { 1 / plan->unit, plan->stage->to_camera, 0, 0 },
    };
}

/* 1 near, 0 where a detail of that size (units) is below a pixel or two. */
static float detail(const ct_v3 p, float size)
{
    return ct_smoothstep(420 * size, 120 * size, p.z);
}

/* Grass: greens in patches, tufts near by; bare earth where it is steep. */
static void grass_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    ct_v3 p = land_position(m, at);
    float patch = ct_fbm3(v3_scale(p, 0.06f), at->bounce ? 1 : 4);
    s->base_color = v3_lerp(s->base_color, m->color2, ct_clampf(0.5f + 0.9f * patch, 0, 1));
    if (at->bounce > 0)
        return;
    float tuft = ct_noise3(v3_scale(p, 2.3f)), fine = ct_noise3(v3(p.x * 9, p.y * 9, p.z * 5));
    float near = detail(p, 0.25f), slope = 1 - at->geometric_normal.y;
    s->base_color =
        v3_scale(s->base_color, 1 + near * (0.22f * tuft + 0.22f * fine) + 0.10f * tuft);
    s->base_color = v3_lerp(s->base_color, v3(0.13f, 0.10f, 0.065f),
                            ct_smoothstep(0.30f, 0.55f, slope + 0.1f * patch));
    s->base_color =
        v3_lerp(s->base_color, v3(0.20f, 0.165f, 0.115f),
                m->param[2] > 0.5f ? ct_smoothstep(0.55f, 0.05f, p.y - m->param[3]) : 0);
    s->normal = ct_bend_normal(at, v3_scale(v3(tuft + fine, 0, fine - tuft), 0.16f * near + 0.05f));
}

/* Sand: ripples across the wind, grains near by, dark where the sea wets it. */
static void sand_texture(const struct ct_material *m, const struct ct_shade_point *at,
                         struct ct_surface *s)
{
    ct_v3 p = land_position(m, at);
    float wet = m->param[2] > 0.5f ? ct_smoothstep(0.16f, 0.01f, p.y - m->param[3]) : 0;
    s->base_color = v3_lerp(s->base_color, m->color2, wet);
    if (at->bounce > 0)
        return;
    float slow = ct_fbm3(v3_scale(p, 0.13f), 3), mid = ct_noise3(v3_scale(p, 1.1f));
    float bend = 2.2f * slow + 0.35f * mid;
    float phase = 2.6f * (p.z * 0.8f + p.x * 0.5f) + 3.0f * bend, wave, slope_of;
    ct_sincosf(phase, &wave, &slope_of);
    float ripple =
        detail(p, 0.30f) * (1 - wet) * ct_smoothstep(-0.35f, 0.25f, slow + 0.2f * mid) * m->bump;
    float near = detail(p, 0.05f);
    float grain = near > 0 ? near * ct_noise3(v3_scale(p, 34)) : 0;
    s->base_color = v3_scale(s->base_color, 1 + 0.09f * slow + 0.06f * mid + 0.05f * ripple * wave +
                                                0.15f * grain);
    s->normal = ct_bend_normal(at, v3_add(v3_scale(v3(0.5f, 0, -0.8f), -0.34f * ripple * slope_of),
                                          v3_scale(v3(mid, 0, slow), 0.12f * (1 - wet))));
    s->roughness = ct_lerp(s->roughness, 0.16f, wet);
    s->specular = ct_lerp(s->specular, 0.035f, wet);
}

static void snow_texture(const struct ct_material *m, const struct ct_shade_point *at,
                         struct ct_surface *s)
{
    ct_v3 p = land_position(m, at);
    if (at->bounce > 0)
        return;
    float slow = ct_fbm3(v3(p.x * 0.10f, p.y * 0.1f, p.z * 0.07f), 4),
          mid = ct_noise3(v3_scale(p, 0.9f));
    float near = detail(p, 0.06f), grain = near > 0 ? near * ct_noise3(v3_scale(p, 24)) : 0;
    s->base_color = v3_scale(s->base_color, 1 + 0.03f * slow + 0.04f * grain);
    s->normal = ct_bend_normal(
        at, v3(0.22f * slow + 0.06f * mid + 0.05f * grain, 0, 0.20f * mid * 0.5f - 0.16f * slow));
}

/* Needles, moss and light earth under trees. */
static void forest_texture(const struct ct_material *m, const struct ct_shade_point *at,
                           struct ct_surface *s)
{
    ct_v3 p = land_position(m, at);
    float patch = ct_fbm3(v3_scale(p, 0.22f), at->bounce ? 1 : 5);
    s->base_color = v3_lerp(s->base_color, m->color2, ct_smoothstep(-0.20f, 0.30f, patch));
    if (at->bounce > 0)
        return;
    float near = detail(p, 0.15f), fine = ct_noise3(v3_scale(p, 11)),
          mid = ct_noise3(v3_scale(p, 3));
    s->base_color = v3_scale(s->base_color, 1 + near * (0.35f * fine + 0.2f * mid));
    s->normal = ct_bend_normal(at, v3_scale(v3(fine + mid, 0, fine - mid), 0.28f * near));
}

/* Rock with snow above param[2] units and grass below param[3]; color2 is the grass. */
static void mountain_texture(const struct ct_material *m, const struct ct_shade_point *at,
                             struct ct_surface *s)
{
    ct_v3 p = land_position(m, at);
    float slope = 1 - at->geometric_normal.y;
    float broad = ct_fbm3(v3_scale(p, 0.022f), at->bounce ? 1 : 5);
    float height = p.y + 22 * broad;
    float strata = at->bounce ? 0 : ct_fbm3(v3(p.x * 0.03f, p.y * 0.16f, p.z * 0.03f), 4);
    ct_v3 rock = v3_scale(s->base_color, 1 + 0.75f * strata + 0.35f * broad);
    float green = ct_smoothstep(0.50f, 0.24f, slope + 0.12f * broad) *
                  ct_smoothstep(m->param[3] + 14, m->param[3] - 14, height);
    float fine = at->bounce ? 0 : ct_fbm3(v3_scale(p, 0.12f), 3);
    ct_v3 c = v3_lerp(rock, v3_scale(m->color2, 1 + 0.5f * fine + 0.3f * broad), green);
    float white = ct_smoothstep(m->param[2] - 12, m->param[2] + 16, height) *
                  ct_smoothstep(0.62f, 0.34f, slope + 0.16f * fine);
    s->base_color = v3_lerp(c, v3(0.82f, 0.85f, 0.90f), white);
    s->normal = ct_bend_normal(
        at, v3_scale(v3(fine + strata, 0, fine - strata), (1 - 0.5f * green) * 0.30f));
}

/* Layered red rock: bands of height, bent a little. */
static void strata_texture(const struct ct_material *m, const struct ct_shade_point *at,
                           struct ct_surface *s)
{
    ct_v3 p = land_position(m, at);
    float slope = 1 - at->geometric_normal.y;
    float bend = ct_fbm3(v3_scale(p, 0.03f), 3), y = p.y + 2.2f * bend;
    float band = ct_noise3(v3(0.5f, y * 0.42f, 3.5f)) + 0.6f * ct_noise3(v3(7.5f, y * 1.3f, 1.5f));
    ct_v3 c = v3_lerp(s->base_color, m->color2, ct_clampf(0.5f + 0.9f * band, 0, 1));
    c = v3_lerp(v3(0.42f, 0.24f, 0.13f), c, ct_smoothstep(0.05f, 0.35f, slope));
    float fine = at->bounce ? 0 : ct_fbm3(v3(p.x * 0.3f, p.y * 0.9f, p.z * 0.3f), 4);
    s->base_color = v3_scale(c, 1 + 0.35f * fine);
    s->normal = ct_bend_normal(at, v3_scale(v3(fine, 0.5f * band, -fine), 0.35f));
}

int ct_land_ground_material(const struct ct_land_plan *plan, enum ct_land_ground which)
{
    struct ct_material m;
    bool snow = ct_land_has(plan, CT_SCENERY_snow), autumn = ct_land_has(plan, CT_SCENERY_autumn);
    bool dry = ct_land_has(plan, CT_SCENERY_dry) || autumn;
    bool high = ct_land_has(plan, CT_SCENERY_mountains) || ct_land_has(plan, CT_SCENERY_volcano);
    ct_v3 green = dry ? v3(0.24f, 0.16f, 0.045f) : v3(0.095f, 0.150f, 0.022f);
    ct_v3 green2 = dry ? v3(0.34f, 0.25f, 0.085f) : v3(0.190f, 0.215f, 0.045f);
    if (ct_land_has(plan, CT_SCENERY_space)) {
        m = plain(plan, v3(0.16f, 0.155f, 0.15f), v3(0.10f, 0.10f, 0.10f), forest_texture);
    } else if (ct_land_has(plan, CT_SCENERY_canyon)) {
        m = plain(plan, v3(0.46f, 0.19f, 0.095f), v3(0.60f, 0.35f, 0.20f), strata_texture);
    } else if (ct_land_has(plan, CT_SCENERY_desert)) {
        m = plain(plan, v3(0.62f, 0.40f, 0.205f), v3(0.3f, 0.2f, 0.1f), sand_texture);
        m.bump = 1;
    } else if (snow) {
        m = plain(plan, v3(0.84f, 0.87f, 0.91f), v3(0.8f, 0.85f, 0.9f), snow_texture);
        m.surface.specular = 0.03f;
    } else if (ct_land_has(plan, CT_SCENERY_cliff)) {
        m = plain(plan, v3(0.25f, 0.225f, 0.195f), green2, mountain_texture);
        m.param[2] = 9000;
        m.param[3] = plan->alone ? 60 : 30;
    } else if (ct_land_has(plan, CT_SCENERY_beach) || ct_land_has(plan, CT_SCENERY_sea)) {
        m = plain(plan, v3(0.66f, 0.52f, 0.35f), v3(0.30f, 0.22f, 0.14f), sand_texture);
        m.param[2] = 1;
        m.param[3] = plan->water;
        m.bump = 0.55f;
    } else if (which == CT_LAND_GROUND && ct_land_has(plan, CT_SCENERY_forest)) {
        m = plain(plan, v3(0.085f, 0.058f, 0.030f), v3(0.060f, 0.085f, 0.022f), forest_texture);
    } else if (ct_land_has(plan, CT_SCENERY_city)) {
        m = plain(plan, v3(0.20f, 0.20f, 0.20f), v3(0.15f, 0.15f, 0.15f), forest_texture);
    } else if (which == CT_LAND_GROUND || !high) {
        m = plain(plan, green, green2, grass_texture);
        m.param[2] = plan->water > -100 ? 1 : 0;
        m.param[3] = plan->water;
    } else {
        m = plain(plan, v3(0.205f, 0.185f, 0.17f), v3_lerp(green, green2, 0.35f), mountain_texture);
        m.param[2] = ct_land_has(plan, CT_SCENERY_snowcaps) ? 62 : 105;
        m.param[3] = 44;
    }
    return ct_world_add_material(plan->world, &m);
}

/* Asphalt and stone: grains near by, patches of wear further off. */
static void paving_texture(const struct ct_material *m, const struct ct_shade_point *at,
                           struct ct_surface *s)
{
    ct_v3 p = land_position(m, at);
    if (at->bounce > 0)
        return;
    float near = detail(p, 0.06f), grain = near > 0 ? near * ct_noise3(v3_scale(p, 26)) : 0;
    float broad = ct_fbm3(v3(p.x * 0.7f, 1, p.z * 0.35f), 3);
    s->base_color = v3_scale(s->base_color, 1 + m->param[2] * broad + 0.30f * grain);
    if (m->param[3] > 0) { /* slabs */
        float u = p.x / m->param[3], v = p.z / m->param[3];
        float edge = ct_minf(fabsf(u - ct_floorf(u + 0.5f)), fabsf(v - ct_floorf(v + 0.5f)));
        s->base_color = v3_scale(s->base_color,
                                 1 - 0.45f * ct_smoothstep(0.03f, 0.01f, edge) * detail(p, 0.2f));
    }
    s->normal = ct_bend_normal(at, v3(0.10f * grain, 0, 0.10f * grain));
}

int ct_land_road_material(const struct ct_land_plan *plan, enum ct_land_paving which)
{
    static const ct_v3 colors[] = {
        [CT_LAND_ASPHALT] = { 0.062f, 0.063f, 0.066f },
        [CT_LAND_PAINT] = { 0.62f, 0.60f, 0.55f },
        [CT_LAND_PAVEMENT] = { 0.36f, 0.35f, 0.33f },
    };
    struct ct_material m = plain(plan, colors[which], colors[which], paving_texture);
    m.surface.roughness = 0.72f;
    m.surface.specular = 0.03f;
    m.param[2] = which == CT_LAND_PAINT ? 0.12f : 0.30f;
    m.param[3] = which == CT_LAND_PAVEMENT ? 0.35f * ct_land_road_half(plan) : 0;
    return ct_world_add_material(plan->world, &m);
}

/* Ripples or waves: the normal of a few octaves that drift across each other, calmer far away,
 * where a pixel holds many of them and only their mean slope is left (as roughness). */
static void water_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    ct_v3 p = land_position(m, at);
    float bump = m->bump, sx = 0, sz = 0, frequency = m->scale, weight = 1;
    for (int i = 0; i < 4; i++) {
        float size = 1 / frequency, seen = ct_smoothstep(95 * size, 28 * size, p.z / 4);
        if (seen > 0) {
            ct_v3 q = v3(p.x * frequency * 0.55f, 3.1f + (float)i, p.z * frequency);
            float a = ct_noise3(q), b = ct_noise3(v3_add(q, v3(17, 5, 9)));
            sx += seen * weight * a * 0.55f;
            sz += seen * weight * b;
        }
        s->roughness = ct_minf(s->roughness + (1 - seen) * 0.22f * bump, 0.36f);
        frequency *= 2.3f;
        weight *= 0.72f;
    }
    float gust = 0.75f + 0.5f * ct_noise3(v3(p.x * 0.02f, 1, p.z * 0.035f));
    s->normal = ct_bend_normal(at, v3(bump * gust * sx, 0, bump * gust * sz));
}

int ct_land_water_material(const struct ct_land_plan *plan)
{
    bool sea = ct_land_has(plan, CT_SCENERY_sea);
    bool warm = ct_land_has(plan, CT_SCENERY_beach) || ct_land_has(plan, CT_SCENERY_island);
    bool dim = plan->hour == CT_HOUR_night || plan->hour == CT_HOUR_dusk;
    ct_v3 body = sea ? warm && !dim ? v3(0.018f, 0.125f, 0.150f) : v3(0.010f, 0.045f, 0.070f)
                     : v3(0.012f, 0.035f, 0.040f);
    struct ct_material m = plain(plan, body, v3(0.8f, 0.85f, 0.88f), water_texture);
    m.surface.specular = 0.022f;
    m.surface.roughness = sea ? plan->alone ? 0.24f : 0.36f : 0.06f;
    m.scale = sea ? 0.55f : 1.1f;
    m.bump = sea ? ct_land_has(plan, CT_SCENERY_waves) ? 0.42f : 0.26f : 0.055f;
    return ct_world_add_material(plan->world, &m);
}

static void leaf_texture(const struct ct_material *m, const struct ct_shade_point *at,
                         struct ct_surface *s)
{
    ct_v3 p = land_position(m, at);
    float patch = ct_noise3(v3_scale(p, 0.35f));
    s->base_color = v3_lerp(s->base_color, m->color2, ct_clampf(0.5f + 0.8f * patch, 0, 1));
    if (at->bounce > 0)
        return;
    float near = detail(p, 0.4f), fine = near > 0 ? near * ct_noise3(v3_scale(p, 4.2f)) : 0;
    float rough = near > 0 ? near * ct_noise3(v3_scale(p, 8.7f)) : 0;
    s->base_color = v3_scale(s->base_color, 1 + 0.35f * fine + 0.3f * rough);
    s->normal = ct_bend_normal(at, v3_scale(v3(fine + rough, rough, fine - rough), 0.45f));
    float white =
        m->param[2] * ct_smoothstep(0.15f, 0.55f, at->normal.y + 0.35f * fine + 0.2f * patch);
    s->base_color = v3_lerp(s->base_color, v3(0.83f, 0.86f, 0.90f), white);
}

int ct_land_leaf_material(const struct ct_land_plan *plan, ct_v3 color, ct_v3 color2, float snow)
{
    struct ct_material m = plain(plan, color, color2, leaf_texture);
    m.param[2] = snow;
    return ct_world_add_material(plan->world, &m);
}

static void rock_texture(const struct ct_material *m, const struct ct_shade_point *at,
                         struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    ct_v3 p = land_position(m, at);
    float broad = ct_fbm3(v3_scale(p, 0.9f), 4), fine = ct_fbm3(v3_scale(p, 5), 3);
    s->base_color = v3_scale(s->base_color, 1 + 0.5f * broad + 0.3f * fine);
    float moss = m->param[2] * ct_smoothstep(0.35f, 0.8f, at->normal.y + 0.4f * broad);
    s->base_color = v3_lerp(s->base_color, m->color2, moss);
    s->normal = ct_bend_normal(at, v3_scale(v3(fine, broad, -fine), 0.3f));
}

int ct_land_rock_material(const struct ct_land_plan *plan)
{
    bool snow = ct_land_has(plan, CT_SCENERY_snow);
    bool red = ct_land_has(plan, CT_SCENERY_canyon) || ct_land_has(plan, CT_SCENERY_desert);
    ct_v3 stone = red ? v3(0.40f, 0.22f, 0.13f) : v3(0.22f, 0.21f, 0.20f);
    struct ct_material m =
        plain(plan, stone, snow ? v3(0.82f, 0.85f, 0.90f) : v3(0.07f, 0.10f, 0.03f), rock_texture);
    m.param[2] = snow ? 1
                 : red || ct_land_has(plan, CT_SCENERY_sea) || ct_land_has(plan, CT_SCENERY_space)
                     ? 0
                     : 0.6f;
    return ct_world_add_material(plan->world, &m);
}
