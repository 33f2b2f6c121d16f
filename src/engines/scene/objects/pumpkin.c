/* A ribbed pumpkin with a twisted stalk. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define RIBS 12

const struct ct_object_shape ct_object_pumpkin_shape = {
    .min = { -11.2f, 0, -11.2f },
    .max = { 11.2f, 19.0f, 11.2f },
    .yaw = 0.2f,
    .parts = "stalk|stem",
};

static ct_v3 pumpkin_at(const void *ctx, float u, float v)
{
    (void)ctx;
    float s, c, sv, cv;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    float rib = fabsf(ct_sinf(CT_PI * RIBS * u));
    float groove = 0.87f + 0.13f * ct_powf(rib + 0.001f, 0.55f);
    float dent = 1 - 0.30f * ct_expf(-14 * cv * cv); /* hollow at both poles */
    float r = v <= 0 || v >= 1 ? 0 : 11.2f * ct_powf(cv, 0.8f) * groove;
    return v3(r * c, 7.3f + 7.9f * sv * dent * (0.93f + 0.07f * groove), r * s);
}

void ct_object_pumpkin(struct ct_object_builder *b)
{
    int skin = ct_part_body(b, v3(0.58f, 0.20f, 0.025f));
    int green =
        ct_object_accent(b, ct_object_part_colored(b, CT_MATERIAL_bark, v3(0.20f, 0.22f, 0.08f)));
    struct ct_mesh *mesh =
        ct_shape_grid(&(struct ct_grid){ RIBS * 14, 72, true, pumpkin_at, NULL, NULL });
    ct_model_mesh(b, mesh, v3(0, 0, 0), v3(0, -0.28f, 0), skin);
    const ct_v3 stalk[] = { { 0, 10.3f, 0 },
                            { 0.1f, 12.4f, 0 },
                            { 0.5f, 15.0f, 0.2f },
                            { 1.6f, 17.4f, 0.5f },
                            { 2.7f, 18.1f, 0.7f } };
    ct_model_tube(b, stalk, 5, 1.9f, 0.85f, green);
    for (int k = 0; k < 5; k++) { /* where it grows into the ribs */
        float s, c;
        ct_sincosf(2 * CT_PI * (float)k / 5, &s, &c);
        const ct_v3 root[] = { { 0.6f * c, 13.4f, 0.6f * s },
                               { 1.4f * c, 11.6f, 1.4f * s },
                               { 2.9f * c, 10.9f, 2.9f * s } };
        ct_model_tube(b, root, 3, 0.8f, 0.35f, green);
    }
}
