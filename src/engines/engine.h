/* The boundary between "what is wanted" and "how it is drawn".
 *
 * An engine gets an image_request and gives events: progress, partial pictures, final pictures,
 * warnings. It knows nothing of HTTP, keys, money, files or encodings. One engine object serves
 * many draws at once; draw() blocks on a runner thread and computes on the pool it is given.
 *
 * Cancel contract: draw() looks at *cancel at least every 20 ms and returns CT_E_CANCELLED soon
 * after it turns non-zero; what it had handed out before stays valid.
 *
 * Determinism: an engine whose `deterministic` is set returns the same pixels for the same
 * request, whatever the pool's width. */
#ifndef CT_ENGINES_ENGINE_H
#define CT_ENGINES_ENGINE_H

#include "base/pool.h"
#include "contract/image_request.h"
#include "image/image.h"

#include <stdatomic.h>

enum ct_outcome {
    CT_OUTCOME_DONE,    /* every picture was handed over */
    CT_OUTCOME_REFUSED, /* before execution: nothing was spent, another try is safe */
    CT_OUTCOME_FAILED,  /* during execution, and the end is known */
    CT_OUTCOME_UNKNOWN, /* sent away, no answer: never to be repeated blindly */
};

/* Where a draw reports to. All calls come from the thread that called draw(). */
struct ct_draw_sink {
    void *ctx;
    /* The whole request's progress in [0, 1], never falling; `stage` is a word for people
     * ("understanding", "building", "tracing", "denoising", "layout") living forever. */
    void (*progress)(void *ctx, double fraction, const char *stage);
    /* Picture `index` as it looks now. Borrowed: ref it to keep it. Asked for at most
     * request->partial_images times a picture, with partial_index rising from 0. */
    void (*partial)(void *ctx, int index, int partial_index, struct ct_image *image);
    /* What picture `index` is made of, before it is handed over: text of the engine's own, for
     * inputs->recipe of a later edit. Borrowed. May be NULL; not called when there is nothing. */
    void (*recipe)(void *ctx, int index, struct ct_slice recipe);
    /* Picture `index` is finished. Borrowed: ref it to keep it. An error returned here (out of
     * disk, say) ends the draw and is passed on. */
    ct_code (*picture)(void *ctx, int index, struct ct_image *image, struct ct_err *err);
    /* The same from an engine that makes the file itself, in request->format: the only way to hand
     * over SVG. Borrowed: ref it to keep it. */
    ct_code (*document)(void *ctx, int index, struct ct_blob *file, struct ct_err *err);
    /* A sentence for the user: a word that was not drawn, a substitution. UTF-8. */
    void (*warning)(void *ctx, const char *text);
};

/* The pictures a request comes with, each decoded when it is asked for, so that sixteen large ones
 * are never in memory together. Calls come from the thread that runs draw(). */
struct ct_draw_inputs {
    void *ctx;
    /* Input `index` < request->n_inputs as upright sRGB, a reference of the caller's; scaled down
     * until its longer edge is at most max_edge (0: as it is). CT_E_IMAGE_FILE for the user. */
    ct_code (*image)(void *ctx, struct ct_image **out, int index, int max_edge,
                     struct ct_err *err);
    /* The mask, of the size of input 0, RGBA; only when request->mask.file is there. */
    ct_code (*mask)(void *ctx, struct ct_image **out, struct ct_err *err);
    /* The markup, of the size of input 0, RGBA; only when request->markup.file is there. */
    ct_code (*markup)(void *ctx, struct ct_image **out, struct ct_err *err);
    /* What an engine of ours said the picture is made of, authenticated; len 0: a foreign picture.
     * Lives as long as the draw. */
    struct ct_slice (*recipe)(void *ctx, int index);
};

struct ct_draw {
    const struct ct_image_request *request;
    const struct ct_draw_inputs *inputs; /* NULL when the request has none */
    struct ct_pool *pool;      /* may be NULL: compute in the caller */
    const atomic_int *cancel;  /* may be NULL */
    const struct ct_draw_sink *sink;
};

struct ct_engine {
    const char *name;    /* "scene": the x-calotype-engine header */
    const char *version; /* part of every cache key: changes when pixels may change */
    bool deterministic;
    bool charges; /* its work is billed; otherwise prices are simulated */
    enum ct_outcome (*draw)(struct ct_engine *engine, const struct ct_draw *draw,
                            struct ct_err *err);
    /* Appends what was understood of a prompt, for people (text) or programs (json); may be NULL.
     */
    ct_code (*explain)(struct ct_engine *engine, const struct ct_image_request *request, bool json,
                       struct ct_buf *out, struct ct_err *err);
    /* *out: the picture's size, transparent where `what` of it is seen ("the background", "the
     * mug"); `recipe` as from inputs->recipe. *confidence below 0.5: a guess. May be NULL. */
    ct_code (*area)(struct ct_engine *engine, struct ct_image **out, float *confidence,
                    const struct ct_image *image, struct ct_slice recipe, struct ct_slice what,
                    struct ct_err *err);
    void (*close)(struct ct_engine *engine);
};

/* The built-in engine (engines/scene). CT_E_MEMORY, or CT_E_CONFIG when fonts are missing. */
CT_MUSTCHECK ct_code ct_scene_engine_open(struct ct_engine **out, struct ct_err *err);

#endif
