/* Wheels, each part of all of them one mesh. A wheel is built around the y axis with its outside up
 * and then laid on its side, as often as there are wheels. */
#include "engines/scene/objects/wheel.h"

#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define MAX_SPOKES 12

int ct_wheel_rubber(struct ct_object_builder *b)
{
    return ct_object_part_colored(b, CT_MATERIAL_powder_coat, v3(0.014f, 0.014f, 0.015f));
}

static void place(float out[12], ct_v3 at)
{
    ct_matrix_stand(out, at, v3(at.x < 0 ? -1.0f : 1.0f, 0, 0), 0, 1);
}

/* A closed profile turned, at all the wheels. */
static void turned(struct ct_object_builder *b, const struct ct_wheels *w,
                   const struct ct_corner *profile, int n, int material)
{
    float places[CT_WHEELS_MAX][12];
    struct ct_curve curve;
    for (int i = 0; i < w->n; i++)
        place(places[i], w->at[i]);
    ct_curve_fillet(&curve, profile, n, 3);
    ct_model_copies(b, ct_shape_revolve(&curve, 44, 40), (const float(*)[12])places, w->n,
                    material);
}

static void add_spokes(struct ct_object_builder *b, const struct ct_wheels *w)
{
    float places[CT_WHEELS_MAX * MAX_SPOKES][12], r = w->radius, half = w->half_width;
    float inner = 0.12f * r, outer = (w->rim - 0.03f) * r;
    int n = 0, spokes = w->spokes < MAX_SPOKES ? w->spokes : MAX_SPOKES;
    for (int i = 0; i < w->n; i++) {
        float side = w->at[i].x < 0 ? -1.0f : 1.0f;
        for (int k = 0; k < spokes; k++) {
            float s, c;
            ct_sincosf(2 * CT_PI * ((float)k + 0.25f) / (float)spokes, &s, &c);
            ct_v3 foot = v3_add(w->at[i], v3(side * 0.62f * half, inner * s, inner * c));
            ct_v3 up = v3(0, s, c);
            ct_matrix_stand(places[n], foot, up, 0, 1);
            /* The spoke's flat side (z) looks along the axle. */
            ct_v3 z = v3(side, 0, 0), x = v3_cross(up, z);
            const ct_v3 column[3] = { x, up, z };
            for (int a = 0; a < 3; a++) {
                places[n][a] = column[a].x;
                places[n][4 + a] = column[a].y;
                places[n][8 + a] = column[a].z;
            }
            n++;
        }
    }
    float width = ct_clampf(0.9f / (float)spokes, 0.05f, 0.15f) * r;
    struct ct_mesh *one =
        ct_shape_box(v3(width, (outer - inner) / 2, 0.14f * half), 0.08f * half, 2);
    ct_mesh_move(one, v3(0, (outer - inner) / 2, 0));
    ct_model_copies(b, one, (const float(*)[12])places, n, w->metal);
}

void ct_wheels_add(struct ct_object_builder *b, const struct ct_wheels *w)
{
    float r = w->radius, h = w->half_width, rim = w->rim * r;
    const struct ct_corner tyre[] = {
        { rim - 0.02f * r, -0.8f * h, 0 }, { 0.90f * r, -h, 0.06f * r },
        { r, -0.72f * h, 0.07f * r },      { r, 0.72f * h, 0.07f * r },
        { 0.90f * r, h, 0.06f * r },       { rim - 0.02f * r, 0.8f * h, 0.01f * r },
        { rim - 0.02f * r, -0.8f * h, 0 },
    };
    float dish = w->spokes > 0 ? 0.05f * h : 0.55f * h;
    const struct ct_corner disc[] = {
        { 0, -0.7f * h, 0 },
        { rim - 0.03f * r, -0.7f * h, 0 },
        { rim - 0.03f * r, dish, 0 },
        { 0, dish, 0 },
    };
    const struct ct_corner lip[] = {
        { rim - 0.10f * r, 0, 0 },
        { rim, 0.2f * h, 0 },
        { rim + 0.01f * r, 0.86f * h, 0.03f * r },
        { rim - 0.03f * r, 0.90f * h, 0.02f * r },
        { rim - 0.08f * r, 0.5f * h, 0.02f * r },
        { rim - 0.10f * r, 0, 0 },
    };
    const struct ct_corner hub[] = {
        { 0, 0, 0 },
        { 0.15f * r, 0, 0 },
        { 0.14f * r, 0.84f * h, 0.05f * r },
        { 0, 0.88f * h, 0 },
    };
    int dark = ct_object_part_colored(b, CT_MATERIAL_powder_coat, v3(0.03f, 0.03f, 0.032f));
    turned(b, w, tyre, 7, w->rubber);
    turned(b, w, disc, 4, w->spokes > 0 ? dark : w->metal);
    turned(b, w, lip, 6, w->metal);
    turned(b, w, hub, 4, w->metal);
    if (w->spokes > 0)
        add_spokes(b, w);
}
