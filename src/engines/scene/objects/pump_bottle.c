/* A dispenser for soap or lotion: a round-shouldered bottle and a pump, its spout to the right. */
#include "engines/scene/objects/parts.h"

#define RADIUS 3.5f
#define NECK_Y 13.2f
#define HEIGHT 19.0f

const struct ct_object_shape ct_object_pump_bottle_shape = {
    .min = { -RADIUS, 0, -RADIUS },
    .max = { 4.4f, HEIGHT, RADIUS },
    .on_y = HEIGHT,
    .yaw = 0.35f,
    .label = { CT_DECAL_ROUND, { 0, 6.2f, RADIUS }, 2.7f, 3.3f },
};

void ct_object_pump_bottle(struct ct_object_builder *b)
{
    static const struct ct_corner body[] = {
        { 0, 0.1f, 0 },          { 2.7f, 0.08f, 0.2f },  { 2.9f, 0, 0.1f },   { RADIUS, 0, 0.45f },
        { RADIUS, 11.9f, 1.6f }, { 1.35f, 12.7f, 0.5f }, { 1.3f, NECK_Y, 0 }, { 0, NECK_Y, 0 },
    };
    static const struct ct_corner collar[] = {
        { 0, 12.9f, 0 },         { 1.55f, 12.9f, 0.05f }, { 1.55f, 14.6f, 0.12f },
        { 0.75f, 14.75f, 0.1f }, { 0.7f, 15.2f, 0.05f },  { 0, 15.2f, 0 },
    };
    static const struct ct_corner rod[] = {
        { 0, 15, 0 }, { 0.38f, 15, 0 }, { 0.38f, 17.6f, 0 }, { 0, 17.6f, 0 }
    };
    static const struct ct_corner head[] = {
        { 0, 17.2f, 0 },         { 0.95f, 17.2f, 0.1f }, { 1.0f, 18.2f, 0.3f },
        { 0.95f, HEIGHT, 0.3f }, { 0, HEIGHT, 0 },
    };
    static const ct_v2 spout[] = {
        { 0, 18.25f }, { 2.4f, 18.3f }, { 3.8f, 18.1f }, { 4.35f, 17.5f }
    };
    int pump = ct_part_dressed(b, CT_MATERIAL_plastic, v3(0.012f, 0.012f, 0.013f));
    ct_part_turned(b, body, 8, b->body);
    ct_part_turned(b, collar, 6, pump);
    ct_part_turned(b, rod, 4, ct_object_part(b, CT_MATERIAL_chrome));
    ct_part_turned(b, head, 5, pump);
    ct_object_add_part(b, ct_part_rod(spout, 4, 0.5f, 0.3f), pump);
}
