/* Colours of a page: named ones where the prompt gives some, a harmonious set by seed otherwise.
 *
 * Text is always readable: contrast (WCAG 2.1, 1.4.3) of ink, muted and every on_* colour against
 * the ground it is made for is at least 4.5. */
#ifndef CT_SCENE_PAGE_PALETTE_H
#define CT_SCENE_PAGE_PALETTE_H

#include "engines/scene/page/items.h"

#define CT_PALETTE_ART 4

struct ct_palette {
    bool dark; /* light ink */
    bool plain; /* series keep their tones: outlines tell them from the card */
    bool calm; /* the paper leaves ink no room for gradients under it */
    struct ct_tint paper;
    struct ct_tint ink;   /* headlines: >= 7 on paper */
    struct ct_tint muted; /* secondary text: >= 4.5 on paper */
    struct ct_tint line;  /* hairlines and connectors: >= 3 on paper */
    struct ct_tint accent, on_accent;
    struct ct_tint card, on_card;        /* boxes; differs a little from paper */
    struct ct_tint art[CT_PALETTE_ART];  /* shapes; ink reads on each of `soft` */
    struct ct_tint soft[CT_PALETTE_ART]; /* the art colours moved until ink reads on them */
};

struct ct_tint ct_tint_hex(uint32_t rgb);
struct ct_tint ct_tint_alpha(struct ct_tint t, double alpha);
/* The same lightness with that little of colour (OKLab a, b). */
struct ct_tint ct_tint_toned(struct ct_tint t, double a, double b);
struct ct_tint ct_tint_mix(struct ct_tint a, struct ct_tint b, double t); /* in OKLab */
double ct_tint_contrast(struct ct_tint a, struct ct_tint b); /* opaque colours, 1..21 */
/* `want` moved towards black or white, whichever helps sooner, until it has `ratio` on `ground`. */
struct ct_tint ct_tint_legible(struct ct_tint want, struct ct_tint ground, double ratio);
double ct_tint_lightness(struct ct_tint t); /* OKLab L, 0..1 */
double ct_tint_chroma(struct ct_tint t);    /* OKLab C, 0..0.4 */

/* `style` moves the colours nobody named: vivid ones are more colourful, natural ones calmer. */
void ct_palette_choose(struct ct_palette *out, const struct ct_intent *intent, uint32_t seed,
                       enum ct_style style);

/* Of a printed page: named colours as flat grounds, else those of its tones and topic, else what
 * *p has. (palette_topic.c) */
void ct_palette_direct(struct ct_palette *p, const struct ct_intent *intent, uint32_t seed);
/* Other colours, made readable. */
void ct_palette_set(struct ct_palette *p, struct ct_tint paper, struct ct_tint ink,
                    struct ct_tint accent, const struct ct_tint art[CT_PALETTE_ART]);
/* The same with another paper: `ground` is where words will stand. Drawn looks, which have inks of
 * their own, keep theirs. */
struct ct_palette ct_palette_on(const struct ct_palette *p, struct ct_tint ground);

/* A small deterministic stream: the same seed and salt give the same numbers everywhere. */
struct ct_dice {
    uint64_t state;
};
struct ct_dice ct_dice_new(uint32_t seed, uint32_t salt);
double ct_dice_unit(struct ct_dice *dice);      /* [0, 1) */
int ct_dice_below(struct ct_dice *dice, int n); /* 0..n-1; 0 when n < 1 */
double ct_dice_range(struct ct_dice *dice, double low, double high);

#endif
