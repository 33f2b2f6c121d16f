/* One SQLite connection: statements prepared once, bound by a format, failures as ct_err.
 *
 *   ct_sql_run(sql, err, "UPDATE jobs SET state = ? WHERE id = ?", "iz", state, id)
 *
 *   struct ct_sql_rows rows;
 *   CT_TRY(ct_sql_query(&rows, sql, err, "SELECT id, name FROM api_keys WHERE project = ?", "s",
 * p)); while (ct_sql_next(&rows)) ... ct_sql_int(&rows, 0) ... ct_sql_text(&rows, 1) ...
 *   CT_TRY(ct_sql_end(&rows, err));
 *
 * Values are bound, never printed into SQL. A statement's text must be a string literal: its
 * address is the key under which the prepared statement is kept. A connection belongs to one
 * thread at a time (store/db.h hands them out). */
#ifndef CT_STORE_SQL_H
#define CT_STORE_SQL_H

#include "base/err.h"
#include "base/slice.h"

struct ct_sql;
struct sqlite3_stmt;

enum ct_sql_mode {
    CT_SQL_READ,   /* an existing database, queries only */
    CT_SQL_WRITE,  /* made when missing */
    CT_SQL_MEMORY, /* tests: nothing on disk */
};

/* CT_E_STORAGE when the file cannot be opened or is no database. */
CT_MUSTCHECK ct_code ct_sql_open(struct ct_sql **out, const char *path, enum ct_sql_mode mode,
                                 struct ct_err *err);
void ct_sql_close(struct ct_sql **sql);

/* Any number of statements without values or rows: migrations, BEGIN, PRAGMA. Not kept. */
CT_MUSTCHECK ct_code ct_sql_script(struct ct_sql *sql, const char *text, struct ct_err *err);

/* `format` has a letter for each '?': i int64_t, d double, z const char * (NULL is NULL), s struct
 * ct_slice as text, b struct ct_slice as bytes (ptr NULL is NULL in both), n NULL (no argument).
 * Values are read before the call returns.
 *
 * CT_E_STORAGE: disk full, read-only, damaged, locked by another process for over 5 seconds.
 * CT_E_MEMORY. A constraint that fails is CT_E_INTERNAL: say INSERT OR IGNORE where it may. */
CT_MUSTCHECK ct_code ct_sql_run(struct ct_sql *sql, struct ct_err *err, const char *text,
                                const char *format, ...);
int64_t ct_sql_changes(const struct ct_sql *sql); /* rows changed by the last ct_sql_run() */
int64_t ct_sql_last_id(const struct ct_sql *sql); /* rowid of the last INSERT */

struct ct_sql_rows {
    struct ct_sql *sql;
    struct sqlite3_stmt *statement;
    void *slot; /* where the statement goes back to */
    int state;  /* of the last step: an SQLite result code */
};
/* Fails only for what is wrong before the first row; rows->statement is then NULL, and
 * ct_sql_next() and ct_sql_end() do nothing. */
CT_MUSTCHECK ct_code ct_sql_query(struct ct_sql_rows *rows, struct ct_sql *sql, struct ct_err *err,
                                  const char *text, const char *format, ...);
bool ct_sql_next(struct ct_sql_rows *rows);
bool ct_sql_is_null(const struct ct_sql_rows *rows, int column);
int64_t ct_sql_int(const struct ct_sql_rows *rows, int column); /* 0 for NULL */
double ct_sql_real(const struct ct_sql_rows *rows, int column);
/* Text or bytes; ptr NULL for NULL; valid until the next ct_sql_next() or ct_sql_end(). */
struct ct_slice ct_sql_text(const struct ct_sql_rows *rows, int column);
/* Must follow every ct_sql_query(), also when rows are left: tells what stopped the rows, if not
 * their end. */
CT_MUSTCHECK ct_code ct_sql_end(struct ct_sql_rows *rows, struct ct_err *err);

/* Copies the whole database, while others go on writing, into a new file at `path`. */
CT_MUSTCHECK ct_code ct_sql_backup(struct ct_sql *sql, const char *path, struct ct_err *err);

#endif
