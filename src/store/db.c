/* The writer thread and the readers.
 *
 *   loops, runners --post--> queue --take all--> BEGIN  part part part ...  COMMIT --> done, done
 *
 * The queue is a linked list under one lock. The writer takes all of it (at most BATCH_MAX), runs
 * each part in a savepoint, so that one that fails takes nothing of its neighbours along, commits,
 * and then tells everybody. While it syncs, the next batch gathers: the busier, the fewer syncs a
 * part costs, and there is no timer to tune.
 *
 * When BEGIN or COMMIT fails (disk full, read-only) every part of the batch is told so; the next
 * batch tries again, so a disk that has room again needs no restart. */
#include "store/db.h"

#include "base/file.h"
#include "base/mem.h"
#include "store/schema.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#define BATCH_MAX 512
#define QUEUE_MAX 65536
#define READERS 4
#define WRITER_STACK_BYTES ((size_t)512 << 10)
#define PATH_MAX_BYTES 1280

struct part {
    ct_db_fn fn;
    void *ctx;
    ct_db_done done;
    struct part *next;
    ct_code rc;
    struct ct_err err;
};

struct ct_db {
    pthread_mutex_t lock; /* guards the queue, the readers and the counts */
    pthread_cond_t work;  /* something was posted, or stop */
    pthread_cond_t ended; /* a waited-for part is done, or a reader is free */
    struct part *head, **tail;
    bool stop;
    struct ct_sql *readers[READERS]; /* free ones, a stack */
    int n_readers;
    struct ct_db_stats stats;

    struct ct_sql *sql; /* the writer's, and: */
    uint64_t failed;
    pthread_t writer;
    bool writer_runs;
};

/* Undoes a part that failed. When the disk or the memory was the reason SQLite has undone the whole
 * transaction already, and no savepoint is left: then what ended the part ends the batch. */
static ct_code undo_part(struct ct_db *db, const struct part *p, struct ct_err *err)
{
    ct_code rc = ct_sql_run(db->sql, err, "ROLLBACK TO part", "");
    if (rc == CT_OK || (p->rc != CT_E_STORAGE && p->rc != CT_E_MEMORY))
        return rc;
    *err = p->err;
    return p->rc;
}

/* Runs the batch in one transaction; each part's rc and err say how it ended. */
static void run_batch(struct ct_db *db, struct part *batch)
{
    struct ct_err err = { 0 };
    ct_code rc = ct_sql_script(db->sql, "BEGIN IMMEDIATE", &err);
    for (struct part *p = batch; p && rc == CT_OK; p = p->next) {
        rc = ct_sql_run(db->sql, &err, "SAVEPOINT part", "");
        if (rc != CT_OK)
            break;
        p->rc = p->fn(db->sql, p->ctx, &p->err);
        if (p->rc != CT_OK)
            rc = undo_part(db, p, &err);
        if (rc == CT_OK)
            rc = ct_sql_run(db->sql, &err, "RELEASE part", "");
    }
    if (rc == CT_OK)
        rc = ct_sql_script(db->sql, "COMMIT", &err);
    if (rc == CT_OK)
        return;
    ct_code undone = ct_sql_script(db->sql, "ROLLBACK", NULL);
    (void)undone; /* SQLite may have done it already */
    db->failed++;
    for (struct part *p = batch; p; p = p->next) {
        if (p->rc != CT_OK)
            continue; /* it has a reason of its own */
        p->rc = rc;
        p->err = err;
    }
}

/* With the lock held: up to BATCH_MAX parts, oldest first. */
static struct part *take_batch(struct ct_db *db)
{
    struct part *first = db->head, *last = first;
    int n = 1;
    while (n < BATCH_MAX && last->next) {
        last = last->next;
        n++;
    }
    db->head = last->next;
    if (!db->head)
        db->tail = &db->head;
    last->next = NULL;
    db->stats.waiting -= n;
    db->stats.parts += (uint64_t)n;
    return first;
}

static void tell(struct part *batch)
{
    while (batch) {
        struct part *p = batch;
        batch = p->next; /* a part that somebody waits for dies with done() */
        if (p->done)
            p->done(p->ctx, p->rc, &p->err);
        ct_free(p);
    }
}

static void *write_batches(void *arg)
{
    struct ct_db *db = arg;
    pthread_mutex_lock(&db->lock);
    for (;;) {
        while (!db->head && !db->stop)
            pthread_cond_wait(&db->work, &db->lock);
        if (!db->head)
            break;
        struct part *batch = take_batch(db);
        pthread_mutex_unlock(&db->lock);
        run_batch(db, batch);
        pthread_mutex_lock(&db->lock);
        db->stats.commits++;
        db->stats.failed = db->failed;
        pthread_mutex_unlock(&db->lock);
        tell(batch);
        pthread_mutex_lock(&db->lock);
    }
    pthread_mutex_unlock(&db->lock);
    return NULL;
}

static ct_code start_writer(struct ct_db *db, struct ct_err *err)
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, WRITER_STACK_BYTES);
    int failed = pthread_create(&db->writer, &attributes, write_batches, db);
    pthread_attr_destroy(&attributes);
    if (failed) {
        errno = failed;
        return ct_fail_errno(err, CT_E_MEMORY, "Cannot start the database's writer thread");
    }
    db->writer_runs = true;
    return CT_OK;
}

static ct_code open_connections(struct ct_db *db, const char *path, struct ct_err *err)
{
    /* Made here so that nobody else may read it; SQLite gives its other files the same mode. */
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd); /* else SQLite says why */
    CT_TRY(ct_sql_open(&db->sql, path, CT_SQL_WRITE, err));
    CT_TRY(ct_schema_prepare(db->sql, err));
    while (db->n_readers < READERS) {
        CT_TRY(ct_sql_open(&db->readers[db->n_readers], path, CT_SQL_READ, err));
        db->n_readers++;
    }
    return CT_OK;
}

ct_code ct_db_open(struct ct_db **out, const char *data_dir, struct ct_err *err)
{
    char path[PATH_MAX_BYTES];
    *out = NULL;
    CT_TRY(ct_mkdir_all(data_dir, 0700, err));
    if (snprintf(path, sizeof(path), "%s/calotype.db", data_dir) >= (int)sizeof(path))
        return ct_fail(err, CT_E_CONFIG, "data", "The data folder's name is too long: %s",
                       data_dir);
    struct ct_db *db = ct_calloc(1, sizeof(*db));
    if (!db)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while opening the database.");
    pthread_mutex_init(&db->lock, NULL);
    pthread_cond_init(&db->work, NULL);
    pthread_cond_init(&db->ended, NULL);
    db->tail = &db->head;
    struct ct_err why = { 0 };
    ct_code rc = open_connections(db, path, &why);
    if (rc != CT_OK)
        ct_fail(err, rc, "data", "%s: %s", path, why.msg); /* an operator wants to know which */
    else
        rc = start_writer(db, err);
    if (rc != CT_OK)
        ct_db_close(&db);
    *out = db;
    return rc;
}

void ct_db_close(struct ct_db **slot)
{
    struct ct_db *db = *slot;
    *slot = NULL;
    if (!db)
        return;
    pthread_mutex_lock(&db->lock);
    db->stop = true;
    pthread_cond_signal(&db->work);
    pthread_mutex_unlock(&db->lock);
    if (db->writer_runs)
        pthread_join(db->writer, NULL);
    while (db->n_readers > 0)
        ct_sql_close(&db->readers[--db->n_readers]);
    ct_sql_close(&db->sql);
    pthread_cond_destroy(&db->ended);
    pthread_cond_destroy(&db->work);
    pthread_mutex_destroy(&db->lock);
    ct_free(db);
}

ct_code ct_db_post(struct ct_db *db, ct_db_fn fn, void *ctx, ct_db_done done, struct ct_err *err)
{
    struct part *part = ct_calloc(1, sizeof(*part));
    if (!part)
        return ct_fail(err, CT_E_MEMORY, NULL,
                       "The server is out of memory. Please try again later.");
    *part = (struct part){ .fn = fn, .ctx = ctx, .done = done };
    pthread_mutex_lock(&db->lock);
    bool full = db->stats.waiting >= QUEUE_MAX;
    if (!full) {
        *db->tail = part;
        db->tail = &part->next;
        if (db->stats.waiting++ == 0)
            pthread_cond_signal(&db->work);
    }
    pthread_mutex_unlock(&db->lock);
    if (!full)
        return CT_OK;
    ct_free(part);
    return ct_fail(err, CT_E_STORAGE, NULL,
                   "The server's database cannot keep up. Please try again later.");
}

struct waiter {
    struct ct_db *db;
    ct_db_fn fn;
    void *ctx;
    struct ct_err *err;
    ct_code rc;
    bool ended;
};

static ct_code run_for_waiter(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct waiter *w = ctx;
    return w->fn(sql, w->ctx, err);
}

static void wake_waiter(void *ctx, ct_code rc, const struct ct_err *err)
{
    struct waiter *w = ctx;
    struct ct_db *db = w->db;
    if (w->err && rc != CT_OK)
        *w->err = *err;
    pthread_mutex_lock(&db->lock);
    w->rc = rc;
    w->ended = true; /* *w is gone as soon as the lock is let go */
    pthread_cond_broadcast(&db->ended);
    pthread_mutex_unlock(&db->lock);
}

ct_code ct_db_write(struct ct_db *db, ct_db_fn fn, void *ctx, struct ct_err *err)
{
    struct waiter w = { .db = db, .fn = fn, .ctx = ctx, .err = err };
    assert(!db->writer_runs || !pthread_equal(pthread_self(), db->writer));
    CT_TRY(ct_db_post(db, run_for_waiter, &w, wake_waiter, err));
    pthread_mutex_lock(&db->lock);
    while (!w.ended)
        pthread_cond_wait(&db->ended, &db->lock);
    pthread_mutex_unlock(&db->lock);
    return w.rc;
}

ct_code ct_db_read(struct ct_db *db, ct_db_fn fn, void *ctx, struct ct_err *err)
{
    pthread_mutex_lock(&db->lock);
    while (db->n_readers == 0)
        pthread_cond_wait(&db->ended, &db->lock);
    struct ct_sql *sql = db->readers[--db->n_readers];
    pthread_mutex_unlock(&db->lock);

    ct_code rc = ct_sql_script(sql, "BEGIN", err);
    if (rc == CT_OK) {
        rc = fn(sql, ctx, err);
        ct_code given_back = ct_sql_script(sql, "COMMIT", NULL);
        (void)given_back; /* the snapshot of a reader: nothing to lose */
    }

    pthread_mutex_lock(&db->lock);
    db->readers[db->n_readers++] = sql;
    pthread_cond_broadcast(&db->ended);
    pthread_mutex_unlock(&db->lock);
    return rc;
}

void ct_db_get_stats(struct ct_db *db, struct ct_db_stats *out)
{
    pthread_mutex_lock(&db->lock);
    *out = db->stats;
    pthread_mutex_unlock(&db->lock);
}
