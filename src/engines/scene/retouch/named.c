/* Colours by OKLab at one lightness, since shading moves lightness and chroma with it; the sky by
 * spreading from the upper edge. Pure. */
#include "engines/scene/retouch/named.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/retouch/tone.h"

#define GREY_CHROMA 0.045f /* of OKLab: below it a colour has no hue to go by */
#define SAME_HUE 0.92f     /* cosine between hues that have one name */
#define OTHER_HUE 0.72f
#define BINS 128
#define STRONGEST 0.6f     /* chroma over lightness */
#define STEP 26            /* sum over channels: what neighbours of one sky differ at most */
#define FAR_STEP 190       /* and what any of it differs from where it began */

/* How full a colour is, whatever light it stands in: shading takes lightness and chroma alike. */
static float strength(ct_v3 lab)
{
    return ct_hypotf(lab.y, lab.z) / ct_maxf(lab.x, 0.15f);
}

static float same_hue(ct_v3 lab, ct_v3 named)
{
    float length = ct_hypotf(lab.y, lab.z) * ct_hypotf(named.y, named.z);
    float turn = (lab.y * named.y + lab.z * named.z) / ct_maxf(length, 1e-6f);
    return ct_smoothstep(OTHER_HUE, SAME_HUE, turn);
}

static int bin_of(float strong)
{
    int bin = (int)(strong * (BINS / STRONGEST));
    return bin < BINS ? bin : BINS - 1;
}

/* The strength that one in twenty pixels of the hue has or passes: wood is brown-red, but a cup on
 * it is what is called red. */
static float full_strength(const float counts[BINS])
{
    float all = 0, seen = 0;
    int bin = BINS;
    for (int i = 0; i < BINS; i++)
        all += counts[i];
    while (bin > 0 && seen < 0.05f * all)
        seen += counts[--bin];
    return ((float)bin + 0.5f) * (STRONGEST / BINS);
}

/* A colour with a hue: the same hue, and among the strongest of it. */
static void find_hue(uint8_t *out, const struct ct_image *image, const struct ct_tone *tone,
                     ct_v3 named)
{
    size_t n = (size_t)image->width * (size_t)image->height;
    float counts[BINS] = { 0 }, least = 0.2f * strength(named);
    for (size_t i = 0; i < n; i++) {
        ct_v3 lab = ct_oklab(ct_tone_light(tone, image->px + i * (size_t)image->channels));
        if (strength(lab) > least)
            counts[bin_of(strength(lab))] += same_hue(lab, named);
    }
    float full = ct_maxf(full_strength(counts), least);
    for (size_t i = 0; i < n; i++) {
        ct_v3 lab = ct_oklab(ct_tone_light(tone, image->px + i * (size_t)image->channels));
        float likely =
            same_hue(lab, named) * ct_smoothstep(0.42f * full, 0.7f * full, strength(lab));
        out[i] = (uint8_t)(255 * likely + 0.5f);
    }
}

/* Black, white and greys: hardly a hue, and about as light. */
static float is_grey(ct_v3 lab, ct_v3 named)
{
    float chroma = ct_hypotf(lab.y, lab.z), slack = named.x > 0.9f ? 0.30f : 0.22f;
    return ct_smoothstep(0.07f, 0.03f, chroma) *
           ct_smoothstep(slack + 0.1f, slack, fabsf(lab.x - named.x));
}

void ct_named_color(uint8_t *out, const struct ct_image *image, uint32_t color)
{
    struct ct_tone tone;
    size_t n = (size_t)image->width * (size_t)image->height;
    ct_v3 named = ct_oklab(ct_hex_color(color));
    bool grey = ct_hypotf(named.y, named.z) < GREY_CHROMA;
    ct_tone_init(&tone);
    if (!grey)
        find_hue(out, image, &tone, named);
    for (size_t i = 0; i < n && grey; i++) {
        ct_v3 lab = ct_oklab(ct_tone_light(&tone, image->px + i * (size_t)image->channels));
        out[i] = (uint8_t)(255 * is_grey(lab, named) + 0.5f);
    }
}

static int apart(const uint8_t *a, const uint8_t *b)
{
    int sum = 0;
    for (int c = 0; c < 3; c++)
        sum += a[c] > b[c] ? a[c] - b[c] : b[c] - a[c];
    return sum;
}

/* Blue, or bright: what a sky is by day; a warm one at its ends is bright as well. */
static bool may_be_sky(const uint8_t *px)
{
    int luma = (299 * px[0] + 587 * px[1] + 114 * px[2]) / 1000;
    bool blue = px[2] >= px[0] + 6 && px[2] + 4 >= px[1];
    return luma > 150 || (blue && luma > 18);
}

struct spread {
    const struct ct_image *image;
    uint8_t *out;
    uint32_t *stack, *origin; /* of what was reached: the pixel of the upper edge it came from */
    size_t depth;
};

static void reach(struct spread *s, size_t from, size_t to, uint32_t origin)
{
    size_t channels = (size_t)s->image->channels;
    const uint8_t *px = s->image->px + to * channels;
    if (s->out[to] || !may_be_sky(px) || apart(px, s->image->px + from * channels) > STEP ||
        apart(px, s->image->px + origin * channels) > FAR_STEP)
        return;
    s->out[to] = 255;
    s->origin[to] = origin;
    s->stack[s->depth++] = (uint32_t)to;
}

ct_code ct_named_sky(uint8_t *out, const struct ct_image *image, struct ct_err *err)
{
    size_t w = (size_t)image->width, h = (size_t)image->height;
    struct spread s = { .image = image, .out = out };
    s.stack = ct_calloc(w * h, 2 * sizeof(*s.stack));
    if (!s.stack)
        return ct_retouch_fail_memory(err);
    s.origin = s.stack + w * h;
    memset(out, 0, w * h);
    for (size_t x = 0; x < w; x++)
        reach(&s, x, x, (uint32_t)x);
    while (s.depth > 0) {
        size_t i = s.stack[--s.depth], x = i % w, y = i / w;
        if (x > 0)
            reach(&s, i, i - 1, s.origin[i]);
        if (x + 1 < w)
            reach(&s, i, i + 1, s.origin[i]);
        if (y > 0)
            reach(&s, i, i - w, s.origin[i]);
        if (y + 1 < h)
            reach(&s, i, i + w, s.origin[i]);
    }
    ct_free(s.stack);
    return CT_OK;
}
