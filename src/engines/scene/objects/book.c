/* A hardcover lying on its back: two boards, a rounded spine on the left, a block of pages set in
 * from the boards, headbands. Its cover has the look; cloth unless told otherwise. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/object.h"

#define WIDTH 14.0f
#define DEPTH 21.0f
#define THICKNESS 3.0f
#define BOARD 0.26f
#define INSET 0.38f /* of the pages behind the boards' edges */
#define PAGES_PER_CM 26.0f

const struct ct_object_shape ct_object_book_shape = {
    .min = { -WIDTH / 2 - 0.56f, 0, -DEPTH / 2 },
    .max = { WIDTH / 2, THICKNESS, DEPTH / 2 },
    .on_y = THICKNESS,
    .on_radius = 7,
    .yaw = 0.55f,
    .label = { CT_DECAL_TOP, { 0, THICKNESS, 0 }, 5.6f, 7.6f },
};

static struct ct_mesh *block(ct_v3 half, float radius, ct_v3 center)
{
    struct ct_mesh *mesh = ct_shape_box(half, radius, 4);
    ct_mesh_move(mesh, center);
    return mesh;
}

static int cover_material(struct ct_object_builder *b)
{
    if (b->object->look.material != CT_MATERIAL_paper)
        return b->body;
    struct ct_look look = b->object->look;
    struct ct_material cloth;
    look.material = CT_MATERIAL_linen;
    if (!look.has_color) {
        look.has_color = true;
        look.color = v3(0.028f, 0.075f, 0.125f);
    }
    ct_material_make(&cloth, &look);
    cloth.scale = 11; /* book cloth is woven finely */
    cloth.bump = 0.10f;
    ct_object_lay_pattern(b, &cloth);
    return ct_world_add_material(b->world, &cloth);
}

/* A flat bow: the part of a circle that stands out from the boards, swept along the depth. */
static struct ct_mesh *spine(void)
{
    struct ct_curve path = { .n = 0 };
    float thin[CT_CURVE_MAX], deep[CT_CURVE_MAX];
    const int steps = 24;
    for (int i = 0; i <= steps; i++) {
        float t = (float)i / (float)steps * 2 - 1;
        float y = THICKNESS / 2 - t * (THICKNESS / 2 - BOARD / 2);
        ct_curve_add(&path, v2(-WIDTH / 2 + 0.12f - 0.55f * (1 - t * t), y));
        thin[i] = BOARD / 2;
        deep[i] = DEPTH / 2;
    }
    return ct_shape_sweep(&(struct ct_sweep){ &path, thin, deep, 32, 0.08f });
}

void ct_object_book(struct ct_object_builder *b)
{
    int cover = cover_material(b);
    ct_object_letter(b, cover);
    struct ct_material edge;
    ct_material_make(&edge, &(struct ct_look){ .material = CT_MATERIAL_paper });
    edge.param[0] = PAGES_PER_CM;
    int pages = ct_world_add_material(b->world, &edge);
    int band = ct_object_part_colored(b, CT_MATERIAL_linen, v3(0.55f, 0.42f, 0.16f));

    ct_v3 board = v3(WIDTH / 2, BOARD / 2, DEPTH / 2);
    ct_object_add_part(b, block(board, 0.09f, v3(0, BOARD / 2, 0)), cover);
    ct_object_add_part(b, block(board, 0.09f, v3(0, THICKNESS - BOARD / 2, 0)), cover);
    ct_object_add_part(b, spine(), cover);
    ct_v3 leaf = v3(WIDTH / 2 - INSET / 2 - 0.1f, THICKNESS / 2 - BOARD + 0.01f, DEPTH / 2 - INSET);
    ct_object_add_part(b, block(leaf, 0.04f, v3(-INSET / 2 - 0.1f, THICKNESS / 2, 0)), pages);
    for (int end = -1; end <= 1; end += 2) {
        struct ct_mesh *head =
            block(v3(0.16f, THICKNESS / 2 - BOARD, 0.07f), 0.06f,
                  v3(-WIDTH / 2 + 0.12f, THICKNESS / 2, (float)end * (DEPTH / 2 - INSET)));
        ct_object_add_part(b, head, band);
    }
}
