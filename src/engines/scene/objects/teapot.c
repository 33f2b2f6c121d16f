/* A round teapot: spout on its right, handle on its left, a lid with a knob. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/parts.h"

#define BELLY 7.6f
#define SHOULDER_Y 11.0f
#define HEIGHT 15.2f

const struct ct_object_shape ct_object_teapot_shape = {
    .min = { -12.2f, 0, -BELLY },
    .max = { 13.4f, HEIGHT, BELLY },
    .on_y = HEIGHT,
    .yaw = 0.3f,
};

static void add_body(struct ct_object_builder *b)
{
    static const struct ct_corner foot[] = { { 0, 0.25f, 0 },
                                             { 3.6f, 0.25f, 0.1f },
                                             { 3.8f, 0, 0.12f },
                                             { 4.5f, 0, 0.25f },
                                             { 4.6f, 0.55f, 0 } };
    static const ct_v2 wall[] = { { 4.6f, 0.55f }, { 6.5f, 2.3f },  { BELLY, 5.4f },
                                  { 7.2f, 8.2f },  { 5.6f, 10.3f }, { 4.1f, SHOULDER_Y } };
    struct ct_curve profile, curve;
    ct_curve_fillet(&profile, foot, 5, 8);
    ct_curve_spline(&curve, wall, 6, 14);
    for (int i = 1; i < curve.n; i++)
        ct_curve_add(&profile, curve.p[i]);
    ct_curve_add(&profile, v2(3.95f, SHOULDER_Y + 0.18f));
    ct_curve_add(&profile, v2(3.8f, SHOULDER_Y + 0.2f));
    ct_curve_add(&profile, v2(0, SHOULDER_Y + 0.2f));
    ct_object_add_part(b, ct_shape_revolve(&profile, 160, 50), b->body);
}

static void add_lid(struct ct_object_builder *b)
{
    static const struct ct_corner profile[] = {
        { 0, 11.1f, 0 },        { 3.55f, 11.1f, 0.05f }, { 3.72f, 11.3f, 0.12f },
        { 3.5f, 11.65f, 0.3f }, { 1.7f, 12.75f, 3.0f },  { 0.7f, 12.95f, 0.3f },
        { 0.62f, 13.5f, 0.3f }, { 1.25f, 14.1f, 0.5f },  { 1.1f, 14.95f, 0.6f },
        { 0, HEIGHT, 0 },
    };
    ct_part_turned(b, profile, 10, b->body);
}

static struct ct_mesh *spout(void)
{
    static const ct_v2 knots[] = { { 5.2f, 3.6f },  { 7.2f, 4.0f },   { 9.0f, 5.3f },
                                   { 10.3f, 7.6f }, { 11.4f, 10.0f }, { 12.9f, 11.5f } };
    struct ct_curve path;
    float half[CT_CURVE_MAX];
    ct_curve_spline(&path, knots, 6, 14);
    for (int i = 0; i < path.n; i++) {
        float t = (float)i / (float)(path.n - 1);
        half[i] =
            ct_lerp(2.1f, 0.72f, ct_smoothstep(0, 0.85f, t)) + 0.12f * ct_smoothstep(0.88f, 1, t);
    }
    return ct_shape_sweep(&(struct ct_sweep){ &path, half, half, 48, 1 });
}

/* The dark mouth of the spout. */
static struct ct_mesh *mouth(void)
{
    struct ct_mesh *mesh = ct_shape_ellipsoid(v3(0.62f, 0.12f, 0.62f), 32);
    ct_mesh_rotate(mesh, 2, -0.72f);
    ct_mesh_move(mesh, v3(12.9f, 11.47f, 0));
    return mesh;
}

static struct ct_mesh *handle(void)
{
    static const ct_v2 knots[] = { { -5.6f, 9.6f },  { -8.2f, 11.2f }, { -10.8f, 10.6f },
                                   { -11.8f, 8.2f }, { -11.0f, 5.2f }, { -8.9f, 3.2f },
                                   { -6.4f, 2.9f } };
    struct ct_curve path;
    float a[CT_CURVE_MAX], c[CT_CURVE_MAX];
    ct_curve_spline(&path, knots, 7, 14);
    for (int i = 0; i < path.n; i++) {
        float t = (float)i / (float)(path.n - 1), end = ct_minf(t, 1 - t);
        float flare = 1 + 0.6f * (1 - ct_smoothstep(0, 0.16f, end));
        a[i] = 0.45f * flare;
        c[i] = 0.68f * flare;
    }
    return ct_shape_sweep(&(struct ct_sweep){ &path, a, c, 40, 0.9f });
}

void ct_object_teapot(struct ct_object_builder *b)
{
    add_body(b);
    add_lid(b);
    ct_object_add_part(b, spout(), b->body);
    ct_object_add_part(b, mouth(), ct_object_part_colored(b, CT_MATERIAL_matte, v3(0, 0, 0)));
    ct_object_add_part(b, handle(), b->body);
}
