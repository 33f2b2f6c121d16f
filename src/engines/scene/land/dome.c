/* Filling the sky's tables: gradients of the hour, the glow around the sun, clouds, stars, moon.
 *
 * The clear sky is three colours by height, brightened around the sun by the indicatrix of the CIE
 * standard general sky (ISO 15469:2004, scattering group 5: 1 + 10 (exp(-3 g) - exp(-3 pi/2)) +
 * 0.45 cos^2 g) and warmed along the horizon below it. What is below the horizon is hardly ever
 * seen; it continues the horizon, darker. Called once for a world, on the building thread. */
#include "engines/scene/land/plan.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#define FRONT_WIDTH 1024
#define FRONT_HEIGHT 384
#define FAR_CM 1e6f
#define SUN_RADIUS 0.013f /* radians; wider than the real one, as haze and lenses make it */
#define MOON_RADIUS 0.030f

struct sky {
    const struct ct_land_plan *plan;
    const struct ct_land_hour *hour;
    ct_v3 sun, moon, ahead;
    ct_v3 band; /* normal of the milky way */
    bool stars, galaxy, disc;
};

static ct_v3 towards(float azimuth, float elevation)
{
    float s, c, se, ce;
    ct_sincosf(azimuth, &s, &c);
    ct_sincosf(elevation, &se, &ce);
    return v3(ce * s, se, -ce * c);
}

static ct_v3 clear_sky(const struct sky *s, ct_v3 d)
{
    const struct ct_land_hour *h = s->hour;
    float y = ct_clampf(d.y, 0, 1), flat = ct_maxf(ct_hypotf(d.x, d.z), 1e-4f);
    float low = ct_expf(-8.5f * y);
    ct_v3 c =
        v3_lerp(v3_lerp(h->middle, h->zenith, ct_smoothstep(0.04f, 0.62f, y)), h->horizon, low);
    float cosine = ct_clampf(v3_dot(d, s->sun), -1, 1), gamma = ct_acosf(cosine);
    float around = 10 * (ct_expf(-3 * gamma) - 0.009f) + 0.45f * cosine * cosine;
    float sun_flat = ct_maxf(ct_hypotf(s->sun.x, s->sun.z), 1e-4f);
    float side = (d.x * s->sun.x + d.z * s->sun.z) / (flat * sun_flat);
    float belt = ct_expf(-7 * y) * ct_powf(0.5f + 0.5f * side, 6);
    float near = ct_expf(-11 * gamma);
    c = v3_add(c, v3_scale(h->glow, 0.024f * around + 0.50f * belt + 0.8f * near));
    if (d.y < 0)
        c = v3_scale(c, ct_lerp(0.35f, 1, ct_expf(6 * d.y)));
    return c;
}

static float star_at(ct_v3 d, float cell, float size, ct_v3 *tint, uint32_t key)
{
    float azimuth = ct_atan2f(d.x, -d.z);
    float u = azimuth / cell, v = d.y / cell, level = sqrtf(ct_maxf(1 - d.y * d.y, 0.01f));
    float cu = ct_floorf(u), cv = ct_floorf(v);
    uint32_t hash =
        ct_hash32_combine(ct_hash32_combine((uint32_t)(int32_t)cu, (uint32_t)(int32_t)cv), key);
    float px = 0.2f + 0.6f * ct_hash32_unit(hash),
          py = 0.2f + 0.6f * ct_hash32_unit(ct_hash32(hash));
    float dx = (u - cu - px) * cell * level, dy = (v - cv - py) * cell / level;
    float bright = ct_hash32_unit(ct_hash32(hash + 77)), warm = ct_hash32_unit(ct_hash32(hash + 5));
    float b3 = bright * bright * bright;
    *tint = v3_lerp(v3(0.75f, 0.86f, 1.15f), v3(1.1f, 0.93f, 0.75f), warm);
    float r2 = (dx * dx + dy * dy) / (size * size);
    return r2 > 12 ? 0 : (0.08f + 2.6f * b3 * b3) * ct_expf(-r2);
}

static ct_v3 add_stars(const struct sky *s, ct_v3 d, ct_v3 c)
{
    float fade = ct_smoothstep(0.0f, 0.16f, d.y), across = v3_dot(d, s->band);
    float seed = s->plan->seed;
    float cloudy = ct_fbm3(v3_add(v3_scale(d, 3.1f), v3(seed, 1, 2)), 4);
    float band = ct_expf(-across * across * 22) * ct_clampf(0.75f + 0.9f * cloudy, 0, 1.6f);
    float dust = ct_smoothstep(0.1f, 0.5f,
                               ct_fbm3(v3_add(v3_scale(d, 6), v3(9, seed, 4)), 4) +
                                   0.35f * ct_expf(-across * across * 150));
    float glow = band * (1 - 0.75f * dust) * (s->galaxy ? 0.34f : 0.075f);
    c = v3_mad(v3_lerp(v3(0.55f, 0.62f, 1.0f), v3(1.0f, 0.72f, 0.62f),
                       ct_clampf(0.5f + 1.4f * cloudy, 0, 1)),
               glow * fade, c);
    if (s->galaxy) { /* clouds of two colours */
        float a = ct_fbm3(v3_add(v3_scale(d, 2.3f), v3(3, 7, seed)), 5);
        float b = ct_fbm3(v3_add(v3_scale(d, 2.9f), v3(seed, 2, 9)), 5);
        c = v3_mad(v3(0.42f, 0.08f, 0.36f), 0.55f * ct_smoothstep(0.02f, 0.6f, a), c);
        c = v3_mad(v3(0.05f, 0.26f, 0.42f), 0.55f * ct_smoothstep(0.02f, 0.6f, b), c);
    }
    ct_v3 tint;
    float faint = star_at(d, 0.0075f, 0.00062f, &tint, s->plan->hash) * (0.30f + 1.3f * band);
    c = v3_mad(tint, faint * fade, c);
    float bright = star_at(d, 0.022f, 0.0011f, &tint, s->plan->hash + 1);
    return v3_mad(tint, 2.0f * bright * fade, c);
}

static ct_v3 add_moon(const struct sky *s, ct_v3 d, ct_v3 c)
{
    float gamma = ct_acosf(ct_clampf(v3_dot(d, s->moon), -1, 1));
    c = v3_mad(v3(0.16f, 0.20f, 0.29f), 0.9f * ct_expf(-gamma * 13) + 1.1f * ct_expf(-gamma * 55),
               c);
    float inside = ct_smoothstep(MOON_RADIUS, MOON_RADIUS - 0.0016f, gamma);
    if (inside <= 0)
        return c;
    ct_v3 p = v3_scale(v3_sub(d, s->moon), 1 / MOON_RADIUS);
    float maria = ct_smoothstep(-0.12f, 0.30f, ct_fbm3(v3_scale(p, 1.25f), 4));
    float fine = ct_fbm3(v3_scale(p, 5), 3);
    float limb = sqrtf(ct_maxf(1 - gamma * gamma / (MOON_RADIUS * MOON_RADIUS), 0));
    float value = (1.15f - 0.42f * maria + 0.10f * fine) * (0.72f + 0.28f * limb);
    return v3_lerp(c, v3_scale(v3(1.02f, 0.98f, 0.90f), value), inside);
}

static ct_v3 sky_at(const struct sky *s, ct_v3 d, bool fine)
{
    if (ct_land_has(s->plan, CT_SCENERY_space)) {
        ct_v3 c = v3(0.0035f, 0.004f, 0.010f);
        return fine ? add_stars(s, v3(d.x, 0.2f + 0.8f * fabsf(d.y), d.z), c)
                    : v3(0.02f, 0.025f, 0.05f);
    }
    ct_v3 c = clear_sky(s, d), cloud;
    if (s->stars && fine && d.y > 0)
        c = add_stars(s, d, c);
    if (s->disc && fine && d.y > 0)
        c = add_moon(s, d, c);
    float alpha = ct_land_cloud(s->plan, d, s->sun, &cloud);
    c = v3_lerp(c, cloud, alpha);
    if (ct_land_has(s->plan, CT_SCENERY_mist) && d.y > 0) {
        ct_v3 level = v3_norm(v3(d.x, 0.03f, d.z));
        ct_v3 fog = v3_scale(clear_sky(s, level), 0.9f);
        c = v3_lerp(c, fog, 0.80f * ct_expf(-d.y * 7));
    }
    return c;
}

static bool fill(struct ct_dome *dome, const struct sky *s)
{
    for (int y = 0; y < CT_DOME_ROWS; y++) {
        for (int x = 0; x < CT_DOME_COLUMNS; x++) {
            ct_v3 c = sky_at(s, ct_dome_direction(x, y), false);
            float *to = dome->all.rgb + 3 * ((size_t)y * CT_DOME_COLUMNS + (size_t)x);
            to[0] = c.x;
            to[1] = c.y;
            to[2] = c.z;
        }
        if (ct_land_cancelled(s->plan))
            return false;
    }
    for (int y = 0; y < dome->front.height; y++) {
        for (int x = 0; x < dome->front.width; x++) {
            ct_v3 c = sky_at(s, ct_dome_front_direction(dome, x, y), true);
            float *to = dome->front.rgb + 3 * ((size_t)y * (size_t)dome->front.width + (size_t)x);
            to[0] = c.x;
            to[1] = c.y;
            to[2] = c.z;
        }
        if (ct_land_cancelled(s->plan))
            return false;
    }
    for (int i = 0; i < CT_DOME_HAZES; i++) {
        float azimuth = CT_PI * (2 * (float)i / CT_DOME_HAZES - 1);
        ct_v3 c = sky_at(s, towards(azimuth, 0.015f), false);
        float grey = ct_land_has(s->plan, CT_SCENERY_mist) ? 0.45f : 0.15f; /* droplets are white */
        c = v3_lerp(c, v3_scale(v3(0.97f, 0.99f, 1.05f), ct_luminance(c)), grey);
        dome->haze_rgb[i][0] = c.x;
        dome->haze_rgb[i][1] = c.y;
        dome->haze_rgb[i][2] = c.z;
    }
    return true;
}

static void set_haze(struct ct_dome *dome, const struct ct_land_plan *plan)
{
    float meters = 1 / plan->unit;
    bool mist = ct_land_has(plan, CT_SCENERY_mist);
    if (ct_land_has(plan, CT_SCENERY_space))
        return;
    dome->haze_density = (mist ? 0.0034f : 0.00065f) * meters;
    if (plan->hour == CT_HOUR_sunrise || plan->hour == CT_HOUR_golden)
        dome->haze_density *= 1.35f;
    if (!mist && !plan->alone)
        dome->haze_density *= 1.3f;
    dome->haze_base = plan->alone ? 0 : 0;
    dome->haze_height = (mist ? 13.0f : 160.0f) * plan->unit;
}

static void add_sun(struct ct_world *world, struct ct_dome *dome, const struct sky *s)
{
    ct_v3 light = s->hour->sun, sun = s->sun;
    float radius = SUN_RADIUS;
    if (ct_land_has(s->plan, CT_SCENERY_overcast)) {
        light = v3_scale(light, 0.10f);
        radius = 0.25f; /* light without a shadow's edge */
    } else if (s->plan->hour == CT_HOUR_dusk) {
        radius = 0.30f;
    } else if (ct_land_has(s->plan, CT_SCENERY_mist)) {
        light = v3_scale(light, 0.62f);
        radius = 0.05f;
    }
    ct_v3 u = v3_norm(v3_cross(v3(0, 1, 0), v3_scale(sun, -1)));
    ct_v3 v = v3_cross(v3_scale(sun, -1), u);
    ct_world_add_light(world, &(struct ct_light){
                                  .center = v3_scale(sun, FAR_CM),
                                  .half_u = v3_scale(u, radius * FAR_CM),
                                  .half_v = v3_scale(v, radius * FAR_CM),
                                  .radiance = v3_scale(light, 1 / (CT_PI * radius * radius)),
                                  .shape = CT_LIGHT_DISC,
                              });
    bool low = s->plan->hour == CT_HOUR_sunset || s->plan->hour == CT_HOUR_sunrise ||
               s->plan->hour == CT_HOUR_golden || s->plan->hour == CT_HOUR_day;
    if (!low || ct_land_has(s->plan, CT_SCENERY_overcast) || ct_land_has(s->plan, CT_SCENERY_space))
        return;
    dome->disc_direction = sun;
    dome->disc_cosine = ct_cosf(1.25f * SUN_RADIUS);
    dome->disc_radiance = v3_scale(light, ct_land_has(s->plan, CT_SCENERY_mist) ? 0.9f : 1.6f);
}

void ct_land_light(struct ct_world *world, const struct ct_scene3 *scene,
                   const struct ct_backdrop_stage *stage)
{
    struct ct_land_plan plan;
    ct_land_plan(&plan, stage);
    struct sky s = { .plan = &plan, .hour = ct_land_hour(plan.hour) };
    const struct ct_camera *camera = &scene->camera;
    float half = ct_tanf(camera->fov_deg * CT_PI / 360);
    float azimuth = -stage->yaw, side = -scene->light_side;
    float sun_azimuth = azimuth + side * s.hour->sun_azimuth_deg * CT_PI / 180;
    float elevation = s.hour->sun_elevation_deg * CT_PI / 180;
    ct_v3 view = v3_norm(v3_sub(camera->target, camera->eye));
    float top =
        ct_atan2f(view.y, ct_hypotf(view.x, view.z)) + ct_atan2f(half * (1 + camera->shift_y), 1);
    float wide = ct_atan2f(stage->view_slope, 1);
    if (plan.hour == CT_HOUR_day && ct_land_has(&plan, CT_SCENERY_sun)) {
        sun_azimuth = azimuth + side * 0.55f * wide; /* named: to be seen */
        elevation = 0.72f * top;
    }
    if (!plan.alone && ct_land_hides_sun(plan.scenery, plan.hour)) {
        sun_azimuth = azimuth + side * 112 * CT_PI / 180; /* over the viewer's shoulder */
        elevation = 0.24f;
    }
    s.sun = towards(sun_azimuth, elevation);
    s.disc = ct_land_has(&plan, CT_SCENERY_moon);
    s.moon = towards(azimuth - side * 0.48f * wide, ct_clampf(0.66f * top, 0.05f, 1));
    /* A moon in the picture stands behind the subject, which would be a black shape: then the light
     * comes from where a photographer would have put a second moon. */
    if (s.disc && plan.hour == CT_HOUR_night && plan.alone)
        s.sun = s.moon;
    s.stars = ct_land_has(&plan, CT_SCENERY_stars);
    s.galaxy = ct_land_has(&plan, CT_SCENERY_space);
    s.band = v3_norm(v3_add(towards(azimuth + 1.25f, 0.55f), v3(0, 0.15f, 0)));

    struct ct_dome *dome = ct_dome_new(FRONT_WIDTH, FRONT_HEIGHT);
    if (!dome) {
        world->failed = true;
        return;
    }
    dome->front_azimuth = azimuth;
    dome->front_half = ct_minf(1.12f * wide + 0.06f, 3.1f);
    float bottom = ct_land_has(&plan, CT_SCENERY_space) ? -0.9f : -0.03f;
    dome->front_low = bottom;
    dome->front_high = ct_clampf(ct_sinf(ct_clampf(top + 0.03f, 0.1f, 1.5f)), 0.2f, 0.97f);
    world->sky.dome = dome;
    world->sky.visible = true;
    if (!fill(dome, &s))
        return; /* cancelled: nobody will look at it */
    ct_dome_prepare(dome);
    set_haze(dome, &plan);
    add_sun(world, dome, &s);
}
