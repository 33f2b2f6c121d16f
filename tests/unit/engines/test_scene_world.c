/* Building worlds, and pictures as textures. */
#include "base/mem.h"

#include "scene_world.h"
#include "t.h"

TEST(scene_world__grows_and_says_when_it_is_full)
{
    struct ct_world world;
    struct ct_material material = { .glass = true };
    struct ct_light light = { .radiance = { 1, 1, 1 } };
    const uint8_t rgba[4] = { 1, 2, 3, 4 };
    ct_world_init(&world);
    CHECK_INT(world.n_media, 1);
    CHECK(world.media[0].ior == 1);
    for (int i = 0; i < 100; i++)
        CHECK_INT(ct_world_add_material(&world, &material), i);
    for (int i = 0; i < 16; i++)
        CHECK_INT(ct_world_add_light(&world, &light), i);
    for (int i = 1; i < 16; i++)
        CHECK_INT(ct_world_add_medium(&world, 1.5f, v3(0, 0, 0)), i);
    for (int i = 0; i < 24; i++)
        CHECK_INT(ct_world_add_raster(&world, rgba, 1, 1), i);
    CHECK(!world.failed);
    CHECK_INT(ct_world_add_light(&world, &light), -1);
    CHECK(world.failed);
    world.failed = false;
    CHECK_INT(ct_world_add_medium(&world, 1.5f, v3(0, 0, 0)), -1);
    CHECK(world.failed);
    world.failed = false;
    CHECK_INT(ct_world_add_raster(&world, rgba, 1, 1), -1);
    CHECK(world.failed);
    world.failed = false;
    CHECK_INT(ct_world_add_mesh(&world, NULL, 0, NULL), -1);
    CHECK(world.failed);
    ct_world_release(&world);
    CHECK(!world.materials && !world.n_rasters);
}

TEST(scene_world__every_failed_allocation_is_noticed)
{
    struct ct_world world;
    ct_mem_fail_nth(0);
    scene_world(&world);
    CHECK(!world.failed);
    CHECK_INT(world.n_instances, 3);
    ct_world_release(&world);
    long allocations = ct_mem_fail_nth(0);
    CHECK(allocations > 5);
    for (long n = 1; n <= allocations; n++) {
        ct_mem_fail_nth(n);
        scene_world(&world);
        CHECK(world.failed);
        ct_world_release(&world);
    }
    ct_mem_fail_nth(0);
}

TEST(scene_world__rasters_are_read_bilinearly_and_weighted_by_coverage)
{
    /* red, green above blue, transparent white */
    uint8_t rgba[16] = { 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 0 };
    const struct ct_raster raster = { 2, 2, rgba };
    float alpha;
    ct_v3 c = ct_raster_sample(&raster, 0, 1, &alpha); /* top left */
    CHECK(c.x == 1 && c.y == 0 && c.z == 0 && alpha == 1);
    c = ct_raster_sample(&raster, 0, 0, &alpha);
    CHECK(c.x == 0 && c.z == 1 && alpha == 1);
    c = ct_raster_sample(&raster, 0.5f, 1, &alpha); /* between red and green */
    CHECK(c.x == 0.5f && c.y == 0.5f && c.z == 0 && alpha == 1);
    c = ct_raster_sample(&raster, 0.5f, 0, &alpha); /* the transparent one lends no colour */
    CHECK(c.x == 0 && c.z == 1 && alpha == 0.5f);
    c = ct_raster_sample(&raster, 7, -7, &alpha); /* held at the edge: lower right */
    CHECK(c.x == 0 && c.y == 0 && c.z == 0 && alpha == 0);
    c = ct_raster_sample(&raster, NAN, NAN, NULL);
    CHECK(c.z == 1);
    c = ct_raster_sample(NULL, 0, 0, &alpha);
    CHECK(c.x == 0 && alpha == 0);
}
