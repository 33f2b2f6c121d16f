/* Statements of the api_keys table. One list of columns serves every SELECT; read_key() follows it.
 *
 * 0 and CT_NO_BUDGET in memory are NULL in the table: "none" is not a number there. */
#include "store/key_rows.h"

#include "base/utf8.h"

#include <stdio.h>

#define COLUMNS                                                                                    \
    "id, name, project, scopes, models, created_ms, expires_ms, revoked_ms, last_used_ms, "        \
    "rpm, ipm, tpm, concurrency, IFNULL(budget_day, -1), IFNULL(budget_month, -1), "               \
    "IFNULL(budget_total, -1), IFNULL(budget_user, -1), hash, old_hash, old_until_ms"

static const char *const scope_words[] = { "images:write", "images:read", "usage:read", "admin",
                                          "metrics" };
#define N_SCOPES ((int)(sizeof(scope_words) / sizeof(scope_words[0])))
#define SCOPES_TEXT_MAX 64

const char *ct_scope_word(int index)
{
    return index >= 0 && index < N_SCOPES ? scope_words[index] : NULL;
}

/* The next word of a list with blanks or commas between; len 0 at its end. */
static struct ct_slice next_word(struct ct_slice *list)
{
    size_t from = 0, to;
    while (from < list->len && (list->ptr[from] == ' ' || list->ptr[from] == ','))
        from++;
    for (to = from; to < list->len && list->ptr[to] != ' ' && list->ptr[to] != ',';)
        to++;
    struct ct_slice word = ct_slice_sub(*list, from, to);
    *list = ct_slice_sub(*list, to, list->len);
    return word;
}

static unsigned scope_of(struct ct_slice word)
{
    for (int i = 0; i < N_SCOPES; i++)
        if (ct_slice_is(word, scope_words[i]))
            return 1u << i;
    return 0;
}

ct_code ct_scopes_read(unsigned *out, struct ct_slice words, struct ct_err *err)
{
    struct ct_slice word;
    *out = 0;
    while ((word = next_word(&words)).len > 0) {
        unsigned scope = scope_of(word);
        if (!scope)
            return ct_fail(err, CT_E_VALUE, "scopes",
                           "Invalid value: '%.*s'. Supported values are: 'images:write', "
                           "'images:read', 'usage:read', 'admin', and 'metrics'.",
                           (int)(word.len < 40 ? word.len : 40), word.ptr);
        *out |= scope;
    }
    if (*out == 0)
        return ct_fail(err, CT_E_VALUE, "scopes",
                       "A key needs at least one scope: 'images:write', 'images:read', "
                       "'usage:read', 'admin' or 'metrics'.");
    return CT_OK;
}

static void scopes_text(char out[SCOPES_TEXT_MAX], unsigned scopes)
{
    int at = 0;
    out[0] = '\0';
    for (int i = 0; i < N_SCOPES; i++)
        if (scopes & (1u << i))
            at += snprintf(out + at, (size_t)(SCOPES_TEXT_MAX - at), "%s%s", at ? " " : "",
                           scope_words[i]);
}

const char *ct_key_status(const struct ct_key *key, int64_t now_ms)
{
    if (key->revoked_ms)
        return "revoked";
    return key->expires_ms && key->expires_ms <= now_ms ? "expired" : "active";
}

void ct_key_copy_text(char *out, size_t size, struct ct_slice text)
{
    text = ct_utf8_cut(ct_slice_trim(text), size - 1);
    if (text.len)
        memcpy(out, text.ptr, text.len);
    out[text.len] = '\0';
    for (char *p = out; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
}

static void read_hash(uint8_t out[CT_SHA256_LEN], struct ct_slice bytes)
{
    if (bytes.len == CT_SHA256_LEN)
        memcpy(out, bytes.ptr, CT_SHA256_LEN);
}

static void read_key(struct ct_key *key, const struct ct_sql_rows *rows)
{
    *key = (struct ct_key){
        .created_ms = ct_sql_int(rows, 5),
        .expires_ms = ct_sql_int(rows, 6),
        .revoked_ms = ct_sql_int(rows, 7),
        .last_used_ms = ct_sql_int(rows, 8),
        .limits = { .rpm = ct_sql_int(rows, 9),
                    .ipm = ct_sql_int(rows, 10),
                    .tpm = ct_sql_int(rows, 11),
                    .concurrency = (int)ct_sql_int(rows, 12),
                    .budget_day = ct_sql_int(rows, 13),
                    .budget_month = ct_sql_int(rows, 14),
                    .budget_total = ct_sql_int(rows, 15),
                    .budget_user = ct_sql_int(rows, 16) },
        .old_until_ms = ct_sql_int(rows, 19),
    };
    struct ct_slice id = ct_sql_text(rows, 0), models = ct_sql_text(rows, 4);
    ct_key_copy_text(key->id, sizeof(key->id), id);
    ct_key_copy_text(key->name, sizeof(key->name), ct_sql_text(rows, 1));
    ct_key_copy_text(key->project, sizeof(key->project), ct_sql_text(rows, 2));
    ct_key_copy_text(key->models, sizeof(key->models), models);
    struct ct_slice words = ct_sql_text(rows, 3), word;
    while ((word = next_word(&words)).len > 0)
        key->scopes |= scope_of(word); /* a scope of a newer version gives nothing here */
    read_hash(key->hash, ct_sql_text(rows, 17));
    read_hash(key->old_hash, ct_sql_text(rows, 18));
}

static struct ct_slice hash_slice(const uint8_t hash[CT_SHA256_LEN])
{
    return ct_slice_n((const char *)hash, CT_SHA256_LEN);
}

ct_code ct_key_row_insert(struct ct_sql *sql, const struct ct_key *key, struct ct_err *err)
{
    const struct ct_key_limits *l = &key->limits;
    char scopes[SCOPES_TEXT_MAX];
    scopes_text(scopes, key->scopes);
    return ct_sql_run(sql, err,
                      "INSERT INTO api_keys (id, hash, name, project, scopes, models, created_ms, "
                      "expires_ms, rpm, ipm, tpm, concurrency, budget_day, budget_month, "
                      "budget_total, budget_user) VALUES (?,?,?,?,?,?,?,NULLIF(?,0),NULLIF(?,0),"
                      "NULLIF(?,0),NULLIF(?,0),NULLIF(?,0),NULLIF(?,-1),NULLIF(?,-1),"
                      "NULLIF(?,-1),NULLIF(?,-1))",
                      "zbzzzziiiiiiiiii", key->id, hash_slice(key->hash), key->name, key->project,
                      scopes, key->models, key->created_ms, key->expires_ms, l->rpm, l->ipm, l->tpm,
                      (int64_t)l->concurrency, l->budget_day, l->budget_month, l->budget_total,
                      l->budget_user);
}

static ct_code not_found(struct ct_slice id, struct ct_err *err)
{
    return ct_fail(err, CT_E_NOT_FOUND, "id",
                   "There is no key '%.*s'; `calotype key list` shows all.",
                   (int)(id.len < 64 ? id.len : 64), id.ptr ? id.ptr : "");
}

ct_code ct_key_row_get(struct ct_key *out, struct ct_sql *sql, struct ct_slice id,
                       struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT " COLUMNS " FROM api_keys WHERE id = ?", "s", id));
    bool found = ct_sql_next(&rows);
    if (found)
        read_key(out, &rows);
    CT_TRY(ct_sql_end(&rows, err));
    return found ? CT_OK : not_found(id, err);
}

ct_code ct_key_row_update(struct ct_sql *sql, const struct ct_key *key, struct ct_err *err)
{
    const struct ct_key_limits *l = &key->limits;
    char scopes[SCOPES_TEXT_MAX];
    scopes_text(scopes, key->scopes);
    CT_TRY(ct_sql_run(sql, err,
                      "UPDATE api_keys SET name = ?, project = ?, scopes = ?, models = ?, "
                      "expires_ms = NULLIF(?,0), revoked_ms = NULLIF(?,0), rpm = NULLIF(?,0), "
                      "ipm = NULLIF(?,0), tpm = NULLIF(?,0), concurrency = NULLIF(?,0), "
                      "budget_day = NULLIF(?,-1), budget_month = NULLIF(?,-1), "
                      "budget_total = NULLIF(?,-1), budget_user = NULLIF(?,-1) WHERE id = ?",
                      "zzzziiiiiiiiiiz", key->name, key->project, scopes, key->models,
                      key->expires_ms, key->revoked_ms, l->rpm, l->ipm, l->tpm,
                      (int64_t)l->concurrency, l->budget_day, l->budget_month, l->budget_total,
                      l->budget_user, key->id));
    return ct_sql_changes(sql) == 1 ? CT_OK : not_found(ct_slice(key->id), err);
}

ct_code ct_key_row_rotate(struct ct_sql *sql, struct ct_slice id,
                          const uint8_t hash[CT_SHA256_LEN], int64_t old_until_ms,
                          struct ct_err *err)
{
    CT_TRY(ct_sql_run(sql, err,
                      "UPDATE api_keys SET old_hash = CASE WHEN ?1 > 0 THEN hash END, "
                      "old_until_ms = NULLIF(?1, 0), hash = ?2 WHERE id = ?3",
                      "ibs", old_until_ms, hash_slice(hash), id));
    return ct_sql_changes(sql) == 1 ? CT_OK : not_found(id, err);
}

ct_code ct_key_row_used(struct ct_sql *sql, struct ct_slice id, int64_t at_ms, struct ct_err *err)
{
    return ct_sql_run(sql, err,
                      "UPDATE api_keys SET last_used_ms = MAX(IFNULL(last_used_ms, 0), ?) "
                      "WHERE id = ?",
                      "is", at_ms, id);
}

ct_code ct_key_rows_each(struct ct_sql *sql,
                         ct_code (*fn)(void *ctx, const struct ct_key *key, struct ct_err *err),
                         void *ctx, struct ct_err *err)
{
    struct ct_sql_rows rows;
    struct ct_key key;
    ct_code rc = CT_OK;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT " COLUMNS " FROM api_keys ORDER BY created_ms, id", ""));
    while (rc == CT_OK && ct_sql_next(&rows)) {
        read_key(&key, &rows);
        rc = fn(ctx, &key, err);
    }
    ct_code end = ct_sql_end(&rows, rc == CT_OK ? err : NULL);
    return rc == CT_OK ? end : rc;
}

ct_code ct_key_rows_revision(int64_t *out, struct ct_sql *sql, struct ct_err *err)
{
    struct ct_sql_rows rows;
    *out = 0;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT revision FROM api_keys_revision", ""));
    if (ct_sql_next(&rows))
        *out = ct_sql_int(&rows, 0);
    return ct_sql_end(&rows, err);
}
