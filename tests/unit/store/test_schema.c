/* Upgrades: a database of every earlier version becomes what a new one is, with its rows. */
#include "t.h"

#include "folder.h"

#include "base/buf.h"
#include "store/schema.h"

#include <stdio.h>

#define JOB                                                                                        \
    "INSERT INTO jobs (id, request_id, key_id, state, lane, durable, engine, operation, model, n,"  \
    " size, quality, format, background, extended, reply_as, created_ms)"                          \
    " VALUES ('imgtask_1', 'req_1', 'key_1', 3, 1, 1, 'scene', 'generate', 'gpt-image-2', 1,"      \
    " '1024x1024', 'low', 'png', 'auto', 1, 0, 1700000000000);"                                    \
    "INSERT INTO job_pictures VALUES ('imgtask_1', 0, 'a.png', 4096, 7)"

static int known_versions(void)
{
    int n = 0;
    while (ct_schema_files[n].name)
        n++;
    return n;
}

/* As the program of that version left it. */
static ct_code make_version(struct ct_sql *sql, int version, struct ct_err *err)
{
    char mark[64];
    for (int i = 0; i < version; i++)
        CT_TRY(ct_sql_script(sql, ct_schema_files[i].text, err));
    snprintf(mark, sizeof(mark), "PRAGMA user_version = %d", version);
    CT_TRY(ct_sql_script(sql, mark, err));
    return ct_sql_script(sql, JOB, err);
}

/* Every table and index as SQLite keeps it, in the order of names. */
static ct_code describe(struct ct_buf *b, struct ct_sql *sql, struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT name || ': ' || coalesce(sql, '') FROM sqlite_master ORDER BY name", ""));
    while (ct_sql_next(&rows)) {
        ct_buf_put(b, ct_sql_text(&rows, 0));
        ct_buf_putc(b, '\n');
    }
    return ct_sql_end(&rows, err);
}

static int64_t pictures_of_the_job(struct ct_sql *sql)
{
    struct ct_sql_rows rows;
    int64_t n = -1;
    if (ct_sql_query(&rows, sql, NULL,
                     "SELECT count(*) FROM jobs JOIN job_pictures ON job_id = id "
                     "WHERE key_id = 'key_1' AND state = 3 AND bytes = 4096 AND created_ms = 1700000000000",
                     "") != CT_OK)
        return n;
    if (ct_sql_next(&rows))
        n = ct_sql_int(&rows, 0);
    return ct_sql_end(&rows, NULL) == CT_OK ? n : -1;
}

TEST(schema__a_database_of_every_version_is_brought_up_to_date)
{
    struct folder folder = folder_make();
    struct ct_buf fresh, upgraded;
    struct ct_err err = { 0 };
    struct ct_sql *sql;
    CHECK(known_versions() >= 11);
    ct_buf_init(&fresh, 1 << 20);
    REQUIRE(ct_sql_open(&sql, folder_path(&folder, "new.db"), CT_SQL_WRITE, NULL) == CT_OK);
    CHECK_INT(ct_schema_prepare(sql, &err), CT_OK);
    CHECK_INT(describe(&fresh, sql, &err), CT_OK);
    CHECK(fresh.len > 2000);
    ct_sql_close(&sql);
    for (int version = 1; version < known_versions(); version++) {
        char name[32];
        snprintf(name, sizeof(name), "%d.db", version);
        REQUIRE(ct_sql_open(&sql, folder_path(&folder, name), CT_SQL_WRITE, NULL) == CT_OK);
        CHECK_INT(make_version(sql, version, &err), CT_OK);
        CHECK_INT(ct_schema_prepare(sql, &err), CT_OK);
        CHECK_INT(ct_schema_prepare(sql, &err), CT_OK); /* and stays so */
        CHECK_INT(pictures_of_the_job(sql), 1);
        ct_buf_init(&upgraded, 1 << 20);
        CHECK_INT(describe(&upgraded, sql, &err), CT_OK);
        CHECK(ct_slice_eq(ct_buf_slice(&upgraded), ct_buf_slice(&fresh)));
        ct_buf_release(&upgraded);
        ct_sql_close(&sql);
    }
    ct_buf_release(&fresh);
    folder_remove(&folder);
}
