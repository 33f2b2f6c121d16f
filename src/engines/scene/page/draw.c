/* A page becomes pixels: Cairo for flat shapes and lines, raster.c for soft paint, Pango for text.
 *
 * ct_page_draw() runs on the thread that calls it and shares nothing with other drawings: it
 * makes its own surface and its own fonts. Layers are drawn one after the other over the whole
 * list (ground, shapes, lines, text) and reported after each; cancelling is looked at before each
 * item. The surface is 8-bit premultiplied sRGB; a transparent page starts empty and straightens
 * its alpha at the end, any other starts with the paper that its template put in the ground. */
#include "engines/scene/page/draw.h"
#include "engines/scene/page/raster.h"

#include <cairo.h>
#include <math.h>

struct drawing {
    const struct ct_page *page;
    cairo_surface_t *surface;
    cairo_t *cairo;
    struct ct_type *type;
    const struct ct_image *picture;
};

static void set_source(cairo_t *cairo, struct ct_tint t)
{
    cairo_set_source_rgba(cairo, (double)t.r, (double)t.g, (double)t.b, (double)t.a);
}

static void trace_box(cairo_t *cairo, const struct ct_item *item)
{
    double x = item->x, y = item->y, w = item->w, h = item->h, r = item->radius;
    if (r <= 0) {
        cairo_rectangle(cairo, x, y, w, h);
        return;
    }
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x + w - r, y + r, r, -M_PI / 2, 0);
    cairo_arc(cairo, x + w - r, y + h - r, r, 0, M_PI / 2);
    cairo_arc(cairo, x + r, y + h - r, r, M_PI / 2, M_PI);
    cairo_arc(cairo, x + r, y + r, r, M_PI, 1.5 * M_PI);
    cairo_close_path(cairo);
}

static void trace_steps(cairo_t *cairo, const struct ct_item *item)
{
    for (const struct ct_step *s = item->steps; s; s = s->next) {
        switch (s->op) {
        case CT_STEP_MOVE:
            cairo_move_to(cairo, s->x0, s->y0);
            break;
        case CT_STEP_LINE:
            cairo_line_to(cairo, s->x0, s->y0);
            break;
        case CT_STEP_CURVE:
            cairo_curve_to(cairo, s->x0, s->y0, s->x1, s->y1, s->x2, s->y2);
            break;
        case CT_STEP_ARC:
            if (s->y2 >= s->x2)
                cairo_arc(cairo, s->x0, s->y0, s->x1, s->x2, s->y2);
            else
                cairo_arc_negative(cairo, s->x0, s->y0, s->x1, s->x2, s->y2);
            break;
        case CT_STEP_CLOSE:
            cairo_close_path(cairo);
            break;
        }
    }
}

static void trace(cairo_t *cairo, const struct ct_item *item)
{
    cairo_new_path(cairo);
    if (item->kind == CT_ITEM_BOX)
        trace_box(cairo, item);
    else
        trace_steps(cairo, item);
}

static struct ct_raster raster_of(struct drawing *d)
{
    cairo_surface_flush(d->surface);
    return (struct ct_raster){ (uint32_t *)(void *)cairo_image_surface_get_data(d->surface),
                               cairo_image_surface_get_width(d->surface),
                               cairo_image_surface_get_height(d->surface),
                               cairo_image_surface_get_stride(d->surface) / 4 };
}

/* Gradients: the shape's coverage from Cairo, its colour from raster.c. */
static void fill_soft(struct drawing *d, const struct ct_item *item)
{
    double x0, y0, x1, y1;
    struct ct_raster raster = raster_of(d);
    trace(d->cairo, item);
    cairo_path_extents(d->cairo, &x0, &y0, &x1, &y1);
    int x = (int)fmax(0, floor(x0)), y = (int)fmax(0, floor(y0));
    int w = (int)fmin(d->page->width, ceil(x1)) - x, h = (int)fmin(d->page->height, ceil(y1)) - y;
    if (w <= 0 || h <= 0)
        return;
    bool full = item->kind == CT_ITEM_BOX && item->radius <= 0 && x0 <= 0 && y0 <= 0 &&
                x1 >= d->page->width && y1 >= d->page->height;
    if (full) {
        ct_raster_paint(&raster, &item->fill, x, y, w, h, NULL, 0);
        cairo_surface_mark_dirty(d->surface);
        return;
    }
    cairo_surface_t *mask = cairo_image_surface_create(CAIRO_FORMAT_A8, w, h);
    cairo_t *cairo = cairo_create(mask);
    cairo_translate(cairo, -x, -y);
    trace(cairo, item);
    cairo_fill(cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(mask);
    if (cairo_surface_status(mask) == CAIRO_STATUS_SUCCESS)
        ct_raster_paint(&raster, &item->fill, x, y, w, h, cairo_image_surface_get_data(mask),
                        cairo_image_surface_get_stride(mask));
    cairo_surface_destroy(mask);
    cairo_surface_mark_dirty(d->surface);
}

static void draw_shape(struct drawing *d, const struct ct_item *item)
{
    cairo_t *cairo = d->cairo;
    if (item->fill.kind == CT_PAINT_FLAT) {
        trace(cairo, item);
        set_source(cairo, item->fill.stop[0]);
        cairo_fill(cairo);
    } else if (item->fill.kind != CT_PAINT_NONE) {
        fill_soft(d, item);
    }
    if (item->stroke.a <= 0 || item->stroke_px <= 0)
        return;
    trace(cairo, item);
    set_source(cairo, item->stroke);
    cairo_set_line_width(cairo, item->stroke_px);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cairo, item->round_ends ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    if (item->dash_px > 0) {
        double dash[2] = { item->dash_px, item->dash_px * 0.75 };
        cairo_set_dash(cairo, dash, 2, 0);
    }
    cairo_stroke(cairo);
    cairo_set_dash(cairo, NULL, 0, 0);
}

/* Straight alpha becomes Cairo's. */
static void draw_picture(struct drawing *d, const struct ct_item *item)
{
    const struct ct_image *image = d->picture;
    if (!image || image->channels != 4)
        return;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, image->width, image->height);
    if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) {
        for (int y = 0; y < image->height; y++) {
            const uint8_t *from = image->px + (size_t)y * (size_t)image->width * 4;
            uint32_t *to = (uint32_t *)(void *)(cairo_image_surface_get_data(surface) +
                                                (ptrdiff_t)y *
                                                    cairo_image_surface_get_stride(surface));
            for (int x = 0; x < image->width; x++, from += 4) {
                uint32_t a = from[3];
                to[x] = a << 24 | (from[0] * a + 127) / 255 << 16 |
                        (from[1] * a + 127) / 255 << 8 | (from[2] * a + 127) / 255;
            }
        }
        cairo_surface_mark_dirty(surface);
        cairo_set_source_surface(d->cairo, surface, item->x, item->y);
        cairo_paint(d->cairo);
    }
    cairo_surface_destroy(surface);
}

static void draw_item(struct drawing *d, const struct ct_item *item)
{
    struct ct_raster raster;
    switch (item->kind) {
    case CT_ITEM_BOX:
    case CT_ITEM_PATH:
        draw_shape(d, item);
        break;
    case CT_ITEM_GLOW:
        raster = raster_of(d);
        ct_raster_glow(&raster, item->x, item->y, item->w, item->h, item->fill.stop[0]);
        cairo_surface_mark_dirty(d->surface);
        break;
    case CT_ITEM_SHADOW:
        raster = raster_of(d);
        ct_raster_shadow(&raster, item->x, item->y, item->w, item->h, item->radius,
                         item->fill.stop[0]);
        cairo_surface_mark_dirty(d->surface);
        break;
    case CT_ITEM_PICTURE:
        draw_picture(d, item);
        break;
    case CT_ITEM_TEXT:
        set_source(d->cairo, item->fill.stop[0]);
        ct_type_show(d->type, d->cairo, item->text, &item->style, item->x, item->y);
        break;
    }
}

static void copy_row(uint8_t *to, const uint32_t *from, int width, int channels)
{
    for (int x = 0; x < width; x++, to += channels) {
        uint32_t p = from[x], a = p >> 24;
        uint32_t r = p >> 16 & 255, g = p >> 8 & 255, b = p & 255;
        if (channels == 4 && a > 0 && a < 255) {
            r = (r * 255 + a / 2) / a;
            g = (g * 255 + a / 2) / a;
            b = (b * 255 + a / 2) / a;
        }
        to[0] = (uint8_t)r;
        to[1] = (uint8_t)g;
        to[2] = (uint8_t)b;
        if (channels == 4)
            to[3] = (uint8_t)a;
    }
}

static ct_code copy_out(struct ct_image **out, struct drawing *d, struct ct_err *err)
{
    struct ct_raster from = raster_of(d);
    int channels = d->page->transparent ? 4 : 3;
    CT_TRY(ct_image_new(out, from.width, from.height, channels, err));
    for (int y = 0; y < from.height; y++)
        copy_row((*out)->px + (size_t)y * (size_t)from.width * (size_t)channels,
                 from.px + (ptrdiff_t)y * from.stride, from.width, channels);
    return CT_OK;
}

static struct ct_image *snapshot(void *state)
{
    struct ct_image *image = NULL;
    return copy_out(&image, state, NULL) == CT_OK ? image : NULL;
}

static ct_code draw_layer(struct drawing *d, enum ct_page_layer layer,
                          const struct ct_page_draw *draw, struct ct_err *err)
{
    for (const struct ct_item *item = d->page->first; item; item = item->next) {
        if (item->layer != layer)
            continue;
        if (draw && draw->cancel && atomic_load(draw->cancel))
            return ct_fail(err, CT_E_CANCELLED, NULL, "the page was cancelled while drawing");
        draw_item(d, item);
    }
    return CT_OK;
}

/* An empty layer is not looked at: the picture would be the one before it. */
static ct_code draw_layers(struct drawing *d, const struct ct_page_draw *draw, struct ct_err *err)
{
    int items[CT_LAYER_COUNT] = { 0 }, layers = 0, drawn = 0;
    for (const struct ct_item *item = d->page->first; item; item = item->next)
        layers += items[item->layer]++ == 0;
    for (int layer = 0; layer < CT_LAYER_COUNT; layer++) {
        if (!items[layer])
            continue;
        CT_TRY(draw_layer(d, (enum ct_page_layer)layer, draw, err));
        if (draw && draw->layer)
            draw->layer(draw->ctx, (double)++drawn / layers, snapshot, d);
    }
    return CT_OK;
}

ct_code ct_page_draw(struct ct_image **out, const struct ct_page *page,
                     const struct ct_page_draw *draw, struct ct_err *err)
{
    struct drawing d = { .page = page, .picture = draw ? draw->picture : NULL };
    *out = NULL;
    struct ct_type *own = NULL;
    if (!draw || !draw->type)
        CT_TRY(ct_type_new(&own, err));
    d.type = own ? own : draw->type;
    ct_type_set_mono(d.type, page->mono);
    d.surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, page->width, page->height);
    d.cairo = cairo_create(d.surface);
    cairo_set_antialias(d.cairo, CAIRO_ANTIALIAS_BEST);
    if (!page->transparent) {
        cairo_set_source_rgb(d.cairo, 1, 1, 1);
        cairo_paint(d.cairo);
    }
    ct_code code = CT_OK;
    if (cairo_status(d.cairo) == CAIRO_STATUS_SUCCESS)
        code = draw_layers(&d, draw, err);
    if (code == CT_OK && cairo_status(d.cairo) != CAIRO_STATUS_SUCCESS)
        code = ct_fail(err, CT_E_MEMORY, NULL, "out of memory for a page of %d x %d pixels",
                       page->width, page->height);
    if (code == CT_OK)
        code = copy_out(out, &d, err);
    cairo_destroy(d.cairo);
    cairo_surface_destroy(d.surface);
    ct_type_free(&own);
    return code;
}

ct_code ct_page_draw_small(uint32_t *px, int w, int h, int cell, const struct ct_page *page,
                           struct ct_err *err)
{
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        (unsigned char *)px, CAIRO_FORMAT_ARGB32, w, h, w * 4);
    struct drawing d = { .page = page, .surface = surface, .cairo = cairo_create(surface) };
    cairo_set_antialias(d.cairo, CAIRO_ANTIALIAS_NONE);
    cairo_scale(d.cairo, 1.0 / cell, 1.0 / cell);
    for (int layer = 0; layer < CT_LAYER_TEXT; layer++)
        for (const struct ct_item *item = page->first; item; item = item->next) {
            struct ct_item bold = *item;
            bool soft = item->fill.kind == CT_PAINT_LINEAR || item->fill.kind == CT_PAINT_RADIAL;
            if (item->layer != (enum ct_page_layer)layer || soft ||
                (item->kind != CT_ITEM_BOX && item->kind != CT_ITEM_PATH))
                continue;
            bold.stroke_px = item->stroke_px > 0 ? fmax(cell * 1.1, item->stroke_px) : 0;
            draw_shape(&d, &bold);
        }
    cairo_surface_flush(surface);
    bool ok = cairo_status(d.cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(d.cairo);
    cairo_surface_destroy(surface);
    return ok ? CT_OK
              : ct_fail(err, CT_E_MEMORY, NULL, "out of memory for %d x %d squares", w, h);
}

ct_code ct_page_fonts_check(struct ct_err *err)
{
    struct ct_type *type = NULL;
    CT_TRY(ct_type_new(&type, err));
    ct_type_free(&type);
    return CT_OK;
}
