/* Pixel art on a page: all but texts and pictures is drawn once, small and without smoothing, and
 * comes back as squares.
 *
 * Called by look.c on a flattened page. The squares are ordinary boxes, merged along rows and then
 * down columns, so both back-ends draw the same thing and an SVG stays small. Text keeps its own
 * resolution: it has to be read. */
#include "engines/scene/page/draw.h"
#include "engines/scene/page/look.h"

#include "base/mem.h"

/* The squares of one colour from (x, y), as far right and then as far down as it goes. */
static void take_block(struct ct_page *page, uint32_t *px, int w, int h, int x, int y, int cell)
{
    uint32_t color = px[y * w + x];
    int right = x, foot = y + 1;
    while (right < w && px[y * w + right] == color)
        right++;
    for (bool same = true; same && foot < h; foot += same)
        for (int i = x; i < right && same; i++)
            same = px[foot * w + i] == color;
    for (int v = y; v < foot; v++)
        for (int u = x; u < right; u++)
            px[v * w + u] = 0;
    struct ct_tint tint = ct_tint_hex(color & 0xFFFFFF);
    ct_page_box(page, CT_LAYER_SHAPES, x * cell, y * cell, (right - x) * cell, (foot - y) * cell, 0,
                ct_paint_flat(tint));
}

ct_code ct_look_pixels(struct ct_page *page, int cell, struct ct_err *err)
{
    int w = (page->width + cell - 1) / cell, h = (page->height + cell - 1) / cell;
    uint32_t *px = ct_calloc((size_t)w * (size_t)h, sizeof(*px));
    if (!px)
        return ct_fail(err, CT_E_MEMORY, NULL, "out of memory for %d x %d squares", w, h);
    ct_code code = ct_page_draw_small(px, w, h, cell, page, err);
    if (code == CT_OK) {
        struct ct_item *texts = NULL, **to = &texts;
        for (struct ct_item *item = page->first; item; item = item->next)
            if (item->kind == CT_ITEM_TEXT || item->kind == CT_ITEM_PICTURE) {
                *to = item;
                to = &item->next;
            }
        *to = NULL;
        page->first = page->last = NULL;
        page->n_items = 0;
        for (int i = 0; i < w * h; i++)
            if (px[i] >> 24 == 255)
                take_block(page, px, w, h, i % w, i / w, cell);
        for (struct ct_item *item = texts, *next; item; item = next) {
            next = item->next;
            ct_page_append(page, item);
        }
    }
    ct_free(px);
    return code;
}
