/* `calotype generate` and `calotype edit`: what is wanted, where it is drawn, what comes back. */
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
    const char *path;                       /* behind /images/: "generations", "edits" */
    struct ct_slice body;                   /* the JSON that describes it, unless it is a form */
    const struct ct_form *form;             /* of an edit; else NULL */
    struct ct_progress *progress;
    /* Called for each picture as it arrives; an error ends the work. */
    ct_code (*arrived)(void *ctx, const struct ct_arrival *arrival, struct ct_err *err);
    void *ctx;
    struct ct_buf reply; /* afterwards: the reply's JSON with the pictures left out */
};

/* The options of both commands. */
#define CT_DRAW_OPTIONS                                                                            \
    { .name = "output", .letter = 'o', .value = "FILE",                                            \
      .doc = "where to write; - is stdout; its ending chooses the format" },                       \
    { .name = "size", .value = "WxH", .doc = "1536x1024, auto, or a ratio such as 16:9" },         \
    { .name = "resolution", .value = "1K|2K|4K", .doc = "with a ratio", .choices = "1K|2K|4K" },   \
    { .name = "quality", .value = "LEVEL", .doc = "low, medium, high, xhigh, max or auto",         \
      .choices = "low|medium|high|xhigh|max|auto" },                                               \
    { .name = "n", .letter = 'n', .value = "COUNT", .doc = "pictures, 1 to 10" },                  \
    { .name = "seed", .value = "NUMBER", .doc = "another number, another variation" },             \
    { .name = "format", .value = "FORMAT", .doc = "png, jpeg, webp, or svg (pages only)",          \
      .choices = "png|jpeg|webp|svg" },                                                            \
    { .name = "compression", .value = "0-100", .doc = "quality of jpeg and webp" },                \
    { .name = "background", .value = "KIND", .doc = "transparent, opaque or auto",                 \
      .choices = "transparent|opaque|auto" },                                                      \
    { .name = "model", .value = "MODEL", .doc = "gpt-image-2; `calotype models` lists all" },      \
    { .name = "style", .value = "STYLE", .doc = "vivid or natural", .choices = "vivid|natural" },  \
    { .name = "thinking", .value = "LEVEL", .doc = "off, low, medium or high",                     \
      .choices = "off|low|medium|high" },                                                          \
    { .name = "show", .doc = "show the picture in the terminal" },                                 \
    { .name = "stream", .doc = "show partial pictures too (with --show)" },                        \
    { .name = "json", .doc = "print the reply as JSON, with file names" },                         \
    { .name = "dry-run", .doc = "print the request and its price, draw nothing" },                 \
    { .name = "force", .letter = 'f', .doc = "let -o replace an existing file" },                  \
    { .name = "quiet", .letter = 'q', .doc = "no progress" },                                      \
    { .name = "server", .value = "URL", .doc = "draw there: http://127.0.0.1:8787/v1" }

/* What a command line asks to be generated, with the settings it is read by. (asked.c) */
struct ct_asked {
    struct ct_config config;
    struct ct_catalogue *catalogue;
    struct ct_arena *arena;
    struct ct_buf body; /* the JSON that a client would send */
    const struct ct_image_request *request;
};
/* To be released when it succeeds; args->words[0] is the prompt. */
CT_MUSTCHECK ct_code ct_asked_read(struct ct_asked *asked, const struct ct_args *args,
                                   struct ct_err *err);
void ct_asked_release(struct ct_asked *asked);
/* Draws g->request here or on a server and writes the pictures to files, as the options of g->args
 * say; args, config, request, path and body or form are set. The exit status. (drawing.c) */
int ct_drawing_run(struct ct_generation *g);
/* Draws with the built-in engine, here and now. (generate_local.c) */
CT_MUSTCHECK ct_code ct_generate_local(struct ct_generation *g, struct ct_err *err);
/* With the secret and the scenes of the data folder, so that what is drawn here can be edited here
 * or by a server on the same folder. A folder that cannot be used is said, and costs only that. */
struct ct_recipes;
bool ct_local_recipes_open(struct ct_recipes *recipes, const struct ct_config *config);
void ct_local_recipes_close(struct ct_recipes *recipes);
/* Sends it to a server: `base_url` ends in /v1, key may be NULL. (generate_remote.c) */
CT_MUSTCHECK ct_code ct_generate_remote(struct ct_generation *g, const char *base_url,
                                        const char *key, struct ct_err *err);

#endif
