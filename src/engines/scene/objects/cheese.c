/* A wedge of Swiss cheese: holes cut open on its sides and top, a thin rind at the back.
 *
 * The wedge lies with its point towards -x. Each face is a grid pushed in where a bubble was. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/parts.h"

#include <stddef.h>

#define LENGTH 11.0f /* from the point to the rind */
#define HALF_ANGLE 0.42f
#define HEIGHT 5.6f
#define POINT_X (-6.0f)
#define BUBBLES 13

const struct ct_object_shape ct_object_cheese_shape = {
    .min = { POINT_X, 0, -4.5f },
    .max = { 5.05f, HEIGHT, 4.5f },
    .on_y = HEIGHT,
    .yaw = -0.45f,
};

struct bubble {
    ct_v3 at;
    float radius;
};

/* Bubbles: on the faces that are seen, at places that look scattered and do not meet edges. */
static const struct bubble bubbles[BUBBLES] = {
    { { -1.2f, 5.8f, 0.3f }, 0.75f }, { { 1.6f, 5.9f, -1.3f }, 1.0f },
    { { 2.6f, 5.75f, 1.7f }, 0.6f },  { { -3.6f, 5.75f, 0.0f }, 0.42f },
    { { 3.9f, 5.8f, 0.2f }, 0.5f },   { { 0.4f, 5.7f, 1.3f }, 0.35f },
    { { -2.4f, 2.2f, 1.55f }, 0.8f }, { { 0.6f, 3.7f, 2.95f }, 1.0f },
    { { 2.2f, 1.5f, 3.7f }, 0.75f },  { { -0.9f, 1.1f, 2.3f }, 0.45f },
    { { 3.1f, 4.0f, 4.05f }, 0.45f }, { { -3.4f, 4.1f, 1.15f }, 0.4f },
    { { 0.2f, 2.4f, -2.75f }, 0.9f },
};

/* Moves a point of a face along `inward` to the far side of the bubbles it lies in. */
static ct_v3 hollow(ct_v3 p, ct_v3 inward)
{
    float depth = 0;
    for (int i = 0; i < BUBBLES; i++) {
        ct_v3 d = v3_sub(p, bubbles[i].at);
        float along = v3_dot(d, inward);
        float gap = v3_dot(d, d) - along * along, r = bubbles[i].radius;
        if (fabsf(along) < r && gap < r * r)
            depth = ct_maxf(depth, sqrtf(r * r - gap) - along);
    }
    return v3_mad(inward, depth, p);
}

/* From above: a sector. t runs from the point to the rind, side from -1 to 1. */
static ct_v3 plan(float t, float side)
{
    float s, c;
    ct_sincosf(HALF_ANGLE * side, &s, &c);
    return v3(POINT_X + LENGTH * t * c, 0, LENGTH * t * s);
}

static ct_v3 top_at(const void *ctx, float u, float v)
{
    ct_v3 p = plan(v, 1 - 2 * u);
    p.y = HEIGHT;
    return hollow(p, v3(0, -1, 0));
}

static ct_v3 bottom_at(const void *ctx, float u, float v)
{
    return plan(v, 2 * u - 1);
}

static ct_v3 front_at(const void *ctx, float u, float v)
{
    float s, c;
    ct_sincosf(HALF_ANGLE, &s, &c);
    ct_v3 p = plan(1 - u, 1);
    p.y = HEIGHT * v;
    return hollow(p, v3(s, 0, -c));
}

static ct_v3 rear_at(const void *ctx, float u, float v)
{
    float s, c;
    ct_sincosf(HALF_ANGLE, &s, &c);
    ct_v3 p = plan(u, -1);
    p.y = HEIGHT * v;
    return hollow(p, v3(s, 0, c));
}

static ct_v3 rind_at(const void *ctx, float u, float v)
{
    ct_v3 p = plan(1, 2 * u - 1);
    p.y = HEIGHT * v;
    return p;
}

static void paste_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    float far = ct_hypotf(at->local.x - POINT_X, at->local.z);
    s->base_color = v3_lerp(s->base_color, v3_mul(s->base_color, v3(0.85f, 0.62f, 0.35f)),
                            ct_smoothstep(LENGTH - 0.35f, LENGTH - 0.1f, far));
    if (at->bounce == 0)
        s->base_color = v3_scale(s->base_color, 1 + 0.06f * ct_fbm3(v3_scale(at->local, 0.8f), 3));
}

void ct_object_cheese(struct ct_object_builder *b)
{
    static ct_v3 (*const faces[])(const void *, float, float) = { top_at, bottom_at, front_at,
                                                                  rear_at, rind_at };
    int paste = ct_part_body(b, v3(0.88f, 0.60f, 0.13f));
    if (paste >= 0 && b->object->look.material == CT_MATERIAL_wax) {
        struct ct_material *m = &b->world->materials[paste];
        m->texture = paste_texture;
        m->surface.coat = 0.35f;
    }
    for (int i = 0; i < 5; i++) {
        int n = faces[i] == bottom_at || faces[i] == rind_at ? 24 : 150;
        struct ct_mesh *mesh = ct_shape_grid(&(struct ct_grid){ n, n, false, faces[i], NULL });
        ct_object_add_part(b, mesh, paste);
    }
}
