/* A wristwatch, its strap closed as around a cushion: case and dial look up towards the front.
 *
 * Case, dial and hands are built lying at the origin, then turned and lifted together. The look's
 * material is the case's; a colour alone is the dial's. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/parts.h"

#include <stddef.h>

#define CASE 2.0f    /* radius */
#define TILT 0.98f   /* of the dial towards the front */
#define LOOP_Y 2.82f /* middle of the strap's loop */
#define LOOP_UP 2.65f
#define LOOP_DEEP 3.0f
#define HEIGHT 6.15f

const struct ct_object_shape ct_object_watch_shape = {
    .min = { -2.05f, 0, -3.15f },
    .max = { 2.35f, HEIGHT, 4.1f },
    .on_y = HEIGHT,
    .yaw = -0.5f,
};

/* Where the case sits on the loop, and the way its dial looks. */
static void place(struct ct_mesh *mesh)
{
    float s, c;
    ct_sincosf(TILT, &s, &c);
    ct_mesh_rotate(mesh, 0, TILT);
    ct_mesh_move(mesh, v3(0, LOOP_Y + (LOOP_UP - 0.15f) * c, (LOOP_DEEP - 0.15f) * s));
}

static void add(struct ct_object_builder *b, struct ct_mesh *mesh, int material)
{
    place(mesh);
    ct_object_add_part(b, mesh, material);
}

static void add_turned(struct ct_object_builder *b, const struct ct_corner *profile, int n,
                       int material)
{
    struct ct_curve curve;
    ct_curve_fillet(&curve, profile, n, 8);
    add(b, ct_shape_revolve(&curve, 120, 35), material);
}

/* The strap's loop in the yz plane: v around it, u around its section. It starts and ends under
 * the case. */
static ct_v3 strap_at(const void *ctx, float u, float v)
{
    float angle = 2 * CT_PI * v, s, c, su, cu;
    ct_sincosf(angle, &s, &c);
    ct_sincosf(2 * CT_PI * u, &su, &cu);
    float from_case = fabsf(ct_fractf((angle - TILT) / (2 * CT_PI) + 0.5f) - 0.5f) * 2;
    float wide = ct_lerp(1.0f, 0.80f, ct_smoothstep(0.1f, 0.7f, from_case));
    float x = wide * copysignf(ct_powf(fabsf(cu), 0.25f), cu);
    float thick = 0.16f * copysignf(ct_powf(fabsf(su), 0.5f), su);
    ct_v3 n = v3_norm(v3(0, c / LOOP_UP, s / LOOP_DEEP));
    return v3(-x, LOOP_Y + LOOP_UP * c + thick * n.y, LOOP_DEEP * s + thick * n.z);
}

/* A flat bar from one radius to another at an angle of the dial (0: twelve o'clock). */
static void add_bar(struct ct_object_builder *b, float angle, float from, float to, float half,
                    float y, int material)
{
    struct ct_mesh *bar = ct_shape_box(v3(half, 0.022f, (to - from) / 2), 0.015f, 2);
    ct_mesh_move(bar, v3(0, y, -(from + to) / 2));
    ct_mesh_rotate(bar, 1, -angle);
    add(b, bar, material);
}

static void add_face(struct ct_object_builder *b, int metal)
{
    static const struct ct_corner dial[] = {
        { 0, 0.36f, 0 }, { 1.72f, 0.36f, 0 }, { 1.72f, 0.40f, 0 }, { 0, 0.40f, 0 }
    };
    static const struct ct_corner pin[] = {
        { 0, 0.4f, 0 }, { 0.10f, 0.4f, 0 }, { 0.10f, 0.56f, 0.02f }, { 0, 0.56f, 0 }
    };
    const struct ct_look *look = &b->object->look;
    ct_v3 color = look->has_color ? look->color : v3(0.86f, 0.85f, 0.82f);
    int face = ct_object_part_colored(b, CT_MATERIAL_plastic, color);
    int red = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.55f, 0.02f, 0.015f));
    int dark = ct_luminance(color) > 0.25f
                   ? ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.008f, 0.008f, 0.01f))
                   : metal;
    add_turned(b, dial, 4, face);
    for (int k = 0; k < 12; k++)
        add_bar(b, CT_PI / 6 * (float)k, k % 3 ? 1.28f : 1.15f, 1.55f, k ? 0.045f : 0.075f, 0.405f,
                dark);
    add_bar(b, 2 * CT_PI * (10 + 9.0f / 60) / 12, -0.22f, 0.88f, 0.062f, 0.44f, dark);
    add_bar(b, 2 * CT_PI * 9 / 60, -0.25f, 1.38f, 0.045f, 0.49f, dark);
    add_bar(b, 2 * CT_PI * 35 / 60, -0.40f, 1.45f, 0.014f, 0.53f, red);
    add_turned(b, pin, 4, metal);
}

static void add_case(struct ct_object_builder *b, int metal)
{
    static const struct ct_corner body[] = {
        { 0, -0.35f, 0 },       { 1.6f, -0.35f, 0.15f }, { CASE, 0.05f, 0.12f },
        { CASE, 0.42f, 0.08f }, { 1.9f, 0.66f, 0.08f },  { 1.74f, 0.68f, 0.03f },
        { 1.70f, 0.38f, 0 },    { 0, 0.38f, 0 },
    };
    static const struct ct_corner crown[] = { { 0, 0, 0 },
                                              { 0.2f, 0, 0.02f },
                                              { 0.24f, 0.06f, 0.02f },
                                              { 0.24f, 0.28f, 0.04f },
                                              { 0, 0.3f, 0 } };
    add_turned(b, body, 8, metal);
    struct ct_curve curve;
    ct_curve_fillet(&curve, crown, 5, 6);
    struct ct_mesh *knob = ct_shape_revolve(&curve, 48, 35);
    ct_mesh_rotate(knob, 2, -CT_PI / 2);
    ct_mesh_move(knob, v3(CASE - 0.02f, 0.22f, 0));
    add(b, knob, metal);
    for (int k = 0; k < 4; k++) {
        struct ct_mesh *lug = ct_shape_box(v3(0.17f, 0.2f, 0.42f), 0.1f, 4);
        ct_mesh_rotate(lug, 0, k & 1 ? 0.7f : -0.7f);
        ct_mesh_move(lug, v3(k & 2 ? 1.1f : -1.1f, -0.1f, k & 1 ? 1.75f : -1.75f));
        add(b, lug, metal);
    }
}

void ct_object_watch(struct ct_object_builder *b)
{
    bool dial_colored = b->object->look.has_color &&
                        ct_object_info(CT_OBJECT_watch)->material == b->object->look.material;
    int metal = dial_colored ? ct_object_part(b, b->object->look.material) : b->body;
    int leather = ct_object_part_colored(b, CT_MATERIAL_leather, v3(0.115f, 0.045f, 0.018f));
    add_case(b, metal);
    add_face(b, metal);
    struct ct_mesh *strap = ct_shape_grid(&(struct ct_grid){ 48, 160, true, strap_at, NULL });
    ct_object_add_part(b, strap, leather);
}
