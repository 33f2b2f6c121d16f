/* Lettering for things: a text set by Pango, read back as coverage.
 *
 * Called by objects/ while a world is built, on a runner thread. A font map is opened for each
 * text and closed again (2-3 ms), so nothing is shared between threads. */
#include "engines/scene/page/lettering.h"

#include "base/mem.h"
#include "engines/scene/page/text.h"

#include <cairo.h>

#define MAX_EDGE 4096
#define MARGIN 0.04 /* of each side: ink may reach a little beyond what is measured */

/* One byte a pixel, rows without gaps; NULL without memory. */
static uint8_t *read_back(cairo_surface_t *surface, int width, int height)
{
    uint8_t *out = ct_malloc((size_t)width * (size_t)height);
    const unsigned char *px = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; out && y < height; y++)
        memcpy(out + (size_t)y * (size_t)width, px + (size_t)y * (size_t)stride, (size_t)width);
    return out;
}

/* White, with the coverage as straight alpha. */
static uint8_t *as_rgba(uint8_t *coverage, size_t n)
{
    uint8_t *rgba = coverage ? ct_malloc(4 * n) : NULL;
    for (size_t i = 0; rgba && i < n; i++) {
        memset(rgba + 4 * i, 255, 3);
        rgba[4 * i + 3] = coverage[i];
    }
    ct_free(coverage);
    return rgba;
}

ct_code ct_page_letter_block(uint8_t **out, int width, int height, struct ct_type *type,
                             struct ct_slice text, const struct ct_text_style *style, double x,
                             double y, struct ct_err *err)
{
    *out = NULL;
    if (width < 1 || height < 1 || width > MAX_EDGE || height > MAX_EDGE)
        return ct_fail(err, CT_E_INTERNAL, NULL, "lettering of %d x %d px is out of range", width,
                       height);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    ct_type_show(type, cr, text, style, x, y);
    bool drawn = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    if (drawn)
        *out = read_back(surface, width, height);
    cairo_surface_destroy(surface);
    return *out ? CT_OK : ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for lettering.");
}

/* The largest size that fits, centred by its ink. */
static ct_code letter_centred(uint8_t **out, int width, int height, struct ct_type *type,
                              struct ct_slice text, struct ct_err *err)
{
    struct ct_text_style style = {
        .weight = 700,
        .size_px = 0.72 * height,
        .align = CT_ALIGN_CENTER,
        .leading = 0.95,
        .whole_words = true,
        .balance = true,
    };
    double w = width * (1 - 2 * MARGIN), h = height * (1 - 2 * MARGIN);
    struct ct_text_size size = ct_type_fit(type, text, &style, w, h);
    return ct_page_letter_block(out, width, height, type, text, &style,
                                (width - style.wrap_px) / 2,
                                height / 2.0 - (size.ink_y + size.ink_h / 2), err);
}

ct_code ct_page_letter(uint8_t **out, int width, int height, struct ct_slice text,
                       struct ct_err *err)
{
    struct ct_type *type;
    *out = NULL;
    if (width < 1 || height < 1 || width > MAX_EDGE || height > MAX_EDGE)
        return ct_fail(err, CT_E_INTERNAL, NULL, "lettering of %d x %d px is out of range", width,
                       height);
    CT_TRY(ct_type_new(&type, err));
    uint8_t *coverage;
    ct_code rc = letter_centred(&coverage, width, height, type, text, err);
    ct_type_free(&type);
    *out = as_rgba(coverage, (size_t)width * (size_t)height);
    if (rc == CT_OK && !*out)
        rc = ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for lettering.");
    return rc;
}
