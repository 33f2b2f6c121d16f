/* A felt hat with a creased crown and a ribbon. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

const struct ct_object_shape ct_object_hat_shape = {
    .min = { -14.6f, 0, -17.2f },
    .max = { 14.6f, 13.0f, 17.2f },
    .yaw = 0.6f,
    .parts = "ribbon|band",
};

/* From under the crown out along the brim's lower side, back on its upper side, up the crown. */
static ct_v3 felt_at(const void *ctx, float u, float v)
{
    (void)ctx;
    float s, c, r, y;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    if (v < 0.28f) {
        r = ct_lerp(0, 15.0f, v / 0.28f);
        y = 0.03f;
    } else if (v < 0.5f) {
        float t = (v - 0.28f) / 0.22f;
        r = ct_lerp(15.0f, 8.6f, t);
        y = 0.65f + 0.25f * t * t;
    } else {
        float t = (v - 0.5f) / 0.5f, e;
        float edge = ct_smoothstep(0.60f, 1, t), k;
        ct_sincosf(CT_PI / 2 * edge, &e, &k);
        r = (8.6f - 1.1f * ct_minf(t / 0.6f, 1)) * (t < 0.6f ? 1 : k);
        y = 0.9f + 11.2f * ct_minf(t / 0.6f, 1) + 0.9f * e;
        /* The crease along the top and two dents in front. */
        y -= 3.2f * edge * ct_expf(-(r * c) * (r * c) / 5.5f) *
             (0.55f - 0.45f * s * ct_minf(r / 7, 1));
    }
    if (v <= 0 || v >= 1)
        return v3(0, y, 0);
    float brim = ct_smoothstep(9, 15, r), front = 1.14f;
    y += brim * (2.2f * c * c - 0.8f * s * s + 0.8f); /* up at the sides, down in front */
    return v3(r * c * 0.93f, ct_maxf(y, 0.0f), r * s * front);
}

void ct_object_hat(struct ct_object_builder *b)
{
    int felt = ct_part_body(b, v3(0.24f, 0.16f, 0.10f));
    int ribbon = ct_object_accent(
        b, ct_object_part_colored(b, CT_MATERIAL_velvet, v3(0.02f, 0.018f, 0.018f)));
    ct_object_add_part(
        b,
        ct_mesh_creased(ct_shape_grid(&(struct ct_grid){ 120, 100, true, felt_at, NULL, NULL }),
                        60),
        felt);
    const struct ct_corner band[] = { { 8.2f, 1.1f, 0 },
                                      { 8.85f, 1.1f, 0.1f },
                                      { 8.45f, 4.4f, 0.1f },
                                      { 7.9f, 4.4f, 0 },
                                      { 8.2f, 1.1f, 0 } };
    struct ct_curve curve;
    ct_curve_fillet(&curve, band, 5, 3);
    struct ct_mesh *mesh = ct_shape_revolve(&curve, 96, 40);
    ct_mesh_scale(mesh, v3(0.93f, 1, 1.14f));
    ct_object_add_part(b, mesh, ribbon);
}
