/* A second colour over a surface: stripes, dots, checks ... laid over whatever the material is. */
#ifndef CT_SCENE_PATTERN_H
#define CT_SCENE_PATTERN_H

#include "engines/scene/render/world.h"

/* Lays the pattern over the texture the material has; pattern->under is filled in. Its colour is
 * used when has_color, else one that stands out from the material's. Not for glass, which has no
 * surface to paint. */
void ct_material_lay_pattern(struct ct_material *m, const struct ct_pattern *pattern,
                             bool has_color);

#endif
