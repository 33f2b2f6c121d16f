/* A generator: builds one kind of object, standing on y = 0 around the y axis, front towards +z.
 *
 * It adds meshes through the builder, which places them (position, yaw, scale), gives them the
 * object's look and knows the media. One generator = one file objects/<id>.c with ct_object_<id>
 * and one row of objects.def. */
#ifndef CT_SCENE_OBJECT_H
#define CT_SCENE_OBJECT_H

#include "engines/scene/stage/scene3.h"

struct ct_object_builder {
    struct ct_world *world;
    const struct ct_scene3_object *object;
    int object_index;
    uint32_t seed;   /* for small irregularities; the same object always gets the same */
    int body;        /* material index of the object's own look, ready made */
    float transform[12]; /* rows of the 3x4 matrix object space -> world */
};

/* Takes the mesh in object space, sets its material and media, places it, adds it. */
void ct_object_add(struct ct_object_builder *b, struct ct_mesh *mesh, int material,
                   int medium_inside, int medium_outside);
/* A material of another kind for a part: "the steel cap of the bottle". */
int ct_object_part(struct ct_object_builder *b, enum ct_material_id material);
int ct_object_part_colored(struct ct_object_builder *b, enum ct_material_id material, ct_v3 color);

typedef void (*ct_object_fn)(struct ct_object_builder *b);
#define CT_OBJECT(id, words, height_cm, material, category)                                        \
    void ct_object_##id(struct ct_object_builder *b);
#include "engines/scene/objects/objects.def"
#undef CT_OBJECT

#endif
