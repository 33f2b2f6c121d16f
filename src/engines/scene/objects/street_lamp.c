/* A street lamp of the old kind: cast-iron post, a glazed lantern, lit. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

const struct ct_object_shape ct_object_street_lamp_shape = {
    .min = { -3.6f, 0, -3.2f },
    .max = { 3.6f, 36.0f, 3.2f },
    .view_deg = 7,
    .yaw = 0.4f,
};

void ct_object_street_lamp(struct ct_object_builder *b)
{
    static const struct ct_corner post[] = {
        { 0, 0, 0 },           { 3.0f, 0, 0.1f },     { 3.0f, 1.0f, 0.2f },  { 2.3f, 1.4f, 0.3f },
        { 2.1f, 4.0f, 0.6f },  { 1.4f, 5.0f, 0.3f },  { 1.5f, 5.7f, 0.2f },  { 0.85f, 6.4f, 0.3f },
        { 0.6f, 22.0f, 1 },    { 1.1f, 22.8f, 0.2f }, { 1.1f, 23.4f, 0.2f }, { 0.6f, 24.2f, 0.3f },
        { 1.6f, 25.6f, 0.3f }, { 0, 25.6f, 0 }
    };
    static const struct ct_corner roof[] = { { 0, 32.4f, 0 },       { 3.6f, 32.4f, 0.05f },
                                             { 3.3f, 33.0f, 0.3f }, { 1.2f, 34.4f, 0.6f },
                                             { 0.9f, 35.0f, 0.2f }, { 0.35f, 35.4f, 0.1f },
                                             { 0, 36, 0 } };
    static const struct ct_corner lantern[] = {
        { 0, 25.9f, 0 }, { 1.75f, 25.9f, 0 }, { 3.0f, 32.4f, 0 }, { 0, 32.4f, 0 }
    };
    int iron = ct_part_body(b, v3(0.02f, 0.026f, 0.024f));
    struct ct_material lit;
    struct ct_curve curve;
    ct_material_make(&lit, &(struct ct_look){ .material = CT_MATERIAL_matte });
    lit.surface.base_color = v3(0.8f, 0.7f, 0.5f);
    lit.surface.emission = v3(2.6f, 1.75f, 0.78f);
    ct_part_turned(b, post, 14, iron);
    ct_curve_fillet(&curve, lantern, 4, 1);
    ct_object_add_part(b, ct_shape_revolve(&curve, 6, 20), ct_world_add_material(b->world, &lit));
    ct_curve_fillet(&curve, roof, 7, 4);
    ct_object_add_part(b, ct_shape_revolve(&curve, 6, 20), iron);
    for (int k = 0; k < 6; k++) {
        float s, c;
        ct_sincosf(2 * CT_PI * (float)k / 6, &s, &c);
        ct_model_drum(b,
                      (struct ct_model_drum){ { 1.75f * c, 25.7f, 1.75f * s },
                                              { 3.05f * c, 32.5f, 3.05f * s },
                                              0.16f,
                                              0.16f,
                                              0.04f },
                      iron);
    }
    ct_model_drum(
        b, (struct ct_model_drum){ { -3.4f, 23.1f, 0 }, { 3.4f, 23.1f, 0 }, 0.22f, 0.22f, 0.1f },
        iron);
}
