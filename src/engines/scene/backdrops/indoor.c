/* Walls, windows and quiet things for the backdrops that show a room. */
#include "engines/scene/backdrops/indoor.h"

#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#include <stddef.h>

#define SMALLEST_CM 5.0f
#define MAX_BOOKS 48

float ct_indoor_unit(const struct ct_backdrop_stage *stage)
{
    return ct_maxf(stage->radius, SMALLEST_CM);
}

bool ct_indoor_on_floor(const struct ct_backdrop_stage *stage)
{
    return stage->radius > CT_FURNITURE_CM;
}

int ct_indoor_material(const struct ct_backdrop_stage *stage, enum ct_material_id id, ct_v3 color)
{
    struct ct_material m;
    ct_material_make(&m, &(struct ct_look){ .material = id, .color = color, .has_color = true });
    return ct_world_add_material(stage->world, &m);
}

int ct_indoor_glow(const struct ct_backdrop_stage *stage, ct_v3 radiance)
{
    struct ct_material m;
    ct_material_make(&m, &(struct ct_look){ .material = CT_MATERIAL_matte });
    m.surface.base_color = v3(0.6f, 0.6f, 0.6f);
    m.surface.specular = 0;
    m.surface.emission = radiance;
    return ct_world_add_material(stage->world, &m);
}

void ct_indoor_top(const struct ct_backdrop_stage *stage, float back, float thickness)
{
    if (stage->from_above)
        back = 60 * stage->radius;
    float front = ct_backdrop_front(stage), half_width = ct_backdrop_half_width(stage, back);
    struct ct_mesh *slab =
        ct_shape_box(v3(half_width, thickness / 2, (front + back) / 2), 0.08f * thickness, 4);
    ct_mesh_move(slab, v3(0, -thickness / 2, (front - back) / 2));
    ct_backdrop_add(stage, slab, stage->support);
}

void ct_indoor_floor(const struct ct_backdrop_stage *stage, float behind)
{
    float front = ct_backdrop_front(stage), half_width = ct_backdrop_half_width(stage, behind);
    ct_backdrop_add(stage,
                    ct_shape_quad(v3(0, 0, (front - behind) / 2), v3(half_width, 0, 0),
                                  v3(0, 0, -(front + behind) / 2)),
                    stage->support);
}

void ct_indoor_wall(const struct ct_backdrop_stage *stage, float behind, float y, int material)
{
    float half_width = 1.6f * ct_backdrop_half_width(stage, behind);
    float half_height = 0.6f * ct_backdrop_half_width(stage, behind) + 20 * stage->radius;
    ct_backdrop_add(
        stage,
        ct_shape_quad(v3(0, y + half_height, -behind), v3(half_width, 0, 0), v3(0, half_height, 0)),
        material);
}

void ct_indoor_blocks(const struct ct_backdrop_stage *stage, const struct ct_block *blocks, int n,
                      float edge, int material)
{
    ct_backdrop_add(stage, ct_shape_blocks(blocks, n, edge, 2), material);
}

void ct_indoor_ball(const struct ct_backdrop_stage *stage, ct_v3 center, ct_v3 radii, int material)
{
    struct ct_mesh *mesh = ct_shape_ellipsoid(radii, 40);
    ct_mesh_move(mesh, center);
    ct_backdrop_add(stage, mesh, material);
}

void ct_indoor_vessel(const struct ct_backdrop_stage *stage, int kind, ct_v3 foot, float h,
                      int material)
{
    const struct ct_corner jar[] = { { 0, 0, 0 },
                                     { 0.34f * h, 0, 0.05f * h },
                                     { 0.36f * h, 0.72f * h, 0.1f * h },
                                     { 0.26f * h, 0.84f * h, 0.05f * h },
                                     { 0.30f * h, 0.86f * h, 0.01f * h },
                                     { 0.30f * h, h, 0.02f * h },
                                     { 0, h, 0 } };
    const struct ct_corner bottle[] = { { 0, 0, 0 },
                                        { 0.15f * h, 0, 0.03f * h },
                                        { 0.15f * h, 0.56f * h, 0.12f * h },
                                        { 0.05f * h, 0.72f * h, 0.1f * h },
                                        { 0.05f * h, 0.95f * h, 0.01f * h },
                                        { 0.055f * h, h, 0.01f * h },
                                        { 0, h, 0 } };
    const struct ct_corner bowl[] = {
        { 0, 0, 0 },         { 0.4f * h, 0, 0.03f * h },  { 0.8f * h, 0.5f * h, 0.4f * h },
        { h, h, 0.03f * h }, { 0.94f * h, h, 0.03f * h }, { 0.4f * h, 0.2f * h, 0.4f * h },
        { 0, 0.15f * h, 0 }
    };
    const struct ct_corner pot[] = { { 0, 0, 0 },
                                     { 0.33f * h, 0, 0.04f * h },
                                     { 0.45f * h, h, 0.04f * h },
                                     { 0.40f * h, h, 0.03f * h },
                                     { 0.37f * h, 0.85f * h, 0 },
                                     { 0, 0.85f * h, 0 } };
    static const int counts[] = { 7, 7, 7, 6 };
    const struct ct_corner *const profiles[] = { jar, bottle, bowl, pot };
    struct ct_curve curve;
    ct_curve_fillet(&curve, profiles[kind & 3], counts[kind & 3], 5);
    struct ct_mesh *mesh = ct_shape_revolve(&curve, 56, 40);
    ct_mesh_move(mesh, foot);
    ct_backdrop_add(stage, mesh, material);
}

void ct_indoor_window(const struct ct_backdrop_stage *stage, ct_v3 c, float hw, float hh,
                      ct_v3 light)
{
    float f = 0.06f * hw;
    struct ct_block bars[7] = {
        { { c.x - hw, c.y, c.z }, { f, hh + f, f } },
        { { c.x + hw, c.y, c.z }, { f, hh + f, f } },
        { { c.x, c.y - hh, c.z }, { hw, f, f } },
        { { c.x, c.y + hh, c.z }, { hw, f, f } },
        { { c.x, c.y, c.z }, { 0.6f * f, hh, 0.6f * f } },
        { { c.x, c.y + 0.2f * hh, c.z }, { hw, 0.6f * f, 0.6f * f } },
        { { c.x, c.y - hh - 1.6f * f, c.z + 1.5f * f }, { hw + 3 * f, 0.7f * f, 3 * f } },
    };
    ct_backdrop_add(stage, ct_shape_quad(v3(c.x, c.y, c.z + 0.1f * f), v3(hw, 0, 0), v3(0, hh, 0)),
                    ct_indoor_glow(stage, light));
    ct_indoor_blocks(stage, bars, 7, 0.15f * f,
                     ct_indoor_material(stage, CT_MATERIAL_matte, v3(0.85f, 0.85f, 0.83f)));
}

void ct_indoor_books(const struct ct_backdrop_stage *stage, float x0, float x1, float y, float z,
                     float height, uint32_t seed)
{
    static const ct_v3 cloths[] = { { 0.32f, 0.10f, 0.07f },
                                    { 0.07f, 0.12f, 0.17f },
                                    { 0.48f, 0.42f, 0.32f },
                                    { 0.10f, 0.16f, 0.11f } };
    enum { N_CLOTHS = sizeof(cloths) / sizeof(*cloths) };
    struct ct_block books[N_CLOTHS][MAX_BOOKS];
    int n[N_CLOTHS] = { 0 };
    float x = x0;
    for (uint32_t k = 0; x < x1 && k < 200; k++) {
        uint32_t h = ct_hash32_combine(seed, k);
        float thick = height * (0.05f + 0.07f * ct_hash32_unit(h));
        float tall = height * (0.72f + 0.26f * ct_hash32_unit(ct_hash32(h + 1)));
        int cloth = (int)(ct_hash32(h + 2) % N_CLOTHS);
        if (ct_hash32_unit(ct_hash32(h + 3)) < 0.06f)
            x += 2 * thick; /* a gap, where somebody is reading */
        if (n[cloth] < MAX_BOOKS)
            books[cloth][n[cloth]++] =
                (struct ct_block){ { x + thick, y + tall / 2, z - 0.3f * height },
                                   { 0.94f * thick, tall / 2, 0.3f * height } };
        x += 2 * thick;
    }
    for (int i = 0; i < N_CLOTHS; i++)
        if (n[i] > 0)
            ct_indoor_blocks(stage, books[i], n[i], 0.012f * height,
                             ct_indoor_material(stage, CT_MATERIAL_matte, cloths[i]));
}

void ct_indoor_plant(const struct ct_backdrop_stage *stage, ct_v3 foot, float h)
{
    enum { LEAVES = 26 };
    float places[LEAVES][12];
    ct_indoor_vessel(stage, 3, foot, 0.32f * h,
                     ct_indoor_material(stage, CT_MATERIAL_matte, v3(0.66f, 0.62f, 0.56f)));
    for (uint32_t k = 0; k < LEAVES; k++) {
        float s, c, t = ct_hash32_unit(ct_hash32(k + 9)), lean = 0.35f + 0.9f * t;
        ct_sincosf(2.39996f * (float)k, &s, &c);
        ct_matrix_stand(places[k], v3_add(foot, v3(0.05f * h * c, 0.28f * h, 0.05f * h * s)),
                        v3(lean * c, 1, lean * s), 2.4f * (float)k,
                        (0.62f + 0.3f * ct_hash32_unit(ct_hash32(k))) * h);
    }
    struct ct_mesh *leaf = ct_shape_ellipsoid(v3(0.085f, 0.4f, 0.02f), 16);
    ct_mesh_move(leaf, v3(0, 0.4f, 0));
    ct_backdrop_add(stage, ct_shape_copies(leaf, (const float(*)[12])places, LEAVES),
                    ct_indoor_material(stage, CT_MATERIAL_foliage, v3(0.10f, 0.19f, 0.09f)));
    ct_mesh_free(&leaf);
}
