/* Buckets as the time at which they will be full (the generic cell rate algorithm): a request of
 * cost c moves that time c/limit of a minute away, and is refused when it would be more than a
 * minute away. One number a bucket, nothing to refill, and no drift: nanoseconds in integers.
 *
 * Rounding a cost down by less than a nanosecond lets a bucket's limit in, whatever it does not
 * divide, and one more only at over 245,000 a minute, where it is one in that many.
 *
 * A key's buckets are made when it first asks; a key that has limits is one that an operator made,
 * so there are few and none is ever dropped. */
#include "policy/rate.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdio.h>

#define MINUTE_NS 60000000000ll
#define BUCKETS 256

struct buckets {
    char key_id[CT_KEY_ID_MAX];
    int64_t full_at_ns[CT_RATE_KINDS];
    struct buckets *next;
};

struct ct_rate {
    pthread_mutex_t lock;
    struct buckets *table[BUCKETS];
};

struct ct_rate *ct_rate_new(void)
{
    struct ct_rate *rate = ct_calloc(1, sizeof(*rate));
    if (rate)
        pthread_mutex_init(&rate->lock, NULL);
    return rate;
}

void ct_rate_free(struct ct_rate **slot)
{
    struct ct_rate *rate = *slot;
    *slot = NULL;
    if (!rate)
        return;
    for (size_t i = 0; i < BUCKETS; i++) {
        while (rate->table[i]) {
            struct buckets *b = rate->table[i];
            rate->table[i] = b->next;
            ct_free(b);
        }
    }
    pthread_mutex_destroy(&rate->lock);
    ct_free(rate);
}

/* With the lock held. NULL: out of memory. */
static struct buckets *get(struct ct_rate *rate, const char *key_id)
{
    struct buckets **at = &rate->table[ct_hash64(key_id, strlen(key_id), 0) % BUCKETS];
    struct buckets *b = *at;
    while (b && strcmp(b->key_id, key_id) != 0)
        b = b->next;
    if (b)
        return b;
    b = ct_calloc(1, sizeof(*b));
    if (!b)
        return NULL;
    snprintf(b->key_id, sizeof(b->key_id), "%s", key_id);
    b->next = *at;
    *at = b;
    return b;
}

static int64_t limit_of(const struct ct_key_limits *limits, enum ct_rate_kind kind)
{
    const int64_t all[] = { limits->rpm, limits->ipm, limits->tpm };
    return all[kind];
}

/* What `cost` is of a minute; more than a minute's worth is held at two. */
static int64_t share_ns(int64_t cost, int64_t limit)
{
    return cost > limit ? 2 * MINUTE_NS : (int64_t)((__int128)cost * MINUTE_NS / limit);
}

static struct ct_rate_level level_of(int64_t limit, int64_t full_at_ns, int64_t now_ns)
{
    int64_t away = full_at_ns > now_ns ? full_at_ns - now_ns : 0;
    int64_t left = away < MINUTE_NS ? MINUTE_NS - away : 0;
    return (struct ct_rate_level){
        .limit = limit,
        .remaining = (int64_t)((__int128)left * limit / MINUTE_NS),
        .reset_us = (away + 999) / 1000,
    };
}

void ct_rate_duration(char out[24], int64_t us)
{
    int64_t ms = (us + 999) / 1000;
    if (ms < 1000)
        snprintf(out, 24, "%lldms", (long long)ms);
    else if (ms < 60000 && ms % 1000)
        snprintf(out, 24, "%lld.%03llds", (long long)(ms / 1000), (long long)(ms % 1000));
    else if (ms < 60000)
        snprintf(out, 24, "%llds", (long long)(ms / 1000));
    else
        snprintf(out, 24, "%lldm%llds", (long long)(ms / 60000),
                 (long long)((ms % 60000 + 999) / 1000));
}

static ct_code refuse(const struct ct_rate_request *rq, enum ct_rate_kind kind,
                      const struct ct_rate_levels *levels, struct ct_err *err)
{
    static const struct {
        ct_code code;
        const char *words;
    } kinds[] = {
        [CT_RATE_REQUESTS] = { CT_E_RATE, "requests per min (RPM)" },
        [CT_RATE_IMAGES] = { CT_E_RATE_IMAGES, "input-images per min (IPM)" },
        [CT_RATE_TOKENS] = { CT_E_RATE_TOKENS, "tokens per min (TPM)" },
    };
    const struct ct_rate_level *level = &levels->of[kind];
    char wait[24];
    if (levels->retry_us < 0)
        return ct_fail(err, kinds[kind].code, NULL,
                       "Request too large for %s in organization %s on %s: Limit %lld, Requested "
                       "%lld.",
                       rq->model, rq->organization, kinds[kind].words, (long long)level->limit,
                       (long long)rq->costs[kind]);
    ct_rate_duration(wait, levels->retry_us);
    return ct_fail(err, kinds[kind].code, NULL,
                   "Rate limit reached for %s in organization %s on %s: Limit %lld, Used %lld, "
                   "Requested %lld. Please try again in %s.",
                   rq->model, rq->organization, kinds[kind].words, (long long)level->limit,
                   (long long)(level->limit - level->remaining), (long long)rq->costs[kind], wait);
}

/* With the lock held: takes from all or from none; the kind that has too little, or KINDS. */
static enum ct_rate_kind take(struct ct_rate_levels *out, struct buckets *b,
                              const struct ct_rate_request *rq, int64_t now_ns)
{
    int64_t full_at[CT_RATE_KINDS];
    enum ct_rate_kind short_of = CT_RATE_KINDS;
    for (int k = 0; k < CT_RATE_KINDS; k++) {
        int64_t limit = limit_of(rq->limits, (enum ct_rate_kind)k);
        int64_t from = b->full_at_ns[k] > now_ns ? b->full_at_ns[k] : now_ns;
        full_at[k] = limit ? from + share_ns(rq->costs[k], limit) : 0;
        int64_t over = limit && rq->costs[k] ? full_at[k] - now_ns - MINUTE_NS : 0;
        if (over > 0 && short_of == CT_RATE_KINDS) {
            short_of = (enum ct_rate_kind)k;
            out->retry_us = rq->costs[k] > limit ? -1 : (over + 999) / 1000;
        }
    }
    for (int k = 0; k < CT_RATE_KINDS; k++) {
        int64_t limit = limit_of(rq->limits, (enum ct_rate_kind)k);
        if (!limit)
            continue;
        if (short_of == CT_RATE_KINDS)
            b->full_at_ns[k] = full_at[k];
        out->of[k] = level_of(limit, b->full_at_ns[k], now_ns);
    }
    return short_of;
}

ct_code ct_rate_take(struct ct_rate_levels *out, struct ct_rate *rate,
                     const struct ct_rate_request *rq, int64_t now_us, struct ct_err *err)
{
    const struct ct_key_limits *l = rq->limits;
    *out = (struct ct_rate_levels){ 0 };
    if (!l->rpm && !l->ipm && !l->tpm)
        return CT_OK;
    pthread_mutex_lock(&rate->lock);
    struct buckets *b = get(rate, rq->key_id);
    enum ct_rate_kind short_of = b ? take(out, b, rq, now_us * 1000) : CT_RATE_KINDS;
    pthread_mutex_unlock(&rate->lock);
    if (!b)
        return ct_fail(err, CT_E_MEMORY, NULL, "The server is out of memory.");
    return short_of == CT_RATE_KINDS ? CT_OK : refuse(rq, short_of, out, err);
}
