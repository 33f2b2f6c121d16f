/* Toned photographs: the luminance through one scale of colours. */
#include "engines/scene/math/fn.h"
#include "engines/scene/style/style.h"

/* Shadows, middle and lights of a scale, at luma 0, 1/2 and 1. */
struct scale {
    ct_v3 shadow, middle, light;
};

static void tone(struct ct_canvas *canvas, const struct scale *s, float contrast)
{
    for (size_t i = 0; i < canvas->n; i++) {
        float l = ct_canvas_luma(canvas, i);
        l = ct_lerp(l, ct_smoothstep(0, 1, l), contrast);
        ct_v3 c = l < 0.5f ? v3_lerp(s->shadow, s->middle, 2 * l)
                           : v3_lerp(s->middle, s->light, 2 * l - 1);
        ct_canvas_put(canvas, i, c);
    }
}

void ct_style_monochrome(struct ct_canvas *canvas)
{
    tone(canvas, &(struct scale){ { 0, 0, 0 }, { 0.5f, 0.5f, 0.5f }, { 1, 1, 1 } }, 0.45f);
}

void ct_style_sepia(struct ct_canvas *canvas)
{
    tone(canvas,
         &(struct scale){
             { 0.10f, 0.06f, 0.035f }, { 0.55f, 0.42f, 0.29f }, { 0.98f, 0.93f, 0.82f } },
         0.25f);
}

void ct_style_duotone(struct ct_canvas *canvas)
{
    tone(
        canvas,
        &(struct scale){ { 0.10f, 0.09f, 0.34f }, { 0.86f, 0.30f, 0.42f }, { 1.0f, 0.92f, 0.80f } },
        0.35f);
}
