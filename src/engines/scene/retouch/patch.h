/* Nearest patches between a hole and its surroundings. inpaint.c only.
 *
 * One level of the pyramid: pixels as RGBX, which of them are unknown, where each patch that
 * touches the hole finds its like. */
#ifndef CT_SCENE_RETOUCH_PATCH_H
#define CT_SCENE_RETOUCH_PATCH_H

#include "engines/scene/retouch/retouch.h"

#define CT_PATCH_HALF 3
#define CT_PATCH (2 * CT_PATCH_HALF + 1)

struct ct_patch_at {
    int16_t x, y;
};

struct ct_patch_level {
    int width, height;
    uint8_t *px;              /* 4 a pixel */
    uint8_t *hole;            /* 1: unknown */
    uint8_t *avoid;           /* 1: known, and not to be copied */
    uint8_t *source; /* 1: a patch may be centred here: inside, and no hole or avoid in it */
    uint8_t *target;          /* 1: a patch centred here touches the hole */
    struct ct_patch_at *like; /* centre of the best source patch, for targets */
    uint32_t *distance;       /* of that patch */
    float *trust;                /* of a target: falls with its distance from what is known */
    struct ct_patch_at *sources; /* all of them, to draw from */
    uint32_t n_sources;
    struct ct_mask_box box; /* of the targets */
};

/* Allocates; px, hole and avoid are to be filled, then marked. Release it in either case. */
bool ct_patch_level_open(struct ct_patch_level *level, int width, int height);
void ct_patch_level_release(struct ct_patch_level *level);
/* Works out source, target, sources and box from hole and avoid. */
void ct_patch_level_mark(struct ct_patch_level *level);

/* Random likes for every target, of `seed`. */
void ct_patch_scatter(struct ct_patch_level *level, uint32_t seed);
/* Measures the likes there are, then improves them in `n` sweeps. */
void ct_patch_search(struct ct_patch_level *level, int n, uint32_t seed,
                     const struct ct_retouch *with);
/* Unknown pixels become the mean of what the patches over them say, near ones first. */
void ct_patch_vote(struct ct_patch_level *level, const struct ct_retouch *with);

/* What the patches over (x, y) say it is, near and trusted ones first; false when there are none.
 * `scale` is one over a distance that counts as far: ct_patch_scale() of the level. */
bool ct_patch_says(float said[3], const struct ct_patch_level *level, int x, int y, float scale);
float ct_patch_scale(const struct ct_patch_level *level);

#endif
