/* Gives a finished picture the look a prompt asks for: "a watercolor of a mug".
 *
 * Works on pixels, so it knows nothing of scenes; words and ids are in prompt/styles.def. One look
 * = one function in a file of this folder and one row in style.c. */
#ifndef CT_SCENE_STYLE_H
#define CT_SCENE_STYLE_H

#include "engines/scene/prompt/intent.h"
#include "engines/scene/style/filter.h"

typedef void (*ct_style_fn)(struct ct_canvas *canvas);

void ct_style_flat(struct ct_canvas *canvas);
void ct_style_cartoon(struct ct_canvas *canvas);
void ct_style_line_art(struct ct_canvas *canvas);
void ct_style_blueprint(struct ct_canvas *canvas);
void ct_style_sketch(struct ct_canvas *canvas);
void ct_style_watercolor(struct ct_canvas *canvas);
void ct_style_pixel_art(struct ct_canvas *canvas);
void ct_style_monochrome(struct ct_canvas *canvas);
void ct_style_sepia(struct ct_canvas *canvas);
void ct_style_duotone(struct ct_canvas *canvas);
void ct_style_oil(struct ct_canvas *canvas);
void ct_style_halftone(struct ct_canvas *canvas);
void ct_style_posterised(struct ct_canvas *canvas);

/* Lines in work[4], 0 to 1, on their paper. */
void ct_style_inked(struct ct_canvas *canvas);
void ct_style_chalked(struct ct_canvas *canvas);

/* Changes the pixels in place (the image must not be shared yet); alpha stays. A style without a
 * look of its own (photo, minimalist, NONE) changes nothing. Deterministic. CT_E_MEMORY, and then
 * the picture is as it was. Any thread. */
CT_MUSTCHECK ct_code ct_style_apply(struct ct_image *image, enum ct_look_style style,
                                    struct ct_err *err);

/* The same bytes, the work shared over a pool. */
CT_MUSTCHECK ct_code ct_style_apply_on(struct ct_image *image, enum ct_look_style style,
                                       struct ct_pool *pool, struct ct_err *err);

/* The looks that are drawn in lines: a scene's come from its world (render/drawn.h), sharper than
 * any that could be found in a picture of it. */
bool ct_style_is_of_lines(enum ct_look_style style);

/* Lays such lines on the look's paper: every channel of `image` says how much ink a pixel gets.
 * Alpha stays. Like ct_style_apply_on(). */
CT_MUSTCHECK ct_code ct_style_ink(struct ct_image *image, enum ct_look_style style,
                                  struct ct_pool *pool, struct ct_err *err);

#endif
