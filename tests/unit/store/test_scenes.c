#include "t.h"

#include "folder.h"

#include "base/mem.h"
#include "store/scenes.h"

static struct ct_image *picture(int width, int height, int channels, uint8_t alpha)
{
    struct ct_image *image = NULL;
    CHECK_INT(ct_image_new(&image, width, height, channels, NULL), CT_OK);
    for (int i = 0; i < width * height; i++) {
        for (int k = 0; k < 3; k++)
            image->px[i * channels + k] = (uint8_t)(i * 7 + k);
        if (channels == 4)
            image->px[i * channels + 3] = alpha;
    }
    return image;
}

static bool same_hash(const struct ct_image *a, const struct ct_image *b)
{
    uint8_t one[CT_SHA256_LEN], two[CT_SHA256_LEN];
    ct_scenes_hash(one, a);
    ct_scenes_hash(two, b);
    return memcmp(one, two, sizeof(one)) == 0;
}

TEST(scenes__an_alpha_that_hides_nothing_does_not_count)
{
    struct ct_image *rgb = picture(6, 4, 3, 0), *rgba = picture(6, 4, 4, 255);
    struct ct_image *clear = picture(6, 4, 4, 254), *turned = picture(4, 6, 3, 0);
    CHECK(same_hash(rgb, rgba));
    CHECK(!same_hash(rgb, clear));
    CHECK(!same_hash(rgb, turned));
    rgb->px[71] ^= 1;
    CHECK(!same_hash(rgb, rgba));
    ct_image_unref(&rgb);
    ct_image_unref(&rgba);
    ct_image_unref(&clear);
    ct_image_unref(&turned);
}

TEST(scenes__are_found_by_hash_and_replaced)
{
    struct folder folder = folder_make();
    struct ct_scenes *scenes = NULL;
    struct ct_buf b;
    uint8_t hash[CT_SHA256_LEN] = { 0xab, 1, 2 }, none[CT_SHA256_LEN] = { 0xab, 1, 3 };
    ct_buf_init(&b, 1000);
    REQUIRE(ct_scenes_open(&scenes, folder.path, NULL) == CT_OK);
    CHECK_INT(ct_scenes_get(&b, scenes, hash, NULL), CT_E_NOT_FOUND);
    CHECK_INT(ct_scenes_put(scenes, hash, CT_S("first"), NULL), CT_OK);
    CHECK_INT(ct_scenes_put(scenes, hash, CT_S("second"), NULL), CT_OK);
    CHECK_INT(ct_scenes_get(&b, scenes, hash, NULL), CT_OK);
    CHECK_SLICE(ct_buf_slice(&b), "second");
    CHECK_INT(ct_scenes_get(&b, scenes, none, NULL), CT_E_NOT_FOUND);
    ct_scenes_close(&scenes);
    ct_buf_release(&b);
    folder_remove(&folder);
}

TEST(scenes__the_oldest_of_a_full_folder_goes)
{
    struct folder folder = folder_make();
    struct ct_scenes *scenes = NULL;
    struct ct_buf b;
    uint8_t hash[CT_SHA256_LEN] = { 7 };
    int kept = 0, most = CT_SCENES_MAX / 256;
    ct_buf_init(&b, 1000);
    REQUIRE(ct_scenes_open(&scenes, folder.path, NULL) == CT_OK);
    for (int i = 0; i < most + 20; i++) {
        hash[1] = (uint8_t)i;
        CHECK_INT(ct_scenes_put(scenes, hash, CT_S("x"), NULL), CT_OK);
    }
    for (int i = 0; i < most + 20; i++) {
        hash[1] = (uint8_t)i;
        bool there = ct_scenes_get(&b, scenes, hash, NULL) == CT_OK;
        kept += there;
        CHECK(there || i < 40); /* times of files are coarse: about the oldest */
        ct_buf_clear(&b);
    }
    CHECK_INT(kept, most);
    ct_scenes_close(&scenes);
    ct_buf_release(&b);
    folder_remove(&folder);
}
