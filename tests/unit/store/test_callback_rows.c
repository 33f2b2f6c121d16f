#include "t.h"

#include "store/callback_rows.h"
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

static bool add(struct fixture *f, const char *id, const char *host, int64_t due_ms)
{
    struct ct_delivery_row row = { .id = ct_slice(id),
                                   .job_id = CT_S("imgtask_1"),
                                   .key_id = CT_S("key_a"),
                                   .type = CT_S("task.completed"),
                                   .url = CT_S("https://a.example/hook"),
                                   .host = ct_slice(host),
                                   .body = CT_S("{\"a\":1}"),
                                   .created_ms = due_ms,
                                   .first_ms = due_ms,
                                   .next_ms = due_ms };
    return ct_delivery_row_insert(f->sql, &row, NULL) == CT_OK;
}

static struct ct_delivery_row get(struct fixture *f, const char *id)
{
    struct ct_delivery_row row = { .attempts = -1 };
    CHECK_INT(ct_delivery_row_get(&row, f->sql, f->arena, ct_slice(id), NULL), CT_OK);
    return row;
}

static void note(struct fixture *f, const char *id, int64_t now, bool delivered, int64_t next)
{
    struct ct_delivery_outcome o = { ct_slice(id), now, delivered, next, delivered ? 200 : 500,
                                     delivered ? (struct ct_slice){ NULL, 0 }
                                               : CT_S("answered 500") };
    CHECK_INT(ct_delivery_row_note(f->sql, &o, NULL), CT_OK);
}

/* "id id ": what is due at that time. */
static void check_due(struct fixture *f, int64_t now, int per_host, const char *expected)
{
    struct ct_delivery_row due[8];
    char ids[256] = "";
    int n = -1;
    CHECK_INT(ct_delivery_rows_due(due, 8, &n, f->sql, f->arena, now, per_host, NULL), CT_OK);
    for (int i = 0; i < n; i++) {
        strncat(ids, due[i].id.ptr, due[i].id.len);
        strcat(ids, " ");
    }
    CHECK_STR(ids, expected);
}

static void count(void *ctx, const struct ct_delivery_row *row)
{
    (void)row;
    ++*(int *)ctx;
}

static int listed(struct fixture *f, bool dead_only)
{
    int n = 0;
    CHECK_INT(ct_delivery_rows_each(f->sql, dead_only, 100, count, &n, NULL), CT_OK);
    return n;
}

/* Hours of work for a host that hangs, all of it longer due than the one of another host. */
TEST(callback_rows__a_host_with_thousands_due_hides_nobody_else)
{
    struct fixture f;
    char id[32];
    REQUIRE(set_up(&f));
    CHECK_INT(ct_sql_script(f.sql, "BEGIN", NULL), CT_OK);
    for (int i = 0; i < 6000; i++) {
        snprintf(id, sizeof(id), "evt_%05d", i);
        REQUIRE(add(&f, id, "hangs.example", 1000 + i));
    }
    REQUIRE(add(&f, "evt_z", "quick.example", 9000) && add(&f, "evt_y", "later.example", 9999));
    CHECK_INT(ct_sql_script(f.sql, "COMMIT", NULL), CT_OK);
    check_due(&f, 9500, 2, "evt_00000 evt_00001 evt_z ");
    tear_down(&f);
}

TEST(callback_rows__no_host_takes_more_than_its_share)
{
    struct fixture f;
    REQUIRE(set_up(&f));
    REQUIRE(add(&f, "evt_1", "a", 1) && add(&f, "evt_2", "a", 2) && add(&f, "evt_3", "a", 3));
    REQUIRE(add(&f, "evt_4", "b", 4) && add(&f, "evt_5", "b", 50));
    check_due(&f, 0, 2, "");
    check_due(&f, 10, 2, "evt_1 evt_2 evt_4 ");
    check_due(&f, 50, 1, "evt_1 evt_4 ");
    check_due(&f, 50, 9, "evt_1 evt_2 evt_3 evt_4 evt_5 ");
    tear_down(&f);
}

TEST(callback_rows__live_from_pending_to_their_end_and_back)
{
    struct fixture f;
    int n;
    REQUIRE(set_up(&f) && add(&f, "evt_1", "a", 1) && add(&f, "evt_2", "a", 1));
    note(&f, "evt_1", 10, false, 20);
    struct ct_delivery_row row = get(&f, "evt_1");
    CHECK_INT(row.attempts, 1);
    CHECK_INT(row.next_ms, 20);
    CHECK_INT(row.status, 500);
    CHECK_SLICE(row.error, "answered 500");
    CHECK_SLICE(row.body, "{\"a\":1}");
    note(&f, "evt_1", 20, false, 0);
    note(&f, "evt_2", 21, true, 0);
    check_due(&f, 1000, 9, "");
    CHECK_INT(get(&f, "evt_2").delivered_ms, 21);
    CHECK(!get(&f, "evt_2").error.ptr);
    CHECK_INT(listed(&f, true), 1);
    CHECK_INT(listed(&f, false), 2);

    CHECK_INT(ct_delivery_row_redeliver(&n, f.sql, (struct ct_slice){ NULL, 0 }, 30, NULL), CT_OK);
    CHECK_INT(n, 1);
    check_due(&f, 1000, 9, "evt_1 ");
    CHECK_INT(get(&f, "evt_1").first_ms, 30);
    CHECK_INT(get(&f, "evt_1").attempts, 0);
    CHECK_INT(ct_delivery_row_redeliver(&n, f.sql, CT_S("evt_2"), 40, NULL), CT_OK);
    check_due(&f, 1000, 9, "evt_1 evt_2 ");
    CHECK_INT(ct_delivery_row_redeliver(&n, f.sql, CT_S("evt_9"), 40, NULL), CT_E_NOT_FOUND);
    tear_down(&f);
}

TEST(callback_rows__are_forgotten_when_they_are_old)
{
    struct fixture f;
    REQUIRE(set_up(&f) && add(&f, "evt_d", "a", 1) && add(&f, "evt_x", "a", 1) &&
            add(&f, "evt_p", "a", 1));
    note(&f, "evt_d", 100, true, 0);
    note(&f, "evt_x", 100, false, 0);
    CHECK_INT(ct_delivery_rows_forget(f.sql, 101, 100, NULL), CT_OK);
    CHECK_INT(listed(&f, true), 1);
    CHECK_INT(listed(&f, false), 2);
    CHECK_INT(ct_delivery_rows_forget(f.sql, 1000, 101, NULL), CT_OK);
    CHECK_INT(listed(&f, false), 1);
    CHECK_INT(get(&f, "evt_p").next_ms, 1);
    tear_down(&f);
}

TEST(callback_rows__count_the_changes_of_a_secret)
{
    struct fixture f;
    int64_t generation, rotated;
    REQUIRE(set_up(&f));
    for (int i = 0; i < 3; i++) {
        CHECK_INT(ct_callback_secret_get(&generation, &rotated, f.sql, CT_S("key_a"), NULL), CT_OK);
        CHECK_INT(generation, i);
        CHECK_INT(rotated, i * 1000);
        CHECK_INT(ct_callback_secret_rotate(f.sql, CT_S("key_a"), (i + 1) * 1000, NULL), CT_OK);
    }
    CHECK_INT(ct_callback_secret_get(&generation, &rotated, f.sql, CT_S(""), NULL), CT_OK);
    CHECK_INT(generation, 0);
    tear_down(&f);
}
