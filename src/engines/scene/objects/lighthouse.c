/* A lighthouse on a rock: banded tower, gallery, lantern with a lit lamp, cupola. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/building.h"

#define HEIGHT 60.0f
#define FOOT_Y 6.0f

const struct ct_object_shape ct_object_lighthouse_shape = {
    .min = { -14.8f, 0, -14.8f },
    .max = { 14.8f, HEIGHT, 14.8f },
    .view_deg = 7,
    .yaw = 0.3f,
    .parts = "stripe|stripes|band|bands|roof;door",
};

static ct_v3 rock_at(const void *ctx, float u, float v)
{
    float s, c, seed = *(const float *)ctx, up = ct_maxf((v - 0.1f) / 0.9f, 0);
    ct_sincosf(2 * CT_PI * u, &s, &c);
    if (v <= 0 || v >= 1)
        return v3(0, v <= 0 ? 0 : FOOT_Y, 0);
    /* A cliff, then the flat top; the first rows are its underside. */
    float rise = ct_smoothstep(0, 0.75f, up), top = ct_maxf((up - 0.7f) / 0.3f, 0);
    ct_v3 q = v3(1.7f * c + seed, 0.5f, 1.7f * s);
    float rough = 1 + 0.14f * ct_noise3(q) + 0.06f * ct_noise3(v3_scale(q, 2.6f));
    float r = ct_lerp(14.0f, 8.5f, rise) * (1 - top) * rough * ct_minf(v / 0.1f, 1);
    return v3(r * c, FOOT_Y * rise, r * s);
}

static float radius_at(float y)
{
    return ct_lerp(5.4f, 3.5f, (y - FOOT_Y) / (44 - FOOT_Y));
}

static void add_tower(struct ct_object_builder *b, int white, int red)
{
    for (int i = 0; i < 5; i++) {
        float from = FOOT_Y + 7.6f * (float)i, to = from + 7.6f;
        ct_model_drum(
            b,
            (struct ct_model_drum){
                { 0, from - 0.1f, 0 }, { 0, to, 0 }, radius_at(from), radius_at(to), 0.02f },
            i & 1 ? red : white);
    }
}

static void add_lantern(struct ct_object_builder *b, int white, int red)
{
    static const struct ct_corner gallery[] = {
        { 0, 43, 0 }, { 3.4f, 43, 0 }, { 5.4f, 44.6f, 0.2f }, { 5.4f, 45.4f, 0.1f }, { 0, 45.4f, 0 }
    };
    static const struct ct_corner dome[] = { { 0, 53.2f, 0 },          { 3.7f, 53.2f, 0.1f },
                                             { 3.5f, 53.9f, 0.3f },    { 2.1f, 56.4f, 1.6f },
                                             { 0.45f, 57.4f, 0.3f },   { 0.5f, 58.2f, 0.2f },
                                             { 0.12f, HEIGHT, 0.05f }, { 0, HEIGHT, 0 } };
    struct ct_material lamp;
    ct_material_make(&lamp, &(struct ct_look){ .material = CT_MATERIAL_matte });
    lamp.surface.emission = v3(9, 6.6f, 3.0f);
    ct_part_turned(b, gallery, 5, white);
    ct_part_turned(b, dome, 8, red);
    ct_model_drum(b, (struct ct_model_drum){ { 0, 45.2f, 0 }, { 0, 47.2f, 0 }, 2.9f, 2.9f, 0.05f },
                  white);
    ct_model_ball(b, v3(0, 50.2f, 0), v3(1.3f, 1.9f, 1.3f), ct_world_add_material(b->world, &lamp));
    struct ct_block bars[10 + 16];
    int n = 0;
    for (int i = 0; i < 10; i++) {
        float s, c;
        ct_sincosf(2 * CT_PI * (float)i / 10, &s, &c);
        bars[n++] = (struct ct_block){ { 2.75f * c, 50.2f, 2.75f * s }, { 0.13f, 3.1f, 0.13f } };
    }
    for (int i = 0; i < 16; i++) {
        float s, c;
        ct_sincosf(2 * CT_PI * (float)i / 16, &s, &c);
        bars[n++] = (struct ct_block){ { 5.1f * c, 46.5f, 5.1f * s }, { 0.1f, 1.2f, 0.1f } };
    }
    ct_model_blocks(b, bars, n, 0.03f, red);
    ct_model_ring(b, v3(0, 47.7f, 0), v3(0, 1, 0), 5.1f, 0.14f, red);
    ct_model_ring(b, v3(0, 50.2f, 0), v3(0, 1, 0), 2.75f, 0.1f, red);
}

void ct_object_lighthouse(struct ct_object_builder *b)
{
    float seed = (float)(b->seed & 31);
    int white = ct_part_body(b, v3(0.82f, 0.81f, 0.78f));
    int red = ct_object_accent_of(
        b, 0, ct_part_dressed(b, CT_MATERIAL_lacquer, v3(0.42f, 0.025f, 0.022f)));
    int leaf = ct_object_accent_of(b, 1, red);
    ct_object_add_part(
        b,
        ct_mesh_creased(ct_shape_grid(&(struct ct_grid){ 72, 30, true, rock_at, &seed, NULL }), 35),
        ct_object_part_colored(b, CT_MATERIAL_concrete, v3(0.19f, 0.175f, 0.16f)));
    add_tower(b, white, red);
    add_lantern(b, white, red);
    ct_door_add(b, &(struct ct_door){ { 0, FOOT_Y, 5.3f }, 1.3f, 4.8f, true }, leaf, white);
    struct ct_windows w = {
        .half_width = 0.75f, .half_height = 1.1f, .frame = 0.4f, .columns = 1, .rows = 2
    };
    ct_windows_put(&w, CT_FACADE_FRONT, 0, 20.5f, radius_at(20.5f));
    ct_windows_put(&w, CT_FACADE_FRONT, 0, 34.5f, radius_at(34.5f));
    ct_windows_add(b, &w, white, ct_window_glass(b));
}
