/* What both arenas share: arrays and copies of text, on top of ct_arena_alloc(). */
#include "base/arena.h"
#include "base/mem.h"

void *ct_arena_array(struct ct_arena *arena, size_t count, size_t size)
{
    size_t total;
    if (!ct_size_mul(count, size, &total))
        total = SIZE_MAX; /* more than any ceiling: marks the arena failed */
    return ct_arena_alloc(arena, total);
}

char *ct_arena_strdup(struct ct_arena *arena, struct ct_slice text)
{
    size_t size;
    if (!ct_size_add(text.len, 1, &size))
        size = SIZE_MAX;
    char *copy = ct_arena_alloc(arena, size);
    if (copy && text.len)
        memcpy(copy, text.ptr, text.len);
    return copy;
}

struct ct_slice ct_arena_dup(struct ct_arena *arena, struct ct_slice text)
{
    char *copy = ct_arena_strdup(arena, text);
    return ct_slice_n(copy, copy ? text.len : 0);
}
