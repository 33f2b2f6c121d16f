/* Bump allocator with a ceiling: everything a request parsed dies together.
 *
 * Overflow is sticky: ct_arena_alloc() returns NULL from then on and ct_arena_failed() is true.
 * The sanitizer build links arena_emu.c instead, where each allocation is its own malloc, so ASan
 * sees overruns. One owner; not thread-safe. */
#ifndef CT_BASE_ARENA_H
#define CT_BASE_ARENA_H

#include "base/slice.h"

struct ct_arena;

struct ct_arena *ct_arena_new(size_t max_bytes);
void ct_arena_free(struct ct_arena **arena);
void ct_arena_reset(struct ct_arena *arena); /* keeps the first chunk */
void *ct_arena_alloc(struct ct_arena *arena, size_t size); /* 16-byte aligned, zeroed */
void *ct_arena_array(struct ct_arena *arena, size_t count, size_t size);
char *ct_arena_strdup(struct ct_arena *arena, struct ct_slice text); /* NUL-terminated copy */
struct ct_slice ct_arena_dup(struct ct_arena *arena, struct ct_slice text);
bool ct_arena_failed(const struct ct_arena *arena);
size_t ct_arena_used(const struct ct_arena *arena);

#endif
