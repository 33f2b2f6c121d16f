/* A square flacon of thick glass, half a finger of air over the perfume, a brushed gold stopper.
 *
 * Of glass it nests three media exactly (glass, liquid, air; see vessel.c for the scheme); of any
 * other material it is a solid body. The look's colour is the perfume's. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/object.h"

#include <stddef.h>

#define BODY_HALF v3(2.9f, 3.6f, 1.55f)
#define BODY_Y 3.62f /* centre of the body: a hair over the support */
#define BODY_FILLET 0.42f
#define CAVITY_HALF v3(2.32f, 2.75f, 1.0f)
#define CAVITY_Y 3.78f
#define CAVITY_FILLET 0.5f
#define LEVEL 5.55f
#define NECK_Y 7.1f
#define CAP_Y 7.9f
#define CAP_HALF v3(1.28f, 1.15f, 1.1f)

const struct ct_object_shape ct_object_perfume_shape = {
    .min = { -2.9f, 0, -1.55f },
    .max = { 2.9f, 10.2f, 1.55f },
    .on_y = 10.2f,
    .on_radius = 1.1f,
    .yaw = -0.42f,
    .parts = "cap|lid|stopper|top|collar",
    .label = { CT_DECAL_FRONT, { 0, BODY_Y, 1.55f }, 1.9f, 1.7f },
};

/* The part of a box-like mesh below (or above) a level its sides cross upright: triangles on the
 * other side are dropped, those across it are squeezed against it. */
static struct ct_mesh *cut_at(const struct ct_mesh *whole, float level, bool below)
{
    if (!whole)
        return NULL;
    struct ct_mesh *part = ct_mesh_new(whole->n_vertices, whole->n_triangles);
    if (!part)
        return NULL;
    for (uint32_t i = 0; i < whole->n_vertices; i++) {
        ct_v3 p = ct_mesh_position(whole, i);
        p.y = below ? ct_minf(p.y, level) : ct_maxf(p.y, level);
        ct_mesh_vertex(part, p, ct_mesh_normal(whole, i));
    }
    for (uint32_t t = 0; t < whole->n_triangles; t++) {
        const uint32_t *k = whole->indices + 3 * (size_t)t;
        bool inside = false;
        for (int c = 0; c < 3; c++) {
            float y = whole->positions[3 * (size_t)k[c] + 1];
            inside = inside || (below ? y < level : y > level);
        }
        if (inside)
            ct_mesh_triangle(part, k[0], k[1], k[2]);
    }
    return part;
}

/* A flat rounded rectangle facing up, as large as the cavity. */
static struct ct_mesh *level_surface(void)
{
    enum { CORNER_STEPS = 16, AROUND = 4 * (CORNER_STEPS + 1) };
    struct ct_mesh *mesh = ct_mesh_new(AROUND + 1, AROUND);
    if (!mesh)
        return NULL;
    ct_v3 half = CAVITY_HALF, up = v3(0, 1, 0);
    uint32_t middle = ct_mesh_vertex(mesh, v3(0, LEVEL, 0), up);
    for (int i = 0; i < AROUND; i++) {
        int corner = i / (CORNER_STEPS + 1), step = i % (CORNER_STEPS + 1);
        float s, c;
        ct_sincosf(CT_PI / 2 * ((float)corner + (float)step / CORNER_STEPS), &s, &c);
        float x = (corner == 0 || corner == 3 ? 1.0f : -1.0f) * (half.x - CAVITY_FILLET);
        float z = (corner < 2 ? 1.0f : -1.0f) * (half.z - CAVITY_FILLET);
        ct_mesh_vertex(mesh, v3(x + CAVITY_FILLET * c, LEVEL, z + CAVITY_FILLET * s), up);
    }
    for (uint32_t i = 0; i < AROUND; i++)
        ct_mesh_triangle(mesh, middle, 1 + (i + 1) % AROUND, 1 + i);
    return mesh;
}

/* The perfume absorbs what its colour lacks over two centimetres. */
static int perfume_medium(struct ct_object_builder *b)
{
    struct ct_medium amber = { 1.36f, { 0.03f, 0.14f, 0.42f } };
    if (b->object->look.has_color) {
        const float path_cm = 3.2f;
        ct_v3 c = b->object->look.color;
        amber.absorption = v3(-ct_logf(ct_clampf(c.x, 0.03f, 0.99f)) / path_cm,
                              -ct_logf(ct_clampf(c.y, 0.03f, 0.99f)) / path_cm,
                              -ct_logf(ct_clampf(c.z, 0.03f, 0.99f)) / path_cm);
    }
    return ct_object_medium_of(b, &amber);
}

static void add_contents(struct ct_object_builder *b, int glass_material)
{
    int glass = ct_object_medium(b, CT_MATERIAL_glass), perfume = perfume_medium(b);
    struct ct_mesh *cavity = ct_shape_box(CAVITY_HALF, CAVITY_FILLET, 8);
    ct_mesh_move(cavity, v3(0, CAVITY_Y, 0));
    ct_object_add(b, cut_at(cavity, LEVEL, true), glass_material, perfume, glass);
    ct_object_add(b, cut_at(cavity, LEVEL, false), glass_material, 0, glass);
    ct_object_add(b, level_surface(), glass_material, perfume, 0);
    ct_mesh_free(&cavity);
}

static void add_ring(struct ct_object_builder *b, float radius, float from, float to, float fillet,
                     int material)
{
    const struct ct_corner profile[] = {
        { 0, from, 0 },
        { radius, from, fillet },
        { radius, to, fillet },
        { 0, to, 0 },
    };
    struct ct_curve curve;
    ct_curve_fillet(&curve, profile, 4, 6);
    ct_object_add_part(b, ct_shape_revolve(&curve, 128, 40), material);
}

void ct_object_perfume(struct ct_object_builder *b)
{
    int gold = ct_object_part(b, CT_MATERIAL_gold);
    struct ct_material stopper;
    ct_material_make(
        &stopper, &(struct ct_look){ .material = CT_MATERIAL_gold, .finish = CT_FINISH_BRUSHED });
    stopper.surface.roughness = 0.24f;
    stopper.scale = 60;
    int brushed = ct_world_add_material(b->world, &stopper);

    struct ct_mesh *body = ct_shape_box(BODY_HALF, BODY_FILLET, 10);
    ct_mesh_move(body, v3(0, BODY_Y, 0));
    if (ct_object_is_glass(b, b->body)) {
        struct ct_look clear = b->object->look;
        clear.has_color = false;
        struct ct_material glass;
        ct_material_make(&glass, &clear);
        int glass_material = ct_world_add_material(b->world, &glass);
        ct_object_add_part(b, body, glass_material);
        add_contents(b, glass_material);
    } else {
        ct_object_add_part(b, body, b->body);
    }
    gold = ct_object_accent(b, gold);
    add_ring(b, 1.05f, NECK_Y, NECK_Y + 0.52f, 0.08f, gold);
    add_ring(b, 0.88f, NECK_Y + 0.52f, CAP_Y, 0.03f, gold);
    struct ct_mesh *cap = ct_shape_box(CAP_HALF, 0.16f, 8);
    ct_mesh_move(cap, v3(0, CAP_Y + 1.15f, 0));
    ct_object_add_part(b, cap, ct_object_accent(b, brushed));
}
