/* Draws one scene from words on the command line: for looking at objects, materials, light and
 * framing while working on them. Not installed, not built by default:
 *
 *   ninja -C build tests/tools/draw_scene
 *   build/tests/tools/draw_scene out.ppm object=mug material=ceramic color=ffffff rig=studio \
 *       camera=close_up support=marble size=384x384 samples=16
 *
 * A figure: object=relief emoji=X. Several things: object=apple*3 object=bowl relation=0,in,1. json=1 prints the scene instead. */
#include "base/arena.h"
#include "base/pool.h"
#include "engines/scene/render/render.h"
#include "engines/scene/stage/scene3.h"
#include "engines/scene/style/style.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options {
    struct ct_entity entities[8];
    struct ct_relation relations[8];
    struct ct_intent intent;
    int width, height, samples;
    uint32_t seed;
    bool transparent, json;
};

#define FIND(what, n)                                                                              \
    static int find_##what(const char *id)                                                         \
    {                                                                                              \
        for (int i = 0; i < (n); i++)                                                              \
            if (strcmp(ct_##what##_info((enum ct_##what##_id)i)->id, id) == 0)                     \
                return i;                                                                          \
        fprintf(stderr, "no " #what " %s\n", id);                                                  \
        exit(2);                                                                                   \
    }
FIND(material, CT_MATERIAL_COUNT)
FIND(rig, CT_RIG_COUNT)
FIND(backdrop, CT_BACKDROP_COUNT)
FIND(camera, CT_CAMERA_COUNT)

static int find_object(const char *id)
{
    for (int i = 0; i < CT_OBJECT_COUNT; i++)
        if (strcmp(ct_object_info((enum ct_object_id)i)->row.id, id) == 0)
            return i;
    fprintf(stderr, "no object %s\n", id);
    exit(2);
}

static enum ct_look_style find_style(const char *id)
{
    for (int i = 1; i < CT_LOOK_STYLE_COUNT; i++)
        if (strcmp(ct_look_style_name((enum ct_look_style)i), id) == 0)
            return (enum ct_look_style)i;
    fprintf(stderr, "no style %s\n", id);
    exit(2);
}

static struct ct_rgb color_of(const char *hex)
{
    unsigned long c = strtoul(hex, NULL, 16);
    return (struct ct_rgb){ (uint8_t)(c >> 16), (uint8_t)(c >> 8), (uint8_t)c };
}

static void add_object(struct options *o, char *value)
{
    struct ct_entity *e = &o->entities[o->intent.n_entities++ % 8];
    char *times = strchr(value, '*');
    if (times)
        *times++ = 0;
    *e = (struct ct_entity){
        .object = (enum ct_object_id)find_object(value),
        .count = times ? atoi(times) : 1,
        .material = CT_MATERIAL_NONE,
        .size = 1,
        .contents = CT_MATERIAL_NONE,
        .part_material = CT_MATERIAL_NONE,
    };
}

static void add_relation(struct options *o, char *value)
{
    static const char *const names[] = { "on",    "in",     "under", "left",
                                         "right", "behind", "front", "beside" };
    char *save = NULL, *a = strtok_r(value, ",", &save), *kind = strtok_r(NULL, ",", &save),
         *b = strtok_r(NULL, ",", &save);
    struct ct_relation *r = &o->relations[o->intent.n_relations++ % 8];
    *r = (struct ct_relation){ .a = atoi(a), .b = b ? atoi(b) : 0 };
    for (int i = 0; kind && i < 8; i++)
        if (strcmp(names[i], kind) == 0)
            r->kind = (enum ct_relation_kind)i;
}

static void set_scene(struct options *o, const char *key, const char *value)
{
    struct ct_intent *in = &o->intent;
    if (strcmp(key, "rig") == 0)
        in->rig = (enum ct_rig_id)find_rig(value);
    else if (strcmp(key, "backdrop") == 0)
        in->backdrop = (enum ct_backdrop_id)find_backdrop(value);
    else if (strcmp(key, "camera") == 0)
        in->camera = (enum ct_camera_id)find_camera(value);
    else if (strcmp(key, "support") == 0)
        in->support = (enum ct_material_id)find_material(value);
    else if (strcmp(key, "wall") == 0) {
        in->has_backdrop_color = true;
        in->backdrop_color = color_of(value);
    } else if (strcmp(key, "style") == 0)
        in->style = find_style(value);
    else if (strcmp(key, "shallow") == 0)
        in->shallow_focus = true;
    else if (strcmp(key, "title") == 0)
        in->title_room = true;
    else if (strcmp(key, "dark") == 0)
        in->dark = true;
    else {
        fprintf(stderr, "no option %s\n", key);
        exit(2);
    }
}

static void set(struct options *o, const char *key, char *value)
{
    struct ct_entity *e = &o->entities[o->intent.n_entities ? o->intent.n_entities - 1 : 0];
    if (strcmp(key, "object") == 0)
        add_object(o, value);
    else if (strcmp(key, "relation") == 0)
        add_relation(o, value);
    else if (strcmp(key, "material") == 0)
        e->material = (enum ct_material_id)find_material(value);
    else if (strcmp(key, "contents") == 0)
        e->contents = (enum ct_material_id)find_material(value);
    else if (strcmp(key, "text") == 0)
        e->text = ct_slice(value);
    else if (strcmp(key, "emoji") == 0)
        e->emoji = value;
    else if (strcmp(key, "part") == 0)
        e->part = ct_slice(value);
    else if (strcmp(key, "partmaterial") == 0)
        e->part_material = (enum ct_material_id)find_material(value);
    else if (strcmp(key, "partcolor") == 0) {
        e->has_part_color = true;
        e->part_color = color_of(value);
    } else if (strcmp(key, "finish") == 0)
        e->finish = (enum ct_finish)atoi(value);
    else if (strcmp(key, "scale") == 0)
        e->size = strtof(value, NULL);
    else if (strcmp(key, "color") == 0) {
        e->has_color = true;
        e->color = color_of(value);
    } else if (strcmp(key, "size") == 0) {
        char *end = value;
        o->width = (int)strtol(value, &end, 10);
        o->height = *end ? atoi(end + 1) : o->width;
    } else if (strcmp(key, "samples") == 0)
        o->samples = atoi(value);
    else if (strcmp(key, "seed") == 0)
        o->seed = (uint32_t)atoi(value);
    else if (strcmp(key, "transparent") == 0)
        o->transparent = true;
    else if (strcmp(key, "json") == 0)
        o->json = true;
    else
        set_scene(o, key, value);
}

static int write_ppm(const char *path, const struct ct_image *image)
{
    FILE *f = fopen(path, "wb");
    if (!f)
        return 1;
    fprintf(f, "P6\n%d %d\n255\n", image->width, image->height);
    for (int i = 0; i < image->width * image->height; i++)
        fwrite(image->px + (size_t)i * (size_t)image->channels, 1, 3, f);
    return fclose(f) ? 1 : 0;
}

static int draw(const struct options *o, const struct ct_scene3 *scene, const char *path)
{
    struct ct_err err = { 0 };
    struct ct_world world;
    struct ct_image *image = NULL;
    struct ct_pool *pool = NULL;
    ct_world_init(&world);
    ct_code code = ct_scene3_build(&world, scene, &err);
    if (code == CT_OK)
        code = ct_pool_new(&pool, ct_cpu_count() - 1, &err);
    if (code == CT_OK)
        code = ct_render(
            &image, &world,
            &(struct ct_render_params){
                .width = o->width, .height = o->height, .samples = o->samples, .pool = pool },
            &err);
    if (code == CT_OK)
        code = ct_style_apply(image, o->intent.style, &err);
    int failed = code != CT_OK || write_ppm(path, image);
    if (failed)
        fprintf(stderr, "%s: %s\n", path, err.msg);
    ct_image_unref(&image);
    ct_pool_free(&pool);
    ct_world_release(&world);
    return failed;
}

int main(int argc, char **argv)
{
    struct options o = { .width = 320, .height = 320, .samples = 8 };
    struct ct_err err = { 0 };
    o.intent = (struct ct_intent){ .kind = CT_INTENT_SCENE,
                                   .entities = o.entities,
                                   .relations = o.relations,
                                   .backdrop = CT_BACKDROP_NONE,
                                   .support = CT_MATERIAL_NONE,
                                   .rig = CT_RIG_NONE,
                                   .camera = CT_CAMERA_NONE };
    for (int i = 2; i < argc; i++) {
        char *value = strchr(argv[i], '=');
        if (!value)
            return 2;
        *value = 0;
        set(&o, argv[i], value + 1);
    }
    struct ct_arena *arena = ct_arena_new(1 << 20);
    const struct ct_scene3 *scene = NULL;
    int failed = argc < 2 || !arena ||
                 ct_scene3_compose(&scene, arena, &o.intent,
                                   &(struct ct_scene3_params){
                                       .aspect = (float)o.width / (float)o.height,
                                       .transparent = o.transparent,
                                       .seed = o.seed,
                                   },
                                   &err) != CT_OK;
    if (!failed && o.json) {
        struct ct_buf b;
        ct_buf_init(&b, 1 << 20);
        ct_scene3_print(&b, scene);
        puts(ct_buf_text(&b));
        ct_buf_release(&b);
    } else if (!failed) {
        failed = draw(&o, scene, argv[1]);
    }
    ct_arena_free(&arena);
    return failed;
}
