/* Light and perceived colour of 8-bit sRGB, quick enough for every pixel. Pure functions. */
#ifndef CT_SCENE_RETOUCH_TONE_H
#define CT_SCENE_RETOUCH_TONE_H

#include "engines/scene/math/fn.h"

/* Linear light of the 256 code values, and back for light in 0..1 by a finer table. 20 KB, made in
 * 0.1 ms. */
#define CT_TONE_STEPS 4096
struct ct_tone {
    float linear[256];
    float code[CT_TONE_STEPS + 1]; /* over the square root of the light: even steps for the eye */
};
void ct_tone_init(struct ct_tone *tone);

static inline ct_v3 ct_tone_light(const struct ct_tone *tone, const uint8_t *px)
{
    return v3(tone->linear[px[0]], tone->linear[px[1]], tone->linear[px[2]]);
}
/* Clamps, and rounds to the nearest code value. */
void ct_tone_put(const struct ct_tone *tone, uint8_t *px, ct_v3 light);

/* OKLab (Ottosson 2020) of linear light: lightness, green-red, blue-yellow. */
ct_v3 ct_oklab(ct_v3 light);
ct_v3 ct_oklab_light(ct_v3 lab);

#endif
