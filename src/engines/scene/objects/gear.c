/* A spur gear standing on its teeth: toothed rim, a recessed web, a bored hub. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define TEETH 18
#define ROOT 4.15f
#define TIP 5.0f
#define HOLE 1.0f

const struct ct_object_shape ct_object_gear_shape = {
    .min = { -TIP, 0, -1.15f },
    .max = { TIP, 2 * TIP, 1.15f },
    .yaw = -0.55f,
};

static void add_circle(struct ct_curve *c, float radius, int n, float sense)
{
    for (int i = 0; i < n; i++) {
        float s, k;
        ct_sincosf(sense * 2 * CT_PI * (float)i / (float)n, &s, &k);
        ct_curve_add(c, v2(radius * k, radius * s));
    }
}

static struct ct_mesh *rim(void)
{
    /* Angle within a tooth's pitch and radius: root, flank, tip, flank. */
    static const float tooth[][2] = { { -0.5f, ROOT },          { -0.30f, ROOT },
                                      { -0.24f, ROOT + 0.12f }, { -0.15f, TIP - 0.1f },
                                      { -0.11f, TIP },          { 0, TIP + 0.01f },
                                      { 0.11f, TIP },           { 0.15f, TIP - 0.1f },
                                      { 0.24f, ROOT + 0.12f },  { 0.30f, ROOT } };
    struct ct_curve outline = { .n = 0 }, hole = { .n = 0 };
    for (int i = 0; i < TEETH; i++) {
        for (int k = 0; k < 10; k++) {
            float s, c, turn = ((float)i + tooth[k][0]) / TEETH - 0.25f;
            ct_sincosf(2 * CT_PI * turn, &s, &c);
            ct_curve_add(&outline, v2(tooth[k][1] * c, tooth[k][1] * s));
        }
    }
    add_circle(&hole, 3.3f, 96, -1);
    return ct_shape_prism(&(struct ct_prism){ &outline, &hole, 1.0f, 0.07f, 24 });
}

static struct ct_mesh *disc(float radius, float hole_radius, float half_depth)
{
    struct ct_curve outline = { .n = 0 }, hole = { .n = 0 };
    add_circle(&outline, radius, 96, 1);
    add_circle(&hole, hole_radius, 64, -1);
    return ct_shape_prism(&(struct ct_prism){ &outline, &hole, half_depth, 0.07f, 24 });
}

void ct_object_gear(struct ct_object_builder *b)
{
    ct_v3 at = v3(0, TIP + 0.005f, 0), none = v3(0, 0, 0);
    ct_model_mesh(b, rim(), none, at, b->body);
    ct_model_mesh(b, disc(3.35f, HOLE + 0.2f, 0.45f), none, at, b->body);
    ct_model_mesh(b, disc(1.85f, HOLE, 1.15f), none, at, b->body);
}
