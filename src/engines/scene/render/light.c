/* Hot: what lights and the sky shine (light.h).
 *
 * The shapes are the photographer's: a softbox is brighter in the middle and falls off towards its
 * rim, a window has mullions and a sill, a card is a soft glow that lights glass from behind. */
#include "engines/scene/render/light.h"

#include "engines/scene/math/fn.h"

static float window_shape(float a, float b)
{
    float upright = ct_smoothstep(0.015f, 0.035f, fabsf(a));
    float transom = ct_smoothstep(0.012f, 0.028f, fabsf(b - 0.28f));
    float frame = ct_smoothstep(1.0f, 0.965f, fabsf(a)) * ct_smoothstep(1.0f, 0.975f, fabsf(b));
    return 0.06f + 0.94f * upright * transom * frame * (0.8f + 0.2f * b);
}

static float softbox_shape(float a, float b)
{
    float rim = ct_smoothstep(1.0f, 0.86f, fabsf(a)) * ct_smoothstep(1.0f, 0.9f, fabsf(b));
    return rim * (1.25f - 0.375f * (a * a + b * b));
}

static float card_shape(float a, float b)
{
    float rim = ct_smoothstep(1.0f, 0.6f, fabsf(a)) * ct_smoothstep(1.0f, 0.6f, fabsf(b));
    return rim * ct_expf(-2.6f * (a * a + b * b));
}

ct_v3 ct_lamp_radiance(const struct ct_lamp *lamp, float a, float b)
{
    switch (lamp->shape) {
    case CT_LIGHT_WINDOW:
        return v3_scale(lamp->radiance, window_shape(a, b));
    case CT_LIGHT_CARD:
        return v3_scale(lamp->radiance, card_shape(a, b));
    case CT_LIGHT_SOFTBOX:
        return v3_scale(lamp->radiance, softbox_shape(a, b));
    case CT_LIGHT_DISC:
        return a * a + b * b <= 1 ? lamp->radiance : v3(0, 0, 0);
    case CT_LIGHT_UNIFORM:
        break;
    }
    return lamp->radiance;
}

bool ct_lamp_hit(const struct ct_lamp *lamp, ct_v3 origin, ct_v3 direction, float t_max, float *t,
                 float *a, float *b)
{
    float facing = v3_dot(direction, lamp->normal);
    if (!(facing < -1e-6f))
        return false;
    ct_v3 to_center = v3_sub(lamp->center, origin);
    float distance = v3_dot(to_center, lamp->normal) / facing;
    if (!(distance > 0 && distance < t_max))
        return false;
    ct_v3 p = v3_sub(v3_scale(direction, distance), to_center);
    *a = v3_dot(p, lamp->to_u);
    *b = v3_dot(p, lamp->to_v);
    *t = distance;
    return fabsf(*a) <= 1 && fabsf(*b) <= 1 &&
           (lamp->shape != CT_LIGHT_DISC || *a * *a + *b * *b <= 1);
}

ct_v3 ct_sky_radiance(const struct ct_sky *sky, ct_v3 d)
{
    if (sky->dome)
        return ct_dome_radiance(sky->dome, d);
    if (d.y >= 0)
        return v3_lerp(sky->horizon, sky->zenith, sqrtf(d.y));
    return v3_lerp(sky->horizon, sky->nadir, sqrtf(-d.y));
}
