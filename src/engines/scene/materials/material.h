/* A material maker: fills *m for a look. One function ct_material_<id> and one row each. */
#ifndef CT_SCENE_MATERIAL_H
#define CT_SCENE_MATERIAL_H

#include "engines/scene/stage/scene3.h"

/* *m arrives zeroed with sensible defaults; `look` gives colour (if any) and finish. */
#define CT_MATERIAL(id, words)                                                                     \
    void ct_material_##id(struct ct_material *m, const struct ct_look *look);
#include "engines/scene/materials/materials.def"
#undef CT_MATERIAL

/* Dispatch by table; an id out of range makes `matte`. Never fails. */
void ct_material_make(struct ct_material *m, const struct ct_look *look);

/* What a transparent material is like inside: index of refraction and absorption. False for
 * materials light does not pass (milk, ceramic ...); *out is then untouched. (media.c) */
bool ct_material_medium(struct ct_medium *out, enum ct_material_id id);

/* --- for the makers --- */

/* The look's colour as an albedo real pigments have (white 0.87, black 0.012, no pure
 * primaries), else `own`. */
ct_v3 ct_look_albedo(const struct ct_look *look, ct_v3 own);
/* Roughness for the look's finish, else `own`. */
float ct_look_roughness(const struct ct_look *look, float own);
/* Where in its block of stuff a thing was cut: the local position moved by the material's param[3]
 * (cm), which differs among alike things, so that no two of them have the same veins. */
ct_v3 ct_texture_position(const struct ct_material *m, const struct ct_shade_point *at);
/* Normal bent by (x, y, z), kept on the viewer's side of the geometry. */
ct_v3 ct_bend_normal(const struct ct_shade_point *at, ct_v3 by);
/* Coordinates along a surface, picked from the local position by where the normal points: u and
 * v in the surface, so that threads and brush strokes lie on it on every side of a thing. */
struct ct_surface_axes {
    float u, v;
    ct_v3 u_axis, v_axis; /* the same directions as seen by the normal, roughly in world space */
};
struct ct_surface_axes ct_surface_axes(const struct ct_shade_point *at);

#endif
