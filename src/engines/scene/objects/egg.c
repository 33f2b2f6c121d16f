/* A hen's egg lying on its side. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/parts.h"

#include <stddef.h>

#define RADIUS 2.2f
#define BLUNT 2.65f /* from the widest place to the blunt end */
#define POINTED 3.15f

const struct ct_object_shape ct_object_egg_shape = {
    .min = { -BLUNT, 0, -RADIUS },
    .max = { POINTED, 2 * RADIUS, RADIUS },
    .on_y = 2 * RADIUS,
    .yaw = 0.5f,
};

static ct_v3 shell_at(const void *ctx, float u, float v)
{
    float su, cu, sv, cv;
    ct_sincosf(2 * CT_PI * u, &su, &cu);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    if (v <= 0 || v >= 1)
        cv = 0;
    float along = (sv > 0 ? POINTED : BLUNT) * sv;
    return v3(along, RADIUS + RADIUS * cv * su, RADIUS * cv * cu);
}

void ct_object_egg(struct ct_object_builder *b)
{
    struct ct_mesh *shell = ct_shape_grid(&(struct ct_grid){ 96, 64, true, shell_at, NULL });
    int material = ct_part_body(b, v3(0.70f, 0.44f, 0.28f));
    if (material >= 0 && b->object->look.material == CT_MATERIAL_matte) {
        struct ct_surface *s = &b->world->materials[material].surface;
        s->roughness = 0.5f;
        s->specular = 0.03f;
    }
    ct_object_add_part(b, shell, material);
}
