/* Taste: what a prompt leaves open is filled in with what a photographer would take.
 *
 * Called by compose.c before anything is arranged. What the prompt names always wins; the tables
 * here only answer "and otherwise?". Seed 0 is the classic picture of a subject; other seeds vary
 * within the same choices. */
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/object.h"
#include "engines/scene/rigs/rig.h"
#include "engines/scene/stage/stage.h"
#include "engines/scene/style/style.h"

#include <stddef.h>
#include <string.h>

/* The classic setting of a subject. An object without a row here stands on a wooden table. */
struct setting {
    enum ct_object_id subject;
    enum ct_backdrop_id backdrop;
    enum ct_material_id support;
    enum ct_rig_id rig;
    uint32_t wall; /* 0xRRGGBB */
};

#define WARM_GREY 0xece8e3
#define SAND 0xe9e1d1
#define PALE_GREY 0xc5c7ca
#define NEAR_BLACK 0x070709
#define DUSK 0x706b65
#define CHARCOAL 0x4a4a4d

static const struct setting settings[] = {
    { CT_OBJECT_mug, CT_BACKDROP_table, CT_MATERIAL_marble, CT_RIG_soft_side, WARM_GREY },
    { CT_OBJECT_bottle, CT_BACKDROP_table, CT_MATERIAL_linen, CT_RIG_studio, SAND },
    { CT_OBJECT_perfume, CT_BACKDROP_drape, CT_MATERIAL_velvet, CT_RIG_dramatic, NEAR_BLACK },
    { CT_OBJECT_vase, CT_BACKDROP_table, CT_MATERIAL_wood, CT_RIG_soft_side, WARM_GREY },
    { CT_OBJECT_bowl, CT_BACKDROP_table, CT_MATERIAL_wood, CT_RIG_soft_side, WARM_GREY },
    { CT_OBJECT_sphere, CT_BACKDROP_sweep, CT_MATERIAL_matte, CT_RIG_studio, PALE_GREY },
    { CT_OBJECT_cube, CT_BACKDROP_sweep, CT_MATERIAL_matte, CT_RIG_studio, PALE_GREY },
    { CT_OBJECT_book, CT_BACKDROP_table, CT_MATERIAL_wood, CT_RIG_soft_side, WARM_GREY },
    { CT_OBJECT_apple, CT_BACKDROP_table, CT_MATERIAL_wood, CT_RIG_soft_side, WARM_GREY },
    { CT_OBJECT_candle, CT_BACKDROP_table, CT_MATERIAL_wood, CT_RIG_dramatic, DUSK },
    { CT_OBJECT_table_lamp, CT_BACKDROP_table, CT_MATERIAL_wood, CT_RIG_dramatic, DUSK },
    { CT_OBJECT_wine_glass, CT_BACKDROP_table, CT_MATERIAL_marble, CT_RIG_soft_side, WARM_GREY },
};

static const struct setting anything = { CT_OBJECT_NONE, CT_BACKDROP_table, CT_MATERIAL_wood,
                                         CT_RIG_soft_side, WARM_GREY };

/* Cars and houses: on studio paper, like a model of themselves. */
static const struct setting large = { CT_OBJECT_NONE, CT_BACKDROP_sweep, CT_MATERIAL_matte,
                                      CT_RIG_studio, PALE_GREY };

/* Animals, people, toys: before paper of a colour of their own. */
#define PASTEL 0
static const struct setting figures = { CT_OBJECT_NONE, CT_BACKDROP_sweep, CT_MATERIAL_matte,
                                        CT_RIG_studio, PASTEL };

/* A chair stands on a floor, not on a table. */
static const struct setting furniture = { CT_OBJECT_NONE, CT_BACKDROP_room, CT_MATERIAL_wood,
                                          CT_RIG_soft_side, WARM_GREY };

static bool is_of(enum ct_object_id object, const char *category)
{
    const struct ct_object_row *row = ct_object_info(object);
    return row && strcmp(row->category, category) == 0;
}

bool ct_stage_is_figure(enum ct_object_id object)
{
    return is_of(object, "animals") || is_of(object, "people") || is_of(object, "toys");
}

bool ct_stage_is_furniture(enum ct_object_id object)
{
    return is_of(object, "furniture") && object != CT_OBJECT_bench &&
           object != CT_OBJECT_street_lamp && object != CT_OBJECT_table_lamp;
}

static ct_v3 linear(struct ct_rgb c)
{
    return ct_hex_color((uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b);
}

static const struct ct_entity *subject_of(const struct ct_intent *intent)
{
    for (int i = 0; i < intent->n_entities; i++)
        if (ct_object_info(intent->entities[i].object))
            return &intent->entities[i];
    return NULL;
}

static const struct setting *setting_of(const struct ct_entity *subject)
{
    for (size_t i = 0; subject && i < sizeof(settings) / sizeof(*settings); i++)
        if (settings[i].subject == subject->object)
            return &settings[i];
    if (subject && (ct_stage_is_figure(subject->object) || is_of(subject->object, "treasure")))
        return &figures;
    if (subject && ct_stage_is_furniture(subject->object))
        return &furniture;
    const struct ct_object_shape *shape = subject ? ct_object_shape(subject->object) : NULL;
    return shape && shape->view_deg > 0 ? &large : &anything;
}

void ct_stage_choose_look(struct ct_scene3_object *object, const struct ct_entity *entity)
{
    const struct ct_object_row *row = ct_object_info(entity->object);
    object->look = (struct ct_look){
        .material = entity->material != CT_MATERIAL_NONE ? entity->material : row->material,
        .has_color = entity->has_color,
        .color = entity->has_color ? linear(entity->color) : v3(0, 0, 0),
        .finish = entity->finish,
        .pattern = entity->pattern,
        .has_pattern_color = entity->has_pattern_color,
        .pattern_color =
            entity->has_pattern_color ? linear(entity->pattern_color) : v3(0, 0, 0),
    };
    object->has_part = entity->part.ptr && ct_object_has_part(entity->object, entity->part);
    object->part_index = object->has_part ? ct_object_find_part(entity->object, entity->part) : 0;
    if (object->has_part)
        object->part = (struct ct_look){
            .material = entity->part_material,
            .has_color = entity->has_part_color,
            .color = entity->has_part_color ? linear(entity->part_color) : v3(0, 0, 0),
        };
    object->contents = entity->contents;
    if (object->contents == CT_MATERIAL_NONE && entity->object == CT_OBJECT_mug)
        object->contents = CT_MATERIAL_coffee;
    if (object->contents == CT_MATERIAL_NONE && entity->object == CT_OBJECT_wine_glass)
        object->contents = CT_MATERIAL_red_wine;
    if (object->contents == CT_MATERIAL_NONE && entity->object == CT_OBJECT_bottle &&
        object->look.material == CT_MATERIAL_glass)
        object->contents = CT_MATERIAL_water;
}

/* The hour of the open air: what is named, or what the light or mood named comes nearest to. */
static enum ct_hour choose_hour(const struct ct_intent *intent)
{
    if (intent->land.hour != CT_HOUR_NONE)
        return intent->land.hour;
    if (intent->land.scenery & (CT_SCENERY_BIT(stars) | CT_SCENERY_BIT(moon)))
        return CT_HOUR_night;
    switch (intent->rig) {
    case CT_RIG_golden_hour:
        return CT_HOUR_golden;
    case CT_RIG_dramatic:
    case CT_RIG_backlit:
        return CT_HOUR_sunset;
    case CT_RIG_neon:
        return CT_HOUR_dusk;
    default:
        return CT_HOUR_day;
    }
}

static enum ct_backdrop_id choose_backdrop(const struct ct_intent *intent,
                                           const struct setting *classic, bool transparent)
{
    if (intent->backdrop != CT_BACKDROP_NONE)
        return intent->backdrop;
    if (intent->land.scenery && !transparent)
        return CT_BACKDROP_land;
    if (intent->support == CT_MATERIAL_velvet)
        return CT_BACKDROP_drape;
    if (intent->support != CT_MATERIAL_NONE)
        return CT_BACKDROP_table;
    /* A drawing in lines is on paper, without a table's edge behind the thing. */
    if (ct_is_walling(intent->wall))
        return classic->backdrop == CT_BACKDROP_room ? CT_BACKDROP_room : CT_BACKDROP_table;
    if (intent->has_backdrop_color || intent->style == CT_LOOK_STYLE_minimalist ||
        ct_style_is_of_lines(intent->style))
        return CT_BACKDROP_sweep;
    /* A classic drape is part of a dark picture. */
    bool bright = intent->rig != CT_RIG_NONE && intent->rig != CT_RIG_dramatic;
    return classic->backdrop == CT_BACKDROP_drape && bright ? CT_BACKDROP_table : classic->backdrop;
}

static enum ct_rig_id choose_rig(const struct ct_intent *intent, const struct setting *classic,
                                 enum ct_backdrop_id backdrop, bool dark_ground)
{
    if (intent->rig != CT_RIG_NONE)
        return intent->rig;
    if (intent->dark || dark_ground)
        return CT_RIG_dramatic;
    if (intent->camera == CT_CAMERA_top_down)
        return CT_RIG_top;
    /* Plain paper wants even light; and on a light ground the classic dark light would look like
     * an accident. */
    bool paper = backdrop == CT_BACKDROP_sweep || backdrop == CT_BACKDROP_gradient;
    if (paper || (classic->rig == CT_RIG_dramatic && intent->has_backdrop_color))
        return CT_RIG_studio;
    return classic->rig;
}

bool ct_stage_is_indoors(enum ct_backdrop_id backdrop)
{
    return backdrop >= CT_BACKDROP_room && backdrop <= CT_BACKDROP_library;
}

static enum ct_material_id usual_support(enum ct_backdrop_id backdrop,
                                         const struct setting *classic)
{
    switch ((int)backdrop) {
    case CT_BACKDROP_drape:
        return CT_MATERIAL_velvet;
    case CT_BACKDROP_bathroom:
        return CT_MATERIAL_marble;
    case CT_BACKDROP_windowsill:
        return CT_MATERIAL_lacquer;
    default: /* tops, shelves and floors of rooms */
        return ct_stage_is_indoors(backdrop) ? CT_MATERIAL_wood : classic->support;
    }
}

static void choose_support(struct ct_scene3 *scene, const struct ct_intent *intent,
                           const struct setting *classic, const struct ct_entity *subject)
{
    struct ct_look *support = &scene->support;
    *support = (struct ct_look){ .material = intent->support, .pattern = intent->support_pattern };
    if (support->material == CT_MATERIAL_NONE)
        support->material = usual_support(scene->backdrop, classic);
    if (support->material == CT_MATERIAL_velvet && scene->backdrop == CT_BACKDROP_table &&
        intent->support == CT_MATERIAL_NONE)
        support->material = CT_MATERIAL_marble;
    if (scene->backdrop == CT_BACKDROP_windowsill && intent->support == CT_MATERIAL_NONE) {
        support->has_color = true; /* window boards are white */
        support->color = v3(0.80f, 0.79f, 0.77f);
    }
    /* Marble on marble, wood on wood: the subject would not stand out. */
    if (intent->support == CT_MATERIAL_NONE && subject && subject->material == support->material)
        support->material =
            subject->material == CT_MATERIAL_linen ? CT_MATERIAL_wood : CT_MATERIAL_linen;
    bool low_key = intent->dark || scene->rig == CT_RIG_dramatic || scene->rig == CT_RIG_neon;
    bool dusk =
        subject && (subject->object == CT_OBJECT_candle || subject->object == CT_OBJECT_table_lamp);
    if (low_key && !dusk && intent->support == CT_MATERIAL_NONE &&
        scene->backdrop == CT_BACKDROP_table) {
        support->material = CT_MATERIAL_concrete;
        support->has_color = true;
        support->color = v3(0.045f, 0.045f, 0.049f);
    }
}

/* A quiet colour that goes with nothing the subject has already. */
static ct_v3 pastel_for(const struct ct_entity *subject, uint32_t seed)
{
    static const uint32_t pastels[] = { 0xf3d3c2, 0xbfd9e6, 0xd3dfc3, 0xf4dfae,
                                        0xdcd0ea, 0xc4dfd6, 0xf2c9c9, 0xd9d3c6 };
    const int n = (int)(sizeof(pastels) / sizeof(*pastels));
    uint32_t first = ct_hash32_combine(seed / CT_SET_SEEDS, (uint32_t)subject->object + 3);
    ct_v3 best = ct_hex_color(pastels[first % (uint32_t)n]);
    float most = -1;
    for (int i = 0; i < n && subject->has_color; i++) {
        ct_v3 one = ct_hex_color(pastels[(first + (uint32_t)i) % (uint32_t)n]);
        float far = v3_len(v3_sub(one, linear(subject->color)));
        if (far > most + 0.08f) {
            most = far;
            best = one;
        }
    }
    return best;
}

static ct_v3 choose_wall(const struct ct_scene3 *scene, const struct ct_intent *intent,
                         const struct setting *classic, const struct ct_entity *subject)
{
    bool paper = scene->backdrop == CT_BACKDROP_sweep || scene->backdrop == CT_BACKDROP_gradient;
    if (intent->has_backdrop_color)
        return linear(intent->backdrop_color);
    if (intent->n_palette > 0)
        return linear(intent->palette[0]);
    bool dark = scene->rig == CT_RIG_dramatic || scene->rig == CT_RIG_neon || intent->dark;
    if (scene->backdrop == CT_BACKDROP_drape) /* behind dark cloth a light wall is a hole */
        return ct_hex_color(dark ? NEAR_BLACK : CHARCOAL);
    if (dark && classic->wall != DUSK)
        return ct_hex_color(CHARCOAL);
    if (intent->style == CT_LOOK_STYLE_minimalist)
        return ct_hex_color(WARM_GREY);
    if (paper && classic->wall == PASTEL && subject)
        return pastel_for(subject, scene->seed);
    if (paper)
        return ct_hex_color(PALE_GREY); /* white things must stand out from paper nobody named */
    bool plain = classic->wall == NEAR_BLACK || classic->wall == PASTEL;
    return ct_hex_color(plain ? WARM_GREY : classic->wall);
}

void ct_stage_choose(struct ct_scene3 *scene, const struct ct_intent *intent)
{
    const struct ct_entity *subject = subject_of(intent);
    const struct setting *classic = setting_of(subject);
    bool dark_ground =
        intent->has_backdrop_color && ct_luminance(linear(intent->backdrop_color)) < 0.02f;
    scene->camera_id = intent->camera != CT_CAMERA_NONE ? intent->camera : CT_CAMERA_three_quarter;
    scene->backdrop = choose_backdrop(intent, classic, scene->transparent);
    scene->land = (struct ct_land){ intent->land.scenery, choose_hour(intent) };
    scene->rig = choose_rig(intent, classic, scene->backdrop, dark_ground);
    /* Light from behind would come through the wall. */
    if (intent->interior && scene->rig != CT_RIG_studio)
        scene->rig = CT_RIG_soft_side;
    choose_support(scene, intent, classic, subject);
    scene->backdrop_color = choose_wall(scene, intent, classic, subject);
    scene->wall = (struct ct_look){
        .material = ct_is_walling(intent->wall) ? intent->wall : CT_MATERIAL_NONE,
        .has_color = intent->has_backdrop_color,
        .color = intent->has_backdrop_color ? linear(intent->backdrop_color) : v3(0, 0, 0),
    };
    scene->light_side = ct_stage_vary(scene->variant, 3, 1) < -0.35f ? -1.0f : 1.0f;
}

float ct_stage_vary(uint32_t seed, uint32_t key, float amplitude)
{
    if (seed == 0)
        return 0;
    return amplitude * (2 * ct_hash32_unit(ct_hash32_combine(seed, key)) - 1);
}
