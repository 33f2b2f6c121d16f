/* Text in pictures: placed, found and replaced. The latter two need Tesseract, and say so without. */
#include "engines/scene/retouch/lettering.h"
#include "engines/scene/retouch/typeset.h"

#include "t.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 640
#define HEIGHT 360

static const struct ct_retouch alone;

static struct ct_image *paper(void)
{
    struct ct_image *image;
    if (ct_image_new(&image, WIDTH, HEIGHT, 3, NULL) != CT_OK)
        return NULL;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        image->px[3 * i] = (uint8_t)(230 + i % 3);
        image->px[3 * i + 1] = (uint8_t)(225 + i % 3);
        image->px[3 * i + 2] = (uint8_t)(205 + i % 5);
    }
    return image;
}

static const struct ct_mask_box sign = { 80, 120, 560, 220 };

TEST(retouch_lettering__stands_in_its_box_in_its_colour)
{
    struct ct_image *image = paper(), *out;
    REQUIRE(image);
    REQUIRE(ct_lettering_place(&out, image, CT_S("SALE"), &sign, 0xc01030, &alone, NULL) == CT_OK);
    int inked = 0;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            int i = y * WIDTH + x;
            bool same = memcmp(out->px + 3 * i, image->px + 3 * i, 3) == 0;
            bool inside = x >= sign.x0 && x < sign.x1 && y >= sign.y0 && y < sign.y1;
            CHECK(same || inside);
            inked += out->px[3 * i] == 0xc0 && out->px[3 * i + 1] == 0x10;
        }
    CHECK(inked > 2000);
    ct_image_unref(&out);
    struct ct_mask_box outside = { 600, 0, 700, 50 };
    CHECK_INT(ct_lettering_place(&out, image, CT_S("x"), &outside, 0, &alone, NULL),
              CT_E_INTERNAL);
    ct_image_unref(&image);
}

TEST(retouch_lettering__is_replaced_where_it_stands)
{
    struct ct_image *image = paper(), *before, *after;
    struct ct_reading at;
    struct ct_err err = { 0 };
    REQUIRE(image);
    REQUIRE(ct_lettering_place(&before, image, CT_S("GRAND OPENING"), &sign, 0x203080, &alone,
                               NULL) == CT_OK);
    ct_code rc = ct_lettering_find(&at, before, CT_S("grand opening"), &err);
    if (rc == CT_E_CONFIG) {
        CHECK(strstr(err.msg, "tesseract-ocr") != NULL);
        t_skip("Tesseract is not installed");
    } else {
        CHECK_INT(rc, CT_OK);
        CHECK(at.n == 1 && at.box.x0 >= sign.x0 && at.box.x1 <= sign.x1 && at.box.y0 >= sign.y0 &&
              at.box.y1 <= sign.y1);
        CHECK_INT(ct_lettering_find(&at, before, CT_S("closing"), &err), CT_E_NOT_FOUND);
        CHECK(strstr(err.msg, "GRAND") != NULL);
        REQUIRE(ct_lettering_replace(&after, before, CT_S("Grand Opening"), CT_S("FINAL WEEK"),
                                     &alone, &err) == CT_OK);
        CHECK_INT(ct_lettering_find(&at, after, CT_S("final week"), &err), CT_OK);
        CHECK_INT(ct_lettering_find(&at, after, CT_S("grand opening"), &err), CT_E_NOT_FOUND);
        CHECK(memcmp(after->px, before->px, 80 * WIDTH * 3) == 0);
        ct_image_unref(&after);
    }
    ct_image_unref(&before);
    ct_image_unref(&image);
}

/* --- finding among words --- */

#define WORD(word, x0, y0, x1, y1) { .text = word, .box = { x0, y0, x1, y1 } }

/* Two columns, as they are read: line by line across both, with an ornament between. */
static const struct ct_ocr_word columns[] = {
    WORD("OPENING", 50, 10, 150, 30), WORD("Fresh", 250, 12, 300, 30), WORD("*", 200, 10, 210, 20),
    WORD("HOURS", 50, 40, 120, 60),   WORD("bread", 250, 40, 300, 58), WORD("daily,", 310, 40, 360, 60),
    WORD("9-18", 52, 70, 90, 90),     WORD("from", 250, 68, 300, 86),  WORD("six", 305, 68, 330, 86),
    WORD("HOURS", 50, 300, 120, 320),
};

TEST(retouch_reading__joins_the_lines_of_one_column)
{
    static const struct {
        const char *text;
        int lines, x0, y0, x1, y1;
    } rows[] = {
        { "opening hours", 2, 50, 10, 150, 60 },
        { "OPENING\nHOURS\n9-18", 3, 50, 10, 150, 90 },
        { "Fresh bread daily, from six", 3, 250, 12, 360, 86 },
        { "bread daily", 1, 250, 40, 360, 60 },
        { "six", 1, 305, 68, 330, 86 },
        { "opening fresh", 0, 0, 0, 0, 0 }, /* too far apart for one line */
        { "9-18 hours", 0, 0, 0, 0, 0 },    /* far below */
        { "bread six", 0, 0, 0, 0, 0 },     /* words are left out */
        { "open", 0, 0, 0, 0, 0 },
        { "", 0, 0, 0, 0, 0 },
        { "!!", 0, 0, 0, 0, 0 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct ct_reading r;
        bool found = ct_reading_find(&r, columns, sizeof(columns) / sizeof(*columns),
                                     ct_slice(rows[i].text));
        if (found != (rows[i].lines > 0) || (found && r.n != rows[i].lines))
            t_fail(__FILE__, __LINE__, "%s: %d lines", rows[i].text, found ? r.n : 0);
        if (found)
            CHECK(r.box.x0 == rows[i].x0 && r.box.y0 == rows[i].y0 && r.box.x1 == rows[i].x1 &&
                  r.box.y1 == rows[i].y1);
    }
    struct ct_reading r;
    REQUIRE(ct_reading_find(&r, columns, sizeof(columns) / sizeof(*columns),
                            CT_S("fresh bread daily")));
    CHECK(ct_slice_is(ct_slice_n(r.text + r.line[1].at, r.line[1].len), "bread daily,"));
}

TEST(retouch_reading__has_bounds)
{
    static struct ct_ocr_word words[400];
    static char text[2000];
    struct ct_reading r;
    for (int i = 0; i < 400; i++) {
        snprintf(words[i].text, sizeof(words[i].text), "a");
        words[i].box = (struct ct_mask_box){ 10, 10 + 20 * i, 20, 24 + 20 * i };
    }
    memset(text, 'a', 12);
    CHECK(ct_reading_find(&r, words, 400, ct_slice_n(text, 12)) && r.n == 12);
    memset(text, 'a', 13);
    CHECK(!ct_reading_find(&r, words, 400, ct_slice_n(text, 13)));
    memset(text, 'a', sizeof(text));
    CHECK(!ct_reading_find(&r, words, 400, ct_slice_n(text, sizeof(text))));
}

/* --- setting like the old --- */

/* The old text as lines of boxes, all words of a line as one. */
static struct ct_reading lines_at(const struct ct_mask_box *boxes, int n, const char *const *texts)
{
    struct ct_reading r = { .n = n, .box = boxes[0] };
    size_t at = 0;
    for (int i = 0; i < n; i++) {
        size_t len = strlen(texts[i]);
        memcpy(r.text + at, texts[i], len);
        r.line[i] = (struct ct_reading_line){ boxes[i], at, len };
        at += len;
        r.box.x0 = boxes[i].x0 < r.box.x0 ? boxes[i].x0 : r.box.x0;
        r.box.x1 = boxes[i].x1 > r.box.x1 ? boxes[i].x1 : r.box.x1;
        r.box.y1 = boxes[i].y1;
    }
    return r;
}

/* The box of what is black in rows [y0, y1). */
static struct ct_mask_box black(const struct ct_image *image, int y0, int y1)
{
    struct ct_mask_box b = { WIDTH, HEIGHT, 0, 0 };
    for (int y = y0; y < y1; y++)
        for (int x = 0; x < WIDTH; x++) {
            if (image->px[3 * (y * WIDTH + x)] > 100)
                continue;
            b.x0 = x < b.x0 ? x : b.x0;
            b.x1 = x + 1 > b.x1 ? x + 1 : b.x1;
            b.y0 = y < b.y0 ? y : b.y0;
            b.y1 = y + 1;
        }
    return b;
}

static const char *const upper[] = { "GRAND", "OPENING" };

TEST(retouch_typeset__keeps_size_lines_and_side)
{
    static const struct {
        struct ct_mask_box boxes[2];
        int side;
    } rows[] = {
        { { { 100, 100, 220, 130 }, { 100, 150, 270, 180 } }, 0 },
        { { { 240, 100, 360, 130 }, { 215, 150, 385, 180 } }, 1 },
        { { { 350, 100, 470, 130 }, { 300, 150, 470, 180 } }, 2 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct ct_image *image = paper();
        REQUIRE(image);
        struct ct_reading old = lines_at(rows[i].boxes, 2, upper);
        REQUIRE(ct_typeset_like(image, &old, CT_S("FINAL CLOSING"), 0, NULL) == CT_OK);
        struct ct_mask_box a = black(image, 90, 140), b = black(image, 141, 200), all = old.box;
        CHECK(a.y0 >= 98 && a.y0 <= 102 && a.y1 >= 128 && a.y1 <= 132);
        CHECK(b.y0 >= 148 && b.y0 <= 152 && b.y1 >= 178 && b.y1 <= 182);
        int left = a.x0 - b.x0, right = a.x1 - b.x1;
        if (rows[i].side == 0)
            CHECK(abs(left) <= 4 && abs(a.x0 - all.x0) <= 3);
        else if (rows[i].side == 2)
            CHECK(abs(right) <= 4 && abs(a.x1 - all.x1) <= 3);
        else
            CHECK(abs(left + right) <= 6 && abs(b.x0 + b.x1 - all.x0 - all.x1) <= 6);
        ct_image_unref(&image);
    }
}

TEST(retouch_typeset__a_longer_text_is_broken_and_set_smaller)
{
    static const struct ct_mask_box boxes[] = { { 100, 100, 220, 130 }, { 100, 150, 270, 180 } };
    struct ct_image *image = paper();
    struct ct_err err = { 0 };
    REQUIRE(image);
    struct ct_reading old = lines_at(boxes, 2, upper);
    REQUIRE(ct_typeset_like(image, &old, CT_S("Closed for the winter, back in the first week of March"),
                            0, NULL) == CT_OK);
    struct ct_mask_box ink = black(image, 0, HEIGHT);
    CHECK(ink.x0 >= 97 && ink.x1 <= 284 && ink.y0 >= 90 && ink.y1 <= 195);
    CHECK(ink.x1 - ink.x0 > 120 && ink.y1 - ink.y0 > 55);
    char *novel = malloc(4000);
    REQUIRE(novel);
    memset(novel, 'x', 4000);
    for (int i = 7; i < 4000; i += 8)
        novel[i] = ' ';
    CHECK_INT(ct_typeset_like(image, &old, ct_slice_n(novel, 4000), 0, &err), CT_E_EDIT);
    CHECK(strstr(err.msg, "too long"));
    CHECK_INT(ct_typeset_like(image, &old, CT_S("  "), 0, &err), CT_E_EDIT);
    free(novel);
    ct_image_unref(&image);
}

TEST(retouch_lettering__of_two_lines_is_replaced_as_one_text)
{
    struct ct_image *image = paper(), *after;
    static const struct ct_mask_box boxes[] = { { 180, 100, 330, 136 }, { 160, 160, 390, 196 } };
    struct ct_reading at;
    struct ct_err err = { 0 };
    REQUIRE(image);
    struct ct_reading old = lines_at(boxes, 2, upper);
    REQUIRE(ct_typeset_like(image, &old, CT_S("GRAND\nOPENING"), 0x203080, NULL) == CT_OK);
    ct_code rc = ct_lettering_find(&at, image, CT_S("Grand Opening"), &err);
    if (rc == CT_E_CONFIG) {
        t_skip("Tesseract is not installed");
    } else {
        CHECK_INT(rc, CT_OK);
        CHECK_INT(at.n, 2);
        REQUIRE(ct_lettering_replace(&after, image, CT_S("Grand Opening"), CT_S("FINAL WEEK"),
                                     &alone, &err) == CT_OK);
        CHECK_INT(ct_lettering_find(&at, after, CT_S("final week"), &err), CT_OK);
        CHECK_INT(ct_lettering_find(&at, after, CT_S("opening"), &err), CT_E_NOT_FOUND);
        CHECK(memcmp(after->px, image->px, 80 * WIDTH * 3) == 0);
        ct_image_unref(&after);
        REQUIRE(ct_lettering_replace(&after, image, CT_S("grand opening"), CT_S(""), &alone, &err) ==
                CT_OK);
        CHECK_INT(ct_lettering_find(&at, after, CT_S("grand"), &err), CT_E_NOT_FOUND);
        ct_image_unref(&after);
    }
    ct_image_unref(&image);
}
