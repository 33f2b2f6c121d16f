/* A sill of painted wood, a sash window, green blurred outdoors. */
#include "engines/scene/backdrops/indoor.h"

#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

/* A garden seen out of focus: light sky above soft greens; emission from local height and noise. */
static void garden_texture(const struct ct_material *m, const struct ct_shade_point *at,
                           struct ct_surface *s)
{
    ct_v3 p = v3_scale(at->local, m->scale);
    float sky = ct_smoothstep(-0.1f, 0.75f, p.y + 0.35f * ct_noise3(v3(0.7f * p.x, 0.5f, 1.5f)));
    float leaves = ct_clampf(0.5f + 0.5f * ct_noise3(v3(1.6f * p.x, 1.6f * p.y, 3.5f)), 0, 1);
    ct_v3 green = v3_lerp(v3(0.22f, 0.36f, 0.12f), v3(0.75f, 0.90f, 0.42f), leaves);
    s->emission = v3_scale(v3_lerp(green, v3(1.25f, 1.4f, 1.55f), sky), m->param[0]);
}

void ct_backdrop_windowsill(const struct ct_backdrop_stage *stage)
{
    float r = ct_indoor_unit(stage), behind = 2.6f * r, far = 30 * r;
    ct_indoor_top(stage, behind, 0.4f * r);
    if (stage->from_above)
        return;
    float wide = 1.3f * ct_backdrop_half_width(stage, far);
    int view = ct_indoor_glow(stage, v3(1, 1, 1));
    if (view >= 0) {
        struct ct_material *m = &stage->world->materials[view];
        m->texture = garden_texture;
        m->scale = 0.16f / r;
        m->param[0] = 1.5f;
    }
    ct_backdrop_add(stage, ct_shape_quad(v3(0, 4 * r, -far), v3(wide, 0, 0), v3(0, 40 * r, 0)),
                    view);
    struct ct_block bars[24];
    int n = 0;
    float z = -behind - 0.1f * r;
    bars[n++] = (struct ct_block){ { 0, 0.3f * r, z }, { wide, 0.35f * r, 0.22f * r } };
    bars[n++] = (struct ct_block){ { 0, 4.6f * r, z }, { wide, 0.13f * r, 0.13f * r } };
    for (int i = -2; i <= 2; i++)
        bars[n++] = (struct ct_block){ { 5.2f * r * ((float)i + 0.5f), 15 * r, z },
                                       { (i & 1 ? 0.2f : 0.12f) * r, 15 * r, 0.16f * r } };
    ct_indoor_blocks(stage, bars, n, 0.04f * r,
                     ct_indoor_material(stage, CT_MATERIAL_lacquer, v3(0.84f, 0.84f, 0.82f)));
}
