/* What strokes over a picture say: which of its things is meant, or where. And they are never seen.
 */
#include "edit_bench.h"

#include "engines/scene/edit/recipe.h"

#include "pen.h"
#include "t.h"

#define W 160
#define H 128
#define ARENA_BYTES ((size_t)16 << 20)

static const char three[] = "a white ceramic mug beside three red apples on a wooden table";

struct place {
    float x, y, rx, ry;
};

/* Where an object of the picture is seen. */
static struct place place_of(const struct bench *b, const struct bench_picture *p, int entity,
                             int object)
{
    struct ct_mask *mask = bench_coverage(b, p, entity, object);
    struct ct_mask_box box = { 0, 0, 1, 1 };
    CHECK(ct_mask_bounds(mask, 128, &box));
    ct_mask_free(&mask);
    return (struct place){ (float)(box.x0 + box.x1) / 2, (float)(box.y0 + box.y1) / 2,
                           (float)(box.x1 - box.x0) / 2, (float)(box.y1 - box.y0) / 2 };
}

static struct bench_picture edit_marked(struct bench *b, const struct bench_picture *of,
                                        struct ct_image *sheet, const char *prompt)
{
    b->markup = sheet;
    struct bench_picture out = bench_edit(b, CT_OPERATION_EDIT, prompt, of, 1);
    ct_image_unref(&b->markup);
    return out;
}

static struct ct_image *ring_around(struct place at, float more)
{
    struct ct_image *sheet = pen_sheet(W, H);
    if (sheet)
        pen_arc(sheet, at.x, at.y, at.rx + more, at.ry + more, 0, 0.95f, 1.5f);
    return sheet;
}

static bool read_recipe(struct ct_scene_recipe *out, struct ct_arena *arena,
                        const struct bench_picture *p)
{
    return ct_scene_recipe_read(out, arena, ct_buf_slice(&p->recipe), NULL) == CT_OK;
}

/* Which object of the first recipe's entity 1 (the apples) is the i-th. */
static int apple(const struct ct_scene_recipe *r, int i)
{
    for (int k = 0; k < r->scene->n_objects; k++)
        if (r->scene->objects[k].object == CT_OBJECT_apple && i-- == 0)
            return k;
    return -1;
}

TEST(edit_markup__one_of_three_like_things_is_changed_and_nothing_else)
{
    struct bench b;
    struct ct_scene_recipe was, is;
    REQUIRE(bench_open(&b, W, H));
    struct bench_picture before = bench_draw(&b, three);
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    REQUIRE(read_recipe(&was, arena, &before));
    int object = apple(&was, 2), entity = was.scene->objects[object].entity;
    struct ct_image *sheet = ring_around(place_of(&b, &before, entity, object), 2);
    struct bench_picture after = edit_marked(&b, &before, sheet, "make this green");
    REQUIRE(after.image);
    CHECK_STR(b.warnings, "");
    struct ct_mask *mask = bench_coverage(&b, &before, entity, object);
    bench_check_only_within(mask, before.image, after.image);
    ct_mask_free(&mask);
    REQUIRE(read_recipe(&is, arena, &after));
    CHECK_INT(is.scene->n_objects, was.scene->n_objects);
    CHECK_INT(is.intent->n_entities, was.intent->n_entities + 1);
    CHECK_INT(is.intent->entities[entity].count, 2);
    CHECK(!is.intent->entities[entity].has_color || is.intent->entities[entity].color.g < 64);
    CHECK(is.intent->entities[was.intent->n_entities].color.g == 128);
    /* and the two are still apples that can be spoken of */
    struct bench_picture none = bench_edit(&b, CT_OPERATION_EDIT, "remove the mug", &after, 1);
    CHECK(none.image != NULL);
    bench_drop(&none);
    bench_drop(&after);
    bench_drop(&before);
    ct_arena_free(&arena);
    bench_close(&b);
}

TEST(edit_markup__strokes_choose_what_the_words_leave_open)
{
    static const struct {
        const char *prompt;
        int kind;   /* of the stroke: around the mug, an arrow to it, a line under it, a cross */
        int apples; /* that are left, -1: all and no mug */
    } rows[] = {
        { "remove this", 0, -1 },
        { "remove it", 1, -1 },
        { "get rid of the marked object", 2, -1 },
        { "remove that", 3, -1 },
    };
    struct bench b;
    struct ct_scene_recipe was, is;
    REQUIRE(bench_open(&b, W, H));
    struct bench_picture before = bench_draw(&b, three);
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    REQUIRE(read_recipe(&was, arena, &before));
    struct place mug = place_of(&b, &before, 0, -1);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct ct_image *sheet = pen_sheet(W, H);
        REQUIRE(sheet);
        if (rows[i].kind == 0)
            pen_arc(sheet, mug.x, mug.y, mug.rx + 2, mug.ry + 2, 0, 1, 1.5f);
        else if (rows[i].kind == 1)
            pen_arrow(sheet, mug.x, 2, mug.x, mug.y - mug.ry - 1, 1);
        else if (rows[i].kind == 2)
            pen_line(sheet, mug.x - mug.rx, mug.y + mug.ry + 3, mug.x + mug.rx, mug.y + mug.ry + 3,
                     1.5f);
        else {
            pen_line(sheet, mug.x - mug.rx, mug.y - mug.ry, mug.x + mug.rx, mug.y + mug.ry, 1);
            pen_line(sheet, mug.x + mug.rx, mug.y - mug.ry, mug.x - mug.rx, mug.y + mug.ry, 1);
        }
        struct bench_picture after = edit_marked(&b, &before, sheet, rows[i].prompt);
        if (!after.image || !read_recipe(&is, arena, &after)) {
            t_fail(__FILE__, __LINE__, "%s: %s", rows[i].prompt, b.err.msg);
            continue;
        }
        CHECK_INT(is.scene->n_objects, was.scene->n_objects - 1);
        CHECK_INT(is.intent->n_entities, was.intent->n_entities - 1);
        CHECK_STR(b.warnings, "");
        bench_drop(&after);
    }
    bench_drop(&before);
    ct_arena_free(&arena);
    bench_close(&b);
}

TEST(edit_markup__new_and_moved_things_go_where_the_strokes_are)
{
    static const char *const prompts[] = { "add a lemon here", "put a lemon here", "add a lemon",
                                           "move the mug here" };
    struct bench b;
    struct ct_scene_recipe is;
    REQUIRE(bench_open(&b, W, H));
    struct bench_picture before = bench_draw(&b, three);
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    for (size_t i = 0; i < sizeof(prompts) / sizeof(*prompts); i++) {
        const struct place spot = { 66, 108, 13, 6 };
        struct bench_picture after = edit_marked(&b, &before, ring_around(spot, 0), prompts[i]);
        REQUIRE(after.image && read_recipe(&is, arena, &after));
        int object = is.scene->n_objects - 1;
        struct place at = place_of(&b, &after, is.scene->objects[object].entity, object);
        CHECK(at.x > spot.x - 8 && at.x < spot.x + 8);
        CHECK(at.y + at.ry > spot.y - 5 && at.y + at.ry < spot.y + 9);
        CHECK_STR(b.warnings, "");
        bench_drop(&after);
    }
    bench_drop(&before);
    ct_arena_free(&arena);
    bench_close(&b);
}

TEST(edit_markup__what_does_not_fit_the_words_is_said)
{
    struct bench b;
    REQUIRE(bench_open(&b, W, H));
    struct bench_picture before = bench_draw(&b, three);
    struct bench_picture page = bench_draw(&b, "poster with the title \"Jazz Night\"");
    struct place mug = place_of(&b, &before, 0, -1);
    struct bench_picture after =
        edit_marked(&b, &before, ring_around(mug, 2), "make the apples green");
    CHECK(after.image && strstr(b.warnings, "on something else than the prompt names"));
    bench_drop(&after);
    const struct place sky = { 30, 6, 10, 4 };
    after = edit_marked(&b, &before, ring_around(sky, 0), "make the mug blue");
    CHECK(after.image && strstr(b.warnings, "on no thing of the scene"));
    bench_drop(&after);
    after = edit_marked(&b, &before, ring_around(sky, 0), "make this blue");
    CHECK(!after.image);
    CHECK_INT(b.err.code, CT_E_EDIT);
    bench_drop(&after);
    after = edit_marked(&b, &page, ring_around(sky, 0), "change the title to \"Blues Night\"");
    CHECK(after.image && strstr(b.warnings, "The markup was not used"));
    bench_drop(&after);
    after = edit_marked(&b, &before, pen_sheet(W, H), "make the mug blue");
    CHECK(!after.image);
    CHECK_STR(b.err.param, "markup");
    bench_drop(&after);
    bench_drop(&page);
    bench_drop(&before);
    bench_close(&b);
}

/* --- foreign pictures --- */

#define FW 240
#define FH 180

/* Two discs, red and blue, on a grey ramp with grain. */
static struct bench_picture photograph(void)
{
    struct bench_picture p = { 0 };
    if (ct_image_new(&p.image, FW, FH, 3, NULL) != CT_OK)
        return p;
    for (int y = 0; y < FH; y++)
        for (int x = 0; x < FW; x++) {
            uint8_t *px = p.image->px + 3 * (y * FW + x);
            int grain = (x * 7919 + y * 104729) % 7 - 3;
            bool red = (x - 70) * (x - 70) + (y - 90) * (y - 90) < 30 * 30;
            bool blue = (x - 170) * (x - 170) + (y - 90) * (y - 90) < 30 * 30;
            px[0] = (uint8_t)((red ? 190 : blue ? 40 : 150 + x / 8) + grain);
            px[1] = (uint8_t)((red || blue ? 50 : 150 + x / 8) + grain);
            px[2] = (uint8_t)((blue ? 180 : red ? 45 : 150 + x / 8) + grain);
        }
    ct_buf_init(&p.recipe, 16);
    return p;
}

/* How many pixels of a disc's square differ, and how many outside of the circle of `r` around it.
 */
static void count(const struct ct_image *a, const struct ct_image *b, int cx, int r, int *in,
                  int *out)
{
    *in = *out = 0;
    for (int y = 0; y < FH; y++)
        for (int x = 0; x < FW; x++) {
            size_t i = 3 * (size_t)(y * FW + x);
            bool near = (x - cx) * (x - cx) + (y - 90) * (y - 90) < r * r;
            *(near ? in : out) += memcmp(a->px + i, b->px + i, 3) != 0;
        }
}

TEST(edit_markup__a_photograph_changes_within_the_strokes)
{
    static const struct {
        const char *prompt;
        bool arrow;
        int cx, least; /* pixels that change in the marked disc */
    } rows[] = {
        { "make this green", false, 170, 2500 },
        { "make it yellow", true, 170, 2300 },
        { "remove this", false, 70, 2500 },
        { "make the ball lighter", false, 70, 2000 },
    };
    struct bench b;
    REQUIRE(bench_open(&b, FW, FH));
    struct bench_picture photo = photograph();
    REQUIRE(photo.image);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct ct_image *sheet = pen_sheet(FW, FH);
        int in, out;
        REQUIRE(sheet);
        if (rows[i].arrow)
            pen_arrow(sheet, (float)rows[i].cx, 10, (float)rows[i].cx, 58, 2);
        else
            pen_arc(sheet, (float)rows[i].cx, 90, 40, 40, 0, 0.93f, 3);
        struct bench_picture after = edit_marked(&b, &photo, sheet, rows[i].prompt);
        if (!after.image) {
            t_fail(__FILE__, __LINE__, "%s: %s", rows[i].prompt, b.err.msg);
            continue;
        }
        count(photo.image, after.image, rows[i].cx, 47, &in, &out);
        CHECK(in > rows[i].least);
        CHECK_INT(out, 0);
        CHECK(!!strstr(b.warnings, "guess") == rows[i].arrow);
        bench_drop(&after);
    }
    struct ct_image *sheet = pen_sheet(FW, FH);
    REQUIRE(sheet);
    pen_arrow(sheet, 120, 178, 120, 120, 2); /* at the plain ground */
    struct bench_picture none = edit_marked(&b, &photo, sheet, "make it green");
    CHECK(!none.image);
    CHECK_INT(b.err.code, CT_E_EDIT);
    CHECK_STR(b.err.param, "markup");
    bench_drop(&none);
    bench_drop(&photo);
    bench_close(&b);
}
