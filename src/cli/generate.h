/* `calotype generate`: what is wanted, where it is drawn, what comes back. */
#ifndef CT_CLI_GENERATE_H
#define CT_CLI_GENERATE_H

#include "base/arena.h"
#include "cli/settings.h"
#include "cli/term.h"
#include "contract/model.h"
#include "contract/parse.h"

/* One finished or partial picture on its way to a file. */
struct ct_arrival {
    int picture;         /* 0-based */
    int partial;         /* -1: finished */
    struct ct_slice file;/* encoded bytes */
};

/* A generation on its way: shared by the two ways to get it done. */
struct ct_generation {
    const struct ct_args *args;
    const struct ct_config *config;
    const struct ct_image_request *request; /* parsed for in-process work and prices */
    struct ct_slice body;                   /* the JSON that describes it */
    struct ct_progress *progress;
    /* Called for each picture as it arrives; an error ends the work. */
    ct_code (*arrived)(void *ctx, const struct ct_arrival *arrival, struct ct_err *err);
    void *ctx;
    struct ct_buf reply; /* afterwards: the reply's JSON with the pictures left out */
};

/* Draws with the built-in engine, here and now. (generate_local.c) */
CT_MUSTCHECK ct_code ct_generate_local(struct ct_generation *g, struct ct_err *err);
/* Sends it to a server: `base_url` ends in /v1, key may be NULL. (generate_remote.c) */
CT_MUSTCHECK ct_code ct_generate_remote(struct ct_generation *g, const char *base_url,
                                        const char *key, struct ct_err *err);

#endif
