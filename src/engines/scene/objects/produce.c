/* Fruit and vegetables that are a few soft lumps each. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/figure.h"

#define GREEN v3(0.10f, 0.30f, 0.05f)

static int leafy(struct ct_object_builder *b)
{
    return ct_object_part_colored(b, CT_MATERIAL_plastic, GREEN);
}

const struct ct_object_shape ct_object_carrot_shape = {
    .min = { -2.6f, 0, -9.6f },
    .max = { 2.6f, 4.6f, 13.4f },
    .yaw = 0.75f,
};

/* Lying, its leaves behind it. */
void ct_object_carrot(struct ct_object_builder *b)
{
    static const struct ct_lump rows[] = {
        FIGURE_LIMB(0, 0, false, 0, 1.95f, -4.0f, 1.9f, 0, 1.2f, 6.0f, 1.15f),
        FIGURE_LIMB(0, 0.6f, false, 0, 1.2f, 6.0f, 1.15f, 0, 0.5f, 12.4f, 0.35f),
        FIGURE_STRIPE(1, false, -1.2f, 3.7f, -2.6f, 0.16f, 1.2f, 3.7f, -2.4f, 0.16f),
        FIGURE_STRIPE(1, false, 0, 3.4f, 0.4f, 0.16f, 1.6f, 3.0f, 0.5f, 0.16f),
        FIGURE_STRIPE(1, false, -1.4f, 2.7f, 2.8f, 0.14f, 0.4f, 3.0f, 2.9f, 0.14f),
        FIGURE_STRIPE(1, false, 0.2f, 2.5f, 5.2f, 0.13f, 1.2f, 2.1f, 5.3f, 0.13f),
    };
    static const struct ct_figure carrot = { FIGURE_BODY(rows, 96),
                                             { 0xf0781c, 0xb9530f, 0 },
                                             false };
    int green = leafy(b);
    ct_figure_add_body(b, &carrot);
    for (int i = 0; i < 7; i++) {
        float a = ((float)i - 3) / 3;
        const ct_v3 leaf[] = { { 0, 2.2f, -5.4f },
                               { 1.0f * a, 2.9f + 0.5f * (float)(i & 1), -7.4f },
                               { 2.2f * a, 3.3f + 0.7f * (float)(i & 1), -9.2f } };
        ct_model_tube(b, leaf, 3, 0.28f, 0.42f, green);
    }
}

const struct ct_object_shape ct_object_tomato_shape = {
    .min = { -3.9f, 0, -3.9f },
    .max = { 3.9f, 6.8f, 3.9f },
    .on_y = 5.6f,
    .yaw = 0.2f,
};

void ct_object_tomato(struct ct_object_builder *b)
{
    static const struct ct_lump rows[] = {
        FIGURE_BALL(0, 0, true, 1.1f, 3.0f, 1.0f, 2.7f, 3.0f, 2.8f),
        FIGURE_BALL(0, 1.0f, true, 1.1f, 3.0f, -1.0f, 2.7f, 3.0f, 2.8f),
        FIGURE_HOLLOW(1.4f, false, 0, 6.6f, 0, 1.0f, 0.9f, 1.0f),
    };
    static const struct ct_lumps body = { rows, 3, 64 };
    int green = leafy(b);
    ct_object_add_part(b, ct_shape_lumps(&body), ct_part_body(b, v3(0.62f, 0.035f, 0.02f)));
    for (int i = 0; i < 5; i++) {
        float s, c;
        ct_sincosf(1.257f * (float)i, &s, &c);
        const ct_v3 leaf[] = { { 0, 5.5f, 0 }, { 1.1f * c, 6.0f, 1.1f * s },
                               { 2.2f * c, 5.7f, 2.2f * s } };
        ct_model_tube(b, leaf, 3, 0.34f, 0.10f, green);
    }
    const ct_v3 stem[] = { { 0, 5.4f, 0 }, { 0.2f, 6.5f, 0 } };
    ct_model_tube(b, stem, 2, 0.24f, 0.28f, green);
}

const struct ct_object_shape ct_object_grapes_shape = {
    .min = { -5.1f, 0, -5.3f },
    .max = { 5.1f, 9.0f, 8.7f },
    .yaw = 0.4f,
};

/* A bunch lying on its side, the stalk behind. */
void ct_object_grapes(struct ct_object_builder *b)
{
    static const signed char rows[][2] = { { 3, -3 }, { 4, -1 }, { 4, 1 },
                                           { 3, 3 },  { 2, 5 },  { 1, 7 } };
    int skin = ct_part_body(b, v3(0.13f, 0.025f, 0.10f)), green = leafy(b);
    float places[96][12];
    int n = 0;
    for (int r = 0; r < 6; r++)
        for (int layer = 0; layer < 3 - r / 3; layer++)
            for (int i = 0; i < rows[r][0] - layer + 1; i++) {
                float half = 0.5f * (float)(rows[r][0] - layer);
                ct_v3 at = v3(1.9f * ((float)i - half) + 0.25f * (ct_part_random(b, n) - 0.5f),
                              1.15f + 1.7f * (float)layer,
                              (float)rows[r][1] + 0.4f * (float)layer +
                                  0.3f * (ct_part_random(b, 90 + n) - 0.5f));
                ct_matrix_place(places[n++], at, 0, 1);
            }
    ct_model_copies(b, ct_shape_ellipsoid(v3(1.12f, 1.14f, 1.12f), 28), places, n, skin);
    const ct_v3 stalk[] = { { 0, 4.4f, -2.4f }, { 0.2f, 6.4f, -3.4f }, { -0.4f, 8.3f, -3.6f } };
    ct_model_tube(b, stalk, 3, 0.32f, 0.28f,
                  ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.20f, 0.13f, 0.05f)));
    ct_model_mesh(b, ct_model_leaf(&(struct ct_model_leaf){ 4.6f, 2.2f, 0.4f, 0.2f, 0.4f }),
                  v3(1.1f, 1.9f, 0), v3(0.2f, 5.6f, -2.6f), green);
}

const struct ct_object_shape ct_object_avocado_shape = {
    .min = { -4.6f, 0, -4.6f },
    .max = { 4.6f, 11.8f, 3.2f },
    .yaw = 0.25f,
};

/* A half standing on its round end, cut side forward. */
void ct_object_avocado(struct ct_object_builder *b)
{
    static const struct ct_lump rows[] = {
        FIGURE_BALL(0, 0, false, 0, 4.3f, 0, 4.3f, 4.3f, 4.3f),
        FIGURE_LIMB(0, 2.6f, false, 0, 4.6f, 0, 3.4f, 0, 9.9f, 0, 1.9f),
        { .kind = CT_LUMP_BLOCK,
          .use = CT_LUMP_CUT,
          .a = { 0, 6, 6.4f },
          .b = { 8, 10, 5.4f },
          .r0 = 0.2f,
          .blend = 0.25f },
        { .kind = CT_LUMP_BLOCK,
          .use = CT_LUMP_PAINT,
          .a = { 0, 6, 3.2f },
          .b = { 8, 10, 2.45f },
          .paint = 1 },
        FIGURE_MARK(2, false, 0, 4.3f, 1.0f, 3.6f, 3.6f, 0.8f),
        { .kind = CT_LUMP_LIMB,
          .use = CT_LUMP_PAINT,
          .a = { 0, 4.6f, 1.0f },
          .b = { 0, 9.6f, 1.0f },
          .r0 = 2.7f,
          .r1 = 1.3f,
          .paint = 2 },
    };
    static const struct ct_figure avocado = { FIGURE_BODY(rows, 80),
                                              { 0x2f4a1e, 0x8fb04a, 0xe6e29a },
                                              true };
    ct_figure_add_body(b, &avocado);
    ct_model_ball(b, v3(0, 4.2f, 1.2f), v3(2.05f, 2.1f, 1.95f),
                  ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.26f, 0.11f, 0.045f)));
}

const struct ct_object_shape ct_object_pineapple_shape = {
    .min = { -6.4f, 0, -6.4f },
    .max = { 6.4f, 30.0f, 6.4f },
    .yaw = 0.3f,
};

static ct_v3 scales_at(const void *ctx, float u, float v)
{
    float s, c, sv, cv;
    (void)ctx;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    float a = ct_sinf(CT_PI * (13 * u + 9 * v)), d = ct_sinf(CT_PI * (13 * u - 9 * v));
    float eye = 0.55f * sqrtf(ct_maxf(fabsf(a * d), 0)) * ct_smoothstep(0.05f, 0.3f, v) *
                ct_smoothstep(0.95f, 0.7f, v);
    float r = v <= 0 || v >= 1 ? 0 : 5.6f * ct_powf(ct_maxf(cv, 0), 0.62f) + eye;
    return v3(r * c, 9.0f + 9.0f * sv, r * s);
}

void ct_object_pineapple(struct ct_object_builder *b)
{
    int skin = ct_part_body(b, v3(0.56f, 0.30f, 0.04f)), green = leafy(b);
    ct_object_add_part(b, ct_shape_grid(&(struct ct_grid){ 208, 120, true, scales_at, NULL, NULL }),
                       skin);
    for (int i = 0; i < 26; i++) {
        float ring = (float)(i / 9), turn = 2.4f * (float)i;
        struct ct_model_leaf leaf = { 11.5f - 1.6f * (2 - ring), 1.3f, 0.3f, 0.5f,
                                      0.55f - 0.18f * ring };
        ct_model_mesh(b, ct_model_leaf(&leaf), v3(0.75f - 0.28f * ring, turn, 0),
                      v3(0.9f * ct_sinf(turn) * (1 - 0.3f * ring), 17.2f + 0.4f * ring,
                         0.9f * ct_cosf(turn) * (1 - 0.3f * ring)),
                      green);
    }
}

const struct ct_object_shape ct_object_sunflower_shape = {
    .min = { -7.9f, 0, -5.2f },
    .max = { 7.9f, 35.4f, 5.2f },
    .yaw = 0.15f,
};

/* In a small pot, its face to the viewer. */
void ct_object_sunflower(struct ct_object_builder *b)
{
    int petal = ct_part_body(b, v3(0.86f, 0.50f, 0.02f)), green = leafy(b);
    int clay = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.42f, 0.17f, 0.09f));
    int seeds = ct_object_part_colored(b, CT_MATERIAL_fur, v3(0.07f, 0.035f, 0.018f));
    static const struct ct_corner pot[] = { { 0, 0, 0 },          { 3.6f, 0, 0.3f },
                                            { 4.6f, 6.4f, 0.1f }, { 5.1f, 6.5f, 0.15f },
                                            { 5.2f, 8.0f, 0.2f }, { 4.6f, 8.0f, 0.2f },
                                            { 4.5f, 7.0f, 0.1f }, { 0, 7.0f, 0 } };
    const ct_v3 stalk[] = { { 0, 6.8f, 0 }, { 0.3f, 17, -0.4f }, { 0, 26.6f, 0 } };
    const ct_v3 middle = v3(0, 27.6f, 1.2f);
    ct_part_turned(b, pot, 8, clay);
    ct_model_tube(b, stalk, 3, 0.7f, 0.55f, green);
    for (int i = 0; i < 34; i++) {
        bool back = i >= 17;
        float turn = 2 * CT_PI * ((float)i + (back ? 0.5f : 0)) / 17;
        struct ct_model_leaf leaf = { back ? 8.2f : 7.6f, 1.35f, 0.45f, 0.25f,
                                      back ? 0.12f : -0.05f };
        struct ct_mesh *mesh = ct_model_leaf(&leaf);
        ct_mesh_rotate(mesh, 0, back ? -0.14f : 0.16f);
        ct_mesh_rotate(mesh, 2, turn);
        ct_mesh_move(mesh, v3_add(middle, v3(0, 0, back ? -0.5f : 0)));
        ct_object_add_part(b, mesh, petal);
    }
    ct_model_ball(b, middle, v3(3.9f, 3.9f, 1.3f), seeds);
    for (int side = -1; side <= 1; side += 2)
        ct_model_mesh(b,
                      ct_model_leaf(&(struct ct_model_leaf){ 7.2f, 2.3f, 0.4f, 0.25f, 0.45f }),
                      v3(0.5f, 1.3f * (float)side, -0.2f * (float)side),
                      v3(0.2f * (float)side, 12.6f + 2 * (float)side, 0), green);
}
