/* The mailbox of a loop: messages from other threads, and the eventfd that wakes the loop.
 *
 * Counted, because exchanges hold it: a worker may answer long after the server was stopped. A
 * closed mailbox frees what is posted. The eventfd is written once per batch: whoever finds the
 * mailbox empty wakes the loop. */
#include "net/http_internal.h"

#include "base/mem.h"

#include <sys/eventfd.h>
#include <unistd.h>

struct ct_http_mailbox *ct_http__mailbox_new(void)
{
    struct ct_http_mailbox *box = ct_calloc(1, sizeof(*box));
    if (!box)
        return NULL;
    box->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (box->wake_fd < 0) {
        ct_free(box);
        return NULL;
    }
    atomic_init(&box->refs, 1);
    pthread_mutex_init(&box->lock, NULL);
    box->last = &box->first;
    return box;
}

void ct_http__mailbox_unref(struct ct_http_mailbox *box)
{
    if (!box || atomic_fetch_sub_explicit(&box->refs, 1, memory_order_acq_rel) != 1)
        return;
    pthread_mutex_destroy(&box->lock);
    ct_free(box);
}

static void ring(const struct ct_http_mailbox *box)
{
    uint64_t one = 1;
    /* Fails only when the counter is full: then the loop is being woken already. */
    if (!box->closed && write(box->wake_fd, &one, sizeof(one)) < 0)
        return;
}

void ct_http__mailbox_wake(struct ct_http_mailbox *box)
{
    pthread_mutex_lock(&box->lock);
    ring(box);
    pthread_mutex_unlock(&box->lock);
}

void ct_http__mailbox_post(struct ct_http_mailbox *box, struct ct_http_msg *msg)
{
    msg->next = NULL;
    pthread_mutex_lock(&box->lock);
    bool closed = box->closed;
    if (!closed) {
        bool was_empty = !box->first;
        *box->last = msg;
        box->last = &msg->next;
        if (was_empty)
            ring(box);
    }
    pthread_mutex_unlock(&box->lock);
    if (closed)
        ct_http__msg_free(msg);
}

struct ct_http_msg *ct_http__mailbox_take(struct ct_http_mailbox *box)
{
    uint64_t count;
    pthread_mutex_lock(&box->lock);
    if (!box->closed && read(box->wake_fd, &count, sizeof(count)) < 0)
        count = 0;
    struct ct_http_msg *all = box->first;
    box->first = NULL;
    box->last = &box->first;
    pthread_mutex_unlock(&box->lock);
    return all;
}

void ct_http__mailbox_close(struct ct_http_mailbox *box)
{
    pthread_mutex_lock(&box->lock);
    if (!box->closed)
        close(box->wake_fd);
    box->closed = true;
    struct ct_http_msg *msg = box->first;
    box->first = NULL;
    box->last = &box->first;
    pthread_mutex_unlock(&box->lock);
    while (msg) {
        struct ct_http_msg *next = msg->next;
        ct_http__msg_free(msg);
        msg = next;
    }
}
