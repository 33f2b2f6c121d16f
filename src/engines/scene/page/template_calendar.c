/* A month: seven columns of numbered days. Which weekday it begins with follows from a month and
 * year in the title; without them it begins on the first. */
#include "engines/scene/page/template.h"

#include <math.h>
#include <stdlib.h>

struct month {
    int days, first; /* first: column of day 1, Monday 0 */
};

static int month_named(struct ct_slice word)
{
    static const char *const names[] = { "jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec" };
    for (int i = 0; i < 12; i++)
        if (word.len >= 3 && ct_slice_ieq(ct_slice_sub(word, 0, 3), ct_slice(names[i])))
            return i + 1;
    return 0;
}

/* "March 2027" among the words; Zeller's congruence for the day. */
static struct month read_month(struct ct_slice text)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    struct ct_slice words[16];
    int n = ct_text_words(words, 16, text), month = 0;
    uint64_t year = 0;
    for (int i = 0; i < n; i++) {
        uint64_t number;
        if (!month)
            month = month_named(words[i]);
        if (ct_slice_u64(words[i], &number) && number >= 1600 && number <= 3000)
            year = number;
    }
    struct month m = { month ? days[month - 1] : 30, 0 };
    if (!month || !year)
        return m;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    m.days += month == 2 && leap;
    int y = (int)year - (month < 3), k = month < 3 ? month + 12 : month;
    int zeller = (1 + 13 * (k + 1) / 5 + y + y / 4 - y / 100 + y / 400) % 7; /* 0 = Saturday */
    m.first = (zeller + 5) % 7;
    return m;
}

static struct ct_slice number_text(struct ct_template *t, int day)
{
    char *text = ct_arena_alloc(t->page->arena, 4);
    if (!text)
        return ct_slice(NULL);
    int n = 0;
    if (day >= 10)
        text[n++] = (char)('0' + day / 10);
    text[n++] = (char)('0' + day % 10);
    return ct_slice_n(text, (size_t)n);
}

void ct_template_calendar(struct ct_template *t)
{
    static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    const struct ct_palette *p = &t->palette;
    ct_template_read_copy(t, false);
    if (!t->copy.title.len && !ct_template_silent(t->intent))
        t->copy.title = ct_slice_trim(t->intent->subject);
    struct month m = read_month(t->copy.title);
    ct_template_paper(t);
    struct ct_rect room = ct_template_set_heading(t, t->unit * 7);
    bool silent = ct_template_silent(t->intent);
    int rows = (m.first + m.days + 6) / 7;
    double head = silent ? 0 : fmin(t->unit * 5, room.h * 0.1), gap = t->unit * 0.8;
    double w = (room.w - gap * 6) / 7, h = (room.h - head - gap * (rows - 1)) / rows;
    double px = fmin(w * 0.3, h * 0.34);
    struct ct_text_style name = { .weight = 600,
                                  .size_px = fmin(px, t->unit * 2.4),
                                  .align = CT_ALIGN_CENTER };
    for (int i = 0; i < 7 && !silent; i++)
        ct_page_text(t->page, t->type, ct_slice(weekdays[i]), &name,
                     (double[]){ room.x + i * (w + gap), room.y, w, head * 0.8 }, 0.5, p->muted);
    int marked = 1 + ct_dice_below(&t->dice, m.days);
    for (int day = 1; day <= m.days; day++) {
        int at = m.first + day - 1;
        struct ct_rect c = { room.x + (at % 7) * (w + gap), room.y + head + (at / 7) * (h + gap), w,
                             h };
        bool loud = day == marked, weekend = at % 7 > 4;
        struct ct_tint fill = loud      ? p->accent
                              : weekend ? ct_tint_mix(p->card, p->paper, 0.55)
                                        : p->card;
        struct ct_item *box =
            ct_page_box(t->page, CT_LAYER_SHAPES, c.x, c.y, c.w, c.h,
                        fmin(t->unit * 1.2, fmin(w, h) * 0.2), ct_paint_flat(fill));
        box->stroke = ct_tint_mix(p->ink, p->card, 0.86);
        box->stroke_px = fmax(1, t->unit * 0.1);
        struct ct_text_style number = { .weight = loud ? 700 : 500, .size_px = px };
        if (!silent)
            ct_page_text(t->page, t->type, number_text(t, day), &number,
                         (double[]){ c.x + w * 0.12, c.y + h * 0.1, w * 0.76, h * 0.5 }, 0,
                         loud ? p->on_accent : ct_tint_legible(p->on_card, fill, 5));
    }
}
