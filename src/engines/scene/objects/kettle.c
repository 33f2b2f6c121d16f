/* A kettle for the stove: a steel cone, a short spout on its right, a black handle arched over
 * the lid. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/parts.h"

#define BASE_RADIUS 10.2f
#define LID_Y 14.0f
#define HEIGHT 22.0f

const struct ct_object_shape ct_object_kettle_shape = {
    .min = { -BASE_RADIUS, 0, -BASE_RADIUS },
    .max = { 13.6f, HEIGHT, BASE_RADIUS },
    .on_y = HEIGHT,
    .yaw = 0.4f,
};

static void add_body(struct ct_object_builder *b, int black)
{
    static const struct ct_corner body[] = {
        { 0, 0, 0 },        { 9.6f, 0, 0.3f },     { BASE_RADIUS, 1.2f, 0.8f }, { 9.6f, 5.2f, 5 },
        { 6.6f, 12.4f, 4 }, { 4.7f, 13.8f, 0.6f }, { 4.5f, LID_Y, 0.1f },       { 0, LID_Y, 0 },
    };
    static const struct ct_corner lid[] = {
        { 0, LID_Y - 0.1f, 0 },        { 4.3f, LID_Y - 0.1f, 0.05f }, { 4.3f, LID_Y + 0.2f, 0.12f },
        { 2.0f, LID_Y + 0.95f, 2.0f }, { 0, LID_Y + 1.05f, 0 },
    };
    static const struct ct_corner knob[] = {
        { 0, LID_Y + 0.9f, 0 },         { 0.45f, LID_Y + 0.9f, 0.1f }, { 0.5f, LID_Y + 1.5f, 0.2f },
        { 1.15f, LID_Y + 1.9f, 0.25f }, { 1.1f, LID_Y + 2.6f, 0.35f }, { 0, LID_Y + 2.75f, 0 },
    };
    ct_part_turned(b, body, 8, b->body);
    ct_part_turned(b, lid, 5, b->body);
    ct_part_turned(b, knob, 6, black);
}

static void add_spout(struct ct_object_builder *b, int black)
{
    static const ct_v2 knots[] = {
        { 6.4f, 7.2f }, { 9.2f, 9.2f }, { 11.4f, 11.8f }, { 13.0f, 13.4f }
    };
    ct_object_add_part(b, ct_part_rod(knots, 4, 2.0f, 1.05f), b->body);
    struct ct_mesh *mouth = ct_shape_ellipsoid(v3(0.92f, 0.15f, 0.92f), 32);
    ct_mesh_rotate(mouth, 2, -0.78f);
    ct_mesh_move(mouth, v3(13.0f, 13.4f, 0));
    ct_object_add_part(b, mouth, black);
}

/* Two brackets of steel carry a grip of the same bow. */
static void add_handle(struct ct_object_builder *b, int black)
{
    static const ct_v2 bow[] = { { -7.6f, 10.6f }, { -8.6f, 14.2f }, { -7.6f, 18.2f },
                                 { -4.2f, 21.0f }, { 0, 21.7f },     { 4.2f, 21.0f },
                                 { 7.0f, 18.6f },  { 7.6f, 15.4f },  { 6.6f, 12.3f } };
    static const ct_v2 grip[] = {
        { -7.2f, 18.75f }, { -4.2f, 21.0f }, { 0, 21.7f }, { 4.2f, 21.0f }, { 6.7f, 18.95f }
    };
    ct_object_add_part(b, ct_part_strap(bow, 9, 0.16f, 0.75f, 0.6f), b->body);
    ct_object_add_part(b, ct_part_strap(grip, 5, 0.55f, 1.15f, 0.8f), black);
}

void ct_object_kettle(struct ct_object_builder *b)
{
    int black = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.012f, 0.012f, 0.013f));
    add_body(b, black);
    add_spout(b, black);
    add_handle(b, black);
}
