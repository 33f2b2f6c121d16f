/* Gantt charts: a row for each task, a bar over the months, weeks or days it takes.
 *
 * The time is what the prompt writes behind the task ("Jan-Mar", "week 2-4", "Q2", "3 weeks"); a
 * task without one follows the task before it and takes one unit. The axis has the names of the
 * months, or numbers of weeks. */
#include "engines/scene/page/template.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { TASKS = 24, UNIT_MONTH = 1, UNIT_WEEK = 2, UNIT_DAY = 3 };

struct task {
    double from, to;
    bool given;
};

static const char *const month_names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

static int month_of(struct ct_slice word)
{
    for (int i = 0; i < 12; i++)
        if (word.len >= 3 && ct_slice_ieq(ct_slice_n(word.ptr, 3), ct_slice(month_names[i])))
            return i;
    return -1;
}

/* The next run of letters or digits; false at the end. */
static bool next_word(struct ct_slice text, size_t *at, struct ct_slice *word)
{
    size_t i = *at;
    while (i < text.len && !((text.ptr[i] | 32) >= 'a' && (text.ptr[i] | 32) <= 'z') &&
           !(text.ptr[i] >= '0' && text.ptr[i] <= '9'))
        i++;
    size_t from = i;
    bool digit = i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9';
    while (i < text.len && (digit ? text.ptr[i] >= '0' && text.ptr[i] <= '9'
                                  : (text.ptr[i] | 32) >= 'a' && (text.ptr[i] | 32) <= 'z'))
        i++;
    *word = ct_slice_sub(text, from, i);
    *at = i;
    return i > from;
}

/* Reads "Feb-Apr", "Q2", "week 2-4", "3 weeks"; the unit, 0 when it says no time. */
static int read_time(struct ct_slice text, double last, struct task *task)
{
    struct ct_slice word;
    double number[2] = { 0, 0 };
    int n = 0, months = 0, unit = 0;
    bool quarter = false, named = false, duration = false;
    for (size_t at = 0; next_word(text, &at, &word);) {
        uint64_t value;
        int month = month_of(word);
        char c = (char)(word.ptr[0] | 32);
        if (month >= 0 && (word.len > 3 || c != 'm' || (word.ptr[1] | 32) != 'o')) {
            if (months < 2)
                number[months++] = month;
        } else if (word.len == 1 && (c == 'q' || c == 'w' || c == 'd' || c == 'm')) {
            quarter |= c == 'q';
            unit = c == 'w' ? UNIT_WEEK : c == 'd' ? UNIT_DAY : UNIT_MONTH;
            named = true;
        } else if (c == 'w' || c == 's') {
            unit = UNIT_WEEK;
            duration = n == 1 && !named;
            named = true;
        } else if (c == 'd') {
            unit = UNIT_DAY;
            duration = n == 1 && !named;
            named = true;
        } else if (c == 'm' && word.len >= 5) {
            unit = UNIT_MONTH;
            duration = n == 1 && !named;
            named = true;
        } else if (months == 0 && ct_slice_u64(word, &value) && value > 0 && value < 400 && n < 2) {
            number[n++] = (double)value;
        }
    }
    task->given = true;
    if (months > 0) {
        task->from = number[0];
        task->to = (months > 1 ? number[1] : number[0]) + 1;
        if (task->to <= task->from)
            task->to += 12; /* over the end of the year */
        return UNIT_MONTH;
    }
    task->given = n > 0;
    if (n == 0)
        return 0;
    if (duration && n == 1) {
        task->from = last;
        task->to = last + number[0];
        return unit;
    }
    task->from = number[0] - 1;
    task->to = n > 1 && number[1] >= number[0] ? number[1] : number[0];
    if (quarter) {
        task->from *= 3;
        task->to *= 3;
    }
    return unit ? unit : UNIT_WEEK;
}

static int read_tasks(const struct ct_intent *in, struct task *tasks, double *low, double *high)
{
    double last = 0;
    int unit = 0;
    *low = INFINITY;
    *high = 0;
    for (int i = 0; i < in->n_nodes && i < TASKS; i++) {
        tasks[i] = (struct task){ .from = last, .to = last + 1 };
        int own = in->nodes[i].detail.len ? read_time(in->nodes[i].detail, last, &tasks[i]) : 0;
        unit = unit ? unit : own;
        if (!own || (own != unit && unit))
            tasks[i] = (struct task){ .from = last, .to = last + 1, .given = own > 0 };
        if (tasks[i].to > 400)
            tasks[i].to = 400;
        tasks[i].from = fmin(tasks[i].from, tasks[i].to - 0.25);
        last = tasks[i].to;
        *low = fmin(*low, tasks[i].from);
        *high = fmax(*high, tasks[i].to);
    }
    return unit;
}

static void axis(struct ct_template *t, struct ct_rect in, double low, double high, int unit)
{
    const struct ct_palette *p = &t->palette;
    int n = (int)ceil(high - low), every = 1;
    while (in.w / n * every < t->unit * 5.5)
        every++;
    struct ct_text_style style = { .weight = 600,
                                   .size_px = t->unit * 2,
                                   .align = CT_ALIGN_CENTER };
    double step = in.w / (high - low), head = t->unit * 4.4;
    for (int i = 0; i <= n; i++) {
        double x = in.x + step * i;
        if (i % every == 0 || i == n)
            ct_page_box(t->page, CT_LAYER_LINES, fmin(x, in.x + in.w), in.y + head,
                        fmax(0.8, t->unit * 0.1), in.h - head, 0,
                        ct_paint_flat(ct_tint_mix(p->on_card, p->card, 0.88)));
        if (i == n || i % every || (unit == 0 && ct_template_silent(t->intent)))
            continue;
        char text[16];
        int k = (int)low + i;
        if (unit == UNIT_MONTH)
            snprintf(text, sizeof(text), "%s", month_names[k % 12]);
        else
            snprintf(text, sizeof(text), "%s%d",
                     unit == UNIT_WEEK  ? "W"
                     : unit == UNIT_DAY ? "D"
                                        : "",
                     k + 1);
        ct_page_text(t->page, t->type, ct_slice(ct_arena_strdup(t->page->arena, ct_slice(text))),
                     &style, (double[]){ x, in.y, fmin(step * every, in.x + in.w - x), head * 0.8 },
                     0.5, ct_tint_legible(p->muted, p->card, 4.8));
    }
}

void ct_template_gantt(struct ct_template *t)
{
    const struct ct_intent *in = t->intent;
    const struct ct_palette *p = &t->palette;
    struct task tasks[TASKS];
    double low, high;
    ct_template_read_copy(t, true);
    ct_template_paper(t);
    struct ct_rect room = ct_template_set_heading(t, t->unit * 4.6);
    int n = in->n_nodes < TASKS ? in->n_nodes : TASKS;
    if (n == 0)
        return;
    int unit = read_tasks(in, tasks, &low, &high);
    low = floor(low);
    double head = t->unit * 4.4, pad = fmin(t->unit * 3, room.w * 0.05);
    double step = fmin((room.h - head - 2 * pad) / n, t->unit * 10), h = head + step * n + 2 * pad;
    struct ct_rect card = { room.x, room.y + (room.h - h) * 0.3, room.w, h };
    ct_template_card(t, card, t->unit * 1.8, p->card);
    double names = fmin(card.w * 0.28, t->unit * 40);
    struct ct_rect plot = { card.x + pad + names, card.y + pad, card.w - 2 * pad - names,
                            h - 2 * pad };
    axis(t, plot, low, high, unit);
    struct ct_value *labels = ct_arena_array(t->page->arena, (size_t)n + 1, sizeof(*labels));
    for (int i = 0; labels && i < n; i++)
        labels[i].label = in->nodes[i].label;
    struct ct_text_style style = { .weight = 600, .size_px = fmin(t->unit * 2.5, step * 0.4),
                                   .whole_words = true };
    if (labels)
        style.size_px = ct_template_even_px(t, labels, n, &style, names - pad, step * 0.8);
    for (int i = 0; i < n; i++) {
        double y = plot.y + head + step * i, bar = fmin(step * 0.5, t->unit * 4.6);
        struct ct_text_style own = style;
        double unit_w = plot.w / (high - low), x = plot.x + unit_w * (tasks[i].from - low);
        double w = fmax(unit_w * (tasks[i].to - tasks[i].from), t->unit);
        if (i > 0)
            ct_page_box(t->page, CT_LAYER_LINES, card.x + pad, y, card.w - 2 * pad,
                        fmax(0.8, t->unit * 0.1), 0,
                        ct_paint_flat(ct_tint_mix(p->on_card, p->card, 0.92)));
        ct_page_text(t->page, t->type, in->nodes[i].label, &own,
                     (double[]){ card.x + pad, y + step * 0.08, names - pad, step * 0.84 }, 0.5,
                     p->on_card);
        ct_page_box(t->page, CT_LAYER_SHAPES, x, y + (step - bar) / 2, fmin(w, plot.x + plot.w - x),
                    bar, fmin(bar / 2, t->unit * 0.9), ct_paint_flat(ct_template_series(t, i)));
    }
}
