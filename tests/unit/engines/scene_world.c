#include "scene_world.h"

#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

float scene_random(uint32_t *state)
{
    return ct_hash32_unit(ct_hash32((*state)++));
}

struct ct_mesh *scene_soup(const float *positions, uint32_t n, int material)
{
    struct ct_mesh *mesh = ct_mesh_new(3 * n, n);
    if (!mesh)
        return NULL;
    memcpy(mesh->positions, positions, 9 * n * sizeof(float));
    for (uint32_t i = 0; i < 3 * n; i++) {
        mesh->normals[3 * i] = mesh->normals[3 * i + 2] = 0;
        mesh->normals[3 * i + 1] = 1;
        mesh->indices[i] = i;
    }
    mesh->n_vertices = 3 * n;
    mesh->n_triangles = n;
    mesh->material = material;
    return mesh;
}

static void put(struct ct_mesh *mesh, ct_v3 p, ct_v3 n)
{
    uint32_t i = mesh->n_vertices++;
    memcpy(mesh->positions + 3 * i, &p, sizeof(p));
    memcpy(mesh->normals + 3 * i, &n, sizeof(n));
}

static void join(struct ct_mesh *mesh, uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t *index = mesh->indices + 3 * mesh->n_triangles++;
    index[0] = a;
    index[1] = b;
    index[2] = c;
}

struct ct_mesh *scene_ball(ct_v3 center, float radius, int rings, int material)
{
    uint32_t segments = 2 * (uint32_t)rings, row = segments;
    struct ct_mesh *mesh = ct_mesh_new(((uint32_t)rings + 1) * row, 2 * (uint32_t)rings * segments);
    if (!mesh)
        return NULL;
    for (int r = 0; r <= rings; r++) {
        for (uint32_t s = 0; s < segments; s++) {
            float a = CT_PI * (float)r / (float)rings, b = 2 * CT_PI * (float)s / (float)segments;
            ct_v3 n = v3(ct_sinf(a) * ct_cosf(b), ct_cosf(a), ct_sinf(a) * ct_sinf(b));
            put(mesh, v3_mad(n, radius, center), n);
        }
    }
    for (uint32_t r = 0; r < (uint32_t)rings; r++) {
        for (uint32_t s = 0; s < segments; s++) {
            uint32_t a = r * row + s, b = r * row + (s + 1) % segments;
            join(mesh, a, b, b + row);
            join(mesh, a, b + row, a + row);
        }
    }
    mesh->material = material;
    return mesh;
}

struct ct_mesh *scene_floor(float half, float height, int material)
{
    const float at[18] = { -half, height, half, half, height, half,  half,  height, -half,
                           -half, height, half, half, height, -half, -half, height, -half };
    return scene_soup(at, 2, material);
}

void scene_world(struct ct_world *world)
{
    struct ct_material floor = {
        .surface = { .base_color = { 0.6f, 0.6f, 0.6f }, .roughness = 0.6f, .specular = 0.04f }
    };
    struct ct_material red = { .surface = { .base_color = { 0.7f, 0.08f, 0.05f },
                                            .roughness = 0.4f,
                                            .specular = 0.04f,
                                            .coat = 1,
                                            .coat_roughness = 0.1f } };
    struct ct_material glass = { .surface = { .base_color = { 1, 1, 1 } }, .glass = true };
    ct_world_init(world);
    int floor_id = ct_world_add_material(world, &floor);
    int red_id = ct_world_add_material(world, &red);
    int glass_id = ct_world_add_material(world, &glass);
    int medium = ct_world_add_medium(world, 1.5f, v3(0.02f, 0.005f, 0.01f));
    ct_world_add_mesh(world, scene_floor(60, 0, floor_id), -1, NULL);
    ct_world_add_mesh(world, scene_ball(v3(-6, 5, 0), 5, 16, red_id), 0, NULL);
    struct ct_mesh *ball = scene_ball(v3(6, 5, 2), 5, 16, glass_id);
    if (ball)
        ball->medium_inside = medium;
    ct_world_add_mesh(world, ball, 1, NULL);
    struct ct_light light = { .center = { -20, 30, 20 },
                              .half_u = { 8, 0, 8 },
                              .half_v = { -4, 8, 4 },
                              .radiance = { 12, 12, 11 } };
    /* The front is the side that faces the balls. */
    if (v3_dot(v3_cross(light.half_u, light.half_v), v3(20, -25, -20)) < 0)
        light.half_u = v3_scale(light.half_u, -1);
    ct_world_add_light(world, &light);
    world->camera = (struct ct_camera){
        .eye = { 0, 14, 46 }, .target = { 0, 5, 0 }, .fov_deg = 26, .aperture_cm = 0.3f
    };
    world->sky = (struct ct_sky){
        { 0.3f, 0.35f, 0.45f }, { 0.4f, 0.4f, 0.4f }, { 0.1f, 0.1f, 0.1f }, true, { 0, 0, 0 }
    };
    world->post = (struct ct_post){ 1.0f, CT_TONE_CURVE_ACES, 0.1f, 0.05f };
}
