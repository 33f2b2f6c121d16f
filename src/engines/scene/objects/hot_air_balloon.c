/* A hot-air balloon: gores in two colours, ropes, a wicker basket. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define HEIGHT 60.0f
#define GORES 16

const struct ct_object_shape ct_object_hot_air_balloon_shape = {
    .flight = CT_FLIGHT_ALWAYS,
    .min = { -19.2f, 0, -19.2f },
    .max = { 19.2f, HEIGHT, 19.2f },
    .view_deg = 7,
    .yaw = 0.2f,
    .parts = "stripe|stripes|panel|panels;basket",
};

static ct_v3 envelope_at(const void *ctx, float u, float v)
{
    static const ct_v2 knots[] = { { 4.2f, 14.5f },  { 8.6f, 20.5f }, { 14.6f, 28.5f },
                                   { 18.6f, 37.5f }, { 18.9f, 45 },   { 15.6f, 52.6f },
                                   { 9.0f, 58.0f },  { 0, HEIGHT } };
    (void)ctx;
    float x = v * 7, s, c;
    int i = (int)x < 6 ? (int)x : 6;
    float t = x - (float)i;
    ct_v2 a = knots[i ? i - 1 : 0], p = knots[i], q = knots[i + 1],
          d = knots[i + 2 < 8 ? i + 2 : 7];
    if (i == 6)
        d = v2(-9.0f, 58.0f);
    float r = 0.5f * (2 * p.x + t * ((q.x - a.x) + t * ((2 * a.x - 5 * p.x + 4 * q.x - d.x) +
                                                        t * (3 * p.x - a.x - 3 * q.x + d.x))));
    float y = 0.5f * (2 * p.y + t * ((q.y - a.y) + t * ((2 * a.y - 5 * p.y + 4 * q.y - d.y) +
                                                        t * (3 * p.y - a.y - 3 * q.y + d.y))));
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float gore = fabsf(ct_sinf(CT_PI * GORES * u)); /* each bulges between its seams */
    r = v >= 1 ? 0 : r * (0.965f + 0.035f * sqrtf(gore));
    return v3(r * c, y, r * s);
}

static bool is_even(const void *ctx, float u, float v)
{
    (void)ctx;
    bool crown = v > 0.44f && v < 0.52f;
    return (((int)(u * GORES) & 1) == 0) != crown;
}

static bool is_odd(const void *ctx, float u, float v)
{
    return !is_even(ctx, u, v);
}

static void add_basket(struct ct_object_builder *b)
{
    int wicker = ct_object_accent_of(
        b, 1, ct_object_part_colored(b, CT_MATERIAL_linen, v3(0.27f, 0.14f, 0.055f)));
    int rim = ct_object_part_colored(b, CT_MATERIAL_leather, v3(0.10f, 0.045f, 0.02f));
    int rope = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.35f, 0.28f, 0.18f));
    ct_model_cushion(b, v3(0, 2.6f, 0), v3(3.2f, 2.6f, 3.2f), 0.22f, v3(0, 0, 0), wicker);
    const ct_v3 lip[] = { { -3.1f, 5.1f, -3.1f }, { 0, 5.1f, -3.2f },   { 3.1f, 5.1f, -3.1f },
                          { 3.2f, 5.1f, 0 },      { 3.1f, 5.1f, 3.1f }, { 0, 5.1f, 3.2f },
                          { -3.1f, 5.1f, 3.1f },  { -3.2f, 5.1f, 0 },   { -3.1f, 5.1f, -3.1f } };
    ct_model_tube(b, lip, 9, 0.4f, 0.4f, rim);
    for (int k = 0; k < 8; k++) {
        float s, c;
        ct_sincosf(2 * CT_PI * ((float)k + 0.5f) / 8, &s, &c);
        float m = ct_maxf(fabsf(s), fabsf(c));
        ct_model_drum(b,
                      (struct ct_model_drum){ { 3.0f * c / m, 5.0f, 3.0f * s / m },
                                              { 4.3f * c, 14.8f, 4.3f * s },
                                              0.09f,
                                              0.09f,
                                              0.02f },
                      rope);
    }
    ct_model_drum(b, (struct ct_model_drum){ { 0, 8.6f, 0 }, { 0, 10.2f, 0 }, 0.9f, 0.8f, 0.1f },
                  ct_object_part(b, CT_MATERIAL_brushed_steel));
}

void ct_object_hot_air_balloon(struct ct_object_builder *b)
{
    int main = ct_part_body(b, v3(0.55f, 0.035f, 0.02f));
    int other =
        ct_object_accent_of(b, 0, ct_part_dressed(b, CT_MATERIAL_linen, v3(0.82f, 0.60f, 0.16f)));
    struct ct_grid envelope = { GORES * 8, 70, true, envelope_at, NULL, is_even };
    ct_object_add_part(b, ct_shape_grid(&envelope), main);
    envelope.keep = is_odd;
    ct_object_add_part(b, ct_shape_grid(&envelope), other);
    ct_model_ring(b, v3(0, 14.6f, 0), v3(0, 1, 0), 4.2f, 0.22f, main);
    add_basket(b);
}
