/* A soda can, a paper cup of coffee, a bowl of noodles. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

const struct ct_object_shape ct_object_soda_can_shape = {
    .min = { -3.3f, 0, -3.3f },
    .max = { 3.3f, 12.2f, 3.3f },
    .on_y = 12.0f,
    .on_radius = 2.4f,
    .label = { CT_DECAL_ROUND, { 0, 6.0f, 3.3f }, 2.8f, 3.2f },
};

void ct_object_soda_can(struct ct_object_builder *b)
{
    int paint = ct_part_body(b, v3(0.56f, 0.02f, 0.03f)),
        metal = ct_object_part(b, CT_MATERIAL_chrome);
    static const struct ct_corner wall[] = {
        { 0, 0.5f, 0 },        { 1.9f, 0.5f, 0.2f }, { 2.5f, 0.1f, 0.15f }, { 3.28f, 1.1f, 0.4f },
        { 3.28f, 10.6f, 0.5f }, { 2.7f, 11.7f, 0.1f }, { 0, 11.7f, 0 },
    };
    static const struct ct_corner foot[] = { { 0, 0.4f, 0 },        { 1.8f, 0.4f, 0.1f },
                                             { 2.3f, 0, 0.1f },     { 2.6f, 0, 0.1f },
                                             { 2.75f, 0.5f, 0.1f }, { 0, 0.6f, 0 } };
    static const struct ct_corner lid[] = { { 0, 11.5f, 0 }, { 2.72f, 11.5f, 0.05f },
                                            { 2.85f, 12.15f, 0.12f }, { 2.6f, 12.2f, 0.1f },
                                            { 2.4f, 11.85f, 0.1f }, { 0, 11.85f, 0 } };
    ct_part_turned(b, wall, 7, paint);
    ct_part_turned(b, foot, 6, metal);
    ct_part_turned(b, lid, 6, metal);
    ct_model_panel(b, v3(0, 12.0f, 0.35f), v3(0.75f, 1.25f, 0.08f), 0.5f, 0.05f,
                   v3(CT_PI / 2, 0.5f, 0), metal);
}

const struct ct_object_shape ct_object_paper_cup_shape = {
    .min = { -4.6f, 0, -4.6f },
    .max = { 4.6f, 13.4f, 4.6f },
    .on_y = 13.0f,
    .on_radius = 3.0f,
    .parts = "lid|cap;sleeve",
    .label = { CT_DECAL_ROUND, { 0, 6.2f, 3.95f }, 2.6f, 2.0f },
};

void ct_object_paper_cup(struct ct_object_builder *b)
{
    int white = ct_part_body(b, v3(0.85f, 0.84f, 0.81f));
    int lid = ct_object_accent_of(b, 0, ct_object_part_colored(b, CT_MATERIAL_plastic,
                                                               v3(0.03f, 0.027f, 0.025f)));
    int card = ct_object_accent_of(b, 1, ct_object_part_colored(b, CT_MATERIAL_paper,
                                                                v3(0.36f, 0.22f, 0.11f)));
    static const struct ct_corner cup[] = { { 0, 0.3f, 0 },         { 2.7f, 0.3f, 0.05f },
                                            { 2.8f, 0, 0.06f },     { 3.0f, 0, 0.06f },
                                            { 4.35f, 12.0f, 0.1f }, { 0, 12.0f, 0 } };
    static const struct ct_corner sleeve[] = { { 3.2f, 3.2f, 0 }, { 3.48f, 3.2f, 0.05f },
                                               { 4.12f, 8.9f, 0.05f }, { 3.8f, 8.9f, 0 },
                                               { 3.2f, 3.2f, 0 } };
    static const struct ct_corner top[] = { { 0, 11.6f, 0 },    { 4.3f, 11.6f, 0.05f },
                                            { 4.6f, 11.7f, 0.1f }, { 4.6f, 12.3f, 0.15f },
                                            { 4.2f, 12.5f, 0.2f }, { 4.0f, 13.4f, 0.2f },
                                            { 3.6f, 13.4f, 0.2f }, { 3.4f, 12.7f, 0.2f },
                                            { 0, 12.7f, 0 } };
    ct_part_turned(b, cup, 6, white);
    ct_part_turned(b, sleeve, 5, card);
    ct_object_letter(b, card);
    ct_part_turned(b, top, 9, lid);
}

const struct ct_object_shape ct_object_ramen_shape = {
    .min = { -10.3f, 0, -10.1f },
    .max = { 10.3f, 12.2f, 10.1f },
    .view_deg = 34,
    .yaw = 0.2f,
    .parts = "bowl",
};

static void add_noodles(struct ct_object_builder *b, int dough)
{
    for (int i = 0; i < 26; i++) {
        ct_v3 knots[9];
        float s, c, turn = 6.283f * ct_part_random(b, 5 * i);
        ct_sincosf(turn, &s, &c);
        float off = 3.2f * (2 * ct_part_random(b, 5 * i + 1) - 1);
        for (int k = 0; k < 9; k++) {
            float t = 5.6f * ((float)k - 4) / 4;
            float wave = 0.9f * ct_sinf(0.9f * (float)k + (float)i);
            float x = t * c - (off + wave) * s, z = t * s + (off + wave) * c;
            float r2 = ct_minf((x * x + z * z) / 58, 1);
            knots[k] = v3(x, 7.0f + 0.8f * (1 - r2) + 0.3f * ct_part_random(b, 5 * i + 2), z);
        }
        ct_model_tube(b, knots, 9, 0.36f, 0.36f, dough);
    }
}

/* Halves of an egg, pork, greens, a sheet of seaweed. */
static void add_toppings(struct ct_object_builder *b)
{
    int white = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.84f, 0.82f, 0.76f));
    int yolk = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.80f, 0.34f, 0.03f));
    int pork = ct_object_part_colored(b, CT_MATERIAL_crust, v3(0.52f, 0.27f, 0.17f));
    int green = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.12f, 0.36f, 0.06f));
    int weed = ct_object_part_colored(b, CT_MATERIAL_paper, v3(0.012f, 0.03f, 0.018f));
    for (int i = 0; i < 2; i++) {
        ct_v3 at = v3(-3.6f + 2.9f * (float)i, 8.1f, 3.8f + 0.5f * (float)i);
        ct_model_cushion(b, at, v3(1.75f, 0.85f, 2.1f), 0.9f, v3(0.25f, 0.3f, 0.1f), white);
        ct_model_ball(b, v3_add(at, v3(0.05f, 0.42f, 0.1f)), v3(1.0f, 0.55f, 1.1f), yolk);
    }
    for (int i = 0; i < 3; i++)
        ct_model_cushion(
            b, v3(2.6f + 1.2f * (float)i, 8.3f + 0.25f * (float)i, 1.0f - 1.8f * (float)i),
            v3(2.5f, 0.4f, 2.2f), 0.75f, v3(0.28f, 0, -0.2f), pork);
    for (int i = 0; i < 22; i++) {
        float x = -2.4f + 4.2f * (ct_part_random(b, 200 + 2 * i) - 0.5f);
        float z = -2.6f + 4.0f * (ct_part_random(b, 201 + 2 * i) - 0.5f);
        ct_model_ring(b, v3(x, 8.3f, z), v3(0.3f * ct_part_random(b, 300 + i), 1, 0.2f), 0.42f,
                      0.16f, green);
    }
    ct_model_box_turned(b, v3(-5.2f, 9.2f, -4.4f), v3(2.6f, 2.9f, 0.08f), 0.05f,
                        v3(-0.25f, 0.7f, 0.12f), weed);
}

void ct_object_ramen(struct ct_object_builder *b)
{
    static const struct ct_corner bowl[] = {
        { 0, 0.5f, 0 },      { 3.6f, 0.5f, 0.1f }, { 3.8f, 0, 0.1f },   { 4.4f, 0, 0.2f },
        { 4.6f, 1.0f, 0.3f }, { 8.4f, 3.6f, 3.0f }, { 10.1f, 9.6f, 0.15f }, { 9.7f, 9.6f, 0.15f },
        { 8.0f, 4.2f, 3.0f }, { 0, 2.0f, 0 },
    };
    int clay = ct_object_accent(b, ct_part_body(b, v3(0.06f, 0.09f, 0.14f)));
    int broth = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.42f, 0.19f, 0.06f));
    int dough = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.80f, 0.60f, 0.28f));
    int stick = ct_object_part(b, CT_MATERIAL_wood);
    ct_part_turned(b, bowl, 10, clay);
    ct_model_drum(b, (struct ct_model_drum){ v3(0, 5.2f, 0), v3(0, 7.3f, 0), 8.2f, 9.0f, 0.05f },
                  broth);
    add_noodles(b, dough);
    add_toppings(b);
    for (int i = 0; i < 2; i++) {
        const ct_v3 rod[] = { { -9.2f, 10.2f, 2.6f - 1.2f * (float)i },
                              { 10.0f, 10.4f, -2.2f - 0.6f * (float)i } };
        ct_model_tube(b, rod, 2, 0.42f, 0.28f, stick);
    }
}
