/* Golden pictures: what a handful of prompts are composed to and how they look, small.
 *
 * A file of tests/data/golden/ is the scene of a prompt as JSON, to the byte, and the mean colour
 * of each of 8 x 8 blocks of its picture of 64 x 64 pixels. Pixels of another tracer or font may
 * differ a little, so blocks are compared within a tolerance; on one build, two drawings must be
 * the same to the byte. A page has no scene, only blocks.
 *
 * When a difference is wanted, tools/bless-golden writes the files anew: look at what `git diff`
 * and `calotype generate` show before you commit them. */
#include "base/file.h"
#include "engines/scene/page/page.h"
#include "engines/scene/render/render.h"
#include "engines/scene/stage/scene3.h"
#include "t.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SIDE = 64,
    BLOCKS = 8,
    BLOCK = SIDE / BLOCKS,
    SAMPLES = 4,
    FILE_MAX_BYTES = 1 << 20,
    TOLERANCE_MEAN = 4,   /* of 255, over all blocks */
    TOLERANCE_BLOCK = 24, /* of any one channel of a block */
};

static const struct golden {
    const char *name, *prompt;
    uint32_t seed;
    int candidates;
    enum ct_style style;
} goldens[] = {
    { "mug", "a matte blue mug on a walnut table", 0, 1, CT_STYLE_UNSET },
    { "stack", "a stack of three books with a red apple on top, golden hour", 0, 1, CT_STYLE_UNSET },
    { "around", "a vase between two candles, dramatic light", 3, 8, CT_STYLE_UNSET },
    { "vivid", "a white teapot to the left of a lemon", 0, 4, CT_STYLE_VIVID },
    { "pyramid", "a pyramid of green cubes, isometric, white background", 1, 1, CT_STYLE_UNSET },
    { "poster", "poster titled \"Sea\" in navy and coral", 0, 2, CT_STYLE_UNSET },
    { "diagram", "User -> API -> Database", 0, 1, CT_STYLE_UNSET },
};

static struct ct_image *draw_scene(struct ct_arena *arena, const struct ct_intent *intent,
                                   const struct golden *g, struct ct_buf *text)
{
    const struct ct_scene3 *scene = NULL;
    struct ct_image *image = NULL;
    struct ct_world world;
    const struct ct_scene3_params params = {
        .aspect = 1, .seed = g->seed, .candidates = g->candidates, .style = g->style
    };
    if (ct_scene3_compose(&scene, arena, intent, &params, NULL) != CT_OK)
        return NULL;
    ct_scene3_print(text, scene);
    ct_world_init(&world);
    if (ct_scene3_build(&world, scene, NULL) != CT_OK ||
        ct_render(&image, &world,
                  &(struct ct_render_params){
                      .width = SIDE, .height = SIDE, .samples = SAMPLES, .seed = g->seed },
                  NULL) != CT_OK)
        image = NULL;
    ct_world_release(&world);
    return image;
}

static struct ct_image *draw_page(struct ct_arena *arena, const struct ct_intent *intent,
                                  const struct golden *g)
{
    const struct ct_page *page = NULL;
    struct ct_image *image = NULL;
    const struct ct_page_params params = {
        .width = SIDE, .height = SIDE, .seed = g->seed, .candidates = g->candidates
    };
    if (ct_page_compose(&page, arena, intent, &params, NULL) != CT_OK ||
        ct_page_draw(&image, page, &(struct ct_page_draw){ 0 }, NULL) != CT_OK)
        return NULL;
    return image;
}

static struct ct_image *draw(const struct golden *g, struct ct_buf *text)
{
    const struct ct_intent *intent = NULL;
    struct ct_image *image = NULL;
    struct ct_arena *arena = ct_arena_new((size_t)16 << 20);
    ct_buf_clear(text);
    if (ct_intent_read(&intent, arena, ct_slice(g->prompt), NULL) == CT_OK)
        image = intent->kind == CT_INTENT_SCENE ? draw_scene(arena, intent, g, text)
                                                : draw_page(arena, intent, g);
    ct_arena_free(&arena);
    return image;
}

static int block_mean(const struct ct_image *image, int block, int channel)
{
    int x0 = block % BLOCKS * BLOCK, y0 = block / BLOCKS * BLOCK, sum = 0;
    for (int y = y0; y < y0 + BLOCK; y++)
        for (int x = x0; x < x0 + BLOCK; x++)
            sum += image->px[(size_t)(y * SIDE + x) * (size_t)image->channels + (size_t)channel];
    return (sum + BLOCK * BLOCK / 2) / (BLOCK * BLOCK);
}

/* One line of the scene, then one of the blocks for each row of the picture. */
static void put_blocks(struct ct_buf *text, const struct ct_image *image)
{
    for (int block = 0; block < BLOCKS * BLOCKS; block++) {
        ct_buf_puts(text, block % BLOCKS ? " " : "\n");
        for (int channel = 0; channel < 3; channel++)
            ct_buf_printf(text, "%02x", (unsigned)block_mean(image, block, channel));
    }
    ct_buf_putc(text, '\n');
}

static int hex(const char *at)
{
    char digits[3] = { at[0], at[1], 0 };
    return (int)strtol(digits, NULL, 16);
}

static void compare_blocks(const char *name, const char *is, const char *expected)
{
    long sum = 0;
    int worst = 0, n = 0;
    REQUIRE(strlen(is) == strlen(expected));
    for (size_t i = 0; is[i] && is[i + 1]; i++) {
        if (is[i] == ' ' || is[i] == '\n')
            continue;
        int difference = abs(hex(is + i) - hex(expected + i));
        sum += difference;
        worst = difference > worst ? difference : worst;
        n++;
        i++;
    }
    if (n == 0 || sum > (long)TOLERANCE_MEAN * n || worst > TOLERANCE_BLOCK)
        printf("  golden %s: mean difference %.1f, worst %d\n", name,
               n ? (double)sum / n : -1.0, worst);
    CHECK(n > 0 && sum <= (long)TOLERANCE_MEAN * n && worst <= TOLERANCE_BLOCK);
}

static void bless(const char *path, struct ct_buf *text)
{
    FILE *file = fopen(path, "w");
    REQUIRE(file != NULL);
    fputs(ct_buf_text(text), file);
    fclose(file);
}

static void compare(const struct golden *g, const char *path, struct ct_buf *text)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf file;
    ct_buf_init(&file, FILE_MAX_BYTES);
    REQUIRE(ct_file_read(&file, path, NULL) == CT_OK);
    const char *is = ct_buf_text(text), *expected = ct_buf_text(&file);
    const char *blocks = strchr(is, '\n'), *expected_blocks = strchr(expected, '\n');
    REQUIRE(blocks && expected_blocks);
    size_t scene = (size_t)(blocks - is), expected_scene = (size_t)(expected_blocks - expected);
    CHECK(scene == expected_scene && memcmp(is, expected, scene) == 0);
    compare_blocks(g->name, blocks, expected_blocks);
}

TEST(golden__scenes_to_the_byte_and_pictures_within_tolerance)
{
    struct ct_buf text;
    ct_buf_init(&text, FILE_MAX_BYTES);
    for (size_t i = 0; i < sizeof(goldens) / sizeof(*goldens); i++) {
        char path[512];
        snprintf(path, sizeof(path), "%s/golden/%s.txt", t_data_dir(), goldens[i].name);
        struct ct_image *image = draw(&goldens[i], &text);
        REQUIRE(image != NULL);
        put_blocks(&text, image);
        if (getenv("CT_UPDATE_GOLDEN"))
            bless(path, &text);
        else
            compare(&goldens[i], path, &text);
        ct_image_unref(&image);
    }
    ct_buf_release(&text);
}

TEST(golden__the_same_build_draws_the_same_bytes)
{
    struct ct_buf text;
    ct_buf_init(&text, FILE_MAX_BYTES);
    struct ct_image *a = draw(&goldens[0], &text), *b = draw(&goldens[0], &text);
    REQUIRE(a && b);
    CHECK(memcmp(a->px, b->px, (size_t)SIDE * SIDE * (size_t)a->channels) == 0);
    ct_image_unref(&a);
    ct_image_unref(&b);
    ct_buf_release(&text);
}
