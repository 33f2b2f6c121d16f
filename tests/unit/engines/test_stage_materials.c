/* Every material at many points: finite, in range, steady at later bounces, obedient to its look.
 */
#include "engines/scene/materials/material.h"
#include "engines/scene/materials/pattern.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#include "t.h"

static const struct ct_look plain = { .material = CT_MATERIAL_NONE };

static struct ct_surface shade(const struct ct_material *m, uint32_t i, int bounce)
{
    float a = 20 * ct_hash32_unit(ct_hash32(i)) - 10,
          b = 20 * ct_hash32_unit(ct_hash32(i + 7)) - 10;
    float c = 20 * ct_hash32_unit(ct_hash32(i + 99));
    ct_v3 n = v3_norm(v3(ct_sinf((float)i), ct_cosf((float)i * 0.7f), ct_sinf((float)i * 1.3f)));
    struct ct_shade_point at = { .position = { a, c, b },
                                 .local = { a, c, b },
                                 .normal = n,
                                 .geometric_normal = n,
                                 .bounce = bounce };
    struct ct_surface s = m->surface;
    s.normal = n;
    if (m->texture)
        m->texture(m, &at, &s);
    return s;
}

static bool in_range(ct_v3 c, float most)
{
    return c.x >= 0 && c.y >= 0 && c.z >= 0 && c.x <= most && c.y <= most && c.z <= most;
}

static bool surface_fine(const struct ct_surface *s, uint32_t i)
{
    ct_v3 n = v3_norm(v3(ct_sinf((float)i), ct_cosf((float)i * 0.7f), ct_sinf((float)i * 1.3f)));
    return in_range(s->base_color, 1.15f) && in_range(s->sheen_color, 1) &&
           in_range(s->emission, 50) && s->roughness >= 0 && s->roughness <= 1 &&
           s->metallic >= 0 && s->metallic <= 1 && s->specular >= 0 && s->specular <= 1 &&
           s->coat >= 0 && s->coat <= 1 && s->coat_roughness >= 0 && s->coat_roughness <= 1 &&
           fabsf(v3_len(s->normal) - 1) < 1e-3f && v3_dot(s->normal, n) > 0;
}

TEST(stage_materials__surfaces_are_finite_and_in_range)
{
    for (int id = 0; id < CT_MATERIAL_COUNT; id++) {
        for (int look = 0; look < 14; look++) {
            struct ct_material m;
            ct_material_make(&m, &(struct ct_look){ .material = (enum ct_material_id)id,
                                                    .has_color = look >= 7,
                                                    .color = { 1, 1, look & 1 ? 1 : 0 },
                                                    .finish = (enum ct_finish)(look % 7) });
            for (uint32_t i = 0; i < 150; i++) {
                struct ct_surface s = shade(&m, i, (int)(i % 3));
                if (!surface_fine(&s, i)) {
                    t_fail(__FILE__, __LINE__, "%s, look %d, point %u",
                           ct_material_info((enum ct_material_id)id)->id, look, i);
                    break;
                }
            }
        }
    }
}

TEST(stage_materials__colours_are_taken_as_pigments)
{
    struct ct_look white = plain, black = plain;
    white.has_color = black.has_color = true;
    white.color = v3(1, 1, 1);
    CHECK(fabsf(ct_look_albedo(&white, v3(0, 0, 0)).x - 0.87f) < 1e-3f);
    CHECK(fabsf(ct_look_albedo(&black, v3(1, 1, 1)).x - 0.012f) < 1e-3f);
    CHECK(ct_look_albedo(&plain, v3(0.5f, 0, 0)).x == 0.5f);
}

TEST(stage_materials__no_pigment_is_a_pure_primary)
{
    struct ct_look red = plain, blue = plain, yellow = plain;
    red.has_color = blue.has_color = yellow.has_color = true;
    red.color = v3(1, 0, 0);
    blue.color = v3(0, 0, 1);
    yellow.color = v3(1, 1, 0);
    CHECK(ct_look_albedo(&red, plain.color).x < 0.7f);
    ct_v3 b = ct_look_albedo(&blue, plain.color), y = ct_look_albedo(&yellow, plain.color);
    CHECK(b.z < 0.7f && b.y > 2 * b.x);
    CHECK(y.x > 0.8f && y.y < 0.9f * y.x);
}

/* How much of a thing's side is of the second colour, 0..1; and what the first point has. */
static float share_painted(const struct ct_material *m)
{
    int painted = 0;
    const int n = 900;
    for (int i = 0; i < n; i++) {
        float s, c;
        ct_sincosf(2 * CT_PI * ct_hash32_unit(ct_hash32((uint32_t)i)), &s, &c);
        ct_v3 out = v3(c, 0, s);
        ct_v3 p = v3(4 * c, 10 * ct_hash32_unit(ct_hash32((uint32_t)i + 5000)), 4 * s);
        struct ct_shade_point at = { .position = p, .local = p, .normal = out,
                                     .geometric_normal = out };
        struct ct_surface surface = m->surface;
        m->texture(m, &at, &surface);
        painted += surface.base_color.x < 0.4f;
    }
    return (float)painted / (float)n;
}

TEST(stage_materials__patterns_cover_a_part)
{
    for (int kind = CT_PATTERN_NONE + 1; kind < CT_PATTERN_COUNT; kind++)
        for (int form = CT_PATTERN_ROUND; form <= CT_PATTERN_SIDES; form++) {
            struct ct_material m;
            ct_material_make(&m, &(struct ct_look){ .material = CT_MATERIAL_ceramic });
            ct_material_lay_pattern(&m,
                                    &(struct ct_pattern){ .kind = kind,
                                                          .form = (enum ct_pattern_form)form,
                                                          .color = { 0.05f, 0.05f, 0.05f },
                                                          .size = 2, .radius = 4, .height = 10,
                                                          .turned_cos = 1 },
                                    true);
            float share = share_painted(&m);
            if (share < 0.005f || share > 0.7f)
                t_fail(__FILE__, __LINE__, "%s, form %d: %.3f",
                       ct_pattern_name((enum ct_pattern_kind)kind), form, (double)share);
        }
}

TEST(stage_materials__patterns_leave_the_inside_and_glass_alone)
{
    struct ct_material m;
    const struct ct_pattern stripes = { .kind = CT_PATTERN_stripes, .form = CT_PATTERN_ROUND,
                                        .color = { 0, 0, 0 }, .size = 2, .radius = 4,
                                        .height = 10, .turned_cos = 1 };
    ct_material_make(&m, &(struct ct_look){ .material = CT_MATERIAL_ceramic });
    ct_material_lay_pattern(&m, &stripes, true);
    for (int i = 0; i < 20; i++) {
        ct_v3 p = v3(0, 0.5f * (float)i, 4), in = v3(0, 0, -1);
        struct ct_shade_point at = { .position = p, .local = p, .normal = in,
                                     .geometric_normal = in };
        struct ct_surface surface = m.surface;
        m.texture(&m, &at, &surface);
        CHECK(surface.base_color.x > 0.8f);
    }
    ct_material_make(&m, &(struct ct_look){ .material = CT_MATERIAL_glass });
    ct_material_lay_pattern(&m, &stripes, true);
    CHECK(m.pattern.kind == CT_PATTERN_NONE);
}

TEST(stage_materials__finish_decides_how_sharp_things_mirror)
{
    for (int id = 0; id < CT_MATERIAL_COUNT; id++) {
        struct ct_look look = { .material = (enum ct_material_id)id, .finish = CT_FINISH_MATTE };
        struct ct_material matte, polished;
        ct_material_make(&matte, &look);
        look.finish = CT_FINISH_POLISHED;
        ct_material_make(&polished, &look);
        float m = ct_minf(matte.surface.roughness,
                          matte.surface.coat > 0 ? matte.surface.coat_roughness : 1);
        float p = ct_minf(polished.surface.roughness,
                          polished.surface.coat > 0 ? polished.surface.coat_roughness : 1);
        CHECK(p <= m);
    }
}

TEST(stage_materials__unknown_material_is_matte)
{
    struct ct_material m, matte;
    struct ct_look look = plain;
    ct_material_make(&m, &look);
    look.material = CT_MATERIAL_matte;
    ct_material_make(&matte, &look);
    CHECK(m.surface.base_color.x == matte.surface.base_color.x && m.texture == matte.texture);
}

TEST(stage_materials__only_clear_things_have_a_medium)
{
    struct ct_medium medium = { 9, { 0, 0, 0 } };
    CHECK(ct_material_medium(&medium, CT_MATERIAL_glass) && medium.ior > 1.5f);
    CHECK(ct_material_medium(&medium, CT_MATERIAL_red_wine) && medium.absorption.y > 1);
    medium.ior = 9;
    CHECK(!ct_material_medium(&medium, CT_MATERIAL_milk) && medium.ior == 9);
    CHECK(!ct_material_medium(&medium, CT_MATERIAL_NONE) && medium.ior == 9);
}

TEST(stage_materials__metals_are_metals_and_glass_is_glass)
{
    for (int id = 0; id < CT_MATERIAL_COUNT; id++) {
        struct ct_material m;
        ct_material_make(&m, &(struct ct_look){ .material = (enum ct_material_id)id });
        bool metal = id == CT_MATERIAL_brushed_steel || id == CT_MATERIAL_chrome ||
                     id == CT_MATERIAL_gold || id == CT_MATERIAL_brass || id == CT_MATERIAL_copper;
        CHECK(m.surface.metallic == (metal ? 1.0f : 0.0f));
        CHECK(m.glass == (id == CT_MATERIAL_glass || id == CT_MATERIAL_diamond));
    }
}
