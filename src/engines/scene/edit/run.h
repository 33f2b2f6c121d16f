/* Edits and variations, from the request to the sink. */
#ifndef CT_SCENE_EDIT_RUN_H
#define CT_SCENE_EDIT_RUN_H

#include "engines/scene/draw.h"

/* Serves a request whose operation is EDIT or VARIATION. `shared` lives as long as the draw, `own`
 * is reset for each picture. CT_E_EDIT when nothing asked for can be done: what comes in is never
 * handed back as if it had been edited. */
CT_MUSTCHECK ct_code ct_edit_run(const struct ct_draw *draw, struct ct_arena *shared,
                                 struct ct_arena *own, struct ct_err *err);

#endif
