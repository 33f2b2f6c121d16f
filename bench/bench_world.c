/* See bench_world.h. What is written is what cycles/draw.py reads, and no more. */
#include "bench_world.h"

#include <stdio.h>

void bench_world_plain(struct ct_world *world)
{
    for (int i = 0; i < world->n_materials; i++) {
        struct ct_material *m = &world->materials[i];
        if (m->glass) {
            m->surface.base_color = v3(0.04f, 0.02f, 0.012f);
            m->surface.roughness = 0.1f;
            m->surface.specular = 0.04f;
        }
        m->glass = false;
        m->texture = NULL;
        m->surface.sheen_color = v3(0, 0, 0);
    }
    for (int i = 0; i < world->n_lights; i++)
        world->lights[i].shape = CT_LIGHT_UNIFORM;
    for (int i = 0; i < world->n_media; i++)
        world->media[i].absorption = v3(0, 0, 0);
    world->sky.zenith = world->sky.nadir = world->sky.horizon;
    world->sky.visible = true;
}

static void put_v3(FILE *f, const char *key, ct_v3 v)
{
    fprintf(f, "\"%s\":[%.9g,%.9g,%.9g],", key, (double)v.x, (double)v.y, (double)v.z);
}

static void put_materials(FILE *f, const struct ct_world *world)
{
    fprintf(f, "\"materials\":[");
    for (int i = 0; i < world->n_materials; i++) {
        const struct ct_surface *s = &world->materials[i].surface;
        fprintf(f, "%s{", i ? "," : "");
        put_v3(f, "base_color", s->base_color);
        fprintf(f,
                "\"roughness\":%.9g,\"metallic\":%.9g,\"specular\":%.9g,\"coat\":%.9g,"
                "\"coat_roughness\":%.9g}",
                (double)s->roughness, (double)s->metallic, (double)s->specular, (double)s->coat,
                (double)s->coat_roughness);
    }
    fprintf(f, "],\n");
}

static void put_floats(FILE *f, const char *key, const float *x, size_t n)
{
    fprintf(f, "\"%s\":[", key);
    for (size_t i = 0; i < n; i++)
        fprintf(f, "%s%.7g", i ? "," : "", (double)x[i]);
    fprintf(f, "],");
}

static void put_meshes(FILE *f, const struct ct_world *world)
{
    fprintf(f, "\"meshes\":[");
    for (int i = 0; i < world->n_instances; i++) {
        const struct ct_mesh *m = world->instances[i].mesh;
        fprintf(f, "%s{\"material\":%d,", i ? "," : "", m->material);
        put_floats(f, "positions", m->positions, 3 * (size_t)m->n_vertices);
        put_floats(f, "normals", m->normals, 3 * (size_t)m->n_vertices);
        fprintf(f, "\"indices\":[");
        for (size_t k = 0; k < 3 * (size_t)m->n_triangles; k++)
            fprintf(f, "%s%u", k ? "," : "", m->indices[k]);
        fprintf(f, "]}\n");
    }
    fprintf(f, "],\n");
}

static void put_lights(FILE *f, const struct ct_world *world)
{
    fprintf(f, "\"lights\":[");
    for (int i = 0; i < world->n_lights; i++) {
        const struct ct_light *l = &world->lights[i];
        fprintf(f, "%s{", i ? "," : "");
        put_v3(f, "center", l->center);
        put_v3(f, "half_u", l->half_u);
        put_v3(f, "half_v", l->half_v);
        put_v3(f, "radiance", l->radiance);
        fprintf(f, "\"visible\":%s}", l->camera_visible ? "true" : "false");
    }
    fprintf(f, "],\n");
}

bool bench_world_write(const struct ct_world *world, const char *path)
{
    FILE *f = fopen(path, "w");
    if (!f)
        return false;
    const struct ct_camera *c = &world->camera;
    fprintf(f, "{");
    put_materials(f, world);
    put_meshes(f, world);
    put_lights(f, world);
    put_v3(f, "sky", world->sky.horizon);
    put_v3(f, "eye", c->eye);
    put_v3(f, "target", c->target);
    fprintf(f, "\"fov_deg\":%.9g,\"aperture\":%.9g,\"focus\":%.9g,\"clamp\":%.9g,\"max_depth\":%d}\n",
            (double)c->fov_deg, (double)c->aperture_cm, (double)c->focus_cm, (double)world->clamp,
            world->max_depth);
    return fclose(f) == 0;
}
