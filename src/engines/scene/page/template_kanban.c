/* A board of columns with cards. The labels are the columns; three usual ones when there are none.
 */
#include "engines/scene/page/screen.h"

#include <math.h>

static void card(struct ct_screen *s, struct ct_rect at, struct ct_slice text, int i)
{
    struct ct_template *t = s->t;
    ct_template_card(t, at, s->u * 0.9, s->ground);
    double pad = fmin(s->u * 1.6, at.h * 0.14), w = at.w - 2 * pad, y = at.y + pad;
    struct ct_tint tint = ct_template_series(t, i);
    ct_screen_bar(s, at.x + pad, y, w * 0.3, at.h * 0.13, ct_tint_mix(tint, s->ground, 0.2));
    static const char *const known[] = {
        "Write the brief", "User interviews", "Design review",
        "Set up tests",    "Update the docs", "Plan the launch",
        "Fix sign-in",     "Clean up data",   "Team retrospective"
    };
    if (w < s->u * 6 || at.h < s->u * 5)
        return; /* no room for words */
    ct_screen_text(s, text.len ? text : ct_screen_or(s, text, known[i % 9]),
                   (struct ct_rect){ at.x + pad, y + at.h * 0.19, w, at.h * 0.28 }, 600, s->u * 2,
                   CT_ALIGN_START, s->ink, 0.8);
    double r = at.h * 0.1;
    ct_page_circle(t->page, CT_LAYER_SHAPES, at.x + at.w - pad - r, at.y + at.h - pad - r, r,
                   ct_paint_flat(ct_tint_mix(ct_template_series(t, i + 1), s->ground, 0.25)));
    ct_screen_bar(s, at.x + pad, at.y + at.h - pad - r * 1.4, w * 0.2, r * 0.8, s->faint);
}

void ct_template_kanban(struct ct_template *t)
{
    static const char *const known[] = { "To do", "In progress", "Done" };
    struct ct_screen s;
    ct_screen_window(&s, t);
    struct ct_rect in = s.in;
    double u = s.u, head = fmin(u * 7, in.h * 0.12);
    ct_screen_text(&s, ct_screen_or(&s, t->copy.title, "Project board"),
                   (struct ct_rect){ in.x, in.y, in.w * 0.7, head * 0.56 }, 700, u * 3.6,
                   CT_ALIGN_START, s.ink, 0.3);
    if (t->copy.subtitle.len)
        ct_screen_text(&s, t->copy.subtitle,
                       (struct ct_rect){ in.x, in.y + head * 0.58, in.w * 0.7, head * 0.36 }, 400,
                       u * 2, CT_ALIGN_START, s.muted, 0.2);
    ct_screen_button(
        &s, (struct ct_rect){ in.x + in.w - u * 14, in.y, fmin(u * 14, in.w * 0.25), head * 0.66 },
        ct_screen_or(&s, ct_slice(NULL), "New task"), true);
    int n = s.n > 0 ? s.n : 3, columns = ct_template_columns(n, in.w, in.h - head, 0.62);
    int rows = (n + columns - 1) / columns, sample = 0;
    double gap = u * 1.8, w = (in.w - gap * (columns - 1)) / columns;
    double top = in.y + head + u * 1.4, h = (in.y + in.h - top - gap * (rows - 1)) / rows;
    for (int i = 0; i < n; i++) {
        struct ct_rect c = { in.x + (i % columns) * (w + gap), top + (i / columns) * (h + gap), w,
                             h };
        struct ct_tint lane = ct_tint_mix(s.faint, s.ground, 0.35);
        ct_page_box(t->page, CT_LAYER_SHAPES, c.x, c.y, c.w, c.h, u * 1.2, ct_paint_flat(lane));
        double pad = u * 1.3, bar = fmin(u * 4.4, c.h * 0.2);
        ct_page_circle(t->page, CT_LAYER_SHAPES, c.x + pad + u * 0.6, c.y + bar / 2 + u * 0.3,
                       u * 0.6, ct_paint_flat(ct_template_series(t, i)));
        ct_screen_text(
            &s, ct_screen_word(&s, i, i < 3 ? known[i] : NULL),
            (struct ct_rect){ c.x + pad + u * 2, c.y + u * 0.3, c.w - 2 * pad - u * 2, bar }, 650,
            u * 2.8, CT_ALIGN_START, ct_tint_legible(s.ink, lane, 6), 0.5);
        double y = c.y + bar + u, step = fmin(u * 11.5, fmax(u * 6, w * 0.5));
        for (int k = 0; k < 4 - (i * 2 + 1) % 3 && y + step < c.y + c.h; k++, y += step)
            card(&s, (struct ct_rect){ c.x + pad, y, c.w - 2 * pad, step - u * 1.2 },
                 ct_slice(NULL), sample++);
    }
}
