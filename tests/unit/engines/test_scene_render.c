/* Whole drawings, small: the same bytes every way, alpha, cancelling, odd worlds. */
#include "base/mem.h"
#include "contract/image_request.h"
#include "engines/scene/render/drawing.h"

#include "scene_world.h"
#include "t.h"

static const struct ct_render_params small = { .width = 72, .height = 48, .samples = 6, .seed = 1 };

static bool same_pixels(const struct ct_image *a, const struct ct_image *b)
{
    return a && b && a->width == b->width && a->height == b->height && a->channels == b->channels &&
           memcmp(a->px, b->px, (size_t)(a->width * a->height * a->channels)) == 0;
}

static struct ct_image *draw(const struct ct_world *world, const struct ct_render_params *params)
{
    struct ct_image *image = NULL;
    struct ct_err err;
    if (ct_render(&image, world, params, &err) != CT_OK)
        t_fail(__FILE__, __LINE__, "%s", err.msg);
    return image;
}

TEST(scene_render__bytes_do_not_depend_on_threads_or_cpu)
{
    struct ct_world world;
    struct ct_render_params many = small;
    struct ct_render_stats stats = { 0 };
    scene_world(&world);
    many.samples = 40; /* enough for tiles to be left alone */
    struct ct_image *first = NULL;
    CHECK_INT(ct_render_with(&first, ct_render_kernels_get(0), &world, &many, NULL, &stats, NULL), CT_OK);
    REQUIRE(first);
    CHECK(stats.paths < 5ull * 3 * 16 * 16 * 40 && stats.paths >= 5ull * 3 * 16 * 16 * 16);
    for (int kernels = 0; ct_render_kernels_get(kernels); kernels++) {
        for (int threads = 0; threads < 3; threads++) {
            struct ct_pool *pool;
            struct ct_image *image = NULL;
            REQUIRE(ct_pool_new(&pool, threads, NULL) == CT_OK);
            struct ct_render_params params = many;
            params.pool = pool;
            CHECK_INT(
                ct_render_with(&image, ct_render_kernels_get(kernels), &world, &params, NULL, NULL, NULL),
                CT_OK);
            CHECK(same_pixels(first, image));
            ct_image_unref(&image);
            ct_pool_free(&pool);
        }
    }
    struct ct_render_params other = many;
    other.seed = 2;
    struct ct_image *image = draw(&world, &other);
    CHECK(image && !same_pixels(first, image));
    ct_image_unref(&image);
    ct_image_unref(&first);
    ct_world_release(&world);
}

TEST(scene_render__looks_like_what_was_described)
{
    struct ct_world world;
    scene_world(&world);
    struct ct_image *image = draw(&world, &small);
    REQUIRE(image);
    CHECK_INT(image->channels, 3);
    const uint8_t *ball = image->px + 3 * (26 * 72 + 24), *sky = image->px + 3 * 36;
    CHECK(ball[0] > 2 * ball[1] && ball[0] > 80); /* red */
    CHECK(sky[2] >= sky[0] && sky[0] > 100);
    ct_image_unref(&image);
    ct_world_release(&world);
}

TEST(scene_render__transparent_worlds_give_partial_alpha)
{
    struct ct_world world;
    scene_world(&world);
    world.transparent = true;
    struct ct_image *image = draw(&world, &small);
    REQUIRE(image);
    REQUIRE(image->channels == 4);
    int none = 0, all = 0, partial = 0;
    for (int i = 0; i < 72 * 48; i++) {
        uint8_t a = image->px[4 * i + 3];
        none += a == 0;
        all += a == 255;
        partial += a > 0 && a < 255;
    }
    CHECK(none > 72 * 48 / 3);
    CHECK(all > 200);
    CHECK(partial > 40);
    CHECK(image->px[3] == 0);                        /* sky */
    CHECK(image->px[4 * (46 * 72 + 36) + 3] < 64);   /* floor, in a faint shadow */
    CHECK(image->px[4 * (26 * 72 + 24) + 3] == 255); /* ball */
    ct_image_unref(&image);
    ct_world_release(&world);
}

/* --- drawn in squares, as large pictures are --- */

static const struct ct_render_study squares = { .in_squares = true };

static ct_code draw_squares(struct ct_image **out, int kernels, const struct ct_world *world,
                            const struct ct_render_params *params)
{
    return ct_render_with(out, ct_render_kernels_get(kernels), world, params, &squares, NULL, NULL);
}

/* Mean difference of two pictures in levels. */
static double difference(const struct ct_image *a, const struct ct_image *b)
{
    int n = a->width * a->height * a->channels;
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += abs(a->px[i] - b->px[i]);
    return sum / n;
}

TEST(scene_render__squares_give_the_same_bytes_everywhere)
{
    const struct ct_render_params odd = { .width = 171, .height = 95, .samples = 2, .seed = 1 };
    for (int transparent = 0; transparent < 2; transparent++) {
        struct ct_world world;
        struct ct_image *first = NULL;
        scene_world(&world);
        world.transparent = transparent;
        REQUIRE(draw_squares(&first, 0, &world, &odd) == CT_OK);
        CHECK(first->width == 171 && first->height == 95 && first->channels == 3 + transparent);
        for (int kernels = 0; ct_render_kernels_get(kernels); kernels++) {
            for (int threads = 0; threads < 3; threads++) {
                struct ct_render_params params = odd;
                struct ct_image *image = NULL;
                REQUIRE(ct_pool_new(&params.pool, threads, NULL) == CT_OK);
                CHECK_INT(draw_squares(&image, kernels, &world, &params), CT_OK);
                CHECK(same_pixels(first, image));
                ct_image_unref(&image);
                ct_pool_free(&params.pool);
            }
        }
        ct_image_unref(&first);
        ct_world_release(&world);
    }
}

TEST(scene_render__squares_look_like_pixels)
{
    for (int blurred = 0; blurred < 2; blurred++) {
        for (int transparent = 0; transparent < 2; transparent++) {
            struct ct_world world;
            struct ct_render_params params = { .width = 192, .height = 128, .samples = 64 };
            struct ct_image *image = NULL;
            scene_world(&world);
            world.transparent = transparent;
            world.camera.aperture_cm = blurred ? 1.5f : 0;
            struct ct_image *whole = draw(&world, &params);
            REQUIRE(draw_squares(&image, 0, &world, &params) == CT_OK && whole);
            CHECK(difference(whole, image) < 2.5);
            ct_image_unref(&image);
            ct_image_unref(&whole);
            ct_world_release(&world);
        }
    }
}

TEST(scene_render__squares_are_drawn_where_wanted)
{
    struct ct_world world;
    struct ct_render_params params = { .width = 256, .height = 128, .samples = 4 };
    struct ct_image *all = NULL, *part = NULL;
    uint8_t wanted[256 * 128] = { 0 };
    scene_world(&world);
    world.post.bloom = 0;
    for (int y = 40; y < 60; y++)
        memset(wanted + y * 256 + 20, 1, 30);
    REQUIRE(draw_squares(&all, 0, &world, &params) == CT_OK);
    params.wanted = wanted;
    REQUIRE(draw_squares(&part, 0, &world, &params) == CT_OK);
    int differ = 0;
    for (int y = 48; y < 52; y++)
        for (int x = 30; x < 40; x++)
            differ += abs(all->px[3 * (y * 256 + x)] - part->px[3 * (y * 256 + x)]) > 12;
    CHECK_INT(differ, 0);
    CHECK(part->px[3 * (100 * 256 + 250)] < 3 && all->px[3 * (100 * 256 + 250)] > 10);
    ct_image_unref(&all);
    ct_image_unref(&part);
    ct_world_release(&world);
}

TEST(scene_render__squares_report_every_failed_allocation)
{
    struct ct_world world;
    struct ct_image *image = NULL;
    const struct ct_render_params tiny = { .width = 21, .height = 12, .samples = 1 };
    scene_world(&world);
    world.transparent = true;
    ct_mem_fail_nth(0);
    CHECK_INT(draw_squares(&image, 0, &world, &tiny), CT_OK);
    ct_image_unref(&image);
    long allocations = ct_mem_fail_nth(0);
    for (long n = 1; n <= allocations; n++) {
        ct_mem_fail_nth(n);
        CHECK_INT(draw_squares(&image, 0, &world, &tiny), CT_E_MEMORY);
        CHECK(!image);
    }
    ct_mem_fail_nth(0);
    ct_world_release(&world);
}

struct watch {
    atomic_int cancel;
    int passes, cancel_at;
    double last;
    bool rising;
    struct ct_image *snapshot;
    int snapshot_at;
};

static void watch_pass(void *ctx, double fraction, const char *stage,
                       struct ct_image *(*snapshot)(void *state), void *state)
{
    struct watch *w = ctx;
    w->rising = w->rising && fraction >= w->last && fraction <= 1 && stage && *stage;
    w->last = fraction;
    w->passes++;
    if (w->passes == w->snapshot_at)
        w->snapshot = snapshot(state);
    if (w->passes == w->cancel_at) {
        atomic_store(&w->cancel, 1);
        CHECK(snapshot(state) == NULL);
    }
}

TEST(scene_render__reports_progress_and_gives_snapshots)
{
    struct ct_world world;
    struct watch w = { .rising = true, .snapshot_at = 2 };
    struct ct_render_params params = small;
    scene_world(&world);
    params.ctx = &w;
    params.pass = watch_pass;
    params.cancel = &w.cancel;
    struct ct_image *image = draw(&world, &params);
    CHECK(w.rising);
    CHECK(w.passes >= 4);
    CHECK(w.snapshot && w.snapshot->width == 72 && w.snapshot->channels == 3);
    CHECK(!same_pixels(image, w.snapshot));
    ct_image_unref(&image);
    /* Watching does not change what is drawn. */
    image = draw(&world, &small);
    struct ct_image *again = draw(&world, &params);
    CHECK(same_pixels(image, again));
    ct_image_unref(&image);
    ct_image_unref(&again);
    ct_image_unref(&w.snapshot);
    w = (struct watch){ .rising = true, .snapshot_at = 2 };
    CHECK_INT(draw_squares(&image, 0, &world, &params), CT_OK);
    CHECK(w.rising);
    CHECK(w.snapshot && w.snapshot->width == 72 && w.snapshot->height == 48);
    ct_image_unref(&image);
    ct_image_unref(&w.snapshot);
    ct_world_release(&world);
}

TEST(scene_render__stops_where_it_is_cancelled)
{
    struct ct_world world;
    struct ct_image *image = NULL;
    scene_world(&world);
    struct ct_render_params params = small;
    params.samples = 1000;
    for (int at = 1; at < 4; at++) {
        struct watch w = { .rising = true, .cancel_at = at };
        params.ctx = &w;
        params.pass = watch_pass;
        params.cancel = &w.cancel;
        CHECK_INT(ct_render(&image, &world, &params, NULL), CT_E_CANCELLED);
        CHECK(!image);
        CHECK_INT(w.passes, at); /* nothing was traced after it */
    }
    struct watch w = { .cancel = 1 };
    params.cancel = &w.cancel;
    params.ctx = &w;
    CHECK_INT(ct_render(&image, &world, &params, NULL), CT_E_CANCELLED);
    CHECK_INT(w.passes, 0);
    ct_world_release(&world);
}

/* A texture that cancels the drawing from within: few more surfaces may be looked at. */
static atomic_int deep_cancel;
static atomic_int textures_called;

static void cancelling_texture(const struct ct_material *material, const struct ct_shade_point *at,
                               struct ct_surface *s)
{
    if (atomic_fetch_add(&textures_called, 1) == 1000)
        atomic_store(&deep_cancel, 1);
}

TEST(scene_render__a_cancel_is_seen_within_a_row_of_a_tile)
{
    struct ct_world world;
    struct ct_image *image = NULL;
    scene_world(&world);
    world.materials[0].texture = cancelling_texture;
    struct ct_render_params params = { .width = 512, .height = 512, .samples = 64 };
    params.cancel = &deep_cancel;
    CHECK_INT(ct_render(&image, &world, &params, NULL), CT_E_CANCELLED);
    CHECK(atomic_load(&textures_called) < 2500);
    ct_world_release(&world);
}

TEST(scene_render__every_failed_allocation_is_reported)
{
    struct ct_world world;
    struct ct_image *image = NULL;
    const struct ct_render_params tiny = { .width = 20, .height = 12, .samples = 1 };
    scene_world(&world);
    ct_mem_fail_nth(0);
    image = draw(&world, &tiny);
    ct_image_unref(&image);
    long allocations = ct_mem_fail_nth(0);
    CHECK(allocations >= 8);
    for (long n = 1; n <= allocations; n++) {
        ct_mem_fail_nth(n);
        CHECK_INT(ct_render(&image, &world, &tiny, NULL), CT_E_MEMORY);
        CHECK(!image);
    }
    ct_mem_fail_nth(0);
    world.failed = true;
    CHECK_INT(ct_render(&image, &world, &tiny, NULL), CT_E_MEMORY);
    ct_world_release(&world);
}

static void nan_texture(const struct ct_material *material, const struct ct_shade_point *at,
                        struct ct_surface *s)
{
    s->base_color = v3(NAN, INFINITY, -1);
    s->normal = v3(NAN, 0, 0);
    s->emission = v3(at->position.x > 0 ? NAN : 1, 0, 0);
}

TEST(scene_render__odd_worlds_do_no_harm)
{
    struct ct_world world;
    struct ct_image *image;
    struct ct_err err;
    const struct ct_render_params tiny = { .width = 17, .height = 33, .samples = 2 };

    ct_world_init(&world); /* nothing but a sky */
    world.sky = (struct ct_sky){ { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 }, true, { 0, 0, 0 } };
    image = draw(&world, &tiny);
    CHECK(image && image->px[0] > 150);
    ct_image_unref(&image);
    world.sky.visible = false; /* seen by the camera: plain black */
    image = draw(&world, &tiny);
    CHECK(image && image->px[0] < 3);
    ct_image_unref(&image);
    world.camera.target = world.camera.eye; /* looks nowhere */
    world.camera.orthographic = true;
    image = draw(&world, &tiny);
    CHECK(image != NULL);
    ct_image_unref(&image);
    ct_world_release(&world);

    scene_world(&world);
    world.materials[0].texture = nan_texture;
    world.instances[1].mesh->normals[4] = NAN;
    world.lights[0].radiance.y = NAN;
    image = draw(&world, &tiny);
    CHECK(image != NULL);
    ct_image_unref(&image);
    world.camera.target = v3(0, -1000, 46); /* straight down */
    world.max_depth = 0;
    image = draw(&world, &tiny);
    CHECK(image != NULL);
    ct_image_unref(&image);
    world.instances[0].mesh->material = 99;
    image = NULL;
    CHECK_INT(ct_render(&image, &world, &tiny, &err), CT_E_INTERNAL);
    CHECK(!image && strstr(err.msg, "99"));
    ct_world_release(&world);

    scene_world(&world);
    const struct ct_render_params huge = { .width = 40000, .height = 2, .samples = 1 };
    CHECK_INT(ct_render(&image, &world, &huge, NULL), CT_E_INTERNAL);
    const struct ct_render_params none = { .width = 0, .height = 2, .samples = 1 };
    CHECK_INT(ct_render(&image, &world, &none, NULL), CT_E_INTERNAL);
    ct_world_release(&world);
}

/* A white ball in a uniform white sky must vanish: no light is made or lost (white furnace). */
TEST(scene_render__white_in_white_is_white)
{
    struct ct_world world;
    ct_world_init(&world);
    struct ct_material white = { .surface = { .base_color = { 1, 1, 1 } } };
    ct_world_add_material(&world, &white);
    white.glass = true;
    ct_world_add_material(&world, &white);
    int glass = ct_world_add_medium(&world, 1.5f, v3(0, 0, 0));
    ct_world_add_mesh(&world, scene_ball(v3(-6, 0, 0), 5, 24, 0), 0, NULL);
    struct ct_mesh *ball = scene_ball(v3(6, 0, 0), 5, 24, 1);
    REQUIRE(ball);
    ball->medium_inside = glass;
    ct_world_add_mesh(&world, ball, 1, NULL);
    ct_v3 grey = v3(0.5f, 0.5f, 0.5f);
    world.sky = (struct ct_sky){ grey, grey, grey, true, grey };
    world.camera = (struct ct_camera){ .eye = { 0, 0, 40 }, .fov_deg = 30 };
    world.post.tone = CT_TONE_CURVE_NEUTRAL;
    world.max_depth = 64;
    const struct ct_render_params params = { .width = 64, .height = 40, .samples = 64 };
    struct ct_image *image = draw(&world, &params);
    REQUIRE(image);
    double mean = 0;
    for (int i = 0; i < 64 * 40 * 3; i++)
        mean += image->px[i] / (64.0 * 40 * 3);
    CHECK(fabs(mean - image->px[0]) < 1.0);
    ct_image_unref(&image);
    ct_world_release(&world);
}

/* A lamp straight above a floor, and a ball between them; what is in the middle of its shadow. */
static void shadow_under_ball(uint8_t rgb[3], bool ball, bool glass, ct_v3 absorption)
{
    struct ct_world world;
    struct ct_material grey = { .surface = { .base_color = { 0.5f, 0.5f, 0.5f } } };
    struct ct_material clear = { .surface = { .base_color = { 1, 1, 1 } }, .glass = glass };
    ct_world_init(&world);
    ct_world_add_material(&world, &grey);
    ct_world_add_material(&world, &clear);
    int medium = ct_world_add_medium(&world, 1.5f, absorption);
    ct_world_add_mesh(&world, scene_floor(60, 0, 0), -1, NULL);
    struct ct_mesh *mesh = ball ? scene_ball(v3(0, 12, 0), 5, 24, 1) : NULL;
    if (mesh) {
        mesh->medium_inside = medium;
        ct_world_add_mesh(&world, mesh, 0, NULL);
    }
    const struct ct_light lamp = { .center = { 0, 60, 0 },
                                   .half_u = { 2, 0, 0 },
                                   .half_v = { 0, 0, 2 },
                                   .radiance = { 300, 300, 300 },
                                   .shape = CT_LIGHT_UNIFORM };
    ct_world_add_light(&world, &lamp);
    world.post.tone = CT_TONE_CURVE_NEUTRAL; /* mixes no colours */
    world.camera = (struct ct_camera){ .eye = { 0, 3, 40 }, .target = { 0, 0, 0 }, .fov_deg = 4 };
    const struct ct_render_params params = { .width = 16, .height = 16, .samples = 32 };
    struct ct_image *image = draw(&world, &params);
    memset(rgb, 0, 3);
    if (image)
        memcpy(rgb, image->px + 3 * (8 * 16 + 8), 3);
    ct_image_unref(&image);
    ct_world_release(&world);
}

TEST(scene_render__shadows_under_glass_are_light_and_tinted)
{
    uint8_t open[3], full[3], clear[3], red[3];
    shadow_under_ball(open, false, false, v3(0, 0, 0));
    shadow_under_ball(full, true, false, v3(0, 0, 0));
    shadow_under_ball(clear, true, true, v3(0, 0, 0));
    shadow_under_ball(red, true, true, v3(0, 0.1f, 0.1f));
    CHECK(full[0] < open[0] / 4);
    CHECK(clear[0] > 3 * open[0] / 4 && clear[0] < open[0]);
    CHECK(abs(clear[0] - red[0]) <= 3);
    CHECK(red[1] < 2 * clear[1] / 3 && red[2] < 2 * clear[2] / 3);
}

TEST(scene_render__samples_are_capped_by_paths)
{
    CHECK_INT(ct_render_samples(CT_QUALITY_LOW, 1024, 1024), 3);
    CHECK_INT(ct_render_samples(CT_QUALITY_MEDIUM, 1024, 1024), 8);
    CHECK_INT(ct_render_samples(CT_QUALITY_HIGH, 1024, 1024), 30);
    for (int q = 0; q < CT_QUALITY_COUNT; q++) {
        double at_1k = ct_render_samples(q, 1024, 1024) * 1048576.0;
        double at_4k = ct_render_samples(q, 3840, 2160) * 3840.0 * 2160;
        CHECK(at_4k <= 3.2 * at_1k);
        CHECK(ct_render_samples(q, 256, 256) >= ct_render_samples(q, 1024, 1024));
        CHECK(q == 0 || ct_render_samples(q, 512, 512) > ct_render_samples(q - 1, 512, 512));
    }
    CHECK_INT(ct_render_samples(-5, 1024, 1024), 3);
    CHECK(ct_render_samples(99, 1024, 1024) == ct_render_samples(CT_QUALITY_MAX, 1024, 1024));
}

/* Two walls side by side, the right one `depth` away and of this grey. */
static float outline(float depth, float grey, int samples)
{
    struct ct_film film;
    CHECK_INT(ct_film_init(&film, 16, 8, false, NULL), CT_OK);
    film.tile_samples[0] = film.tile_samples[1] = (uint16_t)samples;
    for (int y = 0; y < 8; y++)
        for (int x = 0; x < 16; x++) {
            struct ct_film_pixel *px = &film.pixels[ct_film_index(&film, x, y)];
            px->depth = (x < 8 ? 100 : depth) * (float)samples;
            px->normal[2] = (int16_t)(2047 * samples);
            for (int k = 0; k < 3; k++)
                px->diffuse[k] = (x < 8 ? 0.8f : grey) * (float)samples;
        }
    float left = ct_film_edges(&film, 0), right = ct_film_edges(&film, 1);
    CHECK(fabsf(left - right) < 1e-6f); /* both share it */
    ct_film_release(&film);
    return left;
}

TEST(scene_render__outlines_are_rough_where_surfaces_differ)
{
    CHECK(outline(100, 0.2f, 2) == 0); /* a pattern on one wall */
    CHECK(outline(140, 0.8f, 2) == 0); /* not to be seen */
    CHECK(outline(140, 0.2f, 2) > outline(140, 0.6f, 2));
    CHECK(outline(140, 0.6f, 2) > 0);
    CHECK(fabsf(outline(140, 0.2f, 8) - outline(140, 0.2f, 2) / 2) < 1e-4f);
}
