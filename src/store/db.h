/* DATA/calotype.db: keys, jobs, money, replies to repeat, callbacks to deliver.
 *
 * SQLite in WAL mode with synchronous=FULL: what is committed survives a power cut. One thread
 * writes; it gathers whatever is waiting into one transaction and syncs once for all of it (group
 * commit), so durability costs a request a fraction of a sync. Readers have connections of their
 * own and never wait for the writer.
 *
 * The files beside this one hold the SQL of one subject each, as functions over `struct ct_sql`;
 * nothing outside store/ knows a statement. Thread-safe. */
#ifndef CT_STORE_DB_H
#define CT_STORE_DB_H

#include "store/sql.h"

struct ct_db;

/* Opens or makes DATA/calotype.db and brings its schema up to date (store/schema.h). CT_E_CONFIG:
 * made by a newer Calotype; CT_E_STORAGE: cannot be opened, read or written. */
CT_MUSTCHECK ct_code ct_db_open(struct ct_db **out, const char *data_dir, struct ct_err *err);
void ct_db_close(struct ct_db **db); /* ends what was posted, then closes */

/* One part of a transaction, on the writer thread. What it changed is undone when it fails or when
 * the commit fails; it must have no other effect than on the database and on *ctx. */
typedef ct_code (*ct_db_fn)(struct ct_sql *sql, void *ctx, struct ct_err *err);

/* Runs fn and returns once its changes are durable: fn's error, or CT_E_STORAGE when the commit
 * failed. Never on the writer thread itself, and not on a network loop, which may not wait. */
CT_MUSTCHECK ct_code ct_db_write(struct ct_db *db, ct_db_fn fn, void *ctx, struct ct_err *err);

/* The same without waiting: `done` is called once, on the writer thread, when the changes are
 * durable (CT_OK) or undone (why not). It must not block; it may post again. `done` may be NULL:
 * then nobody is told. CT_E_STORAGE (and no call of done) when too much is waiting already. */
typedef void (*ct_db_done)(void *ctx, ct_code rc, const struct ct_err *err);
CT_MUSTCHECK ct_code ct_db_post(struct ct_db *db, ct_db_fn fn, void *ctx, ct_db_done done,
                                struct ct_err *err);

/* Runs fn on the calling thread with a connection that sees everything committed so far, and
 * nothing else for its whole length. Waits while all of the few connections are in use. */
CT_MUSTCHECK ct_code ct_db_read(struct ct_db *db, ct_db_fn fn, void *ctx, struct ct_err *err);

/* For /metrics. */
struct ct_db_stats {
    uint64_t commits, parts; /* parts / commits: how many share a sync */
    uint64_t failed;         /* commits undone */
    int waiting;             /* parts posted and not begun */
};
void ct_db_get_stats(struct ct_db *db, struct ct_db_stats *out);

#endif
