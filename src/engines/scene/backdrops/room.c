/* A living room: a quiet wall with a window and pictures; furniture stands on its floor, small
 * things on a table before it. */
#include "engines/scene/backdrops/indoor.h"

#include "engines/scene/math/fn.h"
#include "engines/scene/stage/stage.h"

#define CURTAINS_CM 100.0f /* half of a window with its curtains */
#define NEAR_WALL_CM 60.0f /* what stands no further from it hides it */

static void add_picture(const struct ct_backdrop_stage *stage, ct_v3 at, float hw, float hh,
                        ct_v3 tone)
{
    float f = 0.05f * (hw + hh);
    const struct ct_block frame[] = { { at, { hw + f, hh + f, 0.4f * f } } };
    const struct ct_block mat[] = { { { at.x, at.y, at.z + 0.3f * f }, { hw, hh, 0.3f * f } } };
    const struct ct_block art[] = { { { at.x, at.y - 0.1f * hh, at.z + 0.5f * f },
                                      { 0.55f * hw, 0.5f * hh, 0.2f * f } } };
    ct_indoor_blocks(stage, frame, 1, 0.1f * f,
                     ct_indoor_material(stage, CT_MATERIAL_wood, v3(0.30f, 0.19f, 0.11f)));
    ct_indoor_blocks(stage, mat, 1, 0.05f * f,
                     ct_indoor_material(stage, CT_MATERIAL_paper, v3(0.86f, 0.85f, 0.82f)));
    ct_indoor_blocks(stage, art, 1, 0.05f * f, ct_indoor_material(stage, CT_MATERIAL_matte, tone));
}

/* Curtains: a wall of soft folds on both sides of a window. */
static ct_v3 curtain_at(const void *ctx, float u, float v)
{
    const float *c = ctx; /* x, z, foot, half width, height */
    return v3(c[0] + c[3] * (2 * u - 1), c[2] + c[4] * v,
              c[1] + 0.10f * c[3] * ct_sinf(44 * u) * (1 - 0.25f * v));
}

static void add_curtains(const struct ct_backdrop_stage *stage, ct_v3 c, float hw, float foot,
                         float top)
{
    int cloth = ct_indoor_material(stage, CT_MATERIAL_linen, v3(0.80f, 0.77f, 0.71f));
    for (int side = -1; side <= 1; side += 2) {
        const float at[] = { c.x + (float)side * 1.25f * hw, c.z + 0.25f * hw, foot, 0.38f * hw,
                             top - foot };
        ct_backdrop_add(
            stage, ct_shape_grid(&(struct ct_grid){ 120, 2, false, curtain_at, at, NULL }), cloth);
    }
    const struct ct_block rod[] = { { { c.x, top, c.z + 0.25f * hw },
                                      { 1.8f * hw, 0.025f * hw, 0.025f * hw } } };
    ct_indoor_blocks(stage, rod, 1, 0.01f * hw,
                     ct_indoor_material(stage, CT_MATERIAL_brass, v3(0.6f, 0.45f, 0.25f)));
}

/* A piece of the wall at x, `half` wide, from y up: does nothing stand or hang before it? Stage
 * space, beside a wall `behind` the origin. */
static bool wall_is_free(const struct ct_backdrop_stage *stage, float x, float half, float y,
                         float behind)
{
    float s, c;
    ct_sincosf(-stage->yaw, &s, &c);
    ct_v3 o =
        v3(stage->origin.x * c + stage->origin.z * s, 0, stage->origin.z * c - stage->origin.x * s);
    for (int i = 0; i < stage->scene->n_objects; i++) {
        struct ct_stage_box box = ct_stage_object_box(&stage->scene->objects[i], stage->yaw);
        box.min = v3_sub(box.min, o);
        box.max = v3_sub(box.max, o);
        if (box.max.y > y && box.min.z < -behind + NEAR_WALL_CM && box.min.x < x + half &&
            box.max.x > x - half)
            return false;
    }
    return true;
}

static void hang_picture(const struct ct_backdrop_stage *stage, float window_x, ct_v3 at, float hw,
                         float hh, ct_v3 tone)
{
    bool window = fabsf(at.x - window_x) < 1.1f * hw + CURTAINS_CM;
    if (!window && wall_is_free(stage, at.x, 1.1f * hw, at.y - hh, -at.z))
        add_picture(stage, at, hw, hh, tone);
}

/* Real sizes: around furniture and for rooms as such. */
static void add_floor_room(const struct ct_backdrop_stage *stage)
{
    struct ct_stage_box box = ct_stage_scene_box(stage->scene, stage->yaw);
    float half_width = (box.max.x - box.min.x) / 2, behind = (box.max.z - box.min.z) / 2 + 8;
    float h = 10.0f;
    float wide = ct_backdrop_half_width(stage, behind);
    const struct ct_block skirting[] = { { { 0, h / 2, -behind + 1 }, { wide, h / 2, 1 } } };
    ct_indoor_floor(stage, behind);
    if (stage->from_above)
        return;
    ct_indoor_wall(stage, behind, 0, stage->wall);
    ct_indoor_blocks(stage, skirting, 1, 0.5f,
                     ct_indoor_material(stage, CT_MATERIAL_matte, v3(0.86f, 0.86f, 0.84f)));
    float x = -ct_clampf(0.75f * half_width, 118, 190);
    if (!wall_is_free(stage, x, 95, 90, behind) && wall_is_free(stage, 0, 95, 80, behind))
        x = 0; /* over the bathtub */
    while (x != 0 && x > -260 && !wall_is_free(stage, x, 95, 90, behind))
        x -= 6; /* beside the cupboards */
    ct_v3 window = v3(x, 145, -behind + 2);
    ct_indoor_window(stage, window, 55, 68, v3(3.4f, 3.7f, 4.1f));
    add_curtains(stage, window, 55, 2, 232);
    hang_picture(stage, x, v3(18, 165, -behind + 2), 26, 34, v3(0.40f, 0.33f, 0.24f));
    hang_picture(stage, x, v3(92, 172, -behind + 2), 18, 24, v3(0.17f, 0.24f, 0.25f));
}

void ct_backdrop_room(const struct ct_backdrop_stage *stage)
{
    if (ct_indoor_on_floor(stage)) {
        add_floor_room(stage);
        return;
    }
    float r = ct_indoor_unit(stage), behind = 22 * r;
    ct_indoor_top(stage, 4.5f * r, 0.5f * r);
    if (stage->from_above)
        return;
    ct_indoor_wall(stage, behind, -12 * r, stage->wall);
    ct_v3 window = v3(-8.5f * r, 5.5f * r, -behind + 0.3f * r);
    ct_indoor_window(stage, window, 3.6f * r, 6.5f * r, v3(3.2f, 3.4f, 3.7f));
    add_curtains(stage, window, 3.6f * r, -12 * r, 13 * r);
    add_picture(stage, v3(5.5f * r, 5.0f * r, -behind + 0.3f * r), 1.9f * r, 2.5f * r,
                v3(0.40f, 0.33f, 0.24f));
    ct_indoor_plant(stage, v3(10.5f * r, -7 * r, -behind + 4 * r), 11 * r);
    /* The back of a sofa. */
    const struct ct_block sofa[] = { { { 1.5f * r, -3.6f * r, -behind + 4.5f * r },
                                       { 6.5f * r, 3.2f * r, 1.3f * r } } };
    ct_indoor_blocks(stage, sofa, 1, 0.9f * r,
                     ct_indoor_material(stage, CT_MATERIAL_linen, v3(0.42f, 0.43f, 0.42f)));
}
