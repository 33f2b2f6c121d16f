/* What the server's files share: loop, connection, exchange, output queue, mailbox.
 *
 *     server 1 --- n loop 1 --- n connection 1 --- 0..1 exchange being answered
 *                    |                  |--------- n exchanges answered, not yet sent (pipelining)
 *                    `-- mailbox <-- ct_http_respond() and friends from other threads
 *
 * Everything of a loop and its connections belongs to the loop's thread. Of an exchange, only the
 * fields marked "shared" are touched by other threads. */
#ifndef CT_NET_HTTP_INTERNAL_H
#define CT_NET_HTTP_INTERNAL_H

#include "net/http_parse.h"
#include "net/http_timer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define CT_HTTP_READ_BYTES (64 * 1024)       /* one read; the loop's input buffer */
#define CT_HTTP_SCRATCH_BYTES (64 * 1024)    /* the loop's output buffer, for one turn */
#define CT_HTTP_HELD_BYTES (16 * 1024)       /* pipelined input kept while a request is held */
#define CT_HTTP_DISCARD_BYTES (64 * 1024)    /* an unwanted body this short is read, not cut off */
#define CT_HTTP_COPY_BYTES 4096              /* body pieces up to here are copied beside the head */
#define CT_HTTP_TURN_BYTES (2 * 1024 * 1024) /* read or sent by one connection before others */
#define CT_HTTP_STORE_BYTES 1536             /* of an exchange: fields and head bytes */
#define CT_HTTP_LINGER_US 2000000            /* pause allowed while lingering */
#define CT_HTTP_LINGER_MAX_US 10000000       /* all of the lingering */

struct ct_http_conn;
struct ct_http_loop;

/* --- mailbox: one per loop, outlives it while exchanges refer to it -------------------------- */

enum ct_http_msg_kind {
    CT_HTTP_RESPOND,
    CT_HTTP_BEGIN,
    CT_HTTP_SEND,
    CT_HTTP_END,
    CT_HTTP_LATER,
    CT_HTTP_BREAK
};

struct ct_http_msg {
    struct ct_http_msg *next;
    enum ct_http_msg_kind kind;
    struct ct_http_exchange *x;       /* a reference */
    struct ct_http_response response; /* `fields` unused: they are in text */
    struct ct_blob *piece;
    int delay_ms;
    void (*fn)(struct ct_http_exchange *x, void *arg);
    void *arg;
    size_t text_len;
    char text[]; /* serialised fields of the response */
};

struct ct_http_mailbox {
    atomic_int refs;
    pthread_mutex_t lock;
    struct ct_http_msg *first, **last; /* under lock */
    bool closed;                       /* under lock: the loop is gone */
    int wake_fd;                       /* eventfd; under lock once closed */
    pthread_t thread;                  /* set before the first connection */
};

struct ct_http_mailbox *ct_http__mailbox_new(void);
void ct_http__mailbox_unref(struct ct_http_mailbox *box);
void ct_http__mailbox_wake(struct ct_http_mailbox *box);
/* Takes the message (frees it when the mailbox is closed). */
void ct_http__mailbox_post(struct ct_http_mailbox *box, struct ct_http_msg *msg);
struct ct_http_msg *ct_http__mailbox_take(struct ct_http_mailbox *box); /* all, oldest first */
void ct_http__mailbox_close(struct ct_http_mailbox *box);
/* Drops what the message carries, its reference to the exchange, and itself. */
void ct_http__msg_free(struct ct_http_msg *msg);

/* --- exchange ------------------------------------------------------------------------------- */

struct ct_http_exchange {
    atomic_int refs;       /* shared */
    atomic_bool gone;      /* shared */
    atomic_size_t pending; /* shared: body bytes accepted from the caller, not yet by the kernel */
    atomic_int in_mail;    /* shared: messages posted, not yet applied */
    atomic_bool breaking;  /* shared: `spare` is in use */
    struct ct_http_mailbox *box; /* shared, constant: a reference */
    struct ct_http_msg *spare;   /* shared, guarded by `breaking`: for when memory ran out */

    struct ct_http_loop *loop; /* NULL once ended */
    struct ct_http_conn *conn; /* NULL once ended */
    struct ct_http_exchange *free_next;
    void *user;
    struct ct_http_request rq;
    struct ct_buf body;        /* what was read so far, unless rq.body borrows from the input */
    size_t body_counted;       /* of it, in loop->body_bytes */
    struct ct_http_late *late; /* timers of ct_http_later() */
    int status;                /* 0: no response begun */
    uint64_t bytes;            /* body bytes the kernel took */
    bool has_request;          /* the head was whole */
    bool keep_alive;           /* client and framing allow another request */
    bool begun, complete;      /* response; complete: all of it is queued */
    bool chunked_out;
    bool no_body;    /* HEAD, 204, 304: the body stays here */
    bool in_request; /* inside on_request */
    bool streamed;   /* the body goes to on_body */
    bool ended;      /* on_done was called */
    size_t store_bytes;
    _Alignas(16) char store[]; /* fields, head bytes, peer */
};

/* A timer of ct_http_later(). */
struct ct_http_late {
    struct ct_http_timer timer;
    struct ct_http_exchange *x;
    struct ct_http_late *next;
    void (*fn)(struct ct_http_exchange *x, void *arg);
    void *arg;
};

/* NULL: out of memory. `head` NULL for a message that could not be read. */
struct ct_http_exchange *ct_http__exchange_new(struct ct_http_conn *c,
                                               const struct ct_http_head *head,
                                               struct ct_slice bytes);
/* The response is sent or dropped: on_done, timers off, the connection's reference given back. */
void ct_http__exchange_end(struct ct_http_exchange *x);
/* on_abort if the response was not complete, then the end. */
void ct_http__exchange_abort(struct ct_http_exchange *x);
void ct_http__exchange_drop_body(struct ct_http_exchange *x);
void ct_http__apply(struct ct_http_msg *msg); /* runs a message on the loop; frees it */
void ct_http__exchange_free(struct ct_http_exchange *x);

/* --- output queue --------------------------------------------------------------------------- */

enum ct_http_seg_kind { CT_HTTP_SCRATCH, CT_HTTP_HEAP, CT_HTTP_BLOB, CT_HTTP_FILE };

struct ct_http_seg {
    struct ct_http_seg *next;
    enum ct_http_seg_kind kind;
    bool last;                  /* the response of x ends with this segment */
    struct ct_http_exchange *x; /* NULL: bytes of no exchange (100 Continue) */
    const char *ptr;
    size_t left; /* bytes to go */
    size_t room; /* HEAP: free bytes behind ptr + left */
    size_t body; /* SCRATCH, HEAP: body bytes among them, counted when all is sent */
    char *heap;
    struct ct_blob *blob;
    int file;
    off_t file_offset;
};

/* The response head into the queue; decides whether the connection stays open. false: no memory. */
bool ct_http__send_head(struct ct_http_exchange *x, const struct ct_http_response *response,
                        struct ct_slice fields, bool stream);
bool ct_http__send_body(struct ct_http_exchange *x, const struct ct_http_response *response);
bool ct_http__send_piece(struct ct_http_exchange *x, struct ct_blob *piece); /* takes piece */
bool ct_http__send_stream_end(struct ct_http_exchange *x);
bool ct_http__send_raw(struct ct_http_conn *c, struct ct_slice bytes);
/* Hands the queue to the kernel as far as it goes. false: the connection is broken. */
bool ct_http__flush(struct ct_http_conn *c);
/* Moves what still lies in the loop's scratch to memory of its own. false: no memory. */
bool ct_http__out_keep(struct ct_http_conn *c);
void ct_http__out_drop(struct ct_http_conn *c);
/* "Content-Type: ...\r\nName: value\r\n..." of a response; returns the length. `to` NULL counts. */
size_t ct_http__put_fields(char *to, const struct ct_http_response *response);

/* --- connection ----------------------------------------------------------------------------- */

enum ct_http_state {
    CT_HTTP_HEAD,    /* reading a head; idle when no byte of it has come */
    CT_HTTP_BODY,    /* reading the body of x */
    CT_HTTP_HANDLER, /* x is whole, its response is not */
    CT_HTTP_DISCARD, /* answered early; the rest of the body is read and dropped */
    CT_HTTP_LINGER,  /* our side is shut; reading until the client has closed too */
};

struct ct_http_conn {
    struct ct_http_conn *prev, *next; /* the loop's `idle` or `conns` */
    struct ct_http_conn *ready_next;
    struct ct_http_loop *loop;
    struct ct_http_timer timer;
    int fd;
    enum ct_http_state state;
    bool readable, writable; /* as the kernel last said (edge-triggered) */
    bool hung_up;            /* the kernel says the client has shut its side; bytes may wait */
    bool eof;                /* and we have read up to there */
    bool broken;             /* error or reset: nothing can be sent or read */
    bool closing;            /* no further request; close when the queue is empty */
    bool ready;              /* in the loop's ready list */
    bool listed_idle;
    bool timed_out;   /* the timer fired; looked at by the next run */
    bool in_borrowed; /* `in` is the loop's input buffer */
    bool served;      /* has had a whole request */
    char *in;
    uint32_t in_off, in_len, in_cap;
    uint32_t scanned;           /* of the input, for the LF that would make parsing worth while */
    int64_t last_us;            /* last byte read or sent, whichever the state waits for */
    int64_t since_us;           /* first byte of this head, start of this body, or of lingering */
    int64_t sent_us;            /* last progress of sending */
    struct ct_http_exchange *x; /* being read or answered */
    struct ct_http_chunks chunks;
    bool chunked;
    bool expects;      /* waits for our 100 Continue */
    int64_t body_left; /* of a body with Content-Length */
    uint64_t body_read;
    size_t body_limit;
    struct ct_http_seg *out_first, *out_tail;
    size_t out_bytes; /* in memory, not counting files */
    int out_files;    /* file segments in the queue */
    char peer[64];
};

/* http_request.c: one step of a turn each. */
bool ct_http__fill(struct ct_http_conn *c); /* reads once; true: something came to go on with */
bool ct_http__step(struct ct_http_conn *c); /* false: nothing to do until more comes */
/* An answered exchange makes room for the next; it ends when its last byte is sent. */
void ct_http__settle(struct ct_http_conn *c);
void ct_http__fail_slow(struct ct_http_conn *c, const char *what); /* 408 */
/* Is so much output waiting that no further request should be started? */
bool ct_http__is_out_full(const struct ct_http_conn *c);
/* The input in memory of its own with `need` free bytes behind it, `grow` when it must grow. */
bool ct_http__own_input(struct ct_http_conn *c, size_t need, size_t grow);
void ct_http__drop_input(struct ct_http_conn *c);

struct ct_http_conn *ct_http__conn_open(struct ct_http_loop *loop, int fd, const char *peer);
/* Reads, parses, calls the handler, sends: as far as it goes now. May free the connection. */
void ct_http__conn_run(struct ct_http_conn *c);
void ct_http__conn_kill(struct ct_http_conn *c); /* aborts what is open, closes, frees later */
bool ct_http__conn_is_idle(const struct ct_http_conn *c);
/* Closes one of the longest idle connections for another to come in. false: there is none. */
bool ct_http__close_idlest(struct ct_http_loop *loop);
/* Has the loop run this connection once more, after what it is doing now. */
void ct_http__conn_wake(struct ct_http_conn *c);

/* --- loop and server ------------------------------------------------------------------------ */

struct ct_http_server {
    struct ct_http_options options; /* zeros replaced by the defaults */
    struct ct_http_handler handler;
    struct ct_http_limits limits;
    char address[80];
    atomic_int connections;
    atomic_bool draining, stopping;
    int n_loops;
    struct ct_http_loop **loops;
};

struct ct_http_loop {
    struct ct_http_server *server;
    struct ct_http_mailbox *box;
    pthread_t thread;
    bool started;
    int epoll_fd, listen_fd, reserve_fd; /* reserve_fd: given up to answer EMFILE */
    bool accepting, drained;
    struct ct_http_timer accept_timer;
    struct ct_http_wheel wheel;
    int64_t now_us;
    int64_t date_s;
    char date[40];                   /* "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n" */
    struct ct_http_conn conns, idle; /* list heads: all connections are in one of them */
    struct ct_http_conn *ready, **ready_last;
    struct ct_http_conn *dead; /* freed when the round is over */
    struct ct_http_conn *turn; /* the connection being run: may use scratch */
    size_t body_bytes;
    atomic_uint_least64_t received, sent; /* bytes; written by this loop alone */
    char *input, *scratch;
    size_t scratch_used;
    struct ct_http_field *fields; /* limits.max_fields of them */
    struct ct_http_seg *free_segs;
    struct ct_http_exchange *free_exchanges;
    int n_free_segs, n_free_exchanges;
};

CT_MUSTCHECK ct_code ct_http__loop_new(struct ct_http_loop **out, struct ct_http_server *server,
                                       int listen_fd, struct ct_err *err); /* takes listen_fd */
CT_MUSTCHECK ct_code ct_http__loop_start(struct ct_http_loop *loop, int index, struct ct_err *err);
void ct_http__loop_join(struct ct_http_loop *loop); /* server->stopping is set */
void ct_http__loop_free(struct ct_http_loop **loop);

/* Listening: one socket per loop for the same address. */
CT_MUSTCHECK ct_code ct_http__listen(int *fds, int n_fds, char address[80], const char *text,
                                     struct ct_err *err);
void ct_http__peer_text(char text[64], const void *sockaddr);

#endif
