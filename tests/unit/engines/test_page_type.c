/* Type and colour of pages: fitting, breaking, contrast. */
#include "engines/scene/page/palette.h"
#include "engines/scene/page/text.h"
#include "t.h"

#include <math.h>

static struct ct_type *open_type(void)
{
    struct ct_type *type = NULL;
    return ct_type_new(&type, NULL) == CT_OK ? type : NULL;
}

TEST(page_type__twice_the_size_is_twice_the_width)
{
    struct ct_type *type = open_type();
    REQUIRE(type);
    struct ct_text_style style = { .weight = 600, .size_px = 17 };
    struct ct_text_size one = ct_type_measure(type, CT_S("Affinity, 春の عرض"), &style);
    style.size_px = 34;
    struct ct_text_size two = ct_type_measure(type, CT_S("Affinity, 春の عرض"), &style);
    CHECK(one.w > 50);
    CHECK(fabs(two.w - 2 * one.w) < 0.1);
    CHECK(fabs(two.h - 2 * one.h) < 0.1);
    ct_type_free(&type);
    CHECK(type == NULL);
}

TEST(page_type__fit_stays_inside_at_every_size)
{
    struct ct_type *type = open_type();
    REQUIRE(type);
    static const char *const texts[] = { "A", "Extraordinarily long words", "नमस्ते दुनिया",
                                         "jjj ggg ÅÉ", "one\ntwo\nthree" };
    for (int i = 0; i < 5; i++) {
        for (double w = 20; w < 900; w *= 2.3) {
            struct ct_text_style style = {
                .weight = 800, .size_px = 200, .leading = 0.86, .whole_words = true
            };
            struct ct_text_size size = ct_type_fit(type, ct_slice(texts[i]), &style, w, w * 0.6);
            CHECK(style.size_px >= 1 && style.size_px <= 200);
            CHECK(size.w <= w + 0.1 && size.h <= w * 0.6 + 0.1);
            CHECK(size.ink_x + size.ink_w <= w + 0.1 && size.ink_y + size.ink_h <= w * 0.6 + 0.1);
        }
    }
    ct_type_free(&type);
}

TEST(page_type__fit_uses_the_room_it_has)
{
    struct ct_type *type = open_type();
    REQUIRE(type);
    struct ct_text_style style = { .weight = 400, .size_px = 500 };
    struct ct_text_size size = ct_type_fit(type, CT_S("Hello"), &style, 300, 300);
    CHECK(size.w > 290);
    style = (struct ct_text_style){ .weight = 400, .size_px = 20 };
    ct_type_fit(type, CT_S("Hello"), &style, 300, 300);
    CHECK(fabs(style.size_px - 20) < 1e-9); /* never larger than asked */
    ct_type_free(&type);
}

TEST(page_type__long_texts_are_fitted_without_a_search)
{
    char text[3001];
    memset(text, 'x', 3000);
    text[3000] = '\0';
    struct ct_type *type = open_type();
    REQUIRE(type);
    struct ct_text_style style = { .size_px = 100, .whole_words = true };
    struct ct_text_size size = ct_type_fit(type, ct_slice(text), &style, 500, 400);
    CHECK(size.w <= 500.1 && size.h <= 400.1);
    CHECK(style.size_px > 4);
    ct_type_free(&type);
}

TEST(page_type__words_break_only_where_they_may)
{
    struct ct_type *type = open_type();
    REQUIRE(type);
    struct ct_text_style style = { .size_px = 40, .wrap_px = 100 };
    CHECK(ct_type_measure(type, CT_S("Donaudampfschifffahrt"), &style).broke_word);
    style.wrap_px = 600;
    CHECK(!ct_type_measure(type, CT_S("Donaudampfschifffahrt"), &style).broke_word);
    style.wrap_px = 130;
    struct ct_text_size two = ct_type_measure(type, CT_S("two words"), &style);
    CHECK(two.lines == 2 && !two.broke_word);
    /* 春の新作コ|レクション would fit; the word stays whole */
    style = (struct ct_text_style){ .size_px = 40, .wrap_px = 250 };
    struct ct_text_size kana = ct_type_measure(type, CT_S("春の新作コレクション"), &style);
    CHECK_INT(kana.lines, 2);
    CHECK(kana.w > 235); /* the second line, six letters */
    ct_type_free(&type);
}

TEST(page_type__balanced_lines_are_alike)
{
    struct ct_type *type = open_type();
    REQUIRE(type);
    struct ct_slice text = CT_S("The quick brown fox jumps over the lazy dog again");
    struct ct_text_style plain = { .size_px = 40, .whole_words = true };
    struct ct_text_style even = plain;
    even.balance = true;
    struct ct_text_size a = ct_type_fit(type, text, &plain, 700, 400);
    struct ct_text_size b = ct_type_fit(type, text, &even, 700, 400);
    CHECK_INT(a.lines, b.lines);
    CHECK(even.wrap_px < plain.wrap_px);
    CHECK(b.w <= even.wrap_px + 0.1);
    ct_type_free(&type);
}

TEST(page_type__scripts_are_told_apart)
{
    CHECK(ct_text_is_plain(CT_S("Größe 12, Зима, 春")));
    CHECK(!ct_text_is_plain(CT_S("سلام")));
    CHECK(!ct_text_is_plain(CT_S("abc ไทย")));
    CHECK(ct_text_is_rtl(CT_S("12 שלום")));
    CHECK(!ct_text_is_rtl(CT_S("abc שלום")));
    CHECK(!ct_text_is_rtl(CT_S("123")));
}

TEST(page_type__words_are_cut_at_white_space)
{
    struct ct_slice words[3];
    CHECK_INT(ct_text_words(words, 3, CT_S("  one two\n")), 2);
    CHECK_SLICE(words[0], "one");
    CHECK_SLICE(words[1], "two");
    CHECK_INT(ct_text_words(words, 3, CT_S("a b c d")), 3);
    CHECK_INT(ct_text_words(words, 3, CT_S("")), 0);
    CHECK_INT(ct_text_words(words, 3, CT_S(" ")), 0);
    CHECK_INT(ct_text_words(words, 3,
                            CT_S("a\xE3\x80\x80"
                                 "b")),
              2); /* ideographic space */
}

TEST(page_palette__contrast_is_wcag)
{
    struct ct_tint white = ct_tint_hex(0xFFFFFF), black = ct_tint_hex(0);
    CHECK(fabs(ct_tint_contrast(white, black) - 21) < 1e-6);
    CHECK(fabs(ct_tint_contrast(black, white) - 21) < 1e-6);
    CHECK(fabs(ct_tint_contrast(white, white) - 1) < 1e-9);
    CHECK(fabs(ct_tint_contrast(ct_tint_hex(0x767676), white) - 4.54) < 0.01);
}

TEST(page_palette__legible_always_ends_legible)
{
    struct ct_dice dice = ct_dice_new(1, 2);
    for (int i = 0; i < 3000; i++) {
        struct ct_tint a = ct_tint_hex((uint32_t)ct_dice_below(&dice, 0x1000000));
        struct ct_tint b = ct_tint_hex((uint32_t)ct_dice_below(&dice, 0x1000000));
        struct ct_tint c = ct_tint_legible(a, b, 4.5);
        CHECK(ct_tint_contrast(c, b) >= 4.5);
        if (ct_tint_contrast(a, b) >= 4.5) /* and leaves alone what is */
            CHECK(memcmp(&a, &c, sizeof(a)) == 0);
    }
}

TEST(page_palette__every_palette_is_readable)
{
    struct ct_dice dice = ct_dice_new(3, 4);
    for (int i = 0; i < 1500; i++) {
        struct ct_palette p;
        struct ct_intent in = { .dark = i % 2,
                                .n_palette = i % 6,
                                .has_backdrop_color = i % 7 == 0 };
        in.backdrop_color.r = (uint8_t)ct_dice_below(&dice, 256);
        in.backdrop_color.g = (uint8_t)ct_dice_below(&dice, 256);
        for (int k = 0; k < in.n_palette; k++)
            in.palette[k] = (struct ct_rgb){ (uint8_t)ct_dice_below(&dice, 256),
                                             (uint8_t)ct_dice_below(&dice, 256),
                                             (uint8_t)ct_dice_below(&dice, 256) };
        ct_palette_choose(&p, &in, (uint32_t)i, CT_STYLE_UNSET);
        CHECK(ct_tint_contrast(p.ink, p.paper) >= 4.5);
        CHECK(ct_tint_contrast(p.muted, p.paper) >= 4.5);
        CHECK(ct_tint_contrast(p.on_card, p.card) >= 4.5);
        CHECK(ct_tint_contrast(p.on_accent, p.accent) >= 4.5);
        CHECK(ct_tint_contrast(p.line, p.paper) >= 3);
        for (int k = 0; k < CT_PALETTE_ART; k++)
            CHECK(ct_tint_contrast(p.ink, p.soft[k]) >= 4.5);
    }
}

TEST(page_palette__named_colours_are_used)
{
    struct ct_palette p;
    struct ct_intent in = { .n_palette = 2, .palette = { { 200, 30, 40 }, { 20, 60, 160 } } };
    ct_palette_choose(&p, &in, 9, CT_STYLE_UNSET);
    struct ct_tint red = ct_tint_hex(0xC81E28), blue = ct_tint_hex(0x143CA0);
    CHECK(memcmp(&p.art[0], &red, sizeof(red)) == 0);
    CHECK(memcmp(&p.art[1], &blue, sizeof(blue)) == 0);
}

TEST(page_palette__dice_repeat_and_stay_in_range)
{
    struct ct_dice a = ct_dice_new(5, 6), b = ct_dice_new(5, 6), c = ct_dice_new(5, 7);
    bool differ = false;
    for (int i = 0; i < 1000; i++) {
        int n = ct_dice_below(&a, 10);
        CHECK(n >= 0 && n < 10);
        CHECK_INT(n, ct_dice_below(&b, 10));
        differ = differ || n != ct_dice_below(&c, 10);
    }
    CHECK(differ);
    CHECK_INT(ct_dice_below(&a, 0), 0);
    CHECK_INT(ct_dice_below(&a, -3), 0);
}
