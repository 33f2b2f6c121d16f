/* A low computer keyboard, rising towards the back. */
#include "engines/scene/objects/keys.h"
#include "engines/scene/objects/model.h"

#define HALF_WIDTH 16.4f
#define HALF_DEPTH 6.6f

const struct ct_object_shape ct_object_keyboard_shape = {
    .min = { -HALF_WIDTH, 0, -HALF_DEPTH },
    .max = { HALF_WIDTH, 2.1f, HALF_DEPTH },
    .yaw = 0.4f,
};

void ct_object_keyboard(struct ct_object_builder *b)
{
    int keys = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.80f, 0.79f, 0.77f));
    ct_model_panel(b, v3(0, 0.7f, 0), v3(HALF_WIDTH, HALF_DEPTH, 0.7f), 1.2f, 0.35f,
                   v3(-1.5708f, 0, 0), b->body);
    ct_keys_add(b, &(struct ct_keys){ 15.6f, -5.9f, 5.9f, 1.38f, 0.7f }, keys);
}
