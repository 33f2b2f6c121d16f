/* What a hand's strokes are taken for, and what they say is meant. */
#include "engines/scene/retouch/strokes.h"

#include "pen.h"
#include "t.h"

#define W 640
#define H 480

static struct ct_strokes read_sheet(struct ct_image *sheet)
{
    struct ct_strokes s;
    CHECK_INT(ct_strokes_read(&s, sheet, NULL), CT_OK);
    ct_image_unref(&sheet);
    return s;
}

/* The stroke that has the picture's point (x, y), from 1; 0 for none. */
static int stroke_at(const struct ct_strokes *s, int x, int y)
{
    return s->of[y * s->height / H * s->width + x * s->width / W];
}

TEST(strokes__a_ring_has_what_is_in_it)
{
    static const float ends[] = { 1, 0.88f, 0.82f }; /* closed, and with a gap */
    for (int i = 0; i < 3; i++) {
        struct ct_image *sheet = pen_sheet(W, H);
        REQUIRE(sheet);
        pen_arc(sheet, 300, 200, 120, 80, 0, ends[i], 6);
        struct ct_strokes s = read_sheet(sheet);
        CHECK(s.width <= CT_STROKES_EDGE && s.height * 4 == s.width * 3);
        CHECK_INT(s.n, 1);
        CHECK_INT(s.stroke[0].kind, CT_STROKE_LASSO);
        CHECK(stroke_at(&s, 300, 200) == 1 && stroke_at(&s, 230, 200) == 1);
        CHECK(stroke_at(&s, 300, 320) == 0 && stroke_at(&s, 40, 40) == 0);
        ct_strokes_release(&s);
    }
}

TEST(strokes__what_is_drawn_over_is_covered)
{
    for (int how = 0; how < 3; how++) {
        struct ct_image *sheet = pen_sheet(W, H);
        REQUIRE(sheet);
        if (how == 0) { /* crossed out */
            pen_line(sheet, 200, 100, 400, 300, 6);
            pen_line(sheet, 400, 100, 200, 300, 6);
        } else if (how == 1) { /* hatched */
            for (int k = 0; k < 8; k++)
                pen_line(sheet, (float)(k % 2 ? 400 : 200), (float)(100 + 25 * k),
                         (float)(k % 2 ? 200 : 400), (float)(125 + 25 * k), 6);
        } else { /* painted */
            pen_line(sheet, 260, 200, 340, 200, 160);
        }
        struct ct_strokes s = read_sheet(sheet);
        CHECK_INT(s.n, 1);
        CHECK(how == 1 || s.stroke[0].kind == (how ? CT_STROKE_PATCH : CT_STROKE_CROSS));
        CHECK(stroke_at(&s, 300, 200) == 1);
        CHECK(stroke_at(&s, 300, 180) == 1);
        CHECK(stroke_at(&s, 100, 200) == 0 && stroke_at(&s, 300, 400) == 0);
        ct_strokes_release(&s);
    }
}

TEST(strokes__a_line_and_an_arrow_are_told_apart)
{
    struct ct_image *sheet = pen_sheet(W, H);
    REQUIRE(sheet);
    pen_line(sheet, 100, 400, 500, 410, 7);
    pen_arrow(sheet, 60, 60, 260, 160, 6);
    pen_arrow(sheet, 600, 100, 450, 100, 6);
    pen_line(sheet, 560, 200, 565, 380, 7);
    struct ct_strokes s = read_sheet(sheet);
    int arrows = 0, level = 0, upright = 0;
    for (int i = 0; i < s.n; i++) {
        const struct ct_stroke *k = &s.stroke[i];
        arrows += k->kind == CT_STROKE_ARROW;
        level += k->kind == CT_STROKE_LINE && k->level;
        upright += k->kind == CT_STROKE_LINE && !k->level;
        if (k->kind != CT_STROKE_ARROW)
            continue;
        float x = k->tip_x * W / (float)s.width, y = k->tip_y * H / (float)s.height;
        bool right = k->way_x > 0;
        CHECK(right ? k->way_x > 0.8f && k->way_y > 0.3f : k->way_x < -0.95f);
        CHECK(right ? x > 245 && x < 275 && y > 145 && y < 175 : x > 435 && x < 465 && y < 115);
    }
    CHECK_INT(s.n, 4);
    CHECK_INT(arrows, 2);
    CHECK_INT(level, 1);
    CHECK_INT(upright, 1);
    ct_strokes_release(&s);
}

TEST(strokes__what_says_nothing_is_refused)
{
    for (int how = 0; how < 4; how++) {
        struct ct_image *sheet = pen_sheet(W, H);
        struct ct_strokes s;
        struct ct_err err = { 0 };
        REQUIRE(sheet);
        if (how == 1)
            memset(sheet->px, 255, (size_t)W * H * 4);
        for (int k = 0; how == 2 && k < 40; k++)
            pen_line(sheet, (float)(20 + k % 10 * 60), (float)(20 + k / 10 * 100),
                     (float)(24 + k % 10 * 60), (float)(24 + k / 10 * 100), 20);
        if (how == 3) { /* faint */
            pen_arc(sheet, 300, 200, 120, 80, 0, 1, 6);
            for (int i = 0; i < W * H; i++)
                sheet->px[4 * i + 3] /= 8;
        }
        CHECK_INT(ct_strokes_read(&s, sheet, &err), CT_E_EDIT);
        CHECK_STR(err.param, "markup");
        CHECK(strstr(err.msg, how == 1   ? "whole picture"
                              : how == 2 ? "more strokes"
                                         : "no strokes"));
        ct_strokes_release(&s);
        ct_image_unref(&sheet);
    }
}

/* Whatever is drawn: no cell out of bounds, and every stroke in the grid. */
TEST(strokes__any_sheet_can_be_read)
{
    static const int sizes[][2] = { { 1, 1 }, { 1, 700 }, { 900, 2 }, { 33, 47 }, { 400, 300 } };
    uint32_t seed = 1;
    for (int i = 0; i < 60; i++) {
        int w = sizes[i % 5][0], h = sizes[i % 5][1];
        struct ct_image *sheet = pen_sheet(w, h);
        struct ct_strokes s;
        REQUIRE(sheet);
        for (int k = 0; k < 1 + i / 5; k++) {
            float v[4];
            for (int j = 0; j < 4; j++) {
                seed = seed * 1664525u + 1013904223u;
                v[j] = (float)(seed >> 8) / 16777216.0f;
            }
            pen_line(sheet, v[0] * (float)w, v[1] * (float)h, v[2] * (float)w + 0.1f,
                     v[3] * (float)h, 1 + (float)(k % 7));
        }
        ct_code rc = ct_strokes_read(&s, sheet, NULL);
        CHECK(rc == CT_OK || rc == CT_E_EDIT);
        for (int k = 0; rc == CT_OK && k < s.n; k++)
            CHECK(s.stroke[k].box.x0 >= 0 && s.stroke[k].box.x1 <= s.width &&
                  s.stroke[k].box.y1 <= s.height);
        ct_strokes_release(&s);
        ct_image_unref(&sheet);
    }
}
