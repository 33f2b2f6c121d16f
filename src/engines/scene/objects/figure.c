/* A figure's body and what is set on it (figure.h).
 *
 * Called by the generators of animals and people, on the thread that builds the world. The body's
 * mesh tells by its texture coordinates how far a point is from the border of each colour
 * (geometry/lumps.h); paint_texture() turns that into colours before the stuff's own texture runs.
 * Features are placed by walking to the surface from a point near it, so that a table needs no
 * exact numbers. */
#include "engines/scene/objects/figure.h"

#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"

#define INK 0x1b1614
#define BORDER_CM 0.035f /* half the width over which two colours meet */

enum {
    LINE_STEPS = 8,
};

static void paint_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    float second = ct_smoothstep(BORDER_CM, -BORDER_CM, at->u);
    float third = ct_smoothstep(BORDER_CM, -BORDER_CM, at->v);
    s->base_color = v3_lerp(v3_lerp(s->base_color, m->color2, second), m->color3, third);
    if (m->under)
        m->under(m, at, s);
}

/* A statue: of one stuff all over. */
static bool is_statue(const struct ct_object_builder *b)
{
    enum ct_material_id own = ct_object_info(b->object->object)->material;
    return b->object->look.material != own;
}

/* The colour of a paint: the prompt's for the one that is dyed, and for the others their own. */
static ct_v3 paint_color(const struct ct_object_builder *b, const struct ct_figure *figure,
                         int paint)
{
    ct_v3 own = ct_hex_color(figure->color[paint]);
    ct_v3 named = b->world->materials[b->body].surface.base_color;
    if (!b->object->look.has_color)
        return own;
    if (paint == figure->dyed)
        return named;
    if (figure->fixed_marks || paint == 0)
        return own;
    bool paler = ct_luminance(own) > ct_luminance(ct_hex_color(figure->color[0]));
    return v3_lerp(named, paler ? v3(0.82f, 0.80f, 0.76f) : v3(0.02f, 0.018f, 0.017f),
                   paler ? 0.55f : 0.5f);
}

void ct_figure_add_body(struct ct_object_builder *b, const struct ct_figure *figure)
{
    int body = b->body;
    if (!is_statue(b) && body >= 0) {
        struct ct_material m = b->world->materials[body];
        m.surface.base_color = paint_color(b, figure, 0);
        m.color2 = paint_color(b, figure, 1);
        m.color3 = paint_color(b, figure, 2);
        m.under = m.texture;
        m.texture = paint_texture;
        body = ct_world_add_material(b->world, &m);
    }
    ct_object_add_part(b, ct_shape_lumps(&figure->body), body);
}

int ct_figure_feature(struct ct_object_builder *b, uint32_t color)
{
    return is_statue(b) ? b->body
                        : ct_object_part_colored(b, CT_MATERIAL_lacquer, ct_hex_color(color));
}

static void add_eye(struct ct_object_builder *b, const struct ct_figure *figure, ct_v3 at,
                    float radius, int black, int glint)
{
    ct_v3 n, p = ct_lumps_touch(&figure->body, at, &n);
    ct_v3 middle = v3_mad(n, -0.45f * radius, p);
    ct_model_ball(b, middle, v3(radius, 1.08f * radius, radius), black);
    if (is_statue(b))
        return;
    /* The glint is on the same side of both eyes, as a window's is. */
    ct_v3 up = v3_norm(v3_mad(n, 1.05f, v3(-0.35f, 0.62f, 0)));
    ct_model_ball(b, v3_mad(up, 0.86f * radius, middle),
                  v3(0.27f * radius, 0.27f * radius, 0.27f * radius), glint);
}

void ct_figure_add_eyes(struct ct_object_builder *b, const struct ct_figure *figure, ct_v3 at,
                        float radius)
{
    int black = ct_figure_feature(b, INK), glint = ct_figure_feature(b, 0xffffff);
    for (int side = -1; side <= 1; side += 2)
        add_eye(b, figure, v3((float)side * at.x, at.y, at.z), radius, black, glint);
}

void ct_figure_add_wide_eyes(struct ct_object_builder *b, const struct ct_figure *figure,
                             ct_v3 at, float radius, uint32_t iris)
{
    int white = ct_figure_feature(b, iris), black = ct_figure_feature(b, INK);
    int glint = ct_figure_feature(b, 0xffffff);
    for (int side = -1; side <= 1; side += 2) {
        ct_v3 n, p = ct_lumps_touch(&figure->body, v3((float)side * at.x, at.y, at.z), &n);
        ct_v3 middle = v3_mad(n, -0.5f * radius, p);
        ct_model_ball(b, middle, v3(radius, radius, radius), white);
        if (is_statue(b))
            continue;
        /* Both pupils look ahead a little, wherever the eyes sit. */
        ct_v3 look = v3_norm(v3_add(n, v3(0, 0.05f, 0.45f)));
        float r = 0.66f * radius;
        ct_v3 pupil = v3_mad(look, radius - 0.84f * r, middle);
        ct_model_ball(b, pupil, v3(r, r, r), black);
        ct_v3 up = v3_norm(v3_mad(look, 1.05f, v3(-0.35f, 0.62f, 0)));
        ct_model_ball(b, v3_mad(up, 0.9f * r, pupil), v3(0.3f * r, 0.3f * r, 0.3f * r), glint);
    }
}

void ct_figure_add_knob(struct ct_object_builder *b, const struct ct_figure *figure, ct_v3 at,
                        ct_v3 radii, uint32_t color)
{
    ct_v3 n, p = ct_lumps_touch(&figure->body, at, &n);
    ct_model_ball(b, v3_mad(n, 0.25f * ct_minf(radii.x, ct_minf(radii.y, radii.z)), p), radii,
                  ct_figure_feature(b, color));
}

void ct_figure_add_cone(struct ct_object_builder *b, const struct ct_figure *figure, ct_v3 at,
                        ct_v3 way, float radius, uint32_t color)
{
    ct_v3 n, p = ct_lumps_touch(&figure->body, at, &n);
    struct ct_model_drum cone = { v3_mad(n, -0.3f * radius, p), v3_add(p, way), radius,
                                  0.16f * radius, 0.14f * radius };
    ct_model_drum(b, cone, ct_figure_feature(b, color));
}

void ct_figure_add_line(struct ct_object_builder *b, const struct ct_figure *figure,
                        const ct_v3 *knots, int n, float radius, uint32_t color)
{
    ct_v3 on[CT_TUBE_KNOTS];
    for (int i = 0; i < n && i < CT_TUBE_KNOTS; i++)
        on[i] = ct_lumps_touch(&figure->body, knots[i], NULL);
    ct_model_tube(b, on, n, radius, radius, ct_figure_feature(b, color));
}

void ct_figure_add_smile(struct ct_object_builder *b, const struct ct_figure *figure, ct_v3 at,
                         float half, float drop, float radius)
{
    for (int side = -1; side <= 1; side += 2) {
        ct_v3 knots[LINE_STEPS];
        for (int i = 0; i < LINE_STEPS; i++) {
            float t = (float)i / (LINE_STEPS - 1), s, c;
            ct_sincosf(CT_PI * 0.92f * t, &s, &c);
            knots[i] = v3(at.x + (float)side * half * t, at.y - drop * (0.15f + 0.85f * s),
                          at.z - 0.25f * half * t);
        }
        ct_figure_add_line(b, figure, knots, LINE_STEPS, radius, INK);
    }
}
