/* What grows and lies on the ground: conifers, broad-leaved trees, palms, grass, flowers, rocks.
 *
 * All plants of one kind are one mesh with a fixed number of triangles at most, so that memory is
 * bounded whatever the picture shows. Near ones are made of more parts than far ones. Places are
 * drawn by hashing, thinned out by slow noise into groves, and refused where it is steep, wet or
 * high, or where the subject stands. */
#include "engines/scene/land/plan.h"

#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#define MAX_VERTICES 150000u
#define MAX_TRIANGLES 210000u
#define NEAR 75.0f

/* A mesh that is filled until it is full. */
struct thicket {
    const struct ct_land_plan *plan;
    struct ct_mesh *mesh;
};

static bool room(const struct thicket *t, uint32_t vertices, uint32_t triangles)
{
    return t->mesh && t->mesh->n_vertices + vertices <= t->mesh->cap_vertices &&
           t->mesh->n_triangles + triangles <= t->mesh->cap_triangles;
}

static struct thicket thicket(const struct ct_land_plan *plan, uint32_t vertices,
                              uint32_t triangles)
{
    return (struct thicket){ plan, ct_mesh_new(vertices, triangles) };
}

static void plant(struct thicket *t, int material)
{
    if (t->mesh && t->mesh->n_triangles == 0)
        ct_mesh_free(&t->mesh); /* nothing found a place */
    else
        ct_backdrop_add(t->plan->stage, t->mesh, material);
    t->mesh = NULL;
}

static uint32_t put(struct thicket *t, float x, float y, float far, ct_v3 normal)
{
    return ct_mesh_vertex(t->mesh, ct_land_point(t->plan, x, y, far),
                          v3_norm(v3(normal.x, normal.y, -normal.z)));
}

struct spot {
    float x, y, far;
    uint32_t hash;
};

static float unit_of(const struct spot *s, uint32_t key)
{
    return ct_hash32_unit(ct_hash32_combine(s->hash, key));
}

/* Whorls of boughs, each a star whose points hang down. */
static void conifer(struct thicket *t, const struct spot *s, float tall)
{
    bool near = s->far < NEAR;
    uint32_t layers = near ? 17 : 6, points = near ? 22 : 8;
    if (!room(t, layers * (points + 1), layers * points))
        return;
    float lowest = 0.10f + 0.08f * unit_of(s, 1), wide = tall * (0.17f + 0.05f * unit_of(s, 2));
    for (uint32_t l = 0; l < layers; l++) {
        float a = (float)l / (float)layers, height = 1 - lowest;
        float y0 = s->y + tall * (lowest + height * a * 0.97f);
        float y1 = ct_minf(y0 + tall * height * (near ? 0.13f : 0.30f), s->y + tall);
        float r = wide * (1.04f - a) * (0.85f + 0.3f * unit_of(s, 100 + l));
        uint32_t first = t->mesh->n_vertices;
        for (uint32_t k = 0; k < points; k++) {
            float sine, cosine, long_one = near && (k & 1) ? 0.55f : 1.0f;
            float jitter = 0.8f + 0.4f * unit_of(s, 200 + 20 * l + k);
            ct_sincosf(2 * CT_PI * ((float)k + 0.5f * (float)(l & 1)) / (float)points +
                           6 * unit_of(s, 3),
                       &sine, &cosine);
            float reach = r * long_one * jitter;
            put(t, s->x + reach * cosine, y0 - 0.30f * reach * long_one, s->far + reach * sine,
                v3(cosine, 0.8f, sine));
        }
        uint32_t top = put(t, s->x, y1, s->far, v3(0, 1, 0));
        for (uint32_t k = 0; k < points; k++)
            ct_mesh_triangle(t->mesh, first + k, top, first + (k + 1) % points);
    }
}

static void trunk(struct thicket *t, const struct spot *s, float bottom, float top, float lean)
{
    const uint32_t sides = 7, steps = 5;
    float radius = bottom;
    if (!room(t, sides * (steps + 1), 2 * sides * steps))
        return;
    uint32_t first = t->mesh->n_vertices;
    for (uint32_t j = 0; j <= steps; j++) {
        float a = (float)j / (float)steps,
              r = radius * (1.0f + 0.5f * (1 - a) * (1 - a) * (1 - a) - 0.5f * a);
        float bow = lean * a * a;
        for (uint32_t k = 0; k < sides; k++) {
            float sine, cosine;
            ct_sincosf(2 * CT_PI * (float)k / (float)sides, &sine, &cosine);
            put(t, s->x + r * cosine + bow, s->y - 0.2f + top * a, s->far + r * sine,
                v3(cosine, 0.1f, sine));
        }
    }
    for (uint32_t j = 0; j < steps; j++) {
        for (uint32_t k = 0; k < sides; k++) {
            uint32_t a = first + j * sides + k, b = first + j * sides + (k + 1) % sides;
            ct_mesh_triangle(t->mesh, a, b, b + sides);
            ct_mesh_triangle(t->mesh, a, b + sides, a + sides);
        }
    }
}

/* A lumpy ball, shaded around its middle. */
static void blob(struct thicket *t, ct_v3 middle, float r, float flat, uint32_t around, uint32_t up,
                 float rough)
{
    if (!room(t, around * (up + 1), 2 * around * up))
        return;
    uint32_t first = t->mesh->n_vertices;
    for (uint32_t j = 0; j <= up; j++) {
        float sv, cv;
        ct_sincosf(CT_PI * ((float)j / (float)up - 0.5f), &sv, &cv);
        for (uint32_t i = 0; i < around; i++) {
            float su, cu;
            ct_sincosf(2 * CT_PI * ((float)i + 0.5f * (float)(j & 1)) / (float)around, &su, &cu);
            ct_v3 out = v3(cv * cu, sv, cv * su);
            ct_v3 q = v3_add(v3_scale(out, 1.7f), v3_scale(middle, 0.9f));
            float k = r * (1 + rough * ct_noise3(q) + 0.5f * rough * ct_noise3(v3_scale(q, 2.3f)));
            put(t, middle.x + k * out.x, middle.y + k * flat * out.y, middle.z + k * out.z, out);
        }
    }
    for (uint32_t j = 0; j < up; j++) {
        for (uint32_t i = 0; i < around; i++) {
            uint32_t a = first + j * around + i, b = first + j * around + (i + 1) % around;
            ct_mesh_triangle(t->mesh, a, a + around, b + around);
            ct_mesh_triangle(t->mesh, a, b + around, b);
        }
    }
}

/* Small leaves stood all over a ball. */
static void leaves(struct thicket *t, const struct spot *s, ct_v3 middle, float r, uint32_t n,
                   uint32_t key)
{
    if (!room(t, 3 * n, n))
        return;
    for (uint32_t i = 0; i < n; i++) {
        float y = 1 - 2 * ((float)i + 0.5f) / (float)n, ring = sqrtf(1 - y * y), sine, cosine;
        ct_sincosf(2.39996f * (float)i + 6 * unit_of(s, key), &sine, &cosine);
        ct_v3 out = v3(ring * cosine, y, ring * sine);
        float reach = r * (0.92f + 0.26f * unit_of(s, key + 3 * i + 1));
        float size = 0.17f * r * (0.7f + 0.6f * unit_of(s, key + 3 * i + 2));
        ct_v3 side = v3_norm(v3_cross(out, v3(unit_of(s, key + 3 * i + 3) - 0.5f, 0.4f, 0.3f)));
        ct_v3 at = v3_mad(out, reach, middle),
              up = v3_norm(v3_add(v3_cross(side, out), v3_scale(out, 0.5f)));
        ct_v3 normal = v3_norm(v3_add(out, v3(0, 0.4f, 0)));
        ct_v3 a = v3_mad(side, -size, at), b = v3_mad(side, size, at), c = v3_mad(up, 2 * size, at);
        uint32_t first = put(t, a.x, a.y, a.z, normal);
        put(t, b.x, b.y, b.z, normal);
        put(t, c.x, c.y, c.z, normal);
        ct_mesh_triangle(t->mesh, first, first + 1, first + 2);
    }
}

static void broadleaf(struct thicket *crown, struct thicket *wood, const struct spot *s, float tall)
{
    bool near = s->far < NEAR && (crown->plan->alone || s->far < crown->plan->subject + 18);
    uint32_t blobs = near ? 10 : 6;
    if (!room(crown, blobs * 300, blobs * 400)) /* a trunk without a crown is a pole */
        return;
    float r = tall * (0.19f + 0.04f * unit_of(s, 1));
    trunk(wood, s, tall * 0.035f, tall * 0.62f, 0.04f * tall * (unit_of(s, 2) - 0.5f));
    for (uint32_t i = 0; i < blobs; i++) {
        float sine, cosine, ring = i == 0 ? 0 : tall * (i % 2 ? 0.20f : 0.12f);
        ct_sincosf(2.4f * (float)i + 6 * unit_of(s, 3), &sine, &cosine);
        float y = s->y +
                  tall * (i == 0  ? 0.80f
                          : i % 2 ? 0.54f
                                  : 0.70f) +
                  0.06f * tall * (unit_of(s, 10 + i) - 0.5f);
        float size = r * (0.82f + 0.3f * unit_of(s, 30 + i)) * (near ? 0.86f : 1.1f);
        ct_v3 middle = v3(s->x + ring * cosine, y, s->far + ring * sine);
        blob(crown, middle, size, 0.85f, near ? 9 : 6, near ? 6 : 4, 0.30f);
        if (near)
            leaves(crown, s, middle, size, 190, 1000 + 700 * i);
    }
}

static void palm(struct thicket *crown, struct thicket *wood, const struct spot *s, float tall)
{
    float lean = tall * 0.42f * (unit_of(s, 1) - 0.5f);
    trunk(wood, s, tall * 0.026f, tall, lean);
    const uint32_t fronds = 13, steps = 8;
    if (!room(crown, fronds * 3 * (steps + 1), fronds * 4 * steps))
        return;
    for (uint32_t f = 0; f < fronds; f++) {
        float sine, cosine, length = tall * (0.40f + 0.10f * unit_of(s, 20 + f));
        float rise = f % 3 == 0 ? 0.65f : f % 3 == 1 ? 0.34f : 0.06f;
        ct_sincosf(2 * CT_PI * ((float)f + 0.4f * unit_of(s, 40 + f)) / (float)fronds, &sine,
                   &cosine);
        uint32_t first = crown->mesh->n_vertices;
        for (uint32_t j = 0; j <= steps; j++) {
            float a = (float)j / (float)steps;
            float half = 0.12f * length * ct_sinf(CT_PI * ct_minf(0.12f + 0.88f * a, 1)) *
                         (j & 1 ? 1.15f : 0.8f);
            float out = length * (a - 0.16f * a * a),
                  y = s->y + tall - 0.2f + length * (rise * a - 0.85f * a * a);
            float x = s->x + lean + out * cosine, far = s->far + out * sine;
            put(crown, x - half * sine, y - 0.5f * half, far + half * cosine,
                v3(cosine * 0.3f, 0.9f, sine * 0.3f));
            put(crown, x, y, far, v3(0, 1, 0));
            put(crown, x + half * sine, y - 0.5f * half, far - half * cosine,
                v3(cosine * 0.3f, 0.9f, sine * 0.3f));
        }
        for (uint32_t j = 0; j < steps; j++) {
            for (uint32_t k = 0; k < 2; k++) {
                uint32_t a = first + 3 * j + k, b = a + 3;
                ct_mesh_triangle(crown->mesh, a, b, b + 1);
                ct_mesh_triangle(crown->mesh, a, b + 1, a + 1);
            }
        }
    }
}

/* ---- where */

enum kind { PINES, TREES, PALMS };

struct stand {
    float from, to; /* distance, units */
    uint32_t tries;
    float density;  /* threshold of the noise that makes groves: lower is denser */
    float gap;      /* half the width of the glade in the middle, units */
    float highest;
};

static struct stand stand_of(const struct ct_land_plan *plan, enum kind kind)
{
    bool forest = ct_land_has(plan, CT_SCENERY_forest);
    float behind = plan->subject + 2 * plan->clear;
    struct stand s = {
        plan->alone ? 30 : behind + 16, 520, kind == PINES ? 6500 : 900, 0.02f, 0, 58
    };
    if (forest) {
        s.from = plan->alone ? 27 : behind + 6;
        s.to = 260;
        s.tries = kind == PINES ? 3800 : 900;
        s.density = -0.9f;
        s.gap = plan->alone ? 6.5f : 1.6f * plan->clear + 2;
    } else if (ct_land_has(plan, CT_SCENERY_snow) && kind == PINES) {
        s.density = 0.0f;
        s.tries = 3200;
    } else if (ct_land_has(plan, CT_SCENERY_garden)) {
        s.from = plan->alone ? 40 : behind + 10;
        s.to = 140;
        s.tries = 260;
        s.density = -0.25f;
    } else if (kind == TREES) {
        s.from = plan->alone ? 44 : behind + 36;
        s.density = -0.02f;
    } else {
        s.from = plan->alone ? 85 : s.from;
        s.density = 0.08f;
    }
    if (kind == PALMS) {
        s.from = plan->alone ? 30 : behind + 12;
        s.to = 150;
        s.tries = 500;
        s.density = -0.05f;
    }
    return s;
}

static bool find_spot(const struct ct_land_plan *plan, const struct stand *stand, enum kind kind,
                      uint32_t i, struct spot *s)
{
    s->hash = ct_hash32_combine(plan->hash + 7919u * (uint32_t)kind, i);
    /* The first tries are near by: few, but they are what one sees. */
    float u = unit_of(s, 901), v = unit_of(s, 902);
    float to = i < stand->tries / 5 ? ct_minf(stand->to, stand->from * 4) : stand->to;
    s->far = stand->from + (to - stand->from) * ct_powf(u, 1.5f);
    s->x = (2 * v - 1) * (plan->slope * s->far * 1.15f + 8);
    if (fabsf(s->x) < stand->gap * (1 + 0.008f * s->far) && s->far < 130)
        return false;
    if (!plan->alone && s->far < plan->subject + 3 * plan->clear &&
        fabsf(s->x) < 2 * plan->clear)
        return false;
    if (ct_land_on_road(plan, s->x, s->far))
        return false;
    float grove = ct_noise3(v3(s->x * 0.028f, plan->seed + 11, s->far * 0.028f)) +
                  0.4f * ct_noise3(v3(s->x * 0.09f, plan->seed + 12, s->far * 0.09f));
    if (grove < stand->density)
        return false;
    s->y = ct_land_height(plan, s->x, s->far);
    if (s->y < plan->water + 0.25f || s->y > stand->highest)
        return false;
    if (kind == PALMS && s->y > plan->water + 13)
        return false;
    float e = 1.5f, dx = ct_land_height(plan, s->x + e, s->far) - s->y;
    float df = ct_land_height(plan, s->x, s->far + e) - s->y;
    return ct_hypotf(dx, df) < 0.75f * e;
}

static void grow(const struct ct_land_plan *plan, enum kind kind)
{
    struct stand stand = stand_of(plan, kind);
    bool pines = kind == PINES, autumn = ct_land_has(plan, CT_SCENERY_autumn);
    bool snow = ct_land_has(plan, CT_SCENERY_snow);
    struct thicket crown = thicket(plan, MAX_VERTICES, MAX_TRIANGLES);
    struct thicket second =
        thicket(plan, kind == TREES ? MAX_VERTICES / 2 : 1, kind == TREES ? MAX_TRIANGLES / 2 : 1);
    struct thicket wood = thicket(plan, 30000, 40000);
    for (uint32_t i = 0; i < stand.tries && !ct_land_cancelled(plan); i++) {
        struct spot s;
        if (!find_spot(plan, &stand, kind, i, &s))
            continue;
        float scale = 0.75f + 0.55f * unit_of(&s, 5);
        if (pines) {
            float tall = (ct_land_has(plan, CT_SCENERY_forest) ? 15.0f : 9.0f) * scale;
            conifer(&crown, &s, tall);
            if (s.far < NEAR)
                trunk(&wood, &s, tall * 0.022f, tall * 0.5f, 0);
        } else if (kind == PALMS) {
            palm(&crown, &wood, &s, 12.0f * scale);
        } else {
            float tall = (ct_land_has(plan, CT_SCENERY_forest) ? 13.0f : 8.0f) * scale;
            broadleaf(unit_of(&s, 6) < 0.5f ? &second : &crown, &wood, &s, tall);
        }
    }
    ct_v3 a = pines ? v3(0.020f, 0.048f, 0.020f) : v3(0.045f, 0.095f, 0.018f);
    ct_v3 b = pines ? v3(0.040f, 0.070f, 0.024f) : v3(0.095f, 0.145f, 0.030f);
    ct_v3 c = v3(0.070f, 0.110f, 0.020f), d = v3(0.135f, 0.165f, 0.035f);
    if (kind == PALMS) {
        a = v3(0.075f, 0.135f, 0.025f);
        b = v3(0.150f, 0.205f, 0.045f);
    }
    if (autumn && !pines && kind != PALMS) {
        a = v3(0.48f, 0.15f, 0.02f);
        b = v3(0.58f, 0.30f, 0.035f);
        c = v3(0.42f, 0.06f, 0.02f);
        d = v3(0.60f, 0.22f, 0.03f);
    }
    plant(&crown, ct_land_leaf_material(plan, a, b, snow ? 0.95f : 0));
    if (kind == TREES)
        plant(&second, ct_land_leaf_material(plan, c, d, snow ? 0.95f : 0));
    else
        ct_mesh_free(&second.mesh);
    plant(&wood,
          ct_land_leaf_material(plan, v3(0.085f, 0.060f, 0.042f), v3(0.13f, 0.095f, 0.065f), 0));
}

/* ---- the ground near by */

static void blade(struct thicket *t, float x, float y, float far, float tall, float turn, float bow)
{
    float sine, cosine, half = 0.045f * tall;
    ct_sincosf(turn, &sine, &cosine);
    if (!room(t, 5, 3))
        return;
    ct_v3 n = v3(0.35f * sine, 1, 0.35f * cosine);
    float mx = x + 0.35f * bow * sine, mf = far + 0.35f * bow * cosine;
    uint32_t a = put(t, x - half * cosine, y, far + half * sine, n);
    put(t, x + half * cosine, y, far - half * sine, n);
    put(t, mx - 0.8f * half * cosine, y + 0.6f * tall, mf + 0.8f * half * sine, n);
    put(t, mx + 0.8f * half * cosine, y + 0.6f * tall, mf - 0.8f * half * sine, n);
    put(t, x + bow * sine, y + tall * 0.95f, far + bow * cosine, n);
    ct_mesh_triangle(t->mesh, a, a + 1, a + 3);
    ct_mesh_triangle(t->mesh, a, a + 3, a + 2);
    ct_mesh_triangle(t->mesh, a + 2, a + 3, a + 4);
}

static void flower(struct thicket *petals, struct thicket *hearts, const struct spot *s, float tall)
{
    const uint32_t n = 7;
    float r = 0.26f * tall, x = s->x, y = s->y + tall, far = s->far;
    if (!room(petals, 4 * n, 2 * n))
        return;
    float tilt = 0.6f * (unit_of(s, 50) - 0.3f);
    for (uint32_t k = 0; k < n; k++) {
        float s0, c0, s1, c1;
        ct_sincosf(2 * CT_PI * ((float)k + 0.1f) / (float)n, &s0, &c0);
        ct_sincosf(2 * CT_PI * ((float)k + 0.9f) / (float)n, &s1, &c1);
        ct_v3 up = v3(0.2f * c0, 1, -0.4f);
        uint32_t a = put(petals, x, y, far, up);
        put(petals, x + 0.8f * r * c0, y + 0.12f * r - tilt * r * s0 * 0.8f, far + 0.8f * r * s0,
            up);
        put(petals, x + r * 0.5f * (c0 + c1) * 1.12f, y + 0.26f * r - tilt * r * 0.55f * (s0 + s1),
            far + r * 0.5f * (s0 + s1) * 1.12f, up);
        put(petals, x + 0.8f * r * c1, y + 0.12f * r - tilt * r * s1 * 0.8f, far + 0.8f * r * s1,
            up);
        ct_mesh_triangle(petals->mesh, a, a + 1, a + 2);
        ct_mesh_triangle(petals->mesh, a, a + 2, a + 3);
    }
    blob(hearts, v3(x, y + 0.08f * r, far), 0.27f * r, 0.6f, 6, 4, 0);
}

static void carpet(const struct ct_land_plan *plan)
{
    bool flowers = ct_land_has(plan, CT_SCENERY_flowers),
         forest = ct_land_has(plan, CT_SCENERY_forest);
    bool dry = ct_land_has(plan, CT_SCENERY_dry) || ct_land_has(plan, CT_SCENERY_autumn);
    bool garden = ct_land_has(plan, CT_SCENERY_garden);
    struct thicket grass = thicket(plan, MAX_VERTICES, MAX_TRIANGLES / 2);
    struct thicket petals[3] = { thicket(plan, 36000, 20000), thicket(plan, 36000, 20000),
                                 thicket(plan, 36000, 20000) };
    struct thicket hearts = thicket(plan, 40000, 60000);
    /* Behind a subject blades are measured by it; a lawn does not hide what stands on it. */
    float part = plan->model ? 0.10f : 0.36f; /* of the subject's radius */
    float tall =
        plan->alone ? 0.62f : ct_minf(10 / plan->unit, part * plan->stage->radius / plan->unit);
    float from = plan->alone ? 0.5f * plan->eye / 0.33f : 0.35f * plan->subject;
    float to = plan->alone ? 58 : plan->subject + 26;
    tall = forest ? 0.7f * tall : garden ? 0.6f * tall : tall;
    uint32_t tufts = forest ? 2600 : 5600;
    for (uint32_t i = 0; i < tufts && !ct_land_cancelled(plan); i++) {
        struct spot s = { .hash = ct_hash32_combine(plan->hash + 31, i) };
        s.far = from * ct_powf(to / from, unit_of(&s, 1));
        s.x = (2 * unit_of(&s, 2) - 1) * (plan->slope * s.far * 1.15f + 0.5f);
        float dx = s.x, df = s.far - plan->subject, away = ct_hypotf(dx, df);
        float patch = ct_noise3(v3(s.x * 0.12f, plan->seed + 21, s.far * 0.12f));
        if (ct_land_on_road(plan, s.x, s.far) || away < plan->foot || (forest && patch < 0.0f))
            continue;
        s.y = ct_land_height(plan, s.x, s.far);
        if (s.y < plan->water + 0.12f)
            continue;
        /* Shorter in front of and beside the subject. */
        float low =
            plan->alone ? 1 : ct_lerp(0.35f, 1, ct_smoothstep(plan->foot, 2.5f * plan->foot, away));
        if (!plan->alone && s.far < plan->subject)
            low *= 0.55f;
        float size = tall * low * (0.6f + 0.5f * unit_of(&s, 3) + 0.35f * patch);
        for (uint32_t k = 0; k < 5; k++) {
            float ox = 0.55f * tall * (unit_of(&s, 10 + k) - 0.5f),
                  of = 0.55f * tall * (unit_of(&s, 20 + k) - 0.5f);
            blade(&grass, s.x + ox, s.y - 0.03f, s.far + of,
                  size * (0.7f + 0.5f * unit_of(&s, 30 + k)), 6.28f * unit_of(&s, 40 + k),
                  0.45f * size * unit_of(&s, 60 + k));
        }
        float bloom = ct_noise3(v3(s.x * 0.07f, plan->seed + 31, s.far * 0.07f));
        if (flowers && unit_of(&s, 70) < 0.30f + 0.35f * bloom) {
            int color = (int)(unit_of(&s, 71) * 3) % 3;
            flower(&petals[color], &hearts, &s, size * 1.1f);
        }
    }
    ct_v3 a = dry ? v3(0.33f, 0.24f, 0.075f) : v3(0.105f, 0.175f, 0.022f);
    ct_v3 b = dry ? v3(0.46f, 0.36f, 0.13f) : v3(0.210f, 0.265f, 0.048f);
    static const ct_v3 colors[3] = { { 0.72f, 0.68f, 0.66f },
                                     { 0.62f, 0.055f, 0.07f },
                                     { 0.33f, 0.13f, 0.52f } };
    plant(&grass, ct_land_leaf_material(plan, a, b, 0));
    for (int i = 0; i < 3; i++)
        plant(&petals[i], ct_land_leaf_material(plan, colors[i], v3_scale(colors[i], 1.2f), 0));
    plant(&hearts, ct_land_leaf_material(plan, v3(0.65f, 0.42f, 0.03f), v3(0.75f, 0.5f, 0.05f), 0));
}

void ct_land_plants(const struct ct_land_plan *plan)
{
    if (ct_land_has(plan, CT_SCENERY_space))
        return;
    if (ct_land_has(plan, CT_SCENERY_pines))
        grow(plan, PINES);
    if (ct_land_has(plan, CT_SCENERY_trees))
        grow(plan, TREES);
    if (ct_land_has(plan, CT_SCENERY_palms))
        grow(plan, PALMS);
    bool bare = ct_land_has(plan, CT_SCENERY_snow) || ct_land_has(plan, CT_SCENERY_desert) ||
                ct_land_has(plan, CT_SCENERY_canyon) || ct_land_has(plan, CT_SCENERY_sea) ||
                ct_land_has(plan, CT_SCENERY_city);
    if (!bare || (ct_land_has(plan, CT_SCENERY_flowers) && !ct_land_has(plan, CT_SCENERY_sea)))
        carpet(plan);
}

void ct_land_rocks(const struct ct_land_plan *plan)
{
    bool named = ct_land_has(plan, CT_SCENERY_rocks) || ct_land_has(plan, CT_SCENERY_cliff);
    bool usual = ct_land_has(plan, CT_SCENERY_lake) || ct_land_has(plan, CT_SCENERY_mountains) ||
                 ct_land_has(plan, CT_SCENERY_river) || ct_land_has(plan, CT_SCENERY_space) ||
                 ct_land_has(plan, CT_SCENERY_canyon) || ct_land_has(plan, CT_SCENERY_island);
    if (!named && !usual)
        return;
    struct thicket t = thicket(plan, 60000, 110000);
    uint32_t tries = named ? 240 : 130;
    float from = plan->alone ? 0.75f * plan->eye / 0.33f : plan->subject + 1.2f * plan->clear;
    for (uint32_t i = 0; i < tries; i++) {
        struct spot s = { .hash = ct_hash32_combine(plan->hash + 63, i) };
        s.far = from * ct_powf(plan->alone ? 7.0f : 9.0f, unit_of(&s, 1));
        s.x = (2 * unit_of(&s, 2) - 1) * (plan->slope * s.far * 1.1f + 1);
        s.y = ct_land_height(plan, s.x, s.far);
        float size = 0.16f + 1.1f * ct_powf(unit_of(&s, 3), 5) * (named ? 1.5f : 1);
        size *= plan->alone ? 1 : ct_minf(1, 0.25f + 0.02f * s.far);
        float deepest = ct_land_has(plan, CT_SCENERY_cliff) ? -1.5f : -0.5f;
        if (s.y < plan->water + deepest * size || ct_land_on_road(plan, s.x, s.far))
            continue;
        blob(&t, v3(s.x, s.y + 0.15f * size, s.far), size, 0.62f, 12, 8, 0.42f);
    }
    ct_mesh_smooth(t.mesh);
    plant(&t, ct_land_rock_material(plan));
}
