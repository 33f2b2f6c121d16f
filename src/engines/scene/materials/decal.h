/* Ink on a thing: a mask laid onto one face of a material's surface, whatever the material is. */
#ifndef CT_SCENE_DECAL_H
#define CT_SCENE_DECAL_H

#include "engines/scene/render/world.h"

/* Prints `mask` (its alpha) onto the material, over the texture it has. The ink is dark on light
 * bodies and light on dark ones. The raster must outlive the material. Not for glass, which has no
 * surface to print on. */
void ct_material_print(struct ct_material *m, const struct ct_decal *decal,
                       const struct ct_raster *mask);

#endif
