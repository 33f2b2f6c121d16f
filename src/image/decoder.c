/* The server's end of confined decoding (decoder.h, decode_helper.c).
 *
 * Threads send their requests over one socket to one helper; each has a pipe for the reply and a
 * memfd for the pixels of its own, so that they share nothing but the socket. Pixels are copied out
 * of the memfd: whatever the child does with it afterwards, the picture is ours. Nothing the child
 * says is believed: sizes are checked, its text only shown when it is text.
 *
 * The helper is started with posix_spawn(), which does not copy this process and runs none of its
 * code, with an empty environment and no descriptor but its socket. */
#include "image/decoder.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "image/decode_helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define AT_ONCE 2
#define LOOK_MS 10
#define PATIENCE_US (40 * 1000000LL) /* twice the child's CPU limit */

struct ct_decoder {
    pthread_mutex_t lock;
    pthread_cond_t freed;
    const char *program;
    int slots;    /* free ones */
    pid_t helper; /* 0: none */
    int socket;
};

/* What one decode holds open. */
struct call {
    int file, pixels, reply[2];
    bool owns_file;
};

ct_code ct_image_file_refused(struct ct_err *err, int number)
{
    return ct_fail(err, CT_E_IMAGE_FILE, NULL,
                   "Invalid image file or mode for image %d, please check your image file.",
                   number);
}

ct_code ct_decoder_open(struct ct_decoder **out, const struct ct_decoder_options *options,
                        struct ct_err *err)
{
    struct ct_decoder *d = *out = ct_calloc(1, sizeof(*d));
    if (!d)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for a decoder.");
    pthread_mutex_init(&d->lock, NULL);
    pthread_cond_init(&d->freed, NULL);
    d->program = options && options->program ? options->program : "/proc/self/exe";
    d->slots = options && options->at_once > 0 ? options->at_once : AT_ONCE;
    d->socket = -1;
    return CT_OK;
}

/* With the lock held. */
static void stop_helper(struct ct_decoder *d)
{
    if (d->helper == 0)
        return;
    close(d->socket);
    kill(d->helper, SIGKILL);
    while (waitpid(d->helper, NULL, 0) < 0 && errno == EINTR)
        ;
    d->helper = 0;
    d->socket = -1;
}

void ct_decoder_close(struct ct_decoder **decoder)
{
    struct ct_decoder *d = *decoder;
    *decoder = NULL;
    if (!d)
        return;
    stop_helper(d);
    pthread_mutex_destroy(&d->lock);
    pthread_cond_destroy(&d->freed);
    ct_free(d);
}

void ct_decoder_kill_helper(struct ct_decoder *decoder)
{
    pthread_mutex_lock(&decoder->lock);
    if (decoder->helper)
        kill(decoder->helper, SIGKILL);
    pthread_mutex_unlock(&decoder->lock);
}

static int spawn(pid_t *pid, const char *program, int socket)
{
    static char name[] = "calotype", arg[] = CT_DECODE_HELPER_ARG;
    char *const argv[] = { name, arg, NULL };
    char *const env[] = { NULL };
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    for (int fd = 0; fd < CT_DECODE_HELPER_FD; fd++)
        posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
    posix_spawn_file_actions_adddup2(&files, socket, CT_DECODE_HELPER_FD);
    posix_spawn_file_actions_addclosefrom_np(&files, CT_DECODE_HELPER_FD + 1);
    posix_spawnattr_init(&attr);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setsigdefault(&attr, &all);
    int failed = posix_spawn(pid, program, &files, &attr, argv, env);
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&files);
    return failed;
}

/* With the lock held. */
static ct_code start_helper(struct ct_decoder *d, struct ct_err *err)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return ct_fail_errno(err, CT_E_IO, "The picture decoder cannot be started");
    int ours = fcntl(pair[0], F_DUPFD_CLOEXEC, CT_DECODE_HELPER_FD + 1);
    int theirs = fcntl(pair[1], F_DUPFD_CLOEXEC, CT_DECODE_HELPER_FD + 1);
    close(pair[0]);
    close(pair[1]);
    int failed = ours < 0 || theirs < 0 ? errno : spawn(&d->helper, d->program, theirs);
    if (theirs >= 0)
        close(theirs);
    if (!failed) {
        d->socket = ours;
        return CT_OK;
    }
    if (ours >= 0)
        close(ours);
    d->helper = 0;
    errno = failed;
    return ct_fail_errno(err, CT_E_IO, "The picture decoder cannot be started");
}

static bool send_request(int socket, const struct ct_decode_request *request, const struct call *c)
{
    union {
        struct cmsghdr head;
        char bytes[CMSG_SPACE(3 * sizeof(int))];
    } control = { 0 };
    int fds[3] = { c->file, c->pixels, c->reply[1] };
    struct iovec part = { (void *)(uintptr_t)request, sizeof(*request) };
    struct msghdr message = { .msg_iov = &part,
                              .msg_iovlen = 1,
                              .msg_control = &control,
                              .msg_controllen = sizeof(control) };
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(fds));
    memcpy(CMSG_DATA(head), fds, sizeof(fds));
    return sendmsg(socket, &message, MSG_NOSIGNAL) == (ssize_t)sizeof(*request);
}

/* To the helper there is, or to a new one. */
static ct_code submit(struct ct_decoder *d, const struct ct_decode_request *request,
                      const struct call *c, struct ct_err *err)
{
    ct_code rc = CT_OK;
    bool sent = false;
    pthread_mutex_lock(&d->lock);
    for (int i = 0; i < 2 && !sent && rc == CT_OK; i++) {
        if (d->helper == 0)
            rc = start_helper(d, err);
        if (rc == CT_OK)
            sent = send_request(d->socket, request, c);
        if (!sent)
            stop_helper(d);
    }
    pthread_mutex_unlock(&d->lock);
    if (rc == CT_OK && !sent)
        rc = ct_fail(err, CT_E_IO, NULL, "The picture decoder cannot be reached.");
    return rc;
}

static bool is_cancelled(const struct ct_decode_params *params)
{
    return params->cancel && atomic_load_explicit(params->cancel, memory_order_relaxed) != 0;
}

static ct_code fail_cancelled(struct ct_err *err)
{
    return ct_fail(err, CT_E_CANCELLED, NULL, "The picture was cancelled while it was decoded.");
}

/* *whole is false when the child died or never answered. */
static ct_code await_reply(struct ct_decode_reply *reply, bool *whole, int fd,
                           const struct ct_decode_params *params, struct ct_err *err)
{
    size_t got = 0;
    int64_t until = ct_clock_us() + PATIENCE_US;
    *whole = false;
    while (got < sizeof(*reply) && ct_clock_us() < until) {
        struct pollfd p = { .fd = fd, .events = POLLIN };
        if (is_cancelled(params))
            return fail_cancelled(err);
        if (poll(&p, 1, LOOK_MS) <= 0)
            continue;
        ssize_t n = read(fd, (char *)reply + got, sizeof(*reply) - got);
        if (n == 0 || (n < 0 && errno != EINTR))
            return CT_OK;
        got += n > 0 ? (size_t)n : 0;
    }
    *whole = got == sizeof(*reply);
    return CT_OK;
}

static bool read_pixels(struct ct_image *image, int fd)
{
    size_t len = (size_t)image->width * (size_t)image->height * (size_t)image->channels, got = 0;
    while (got < len) {
        ssize_t n = pread(fd, image->px + got, len - got, (off_t)got);
        if (n <= 0)
            return false;
        got += (size_t)n;
    }
    return true;
}

static ct_code refuse(const struct ct_decoder_input *input, const char *says, struct ct_err *err)
{
    if (input->number > 0)
        return ct_image_file_refused(err, input->number);
    return ct_fail(err, CT_E_IMAGE_FILE, NULL, "%s", says);
}

static ct_code take_picture(struct ct_image **out, struct ct_decode_reply *reply, int pixels,
                            const struct ct_decoder_input *input, struct ct_err *err)
{
    reply->says[sizeof(reply->says) - 1] = '\0';
    if (!ct_utf8_valid(ct_slice(reply->says)) || reply->says[0] == '\0')
        memcpy(reply->says, "The picture cannot be read.", 28);
    if (reply->code == CT_E_MEMORY)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for decoding the picture.");
    if (reply->code != CT_OK)
        return refuse(input, reply->says, err);
    if (ct_image_new(out, reply->width, reply->height, reply->channels, err) != CT_OK)
        return err && err->code == CT_E_MEMORY ? CT_E_MEMORY : refuse(input, reply->says, err);
    if (read_pixels(*out, pixels))
        return CT_OK;
    ct_image_unref(out);
    return refuse(input, "The picture cannot be read.", err);
}

static int memory_file(struct ct_slice bytes)
{
    int fd = memfd_create("ct-decode", MFD_CLOEXEC);
    while (fd >= 0 && bytes.len > 0) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n > 0) {
            bytes = ct_slice_sub(bytes, (size_t)n, bytes.len);
        } else {
            close(fd);
            fd = -1;
        }
    }
    return fd;
}

static ct_code open_call(struct call *c, const struct ct_decoder_input *input, struct ct_err *err)
{
    *c = (struct call){ .file = input->fd, .pixels = -1, .reply = { -1, -1 } };
    if (!input->is_fd) {
        c->file = memory_file(input->bytes);
        c->owns_file = true;
    }
    c->pixels = memory_file((struct ct_slice){ 0 });
    if (c->file < 0 || c->pixels < 0 || pipe2(c->reply, O_CLOEXEC) != 0)
        return ct_fail_errno(err, CT_E_MEMORY, "No room for decoding a picture");
    return CT_OK;
}

static void close_call(struct call *c)
{
    if (c->owns_file && c->file >= 0)
        close(c->file);
    for (int i = 0; i < 2; i++)
        if (c->reply[i] >= 0)
            close(c->reply[i]);
    if (c->pixels >= 0)
        close(c->pixels);
}

static ct_code decode(struct ct_decoder *d, struct ct_image **out,
                      const struct ct_decoder_input *input, const struct ct_decode_params *params,
                      struct call *c, struct ct_err *err)
{
    struct ct_decode_request request = { .max_edge = params->max_edge };
    struct ct_decode_reply reply;
    bool whole;
    CT_TRY(open_call(c, input, err));
    CT_TRY(submit(d, &request, c, err));
    close(c->reply[1]); /* so that the child's death ends the pipe */
    c->reply[1] = -1;
    CT_TRY(await_reply(&reply, &whole, c->reply[0], params, err));
    if (!whole)
        return refuse(input, "The picture cannot be read: its decoder failed.", err);
    return take_picture(out, &reply, c->pixels, input, err);
}

static bool take_slot(struct ct_decoder *d, const struct ct_decode_params *params)
{
    bool taken = false;
    pthread_mutex_lock(&d->lock);
    while (d->slots == 0 && !is_cancelled(params)) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += LOOK_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_cond_timedwait(&d->freed, &d->lock, &until);
    }
    if (d->slots > 0) {
        d->slots--;
        taken = true;
    }
    pthread_mutex_unlock(&d->lock);
    return taken;
}

static void free_slot(struct ct_decoder *d)
{
    pthread_mutex_lock(&d->lock);
    d->slots++;
    pthread_cond_signal(&d->freed);
    pthread_mutex_unlock(&d->lock);
}

ct_code ct_decoder_decode(struct ct_decoder *decoder, struct ct_image **out,
                          const struct ct_decoder_input *input,
                          const struct ct_decode_params *params, struct ct_err *err)
{
    static const struct ct_decode_params as_it_is;
    struct ct_err own;
    struct call c = { .file = -1, .pixels = -1, .reply = { -1, -1 } };
    *out = NULL;
    params = params ? params : &as_it_is;
    if (!take_slot(decoder, params))
        return fail_cancelled(err);
    ct_code rc = decode(decoder, out, input, params, &c, err ? err : &own);
    close_call(&c);
    free_slot(decoder);
    return rc;
}
