/* A page becomes an SVG document: the same items that draw.c turns into pixels, as vectors.
 *
 * Runs on the thread that calls it, in the order of draw.c: layer by layer over the whole list.
 * Text stays text: one <text> for each line that Pango set, at the baseline it set it on, with
 * textLength as the guard: a viewer that lacks the fonts squeezes its own into the same room.
 * Gradients, glows and shadows are definitions of their own, in user space, next to the numbers of
 * their items. Only presentation attributes are used, no style sheet, no script and nothing that
 * points outside the file, so the strictest content security policy shows it whole.
 *
 * What pixels have and vectors need not: dither. What both must agree on: the smoothed ramp of two
 * stops, the fall of a glow, the reach of a shadow (raster.c). */
#include "base/utf8.h"
#include "engines/scene/page/items.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define RAMP_STOPS 8 /* pieces of a smoothed ramp: less than a level off at most */

static void put_number(struct ct_buf *b, double v)
{
    char text[40];
    int n = snprintf(text, sizeof(text), "%.2f", v);
    while (n > 1 && text[n - 1] == '0')
        n--;
    if (text[n - 1] == '.')
        n--;
    if (n == 2 && text[0] == '-' && text[1] == '0')
        ct_buf_putc(b, '0');
    else
        ct_buf_append(b, text, (size_t)n);
}

static void put_attr(struct ct_buf *b, const char *name, double v)
{
    ct_buf_printf(b, " %s=\"", name);
    put_number(b, v);
    ct_buf_putc(b, '"');
}

/* Escaped; what XML 1.0 cannot hold becomes U+FFFD. */
static void put_escaped(struct ct_buf *b, struct ct_slice text)
{
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t c = ct_utf8_next(text, &at);
        bool illegal = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE ||
                       c == 0xFFFF || (c >= 0xD800 && c < 0xE000);
        if (illegal)
            ct_buf_puts(b, "\xEF\xBF\xBD");
        else if (c == '&')
            ct_buf_puts(b, "&amp;");
        else if (c == '<')
            ct_buf_puts(b, "&lt;");
        else if (c == '>')
            ct_buf_puts(b, "&gt;");
        else if (c == '"')
            ct_buf_puts(b, "&quot;");
        else
            ct_buf_append(b, text.ptr + from, at - from);
    }
}

static void put_tint(struct ct_buf *b, const char *name, const char *opacity, struct ct_tint t)
{
    ct_buf_printf(b, " %s=\"#%02x%02x%02x\"", name, (int)lround((double)t.r * 255),
                  (int)lround((double)t.g * 255), (int)lround((double)t.b * 255));
    if (t.a < 1) {
        ct_buf_printf(b, " %s=\"%.3f\"", opacity, (double)t.a);
    }
}

static void put_stop(struct ct_buf *b, double offset, struct ct_tint t)
{
    ct_buf_printf(b, "<stop offset=\"%.3f\"", offset);
    put_tint(b, "stop-color", "stop-opacity", t);
    ct_buf_puts(b, "/>");
}

/* Two stops are smoothed, as raster.c does it; more are straight pieces. */
static void put_stops(struct ct_buf *b, const struct ct_paint *paint)
{
    const struct ct_tint *p = &paint->stop[0], *q = &paint->stop[1];
    if (paint->n_stops != 2) {
        for (int i = 0; i < paint->n_stops; i++)
            put_stop(b, (double)i / (paint->n_stops - 1), paint->stop[i]);
        return;
    }
    for (int i = 0; i <= RAMP_STOPS; i++) {
        float at = (float)i / RAMP_STOPS, f = at * at * (3 - 2 * at);
        put_stop(b, (double)at,
                 (struct ct_tint){ p->r + (q->r - p->r) * f, p->g + (q->g - p->g) * f,
                                   p->b + (q->b - p->b) * f, p->a + (q->a - p->a) * f });
    }
}

static void put_gradient(struct ct_buf *b, const struct ct_paint *paint, int id)
{
    bool linear = paint->kind == CT_PAINT_LINEAR;
    ct_buf_printf(b, "<%sGradient id=\"g%d\" gradientUnits=\"userSpaceOnUse\"",
                  linear ? "linear" : "radial", id);
    put_attr(b, linear ? "x1" : "cx", paint->x0);
    put_attr(b, linear ? "y1" : "cy", paint->y0);
    put_attr(b, linear ? "x2" : "r", paint->x1);
    if (linear)
        put_attr(b, "y2", paint->y1);
    ct_buf_putc(b, '>');
    put_stops(b, paint);
    ct_buf_printf(b, "</%sGradient>\n", linear ? "linear" : "radial");
}

/* (1 - r^2)^3 of the tint's alpha, at r = 0, 1/10 ... 1. */
static void put_glow_gradient(struct ct_buf *b, const struct ct_item *item, int id)
{
    ct_buf_printf(b, "<radialGradient id=\"g%d\">", id);
    for (int i = 0; i <= 10; i++) {
        float r = (float)i / 10, d = 1 - r * r;
        struct ct_tint t = item->fill.stop[0];
        t.a *= d * d * d;
        put_stop(b, (double)r, t);
    }
    ct_buf_puts(b, "</radialGradient>\n");
}

/* A ramp of 2 * radius that rises as a smoothstep has the variance (2 * radius)^2 / 20. */
static void put_blur(struct ct_buf *b, const struct ct_item *item, int id)
{
    double reach = item->radius * 1.5;
    ct_buf_printf(b, "<filter id=\"b%d\" filterUnits=\"userSpaceOnUse\"", id);
    put_attr(b, "x", item->x - reach);
    put_attr(b, "y", item->y - reach);
    put_attr(b, "width", item->w + 2 * reach);
    put_attr(b, "height", item->h + 2 * reach);
    ct_buf_puts(b, "><feGaussianBlur");
    put_attr(b, "stdDeviation", item->radius * 0.447);
    ct_buf_puts(b, "/></filter>\n");
}

static void put_definitions(struct ct_buf *b, const struct ct_page *page)
{
    int id = 0;
    ct_buf_puts(b, "<defs>\n");
    for (const struct ct_item *item = page->first; item; item = item->next, id++) {
        if (item->kind == CT_ITEM_GLOW)
            put_glow_gradient(b, item, id);
        else if (item->kind == CT_ITEM_SHADOW)
            put_blur(b, item, id);
        else if (item->fill.kind == CT_PAINT_LINEAR || item->fill.kind == CT_PAINT_RADIAL)
            put_gradient(b, &item->fill, id);
    }
    ct_buf_puts(b, "</defs>\n");
}

static void put_point(struct ct_buf *b, char op, double x, double y)
{
    ct_buf_putc(b, op);
    put_number(b, x);
    ct_buf_putc(b, ' ');
    put_number(b, y);
}

/* A line to the arc's start (or a move there), then the arc in pieces of at most half a turn. */
static void put_arc(struct ct_buf *b, const struct ct_step *s, bool started)
{
    double sweep = s->y2 - s->x2;
    int pieces = (int)fmax(1, ceil(fabs(sweep) / (M_PI * 0.999)));
    put_point(b, started ? 'L' : 'M', s->x0 + s->x1 * cos(s->x2), s->y0 + s->x1 * sin(s->x2));
    for (int i = 1; i <= pieces; i++) {
        double at = s->x2 + sweep * i / pieces;
        ct_buf_putc(b, 'A');
        put_number(b, s->x1);
        ct_buf_putc(b, ' ');
        put_number(b, s->x1);
        ct_buf_printf(b, " 0 0 %d", sweep >= 0);
        put_point(b, ' ', s->x0 + s->x1 * cos(at), s->y0 + s->x1 * sin(at));
    }
}

static void put_path(struct ct_buf *b, const struct ct_item *item)
{
    bool started = false;
    ct_buf_puts(b, "<path d=\"");
    for (const struct ct_step *s = item->steps; s; s = s->next) {
        switch (s->op) {
        case CT_STEP_MOVE:
            put_point(b, 'M', s->x0, s->y0);
            break;
        case CT_STEP_LINE:
            put_point(b, started ? 'L' : 'M', s->x0, s->y0);
            break;
        case CT_STEP_CURVE:
            put_point(b, started ? 'C' : 'M', s->x0, s->y0);
            if (!started)
                put_point(b, 'C', s->x0, s->y0);
            put_point(b, ' ', s->x1, s->y1);
            put_point(b, ' ', s->x2, s->y2);
            break;
        case CT_STEP_ARC:
            put_arc(b, s, started);
            break;
        case CT_STEP_CLOSE:
            ct_buf_putc(b, 'Z');
            break;
        }
        started = s->op != CT_STEP_CLOSE;
    }
    ct_buf_putc(b, '"');
}

static void put_box(struct ct_buf *b, const struct ct_item *item)
{
    ct_buf_puts(b, "<rect");
    put_attr(b, "x", item->x);
    put_attr(b, "y", item->y);
    put_attr(b, "width", fmax(0, item->w));
    put_attr(b, "height", fmax(0, item->h));
    if (item->radius > 0 && item->kind == CT_ITEM_BOX)
        put_attr(b, "rx", item->radius);
}

static void put_shape(struct ct_buf *b, const struct ct_item *item, int id)
{
    if (item->kind == CT_ITEM_PATH)
        put_path(b, item);
    else
        put_box(b, item);
    if (item->fill.kind == CT_PAINT_NONE)
        ct_buf_puts(b, " fill=\"none\"");
    else if (item->fill.kind == CT_PAINT_FLAT)
        put_tint(b, "fill", "fill-opacity", item->fill.stop[0]);
    else
        ct_buf_printf(b, " fill=\"url(#g%d)\"", id);
    if (item->stroke.a > 0 && item->stroke_px > 0) {
        put_tint(b, "stroke", "stroke-opacity", item->stroke);
        put_attr(b, "stroke-width", item->stroke_px);
        ct_buf_puts(b, " stroke-linejoin=\"round\"");
        if (item->round_ends)
            ct_buf_puts(b, " stroke-linecap=\"round\"");
        if (item->dash_px > 0) {
            ct_buf_puts(b, " stroke-dasharray=\"");
            put_number(b, item->dash_px);
            ct_buf_putc(b, ' ');
            put_number(b, item->dash_px * 0.75);
            ct_buf_putc(b, '"');
        }
    }
    ct_buf_puts(b, "/>\n");
}

struct text_writer {
    struct ct_buf *b;
    const struct ct_item *item;
};

static void put_line(void *ctx, const struct ct_text_line *line)
{
    struct text_writer *w = ctx;
    struct ct_buf *b = w->b;
    const struct ct_item *item = w->item;
    struct ct_slice text = ct_slice_trim(line->text);
    if (text.len == 0)
        return;
    /* The start of a line that runs from right to left is its right end. */
    ct_buf_puts(b, "<text xml:space=\"preserve\"");
    put_attr(b, "x", item->x + line->x + (line->rtl ? line->w : 0));
    put_attr(b, "y", item->y + line->baseline);
    if (line->rtl)
        ct_buf_puts(b, " direction=\"rtl\"");
    if (line->tracking_px != 0)
        put_attr(b, "letter-spacing", line->tracking_px);
    put_attr(b, "textLength", line->w);
    ct_buf_puts(b, " lengthAdjust=\"spacingAndGlyphs\">");
    put_escaped(b, text);
    ct_buf_puts(b, "</text>\n");
}

static void put_text(struct ct_buf *b, struct ct_type *type, const struct ct_item *item)
{
    char families[CT_FAMILIES_MAX];
    ct_type_families(type, families, item->text, item->style.face);
    ct_buf_printf(b, "<g font-family=\"%s, sans-serif\"", families);
    put_attr(b, "font-size", item->style.size_px);
    if (ct_text_is_italic(type, item->text, &item->style))
        ct_buf_puts(b, " font-style=\"italic\"");
    put_attr(b, "font-weight", item->style.weight ? item->style.weight : 400);
    put_tint(b, "fill", "fill-opacity", item->fill.stop[0]);
    ct_buf_puts(b, ">\n");
    ct_type_lines(type, item->text, &item->style, put_line, &(struct text_writer){ b, item });
    ct_buf_puts(b, "</g>\n");
}

static void put_item(struct ct_buf *b, struct ct_type *type, const struct ct_item *item, int id)
{
    switch (item->kind) {
    case CT_ITEM_BOX:
    case CT_ITEM_PATH:
        put_shape(b, item, id);
        break;
    case CT_ITEM_GLOW:
        ct_buf_puts(b, "<ellipse");
        put_attr(b, "cx", item->x + item->w / 2);
        put_attr(b, "cy", item->y + item->h / 2);
        put_attr(b, "rx", item->w / 2);
        put_attr(b, "ry", item->h / 2);
        ct_buf_printf(b, " fill=\"url(#g%d)\"/>\n", id);
        break;
    case CT_ITEM_SHADOW:
        put_box(b, item);
        put_tint(b, "fill", "fill-opacity", item->fill.stop[0]);
        ct_buf_printf(b, " filter=\"url(#b%d)\"/>\n", id);
        break;
    case CT_ITEM_TEXT:
        put_text(b, type, item);
        break;
    case CT_ITEM_PICTURE: /* documents are composed without */
        break;
    }
}

/* What a screen reader says: the headline, and which kind of page it is. */
static void put_head(struct ct_buf *b, const struct ct_page *page)
{
    ct_buf_printf(b,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                  "viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"title desc\">\n",
                  page->width, page->height, page->width, page->height);
    ct_buf_puts(b, "<title id=\"title\">");
    if (page->title.len)
        put_escaped(b, page->title);
    else
        for (const char *c = page->template_id; *c; c++)
            ct_buf_putc(b, *c == '_' ? ' ' : *c);
    ct_buf_puts(b, "</title>\n<desc id=\"desc\">");
    for (const char *c = page->template_id; *c; c++)
        ct_buf_putc(b, *c == '_' ? ' ' : *c);
    ct_buf_puts(b, ", drawn by Calotype</desc>\n");
}

ct_code ct_page_svg(struct ct_buf *b, const struct ct_page *page, struct ct_err *err)
{
    struct ct_type *type = NULL;
    CT_TRY(ct_type_new(&type, err));
    ct_type_set_mono(type, page->mono);
    put_head(b, page);
    put_definitions(b, page);
    for (int layer = 0; layer < CT_LAYER_COUNT; layer++) {
        int id = 0;
        for (const struct ct_item *item = page->first; item; item = item->next, id++)
            if (item->layer == (enum ct_page_layer)layer)
                put_item(b, type, item, id);
    }
    ct_buf_puts(b, "</svg>\n");
    ct_type_free(&type);
    return b->failed ? ct_fail(err, CT_E_MEMORY, NULL, "out of memory for an SVG of %d items",
                               page->n_items)
                     : CT_OK;
}
