/* How good a layout is, before it is drawn: ct_page_compose() tries several and keeps the best.
 *
 * Read from the list of items alone: sizes, places and measures of texts, boxes around shapes. What
 * every layout already guarantees (contrast, nothing cut) is not judged again; what differs between
 * the compositions of a template is: how large the smallest text came out, how far the title stands
 * above the rest, broken words, air around texts, and where the weight of the page lies. */
#include "engines/scene/page/score.h"

#include <math.h>

static const struct part_row {
    const char *name;
    double weight;
} parts[] = {
    [CT_PAGE_SCORE_LEGIBLE] = { "legible", 3 },   [CT_PAGE_SCORE_HIERARCHY] = { "hierarchy", 2 },
    [CT_PAGE_SCORE_WHOLE] = { "whole words", 2 }, [CT_PAGE_SCORE_AIR] = { "air", 2 },
    [CT_PAGE_SCORE_BALANCE] = { "balance", 1.5 },
};

const char *ct_page_score_part_name(enum ct_page_score_part part)
{
    return part < CT_PAGE_SCORE_PARTS ? parts[part].name : NULL;
}

static double ramp(double from, double to, double x)
{
    return fmin(1, fmax(0, (x - from) / (to - from)));
}

struct texts {
    double smallest, largest, sum;
    int n, broken;
};

static struct texts look_at_texts(const struct ct_page *page)
{
    struct texts t = { .smallest = 1e9 };
    for (const struct ct_item *item = page->first; item; item = item->next) {
        if (item->kind != CT_ITEM_TEXT)
            continue;
        t.smallest = fmin(t.smallest, item->style.size_px);
        t.largest = fmax(t.largest, item->style.size_px);
        t.sum += item->style.size_px;
        t.n++;
        t.broken += item->size.broke_word;
    }
    return t;
}

/* The nearest a text's box comes to another one's, or to the page's edge, over the text's size. */
static double air_around(const struct ct_page *page, const struct ct_item *a)
{
    double least = fmin(fmin(a->x, a->y), fmin(page->width - a->x - a->w,
                                               page->height - a->y - a->h));
    for (const struct ct_item *b = page->first; b; b = b->next) {
        if (b == a || b->kind != CT_ITEM_TEXT)
            continue;
        double dx = fmax(b->x - a->x - a->w, a->x - b->x - b->w);
        double dy = fmax(b->y - a->y - a->h, a->y - b->y - b->h);
        least = fmin(least, fmax(dx, dy));
    }
    return least / fmax(a->style.size_px, 1);
}

static double air_part(const struct ct_page *page, int n)
{
    double sum = 0;
    if (n > 60) /* a page as dense as that is a table: its air is its template's business */
        return 1;
    for (const struct ct_item *item = page->first; item; item = item->next)
        if (item->kind == CT_ITEM_TEXT)
            sum += ramp(-0.1, 1.0, air_around(page, item));
    return n ? sum / n : 1;
}

struct weight {
    double x, y, sum;
};

static void weigh(struct weight *w, double x0, double y0, double x1, double y1, double density)
{
    double mass = fmax(x1 - x0, 0) * fmax(y1 - y0, 0) * density;
    w->x += mass * (x0 + x1) / 2;
    w->y += mass * (y0 + y1) / 2;
    w->sum += mass;
}

static void weigh_path(struct weight *w, const struct ct_item *item)
{
    double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
    for (const struct ct_step *s = item->steps; s; s = s->next) {
        double r = s->op == CT_STEP_ARC ? s->x1 : 0;
        if (s->op == CT_STEP_CLOSE)
            continue;
        x0 = fmin(x0, s->x0 - r);
        y0 = fmin(y0, s->y0 - r);
        x1 = fmax(x1, s->x0 + r);
        y1 = fmax(y1, s->y0 + r);
    }
    if (x1 > x0)
        weigh(w, x0, y0, x1, y1, item->fill.kind == CT_PAINT_NONE ? 0.1 : 0.6);
}

/* The weight of texts and shapes should lie around the middle of the page. */
static double balance_part(const struct ct_page *page)
{
    struct weight w = { 0 };
    for (const struct ct_item *item = page->first; item; item = item->next) {
        if (item->layer == CT_LAYER_GROUND)
            continue;
        if (item->kind == CT_ITEM_TEXT)
            weigh(&w, item->x, item->y, item->x + item->w, item->y + item->h, 1);
        else if (item->kind == CT_ITEM_PATH)
            weigh_path(&w, item);
        else if (item->kind == CT_ITEM_BOX)
            weigh(&w, item->x, item->y, item->x + item->w, item->y + item->h, 0.6);
    }
    if (w.sum <= 0)
        return 1;
    double dx = w.x / w.sum / page->width - 0.5, dy = w.y / w.sum / page->height - 0.5;
    return 1 - ramp(0.02, 0.3, hypot(dx, 0.8 * dy));
}

struct ct_page_score ct_page_judge(const struct ct_page *page)
{
    struct ct_page_score score = { 0 };
    struct texts t = look_at_texts(page);
    double shorter = fmin(page->width, page->height), sum = 0, weights = 0;
    double others = t.n > 1 ? (t.sum - t.largest) / (t.n - 1) : 0;
    score.part[CT_PAGE_SCORE_LEGIBLE] = t.n ? ramp(0.008, 0.040, t.smallest / shorter) : 1;
    score.part[CT_PAGE_SCORE_HIERARCHY] = t.n > 1 ? ramp(1, 5, t.largest / others) : 1;
    score.part[CT_PAGE_SCORE_WHOLE] = t.n ? 1 - (double)t.broken / t.n : 1;
    score.part[CT_PAGE_SCORE_AIR] = air_part(page, t.n);
    score.part[CT_PAGE_SCORE_BALANCE] = balance_part(page);
    for (int i = 0; i < CT_PAGE_SCORE_PARTS; i++) {
        sum += parts[i].weight * score.part[i];
        weights += parts[i].weight;
    }
    score.total = sum / weights;
    return score;
}
