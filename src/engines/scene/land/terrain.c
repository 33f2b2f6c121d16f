/* The ground: one height function, made of what the picture shows, and two grids over it.
 *
 * Rows of the grids lie ever further apart and columns fan out with the view, so that a triangle
 * is about equally large in the picture wherever it lies. Mountains are ridged noise (Musgrave
 * 1994): each octave is weighted by the height so far, which leaves valleys smooth and makes
 * ridges rough, as erosion does. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/land/plan.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#define NEAR_COLUMNS 260
#define NEAR_ROWS 150
#define FAR_COLUMNS 520
#define FAR_ROWS 170
#define NEAR_END 90.0f
#define FAR_END 1500.0f
#define LEVEL_END 9000.0f /* of water and of plains */

static float ridged(ct_v3 p, int octaves)
{
    float sum = 0, weight = 1, share = 0.5f;
    for (int i = 0; i < octaves; i++) {
        float n = 1 - fabsf(ct_noise3(p) * 1.35f);
        n *= n;
        sum += share * n * weight;
        weight = ct_clampf(n * 1.7f, 0, 1);
        p = v3(p.x * 2.07f + 5.1f, p.y + 3.7f, p.z * 2.07f + 9.2f);
        share *= 0.5f;
    }
    return sum;
}

static float mountains(const struct ct_land_plan *plan, float x, float far)
{
    float rise = ct_smoothstep(110, 560, far);
    if (rise <= 0)
        return 0;
    float bx = x + 26 * ct_noise3(v3(x * 0.008f, plan->seed, far * 0.008f));
    float bz = far + 26 * ct_noise3(v3(x * 0.008f, plan->seed + 7, far * 0.008f));
    float r = ridged(v3(bx * 0.0062f + plan->seed, 0.5f, bz * 0.0062f), 8);
    float s = x / (far * plan->slope); /* across the view, -1 .. 1 */
    float side = plan->stage->scene->light_side;
    /* A gap where the eye goes, a main peak on the third. */
    float gap = 1 - 0.62f * ct_expf(-(s - 0.22f * side) * (s - 0.22f * side) * 9);
    float peak = ct_expf(-(s + 0.42f * side) * (s + 0.42f * side) * 7);
    float tall = far * (0.17f + 0.20f * peak) * ct_minf(1, 700 / far);
    return rise * gap * tall * (0.30f + 1.05f * r) *
           (0.86f + 0.3f * ct_noise3(v3(x * 0.004f, 2, far * 0.004f)));
}

static float dunes(const struct ct_land_plan *plan, float x, float far)
{
    float bend = 14 * ct_noise3(v3(x * 0.02f, plan->seed, far * 0.012f));
    float na = 1.7f * ct_noise3(v3((x + bend) * 0.013f, plan->seed + 3, (far + bend) * 0.024f));
    float nb = 1.7f * ct_noise3(v3((x - bend) * 0.035f, plan->seed + 5, far * 0.055f));
    /* Crests are as sharp as the grid can show: coarser far away, where it would make teeth. */
    float round = 0.05f + 0.0011f * far;
    float a = 1 - sqrtf(na * na + round * round) + 0.5f * round;
    float b = 1 - sqrtf(nb * nb + round * round) + 0.5f * round;
    a = ct_maxf(a, 0);
    b = ct_maxf(b, 0);
    float grow = ct_smoothstep(10, 120, far);
    return grow * (17 * a * a * (1 + far * 0.0022f) - 4.0f) +
           (0.4f + 1.1f * grow) * b * b * ct_smoothstep(420, 120, far);
}

static float hills(const struct ct_land_plan *plan, float x, float far)
{
    float slow = ct_noise3(v3(x * 0.0085f, plan->seed + 1, far * 0.0085f));
    float mid = ct_noise3(v3(x * 0.021f, plan->seed + 2, far * 0.021f));
    float wide = ct_noise3(v3(x * 0.0032f + 3, plan->seed + 4, far * 0.0032f));
    float grow = ct_smoothstep(10, 120, far), distant = ct_smoothstep(180, 800, far);
    return grow * (13 * (slow + 0.25f) + 4.5f * mid) + distant * 58 * ct_maxf(wide + 0.36f, -0.1f);
}

/* How far a point lies beyond the shore, units; negative on land. */
static float beyond_shore(const struct ct_land_plan *plan, float x, float far)
{
    float side = plan->stage->scene->light_side;
    /* Alone, the coast runs into the distance, land on one side; behind a subject it lies across.
     */
    float lean = plan->alone ? 2.4f / plan->slope : 0.10f;
    if (ct_land_has(plan, CT_SCENERY_cliff) && !plan->alone)
        lean = 0;
    float bend = 5.0f * ct_noise3(v3(x * 0.018f, plan->seed, far * 0.018f)) +
                 1.0f * ct_noise3(v3(x * 0.09f, plan->seed, far * 0.09f));
    float start = plan->alone ? 14 : plan->shore;
    float grow = plan->alone ? ct_minf(0.3f + far * 0.012f, 3) : 1;
    return (far - start + lean * side * x) / sqrtf(1 + lean * lean) + bend * grow;
}

/* Water wherever one looks, but for islands. */
static bool is_open_sea(const struct ct_land_plan *plan)
{
    return (plan->alone || plan->afloat) && ct_land_has(plan, CT_SCENERY_sea) &&
           !ct_land_has(plan, CT_SCENERY_beach) && !ct_land_has(plan, CT_SCENERY_cliff);
}

static float coast(const struct ct_land_plan *plan, float x, float far, float land)
{
    float c = beyond_shore(plan, x, far);
    if (is_open_sea(plan))
        c = 40;
    float h;
    if (ct_land_has(plan, CT_SCENERY_cliff)) {
        float rough = 2.2f * ct_fbm3(v3(x * 0.12f, plan->seed, far * 0.12f), 4);
        float high = plan->alone ? 15 + 7 * ct_noise3(v3(x * 0.02f, 5, far * 0.02f)) : 0;
        high *= plan->alone ? ct_smoothstep(26, 80, far) : 1;
        h = ct_lerp(high + land * 0.4f, plan->water - 6,
                    ct_smoothstep(-3.5f, 4.5f, c + rough * 1.6f));
    } else {
        h = land * ct_smoothstep(-12, -90, c) + ct_clampf(-0.032f * (c + 9), -3.0f, 1.4f);
        if (!plan->alone)
            h = ct_minf(h, 0) + ct_maxf(h, 0) * ct_smoothstep(-14, -60, c);
    }
    if (ct_land_has(plan, CT_SCENERY_island)) {
        float dx = x - 18 * plan->stage->scene->light_side, df = far - 120;
        float r = sqrtf(dx * dx + 1.5f * df * df) / 40;
        float bumps = 0.75f + 0.5f * ct_fbm3(v3(x * 0.06f, plan->seed, far * 0.06f), 4);
        h = ct_maxf(h, plan->water - 2 + 14 * ct_expf(-r * r * 1.6f) * bumps);
    }
    return h;
}

static float lake(const struct ct_land_plan *plan, float x, float far, float land)
{
    float bend = 9 * ct_noise3(v3(x * 0.02f, plan->seed + 6, far * 0.02f)) +
                 1.6f * ct_noise3(v3(x * 0.11f, plan->seed, far * 0.11f));
    float near = plan->afloat ? -100 : plan->alone ? 13 : plan->shore;
    float wide = plan->slope * far * 0.98f + 30;
    float in = ct_minf(far - near, 235 - far);
    in = ct_minf(in, wide - fabsf(x - 0.1f * far)) + bend;
    return ct_lerp(land * ct_smoothstep(0, -60, in) + 0.02f * ct_minf(-in, 40) * (in < 0),
                   plan->water - 2.5f, ct_smoothstep(-5, 6, in));
}

static float river(const struct ct_land_plan *plan, float x, float far, float land)
{
    float grow = ct_minf(far / 40, 1.6f);
    float middle =
        grow * (11 * ct_sinf(far * 0.034f + 0.6f) + 6 * ct_sinf(far * 0.013f + 2.0f)) - 2;
    if (plan->afloat)
        middle = (far - plan->subject) * 0.12f * plan->stage->scene->light_side;
    else if (!plan->alone)
        middle += (6 + plan->clear * 2) * plan->stage->scene->light_side;
    float across = fabsf(x - middle) + 1.2f * ct_noise3(v3(x * 0.1f, plan->seed, far * 0.1f));
    float half = ct_maxf(4.2f, plan->afloat ? 2.5f * plan->clear : 0) + 0.012f * far;
    float valley = ct_smoothstep(half, half + 34, across);
    return ct_lerp(plan->water - 1.2f, ct_maxf(land * valley, 0) + 0.15f,
                   ct_smoothstep(half - 1.5f, half + 2.5f, across));
}

static float canyon(const struct ct_land_plan *plan, float x, float far)
{
    float middle =
        16 * ct_sinf(far * 0.012f + 0.5f) + 8 * ct_noise3(v3(0, plan->seed, far * 0.02f));
    float rough = 13 * ct_fbm3(v3(x * 0.022f, plan->seed, far * 0.022f), 5);
    float across = fabsf(x - middle) + rough - 11 - 0.05f * far;
    float t = ct_clampf(across / 52, 0, 1) * 6, step = ct_floorf(t), in = t - step;
    float terrace = (step + ct_smoothstep(0.12f, 0.42f, in)) / 6;
    return ct_smoothstep(20, 85, far) * 74 * terrace *
           (0.8f + 0.3f * ct_noise3(v3(x * 0.01f, 3, far * 0.01f)));
}

static float volcano(const struct ct_land_plan *plan, float x, float far)
{
    float dx = x - 0.20f * 640 * plan->slope * plan->stage->scene->light_side, df = far - 640;
    float r = sqrtf(dx * dx + df * df);
    float gullies = 0.05f * ct_fbm3(v3(dx * 0.03f, plan->seed, df * 0.03f), 4);
    float cone = ct_expf(-r / 155) * (1 + gullies), rim = ct_expf(-26.0f / 155);
    return 260 * (ct_minf(cone, rim) - 0.12f * ct_smoothstep(24, 6, r)) - 12;
}

static float natural_height(const struct ct_land_plan *plan, float x, float far)
{
    float land = 0.10f * ct_noise3(v3(x * 0.25f, plan->seed, far * 0.25f)) +
                 0.5f * ct_noise3(v3(x * 0.05f, plan->seed, far * 0.05f));
    if (ct_land_has(plan, CT_SCENERY_hills) || ct_land_has(plan, CT_SCENERY_meadow))
        land += hills(plan, x, far) * (ct_land_has(plan, CT_SCENERY_mountains) ? 0.5f : 1) *
                (plan->alone ? 1 : 0.4f);
    if (ct_land_has(plan, CT_SCENERY_forest))
        land += 0.35f * hills(plan, x, far);
    if (ct_land_has(plan, CT_SCENERY_desert))
        land += dunes(plan, x, far) * (ct_land_has(plan, CT_SCENERY_road) ? 0.12f : 1);
    if (ct_land_has(plan, CT_SCENERY_canyon))
        land += canyon(plan, x, far);
    if (ct_land_has(plan, CT_SCENERY_mountains))
        land += mountains(plan, x, far);
    if (ct_land_has(plan, CT_SCENERY_volcano))
        land += ct_maxf(volcano(plan, x, far), 0);
    /* Flat where the subject stands, and towards the viewer below the eye. */
    float dx = x, df = far - plan->subject, away = sqrtf(dx * dx + df * df);
    if (!plan->alone) {
        float front = far < plan->subject ? fabsf(dx) - 0.2f * plan->clear : away;
        land *= ct_smoothstep(plan->clear, 3 * plan->clear + 14, ct_maxf(front, 0));
    } else {
        land *= ct_smoothstep(0, 40, far) * 0.85f + 0.15f;
    }
    if (ct_land_has(plan, CT_SCENERY_sea))
        land = coast(plan, x, far, land);
    else if (ct_land_has(plan, CT_SCENERY_lake))
        land = lake(plan, x, far, land);
    else if (ct_land_has(plan, CT_SCENERY_river))
        land = river(plan, x, far, land);
    else if (ct_land_has(plan, CT_SCENERY_city) && plan->alone)
        land = ct_lerp(land * 0.2f, -3, ct_smoothstep(8, 14, far) * ct_smoothstep(150, 144, far));
    if (!plan->alone && !plan->afloat) /* whatever the place: the subject stands on level ground */
        land *= ct_smoothstep(0.9f * plan->clear, 2 * plan->clear + 1, away);
    return land;
}

float ct_land_height(const struct ct_land_plan *plan, float x, float far)
{
    float natural = natural_height(plan, x, far);
    if (!ct_land_has(plan, CT_SCENERY_road))
        return natural;
    float away = ct_land_road_distance(plan, x, far), half = ct_land_road_half(plan);
    float level = natural_height(plan, ct_land_road_middle(plan, far), far);
    return ct_lerp(level, natural, ct_smoothstep(1.15f * half, 2.6f * half, away));
}

static struct ct_mesh *grid(const struct ct_land_plan *plan, float from, float to, int columns,
                            int rows)
{
    uint32_t across = (uint32_t)columns + 1, along = (uint32_t)rows + 1;
    struct ct_mesh *mesh = ct_mesh_new(across * along, 2 * (uint32_t)columns * (uint32_t)rows);
    for (uint32_t j = 0; mesh && j < along; j++) {
        float t = (float)j / (float)rows;
        float far = from * ct_powf(to / from, t), half = plan->slope * far * 1.25f + 12;
        for (uint32_t i = 0; i < across; i++) {
            float x = half * (2 * (float)i / (float)columns - 1);
            ct_mesh_vertex(mesh, ct_land_point(plan, x, ct_land_height(plan, x, far), far),
                           v3(0, 1, 0));
        }
        if (ct_land_cancelled(plan))
            break;
    }
    for (uint32_t j = 0; mesh && j < (uint32_t)rows; j++) {
        for (uint32_t i = 0; i < (uint32_t)columns; i++) {
            uint32_t a = j * across + i, b = a + across;
            ct_mesh_triangle(mesh, a, a + 1, b + 1);
            ct_mesh_triangle(mesh, a, b + 1, b);
        }
    }
    ct_mesh_smooth(mesh);
    return mesh;
}

/* A level at `y` that fills all the rest: behind the viewer, and to the horizon. */
static void add_level(const struct ct_land_plan *plan, float y, float from, int material)
{
    float half = 0.5f * (LEVEL_END - from);
    ct_v3 middle = ct_land_point(plan, 0, y, from + half);
    float wide = ct_maxf(2.0f * plan->slope, 1.5f) * LEVEL_END * plan->unit;
    ct_backdrop_add(plan->stage,
                    ct_shape_quad(middle, v3(wide, 0, 0), v3(0, 0, -half * plan->unit)), material);
}

void ct_land_terrain(const struct ct_land_plan *plan)
{
    if (is_open_sea(plan) && !ct_land_has(plan, CT_SCENERY_island))
        return;
    int near = ct_land_ground_material(plan, CT_LAND_GROUND);
    int far = ct_land_ground_material(plan, CT_LAND_FAR);
    float start = plan->alone ? 0.9f : ct_maxf(0.15f * plan->subject, 0.4f);
    ct_backdrop_add(plan->stage, grid(plan, start, NEAR_END, NEAR_COLUMNS, NEAR_ROWS), near);
    ct_backdrop_add(plan->stage, grid(plan, NEAR_END * 0.995f, FAR_END, FAR_COLUMNS, FAR_ROWS),
                    far);
    if (plan->water < -100) /* plains beyond, ground behind the viewer */
        add_level(plan, -3.0f, -600, far);
}

void ct_land_water(const struct ct_land_plan *plan)
{
    if (plan->water < -100)
        return;
    add_level(plan, plan->water, -300, ct_land_water_material(plan));
}
