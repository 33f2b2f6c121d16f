/* Finds what a picture is of, without anybody pointing at it. */
#ifndef CT_SCENE_RETOUCH_SEGMENT_H
#define CT_SCENE_RETOUCH_SEGMENT_H

#include "engines/scene/retouch/retouch.h"

enum ct_segment_what {
    CT_SEGMENT_SUBJECT,
    CT_SEGMENT_COLOR, /* the thing of a colour, whatever else stands out */
    CT_SEGMENT_SKY,
};

struct ct_segment_params {
    enum ct_segment_what what;
    uint32_t color; /* of COLOR: 0xRRGGBB */
    bool all;       /* of COLOR: all things of it; else the largest */
    /* Where to look, in pixels of the picture; empty (x1 <= x0): everywhere. Outside is background.
     */
    struct ct_mask_box box;
};

/* *out covers the subject, soft at its edge (255 inside). *confidence in 0..1: below about 0.5 it
 * is a guess that a user should be warned of; 0 when no subject stands out, and then the mask is
 * empty.
 *
 * It works for one or several things in front of a calmer background that reaches the picture's
 * border: products, food, portraits. It fails on crowds and on things of the background's colours.
 *
 * A colour and the sky are found by themselves (retouch/named.h); the confidence says whether there
 * is enough of it, and whether it holds together. `params` may be NULL. About 0.5 s of CPU at any
 * size. */
CT_MUSTCHECK ct_code ct_segment_subject(struct ct_mask **out, float *confidence,
                                        const struct ct_image *image,
                                        const struct ct_segment_params *params,
                                        const struct ct_retouch *with, struct ct_err *err);

#endif
