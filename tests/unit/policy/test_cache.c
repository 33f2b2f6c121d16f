#include "t.h"

#include "folder.h"

#include "base/clock.h"
#include "contract/model.h"
#include "policy/cache.h"
#include "policy/cache_key.h"
#include "policy/hits.h"

#include <stdio.h>

static const struct ct_cache_drawn_by by = { "scene", "1", { 1, 2, 3 } };
static const struct ct_model model = { .id = "gpt-image-2", .snapshot = "gpt-image-2-2026" };

static struct ct_image_request usual(void)
{
    return (struct ct_image_request){ .model = &model,
                                      .prompt = CT_S("a mug"),
                                      .n = 1,
                                      .width = 1024,
                                      .height = 1024,
                                      .compression = 100 };
}

static bool same_key(const struct ct_image_request *a, const struct ct_image_request *b)
{
    uint8_t x[CT_SHA256_LEN], y[CT_SHA256_LEN];
    ct_cache_make_key(x, &by, CT_S("key a"), a);
    ct_cache_make_key(y, &by, CT_S("key a"), b);
    return memcmp(x, y, sizeof(x)) == 0;
}

/* Changes one field, and says whether that is another picture. */
#define CHANGES(field, value, expected)                                                            \
    do {                                                                                           \
        struct ct_image_request one = usual(), other = usual();                                    \
        other.field = value;                                                                       \
        CHECK(same_key(&one, &other) != (expected));                                               \
    } while (0)

TEST(cache_key__is_of_every_field_that_can_change_a_pixel)
{
    static const struct ct_model another = { .id = "gpt-image-2", .snapshot = "gpt-image-2-2027" };
    CHANGES(operation, CT_OPERATION_EDIT, true);
    CHANGES(model, &another, true);
    CHANGES(prompt, CT_S("a mug "), true);
    CHANGES(n, 2, true);
    CHANGES(width, 1040, true);
    CHANGES(height, 1040, true);
    CHANGES(quality, CT_QUALITY_HIGH, true);
    CHANGES(format, CT_FORMAT_WEBP, true);
    CHANGES(compression, 99, true);
    CHANGES(background, CT_BACKGROUND_TRANSPARENT, true);
    CHANGES(moderation, CT_MODERATION_LOW, true);
    CHANGES(input_fidelity, CT_FIDELITY_HIGH, true);
    CHANGES(seed, 1, true);
    CHANGES(seed_given, true, true);
    CHANGES(style, CT_STYLE_VIVID, true);
    CHANGES(thinking, CT_THINKING_HIGH, true);
    CHANGES(extended, true, true); /* whether there are warnings */
}

TEST(cache_key__is_not_of_how_it_is_answered_or_for_whom)
{
    CHANGES(stream, true, false);
    CHANGES(partial_images, 3, false);
    CHANGES(reply_as, CT_REPLY_URL, false);
    CHANGES(safety_identifier, CT_S("ada"), false);
    CHANGES(asked_as, CT_OPERATION_EDIT, false);
}

TEST(cache_key__is_of_the_bytes_of_every_input_and_of_who_draws_for_whom)
{
    struct ct_image_request one = usual(), other = usual();
    struct ct_blob *a = ct_blob_copy("a", 1), *b = ct_blob_copy("b", 1);
    struct ct_cache_drawn_by next = by;
    uint8_t x[CT_SHA256_LEN], y[CT_SHA256_LEN];
    REQUIRE(a && b);
    one.n_inputs = other.n_inputs = 1;
    one.inputs[0].file = other.inputs[0].file = a;
    other.inputs[0].source = CT_INPUT_URL;
    CHECK(same_key(&one, &other));
    other.inputs[0].file = b;
    CHECK(!same_key(&one, &other));
    other.inputs[0].file = a;
    other.mask.file = a;
    CHECK(!same_key(&one, &other));
    one.markup.file = a; /* the same strokes as a mask mean something else */
    CHECK(!same_key(&one, &other));
    other.mask.file = NULL;
    other.markup.file = b;
    CHECK(!same_key(&one, &other));
    one.markup.file = NULL;
    ct_cache_make_key(x, &by, CT_S("key a"), &one);
    ct_cache_make_key(y, &by, CT_S("key b"), &one);
    CHECK(memcmp(x, y, sizeof(x)) != 0);
    next.program[0]++;
    ct_cache_make_key(y, &next, CT_S("key a"), &one);
    CHECK(memcmp(x, y, sizeof(x)) != 0);
    next = by;
    next.version = "2";
    ct_cache_make_key(y, &next, CT_S("key a"), &one);
    CHECK(memcmp(x, y, sizeof(x)) != 0);
    ct_blob_unref(&a);
    ct_blob_unref(&b);
}

struct fixture {
    struct folder folder;
    struct ct_db *db;
    struct ct_pictures *pictures;
    struct ct_cache *cache;
};

static bool open_cache(struct fixture *f, size_t memory_bytes, int64_t max_age_ms)
{
    return ct_cache_open(&f->cache,
                         &(struct ct_cache_options){ .db = f->db,
                                                     .pictures = f->pictures,
                                                     .max_bytes = 1 << 20,
                                                     .memory_bytes = memory_bytes,
                                                     .max_age_ms = max_age_ms,
                                                     .url_ttl_s = 3600,
                                                     .engine = "scene",
                                                     .version = "1" },
                         NULL) == CT_OK;
}

static bool set_up(struct fixture *f)
{
    *f = (struct fixture){ .folder = folder_make() };
    return ct_pictures_open(&f->pictures, f->folder.path, NULL) == CT_OK &&
           ct_db_open(&f->db, f->folder.path, NULL) == CT_OK && open_cache(f, 0, 1000000);
}

static void tear_down(struct fixture *f)
{
    ct_cache_close(&f->cache);
    ct_db_close(&f->db);
    ct_pictures_close(&f->pictures);
    folder_remove(&f->folder);
}

static void key_of(uint8_t key[CT_SHA256_LEN], int i)
{
    memset(key, 0, CT_SHA256_LEN);
    memcpy(key, &i, sizeof(i));
}

/* Picture i has `len` bytes that begin with its number. */
static ct_code put(struct fixture *f, int i, size_t len)
{
    char warning[] = "a \"warning\"";
    char *const warnings[] = { warning };
    uint8_t key[CT_SHA256_LEN];
    char *bytes = calloc(1, len);
    snprintf(bytes, len, "%d", i);
    struct ct_cached_picture picture = { .file = ct_blob_copy(bytes, len), .seed = i };
    free(bytes);
    struct ct_cached *cached = ct_cached_new(&picture, 1, warnings, 1);
    key_of(key, i);
    ct_code rc = cached ? ct_cache_put(f->cache, key, cached, CT_FORMAT_PNG, NULL) : CT_E_MEMORY;
    ct_cached_unref(&cached);
    return rc;
}

static bool is_there(struct fixture *f, int i)
{
    uint8_t key[CT_SHA256_LEN];
    char number[16];
    key_of(key, i);
    struct ct_cached *cached = ct_cache_find(f->cache, key);
    if (!cached)
        return false;
    snprintf(number, sizeof(number), "%d", i);
    CHECK_INT(cached->n_pictures, 1);
    CHECK(cached->pictures[0].file && strcmp(cached->pictures[0].file->data, number) == 0);
    CHECK_INT(cached->pictures[0].seed, i);
    CHECK(cached->n_warnings == 1 && strcmp(cached->warnings[0], "a \"warning\"") == 0);
    ct_cached_unref(&cached);
    return true;
}

TEST(cache__finds_in_memory_and_after_a_restart_what_was_put)
{
    struct fixture f;
    REQUIRE(set_up(&f));
    CHECK(!is_there(&f, 1));
    CHECK_INT(put(&f, 1, 100), CT_OK);
    CHECK_INT(put(&f, 2, 400000), CT_OK); /* too large for memory */
    for (int round = 0; round < 2; round++) {
        CHECK(is_there(&f, 1) && is_there(&f, 1));
        CHECK(is_there(&f, 2) && is_there(&f, 2));
        ct_cache_close(&f.cache);
        REQUIRE(open_cache(&f, 0, 1000000));
    }
    ct_cache_close(&f.cache);
    REQUIRE(open_cache(&f, 0, 0));
    CHECK(!is_there(&f, 1)); /* too old */
    tear_down(&f);
}

TEST(cache__memory_is_bounded_and_the_database_has_the_rest)
{
    struct fixture f;
    REQUIRE(set_up(&f));
    ct_cache_close(&f.cache);
    REQUIRE(open_cache(&f, 20000, 1000000));
    for (int i = 0; i < 40; i++)
        CHECK_INT(put(&f, i, 5000), CT_OK);
    for (int i = 0; i < 40; i++)
        CHECK(is_there(&f, i));
    tear_down(&f);
}

TEST(cache__what_lost_its_file_is_a_miss)
{
    struct fixture f;
    REQUIRE(set_up(&f));
    CHECK_INT(put(&f, 2, 400000), CT_OK);
    uint8_t key[CT_SHA256_LEN];
    key_of(key, 2);
    struct ct_cached *cached = ct_cache_find(f.cache, key);
    REQUIRE(cached);
    CHECK_INT(
        ct_pictures_remove(f.pictures, ct_slice(cached->pictures[0].name), INT64_MAX, NULL, NULL),
        CT_OK);
    CHECK_INT(cached->pictures[0].file->data[0], '2'); /* who has it keeps it */
    ct_cached_unref(&cached);
    CHECK(!is_there(&f, 2));
    tear_down(&f);
}

TEST(cache__the_least_used_go_when_there_is_too_much)
{
    struct fixture f;
    int left = 0;
    REQUIRE(set_up(&f));
    for (int i = 0; i < 5; i++)
        CHECK_INT(put(&f, i, 300000), CT_OK);
    CHECK_INT(ct_cache_expire(f.cache, ct_clock_wall_ms(), NULL), CT_OK);
    for (int i = 0; i < 5; i++)
        left += is_there(&f, i);
    CHECK_INT(left, 3); /* of 1 MiB */
    tear_down(&f);
}

static ct_code sum_up(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct ct_sql_rows rows;
    int64_t *out = ctx;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT (SELECT SUM(requests) FROM usage_days), SUM(requests), "
                        "SUM(cached), SUM(cost_simulated), COUNT(*) FROM ledger",
                        ""));
    if (ct_sql_next(&rows))
        for (int i = 0; i < 5; i++)
            out[i] = ct_sql_int(&rows, i);
    return ct_sql_end(&rows, err);
}

TEST(hits__thousands_are_few_rows_and_none_is_lost)
{
    struct fixture f;
    struct ct_hits *hits = NULL;
    int64_t sums[5] = { 0 };
    REQUIRE(set_up(&f) && ct_hits_open(&hits, f.db, NULL) == CT_OK);
    for (int i = 0; i < 5000; i++) {
        struct ct_hit hit = { .request_id = "req_1",
                              .key_id = i % 2 ? "key_a" : "key_b",
                              .model = "gpt-image-2",
                              .engine = "scene",
                              .simulated = true,
                              .pictures = 1,
                              .cost = 3,
                              .at_ms = 1000 };
        ct_hits_add(hits, &hit);
        if (i % 1000 == 0)
            ct_hits_flush(hits);
    }
    ct_hits_close(&hits);
    CHECK_INT(ct_db_read(f.db, sum_up, sums, NULL), CT_OK);
    CHECK_INT(sums[0], 5000);
    CHECK_INT(sums[1], 5000);
    CHECK_INT(sums[2], 5000);
    CHECK_INT(sums[3], 15000);
    CHECK(sums[4] >= 2 && sums[4] <= 12);
    tear_down(&f);
}
