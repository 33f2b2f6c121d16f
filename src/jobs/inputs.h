/* The pictures of a job for its engine: decoded on demand, with the recipes they came with. */
#ifndef CT_JOBS_INPUTS_H
#define CT_JOBS_INPUTS_H

#include "engines/engine.h"
#include "image/decoder.h"
#include "jobs/recipes.h"

struct ct_inputs {
    struct ct_draw_inputs draw; /* what the engine is given */
    const struct ct_image_request *request;
    const struct ct_recipes *recipes; /* may be NULL: every picture is foreign */
    struct ct_decoder *decoder;       /* may be NULL: decoded in this process */
    const atomic_int *cancel;         /* may be NULL */
    struct ct_image *last;            /* the picture decoded last: often asked for again */
    int last_index, last_edge;
    struct ct_buf recipe[CT_MAX_INPUTS];
    bool looked[CT_MAX_INPUTS];
};

struct ct_inputs_with {
    const struct ct_recipes *recipes;
    struct ct_decoder *decoder;
    const atomic_int *cancel;
};

/* Embedded; pointers into it are handed out, so it must not move. */
void ct_inputs_init(struct ct_inputs *inputs, const struct ct_image_request *request,
                    const struct ct_inputs_with *with);
void ct_inputs_release(struct ct_inputs *inputs);

#endif
