/* Memory: thin wrappers over the C allocator.
 *
 * Every allocation is counted in one relaxed atomic, which is also the switch that lets a test
 * fail the nth of them, on whichever thread it happens. A size of 0 is served as 1, so that NULL
 * always means "out of memory". */
#include "base/mem.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static atomic_long made;    /* allocations since the last ct_mem_fail_nth() */
static atomic_long fail_at; /* which of them fails; 0: none */

/* Whether an allocation must be refused: a test wants it, or no object can be that large (C and
 * the sanitizers' allocators take more than PTRDIFF_MAX for a mistake, not for a request). */
static bool refused(size_t size)
{
    long nth = atomic_fetch_add_explicit(&made, 1, memory_order_relaxed) + 1;
    if (nth != atomic_load_explicit(&fail_at, memory_order_relaxed) && size <= PTRDIFF_MAX)
        return false;
    errno = ENOMEM;
    return true;
}

long ct_mem_fail_nth(long nth)
{
    atomic_store(&fail_at, 0);
    long count = atomic_exchange(&made, 0);
    atomic_store(&fail_at, nth);
    return count;
}

void *ct_malloc(size_t size)
{
    return refused(size) ? NULL : malloc(size ? size : 1);
}

void *ct_calloc(size_t count, size_t size)
{
    size_t total;
    if (!ct_size_mul(count, size, &total))
        total = SIZE_MAX;
    return refused(total) ? NULL : calloc(1, total ? total : 1);
}

void *ct_realloc(void *ptr, size_t size)
{
    return refused(size) ? NULL : realloc(ptr, size ? size : 1);
}

void *ct_reallocarray(void *ptr, size_t count, size_t size)
{
    size_t total;
    return ct_size_mul(count, size, &total) ? ct_realloc(ptr, total) : NULL;
}

#define HUGE_PAGE ((size_t)2 << 20)

void *ct_aligned(size_t alignment, size_t size)
{
    void *ptr = NULL;
    if (refused(size))
        return NULL;
    if (alignment < sizeof(void *))
        alignment = sizeof(void *);
    if (size >= 2 * HUGE_PAGE)
        alignment = HUGE_PAGE;
    if (posix_memalign(&ptr, alignment, size ? size : 1) != 0)
        return NULL;
#ifdef MADV_HUGEPAGE
    if (size >= 2 * HUGE_PAGE) /* a hint: what it answers does not matter */
        (void)madvise(ptr, size & ~(HUGE_PAGE - 1), MADV_HUGEPAGE);
#endif
    return ptr;
}

void ct_free(void *ptr)
{
    free(ptr);
}

char *ct_strdup(const char *text)
{
    return ct_strndup(text, strlen(text));
}

char *ct_strndup(const char *text, size_t len)
{
    size_t size;
    if (!ct_size_add(len, 1, &size))
        return NULL;
    char *copy = ct_malloc(size);
    if (!copy)
        return NULL;
    if (len)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

bool ct_size_mul(size_t a, size_t b, size_t *out)
{
    return !__builtin_mul_overflow(a, b, out);
}

bool ct_size_add(size_t a, size_t b, size_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}

void ct_wipe(void *ptr, size_t size)
{
    if (size)
        explicit_bzero(ptr, size);
}
