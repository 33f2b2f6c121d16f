/* The rows behind the ids: the same .def files once more, as data. */
#include "engines/scene/tables.h"

#include <stddef.h>

static const struct ct_object_row objects[] = {
#define CT_OBJECT(id, words, height_cm, material, category)                                        \
    { { #id, words }, height_cm, CT_MATERIAL_##material, #category },
#include "engines/scene/objects/objects.def"
#undef CT_OBJECT
};

static const struct ct_table_row materials[] = {
#define CT_MATERIAL(id, words) { #id, words },
#include "engines/scene/materials/materials.def"
#undef CT_MATERIAL
};

static const struct ct_table_row rigs[] = {
#define CT_RIG(id, words) { #id, words },
#include "engines/scene/rigs/rigs.def"
#undef CT_RIG
};

static const struct ct_table_row backdrops[] = {
#define CT_BACKDROP(id, words) { #id, words },
#include "engines/scene/backdrops/backdrops.def"
#undef CT_BACKDROP
};

static const struct ct_table_row cameras[] = {
#define CT_CAMERA(id, words) { #id, words },
#include "engines/scene/stage/cameras.def"
#undef CT_CAMERA
};

static const struct ct_table_row templates[] = {
#define CT_TEMPLATE(id, words) { #id, words },
#include "engines/scene/page/templates.def"
#undef CT_TEMPLATE
};

static const struct ct_table_row topics[] = {
    { NULL, NULL },
#define CT_TOPIC(id, art1, art2, art3, face, palette, words) { #id, words },
#include "engines/scene/page/topics.def"
#undef CT_TOPIC
};

static const struct ct_table_row arts[] = {
    { NULL, NULL },
#define CT_ART(id, words) { #id, words },
#include "engines/scene/page/arts.def"
#undef CT_ART
};

static const struct ct_table_row feels[] = {
#define CT_FEEL(id, face, palette, words) { #id, words },
#include "engines/scene/page/feels.def"
#undef CT_FEEL
};

static const struct scenery_row {
    struct ct_table_row row;
    bool place;
} sceneries[] = {
#define CT_SCENERY(id, place, words) { { #id, words }, place },
#include "engines/scene/land/scenery.def"
#undef CT_SCENERY
};

static const struct ct_table_row hours[] = {
#define CT_HOUR(id, words) { #id, words },
#include "engines/scene/land/hours.def"
#undef CT_HOUR
};

const struct ct_object_row *ct_object_info(enum ct_object_id id)
{
    return id >= 0 && id < CT_OBJECT_COUNT ? &objects[id] : NULL;
}

const struct ct_table_row *ct_material_info(enum ct_material_id id)
{
    return id >= 0 && id < CT_MATERIAL_COUNT ? &materials[id] : NULL;
}

const struct ct_table_row *ct_rig_info(enum ct_rig_id id)
{
    return id >= 0 && id < CT_RIG_COUNT ? &rigs[id] : NULL;
}

const struct ct_table_row *ct_backdrop_info(enum ct_backdrop_id id)
{
    return id >= 0 && id < CT_BACKDROP_COUNT ? &backdrops[id] : NULL;
}

bool ct_template_printed(enum ct_template_id id)
{
    return id == CT_TEMPLATE_poster || id == CT_TEMPLATE_business_card ||
           (id >= CT_TEMPLATE_menu && id <= CT_TEMPLATE_sticker);
}

const struct ct_table_row *ct_topic_info(enum ct_topic id)
{
    return id > CT_TOPIC_NONE && id < CT_TOPIC_COUNT ? &topics[id] : NULL;
}

const struct ct_table_row *ct_art_info(enum ct_art id)
{
    return id > CT_ART_NONE && id < CT_ART_COUNT ? &arts[id] : NULL;
}

const struct ct_table_row *ct_feel_info(enum ct_feel id)
{
    return id >= 0 && id < CT_FEEL_COUNT ? &feels[id] : NULL;
}

const struct ct_table_row *ct_camera_info(enum ct_camera_id id)
{
    return id >= 0 && id < CT_CAMERA_COUNT ? &cameras[id] : NULL;
}

const struct ct_table_row *ct_template_info(enum ct_template_id id)
{
    return id >= 0 && id < CT_TEMPLATE_COUNT ? &templates[id] : NULL;
}

bool ct_glyph_named(struct ct_slice noun)
{
    static const char *const words[] = {
#define CT_GLYPH(words, drawing) words,
#include "engines/scene/page/glyphs.def"
#undef CT_GLYPH
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        struct ct_slice rest = ct_slice(words[i]), one;
        for (bool more = true; more;) {
            more = ct_slice_cut(rest, '|', &one, &rest);
            bool plural = noun.len == one.len + 1 && (noun.ptr[one.len] | 32) == 's';
            if (ct_slice_ieq(plural ? ct_slice_sub(noun, 0, one.len) : noun, one))
                return true;
        }
    }
    return false;
}

const struct ct_table_row *ct_scenery_info(enum ct_scenery id)
{
    return (unsigned)id < CT_SCENERY_COUNT ? &sceneries[id].row : NULL;
}

bool ct_scenery_is_place(enum ct_scenery id)
{
    return id < CT_SCENERY_COUNT && sceneries[id].place;
}

const struct ct_table_row *ct_hour_info(enum ct_hour id)
{
    return id >= 0 && id < CT_HOUR_COUNT ? &hours[id] : NULL;
}

bool ct_is_walling(enum ct_material_id id)
{
    return id == CT_MATERIAL_brick || id == CT_MATERIAL_tile || id == CT_MATERIAL_wood ||
           id == CT_MATERIAL_concrete || id == CT_MATERIAL_marble;
}
