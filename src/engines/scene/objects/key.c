/* A door key lying flat: a pierced bow, a collar, a shank and a bit with cuts. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define Y 0.57f

const struct ct_object_shape ct_object_key_shape = {
    .min = { -3.9f, 0, -1.55f },
    .max = { 4.3f, 1.13f, 1.95f },
    .yaw = 0.5f,
};

/* Three lobes around a pierced middle. */
static struct ct_mesh *bow(void)
{
    struct ct_curve outline = { .n = 0 }, hole = { .n = 0 };
    for (int i = 0; i < 90; i++) {
        float s, c, hs, hc, a = 2 * CT_PI * (float)i / 90;
        ct_sincosf(a, &s, &c);
        ct_sincosf(-a, &hs, &hc);
        float lobe = 1.34f + 0.20f * ct_cosf(3 * (a - CT_PI)),
              inner = 0.72f + 0.12f * ct_cosf(3 * (a + CT_PI));
        ct_curve_add(&outline, v2(lobe * c, lobe * s));
        ct_curve_add(&hole, v2(inner * hc, inner * hs));
    }
    return ct_shape_prism(&(struct ct_prism){ &outline, &hole, 0.26f, 0.12f, 40 });
}

void ct_object_key(struct ct_object_builder *b)
{
    static const struct ct_corner bit[] = {
        { 2.6f, 0, 0 },         { 3.9f, 0, 0.04f },     { 3.9f, 1.9f, 0.05f },
        { 3.55f, 1.9f, 0.05f }, { 3.55f, 1.2f, 0.03f }, { 3.25f, 1.2f, 0.03f },
        { 3.25f, 1.9f, 0.05f }, { 2.85f, 1.9f, 0.05f }, { 2.85f, 0.8f, 0.03f },
        { 2.6f, 0.8f, 0.03f },  { 2.6f, 1.6f, 0.05f },  { 2.2f, 1.6f, 0.05f },
        { 2.2f, 0, 0.04f },     { 2.6f, 0, 0 },
    };
    static const struct ct_corner shank[] = {
        { 0, 0, 0 },
        { 0.36f, 0, 0.05f },
        { 0.36f, 0.25f, 0.05f },
        { 0.56f, 0.3f, 0.06f },
        { 0.56f, 0.6f, 0.06f },
        { 0.34f, 0.65f, 0.05f },
        { 0.34f, 5.4f, 0.1f },
        { 0.2f, 5.6f, 0.1f },
        { 0, 5.6f, 0 },
    };
    ct_model_mesh(b, bow(), v3(-1.5708f, 0, 0), v3(-2.35f, Y, 0), b->body);
    ct_model_turned(b, shank, 9, v3(-1.3f, Y, 0), v3(1, 0, 0), b->body);
    ct_model_plate(
        b, (struct ct_model_plate){ bit, 14, 0.15f, 0.015f, { 1.5708f, 0, 0 }, { 0, Y, 0 } },
        b->body);
}
