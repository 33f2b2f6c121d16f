/* Watercolour: washes that pool at their edges, wandering outlines, the tooth of the paper, and a
 * rough white border where the brush stopped. */
#include "engines/scene/math/fn.h"
#include "engines/scene/style/style.h"

#define BORDER 34.0f /* units */

/* Each pixel is fetched from a little beside itself: no brush follows an edge exactly. */
static void wander_row(struct ct_canvas *canvas, int y, const void *ctx)
{
    float reach = 5 * canvas->unit, size = 34 * canvas->unit;
    float right[CT_CANVAS_RUN], down[CT_CANVAS_RUN];
    (void)ctx;
    for (int x = 0, i; x < canvas->width; x++) {
        if ((i = x % CT_CANVAS_RUN) == 0) {
            ct_canvas_grains(right, x, y, ct_canvas_run(canvas, x), size, 1.5f);
            ct_canvas_grains(down, x, y, ct_canvas_run(canvas, x), size, 5.5f);
        }
        int fx = x + (int)(reach * right[i]), fy = y + (int)(reach * down[i]);
        fx = fx < 0 ? 0 : fx >= canvas->width ? canvas->width - 1 : fx;
        fy = fy < 0 ? 0 : fy >= canvas->height ? canvas->height - 1 : fy;
        size_t to = (size_t)y * (size_t)canvas->width + (size_t)x;
        size_t from = (size_t)fy * (size_t)canvas->width + (size_t)fx;
        for (int c = 0; c < 3; c++)
            canvas->work[c][to] = canvas->rgb[c][from];
    }
}

/* What was fetched becomes the picture: the planes change places. */
static void wander(struct ct_canvas *canvas)
{
    ct_canvas_each_row(canvas, wander_row, NULL);
    for (int c = 0; c < 3; c++) {
        float *fetched = canvas->work[c];
        canvas->work[c] = canvas->rgb[c];
        canvas->rgb[c] = fetched;
    }
}

/* 1 on the painted area, 0 on the bare border. */
static float painted(const struct ct_canvas *canvas, int x, int y)
{
    int right = canvas->width - 1 - x, below = canvas->height - 1 - y;
    int across = x < right ? x : right, down = y < below ? y : below;
    float away = (float)(across < down ? across : down) / ct_maxf(canvas->unit, 1e-3f);
    if (away > BORDER + 5 + 2 * (20 + 6)) /* whatever the grain is */
        return 1;
    away += 20 * ct_canvas_grain(x, y, 60 * canvas->unit, 11.5f) +
            6 * ct_canvas_grain(x, y, 12 * canvas->unit, 12.5f);
    return ct_smoothstep(BORDER - 5, BORDER + 5, away);
}

static void wash_row(struct ct_canvas *canvas, int y, const void *ctx)
{
    const ct_v3 paper = v3(0.985f, 0.975f, 0.955f);
    float pools[CT_CANVAS_RUN], tooth[CT_CANVAS_RUN];
    (void)ctx;
    for (int x = 0, k; x < canvas->width; x++) {
        if ((k = x % CT_CANVAS_RUN) == 0) {
            ct_canvas_grains(pools, x, y, ct_canvas_run(canvas, x), 110 * canvas->unit, 21.5f);
            ct_canvas_grains(tooth, x, y, ct_canvas_run(canvas, x), 3 * canvas->unit, 22.5f);
        }
        size_t i = (size_t)y * (size_t)canvas->width + (size_t)x;
        float l = ct_canvas_luma(canvas, i);
        ct_v3 grey = v3(l, l, l);
        ct_v3 c = v3_add(grey, v3_scale(v3_sub(ct_canvas_get(canvas, i), grey), 1.35f));
        float wash = 0.16f * pools[k] + 0.10f * tooth[k];
        float pigment = (0.74f + wash + 0.40f * canvas->work[4][i]) * painted(canvas, x, y);
        ct_canvas_put(canvas, i, v3_lerp(paper, v3_mul(paper, c), ct_clampf(pigment, 0, 1.3f)));
    }
}

void ct_style_watercolor(struct ct_canvas *canvas)
{
    ct_canvas_flatten(canvas, 9);
    ct_canvas_flatten(canvas, 7);
    wander(canvas);
    ct_canvas_lines(canvas, 5, 0.006f, 0.10f);
    ct_canvas_each_row(canvas, wash_row, NULL);
}
