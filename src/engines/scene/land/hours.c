/* The light of each hour: where the sun stands and what colours the sky has then.
 *
 * Chosen by eye, as a painter mixes them, on the scale of the rigs (a key of about 10 at exposure
 * 1): a physical sky spans a million to one between noon and starlight, a picture does not. */
#include "engines/scene/land/plan.h"

static const struct ct_land_hour hours[] = {
    [CT_HOUR_day] = {
        .sun_elevation_deg = 38, .sun_azimuth_deg = 118,
        .sun = { 12.6f, 11.3f, 9.3f },
        .zenith = { 0.10f, 0.28f, 0.86f }, .middle = { 0.30f, 0.60f, 1.25f },
        .horizon = { 1.00f, 1.26f, 1.52f }, .glow = { 0.5f, 0.42f, 0.3f },
        .cloud_lit = { 2.95f, 2.86f, 2.72f }, .cloud_shade = { 0.62f, 0.72f, 0.90f },
        .exposure = 0.78f, .bloom = 0.04f,
    },
    [CT_HOUR_golden] = {
        .sun_elevation_deg = 17, .sun_azimuth_deg = 92,
        .sun = { 11.5f, 6.4f, 2.7f },
        .zenith = { 0.16f, 0.27f, 0.55f }, .middle = { 0.50f, 0.56f, 0.66f },
        .horizon = { 1.35f, 0.98f, 0.62f }, .glow = { 1.9f, 1.05f, 0.40f },
        .cloud_lit = { 2.4f, 1.75f, 1.15f }, .cloud_shade = { 0.50f, 0.46f, 0.52f },
        .exposure = 0.92f, .bloom = 0.08f,
    },
    [CT_HOUR_sunset] = {
        .sun_elevation_deg = 4.2f, .sun_azimuth_deg = 9,
        .sun = { 5.6f, 2.4f, 0.8f },
        .zenith = { 0.10f, 0.14f, 0.36f }, .middle = { 0.46f, 0.30f, 0.38f },
        .horizon = { 1.30f, 0.60f, 0.30f }, .glow = { 3.2f, 1.25f, 0.32f },
        .cloud_lit = { 2.2f, 0.95f, 0.55f }, .cloud_shade = { 0.34f, 0.22f, 0.32f },
        .exposure = 0.84f, .bloom = 0.10f,
    },
    [CT_HOUR_sunrise] = {
        .sun_elevation_deg = 6, .sun_azimuth_deg = -16,
        .sun = { 7.5f, 4.1f, 1.8f },
        .zenith = { 0.20f, 0.28f, 0.54f }, .middle = { 0.62f, 0.50f, 0.58f },
        .horizon = { 1.40f, 0.88f, 0.62f }, .glow = { 2.3f, 1.25f, 0.52f },
        .cloud_lit = { 2.1f, 1.30f, 1.02f }, .cloud_shade = { 0.52f, 0.42f, 0.52f },
        .exposure = 0.86f, .bloom = 0.10f,
    },
    [CT_HOUR_dusk] = {
        .sun_elevation_deg = 5, .sun_azimuth_deg = -20, /* the afterglow */
        .sun = { 0.75f, 0.50f, 0.55f },
        .zenith = { 0.035f, 0.065f, 0.20f }, .middle = { 0.10f, 0.15f, 0.38f },
        .horizon = { 0.48f, 0.34f, 0.42f }, .glow = { 1.0f, 0.42f, 0.20f },
        .cloud_lit = { 0.48f, 0.34f, 0.45f }, .cloud_shade = { 0.10f, 0.11f, 0.20f },
        .exposure = 1.35f, .bloom = 0.08f,
    },
    [CT_HOUR_night] = {
        .sun_elevation_deg = 36, .sun_azimuth_deg = 74, /* the moon */
        .sun = { 1.15f, 1.50f, 2.30f },
        .zenith = { 0.014f, 0.028f, 0.082f }, .middle = { 0.034f, 0.064f, 0.155f },
        .horizon = { 0.085f, 0.145f, 0.26f }, .glow = { 0.02f, 0.03f, 0.05f },
        .cloud_lit = { 0.16f, 0.20f, 0.29f }, .cloud_shade = { 0.025f, 0.035f, 0.065f },
        .exposure = 2.1f, .bloom = 0.08f,
    },
};

const struct ct_land_hour *ct_land_hour(enum ct_hour hour)
{
    return &hours[hour >= 0 && hour < CT_HOUR_COUNT ? hour : CT_HOUR_day];
}
