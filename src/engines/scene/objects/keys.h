/* A field of keys, as on laptops and keyboards. */
#ifndef CT_SCENE_KEYS_H
#define CT_SCENE_KEYS_H

#include "engines/scene/objects/object.h"

/* Six staggered rows on the plane y = top, from -half_width to half_width and from z_back to
 * z_front; the last row has a space bar. */
struct ct_keys {
    float half_width, z_back, z_front, top, height;
};
void ct_keys_add(struct ct_object_builder *b, const struct ct_keys *keys, int material);

#endif
