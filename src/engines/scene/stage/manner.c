/* `style`: what vivid and natural mean for a picture.
 *
 * Vivid is the colourful picture of an advertisement: a wall in a colour that sets the subject off,
 * saturation, glow. Natural is the one a camera would take by a window: quiet walls, daylight,
 * colours as they are. Neither ever overrides a word of the prompt, and without one of them the
 * classic choices stand. Called by compose.c. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/stage/stage.h"

/* Walls that are colourful and still let a thing stand out: terracotta, mustard, sage, teal,
 * cobalt, plum. In the order of their hue. */
static const uint32_t walls[] = { 0xc8643f, 0xd9a032, 0x6f9a5b, 0x2b8a8f, 0x3a5fa8, 0x9a4f7f };
#define N_WALLS ((int)(sizeof(walls) / sizeof(*walls)))
#define OFF_WHITE 0xe7e4de

/* A measure of how different two colours look, by hue first. */
static float difference(ct_v3 a, ct_v3 b)
{
    float la = ct_maxf(ct_luminance(a), 0.01f), lb = ct_maxf(ct_luminance(b), 0.01f);
    ct_v3 d = v3_sub(v3_scale(a, 1 / la), v3_scale(b, 1 / lb));
    float light = sqrtf(la) - sqrtf(lb);
    return v3_dot(d, d) + 8 * light * light;
}

static ct_v3 contrasting_wall(const struct ct_scene3 *scene)
{
    struct ct_material m;
    int best = 3;
    float most = 0;
    if (scene->n_objects == 0)
        return ct_hex_color(walls[best]);
    ct_material_make(&m, &scene->objects[0].look);
    if (m.glass || m.surface.metallic > 0)
        return ct_hex_color(walls[best]);
    for (int i = 0; i < N_WALLS; i++) {
        float d = difference(m.surface.base_color, ct_hex_color(walls[i]));
        if (d > most) {
            most = d;
            best = i;
        }
    }
    return ct_hex_color(walls[best]);
}

void ct_stage_style(struct ct_scene3 *scene, const struct ct_intent *intent, enum ct_style style)
{
    bool wall_named = intent->has_backdrop_color || intent->n_palette > 0 || intent->dark ||
                      intent->style != CT_LOOK_STYLE_NONE;
    bool plain = scene->backdrop == CT_BACKDROP_table || scene->backdrop == CT_BACKDROP_sweep ||
                 scene->backdrop == CT_BACKDROP_gradient;
    bool light = scene->rig == CT_RIG_soft_side || scene->rig == CT_RIG_studio;
    if (style == CT_STYLE_UNSET)
        return;
    if (light && !wall_named && plain)
        scene->backdrop_color =
            style == CT_STYLE_VIVID ? contrasting_wall(scene) : ct_hex_color(OFF_WHITE);
    if (light && intent->rig == CT_RIG_NONE)
        scene->rig = style == CT_STYLE_VIVID ? CT_RIG_studio : CT_RIG_soft_side;
}

void ct_stage_style_post(struct ct_post *post, enum ct_style style)
{
    if (style == CT_STYLE_VIVID) {
        post->saturation = 0.24f;
        post->bloom *= 1.5f;
    } else if (style == CT_STYLE_NATURAL) {
        post->saturation = -0.12f;
        post->vignette *= 0.4f;
        post->bloom *= 0.4f;
    }
}
