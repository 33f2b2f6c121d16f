/* A thing of one picture joins another, one of them a photograph. */
#include "edit_bench.h"

#include "engines/scene/edit/join.h"

#include "pen.h"
#include "t.h"

#define W 240
#define H 180
#define ARENA_BYTES ((size_t)16 << 20)

/* A disc of a colour on a ground that darkens downwards, with grain; radius 0: the ground alone. */
static struct bench_picture photograph(int cx, int cy, int radius, int r, int g, int b)
{
    struct bench_picture p = { 0 };
    if (ct_image_new(&p.image, W, H, 3, NULL) != CT_OK)
        return p;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            uint8_t *px = p.image->px + 3 * (y * W + x);
            int grain = (x * 7919 + y * 104729) % 7 - 3, grey = 190 - y / 4;
            bool in = (x - cx) * (x - cx) + (y - cy) * (y - cy) < radius * radius;
            px[0] = (uint8_t)((in ? r : grey) + grain);
            px[1] = (uint8_t)((in ? g : grey) + grain);
            px[2] = (uint8_t)((in ? b : grey) + grain);
        }
    ct_buf_init(&p.recipe, 16);
    return p;
}

/* The box of what is red. */
static struct ct_mask_box red(const struct ct_image *image)
{
    struct ct_mask_box box = { W, H, 0, 0 };
    for (int y = 0; y < image->height; y++)
        for (int x = 0; x < image->width; x++) {
            const uint8_t *px = image->px + (size_t)image->channels * (size_t)(y * image->width + x);
            if (px[0] < 110 || px[0] < 2 * px[1] || px[0] < 2 * px[2])
                continue;
            box.x0 = x < box.x0 ? x : box.x0;
            box.x1 = x + 1 > box.x1 ? x + 1 : box.x1;
            box.y0 = y < box.y0 ? y : box.y0;
            box.y1 = y + 1;
        }
    return box;
}

TEST(edit_join__reads_what_joins_what)
{
    static const struct {
        const char *prompt;
        int asked, source, base, side;
        const char *thing, *beside;
    } rows[] = {
        { "put the bottle from the first picture on the table of the second", 1, 0, 1, 0, "bottle", "" },
        { "put the bottle from image 2 beside the mug", 1, 1, 0, 0, "bottle", "mug" },
        { "add the red cup of picture 2 to the left of the vase", 1, 1, 0, -1, "cup", "vase" },
        { "place the lamp on the desk of the second picture", 1, 0, 1, 0, "lamp", "" },
        { "put the teapot from the second image into the first image", 1, 1, 0, 0, "teapot", "" },
        { "combine both pictures", 1, 1, 0, 0, "", "" },
        { "put the bottle on the table", 0, 0, 0, 0, "", "" },
        { "make the bottle blue", 0, 0, 0, 0, "", "" },
        { "use the colours of the second picture", 0, 0, 0, 0, "", "" },
        { "put the bottle from picture 3 on the table", 0, 0, 0, 0, "", "" },
    };
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct ct_join j;
        REQUIRE(ct_join_read(&j, arena, 2, ct_slice(rows[i].prompt), NULL) == CT_OK);
        if (j.asked != rows[i].asked ||
            (j.asked && (j.source != rows[i].source || j.base != rows[i].base ||
                         j.side != rows[i].side)))
            t_fail(__FILE__, __LINE__, "%s: %d, %d to %d, side %d", rows[i].prompt, j.asked,
                   j.source, j.base, j.side);
        if (!j.asked)
            continue;
        struct ct_slice thing = j.thing < 0 ? CT_S("") : j.intent->entities[j.thing].noun;
        struct ct_slice beside = j.beside < 0 ? CT_S("") : j.intent->entities[j.beside].noun;
        CHECK(ct_slice_is(thing, rows[i].thing));
        CHECK(ct_slice_is(beside, rows[i].beside));
        CHECK(j.is_seen == (strstr(rows[i].prompt, "red") != NULL));
    }
    ct_arena_free(&arena);
}

TEST(edit_join__a_photographs_thing_stands_beside_anothers)
{
    struct bench b;
    REQUIRE(bench_open(&b, W, H));
    struct bench_picture two[2] = { photograph(70, 100, 30, 40, 60, 190),
                                    photograph(120, 90, 50, 200, 30, 30) };
    REQUIRE(two[0].image && two[1].image);
    struct bench_picture out =
        bench_edit(&b, CT_OPERATION_EDIT, "put the ball from picture 2 on the right", two, 2);
    REQUIRE(out.image);
    struct ct_mask_box box = red(out.image);
    CHECK(box.x0 > 100 && box.x1 < W && box.x1 - box.x0 > 30);
    CHECK(box.y1 > 120 && box.y1 < 142); /* on the other's ground */
    int shaped = (box.x1 - box.x0) - (box.y1 - box.y0);
    CHECK(shaped > -6 && shaped < 6);
    CHECK(memcmp(out.image->px, two[0].image->px, (size_t)W * 60 * 3) == 0);
    CHECK(strstr(b.warnings, "guessed") != NULL);
    CHECK(!strstr(b.warnings, "Ignored"));
    bench_drop(&out);
    /* the other way round, to where a stroke is; the markup lies over the first picture */
    b.markup = pen_sheet(W, H);
    REQUIRE(b.markup);
    pen_arc(b.markup, 180, 150, 30, 12, 0, 1, 2);
    out = bench_edit(&b, CT_OPERATION_EDIT, "put the ball from picture 2 here", two, 2);
    ct_image_unref(&b.markup);
    REQUIRE(out.image);
    box = red(out.image);
    CHECK(box.x0 + box.x1 > 2 * 170 && box.x0 + box.x1 < 2 * 190);
    CHECK(box.y1 > 142 && box.y1 < 160);
    CHECK_STR(b.warnings, "");
    bench_drop(&out);
    bench_drop(&two[0]);
    bench_drop(&two[1]);
    bench_close(&b);
}

TEST(edit_join__a_thing_of_ours_and_a_photograph)
{
    struct bench b;
    REQUIRE(bench_open(&b, W, H));
    struct bench_picture two[2] = { bench_draw(&b, "a white mug on a wooden table, wide shot"),
                                    photograph(120, 90, 50, 200, 30, 30) };
    struct bench_picture out =
        bench_edit(&b, CT_OPERATION_EDIT, "put the ball from picture 2 beside the mug", two, 2);
    REQUIRE(out.image);
    struct ct_mask_box box = red(out.image);
    CHECK(box.x1 > box.x0 + 10 && box.y1 > box.y0 + 10);
    CHECK_INT(out.recipe.len, 0); /* no scene has it */
    CHECK(memcmp(out.image->px, two[0].image->px, (size_t)W * 20 * 3) == 0);
    bench_drop(&out);
    struct bench_picture turned[2] = { two[0], photograph(70, 100, 30, 200, 30, 30) };
    out = bench_edit(&b, CT_OPERATION_EDIT,
                     "put the mug from the first picture on the table of the second", turned, 2);
    REQUIRE(out.image); /* the photograph with the mug in it */
    CHECK(red(out.image).x1 > 90);
    int n = bench_differing(out.image, turned[1].image);
    CHECK(n > 500 && n < W * H / 2);
    bench_drop(&out);
    out = bench_edit(&b, CT_OPERATION_EDIT,
                     "put the lamp from the first picture on the table of the second", turned, 2);
    CHECK(!out.image && strstr(b.err.msg, "picture 1 that could be the lamp"));
    bench_drop(&out);
    bench_drop(&turned[1]);
    bench_drop(&two[0]);
    bench_drop(&two[1]);
    bench_close(&b);
}

TEST(edit_join__what_cannot_be_cut_out_is_refused)
{
    struct bench b;
    REQUIRE(bench_open(&b, W, H));
    struct bench_picture two[2] = { photograph(70, 100, 30, 40, 60, 190),
                                    photograph(0, 0, 0, 0, 0, 0) };
    struct bench_picture out =
        bench_edit(&b, CT_OPERATION_EDIT, "put the ball from picture 2 beside the cup", two, 2);
    CHECK(!out.image);
    CHECK_INT(b.err.code, CT_E_EDIT);
    CHECK(strstr(b.err.msg, "picture 2"));
    bench_drop(&out);
    /* two halves with the ground between them, as glass leaves */
    for (int y = 0; y < H; y++)
        for (int x = 90; x < 150; x++) {
            uint8_t *px = two[1].image->px + 3 * (y * W + x);
            if ((y > 40 && y < 75) || (y > 95 && y < 140)) {
                px[0] = 210;
                px[1] = px[2] = 25;
            }
        }
    out = bench_edit(&b, CT_OPERATION_EDIT, "put the bottle from picture 2 beside the cup", two, 2);
    CHECK(!out.image);
    CHECK(strstr(b.err.msg, "falls into pieces"));
    bench_drop(&out);
    bench_drop(&two[0]);
    bench_drop(&two[1]);
    bench_close(&b);
}
