/* One line on stderr that is drawn over itself: bar, percent, stage, seconds.
 *
 *   [==========          ]  48 %  tracing  6.1 s
 *
 * Nothing at all is written when stderr is no terminal, so logs and pipes stay clean. */
#include "base/clock.h"
#include "base/mem.h"
#include "cli/term.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BAR_CELLS 24
#define REDRAW_US 50000

struct ct_progress {
    bool quiet, drawn;
    int64_t started_us, drawn_us;
};

struct ct_progress *ct_progress_new(bool quiet)
{
    struct ct_progress *p = ct_calloc(1, sizeof(*p));
    if (p) {
        p->quiet = quiet || !isatty(STDERR_FILENO);
        p->started_us = ct_clock_us();
    }
    return p;
}

static void draw(struct ct_progress *p, double fraction, const char *stage, int64_t now)
{
    char bar[BAR_CELLS + 1];
    double seconds = (double)(now - p->started_us) / 1e6;
    int filled = (int)(fraction * BAR_CELLS + 0.5);
    if (fraction < 0) { /* a block that wanders while nobody knows */
        int at = (int)(seconds * 8) % BAR_CELLS;
        for (int i = 0; i < BAR_CELLS; i++)
            bar[i] = i == at ? '=' : ' ';
    } else {
        for (int i = 0; i < BAR_CELLS; i++)
            bar[i] = i < filled ? '=' : ' ';
    }
    bar[BAR_CELLS] = '\0';
    if (fraction < 0)
        fprintf(stderr, "\r[%s]  %s  %.1f s\x1b[K", bar, stage, seconds);
    else
        fprintf(stderr, "\r[%s] %3d %%  %s  %.1f s\x1b[K", bar, (int)(fraction * 100 + 0.5), stage,
                seconds);
    fflush(stderr);
}

void ct_progress_set(struct ct_progress *p, double fraction, const char *stage)
{
    int64_t now = ct_clock_us();
    if (!p || p->quiet || (p->drawn && now - p->drawn_us < REDRAW_US))
        return;
    p->drawn = true;
    p->drawn_us = now;
    draw(p, fraction > 1 ? 1 : fraction, stage, now);
}

void ct_progress_clear(struct ct_progress *p)
{
    if (!p || !p->drawn)
        return;
    p->drawn = false;
    fputs("\r\x1b[K", stderr);
    fflush(stderr);
}

void ct_progress_free(struct ct_progress **p)
{
    ct_free(*p);
    *p = NULL;
}
