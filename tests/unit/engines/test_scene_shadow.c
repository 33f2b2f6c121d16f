/* Shadows on a transparent ground: black, soft, and only what objects cast. */
#include "engines/scene/render/render.h"

#include "scene_world.h"
#include "t.h"

enum { W = 64, H = 48 };

enum thing { NOTHING, SOLID, GLASS, CEILING };

struct setting {
    enum thing thing; /* a ball 7 cm above the ground, or a level piece of backdrop */
    float lamp;       /* half its edge in cm, 60 cm above; 0: none */
    float sky;
};

/* Seen from above and aside, so that the ball and the middle of its shadow are apart. */
static struct ct_image *draw(const struct setting *s)
{
    struct ct_world world;
    struct ct_material red = { .surface = { .base_color = { 0.8f, 0.1f, 0.1f } } };
    ct_world_init(&world);
    ct_world_add_material(&world, &red);
    red.glass = true;
    red.surface.base_color = v3(1, 1, 1);
    ct_world_add_material(&world, &red);
    int medium = ct_world_add_medium(&world, 1.5f, v3(0, 0, 0));
    ct_world_add_mesh(&world, scene_floor(200, 0, 0), -1, NULL);
    if (s->thing == SOLID || s->thing == GLASS) {
        struct ct_mesh *ball = scene_ball(v3(0, 12, 0), 5, 24, s->thing == GLASS);
        if (ball && s->thing == GLASS)
            ball->medium_inside = medium;
        ct_world_add_mesh(&world, ball, 0, NULL);
    }
    if (s->thing == CEILING)
        ct_world_add_mesh(&world, scene_floor(20, 50, 0), -1, NULL);
    float bright = s->lamp > 0 ? 100 / (s->lamp * s->lamp) : 0;
    const struct ct_light lamp = { .center = { 0, 60, 0 },
                                   .half_u = { s->lamp, 0, 0 },
                                   .half_v = { 0, 0, s->lamp },
                                   .radiance = { bright, bright, bright },
                                   .shape = CT_LIGHT_UNIFORM };
    if (s->lamp > 0)
        ct_world_add_light(&world, &lamp);
    ct_v3 grey = v3(s->sky, s->sky, s->sky);
    world.sky = (struct ct_sky){ grey, grey, grey, false, grey };
    world.transparent = true;
    world.camera = (struct ct_camera){ .eye = { 0, 36, 40 }, .target = { 0, 6, 0 }, .fov_deg = 40 };
    const struct ct_render_params params = { .width = W, .height = H, .samples = 16 };
    struct ct_image *image = NULL;
    struct ct_err err;
    if (ct_render(&image, &world, &params, &err) != CT_OK)
        t_fail(__FILE__, __LINE__, "%s", err.msg);
    ct_world_release(&world);
    return image;
}

struct tally {
    int clear, partial, full, coloured; /* pixels by alpha; coloured: brighter than black */
    int darkest, shadow;                /* alpha of black pixels: the most, the sum */
};

static struct tally tally(const struct setting *s)
{
    struct tally t = { 0 };
    struct ct_image *image = draw(s);
    for (int i = 0; image && i < W * H; i++) {
        const uint8_t *p = image->px + 4 * i;
        bool black = p[0] + p[1] + p[2] == 0;
        t.clear += p[3] == 0;
        t.partial += p[3] > 0 && p[3] < 255;
        t.full += p[3] == 255;
        t.coloured += !black;
        t.shadow += black ? p[3] : 0;
        if (black && p[3] > t.darkest)
            t.darkest = p[3];
    }
    ct_image_unref(&image);
    return t;
}

TEST(scene_shadow__an_empty_ground_is_clear)
{
    struct tally t = tally(&(struct setting){ NOTHING, 8, 0.3f });
    CHECK_INT(t.clear, W * H);
    CHECK_INT(t.coloured, 0);
}

TEST(scene_shadow__an_object_casts_black_with_alpha)
{
    struct tally t = tally(&(struct setting){ SOLID, 2, 0 });
    CHECK(t.darkest > 240); /* no light at all comes to the middle */
    CHECK(t.clear > W * H / 2);
    CHECK(t.coloured > 100 && t.coloured < W * H / 6); /* the ball and its rim */
}

TEST(scene_shadow__large_lamps_cast_soft_shadows)
{
    struct tally small = tally(&(struct setting){ SOLID, 2, 0 });
    struct tally large = tally(&(struct setting){ SOLID, 24, 0 });
    CHECK(large.partial > 2 * small.partial);
    CHECK(large.darkest < small.darkest);
    CHECK(large.darkest > 20);
}

TEST(scene_shadow__skies_fill_shadows)
{
    struct tally lamp = tally(&(struct setting){ SOLID, 4, 0 });
    struct tally both = tally(&(struct setting){ SOLID, 4, 0.05f });
    struct tally sky = tally(&(struct setting){ SOLID, 0, 0.3f });
    CHECK(both.darkest < lamp.darkest - 10);
    CHECK(sky.darkest > 5 && sky.darkest < 90); /* the ball hides a small part of it */
}

TEST(scene_shadow__glass_casts_little)
{
    struct tally solid = tally(&(struct setting){ SOLID, 4, 0 });
    struct tally glass = tally(&(struct setting){ GLASS, 4, 0 });
    CHECK(glass.shadow > 0 && glass.shadow < solid.shadow / 2);
}

TEST(scene_shadow__the_backdrop_casts_none)
{
    struct tally t = tally(&(struct setting){ CEILING, 2, 0.1f });
    CHECK_INT(t.clear, W * H);
}
