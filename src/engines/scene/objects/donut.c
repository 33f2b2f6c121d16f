/* A ring doughnut: fried dough with its pale waist, icing run over the edge, sugar sprinkles. The
 * look's colour is the icing's. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/parts.h"

#include <stddef.h>

#define RING 3.05f /* middle of the dough */
#define HALF 1.75f /* of its section, across */
#define HALF_UP 1.5f
#define HEIGHT 3.25f
#define SPRINKLES 22 /* of each colour */

const struct ct_object_shape ct_object_donut_shape = {
    .min = { -RING - HALF - 0.1f, 0, -RING - HALF - 0.1f },
    .max = { RING + HALF + 0.1f, HEIGHT, RING + HALF + 0.1f },
    .on_y = HEIGHT,
    .yaw = 0.3f,
};

struct ring {
    float shift;
};

/* Around the section by angle t (0 outside, pi/2 top), `out` centimetres above the dough. */
static ct_v3 ring_at(const struct ring *ring, float around, float t, float out)
{
    float sa, ca, st, ct;
    ct_sincosf(around, &sa, &ca);
    ct_sincosf(t, &st, &ct);
    float swell = 1 + 0.05f * ct_noise3(v3(1.4f * ca + ring->shift, 1.4f * sa, 0.8f * st));
    float r = RING + (HALF * swell + out) * ct;
    float y = ct_maxf(HALF_UP + (HALF_UP + out) * (st > 0 ? st * swell : st * 0.98f), 0.03f);
    return v3(r * ca, y, r * sa);
}

static ct_v3 dough_at(const void *ctx, float u, float v)
{
    return ring_at(ctx, 2 * CT_PI * u, 2 * CT_PI * v, 0);
}

/* How far the icing runs down, as the angle of its edge; longer on the outside. */
static float icing_edge(const struct ring *ring, float around, float side)
{
    float s, c;
    ct_sincosf(around, &s, &c);
    float wave = ct_noise3(v3(2.3f * c + ring->shift, 2.3f * s, 5 + side)) +
                 0.6f * ct_noise3(v3(5 * c, 5 * s + ring->shift, 9 + side));
    return 0.16f + 0.24f * wave;
}

/* A blanket from edge to edge (v < 0.5) and back underneath: closed, thick and round-lipped. */
static ct_v3 icing_at(const void *ctx, float u, float v)
{
    const struct ring *ring = ctx;
    float around = 2 * CT_PI * u, over = v < 0.5f ? 2 * v : 2 - 2 * v;
    float from = icing_edge(ring, around, 0), to = CT_PI - icing_edge(ring, around, 3);
    float lip = ct_minf(over, 1 - over) / 0.09f;
    float round = lip < 1 ? sqrtf(ct_maxf(1 - (1 - lip) * (1 - lip), 0)) : 1;
    float out = (v < 0.5f ? 0.17f : -0.08f) * round;
    return ring_at(ring, around, ct_lerp(from, to, over), out);
}

static void add_sprinkles(struct ct_object_builder *b, const struct ring *ring)
{
    static const ct_v3 colors[] = { { 0.85f, 0.82f, 0.74f },
                                    { 0.85f, 0.48f, 0.03f },
                                    { 0.06f, 0.30f, 0.55f },
                                    { 0.25f, 0.50f, 0.10f },
                                    { 0.62f, 0.03f, 0.06f } };
    float places[SPRINKLES][12];
    for (int k = 0; k < 5; k++) {
        for (int i = 0; i < SPRINKLES; i++) {
            int id = 64 * k + 3 * i;
            float around = 2 * CT_PI * ((float)(i * 5 + k) / (5 * SPRINKLES));
            float t = CT_PI / 2 + 1.0f * (2 * ct_part_random(b, id) - 1);
            ct_v3 at = ring_at(ring, around, t, 0.19f);
            ct_v3 ahead = v3_sub(ring_at(ring, around + 0.02f, t, 0.19f), at);
            ct_v3 aside = v3_sub(ring_at(ring, around, t + 0.02f, 0.19f), at);
            float s, c;
            ct_sincosf(2 * CT_PI * ct_part_random(b, id + 1), &s, &c);
            ct_v3 along = v3_add(v3_scale(v3_norm(ahead), c), v3_scale(v3_norm(aside), s));
            ct_matrix_stand(places[i], at, along, 0, 1);
        }
        struct ct_mesh *grain = ct_shape_ellipsoid(v3(0.075f, 0.27f, 0.075f), 10);
        ct_object_add_part(b, ct_shape_copies(grain, (const float(*)[12])places, SPRINKLES),
                           ct_part_dressed(b, CT_MATERIAL_plastic, colors[k]));
        ct_mesh_free(&grain);
    }
}

/* Golden on both sides, pale where the dough floated. */
static void dough_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    float y = at->local.y - 0.95f * HALF_UP;
    float waist = ct_expf(-y * y / 0.09f);
    float cloud = at->bounce > 0 ? 0 : ct_fbm3(v3_scale(at->local, 1.1f), 4);
    s->base_color = v3_scale(v3_lerp(s->base_color, m->color2, 0.75f * waist), 1 + 0.25f * cloud);
}

void ct_object_donut(struct ct_object_builder *b)
{
    struct ring ring = { 20 * ct_part_random(b, 500) };
    int dough = ct_part_dressed(b, CT_MATERIAL_crust, v3(0.50f, 0.235f, 0.065f));
    if (dough >= 0 && dough != b->body) {
        b->world->materials[dough].texture = dough_texture;
        b->world->materials[dough].color2 = v3(0.74f, 0.52f, 0.24f);
    }
    int icing = ct_part_body(b, v3(0.80f, 0.25f, 0.33f));
    if (icing >= 0 && b->object->look.material == CT_MATERIAL_frosting) {
        struct ct_surface *s = &b->world->materials[icing].surface;
        s->coat = 0.7f;
        s->coat_roughness = 0.2f;
    }
    struct ct_mesh *mesh = ct_shape_grid(&(struct ct_grid){ 144, 48, true, dough_at, &ring });
    ct_object_add_part(b, mesh, dough);
    mesh = ct_shape_grid(&(struct ct_grid){ 144, 96, true, icing_at, &ring });
    ct_object_add_part(b, mesh, icing);
    add_sprinkles(b, &ring);
}
