/* The open air: the sky as a light, the ground, and that all scenery is drawn. */
#include "engines/scene/land/plan.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/object.h"
#include "engines/scene/render/render.h"

#include "base/pool.h"

#include "t.h"

#define ARENA_BYTES ((size_t)16 << 20)

static const struct ct_scene3 *compose(struct ct_arena *arena, const char *prompt, float aspect,
                                       uint32_t seed)
{
    const struct ct_intent *intent = NULL;
    const struct ct_scene3 *scene = NULL;
    CHECK(ct_intent_read(&intent, arena, ct_slice(prompt), NULL) == CT_OK);
    const struct ct_scene3_params params = { .aspect = aspect, .seed = seed };
    CHECK(ct_scene3_compose(&scene, arena, intent, &params, NULL) == CT_OK);
    return scene;
}

static struct ct_dome *uneven_dome(void)
{
    struct ct_dome *dome = ct_dome_new(0, 0);
    CHECK(dome != NULL);
    for (int y = 0; y < CT_DOME_ROWS; y++)
        for (int x = 0; x < CT_DOME_COLUMNS; x++)
            for (int c = 0; c < 3; c++)
                dome->all.rgb[3 * (y * CT_DOME_COLUMNS + x) + c] =
                    0.1f + (y > 80 && x > 40 && x < 60 ? 7.0f : 0.0f) + 0.002f * (float)x;
    ct_dome_prepare(dome);
    return dome;
}

TEST(land__the_density_of_the_sky_integrates_to_one)
{
    struct ct_dome *dome = uneven_dome();
    const int n = 256;
    double sum = 0;
    for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
            float y = 2 * ((float)j + 0.5f) / (float)n - 1, s, c;
            ct_sincosf(2 * CT_PI * ((float)i + 0.5f) / (float)n, &s, &c);
            float level = sqrtf(1 - y * y);
            sum += (double)ct_dome_pdf(dome, v3(level * s, y, level * c));
        }
    }
    CHECK(fabs(sum * 4 * 3.14159265 / (n * n) - 1) < 0.01);
    ct_dome_free(&dome);
}

TEST(land__sampling_the_sky_finds_its_energy)
{
    struct ct_dome *dome = uneven_dome();
    double truth = 0, found = 0;
    for (int i = 0; i < CT_DOME_ROWS * CT_DOME_COLUMNS; i++)
        truth += (double)dome->all.rgb[3 * i] * 4 * 3.14159265 / (CT_DOME_ROWS * CT_DOME_COLUMNS);
    const int n = 128;
    for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
            float pdf;
            ct_v3 d = ct_dome_sample(
                dome, v2(((float)i + 0.5f) / (float)n, ((float)j + 0.5f) / (float)n), &pdf);
            REQUIRE(pdf > 0);
            CHECK(fabsf(v3_len(d) - 1) < 1e-4f);
            CHECK(fabsf(ct_dome_pdf(dome, d) / pdf - 1) < 1e-3f);
            found += (double)(ct_dome_radiance(dome, d).x / pdf) / (n * n);
        }
    }
    CHECK(fabs(found / truth - 1) < 0.02);
    ct_dome_free(&dome);
}

TEST(land__haze_grows_with_distance_and_thins_with_height)
{
    struct ct_dome *dome = uneven_dome();
    ct_v3 added;
    dome->haze_density = 1e-3f;
    dome->haze_height = 100;
    float near = ct_dome_haze(dome, v3(0, 0, 0), v3(0, 0, -1), 100, &added);
    float far = ct_dome_haze(dome, v3(0, 0, 0), v3(0, 0, -1), 1000, &added);
    float high = ct_dome_haze(dome, v3(0, 300, 0), v3(0, 0, -1), 1000, &added);
    float up = ct_dome_haze(dome, v3(0, 0, 0), v3(0, 1, 0), 1e6f, &added);
    CHECK(fabsf(near - ct_expf(-0.1f)) < 1e-3f);
    CHECK(fabsf(far - ct_expf(-1)) < 1e-3f);
    CHECK(high > 0.94f && high < 1);
    CHECK(fabsf(up - ct_expf(-0.1f)) < 1e-3f); /* density times scale height */
    ct_dome_free(&dome);
}

static void plan_for(struct ct_land_plan *plan, struct ct_backdrop_stage *stage,
                     struct ct_world *world, struct ct_scene3 *scene)
{
    ct_world_init(world);
    *stage = (struct ct_backdrop_stage){ .world = world,
                                         .scene = scene,
                                         .radius = 6,
                                         .to_camera = scene->n_objects ? 60 : 0,
                                         .view_slope = 0.34f };
    ct_land_plan(plan, stage);
}

TEST(land__the_ground_is_bounded_and_flat_below_the_subject)
{
    for (int what = 0; what < CT_SCENERY_COUNT; what++) {
        for (int subject = 0; subject < 2; subject++) {
            struct ct_scene3 scene = { .camera = { .eye = { 0, 40, 60 } },
                                       .n_objects = subject,
                                       .light_side = 1,
                                       .land = { UINT64_C(1) << what, CT_HOUR_day } };
            struct ct_backdrop_stage stage;
            struct ct_land_plan plan;
            struct ct_world world;
            plan_for(&plan, &stage, &world, &scene);
            for (float far = 1; far < 1400; far *= 1.31f)
                for (float x = -600; x <= 600; x += 37) {
                    float y = ct_land_height(&plan, x, far);
                    CHECK(y > -40 && y < 420);
                }
            if (subject)
                CHECK(fabsf(ct_land_height(&plan, 0, plan.subject)) < 0.02f);
            ct_world_release(&world);
        }
    }
}

static void check_builds(const char *prompt)
{
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    struct ct_world world;
    const struct ct_scene3 *scene = compose(arena, prompt, 1, 0);
    ct_world_init(&world);
    CHECK_INT(scene->backdrop, CT_BACKDROP_land);
    CHECK(ct_scene3_build(&world, scene, NULL) == CT_OK);
    CHECK(world.sky.dome != NULL);
    CHECK_INT(world.n_lights, 1);
    uint64_t triangles = 0;
    for (int i = 0; i < world.n_instances; i++)
        triangles += world.instances[i].mesh->n_triangles;
    CHECK(triangles > 0 && triangles < 1200000);
    ct_world_release(&world);
    ct_arena_free(&arena);
}

TEST(land__every_scenery_is_chosen)
{
    for (int i = 0; i < CT_SCENERY_COUNT; i++) {
        struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
        char prompt[128], word[64];
        const char *words = ct_scenery_info((enum ct_scenery)i)->words;
        snprintf(word, sizeof(word), "%.*s", (int)strcspn(words, "|"), words);
        bool place = ct_scenery_is_place((enum ct_scenery)i);
        snprintf(prompt, sizeof(prompt), place ? "a %s" : "a lake with %s", word);
        const struct ct_scene3 *scene = compose(arena, prompt, 1, 0);
        CHECK_INT(scene->backdrop, CT_BACKDROP_land);
        CHECK_INT(scene->n_objects, 0);
        CHECK(scene->land.scenery >> i & 1);
        ct_arena_free(&arena);
    }
}

TEST(land__what_is_built_is_bounded)
{
    check_builds("a mountain lake with pine trees");
    check_builds("a meadow with wildflowers and autumn trees");
    check_builds("a city skyline at night");
    check_builds("a red apple on a tropical beach with palm trees");
}

static struct ct_image *draw(const struct ct_scene3 *scene, struct ct_pool *pool)
{
    struct ct_world world;
    struct ct_image *image = NULL;
    ct_world_init(&world);
    CHECK(ct_scene3_build(&world, scene, NULL) == CT_OK);
    CHECK(ct_render(
              &image, &world,
              &(struct ct_render_params){ .width = 48, .height = 40, .samples = 2, .pool = pool },
              NULL) == CT_OK);
    ct_world_release(&world);
    return image;
}

/* Mean level of channel c over rows [from, to). */
static double mean_of(const struct ct_image *image, int c, int from, int to)
{
    double sum = 0;
    for (int y = from; y < to; y++)
        for (int x = 0; x < image->width; x++)
            sum += image->px[(y * image->width + x) * image->channels + c];
    return sum / ((to - from) * image->width);
}

TEST(land__threads_change_no_byte_and_a_day_has_a_blue_sky)
{
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    struct ct_pool *pool = NULL;
    const struct ct_scene3 *scene = compose(arena, "green hills under a clear blue sky", 1.2f, 3);
    REQUIRE(ct_pool_new(&pool, 3, NULL) == CT_OK);
    struct ct_image *one = draw(scene, NULL), *many = draw(scene, pool);
    CHECK(memcmp(one->px, many->px, (size_t)48 * 40 * (size_t)one->channels) == 0);
    CHECK(mean_of(one, 2, 0, 8) > mean_of(one, 0, 0, 8) + 15);    /* sky: more blue than red */
    CHECK(mean_of(one, 1, 30, 40) > mean_of(one, 2, 30, 40) + 5); /* grass: more green than blue */
    ct_image_unref(&one);
    ct_image_unref(&many);
    ct_pool_free(&pool);
    ct_arena_free(&arena);
}

TEST(land__a_boat_swims_but_is_drawn_up_on_a_beach)
{
    static const struct {
        enum ct_object_id object;
        uint64_t scenery;
        bool afloat;
    } cases[] = {
        { CT_OBJECT_sailboat, CT_SCENERY_BIT(sea), true },
        { CT_OBJECT_ship, CT_SCENERY_BIT(lake), true },
        { CT_OBJECT_rubber_duck, CT_SCENERY_BIT(river), true },
        { CT_OBJECT_sailboat, CT_SCENERY_BIT(beach), false },
        { CT_OBJECT_apple, CT_SCENERY_BIT(lake), false },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct ct_scene3 scene = { .camera = { .eye = { 0, 40, 60 } },
                                   .objects = { { .object = cases[i].object, .scale = 1 } },
                                   .n_objects = 1,
                                   .light_side = 1,
                                   .land = { cases[i].scenery, CT_HOUR_day } };
        struct ct_backdrop_stage stage;
        struct ct_land_plan plan;
        struct ct_world world;
        plan_for(&plan, &stage, &world, &scene);
        CHECK(plan.afloat == cases[i].afloat);
        for (float x = -2; x <= 2; x++) /* keel in the water, nothing under it */
            CHECK((ct_land_height(&plan, x, plan.subject) < plan.water) == cases[i].afloat);
        if (plan.afloat)
            CHECK(plan.water > 0 &&
                  plan.water * plan.unit < ct_object_shape(cases[i].object)->max.y / 4);
        ct_world_release(&world);
    }
}

TEST(land__a_road_is_level_across_and_runs_below_the_subject)
{
    for (int subject = 0; subject < 2; subject++) {
        struct ct_scene3 scene = {
            .camera = { .eye = { 0, 40, 60 } },
            .objects = { { .object = CT_OBJECT_taxi, .scale = 1, .yaw = 0.8f } },
            .n_objects = subject,
            .light_side = 1,
            .land = { CT_SCENERY_BIT(road) | CT_SCENERY_BIT(hills), CT_HOUR_day }
        };
        struct ct_backdrop_stage stage;
        struct ct_land_plan plan;
        struct ct_world world;
        plan_for(&plan, &stage, &world, &scene);
        float half = ct_land_road_half(&plan);
        for (float far = 2; far < 150; far *= 1.2f) {
            float middle = ct_land_road_middle(&plan, far), y = ct_land_height(&plan, middle, far);
            for (float x = -0.9f; x <= 0.9f; x += 0.3f)
                CHECK(fabsf(ct_land_height(&plan, middle + x * half, far) - y) < 0.01f);
            CHECK(ct_land_on_road(&plan, middle, far));
            CHECK(!ct_land_on_road(&plan, middle + 4 * half, far));
        }
        if (subject) /* with all four wheels */
            CHECK(ct_land_road_distance(&plan, 0, plan.subject) + plan.foot / 2 < half);
        ct_world_release(&world);
    }
}

TEST(land__building_stops_when_cancelled)
{
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    struct ct_world world;
    atomic_int cancel = 1;
    const struct ct_scene3 *scene = compose(arena, "a forest lake below mountains", 1, 0);
    ct_world_init(&world);
    world.cancel = &cancel;
    CHECK(ct_scene3_build(&world, scene, NULL) == CT_OK);
    struct ct_image *image = NULL;
    struct ct_err err = { 0 };
    CHECK(ct_render(&image, &world,
                    &(struct ct_render_params){
                        .width = 32, .height = 32, .samples = 1, .cancel = &cancel },
                    &err) == CT_E_CANCELLED);
    ct_world_release(&world);
    ct_arena_free(&arena);
}
