#include "t.h"

#include "folder.h"

#include "base/clock.h"
#include "store/picture_uses.h"
#include "store/replies.h"

#include <unistd.h>

#define DONE 3
#define UNKNOWN 8

struct fixture {
    struct folder folder;
    struct ct_db *db;
    struct ct_replies *replies;
    struct ct_arena *arena;
};

static bool open_replies(struct fixture *f)
{
    return ct_replies_open(&f->replies,
                           &(struct ct_replies_options){ .data_dir = f->folder.path,
                                                         .db = f->db,
                                                         .keep_ms = 1000,
                                                         .max_bytes = 100000,
                                                         .job_done = DONE,
                                                         .job_unknown = UNKNOWN },
                           NULL) == CT_OK;
}

static bool set_up(struct fixture *f)
{
    *f = (struct fixture){ .folder = folder_make(), .arena = ct_arena_new(1 << 20) };
    return f->arena && ct_db_open(&f->db, f->folder.path, NULL) == CT_OK && open_replies(f);
}

static void tear_down(struct fixture *f)
{
    ct_replies_close(&f->replies);
    ct_db_close(&f->db);
    ct_arena_free(&f->arena);
    folder_remove(&f->folder);
}

static ct_code put(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_reply_row_put(sql, ctx, err);
}

static struct ct_reply_row row_of(char id, enum ct_reply_state state)
{
    int64_t now = ct_clock_wall_ms();
    struct ct_reply_row row = { .job_id = CT_S("imgtask_1"),
                                .state = state,
                                .created_ms = now,
                                .expires_ms = now + 1000000,
                                .status = 200,
                                .content_type = CT_S("application/json"),
                                .fields = CT_S("a: b\n") };
    memset(row.id, id, sizeof(row.id));
    memset(row.fingerprint, id + 1, sizeof(row.fingerprint));
    return row;
}

static bool add(struct fixture *f, struct ct_reply_row row)
{
    return ct_db_write(f->db, put, &row, NULL) == CT_OK;
}

static bool add_file(struct fixture *f, char id, int64_t bytes, int64_t made)
{
    struct ct_reply_row row = row_of(id, CT_REPLY_KEPT);
    char *text = calloc(1, (size_t)bytes);
    struct ct_blob *body = text ? ct_blob_copy(text, (size_t)bytes) : NULL;
    free(text);
    row.bytes = bytes;
    row.created_ms = made;
    bool ok = body && ct_replies_write(f->replies, row.id, body, NULL) == CT_OK && add(f, row);
    ct_blob_unref(&body);
    return ok;
}

static int state_of(struct fixture *f, char id)
{
    struct ct_reply_row row;
    uint8_t key[CT_SHA256_LEN];
    bool found = false;
    memset(key, id, sizeof(key));
    CHECK_INT(ct_replies_find(&found, &row, f->replies, key, f->arena, NULL), CT_OK);
    return found ? (int)row.state : -1;
}

static bool has_file(struct fixture *f, char id)
{
    uint8_t key[CT_SHA256_LEN];
    int64_t bytes = 0;
    memset(key, id, sizeof(key));
    int fd = ct_replies_read(f->replies, key, &bytes);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

TEST(replies__small_ones_come_back_from_their_row)
{
    struct fixture f;
    struct ct_reply_row row = row_of('a', CT_REPLY_KEPT), got;
    bool found = false;
    REQUIRE(set_up(&f));
    row.body = CT_S("{}");
    REQUIRE(add(&f, row));
    CHECK_INT(ct_replies_find(&found, &got, f.replies, row.id, f.arena, NULL), CT_OK);
    REQUIRE(found);
    CHECK(memcmp(got.fingerprint, row.fingerprint, CT_SHA256_LEN) == 0);
    CHECK_SLICE(got.body, "{}");
    CHECK_SLICE(got.fields, "a: b\n");
    CHECK_INT(got.status, 200);
    CHECK_INT(state_of(&f, 'b'), -1);
    row.expires_ms = ct_clock_wall_ms();
    REQUIRE(add(&f, row)); /* over the first, and it has expired */
    CHECK_INT(state_of(&f, 'a'), -1);
    tear_down(&f);
}

TEST(replies__large_ones_are_files_that_go_with_their_row)
{
    struct fixture f;
    struct ct_err err = { 0 };
    int64_t now = ct_clock_wall_ms();
    REQUIRE(set_up(&f) && add_file(&f, 'a', 60000, now - 2) && add_file(&f, 'b', 30000, now - 1) &&
            add_file(&f, 'c', 50000, now));
    CHECK(has_file(&f, 'a') && has_file(&f, 'b') && has_file(&f, 'c'));
    CHECK_INT(ct_replies_expire(f.replies, now, &err), CT_OK); /* 140000 of 100000 */
    CHECK_INT(state_of(&f, 'a'), CT_REPLY_GONE);
    CHECK_INT(state_of(&f, 'b'), CT_REPLY_KEPT);
    CHECK(!has_file(&f, 'a') && has_file(&f, 'b') && has_file(&f, 'c'));
    CHECK_INT(ct_replies_expire(f.replies, now + 2000000, &err), CT_OK);
    CHECK_INT(state_of(&f, 'a'), -1);
    CHECK(!has_file(&f, 'b') && !has_file(&f, 'c'));
    tear_down(&f);
}

static ct_code list_and_renew(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct ct_reply_victims *v = ctx;
    struct ct_reply_row again = row_of('a', CT_REPLY_EXECUTING);
    CT_TRY(ct_reply_rows_victims(v, sql, ct_clock_wall_ms(), 1000000, err));
    CHECK_INT(v->n_expired, 2);
    return ct_reply_row_put(sql, &again, err); /* whoever asked a day ago asks again, just now */
}

static ct_code let_go(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_reply_rows_let_go(sql, ctx, ct_clock_wall_ms(), err);
}

TEST(replies__one_that_begins_anew_while_it_expires_stays)
{
    struct fixture f;
    struct ct_reply_victims v;
    struct ct_reply_row a = row_of('a', CT_REPLY_KEPT), b = row_of('b', CT_REPLY_KEPT);
    a.body = b.body = CT_S("{}");
    a.expires_ms = b.expires_ms = ct_clock_wall_ms() - 1;
    REQUIRE(set_up(&f) && add(&f, a) && add(&f, b));
    CHECK_INT(ct_db_write(f.db, list_and_renew, &v, NULL), CT_OK);
    CHECK_INT(ct_db_write(f.db, let_go, &v, NULL), CT_OK);
    CHECK_INT(state_of(&f, 'a'), CT_REPLY_EXECUTING);
    CHECK_INT(v.n_expired, 1);
    CHECK_INT(v.expired[0][0], 'b');
    tear_down(&f);
}

static ct_code is_used(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_picture_is_used(ctx, sql, CT_S("3f.png"), err);
}

TEST(replies__keep_the_pictures_that_they_name)
{
    struct fixture f;
    struct ct_slice name = CT_S("3f.png");
    struct ct_reply_row row = row_of('a', CT_REPLY_KEPT);
    bool used = false;
    row.pictures = &name;
    row.n_pictures = 1;
    row.body = CT_S("x");
    REQUIRE(set_up(&f) && add(&f, row));
    CHECK_INT(ct_db_read(f.db, is_used, &used, NULL), CT_OK);
    CHECK(used);
    CHECK_INT(ct_replies_expire(f.replies, ct_clock_wall_ms() + 2000000, NULL), CT_OK);
    CHECK_INT(ct_db_read(f.db, is_used, &used, NULL), CT_OK);
    CHECK(!used);
    tear_down(&f);
}

static ct_code add_jobs(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    (void)ctx;
    return ct_sql_run(sql, err,
                      "INSERT INTO jobs (id, request_id, key_id, state, lane, durable, engine, "
                      "operation, model, n, size, quality, format, background, extended, "
                      "reply_as, created_ms) VALUES "
                      "('imgtask_u', 'u', '', 8, 0, 0, '', '', '', 1, '', '', '', '', 0, 0, 1), "
                      "('imgtask_d', 'd', '', 3, 0, 0, '', '', '', 1, '', '', '', '', 0, 0, 1)",
                      "");
}

TEST(replies__of_a_server_that_died_are_asked_for_again_unless_executed)
{
    struct fixture f;
    struct ct_reply_row sent = row_of('s', CT_REPLY_EXECUTING);
    struct ct_reply_row done = row_of('d', CT_REPLY_EXECUTING); /* its reply had no room */
    sent.job_id = CT_S("imgtask_u");
    done.job_id = CT_S("imgtask_d");
    REQUIRE(set_up(&f) && add(&f, row_of('e', CT_REPLY_EXECUTING)) && add(&f, sent) &&
            add(&f, done));
    REQUIRE(ct_db_write(f.db, add_jobs, NULL, NULL) == CT_OK);
    REQUIRE(add_file(&f, 'k', 20000, 1));
    struct ct_blob *body = ct_blob_copy("left", 4);
    uint8_t orphan[CT_SHA256_LEN];
    memset(orphan, 'o', sizeof(orphan));
    CHECK_INT(ct_replies_write(f.replies, orphan, body, NULL), CT_OK);
    ct_blob_unref(&body);
    ct_replies_close(&f.replies);
    REQUIRE(open_replies(&f));
    CHECK_INT(state_of(&f, 'e'), -1);
    CHECK_INT(state_of(&f, 's'), CT_REPLY_GONE);
    CHECK_INT(state_of(&f, 'd'), CT_REPLY_GONE);
    CHECK_INT(state_of(&f, 'k'), CT_REPLY_KEPT);
    CHECK(!has_file(&f, 'o') && has_file(&f, 'k'));
    tear_down(&f);
}
