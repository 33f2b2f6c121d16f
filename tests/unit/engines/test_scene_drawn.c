/* Drawn worlds: where lines are and where none are, on what paper; which tone a surface has. */
#include "base/mem.h"
#include "engines/scene/render/drawn.h"
#include "engines/scene/style/style.h"

#include "scene_world.h"
#include "t.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { W = 96, H = 64 };

#define DOWN 9.14785f /* degrees: H cm, seen from 400 */

static struct ct_render_params params(void)
{
    return (struct ct_render_params){ .width = W, .height = H, .samples = 3 };
}

/* Looked down upon from a great height, so that 1 cm is a pixel and the floor is all there is. */
static void look_down(struct ct_world *world)
{
    const struct ct_material grey = { .surface = { .base_color = { 0.5f, 0.5f, 0.5f } } };
    ct_world_init(world);
    ct_world_add_material(world, &grey);
    ct_world_add_mesh(world, scene_floor(500, 0, 0), -1, NULL);
    world->camera = (struct ct_camera){
        .eye = { 0, 400, 0.01f }, .target = { 0, 0, 0 }, .orthographic = true, .fov_deg = DOWN
    };
}

static struct ct_image *draw(struct ct_world *world, enum ct_drawn drawn)
{
    struct ct_image *image = NULL;
    struct ct_err err;
    const struct ct_render_params p = params();
    if (ct_render_drawn(&image, world, drawn, &p, &err) != CT_OK)
        t_fail(__FILE__, __LINE__, "%s", err.msg);
    return image;
}

static const uint8_t *at(const struct ct_image *image, int x, int y)
{
    return image->px + ((size_t)y * (size_t)image->width + (size_t)x) * (size_t)image->channels;
}

TEST(scene_drawn__a_ball_is_a_ring)
{
    struct ct_world world;
    look_down(&world);
    ct_world_add_mesh(&world, scene_ball(v3(0, 20, 0), 16, 48, 0), 0, NULL);
    struct ct_image *image = draw(&world, CT_DRAWN_LINES);
    CHECK_INT(image->channels, 3);
    int ring = 0;
    for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
            float away = hypotf((float)x + 0.5f - W / 2.0f, (float)y + 0.5f - H / 2.0f);
            const uint8_t *px = at(image, x, y);
            CHECK(px[0] == px[1] && px[1] == px[2]);
            if (away < 12 || away > 19)
                CHECK_INT(px[0], 0);
            ring += away > 15.2f && away < 16.2f && px[0] > 60;
        }
    }
    CHECK(ring > 60); /* of the hundred pixels that a circle of radius 16 crosses */
    ct_image_unref(&image);
    ct_world_release(&world);
}

/* Draws the world's lines and releases it. */
static int most_ink_in_the_middle(struct ct_world *world)
{
    struct ct_image *image = draw(world, CT_DRAWN_LINES);
    int most = 0;
    for (int x = W / 2 - 2; x < W / 2 + 2; x++)
        most = at(image, x, H / 2)[0] > most ? at(image, x, H / 2)[0] : most;
    ct_image_unref(&image);
    ct_world_release(world);
    return most;
}

static void halves(const struct ct_material *material, const struct ct_shade_point *point,
                   struct ct_surface *s)
{
    if (point->position.x > 0)
        s->base_color = material->color2;
}

/* A square of two colours above the floor: its middle has a line if it is a thing, not if it is
 * the backdrop. */
static int ink_between_colours(int object)
{
    struct ct_world world;
    look_down(&world);
    const struct ct_material two = { .surface = { .base_color = { 0.05f, 0.05f, 0.05f } },
                                     .texture = halves,
                                     .color2 = { 0.9f, 0.9f, 0.9f },
                                     .scale = 1 };
    int material = ct_world_add_material(&world, &two);
    ct_world_add_mesh(&world, scene_floor(20, 5, material), object, NULL);
    return most_ink_in_the_middle(&world);
}

TEST(scene_drawn__marks_are_drawn_on_things_only)
{
    CHECK(ink_between_colours(0) > 100);
    CHECK_INT(ink_between_colours(-1), 0);
}

/* Two squares that meet along an edge at `angle`, one thing. */
static int ink_along_edge(float angle)
{
    float half = 12, rise = half * sinf(angle), run = half * cosf(angle);
    const float roof[] = { 0, 40, -half, 0,    40,        half,  run, 40 - rise, half,
                           0, 40, -half, run,  40 - rise, half,  run, 40 - rise, -half,
                           0, 40, half,  0,    40,        -half, -run, 40 - rise, -half,
                           0, 40, half,  -run, 40 - rise, -half, -run, 40 - rise, half };
    struct ct_world world;
    look_down(&world);
    struct ct_mesh *mesh = scene_soup(roof, 4, 0);
    for (int v = 0; mesh && v < 12; v++) { /* the first two triangles fall to the right */
        mesh->normals[3 * v] = v < 6 ? sinf(angle) : -sinf(angle);
        mesh->normals[3 * v + 1] = cosf(angle);
    }
    ct_world_add_mesh(&world, mesh, 0, NULL);
    return most_ink_in_the_middle(&world);
}

TEST(scene_drawn__a_ridge_is_a_line_and_a_gentle_bend_is_none)
{
    CHECK(ink_along_edge(0.8f) > 100);
    CHECK_INT(ink_along_edge(0.1f), 0);
}

TEST(scene_drawn__loose_triangles_of_the_backdrop_are_no_scribble)
{
    enum { N = 400 };
    float grass[9 * N];
    uint32_t state = 7;
    for (int i = 0; i < N; i++) {
        float x = 80 * scene_random(&state) - 40, z = 50 * scene_random(&state) - 25;
        float turn = 3 * scene_random(&state), c = cosf(turn), s = sinf(turn);
        const float blade[9] = { x, 1, z, x + 3 * c, 1, z + 3 * s, x + s, 4, z - c };
        memcpy(grass + 9 * i, blade, sizeof(blade));
    }
    for (int object = -1; object <= 0; object++) {
        struct ct_world world;
        long ink = 0;
        look_down(&world);
        ct_world_add_mesh(&world, scene_soup(grass, N, 0), object, NULL);
        struct ct_image *image = draw(&world, CT_DRAWN_LINES);
        for (size_t i = 0; i < (size_t)W * H; i++)
            ink += image->px[3 * i];
        if (object < 0)
            CHECK_INT(ink, 0);
        else
            CHECK(ink > 255 * W * H / 10 && ink < 255 * W * H / 2); /* thinned to a tone */
        ct_image_unref(&image);
        ct_world_release(&world);
    }
}

TEST(scene_drawn__transparent_worlds_have_paper_only_within_the_lines)
{
    struct ct_world world;
    look_down(&world);
    world.transparent = true;
    ct_world_add_mesh(&world, scene_ball(v3(0, 20, 0), 16, 48, 0), 0, NULL);
    struct ct_image *image = draw(&world, CT_DRAWN_LINES);
    CHECK_INT(image->channels, 4);
    CHECK_INT(at(image, 2, 2)[3], 0);
    CHECK_INT(at(image, W / 2, H / 2)[3], 255);
    CHECK_INT(at(image, W / 2, H / 2)[0], 0);
    for (size_t i = 0; i < (size_t)W * H; i++)
        CHECK(image->px[4 * i + 3] >= image->px[4 * i]); /* no ink is lost */
    ct_image_unref(&image);
    ct_world_release(&world);
}

TEST(scene_drawn__the_pool_changes_nothing_and_cancelling_ends_it)
{
    struct ct_world world;
    struct ct_image *alone, *shared, *none;
    struct ct_err err;
    scene_world(&world);
    struct ct_render_params p = params();
    REQUIRE(ct_render_drawn(&alone, &world, CT_DRAWN_CARTOON, &p, &err) == CT_OK);
    REQUIRE(ct_pool_new(&p.pool, 3, NULL) == CT_OK);
    REQUIRE(ct_render_drawn(&shared, &world, CT_DRAWN_CARTOON, &p, &err) == CT_OK);
    CHECK(memcmp(alone->px, shared->px, (size_t)W * H * 3) == 0);
    atomic_int stop = 1;
    p.cancel = &stop;
    CHECK_INT(ct_render_drawn(&none, &world, CT_DRAWN_CARTOON, &p, &err), CT_E_CANCELLED);
    CHECK(!none);
    ct_pool_free(&p.pool);
    ct_image_unref(&alone);
    ct_image_unref(&shared);
    ct_world_release(&world);
}

TEST(scene_drawn__survives_every_failing_allocation)
{
    struct ct_world world;
    struct ct_image *image;
    struct ct_err err;
    scene_world(&world);
    const struct ct_render_params p = params();
    ct_mem_fail_nth(0);
    REQUIRE(ct_render_drawn(&image, &world, CT_DRAWN_LINES, &p, &err) == CT_OK);
    ct_image_unref(&image);
    long allocations = ct_mem_fail_nth(0);
    CHECK(allocations > 3);
    for (long n = 1; n <= allocations; n++) {
        ct_mem_fail_nth(n);
        CHECK_INT(ct_render_drawn(&image, &world, CT_DRAWN_LINES, &p, &err), CT_E_MEMORY);
        CHECK(!image);
    }
    ct_mem_fail_nth(0);
    ct_world_release(&world);
}

TEST(scene_drawn__ink_is_dark_on_paper_and_light_on_a_blueprint)
{
    const enum ct_look_style looks[] = { CT_LOOK_STYLE_line_art, CT_LOOK_STYLE_blueprint };
    for (int k = 0; k < 2; k++) {
        struct ct_image *image;
        struct ct_err err;
        CHECK(ct_style_is_of_lines(looks[k]));
        REQUIRE(ct_image_new(&image, 64, 64, 3, &err) == CT_OK);
        memset(image->px + (size_t)20 * 64 * 3, 255, 64 * 3);
        REQUIRE(ct_style_ink(image, looks[k], NULL, &err) == CT_OK);
        int line = at(image, 30, 20)[1], paper = at(image, 30, 10)[1];
        CHECK(k == 0 ? line < 30 && paper > 245 : line > 200 && paper < 100);
        ct_image_unref(&image);
    }
    CHECK(!ct_style_is_of_lines(CT_LOOK_STYLE_watercolor));
}

/* A red ball above the floor, a lamp to its left. */
static struct ct_image *lit_ball(enum ct_drawn drawn, bool transparent)
{
    struct ct_world world;
    const struct ct_material red = { .surface = { .base_color = { 0.7f, 0.05f, 0.05f },
                                                  .roughness = 0.9f } };
    const struct ct_light lamp = { .center = { -200, 250, 0 },
                                   .half_u = { 0, 0, 10 },
                                   .half_v = { 7.8f, 6.2f, 0 },
                                   .radiance = { 50, 50, 50 },
                                   .shape = CT_LIGHT_UNIFORM };
    look_down(&world);
    world.transparent = transparent;
    int material = ct_world_add_material(&world, &red);
    ct_world_add_mesh(&world, scene_ball(v3(0, 17, 0), 16, 48, material), 0, NULL);
    ct_world_add_light(&world, &lamp);
    struct ct_image *image = draw(&world, drawn);
    ct_world_release(&world);
    return image;
}

TEST(scene_drawn__flat_things_have_a_lit_and_a_shaded_tone_and_a_shadow)
{
    struct ct_image *image = lit_ball(CT_DRAWN_FLAT, false);
    const uint8_t *lit = at(image, W / 2 - 8, H / 2), *shaded = at(image, W / 2 + 8, H / 2 + 8);
    const uint8_t *floor = at(image, 4, H / 2), *shadow = at(image, W / 2 + 8, H / 2 + 22);
    CHECK(lit[0] > 4 * lit[1] && shaded[0] > 3 * shaded[1]); /* red, both */
    CHECK(lit[0] > shaded[0] + 30);
    CHECK(floor[1] > shadow[1] + 30);
    int between = 0; /* neither tone: along the edge between them only */
    for (int i = 0; i < W * H; i++) {
        const uint8_t *px = image->px + 3 * i;
        float away = hypotf((float)(i % W) + 0.5f - W / 2.0f, (float)(i / W) + 0.5f - H / 2.0f);
        between += away < 15 && memcmp(px, lit, 3) != 0 && memcmp(px, shaded, 3) != 0;
    }
    CHECK(between < 45);
    ct_image_unref(&image);
}

TEST(scene_drawn__a_cartoon_is_the_flat_picture_with_lines)
{
    struct ct_image *flat = lit_ball(CT_DRAWN_FLAT, false);
    struct ct_image *cartoon = lit_ball(CT_DRAWN_CARTOON, false);
    CHECK(memcmp(at(flat, W / 2 - 8, H / 2), at(cartoon, W / 2 - 8, H / 2), 3) == 0);
    int line = 255, none = 255; /* darkest across the left edge */
    for (int x = W / 2 - 18; x < W / 2 - 13; x++) {
        line = at(cartoon, x, H / 2)[0] < line ? at(cartoon, x, H / 2)[0] : line;
        none = at(flat, x, H / 2)[0] < none ? at(flat, x, H / 2)[0] : none;
    }
    CHECK(line + 60 < none);
    ct_image_unref(&flat);
    ct_image_unref(&cartoon);
}

TEST(scene_drawn__colours_of_a_transparent_picture_are_straight)
{
    struct ct_image *image = lit_ball(CT_DRAWN_FLAT, true);
    int partial = 0;
    CHECK_INT(at(image, 3, 3)[3], 0);
    for (int i = 0; i < W * H; i++) {
        const uint8_t *px = image->px + 4 * i;
        partial += px[3] > 0 && px[3] < 255;
        if (px[3] > 0)
            CHECK(px[0] > 3 * px[1]); /* red at the rim too, without black in it */
    }
    CHECK(partial > 20);
    ct_image_unref(&image);
}

TEST(scene_drawn__glass_shows_what_is_behind_it_tinted_by_what_it_holds)
{
    struct ct_world world;
    const struct ct_material glass = { .surface = { .base_color = { 1, 1, 1 } }, .glass = true };
    look_down(&world);
    int material = ct_world_add_material(&world, &glass);
    int wine = ct_world_add_medium(&world, 1.33f, v3(0.01f, 0.5f, 0.5f));
    struct ct_mesh *ball = scene_ball(v3(0, 30, 0), 16, 48, material);
    if (ball)
        ball->medium_inside = wine;
    ct_world_add_mesh(&world, ball, 0, NULL);
    struct ct_image *image = draw(&world, CT_DRAWN_FLAT);
    const uint8_t *middle = at(image, W / 2, H / 2), *floor = at(image, 3, 3);
    CHECK(middle[0] > middle[1] + 40); /* of the grey floor the red is left */
    CHECK(abs(floor[0] - floor[1]) < 10);
    ct_image_unref(&image);
    ct_world_release(&world);
}
