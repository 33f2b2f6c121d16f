/* A sitting teddy bear of plush with stitched nose, button eyes and a bow tie. */
#include "engines/scene/objects/model.h"

#define HEIGHT 27.0f

const struct ct_object_shape ct_object_teddy_bear_shape = {
    .min = { -10.6f, 0, -6.3f },
    .max = { 10.6f, HEIGHT, 14.2f },
    .head = { 0, 25.5f, 0.4f },
    .head_radius = 4.6f,
    .yaw = -0.3f,
};

static void add_limbs(struct ct_object_builder *b, float s, int pale)
{
    const ct_v3 arm[] = { { s * 4.6f, 13.6f, 0.8f },
                          { s * 7.4f, 10.6f, 2.6f },
                          { s * 8.2f, 7.4f, 4.8f } };
    const ct_v3 leg[] = { { s * 3.8f, 3.9f, 1.5f },
                          { s * 5.6f, 3.5f, 6 },
                          { s * 6.4f, 3.35f, 10 } };
    static const float thick[] = { 2.1f, 2.3f, 2.35f }, stout[] = { 3.3f, 3.1f, 2.9f };
    ct_object_add_part(b, ct_shape_tube(&(struct ct_tube){ arm, thick, 3, 12, 40 }), b->body);
    ct_object_add_part(b, ct_shape_tube(&(struct ct_tube){ leg, stout, 3, 12, 40 }), b->body);
    ct_model_cushion(b, v3(s * 6.6f, 4.2f, 11.6f), v3(3.1f, 4.15f, 2.3f), 0.85f,
                     v3(-0.15f, 0.2f * s, 0), b->body);
    ct_model_ball(b, v3(s * 6.85f, 4.3f, 13.45f), v3(1.9f, 2.6f, 0.6f), pale);
    ct_model_ball(b, v3(s * 5.2f, 24.2f, -0.5f), v3(2.6f, 2.6f, 1.25f), b->body);
    ct_model_ball(b, v3(s * 5.2f, 24.1f, 0.42f), v3(1.75f, 1.75f, 0.75f), pale);
}

static void add_face(struct ct_object_builder *b, int pale, int black)
{
    ct_model_ball(b, v3(0, 18.7f, 5.0f), v3(2.9f, 2.25f, 2.1f), pale);
    ct_model_cushion(b, v3(0, 19.75f, 6.85f), v3(1.1f, 0.72f, 0.55f), 0.85f, v3(0, 0, 0), black);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        ct_model_ball(b, v3(s * 2.35f, 21.4f, 5.05f), v3(0.72f, 0.72f, 0.55f), black);
        const ct_v3 mouth[] = { { 0, 18.35f, 7.0f },
                                { s * 0.7f, 17.8f, 6.85f },
                                { s * 1.45f, 18.1f, 6.45f } };
        ct_model_tube(b, mouth, 3, 0.12f, 0.09f, black);
    }
    const ct_v3 seam[] = { { 0, 19.3f, 7.05f }, { 0, 18.8f, 7.1f }, { 0, 18.3f, 7.0f } };
    ct_model_tube(b, seam, 3, 0.11f, 0.11f, black);
}

void ct_object_teddy_bear(struct ct_object_builder *b)
{
    int pale = ct_object_part_colored(b, CT_MATERIAL_fur, v3(0.66f, 0.48f, 0.29f));
    int black = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.012f, 0.01f, 0.01f));
    int bow = ct_object_part_colored(b, CT_MATERIAL_linen, v3(0.55f, 0.05f, 0.06f));
    ct_model_cushion(b, v3(0, 8.1f, 0), v3(6.4f, 8.1f, 5.7f), 0.92f, v3(0, 0, 0), b->body);
    ct_model_ball(b, v3(0, 8.2f, 2.0f), v3(4.5f, 5.6f, 4.35f), pale);
    ct_model_cushion(b, v3(0, 20.2f, 0.4f), v3(6.3f, 5.5f, 5.5f), 0.95f, v3(0, 0, 0), b->body);
    add_face(b, pale, black);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        add_limbs(b, s, pale);
        ct_model_cushion(b, v3(s * 2.2f, 14.5f, 5.4f), v3(1.9f, 1.35f, 0.7f), 0.7f,
                         v3(0, 0.25f * s, 0.12f * s), bow);
    }
    ct_model_ball(b, v3(0, 14.5f, 5.7f), v3(0.75f, 0.85f, 0.75f), bow);
}
