/* Scene to world: objects, backdrop, light, camera.
 *
 * Called by the engine on a runner thread, after composing. A scene that ran out of memory is
 * found by world->failed, looked at once here. */
#include "engines/scene/backdrops/backdrop.h"
#include "engines/scene/land/land.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/materials/pattern.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/object.h"
#include "engines/scene/rigs/rig.h"
#include "engines/scene/stage/stage.h"

#define BOARD_WIDTH_CM 12.0f /* of wooden supports */
#define BRICK_MODEL 11.0f /* how much larger a real brick is */
#define SUPPORT_PATTERN_CM 4.0f /* one repeat on a table cloth, at least */
#define FLOOR_BOARD_CM 19.0f /* of floors one walks on */
#define FLOOR_JOINT_CM 0.6f
#define FLOOR_RINGS 0.42f /* of their growth rings, 1/cm: finer ones are mush from a room away */

/* The sphere the rig and the backdrop measure by, in the world. */
struct middle {
    ct_v3 center, foot;
    float radius;
};

static ct_v3 from_stage(ct_v3 p, float azimuth)
{
    float s, c;
    ct_sincosf(azimuth, &s, &c);
    return v3(p.x * c + p.z * s, p.y, p.z * c - p.x * s);
}

static struct middle find_middle(const struct ct_scene3 *scene, float azimuth)
{
    if (scene->middle_radius > 0)
        return (struct middle){ scene->middle, v3(scene->middle.x, 0, scene->middle.z),
                                scene->middle_radius };
    struct ct_stage_box box = ct_stage_scene_box(scene, azimuth);
    ct_v3 center = from_stage(v3_scale(v3_add(box.min, box.max), 0.5f), azimuth);
    float radius = 0.5f * v3_len(v3_sub(box.max, box.min));
    return (struct middle){ center, v3(center.x, 0, center.z), ct_maxf(radius, 1) };
}

void ct_stage_fix_middle(struct ct_scene3 *scene)
{
    struct middle middle = find_middle(scene, ct_stage_azimuth(&scene->camera));
    scene->middle = middle.center;
    scene->middle_radius = middle.radius;
}

static int add_support(struct ct_world *world, const struct ct_scene3 *scene, float radius)
{
    struct ct_material m;
    ct_material_make(&m, &scene->support);
    bool wood = scene->support.material == CT_MATERIAL_wood;
    if (wood && scene->backdrop == CT_BACKDROP_room && radius > CT_FURNITURE_CM) {
        m.param[0] = FLOOR_BOARD_CM;
        m.param[1] = FLOOR_JOINT_CM;
        m.scale = FLOOR_RINGS;
    } else if (wood) {
        /* Around a large thing the boards are wide ones, or the floor would be all joints. */
        m.param[0] = BOARD_WIDTH_CM * ct_maxf(1, radius / 14);
    }
    if (scene->support.pattern != CT_PATTERN_NONE)
        ct_material_lay_pattern(&m,
                                &(struct ct_pattern){ .kind = (int)scene->support.pattern,
                                                      .form = CT_PATTERN_SIDES,
                                                      .size = ct_maxf(SUPPORT_PATTERN_CM,
                                                                      0.55f * radius),
                                                      .radius = 1,
                                                      .height = 1 },
                                false);
    return ct_world_add_material(world, &m);
}

/* What is painted, or built of bricks as large as real ones beside the subject. */
static int add_wall(struct ct_world *world, const struct ct_scene3 *scene, float radius)
{
    struct ct_material m;
    enum ct_material_id id = scene->wall.material;
    if (id == CT_MATERIAL_NONE) {
        ct_material_make(&m, &(struct ct_look){ .material = CT_MATERIAL_matte,
                                                .color = scene->backdrop_color,
                                                .has_color = true });
        m.surface.specular = 0;
        return ct_world_add_material(world, &m);
    }
    ct_material_make(&m, &scene->wall);
    const struct ct_object_shape *subject =
        scene->n_objects > 0 ? ct_object_shape(scene->objects[0].object) : NULL;
    if (id == CT_MATERIAL_brick && !(subject && subject->view_deg > 0)) {
        for (int i = 0; i < 3; i++) /* bricks are made for model houses */
            m.param[i] *= BRICK_MODEL;
    } else if (id == CT_MATERIAL_wood) {
        m.param[0] = BOARD_WIDTH_CM * ct_maxf(1, radius / 14);
    }
    return ct_world_add_material(world, &m);
}

static void build_backdrop(struct ct_world *world, const struct ct_scene3 *scene,
                           const struct middle *middle, float azimuth)
{
    const struct ct_camera *camera = &scene->camera;
    ct_v3 away = v3_sub(camera->eye, middle->foot), view = v3_sub(camera->eye, camera->target);
    float level = ct_hypotf(view.x, view.z);
    float slope = ct_tanf(camera->fov_deg * CT_PI / 360) * scene->aspect;
    struct ct_backdrop_stage stage = {
        .world = world,
        .scene = scene,
        .origin = middle->foot,
        .yaw = azimuth,
        .radius = middle->radius,
        .to_camera = ct_hypotf(away.x, away.z),
        .view_slope = slope + fabsf(camera->shift_x) * slope / scene->aspect,
        .texture_shift = { ct_stage_vary(scene->seed, 5, 90), 0,
                           ct_stage_vary(scene->seed, 6, 90) },
        .from_above = view.y > 0.55f * level,
        .support = add_support(world, scene, middle->radius),
        .wall = add_wall(world, scene, middle->radius),
    };
    if (scene->backdrop == CT_BACKDROP_land)
        stage.texture_shift = v3(0, 0, 0); /* its textures follow its shape */
    ct_backdrop_build(scene->backdrop, &stage);
    if (stage.wall >= 0)
        world->sky.plain = world->materials[stage.wall].surface.base_color;
    world->sky.visible = false;
    if (scene->backdrop == CT_BACKDROP_land)
        ct_land_light(world, scene, &stage);
}

static bool is_glass(const struct ct_scene3_object *object)
{
    return object->look.material == CT_MATERIAL_glass;
}

static void light(struct ct_world *world, const struct ct_scene3 *scene,
                  const struct middle *middle, float azimuth)
{
    float turn = azimuth + ct_stage_vary(scene->variant, 4, 0.22f); /* of the whole rig */
    struct ct_rig_stage stage = {
        .center = middle->center,
        .radius = middle->radius,
        .right = from_stage(v3(1, 0, 0), turn),
        .front = from_stage(v3(0, 0, 1), turn),
        .side = scene->light_side,
    };
    for (int i = 0; i < scene->n_objects && stage.n_glass < CT_RIG_MAX_GLASS; i++) {
        if (!is_glass(&scene->objects[i]))
            continue;
        struct ct_stage_box box = ct_stage_object_box(&scene->objects[i], azimuth);
        ct_v3 half = v3_scale(v3_sub(box.max, box.min), 0.5f);
        stage.glass[stage.n_glass++] = (struct ct_rig_glass){
            .center = from_stage(v3_scale(v3_add(box.min, box.max), 0.5f), azimuth),
            .half_width = half.x,
            .half_height = half.y,
            .half_depth = half.z,
        };
    }
    ct_rig_set_up(world, scene->rig, &stage);
}

ct_code ct_scene3_build(struct ct_world *world, const struct ct_scene3 *scene, struct ct_err *err)
{
    float azimuth = ct_stage_azimuth(&scene->camera);
    struct middle middle = find_middle(scene, azimuth);
    bool glass = false;
    for (int i = 0; i < scene->n_objects; i++) {
        ct_object_build(world, scene, i);
        glass = glass || is_glass(&scene->objects[i]);
    }
    build_backdrop(world, scene, &middle, azimuth);
    if (scene->backdrop != CT_BACKDROP_land)
        light(world, scene, &middle, azimuth);
    world->camera = scene->camera;
    world->post = scene->post;
    world->transparent = scene->transparent;
    world->clamp = glass ? 5 : 4;
    world->max_depth = glass ? 24 : 8; /* a ray crosses a filled flacon a dozen times */
    if (world->failed)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while building the scene.");
    return CT_OK;
}
