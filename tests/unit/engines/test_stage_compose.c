/* From an intent to a scene: nothing meets, everything is in the picture, relations hold, and the
 * same question always gets the same answer. */
#include "base/mem.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/object.h"
#include "engines/scene/stage/stage.h"

#include "t.h"

#define MAX_ENTITIES 12

/* An intent as the prompt reader would leave it. */
struct wish {
    struct ct_intent intent;
    struct ct_entity entities[MAX_ENTITIES];
    struct ct_relation relations[MAX_ENTITIES];
};

static void begin(struct wish *w)
{
    *w = (struct wish){ .intent = { .kind = CT_INTENT_SCENE,
                                    .backdrop = CT_BACKDROP_NONE,
                                    .support = CT_MATERIAL_NONE,
                                    .rig = CT_RIG_NONE,
                                    .camera = CT_CAMERA_NONE,
                                    .template_id = CT_TEMPLATE_NONE } };
    w->intent.entities = w->entities;
    w->intent.relations = w->relations;
}

static struct ct_entity *add(struct wish *w, enum ct_object_id object, int count)
{
    struct ct_entity *e = &w->entities[w->intent.n_entities++];
    *e = (struct ct_entity){ .object = object,
                             .count = count,
                             .material = CT_MATERIAL_NONE,
                             .size = 1,
                             .contents = CT_MATERIAL_NONE };
    return e;
}

static void relate(struct wish *w, int a, enum ct_relation_kind kind, int b)
{
    w->relations[w->intent.n_relations++] = (struct ct_relation){ a, b, kind };
}

static const struct ct_scene3 *compose(struct ct_arena *arena, const struct wish *w, float aspect,
                                       uint32_t seed)
{
    const struct ct_scene3 *scene = NULL;
    struct ct_err err = { 0 };
    CHECK_INT(ct_scene3_compose(&scene, arena, &w->intent,
                                &(struct ct_scene3_params){ .aspect = aspect, .seed = seed }, &err), CT_OK);
    return scene;
}

/* Where a point lands in the picture: x and y in [-1, 1] are inside. */
static ct_v2 project(const struct ct_scene3 *scene, ct_v3 p)
{
    const struct ct_camera *c = &scene->camera;
    ct_v3 forward = v3_norm(v3_sub(c->target, c->eye));
    ct_v3 right = v3_norm(v3_cross(forward, v3(0, 1, 0))), up = v3_cross(right, forward);
    ct_v3 d = v3_sub(p, c->eye);
    float depth = c->orthographic ? v3_len(v3_sub(c->target, c->eye)) : v3_dot(d, forward);
    float half = tanf(c->fov_deg * CT_PI / 360) * depth;
    return v2((v3_dot(d, right) / half - c->shift_x) / scene->aspect,
              v3_dot(d, up) / half - c->shift_y);
}

static ct_v3 corner_of(const struct ct_scene3 *scene, int object, int corner)
{
    float azimuth = ct_stage_azimuth(&scene->camera), s, c;
    struct ct_stage_box box = ct_stage_object_box(&scene->objects[object], azimuth);
    float x = corner & 1 ? box.max.x : box.min.x, z = corner & 2 ? box.max.z : box.min.z;
    ct_sincosf(azimuth, &s, &c);
    return v3(x * c + z * s, corner & 4 ? box.max.y : box.min.y, z * c - x * s);
}

static bool all_in_picture(const struct ct_scene3 *scene)
{
    for (int i = 0; i < scene->n_objects; i++) {
        for (int corner = 0; corner < 8; corner++) {
            ct_v2 at = project(scene, corner_of(scene, i, corner));
            if (fabsf(at.x) > 0.97f || fabsf(at.y) > 0.97f)
                return false;
        }
    }
    return true;
}

/* Boxes in the frame of the arrangement; things on and in each other touch, so heights count. */
static bool any_meet(const struct ct_scene3 *scene)
{
    float azimuth = ct_stage_azimuth(&scene->camera);
    const float touch = 0.01f;
    for (int i = 0; i < scene->n_objects; i++) {
        struct ct_stage_box a = ct_stage_object_box(&scene->objects[i], azimuth);
        for (int k = 0; k < i; k++) {
            struct ct_stage_box b = ct_stage_object_box(&scene->objects[k], azimuth);
            if (a.min.x < b.max.x - touch && b.min.x < a.max.x - touch &&
                a.min.y < b.max.y - touch && b.min.y < a.max.y - touch &&
                a.min.z < b.max.z - touch && b.min.z < a.max.z - touch)
                return true;
        }
    }
    return false;
}

static const float aspects[] = { 1 / 3.0f, 9 / 16.0f, 2 / 3.0f,  3 / 4.0f, 1,
                                 4 / 3.0f, 3 / 2.0f,  16 / 9.0f, 3 };

TEST(stage_compose__everything_is_in_the_picture_at_every_aspect)
{
    for (int camera = CT_CAMERA_NONE; camera < CT_CAMERA_COUNT; camera++) {
        for (int object = 0; object < CT_OBJECT_COUNT; object++) {
            struct wish w;
            begin(&w);
            add(&w, (enum ct_object_id)object, 1 + object % 3);
            add(&w, CT_OBJECT_apple, object % 2 + 1);
            w.intent.camera = (enum ct_camera_id)camera;
            for (int i = 0; i < 9; i++) {
                for (int title = 0; title < 2; title++) {
                    struct ct_arena *arena = ct_arena_new(1 << 20);
                    w.intent.title_room = title;
                    const struct ct_scene3 *scene =
                        compose(arena, &w, aspects[i], (uint32_t)(i + title));
                    if (!all_in_picture(scene))
                        t_fail(__FILE__, __LINE__, "camera %d, object %d, aspect %g, title %d",
                               camera, object, (double)aspects[i], title);
                    CHECK(scene->camera.eye.y > 0);
                    ct_arena_free(&arena);
                }
            }
        }
    }
}

TEST(stage_compose__a_lone_thing_fills_a_fair_part)
{
    for (int object = 0; object < CT_OBJECT_COUNT; object++) {
        struct ct_arena *arena = ct_arena_new(1 << 20);
        struct wish w;
        begin(&w);
        add(&w, (enum ct_object_id)object, 1);
        const struct ct_scene3 *scene = compose(arena, &w, 1, 0);
        float reach_x = 0, reach_y = 0;
        for (int corner = 0; corner < 8; corner++) {
            ct_v2 at = project(scene, corner_of(scene, 0, corner));
            reach_x = ct_maxf(reach_x, fabsf(at.x));
            reach_y = ct_maxf(reach_y, fabsf(at.y));
        }
        CHECK(ct_maxf(reach_x, reach_y) > 0.5f);
        CHECK(ct_maxf(reach_x, reach_y) < 0.9f);
        ct_arena_free(&arena);
    }
}

TEST(stage_compose__nothing_meets_anything)
{
    for (uint32_t seed = 0; seed < 120; seed++) {
        struct ct_arena *arena = ct_arena_new(1 << 20);
        struct wish w;
        begin(&w);
        int n = 1 + (int)(ct_hash32(seed) % 4);
        for (int i = 0; i < n; i++) {
            uint32_t h = ct_hash32_combine(seed, (uint32_t)i);
            struct ct_entity *e =
                add(&w, (enum ct_object_id)(h % CT_OBJECT_COUNT), 1 + (int)(h >> 8) % 9);
            e->size = 0.6f + 0.2f * (float)((h >> 16) % 5);
            if (i > 0 && (h & 1 << 20))
                relate(&w, i, (enum ct_relation_kind)(3 + (h >> 21) % 5), (int)(h >> 25) % i);
        }
        const struct ct_scene3 *scene = compose(arena, &w, 1.5f, seed);
        if (any_meet(scene))
            t_fail(__FILE__, __LINE__, "seed %u", seed);
        CHECK(scene->n_objects >= n && scene->n_objects <= CT_SCENE3_MAX_OBJECTS);
        ct_arena_free(&arena);
    }
}

static float middle_x(const struct ct_scene3 *scene, int object)
{
    struct ct_stage_box b =
        ct_stage_object_box(&scene->objects[object], ct_stage_azimuth(&scene->camera));
    return (b.min.x + b.max.x) / 2;
}

TEST(stage_compose__left_is_left_and_behind_is_behind)
{
    for (int camera = 0; camera < CT_CAMERA_COUNT; camera++) {
        for (uint32_t seed = 0; seed < 6; seed++) {
            struct ct_arena *arena = ct_arena_new(1 << 20);
            struct wish w;
            begin(&w);
            w.intent.camera = (enum ct_camera_id)camera;
            add(&w, CT_OBJECT_vase, 1);
            add(&w, CT_OBJECT_apple, 1);
            add(&w, CT_OBJECT_mug, 1);
            add(&w, CT_OBJECT_bottle, 1);
            add(&w, CT_OBJECT_candle, 1);
            relate(&w, 1, CT_RELATION_LEFT_OF, 0);
            relate(&w, 2, CT_RELATION_RIGHT_OF, 0);
            relate(&w, 3, CT_RELATION_BEHIND, 0);
            relate(&w, 4, CT_RELATION_IN_FRONT_OF, 0);
            const struct ct_scene3 *scene = compose(arena, &w, 1, seed);
            float azimuth = ct_stage_azimuth(&scene->camera);
            struct ct_stage_box box[5];
            for (int i = 0; i < 5; i++)
                box[i] = ct_stage_object_box(&scene->objects[i], azimuth);
            CHECK(box[1].max.x < box[0].min.x);
            CHECK(box[2].min.x > box[0].max.x);
            CHECK(box[3].max.z < box[0].min.z);
            CHECK(box[4].min.z > box[0].max.z);
            ct_v2 apple = project(scene, corner_of(scene, 1, 0));
            ct_v2 vase = project(scene, corner_of(scene, 0, 0));
            CHECK(apple.x < vase.x);
            CHECK(!any_meet(scene));
            ct_arena_free(&arena);
        }
    }
}

TEST(stage_compose__things_stand_on_and_lie_in_others)
{
    struct ct_arena *arena = ct_arena_new(1 << 20);
    struct wish w;
    begin(&w);
    add(&w, CT_OBJECT_apple, 3);
    add(&w, CT_OBJECT_bowl, 1);
    add(&w, CT_OBJECT_mug, 1);
    add(&w, CT_OBJECT_book, 2);
    relate(&w, 0, CT_RELATION_IN, 1);
    relate(&w, 3, CT_RELATION_UNDER, 2); /* books under the mug: the mug on the books */
    const struct ct_scene3 *scene = compose(arena, &w, 1, 0);
    REQUIRE(scene->n_objects == 7);
    const struct ct_scene3_object *bowl = &scene->objects[3], *mug = &scene->objects[4];
    for (int i = 0; i < 3; i++) {
        ct_v3 d = v3_sub(scene->objects[i].position, bowl->position);
        CHECK(d.y > 0.5f && d.y < 6 && ct_hypotf(d.x, d.z) < 8 * bowl->scale);
    }
    CHECK(bowl->scale > 1); /* grown to hold three */
    CHECK(fabsf(mug->position.y - 6) < 1e-3f);
    CHECK(scene->objects[6].position.y == 3);
    ct_arena_free(&arena);
}

TEST(stage_compose__riders_sit_in_the_saddle)
{
    static const enum ct_object_id mounts[] = { CT_OBJECT_horse, CT_OBJECT_bicycle,
                                                CT_OBJECT_scooter, CT_OBJECT_elephant };
    for (int i = 0; i < 4; i++) {
        struct ct_arena *arena = ct_arena_new(1 << 20);
        struct wish w;
        begin(&w);
        add(&w, i & 1 ? CT_OBJECT_woman : CT_OBJECT_astronaut, 1);
        add(&w, mounts[i], 1);
        relate(&w, 0, CT_RELATION_ON, 1);
        const struct ct_scene3 *scene = compose(arena, &w, 1, 0);
        REQUIRE(scene->n_objects == 2);
        const struct ct_scene3_object *rider = &scene->objects[0], *mount = &scene->objects[1];
        const struct ct_saddle *saddle = &ct_object_shape(mount->object)->saddle;
        float hips = ct_object_shape(rider->object)->hips * rider->scale;
        CHECK(rider->astride && !mount->astride);
        CHECK(fabsf(rider->position.y + hips - saddle->at.y * mount->scale) < 0.01f);
        CHECK(fabsf(rider->yaw - mount->yaw - saddle->turn) < 1e-4f);
        ct_arena_free(&arena);
    }
}

static bool is_raised(enum ct_object_id object, uint64_t scenery, bool aloft)
{
    struct ct_arena *arena = ct_arena_new(1 << 20);
    struct wish w;
    begin(&w);
    add(&w, object, 1);
    w.intent.land = (struct ct_land){ scenery, CT_HOUR_day };
    w.intent.aloft = aloft;
    const struct ct_scene3 *scene = compose(arena, &w, 1, 0);
    bool raised = ct_stage_is_aloft(scene);
    CHECK(all_in_picture(scene));
    ct_arena_free(&arena);
    return raised;
}

TEST(stage_compose__what_flies_is_in_the_air)
{
    CHECK(is_raised(CT_OBJECT_hot_air_balloon, CT_SCENERY_BIT(meadow), false));
    CHECK(is_raised(CT_OBJECT_bird, CT_SCENERY_BIT(sky), false));
    CHECK(is_raised(CT_OBJECT_bird, CT_SCENERY_BIT(lake), true));
    CHECK(!is_raised(CT_OBJECT_bird, CT_SCENERY_BIT(meadow), false));
    CHECK(!is_raised(CT_OBJECT_mug, CT_SCENERY_BIT(sky), true));
}

TEST(stage_compose__a_board_is_as_large_as_what_lies_on_it)
{
    struct ct_arena *arena = ct_arena_new(1 << 20);
    struct wish w;
    begin(&w);
    add(&w, CT_OBJECT_pizza, 1);
    add(&w, CT_OBJECT_cutting_board, 1);
    relate(&w, 0, CT_RELATION_ON, 1);
    const struct ct_scene3 *scene = compose(arena, &w, 1, 0);
    REQUIRE(scene->n_objects == 2);
    CHECK(scene->objects[1].scale > 1);
    CHECK(scene->objects[0].position.y > 0.5f);
    ct_arena_free(&arena);
}

TEST(stage_compose__a_kitchen_has_a_table_to_sit_at)
{
    struct ct_arena *arena = ct_arena_new(1 << 20);
    struct wish w;
    int chairs = 0;
    begin(&w);
    w.intent.interior = true;
    w.intent.setting = CT_SETTING_kitchen;
    w.intent.backdrop = CT_BACKDROP_room;
    const struct ct_scene3 *scene = compose(arena, &w, 1.5f, 0);
    for (int i = 0; i < scene->n_objects; i++) {
        chairs += scene->objects[i].object == CT_OBJECT_chair;
        if (scene->objects[i].object == CT_OBJECT_table)
            CHECK(scene->objects[i].scale == 1);
    }
    CHECK_INT(chairs, 2);
    ct_arena_free(&arena);
}

static const struct ct_scene3_object *find(const struct ct_scene3 *scene, enum ct_object_id object)
{
    for (int i = 0; i < scene->n_objects; i++)
        if (scene->objects[i].object == object)
            return &scene->objects[i];
    return NULL;
}

static const struct ct_scene3 *compose_room(struct ct_arena *arena, enum ct_setting setting)
{
    struct wish w;
    begin(&w);
    w.intent.interior = true;
    w.intent.setting = setting;
    w.intent.backdrop = CT_BACKDROP_room;
    return compose(arena, &w, 1.5f, 0);
}

TEST(stage_compose__rooms_have_what_they_cannot_be_without)
{
    static const struct {
        enum ct_setting setting;
        enum ct_object_id needs[3];
    } rooms[] = {
        { CT_SETTING_kitchen,
          { CT_OBJECT_kitchen_units, CT_OBJECT_refrigerator, CT_OBJECT_table } },
        { CT_SETTING_bathroom, { CT_OBJECT_bathtub, CT_OBJECT_washbasin, CT_OBJECT_toilet } },
        { CT_SETTING_office, { CT_OBJECT_desk, CT_OBJECT_office_chair, CT_OBJECT_bookshelf } },
    };
    for (int i = 0; i < 3; i++) {
        struct ct_arena *arena = ct_arena_new(1 << 20);
        const struct ct_scene3 *scene = compose_room(arena, rooms[i].setting);
        for (int k = 0; k < 3; k++) {
            const struct ct_scene3_object *o = find(scene, rooms[i].needs[k]);
            CHECK(o && o->position.y == 0);
        }
        CHECK(scene->camera.aperture_cm == 0); /* sharp from wall to rug */
        CHECK(all_in_picture(scene));
        ct_arena_free(&arena);
    }
}

TEST(stage_compose__small_things_of_a_room_stand_on_its_table)
{
    struct ct_arena *arena = ct_arena_new(1 << 20);
    const struct ct_scene3 *office = compose_room(arena, CT_SETTING_office);
    const struct ct_scene3_object *desk = find(office, CT_OBJECT_desk);
    const struct ct_scene3_object *laptop = find(office, CT_OBJECT_laptop);
    const struct ct_scene3_object *chair = find(office, CT_OBJECT_office_chair);
    REQUIRE(desk && laptop && chair);
    const struct ct_object_shape *shape = ct_object_shape(CT_OBJECT_desk);
    CHECK(fabsf(laptop->position.y - shape->on_y * desk->scale) < 0.01f);
    CHECK(fabsf(laptop->position.x - desk->position.x) < shape->max.x * desk->scale);
    CHECK(ct_cosf(chair->yaw - desk->yaw) < -0.5f); /* it faces the desk */
    const struct ct_scene3 *kitchen = compose_room(arena, CT_SETTING_kitchen);
    const struct ct_scene3_object *table = find(kitchen, CT_OBJECT_table);
    const struct ct_scene3_object *vase = find(kitchen, CT_OBJECT_vase);
    REQUIRE(table && vase);
    CHECK(fabsf(vase->position.y - ct_object_shape(CT_OBJECT_table)->on_y) < 0.01f);
    ct_arena_free(&arena);
}

TEST(stage_compose__a_hat_fits_the_head_it_is_on)
{
    static const enum ct_object_id heads[] = { CT_OBJECT_cat, CT_OBJECT_elephant,
                                               CT_OBJECT_person };
    float inside = 0; /* of the hat as it is built: the same whoever wears it */
    for (int i = 0; i < 3; i++) {
        struct ct_arena *arena = ct_arena_new(1 << 20);
        struct wish w;
        begin(&w);
        add(&w, CT_OBJECT_hat, 2);
        add(&w, heads[i], 2);
        relate(&w, 0, CT_RELATION_ON, 1);
        const struct ct_scene3 *scene = compose(arena, &w, 1, 0);
        REQUIRE(scene->n_objects == 4);
        const struct ct_object_shape *shape = ct_object_shape(heads[i]);
        REQUIRE(shape->head_radius > 0);
        for (int k = 0; k < 2; k++) {
            const struct ct_scene3_object *hat = &scene->objects[k], *wearer = hat + 2;
            float radius = shape->head_radius * wearer->scale;
            float top = wearer->position.y + shape->head.y * wearer->scale;
            CHECK(hat->position.y < top && hat->position.y > top - 0.5f * radius);
            CHECK(fabsf(hat->yaw - wearer->yaw) < 1e-4f);
            ct_v3 d = v3_sub(hat->position, wearer->position);
            float off = fabsf(shape->head.z) * wearer->scale;
            CHECK(fabsf(sqrtf(d.x * d.x + d.z * d.z) - off) < 0.02f);
            inside = inside > 0 ? inside : radius / hat->scale;
            CHECK(fabsf(radius / hat->scale - inside) < 0.01f);
        }
        ct_arena_free(&arena);
    }
    CHECK(inside > 6 && inside < 10);
}

TEST(stage_compose__relations_that_cannot_be_kept_become_beside)
{
    struct ct_arena *arena = ct_arena_new(1 << 20);
    struct wish w;
    begin(&w);
    add(&w, CT_OBJECT_mug, 1);
    add(&w, CT_OBJECT_sphere, 1);
    add(&w, CT_OBJECT_table_lamp, 1);
    relate(&w, 0, CT_RELATION_ON, 1);
    relate(&w, 2, CT_RELATION_IN, 0);
    const struct ct_scene3 *scene = compose(arena, &w, 1, 0);
    for (int i = 0; i < 3; i++)
        CHECK(scene->objects[i].position.y == 0);
    CHECK(!any_meet(scene) && middle_x(scene, 0) > middle_x(scene, 1));
    ct_arena_free(&arena);
}

TEST(stage_compose__odd_intents_are_survived)
{
    struct ct_arena *arena = ct_arena_new(1 << 22);
    struct wish w;
    begin(&w);
    const struct ct_scene3 *scene = compose(arena, &w, 1, 0); /* nothing to draw */
    CHECK(scene->n_objects == 0 && isfinite(scene->camera.eye.z));
    add(&w, CT_OBJECT_NONE, 3);
    add(&w, CT_OBJECT_mug, 24);
    add(&w, CT_OBJECT_bottle, 24);
    add(&w, CT_OBJECT_apple, 24); /* over the limit of a scene */
    add(&w, CT_OBJECT_cube, -5);
    relate(&w, 1, CT_RELATION_LEFT_OF, 2);
    relate(&w, 2, CT_RELATION_LEFT_OF, 1); /* a circle */
    relate(&w, 1, CT_RELATION_ON, 1);
    relate(&w, 1, CT_RELATION_ON, 77);
    relate(&w, -4, CT_RELATION_ON, 1);
    relate(&w, 3, CT_RELATION_ON, 0); /* on something that is not drawn */
    scene = compose(arena, &w, NAN, 5);
    CHECK_INT(scene->n_objects, CT_SCENE3_MAX_OBJECTS);
    CHECK(scene->aspect == 1 && all_in_picture(scene) && !any_meet(scene));
    ct_arena_free(&arena);
}

TEST(stage_compose__seeds_vary_and_zero_is_classic)
{
    struct ct_arena *arena = ct_arena_new(1 << 22);
    struct wish w;
    begin(&w);
    add(&w, CT_OBJECT_mug, 1);
    const struct ct_scene3 *classic = compose(arena, &w, 1, 0);
    CHECK(fabsf(ct_stage_azimuth(&classic->camera)) < 1e-4f && classic->light_side == 1);
    int mirrored = 0, moved = 0;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        const struct ct_scene3 *a = compose(arena, &w, 1, seed), *b = compose(arena, &w, 1, seed);
        CHECK(memcmp(&a->camera, &b->camera, sizeof(a->camera)) == 0);
        float turned = fabsf(a->objects[0].yaw - classic->objects[0].yaw);
        CHECK(turned < 0.5f);
        mirrored += a->light_side < 0;
        moved += turned > 0.05f || fabsf(a->camera.eye.y - classic->camera.eye.y) > 1;
    }
    CHECK(mirrored > 2 && mirrored < 14 && moved > 12);
    ct_arena_free(&arena);
}

TEST(stage_compose__white_and_black_are_metered)
{
    struct ct_arena *arena = ct_arena_new(1 << 20);
    struct wish w;
    begin(&w);
    struct ct_entity *mug = add(&w, CT_OBJECT_mug, 1);
    mug->has_color = true;
    mug->color = (struct ct_rgb){ 255, 255, 255 };
    float white = compose(arena, &w, 1, 0)->post.exposure;
    mug->color = (struct ct_rgb){ 10, 10, 10 };
    float black = compose(arena, &w, 1, 0)->post.exposure;
    CHECK(white < black && white > 0.8f && black < 1.3f);
    ct_arena_free(&arena);
}

TEST(stage_compose__a_full_arena_is_an_error)
{
    struct wish w;
    struct ct_err err = { 0 };
    const struct ct_scene3 *scene = NULL;
    struct ct_arena *arena = ct_arena_new(64);
    begin(&w);
    CHECK_INT(ct_scene3_compose(&scene, arena, &w.intent,
                                &(struct ct_scene3_params){ .aspect = 1 }, &err), CT_E_MEMORY);
    CHECK(err.msg[0] && !scene);
    ct_arena_free(&arena);
}

/* --- whole worlds --- */

TEST(stage_build__every_rig_and_backdrop_makes_a_world)
{
    for (int rig = 0; rig < CT_RIG_COUNT; rig++) {
        for (int backdrop = 0; backdrop < CT_BACKDROP_COUNT; backdrop++) {
            struct ct_arena *arena = ct_arena_new(1 << 20);
            struct ct_world world;
            struct ct_err err = { 0 };
            struct wish w;
            begin(&w);
            add(&w, CT_OBJECT_cube, 1)->material = CT_MATERIAL_glass;
            w.intent.rig = (enum ct_rig_id)rig;
            w.intent.backdrop = (enum ct_backdrop_id)backdrop;
            const struct ct_scene3 *scene = compose(arena, &w, 1.5f, 2);
            ct_world_init(&world);
            CHECK_INT(ct_scene3_build(&world, scene, &err), CT_OK);
            CHECK(world.n_lights >= 1 && world.n_instances >= 2);
            int on_subject = 0;
            for (int i = 0; i < world.n_lights; i++) {
                const struct ct_light *l = &world.lights[i];
                ct_v3 shine = v3_cross(l->half_u, l->half_v);
                on_subject += v3_dot(shine, v3_sub(scene->objects[0].position, l->center)) > 0;
                CHECK(l->radiance.x > 0 && isfinite(l->radiance.x) && v3_len(shine) > 0);
            }
            CHECK(on_subject >= 1);
            ct_world_release(&world);
            ct_arena_free(&arena);
        }
    }
}

TEST(stage_build__many_lamps_leave_room_for_the_rig)
{
    struct ct_arena *arena = ct_arena_new(1 << 20);
    struct ct_world world;
    struct wish w;
    begin(&w);
    add(&w, CT_OBJECT_candle, 24);
    add(&w, CT_OBJECT_wine_glass, 6);
    w.intent.rig = CT_RIG_dramatic;
    ct_world_init(&world);
    CHECK_INT(ct_scene3_build(&world, compose(arena, &w, 1, 0), NULL), CT_OK);
    CHECK(world.n_lights >= 11 && world.n_lights <= 16);
    ct_world_release(&world);
    ct_arena_free(&arena);
}

TEST(stage_build__out_of_memory_is_reported)
{
    struct ct_arena *arena = ct_arena_new(1 << 20);
    struct wish w;
    begin(&w);
    add(&w, CT_OBJECT_mug, 1);
    const struct ct_scene3 *scene = compose(arena, &w, 1, 0);
    long n_allocations = 1;
    for (long nth = 0; nth <= n_allocations; nth++) {
        struct ct_world world;
        struct ct_err err = { 0 };
        ct_world_init(&world);
        ct_mem_fail_nth(nth);
        ct_code code = ct_scene3_build(&world, scene, &err);
        long made = ct_mem_fail_nth(0);
        if (nth == 0)
            n_allocations = made;
        CHECK_INT(code, nth ? CT_E_MEMORY : CT_OK);
        ct_world_release(&world);
    }
    CHECK(n_allocations > 10);
    ct_arena_free(&arena);
}

/* --- golden scenes: CT_UPDATE_GOLDEN=1 rewrites them --- */

static void check_golden(const char *name, const struct ct_scene3 *scene)
{
    char path[512];
    static char expected[65536];
    struct ct_buf b;
    ct_buf_init(&b, sizeof(expected));
    ct_scene3_print(&b, scene);
    ct_buf_putc(&b, '\n');
    snprintf(path, sizeof(path), "%s/scene/%s.json", t_data_dir(), name);
    if (getenv("CT_UPDATE_GOLDEN")) {
        FILE *out = fopen(path, "wb");
        REQUIRE(out);
        fwrite(b.data, 1, b.len, out);
        fclose(out);
    }
    FILE *in = fopen(path, "rb");
    REQUIRE(in);
    size_t n = fread(expected, 1, sizeof(expected) - 1, in);
    fclose(in);
    expected[n] = 0;
    CHECK_STR(ct_buf_text(&b), expected);
    ct_buf_release(&b);
}

TEST(stage_print__golden_scenes)
{
    struct ct_arena *arena = ct_arena_new(1 << 20);
    struct wish w;
    /* "A white ceramic coffee mug on a marble table, soft window light" */
    begin(&w);
    struct ct_entity *e = add(&w, CT_OBJECT_mug, 1);
    e->has_color = true;
    e->color = (struct ct_rgb){ 255, 255, 255 };
    e->material = CT_MATERIAL_ceramic;
    e->contents = CT_MATERIAL_coffee;
    w.intent.support = CT_MATERIAL_marble;
    w.intent.rig = CT_RIG_soft_side;
    check_golden("mug", compose(arena, &w, 1, 0));
    /* "Three red apples in a wooden bowl beside a book, wide shot" */
    begin(&w);
    add(&w, CT_OBJECT_apple, 3);
    add(&w, CT_OBJECT_bowl, 1)->material = CT_MATERIAL_wood;
    add(&w, CT_OBJECT_book, 1);
    relate(&w, 0, CT_RELATION_IN, 1);
    relate(&w, 1, CT_RELATION_BESIDE, 2);
    w.intent.camera = CT_CAMERA_wide;
    check_golden("apples", compose(arena, &w, 1.5f, 7));
    /* "A matte black bottle that says \"ORBIT\", on a pink background, space for a title" */
    begin(&w);
    e = add(&w, CT_OBJECT_bottle, 1);
    e->has_color = true;
    e->color = (struct ct_rgb){ 12, 12, 12 };
    e->finish = CT_FINISH_MATTE;
    e->text = ct_slice("ORBIT");
    w.intent.has_backdrop_color = true;
    w.intent.backdrop_color = (struct ct_rgb){ 240, 170, 180 };
    w.intent.title_room = true;
    check_golden("bottle", compose(arena, &w, 0.75f, 0));
    ct_arena_free(&arena);
}
