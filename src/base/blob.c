/* Shared immutable bytes.
 *
 * The public struct is the head of a private one with the count and the memory to free. Bytes that
 * were copied lie behind the head in one allocation; bytes taken from a buffer keep the buffer's;
 * bytes of a file are a mapping, whose descriptor is kept for those who pass files on.
 * The last unref frees; it synchronises with every earlier one (release/acquire), so whatever a
 * thread read from the bytes is read before they go. */
#include "base/blob.h"

#include "base/mem.h"

#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

struct shared {
    struct ct_blob blob; /* first: a ct_blob pointer is a pointer to this */
    atomic_uint refs;
    void *owned; /* freed with the blob, or NULL */
    void *mapped; /* unmapped with the blob, or NULL */
    int fd;       /* closed with the blob, or -1 */
};

static struct shared *new_shared(size_t extra)
{
    size_t size;
    if (!ct_size_add(sizeof(struct shared), extra, &size))
        return NULL;
    struct shared *s = ct_malloc(size);
    if (!s)
        return NULL;
    *s = (struct shared){ .fd = -1 };
    atomic_init(&s->refs, 1);
    return s;
}

struct ct_blob *ct_blob_copy(const void *bytes, size_t len)
{
    struct shared *s = new_shared(len);
    if (!s)
        return NULL;
    char *data = (char *)(s + 1);
    if (len)
        memcpy(data, bytes, len);
    s->blob = (struct ct_blob){ data, len };
    return &s->blob;
}

struct ct_blob *ct_blob_take(struct ct_buf *b)
{
    struct shared *s = b->failed ? NULL : new_shared(0);
    if (s) {
        s->owned = b->data;
        s->blob = (struct ct_blob){ b->data ? b->data : "", b->len };
        b->data = NULL;
    }
    ct_buf_release(b);
    return s ? &s->blob : NULL;
}

struct ct_blob *ct_blob_static(const void *bytes, size_t len)
{
    struct shared *s = new_shared(0);
    if (!s)
        return NULL;
    s->blob = (struct ct_blob){ bytes, len };
    return &s->blob;
}

struct ct_blob *ct_blob_file(int fd, size_t len)
{
    struct shared *s = new_shared(0);
    void *mapped = s && len ? mmap(NULL, len, PROT_READ, MAP_SHARED, fd, 0) : NULL;
    if (!s || mapped == MAP_FAILED) {
        close(fd);
        ct_free(s);
        return NULL;
    }
    s->mapped = mapped;
    s->fd = fd;
    s->blob = (struct ct_blob){ mapped ? mapped : "", len };
    return &s->blob;
}

int ct_blob_fd(const struct ct_blob *blob)
{
    return ((const struct shared *)blob)->fd;
}

struct ct_blob *ct_blob_ref(struct ct_blob *blob)
{
    if (blob)
        atomic_fetch_add_explicit(&((struct shared *)blob)->refs, 1, memory_order_relaxed);
    return blob;
}

void ct_blob_unref(struct ct_blob **blob)
{
    struct shared *s = (struct shared *)*blob;
    *blob = NULL;
    if (!s || atomic_fetch_sub_explicit(&s->refs, 1, memory_order_acq_rel) != 1)
        return;
    if (s->mapped)
        munmap(s->mapped, s->blob.len);
    if (s->fd >= 0)
        close(s->fd);
    ct_free(s->owned);
    ct_free(s);
}
