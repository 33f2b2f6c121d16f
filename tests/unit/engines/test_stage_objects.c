/* Every generator, built for many looks and seeds: it stands where it should, is as large as the
 * tables say, and survives an allocator that fails. */
#include "base/mem.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/objects/object.h"

#include "stage_mesh.h"
#include "t.h"

static struct ct_scene3 scene_of(enum ct_object_id id, enum ct_material_id material, uint32_t seed)
{
    struct ct_scene3 scene = { .n_objects = 1, .seed = seed };
    scene.objects[0] = (struct ct_scene3_object){
        .object = id,
        .scale = 1,
        .look = { .material = material },
        .contents = CT_MATERIAL_NONE,
    };
    return scene;
}

static bool is_finite3(ct_v3 v)
{
    return isfinite(v.x) && isfinite(v.y) && isfinite(v.z);
}

/* Grows the box by the mesh; false when something in it is out of order. */
static bool check_mesh(const struct ct_mesh *m, ct_v3 *min, ct_v3 *max)
{
    for (uint32_t i = 0; i < 3 * m->n_triangles; i++)
        if (m->indices[i] >= m->n_vertices)
            return false;
    for (uint32_t i = 0; i < m->n_vertices; i++) {
        ct_v3 p = ct_mesh_position(m, i), n = ct_mesh_normal(m, i);
        if (!is_finite3(p) || fabsf(v3_len(n) - 1) > 1e-3f)
            return false;
        *min = v3(ct_minf(min->x, p.x), ct_minf(min->y, p.y), ct_minf(min->z, p.z));
        *max = v3(ct_maxf(max->x, p.x), ct_maxf(max->y, p.y), ct_maxf(max->z, p.z));
    }
    return m->n_triangles > 0;
}

static bool build_box(const struct ct_scene3 *scene, ct_v3 *min, ct_v3 *max)
{
    struct ct_world world;
    *min = v3(1e9f, 1e9f, 1e9f);
    *max = v3(-1e9f, -1e9f, -1e9f);
    ct_world_init(&world);
    ct_object_build(&world, scene, 0);
    bool fine = !world.failed && world.n_instances > 0;
    for (int i = 0; i < world.n_instances; i++) {
        const struct ct_instance *instance = &world.instances[i];
        fine = fine && check_mesh(instance->mesh, min, max) && instance->object == 0 &&
               instance->mesh->material >= 0 && instance->mesh->material < world.n_materials &&
               instance->mesh->medium_inside < world.n_media &&
               instance->mesh->medium_outside < world.n_media;
    }
    ct_world_release(&world);
    return fine;
}

/* Animals and people are cast from one mould: no chance in them, and the mould, which is dear,
 * knows nothing of what is cast. */
static bool is_figure(int id)
{
    const char *category = ct_object_info((enum ct_object_id)id)->category;
    return strcmp(category, "animals") == 0 || strcmp(category, "people") == 0;
}

#define SEEDS 12

static uint32_t seeds_of(int id)
{
    return is_figure(id) ? 1 : SEEDS;
}

struct box {
    bool built, fine;
    ct_v3 min, max;
};

/* Of a thing of its own stuff; two tests look at each. */
static const struct box *box_of(int id, uint32_t seed)
{
    static struct box boxes[CT_OBJECT_COUNT][SEEDS];
    struct box *box = &boxes[id][seed];
    if (!box->built) {
        enum ct_material_id material = ct_object_info((enum ct_object_id)id)->material;
        struct ct_scene3 scene = scene_of((enum ct_object_id)id, material, seed);
        box->fine = build_box(&scene, &box->min, &box->max);
        box->built = true;
    }
    return box;
}

TEST(stage_objects__stand_on_the_ground_and_are_as_tall_as_said)
{
    for (int id = 0; id < CT_OBJECT_COUNT; id++) {
        const struct ct_object_row *row = ct_object_info((enum ct_object_id)id);
        const struct ct_object_shape *shape = ct_object_shape((enum ct_object_id)id);
        REQUIRE(shape);
        for (uint32_t seed = 0; seed < seeds_of(id); seed++) {
            const struct box *box = box_of(id, seed);
            bool stands = box->min.y > -0.02f && box->min.y < 0.08f;
            bool tall = fabsf(box->max.y - row->height_cm) <= 0.05f * row->height_cm;
            if (!box->fine || !stands || !tall)
                t_fail(__FILE__, __LINE__, "%s: built %d, foot %g, top %g of %g", row->row.id,
                       box->fine, (double)box->min.y, (double)box->max.y, (double)row->height_cm);
        }
    }
}

/* The composer trusts these boxes: nothing sticks out, and they are not much too large. */
TEST(stage_objects__fill_the_box_they_promise)
{
    for (int id = 0; id < CT_OBJECT_COUNT; id++) {
        const struct ct_object_row *row = ct_object_info((enum ct_object_id)id);
        const struct ct_object_shape *s = ct_object_shape((enum ct_object_id)id);
        for (uint32_t seed = 0; seed < seeds_of(id); seed++) {
            const struct box *box = box_of(id, seed);
            ct_v3 min = box->min, max = box->max;
            CHECK(box->fine);
            float slack = 0.015f * (s->max.y + 2);
            bool inside = min.x > s->min.x - slack && min.z > s->min.z - slack &&
                          max.x < s->max.x + slack && max.z < s->max.z + slack &&
                          max.y < s->max.y + slack;
            bool tight = max.x - min.x > 0.9f * (s->max.x - s->min.x) &&
                         max.z - min.z > 0.9f * (s->max.z - s->min.z);
            if (!inside || !tight)
                t_fail(__FILE__, __LINE__, "%s: x %g..%g y ..%g z %g..%g", row->row.id,
                       (double)min.x, (double)max.x, (double)max.y, (double)min.z, (double)max.z);
        }
    }
}

TEST(stage_objects__are_built_of_anything_and_hold_anything)
{
    static const enum ct_material_id contents[] = { CT_MATERIAL_NONE, CT_MATERIAL_coffee,
                                                    CT_MATERIAL_milk, CT_MATERIAL_water };
    for (int id = 0; id < CT_OBJECT_COUNT; id++) {
        enum ct_material_id own = ct_object_info((enum ct_object_id)id)->material;
        /* Every pair; of figures a seventh, all materials and all figures among them. */
        int step = is_figure(id) ? 7 : 1;
        for (int material = id % step; material < CT_MATERIAL_COUNT; material += step) {
            /* Every liquid in things of their own stuff and of glass; in others one of them. */
            bool all = material == (int)own || material == CT_MATERIAL_glass;
            all = all && !is_figure(id);
            for (int c = all ? 0 : material & 3; c < (all ? 4 : (material & 3) + 1); c++) {
                ct_v3 min, max;
                struct ct_scene3 scene =
                    scene_of((enum ct_object_id)id, (enum ct_material_id)material, 3);
                scene.objects[0].contents = contents[c];
                CHECK(build_box(&scene, &min, &max));
            }
        }
    }
}

static bool is_listed(const enum ct_object_id *list, size_t n, int id)
{
    for (size_t i = 0; i < n; i++)
        if ((int)list[i] == id)
            return true;
    return false;
}

/* Glass shows a hole, or a wall inside out, at once. */
TEST(stage_objects__walls_are_closed_and_face_out)
{
    /* These have a label, contents, a display, leaves, a shell that ends inside another part, or
     * are put together from one mesh a face: their walls need not close, but must face out. */
    static const enum ct_object_id open[] = {
        CT_OBJECT_bottle,
        CT_OBJECT_perfume,
        CT_OBJECT_wine_bottle,
        CT_OBJECT_dropper_bottle,
        CT_OBJECT_cake,
        CT_OBJECT_cheese,
        CT_OBJECT_laptop,
        CT_OBJECT_television,
        CT_OBJECT_camera,
        CT_OBJECT_headphones,
        CT_OBJECT_speaker,
        CT_OBJECT_light_bulb,
        CT_OBJECT_cactus,
        CT_OBJECT_potted_plant,
        CT_OBJECT_tree,
        CT_OBJECT_pine_tree,
        CT_OBJECT_flower,
        CT_OBJECT_succulent,
        CT_OBJECT_mushroom,
        CT_OBJECT_shopping_bag,
        /* Roof and panes are cells of one surface. */
        CT_OBJECT_car,
        CT_OBJECT_taxi,
        CT_OBJECT_sports_car,
        CT_OBJECT_vintage_car,
        CT_OBJECT_suv,
        CT_OBJECT_van,
        CT_OBJECT_bus,
        CT_OBJECT_pickup,
        CT_OBJECT_hot_air_balloon,
        CT_OBJECT_sailboat,
        CT_OBJECT_tent,
        CT_OBJECT_pancakes,
        CT_OBJECT_bouquet,
        CT_OBJECT_roses,
        CT_OBJECT_sunflowers,
        CT_OBJECT_fruit,
        CT_OBJECT_crown,
        CT_OBJECT_grapes,
        CT_OBJECT_pineapple,
        CT_OBJECT_sunflower,
    };
    for (int id = 0; id < CT_OBJECT_COUNT; id++) {
        bool may_be_open = is_listed(open, sizeof(open) / sizeof(*open), id);
        struct ct_world world;
        struct ct_scene3 scene = scene_of((enum ct_object_id)id, CT_MATERIAL_ceramic, 4);
        ct_world_init(&world);
        ct_object_build(&world, &scene, 0);
        for (int k = 0; k < world.n_instances; k++) {
            const struct ct_mesh *m = world.instances[k].mesh;
            bool closed = stage_mesh_is_closed(m) && stage_mesh_volume(m) > 0;
            bool faces = stage_mesh_faces_its_normals(m);
            if ((!closed && !may_be_open) || !faces)
                t_fail(__FILE__, __LINE__, "%s, mesh %d: closed %d, faces %d",
                       ct_object_info((enum ct_object_id)id)->row.id, k, closed, faces);
        }
        ct_world_release(&world);
    }
}

TEST(stage_objects__liquids_in_glass_touch_the_wall_once)
{
    struct ct_world world;
    struct ct_scene3 scene = scene_of(CT_OBJECT_wine_glass, CT_MATERIAL_glass, 0);
    scene.objects[0].contents = CT_MATERIAL_red_wine;
    ct_world_init(&world);
    ct_object_build(&world, &scene, 0);
    int glass_air = 0, glass_wine = 0, wine_air = 0;
    for (int i = 0; i < world.n_instances; i++) {
        const struct ct_mesh *m = world.instances[i].mesh;
        float in = world.media[m->medium_inside].ior, out = world.media[m->medium_outside].ior;
        glass_air += in > 1.5f && out == 1;
        glass_wine += in > 1.5f && out > 1.3f && out < 1.4f;
        wine_air += in > 1.3f && in < 1.4f && out == 1;
    }
    CHECK_INT(glass_air, 1);
    CHECK_INT(glass_wine, 1);
    CHECK_INT(wine_air, 1);
    ct_world_release(&world);
}

TEST(stage_objects__share_media_and_never_run_out_of_them)
{
    struct ct_world world;
    struct ct_scene3 scene = scene_of(CT_OBJECT_perfume, CT_MATERIAL_glass, 0);
    ct_world_init(&world);
    for (int i = 0; i < 24; i++) {
        scene.objects[0].look.has_color = i > 0;
        scene.objects[0].look.color = v3((float)i / 24, 0.5f, 0.2f);
        ct_object_build(&world, &scene, 0);
        ct_object_build(&world, &scene, 0);
    }
    CHECK(!world.failed);
    CHECK_INT(world.n_media, 16);
    ct_world_release(&world);
}

TEST(stage_objects__unknown_object_builds_nothing)
{
    struct ct_world world;
    struct ct_scene3 scene = scene_of(CT_OBJECT_NONE, CT_MATERIAL_ceramic, 0);
    ct_world_init(&world);
    ct_object_build(&world, &scene, 0);
    CHECK(world.n_instances == 0 && !world.failed);
    CHECK(!ct_object_shape(CT_OBJECT_NONE) && !ct_object_shape(CT_OBJECT_COUNT));
    ct_world_release(&world);
}

/* Allocations fail, one at a time: the world says so, and nothing leaks (sanitizer build). */
TEST(stage_objects__failed_allocations_mark_the_world)
{
    for (int id = 0; id < CT_OBJECT_COUNT; id++) {
        const struct ct_object_row *row = ct_object_info((enum ct_object_id)id);
        struct ct_scene3 scene = scene_of((enum ct_object_id)id, row->material, 1);
        scene.objects[0].contents = CT_MATERIAL_water;
        long n_allocations = 1, others = is_figure(id) ? 6 : 40;
        /* All of the first ones and, in an object of many parts, some of the others. */
        for (long nth = 0; nth <= n_allocations; nth += nth < 12 ? 1 : 1 + n_allocations / others) {
            struct ct_world world;
            ct_world_init(&world);
            ct_mem_fail_nth(nth);
            ct_object_build(&world, &scene, 0);
            long made = ct_mem_fail_nth(0);
            if (nth == 0)
                n_allocations = made;
            if (world.failed != (nth > 0))
                t_fail(__FILE__, __LINE__, "%s: allocation %ld of %ld, failed %d", row->row.id, nth,
                       n_allocations, world.failed);
            ct_world_release(&world);
        }
    }
}
