/* The ids of everything the scene engine knows how to draw, made from the tables.
 *
 * One row in a .def file and one small file beside it add an object, a material, a light rig, a
 * backdrop, a camera or a page template (docs/scene/how-to-add.md). Each id is also the index of
 * its row; names and words come with ct_*_info(). */
#ifndef CT_SCENE_TABLES_H
#define CT_SCENE_TABLES_H

#include "base/slice.h"

enum ct_object_id {
    CT_OBJECT_NONE = -1,
#define CT_OBJECT(id, words, height_cm, material, category) CT_OBJECT_##id,
#include "engines/scene/objects/objects.def"
#undef CT_OBJECT
    CT_OBJECT_COUNT
};

enum ct_material_id {
    CT_MATERIAL_NONE = -1,
#define CT_MATERIAL(id, words) CT_MATERIAL_##id,
#include "engines/scene/materials/materials.def"
#undef CT_MATERIAL
    CT_MATERIAL_COUNT
};

enum ct_rig_id {
    CT_RIG_NONE = -1,
#define CT_RIG(id, words) CT_RIG_##id,
#include "engines/scene/rigs/rigs.def"
#undef CT_RIG
    CT_RIG_COUNT
};

enum ct_backdrop_id {
    CT_BACKDROP_NONE = -1,
#define CT_BACKDROP(id, words) CT_BACKDROP_##id,
#include "engines/scene/backdrops/backdrops.def"
#undef CT_BACKDROP
    CT_BACKDROP_COUNT
};

enum ct_camera_id {
    CT_CAMERA_NONE = -1,
#define CT_CAMERA(id, words) CT_CAMERA_##id,
#include "engines/scene/stage/cameras.def"
#undef CT_CAMERA
    CT_CAMERA_COUNT
};

enum ct_template_id {
    CT_TEMPLATE_NONE = -1,
#define CT_TEMPLATE(id, words) CT_TEMPLATE_##id,
#include "engines/scene/page/templates.def"
#undef CT_TEMPLATE
    CT_TEMPLATE_COUNT
};

/* Of printed pages: what they are about, how they are filled, how they should feel. */
enum ct_topic {
    CT_TOPIC_NONE,
#define CT_TOPIC(id, art1, art2, art3, face, palette, words) CT_TOPIC_##id,
#include "engines/scene/page/topics.def"
#undef CT_TOPIC
    CT_TOPIC_COUNT
};

enum ct_art {
    CT_ART_NONE,
#define CT_ART(id, words) CT_ART_##id,
#include "engines/scene/page/arts.def"
#undef CT_ART
    CT_ART_COUNT
};

enum ct_feel {
#define CT_FEEL(id, face, palette, words) CT_FEEL_##id,
#include "engines/scene/page/feels.def"
#undef CT_FEEL
    CT_FEEL_COUNT
};
#define CT_FEEL_BIT(id) (UINT64_C(1) << CT_FEEL_##id)

enum ct_scenery {
#define CT_SCENERY(id, place, words) CT_SCENERY_##id,
#include "engines/scene/land/scenery.def"
#undef CT_SCENERY
    CT_SCENERY_COUNT
};
#define CT_SCENERY_BIT(id) (UINT64_C(1) << CT_SCENERY_##id)

enum ct_hour {
    CT_HOUR_NONE = -1,
#define CT_HOUR(id, words) CT_HOUR_##id,
#include "engines/scene/land/hours.def"
#undef CT_HOUR
    CT_HOUR_COUNT
};

/* An outdoor picture: what it shows, and when. */
struct ct_land {
    uint64_t scenery;  /* bits of enum ct_scenery; 0: indoors */
    enum ct_hour hour; /* NONE: the composer chooses */
};

struct ct_table_row {
    const char *id;    /* "brushed_steel": as written in the table, for printing scenes */
    const char *words; /* "brushed steel|stainless steel": how prompts name it */
};

struct ct_object_row {
    struct ct_table_row row;
    float height_cm;               /* of an ordinary one */
    enum ct_material_id material;  /* what it is usually made of */
    const char *category;
};

/* Rows live forever; an id out of range gives NULL. Thread-safe. (tables.c) */
const struct ct_object_row *ct_object_info(enum ct_object_id id);
/* Has it such a part ("cap"), that can be described apart from the body? (objects/object.c) */
bool ct_object_has_part(enum ct_object_id id, struct ct_slice name);
/* Which of its parts that is, from 0; -1: none. (objects/object.c) */
int ct_object_find_part(enum ct_object_id id, struct ct_slice name);
/* Has it a face that a text can be put on? (objects/object.c) */
bool ct_object_takes_lettering(enum ct_object_id id);
/* What walls are built of or faced with. (tables.c) */
bool ct_is_walling(enum ct_material_id id);
/* Can it be striped, dotted, checkered? (object.c) */
bool ct_object_takes_pattern(enum ct_object_id id);
const struct ct_table_row *ct_material_info(enum ct_material_id id);
const struct ct_table_row *ct_rig_info(enum ct_rig_id id);
const struct ct_table_row *ct_backdrop_info(enum ct_backdrop_id id);
const struct ct_table_row *ct_camera_info(enum ct_camera_id id);
const struct ct_table_row *ct_scenery_info(enum ct_scenery id);
bool ct_scenery_is_place(enum ct_scenery id);
const struct ct_table_row *ct_hour_info(enum ct_hour id);
const struct ct_table_row *ct_template_info(enum ct_template_id id);
/* Is it a poster, a card, a cover, a label: a page whose art follows from what it is about? */
bool ct_template_printed(enum ct_template_id id);
const struct ct_table_row *ct_topic_info(enum ct_topic id); /* NULL for NONE, as the next */
const struct ct_table_row *ct_art_info(enum ct_art id);
const struct ct_table_row *ct_feel_info(enum ct_feel id);
/* Is there a sign for that noun (page/glyphs.def)? "houses" is "house" as well. */
bool ct_glyph_named(struct ct_slice noun);
struct ct_intent;
/* Does it name a thing whose inside is known? (page/section_shape.c) */
bool ct_section_known(const struct ct_intent *intent);
/* Is it a page of points without any, which becomes a poster? (page/page.c) */
bool ct_page_lacks_points(const struct ct_intent *intent);

#endif
