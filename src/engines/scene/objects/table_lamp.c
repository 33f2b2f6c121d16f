/* A table lamp: weighted base, slim stem, a lit linen shade with a finial. The body's look is for
 * base and stem. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/objects/object.h"

#define HEIGHT 42.0f
#define BASE_RADIUS 7.2f
#define STEM_RADIUS 0.55f
#define SHADE_BOTTOM 24.0f
#define SHADE_TOP 40.3f
#define SHADE_LOWER_RADIUS 12.4f
#define SHADE_UPPER_RADIUS 8.6f

const struct ct_object_shape ct_object_table_lamp_shape = {
    .min = { -12.5f, 0, -12.5f },
    .max = { 12.5f, HEIGHT, 12.5f },
    .on_y = HEIGHT,
    .parts = "shade|lampshade|lamp shade",
};

static void add_turned(struct ct_object_builder *b, const struct ct_corner *profile, int n,
                       int material)
{
    struct ct_curve curve;
    ct_curve_fillet(&curve, profile, n, 10);
    ct_object_add_part(b, ct_shape_revolve(&curve, 128, 40), material);
}

/* Paper-thin: one wall of two millimetres, glowing on both sides. */
static void add_shade(struct ct_object_builder *b)
{
    static const struct ct_corner profile[] = {
        { SHADE_LOWER_RADIUS - 0.2f, SHADE_BOTTOM, 0 },
        { SHADE_LOWER_RADIUS, SHADE_BOTTOM, 0.05f },
        { SHADE_UPPER_RADIUS, SHADE_TOP, 0.05f },
        { SHADE_UPPER_RADIUS - 0.2f, SHADE_TOP, 0.05f },
        { SHADE_LOWER_RADIUS - 0.2f, SHADE_BOTTOM, 0 },
    };
    struct ct_material cloth;
    ct_material_make(&cloth, &(struct ct_look){ .material = CT_MATERIAL_linen,
                                                .has_color = true,
                                                .color = { 0.86f, 0.80f, 0.68f } });
    cloth.scale = 5;
    cloth.bump = 0.10f;
    cloth.surface.emission = v3(1.35f, 0.80f, 0.37f);
    int shade = ct_object_accent(b, ct_world_add_material(b->world, &cloth));
    if (b->object->has_part && shade >= 0) { /* it glows in its own colour */
        struct ct_surface *s = &b->world->materials[shade].surface;
        s->emission = v3_mul(s->base_color, v3(1.55f, 1.0f, 0.55f));
    }
    add_turned(b, profile, 5, shade);
}

void ct_object_table_lamp(struct ct_object_builder *b)
{
    static const struct ct_corner base[] = {
        { 0, 0, 0 },
        { BASE_RADIUS, 0, 0.15f },
        { BASE_RADIUS, 1.3f, 0.45f },
        { 2.2f, 1.75f, 1.2f },
        { 1.0f, 2.6f, 0.6f },
        { STEM_RADIUS, 3.4f, 0.6f },
        { STEM_RADIUS, 22.0f, 0.3f },
        { 1.15f, 22.8f, 0.3f },
        { 1.15f, 27.0f, 0.3f },
        { 0.3f, 27.4f, 0.1f },
        { 0.3f, SHADE_TOP + 0.2f, 0.05f },
        { 0.62f, SHADE_TOP + 0.6f, 0.25f },
        { 0.62f, HEIGHT - 0.5f, 0.4f },
        { 0, HEIGHT, 0 },
    };
    static const struct ct_corner spider[] = {
        /* the disc that carries the shade */
        { 0, SHADE_TOP - 0.4f, 0 },
        { SHADE_UPPER_RADIUS - 0.15f, SHADE_TOP - 0.4f, 0.05f },
        { SHADE_UPPER_RADIUS - 0.15f, SHADE_TOP - 0.2f, 0.05f },
        { 0, SHADE_TOP - 0.2f, 0 },
    };
    add_turned(b, base, 14, b->body);
    add_turned(b, spider, 4, ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.9f, 0.85f, 0.75f)));
    add_shade(b);
    ct_object_lamp(b, v3(0, SHADE_BOTTOM + 1, 0), 5, v3(34, 21, 10.5f));
}
