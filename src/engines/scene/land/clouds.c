/* Clouds: a slab of cumulus marched through, a sheet of cirrus, or a closed cover.
 *
 * Cumulus density is slow noise that decides where clouds stand, plus billows (the absolute value
 * of noise, turned round side out), less a threshold that rises steeply at the flat base and
 * gently towards the top. Light reaches a point through what stands towards the sun (Beer's law);
 * the rims towards the sun shine (Schneider and Vos 2015, "The real-time volumetric cloudscapes of
 * Horizon Zero Dawn", in little). Called for each texel of the dome, on the building thread. */
#include "engines/scene/land/plan.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#define STEPS 9
#define TOP 1.55f /* of the slab whose base is at 1, above the viewer */

static float cover_at(const struct ct_land_plan *plan, float x, float z)
{
    float a = ct_noise3(v3(0.42f * x, 3.3f + plan->seed, 0.42f * z));
    float b = ct_noise3(v3(1.05f * x + 7, 8.1f + plan->seed, 1.05f * z));
    return a + 0.5f * b;
}

static float billows(ct_v3 p, int octaves)
{
    float sum = 0, weight = 0.5f;
    for (int i = 0; i < octaves; i++) {
        sum += weight * (1 - 2.2f * fabsf(ct_noise3(p)));
        p = v3_add(v3_scale(p, 2.17f), v3(3.1f, 1.7f, 5.3f));
        weight *= 0.52f;
    }
    return -sum;
}

static float density(float cover, ct_v3 p, int octaves)
{
    float t = (p.y - 1) / (TOP - 1);
    float base = ct_smoothstep(0, 0.10f, t), top = t * (0.35f + 0.75f * t);
    float d = cover + 0.62f * billows(v3_scale(p, 1.9f), octaves) + 0.30f - top;
    return ct_maxf(d, 0) * base;
}

static float cumulus(const struct ct_land_plan *plan, ct_v3 d, ct_v3 sun, float amount, float *lit)
{
    float y = d.y + 0.045f, passes = 1, light = 0;
    for (int i = 0; i < STEPS && passes > 0.02f; i++) {
        float altitude = ct_lerp(1, TOP, ((float)i + 0.5f) / STEPS);
        ct_v3 p = v3(d.x / y * altitude, altitude, d.z / y * altitude);
        float cover = cover_at(plan, p.x, p.z) + amount;
        if (cover < -0.45f)
            continue;
        float here = density(cover, p, 4);
        if (here <= 0)
            continue;
        ct_v3 towards = v3_mad(sun, 0.22f, p);
        float shade = density(cover_at(plan, towards.x, towards.z) + amount, towards, 2);
        float alpha = 1 - ct_expf(-here * 15);
        float height = ct_smoothstep(1, TOP, altitude);
        light += passes * alpha * ct_expf(-3.2f * shade) * (0.55f + 0.45f * height);
        passes *= 1 - alpha;
    }
    float alpha = 1 - passes;
    *lit = alpha > 1e-3f ? ct_minf(light / alpha * 1.15f, 1) : 0;
    return alpha;
}

/* Wind-drawn sheets; their relief towards the sun is their light. */
static float cirrus(const struct ct_land_plan *plan, ct_v3 d, ct_v3 sun, float *lit)
{
    float y = d.y + 0.085f;
    ct_v3 p = v3(d.x / y, plan->seed, d.z / y);
    ct_v3 q = v3(0.30f * p.x + 0.16f * p.z, p.y, 1.0f * p.z - 0.5f * p.x);
    float warp = ct_noise3(v3_scale(q, 0.55f));
    q = v3_add(q, v3(0.4f * warp, 0, 0.7f * warp));
    float here = ct_fbm3(v3_scale(q, 1.1f), 6);
    ct_v3 ahead = v3_mad(v3(sun.x, 0, sun.z), 0.09f, q);
    float there = ct_fbm3(v3_scale(ahead, 1.1f), 3);
    *lit = ct_clampf(0.62f + 1.5f * (here - there), 0.15f, 1);
    return 0.82f * ct_smoothstep(-0.02f, 0.55f, here + 0.30f * ct_noise3(v3_scale(p, 0.33f)));
}

float ct_land_cloud(const struct ct_land_plan *plan, ct_v3 d, ct_v3 sun, ct_v3 *color)
{
    const struct ct_land_hour *hour = ct_land_hour(plan->hour);
    float lit = 0.5f, alpha = 0, near_horizon = ct_smoothstep(0.0f, 0.13f, d.y);
    *color = hour->cloud_shade;
    if (d.y <= 0 || ct_land_has(plan, CT_SCENERY_clear))
        return 0;
    if (ct_land_has(plan, CT_SCENERY_overcast)) {
        float y = d.y + 0.12f;
        float folds = ct_fbm3(v3(1.1f * d.x / y, plan->seed, 1.1f * d.z / y), 4);
        float shade = ct_luminance(hour->middle);
        ct_v3 grey = v3_scale(v3(0.94f, 0.98f, 1.06f), shade * 1.25f * (1 + 0.42f * folds));
        *color = v3_scale(grey, 0.75f + 0.35f * d.y);
        return ct_lerp(0.7f, 0.97f, near_horizon);
    }
    bool low = plan->hour != CT_HOUR_day && plan->hour != CT_HOUR_night;
    bool many = ct_land_has(plan, CT_SCENERY_clouds);
    if (low && !ct_land_has(plan, CT_SCENERY_stars)) {
        alpha = cirrus(plan, d, sun, &lit);
    } else if (plan->hour == CT_HOUR_day) {
        alpha = cumulus(plan, d, sun, many ? 0.10f : -0.08f, &lit);
    } else if (many) {
        alpha = 0.7f * cirrus(plan, d, sun, &lit);
    }
    float facing = ct_maxf(v3_dot(d, sun), 0), gold = low ? facing * facing : 0;
    ct_v3 shine = v3_mad(hour->glow, 0.5f * gold * gold * gold, hour->cloud_lit);
    *color = v3_lerp(hour->cloud_shade, shine, lit);
    return alpha * near_horizon;
}
