/* A layer cake with a piece cut out: three sponges, cream between them, piped rosettes with a
 * cherry on each. The look is the frosting's. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/parts.h"

#include <stddef.h>

#define RADIUS 9.2f
#define FOOT_Y 0.5f /* thickness of the golden board */
#define TOP_Y 9.4f
#define COAT 0.42f /* of frosting */
#define CUT_FROM 0.95f
#define CUT_TO 1.85f /* angles, around the front (pi / 2) */
#define ROSETTES 9
#define HEIGHT 12.3f

const struct ct_object_shape ct_object_cake_shape = {
    .min = { -10.4f, 0, -10.4f },
    .max = { 10.4f, HEIGHT, 10.4f },
    .on_y = TOP_Y,
    .yaw = 0.3f,
};

/* v: from the axis at the foot to the rim, up the side, over the edge, back to the axis. */
static ct_v2 outline(float v)
{
    const float e = 0.6f;
    if (v < 0.2f)
        return v2(RADIUS * v / 0.2f, FOOT_Y);
    if (v < 0.6f)
        return v2(RADIUS, ct_lerp(FOOT_Y, TOP_Y - e, (v - 0.2f) / 0.4f));
    if (v < 0.75f) {
        float s, c;
        ct_sincosf(CT_PI / 2 * (v - 0.6f) / 0.15f, &s, &c);
        return v2(RADIUS - e + e * c, TOP_Y - e + e * s);
    }
    return v2((RADIUS - e) * (1 - (v - 0.75f) / 0.25f), TOP_Y);
}

static ct_v3 outside_at(const void *ctx, float u, float v)
{
    const float *shift = ctx;
    float s, c, angle = ct_lerp(CUT_TO, CUT_FROM + 2 * CT_PI, u);
    ct_v2 p = outline(v);
    ct_sincosf(angle, &s, &c);
    float wave = 0.05f * ct_noise3(v3(1.5f * c + *shift, 0.9f * p.y, 1.5f * s));
    float r = p.x + (v > 0.2f && v < 0.75f ? wave : 0);
    return v3(r * c, p.y, r * s);
}

/* A side of the cut: u from the axis outwards, v up; the rim follows the outline. */
static ct_v3 cut_at(const void *ctx, float u, float v)
{
    const float *angle = ctx;
    float s, c, y = ct_lerp(FOOT_Y, TOP_Y, v), r = RADIUS, e = 0.6f;
    if (y > TOP_Y - e)
        r = RADIUS - e + sqrtf(ct_maxf(e * e - (y - TOP_Y + e) * (y - TOP_Y + e), 0));
    ct_sincosf(*angle, &s, &c);
    return v3(r * u * c, y, r * u * s);
}

/* Sponge with pores between bands of cream, in a coat of frosting. param[0]: pinkness of none. */
static void crumb_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    ct_v3 p = at->local;
    float r = ct_hypotf(p.x, p.z), pores = 0, wobble = 0;
    if (at->bounce == 0) {
        pores = ct_noise3(v3_scale(p, 4.5f));
        wobble = 0.07f * ct_noise3(v3(0.9f * p.x, 0.9f * p.z, 3));
    }
    float inside = (TOP_Y - COAT - FOOT_Y) / 3, layer = (p.y + wobble - FOOT_Y) / inside;
    float from_cream = fabsf(layer - ct_floorf(layer + 0.5f)) * inside;
    bool cream = (from_cream < 0.26f && layer > 0.5f) || r > RADIUS - COAT || p.y > TOP_Y - COAT;
    if (cream)
        return;
    s->base_color =
        v3_scale(m->color2, 1 + 0.22f * pores - 0.35f * ct_smoothstep(0.35f, 0.6f, pores));
    s->roughness = 0.9f;
    s->coat = 0;
    ct_v3 q = v3_scale(p, 5);
    if (at->bounce == 0)
        s->normal = ct_bend_normal(at, v3_scale(v3(ct_noise3(q), ct_noise3(v3_add(q, v3(3, 7, 1))),
                                                   ct_noise3(v3_add(q, v3(6, 2, 9)))),
                                                0.28f));
}

/* A star-piped rosette: a cone of eight twisted lobes. */
static ct_v3 rosette_at(const void *ctx, float u, float v)
{
    float s, c, t = v, lobe = ct_cosf(2 * CT_PI * 8 * u);
    float r = 1.35f * ct_powf(ct_maxf(1 - t, 0), 0.62f) * (1 + 0.13f * lobe);
    if (t <= 0)
        r = 0;
    else if (t < 0.08f)
        r *= sqrtf(t / 0.08f);
    ct_sincosf(2 * CT_PI * u + 1.6f * t, &s, &c);
    return v3(r * c, 1.35f * t, r * s);
}

static struct ct_mesh *cherry(void)
{
    struct ct_mesh *mesh = ct_shape_ellipsoid(v3(0.85f, 0.80f, 0.85f), 40);
    ct_mesh_move(mesh, v3(0, 1.55f, 0));
    return mesh;
}

static void add_decoration(struct ct_object_builder *b)
{
    float places[ROSETTES][12];
    for (int i = 0; i < ROSETTES; i++) {
        float s, c, span = 2 * CT_PI - (CUT_TO - CUT_FROM);
        ct_sincosf(CUT_TO + span * ((float)i + 0.5f) / ROSETTES, &s, &c);
        ct_matrix_stand(places[i], v3(7.1f * c, TOP_Y - 0.03f, 7.1f * s), v3(0, 1, 0),
                        6.28f * ct_part_random(b, i), 0.97f + 0.06f * ct_part_random(b, i + 20));
    }
    const float(*at)[12] = (const float(*)[12])places;
    struct ct_mesh *rosette = ct_shape_grid(&(struct ct_grid){ 96, 28, true, rosette_at, NULL });
    ct_object_add_part(b, ct_shape_copies(rosette, at, ROSETTES), b->body);
    ct_mesh_free(&rosette);
    struct ct_mesh *fruit = cherry();
    int red = ct_part_dressed(b, CT_MATERIAL_ceramic, v3(0.42f, 0.008f, 0.014f));
    ct_object_add_part(b, ct_shape_copies(fruit, at, ROSETTES), red);
    ct_mesh_free(&fruit);
}

void ct_object_cake(struct ct_object_builder *b)
{
    static const struct ct_corner board[] = {
        { 0, 0, 0 }, { 10.2f, 0, 0.1f }, { 10.2f, FOOT_Y, 0.15f }, { 0, FOOT_Y, 0 }
    };
    float shift = 20 * ct_part_random(b, 99), from = CUT_FROM, to = CUT_TO;
    int crumb = b->body;
    if (b->body >= 0 && b->object->look.material == CT_MATERIAL_frosting) {
        struct ct_material m = b->world->materials[b->body];
        m.texture = crumb_texture;
        m.color2 = v3(0.72f, 0.46f, 0.17f);
        crumb = ct_world_add_material(b->world, &m);
    }
    ct_part_turned(b, board, 4, ct_object_part(b, CT_MATERIAL_gold));
    struct ct_mesh *mesh = ct_shape_grid(&(struct ct_grid){ 160, 80, false, outside_at, &shift });
    ct_object_add_part(b, mesh, b->body);
    mesh = ct_shape_grid(&(struct ct_grid){ 24, 60, false, cut_at, &from });
    ct_mesh_flip(mesh);
    ct_object_add_part(b, mesh, crumb);
    mesh = ct_shape_grid(&(struct ct_grid){ 24, 60, false, cut_at, &to });
    ct_object_add_part(b, mesh, crumb);
    add_decoration(b);
}
