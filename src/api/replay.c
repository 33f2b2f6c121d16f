/* The claims of the moment: a hash table under one lock, which is held for a look and a link.
 *
 * A claim stands in the table before the database is asked, so of two requests at the same instant
 * one waits for the other. Who waits gets whatever the first gets, also a refusal: it is the same
 * request. Replies are given without the lock. */
#include "api/replay_internal.h"

#include "api/call.h"
#include "api/stream.h"
#include "api/urls.h"
#include "base/clock.h"
#include "base/mem.h"
#include "policy/fingerprint.h"

#include <unistd.h>

#define BUCKETS 4096
#define ARENA_BYTES ((size_t)64 << 10) /* of a row with an inline body */
#define RENEWED_MAX ((size_t)64 << 10)

struct ct_replay {
    pthread_mutex_t lock;
    struct ct_replay_claim *buckets[BUCKETS];
    struct ct_replies *store;
};

ct_code ct_replay_new(struct ct_replay **out, struct ct_replies *store, struct ct_err *err)
{
    struct ct_replay *replay = *out = ct_calloc(1, sizeof(*replay));
    if (!replay)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory at start.");
    pthread_mutex_init(&replay->lock, NULL);
    replay->store = store;
    return CT_OK;
}

void ct_replay_free(struct ct_replay **slot)
{
    struct ct_replay *replay = *slot;
    *slot = NULL;
    if (!replay)
        return;
    pthread_mutex_destroy(&replay->lock);
    ct_free(replay);
}

struct ct_replies *ct_replay__store(struct ct_replay *replay)
{
    return replay->store;
}

ct_code ct_replay_read(struct ct_call *call, const struct ct_http_request *rq, struct ct_err *err)
{
    struct ct_slice value = ct_http_field_get(rq, "Idempotency-Key");
    if (!value.ptr)
        return CT_OK;
    CT_TRY(ct_idempotency_check(value, err));
    call->has_replay_id = true;
    ct_idempotency_id(call->replay_id, call->caller.key_id, value);
    return CT_OK;
}

static struct ct_replay_claim **bucket(struct ct_replay *replay, const uint8_t id[CT_SHA256_LEN])
{
    return &replay->buckets[(id[0] | id[1] << 8) & (BUCKETS - 1)];
}

/* With the lock held. */
static struct ct_replay_claim *find(struct ct_replay *replay, const uint8_t id[CT_SHA256_LEN])
{
    struct ct_replay_claim *claim = *bucket(replay, id);
    while (claim && memcmp(claim->id, id, CT_SHA256_LEN) != 0)
        claim = claim->next;
    return claim;
}

/* Out of the table; the waiters are the caller's. */
static struct ct_replay_waiter *unlink_claim(struct ct_replay *replay,
                                             struct ct_replay_claim *claim)
{
    pthread_mutex_lock(&replay->lock);
    struct ct_replay_claim **link = bucket(replay, claim->id);
    while (*link != claim)
        link = &(*link)->next;
    *link = claim->next;
    struct ct_replay_waiter *waiters = claim->waiters;
    for (struct ct_replay_waiter *w = waiters; w; w = w->next)
        w->call->waits_for = NULL;
    pthread_mutex_unlock(&replay->lock);
    return waiters;
}

static void let_go(struct ct_replay_waiter *waiter)
{
    struct ct_http_exchange *x = waiter->call->x;
    ct_call_unref(&waiter->call);
    ct_http_unref(&x);
    ct_free(waiter);
}

/* Borrows body. */
static void answer(struct ct_call *call, int status, const char *content_type, struct ct_blob *body,
                   const struct ct_call_fields *more)
{
    struct ct_call_fields fields = { .n = 0 };
    if (more)
        fields = *more;
    ct_call_add_field(&fields, "x-calotype-idempotent-replay", CT_S("true"));
    ct_stream_whole(call, status, content_type, ct_blob_ref(body), &fields);
}

void ct_replay_give(struct ct_call *call, int status, const char *content_type,
                    struct ct_blob *body, const struct ct_call_fields *more)
{
    struct ct_replay_claim *claim = call->claim;
    if (!claim)
        return;
    call->claim = NULL;
    struct ct_replay_waiter *waiter = unlink_claim(call->api->replay, claim);
    while (waiter) {
        struct ct_replay_waiter *next = waiter->next;
        answer(waiter->call, status, content_type, body, more);
        let_go(waiter);
        waiter = next;
    }
    ct_replay_kept_release(&claim->kept);
    ct_free(claim);
}

void ct_replay_abandon(struct ct_call *call)
{
    struct ct_replay_claim *claim = call->claim;
    struct ct_err err = { 0 };
    if (!claim)
        return;
    call->claim = NULL;
    ct_fail(&err, CT_E_IDEMPOTENCY_BUSY, NULL,
            "The first request with this Idempotency-Key ended without an answer that could be "
            "kept. Please send yours again.");
    struct ct_replay_waiter *waiter = unlink_claim(call->api->replay, claim);
    while (waiter) {
        struct ct_replay_waiter *next = waiter->next;
        ct_stream_fail(waiter->call, &err);
        let_go(waiter);
        waiter = next;
    }
    ct_replay_kept_release(&claim->kept);
    ct_free(claim);
}

void ct_replay_give_kept(struct ct_call *call)
{
    struct ct_replay_kept *kept = call->claim ? &call->claim->kept : NULL;
    struct ct_blob *body = ct_replay_kept_body(call);
    if (body)
        ct_replay_give(call, kept->status, kept->content_type, body, NULL);
    else
        ct_replay_abandon(call);
    ct_blob_unref(&body);
}

void ct_replay_leave(struct ct_call *call)
{
    struct ct_replay *replay = call->api->replay;
    struct ct_replay_waiter *left = NULL;
    if (!call->has_replay_id)
        return;
    pthread_mutex_lock(&replay->lock);
    struct ct_replay_claim *claim = call->waits_for;
    call->waits_for = NULL;
    struct ct_replay_waiter **link = claim ? &claim->waiters : NULL;
    while (link && *link && (*link)->call != call)
        link = &(*link)->next;
    if (link && *link) {
        left = *link;
        *link = left->next;
        if (claim->tail == &left->next)
            claim->tail = link;
    }
    pthread_mutex_unlock(&replay->lock);
    if (left)
        let_go(left);
}

/* --- a claim, and what is found instead ------------------------------------------------------ */

static ct_code reused(struct ct_err *err)
{
    return ct_fail(err, CT_E_IDEMPOTENCY_REUSE, NULL,
                   "This Idempotency-Key was used for a request with another path or body within "
                   "the last hours. Use a new key for a new request; a repeated one must be sent "
                   "byte for byte as before.");
}

static ct_code no_memory(struct ct_err *err)
{
    return ct_fail(err, CT_E_MEMORY, NULL, "The server is out of memory. Please try again later.");
}

enum turn { FIRST, WAITS, OTHER };

static enum turn take_turn(struct ct_call *call, struct ct_replay_claim *claim,
                           struct ct_replay_waiter *waiter)
{
    struct ct_replay *replay = call->api->replay;
    enum turn turn = FIRST;
    pthread_mutex_lock(&replay->lock);
    struct ct_replay_claim *there = find(replay, claim->id);
    if (!there) {
        struct ct_replay_claim **to = bucket(replay, claim->id);
        claim->next = *to;
        *to = claim;
    } else if (memcmp(there->fingerprint, claim->fingerprint, CT_SHA256_LEN) == 0) {
        waiter->call = ct_call_ref(call);
        ct_http_ref(call->x);
        *there->tail = waiter;
        there->tail = &waiter->next;
        call->waits_for = there;
        turn = WAITS;
    } else {
        turn = OTHER;
    }
    pthread_mutex_unlock(&replay->lock);
    return turn;
}

/* A known type lives forever, as replies want it. */
static const char *known_type(struct ct_slice type)
{
    return ct_slice_starts(type, "text/event-stream") ? CT_STREAM_TYPE : "application/json";
}

void ct_replay__read_fields(struct ct_call_fields *out, char *text)
{
    for (char *line = text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        char *colon = strstr(line, ": ");
        *end = '\0';
        if (!colon || colon > end)
            continue;
        *colon = '\0';
        ct_call_add_field(out, line, ct_slice(colon + 2));
    }
}

static ct_code gone(struct ct_err *err)
{
    return ct_fail(err, CT_E_IDEMPOTENCY_GONE, NULL,
                   "The request with this Idempotency-Key was executed, but its reply is not kept "
                   "here (any more). Nothing was executed again. Use a new key if you want new "
                   "pictures.");
}

/* URLs in it are signed again, for they may have expired. */
static ct_code answer_inline(struct ct_call *call, const struct ct_reply_row *row,
                             const struct ct_call_fields *fields, struct ct_err *err)
{
    struct ct_buf renewed;
    ct_buf_init(&renewed, RENEWED_MAX);
    ct_url_renew(&renewed, call, row->body);
    struct ct_blob *body = ct_blob_take(&renewed);
    if (!body)
        return no_memory(err);
    answer(call, row->status, known_type(row->content_type), body, fields);
    ct_blob_unref(&body);
    return CT_OK;
}

/* A file goes out as it lies on the disk. */
static ct_code answer_file(struct ct_call *call, const struct ct_reply_row *row,
                           const struct ct_call_fields *fields, struct ct_err *err)
{
    struct ct_call_fields more = *fields;
    int64_t bytes = 0;
    int fd = ct_replies_read(call->api->replay->store, row->id, &bytes);
    if (fd < 0 || bytes != row->bytes) {
        if (fd >= 0)
            close(fd);
        return gone(err);
    }
    ct_call_add_field(&more, "x-calotype-idempotent-replay", CT_S("true"));
    ct_stream_whole_file(call, row->status, known_type(row->content_type), fd, bytes, &more);
    return CT_OK;
}

static void answer_or_fail(struct ct_call *call, const struct ct_reply_row *row,
                           const struct ct_call_fields *fields)
{
    struct ct_err err = { 0 };
    ct_code rc = row->body.ptr ? answer_inline(call, row, fields, &err)
                               : answer_file(call, row, fields, &err);
    if (rc != CT_OK)
        ct_stream_fail(call, &err);
}

/* The call and all who wait for it are answered with the row. */
static ct_code repeat(struct ct_call *call, struct ct_reply_row *row, struct ct_arena *arena,
                      struct ct_err *err)
{
    struct ct_call_fields fields = { .n = 0 };
    struct ct_replay_claim *claim = call->claim;
    char *text = ct_arena_strdup(arena, row->fields);
    if (!text)
        return no_memory(err);
    ct_replay__read_fields(&fields, text);
    call->claim = NULL; /* the answer is not the first of its key */
    struct ct_replay_waiter *waiter = unlink_claim(call->api->replay, claim);
    answer_or_fail(call, row, &fields);
    while (waiter) {
        struct ct_replay_waiter *next = waiter->next;
        answer_or_fail(waiter->call, row, &fields);
        let_go(waiter);
        waiter = next;
    }
    ct_replay_kept_release(&claim->kept);
    ct_free(claim);
    return CT_OK;
}

/* *go: nothing is known of the key, the call goes on. Else it was answered, or is to fail. */
static ct_code look_up(struct ct_call *call, bool *go, struct ct_err *err)
{
    struct ct_reply_row row;
    bool found = false;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    *go = false;
    if (!arena)
        return no_memory(err);
    CT_TRY(ct_replies_find(&found, &row, call->api->replay->store, call->replay_id, arena, err));
    if (found && memcmp(row.fingerprint, call->claim->fingerprint, CT_SHA256_LEN) != 0)
        return reused(err);
    if (found && row.state == CT_REPLY_KEPT)
        return repeat(call, &row, arena, err);
    /* A row that says executing, and nobody is: its end could not be written. What costs nothing is
     * drawn again. */
    if (found && (row.state == CT_REPLY_GONE || call->api->engine->charges))
        return gone(err);
    *go = true;
    return CT_OK;
}

bool ct_replay_claim(struct ct_call *call, bool stream, const uint8_t fingerprint[CT_SHA256_LEN])
{
    struct ct_err err = { 0 };
    bool go = false;
    if (!call->has_replay_id)
        return true;
    struct ct_replay_claim *claim = ct_calloc(1, sizeof(*claim));
    struct ct_replay_waiter *waiter = ct_calloc(1, sizeof(*waiter));
    enum turn turn = OTHER;
    ct_code rc = claim && waiter ? CT_OK : no_memory(&err);
    if (rc == CT_OK) {
        memcpy(claim->id, call->replay_id, CT_SHA256_LEN);
        memcpy(claim->fingerprint, fingerprint, CT_SHA256_LEN);
        claim->tail = &claim->waiters;
        ct_replay_kept_init(&claim->kept, call->api->upload_dir);
        turn = take_turn(call, claim, waiter);
    }
    if (turn != WAITS)
        ct_free(waiter);
    if (turn != FIRST)
        ct_free(claim);
    if (turn == WAITS) {
        if (stream)
            ct_stream_prepare(call);
        return false;
    }
    if (turn == FIRST) {
        call->claim = claim;
        call->outlives_client = true;
        rc = look_up(call, &go, &err);
    } else if (rc == CT_OK) {
        rc = reused(&err);
    }
    if (rc != CT_OK)
        ct_call_fail(call, &err, NULL);
    return rc == CT_OK && go;
}
