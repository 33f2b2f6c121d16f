/* Memory: checked sizes, and one door to the allocator that a test can make fail.
 *
 * Nothing outside base/ calls malloc itself. All functions are thread-safe; NULL means out of
 * memory (the caller turns it into CT_E_MEMORY). */
#ifndef CT_BASE_MEM_H
#define CT_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

void *ct_malloc(size_t size);
void *ct_calloc(size_t count, size_t size);            /* zeroed; NULL when count*size overflows */
void *ct_realloc(void *ptr, size_t size);              /* NULL leaves ptr as it was */
void *ct_reallocarray(void *ptr, size_t count, size_t size);
/* Freed with ct_free; not zeroed. Large blocks ask for huge pages, so that random reads miss fewer
 * translations. */
void *ct_aligned(size_t alignment, size_t size);
void ct_free(void *ptr);                               /* NULL is fine */
char *ct_strdup(const char *text);
char *ct_strndup(const char *text, size_t len);

/* true and *out on success; false when the result does not fit a size_t. */
bool ct_size_mul(size_t a, size_t b, size_t *out) __attribute__((warn_unused_result));
bool ct_size_add(size_t a, size_t b, size_t *out) __attribute__((warn_unused_result));

/* Tests only: the nth allocation from now on fails (1 = the next), once; 0 switches it off.
 * Returns how many allocations were made since the last call. */
long ct_mem_fail_nth(long nth);

/* Overwrites secrets in a way the compiler keeps. */
void ct_wipe(void *ptr, size_t size);

#endif
