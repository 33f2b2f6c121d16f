/* A generator: builds one kind of object, standing on y = 0 around the y axis, front towards +z.
 *
 * It adds meshes through the builder, which places them (position, yaw, scale), gives them the
 * object's look and knows the media. One generator = one file objects/<id>.c with ct_object_<id>
 * and ct_object_<id>_shape, and one row of objects.def. */
#ifndef CT_SCENE_OBJECT_H
#define CT_SCENE_OBJECT_H

#include "engines/scene/stage/scene3.h"

struct ct_object_builder {
    struct ct_world *world;
    const struct ct_scene3_object *object;
    int object_index;
    uint32_t seed;        /* for small irregularities; the same object always gets the same */
    int body;             /* material index of the object's own look, ready made */
    float transform[12];  /* rows of the 3x4 matrix object space -> world */
    float to_local[12];   /* and back */
    float camera_azimuth; /* where the camera stands, radians from the world's +z towards +x */
};

/* The part of a thing's surface that takes lettering, in object space; see struct ct_decal. */
struct ct_object_label {
    enum ct_decal_face face;
    ct_v3 center;
    float half_width, half_height;
};

/* Where somebody rides a thing. */
struct ct_saddle {
    ct_v3 at;    /* below a rider's hips */
    float turn;  /* the way it goes: radians from its front, +z, towards +x */
    float scale; /* of a rider 30 cm tall; 0: nobody rides it */
};

/* When a thing is up in the air, given that there is a sky. */
enum ct_flight {
    CT_FLIGHT_NEVER,
    CT_FLIGHT_ASKED,  /* when the prompt says that it flies, or names the sky as its place */
    CT_FLIGHT_ALWAYS, /* as balloons are, unless the prompt puts them on something */
};

/* What the composer must know of an object before it is built; at scale 1, in object space. */
struct ct_object_shape {
    ct_v3 min, max;    /* box around all of its meshes */
    float on_y;        /* height on which another thing can stand */
    float on_radius;   /* and how much room there is around the axis; 0: nothing stands there */
    ct_v3 head;        /* top of its head, where a hat goes */
    float head_radius; /* and how wide it is there; 0: it wears nothing */
    struct ct_saddle saddle;
    float hips;        /* of who sits astride: the height of its seat when it does */
    float in_y;        /* floor of its inside */
    float in_radius;   /* room there; 0: nothing goes in */
    float in_rise;     /* how much higher the inside is at in_radius */
    float stem_radius; /* of what stands in a neck, as cut flowers do: there; 0: it does not */
    float stem_height; /* and how high that container is */
    float heap_ring;   /* of a heap: how far from the middle its lowest things lie; 0: it is one */
    float heap_part;   /* and their radius */
    float view_deg; /* of large things built small, as cars and houses: the camera's elevation; 0:
                     * by its proportions, as of a thing on a table */
    enum ct_flight flight;
    float draught;  /* how deep it sits in water, cm; 0: it does not swim */
    float yaw;      /* its best side, seen from the front: the classic view */
    const char *parts; /* "cap|lid": what can be of another stuff than the body; NULL: nothing.
                        * Several apart: "roof|tiles;door" are parts 0 and 1 */
    struct ct_object_label label; /* where lettering goes; face NONE: nowhere */
};

/* NULL for an id out of range. Lives forever. */
const struct ct_object_shape *ct_object_shape(enum ct_object_id id);
/* Builds scene->objects[index]; failures show in world->failed. */
void ct_object_build(struct ct_world *world, const struct ct_scene3 *scene, int index);

/* Another kind of thing as a part of this one: at a place in this one's space, of its usual stuff,
 * `color` (NULL: its own). */
void ct_object_build_other(struct ct_object_builder *b, enum ct_object_id id, ct_v3 at, float yaw,
                           float scale, const ct_v3 *color);
/* A vessel of glass with something in it, around this thing's axis. */
void ct_object_build_glass(struct ct_object_builder *b, enum ct_object_id id,
                           enum ct_material_id contents);

/* Takes the mesh in object space, sets its material and media, places it, adds it. */
void ct_object_add(struct ct_object_builder *b, struct ct_mesh *mesh, int material,
                   int medium_inside, int medium_outside);
/* The same for an opaque part: air on both sides; or, when `material` is glass, solid glass. */
void ct_object_add_part(struct ct_object_builder *b, struct ct_mesh *mesh, int material);
/* A material of another kind for a part: "the steel cap of the bottle". */
int ct_object_part(struct ct_object_builder *b, enum ct_material_id material);
/* The stuff of the parts named in shape->parts: as the prompt has it, else `usual`. */
int ct_object_accent(struct ct_object_builder *b, int usual);
/* The same for the k-th of several parts. */
int ct_object_accent_of(struct ct_object_builder *b, int part, int usual);
int ct_object_part_colored(struct ct_object_builder *b, enum ct_material_id material, ct_v3 color);
bool ct_object_is_glass(const struct ct_object_builder *b, int material);
/* The world's medium for a transparent material, added on first use; 0 (air) when it has none. */
int ct_object_medium(struct ct_object_builder *b, enum ct_material_id material);
/* A medium of the object's own. */
int ct_object_medium_of(struct ct_object_builder *b, const struct ct_medium *medium);
/* Prints the object's text, if it has one, onto a material other than `body`, which gets it
 * anyway. (lettering.c) */
void ct_object_letter(struct ct_object_builder *b, int material);
/* A paper label with the text, for bodies of glass. (lettering.c) */
void ct_object_add_label(struct ct_object_builder *b);
/* Lays the pattern the prompt gave the object over a material made from its look. */
void ct_object_lay_pattern(struct ct_object_builder *b, struct ct_material *m);
/* A lamp inside the object: a square of half width `half` facing down, not seen by the camera. */
void ct_object_lamp(struct ct_object_builder *b, ct_v3 center, float half, ct_v3 radiance);

typedef void (*ct_object_fn)(struct ct_object_builder *b);
#define CT_OBJECT(id, words, height_cm, material, category)                                        \
    void ct_object_##id(struct ct_object_builder *b);                                              \
    extern const struct ct_object_shape ct_object_##id##_shape;
#include "engines/scene/objects/objects.def"
#undef CT_OBJECT

#endif
