/* Memory in front of the database: a hash table whose entries are in a list by when they were last
 * used. Entries hold the bytes of pictures up to SMALL each; of larger ones only the names, and
 * their bytes are read from the store for as long as a reply needs them. One lock, held for some
 * pointer changes; the database and the disk are asked without it.
 *
 * An entry in memory is as good as its row: what is let go of leaves both. A file that is missing
 * makes a miss, and the row goes. */
#include "policy/cache.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/program.h"
#include "policy/cache_key.h"
#include "store/picture_uses.h"

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#define BUCKETS 16384
#define SMALL ((size_t)256 << 10)  /* bytes of a picture that is held in memory */
#define PICTURE_MAX ((size_t)256 << 20)
#define ENTRY_BYTES ((size_t)1024) /* what an entry costs besides its pictures */
#define MEMORY_BYTES ((size_t)64 << 20)
#define ARENA_BYTES ((size_t)128 << 10)
#define WARNINGS_MAX 32
#define USED_MS 60000 /* how exact `used_ms` is */

struct shared {
    struct ct_cached cached; /* first */
    atomic_int refs;
};

struct entry {
    uint8_t key[CT_SHA256_LEN];
    struct ct_cached *cached; /* pictures' files NULL: to be read from the store */
    size_t bytes;
    int64_t used_ms; /* as the row says */
    struct entry *next, *newer, *older;
};

struct ct_cache {
    struct ct_cache_options options;
    struct ct_cache_drawn_by by;
    pthread_mutex_t lock; /* guards the rest */
    struct entry *buckets[BUCKETS];
    struct entry *newest, *oldest;
    size_t bytes;
};

ct_code ct_cache_open(struct ct_cache **out, const struct ct_cache_options *options,
                      struct ct_err *err)
{
    struct ct_cache *cache = *out = ct_calloc(1, sizeof(*cache));
    if (!cache)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while opening the cache.");
    pthread_mutex_init(&cache->lock, NULL);
    cache->options = *options;
    if (cache->options.memory_bytes == 0)
        cache->options.memory_bytes = MEMORY_BYTES;
    cache->by =
        (struct ct_cache_drawn_by){ .engine = options->engine, .version = options->version };
    ct_code rc = ct_program_hash(cache->by.program, err);
    if (rc != CT_OK)
        ct_cache_close(out);
    return rc;
}

void ct_cache_close(struct ct_cache **slot)
{
    struct ct_cache *cache = *slot;
    *slot = NULL;
    if (!cache)
        return;
    while (cache->newest) {
        struct entry *e = cache->newest;
        cache->newest = e->older;
        ct_cached_unref(&e->cached);
        ct_free(e);
    }
    pthread_mutex_destroy(&cache->lock);
    ct_free(cache);
}

void ct_cache_key(uint8_t out[CT_SHA256_LEN], const struct ct_cache *cache, struct ct_slice tenant,
                  const struct ct_image_request *request)
{
    ct_cache_make_key(out, &cache->by, tenant, request);
}

/* --- what is cached -------------------------------------------------------------------------- */

struct ct_cached *ct_cached_ref(struct ct_cached *cached)
{
    atomic_fetch_add_explicit(&((struct shared *)cached)->refs, 1, memory_order_relaxed);
    return cached;
}

void ct_cached_unref(struct ct_cached **slot)
{
    struct shared *s = (struct shared *)*slot;
    *slot = NULL;
    if (!s || atomic_fetch_sub_explicit(&s->refs, 1, memory_order_acq_rel) != 1)
        return;
    for (int i = 0; i < s->cached.n_pictures; i++)
        ct_blob_unref(&s->cached.pictures[i].file);
    for (int i = 0; i < s->cached.n_warnings; i++)
        ct_free(s->cached.warnings[i]);
    ct_free(s->cached.warnings);
    ct_free(s);
}

/* Without pictures. */
static struct ct_cached *new_cached(char *const *warnings, int n_warnings)
{
    struct shared *s = ct_calloc(1, sizeof(*s));
    if (!s)
        return NULL;
    atomic_init(&s->refs, 1);
    s->cached.created_ms = ct_clock_wall_ms();
    struct ct_cached *cached = &s->cached;
    if (n_warnings > 0)
        cached->warnings = ct_calloc((size_t)n_warnings, sizeof(char *));
    bool ok = n_warnings == 0 || cached->warnings;
    for (int i = 0; i < n_warnings && ok; i++) {
        cached->warnings[i] = ct_strdup(warnings[i]);
        ok = cached->warnings[i] != NULL;
        cached->n_warnings += ok;
    }
    if (!ok)
        ct_cached_unref(&cached);
    return cached;
}

struct ct_cached *ct_cached_new(const struct ct_cached_picture *pictures, int n_pictures,
                                char *const *warnings, int n_warnings)
{
    struct ct_cached *cached = new_cached(warnings, n_warnings);
    for (int i = 0; i < n_pictures; i++) {
        struct ct_blob *file = pictures[i].file;
        if (cached)
            cached->pictures[i] = pictures[i];
        else
            ct_blob_unref(&file);
    }
    if (cached)
        cached->n_pictures = n_pictures;
    return cached;
}

/* --- memory ---------------------------------------------------------------------------------- */

static struct entry **bucket(struct ct_cache *cache, const uint8_t key[CT_SHA256_LEN])
{
    return &cache->buckets[(key[0] | key[1] << 8) & (BUCKETS - 1)];
}

/* With the lock held, as all of these. */
static struct entry *find(struct ct_cache *cache, const uint8_t key[CT_SHA256_LEN])
{
    struct entry *e = *bucket(cache, key);
    while (e && memcmp(e->key, key, CT_SHA256_LEN) != 0)
        e = e->next;
    return e;
}

static void take_from_list(struct ct_cache *cache, struct entry *e)
{
    *(e->newer ? &e->newer->older : &cache->newest) = e->older;
    *(e->older ? &e->older->newer : &cache->oldest) = e->newer;
}

static void put_newest(struct ct_cache *cache, struct entry *e)
{
    e->newer = NULL;
    e->older = cache->newest;
    *(e->older ? &e->older->newer : &cache->oldest) = e;
    cache->newest = e;
}

static void drop(struct ct_cache *cache, struct entry *e)
{
    struct entry **link = bucket(cache, e->key);
    while (*link != e)
        link = &(*link)->next;
    *link = e->next;
    take_from_list(cache, e);
    cache->bytes -= e->bytes;
    ct_cached_unref(&e->cached);
    ct_free(e);
}

static void forget(struct ct_cache *cache, const uint8_t key[CT_SHA256_LEN])
{
    pthread_mutex_lock(&cache->lock);
    struct entry *e = find(cache, key);
    if (e)
        drop(cache, e);
    pthread_mutex_unlock(&cache->lock);
}

/* The same without the bytes of its large pictures. NULL: out of memory. */
static struct ct_cached *for_memory(const struct ct_cached *full, size_t *bytes)
{
    struct ct_cached *kept = new_cached(full->warnings, full->n_warnings);
    if (!kept)
        return NULL;
    *bytes = ENTRY_BYTES;
    kept->created_ms = full->created_ms;
    kept->n_pictures = full->n_pictures;
    for (int i = 0; i < full->n_pictures; i++) {
        kept->pictures[i] = full->pictures[i];
        bool small = full->pictures[i].file->len <= SMALL;
        kept->pictures[i].file = small ? ct_blob_ref(full->pictures[i].file) : NULL;
        *bytes += small ? full->pictures[i].file->len : 0;
    }
    return kept;
}

static void remember(struct ct_cache *cache, const uint8_t key[CT_SHA256_LEN],
                     const struct ct_cached *full, int64_t used_ms)
{
    struct entry *e = ct_calloc(1, sizeof(*e));
    if (e)
        e->cached = for_memory(full, &e->bytes);
    if (!e || !e->cached) {
        ct_free(e); /* it is in the database */
        return;
    }
    memcpy(e->key, key, CT_SHA256_LEN);
    e->used_ms = used_ms;
    pthread_mutex_lock(&cache->lock);
    struct entry *there = find(cache, key);
    if (there)
        drop(cache, there);
    struct entry **to = bucket(cache, key);
    e->next = *to;
    *to = e;
    put_newest(cache, e);
    cache->bytes += e->bytes;
    while (cache->bytes > cache->options.memory_bytes && cache->oldest != e)
        drop(cache, cache->oldest);
    pthread_mutex_unlock(&cache->lock);
}

/* --- the store ------------------------------------------------------------------------------- */

/* By reading, not by mapping: a disk that fails makes a miss, not a fault. */
static struct ct_blob *read_picture(struct ct_cache *cache, const char *name)
{
    struct ct_picture_file file;
    struct ct_buf b;
    if (ct_pictures_get(cache->options.pictures, &file, ct_slice(name), NULL) != CT_OK)
        return NULL;
    ct_buf_init(&b, PICTURE_MAX);
    if (ct_buf_reserve(&b, (size_t)file.size + 1)) {
        ssize_t n = pread(file.fd, b.data, (size_t)file.size, 0);
        b.failed = n != file.size;
        b.len = n > 0 ? (size_t)n : 0;
    }
    close(file.fd);
    return ct_blob_take(&b);
}

/* A copy with every file; takes kept. NULL: one is gone. */
static struct ct_cached *complete(struct ct_cache *cache, struct ct_cached *kept)
{
    struct ct_cached *full = new_cached(kept->warnings, kept->n_warnings);
    bool ok = full != NULL;
    for (int i = 0; i < kept->n_pictures && ok; i++) {
        struct ct_cached_picture *p = &full->pictures[i];
        *p = kept->pictures[i];
        p->file = p->file ? ct_blob_ref(p->file) : read_picture(cache, p->name);
        full->n_pictures++;
        ok = p->file != NULL;
    }
    if (full)
        full->created_ms = kept->created_ms;
    if (!ok)
        ct_cached_unref(&full);
    ct_cached_unref(&kept);
    return full;
}

static bool is_complete(const struct ct_cached *cached)
{
    for (int i = 0; i < cached->n_pictures; i++)
        if (!cached->pictures[i].file)
            return false;
    return true;
}

struct note {
    uint8_t key[CT_SHA256_LEN];
    int64_t at_ms;
};

static ct_code note_used(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    const struct note *note = ctx;
    return ct_cache_row_used(sql, note->key, note->at_ms, err);
}

static ct_code drop_row(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_cache_row_drop(sql, ((const struct note *)ctx)->key, err);
}

static void free_note(void *ctx, ct_code rc, const struct ct_err *err)
{
    (void)rc; /* what was used last is a guess anyway, and a row without its file is asked again */
    (void)err;
    ct_free(ctx);
}

/* Posts a change of the row that nobody waits for. */
static void post(struct ct_cache *cache, const uint8_t key[CT_SHA256_LEN], int64_t now_ms,
                 ct_db_fn fn)
{
    struct note *note = ct_calloc(1, sizeof(*note));
    if (!note)
        return;
    memcpy(note->key, key, CT_SHA256_LEN);
    note->at_ms = now_ms;
    if (ct_db_post(cache->options.db, fn, note, free_note, NULL) != CT_OK)
        ct_free(note);
}

struct finding {
    bool found;
    struct ct_cache_row row;
    struct ct_arena *arena;
    const uint8_t *key;
    int64_t since_ms;
};

static ct_code find_row(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct finding *f = ctx;
    return ct_cache_row_get(&f->found, &f->row, sql, f->arena, f->key, f->since_ms, err);
}

/* A JSON array of strings, as put_warnings() writes it. */
static int read_warnings(char *out[WARNINGS_MAX], struct ct_arena *arena, struct ct_slice json)
{
    const struct ct_json *list = NULL;
    int n = 0;
    if (!json.ptr || ct_json_parse(&list, arena, json, NULL, NULL) != CT_OK)
        return 0;
    for (const struct ct_json *w = list->child; w && n < WARNINGS_MAX; w = w->next) {
        char *text = w->type == CT_JSON_STRING ? ct_arena_strdup(arena, w->text) : NULL;
        if (text)
            out[n++] = text;
    }
    return n;
}

/* From the database; its files are not read yet. */
static struct ct_cached *load(struct ct_cache *cache, const uint8_t key[CT_SHA256_LEN],
                              int64_t now_ms, int64_t *used_ms)
{
    char *warnings[WARNINGS_MAX];
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    struct finding f = { .arena = arena,
                         .key = key,
                         .since_ms = now_ms - cache->options.max_age_ms };
    if (!arena || ct_db_read(cache->options.db, find_row, &f, NULL) != CT_OK || !f.found ||
        f.row.n_pictures == 0)
        return NULL;
    struct ct_cached *cached = new_cached(warnings, read_warnings(warnings, arena, f.row.warnings));
    if (!cached)
        return NULL;
    *used_ms = f.row.used_ms;
    cached->created_ms = f.row.created_ms;
    cached->n_pictures = f.row.n_pictures;
    for (int i = 0; i < f.row.n_pictures; i++) {
        struct ct_cached_picture *p = &cached->pictures[i];
        p->seed = f.row.pictures[i].seed;
        snprintf(p->name, sizeof(p->name), "%.*s", CT_SARG(f.row.pictures[i].name));
    }
    return cached;
}

/* From memory; *used_ms is when the row says that it was used. */
static struct ct_cached *recall(struct ct_cache *cache, const uint8_t key[CT_SHA256_LEN],
                                int64_t now_ms, bool *note)
{
    struct ct_cached *cached = NULL;
    pthread_mutex_lock(&cache->lock);
    struct entry *e = find(cache, key);
    if (e && e->cached->created_ms <= now_ms - cache->options.max_age_ms) {
        drop(cache, e);
        e = NULL;
    }
    if (e) {
        take_from_list(cache, e);
        put_newest(cache, e);
        cached = ct_cached_ref(e->cached);
        *note = now_ms - e->used_ms > USED_MS;
        if (*note)
            e->used_ms = now_ms;
    }
    pthread_mutex_unlock(&cache->lock);
    return cached;
}

void ct_cache_forget(struct ct_cache *cache, const uint8_t key[CT_SHA256_LEN])
{
    forget(cache, key);
    post(cache, key, 0, drop_row);
}

struct ct_cached *ct_cache_find(struct ct_cache *cache, const uint8_t key[CT_SHA256_LEN])
{
    int64_t now_ms = ct_clock_wall_ms(), used_ms = 0;
    bool note = false;
    struct ct_cached *cached = recall(cache, key, now_ms, &note);
    bool recalled = cached != NULL;
    if (!recalled)
        cached = load(cache, key, now_ms, &used_ms);
    if (!cached)
        return NULL;
    if (!is_complete(cached))
        cached = complete(cache, cached);
    if (!cached) { /* a picture is gone */
        ct_cache_forget(cache, key);
        return NULL;
    }
    if (!recalled) {
        note = now_ms - used_ms > USED_MS;
        remember(cache, key, cached, note ? now_ms : used_ms);
    }
    if (note)
        post(cache, key, now_ms, note_used);
    return cached;
}

/* --- putting and letting go ------------------------------------------------------------------ */

static ct_code put_row(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_cache_row_put(sql, ctx, err);
}

static void put_warnings(struct ct_buf *b, const struct ct_cached *cached)
{
    if (cached->n_warnings == 0)
        return;
    ct_buf_putc(b, '[');
    for (int i = 0; i < cached->n_warnings; i++) {
        if (i)
            ct_buf_putc(b, ',');
        ct_json_put_string(b, ct_slice(cached->warnings[i]));
    }
    ct_buf_putc(b, ']');
}

ct_code ct_cache_put(struct ct_cache *cache, const uint8_t key[CT_SHA256_LEN],
                     struct ct_cached *cached, enum ct_format format, struct ct_err *err)
{
    struct ct_cache_row row = { .created_ms = cached->created_ms,
                                .used_ms = cached->created_ms,
                                .n_pictures = cached->n_pictures };
    struct ct_buf warnings;
    memcpy(row.key, key, CT_SHA256_LEN);
    for (int i = 0; i < cached->n_pictures; i++) {
        struct ct_cached_picture *p = &cached->pictures[i];
        if (!p->name[0])
            CT_TRY(ct_pictures_put(cache->options.pictures, p->name, p->file, format, err));
        row.pictures[i] =
            (struct ct_job_picture_row){ ct_slice(p->name), (int64_t)p->file->len, p->seed };
    }
    ct_buf_init(&warnings, ARENA_BYTES / 2);
    put_warnings(&warnings, cached);
    if (!warnings.failed && warnings.len > 0)
        row.warnings = ct_buf_slice(&warnings);
    ct_code rc = ct_db_write(cache->options.db, put_row, &row, err);
    ct_buf_release(&warnings);
    if (rc == CT_OK)
        remember(cache, key, cached, cached->created_ms);
    return rc;
}

struct letting_go {
    struct ct_cache_victims v;
    bool used[64 * CT_CACHE_MAX_PICTURES];
    int64_t since_ms, max_bytes;
};

static ct_code list_victims(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct letting_go *l = ctx;
    return ct_cache_rows_victims(&l->v, sql, l->since_ms, l->max_bytes, err);
}

static ct_code drop_rows(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct letting_go *l = ctx;
    for (int i = 0; i < l->v.n; i++)
        CT_TRY(ct_cache_row_drop(sql, l->v.keys[i], err));
    for (int i = 0; i < l->v.n_names; i++)
        CT_TRY(ct_picture_is_used(&l->used[i], sql, ct_slice(l->v.names[i]), err));
    return CT_OK;
}

static ct_code let_go(struct ct_cache *cache, struct letting_go *l, int64_t now_ms,
                      struct ct_err *err)
{
    int64_t live_since = now_ms / 1000 - cache->options.url_ttl_s - 1;
    CT_TRY(ct_db_read(cache->options.db, list_victims, l, err));
    if (l->v.n == 0)
        return CT_OK;
    CT_TRY(ct_db_write(cache->options.db, drop_rows, l, err));
    for (int i = 0; i < l->v.n; i++)
        forget(cache, l->v.keys[i]);
    for (int i = 0; i < l->v.n_names; i++)
        if (!l->used[i])
            CT_TRY(ct_pictures_remove(cache->options.pictures, ct_slice(l->v.names[i]), live_since,
                                      NULL, err));
    return CT_OK;
}

ct_code ct_cache_expire(struct ct_cache *cache, int64_t now_ms, struct ct_err *err)
{
    struct letting_go *l = ct_calloc(1, sizeof(*l));
    ct_code rc = CT_OK;
    if (!l)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while letting go of old pictures.");
    l->since_ms = now_ms - cache->options.max_age_ms;
    l->max_bytes = cache->options.max_bytes;
    do
        rc = let_go(cache, l, now_ms, err);
    while (rc == CT_OK && l->v.n > 0);
    ct_free(l);
    return rc;
}
