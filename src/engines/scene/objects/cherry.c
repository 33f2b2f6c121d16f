/* A pair of cherries whose stems meet, one in front of the other. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/parts.h"

#include <stddef.h>

#define RADIUS 1.15f
#define HEIGHT 6.2f

const struct ct_object_shape ct_object_cherry_shape = {
    .min = { -2.75f, 0, -1.75f },
    .max = { 2.55f, HEIGHT, 1.75f },
    .on_y = 2,
    .yaw = 0.1f,
};

/* Heart-shaped: wider at the shoulder, dented at the stem. */
static ct_v3 flesh_at(const void *ctx, float u, float v)
{
    float su, cu, sv, cv;
    ct_sincosf(2 * CT_PI * u, &su, &cu);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    if (v <= 0 || v >= 1)
        cv = 0;
    float shoulder = 1 + 0.05f * sv;
    float dent = sv > 0 ? 0.28f * ct_expf(-cv * cv / 0.06f) : 0;
    float groove = 1 - 0.03f * ct_expf(-(1 - su) * (1 - su) / 0.004f);
    return v3(RADIUS * shoulder * groove * cv * cu, RADIUS * (0.95f + 0.93f * sv) - dent,
              RADIUS * shoulder * groove * cv * su);
}

static void add_one(struct ct_object_builder *b, ct_v3 at, float turn, int flesh, int stem)
{
    struct ct_mesh *mesh = ct_shape_grid(&(struct ct_grid){ 80, 56, true, flesh_at, NULL });
    ct_mesh_rotate(mesh, 1, turn);
    ct_mesh_move(mesh, v3(at.x, 0, at.z));
    ct_object_add_part(b, mesh, flesh);
    const ct_v2 knots[] = { { at.x, 1.72f },
                            { 0.86f * at.x, 2.9f },
                            { 0.50f * at.x, 4.5f },
                            { 0.1f * at.x, 5.75f },
                            { 0, HEIGHT - 0.08f } };
    struct ct_mesh *rod = ct_part_rod(knots, 5, 0.055f, 0.07f);
    for (uint32_t i = 0; rod && i < rod->n_vertices; i++) {
        ct_v3 p = ct_mesh_position(rod, i);
        float down = 1 - ct_smoothstep(1.7f, HEIGHT, p.y);
        p.z += at.z * down;
        ct_mesh_set_position(rod, i, p);
    }
    ct_mesh_smooth(rod);
    ct_object_add_part(b, rod, stem);
}

void ct_object_cherry(struct ct_object_builder *b)
{
    int flesh = ct_part_body(b, v3(0.30f, 0.006f, 0.014f));
    if (flesh >= 0 && b->object->look.material == CT_MATERIAL_fruit_skin) {
        struct ct_material *m = &b->world->materials[flesh];
        m->color2 = v3_scale(m->surface.base_color, 0.35f);
        m->surface.coat = 1;
        m->surface.coat_roughness = 0.1f;
        m->bump = 0;
        m->param[0] = 40; /* no pale shoulder */
    }
    int stem = ct_part_dressed(b, CT_MATERIAL_plastic, v3(0.15f, 0.21f, 0.03f));
    struct ct_mesh *knot = ct_shape_ellipsoid(v3(0.2f, 0.1f, 0.14f), 20);
    ct_mesh_move(knot, v3(0, HEIGHT - 0.08f, 0));
    add_one(b, v3(-1.5f, 0, 0.5f), 0.4f, flesh, stem);
    add_one(b, v3(1.35f, 0, -0.5f), -0.9f, flesh, stem);
    ct_object_add_part(b, knot, stem);
}
