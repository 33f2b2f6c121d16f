/* Sofa and armchair: a frame, two arms, and for every place a seat and a back cushion. The cloth
 * is woven coarsely enough to be seen from across a room. */
#include "engines/scene/objects/seating.h"

#include "engines/scene/materials/material.h"
#include "engines/scene/objects/model.h"

static int cloth_material(struct ct_object_builder *b, ct_v3 own_color)
{
    if (b->object->look.material != CT_MATERIAL_linen)
        return b->body;
    struct ct_look look = b->object->look;
    struct ct_material cloth;
    if (!look.has_color) {
        look.has_color = true;
        look.color = own_color;
    }
    ct_material_make(&cloth, &look);
    cloth.scale = 1.5f;
    cloth.bump = 0.13f;
    ct_object_lay_pattern(b, &cloth);
    return ct_world_add_material(b->world, &cloth);
}

void ct_seating_build(struct ct_object_builder *b, int seats, ct_v3 own_color)
{
    int cloth = cloth_material(b, own_color);
    int wood = ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.30f, 0.17f, 0.085f));
    float inner = CT_SEATING_SEAT * (float)seats, outer = inner + 2 * CT_SEATING_ARM;
    ct_model_cushion(b, v3(0, 22, -1), v3(inner + 4, 9, 38), 0.16f, v3(0, 0, 0), cloth);
    ct_model_cushion(b, v3(0, 43, -34), v3(inner + 4, 30, 8.6f), 0.22f, v3(-0.06f, 0, 0), cloth);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        ct_model_cushion(b, v3(s * (inner + CT_SEATING_ARM), 36, 0), v3(CT_SEATING_ARM, 23.5f, 42),
                         0.25f, v3(0, 0, 0), cloth);
        for (int end = -1; end <= 1; end += 2)
            ct_model_leg(b, v3(s * (outer - 6), 0, 35 * (float)end),
                         v3(s * (outer - 9), 15, 31 * (float)end), 1.5f, 2.4f, wood);
    }
    for (int i = 0; i < seats; i++) {
        float x = CT_SEATING_SEAT * (float)(2 * i - seats + 1), r = ct_part_random(b, i) - 0.5f;
        ct_model_cushion(b, v3(x, 38, 5.5f), v3(CT_SEATING_SEAT - 0.3f, 8.8f, 36), 0.24f,
                         v3(0, 0.01f * r, 0.012f * r), cloth);
        ct_model_cushion(b, v3(x, 61.5f, -19), v3(CT_SEATING_SEAT - 1.2f, 20.6f, 9.5f), 0.34f,
                         v3(-0.20f, 0.02f * r, 0.03f * r), cloth);
    }
}
