/* What a layout is judged by; each part is 0 (bad) to 1 (good). */
#ifndef CT_SCENE_PAGE_SCORE_H
#define CT_SCENE_PAGE_SCORE_H

#include "engines/scene/page/items.h"

/* Pure; a few thousand operations for a page of sixty texts. */
struct ct_page_score ct_page_judge(const struct ct_page *page);

#endif
