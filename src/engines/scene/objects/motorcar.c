/* Cars as two surfaces: a loft of rounded sections along the length, whose lower edge climbs over
 * the wheels; and a cabin, loops from the belt up to the roof, of which some cells are panes.
 *
 * The loft's ends: sections shrink along a quarter of a superellipse to a pole, then the nose is
 * bent back at its sides, so that bumpers are curved in plan. Pillars and sills are grid lines of
 * the cabin; both materials come from the same surface and meet without a seam. */
#include "engines/scene/objects/motorcar.h"

#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"
#include "engines/scene/objects/wheel.h"

#include <stddef.h>

#define ARCH 1.16f     /* radius of the wheel's opening, of the wheel's */
#define END_ROWS 0.16f /* share of the loft's rows for each rounded end */

static float signed_power(float x, float exponent)
{
    return copysignf(ct_powf(fabsf(x), exponent), x);
}

static float spline(const ct_v2 *k, int n, float x)
{
    int i = 0;
    while (i + 2 < n && x > k[i + 1].x)
        i++;
    float t = ct_clampf((x - k[i].x) / (k[i + 1].x - k[i].x), 0, 1);
    /* Monotone enough: tangents are those of the neighbours' chord, as in Catmull and Rom. */
    ct_v2 a = k[i ? i - 1 : 0], p = k[i], q = k[i + 1], d = k[i + 2 < n ? i + 2 : n - 1];
    float h = q.x - p.x;
    float m0 = h * (q.y - a.y) / (q.x - a.x), m1 = h * (d.y - p.y) / (d.x - p.x);
    float t2 = t * t, t3 = t2 * t;
    return (2 * t3 - 3 * t2 + 1) * p.y + (t3 - 2 * t2 + t) * m0 + (3 * t2 - 2 * t3) * q.y +
           (t3 - t2) * m1;
}

static float deck_at(const struct ct_motorcar *c, float z)
{
    return spline(c->deck, c->n_deck, z);
}

/* Height of the lower edge: the sill, or the opening over a wheel. */
static float lower_at(const struct ct_motorcar *c, float z)
{
    float r = ARCH * c->wheel, low = c->sill;
    const float axles[2] = { c->axle_rear, c->axle_front };
    for (int i = 0; i < 2; i++) {
        float dz = z - axles[i], square = r * r - dz * dz;
        if (square > 0)
            low = ct_maxf(low, c->wheel + sqrtf(square));
    }
    return low;
}

static float half_width_at(const struct ct_motorcar *c, float z)
{
    float flare = 0;
    const float axles[2] = { c->axle_rear, c->axle_front };
    for (int i = 0; i < 2; i++) {
        float t = (z - axles[i]) / (1.5f * c->wheel);
        flare += 0.035f * ct_expf(-t * t * t * t);
    }
    return c->half_width * (0.965f + flare);
}

/* Along the loft: z and how much of the section is left. */
static void station(const struct ct_motorcar *c, float v, float *z, float *share)
{
    float straight = c->half_length - c->nose, t = 2 * v - 1, side = t < 0 ? -1.0f : 1.0f;
    float middle = 1 - 2 * END_ROWS, a = fabsf(t);
    *share = 1;
    if (a <= middle) {
        *z = side * a / middle * straight;
        return;
    }
    float s, k;
    ct_sincosf(CT_PI / 2 * (a - middle) / (1 - middle), &s, &k);
    *z = side * (straight + c->nose * ct_powf(s, 0.75f));
    *share = a >= 1 ? 0 : ct_powf(k, 0.36f);
}

static ct_v3 body_at(const void *ctx, float u, float v)
{
    const struct ct_motorcar *c = ctx;
    float z, share, s, k;
    station(c, v, &z, &share);
    ct_sincosf(2 * CT_PI * u - CT_PI / 2, &s, &k); /* from the middle of the underside */
    float cx = signed_power(k, c->roundness), cy = signed_power(s, c->roundness);
    float low = lower_at(c, z), high = deck_at(c, z), belt = c->sill + 0.5f * (high - c->sill);
    /* At the ends top and bottom close towards the bumper. */
    float y = low + (high - low) * (0.5f + 0.5f * cy);
    y = belt + (y - belt) * (share > 0 ? 0.42f + 0.58f * share : 0);
    /* Widest a little below the belt; narrower above (the shoulder) and at the sill. */
    float up = (y - c->sill) / (high - c->sill), from = up - 0.55f;
    float side = 1 - (from > 0 ? 0.30f : 0.14f) * from * from;
    float x = half_width_at(c, z) * cx * share * side, w = x / c->half_width;
    float end = ct_smoothstep(0.55f, 1, fabsf(z) / c->half_length);
    z -= copysignf(0.34f * c->nose * w * w * end, z);
    return v3(x, y, z);
}

/* --- the cabin --- */

#define SIDE 0.20f /* of a loop's parameter: each of the four sides */
#define ARC 0.05f  /* and each of the four corners */
#define SILL_ROW 0.12f
#define PANE_LOW 0.20f
#define PANE_HIGH 0.64f
#define ROOF_EDGE 0.72f

/* A rounded rectangle, walked from +x, front corner, front, ... to +x again. */
static ct_v2 loop_at(float u, float hx, float hz, float r)
{
    float step = SIDE + ARC, q = ct_fractf(u + SIDE / 2) / step;
    int side = (int)q & 3;
    float t = (q - (float)side) * step, s, k;
    ct_v2 p; /* for the side +x, walked towards +z */
    float a = side & 1 ? hz : hx, b = side & 1 ? hx : hz;
    if (t <= SIDE) {
        p = v2(a, (b - r) * (2 * t / SIDE - 1));
    } else {
        ct_sincosf(CT_PI / 2 * (t - SIDE) / ARC, &s, &k);
        p = v2(a - r + r * k, b - r + r * s);
    }
    switch (side) {
    case 0:
        return p;
    case 1:
        return v2(-p.y, p.x);
    case 2:
        return v2(-p.x, -p.y);
    default:
        return v2(p.y, -p.x);
    }
}

static ct_v3 cabin_at(const void *ctx, float u, float v)
{
    const struct ct_motorcar *c = ctx;
    float k = ct_clampf((v - SILL_ROW) / (ROOF_EDGE - SILL_ROW), 0, 1); /* belt to roof */
    float dome = ct_clampf((v - ROOF_EDGE) / (1 - ROOF_EDGE), 0, 1), s, e;
    float rear = ct_lerp(c->foot_rear, c->roof_rear, k);
    float front = ct_lerp(c->foot_front, c->roof_front, k);
    float hx = 0.90f * c->half_width * ct_lerp(1, c->lean, k), hz = (front - rear) / 2;
    ct_sincosf(CT_PI / 2 * ct_minf(2 * dome, 1), &s, &e);
    /* The roof: a rounded edge, then a slow dome to the pole. */
    float edge = 0.16f * hx, inner = ct_clampf(2 * dome - 1, 0, 1);
    float shrink = dome > 0 ? edge * (1 - e) : 0;
    float left = 1 - inner;
    ct_v2 p = loop_at(u, (hx - shrink) * left, (hz - shrink) * left, 0.30f * (hx - shrink) * left);
    float belt = 0.45f * deck_at(c, rear) + 0.55f * deck_at(c, front);
    belt = ct_minf(belt, ct_lerp(deck_at(c, c->foot_rear), deck_at(c, c->foot_front), 0.5f));
    float top = c->roof - 0.10f * hx, rise = 0.10f * hx * (0.72f * s + 0.28f * (1 - left * left));
    float y = v < SILL_ROW ? ct_lerp(c->sill + 0.55f * (belt - c->sill), belt, v / SILL_ROW)
                           : ct_lerp(belt, top, k) + rise;
    /* Glass is bowed a little on all sides. */
    float bow = ct_sinf(CT_PI * k) * 0.035f * hx * (dome > 0 ? 0 : 1);
    float nx = p.x / hx, nz = p.y / hz;
    return v3(p.x + bow * nx, y,
              (front + rear) / 2 + p.y + bow * nz +
                  0.22f * hx * left *
                      (nz > 0.5f    ? (1 - nx * nx) * (nz - 0.5f)
                       : nz < -0.5f ? (1 - nx * nx) * (nz + 0.5f)
                                    : 0));
}

static bool is_pane(const void *ctx, float u, float v)
{
    const struct ct_motorcar *c = ctx;
    if (v < PANE_LOW || v > PANE_HIGH)
        return false;
    float step = SIDE + ARC, q = ct_fractf(u + SIDE / 2) / step;
    int side = (int)q & 3;
    float t = (q - (float)side) * step / SIDE;
    if (side & 1) /* front and rear: from pillar to pillar */
        return t > 0.02f && t < 0.98f;
    if (t < 0.06f || t > 0.94f)
        return false;
    float pane = ct_fractf((t - 0.06f) / 0.88f * (float)c->panes);
    float pillar = 0.035f * (float)c->panes;
    return (pane > pillar || t < 0.1f) && (pane < 1 - pillar || t > 0.9f);
}

static bool is_frame(const void *ctx, float u, float v)
{
    return !is_pane(ctx, u, v);
}

int ct_motorcar_glass(struct ct_object_builder *b)
{
    return ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.018f, 0.024f, 0.03f));
}

static void add_cabin(struct ct_object_builder *b, const struct ct_motorcar *c, int roof)
{
    const int nu = 200, nv = 50;
    struct ct_grid grid = { nu, nv, true, cabin_at, c, is_frame };
    ct_object_add_part(b, ct_shape_grid(&grid), roof);
    grid.keep = is_pane;
    ct_object_add_part(b, ct_shape_grid(&grid), ct_motorcar_glass(b));
}

/* --- lamps, bumpers, seams --- */

/* A point of the body's skin: at height y on the right side, or on the front. */
static float nose_z(const struct ct_motorcar *c, float x)
{
    float w = x / c->half_width;
    return c->half_length - 0.34f * c->nose * w * w;
}

static void add_lamps(struct ct_object_builder *b, const struct ct_motorcar *c)
{
    int clear = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.82f, 0.84f, 0.86f));
    int red = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.55f, 0.012f, 0.012f));
    int dark = ct_object_part_colored(b, CT_MATERIAL_powder_coat, v3(0.02f, 0.02f, 0.022f));
    int metal = ct_object_part(b, CT_MATERIAL_chrome);
    float w = c->half_width, front = deck_at(c, c->half_length), rear = deck_at(c, -c->half_length);
    float y = c->sill + 0.64f * (front - c->sill), y_rear = c->sill + 0.66f * (rear - c->sill);
    float big = c->chrome ? 0.15f * w : 0.10f * w;
    for (int side = -1; side <= 1; side += 2) {
        float x = (float)side * 0.70f * w, z = nose_z(c, x) - 0.20f * c->nose;
        ct_model_ball(
            b, v3(x, y, z),
            v3(c->chrome ? big : 0.17f * w, big, 0.22f * c->nose + (c->chrome ? 0.4f * big : 0)),
            clear);
        ct_model_ball(b, v3(x, y_rear, -z), v3(0.17f * w, 0.085f * w, 0.22f * c->nose), red);
    }
    float low = c->sill + 0.30f * (front - c->sill);
    ct_model_cushion(b, v3(0, y - 0.02f * w, c->half_length - 0.12f * c->nose),
                     v3(0.38f * w, 0.075f * w, 0.16f * c->nose), 0.35f, v3(0, 0, 0), dark);
    ct_model_cushion(b, v3(0, low, c->half_length - 0.22f * c->nose),
                     v3(0.62f * w, 0.085f * w, 0.25f * c->nose), 0.35f, v3(0, 0, 0), dark);
    for (int end = -1; end <= 1 && c->chrome; end += 2) {
        ct_v3 bar[7];
        for (int i = 0; i < 7; i++) {
            float x = 0.92f * w * ((float)i / 3 - 1);
            bar[i] = v3(x, low, (float)end * (nose_z(c, x) + 0.02f * w));
        }
        ct_model_tube(b, bar, 7, 0.065f * w, 0.065f * w, metal);
    }
}

/* Doors: lines of shadow on the body's side, and handles. */
static void add_doors(struct ct_object_builder *b, const struct ct_motorcar *c)
{
    int dark = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.006f, 0.006f, 0.006f));
    float length = c->foot_front - c->foot_rear;
    int doors = c->panes < 3 ? c->panes : 2;
    for (int side = -1; side <= 1; side += 2) {
        for (int i = 0; i <= doors; i++) {
            float z = ct_lerp(c->foot_front - 0.10f * length, c->foot_rear + 0.14f * length,
                              (float)i / (float)doors);
            float v = 0.5f + 0.5f * (1 - 2 * END_ROWS) * z / (c->half_length - c->nose);
            if (lower_at(c, z) > c->sill + 0.02f)
                continue;
            ct_v3 seam[6];
            for (int k = 0; k < 6; k++) {
                ct_v3 p = body_at(c, 0.185f + 0.13f * (float)k / 5, v);
                seam[k] = v3((float)side * p.x, p.y, p.z);
            }
            ct_model_tube(b, seam, 6, 0.0085f * c->half_width, 0.0085f * c->half_width, dark);
        }
    }
}

void ct_motorcar_add(struct ct_object_builder *b, const struct ct_motorcar *c, int paint, int roof)
{
    float x = 0.80f * c->half_width, tyre = 0.155f * c->half_width + 0.10f * c->wheel;
    const ct_v3 wheels[] = { { x, c->wheel, c->axle_front },
                             { -x, c->wheel, c->axle_front },
                             { x, c->wheel, c->axle_rear },
                             { -x, c->wheel, c->axle_rear } };
    int dark = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.005f, 0.005f, 0.005f));
    int metal = ct_object_part(b, c->chrome ? CT_MATERIAL_chrome : CT_MATERIAL_brushed_steel);
    ct_object_add_part(b, ct_shape_grid(&(struct ct_grid){ 64, 128, true, body_at, c, NULL }),
                       paint);
    /* What is seen through the openings over the wheels. */
    float high = ct_minf(deck_at(c, c->axle_front), deck_at(c, c->axle_rear));
    ct_model_box(b, v3(0, (c->sill + high) / 2, (c->axle_front + c->axle_rear) / 2),
                 v3(0.62f * c->half_width, 0.36f * (high - c->sill),
                    (c->axle_front - c->axle_rear) / 2 + 1.0f * c->wheel),
                 0.05f, dark);
    ct_wheels_add(b, &(struct ct_wheels){ wheels, 4, c->wheel, tyre, 0.66f, c->spokes, metal,
                                          ct_wheel_rubber(b) });
    if (c->panes > 0) {
        add_cabin(b, c, roof);
        if (c->roundness > 0.25f)
            add_doors(b, c);
    }
    add_lamps(b, c);
}
