/* Text in pictures: placed, found and replaced. The latter two need Tesseract, and say so without. */
#include "engines/scene/retouch/lettering.h"

#include "t.h"

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
    struct ct_mask_box box;
    struct ct_err err = { 0 };
    REQUIRE(image);
    REQUIRE(ct_lettering_place(&before, image, CT_S("GRAND OPENING"), &sign, 0x203080, &alone,
                               NULL) == CT_OK);
    ct_code rc = ct_lettering_find(&box, before, CT_S("grand opening"), &err);
    if (rc == CT_E_CONFIG) {
        CHECK(strstr(err.msg, "tesseract-ocr") != NULL);
        t_skip("Tesseract is not installed");
    } else {
        CHECK_INT(rc, CT_OK);
        CHECK(box.x0 >= sign.x0 && box.x1 <= sign.x1 && box.y0 >= sign.y0 && box.y1 <= sign.y1);
        CHECK_INT(ct_lettering_find(&box, before, CT_S("closing"), &err), CT_E_NOT_FOUND);
        CHECK(strstr(err.msg, "GRAND") != NULL);
        REQUIRE(ct_lettering_replace(&after, before, CT_S("Grand Opening"), CT_S("FINAL WEEK"),
                                     &alone, &err) == CT_OK);
        CHECK_INT(ct_lettering_find(&box, after, CT_S("final week"), &err), CT_OK);
        CHECK_INT(ct_lettering_find(&box, after, CT_S("grand opening"), &err), CT_E_NOT_FOUND);
        CHECK(memcmp(after->px, before->px, 80 * WIDTH * 3) == 0);
        ct_image_unref(&after);
    }
    ct_image_unref(&before);
    ct_image_unref(&image);
}
