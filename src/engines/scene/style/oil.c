/* Oil: colour laid on in strokes along the shapes, thick enough to catch light, on a canvas whose
 * weave shows where the paint is thin. */
#include "engines/scene/math/fn.h"
#include "engines/scene/style/style.h"

#define SATURATION 1.22f
#define DIRECTIONS 12

/* The brush follows the shapes: along their edges where there are some, in large arcs elsewhere.
 * Only a few directions, as a hand turns in steps: each lays one patch of parallel strokes. */
static int direction(const struct ct_canvas *canvas, const float *soft, int x, int y)
{
    int reach = ct_canvas_px(canvas, 3, 1);
    int x0 = x > reach ? x - reach : 0, x1 = x + reach < canvas->width ? x + reach : canvas->width - 1;
    int y0 = y > reach ? y - reach : 0;
    int y1 = y + reach < canvas->height ? y + reach : canvas->height - 1;
    size_t w = (size_t)canvas->width;
    float gx = soft[(size_t)y * w + (size_t)x1] - soft[(size_t)y * w + (size_t)x0];
    float gy = soft[(size_t)y1 * w + (size_t)x] - soft[(size_t)y0 * w + (size_t)x];
    float wander = ct_canvas_grain(x, y, 150 * canvas->unit, 31.5f);
    float angle = gx * gx + gy * gy > 4e-4f ? ct_atan2f(gx, -gy) : 3.5f * wander;
    angle += 0.5f * ct_canvas_grain(x, y, 30 * canvas->unit, 33.5f);
    return (int)((angle / CT_PI + 4) * DIRECTIONS) % DIRECTIONS;
}

/* Height of the paint: bristles along the stroke. */
static float relief(const struct ct_canvas *canvas, int x, int y, int way)
{
    float s, c;
    ct_sincosf(CT_PI * (float)way / DIRECTIONS, &s, &c);
    float along = ((float)x * c + (float)y * s) / (26 * canvas->unit);
    float across = ((float)y * c - (float)x * s) / (2.6f * canvas->unit);
    return ct_canvas_grain((int)(512 * along), (int)(512 * across), 512, 41.5f + (float)way);
}

static float weave(const struct ct_canvas *canvas, int x, int y)
{
    float k = 2 * CT_PI / ct_maxf(4.2f * canvas->unit, 2.5f);
    return 0.5f * (ct_sinf((float)x * k) + ct_sinf((float)y * k));
}

static void paint_row(struct ct_canvas *canvas, int y, const void *soft)
{
    for (int x = 0; x < canvas->width; x++) {
        size_t i = (size_t)y * (size_t)canvas->width + (size_t)x;
        ct_v3 c = ct_canvas_get(canvas, i);
        float l = ct_canvas_luma(canvas, i);
        float stroke = relief(canvas, x, y, direction(canvas, soft, x, y));
        c = v3_add(v3(l, l, l), v3_scale(v3_sub(c, v3(l, l, l)), SATURATION));
        float light = 1 + 0.13f * stroke + 0.025f * weave(canvas, x, y);
        ct_canvas_put(canvas, i, v3_scale(c, light));
    }
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
    ct_canvas_each_row(canvas, paint_row, soft);
}
