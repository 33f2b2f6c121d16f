/* Key <-> JSON. Dollars are written as exact decimals and read from their digits: a double in
 * between would be the only inexact step of all money here. */
#include "policy/key_json.h"

#include "contract/usage.h"

#include <stdio.h>

#define RATE_MAX 1000000000
#define CONCURRENCY_MAX 10000
#define EXPIRES_IN_MAX (100ll * 366 * 86400)

/* The numbers a key has, by name: one table for reading and writing. */
enum kind { RATE, COUNT, DOLLARS };
struct number {
    const char *name;
    enum kind kind;
    size_t offset; /* in struct ct_key_limits */
};
static const struct number numbers[] = {
    { "rpm", RATE, offsetof(struct ct_key_limits, rpm) },
    { "ipm", RATE, offsetof(struct ct_key_limits, ipm) },
    { "tpm", RATE, offsetof(struct ct_key_limits, tpm) },
    { "concurrency", COUNT, offsetof(struct ct_key_limits, concurrency) },
    { "budget_day", DOLLARS, offsetof(struct ct_key_limits, budget_day) },
    { "budget_month", DOLLARS, offsetof(struct ct_key_limits, budget_month) },
    { "budget_total", DOLLARS, offsetof(struct ct_key_limits, budget_total) },
    { "budget_user", DOLLARS, offsetof(struct ct_key_limits, budget_user) },
};
#define N_NUMBERS (sizeof(numbers) / sizeof(numbers[0]))

static int64_t get_number(const struct ct_key_limits *limits, const struct number *n)
{
    const char *at = (const char *)limits + n->offset;
    int count;
    int64_t value;
    if (n->kind == COUNT) {
        memcpy(&count, at, sizeof(count));
        return count;
    }
    memcpy(&value, at, sizeof(value));
    return value;
}

static void set_number(struct ct_key_limits *limits, const struct number *n, int64_t value)
{
    char *at = (char *)limits + n->offset;
    int count = (int)value;
    if (n->kind == COUNT)
        memcpy(at, &count, sizeof(count));
    else
        memcpy(at, &value, sizeof(value));
}

static void put_words(struct ct_buf *b, const char *key, const char *words)
{
    struct ct_slice list = ct_slice(words), one, rest;
    ct_json_put_key(b, key);
    ct_buf_putc(b, '[');
    while (ct_slice_cut(list, ' ', &one, &rest)) {
        ct_json_put_string(b, one);
        ct_buf_putc(b, ',');
        list = rest;
    }
    ct_json_put_string(b, list);
    ct_buf_putc(b, ']');
}

static void put_scopes(struct ct_buf *b, unsigned scopes)
{
    bool first = true;
    ct_json_put_key(b, "scopes");
    ct_buf_putc(b, '[');
    for (int i = 0; ct_scope_word(i); i++) {
        if (!(scopes & (1u << i)))
            continue;
        if (!first)
            ct_buf_putc(b, ',');
        first = false;
        ct_json_put_cstring(b, ct_scope_word(i));
    }
    ct_buf_putc(b, ']');
}

static void put_time(struct ct_buf *b, const char *key, int64_t ms)
{
    ct_json_put_key(b, key);
    if (ms)
        ct_buf_puti(b, ms / 1000);
    else
        ct_buf_puts(b, "null");
}

static void put_text(struct ct_buf *b, const char *key, const char *text)
{
    ct_json_put_key(b, key);
    ct_json_put_cstring(b, text);
}

void ct_key_put_members(struct ct_buf *b, const struct ct_key *key, int64_t now_ms)
{
    char dollars[32];
    put_text(b, "id", key->id);
    put_text(b, "object", "api_key");
    put_text(b, "name", key->name);
    put_text(b, "project", key->project[0] ? key->project : NULL);
    put_text(b, "status", ct_key_status(key, now_ms));
    put_scopes(b, key->scopes);
    if (key->models[0]) {
        put_words(b, "models", key->models);
    } else {
        ct_json_put_key(b, "models");
        ct_buf_puts(b, "null");
    }
    put_time(b, "created_at", key->created_ms);
    put_time(b, "expires_at", key->expires_ms);
    put_time(b, "revoked_at", key->revoked_ms);
    put_time(b, "last_used_at", key->last_used_ms);
    put_time(b, "old_secret_until", key->old_until_ms > now_ms ? key->old_until_ms : 0);
    for (size_t i = 0; i < N_NUMBERS; i++) {
        int64_t value = get_number(&key->limits, &numbers[i]);
        bool none = numbers[i].kind == DOLLARS ? value == CT_NO_BUDGET : value == 0;
        ct_json_put_key(b, numbers[i].name);
        if (none) {
            ct_buf_puts(b, "null");
        } else if (numbers[i].kind == DOLLARS) {
            ct_dollars_text(dollars, value);
            ct_buf_puts(b, dollars);
        } else {
            ct_buf_puti(b, value);
        }
    }
}

void ct_key_put_spent(struct ct_buf *b, const struct ct_ledger_spent *spent)
{
    const struct {
        const char *name;
        int64_t nano;
    } sums[] = {
        { "spent_month", spent->month_real },
        { "spent_month_simulated", spent->month_simulated },
        { "spent_total", spent->total_real },
        { "spent_total_simulated", spent->total_simulated },
    };
    char dollars[32];
    for (size_t i = 0; i < sizeof(sums) / sizeof(sums[0]); i++) {
        ct_dollars_text(dollars, sums[i].nano);
        ct_json_put_key(b, sums[i].name);
        ct_buf_puts(b, dollars);
    }
}

static ct_code wrong_type(const char *name, const char *expected, const struct ct_json *value,
                          struct ct_err *err)
{
    return ct_fail(err, CT_E_TYPE, name,
                   "Invalid type for '%s': expected %s, but got %s instead.", name, expected,
                   ct_json_type_name(value));
}

static ct_code read_number(struct ct_key *key, const struct number *n, const struct ct_json *value,
                           struct ct_err *err)
{
    int64_t number, max = n->kind == COUNT ? CONCURRENCY_MAX : RATE_MAX;
    if (value->type == CT_JSON_NULL) {
        set_number(&key->limits, n, n->kind == DOLLARS ? CT_NO_BUDGET : 0);
        return CT_OK;
    }
    if (n->kind == DOLLARS) {
        bool text = value->type == CT_JSON_INT || value->type == CT_JSON_REAL ||
                    value->type == CT_JSON_STRING;
        if (!text)
            return wrong_type(n->name, "dollars", value, err);
        if (!ct_dollars_read(&number, value->text))
            return ct_fail(err, CT_E_VALUE, n->name,
                           "Invalid value for '%s': dollars such as 12.50 are expected.", n->name);
    } else {
        if (value->type != CT_JSON_INT)
            return wrong_type(n->name, "an integer", value, err);
        if (value->integer < 1)
            return ct_fail(err, CT_E_INT_MIN, n->name,
                           "Invalid '%s': integer below minimum value. Expected a value >= 1, but "
                           "got %lld instead. null is no limit.",
                           n->name, (long long)value->integer);
        if (value->integer > max)
            return ct_fail(err, CT_E_INT_MAX, n->name,
                           "Invalid '%s': integer above maximum value. Expected a value <= %lld, "
                           "but got %lld instead.",
                           n->name, (long long)max, (long long)value->integer);
        number = value->integer;
    }
    set_number(&key->limits, n, number);
    return CT_OK;
}

/* A string, or an array of strings, as one line of words. */
static ct_code read_words(struct ct_buf *out, const char *name, const struct ct_json *value,
                          struct ct_err *err)
{
    if (value->type == CT_JSON_STRING) {
        ct_buf_put(out, value->text);
        return CT_OK;
    }
    if (value->type != CT_JSON_ARRAY)
        return wrong_type(name, "an array of strings", value, err);
    for (const struct ct_json *one = value->child; one; one = one->next) {
        if (one->type != CT_JSON_STRING)
            return wrong_type(name, "an array of strings", one, err);
        if (out->len)
            ct_buf_putc(out, ' ');
        ct_buf_put(out, one->text);
    }
    return CT_OK;
}

ct_code ct_key_set_models(struct ct_key *key, struct ct_slice words, struct ct_err *err)
{
    size_t at = 0;
    for (size_t i = 0; i < words.len; i++) {
        char c = words.ptr[i] == ',' ? ' ' : words.ptr[i];
        if (c == ' ' && (at == 0 || key->models[at - 1] == ' '))
            continue;
        if (at == sizeof(key->models) - 1)
            return ct_fail(err, CT_E_STRING_MAX, "models",
                           "The list of models is too long: %zu characters are the most.",
                           sizeof(key->models) - 1);
        key->models[at++] = c;
    }
    if (at && key->models[at - 1] == ' ')
        at--;
    key->models[at] = '\0';
    return CT_OK;
}

static ct_code read_list(struct ct_key *key, const char *name, const struct ct_json *value,
                         struct ct_err *err)
{
    struct ct_buf words;
    bool scopes = strcmp(name, "scopes") == 0;
    if (value->type == CT_JSON_NULL) {
        if (scopes)
            key->scopes = CT_SCOPES_DEFAULT;
        else
            key->models[0] = '\0';
        return CT_OK;
    }
    ct_buf_init(&words, 4096);
    ct_code rc = read_words(&words, name, value, err);
    if (rc == CT_OK)
        rc = scopes ? ct_scopes_read(&key->scopes, ct_buf_slice(&words), err)
                    : ct_key_set_models(key, ct_buf_slice(&words), err);
    ct_buf_release(&words);
    return rc;
}

static ct_code read_text(char *out, size_t size, const char *name, const struct ct_json *value,
                         struct ct_err *err)
{
    if (value->type != CT_JSON_STRING && value->type != CT_JSON_NULL)
        return wrong_type(name, "a string", value, err);
    ct_key_copy_text(out, size, value->type == CT_JSON_STRING ? value->text : CT_S(""));
    return CT_OK;
}

static ct_code read_expiry(struct ct_key *key, const char *name, const struct ct_json *value,
                           int64_t now_ms, struct ct_err *err)
{
    bool in = strcmp(name, "expires_in") == 0;
    if (value->type == CT_JSON_NULL) {
        key->expires_ms = 0;
        return CT_OK;
    }
    if (value->type != CT_JSON_INT)
        return wrong_type(name, "an integer", value, err);
    int64_t seconds = in ? value->integer : value->integer - now_ms / 1000;
    if (value->out_of_range || value->integer < 0 || seconds < 1 || seconds > EXPIRES_IN_MAX)
        return ct_fail(err, CT_E_VALUE, name,
                       "Invalid value for '%s': %s in the future are expected.", name,
                       in ? "seconds" : "seconds since 1970");
    key->expires_ms = in ? now_ms + seconds * 1000 : value->integer * 1000;
    return CT_OK;
}

static ct_code apply_member(struct ct_key *key, const struct ct_json *member, int64_t now_ms,
                            struct ct_err *err)
{
    for (size_t i = 0; i < N_NUMBERS; i++)
        if (ct_slice_is(member->key, numbers[i].name))
            return read_number(key, &numbers[i], member, err);
    if (ct_slice_is(member->key, "name"))
        return read_text(key->name, sizeof(key->name), "name", member, err);
    if (ct_slice_is(member->key, "project"))
        return read_text(key->project, sizeof(key->project), "project", member, err);
    if (ct_slice_is(member->key, "scopes"))
        return read_list(key, "scopes", member, err);
    if (ct_slice_is(member->key, "models"))
        return read_list(key, "models", member, err);
    if (ct_slice_is(member->key, "expires_at"))
        return read_expiry(key, "expires_at", member, now_ms, err);
    if (ct_slice_is(member->key, "expires_in"))
        return read_expiry(key, "expires_in", member, now_ms, err);
    char name[64];
    snprintf(name, sizeof(name), "%.*s", (int)(member->key.len < 60 ? member->key.len : 60),
             member->key.ptr);
    return ct_fail(err, CT_E_UNKNOWN, name, "Unknown parameter: '%s'.", name);
}

ct_code ct_key_apply(struct ct_key *key, const struct ct_json *object, int64_t now_ms,
                     struct ct_err *err)
{
    if (object->type != CT_JSON_OBJECT)
        return ct_fail(err, CT_E_JSON, NULL,
                       "We could not parse the JSON body of your request: an object is expected.");
    for (const struct ct_json *member = object->child; member; member = member->next)
        CT_TRY(apply_member(key, member, now_ms, err));
    if (!key->name[0])
        return ct_fail(err, CT_E_MISSING, "name", "Missing required parameter: 'name'.");
    return CT_OK;
}
