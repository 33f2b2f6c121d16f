/* The server: options with their defaults, loops started, drained and stopped.
 *
 * Called by the daemon (and tests) on one thread, except the functions marked thread-safe. The
 * server owns its loops; loops share nothing but the counters here. */
#include "net/http_internal.h"

#include "base/mem.h"
#include "base/pool.h"

#include <sys/resource.h>
#include <unistd.h>

#define MAX_LOOPS 8
#define SPARE_FDS 128 /* files, database, log, relays: not for connections */

static int or_default(int value, int standard)
{
    return value > 0 ? value : standard;
}

static size_t or_default_size(size_t value, size_t standard)
{
    return value > 0 ? value : standard;
}

/* Raises the soft limit to the hard one; returns how many connections that leaves. */
static int raise_file_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 1024 - SPARE_FDS;
    if (limit.rlim_cur < limit.rlim_max) {
        struct rlimit raised = { .rlim_cur = limit.rlim_max, .rlim_max = limit.rlim_max };
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    rlim_t most = limit.rlim_cur > 4 * 1024 * 1024 ? 4 * 1024 * 1024 : limit.rlim_cur;
    return most > 2 * SPARE_FDS ? (int)most - SPARE_FDS : (int)most / 2;
}

static void set_options(struct ct_http_server *server, const struct ct_http_options *given)
{
    struct ct_http_options *o = &server->options;
    int most = raise_file_limit();
    *o = *given;
    o->listen = NULL; /* the caller's; server->address has what became of it */
    if (o->loops <= 0)
        o->loops = ct_cpu_count();
    if (o->loops > MAX_LOOPS)
        o->loops = MAX_LOOPS;
    o->max_header_bytes = or_default_size(given->max_header_bytes, 32 * 1024);
    if (o->max_header_bytes > CT_HTTP_READ_BYTES)
        o->max_header_bytes = CT_HTTP_READ_BYTES;
    o->max_fields = or_default_size(given->max_fields, 100);
    o->header_timeout_ms = or_default(given->header_timeout_ms, 10 * 1000);
    o->body_timeout_ms = or_default(given->body_timeout_ms, 20 * 1000);
    o->body_min_rate = or_default(given->body_min_rate, 500);
    o->idle_timeout_ms = or_default(given->idle_timeout_ms, 75 * 1000);
    o->send_timeout_ms = or_default(given->send_timeout_ms, 60 * 1000);
    o->max_connections = or_default(given->max_connections, most);
    if (o->max_connections > most)
        o->max_connections = most;
    o->body_memory = or_default_size(given->body_memory, (size_t)256 << 20);
    server->limits = (struct ct_http_limits){ .max_header_bytes = o->max_header_bytes,
                                              .max_fields = o->max_fields };
}

static ct_code start_loops(struct ct_http_server *server, struct ct_err *err)
{
    for (int i = 0; i < server->n_loops; i++)
        CT_TRY(ct_http__loop_start(server->loops[i], i, err));
    return CT_OK;
}

static ct_code make_loops(struct ct_http_server *server, const int *fds, int n, struct ct_err *err)
{
    ct_code code = CT_OK;
    for (int i = 0; i < n; i++) {
        if (code != CT_OK) {
            close(fds[i]);
            continue;
        }
        code = ct_http__loop_new(&server->loops[i], server, fds[i], err);
        if (code == CT_OK)
            server->n_loops++;
    }
    return code;
}

ct_code ct_http_server_start(struct ct_http_server **out, const struct ct_http_options *options,
                             const struct ct_http_handler *handler, struct ct_err *err)
{
    *out = NULL;
    int fds[MAX_LOOPS];
    struct ct_http_server *server = ct_calloc(1, sizeof(*server));
    if (!server)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for the HTTP server.");
    server->handler = *handler;
    set_options(server, options);
    int n = server->options.loops;
    server->loops = ct_calloc((size_t)n, sizeof(struct ct_http_loop *));
    ct_code code = server->loops
                       ? CT_OK
                       : ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for the HTTP server.");
    if (code == CT_OK)
        code = ct_http__listen(fds, n, server->address, options->listen, err);
    if (code == CT_OK)
        code = make_loops(server, fds, n, err);
    if (code == CT_OK)
        code = start_loops(server, err);
    if (code != CT_OK) {
        ct_http_server_stop(&server);
        return code;
    }
    *out = server;
    return CT_OK;
}

const char *ct_http_server_address(const struct ct_http_server *server)
{
    return server->address;
}

int ct_http_server_connections(const struct ct_http_server *server)
{
    return atomic_load_explicit(&server->connections, memory_order_relaxed);
}

void ct_http_server_traffic(const struct ct_http_server *server, uint64_t *received,
                            uint64_t *sent)
{
    *received = *sent = 0;
    for (int i = 0; i < server->n_loops; i++) {
        *received += atomic_load_explicit(&server->loops[i]->received, memory_order_relaxed);
        *sent += atomic_load_explicit(&server->loops[i]->sent, memory_order_relaxed);
    }
}

void ct_http_server_drain(struct ct_http_server *server)
{
    atomic_store_explicit(&server->draining, true, memory_order_release);
    for (int i = 0; i < server->n_loops; i++)
        ct_http__mailbox_wake(server->loops[i]->box);
}

void ct_http_server_stop(struct ct_http_server **server_ref)
{
    struct ct_http_server *server = *server_ref;
    *server_ref = NULL;
    if (!server)
        return;
    atomic_store_explicit(&server->stopping, true, memory_order_release);
    for (int i = 0; i < server->n_loops; i++)
        ct_http__loop_join(server->loops[i]);
    for (int i = 0; i < server->n_loops; i++)
        ct_http__loop_free(&server->loops[i]);
    ct_free(server->loops);
    ct_free(server);
}
