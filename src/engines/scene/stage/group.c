/* How the things of one entity stand together: a pair, a triangle, staggered rows; or as the prompt
 * has it, in a row, a stack, a pyramid, a circle, a grid, scattered.
 *
 * Called by arrange.c for every entity, in the stage frame, around the origin; arrange.c then moves
 * the whole group. Sizes come from ct_object_shape(). Nothing here overlaps: places are as far
 * apart as the widest thing of the group is wide. */
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/object.h"
#include "engines/scene/stage/stage.h"

#define GAP 0.12f     /* between the things of a group, of their size */
#define STACK_MAX 6   /* higher ones would fall: several stacks stand side by side */
#define NEST_STEP 0.4f /* of its height, by which a bowl stands out of the one below */

struct cell {
    float width, depth, height; /* of the largest thing, gaps included */
};

static struct cell cell_of(const struct ct_scene3_object *o, int n)
{
    struct cell cell = { 0 };
    for (int i = 0; i < n; i++) {
        struct ct_stage_box box = ct_stage_object_box(&o[i], 0);
        cell.width = ct_maxf(cell.width, (box.max.x - box.min.x) * (1 + GAP));
        cell.depth = ct_maxf(cell.depth, (box.max.z - box.min.z) * (1 + GAP));
        cell.height = ct_maxf(cell.height, box.max.y - box.min.y);
    }
    return cell;
}

/* Puts a thing there, the middle of its box from left to right: a handle counts as width. */
static void put(struct ct_scene3_object *o, float x, float y, float z)
{
    struct ct_stage_box box = ct_stage_object_box(o, 0);
    float off_x = (box.min.x + box.max.x) / 2 - o->position.x;
    o->position = v3(x - off_x, y, z);
}

static float jitter(const struct ct_scene3 *scene, int i, uint32_t salt)
{
    return ct_hash32_unit(ct_hash32_combine((uint32_t)i * 7 + salt, scene->variant)) - 0.5f;
}

/* Does the next one of the same kind sit in it, as bowls and plates do? */
static bool nests(const struct ct_object_shape *s)
{
    return s->in_radius > 0 && s->max.y < 1.1f * s->max.x;
}

static void stack(const struct ct_scene3 *scene, struct ct_scene3_object *o, int n)
{
    struct cell cell = cell_of(o, n);
    int stacks = (n + STACK_MAX - 1) / STACK_MAX;
    for (int i = 0; i < n; i++) {
        int column = i % stacks, level = i / stacks;
        const struct ct_object_shape *s = ct_object_shape(o[i].object);
        float step = s->max.y * o[i].scale * (nests(s) ? NEST_STEP : 1);
        float disorder = nests(s) ? 0 : 0.06f * ct_minf(cell.width, cell.depth);
        o[i].position = v3(((float)column - (float)(stacks - 1) / 2) * cell.width +
                               disorder * jitter(scene, i, 31),
                           step * (float)level, disorder * jitter(scene, i, 57));
    }
}

static void row(struct ct_scene3_object *o, int n)
{
    struct cell cell = cell_of(o, n);
    for (int i = 0; i < n; i++)
        put(&o[i], ((float)i - (float)(n - 1) / 2) * cell.width, 0, 0);
}

/* A wall of them, each on the two below; round ones sink into the gap. */
static void pyramid(struct ct_scene3_object *o, int n)
{
    struct cell cell = cell_of(o, n);
    float width = cell.width / (1 + GAP);
    /* A ball is as wide as its box when that is not turned; turned, the box would be wider. */
    struct ct_stage_box own = ct_stage_object_box(&o[0], o[0].yaw);
    float across = own.max.x - own.min.x;
    bool round = cell.height > 0.8f * across && cell.height < 1.2f * across &&
                 fabsf(own.max.z - own.min.z - across) < 0.1f * across;
    if (round)
        width = across;
    float step = round ? 0.86f * cell.height : cell.height;
    int base = 1, at = 0;
    while (base * (base + 1) / 2 < n)
        base++;
    for (int level = 0; at < n; level++) {
        int in_level = base - level > 1 ? base - level : 1;
        for (int i = 0; i < in_level && at < n; i++, at++)
            put(&o[at], ((float)i - (float)(in_level - 1) / 2) * width * (round ? 1 : 1.02f),
                step * (float)level, 0);
    }
}

static void circle(struct ct_scene3_object *o, int n)
{
    struct cell cell = cell_of(o, n);
    float step = ct_hypotf(cell.width, cell.depth) * 0.78f, s, c;
    float radius = n < 3 ? step / 2 : step / (2 * ct_sinf(CT_PI / (float)n));
    for (int i = 0; i < n; i++) {
        ct_sincosf(2 * CT_PI * ((float)i + 0.5f) / (float)n, &s, &c);
        put(&o[i], radius * s, 0, radius * c);
    }
}

static void grid(struct ct_scene3_object *o, int n)
{
    struct cell cell = cell_of(o, n);
    int columns = 1;
    while (columns * columns < n)
        columns++;
    int rows = (n + columns - 1) / columns;
    for (int i = 0; i < n; i++)
        put(&o[i], ((float)(i % columns) - (float)(columns - 1) / 2) * cell.width, 0,
            ((float)(i / columns) - (float)(rows - 1) / 2) * cell.depth);
}

/* Places of a loose grid, each with a turn and a push of its own. */
static void scattered(const struct ct_scene3 *scene, struct ct_scene3_object *o, int n)
{
    for (int i = 0; i < n; i++)
        o[i].yaw += 5 * jitter(scene, i, 71);
    struct cell cell = cell_of(o, n);
    int columns = 1;
    while (columns * columns * 2 < n * 3)
        columns++;
    int rows = (n + columns - 1) / columns;
    for (int i = 0; i < n; i++) {
        int row = i / columns;
        float x = (float)(i % columns) - (float)(columns - 1) / 2 + (row & 1 ? 0.35f : -0.1f);
        float z = (float)row - (float)(rows - 1) / 2;
        put(&o[i], (x + 0.3f * jitter(scene, i, 11)) * cell.width * 1.4f, 0,
            (z + 0.3f * jitter(scene, i, 13)) * cell.depth * 1.4f);
    }
}

/* A pair, near enough to belong together: a little askew, or one clearly behind. */
static void pair(const struct ct_scene3 *scene, struct ct_scene3_object *o)
{
    struct cell cell = cell_of(o, 2);
    float askew = ct_stage_vary(scene->variant, 771, 1) > 0.3f ? 0.34f : 0.10f;
    float apart = askew > 0.2f ? 0.47f : 0.5f;
    for (int i = 0; i < 2; i++)
        put(&o[i], (i ? apart : -apart) * cell.width, 0, (i ? -askew : askew) * cell.depth);
}

/* Rows, front row shortest, every second one shifted by half a place. */
static void staggered(struct ct_scene3_object *o, int n)
{
    struct cell cell = cell_of(o, n);
    int columns = 1;
    while (columns * columns * 5 < n * 8) /* columns = ceil(sqrt(1.6 n)) */
        columns++;
    if (n == 3)
        columns = 2;
    int rows = (n + columns - 1) / columns, left = n;
    for (int row = 0; row < rows; row++) {
        int in_row = left < columns ? left : columns;
        float stagger = in_row == columns && (row & 1) ? 0.25f : 0;
        if (in_row == columns && !(row & 1) && rows > 1 && n % columns == 0)
            stagger = -0.25f;
        for (int i = 0; i < in_row; i++) {
            float x = (float)i - (float)(in_row - 1) / 2 + stagger;
            put(&o[n - left + i], x * cell.width, 0,
                ((float)row - (float)(rows - 1) / 2) * cell.depth);
        }
        left -= in_row;
    }
}

/* Shoes stand beside each other, as they were taken off. */
static void shoes(struct ct_scene3_object *o)
{
    const struct ct_object_shape *shape = ct_object_shape(o->object);
    float half = 0.62f * (shape->max.x - shape->min.x) * o->scale, s, c;
    ct_sincosf(o->yaw, &s, &c);
    for (int i = 0; i < 2; i++) {
        float x = i ? half : -half, z = i ? 0.2f * half : 0;
        o[i].yaw = o->yaw + (i ? 0.12f : 0);
        put(&o[i], x * c + z * s, 0, z * c - x * s);
    }
}

/* What nobody named: by their number. */
static void loosely(const struct ct_scene3 *scene, struct ct_scene3_object *o, int n)
{
    if (n == 2 && o->object == CT_OBJECT_sneaker)
        shoes(o);
    else if (n == 2)
        pair(scene, o);
    else if (n == 3 && ct_stage_vary(scene->variant, 772, 1) > 0.45f)
        row(o, n);
    else
        staggered(o, n);
}

void ct_stage_group(struct ct_scene3 *scene, int first, int n, enum ct_arrangement arrangement)
{
    struct ct_scene3_object *o = &scene->objects[first];
    bool books = o->object == CT_OBJECT_book && n <= STACK_MAX;
    if (n < 1)
        return;
    if (n == 1)
        arrangement = CT_ARRANGEMENT_ANY;
    if (arrangement == CT_ARRANGEMENT_ANY && books && n > 1)
        arrangement = CT_ARRANGEMENT_STACK;
    switch (arrangement) {
    case CT_ARRANGEMENT_STACK:
        stack(scene, o, n);
        break;
    case CT_ARRANGEMENT_ROW:
        row(o, n);
        break;
    case CT_ARRANGEMENT_PYRAMID:
        pyramid(o, n);
        break;
    case CT_ARRANGEMENT_CIRCLE:
        circle(o, n);
        break;
    case CT_ARRANGEMENT_GRID:
        grid(o, n);
        break;
    case CT_ARRANGEMENT_SCATTERED:
        scattered(scene, o, n);
        break;
    case CT_ARRANGEMENT_ANY:
        loosely(scene, o, n);
        break;
    }
}
