/* A material maker: fills *m for a look. One function ct_material_<id> and one row each. */
#ifndef CT_SCENE_MATERIAL_H
#define CT_SCENE_MATERIAL_H

#include "engines/scene/stage/scene3.h"

/* *m arrives zeroed with sensible defaults; `look` gives colour (if any) and finish. */
#define CT_MATERIAL(id, words)                                                                     \
    void ct_material_##id(struct ct_material *m, const struct ct_look *look);
#include "engines/scene/materials/materials.def"
#undef CT_MATERIAL

void ct_material_make(struct ct_material *m, const struct ct_look *look); /* dispatch by table */

#endif
