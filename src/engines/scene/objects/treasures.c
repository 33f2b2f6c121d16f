/* Trophies, crowns, swords, shields and the chest they lie in. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

const struct ct_object_shape ct_object_trophy_shape = {
    .min = { -8.6f, 0, -5.2f },
    .max = { 8.6f, 25.0f, 5.2f },
    .yaw = 0.2f,
    .label = { CT_DECAL_FRONT, { 0, 2.4f, 4.3f }, 3.6f, 1.3f },
};

void ct_object_trophy(struct ct_object_builder *b)
{
    static const struct ct_corner cup[] = {
        { 0, 4.8f, 0 },       { 3.0f, 4.8f, 0.3f },  { 2.6f, 6.0f, 0.5f }, { 0.9f, 7.2f, 0.8f },
        { 0.85f, 9.0f, 0.3f }, { 1.5f, 9.6f, 0.4f }, { 0.95f, 10.4f, 0.4f }, { 3.6f, 13.2f, 2.0f },
        { 5.0f, 19.0f, 6.0f }, { 5.2f, 25.0f, 0.15f }, { 4.9f, 25.0f, 0.1f }, { 4.6f, 19.0f, 5.0f },
        { 3.2f, 14.0f, 1.8f }, { 0, 12.4f, 0 },
    };
    ct_part_turned(b, cup, 14, b->body);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        const ct_v3 handle[] = { { s * 4.9f, 22.6f, 0 }, { s * 7.4f, 22.8f, 0 },
                                 { s * 8.1f, 20.2f, 0 }, { s * 6.6f, 16.8f, 0 },
                                 { s * 4.0f, 14.6f, 0 } };
        ct_model_tube(b, handle, 5, 0.55f, 0.45f, b->body);
    }
    int stone = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.02f, 0.018f, 0.017f));
    ct_model_box(b, v3(0, 2.4f, 0), v3(4.3f, 2.4f, 4.3f), 0.3f, stone);
    ct_model_box(b, v3(0, 2.4f, 4.3f), v3(2.6f, 1.2f, 0.12f), 0.05f, b->body);
}

const struct ct_object_shape ct_object_crown_shape = {
    .min = { -9.1f, 0, -9.1f },
    .max = { 9.1f, 11.3f, 9.1f },
    .yaw = 0.2f,
};

static ct_v3 band_at(const void *ctx, float u, float v)
{
    const float *inset = ctx;
    float s, c, wave;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    wave = fabsf(ct_fractf(8 * u) - 0.5f) * 2; /* 1 at the points, 0 between them */
    float top = ct_lerp(4.6f, 9.6f, wave * wave), y = v * top;
    float r = 7.4f + 0.10f * y - *inset;
    return v3(r * c, y, r * s);
}

void ct_object_crown(struct ct_object_builder *b)
{
    static const uint32_t jewels[] = { 0xb3122b, 0x1d4fb3, 0x1d8a4a };
    static const float outer = 0, inner = 0.35f;
    struct ct_mesh *wall =
        ct_shape_grid(&(struct ct_grid){ 192, 12, true, band_at, &outer, NULL });
    struct ct_mesh *lining =
        ct_shape_grid(&(struct ct_grid){ 192, 12, true, band_at, &inner, NULL });
    ct_mesh_flip(lining);
    ct_object_add_part(b, wall, b->body);
    ct_object_add_part(b, lining, b->body);
    ct_model_ring(b, v3(0, 0.6f, 0), v3(0, 1, 0), 7.35f, 0.6f, b->body);
    ct_model_ring(b, v3(0, 3.4f, 0), v3(0, 1, 0), 7.6f, 0.4f, b->body);
    for (int i = 0; i < 8; i++) {
        float s, c;
        ct_sincosf(2 * CT_PI * (float)i / 8, &s, &c);
        ct_model_ball(b, v3(8.25f * c, 10.4f, 8.25f * s), v3(0.85f, 0.85f, 0.85f), b->body);
        ct_sincosf(2 * CT_PI * ((float)i + 0.5f) / 8, &s, &c);
        ct_model_ball(b, v3(7.6f * c, 2.0f, 7.6f * s), v3(0.8f, 0.95f, 0.8f),
                      ct_object_part_colored(b, CT_MATERIAL_lacquer,
                                             ct_hex_color(jewels[i % 3])));
    }
}

#define LID_RADIUS 7.4f
#define LID_STEPS 20
#define LID_OPEN v3(-1.25f, 0, 0)
#define LID_HINGE v3(0, 11.1f, -7.2f)

const struct ct_object_shape ct_object_treasure_chest_shape = {
    .min = { -12.4f, 0, -13.0f },
    .max = { 12.4f, 26.6f, 8.7f },
    .yaw = 0.45f,
};

/* From lid space (the hinge is the origin, the front edge at +z) to the chest's. */
static ct_v3 in_lid(ct_v3 p)
{
    float s, c;
    ct_sincosf(LID_OPEN.x, &s, &c);
    return v3_add(LID_HINGE, v3(p.x, p.y * c - p.z * s, p.y * s + p.z * c));
}

/* A piece of the lid: its outline across, `half` long to both sides of x. */
static void add_lid_piece(struct ct_object_builder *b, const struct ct_curve *across, float x,
                          float half, int material)
{
    struct ct_mesh *mesh =
        ct_shape_prism(&(struct ct_prism){ across, NULL, half, 0.12f, 30 });
    ct_mesh_rotate(mesh, 1, -CT_PI / 2);
    ct_mesh_move(mesh, v3(x, 0, 0));
    ct_model_mesh(b, mesh, LID_OPEN, LID_HINGE, material);
}

/* Half a barrel, and a wall at either end. */
static void add_lid(struct ct_object_builder *b, int wood, int metal)
{
    struct ct_curve shell = { .n = 0 }, end = { .n = 0 };
    for (int i = 0; i < 2 * LID_STEPS; i++) {
        float s, c, r = i < LID_STEPS ? LID_RADIUS : LID_RADIUS - 0.9f;
        float t = (float)(i < LID_STEPS ? i : 2 * LID_STEPS - 1 - i) / (LID_STEPS - 1);
        ct_sincosf(CT_PI * t, &s, &c);
        ct_curve_add(&shell, v2(LID_RADIUS + r * c, r * s));
        if (i < LID_STEPS)
            ct_curve_add(&end, v2(LID_RADIUS + (r - 0.5f) * c, (r - 0.5f) * s));
    }
    add_lid_piece(b, &shell, 0, 12.2f, wood);
    for (int side = -1; side <= 1; side += 2)
        add_lid_piece(b, &end, 11.6f * (float)side, 0.55f, wood);
    for (int side = -1; side <= 1; side++) {
        ct_v3 arc[12];
        for (int i = 0; i < 12; i++) {
            float s, c;
            ct_sincosf(CT_PI * (float)i / 11, &s, &c);
            arc[i] = in_lid(v3(11.2f * (float)side, LID_RADIUS * s, LID_RADIUS * (1 - c)));
        }
        ct_model_tube(b, arc, 12, 0.55f, 0.55f, metal);
    }
    ct_model_ball(b, in_lid(v3(0, 0.6f, 2 * LID_RADIUS + 0.4f)), v3(1.1f, 1.3f, 0.9f), metal);
}

void ct_object_treasure_chest(struct ct_object_builder *b)
{
    int wood = b->body, metal = ct_object_part(b, CT_MATERIAL_brass);
    int gold = ct_object_part(b, CT_MATERIAL_gold);
    for (int i = 0; i < 3; i++) {
        float y = 1.9f + 3.5f * (float)i;
        ct_model_box(b, v3(0, y, 7.4f), v3(12.2f, 1.7f, 0.6f), 0.2f, wood);
        ct_model_box(b, v3(0, y, -7.4f), v3(12.2f, 1.7f, 0.6f), 0.2f, wood);
        for (int side = -1; side <= 1; side += 2)
            ct_model_box(b, v3(11.7f * (float)side, y, 0), v3(0.6f, 1.7f, 7.6f), 0.2f, wood);
    }
    ct_model_box(b, v3(0, 0.82f, 0), v3(11.6f, 0.8f, 7.2f), 0.2f, wood);
    for (int side = -1; side <= 1; side += 1)
        ct_model_box(b, v3(11.2f * (float)side, 5.4f, 7.7f), v3(0.8f, 5.3f, 0.6f), 0.2f, metal);
    ct_model_box(b, v3(0, 9.2f, 8.1f), v3(1.5f, 1.7f, 0.55f), 0.3f, metal);
    add_lid(b, wood, metal);
    for (int i = 0; i < 46; i++) {
        float x = 10.2f * (2 * ct_part_random(b, 3 * i) - 1);
        float z = 5.4f * (2 * ct_part_random(b, 3 * i + 1) - 1);
        float y =
            10.3f + 2.2f * (1 - x * x / 130) * (1 - z * z / 60) * ct_part_random(b, 3 * i + 2);
        ct_model_drum(b, (struct ct_model_drum){ v3(x, y, z),
                                                 v3(x + 0.2f * (float)(i % 3 - 1), y + 0.35f,
                                                    z + 0.15f * (float)(i % 5 - 2)),
                                                 1.45f, 1.45f, 0.08f },
                      gold);
    }
    ct_model_ball(b, v3(0, 7.6f, 0), v3(10.6f, 4.4f, 6.4f), gold);
    ct_model_ball(b, v3(-4.6f, 12.6f, 2.6f), v3(1.1f, 1.0f, 1.1f),
                  ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.5f, 0.01f, 0.03f)));
    ct_model_ball(b, v3(4.0f, 12.4f, 3.0f), v3(1.0f, 0.95f, 1.0f),
                  ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.02f, 0.12f, 0.5f)));
}

const struct ct_object_shape ct_object_sword_shape = {
    .min = { -8.2f, 0, -4.4f },
    .max = { 8.2f, 50.0f, 4.4f },
    .yaw = 0.35f,
};

/* Stuck in a stone. */
void ct_object_sword(struct ct_object_builder *b)
{
    int brass = ct_object_part(b, CT_MATERIAL_brass);
    int grip = ct_object_part(b, CT_MATERIAL_leather);
    int rock = ct_object_part_colored(b, CT_MATERIAL_concrete, v3(0.22f, 0.22f, 0.23f));
    const struct ct_corner blade[] = {
        { 0, 4, 0 },      { 1.9f, 5, 0 },  { 1.7f, 35, 0 },
        { -1.7f, 35, 0 }, { -1.9f, 5, 0 }, { 0, 4, 0 },
    };
    ct_model_plate(b, (struct ct_model_plate){ blade, 6, 0.42f, 0.3f, v3(0, 0, 0), v3(0, 0, 0) },
                   b->body);
    ct_model_box(b, v3(0, 35.9f, 0), v3(7.4f, 1.0f, 1.0f), 0.5f, brass);
    for (int side = -1; side <= 1; side += 2)
        ct_model_ball(b, v3(7.2f * (float)side, 35.9f, 0), v3(1.0f, 1.35f, 1.2f), brass);
    ct_model_drum(b, (struct ct_model_drum){ v3(0, 36.6f, 0), v3(0, 47, 0), 1.1f, 1.0f, 0.1f },
                  grip);
    for (int i = 0; i < 6; i++)
        ct_model_ring(b, v3(0, 38.0f + 1.6f * (float)i, 0), v3(0, 1, 0), 1.02f, 0.16f, brass);
    ct_model_ball(b, v3(0, 48.2f, 0), v3(1.8f, 1.8f, 1.4f), brass);
    ct_model_cushion(b, v3(0, 3.4f, 0), v3(8.0f, 3.4f, 4.3f), 0.6f, v3(0, 0, 0), rock);
}

const struct ct_object_shape ct_object_shield_shape = {
    .min = { -9.2f, 0, -2.4f },
    .max = { 9.2f, 24.2f, 2.6f },
    .yaw = 0.3f,
};

void ct_object_shield(struct ct_object_builder *b)
{
    int paint = ct_part_body(b, v3(0.05f, 0.12f, 0.36f));
    int metal = ct_object_part(b, CT_MATERIAL_brushed_steel);
    static const ct_v2 half[] = { { 0, 0.2f }, { 5.2f, 4.6f }, { 8.4f, 11.0f }, { 9.0f, 18.0f },
                                  { 8.8f, 23.4f } };
    struct ct_corner rim[12], inner[12];
    int n = 0;
    for (int i = 0; i < 5; i++)
        rim[n++] = (struct ct_corner){ half[i].x, half[i].y, i ? 1.2f : 0 };
    rim[n++] = (struct ct_corner){ 0, 24.0f, 0.6f };
    for (int i = 4; i >= 1; i--)
        rim[n++] = (struct ct_corner){ -half[i].x, half[i].y, 1.2f };
    rim[n++] = rim[0];
    for (int i = 0; i < n; i++)
        inner[i] = (struct ct_corner){ 0.86f * rim[i].x, 12.6f + 0.87f * (rim[i].y - 12.6f),
                                       rim[i].radius };
    ct_model_plate(b, (struct ct_model_plate){ rim, n, 1.0f, 0.3f, v3(0, 0, 0), v3(0, 0, 0) },
                   metal);
    ct_model_plate(b, (struct ct_model_plate){ inner, n, 0.9f, 0.25f, v3(0, 0, 0), v3(0, 0, 0.5f) },
                   paint);
    ct_model_box(b, v3(0, 13.4f, 1.5f), v3(1.1f, 9.6f, 0.35f), 0.15f, metal);
    ct_model_box(b, v3(0, 15.6f, 1.5f), v3(7.2f, 1.1f, 0.35f), 0.15f, metal);
    ct_model_ball(b, v3(0, 15.6f, 1.4f), v3(2.0f, 2.0f, 1.2f), metal);
    /* A prop behind it. */
    ct_model_box(b, v3(0, 0.4f, -1.2f), v3(3.4f, 0.4f, 1.2f), 0.15f, metal);
}
