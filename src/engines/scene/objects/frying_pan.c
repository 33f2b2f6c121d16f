/* A skillet: black iron unless told otherwise, with two lips to pour from and a flat handle. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/parts.h"
#include "engines/scene/objects/vessel.h"

#define RADIUS 13.0f
#define RIM_Y 4.8f
#define HANDLE_END 28.5f
#define TOP 7.2f

const struct ct_object_shape ct_object_frying_pan_shape = {
    .min = { -RADIUS, 0, -RADIUS - 0.8f },
    .max = { HANDLE_END, TOP, RADIUS + 0.8f },
    .on_y = 0.6f,
    .on_radius = 10,
    .in_y = 0.6f,
    .in_radius = 10.2f,
    .in_rise = 0.1f,
    .yaw = 0.45f,
};

/* Lips on both sides of the handle's axis. */
static ct_v3 lips(ct_v3 p)
{
    float r = ct_hypotf(p.x, p.z), high = ct_smoothstep(3.6f, RIM_Y, p.y);
    if (r < 1)
        return p;
    float aside = ct_smoothstep(0.955f, 1.0f, fabsf(p.z) / r);
    float k = 1 + 0.055f * high * aside;
    return v3(p.x, p.y - 0.25f * high * aside, p.z * k);
}

void ct_object_frying_pan(struct ct_object_builder *b)
{
    static const struct ct_corner profile[] = {
        { 0, 0, 0 },
        { 10.3f, 0, 0.6f },
        { RADIUS - 0.15f, RIM_Y - 0.2f, 0.6f },
        { RADIUS, RIM_Y, 0.15f },
        { RADIUS - 0.4f, RIM_Y, 0.15f },
        { 10.4f, 0.6f, 1.2f },
        { 0, 0.6f, 0 },
    };
    static const ct_v2 grip[] = { { 12.2f, 3.6f },  { 14.0f, 4.6f },  { 18.0f, 5.7f },
                                  { 22.5f, 6.65f }, { 26.5f, 6.85f }, { HANDLE_END, 6.75f } };
    struct ct_object_builder own = *b;
    own.body = ct_part_body(b, v3(0.018f, 0.018f, 0.020f));
    struct ct_vessel vessel = { .level = 3, .crease_deg = 40, .segments = 160, .bend = lips };
    struct ct_curve curve;
    ct_curve_fillet(&curve, profile, 7, 10);
    ct_vessel_split(&vessel, &curve);
    ct_vessel_add(&own, &vessel);
    ct_object_add_part(b, ct_part_strap(grip, 6, 0.42f, 1.35f, 0.7f), own.body);
}
