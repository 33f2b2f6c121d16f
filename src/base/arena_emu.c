/* The arena of sanitizer builds: each allocation is a malloc of exactly the size asked for, so
 * that ASan sees a read or write one byte past its end, and a use after the reset. Ceiling,
 * stickiness and the figures of ct_arena_used() are those of arena.c. */
#include "base/arena.h"

#include "base/mem.h"

#define ALIGNMENT ((size_t)16)

struct ct_arena {
    void **blocks;
    size_t n_blocks, cap_blocks;
    size_t max, used;
    bool failed;
};

struct ct_arena *ct_arena_new(size_t max_bytes)
{
    struct ct_arena *arena = ct_calloc(1, sizeof(*arena));
    if (arena)
        arena->max = max_bytes;
    return arena;
}

void ct_arena_reset(struct ct_arena *arena)
{
    for (size_t i = 0; i < arena->n_blocks; i++)
        ct_free(arena->blocks[i]);
    arena->n_blocks = 0;
    arena->used = 0;
    arena->failed = false;
}

void ct_arena_free(struct ct_arena **arena)
{
    if (!*arena)
        return;
    ct_arena_reset(*arena);
    ct_free((*arena)->blocks);
    ct_free(*arena);
    *arena = NULL;
}

static bool room_for_one(struct ct_arena *arena)
{
    if (arena->n_blocks < arena->cap_blocks)
        return true;
    size_t cap = arena->cap_blocks ? arena->cap_blocks * 2 : 64;
    void **blocks = ct_reallocarray(arena->blocks, cap, sizeof(*blocks));
    if (!blocks)
        return false;
    arena->blocks = blocks;
    arena->cap_blocks = cap;
    return true;
}

void *ct_arena_alloc(struct ct_arena *arena, size_t size)
{
    size_t need = size ? size : 1;
    if (arena->failed || need > arena->max - arena->used || !room_for_one(arena)) {
        arena->failed = true;
        return NULL;
    }
    void *ptr = ct_calloc(1, size);
    if (!ptr) {
        arena->failed = true;
        return NULL;
    }
    arena->blocks[arena->n_blocks++] = ptr;
    need = (need + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    arena->used = need > arena->max - arena->used ? arena->max : arena->used + need;
    return ptr;
}

bool ct_arena_failed(const struct ct_arena *arena)
{
    return arena->failed;
}

size_t ct_arena_used(const struct ct_arena *arena)
{
    return arena->used;
}
