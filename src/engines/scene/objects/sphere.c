/* A ball. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/object.h"

#define RADIUS 5.0f
#define STEPS 96 /* from pole to pole */

const struct ct_object_shape ct_object_sphere_shape = {
    .min = { -RADIUS, 0, -RADIUS },
    .max = { RADIUS, 2 * RADIUS, RADIUS },
    .on_y = 2 * RADIUS,
};

void ct_object_sphere(struct ct_object_builder *b)
{
    struct ct_curve arc = { .n = 0 };
    for (int i = 0; i <= STEPS; i++) {
        float s, c;
        ct_sincosf(CT_PI * (float)i / STEPS, &s, &c);
        bool pole = i == 0 || i == STEPS;
        ct_curve_add(&arc, v2(pole ? 0 : RADIUS * s, RADIUS - RADIUS * c));
    }
    ct_object_add_part(b, ct_shape_revolve(&arc, 2 * STEPS, 60), b->body);
}
