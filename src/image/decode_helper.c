/* The decoding process, in two generations.
 *
 * The helper has one thread, waits for requests and forks a child for each; it never looks at a
 * foreign byte itself. The child maps the file, locks itself in (confine.c), decodes, writes the
 * pixels and a reply, and is gone: whatever a file did to it, it did to nobody else, and no child
 * sees two users' pictures. A fork of this small process costs 0.2 ms.
 *
 *     server --socket: request, 3 descriptors--> helper --fork--> child
 *        ^----------------pipe: reply-------------------------------|
 *        '----------------memfd: pixels-----------------------------'
 *
 * A child that dies says nothing; the pipe's end then tells the server. */
#include "image/decode_helper.h"

#include "image/confine.h"
#include "image/probe.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEMORY_BYTES                                                                               \
    ((size_t)1400 * 1024 * 1024) /* pixels twice, a progressive JPEG's coefficients */
#define CPU_S 20

enum { FILE_FD, PIXELS_FD, REPLY_FD, N_FDS };

static bool write_all(int fd, const void *bytes, size_t len)
{
    const char *at = bytes;
    while (len > 0) {
        ssize_t n = write(fd, at, len);
        if (n <= 0)
            return false;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

static bool map_file(struct ct_slice *file, int fd)
{
    struct stat st;
    if (fstat(fd, &st) != 0 || st.st_size < 0)
        return false;
    *file = ct_slice_n("", 0);
    if (st.st_size == 0 || (size_t)st.st_size > CT_PICTURE_MAX_BYTES) {
        file->len = (size_t)st.st_size; /* too long: refused by its length alone */
        return true;
    }
    void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    *file = ct_slice_n(at, (size_t)st.st_size);
    return at != MAP_FAILED;
}

static void serve(const struct ct_decode_request *request, const int fds[N_FDS],
                  ct_decode_fn decode)
{
    const struct ct_confine_limits limits = {
        .memory_bytes = MEMORY_BYTES,
        .file_bytes = (size_t)CT_IMAGE_MAX_PIXELS * 4,
        .cpu_s = CPU_S,
    };
    struct ct_decode_params params = { .max_edge = request->max_edge };
    struct ct_decode_reply reply = { .code = CT_E_MEMORY };
    struct ct_image *image = NULL;
    struct ct_err err = { 0 };
    struct ct_slice file;
    tzset(); /* profiles are dated: the first look at a clock's zone opens a file */
    if (!map_file(&file, fds[FILE_FD]) || !ct_confine(&limits))
        return;
    reply.code = (int)decode(&image, file, &params, &err);
    memcpy(reply.says, err.msg, sizeof(reply.says) - 1);
    if (image) {
        reply.width = image->width;
        reply.height = image->height;
        reply.channels = image->channels;
        size_t len = (size_t)image->width * (size_t)image->height * (size_t)image->channels;
        if (!write_all(fds[PIXELS_FD], image->px, len))
            reply.code = CT_E_MEMORY;
    }
    (void)write_all(fds[REPLY_FD], &reply, sizeof(reply));
}

/* false when the server is gone. */
static bool receive(struct ct_decode_request *request, int fds[N_FDS])
{
    union {
        struct cmsghdr head;
        char bytes[CMSG_SPACE(N_FDS * sizeof(int))];
    } control;
    struct iovec part = { request, sizeof(*request) };
    struct msghdr message = { .msg_iov = &part,
                              .msg_iovlen = 1,
                              .msg_control = &control,
                              .msg_controllen = sizeof(control) };
    ssize_t n;
    do
        n = recvmsg(CT_DECODE_HELPER_FD, &message, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    struct cmsghdr *head = n == (ssize_t)sizeof(*request) ? CMSG_FIRSTHDR(&message) : NULL;
    if (!head || head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(N_FDS * sizeof(int)))
        return false;
    memcpy(fds, CMSG_DATA(head), N_FDS * sizeof(int));
    return true;
}

int ct_decode_helper_main(ct_decode_fn decode)
{
    struct ct_decode_request request;
    int fds[N_FDS];
    prctl(PR_SET_NAME, "ct-decode", 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    signal(SIGCHLD, SIG_IGN); /* children leave no zombies */
    while (receive(&request, fds)) {
        if (fork() == 0) {
            close(CT_DECODE_HELPER_FD);
            serve(&request, fds, decode);
            _exit(0);
        }
        for (int i = 0; i < N_FDS; i++)
            close(fds[i]);
    }
    return 0;
}
