/* A ribbed cactus with two arms in a pot, its spines in rows on the ribs. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"
#include "engines/scene/objects/planter.h"

#define HEIGHT 27.0f
#define POT_HEIGHT 7.5f
#define POT_RADIUS 5.6f
#define RIBS 13
#define MAX_SPINES 1400

const struct ct_object_shape ct_object_cactus_shape = {
    .min = { -7.6f, 0, -5.6f },
    .max = { 7.9f, HEIGHT, 5.6f },
    .yaw = 0.3f,
};

struct stem {
    float from_y, to_y, radius, x; /* upright part */
    float elbow;                   /* height at which the arm leaves the trunk; 0: the trunk */
};

/* The middle of the stem at t in [0, 1] and its radius there, round at the top. */
static ct_v3 middle(const struct stem *stem, float t, float *radius)
{
    float end = ct_maxf(1 - t, 0) * (stem->to_y - stem->from_y) / stem->radius;
    float k = end < 1 ? sqrtf(ct_maxf(1 - (1 - end) * (1 - end), 0)) : 1;
    *radius = stem->radius * k * (0.93f + 0.07f * ct_sinf(3 * t));
    return v3(stem->x, ct_lerp(stem->from_y, stem->to_y, t), 0);
}

static ct_v3 stem_at(const void *ctx, float u, float v)
{
    float r, s, c, t = v < 0.5f ? 1.6f * v * 0.5f / 0.8f : v; /* even enough */
    ct_v3 p = middle(ctx, t, &r);
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float rib = fabsf(ct_cosf(CT_PI * RIBS * u));
    r *= 0.82f + 0.18f * (1 - (1 - rib) * (1 - rib));
    return v >= 1 ? p : v3(p.x + r * c, p.y, p.z + r * s);
}

static int add_spines(float (*places)[12], int n, const struct stem *stem)
{
    int rows = (int)((stem->to_y - stem->from_y) / 1.1f);
    for (int row = 1; row < rows; row++) {
        for (int rib = 0; rib < RIBS; rib++) {
            float r, s, c;
            ct_v3 p = middle(stem, (float)row / (float)rows, &r);
            ct_sincosf(2 * CT_PI * (float)rib / RIBS, &s, &c);
            ct_v3 at = v3(p.x + 0.97f * r * c, p.y, p.z + 0.97f * r * s);
            for (int k = 0; k < 3 && n < MAX_SPINES; k++) {
                float tilt = 0.7f * (float)(k - 1);
                ct_v3 up = v3(c - tilt * s, 0.35f - 0.5f * (float)(k & 1), s + tilt * c);
                ct_matrix_stand(places[n++], at, up, 0, 1);
            }
        }
    }
    return n;
}

void ct_object_cactus(struct ct_object_builder *b)
{
    static const struct stem stems[] = {
        { 6.0f, HEIGHT, 2.7f, 0, 0 },
        { 14.5f, 20.5f, 1.45f, 6.0f, 13.2f },
        { 16.8f, 22.0f, 1.35f, -5.7f, 15.6f },
    };
    int green = ct_object_part_colored(b, CT_MATERIAL_foliage, v3(0.07f, 0.20f, 0.075f));
    float places[MAX_SPINES][12];
    int n = 0;
    ct_planter_add(b, POT_RADIUS, POT_HEIGHT, ct_planter_material(b));
    for (int i = 0; i < 3; i++) {
        const struct stem *s = &stems[i];
        ct_object_add_part(b, ct_shape_grid(&(struct ct_grid){ RIBS * 10, 72, true, stem_at, s }),
                           green);
        n = add_spines(places, n, s);
        if (s->elbow > 0) {
            const ct_v3 arm[] = { { 0, s->elbow - 0.6f, 0 },
                                  { 0.62f * s->x, s->elbow - 0.3f, 0 },
                                  { 0.93f * s->x, s->elbow + 0.5f, 0 },
                                  { s->x, s->from_y + 0.8f, 0 } };
            const float radii[4] = { 0.85f * s->radius, 0.85f * s->radius, 0.86f * s->radius,
                                     0.86f * s->radius };
            /* The inside of the elbow folds into itself. */
            ct_object_add_part(
                b,
                ct_mesh_creased(ct_shape_tube(&(struct ct_tube){ arm, radii, 4, 10, 24 }), 60),
                green);
        }
    }
    struct ct_curve spine = { .n = 0 };
    ct_curve_add(&spine, v2(0.035f, 0));
    ct_curve_add(&spine, v2(0, 0.75f));
    ct_model_copies(b, ct_mesh_creased(ct_shape_revolve(&spine, 5, 80), 80),
                    (const float(*)[12])places, n,
                    ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.82f, 0.76f, 0.60f)));
}
