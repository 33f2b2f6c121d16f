/* Palettes and the arithmetic of colour.
 *
 * Called by the templates while they compose; pure functions, any thread. Mixing and moving
 * lightness happen in OKLab (Björn Ottosson, 2020), which keeps the hue; contrast follows WCAG 2.1
 * (relative luminance of sRGB, IEC 61966-2-1).
 *
 * Curated sets carry the taste: paper, accent and four colours for shapes that were tuned
 * together. Named colours replace the art colours and the accent, and the paper when the first of
 * them is very light or very dark. Whatever comes in, legible() moves text colours until they
 * hold, so no prompt can produce text that cannot be read. */
#include "engines/scene/page/palette.h"

#include "base/hash.h"

#include <math.h>

struct lab {
    double l, a, b;
};

static double to_linear(double c)
{
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double from_linear(double c)
{
    c = fmin(1, fmax(0, c));
    return c <= 0.0031308 ? c * 12.92 : 1.055 * pow(c, 1 / 2.4) - 0.055;
}

static struct lab to_lab(struct ct_tint t)
{
    double r = to_linear((double)t.r), g = to_linear((double)t.g), b = to_linear((double)t.b);
    double l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return (struct lab){ 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                         1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                         0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s };
}

static struct ct_tint from_lab(struct lab c, float alpha)
{
    double l = c.l + 0.3963377774 * c.a + 0.2158037573 * c.b;
    double m = c.l - 0.1055613458 * c.a - 0.0638541728 * c.b;
    double s = c.l - 0.0894841775 * c.a - 1.2914855480 * c.b;
    l = l * l * l;
    m = m * m * m;
    s = s * s * s;
    double r = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
    double g = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
    double b = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
    return (struct ct_tint){ (float)from_linear(r), (float)from_linear(g), (float)from_linear(b),
                             alpha };
}

struct ct_tint ct_tint_hex(uint32_t rgb)
{
    return (struct ct_tint){ (float)(rgb >> 16 & 255) / 255, (float)(rgb >> 8 & 255) / 255,
                             (float)(rgb & 255) / 255, 1 };
}

struct ct_tint ct_tint_alpha(struct ct_tint t, double alpha)
{
    t.a = (float)alpha;
    return t;
}

struct ct_tint ct_tint_toned(struct ct_tint t, double a, double b)
{
    struct lab c = to_lab(t);
    double room = fmin(1, 4 * fmin(c.l, 1 - c.l)); /* white and black take none */
    return from_lab((struct lab){ c.l, a * room, b * room }, t.a);
}

struct ct_tint ct_tint_mix(struct ct_tint a, struct ct_tint b, double t)
{
    struct lab p = to_lab(a), q = to_lab(b);
    struct lab mixed = { p.l + (q.l - p.l) * t, p.a + (q.a - p.a) * t, p.b + (q.b - p.b) * t };
    return from_lab(mixed, a.a + (b.a - a.a) * (float)t);
}

/* As drawn: 8 bits for each channel. */
static double luminance(struct ct_tint t)
{
    double r = to_linear(round((double)t.r * 255) / 255);
    double g = to_linear(round((double)t.g * 255) / 255);
    double b = to_linear(round((double)t.b * 255) / 255);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

double ct_tint_contrast(struct ct_tint a, struct ct_tint b)
{
    double p = luminance(a) + 0.05, q = luminance(b) + 0.05;
    return p > q ? p / q : q / p;
}

double ct_tint_lightness(struct ct_tint t)
{
    return to_lab(t).l;
}

double ct_tint_chroma(struct ct_tint t)
{
    struct lab c = to_lab(t);
    return hypot(c.a, c.b);
}

static struct ct_tint with_lightness(struct ct_tint t, double l)
{
    struct lab c = to_lab(t);
    /* The gamut narrows towards black and white: chroma shrinks with it, or the hue would turn. */
    double room = fmin(l, 1 - l) / fmax(0.05, fmin(c.l, 1 - c.l));
    double keep = fmin(1, fmax(0, room));
    return from_lab((struct lab){ l, c.a * keep, c.b * keep }, t.a);
}

static struct ct_tint with_chroma(struct ct_tint t, double strength)
{
    struct lab c = to_lab(t);
    return from_lab((struct lab){ c.l, c.a * strength, c.b * strength }, t.a);
}

struct ct_tint ct_tint_legible(struct ct_tint want, struct ct_tint ground, double ratio)
{
    double l = ct_tint_lightness(want);
    for (int i = 0; i <= 50; i++) {
        struct ct_tint darker = with_lightness(want, fmax(0, l - i * 0.02));
        struct ct_tint lighter = with_lightness(want, fmin(1, l + i * 0.02));
        bool dark_ok = ct_tint_contrast(darker, ground) >= ratio;
        bool light_ok = ct_tint_contrast(lighter, ground) >= ratio;
        if (i == 0 && dark_ok)
            return want;
        if (dark_ok || light_ok)
            return dark_ok ? darker : lighter;
    }
    struct ct_tint black = ct_tint_hex(0x000000), white = ct_tint_hex(0xFFFFFF);
    return ct_tint_contrast(black, ground) > ct_tint_contrast(white, ground) ? black : white;
}

struct ct_dice ct_dice_new(uint32_t seed, uint32_t salt)
{
    return (struct ct_dice){ ct_mix64((uint64_t)seed << 32 | salt) };
}

double ct_dice_unit(struct ct_dice *dice)
{
    dice->state = ct_mix64(dice->state + 0x9E3779B97F4A7C15u);
    return (double)(dice->state >> 11) / 9007199254740992.0;
}

int ct_dice_below(struct ct_dice *dice, int n)
{
    return n < 1 ? 0 : (int)(ct_dice_unit(dice) * n);
}

double ct_dice_range(struct ct_dice *dice, double low, double high)
{
    return low + (high - low) * ct_dice_unit(dice);
}

struct curated {
    uint32_t paper, ink, accent;
    uint32_t art[CT_PALETTE_ART];
};

/* paper, ink, accent, shapes */
static const struct curated light_sets[] = {
    { 0xF6F1E7, 0x1B1D2A, 0xD9472B, { 0xE4572E, 0xF2B33D, 0x2E6F73, 0x22304F } },
    { 0xFAF8F3, 0x111827, 0x0F766E, { 0x0D9488, 0xF59E5B, 0x134E5E, 0xF3C969 } },
    { 0xEFF1F6, 0x141B34, 0x3B4FD8, { 0x4C62E8, 0xF28482, 0x9DB4FF, 0x1E2A5A } },
    { 0xFBF1EC, 0x2B1320, 0xB8315B, { 0xE0607E, 0xF7B267, 0x7A2E4D, 0xF4845F } },
    { 0xF1F3EA, 0x16241B, 0x2F7A4B, { 0x4F9D69, 0xE9C46A, 0x1F4D38, 0xE07A5F } },
    { 0xF7F4EF, 0x16161A, 0xD6402B, { 0xE63F2A, 0x16161A, 0xF2C230, 0x2456C8 } },
    { 0xF3EEF8, 0x22163F, 0x6A3FC4, { 0x7F5AD9, 0xFF9E7A, 0x3A2470, 0xC9B3F5 } },
    { 0xEDF4F6, 0x0E2430, 0x0A6C8C, { 0x1F8CB0, 0xF6A36B, 0x0B4560, 0x8CCBDC } },
};

static const struct curated dark_sets[] = {
    { 0x0E1020, 0xF4F3FA, 0x8B7BFF, { 0x6D5DF6, 0xFF6F91, 0x27C4D9, 0x2B2A5E } },
    { 0x0B1518, 0xEEF6F4, 0x2DD4BF, { 0x14B8A6, 0xF4A259, 0x134A4C, 0x7EE0C8 } },
    { 0x15110F, 0xF8F1E9, 0xFF8A4C, { 0xF26B38, 0xFFC15E, 0x5B2A1E, 0xD94F4F } },
    { 0x0C1322, 0xEFF4FC, 0x5AA9FF, { 0x3B82F6, 0xF7B955, 0x1D3A6B, 0x7DD3FC } },
    { 0x160D1C, 0xFAF0F8, 0xF472B6, { 0xDB3F91, 0x8B5CF6, 0x4A1A55, 0xFDBA74 } },
    { 0x101410, 0xF1F6EC, 0xA3D65C, { 0x6FAE3B, 0xE8C547, 0x24402A, 0x4FB286 } },
};

static void from_curated(struct ct_palette *p, const struct curated *set)
{
    p->paper = ct_tint_hex(set->paper);
    p->ink = ct_tint_hex(set->ink);
    p->accent = ct_tint_hex(set->accent);
    for (int i = 0; i < CT_PALETTE_ART; i++)
        p->art[i] = ct_tint_hex(set->art[i]);
}

static struct ct_tint of_rgb(struct ct_rgb c)
{
    return ct_tint_hex((uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b);
}

/* Named colours first; what is missing is made from them by turning lightness. */
static void from_named(struct ct_palette *p, const struct ct_intent *intent)
{
    struct ct_tint named[CT_PALETTE_ART + 1];
    int n = 0, best = 0;
    bool have_paper = false;
    for (int i = 0; i < intent->n_palette && n < CT_PALETTE_ART; i++) {
        struct ct_tint t = of_rgb(intent->palette[i]);
        double l = ct_tint_lightness(t);
        bool as_paper = intent->n_palette > 1 && !have_paper &&
                        (p->dark ? l < 0.33 : l > 0.88 || (intent->has_backdrop_color && i == 0));
        if (as_paper) {
            p->paper = t;
            have_paper = true;
        } else {
            named[n++] = t;
        }
    }
    if (n == 0)
        return;
    if (!have_paper) /* a hint of the first colour in the paper ties the page together */
        p->paper = ct_tint_mix(p->dark ? ct_tint_hex(0x0D0E12) : ct_tint_hex(0xFAF8F4), named[0],
                               p->dark ? 0.10 : 0.05);
    for (int i = 0; i < CT_PALETTE_ART; i++) {
        if (i < n) {
            p->art[i] = named[i];
            continue;
        }
        struct ct_tint base = named[i % n];
        double l = ct_tint_lightness(base);
        double other = i == 1 ? (l < 0.6 ? l + 0.2 : l - 0.2) : i == 2 ? l * 0.62 : 0.87;
        p->art[i] = with_lightness(base, fmin(0.93, fmax(p->dark ? 0.3 : 0.22, other)));
    }
    for (int i = 1; i < n; i++)
        if (ct_tint_chroma(named[i]) > ct_tint_chroma(named[best]) + 0.04)
            best = i;
    p->accent = named[best];
}

/* Everything that carries or is text, made readable. */
static void make_legible(struct ct_palette *p)
{
    struct ct_tint white = ct_tint_hex(0xFFFFFF), black = ct_tint_hex(0x0B0B10);
    p->ink = ct_tint_legible(p->ink, p->paper, 9.5);
    p->dark = ct_tint_contrast(p->ink, black) > ct_tint_contrast(p->paper, black); /* light ink */
    p->muted = ct_tint_legible(ct_tint_mix(p->ink, p->paper, 0.36), p->paper, 5.0);
    p->line = ct_tint_legible(p->accent, p->paper, 3.2);
    p->card = p->dark ? ct_tint_mix(p->paper, white, 0.07) : ct_tint_mix(p->paper, white, 0.85);
    p->on_card = ct_tint_legible(p->ink, p->card, 7);
    p->accent = ct_tint_legible(p->accent, p->paper, 1.6);
    bool light_text = ct_tint_contrast(white, p->accent) >= 3.6;
    if (light_text) /* white on a slightly deeper accent looks better than black on a bright one */
        p->accent = ct_tint_legible(p->accent, white, 4.9);
    p->on_accent = light_text ? white : ct_tint_legible(black, p->accent, 4.9);
    /* On a paper of middle lightness ink has little to spare: mixtures must lie well beyond it. */
    p->calm = ct_tint_contrast(p->ink, p->paper) < 6.2;
    double want = p->calm ? 6.5 : 5.4;
    for (int i = 0; i < CT_PALETTE_ART; i++) {
        struct ct_tint t = p->art[i];
        if (ct_tint_chroma(t) < 0.03) /* greys would turn dull */
            t = ct_tint_mix(t, p->art[(i + 2) % CT_PALETTE_ART], 0.75);
        double l = ct_tint_lightness(t), way = p->dark ? -0.02 : 0.02;
        for (int k = 0; k < 50 && ct_tint_contrast(t, p->ink) < want; k++)
            t = with_lightness(t, fmin(1, fmax(0, l += way)));
        p->soft[i] = ct_tint_contrast(t, p->ink) >= 5 ? t : p->paper;
    }
}

void ct_palette_set(struct ct_palette *p, struct ct_tint paper, struct ct_tint ink,
                    struct ct_tint accent, const struct ct_tint art[CT_PALETTE_ART])
{
    p->paper = paper;
    p->ink = ink;
    p->accent = accent;
    memcpy(p->art, art, sizeof(p->art));
    make_legible(p);
}

struct ct_palette ct_palette_on(const struct ct_palette *p, struct ct_tint ground)
{
    struct ct_palette on = *p;
    if (p->plain)
        return on;
    struct ct_tint ink = ct_tint_contrast(p->ink, ground) > ct_tint_contrast(p->paper, ground)
                             ? p->ink
                             : p->paper;
    ct_palette_set(&on, ground, ink, p->accent, p->art);
    return on;
}

/* Vivid: further from grey; natural: nearer to it. Named colours come later and stay. */
static void season(struct ct_palette *p, enum ct_style style)
{
    double strength = style == CT_STYLE_VIVID ? 1.3 : 0.62;
    if (style == CT_STYLE_UNSET)
        return;
    p->accent = with_chroma(p->accent, strength);
    for (int i = 0; i < CT_PALETTE_ART; i++)
        p->art[i] = with_chroma(p->art[i], strength);
    if (style == CT_STYLE_VIVID) /* the paper takes part */
        p->paper = ct_tint_mix(p->paper, p->art[0], 0.10);
}

void ct_palette_choose(struct ct_palette *out, const struct ct_intent *intent, uint32_t seed,
                       enum ct_style style)
{
    struct ct_dice dice = ct_dice_new(seed, 0x70616C);
    *out = (struct ct_palette){ .dark = intent->dark };
    if (intent->has_backdrop_color)
        out->dark = ct_tint_lightness(of_rgb(intent->backdrop_color)) < 0.55;
    const struct curated *sets = out->dark ? dark_sets : light_sets;
    size_t n = out->dark ? sizeof(dark_sets) / sizeof(dark_sets[0])
                         : sizeof(light_sets) / sizeof(light_sets[0]);
    from_curated(out, &sets[ct_dice_below(&dice, (int)n)]);
    season(out, style);
    if (intent->n_palette > 0)
        from_named(out, intent);
    if (intent->has_backdrop_color)
        out->paper = of_rgb(intent->backdrop_color);
    make_legible(out);
}
