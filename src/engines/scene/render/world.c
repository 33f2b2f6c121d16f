/* Building a world: growing arrays and the pictures used as textures.
 *
 * stage/ calls the add functions from one thread. Failure is sticky (world->failed), so a scene is
 * built without a check at every step and the renderer looks once. Nothing here interprets what
 * is added; render/ checks indices when it prepares a drawing. */
#include "engines/scene/render/world.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"

#define CT_ARRAY_LEN(a) ((int)(sizeof(a) / sizeof((a)[0])))
#define RASTER_MAX_EDGE 16384

void ct_world_init(struct ct_world *world)
{
    *world = (struct ct_world){
        .media = { { .ior = 1.0f } },
        .n_media = 1,
        .camera = { .eye = { 0, 10, 60 }, .fov_deg = 25 },
        .post = { .exposure = 1.0f },
        .clamp = 8.0f,
        .max_depth = 12,
    };
}

void ct_world_release(struct ct_world *world)
{
    for (int i = 0; i < world->n_instances; i++)
        ct_mesh_free(&world->instances[i].mesh);
    for (int i = 0; i < world->n_rasters; i++)
        ct_free(world->rasters[i].rgba);
    ct_dome_free(&world->sky.dome);
    ct_free(world->instances);
    ct_free(world->materials);
    *world = (struct ct_world){ 0 };
}

/* Room for one more in *array; false (and failed) when there is none. */
static bool grow(struct ct_world *world, void **array, int n, int *cap, size_t size)
{
    if (n < *cap)
        return true;
    int larger = *cap ? *cap * 2 : 16;
    void *grown = larger > 1 << 20 ? NULL : ct_reallocarray(*array, (size_t)larger, size);
    if (!grown) {
        world->failed = true;
        return false;
    }
    *array = grown;
    *cap = larger;
    return true;
}

int ct_world_add_material(struct ct_world *world, const struct ct_material *material)
{
    void *array = world->materials;
    bool room = grow(world, &array, world->n_materials, &world->cap_materials, sizeof(*material));
    world->materials = array;
    if (!room)
        return -1;
    world->materials[world->n_materials] = *material;
    return world->n_materials++;
}

int ct_world_add_medium(struct ct_world *world, float ior, ct_v3 absorption)
{
    if (world->n_media == CT_ARRAY_LEN(world->media)) {
        world->failed = true;
        return -1;
    }
    world->media[world->n_media] = (struct ct_medium){ ior, absorption };
    return world->n_media++;
}

int ct_world_add_light(struct ct_world *world, const struct ct_light *light)
{
    if (world->n_lights == CT_ARRAY_LEN(world->lights)) {
        world->failed = true;
        return -1;
    }
    world->lights[world->n_lights] = *light;
    return world->n_lights++;
}

int ct_world_add_raster(struct ct_world *world, const uint8_t *rgba, int width, int height)
{
    bool usable = world->n_rasters < CT_ARRAY_LEN(world->rasters) && width > 0 && height > 0 &&
                  width <= RASTER_MAX_EDGE && height <= RASTER_MAX_EDGE;
    uint8_t *copy = usable ? ct_malloc((size_t)width * (size_t)height * 4) : NULL;
    if (!copy) {
        world->failed = true;
        return -1;
    }
    memcpy(copy, rgba, (size_t)width * (size_t)height * 4);
    world->rasters[world->n_rasters] = (struct ct_raster){ width, height, copy };
    return world->n_rasters++;
}

int ct_world_add_mesh(struct ct_world *world, struct ct_mesh *mesh, int object,
                      const float to_local[12])
{
    static const float identity[12] = { 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0 };
    if (!mesh) {
        world->failed = true;
        return -1;
    }
    void *array = world->instances;
    bool room =
        grow(world, &array, world->n_instances, &world->cap_instances, sizeof(*world->instances));
    world->instances = array;
    if (!room) {
        ct_mesh_free(&mesh);
        return -1;
    }
    struct ct_instance *instance = &world->instances[world->n_instances];
    *instance = (struct ct_instance){ .mesh = mesh, .object = object };
    memcpy(instance->to_local, to_local ? to_local : identity, sizeof(instance->to_local));
    return world->n_instances++;
}

static ct_v3 texel(const struct ct_raster *raster, int x, int y, float *alpha)
{
    const uint8_t *p = raster->rgba + 4 * ((size_t)y * (size_t)raster->width + (size_t)x);
    *alpha = (float)p[3] / 255.0f;
    return v3(ct_srgb_to_linear((float)p[0] / 255.0f), ct_srgb_to_linear((float)p[1] / 255.0f),
              ct_srgb_to_linear((float)p[2] / 255.0f));
}

ct_v3 ct_raster_sample(const struct ct_raster *raster, float u, float v, float *alpha)
{
    float ignored;
    if (!alpha)
        alpha = &ignored;
    *alpha = 0;
    if (!raster || !raster->rgba || raster->width <= 0 || raster->height <= 0)
        return v3(0, 0, 0);
    float w = (float)raster->width, h = (float)raster->height;
    /* Written so that NaN lands on the lower edge. */
    float px = (u > 0 ? ct_minf(u, 1) : 0) * w - 0.5f;
    float py = (1 - (v > 0 ? ct_minf(v, 1) : 0)) * h - 0.5f;
    px = ct_clampf(px, 0, w - 1);
    py = ct_clampf(py, 0, h - 1);
    int x0 = (int)px, y0 = (int)py;
    int x1 = x0 + 1 < raster->width ? x0 + 1 : x0, y1 = y0 + 1 < raster->height ? y0 + 1 : y0;
    float fx = px - (float)x0, fy = py - (float)y0;
    /* Colours weighted by their coverage, so that a transparent texel lends no colour. */
    ct_v3 sum = v3(0, 0, 0);
    for (int i = 0; i < 4; i++) {
        float a, weight = ((i & 1) ? fx : 1 - fx) * ((i & 2) ? fy : 1 - fy);
        if (weight <= 0)
            continue;
        ct_v3 c = texel(raster, (i & 1) ? x1 : x0, (i & 2) ? y1 : y0, &a);
        sum = v3_mad(c, weight * a, sum);
        *alpha += weight * a;
    }
    return *alpha > 0 ? v3_scale(sum, 1.0f / *alpha) : v3(0, 0, 0);
}
