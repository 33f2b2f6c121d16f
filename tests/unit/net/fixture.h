/* A real server on a port of its own, a handler that does what the path says, a raw client.
 *
 *   /ok            200 "ok"                        /early    401 in on_headers
 *   /echo          200, the body back              /small    bodies up to 100 bytes
 *   /hold          answered by hold_take() + respond, from the test's thread
 *   /bytes/N       200, a body of N bytes          /file     bytes [1000, 1000 + 200000) of the
 * file /empty         204                             /bad-field a field with CRLF in its value
 *   /stream        200, "BYTES HASH" of a body handed over piece by piece */
#ifndef CT_TESTS_NET_FIXTURE_H
#define CT_TESTS_NET_FIXTURE_H

#include "net/http.h"
#include "t.h"

#include <pthread.h>

struct fixture {
    struct ct_http_server *server;
    struct ct_http_options options; /* set before fixture_start() */
    int port;
    int file; /* what /file sends, FILE_BYTES long */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* under lock */
    int n_headers, n_requests, n_errors, n_aborts, n_dones;
    int last_status, last_bytes;         /* of on_done */
    int last_error;                      /* ct_code of on_error */
    bool stop_streams; /* set before the requests: answer 400 once 100,000 bytes have come */
    int streamed_bytes, n_pieces, largest_piece;
    uint64_t streamed_hash;
    struct ct_http_exchange *held[4096]; /* references */
    int n_held, n_taken;
};

#define FILE_BYTES 300000

void fixture_init(struct fixture *f);
bool fixture_start(struct fixture *f);
void fixture_stop(struct fixture *f);
/* Waits (5 s at most) until *counter, one of the fixture's, is at least n. */
bool fixture_wait(struct fixture *f, const int *counter, int n);
int fixture_get(struct fixture *f, const int *counter);
struct ct_http_exchange *hold_take(struct fixture *f); /* the next held one; a reference */

/* A reply read from a socket; `text` is all of it, NUL-terminated. */
struct reply {
    int status;
    char head[4096];
    char *body;
    size_t body_len;
};

int client_connect(const struct fixture *f);
bool client_send(int fd, const void *bytes, size_t len);
bool client_puts(int fd, const char *text);
/* One response (to HEAD when `head`). false: closed or 5 s without a byte. Free with reply_free. */
bool client_reply(int fd, struct reply *reply, bool head);
int client_status(int fd); /* status of one response, 0 when there is none */
/* Reads to the end: the number of bytes, -1 when it has not closed within 5 s or was reset. */
long client_read_end(int fd, char *into, size_t size);
void reply_free(struct reply *reply);
int request_status(const struct fixture *f, const char *request); /* on a connection of its own */

#endif
