/* Arena over chunks.
 *
 *   chunk -> chunk -> chunk (current)      each: [header | used ............ | free ]
 *
 * Chunks double from 4 KiB to 256 KiB. A request of more than a quarter of the current chunk gets a
 * chunk of its own, put behind the current one, so that the room left there is not lost: an arena
 * holds at most a third more memory than was asked of it, plus one chunk. The ceiling counts what
 * was asked (rounded to 16), so it is the same here and in arena_emu.c. Chunks come zeroed from
 * calloc; a reset zeroes the used part of the one it keeps. */
#include "base/arena.h"

#include "base/mem.h"

#define ALIGNMENT ((size_t)16)
#define FIRST_CHUNK ((size_t)4096)
#define LAST_CHUNK ((size_t)256 * 1024)

struct chunk {
    struct chunk *next;
    size_t size, used;
    size_t pad; /* keeps the bytes behind the header aligned */
};
_Static_assert(sizeof(struct chunk) % 16 == 0, "bytes behind the header are aligned");

struct ct_arena {
    struct chunk *first;   /* the chunk a reset keeps, and the list of all */
    struct chunk *current; /* where small requests are served */
    size_t next_size, max, used;
    bool failed;
};

struct ct_arena *ct_arena_new(size_t max_bytes)
{
    struct ct_arena *arena = ct_calloc(1, sizeof(*arena));
    if (arena) {
        arena->max = max_bytes;
        arena->next_size = FIRST_CHUNK;
    }
    return arena;
}

static void free_chunks(struct chunk *chunk)
{
    while (chunk) {
        struct chunk *next = chunk->next;
        ct_free(chunk);
        chunk = next;
    }
}

void ct_arena_free(struct ct_arena **arena)
{
    if (!*arena)
        return;
    free_chunks((*arena)->first);
    ct_free(*arena);
    *arena = NULL;
}

void ct_arena_reset(struct ct_arena *arena)
{
    struct chunk *first = arena->first;
    arena->used = 0;
    arena->failed = false;
    arena->current = first;
    arena->next_size = FIRST_CHUNK;
    if (!first)
        return;
    free_chunks(first->next);
    first->next = NULL;
    memset(first + 1, 0, first->used);
    first->used = 0;
}

static struct chunk *new_chunk(size_t size)
{
    struct chunk *chunk = ct_calloc(1, sizeof(*chunk) + size);
    if (chunk)
        chunk->size = size;
    return chunk;
}

/* A chunk with `size` free bytes, or NULL. */
static struct chunk *room_for(struct ct_arena *arena, size_t size)
{
    struct chunk *current = arena->current;
    if (current && size <= current->size - current->used)
        return current;
    bool own = current && size > current->size / 4;
    struct chunk *chunk = new_chunk(own || size > arena->next_size ? size : arena->next_size);
    if (!chunk)
        return NULL;
    if (!current) {
        arena->first = chunk;
    } else {
        chunk->next = current->next;
        current->next = chunk;
    }
    if (own)
        return chunk;
    arena->current = chunk;
    if (arena->next_size < LAST_CHUNK)
        arena->next_size *= 2;
    return chunk;
}

void *ct_arena_alloc(struct ct_arena *arena, size_t size)
{
    size_t need = size ? size : 1;
    if (arena->failed || need > arena->max - arena->used) {
        arena->failed = true;
        return NULL;
    }
    need = (need + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    struct chunk *chunk = need < size || need > SIZE_MAX / 2 ? NULL : room_for(arena, need);
    if (!chunk) {
        arena->failed = true;
        return NULL;
    }
    void *ptr = (char *)(chunk + 1) + chunk->used;
    chunk->used += need;
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
