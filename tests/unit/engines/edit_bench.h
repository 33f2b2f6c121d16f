/* Drawing and editing through the engine, for tests: pictures and their recipes in memory. */
#ifndef CT_TESTS_EDIT_BENCH_H
#define CT_TESTS_EDIT_BENCH_H

#include "base/buf.h"
#include "engines/engine.h"
#include "image/mask.h"

struct bench_picture {
    struct ct_image *image;
    struct ct_buf recipe; /* len 0: a foreign picture */
};

struct bench {
    struct ct_engine *engine;
    struct ct_err err;
    char warnings[4096]; /* one a line */
    struct ct_image *mask, *markup; /* of the next edit; NULL: none */
    int width, height;
};

bool bench_open(struct bench *b, int width, int height);
void bench_close(struct bench *b);
/* A new picture, or an edit of n inputs; NULL image and b->err when the engine refused. */
struct bench_picture bench_draw(struct bench *b, const char *prompt);
struct bench_picture bench_edit(struct bench *b, enum ct_operation operation, const char *prompt,
                                const struct bench_picture *inputs, int n);
void bench_drop(struct bench_picture *picture);
/* Pixels that differ in any channel; -1 when the sizes do. */
int bench_differing(const struct ct_image *a, const struct ct_image *b);
/* The coverage of an entity's things, or of object `object` of them, seen in the recipe's scene. */
struct ct_mask *bench_coverage(const struct bench *b, const struct bench_picture *p, int entity,
                               int object);
/* a and b differ where the mask covers, and in no pixel that is not next to it. */
void bench_check_only_within(const struct ct_mask *mask, const struct ct_image *a,
                             const struct ct_image *b);

#endif
