/* A saucepan of sheet steel: an encapsulated base, a pouring rim, a riveted handle on its right. */
#include "engines/scene/objects/parts.h"
#include "engines/scene/objects/vessel.h"

#define RADIUS 9.0f
#define RIM_Y 10.0f
#define HANDLE_END 27.0f
#define TOP 10.9f
#define LEVEL 7.5f

const struct ct_object_shape ct_object_saucepan_shape = {
    .min = { -RADIUS - 0.3f, 0, -RADIUS - 0.3f },
    .max = { HANDLE_END, TOP, RADIUS + 0.3f },
    .on_y = RIM_Y,
    .on_radius = 8,
    .in_y = 0.8f,
    .in_radius = 8.2f,
    .yaw = 0.45f,
};

static void add_handle(struct ct_object_builder *b)
{
    static const ct_v2 grip[] = { { 8.95f, 7.9f },  { 10.2f, 8.3f },  { 12.5f, 9.3f },
                                  { 17.0f, 10.3f }, { 22.0f, 10.6f }, { HANDLE_END, 10.45f } };
    static const ct_v2 plate[] = { { 8.98f, 6.4f }, { 8.98f, 7.4f }, { 8.98f, 8.4f } };
    ct_object_add_part(b, ct_part_strap(grip, 6, 0.38f, 1.05f, 0.7f), b->body);
    ct_object_add_part(b, ct_part_strap(plate, 3, 0.2f, 1.6f, 0.6f), b->body);
    for (int side = -1; side <= 1; side += 2) {
        struct ct_mesh *rivet = ct_shape_ellipsoid(v3(0.16f, 0.33f, 0.33f), 24);
        ct_mesh_move(rivet, v3(9.18f, 7.2f, 0.9f * (float)side));
        ct_object_add_part(b, rivet, ct_object_part(b, CT_MATERIAL_chrome));
    }
}

void ct_object_saucepan(struct ct_object_builder *b)
{
    static const struct ct_corner profile[] = {
        { 0, 0, 0 },
        { 8.3f, 0, 0.25f },
        { 8.55f, 0.75f, 0.1f },
        { 8.75f, 0.85f, 0.3f },
        { RADIUS, 1.6f, 0.8f },
        { RADIUS, 9.6f, 0.6f },
        { RADIUS + 0.32f, RIM_Y - 0.1f, 0.06f },
        { RADIUS + 0.28f, RIM_Y, 0.06f },
        { RADIUS - 0.2f, RIM_Y - 0.25f, 0.3f },
        { RADIUS - 0.2f, 1.6f, 1.0f },
        { 8.2f, 0.8f, 0.4f },
        { 0, 0.8f, 0 },
    };
    struct ct_vessel vessel = { .level = LEVEL, .crease_deg = 40, .segments = 160 };
    struct ct_curve curve;
    ct_curve_fillet(&curve, profile, 12, 8);
    ct_vessel_split(&vessel, &curve);
    ct_vessel_add(b, &vessel);
    add_handle(b);
}
