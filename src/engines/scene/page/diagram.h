/* Inside page/: layouts of diagrams that are no ranks. */
#ifndef CT_SCENE_PAGE_DIAGRAM_H
#define CT_SCENE_PAGE_DIAGRAM_H

#include "engines/scene/page/template.h"

/* One ring of arrows through all boxes: drawn into the room; false (and nothing drawn) otherwise.
 */
bool ct_diagram_cycle(struct ct_template *t, struct ct_rect room);

#endif
