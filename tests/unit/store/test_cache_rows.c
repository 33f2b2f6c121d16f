#include "t.h"

#include "store/cache_rows.h"
#include "store/picture_uses.h"
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

static struct ct_cache_row row_of(char key, int64_t made, int64_t used, const char *name)
{
    struct ct_cache_row row = { .created_ms = made, .used_ms = used, .n_pictures = 2 };
    memset(row.key, key, sizeof(row.key));
    row.pictures[0] = (struct ct_job_picture_row){ ct_slice(name), 60, 7 };
    row.pictures[1] = (struct ct_job_picture_row){ CT_S("shared.png"), 40, -1 };
    return row;
}

static bool add(struct fixture *f, char key, int64_t made, int64_t used, const char *name)
{
    struct ct_cache_row row = row_of(key, made, used, name);
    return ct_cache_row_put(f->sql, &row, NULL) == CT_OK;
}

static bool is_used(struct fixture *f, const char *name)
{
    bool used = false;
    CHECK_INT(ct_picture_is_used(&used, f->sql, ct_slice(name), NULL), CT_OK);
    return used;
}

static bool get(struct fixture *f, struct ct_cache_row *out, char key, int64_t since)
{
    uint8_t id[CT_SHA256_LEN];
    bool found = false;
    memset(id, key, sizeof(id));
    CHECK_INT(ct_cache_row_get(&found, out, f->sql, f->arena, id, since, NULL), CT_OK);
    return found;
}

TEST(cache_rows__come_back_as_they_went_in)
{
    struct fixture f;
    struct ct_cache_row got, row = row_of('a', 1000, 2000, "a.png");
    row.warnings = CT_S("[\"w\"]");
    REQUIRE(set_up(&f) && ct_cache_row_put(f.sql, &row, NULL) == CT_OK);
    REQUIRE(get(&f, &got, 'a', 999));
    CHECK_INT(got.bytes, 100);
    CHECK_INT(got.n_pictures, 2);
    CHECK_SLICE(got.pictures[0].name, "a.png");
    CHECK_INT(got.pictures[0].seed, 7);
    CHECK_INT(got.pictures[1].seed, -1);
    CHECK_SLICE(got.warnings, "[\"w\"]");
    CHECK(!get(&f, &got, 'a', 1000)); /* too old */
    CHECK(!get(&f, &got, 'b', 0));
    REQUIRE(add(&f, 'a', 3000, 3000, "other.png")); /* over the first */
    REQUIRE(get(&f, &got, 'a', 0));
    CHECK_SLICE(got.pictures[0].name, "other.png");
    CHECK(!got.warnings.ptr);
    CHECK(!is_used(&f, "a.png"));
    tear_down(&f);
}

TEST(cache_rows__the_old_go_first_and_then_the_least_used)
{
    static struct ct_cache_victims v;
    struct fixture f;
    uint8_t b[CT_SHA256_LEN];
    REQUIRE(set_up(&f) && add(&f, 'a', 10, 90, "a.png") && add(&f, 'b', 20, 20, "b.png") &&
            add(&f, 'c', 30, 30, "c.png"));
    CHECK_INT(ct_cache_rows_victims(&v, f.sql, 0, 300, NULL), CT_OK);
    CHECK_INT(v.n, 0);
    CHECK_INT(ct_cache_rows_victims(&v, f.sql, 0, 150, NULL), CT_OK); /* 300 are there */
    REQUIRE(v.n == 2);
    CHECK(v.keys[0][0] == 'b' && v.keys[1][0] == 'c');
    CHECK_INT(v.n_names, 4);
    CHECK_STR(v.names[0], "b.png");
    memset(b, 'b', sizeof(b));
    CHECK_INT(ct_cache_row_used(f.sql, b, 95, NULL), CT_OK);
    CHECK_INT(ct_cache_rows_victims(&v, f.sql, 0, 250, NULL), CT_OK);
    CHECK(v.n == 1 && v.keys[0][0] == 'c');
    CHECK_INT(ct_cache_rows_victims(&v, f.sql, 10, 0, NULL), CT_OK);
    CHECK(v.n == 1 && v.keys[0][0] == 'a');
    tear_down(&f);
}

TEST(cache_rows__a_picture_is_used_as_long_as_one_row_has_it)
{
    struct fixture f;
    uint8_t key[CT_SHA256_LEN];
    REQUIRE(set_up(&f) && add(&f, 'a', 1, 1, "a.png") && add(&f, 'b', 1, 1, "b.png"));
    memset(key, 'a', sizeof(key));
    CHECK_INT(ct_cache_row_drop(f.sql, key, NULL), CT_OK);
    CHECK(!is_used(&f, "a.png"));
    CHECK(is_used(&f, "shared.png"));
    memset(key, 'b', sizeof(key));
    CHECK_INT(ct_cache_row_drop(f.sql, key, NULL), CT_OK);
    CHECK(!is_used(&f, "shared.png"));
    tear_down(&f);
}
