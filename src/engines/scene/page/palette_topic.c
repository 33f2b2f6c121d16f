/* Colours of printed pages, chosen by what the prompt says.
 *
 * page.c calls ct_palette_direct() behind ct_palette_choose(), for pages that are printed. Named
 * colours are used as a printer would: flat, the ground among them, so that "red and black" is a
 * red page with black and white on it or a black one with red. Without them the first tone with
 * colours counts, then the topic. */
#include "engines/scene/page/palette.h"

#include <math.h>

static const struct row {
    const char *name;
    uint32_t paper, ink, accent, art[CT_PALETTE_ART];
} rows[] = {
#define CT_PALETTE(name, paper, ink, accent, a, b, c, d)                                           \
    { #name, paper, ink, accent, { a, b, c, d } },
#include "engines/scene/page/palettes.def"
#undef CT_PALETTE
};
#define N_ROWS ((int)(sizeof(rows) / sizeof(rows[0])))

static const char *const topic_palettes[] = {
    NULL,
#define CT_TOPIC(id, art1, art2, art3, face, palette, words) #palette,
#include "engines/scene/page/topics.def"
#undef CT_TOPIC
};

static const char *const tone_palettes[] = {
#define CT_FEEL(id, face, palette, words) #palette,
#include "engines/scene/page/feels.def"
#undef CT_FEEL
};

static const char *palette_name(const struct ct_intent *in)
{
    for (int i = 0; i < CT_FEEL_COUNT; i++)
        if ((in->feels >> i & 1) && strcmp(tone_palettes[i], "none") != 0 &&
            (in->topic == CT_TOPIC_NONE || i == CT_FEEL_luxury))
            return tone_palettes[i];
    return in->topic < CT_TOPIC_COUNT ? topic_palettes[in->topic] : NULL;
}

static void use_row(struct ct_palette *p, const struct row *row)
{
    struct ct_tint art[CT_PALETTE_ART];
    for (int i = 0; i < CT_PALETTE_ART; i++)
        art[i] = ct_tint_hex(row->art[i]);
    ct_palette_set(p, ct_tint_hex(row->paper), ct_tint_hex(row->ink), ct_tint_hex(row->accent),
                   art);
}

/* One of the rows of that name, by seed; a wish for dark or light is heard where there is one. */
static bool use_name(struct ct_palette *p, const char *name, bool dark, struct ct_dice *dice)
{
    int found[N_ROWS], n = 0, wished = 0;
    for (int i = 0; i < N_ROWS; i++)
        if (strcmp(rows[i].name, name) == 0)
            found[n++] = i;
    for (int i = 0; i < n && dark; i++)
        if (ct_tint_lightness(ct_tint_hex(rows[found[i]].paper)) < 0.5)
            found[wished++] = found[i];
    n = wished ? wished : n;
    if (n == 0)
        return false;
    use_row(p, &rows[found[ct_dice_below(dice, n)]]);
    return true;
}

static struct ct_tint shifted(struct ct_tint t, double by)
{
    return ct_tint_mix(t, ct_tint_hex(by > 0 ? 0xFFFFFF : 0x0A0A10), fabs(by));
}

/* The colours that are not the ground; what is missing is made from them. */
static void fill_art(struct ct_tint art[CT_PALETTE_ART], const struct ct_tint *named, int n)
{
    static const double one[] = { 0.62, 0, -0.34, -0.66 }, more[] = { 0, 0.45, -0.4, -0.62 };
    for (int i = 0; i < CT_PALETTE_ART; i++)
        art[i] =
            i < n && n > 1 ? named[i] : shifted(named[i % n], n == 1 ? one[i] : more[i / n % 4]);
}

/* Which of the named is the ground: a bold page stands on its strongest colour. */
static int ground_of(const struct ct_tint *named, int n, bool bold, bool dark, int pick)
{
    int darkest = 0, lightest = 0, strongest = 0;
    for (int i = 1; i < n; i++) {
        if (ct_tint_lightness(named[i]) < ct_tint_lightness(named[darkest]))
            darkest = i;
        if (ct_tint_lightness(named[i]) > ct_tint_lightness(named[lightest]))
            lightest = i;
        if (ct_tint_chroma(named[i]) > ct_tint_chroma(named[strongest]) + 0.02)
            strongest = i;
    }
    if (dark || (!bold && ct_tint_lightness(named[darkest]) < 0.36))
        return darkest;
    if (!bold && ct_tint_lightness(named[lightest]) > 0.85)
        return lightest;
    return pick ? strongest : darkest;
}

static struct ct_tint of_rgb(struct ct_rgb c)
{
    return ct_tint_hex((uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b);
}

/* Black, white and greys are grounds; they leave the other colours to the topic. */
static bool is_grey(struct ct_rgb c)
{
    return ct_tint_chroma(of_rgb(c)) < 0.03;
}

static void use_named(struct ct_palette *p, const struct ct_intent *in, struct ct_dice *dice)
{
    struct ct_tint named[CT_PALETTE_ART + 1], art[CT_PALETTE_ART], ground, accent;
    int n = 0, pick = ct_dice_below(dice, 2);
    for (int i = 0; i < in->n_palette && n <= CT_PALETTE_ART; i++)
        named[n++] = of_rgb(in->palette[i]);
    bool bold = in->feels & CT_FEEL_BIT(bold);
    if (n == 1) {
        double l = ct_tint_lightness(named[0]);
        bool flat = !in->dark && in->template_id != CT_TEMPLATE_logo &&
                    (bold || pick || l > 0.86 || l < 0.3);
        ground = flat ? named[0] : in->dark ? shifted(named[0], -0.86) : shifted(named[0], 0.92);
        accent = flat ? shifted(named[0], l > 0.5 ? -0.6 : 0.75) : named[0];
        fill_art(art, named, 1);
    } else {
        int at = ground_of(named, n, bold, in->dark, pick);
        ground = named[at];
        memmove(&named[at], &named[at + 1], sizeof(named[0]) * (size_t)(n - at - 1));
        accent = named[0];
        for (int i = 1; i < n - 1; i++)
            accent = ct_tint_chroma(named[i]) > ct_tint_chroma(accent) + 0.04 ? named[i] : accent;
        fill_art(art, named, n - 1);
    }
    if (in->has_backdrop_color)
        ground = p->paper;
    /* Words in a named colour where it reads, else in black or white. */
    struct ct_tint ink = ct_tint_contrast(accent, ground) >= 7 ? accent : p->ink;
    if (n == 1 && ct_tint_contrast(ink, ground) < 7)
        ink = ct_tint_mix(art[3], ct_tint_hex(0x0B0B10), 0.4);
    ct_palette_set(p, ground, ct_tint_legible(ink, ground, 9.5), accent, art);
}

/* Printed long ago: colours calmer, the paper nearer to cream. */
static void age(struct ct_palette *p)
{
    struct ct_tint art[CT_PALETTE_ART], cream = ct_tint_hex(0xE9DCBB);
    for (int i = 0; i < CT_PALETTE_ART; i++)
        art[i] = ct_tint_mix(p->art[i], cream, 0.16);
    ct_palette_set(p, p->dark ? p->paper : ct_tint_mix(p->paper, cream, 0.6), p->ink,
                   ct_tint_mix(p->accent, cream, 0.1), art);
}

void ct_palette_direct(struct ct_palette *p, const struct ct_intent *in, uint32_t seed)
{
    struct ct_dice dice = ct_dice_new(seed, 0x746F70);
    const char *name = palette_name(in);
    if (in->n_palette == 1 && is_grey(in->palette[0]) && name && use_name(p, name, in->dark, &dice))
        ct_palette_set(p, of_rgb(in->palette[0]), p->ink, p->accent, p->art);
    else if (in->n_palette > 0)
        use_named(p, in, &dice);
    else if (in->has_backdrop_color)
        return;
    else if (in->feels & CT_FEEL_BIT(pastel))
        use_name(p, "kids", false, &dice);
    else if (name)
        use_name(p, name, in->dark, &dice);
    if (in->n_palette == 0 && in->feels & CT_FEEL_BIT(vintage) && in->topic != CT_TOPIC_NONE)
        age(p);
    if (in->n_palette || !(in->feels & CT_FEEL_BIT(pastel)))
        return;
    struct ct_tint art[CT_PALETTE_ART], white = ct_tint_hex(0xFFFFFF);
    for (int i = 0; i < CT_PALETTE_ART; i++)
        art[i] = ct_tint_mix(p->art[i], white, 0.5);
    ct_palette_set(p, ct_tint_mix(p->paper, white, 0.4), p->ink, ct_tint_mix(p->accent, white, 0.3),
                   art);
}
