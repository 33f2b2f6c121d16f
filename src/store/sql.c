/* A connection and its statements.
 *
 * Statements are found again by the address of their literal, in a small open-addressed table that
 * is never emptied before the connection closes: a program has some hundred literals, and a slot
 * costs 16 bytes. The table being full only means that a statement is prepared each time.
 *
 * Messages reach clients, so they name neither the file nor the SQL; the database says what it
 * thinks is wrong, in words an operator can act on. */
#include "store/sql.h"

#include "base/mem.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>

#define SLOTS 512 /* a power of two */
#define BUSY_MS 5000

struct slot {
    const char *text; /* the literal; NULL: free */
    sqlite3_stmt *statement;
    bool used; /* between query and end: a nested use gets a statement of its own */
};

struct ct_sql {
    sqlite3 *db;
    struct slot slots[SLOTS];
};

static ct_code fail(struct ct_sql *sql, int rc, struct ct_err *err)
{
    switch (rc & 0xff) {
    case SQLITE_NOMEM:
        return ct_fail(err, CT_E_MEMORY, NULL, "The database is out of memory.");
    case SQLITE_FULL:
        return ct_fail(err, CT_E_STORAGE, NULL,
                       "The server's storage is full; nothing was begun. Please try again later.");
    case SQLITE_READONLY:
        return ct_fail(err, CT_E_STORAGE, NULL,
                       "The server's storage is read-only; nothing was begun.");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ct_fail(err, CT_E_STORAGE, NULL,
                       "The server's database is locked by another process. Please try again.");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ct_fail(
            err, CT_E_STORAGE, NULL,
            "The server's database is damaged; `calotype doctor` says what can be done.");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
        return ct_fail(err, CT_E_STORAGE, NULL, "The server's database cannot be used: %s.",
                       sqlite3_errstr(rc));
    default:
        return ct_fail(err, CT_E_INTERNAL, NULL, "The database refused a statement: %s.",
                       sql && sql->db ? sqlite3_errmsg(sql->db) : sqlite3_errstr(rc));
    }
}

ct_code ct_sql_open(struct ct_sql **out, const char *path, enum ct_sql_mode mode,
                    struct ct_err *err)
{
    static const int flags[] = {
        [CT_SQL_READ] = SQLITE_OPEN_READONLY,
        [CT_SQL_WRITE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
        [CT_SQL_MEMORY] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY,
    };
    *out = NULL;
    struct ct_sql *sql = ct_calloc(1, sizeof(*sql));
    if (!sql)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while opening the database.");
    int rc = sqlite3_open_v2(path, &sql->db, flags[mode] | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_busy_timeout(sql->db, BUSY_MS);
    if (rc == SQLITE_OK) {
        sqlite3_extended_result_codes(sql->db, 1);
        *out = sql;
        return CT_OK;
    }
    ct_code code = fail(sql, rc, err);
    ct_sql_close(&sql);
    return code;
}

void ct_sql_close(struct ct_sql **slot)
{
    struct ct_sql *sql = *slot;
    *slot = NULL;
    if (!sql)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        sqlite3_finalize(sql->slots[i].statement);
    int rc = sqlite3_close(sql->db);
    assert(rc == SQLITE_OK); /* a query without its ct_sql_end() */
    (void)rc;
    ct_free(sql);
}

ct_code ct_sql_script(struct ct_sql *sql, const char *text, struct ct_err *err)
{
    int rc = sqlite3_exec(sql->db, text, NULL, NULL, NULL);
    return rc == SQLITE_OK ? CT_OK : fail(sql, rc, err);
}

/* The slot of this literal, a free one, or NULL when the table is full. */
static struct slot *find_slot(struct ct_sql *sql, const char *text)
{
    size_t at = (size_t)((uintptr_t)text * 0x9e3779b97f4a7c15u >> 40);
    for (size_t i = 0; i < SLOTS; i++) {
        struct slot *slot = &sql->slots[(at + i) & (SLOTS - 1)];
        if (slot->text == text || !slot->text)
            return slot;
    }
    return NULL;
}

/* A statement in use, and where it goes back to. */
struct use {
    sqlite3_stmt *statement;
    struct slot *slot; /* NULL: it has none and is finalized after use */
};

static ct_code prepare(struct use *use, struct ct_sql *sql, const char *text, struct ct_err *err)
{
    struct slot *slot = find_slot(sql, text);
    *use = (struct use){ .slot = slot && !slot->used ? slot : NULL };
    if (use->slot && use->slot->statement) {
        use->statement = use->slot->statement;
    } else {
        unsigned flags = use->slot ? SQLITE_PREPARE_PERSISTENT : 0;
        int rc = sqlite3_prepare_v3(sql->db, text, -1, flags, &use->statement, NULL);
        if (rc != SQLITE_OK)
            return fail(sql, rc, err);
        if (use->slot)
            *use->slot = (struct slot){ text, use->statement, false };
    }
    if (use->slot)
        use->slot->used = true;
    return CT_OK;
}

static void finish(struct use *use)
{
    if (use->slot) {
        sqlite3_reset(use->statement);
        sqlite3_clear_bindings(use->statement);
        use->slot->used = false;
    } else {
        sqlite3_finalize(use->statement);
    }
    use->statement = NULL;
}

static int bind(sqlite3_stmt *statement, const char *format, va_list values)
{
    int rc = SQLITE_OK;
    for (int i = 1; *format && rc == SQLITE_OK; i++, format++) {
        switch (*format) {
        case 'i':
            rc = sqlite3_bind_int64(statement, i, va_arg(values, int64_t));
            break;
        case 'd':
            rc = sqlite3_bind_double(statement, i, va_arg(values, double));
            break;
        case 'z':
            rc = sqlite3_bind_text(statement, i, va_arg(values, const char *), -1,
                                   SQLITE_TRANSIENT);
            break;
        case 's':
        case 'b': {
            struct ct_slice s = va_arg(values, struct ct_slice);
            if (!s.ptr)
                rc = sqlite3_bind_null(statement, i);
            else if (*format == 's')
                rc = sqlite3_bind_text64(statement, i, s.ptr, s.len, SQLITE_TRANSIENT, SQLITE_UTF8);
            else
                rc = sqlite3_bind_blob64(statement, i, s.ptr, s.len, SQLITE_TRANSIENT);
            break;
        }
        default:
            assert(*format == 'n'); /* a letter of ours */
            rc = sqlite3_bind_null(statement, i);
        }
    }
    return rc;
}

static ct_code begin(struct use *use, struct ct_sql *sql, const char *text, const char *format,
                     va_list values, struct ct_err *err)
{
    CT_TRY(prepare(use, sql, text, err));
    assert(sqlite3_bind_parameter_count(use->statement) == (int)strlen(format));
    int rc = bind(use->statement, format, values);
    if (rc == SQLITE_OK)
        return CT_OK;
    ct_code code = fail(sql, rc, err);
    finish(use);
    return code;
}

ct_code ct_sql_run(struct ct_sql *sql, struct ct_err *err, const char *text, const char *format,
                   ...)
{
    struct use use;
    va_list values;
    va_start(values, format);
    ct_code code = begin(&use, sql, text, format, values, err);
    va_end(values);
    if (code != CT_OK)
        return code;
    int rc = sqlite3_step(use.statement);
    while (rc == SQLITE_ROW)
        rc = sqlite3_step(use.statement);
    if (rc != SQLITE_DONE)
        code = fail(sql, rc, err);
    finish(&use);
    return code;
}

int64_t ct_sql_changes(const struct ct_sql *sql)
{
    return sqlite3_changes64(sql->db);
}

int64_t ct_sql_last_id(const struct ct_sql *sql)
{
    return sqlite3_last_insert_rowid(sql->db);
}

ct_code ct_sql_query(struct ct_sql_rows *rows, struct ct_sql *sql, struct ct_err *err,
                     const char *text, const char *format, ...)
{
    struct use use = { 0 };
    va_list values;
    va_start(values, format);
    ct_code code = begin(&use, sql, text, format, values, err);
    va_end(values);
    *rows = (struct ct_sql_rows){ sql, use.statement, use.slot, SQLITE_ROW };
    return code;
}

bool ct_sql_next(struct ct_sql_rows *rows)
{
    if (!rows->statement || rows->state != SQLITE_ROW)
        return false;
    rows->state = sqlite3_step(rows->statement);
    return rows->state == SQLITE_ROW;
}

bool ct_sql_is_null(const struct ct_sql_rows *rows, int column)
{
    return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

int64_t ct_sql_int(const struct ct_sql_rows *rows, int column)
{
    return sqlite3_column_int64(rows->statement, column);
}

double ct_sql_real(const struct ct_sql_rows *rows, int column)
{
    return sqlite3_column_double(rows->statement, column);
}

struct ct_slice ct_sql_text(const struct ct_sql_rows *rows, int column)
{
    if (ct_sql_is_null(rows, column))
        return (struct ct_slice){ 0 };
    const char *bytes = sqlite3_column_blob(rows->statement, column);
    size_t len = (size_t)sqlite3_column_bytes(rows->statement, column);
    return ct_slice_n(bytes ? bytes : "", len); /* empty bytes come as NULL */
}

ct_code ct_sql_end(struct ct_sql_rows *rows, struct ct_err *err)
{
    if (!rows->statement)
        return CT_OK;
    int rc = rows->state;
    ct_code code = rc == SQLITE_ROW || rc == SQLITE_DONE ? CT_OK : fail(rows->sql, rc, err);
    finish(&(struct use){ rows->statement, rows->slot });
    rows->statement = NULL;
    return code;
}

ct_code ct_sql_backup(struct ct_sql *sql, const char *path, struct ct_err *err)
{
    struct ct_sql *copy;
    int rc;
    CT_TRY(ct_sql_open(&copy, path, CT_SQL_WRITE, err));
    sqlite3_backup *backup = sqlite3_backup_init(copy->db, "main", sql->db, "main");
    if (backup) {
        /* All in one step, which reads one snapshot of the WAL: writers go on meanwhile. Were it
         * many, each commit of another process in between would start it over. */
        rc = sqlite3_backup_step(backup, -1);
        int finish = sqlite3_backup_finish(backup);
        rc = rc == SQLITE_DONE ? finish : rc;
    } else {
        rc = sqlite3_errcode(copy->db);
    }
    ct_code code = rc == SQLITE_OK ? CT_OK : fail(copy, rc, err);
    ct_sql_close(&copy);
    return code;
}
