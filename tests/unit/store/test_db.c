#include "t.h"

#include "folder.h"

#include "store/db.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <unistd.h>

struct fixture {
    struct folder folder;
    struct ct_db *db;
};

static ct_code make_table(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    (void)ctx;
    return ct_sql_script(sql, "CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT)", err);
}

static bool set_up(struct fixture *f)
{
    *f = (struct fixture){ .folder = folder_make() };
    return ct_db_open(&f->db, f->folder.path, NULL) == CT_OK &&
           ct_db_write(f->db, make_table, NULL, NULL) == CT_OK;
}

static void tear_down(struct fixture *f)
{
    ct_db_close(&f->db);
    folder_remove(&f->folder);
}

static ct_code insert(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_sql_run(sql, err, "INSERT INTO t (n) VALUES (?)", "i", *(int64_t *)ctx);
}

/* Inserts, then says no: nothing of it may stay. */
static ct_code insert_and_fail(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    CT_TRY(insert(sql, ctx, err));
    return ct_fail(err, CT_E_QUOTA, NULL, "no");
}

static ct_code count_rows(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT count(*) FROM t", ""));
    if (ct_sql_next(&rows))
        *(int64_t *)ctx = ct_sql_int(&rows, 0);
    return ct_sql_end(&rows, err);
}

static int64_t count(struct fixture *f)
{
    int64_t n = -1;
    CHECK_INT(ct_db_read(f->db, count_rows, &n, NULL), CT_OK);
    return n;
}

TEST(db__a_write_is_seen_by_reads_and_outlives_the_process)
{
    struct fixture f;
    int64_t n = 7;
    REQUIRE(set_up(&f));
    CHECK_INT(ct_db_write(f.db, insert, &n, NULL), CT_OK);
    CHECK_INT(count(&f), 1);
    ct_db_close(&f.db);
    REQUIRE(ct_db_open(&f.db, f.folder.path, NULL) == CT_OK);
    CHECK_INT(count(&f), 1);
    tear_down(&f);
}

TEST(db__a_part_that_fails_is_undone_alone)
{
    struct fixture f;
    struct ct_err err = { 0 };
    int64_t one = 1, two = 2;
    REQUIRE(set_up(&f));
    CHECK_INT(ct_db_write(f.db, insert_and_fail, &one, &err), CT_E_QUOTA);
    CHECK_STR(err.msg, "no");
    CHECK_INT(ct_db_write(f.db, insert, &two, NULL), CT_OK);
    CHECK_INT(ct_db_write(f.db, insert, &two, &err), CT_E_INTERNAL); /* the key is taken */
    CHECK_INT(count(&f), 1);
    tear_down(&f);
}

#define THREADS 8
#define EACH 50
struct crowd {
    struct fixture *f;
    atomic_int next, failed;
};

static void *insert_many(void *arg)
{
    struct crowd *crowd = arg;
    for (int i = 0; i < EACH; i++) {
        int64_t n = atomic_fetch_add(&crowd->next, 1);
        ct_code rc = ct_db_write(crowd->f->db, n % 5 ? insert : insert_and_fail, &n, NULL);
        if (rc != (n % 5 ? CT_OK : CT_E_QUOTA))
            atomic_fetch_add(&crowd->failed, 1);
    }
    return NULL;
}

TEST(db__many_threads_share_commits)
{
    struct fixture f;
    pthread_t threads[THREADS];
    REQUIRE(set_up(&f));
    struct crowd crowd = { .f = &f };
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, insert_many, &crowd);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    CHECK_INT(atomic_load(&crowd.failed), 0);
    CHECK_INT(count(&f), THREADS * EACH * 4 / 5);
    struct ct_db_stats stats;
    ct_db_get_stats(f.db, &stats);
    CHECK_INT(stats.parts, THREADS * EACH + 1);
    CHECK(stats.commits <= stats.parts);
    CHECK_INT(stats.failed, 0);
    tear_down(&f);
}

static atomic_int done_calls;

static void on_done(void *ctx, ct_code rc, const struct ct_err *err)
{
    (void)ctx;
    (void)err;
    atomic_fetch_add(&done_calls, rc == CT_OK ? 1 : 1000);
}

TEST(db__closing_ends_what_was_posted)
{
    struct fixture f;
    int64_t numbers[100];
    REQUIRE(set_up(&f));
    atomic_store(&done_calls, 0);
    for (int64_t i = 0; i < 100; i++) {
        numbers[i] = i;
        CHECK_INT(ct_db_post(f.db, insert, &numbers[i], on_done, NULL), CT_OK);
    }
    ct_db_close(&f.db);
    CHECK_INT(atomic_load(&done_calls), 100);
    REQUIRE(ct_db_open(&f.db, f.folder.path, NULL) == CT_OK);
    CHECK_INT(count(&f), 100);
    tear_down(&f);
}

TEST(db__a_newer_schema_is_refused)
{
    struct fixture f;
    struct ct_err err = { 0 };
    struct ct_sql *sql;
    REQUIRE(set_up(&f));
    ct_db_close(&f.db);
    REQUIRE(ct_sql_open(&sql, folder_path(&f.folder, "calotype.db"), CT_SQL_WRITE, NULL) == CT_OK);
    CHECK_INT(ct_sql_script(sql, "PRAGMA user_version = 9999", NULL), CT_OK);
    ct_sql_close(&sql);
    CHECK_INT(ct_db_open(&f.db, f.folder.path, &err), CT_E_CONFIG);
    CHECK(strstr(err.msg, "newer Calotype"));
    tear_down(&f);
}

TEST(db__a_file_that_is_no_database_is_named_damaged)
{
    struct folder folder = folder_make();
    struct ct_err err = { 0 };
    struct ct_db *db;
    FILE *file = fopen(folder_path(&folder, "calotype.db"), "w");
    REQUIRE(file);
    for (int i = 0; i < 4096; i++)
        fputs("not a database ", file);
    fclose(file);
    CHECK_INT(ct_db_open(&db, folder.path, &err), CT_E_STORAGE);
    CHECK(strstr(err.msg, "calotype doctor"));
    folder_remove(&folder);
}

/* SQLite's own table of system calls: the nth write or sync from now on fails, once. */
static atomic_int until_failure;
static atomic_bool disk_stays_full; /* and every one from then on */

static bool now_fails(void)
{
    if (atomic_load(&disk_stays_full) && atomic_load(&until_failure) <= 1)
        return true;
    return atomic_load(&until_failure) > 0 && atomic_fetch_sub(&until_failure, 1) == 1;
}

static ssize_t failing_pwrite(int fd, const void *bytes, size_t len, off_t at)
{
    if (!now_fails())
        return pwrite(fd, bytes, len, at);
    errno = ENOSPC;
    return -1;
}

static int failing_sync(int fd)
{
    if (!now_fails())
        return fdatasync(fd);
    errno = EIO;
    return -1;
}

static void break_calls(int nth)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    atomic_store(&until_failure, nth);
    vfs->xSetSystemCall(vfs, "pwrite", (sqlite3_syscall_ptr)failing_pwrite);
    vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)failing_pwrite);
    vfs->xSetSystemCall(vfs, "fdatasync", (sqlite3_syscall_ptr)failing_sync);
    vfs->xSetSystemCall(vfs, "fsync", (sqlite3_syscall_ptr)failing_sync);
}

static void mend_calls(void)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    vfs->xSetSystemCall(vfs, NULL, NULL);
}

/* Whatever write or sync fails, a commit that was reported is there and one that was refused is
 * not, and the database goes on working afterwards. */
TEST(db__the_nth_write_or_sync_fails)
{
    int refused = 0;
    for (int nth = 1; nth <= 12; nth++) {
        struct fixture f;
        int64_t first = 1, second = 2;
        struct ct_err err = { 0 };
        REQUIRE(set_up(&f));
        break_calls(nth);
        ct_code rc = ct_db_write(f.db, insert, &first, &err);
        mend_calls();
        CHECK(rc == CT_OK || rc == CT_E_STORAGE);
        CHECK(rc == CT_OK || err.msg[0] != '\0');
        refused += rc != CT_OK;
        CHECK_INT(count(&f), rc == CT_OK ? 1 : 0);
        CHECK_INT(ct_db_write(f.db, insert, &second, NULL), CT_OK);
        ct_db_close(&f.db);
        REQUIRE(ct_db_open(&f.db, f.folder.path, NULL) == CT_OK);
        CHECK_INT(count(&f), rc == CT_OK ? 2 : 1);
        tear_down(&f);
    }
    CHECK(refused >= 2); /* the calls were really in the way */
}

/* More than SQLite keeps in memory before a commit, so that a write fails within a part, which takes
 * the whole transaction along. */
#define LARGE (256 << 10)
#define LARGE_PARTS 24

struct large {
    int64_t n;
    const char *text;
    ct_code rc;
};

static ct_code insert_large(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    const struct large *l = ctx;
    return ct_sql_run(sql, err, "INSERT INTO t (n, text) VALUES (?, ?)", "is", l->n,
                      ct_slice_n(l->text, LARGE));
}

static void note_rc(void *ctx, ct_code rc, const struct ct_err *err)
{
    struct large *l = ctx;
    l->rc = rc;
    CHECK(rc == CT_OK || strstr(err->msg, "full"));
}

static ct_code wait_for_gate(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    (void)sql;
    (void)err;
    pthread_mutex_lock(ctx);
    pthread_mutex_unlock(ctx);
    return CT_OK;
}

TEST(db__a_disk_that_is_full_within_a_batch_is_told_to_all_of_it)
{
    struct fixture f;
    struct large parts[LARGE_PARTS];
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    char *text = malloc(LARGE);
    REQUIRE(set_up(&f) && text);
    memset(text, 'x', LARGE);
    pthread_mutex_lock(&gate);
    CHECK_INT(ct_db_post(f.db, wait_for_gate, &gate, NULL, NULL), CT_OK);
    for (int i = 0; i < LARGE_PARTS; i++) {
        parts[i] = (struct large){ .n = i, .text = text, .rc = CT_CODE_COUNT };
        CHECK_INT(ct_db_post(f.db, insert_large, &parts[i], note_rc, NULL), CT_OK);
    }
    disk_stays_full = true;
    break_calls(1);
    pthread_mutex_unlock(&gate);
    ct_db_close(&f.db);
    mend_calls();
    disk_stays_full = false;
    for (int i = 0; i < LARGE_PARTS; i++)
        CHECK_INT(parts[i].rc, CT_E_STORAGE);
    REQUIRE(ct_db_open(&f.db, f.folder.path, NULL) == CT_OK);
    CHECK_INT(count(&f), 0);
    free(text);
    tear_down(&f);
}

TEST(sql__values_come_back_as_they_were_bound)
{
    struct ct_sql *sql;
    struct ct_sql_rows rows;
    REQUIRE(ct_sql_open(&sql, ":memory:", CT_SQL_MEMORY, NULL) == CT_OK);
    REQUIRE(ct_sql_script(sql, "CREATE TABLE v (a, b, c, d, e, f)", NULL) == CT_OK);
    CHECK_INT(ct_sql_run(sql, NULL, "INSERT INTO v VALUES (?,?,?,?,?,?)", "izsbdn", INT64_MIN,
                         "z\u00fcrich", ct_slice_n("with\0NUL", 8), ct_slice_n("", 0), 0.5),
              CT_OK);
    REQUIRE(ct_sql_query(&rows, sql, NULL, "SELECT * FROM v", "") == CT_OK);
    REQUIRE(ct_sql_next(&rows));
    CHECK(ct_sql_int(&rows, 0) == INT64_MIN);
    CHECK_SLICE(ct_sql_text(&rows, 1), "z\u00fcrich");
    CHECK_INT(ct_sql_text(&rows, 2).len, 8);
    CHECK(ct_sql_text(&rows, 3).ptr && ct_sql_text(&rows, 3).len == 0);
    CHECK(ct_sql_real(&rows, 4) == 0.5);
    CHECK(ct_sql_is_null(&rows, 5) && !ct_sql_text(&rows, 5).ptr);
    CHECK(!ct_sql_next(&rows));
    CHECK_INT(ct_sql_end(&rows, NULL), CT_OK);
    ct_sql_close(&sql);
}

/* The same literal in use twice at once: the inner one must not disturb the outer. */
TEST(sql__a_statement_nests_in_itself)
{
    struct ct_sql *sql;
    struct ct_sql_rows rows[2];
    static const char text[] = "SELECT n FROM t ORDER BY n";
    REQUIRE(ct_sql_open(&sql, ":memory:", CT_SQL_MEMORY, NULL) == CT_OK);
    REQUIRE(ct_sql_script(sql, "CREATE TABLE t (n); INSERT INTO t VALUES (1), (2)", NULL) == CT_OK);
    REQUIRE(ct_sql_query(&rows[0], sql, NULL, text, "") == CT_OK);
    CHECK(ct_sql_next(&rows[0]));
    REQUIRE(ct_sql_query(&rows[1], sql, NULL, text, "") == CT_OK);
    CHECK(ct_sql_next(&rows[1]) && ct_sql_int(&rows[1], 0) == 1);
    CHECK_INT(ct_sql_end(&rows[1], NULL), CT_OK);
    CHECK(ct_sql_next(&rows[0]) && ct_sql_int(&rows[0], 0) == 2);
    CHECK_INT(ct_sql_end(&rows[0], NULL), CT_OK);
    CHECK_INT(ct_sql_end(&rows[0], NULL), CT_OK); /* twice is harmless */
    ct_sql_close(&sql);
}

TEST(sql__a_wrong_statement_says_so)
{
    struct ct_sql *sql;
    struct ct_sql_rows rows;
    struct ct_err err = { 0 };
    REQUIRE(ct_sql_open(&sql, ":memory:", CT_SQL_MEMORY, NULL) == CT_OK);
    CHECK_INT(ct_sql_run(sql, &err, "INSERT INTO nowhere VALUES (1)", ""), CT_E_INTERNAL);
    CHECK(strstr(err.msg, "nowhere"));
    CHECK_INT(ct_sql_query(&rows, sql, &err, "SELECT 1 FROM nowhere", ""), CT_E_INTERNAL);
    CHECK(!ct_sql_next(&rows));
    CHECK_INT(ct_sql_end(&rows, NULL), CT_OK);
    ct_sql_close(&sql);
}

TEST(sql__a_backup_is_a_whole_copy)
{
    struct fixture f;
    struct ct_sql *sql, *copy;
    struct ct_sql_rows rows;
    int64_t n = 42;
    REQUIRE(set_up(&f));
    CHECK_INT(ct_db_write(f.db, insert, &n, NULL), CT_OK);
    REQUIRE(ct_sql_open(&sql, folder_path(&f.folder, "calotype.db"), CT_SQL_READ, NULL) == CT_OK);
    CHECK_INT(ct_sql_backup(sql, folder_path(&f.folder, "backup.db"), NULL), CT_OK);
    ct_sql_close(&sql);
    REQUIRE(ct_sql_open(&copy, folder_path(&f.folder, "backup.db"), CT_SQL_READ, NULL) == CT_OK);
    REQUIRE(ct_sql_query(&rows, copy, NULL, "SELECT n FROM t", "") == CT_OK);
    CHECK(ct_sql_next(&rows) && ct_sql_int(&rows, 0) == 42);
    CHECK_INT(ct_sql_end(&rows, NULL), CT_OK);
    ct_sql_close(&copy);
    tear_down(&f);
}
