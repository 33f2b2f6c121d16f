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

static void show_centred(cairo_t *cr, struct ct_type *type, struct ct_slice text, int width,
                         int height)
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
    cairo_set_source_rgb(cr, 1, 1, 1);
    ct_type_show(type, cr, text, &style, (width - style.wrap_px) / 2,
                 height / 2.0 - (size.ink_y + size.ink_h / 2));
}

static uint8_t *read_back(cairo_surface_t *surface, int width, int height)
{
    uint8_t *rgba = ct_malloc((size_t)width * (size_t)height * 4);
    const unsigned char *px = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; rgba && y < height; y++)
        for (int x = 0; x < width; x++) {
            uint8_t *to = rgba + 4 * ((size_t)y * (size_t)width + (size_t)x);
            to[0] = to[1] = to[2] = 255;
            to[3] = px[(size_t)y * (size_t)stride + (size_t)x];
        }
    return rgba;
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
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    cairo_t *cr = cairo_create(surface);
    show_centred(cr, type, text, width, height);
    bool drawn = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    if (drawn)
        *out = read_back(surface, width, height);
    cairo_surface_destroy(surface);
    ct_type_free(&type);
    return *out ? CT_OK : ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for lettering.");
}
