/* An apple: a turned profile with five lobes at the blossom end, leaning a little, and a stem. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/object.h"

#include <stddef.h>

#define BODY_HEIGHT 6.6f
#define RADIUS 3.85f
#define STEM_TOP 7.5f

const struct ct_object_shape ct_object_apple_shape = {
    .min = { -4.1f, 0, -4.1f },
    .max = { 4.1f, STEM_TOP, 4.1f },
    .on_y = BODY_HEIGHT,
    .yaw = 0.4f,
};

static struct ct_mesh *body(uint32_t seed)
{
    static const ct_v2 knots[] = { { 0, 0.62f },     { 0.5f, 0.42f },  { 1.15f, 0.04f },
                                   { 1.75f, 0.07f }, { 2.55f, 0.75f }, { 3.35f, 2.1f },
                                   { 3.78f, 3.65f }, { RADIUS, 4.7f }, { 3.45f, 5.85f },
                                   { 2.55f, 6.5f },  { 1.65f, 6.55f }, { 0.85f, 6.1f },
                                   { 0.35f, 5.45f }, { 0, 5.15f } };
    struct ct_curve profile;
    ct_curve_spline(&profile, knots, 14, 8);
    for (int i = 0; i < profile.n; i++)
        profile.p[i] = v2(ct_maxf(profile.p[i].x, 0), ct_maxf(profile.p[i].y, 0));
    struct ct_mesh *mesh = ct_shape_revolve(&profile, 128, 80);
    float phase = 6.2832f * ct_hash32_unit(ct_hash32(seed)), shift = 9 * ct_hash32_unit(seed);
    for (uint32_t i = 0; mesh && i < mesh->n_vertices; i++) {
        ct_v3 p = ct_mesh_position(mesh, i);
        float radius = ct_hypotf(p.x, p.z), angle = ct_atan2f(p.z, p.x);
        if (radius < 1e-4f)
            continue;
        float low = 1 - ct_smoothstep(0.5f, 4.5f, p.y), high = ct_smoothstep(4.5f, 6.4f, p.y);
        float lobes = (0.035f * low + 0.018f * high) * ct_cosf(5 * angle + phase);
        float swell = 0.03f * ct_noise3(v3(0.35f * p.x + shift, 0.35f * p.y, 0.35f * p.z));
        float k = 1 + lobes + swell;
        p = v3(p.x * k, p.y, p.z * k);
        if (p.y > 3) /* the shoulder is never level */
            p.y += 0.018f * p.x * (p.y - 3);
        ct_mesh_set_position(mesh, i, p);
    }
    ct_mesh_smooth(mesh);
    return mesh;
}

static struct ct_mesh *stem(void)
{
    static const ct_v2 knots[] = {
        { 0, 5.0f }, { 0.05f, 5.8f }, { 0.22f, 6.6f }, { 0.55f, 7.42f }
    };
    struct ct_curve path;
    float half[CT_CURVE_MAX];
    ct_curve_spline(&path, knots, 4, 10);
    for (int i = 0; i < path.n; i++) {
        float t = (float)i / (float)(path.n - 1);
        half[i] = 0.10f + 0.06f * t * t + 0.05f * (1 - ct_smoothstep(0, 0.25f, t));
    }
    return ct_shape_sweep(&(struct ct_sweep){ &path, half, half, 20, 0.9f });
}

void ct_object_apple(struct ct_object_builder *b)
{
    int wood = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.085f, 0.045f, 0.018f));
    ct_object_add_part(b, body(b->seed), b->body);
    ct_object_add_part(b, stem(), wood);
}
