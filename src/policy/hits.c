/* Sums in a small table; a flush moves all of them into one part of a transaction. When it cannot
 * be written they are added again to what came meanwhile, and the next flush tries again. */
#include "policy/hits.h"

#include "base/hash.h"
#include "base/mem.h"
#include "policy/spend.h"
#include "store/key_rows.h"

#include <pthread.h>
#include <stdio.h>

#define BUCKETS 256
#define MODEL_MAX 96
#define USER_MAX 520
#define REQUEST_ID_MAX 48
#define SUMS_MAX 20000 /* different ones before a flush is posted at once */

struct sum {
    uint64_t hash;
    struct sum *next;
    char request_id[REQUEST_ID_MAX]; /* of the first */
    char key_id[CT_KEY_ID_MAX], model[MODEL_MAX], engine[32], user[USER_MAX];
    bool simulated;
    int64_t at_ms;
    struct ct_ledger_end end;
};

struct ct_hits {
    pthread_mutex_t lock; /* guards all below but db */
    struct sum *buckets[BUCKETS];
    int n;
    struct ct_db *db;
};

ct_code ct_hits_open(struct ct_hits **out, struct ct_db *db, struct ct_err *err)
{
    struct ct_hits *hits = *out = ct_calloc(1, sizeof(*hits));
    if (!hits)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory at start.");
    pthread_mutex_init(&hits->lock, NULL);
    hits->db = db;
    return CT_OK;
}

static uint64_t hash_of(const struct ct_hit *hit)
{
    uint64_t h = ct_hash64(hit->key_id, strlen(hit->key_id), (uint64_t)ct_day_of(hit->at_ms));
    h = ct_hash64(hit->model, strlen(hit->model), h + hit->simulated);
    return ct_hash64(hit->user.ptr ? hit->user.ptr : "", hit->user.len, h);
}

static bool is_of(const struct sum *s, const struct ct_hit *hit, uint64_t hash)
{
    return s->hash == hash && strcmp(s->key_id, hit->key_id) == 0 &&
           strcmp(s->model, hit->model) == 0 && s->simulated == hit->simulated &&
           ct_slice_is(hit->user.ptr ? hit->user : CT_S(""), s->user) &&
           ct_day_of(s->at_ms) == ct_day_of(hit->at_ms);
}

static void add_end(struct ct_ledger_end *to, const struct ct_ledger_end *more)
{
    to->ended_ms = more->ended_ms;
    to->requests += more->requests;
    to->cached += more->cached;
    to->pictures += more->pictures;
    to->text_tokens_in += more->text_tokens_in;
    to->image_tokens_in += more->image_tokens_in;
    to->image_tokens_out += more->image_tokens_out;
    to->cost += more->cost;
}

static struct sum *new_sum(const struct ct_hit *hit, uint64_t hash)
{
    struct sum *s = ct_calloc(1, sizeof(*s));
    if (!s)
        return NULL;
    s->hash = hash;
    s->simulated = hit->simulated;
    s->at_ms = hit->at_ms;
    snprintf(s->request_id, sizeof(s->request_id), "%s", hit->request_id);
    snprintf(s->key_id, sizeof(s->key_id), "%s", hit->key_id);
    snprintf(s->model, sizeof(s->model), "%s", hit->model);
    snprintf(s->engine, sizeof(s->engine), "%s", hit->engine);
    snprintf(s->user, sizeof(s->user), "%.*s", (int)hit->user.len,
             hit->user.ptr ? hit->user.ptr : "");
    return s;
}

void ct_hits_add(struct ct_hits *hits, const struct ct_hit *hit)
{
    const struct ct_ledger_end one = {
        .ended_ms = hit->at_ms,
        .requests = 1,
        .cached = 1,
        .pictures = hit->pictures,
        .text_tokens_in = hit->text_tokens_in,
        .image_tokens_in = hit->image_tokens_in,
        .image_tokens_out = hit->image_tokens_out,
        .cost = hit->cost,
    };
    uint64_t hash = hash_of(hit);
    pthread_mutex_lock(&hits->lock);
    struct sum **to = &hits->buckets[hash % BUCKETS], *s = *to;
    while (s && !is_of(s, hit, hash))
        s = s->next;
    if (!s && (s = new_sum(hit, hash)) != NULL) {
        s->next = *to;
        *to = s;
        hits->n++;
    }
    if (s)
        add_end(&s->end, &one);
    bool full = hits->n > SUMS_MAX;
    pthread_mutex_unlock(&hits->lock);
    if (full)
        ct_hits_flush(hits);
}

/* --- writing ---------------------------------------------------------------------------------- */

struct batch {
    struct ct_hits *hits;
    struct sum *list;
};

/* With the lock held: everything, as one list. */
static struct sum *take_all(struct ct_hits *hits)
{
    struct sum *list = NULL;
    for (int i = 0; i < BUCKETS; i++)
        while (hits->buckets[i]) {
            struct sum *s = hits->buckets[i];
            hits->buckets[i] = s->next;
            s->next = list;
            list = s;
        }
    hits->n = 0;
    return list;
}

static ct_code put(struct ct_sql *sql, const struct sum *s, struct ct_err *err)
{
    char id[48] = "hits_";
    ct_make_id(id + 5);
    const struct ct_ledger_row row = {
        .job_id = ct_slice(id),
        .request_id = ct_slice(s->request_id),
        .key_id = ct_slice(s->key_id),
        .user = ct_slice(s->user),
        .model = ct_slice(s->model),
        .engine = ct_slice(s->engine),
        .simulated = s->simulated,
        .at_ms = s->at_ms,
    };
    return ct_ledger_put(sql, &row, &s->end, err);
}

static ct_code put_all(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    for (const struct sum *s = ((struct batch *)ctx)->list; s; s = s->next)
        CT_TRY(put(sql, s, err));
    return CT_OK;
}

/* A sum that was not written joins what came meanwhile; should the same be there again, it stays
 * beside it. */
static void put_back(struct ct_hits *hits, struct sum *list)
{
    pthread_mutex_lock(&hits->lock);
    while (list) {
        struct sum *s = list, **to = &hits->buckets[s->hash % BUCKETS];
        list = s->next;
        s->next = *to;
        *to = s;
        hits->n++;
    }
    pthread_mutex_unlock(&hits->lock);
}

static void free_list(struct sum *list)
{
    while (list) {
        struct sum *s = list;
        list = s->next;
        ct_free(s);
    }
}

static void written(void *ctx, ct_code rc, const struct ct_err *err)
{
    struct batch *batch = ctx;
    (void)err;
    if (rc == CT_OK)
        free_list(batch->list);
    else
        put_back(batch->hits, batch->list);
    ct_free(batch);
}

void ct_hits_flush(struct ct_hits *hits)
{
    struct batch *batch = ct_calloc(1, sizeof(*batch));
    if (!batch)
        return;
    batch->hits = hits;
    pthread_mutex_lock(&hits->lock);
    batch->list = take_all(hits);
    pthread_mutex_unlock(&hits->lock);
    if (!batch->list)
        ct_free(batch);
    else if (ct_db_post(hits->db, put_all, batch, written, NULL) != CT_OK)
        written(batch, CT_E_STORAGE, NULL);
}

void ct_hits_close(struct ct_hits **slot)
{
    struct ct_hits *hits = *slot;
    *slot = NULL;
    if (!hits)
        return;
    struct batch batch = { hits, take_all(hits) };
    /* Also when there is nothing: what was posted before has then ended, and needs us no more. */
    ct_code rc = ct_db_write(hits->db, put_all, &batch, NULL);
    (void)rc; /* a full disk at the very end: the counts are lost, as by a kill */
    free_list(batch.list);
    pthread_mutex_destroy(&hits->lock);
    ct_free(hits);
}
