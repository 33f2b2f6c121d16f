/* How long understanding takes: median of many readings of a prompt of 500 characters and of one
 * of 32,000. ninja -C build bench/bench_prompt && build/bench/bench_prompt */
#include "engines/scene/prompt/intent.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 201, LONG = 32000 };

static const char text[] =
    "A product photo of two small matte black ceramic mugs and a tall glass bottle of water on a "
    "walnut table, next to a stack of leather books, with a brass table lamp behind the bottle, "
    "against a sage green background. Soft window light from the left, shallow depth of field, "
    "85mm lens, gently steaming coffee, cozy mood. The first mug says \"HELLO\" in white letters. "
    "A red apple lies to the right of the books, on a folded linen cloth. Leave space for a title "
    "at the top. Avoid: people, text, logos, busy backgrounds.";

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int measure(const char *name, struct ct_slice prompt)
{
    static double ms[RUNS];
    size_t used = 0;
    int notes = 0;
    for (int i = 0; i < RUNS; i++) {
        const struct ct_intent *intent;
        struct ct_err err;
        double start = now_ms();
        struct ct_arena *arena = ct_arena_new(32 << 20);
        if (!arena || ct_intent_read(&intent, arena, prompt, &err) != CT_OK)
            return 1;
        ms[i] = now_ms() - start;
        used = ct_arena_used(arena);
        notes = intent->n_notes;
        ct_arena_free(&arena);
    }
    qsort(ms, RUNS, sizeof(ms[0]), by_value);
    printf("%-8s %6zu bytes: median %.3f ms, slowest %.3f ms, arena %zu KiB, %d notes\n", name,
           prompt.len, ms[RUNS / 2], ms[RUNS - 1], used >> 10, notes);
    return 0;
}

int main(void)
{
    static char large[LONG];
    size_t n = sizeof(text) - 1;
    for (size_t i = 0; i < LONG; i++)
        large[i] = i % (n + 1) == n ? ' ' : text[i % (n + 1)];
    static char marks[LONG];
    memset(marks, '!', LONG);
    return measure("short", ct_slice_n(text, n)) | measure("long", ct_slice_n(large, LONG)) |
           measure("marks", ct_slice_n(marks, LONG)) | measure("word", ct_slice("mug"));
}
