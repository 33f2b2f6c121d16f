/* Flat illustration and cartoon: few tones, clear colours, no texture; the cartoon has ink lines.
 */
#include "engines/scene/math/fn.h"
#include "engines/scene/style/style.h"

#define TONES 6.0f
#define SATURATION 1.3f

/* Steps with a short ramp between them, so that their borders are not jagged. */
static float posterise(float l)
{
    float t = l * TONES, base = ct_floorf(t);
    return (base + ct_smoothstep(0.42f, 0.58f, t - base)) / TONES;
}

static void clear_tones(struct ct_canvas *canvas)
{
    for (size_t i = 0; i < canvas->n; i++) {
        ct_v3 c = ct_canvas_get(canvas, i);
        float l = ct_canvas_luma(canvas, i), tone = 0.06f + 0.96f * posterise(l);
        ct_v3 grey = v3(l, l, l), clear = v3_add(grey, v3_scale(v3_sub(c, grey), SATURATION));
        ct_canvas_put(canvas, i, v3_scale(clear, tone / ct_maxf(l, 0.05f)));
    }
}

void ct_style_flat(struct ct_canvas *canvas)
{
    ct_canvas_flatten(canvas, 9);
    ct_canvas_flatten(canvas, 7);
    clear_tones(canvas);
}

void ct_style_cartoon(struct ct_canvas *canvas)
{
    ct_canvas_flatten(canvas, 8);
    ct_canvas_flatten(canvas, 6);
    ct_canvas_lines(canvas, 2.4f, 0.03f, 0.08f);
    clear_tones(canvas);
    for (size_t i = 0; i < canvas->n; i++)
        ct_canvas_put(canvas, i,
                      v3_scale(ct_canvas_get(canvas, i), 1 - 0.92f * canvas->work[4][i]));
}
