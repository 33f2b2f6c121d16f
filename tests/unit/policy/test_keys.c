#include "t.h"

#include "folder.h"

#include "base/clock.h"
#include "base/json.h"
#include "policy/key_json.h"
#include "policy/keys.h"

static int64_t now_us, now_s;

static int64_t stopped_clock(void)
{
    return now_us;
}

static int64_t stopped_wall(void)
{
    return now_s;
}

struct fixture {
    struct folder folder;
    struct ct_db *db;
    struct ct_keys *keys;
    char secret[CT_KEY_SECRET_MAX];
    struct ct_key key;
};

static ct_code insert(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_key_row_insert(sql, ctx, err);
}

static ct_code update(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_key_row_update(sql, ctx, err);
}

static bool set_up(struct fixture *f)
{
    now_us = 5000000;
    now_s = 1700000000;
    ct_clock_replace(stopped_clock, stopped_wall);
    *f = (struct fixture){ .folder = folder_make() };
    f->key = (struct ct_key){ .name = "x",
                              .scopes = CT_SCOPES_DEFAULT,
                              .limits = CT_KEY_LIMITS_NONE };
    ct_key_init(&f->key, f->secret);
    return ct_db_open(&f->db, f->folder.path, NULL) == CT_OK &&
           ct_db_write(f->db, insert, &f->key, NULL) == CT_OK &&
           ct_keys_open(&f->keys, f->db, NULL) == CT_OK;
}

static void tear_down(struct fixture *f)
{
    ct_keys_close(&f->keys);
    ct_db_close(&f->db);
    folder_remove(&f->folder);
    ct_clock_replace(NULL, NULL);
}

static bool opens(struct fixture *f, const char *secret)
{
    struct ct_key found;
    return ct_keys_find(f->keys, ct_slice(secret), &found);
}

TEST(keys__a_secret_finds_its_key_with_all_it_may)
{
    struct fixture f;
    struct ct_key found;
    REQUIRE(set_up(&f));
    CHECK(ct_slice_starts(ct_slice(f.secret), "sk-calotype-"));
    CHECK_INT(strlen(f.secret), 55);
    REQUIRE(ct_keys_find(f.keys, ct_slice(f.secret), &found));
    CHECK_STR(found.id, f.key.id);
    CHECK_INT(found.scopes, CT_SCOPES_DEFAULT);
    CHECK_INT(found.limits.budget_day, CT_NO_BUDGET);
    CHECK(!opens(&f, "sk-calotype-"));
    CHECK(!opens(&f, ""));
    f.secret[54] ^= 1;
    CHECK(!opens(&f, f.secret));
    tear_down(&f);
}

TEST(keys__every_one_of_a_thousand_opens_its_own)
{
    enum { N = 1000 };
    static char secrets[N][CT_KEY_SECRET_MAX];
    static struct ct_key keys[N];
    struct fixture f;
    struct ct_key found;
    REQUIRE(set_up(&f));
    for (int i = 0; i < N; i++) {
        keys[i] = f.key;
        ct_key_init(&keys[i], secrets[i]);
        REQUIRE(ct_db_post(f.db, insert, &keys[i], NULL, NULL) == CT_OK);
    }
    REQUIRE(ct_db_write(f.db, update, &f.key, NULL) == CT_OK);
    REQUIRE(ct_keys_reload(f.keys, NULL) == CT_OK);
    CHECK_INT(ct_keys_count(f.keys), N + 1);
    for (int i = 0; i < N; i++)
        CHECK(ct_keys_find(f.keys, ct_slice(secrets[i]), &found) &&
              strcmp(found.id, keys[i].id) == 0);
    tear_down(&f);
}

TEST(keys__a_change_elsewhere_is_noticed_within_a_second)
{
    struct fixture f;
    REQUIRE(set_up(&f));
    f.key.revoked_ms = now_s * 1000;
    REQUIRE(ct_db_write(f.db, update, &f.key, NULL) == CT_OK);
    now_us += 999999;
    ct_keys_refresh(f.keys);
    CHECK(opens(&f, f.secret));
    now_us += 1;
    ct_keys_refresh(f.keys);
    CHECK(!opens(&f, f.secret));
    CHECK_INT(ct_keys_active(f.keys), 0);
    CHECK_INT(ct_keys_count(f.keys), 1);
    tear_down(&f);
}

TEST(keys__expires_on_its_second)
{
    struct fixture f;
    REQUIRE(set_up(&f));
    f.key.expires_ms = (now_s + 60) * 1000;
    REQUIRE(ct_db_write(f.db, update, &f.key, NULL) == CT_OK);
    REQUIRE(ct_keys_reload(f.keys, NULL) == CT_OK);
    now_s += 59;
    CHECK(opens(&f, f.secret));
    now_s += 1;
    CHECK(!opens(&f, f.secret));
    tear_down(&f);
}

struct rotation {
    const char *id;
    uint8_t hash[CT_SHA256_LEN];
    int64_t until_ms;
};

static ct_code rotate(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct rotation *r = ctx;
    return ct_key_row_rotate(sql, ct_slice(r->id), r->hash, r->until_ms, err);
}

TEST(keys__the_old_secret_is_good_for_its_grace_and_no_longer)
{
    struct fixture f;
    char second[CT_KEY_SECRET_MAX], third[CT_KEY_SECRET_MAX];
    REQUIRE(set_up(&f));
    struct rotation r = { .id = f.key.id, .until_ms = (now_s + 10) * 1000 };
    ct_key_make_secret(second, r.hash);
    REQUIRE(ct_db_write(f.db, rotate, &r, NULL) == CT_OK);
    REQUIRE(ct_keys_reload(f.keys, NULL) == CT_OK);
    CHECK(opens(&f, f.secret) && opens(&f, second));
    now_s += 10;
    CHECK(!opens(&f, f.secret) && opens(&f, second));

    r.until_ms = 0; /* leaked: no grace */
    ct_key_make_secret(third, r.hash);
    REQUIRE(ct_db_write(f.db, rotate, &r, NULL) == CT_OK);
    REQUIRE(ct_keys_reload(f.keys, NULL) == CT_OK);
    CHECK(!opens(&f, second) && opens(&f, third));
    tear_down(&f);
}

static ct_code get(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct ct_key *key = ctx;
    char id[CT_KEY_ID_MAX];
    memcpy(id, key->id, sizeof(id));
    return ct_key_row_get(key, sql, ct_slice(id), err);
}

TEST(keys__last_use_is_written_down_later_and_survives_a_reload)
{
    struct fixture f;
    REQUIRE(set_up(&f));
    now_s += 100;
    CHECK(opens(&f, f.secret));
    REQUIRE(ct_keys_reload(f.keys, NULL) == CT_OK);
    now_us += 5000000;
    ct_keys_flush(f.keys, false);
    REQUIRE(ct_db_write(f.db, get, &f.key, NULL) == CT_OK); /* behind what was posted */
    CHECK_INT(f.key.last_used_ms, now_s * 1000);
    tear_down(&f);
}

TEST(keys__the_database_never_has_the_secret)
{
    struct fixture f;
    char path[512];
    static char bytes[1 << 20];
    REQUIRE(set_up(&f));
    REQUIRE(opens(&f, f.secret));
    static const char *const files[] = { "calotype.db", "calotype.db-wal" };
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof(path), "%s/%s", f.folder.path, files[i]);
        FILE *file = fopen(path, "rb");
        size_t n = file ? fread(bytes, 1, sizeof(bytes), file) : 0;
        CHECK(n > 0 && !memmem(bytes, n, f.secret + 12, 43));
        if (file)
            fclose(file);
    }
    tear_down(&f);
}

static ct_code apply(struct ct_key *key, const char *text, struct ct_err *err)
{
    const struct ct_json *object;
    struct ct_arena *arena = ct_arena_new(65536);
    ct_code rc = ct_json_parse(&object, arena, ct_slice(text), NULL, err);
    if (rc == CT_OK)
        rc = ct_key_apply(key, object, 1000000, err);
    ct_arena_free(&arena);
    return rc;
}

TEST(keys__json_sets_what_it_has_and_shows_all)
{
    struct ct_key key = { .id = "key_1", .name = "old", .limits = CT_KEY_LIMITS_NONE };
    struct ct_buf out;
    CHECK_INT(apply(&key,
                    "{\"name\":\"shop\",\"scopes\":[\"images:write\",\"admin\"],"
                    "\"models\":[\"gpt-image-2\",\"gpt-image-1.5\"],\"rpm\":60,"
                    "\"budget_day\":12.5,\"budget_user\":\"0.000000001\",\"expires_in\":60}",
                    NULL),
              CT_OK);
    CHECK_INT(key.limits.budget_day, 12500000000);
    CHECK_INT(key.limits.budget_user, 1);
    CHECK_INT(key.expires_ms, 1060000);
    ct_buf_init(&out, 65536);
    ct_buf_putc(&out, '{');
    ct_key_put_members(&out, &key, 1000000);
    const char *text = ct_buf_text(&out);
    CHECK(strstr(text, "\"scopes\":[\"images:write\",\"admin\"],\"models\":[\"gpt-image-2\","
                       "\"gpt-image-1.5\"]"));
    CHECK(strstr(text, "\"budget_day\":12.5,\"budget_month\":null"));
    CHECK(strstr(text, "\"budget_user\":0.000000001"));
    ct_buf_release(&out);

    CHECK_INT(apply(&key, "{\"rpm\":null,\"models\":null,\"budget_day\":0}", NULL), CT_OK);
    CHECK_INT(key.limits.rpm, 0);
    CHECK_INT(key.limits.budget_day, 0); /* nothing may be spent: not the same as no budget */
    CHECK_STR(key.models, "");
    CHECK_STR(key.name, "shop");
}

TEST(keys__json_refuses_what_it_does_not_know)
{
    static const struct {
        const char *text, *param;
        ct_code code;
    } cases[] = {
        { "{\"rpn\":1}", "rpn", CT_E_UNKNOWN },
        { "{\"rpm\":0}", "rpm", CT_E_INT_MIN },
        { "{\"rpm\":99999999999}", "rpm", CT_E_INT_MAX },
        { "{\"rpm\":\"6\"}", "rpm", CT_E_TYPE },
        { "{\"budget_day\":-1}", "budget_day", CT_E_VALUE },
        { "{\"budget_day\":1e3}", "budget_day", CT_E_VALUE },
        { "{\"budget_day\":true}", "budget_day", CT_E_TYPE },
        { "{\"scopes\":[\"images:paint\"]}", "scopes", CT_E_VALUE },
        { "{\"scopes\":[]}", "scopes", CT_E_VALUE },
        { "{\"scopes\":[1]}", "scopes", CT_E_TYPE },
        { "{\"expires_in\":0}", "expires_in", CT_E_VALUE },
        { "{\"expires_at\":5}", "expires_at", CT_E_VALUE },
        { "{\"name\":\"\"}", "name", CT_E_MISSING },
        { "[]", "", CT_E_JSON },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct ct_key key = { .name = "x", .limits = CT_KEY_LIMITS_NONE };
        struct ct_err err = { 0 };
        CHECK_INT(apply(&key, cases[i].text, &err), cases[i].code);
        CHECK_STR(err.param, cases[i].param);
    }
}

TEST(keys__models_are_compared_whole)
{
    CHECK(ct_key_allows_model("", "gpt-image-2"));
    CHECK(ct_key_allows_model("gpt-image-1.5 gpt-image-2", "gpt-image-2"));
    CHECK(ct_key_allows_model("gpt-image-1.5 gpt-image-2", "gpt-image-1.5"));
    CHECK(!ct_key_allows_model("gpt-image-2.5-flare", "gpt-image-2"));
}
