/* Preparing a world for drawing: camera frame, lights, hierarchy, and a check of every index, so
 * that the path loop needs none. Called once for a drawing by render.c. */
#include "engines/scene/render/tracer.h"

#include "engines/scene/math/fn.h"

static bool in_range(int index, int count)
{
    return index >= 0 && index < count;
}

static ct_code check_world(const struct ct_world *world, struct ct_err *err)
{
    if (world->failed)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while building the scene.");
    if (world->n_media < 1 || world->n_lights < 0)
        return ct_fail(err, CT_E_INTERNAL, NULL, "The scene was not initialised.");
    for (int i = 0; i < world->n_instances; i++) {
        const struct ct_mesh *mesh = world->instances[i].mesh;
        if (!in_range(mesh->material, world->n_materials) ||
            !in_range(mesh->medium_inside, world->n_media) ||
            !in_range(mesh->medium_outside, world->n_media))
            return ct_fail(err, CT_E_INTERNAL, NULL,
                           "Mesh %d has material %d of %d and media %d, %d of %d.", i,
                           mesh->material, world->n_materials, mesh->medium_inside,
                           mesh->medium_outside, world->n_media);
    }
    return CT_OK;
}

bool ct_lamp_prepare(struct ct_lamp *lamp, const struct ct_light *light)
{
    ct_v3 across = v3_cross(light->half_u, light->half_v);
    float area = 4 * v3_len(across);
    if (!(area > 1e-6f && area < 1e12f))
        return false;
    *lamp = (struct ct_lamp){
        .center = light->center,
        .half_u = light->half_u,
        .half_v = light->half_v,
        .normal = v3_norm(across),
        .radiance = light->radiance,
        .to_u = v3_scale(light->half_u, 1.0f / v3_dot(light->half_u, light->half_u)),
        .to_v = v3_scale(light->half_v, 1.0f / v3_dot(light->half_v, light->half_v)),
        .area = area,
        .shape = light->shape,
        .camera_visible = light->camera_visible,
    };
    return true;
}

/* Diameters of circles of confusion, in pixels, up to which things count as sharp. */
#define SHARP_CIRCLE 8.0f

static void prepare_camera(struct ct_tracer *t, const struct ct_tracer_params *params)
{
    const struct ct_camera *camera = &t->world->camera;
    ct_v3 look = v3_sub(camera->target, camera->eye);
    float distance = v3_len(look), fov = ct_clampf(camera->fov_deg, 0.1f, 170.0f);
    t->eye = camera->eye;
    t->forward = distance > 0 ? v3_norm(look) : v3(0, 0, -1);
    /* Straight down or up there is no horizon to keep level: -z is the top of the picture. */
    ct_v3 up = fabsf(t->forward.y) > 0.9999f ? v3(0, 0, -1) : v3(0, 1, 0);
    t->right = v3_norm(v3_cross(t->forward, up));
    t->up = v3_cross(t->right, t->forward);
    t->half_height = ct_tanf(fov * CT_PI / 360.0f);
    if (camera->orthographic)
        t->half_height *= distance > 0 ? distance : 1;
    t->half_width = t->half_height * (float)params->width / (float)params->height;
    t->aperture = camera->orthographic ? 0 : ct_maxf(camera->aperture_cm, 0);
    t->focus = camera->focus_cm > 0 ? camera->focus_cm : ct_maxf(distance, 1e-3f);
    t->in_focus = SHARP_CIRCLE * t->half_height * t->focus / (float)params->height;
}

ct_code ct_tracer_init(struct ct_tracer *tracer, const struct ct_world *world,
                       const struct ct_tracer_params *params, struct ct_err *err)
{
    *tracer = (struct ct_tracer){
        .world = world,
        .width = params->in_squares ? (params->width + 1) / 2 : params->width,
        .height = params->in_squares ? (params->height + 1) / 2 : params->height,
        .in_squares = params->in_squares,
        .cancel = params->cancel,
    };
    ct_sampler_seeds_init(&tracer->seeds, params->seed);
    while (1 << tracer->sample_bits < params->samples)
        tracer->sample_bits++;
    CT_TRY(check_world(world, err));
    prepare_camera(tracer, params);
    for (int i = 0; i < world->n_lights; i++)
        if (ct_lamp_prepare(&tracer->lamps[tracer->n_lamps], &world->lights[i]))
            tracer->n_lamps++;
    return ct_bvh_build(&tracer->bvh, world, params->cancel, err);
}

void ct_tracer_release(struct ct_tracer *tracer)
{
    ct_bvh_release(&tracer->bvh);
}
