/* Lettering: the text of an object onto the face its shape declares.
 *
 * Called by object.c for every object, and by generators whose printed part is not the body. The
 * text is set once for each entity; alike things share the raster. Round things turn the text to
 * the camera instead of being turned themselves, so a mug keeps its handle in view. Glass has no
 * surface to print on: it gets a label of paper, a hair off its wall. */
#include "engines/scene/page/lettering.h"
#include "engines/scene/geometry/mesh.h"
#include "engines/scene/materials/decal.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/object.h"

#include "base/mem.h"

#define LONG_EDGE_PX 1024
#define LABEL_MARGIN 1.14f /* of the paper over the text */
#define LABEL_OFF_CM 0.02f /* from the wall */
#define LABEL_COLUMNS 48

/* A world's rasters are an array in it, so pointers to them last as long as the world. */
static const struct ct_raster *find_raster(const struct ct_object_builder *b)
{
    for (int i = 0; i < b->world->n_materials; i++) {
        const struct ct_material *m = &b->world->materials[i];
        if (m->raster && m->decal.entity == b->object->entity)
            return m->raster;
    }
    return NULL;
}

static const struct ct_raster *make_raster(struct ct_object_builder *b,
                                           const struct ct_object_label *label)
{
    const struct ct_raster *known = find_raster(b);
    if (known)
        return known;
    float longer = ct_maxf(label->half_width, label->half_height);
    int width = (int)(LONG_EDGE_PX * label->half_width / longer);
    int height = (int)(LONG_EDGE_PX * label->half_height / longer);
    uint8_t *rgba;
    int index = -1;
    if (ct_page_letter(&rgba, width, height, b->object->text, NULL) == CT_OK)
        index = ct_world_add_raster(b->world, rgba, width, height);
    else
        b->world->failed = true;
    ct_free(rgba);
    return index < 0 ? NULL : &b->world->rasters[index];
}

static const struct ct_object_label *label_of(const struct ct_object_builder *b)
{
    const struct ct_object_shape *shape = ct_object_shape(b->object->object);
    bool wanted = b->object->text.ptr && shape && shape->label.face != CT_DECAL_NONE;
    return wanted ? &shape->label : NULL;
}

void ct_object_letter(struct ct_object_builder *b, int material)
{
    const struct ct_object_label *label = label_of(b);
    const struct ct_raster *raster = label && material >= 0 ? make_raster(b, label) : NULL;
    if (!raster)
        return;
    struct ct_decal decal = {
        .face = label->face,
        .center = label->center,
        .half_width = label->half_width,
        .half_height = label->half_height,
        .turn = b->camera_azimuth - b->object->yaw,
        .yaw = b->object->yaw,
        .entity = b->object->entity,
    };
    ct_material_print(&b->world->materials[material], &decal, raster);
}

/* The label's area as a sheet: a point of it at u, v in [-1, 1]. */
static ct_v3 sheet_point(const struct ct_object_label *l, float turn, float u, float v,
                         ct_v3 *normal)
{
    float x = LABEL_MARGIN * u * l->half_width, y = LABEL_MARGIN * v * l->half_height, s, c;
    switch (l->face) {
    case CT_DECAL_ROUND:
        ct_sincosf(turn + x / l->center.z, &s, &c);
        *normal = v3(s, 0, c);
        return v3_mad(*normal, l->center.z + LABEL_OFF_CM, v3(0, l->center.y + y, 0));
    case CT_DECAL_TOP:
        *normal = v3(0, 1, 0);
        return v3_add(l->center, v3(x, LABEL_OFF_CM, -y));
    case CT_DECAL_FRONT:
    case CT_DECAL_NONE:
        break;
    }
    *normal = v3(0, 0, 1);
    return v3_add(l->center, v3(x, y, LABEL_OFF_CM));
}

static struct ct_mesh *sheet(const struct ct_object_label *label, float turn)
{
    struct ct_mesh *mesh = ct_mesh_new(2 * (LABEL_COLUMNS + 1), 2 * LABEL_COLUMNS);
    for (int i = 0; mesh && i <= LABEL_COLUMNS; i++)
        for (int top = 0; top < 2; top++) {
            ct_v3 normal;
            float u = 2 * (float)i / LABEL_COLUMNS - 1;
            ct_v3 p = sheet_point(label, turn, u, top ? 1.0f : -1.0f, &normal);
            ct_mesh_vertex(mesh, p, normal);
        }
    for (uint32_t i = 0; mesh && i < LABEL_COLUMNS; i++) {
        ct_mesh_triangle(mesh, 2 * i, 2 * i + 2, 2 * i + 3);
        ct_mesh_triangle(mesh, 2 * i, 2 * i + 3, 2 * i + 1);
    }
    return mesh;
}

void ct_object_add_label(struct ct_object_builder *b)
{
    const struct ct_object_label *label = label_of(b);
    if (!label)
        return;
    int paper = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.90f, 0.87f, 0.80f));
    ct_object_letter(b, paper);
    ct_object_add(b, sheet(label, b->camera_azimuth - b->object->yaw), paper, 0, 0);
}
