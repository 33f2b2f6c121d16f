/* Sizes: syntax, limits at their exact edges, and the printed table of ratios. */
#include "contract/size.h"

#include "contract/model.h"
#include "t.h"

TEST(size__reads_plain_numbers)
{
    int w = 0, h = 0;
    CHECK(ct_size_read(&w, &h, CT_S("1536x1024")));
    CHECK_INT(w, 1536);
    CHECK_INT(h, 1024);
    CHECK(ct_size_read(&w, &h, CT_S("1x1")));
    CHECK(ct_size_read(&w, &h, CT_S("999999999x999999999")));
    CHECK_INT(w, 999999999);
}

TEST(size__refuses_other_spellings)
{
    static const char *const bad[] = { "",     "x",    "1x",    "x1",           "1X1",
                                       "01x1", "1x01", "0x1",   "1x0",          "1 x1",
                                       "1x 1", "-1x1", "1x1x1", "1000000000x1", "1.0x1" };
    int w, h;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (ct_size_read(&w, &h, ct_slice(bad[i])))
            t_fail(__FILE__, __LINE__, "'%s' was read", bad[i]);
    }
}

static ct_code check(int w, int h)
{
    return ct_size_check_free(w, h, CT_S("?"), NULL);
}

TEST(size__limits_are_inclusive)
{
    CHECK_INT(check(3840, 2160), CT_OK); /* 8,294,400 px, the edge */
    CHECK_INT(check(2880, 2880), CT_OK); /* 8,294,400 px */
    CHECK_INT(check(1024, 640), CT_OK);  /* 655,360 px */
    CHECK_INT(check(640, 1024), CT_OK);
    CHECK_INT(check(3840, 1280), CT_OK); /* 3:1 */
    CHECK_INT(check(1280, 3840), CT_OK);
    CHECK_INT(check(1008, 640), CT_E_IMAGE_VALUE);
    CHECK_INT(check(3840, 2176), CT_E_IMAGE_VALUE);
    CHECK_INT(check(3856, 1296), CT_E_IMAGE_VALUE);
    CHECK_INT(check(3840, 1264), CT_E_IMAGE_VALUE);
}

TEST(size__popular_values_are_legal)
{
    static const int sizes[][2] = { { 1024, 1024 }, { 1536, 1024 }, { 1024, 1536 }, { 2048, 2048 },
                                    { 2048, 1152 }, { 3840, 2160 }, { 2160, 3840 }, { 1792, 1024 },
                                    { 1824, 1024 }, { 2560, 1440 }, { 1536, 864 } };
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        CHECK_INT(check(sizes[i][0], sizes[i][1]), CT_OK);
}

TEST(size__classic_are_three)
{
    CHECK(ct_size_is_classic(1024, 1024));
    CHECK(ct_size_is_classic(1024, 1536));
    CHECK(ct_size_is_classic(1536, 1024));
    CHECK(!ct_size_is_classic(1536, 1536));
    CHECK(!ct_size_is_classic(1792, 1024));
}

static const struct {
    const char *wide, *tall;
    int px[3][2];
} printed[] = {
    { "1:1", "1:1", { { 1024, 1024 }, { 2048, 2048 }, { 2880, 2880 } } },
    { "3:2", "2:3", { { 1536, 1024 }, { 2496, 1664 }, { 3504, 2336 } } },
    { "4:3", "3:4", { { 1408, 1056 }, { 2304, 1728 }, { 3264, 2448 } } },
    { "5:4", "4:5", { { 1360, 1088 }, { 2240, 1792 }, { 3200, 2560 } } },
    { "16:9", "9:16", { { 1536, 864 }, { 2560, 1440 }, { 3840, 2160 } } },
    { "2:1", "1:2", { { 1760, 880 }, { 2880, 1440 }, { 3840, 1920 } } },
    { "21:9", "9:21", { { 1904, 816 }, { 3024, 1296 }, { 3808, 1632 } } },
    { "3:1", "1:3", { { 2160, 720 }, { 3504, 1168 }, { 3840, 1280 } } },
};

TEST(size__ratios_give_the_printed_table)
{
    for (size_t i = 0; i < sizeof(printed) / sizeof(printed[0]); i++) {
        for (int k = 0; k < 3; k++) {
            int w = 0, h = 0;
            CHECK(ct_size_of_ratio(&w, &h, ct_slice(printed[i].wide), (enum ct_resolution)k));
            CHECK_INT(w, printed[i].px[k][0]);
            CHECK_INT(h, printed[i].px[k][1]);
            CHECK_INT(check(w, h), CT_OK);
            CHECK(ct_size_of_ratio(&w, &h, ct_slice(printed[i].tall), (enum ct_resolution)k));
            CHECK_INT(w, printed[i].px[k][1]);
            CHECK_INT(h, printed[i].px[k][0]);
        }
    }
}

TEST(size__other_ratios_are_unknown)
{
    int w = 7, h = 7;
    CHECK(!ct_size_of_ratio(&w, &h, CT_S("7:3"), CT_RESOLUTION_1K));
    CHECK(!ct_size_of_ratio(&w, &h, CT_S(""), CT_RESOLUTION_1K));
    CHECK(!ct_size_of_ratio(&w, &h, CT_S("16:9 "), CT_RESOLUTION_1K));
    CHECK_INT(w, 7);
}

TEST(size__ratios_are_listed)
{
    struct ct_buf b;
    ct_buf_init(&b, 1000);
    ct_size_put_ratios(&b);
    CHECK_STR(ct_buf_text(&b),
              "'1:1', '3:2', '2:3', '4:3', '3:4', '5:4', '4:5', '16:9', '9:16', '2:1', '1:2', "
              "'21:9', '9:21', '3:1', and '1:3'");
    ct_buf_release(&b);
}
