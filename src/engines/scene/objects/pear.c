/* A pear: a heavy lower half, a leaning neck, a bent stem. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/parts.h"

#define RADIUS 3.75f
#define BODY_HEIGHT 8.7f
#define HEIGHT 10.6f

const struct ct_object_shape ct_object_pear_shape = {
    .min = { -RADIUS, 0, -RADIUS },
    .max = { RADIUS, HEIGHT, RADIUS },
    .on_y = HEIGHT,
    .yaw = 0.3f,
};

static float lean(float y)
{
    return 0.05f * ct_maxf(y - 4, 0) * ct_maxf(y - 4, 0) * 0.6f;
}

static struct ct_mesh *body(float shift)
{
    static const ct_v2 knots[] = { { 0, 0.5f },      { 0.45f, 0.35f }, { 1.1f, 0.04f },
                                   { 1.8f, 0.1f },   { 2.8f, 0.8f },   { 3.5f, 1.9f },
                                   { RADIUS, 3.1f }, { 3.4f, 4.5f },   { 2.55f, 5.8f },
                                   { 1.85f, 7.0f },  { 1.5f, 7.9f },   { 1.0f, 8.5f },
                                   { 0.45f, 8.6f },  { 0.2f, 8.35f },  { 0, 8.3f } };
    struct ct_curve profile;
    ct_curve_spline(&profile, knots, 15, 8);
    for (int i = 0; i < profile.n; i++)
        profile.p[i] = v2(ct_maxf(profile.p[i].x, 0), ct_maxf(profile.p[i].y, 0));
    struct ct_mesh *mesh = ct_shape_revolve(&profile, 112, 80);
    for (uint32_t i = 0; mesh && i < mesh->n_vertices; i++) {
        ct_v3 p = ct_mesh_position(mesh, i);
        float k = 1 + 0.035f * ct_noise3(v3(0.4f * p.x + shift, 0.4f * p.y, 0.4f * p.z));
        ct_mesh_set_position(mesh, i, v3(p.x * k + lean(p.y), p.y, p.z * k));
    }
    ct_mesh_smooth(mesh);
    return mesh;
}

void ct_object_pear(struct ct_object_builder *b)
{
    const float x = lean(BODY_HEIGHT);
    const ct_v2 knots[] = {
        { x, 8.1f }, { x + 0.05f, 9.0f }, { x + 0.3f, 9.9f }, { x + 0.85f, HEIGHT }
    };
    int skin = ct_part_body(b, v3(0.56f, 0.50f, 0.07f));
    if (skin >= 0 && b->object->look.material == CT_MATERIAL_fruit_skin) {
        struct ct_material *m = &b->world->materials[skin];
        m->param[0] = HEIGHT;
        if (ct_part_is_natural(b))
            m->color2 = v3(0.60f, 0.30f, 0.06f);
    }
    ct_object_add_part(b, body(20 * ct_part_random(b, 0)), skin);
    ct_object_add_part(b, ct_part_rod(knots, 4, 0.16f, 0.2f),
                       ct_part_dressed(b, CT_MATERIAL_matte, v3(0.085f, 0.045f, 0.018f)));
}
