/* From a style to its look. Called by scene.c for each picture, previews included. */
#include "engines/scene/style/style.h"

#include <string.h>

static ct_code apply(struct ct_image *image, ct_style_fn look, struct ct_pool *pool,
                     struct ct_err *err)
{
    struct ct_canvas canvas;
    CT_TRY(ct_canvas_open(&canvas, image, pool, err));
    look(&canvas);
    ct_canvas_store(&canvas, image);
    ct_canvas_release(&canvas);
    return CT_OK;
}

ct_code ct_style_apply_on(struct ct_image *image, enum ct_look_style style, struct ct_pool *pool,
                          struct ct_err *err)
{
    static const ct_style_fn looks[CT_LOOK_STYLE_COUNT] = {
        [CT_LOOK_STYLE_flat] = ct_style_flat,
        [CT_LOOK_STYLE_cartoon] = ct_style_cartoon,
        [CT_LOOK_STYLE_line_art] = ct_style_line_art,
        [CT_LOOK_STYLE_blueprint] = ct_style_blueprint,
        [CT_LOOK_STYLE_sketch] = ct_style_sketch,
        [CT_LOOK_STYLE_watercolor] = ct_style_watercolor,
        [CT_LOOK_STYLE_pixel_art] = ct_style_pixel_art,
        [CT_LOOK_STYLE_monochrome] = ct_style_monochrome,
        [CT_LOOK_STYLE_sepia] = ct_style_sepia,
        [CT_LOOK_STYLE_duotone] = ct_style_duotone,
        [CT_LOOK_STYLE_oil] = ct_style_oil,
        [CT_LOOK_STYLE_halftone] = ct_style_halftone,
        [CT_LOOK_STYLE_posterised] = ct_style_posterised,
    };
    ct_style_fn look = style < CT_LOOK_STYLE_COUNT ? looks[style] : NULL;
    return look ? apply(image, look, pool, err) : CT_OK;
}

ct_code ct_style_apply(struct ct_image *image, enum ct_look_style style, struct ct_err *err)
{
    return ct_style_apply_on(image, style, NULL, err);
}

bool ct_style_is_of_lines(enum ct_look_style style)
{
    return style == CT_LOOK_STYLE_line_art || style == CT_LOOK_STYLE_blueprint;
}

/* Ink is in every channel alike. */
static void take_lines(struct ct_canvas *canvas)
{
    memcpy(canvas->work[4], canvas->rgb[0], canvas->n * sizeof(float));
}

static void ink(struct ct_canvas *canvas)
{
    take_lines(canvas);
    ct_style_inked(canvas);
}

static void chalk(struct ct_canvas *canvas)
{
    take_lines(canvas);
    ct_style_chalked(canvas);
}

ct_code ct_style_ink(struct ct_image *image, enum ct_look_style style, struct ct_pool *pool,
                     struct ct_err *err)
{
    return apply(image, style == CT_LOOK_STYLE_blueprint ? chalk : ink, pool, err);
}
