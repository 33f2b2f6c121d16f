/* Lettering: a text goes where the thing's shape says, reads from left to right on every face,
 * stays off the inside of walls, and a thing without a place for it says so. */
#include "base/mem.h"
#include "engines/scene/materials/decal.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/object.h"
#include "engines/scene/page/lettering.h"
#include "engines/scene/stage/stage.h"

#include "t.h"

enum { SIDE = 64 };

static int alpha_at(const uint8_t *rgba, int x, int y)
{
    return rgba[4 * (y * SIDE + x) + 3];
}

static int ink_in(const uint8_t *rgba, int x0, int x1, int y0, int y1)
{
    int sum = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            sum += alpha_at(rgba, x, y);
    return sum / 255;
}

TEST(stage_lettering__sets_a_text_upright_and_centred)
{
    uint8_t *rgba;
    struct ct_err err = { 0 };
    REQUIRE(ct_page_letter(&rgba, SIDE, SIDE, CT_S("L"), &err) == CT_OK);
    CHECK(ink_in(rgba, 0, SIDE, 0, SIDE) > 150);
    /* An L has its weight on the left and at the bottom. */
    CHECK(ink_in(rgba, 0, SIDE / 2, 0, SIDE) > ink_in(rgba, SIDE / 2, SIDE, 0, SIDE));
    CHECK(ink_in(rgba, 0, SIDE, SIDE / 2, SIDE) > ink_in(rgba, 0, SIDE, 0, SIDE / 2));
    CHECK_INT(ink_in(rgba, 0, SIDE, 0, 1) + ink_in(rgba, 0, SIDE, SIDE - 1, SIDE), 0);
    ct_free(rgba);
}

TEST(stage_lettering__refuses_sizes_out_of_range)
{
    uint8_t *rgba;
    struct ct_err err = { 0 };
    CHECK_INT(ct_page_letter(&rgba, 0, 10, CT_S("A"), &err), CT_E_INTERNAL);
    CHECK(rgba == NULL);
    CHECK_INT(ct_page_letter(&rgba, 10, 5000, CT_S("A"), &err), CT_E_INTERNAL);
}

/* Is there ink where the face has (u, v)? The mask is inked in its lower right quarter only. */
static bool inked(const struct ct_decal *decal, const struct ct_raster *mask, ct_v3 local,
                  ct_v3 normal)
{
    struct ct_material m;
    ct_material_make(&m, &(struct ct_look){ .material = CT_MATERIAL_ceramic });
    ct_material_print(&m, decal, mask);
    struct ct_surface s = m.surface;
    struct ct_shade_point at = { .local = local, .normal = normal, .geometric_normal = normal };
    m.texture(&m, &at, &s);
    return ct_luminance(s.base_color) < 0.1f;
}

TEST(stage_lettering__no_face_mirrors_a_text)
{
    static uint8_t rgba[4 * SIDE * SIDE];
    struct ct_raster mask = { SIDE, SIDE, rgba };
    for (int y = SIDE / 2; y < SIDE; y++)
        for (int x = SIDE / 2; x < SIDE; x++)
            rgba[4 * (y * SIDE + x) + 3] = 255;
    struct ct_decal front = { CT_DECAL_FRONT, { 0, 5, 3 }, 2, 2, .yaw = 0 };
    CHECK(inked(&front, &mask, v3(1, 4, 3), v3(0, 0, 1)));
    CHECK(!inked(&front, &mask, v3(-1, 4, 3), v3(0, 0, 1)));
    CHECK(!inked(&front, &mask, v3(1, 6, 3), v3(0, 0, 1)));
    CHECK(!inked(&front, &mask, v3(1, 4, -3), v3(0, 0, -1)));
    CHECK(!inked(&front, &mask, v3(1, 4, 3), v3(0, 0, -1))); /* from behind */
    CHECK(!inked(&front, &mask, v3(2.5f, 4, 3), v3(0, 0, 1)));

    struct ct_decal top = { CT_DECAL_TOP, { 0, 5, 0 }, 2, 2, .yaw = 0 };
    CHECK(inked(&top, &mask, v3(1, 5, 1), v3(0, 1, 0)));
    CHECK(!inked(&top, &mask, v3(-1, 5, 1), v3(0, 1, 0)));
    CHECK(!inked(&top, &mask, v3(1, 5, -1), v3(0, 1, 0)));
    CHECK(!inked(&top, &mask, v3(1, 0, 1), v3(0, -1, 0)));

    /* Turned a quarter to the right in the world and back again on the wall. */
    struct ct_decal wall = { CT_DECAL_ROUND, { 0, 5, 4 }, 3, 2, .turn = -1.5f, .yaw = 1.5f };
    float s, c;
    ct_sincosf(-1.5f + 0.3f, &s, &c);
    ct_v3 right = v3(4 * s, 4, 4 * c);
    CHECK(inked(&wall, &mask, right, v3(sinf(0.3f), 0, cosf(0.3f))));
    CHECK(!inked(&wall, &mask, right, v3(-sinf(0.3f), 0, -cosf(0.3f)))); /* the inside */
    ct_sincosf(-1.5f - 0.3f, &s, &c);
    CHECK(!inked(&wall, &mask, v3(4 * s, 4, 4 * c), v3(-sinf(0.3f), 0, cosf(0.3f))));
}

TEST(stage_lettering__ink_stands_out_from_its_ground)
{
    uint8_t px[4] = { 255, 255, 255, 255 };
    struct ct_raster mask = { 1, 1, px };
    struct ct_material m;
    struct ct_look black = { .material = CT_MATERIAL_plastic, .has_color = true };
    ct_material_make(&m, &black);
    ct_material_print(&m, &(struct ct_decal){ .face = CT_DECAL_FRONT }, &mask);
    CHECK(ct_luminance(m.decal.ink) > 0.5f);
    ct_material_make(&m, &(struct ct_look){ .material = CT_MATERIAL_ceramic });
    ct_material_print(&m, &(struct ct_decal){ .face = CT_DECAL_FRONT }, &mask);
    CHECK(ct_luminance(m.decal.ink) < 0.1f);
}

/* The materials of a world that carry a mask. */
static int printed(const struct ct_world *world)
{
    int n = 0;
    for (int i = 0; i < world->n_materials; i++)
        n += world->materials[i].raster != NULL;
    return n;
}

static void check_built(enum ct_object_id id, enum ct_material_id material)
{
    static struct ct_scene3 scene;
    struct ct_world world;
    scene = (struct ct_scene3){ .n_objects = 2 };
    for (int i = 0; i < 2; i++)
        scene.objects[i] = (struct ct_scene3_object){
            .object = id,
            .scale = 1,
            .look = { .material = material },
            .contents = CT_MATERIAL_NONE,
            .text = CT_S("A"),
        };
    ct_world_init(&world);
    ct_object_build(&world, &scene, 0);
    ct_object_build(&world, &scene, 1);
    CHECK(!world.failed);
    if (ct_object_takes_lettering(id)) {
        CHECK(printed(&world) >= 2);
        CHECK_INT(world.n_rasters, 1); /* alike things share it */
    } else if (id == CT_OBJECT_relief) {
        CHECK(world.n_rasters <= 1); /* its picture, shared too */
    } else {
        CHECK_INT(printed(&world), 0);
    }
    ct_world_release(&world);
}

TEST(stage_lettering__every_shape_keeps_its_word)
{
    for (int i = 0; i < CT_OBJECT_COUNT; i++) {
        enum ct_object_id id = (enum ct_object_id)i;
        const struct ct_object_shape *shape = ct_object_shape(id);
        const struct ct_object_label *l = &shape->label;
        check_built(id, ct_object_info(id)->material);
        check_built(id, CT_MATERIAL_glass);
        if (l->face == CT_DECAL_NONE)
            continue;
        CHECK(l->half_width > 0.2f && l->half_height > 0.2f);
        CHECK(l->center.y <= shape->max.y + 0.01f && l->center.z <= shape->max.z + 0.01f);
        if (l->face == CT_DECAL_ROUND) /* a text that runs out of sight cannot be read */
            CHECK(l->half_width <= 1.2f * l->center.z);
    }
    CHECK(!ct_object_takes_lettering(CT_OBJECT_NONE));
}

static const struct ct_intent *read_prompt(struct ct_arena *arena, const char *prompt)
{
    const struct ct_intent *intent = NULL;
    struct ct_err err = { 0 };
    CHECK_INT(ct_intent_read(&intent, arena, ct_slice(prompt), &err), CT_OK);
    return intent;
}

static bool ignores(const struct ct_intent *intent, const char *words)
{
    for (int i = 0; i < intent->n_notes; i++)
        if (intent->notes[i].kind == CT_NOTE_IGNORED && ct_slice_is(intent->notes[i].words, words))
            return true;
    return false;
}

TEST(stage_lettering__a_text_that_has_no_place_is_a_warning)
{
    struct ct_arena *arena = ct_arena_new(1 << 20);
    REQUIRE(arena);
    const struct ct_intent *mug = read_prompt(arena, "a mug that says \"HELLO\" on a table");
    REQUIRE(mug && mug->n_entities == 1);
    CHECK(ct_slice_eq(mug->entities[0].text, CT_S("HELLO")));
    CHECK(!ignores(mug, "\"HELLO\""));
    const struct ct_intent *apple = read_prompt(arena, "an apple with the text \"HELLO\"");
    REQUIRE(apple && apple->n_entities == 1);
    CHECK(apple->entities[0].text.ptr == NULL);
    CHECK(ignores(apple, "\"HELLO\""));
    ct_arena_free(&arena);
}

TEST(stage_lettering__parts_have_a_stuff_of_their_own)
{
    struct ct_arena *arena = ct_arena_new(1 << 20);
    REQUIRE(arena);
    const struct ct_intent *cap = read_prompt(arena, "a white bottle with a gold cap");
    REQUIRE(cap && cap->n_entities == 1);
    CHECK(!ignores(cap, "gold") && !ignores(cap, "cap"));
    struct ct_scene3_object object = { .object = CT_OBJECT_bottle };
    ct_stage_choose_look(&object, &cap->entities[0]);
    CHECK(object.has_part);
    CHECK_INT(object.part.material, CT_MATERIAL_gold);
    CHECK(ct_object_has_part(CT_OBJECT_mug, CT_S("Handle")));
    CHECK(!ct_object_has_part(CT_OBJECT_mug, CT_S("cap")));
    CHECK(!ct_object_has_part(CT_OBJECT_mug, CT_S("")));
    CHECK(!ct_object_has_part(CT_OBJECT_apple, CT_S("cap")));
    CHECK(!ct_object_has_part(CT_OBJECT_NONE, CT_S("cap")));
    ct_arena_free(&arena);
}
