/* A milk jug: a round belly, a lip on its right, a handle on its left. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/parts.h"
#include "engines/scene/objects/vessel.h"

#define HEIGHT 18.0f
#define BELLY 6.2f
#define LIP_REACH 7.0f
#define LEVEL 12.0f

const struct ct_object_shape ct_object_jug_shape = {
    .min = { -9.6f, 0, -BELLY },
    .max = { LIP_REACH, HEIGHT, BELLY },
    .on_y = HEIGHT,
    .in_y = 0.8f,
    .in_radius = 3.2f,
    .yaw = 0.35f,
};

/* The rim is drawn out and up towards +x, and pinched a little beside the lip. */
static ct_v3 lip(ct_v3 p)
{
    float r = ct_hypotf(p.x, p.z), high = ct_smoothstep(12.5f, HEIGHT, p.y);
    if (r < 0.5f || p.x <= 0)
        return p;
    float front = ct_expf(-(p.z * p.z) / (2 * 1.5f * 1.5f)) * ct_smoothstep(0.4f, 1.0f, p.x / r);
    float beside = ct_smoothstep(0.2f, 0.7f, p.x / r);
    return v3(p.x + 2.35f * high * high * front, p.y + 0.35f * high * front - 0.35f * high,
              p.z * (1 - 0.14f * high * beside));
}

static struct ct_mesh *handle(void)
{
    static const ct_v2 knots[] = { { -3.9f, 15.2f }, { -5.2f, 16.3f }, { -7.6f, 16.0f },
                                   { -9.1f, 13.4f }, { -8.8f, 10.0f }, { -7.2f, 7.2f },
                                   { -5.5f, 6.1f } };
    struct ct_curve path;
    float a[CT_CURVE_MAX], c[CT_CURVE_MAX];
    ct_curve_spline(&path, knots, 7, 14);
    for (int i = 0; i < path.n; i++) {
        float t = (float)i / (float)(path.n - 1), end = ct_minf(t, 1 - t);
        float flare = 1 + 0.7f * (1 - ct_smoothstep(0, 0.15f, end));
        a[i] = 0.42f * (0.5f + 0.5f * flare);
        c[i] = 0.72f * flare;
    }
    return ct_shape_sweep(&(struct ct_sweep){ &path, a, c, 40, 0.9f });
}

void ct_object_jug(struct ct_object_builder *b)
{
    static const struct ct_corner foot[] = { { 0, 0.3f, 0 },
                                             { 3.2f, 0.3f, 0.1f },
                                             { 3.4f, 0, 0.1f },
                                             { 4.1f, 0, 0.3f },
                                             { 4.5f, 0.7f, 0 } };
    static const ct_v2 wall[] = { { 4.5f, 0.7f },   { 5.7f, 2.9f },  { BELLY, 5.6f },
                                  { 5.75f, 8.8f },  { 4.6f, 12.0f }, { 4.15f, 14.2f },
                                  { 4.45f, 16.4f }, { 4.9f, 17.9f } };
    struct ct_vessel vessel = { .level = LEVEL, .crease_deg = 60, .segments = 192, .bend = lip };
    struct ct_curve curve;
    ct_curve_fillet(&vessel.outer, foot, 5, 8);
    ct_curve_spline(&curve, wall, 8, 12);
    for (int i = 1; i < curve.n; i++)
        ct_curve_add(&vessel.outer, curve.p[i]);
    ct_vessel_hollow(&vessel, 0.36f, 0.8f);
    ct_vessel_add(b, &vessel);
    ct_object_add_part(b, handle(), b->body);
}
