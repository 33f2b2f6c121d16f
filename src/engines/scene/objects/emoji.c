/* One glyph of Noto Color Emoji, at its native size, as straight colours.
 *
 * Called by relief.c on the thread that builds the world. A font map of its own: Pango's default
 * one belongs to a thread. */
#include "engines/scene/objects/emoji.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define STRIKE_PX 109 /* the size at which the bitmaps are not scaled */
#define SOLID 0.9f    /* coverage from which a colour counts as the picture's own */

enum {
    RIM = 8, /* pixels that colours go on beyond the solid part */
    N = CT_EMOJI_SIZE,
};

static void show(cairo_surface_t *surface, const char *emoji)
{
    PangoFontMap *map = pango_cairo_font_map_new();
    PangoContext *context = pango_font_map_create_context(map);
    PangoLayout *layout = pango_layout_new(context);
    PangoFontDescription *font = pango_font_description_new();
    PangoRectangle ink;
    pango_font_description_set_family_static(font, "Noto Color Emoji");
    pango_font_description_set_absolute_size(font, STRIKE_PX * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, emoji, -1);
    pango_layout_get_pixel_extents(layout, &ink, NULL);
    cairo_t *cairo = cairo_create(surface);
    cairo_move_to(cairo, (N - ink.width) / 2 - ink.x, (N - ink.height) / 2 - ink.y);
    pango_cairo_show_layout(cairo, layout);
    cairo_destroy(cairo);
    pango_font_description_free(font);
    g_object_unref(layout);
    g_object_unref(context);
    g_object_unref(map);
}

static bool read_pixels(struct ct_emoji *out, cairo_surface_t *surface)
{
    const uint8_t *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface), solid = 0;
    for (int y = 0; data && y < N; y++)
        for (int x = 0; x < N; x++) {
            uint32_t c;
            memcpy(&c, data + (size_t)y * (size_t)stride + 4 * (size_t)x, 4);
            float a = (float)(c >> 24) / 255, unit = a > 0 ? 1 / (255 * a) : 0;
            float *px = out->px[y * N + x];
            px[0] = (float)(c >> 16 & 255) * unit;
            px[1] = (float)(c >> 8 & 255) * unit;
            px[2] = (float)(c & 255) * unit;
            px[3] = a;
            solid += a >= SOLID;
        }
    return solid > 100;
}

/* Each pass gives the pixels next to a known one the mean of their known neighbours. */
static void spread_colors(struct ct_emoji *e)
{
    uint8_t known[N * N], next[N * N];
    for (int i = 0; i < N * N; i++)
        known[i] = e->px[i][3] >= SOLID;
    for (int pass = 0; pass < RIM; pass++) {
        memcpy(next, known, sizeof(next));
        for (int i = N + 1; i < N * N - N - 1; i++) {
            const int around[8] = { i - N - 1, i - N,     i - N + 1, i - 1,
                                    i + 1,     i + N - 1, i + N,     i + N + 1 };
            float sum[3] = { 0, 0, 0 }, n = 0;
            for (int k = 0; !known[i] && k < 8; k++) {
                if (!known[around[k]])
                    continue;
                for (int c = 0; c < 3; c++)
                    sum[c] += e->px[around[k]][c];
                n++;
            }
            for (int c = 0; n > 0 && c < 3; c++)
                e->px[i][c] = sum[c] / n;
            next[i] |= n > 0;
        }
        memcpy(known, next, sizeof(known));
    }
}

bool ct_emoji_draw(struct ct_emoji *out, const char *emoji)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, N, N);
    bool ok = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    if (ok) {
        show(surface, emoji);
        cairo_surface_flush(surface);
        ok = read_pixels(out, surface);
    }
    cairo_surface_destroy(surface);
    if (ok)
        spread_colors(out);
    return ok;
}
