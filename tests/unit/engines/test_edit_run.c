/* Edits through the engine on small pictures: what changes, and above all what does not. */
#include "edit_bench.h"

#include "engines/scene/edit/recipe.h"
#include "engines/scene/render/coverage.h"

#include "t.h"

#define ARENA_BYTES ((size_t)16 << 20)

static struct bench_picture edit(struct bench *b, const struct bench_picture *of, const char *prompt)
{
    return bench_edit(b, CT_OPERATION_EDIT, prompt, of, 1);
}

TEST(edit_run__a_recolour_changes_the_thing_and_nothing_else)
{
    static const struct {
        const char *picture, *prompt;
        int entity;
    } rows[] = {
        { "a white ceramic mug beside a red apple", "make the mug navy blue", 0 },
        { "a white ceramic mug beside a red apple",
          "change the apple's colour from red to green, keep everything else identical", 1 },
        { "a white bottle on a book, golden hour", "make the bottle gold", 0 },
        { "three yellow lemons in a white bowl, shallow depth of field", "make the bowl black", 1 },
    };
    struct bench b;
    REQUIRE(bench_open(&b, 96, 80));
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct bench_picture before = bench_draw(&b, rows[i].picture);
        struct bench_picture after = edit(&b, &before, rows[i].prompt);
        REQUIRE(after.image);
        struct ct_mask *mask = bench_coverage(&b, &before, rows[i].entity, -1);
        bench_check_only_within(mask, before.image, after.image);
        CHECK_STR(b.warnings, "");
        ct_mask_free(&mask);
        bench_drop(&before);
        bench_drop(&after);
    }
    bench_close(&b);
}

TEST(edit_run__an_edited_picture_can_be_edited_again)
{
    struct bench b;
    REQUIRE(bench_open(&b, 64, 64));
    struct bench_picture first = bench_draw(&b, "a white mug beside a red apple");
    struct bench_picture navy = edit(&b, &first, "make the mug navy blue");
    struct bench_picture none = edit(&b, &navy, "remove the apple");
    struct bench_picture two = edit(&b, &none, "add a lemon behind the mug");
    REQUIRE(two.image);
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    struct ct_scene_recipe recipe;
    REQUIRE(ct_scene_recipe_read(&recipe, arena, ct_buf_slice(&two.recipe), NULL) == CT_OK);
    CHECK_INT(recipe.scene->n_objects, 2);
    CHECK_INT(recipe.scene->objects[0].object, CT_OBJECT_mug);
    CHECK_INT(recipe.scene->objects[1].object, CT_OBJECT_lemon);
    CHECK(recipe.scene->objects[1].position.z < recipe.scene->objects[0].position.z);
    CHECK(recipe.intent->entities[0].has_color && recipe.intent->entities[0].color.b == 128);
    ct_arena_free(&arena);
    bench_drop(&first);
    bench_drop(&navy);
    bench_drop(&none);
    bench_drop(&two);
    bench_close(&b);
}

TEST(edit_run__what_stays_keeps_its_place)
{
    static const char *const prompts[] = { "remove the apple", "add a lemon on the right",
                                           "replace the apple with a pear",
                                           "change the lighting to golden hour",
                                           "put it on a wooden table" };
    struct bench b;
    REQUIRE(bench_open(&b, 48, 32));
    struct bench_picture first = bench_draw(&b, "a white mug beside a red apple");
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    struct ct_scene_recipe was, is;
    REQUIRE(ct_scene_recipe_read(&was, arena, ct_buf_slice(&first.recipe), NULL) == CT_OK);
    for (size_t i = 0; i < sizeof(prompts) / sizeof(*prompts); i++) {
        struct bench_picture next = edit(&b, &first, prompts[i]);
        REQUIRE(next.image);
        REQUIRE(ct_scene_recipe_read(&is, arena, ct_buf_slice(&next.recipe), NULL) == CT_OK);
        CHECK(memcmp(&is.scene->objects[0].position, &was.scene->objects[0].position,
                     sizeof(ct_v3)) == 0);
        CHECK(is.scene->objects[0].yaw == was.scene->objects[0].yaw);
        bench_drop(&next);
    }
    ct_arena_free(&arena);
    bench_drop(&first);
    bench_close(&b);
}

TEST(edit_run__keep_everything_else_keeps_what_is_far)
{
    struct bench b;
    REQUIRE(bench_open(&b, 96, 64));
    struct bench_picture first = bench_draw(&b, "a white mug beside a red apple");
    struct bench_picture next =
        edit(&b, &first, "remove the apple and keep everything else identical");
    REQUIRE(next.image);
    int n = bench_differing(first.image, next.image);
    CHECK(n > 100 && n < 96 * 64 / 3);
    bench_drop(&first);
    bench_drop(&next);
    bench_close(&b);
}

static double mean_of_rows(const struct ct_image *image, int first, int last)
{
    double sum = 0;
    size_t row = (size_t)image->width * 3, from = (size_t)first * row, to = (size_t)last * row;
    for (size_t i = from; i < to; i++)
        sum += image->px[i];
    return sum / (double)(to - from);
}

TEST(edit_run__walls_and_tables_darken_by_themselves)
{
    struct bench b;
    REQUIRE(bench_open(&b, 96, 64));
    struct bench_picture first = bench_draw(&b, "a white mug on a wooden table");
    struct bench_picture wall = edit(&b, &first, "make the wall much darker");
    struct bench_picture table = edit(&b, &first, "make the table much darker");
    REQUIRE(wall.image && table.image);
    double top = mean_of_rows(first.image, 0, 4), foot = mean_of_rows(first.image, 56, 64);
    CHECK(mean_of_rows(wall.image, 0, 4) < 0.75 * top);
    CHECK(mean_of_rows(wall.image, 56, 64) > 0.85 * foot);
    CHECK(mean_of_rows(table.image, 56, 64) < 0.75 * foot);
    CHECK(mean_of_rows(table.image, 0, 4) > 0.85 * top);
    bench_drop(&first);
    bench_drop(&wall);
    bench_drop(&table);
    bench_close(&b);
}

TEST(edit_run__a_page_changes_its_text_and_keeps_the_rest)
{
    struct bench b;
    REQUIRE(bench_open(&b, 160, 128));
    struct bench_picture first =
        bench_draw(&b, "a poster titled \"Jazz Night\" with the tagline \"June\"");
    struct bench_picture next =
        edit(&b, &first, "change the tagline to \"July\" and keep everything else identical");
    REQUIRE(next.image);
    int n = bench_differing(first.image, next.image);
    CHECK(n > 0 && n < 160 * 128 / 10);
    CHECK(strstr(ct_buf_text(&next.recipe), "July") && !strstr(ct_buf_text(&next.recipe), "June"));
    bench_drop(&next);
    next = edit(&b, &first, "change the title to \"Blues Night\" and keep everything else identical");
    REQUIRE(next.image); /* the art beside the words stays, though the page says something else */
    for (int y = 0; y < 128; y++)
        CHECK(memcmp(next.image->px + (y * 160 + 120) * 3, first.image->px + (y * 160 + 120) * 3,
                     40 * 3) == 0);
    CHECK(bench_differing(first.image, next.image) > 0);
    bench_drop(&next);
    next = edit(&b, &first, "add the text \"Free entry\"");
    REQUIRE(next.image); /* one more: the title stays */
    CHECK(strstr(ct_buf_text(&next.recipe), "\"title\":\"Jazz Night\""));
    CHECK(strstr(ct_buf_text(&next.recipe), "Free entry"));
    struct bench_picture wrong = edit(&b, &first, "replace \"Waltz\" with \"Rock\"");
    CHECK(wrong.image == NULL);
    CHECK_INT(b.err.code, CT_E_EDIT);
    CHECK(strstr(b.err.msg, "Waltz"));
    bench_drop(&wrong);
    bench_drop(&first);
    bench_drop(&next);
    bench_close(&b);
}

/* A mask whose left half may change. */
static struct ct_image *left_half(int width, int height)
{
    struct ct_image *mask = NULL;
    CHECK_INT(ct_image_new(&mask, width, height, 4, NULL), CT_OK);
    for (int i = 0; i < width * height; i++)
        mask->px[4 * i + 3] = i % width < width / 2 ? 0 : 255;
    return mask;
}

TEST(edit_run__a_mask_is_honoured_to_the_byte)
{
    static const char *const prompts[] = { "make the mug green", "change the background to red",
                                           "golden hour" };
    struct bench b;
    REQUIRE(bench_open(&b, 64, 48));
    struct bench_picture first = bench_draw(&b, "a white mug");
    b.mask = left_half(64, 48);
    for (size_t k = 0; k < sizeof(prompts) / sizeof(*prompts); k++) {
        struct bench_picture next = edit(&b, &first, prompts[k]);
        int left = 0, right = 0;
        REQUIRE(next.image);
        for (int i = 0; i < 64 * 48; i++) {
            bool differs = memcmp(first.image->px + 3 * i, next.image->px + 3 * i, 3) != 0;
            *(i % 64 < 32 ? &left : &right) += differs;
        }
        CHECK(left > 20);
        CHECK_INT(right, 0);
        bench_drop(&next);
    }
    ct_image_unref(&b.mask);
    bench_drop(&first);
    bench_close(&b);
}

TEST(edit_run__what_cannot_be_done_is_refused)
{
    static const char *const prompts[] = {
        "frobnicate the quux", "add the text \"HI\" to the apple", "give the apple a gold handle",
        "remove the elephant", "do something nice", "black and white background",
    };
    struct bench b;
    REQUIRE(bench_open(&b, 32, 32));
    struct bench_picture first = bench_draw(&b, "a red apple");
    for (size_t i = 0; i < sizeof(prompts) / sizeof(*prompts); i++) {
        struct bench_picture next = edit(&b, &first, prompts[i]);
        CHECK(next.image == NULL);
        CHECK_INT(b.err.code, CT_E_EDIT);
        bench_drop(&next);
    }
    bench_drop(&first);
    bench_close(&b);
}

TEST(edit_run__a_variation_is_the_same_things_seen_anew)
{
    struct bench b;
    REQUIRE(bench_open(&b, 48, 48));
    struct bench_picture first = bench_draw(&b, "a white mug beside a red apple");
    struct bench_picture next = bench_edit(&b, CT_OPERATION_VARIATION, "", &first, 1);
    REQUIRE(next.image);
    CHECK(bench_differing(first.image, next.image) > 48 * 48 / 2);
    CHECK(strstr(ct_buf_text(&next.recipe), "\"object\":\"mug\""));
    bench_drop(&first);
    bench_drop(&next);
    bench_close(&b);
}

/* --- foreign pictures --- */

/* A picture as a camera would bring it: ours, without its recipe. */
static struct bench_picture photograph(struct bench *b, const char *prompt)
{
    struct bench_picture p = bench_draw(b, prompt);
    ct_buf_clear(&p.recipe);
    return p;
}

TEST(edit_run__a_photograph_is_changed_where_its_subject_is)
{
    struct bench b;
    REQUIRE(bench_open(&b, 128, 128));
    struct bench_picture photo = photograph(&b, "a red apple on a white background");
    struct bench_picture blue = edit(&b, &photo, "change the apple from red to blue");
    REQUIRE(blue.image);
    CHECK_INT(blue.recipe.len, 0);
    int n = bench_differing(photo.image, blue.image);
    CHECK(n > 500 && n < 128 * 128 / 2);
    const uint8_t *middle = blue.image->px + 3 * (64 * 128 + 64);
    CHECK(middle[2] > middle[0] + 40);
    struct bench_picture pink = edit(&b, &photo, "replace the background with solid pink");
    REQUIRE(pink.image);
    CHECK(pink.image->px[0] == 255 && pink.image->px[1] == 192 && pink.image->px[2] == 203);
    struct bench_picture cut = edit(&b, &photo, "remove the background");
    REQUIRE(cut.image);
    CHECK_INT(cut.image->channels, 4);
    CHECK_INT(cut.image->px[3], 0);
    CHECK_INT(cut.image->px[4 * (64 * 128 + 64) + 3], 255);
    bench_drop(&photo);
    bench_drop(&blue);
    bench_drop(&pink);
    bench_drop(&cut);
    bench_close(&b);
}

TEST(edit_run__a_background_loses_its_colours)
{
    struct bench b;
    REQUIRE(bench_open(&b, 128, 128));
    struct bench_picture photo = photograph(&b, "a red apple on a yellow background");
    struct bench_picture grey = edit(&b, &photo, "make the background black and white");
    REQUIRE(grey.image);
    const uint8_t *corner = grey.image->px, *middle = grey.image->px + 3 * (64 * 128 + 64);
    CHECK(corner[0] - corner[2] < 6 && photo.image->px[0] - photo.image->px[2] > 60);
    CHECK(middle[0] > middle[2] + 40);
    bench_drop(&photo);
    bench_drop(&grey);
    bench_close(&b);
}

/* A red ball on a reddish table whose light side has the ball's very colour. */
static struct bench_picture ball_on_red(void)
{
    struct bench_picture p = { .image = NULL };
    if (ct_image_new(&p.image, 128, 128, 3, NULL) != CT_OK)
        return p;
    for (int y = 0; y < 128; y++)
        for (int x = 0; x < 128; x++) {
            int dx = x - 50, dy = y - 64, grain = (x * 7919 + y * 104729) % 5;
            bool ball = dx * dx + dy * dy < 30 * 30, light = x > 74;
            uint8_t *px = p.image->px + 3 * (y * 128 + x);
            px[0] = (uint8_t)(ball ? 205 - dy : (light ? 190 : 120) + grain);
            px[1] = (uint8_t)(ball ? 30 : (light ? 40 : 88) + grain);
            px[2] = (uint8_t)(ball ? 30 : (light ? 34 : 60) + grain);
        }
    return p;
}

TEST(edit_run__a_colour_is_the_subjects_first)
{
    struct bench b;
    REQUIRE(bench_open(&b, 128, 128));
    struct bench_picture photo = ball_on_red();
    struct bench_picture blue = edit(&b, &photo, "make the red ball blue");
    REQUIRE(photo.image && blue.image);
    int inside = 0, beside = 0;
    for (int i = 0; i < 128 * 128; i++) {
        int dx = i % 128 - 50, dy = i / 128 - 64;
        bool changed = memcmp(photo.image->px + 3 * i, blue.image->px + 3 * i, 3) != 0;
        inside += changed && dx * dx + dy * dy < 28 * 28;
        beside += changed && i % 128 > 98;
    }
    CHECK(inside > 2000);
    CHECK_INT(beside, 0);
    bench_drop(&photo);
    bench_drop(&blue);
    bench_close(&b);
}

TEST(edit_run__a_mask_on_a_photograph_is_honoured_to_the_byte)
{
    static const char *const prompts[] = { "add a green pear", "remove the apple", "make it blue",
                                           "make it a sketch", "add the text \"HI\"" };
    struct bench b;
    REQUIRE(bench_open(&b, 96, 96));
    struct bench_picture photo = photograph(&b, "a red apple");
    b.mask = left_half(96, 96);
    for (size_t k = 0; k < sizeof(prompts) / sizeof(*prompts); k++) {
        struct bench_picture next = edit(&b, &photo, prompts[k]);
        int left = 0, right = 0;
        REQUIRE(next.image);
        for (int i = 0; i < 96 * 96; i++) {
            bool differs = memcmp(photo.image->px + 3 * i, next.image->px + 3 * i, 3) != 0;
            *(i % 96 < 48 ? &left : &right) += differs;
        }
        CHECK(left > 20);
        CHECK_INT(right, 0);
        bench_drop(&next);
    }
    ct_image_unref(&b.mask);
    bench_drop(&photo);
    bench_close(&b);
}

TEST(edit_run__what_pixels_cannot_answer_is_refused)
{
    static const struct {
        const char *prompt, *says;
    } rows[] = {
        { "make the apple of gold, of marble", "made of" },
        { "add a green pear", "mask" },
        { "show it from above", "camera" },
        { "make the apple bigger", "resized" },
        { "replace \"Waltz\" with \"Rock\"", "" }, /* no such text, or nothing to read it with */
        { "remove the text", "mask" },
        { "frobnicate", "understood" },
    };
    struct bench b;
    REQUIRE(bench_open(&b, 64, 64));
    struct bench_picture photo = photograph(&b, "a red apple");
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct bench_picture next = edit(&b, &photo, rows[i].prompt);
        CHECK(next.image == NULL);
        CHECK_INT(b.err.code, CT_E_EDIT);
        CHECK(strstr(b.err.msg, rows[i].says));
        bench_drop(&next);
    }
    struct bench_picture next = bench_edit(&b, CT_OPERATION_VARIATION, "", &photo, 1);
    CHECK(bench_differing(photo.image, next.image) > 64 * 64 / 4);
    bench_drop(&next);
    bench_drop(&photo);
    bench_close(&b);
}

TEST(edit_run__a_text_of_a_photograph_is_replaced)
{
    struct bench b;
    REQUIRE(bench_open(&b, 480, 320));
    struct bench_picture photo = photograph(&b, "a poster titled \"Jazz Night\"");
    struct bench_picture next =
        edit(&b, &photo, "replace \"Jazz\" with \"Blues\" and \"Night\" with \"Hour\"");
    if (!next.image && strstr(b.err.msg, "Tesseract")) {
        CHECK_INT(b.err.code, CT_E_EDIT);
        CHECK(strstr(b.err.msg, "tesseract-ocr"));
        t_skip("no Tesseract");
    } else {
        REQUIRE(next.image);
        int n = bench_differing(photo.image, next.image);
        CHECK(n > 200 && n < 480 * 320 / 8);
        struct bench_picture gone = edit(&b, &next, "remove the text \"Blues\"");
        CHECK(gone.image); /* what was set can be read */
        struct bench_picture lines = edit(&b, &photo, "replace \"Jazz Night\" with \"Rock\"");
        CHECK(lines.image); /* of two lines */
        bench_drop(&gone);
        bench_drop(&lines);
    }
    bench_drop(&next);
    bench_drop(&photo);
    bench_close(&b);
}

/* --- several pictures --- */

static void read_back(struct ct_scene_recipe *out, struct ct_arena *arena,
                      const struct bench_picture *p)
{
    CHECK_INT(ct_scene_recipe_read(out, arena, ct_buf_slice(&p->recipe), NULL), CT_OK);
}

TEST(edit_run__light_and_palette_come_from_another_picture)
{
    struct bench b;
    REQUIRE(bench_open(&b, 64, 48));
    struct bench_picture two[2] = { bench_draw(&b, "a white mug"),
                                    bench_draw(&b, "a candle on a wooden table, golden hour") };
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    struct ct_scene_recipe was, like, is;
    read_back(&was, arena, &two[0]);
    read_back(&like, arena, &two[1]);
    REQUIRE(was.scene->rig != like.scene->rig);
    struct bench_picture lit = bench_edit(&b, CT_OPERATION_EDIT,
                                          "put it in the light of the second picture", two, 2);
    REQUIRE(lit.image);
    CHECK_STR(b.warnings, "");
    read_back(&is, arena, &lit);
    CHECK_INT(is.scene->rig, like.scene->rig);
    CHECK(memcmp(&is.scene->post, &like.scene->post, sizeof(is.scene->post)) == 0);
    CHECK_INT(is.scene->support.material, was.scene->support.material);
    CHECK_INT(is.scene->n_objects, 1);
    struct bench_picture styled =
        bench_edit(&b, CT_OPERATION_EDIT, "in the style of image 2", two, 2);
    REQUIRE(styled.image);
    CHECK_STR(b.warnings, "");
    read_back(&is, arena, &styled);
    CHECK_INT(is.scene->rig, like.scene->rig);
    CHECK_INT(is.scene->support.material, like.scene->support.material);
    CHECK_INT(is.scene->objects[0].object, CT_OBJECT_mug);
    ct_buf_clear(&two[1].recipe); /* a photograph: only its colours can be had */
    struct bench_picture colored =
        bench_edit(&b, CT_OPERATION_EDIT, "in the colours of picture 2", two, 2);
    REQUIRE(colored.image);
    CHECK_INT(colored.recipe.len, 0);
    struct bench_picture none =
        bench_edit(&b, CT_OPERATION_EDIT, "use the camera of picture 2", two, 2);
    CHECK(!none.image);
    CHECK(strstr(b.err.msg, "not drawn here"));
    bench_drop(&none);
    bench_drop(&colored);
    bench_drop(&styled);
    bench_drop(&lit);
    bench_drop(&two[0]);
    bench_drop(&two[1]);
    ct_arena_free(&arena);
    bench_close(&b);
}

TEST(edit_run__things_come_from_other_pictures)
{
    static const struct {
        const char *prompt;
        int objects;
        const char *warns;
    } rows[] = {
        { "put the bottle from image 2 beside the mug", 2, "" },
        { "add the gold bottle of the second picture behind the mug", 2, "" },
        { "put the mug from image 2 to the left of the mug", 2, "" },
        { "replace the mug with the bottle from picture 2", 1, "" },
        { "combine the two pictures into one scene", 3, "" },
        { "add all the items from the reference pictures", 3, "" },
        { "make the mug red", 1, "Picture 2 was not used" },
        { "add the lemon from image 2", 2, "Picture 2 has no lemon" },
    };
    struct bench b;
    REQUIRE(bench_open(&b, 48, 32));
    struct bench_picture two[2] = { bench_draw(&b, "a white mug"),
                                    bench_draw(&b, "a gold bottle beside a green mug") };
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct ct_scene_recipe is;
        struct bench_picture next = bench_edit(&b, CT_OPERATION_EDIT, rows[i].prompt, two, 2);
        if (!next.image)
            t_fail(__FILE__, __LINE__, "%s: %s", rows[i].prompt, b.err.msg);
        if (!next.image)
            continue;
        if (rows[i].warns[0] ? !strstr(b.warnings, rows[i].warns) : b.warnings[0] != 0)
            t_fail(__FILE__, __LINE__, "%s: %s", rows[i].prompt, b.warnings);
        read_back(&is, arena, &next);
        CHECK_INT(is.scene->n_objects, rows[i].objects);
        for (int k = 0; k < is.scene->n_objects; k++)
            if (is.scene->objects[k].object == CT_OBJECT_bottle)
                CHECK_INT(is.scene->objects[k].look.material, CT_MATERIAL_gold);
        bench_drop(&next);
    }
    ct_arena_free(&arena);
    bench_drop(&two[0]);
    bench_drop(&two[1]);
    bench_close(&b);
}

TEST(edit_run__an_area_is_what_a_phrase_means)
{
    struct bench b;
    struct ct_image *apple = NULL, *ground = NULL, *none = NULL;
    float sure = 0;
    REQUIRE(bench_open(&b, 96, 64));
    struct bench_picture p = bench_draw(&b, "a white mug beside a red apple");
    struct ct_slice recipe = ct_buf_slice(&p.recipe);
    REQUIRE(b.engine->area(b.engine, &apple, &sure, p.image, recipe, CT_S("the apple"), NULL) ==
            CT_OK);
    CHECK(sure > 0.99f);
    REQUIRE(b.engine->area(b.engine, &ground, &sure, p.image, recipe, CT_S("the background"),
                           NULL) == CT_OK);
    struct ct_mask *mask = bench_coverage(&b, &p, 1, -1);
    int wrong = 0, both = 0;
    for (int i = 0; i < 96 * 64; i++) {
        wrong += apple->px[4 * i + 3] != 255 - mask->px[i];
        both += apple->px[4 * i + 3] == 0 && ground->px[4 * i + 3] == 0;
    }
    CHECK_INT(wrong, 0);
    CHECK_INT(both, 0);
    CHECK_INT(b.engine->area(b.engine, &none, &sure, p.image, recipe, CT_S("the elephant"), &b.err),
              CT_E_EDIT);
    CHECK(!none && strstr(b.err.msg, "elephant"));
    CHECK_INT(b.engine->area(b.engine, &none, &sure, p.image, recipe, CT_S(""), NULL), CT_E_VALUE);
    ct_mask_free(&mask);
    ct_image_unref(&apple);
    ct_image_unref(&ground);
    bench_drop(&p);
    bench_close(&b);
}
