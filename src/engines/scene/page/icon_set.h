/* Several icons on one page. */
#ifndef CT_SCENE_PAGE_ICON_SET_H
#define CT_SCENE_PAGE_ICON_SET_H

#include "engines/scene/page/template.h"

/* "six weather icons", "an icon set" */
bool ct_icon_set_wanted(struct ct_slice prompt);
void ct_icon_set_draw(struct ct_template *t, struct ct_rect room);

#endif
