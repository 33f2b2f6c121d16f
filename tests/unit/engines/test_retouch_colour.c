/* Tools that change colours: recolouring, transfer, another backdrop. */
#include "engines/scene/retouch/backdrop.h"
#include "engines/scene/retouch/recolour.h"
#include "engines/scene/retouch/tone.h"
#include "engines/scene/retouch/transfer.h"

#include "t.h"

#include <string.h>

#define WIDTH 120
#define HEIGHT 90

static const struct ct_retouch alone;

static bool in_disc(int x, int y)
{
    int dx = x - 60, dy = y - 45;
    return dx * dx + dy * dy < 25 * 25;
}

static struct ct_mask *disc(void)
{
    struct ct_mask *mask;
    if (ct_mask_new(&mask, WIDTH, HEIGHT, NULL) != CT_OK)
        return NULL;
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        mask->px[i] = in_disc(i % WIDTH, i / WIDTH) ? 255 : 0;
    return mask;
}

/* A ball of `paint` lit from the left, in front of `ground`. */
static struct ct_image *ball(uint32_t paint, uint32_t ground)
{
    struct ct_image *image;
    struct ct_tone tone;
    ct_tone_init(&tone);
    if (ct_image_new(&image, WIDTH, HEIGHT, 3, NULL) != CT_OK)
        return NULL;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            float shade = 0.75f - 0.012f * (float)(x - 60);
            ct_v3 light = in_disc(x, y) ? v3_scale(ct_hex_color(paint), shade)
                                        : ct_hex_color(ground);
            ct_tone_put(&tone, image->px + 3 * (y * WIDTH + x), light);
        }
    return image;
}

static const uint8_t *at(const struct ct_image *image, int x, int y)
{
    return image->px + (size_t)(y * image->width + x) * (size_t)image->channels;
}

TEST(retouch_colour__tables_and_oklab_go_there_and_back)
{
    struct ct_tone tone;
    ct_tone_init(&tone);
    for (int i = 0; i < 256; i++) {
        const uint8_t in[3] = { (uint8_t)i, (uint8_t)(255 - i), (uint8_t)(i * 7) };
        uint8_t out[3];
        ct_tone_put(&tone, out, ct_oklab_light(ct_oklab(ct_tone_light(&tone, in))));
        for (int c = 0; c < 3; c++)
            CHECK_INT(out[c], in[c]);
    }
}

TEST(retouch_colour__white_becomes_navy_under_the_same_light)
{
    struct ct_image *image = ball(0xf2f2f2, 0xb09878), *out;
    struct ct_mask *mask = disc();
    struct ct_recolour how = { .to = 0x1b2a57, .has_from = true, .from = 0xffffff };
    float changed;
    REQUIRE(image && mask);
    REQUIRE(ct_recolour(&out, &changed, image, mask, &how, &alone, NULL) == CT_OK);
    CHECK(changed > 0.9f);
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        if (!mask->px[i])
            CHECK(memcmp(out->px + 3 * i, image->px + 3 * i, 3) == 0);
    const uint8_t *lit = at(out, 45, 45), *dark = at(out, 75, 45);
    CHECK(lit[2] > lit[0] + 25 && lit[2] < 130);
    CHECK(lit[2] > dark[2] && lit[0] > dark[0]);
    ct_image_unref(&out);
    ct_image_unref(&image);
    ct_mask_free(&mask);
}

TEST(retouch_colour__only_the_named_colour_changes)
{
    struct ct_image *image = ball(0xd03020, 0x3060c0), *out;
    struct ct_mask *all;
    struct ct_recolour how = { .to = 0x30a030, .has_from = true, .from = 0xff0000 };
    float changed;
    REQUIRE(image && ct_mask_new(&all, WIDTH, HEIGHT, NULL) == CT_OK);
    memset(all->px, 255, WIDTH * HEIGHT);
    REQUIRE(ct_recolour(&out, &changed, image, all, &how, &alone, NULL) == CT_OK);
    CHECK(memcmp(at(out, 5, 5), at(image, 5, 5), 3) == 0); /* the blue ground */
    CHECK(at(out, 60, 45)[1] > at(out, 60, 45)[0] + 30);
    CHECK(changed > 0.1f && changed < 0.3f);
    ct_image_unref(&out);
    how.from = 0xffee00; /* there is no yellow */
    REQUIRE(ct_recolour(&out, &changed, image, all, &how, &alone, NULL) == CT_OK);
    CHECK(changed < 0.02f);
    ct_image_unref(&out);
    ct_image_unref(&image);
    ct_mask_free(&all);
}

static void mean_of(const struct ct_image *image, double mean[3])
{
    int n = image->width * image->height;
    mean[0] = mean[1] = mean[2] = 0;
    for (int i = 0; i < n; i++)
        for (int c = 0; c < 3; c++)
            mean[c] += (double)image->px[i * image->channels + c] / n;
}

TEST(retouch_colour__transfer_takes_the_references_colours)
{
    struct ct_image *image = ball(0xf2f2f2, 0x808890), *reference = ball(0xffb060, 0x802010);
    struct ct_image *out, *none;
    double got[3], wanted[3];
    REQUIRE(image && reference);
    REQUIRE(ct_transfer(&out, image, reference, 1, &alone, NULL) == CT_OK);
    REQUIRE(ct_transfer(&none, image, reference, 0, &alone, NULL) == CT_OK);
    CHECK(memcmp(none->px, image->px, WIDTH * HEIGHT * 3) == 0);
    mean_of(out, got);
    mean_of(reference, wanted);
    for (int c = 0; c < 3; c++)
        CHECK(got[c] - wanted[c] < 22 && wanted[c] - got[c] < 22);
    ct_image_unref(&out);
    ct_image_unref(&none);
    ct_image_unref(&image);
    ct_image_unref(&reference);
}

TEST(retouch_colour__a_subject_stands_on_its_new_ground)
{
    struct ct_image *image = ball(0xd03020, 0x808080), *ground, *out, *floats;
    struct ct_mask *mask = disc();
    REQUIRE(image && mask && ct_image_new(&ground, WIDTH, HEIGHT, 3, NULL) == CT_OK);
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        memcpy(ground->px + 3 * i, "\xc0\xd0\xe0", 3);
    REQUIRE(ct_backdrop_replace(&out, image, mask, ground, NULL, &alone, NULL) == CT_OK);
    REQUIRE(ct_backdrop_replace(&floats, image, mask, ground,
                                &(struct ct_placement){ .no_shadow = true }, &alone,
                                NULL) == CT_OK);
    CHECK(memcmp(at(out, 3, 3), at(ground, 3, 3), 3) == 0);
    CHECK(at(out, 60, 71)[1] < 0xd0 - 20); /* in its shadow */
    CHECK(memcmp(at(floats, 60, 71), at(ground, 60, 71), 3) == 0);
    CHECK(at(out, 60, 45)[0] > at(out, 60, 45)[1] + 60); /* still red */
    ct_image_unref(&out);
    ct_image_unref(&floats);
    ct_image_unref(&ground);
    ct_image_unref(&image);
    ct_mask_free(&mask);
}
