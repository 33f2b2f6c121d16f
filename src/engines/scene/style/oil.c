/* Oil: colour laid on in strokes along the shapes, thick enough to catch light, on a canvas whose
 * weave shows where the paint is thin. */
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/style/style.h"

#define SATURATION 1.22f
#define DIRECTIONS 12

/* The brush follows the shapes: along their edges where there are some, in large arcs elsewhere.
 * Only a few directions, as a hand turns in steps: each lays one patch of parallel strokes. */
static int direction(const struct ct_canvas *canvas, const float *soft, int x, int y, float arc,
                     float turn)
{
    int reach = ct_canvas_px(canvas, 3, 1);
    int x0 = x > reach ? x - reach : 0,
        x1 = x + reach < canvas->width ? x + reach : canvas->width - 1;
    int y0 = y > reach ? y - reach : 0;
    int y1 = y + reach < canvas->height ? y + reach : canvas->height - 1;
    size_t w = (size_t)canvas->width;
    float gx = soft[(size_t)y * w + (size_t)x1] - soft[(size_t)y * w + (size_t)x0];
    float gy = soft[(size_t)y1 * w + (size_t)x] - soft[(size_t)y0 * w + (size_t)x];
    float angle = gx * gx + gy * gy > 4e-4f ? ct_atan2f(gx, -gy) : 3.5f * arc;
    angle += 0.5f * turn;
    return (int)((angle / CT_PI + 4) * DIRECTIONS) % DIRECTIONS;
}

struct brush {
    const float *soft;
    float sin[DIRECTIONS], cos[DIRECTIONS];
    const float *weave; /* of each column */
};

/* Height of the paint: bristles along the stroke. Where its grain is looked up. */
static ct_v3 bristle(const struct ct_canvas *canvas, const struct brush *b, int x, int y, int way)
{
    float along = ((float)x * b->cos[way] + (float)y * b->sin[way]) / (26 * canvas->unit);
    float across = ((float)y * b->cos[way] - (float)x * b->sin[way]) / (2.6f * canvas->unit);
    return v3(((float)(int)(512 * along) + 0.5f) / 512, ((float)(int)(512 * across) + 0.5f) / 512,
              41.5f + (float)way);
}

static float thread(const struct ct_canvas *canvas, int i)
{
    return 0.5f * ct_sinf((float)i * (2 * CT_PI / ct_maxf(4.2f * canvas->unit, 2.5f)));
}

static void paint_run(struct ct_canvas *canvas, const struct brush *b, int x0, int y, int n)
{
    float arcs[CT_CANVAS_RUN], turns[CT_CANVAS_RUN], relief[CT_CANVAS_RUN];
    ct_v3 at[CT_CANVAS_RUN];
    float row = thread(canvas, y);
    ct_canvas_grains(arcs, x0, y, n, 150 * canvas->unit, 31.5f);
    ct_canvas_grains(turns, x0, y, n, 30 * canvas->unit, 33.5f);
    for (int i = 0; i < n; i++)
        at[i] = bristle(canvas, b, x0 + i, y,
                        direction(canvas, b->soft, x0 + i, y, arcs[i], turns[i]));
    ct_noise3_many(relief, at, n);
    for (int i = 0; i < n; i++) {
        size_t to = (size_t)y * (size_t)canvas->width + (size_t)(x0 + i);
        ct_v3 c = ct_canvas_get(canvas, to);
        float l = ct_canvas_luma(canvas, to);
        c = v3_add(v3(l, l, l), v3_scale(v3_sub(c, v3(l, l, l)), SATURATION));
        float light = 1 + 0.13f * relief[i] + 0.025f * (b->weave[x0 + i] + row);
        ct_canvas_put(canvas, to, v3_scale(c, light));
    }
}

static void paint_row(struct ct_canvas *canvas, int y, const void *brush)
{
    for (int x = 0; x < canvas->width; x += CT_CANVAS_RUN)
        paint_run(canvas, brush, x, y, ct_canvas_run(canvas, x));
}

static void luma_row(struct ct_canvas *canvas, int y, const void *ctx)
{
    size_t first = (size_t)y * (size_t)canvas->width;
    (void)ctx;
    for (size_t i = first; i < first + (size_t)canvas->width; i++)
        canvas->work[3][i] = ct_canvas_luma(canvas, i);
}

void ct_style_oil(struct ct_canvas *canvas)
{
    float *soft = canvas->work[4];
    ct_canvas_flatten(canvas, 11);
    ct_canvas_flatten(canvas, 7);
    ct_canvas_each_row(canvas, luma_row, NULL);
    ct_canvas_mean(canvas, soft, canvas->work[3], ct_canvas_px(canvas, 7, 1));
    struct brush brush = { .soft = soft, .weave = canvas->work[0] };
    for (int i = 0; i < DIRECTIONS; i++)
        ct_sincosf(CT_PI * (float)i / DIRECTIONS, &brush.sin[i], &brush.cos[i]);
    for (int x = 0; x < canvas->width; x++)
        canvas->work[0][x] = thread(canvas, x);
    ct_canvas_each_row(canvas, paint_row, &brush);
}
