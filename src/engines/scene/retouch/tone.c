/* Tables and OKLab (tone.h). Called by the tools that change colours. */
#include "engines/scene/retouch/tone.h"

void ct_tone_init(struct ct_tone *tone)
{
    for (int i = 0; i < 256; i++)
        tone->linear[i] = ct_srgb_to_linear((float)i / 255);
    for (int i = 0; i <= CT_TONE_STEPS; i++) {
        float root = (float)i / CT_TONE_STEPS;
        tone->code[i] = 255 * ct_linear_to_srgb(root * root);
    }
}

static uint8_t code_of(const struct ct_tone *tone, float light)
{
    float at = sqrtf(ct_clampf(light, 0, 1)) * CT_TONE_STEPS;
    int i = (int)at;
    if (i >= CT_TONE_STEPS)
        return 255;
    return (uint8_t)(ct_lerp(tone->code[i], tone->code[i + 1], at - (float)i) + 0.5f);
}

void ct_tone_put(const struct ct_tone *tone, uint8_t *px, ct_v3 light)
{
    px[0] = code_of(tone, light.x);
    px[1] = code_of(tone, light.y);
    px[2] = code_of(tone, light.z);
}

static float cube_root(float x)
{
    return ct_powf(x, 1.0f / 3);
}

ct_v3 ct_oklab(ct_v3 c)
{
    float l = cube_root(0.4122214708f * c.x + 0.5363325363f * c.y + 0.0514459929f * c.z);
    float m = cube_root(0.2119034982f * c.x + 0.6806995451f * c.y + 0.1073969566f * c.z);
    float s = cube_root(0.0883024619f * c.x + 0.2817188376f * c.y + 0.6299787005f * c.z);
    return v3(0.2104542553f * l + 0.7936177850f * m - 0.0040720468f * s,
              1.9779984951f * l - 2.4285922050f * m + 0.4505937099f * s,
              0.0259040371f * l + 0.7827717662f * m - 0.8086757660f * s);
}

ct_v3 ct_oklab_light(ct_v3 lab)
{
    float l = lab.x + 0.3963377774f * lab.y + 0.2158037573f * lab.z;
    float m = lab.x - 0.1055613458f * lab.y - 0.0638541728f * lab.z;
    float s = lab.x - 0.0894841775f * lab.y - 1.2914855480f * lab.z;
    l = l * l * l;
    m = m * m * m;
    s = s * s * s;
    return v3(4.0767416621f * l - 3.3077115913f * m + 0.2309699292f * s,
              -1.2684380046f * l + 2.6097574011f * m - 0.3413193965f * s,
              -0.0041960863f * l - 0.7034186147f * m + 1.7076147010f * s);
}
