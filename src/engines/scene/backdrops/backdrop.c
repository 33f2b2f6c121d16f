/* What all backdrops share. Called by stage/build.c, once for a world. */
#include "engines/scene/backdrops/backdrop.h"

#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"

#include <stddef.h>

static const ct_backdrop_fn backdrops[] = {
#define CT_BACKDROP(id, words) ct_backdrop_##id,
#include "engines/scene/backdrops/backdrops.def"
#undef CT_BACKDROP
};

void ct_backdrop_build(enum ct_backdrop_id id, const struct ct_backdrop_stage *stage)
{
    backdrops[id >= 0 && id < CT_BACKDROP_COUNT ? id : CT_BACKDROP_table](stage);
}

void ct_backdrop_add(const struct ct_backdrop_stage *stage, struct ct_mesh *mesh, int material)
{
    float place[12], to_local[12];
    ct_matrix_place(place, stage->origin, stage->yaw, 1);
    ct_matrix_invert_place(to_local, stage->origin, stage->yaw, 1);
    to_local[3] += stage->texture_shift.x;
    to_local[7] += stage->texture_shift.y;
    to_local[11] += stage->texture_shift.z;
    if (mesh) {
        mesh->material = material < 0 ? 0 : material;
        ct_mesh_transform(mesh, place);
    }
    ct_world_add_mesh(stage->world, mesh, -1, to_local);
}

float ct_backdrop_half_width(const struct ct_backdrop_stage *stage, float behind)
{
    return 17 * stage->radius + 1.4f * stage->view_slope * (stage->to_camera + behind);
}

float ct_backdrop_front(const struct ct_backdrop_stage *stage)
{
    return stage->from_above ? 60 * stage->radius : stage->to_camera + 4 * stage->radius;
}

static struct ct_mesh *extrude(const struct ct_curve *profile, float half_width)
{
    uint32_t n = (uint32_t)profile->n;
    struct ct_mesh *mesh = ct_mesh_new(2 * n, 2 * n);
    if (!mesh)
        return NULL;
    for (int i = 0; i < profile->n; i++) {
        ct_v2 a = profile->p[i ? i - 1 : 0], b = profile->p[i + 1 < profile->n ? i + 1 : i];
        ct_v3 normal = v3_norm(v3(0, a.x - b.x, b.y - a.y));
        ct_mesh_vertex(mesh, v3(-half_width, profile->p[i].y, profile->p[i].x), normal);
        ct_mesh_vertex(mesh, v3(half_width, profile->p[i].y, profile->p[i].x), normal);
    }
    for (uint32_t i = 0; i + 1 < n; i++) {
        ct_mesh_triangle(mesh, 2 * i, 2 * i + 1, 2 * i + 3);
        ct_mesh_triangle(mesh, 2 * i, 2 * i + 3, 2 * i + 2);
    }
    return mesh;
}

void ct_backdrop_cyclorama(const struct ct_backdrop_stage *stage, int material)
{
    const int steps = 64;
    float r = stage->radius, bend = 6 * r, behind = stage->from_above ? 60 * r : 5 * r;
    struct ct_curve profile = { .n = 0 };
    ct_curve_add(&profile, v2(ct_backdrop_front(stage), 0));
    for (int i = 0; i <= steps; i++) {
        float s, c;
        ct_sincosf(CT_PI / 2 * (float)i / (float)steps, &s, &c);
        ct_curve_add(&profile, v2(-behind - bend * s, bend * (1 - c)));
    }
    ct_curve_add(&profile, v2(-behind - bend, 150 * r));
    float half_width = 2 * ct_backdrop_half_width(stage, behind + bend);
    ct_backdrop_add(stage, extrude(&profile, half_width), material);
}
