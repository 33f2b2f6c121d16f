/* A solitaire ring standing on its band: a brilliant of 57 facets in four claws. The look's
 * material is the band's; a colour without a material is the stone's. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/parts.h"

#include <stddef.h>

#define BAND_RADIUS 0.95f /* to the middle of the metal */
#define BAND_HALF 0.10f
#define STONE 0.43f /* radius at the girdle */
#define GIRDLE_Y 2.42f
#define HEIGHT 2.62f

const struct ct_object_shape ct_object_ring_shape = {
    .min = { -BAND_RADIUS - BAND_HALF, 0, -0.46f },
    .max = { BAND_RADIUS + BAND_HALF, HEIGHT, 0.46f },
    .on_y = HEIGHT,
    .yaw = 0.55f,
};

/* Comfort fit: flat inside, round outside, a little wider at the bottom. */
static ct_v3 band_at(const void *ctx, float u, float v)
{
    float s, c, sa, ca;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    ct_sincosf(2 * CT_PI * v, &sa, &ca);
    float wide = 0.15f + 0.03f * (0.5f - 0.5f * sa);
    float r = BAND_RADIUS + BAND_HALF * (c > 0 ? c : 0.55f * c);
    return v3(r * ca, BAND_RADIUS + BAND_HALF + r * sa, wide * s);
}

/* A flat facet with its own normal, wound to face away from the stone's axis point. */
static void facet(struct ct_mesh *mesh, ct_v3 a, ct_v3 b, ct_v3 c)
{
    ct_v3 inside = v3(0, GIRDLE_Y - 0.05f, 0);
    ct_v3 n = v3_norm(v3_cross(v3_sub(b, a), v3_sub(c, a)));
    bool out = v3_dot(n, v3_sub(a, inside)) > 0;
    n = out ? n : v3_scale(n, -1);
    uint32_t i = ct_mesh_vertex(mesh, a, n);
    ct_mesh_vertex(mesh, out ? b : c, n);
    ct_mesh_vertex(mesh, out ? c : b, n);
    ct_mesh_triangle(mesh, i, i + 1, i + 2);
}

static ct_v3 around(float radius, float y, float eighths)
{
    float s, c;
    ct_sincosf(CT_PI / 4 * eighths, &s, &c);
    return v3(STONE * radius * c, GIRDLE_Y + STONE * y, STONE * radius * s);
}

/* Tolkowsky's proportions: table 53 %, crown 16 %, pavilion 43 % of the diameter. Kites and mains
 * are split in two triangles of one plane. */
static struct ct_mesh *brilliant(void)
{
    struct ct_mesh *mesh = ct_mesh_new(3 * 8 * 16, 8 * 16);
    if (!mesh)
        return NULL;
    const float table = 0.53f, crown = 0.324f, pavilion = -0.862f, star = 0.73f, star_y = 0.205f;
    const float girdle = 0.02f, low = 0.26f, low_y = -0.655f;
    ct_v3 top = around(0, crown, 0), culet = around(0, pavilion, 0);
    for (int i = 0; i < 8; i++) {
        float k = (float)i;
        ct_v3 t0 = around(table, crown, k), t1 = around(table, crown, k + 1);
        ct_v3 s = around(star, star_y, k + 0.5f), s_before = around(star, star_y, k - 0.5f);
        ct_v3 g0 = around(1, girdle, k), gh = around(1, girdle, k + 0.5f);
        ct_v3 g1 = around(1, girdle, k + 1), b0 = around(1, -girdle, k);
        ct_v3 bh = around(1, -girdle, k + 0.5f), b1 = around(1, -girdle, k + 1);
        ct_v3 p0 = around(low, low_y, k + 0.5f), p_before = around(low, low_y, k - 0.5f);
        facet(mesh, top, t0, t1);
        facet(mesh, t0, t1, s);
        facet(mesh, t0, s_before, g0);
        facet(mesh, t0, s, g0);
        facet(mesh, s, g0, gh);
        facet(mesh, s, gh, g1);
        facet(mesh, g0, gh, b0);
        facet(mesh, gh, bh, b0);
        facet(mesh, gh, g1, bh);
        facet(mesh, g1, b1, bh);
        facet(mesh, b0, bh, p0);
        facet(mesh, bh, b1, p0);
        facet(mesh, b0, p0, p_before);
        facet(mesh, p0, p_before, culet);
    }
    return mesh;
}

static void add_setting(struct ct_object_builder *b, int metal)
{
    static const struct ct_corner basket[] = {
        { 0.17f, 2.12f, 0 },    { 0.2f, 2.08f, 0.02f },  { 0.3f, 2.2f, 0.02f },
        { 0.3f, 2.25f, 0.02f }, { 0.24f, 2.25f, 0.02f }, { 0.17f, 2.12f, 0 },
    };
    static const ct_v2 claw[] = {
        { 0.1f, 1.98f }, { 0.26f, 2.16f }, { 0.42f, 2.34f }, { 0.455f, 2.43f }, { 0.455f, 2.52f }
    };
    ct_part_turned(b, basket, 6, metal);
    for (int k = 0; k < 4; k++) {
        struct ct_mesh *rod = ct_part_rod(claw, 5, 0.055f, 0.042f);
        ct_mesh_rotate(rod, 1, CT_PI / 4 + CT_PI / 2 * (float)k);
        ct_object_add_part(b, rod, metal);
        struct ct_mesh *tip = ct_shape_ellipsoid(v3(0.065f, 0.045f, 0.05f), 16);
        ct_mesh_move(tip, v3(0.425f, 2.53f, 0));
        ct_mesh_rotate(tip, 1, CT_PI / 4 + CT_PI / 2 * (float)k);
        ct_object_add_part(b, tip, metal);
    }
}

void ct_object_ring(struct ct_object_builder *b)
{
    const struct ct_look *look = &b->object->look;
    bool stone_colored = look->has_color && look->material == CT_MATERIAL_gold;
    int metal = stone_colored ? ct_object_part(b, CT_MATERIAL_gold) : b->body;
    int stone = stone_colored ? ct_object_part_colored(b, CT_MATERIAL_diamond, look->color)
                              : ct_object_part(b, CT_MATERIAL_diamond);
    struct ct_mesh *band = ct_shape_grid(&(struct ct_grid){ 40, 160, true, band_at, NULL });
    ct_object_add_part(b, band, metal);
    add_setting(b, metal);
    ct_object_add(b, brilliant(), stone, ct_object_medium(b, CT_MATERIAL_diamond), 0);
}
