/* A paper carrier bag with cord handles, its sides folded in. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define BAG 27.0f
#define HALF_WIDTH 11.0f
#define HALF_DEPTH 5.2f

const struct ct_object_shape ct_object_shopping_bag_shape = {
    .min = { -HALF_WIDTH, 0, -HALF_DEPTH },
    .max = { HALF_WIDTH, 36.8f, HALF_DEPTH },
    .yaw = -0.5f,
    .label = { CT_DECAL_FRONT, { 0, 13.5f, 5.0f }, 8, 6 },
};

/* The wall from the foot (v = 0) over the rim (0.5) down the inside to the floor (1). */
static ct_v3 bag_at(const void *ctx, float u, float v)
{
    (void)ctx;
    bool inside = v > 0.5f;
    float y = BAG * (inside ? 2 - 2 * v : 2 * v), t = y / BAG;
    float corner = 4 * u, edge = ct_fractf(corner) * 2 - 1;
    int side = (int)corner & 3;
    float w = HALF_WIDTH - (inside ? 0.05f : 0),
          d = HALF_DEPTH * (1 - 0.10f * t) - (inside ? 0.05f : 0);
    /* gussets: the middle of the narrow sides is folded inwards, most at the top */
    float tuck = 2.7f * ct_smoothstep(0.12f, 1, t) * ct_maxf(1 - fabsf(edge), 0);
    switch (side) {
    case 0:
        return v3(w - tuck, y, d * edge);
    case 1:
        return v3(-w * edge, y, d + 0.25f * ct_sinf(3 * t) * (1 - edge * edge));
    case 2:
        return v3(-w + tuck, y, -d * edge);
    default:
        return v3(w * edge, y, -d - 0.25f * ct_sinf(3 * t) * (1 - edge * edge));
    }
}

void ct_object_shopping_bag(struct ct_object_builder *b)
{
    int paper = ct_part_body(b, v3(0.50f, 0.345f, 0.20f));
    int cord = ct_object_part_colored(b, CT_MATERIAL_linen, v3(0.72f, 0.66f, 0.55f));
    ct_object_add_part(b,
                       ct_mesh_creased(ct_shape_grid(&(struct ct_grid){ 160, 60, true, bag_at, NULL,
                                                                        NULL }),
                                       40),
                       paper);
    ct_model_box(b, v3(0, 0.1f, 0), v3(HALF_WIDTH - 0.1f, 0.08f, HALF_DEPTH - 0.1f), 0.05f, paper);
    ct_object_letter(b, paper);
    for (int side = -1; side <= 1; side += 2) {
        float z = (float)side * 4.6f;
        const ct_v3 handle[] = { { -4.6f, BAG - 2.2f, z * 1.09f }, { -4.7f, BAG + 2.2f, z },
                                 { -3.6f, BAG + 7.4f, z * 0.9f },  { 0, BAG + 9.4f, z * 0.85f },
                                 { 3.6f, BAG + 7.4f, z * 0.9f },   { 4.7f, BAG + 2.2f, z },
                                 { 4.6f, BAG - 2.2f, z * 1.09f } };
        ct_model_tube(b, handle, 7, 0.30f, 0.30f, cord);
    }
}
