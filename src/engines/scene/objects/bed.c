/* A double bed: upholstered headboard, mattress, a duvet folded back, two pillows, a blanket. */
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/model.h"

#define HALF_X 82.0f
#define HALF_Z 104.0f

const struct ct_object_shape ct_object_bed_shape = {
    .min = { -88.0f, 0, -HALF_Z - 8 },
    .max = { 88.0f, 104.0f, HALF_Z + 3 },
    .on_y = 56,
    .on_radius = 50,
    .yaw = 0.5f,
    .parts = "blanket|throw|duvet|bedding|sheet|sheets;pillow|pillows;headboard|frame",
};

/* Bedding that lies over a soft body: superelliptic edges and long wrinkles. */
struct cover {
    float hx, hy, hz, wrinkle, seed;
};

static ct_v3 cover_at(const void *ctx, float u, float v)
{
    const struct cover *c = ctx;
    float su, cu, sv, cv;
    ct_sincosf(2 * CT_PI * u, &su, &cu);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    float around = v <= 0 || v >= 1 ? 0 : copysignf(ct_powf(fabsf(cv), 0.22f), cv);
    ct_v3 p = v3(c->hx * around * copysignf(ct_powf(fabsf(cu), 0.24f), cu),
                 c->hy * copysignf(ct_powf(fabsf(sv), 0.5f), sv),
                 c->hz * around * copysignf(ct_powf(fabsf(su), 0.24f), su));
    ct_v3 q = v3(0.035f * p.x + c->seed, 0.02f * p.y, 0.022f * p.z);
    p.y += p.y > 0 ? c->wrinkle * (ct_noise3(q) + 0.5f * ct_noise3(v3_scale(q, 2.7f))) * around : 0;
    return p;
}

static void add_cover(struct ct_object_builder *b, ct_v3 at, struct cover c, int material)
{
    ct_model_mesh(b, ct_shape_grid(&(struct ct_grid){ 96, 64, true, cover_at, &c, NULL }),
                  v3(0, 0, 0), at, material);
}

void ct_object_bed(struct ct_object_builder *b)
{
    int frame = ct_object_accent_of(b, 2, ct_part_body(b, v3(0.36f, 0.35f, 0.33f)));
    int sheet = ct_part_dressed(b, CT_MATERIAL_linen, v3(0.84f, 0.83f, 0.80f));
    int throw =
        ct_object_accent_of(b, 0, ct_part_dressed(b, CT_MATERIAL_linen, v3(0.36f, 0.42f, 0.38f)));
    int pillow = ct_object_accent_of(b, 1, sheet);
    float seed = (float)(b->seed & 31);
    ct_model_box(b, v3(0, 18, 0), v3(HALF_X + 2, 12, HALF_Z), 3, frame);
    ct_model_cushion(b, v3(0, 60, -HALF_Z - 2), v3(HALF_X + 5, 44, 6), 0.22f, v3(0, 0, 0), frame);
    for (int k = 0; k < 4; k++)
        ct_model_drum(b,
                      (struct ct_model_drum){ { k & 1 ? 74.0f : -74.0f, 0, k & 2 ? 92.0f : -92.0f },
                                              { k & 1 ? 74.0f : -74.0f, 8, k & 2 ? 92.0f : -92.0f },
                                              3,
                                              3.6f,
                                              0.4f },
                      ct_object_part(b, CT_MATERIAL_wood));
    ct_model_cushion(b, v3(0, 39, 2), v3(HALF_X, 12, HALF_Z - 1), 0.2f, v3(0, 0, 0), sheet);
    add_cover(b, v3(0, 42, 22), (struct cover){ HALF_X + 4, 15, 82, 1.6f, seed }, sheet);
    add_cover(b, v3(0, 44.5f, 62), (struct cover){ HALF_X + 5.4f, 14.2f, 34, 1.5f, seed + 7 },
              throw);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        ct_model_cushion(b, v3(s * 39, 62, -86), v3(34, 9.5f, 20), 0.62f, v3(0.62f, 0.03f * s, 0),
                         pillow);
        ct_model_cushion(b, v3(s * 37, 60, -66), v3(30, 8.5f, 17), 0.64f, v3(0.5f, -0.05f * s, 0),
                         throw);
    }
}
