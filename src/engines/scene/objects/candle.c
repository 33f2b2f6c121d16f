/* A pillar candle, lit: a dished top, a wick, a flame. The flame shows in the camera and in
 * mirrors; the light it gives comes from a small lamp in its place, which the renderer can aim at,
 * and the glow of the wax is part of the material. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/object.h"

#define RADIUS 3.4f
#define RIM_Y 9.3f
#define POOL_Y 8.85f
#define WICK_TOP 9.95f
#define FLAME_FROM 9.62f
#define FLAME_TOP 12.0f

const struct ct_object_shape ct_object_candle_shape = {
    .min = { -RADIUS, 0, -RADIUS },
    .max = { RADIUS, FLAME_TOP, RADIUS },
    .on_y = FLAME_TOP,
    .label = { CT_DECAL_ROUND, { 0, 4.4f, RADIUS }, 2.8f, 2.6f },
};

static void flame_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    if (at->bounce > 0) {
        s->emission = v3(0, 0, 0); /* the lamp does this, without noise */
        return;
    }
    float t = ct_clampf((at->local.y - FLAME_FROM) / (FLAME_TOP - FLAME_FROM), 0, 1);
    float core = ct_smoothstep(0.02f, 0.32f, t) * (1 - 0.35f * ct_smoothstep(0.6f, 1, t));
    s->emission = v3_add(v3_scale(m->surface.emission, core), v3(0.06f, 0.10f, 0.42f));
}

static struct ct_mesh *flame(void)
{
    static const ct_v2 knots[] = { { 0, FLAME_FROM }, { 0.17f, 9.72f },  { 0.31f, 10.15f },
                                   { 0.30f, 10.6f },  { 0.16f, 11.35f }, { 0, FLAME_TOP } };
    struct ct_curve profile;
    ct_curve_spline(&profile, knots, 6, 10);
    for (int i = 0; i < profile.n; i++)
        profile.p[i] =
            v2(ct_maxf(profile.p[i].x, 0), ct_clampf(profile.p[i].y, FLAME_FROM, FLAME_TOP));
    return ct_shape_revolve(&profile, 48, 80);
}

static struct ct_mesh *wick(void)
{
    static const ct_v2 knots[] = {
        { 0, POOL_Y - 0.3f }, { 0, 9.3f }, { 0.03f, 9.65f }, { 0.13f, WICK_TOP }
    };
    struct ct_curve path;
    float half[CT_CURVE_MAX];
    ct_curve_spline(&path, knots, 4, 8);
    for (int i = 0; i < path.n; i++)
        half[i] = 0.075f;
    return ct_shape_sweep(&(struct ct_sweep){ &path, half, half, 16, 1 });
}

void ct_object_candle(struct ct_object_builder *b)
{
    static const struct ct_corner profile[] = {
        { 0, 0, 0 },
        { RADIUS, 0, 0.18f },
        { RADIUS, RIM_Y, 0.3f },
        { RADIUS - 0.55f, RIM_Y, 0.3f },
        { RADIUS - 0.95f, POOL_Y, 0.8f },
        { 0, POOL_Y, 0 },
    };
    struct ct_curve curve;
    ct_curve_fillet(&curve, profile, 6, 12);
    int wax = b->body;
    if (wax >= 0 && b->object->look.material == CT_MATERIAL_wax) {
        struct ct_material *m = &b->world->materials[wax];
        m->param[0] = POOL_Y;
        m->param[1] = 2.4f;
        m->param[2] = 0.85f;
    }
    struct ct_material fire = {
        .surface = { .roughness = 1, .emission = { 16, 8.2f, 2.3f } },
        .texture = flame_texture,
        .scale = 1,
    };
    ct_object_add_part(b, ct_shape_revolve(&curve, 160, 50), wax);
    ct_object_add_part(b, wick(), ct_object_part_colored(b, CT_MATERIAL_matte, v3(0, 0, 0)));
    ct_object_add_part(b, flame(), ct_world_add_material(b->world, &fire));
    ct_object_lamp(b, v3(0, FLAME_TOP + 0.3f, 0), 0.4f, v3(60, 30, 9));
}
