#include "t.h"

#include "store/job_rows.h"
#include "store/schema.h"

struct fixture {
    struct ct_sql *sql;
    struct ct_arena *arena;
};

static bool set_up(struct fixture *f)
{
    f->arena = ct_arena_new(1 << 20);
    return f->arena && ct_sql_open(&f->sql, ":memory:", CT_SQL_MEMORY, NULL) == CT_OK &&
           ct_schema_prepare(f->sql, NULL) == CT_OK;
}

static void tear_down(struct fixture *f)
{
    ct_sql_close(&f->sql);
    ct_arena_free(&f->arena);
}

static struct ct_job_row row_of(const char *id, const char *key, int64_t created_ms)
{
    static char request[8][64];
    static int turn;
    char *r = request[turn++ % 8];
    snprintf(r, 64, "req_of_%s", id);
    return (struct ct_job_row){
        .id = ct_slice(id), .request_id = ct_slice(r), .key_id = ct_slice(key),
        .lane = 1, .durable = true, .extended = true,
        .engine = CT_S("scene"), .operation = CT_S("generate"), .model = CT_S("gpt-image-2"),
        .n = 2, .size = CT_S("1024x1024"), .quality = CT_S("low"), .format = CT_S("png"),
        .background = CT_S("opaque"), .body = CT_S("{}"), .created_ms = created_ms,
        .deadline_ms = created_ms + 1000,
    };
}

static bool add(struct fixture *f, const char *id, const char *key, int64_t created_ms)
{
    struct ct_job_row row = row_of(id, key, created_ms);
    return ct_job_row_insert(f->sql, &row, NULL) == CT_OK;
}

TEST(job_rows__come_back_as_they_went_in)
{
    struct fixture f;
    struct ct_job_row row;
    REQUIRE(set_up(&f));
    REQUIRE(add(&f, "imgtask_1", "key_a", 5000));
    REQUIRE(ct_job_row_get(&row, f.sql, f.arena, CT_S("imgtask_1"), CT_S("key_a"), true, NULL) ==
            CT_OK);
    CHECK_SLICE(row.request_id, "req_of_imgtask_1");
    CHECK_SLICE(row.size, "1024x1024");
    CHECK_SLICE(row.body, "{}");
    CHECK_INT(row.n, 2);
    CHECK_INT(row.created_ms, 5000);
    CHECK_INT(row.deadline_ms, 6000);
    CHECK_INT(row.ended_ms, 0);
    CHECK(row.durable && row.extended && !row.safety_identifier.ptr);
    CHECK_INT(ct_job_row_get(&row, f.sql, f.arena, CT_S("req_of_imgtask_1"), CT_S("key_a"), false,
                             NULL),
              CT_OK);
    CHECK(!row.body.ptr);
    tear_down(&f);
}

TEST(job_rows__another_keys_job_does_not_exist)
{
    struct fixture f;
    struct ct_job_row row;
    struct ct_err err = { 0 };
    REQUIRE(set_up(&f));
    REQUIRE(add(&f, "imgtask_1", "key_a", 5000));
    CHECK_INT(ct_job_row_get(&row, f.sql, f.arena, CT_S("imgtask_1"), CT_S("key_b"), false, &err),
              CT_E_NOT_FOUND);
    CHECK_STR(err.msg, "No task found with id 'imgtask_1'.");
    tear_down(&f);
}

TEST(job_rows__move_only_from_the_state_they_are_in)
{
    struct fixture f;
    struct ct_job_row row;
    REQUIRE(set_up(&f));
    REQUIRE(add(&f, "imgtask_1", "", 5000));
    CHECK_INT(ct_job_row_move(f.sql, CT_S("imgtask_1"), 0, 1, 5100, NULL), CT_OK);
    CHECK_INT(ct_job_row_move(f.sql, CT_S("imgtask_1"), 0, 1, 5100, NULL), CT_E_INTERNAL);
    CHECK_INT(ct_job_row_move(f.sql, CT_S("imgtask_9"), 0, 1, 0, NULL), CT_E_INTERNAL);
    REQUIRE(ct_job_row_get(&row, f.sql, f.arena, CT_S("imgtask_1"), CT_S(""), false, NULL) ==
            CT_OK);
    CHECK_INT(row.state, 1);
    CHECK_INT(row.attempts, 1);
    CHECK_INT(row.started_ms, 5100);
    tear_down(&f);
}

TEST(job_rows__end_with_pictures_and_let_the_body_go)
{
    struct fixture f;
    struct ct_job_row row;
    struct ct_job_picture_row pictures[2] = { { CT_S("aa.png"), 100, 7 }, { CT_S("bb.png"), 9, -8 } };
    int n;
    REQUIRE(set_up(&f));
    REQUIRE(add(&f, "imgtask_1", "", 5000));
    struct ct_job_row end = { .id = CT_S("imgtask_1"), .state = 3, .ended_ms = 6000,
                              .expires_ms = 9000, .image_tokens_out = 392,
                              .warnings = CT_S("[\"w\"]") };
    CHECK_INT(ct_job_row_end(f.sql, &end, 0, pictures, 2, NULL), CT_OK);
    CHECK_INT(ct_job_row_end(f.sql, &end, 0, pictures, 2, NULL), CT_E_INTERNAL);
    REQUIRE(ct_job_row_get(&row, f.sql, f.arena, CT_S("imgtask_1"), CT_S(""), true, NULL) == CT_OK);
    CHECK(!row.body.ptr);
    CHECK_INT(row.ended_ms, 6000);
    CHECK_INT(row.expires_ms, 9000);
    CHECK_INT(row.image_tokens_out, 392);
    CHECK_SLICE(row.warnings, "[\"w\"]");
    REQUIRE(ct_job_row_pictures(pictures, 2, &n, f.sql, f.arena, CT_S("imgtask_1"), NULL) == CT_OK);
    CHECK_INT(n, 2);
    CHECK_SLICE(pictures[1].name, "bb.png");
    CHECK_INT(pictures[1].seed, -8);
    tear_down(&f);
}

static ct_code collect(void *ctx, const struct ct_job_row *row, struct ct_err *err)
{
    char *text = ctx;
    (void)err;
    strncat(text, row->id.ptr, row->id.len);
    strcat(text, " ");
    return CT_OK;
}

TEST(job_rows__open_ones_are_listed_oldest_first)
{
    struct fixture f;
    char text[128] = "";
    REQUIRE(set_up(&f));
    REQUIRE(add(&f, "b", "", 2000) && add(&f, "a", "", 1000) && add(&f, "c", "", 3000));
    struct ct_job_row end = { .id = CT_S("b"), .state = 5, .ended_ms = 6000 };
    CHECK_INT(ct_job_row_end(f.sql, &end, 0, NULL, 0, NULL), CT_OK);
    CHECK_INT(ct_job_rows_open(f.sql, collect, text, NULL), CT_OK);
    CHECK_STR(text, "a c ");
    tear_down(&f);
}

TEST(job_rows__lists_turn_pages_newest_first)
{
    struct fixture f;
    struct ct_job_row page[2];
    bool more;
    int n;
    REQUIRE(set_up(&f));
    REQUIRE(add(&f, "a", "k", 1000) && add(&f, "b", "k", 2000) && add(&f, "c", "k", 2000) &&
            add(&f, "d", "other", 2500));
    struct ct_job_list list = { .key_id = CT_S("k"), .limit = 2 };
    REQUIRE(ct_job_row_list(page, &n, &more, f.sql, f.arena, &list, NULL) == CT_OK);
    CHECK_INT(n, 2);
    CHECK(more);
    CHECK_SLICE(page[0].id, "c");
    CHECK_SLICE(page[1].id, "b");
    list.after = CT_S("b");
    REQUIRE(ct_job_row_list(page, &n, &more, f.sql, f.arena, &list, NULL) == CT_OK);
    CHECK_INT(n, 1);
    CHECK(!more);
    CHECK_SLICE(page[0].id, "a");
    list.after = CT_S("d"); /* not the caller's */
    CHECK_INT(ct_job_row_list(page, &n, &more, f.sql, f.arena, &list, NULL), CT_E_NOT_FOUND);
    list = (struct ct_job_list){ .key_id = CT_S("k"), .states = 1u << 4, .limit = 2 };
    REQUIRE(ct_job_row_list(page, &n, &more, f.sql, f.arena, &list, NULL) == CT_OK);
    CHECK_INT(n, 0);
    tear_down(&f);
}
