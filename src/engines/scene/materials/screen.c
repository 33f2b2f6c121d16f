/* A display that is switched on: glass over soft waves of light, as they are the wallpaper of a new
 * device. It shines only as far as it must to be read in a lit room. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#define BANDS 5

/* Bands that lie over each other like sheets of coloured paper, lit from above. */
static ct_v3 wallpaper(float u, float v, ct_v3 low, ct_v3 high)
{
    ct_v3 color = v3_lerp(high, v3(0.92f, 0.90f, 0.95f), 0.35f * v);
    for (int i = 0; i < BANDS; i++) {
        float t = (float)i / (BANDS - 1);
        float edge = 0.86f - 0.19f * (float)i + 0.13f * ct_sinf(3.4f * u + 1.9f * (float)i) +
                     0.05f * ct_sinf(7.7f * u - 2.3f * (float)i);
        float below = ct_smoothstep(edge + 0.006f, edge - 0.006f, v);
        float shade = 1 - 0.45f * ct_smoothstep(0.02f, 0.26f, edge - v);
        color = v3_lerp(color, v3_scale(v3_lerp(high, low, t), 0.65f + 0.6f * shade), below);
    }
    return color;
}

static void screen_texture(const struct ct_material *m, const struct ct_shade_point *at,
                           struct ct_surface *s)
{
    s->emission = v3_scale(wallpaper(at->u, at->v, m->surface.base_color, m->color2), m->param[0]);
    s->base_color = v3(0.012f, 0.012f, 0.014f);
}

void ct_material_screen(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.025f, 0.055f, 0.26f));
    m->color2 = look->has_color ? v3_lerp(m->surface.base_color, v3(0.9f, 0.8f, 0.85f), 0.5f)
                                : v3(0.62f, 0.20f, 0.36f);
    m->surface.roughness = 0.4f;
    m->surface.specular = 0;
    m->surface.coat = 1;
    m->surface.coat_roughness = 0.05f;
    m->texture = screen_texture;
    m->param[0] = 1.0f;
}
