#include "t.h"

#include "folder.h"

#include "base/clock.h"
#include "policy/auth.h"

static int64_t now_us;

static int64_t stopped_clock(void)
{
    return now_us;
}

struct fixture {
    struct folder folder;
    struct ct_db *db;
    struct ct_auth auth;
};

static ct_code insert(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_key_row_insert(sql, ctx, err);
}

static ct_code update(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_key_row_update(sql, ctx, err);
}

/* As `calotype key create` would. */
static bool make_key(struct fixture *f, struct ct_key *key, char secret[CT_KEY_SECRET_MAX])
{
    *key = (struct ct_key){ .name = "x", .scopes = CT_SCOPES_DEFAULT,
                            .limits = CT_KEY_LIMITS_NONE };
    ct_key_init(key, secret);
    return ct_db_write(f->db, insert, key, NULL) == CT_OK;
}

static bool set_up(struct fixture *f, bool open_without_keys)
{
    now_us = 5000000;
    ct_clock_replace(stopped_clock, NULL);
    *f = (struct fixture){ .folder = folder_make(),
                           .auth = { .open_without_keys = open_without_keys } };
    return ct_db_open(&f->db, f->folder.path, NULL) == CT_OK &&
           ct_keys_open(&f->auth.keys, f->db, NULL) == CT_OK;
}

static void tear_down(struct fixture *f)
{
    ct_keys_close(&f->auth.keys);
    ct_db_close(&f->db);
    folder_remove(&f->folder);
    ct_clock_replace(NULL, NULL);
}

static ct_code ask(struct fixture *f, const char *authorization, struct ct_err *err)
{
    struct ct_caller caller = { .key_id = "stale" };
    ct_code rc = ct_auth_check(&f->auth, ct_slice(authorization), &caller, err);
    if (rc != CT_OK)
        CHECK_STR(caller.key_id, "");
    return rc;
}

TEST(auth__a_key_opens_and_names_itself)
{
    struct fixture f;
    struct ct_key key;
    struct ct_caller caller;
    char secret[CT_KEY_SECRET_MAX], header[128];
    REQUIRE(set_up(&f, false));
    REQUIRE(make_key(&f, &key, secret) && ct_keys_reload(f.auth.keys, NULL) == CT_OK);
    snprintf(header, sizeof(header), "Bearer %s", secret);
    CHECK_INT(ct_auth_check(&f.auth, ct_slice(header), &caller, NULL), CT_OK);
    CHECK_STR(caller.key_id, key.id);
    snprintf(header, sizeof(header), "bEARER %s", secret); /* RFC 9110 11.1: any case */
    CHECK_INT(ask(&f, header, NULL), CT_OK);
    snprintf(header, sizeof(header), "Bearer  %s", secret); /* the blank is part of the key */
    CHECK_INT(ask(&f, header, NULL), CT_E_KEY_WRONG);
    snprintf(header, sizeof(header), "Bearer %s ", secret);
    CHECK_INT(ask(&f, header, NULL), CT_E_KEY_WRONG);
    tear_down(&f);
}

TEST(auth__anything_but_a_bearer_token_is_missing)
{
    static const char *const headers[] = { "",       "Bearer",        "Bearer ", "Basic YTpi",
                                           "sk-abc", " Bearer sk-ab", "Bearersk" };
    struct fixture f;
    REQUIRE(set_up(&f, true));
    for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
        struct ct_err err = { 0 };
        CHECK_INT(ask(&f, headers[i], &err), CT_E_KEY_MISSING);
        CHECK(ct_slice_starts(ct_slice(err.msg), "You didn't provide an API key."));
    }
    CHECK_INT(ask(&f, NULL, NULL), CT_E_KEY_MISSING);
    tear_down(&f);
}

TEST(auth__a_wrong_key_is_masked)
{
    static const struct {
        const char *header, *shown;
    } cases[] = {
        { "Bearer sk-abcdefghijklmnop", ": sk-***mnop." },
        { "Bearer short", ": ***." },
        { "Bearer 12345678901", ": ***." },
        { "Bearer 123456789012", ": 123***9012." },
        { "Bearer with blanks inside it", ": ***." },
        { "Bearer k\xC3\xA9y with umlaut", ": ***." },
        { "Bearer \x1b[31mred-and-long", ": ***." },
    };
    struct fixture f;
    REQUIRE(set_up(&f, false));
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct ct_err err = { 0 };
        CHECK_INT(ask(&f, cases[i].header, &err), CT_E_KEY_WRONG);
        CHECK(strstr(err.msg, cases[i].shown) != NULL);
        CHECK(strstr(err.msg, cases[i].header + 7) == NULL);
    }
    tear_down(&f);
}

TEST(auth__is_open_only_until_the_first_key_was_made)
{
    struct fixture f;
    struct ct_key key;
    char secret[CT_KEY_SECRET_MAX];
    REQUIRE(set_up(&f, true));
    CHECK_INT(ask(&f, "Bearer anything", NULL), CT_OK);

    REQUIRE(make_key(&f, &key, secret));
    now_us += 1000000;
    CHECK_INT(ask(&f, "Bearer anything", NULL), CT_E_KEY_WRONG);

    key.revoked_ms = 1;
    REQUIRE(ct_db_write(f.db, update, &key, NULL) == CT_OK);
    now_us += 1000000;
    CHECK_INT(ask(&f, "Bearer anything", NULL), CT_E_KEY_WRONG);
    char header[128];
    snprintf(header, sizeof(header), "Bearer %s", secret);
    CHECK_INT(ask(&f, header, NULL), CT_E_KEY_WRONG);
    tear_down(&f);
}

TEST(auth__without_that_permission_no_keys_means_nobody)
{
    struct fixture f;
    REQUIRE(set_up(&f, false));
    CHECK_INT(ask(&f, "Bearer anything", NULL), CT_E_KEY_WRONG);
    tear_down(&f);
}

TEST(auth__a_scope_that_is_missing_is_named)
{
    struct ct_caller caller = { .key_id = "key_1", .scopes = CT_SCOPE_IMAGES_READ };
    struct ct_err err = { 0 };
    CHECK_INT(ct_auth_scope(&caller, CT_SCOPE_IMAGES_READ, NULL), CT_OK);
    CHECK_INT(ct_auth_scope(&caller, CT_SCOPE_IMAGES_WRITE, &err), CT_E_SCOPE);
    CHECK(strstr(err.msg, "Missing scopes: images:write."));
    CHECK_INT(ct_auth_scope(&caller, CT_SCOPE_ADMIN, &err), CT_E_SCOPE);
    caller.scopes = CT_SCOPE_ADMIN;
    CHECK_INT(ct_auth_scope(&caller, CT_SCOPE_USAGE_READ, NULL), CT_OK);
}

TEST(auth__without_keys_nobody_is_admin)
{
    struct fixture f;
    struct ct_caller caller;
    REQUIRE(set_up(&f, true));
    REQUIRE(ct_auth_check(&f.auth, CT_S("Bearer any"), &caller, NULL) == CT_OK);
    CHECK_INT(ct_auth_scope(&caller, CT_SCOPE_IMAGES_WRITE, NULL), CT_OK);
    CHECK_INT(ct_auth_scope(&caller, CT_SCOPE_ADMIN, NULL), CT_E_SCOPE);
    tear_down(&f);
}

TEST(auth__a_model_that_is_not_allowed_is_named)
{
    struct ct_caller caller = { .key_id = "key_1", .models = "gpt-image-1.5" };
    struct ct_err err = { 0 };
    CHECK_INT(ct_auth_model(&caller, "gpt-image-1.5", NULL), CT_OK);
    CHECK_INT(ct_auth_model(&caller, "gpt-image-2", &err), CT_E_MODEL_ACCESS);
    CHECK_STR(err.param, "model");
}
