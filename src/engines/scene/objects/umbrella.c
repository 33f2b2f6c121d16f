/* An open umbrella lying on its edge and its handle's side: eight ribs, curved handle. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define R 50.0f
#define RIBS 8

const struct ct_object_shape ct_object_umbrella_shape = {
    .min = { -50.5f, 0, -50.5f },
    .max = { 50.5f, 86.0f, 50.5f },
    .yaw = 0.2f,
    .view_deg = 9,
    .parts = "handle|shaft",
};

/* The canopy: a dome scalloped between its ribs, thin, with an inside. */
static ct_v3 canopy_at(const void *ctx, float u, float v)
{
    (void)ctx;
    float s, c, t = 1 - fabsf(2 * v - 1); /* 0 at the top, 1 at the rim */
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float between = fabsf(ct_sinf(CT_PI * RIBS * u));
    float r = R * t * (1 - 0.055f * between * t), a, k;
    ct_sincosf(1.12f * t, &a, &k);
    float y = 52 + 27 * k - 3.0f * (1 - between) * t * t - 10;
    return v3(r * c, y - (v > 0.5f ? 0.25f : 0), r * s);
}

void ct_object_umbrella(struct ct_object_builder *b)
{
    int cloth = ct_part_body(b, v3(0.50f, 0.03f, 0.03f));
    int wood =
        ct_object_accent(b, ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.34f, 0.17f, 0.075f)));
    int metal = ct_object_part(b, CT_MATERIAL_chrome);
    struct ct_mesh *mesh =
        ct_shape_grid(&(struct ct_grid){ RIBS * 12, 48, true, canopy_at, NULL, NULL });
    ct_mesh_flip(mesh);
    ct_object_add_part(b, ct_mesh_creased(mesh, 60), cloth);
    ct_model_drum(b, (struct ct_model_drum){ { 0, 14, 0 }, { 0, 79, 0 }, 0.8f, 0.8f, 0.1f }, metal);
    ct_model_drum(b, (struct ct_model_drum){ { 0, 68, 0 }, { 0, 86, 0 }, 1.4f, 0.5f, 0.2f }, wood);
    const ct_v3 hook[] = { { 0, 17, 0 },    { 0, 8, 0 },       { 1.2f, 3.4f, 0 },
                           { 5, 1.35f, 0 }, { 8.8f, 3.4f, 0 }, { 9.8f, 7.5f, 0 } };
    ct_model_tube(b, hook, 6, 1.35f, 1.35f, wood);
    for (int i = 0; i < RIBS; i++) {
        float s, c;
        ct_sincosf(2 * CT_PI * (float)i / RIBS, &s, &c);
        ct_model_drum(
            b, (struct ct_model_drum){ { 0, 52, 0 }, { 27 * c, 60.5f, 27 * s }, 0.3f, 0.3f, 0.1f },
            metal);
    }
}
