/* `calotype key create|list|revoke|rotate`: works on the database itself, with or without a running
 * server; one that runs notices within a second. */
#include "cli/settings.h"
#include "policy/key_json.h"
#include "policy/keys.h"
#include "policy/spend.h"

#include "base/clock.h"
#include "base/mem.h"
#include "contract/usage.h"

#include <string.h>
#include <time.h>

#define GRACE_DEFAULT_S (24 * 3600)
#define LIST_MAX ((size_t)64 << 20)

struct job {
    const struct ct_args *args;
    struct ct_key key;
    struct ct_slice id;
    int64_t now_ms, grace_ms;
    char secret[CT_KEY_SECRET_MAX];
    struct ct_buf out; /* of a list as JSON */
    struct ct_sql *sql; /* of a list */
    bool json;
    int n;
};

/* "90s", "12h", "30d", "8w" -> seconds */
static bool read_duration(int64_t *out, const char *text)
{
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 }, { 'w', 7 * 86400 } };
    size_t len = strlen(text);
    uint64_t number;
    if (strcmp(text, "0") == 0) {
        *out = 0;
        return true;
    }
    if (len < 2 || len > 9 || !ct_slice_u64(ct_slice_n(text, len - 1), &number))
        return false;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (text[len - 1] == units[i].unit) {
            *out = (int64_t)number * units[i].seconds;
            return true;
        }
    }
    return false;
}

static ct_code read_rate(int64_t *out, const struct ct_args *args, const char *option, int64_t max,
                         struct ct_err *err)
{
    const char *text = ct_args_get(args, option);
    if (!text)
        return CT_OK;
    if (!ct_slice_i64(ct_slice(text), out) || *out < 1 || *out > max)
        return ct_fail(err, CT_E_USAGE, option, "--%s wants a number from 1 to %lld, not '%s'.",
                       option, (long long)max, text);
    return CT_OK;
}

static ct_code read_budget(int64_t *out, const struct ct_args *args, const char *option,
                           struct ct_err *err)
{
    const char *text = ct_args_get(args, option);
    if (text && !ct_dollars_read(out, ct_slice(text)))
        return ct_fail(err, CT_E_USAGE, option, "--%s wants dollars such as 12.50, not '%s'.",
                       option, text);
    return CT_OK;
}

static ct_code read_limits(struct ct_key_limits *limits, const struct ct_args *args,
                           struct ct_err *err)
{
    int64_t concurrency = 0;
    CT_TRY(read_rate(&limits->rpm, args, "rpm", 1000000000, err));
    CT_TRY(read_rate(&limits->ipm, args, "ipm", 1000000000, err));
    CT_TRY(read_rate(&limits->tpm, args, "tpm", 1000000000, err));
    CT_TRY(read_rate(&concurrency, args, "concurrency", 10000, err));
    limits->concurrency = (int)concurrency;
    CT_TRY(read_budget(&limits->budget_day, args, "budget-day", err));
    CT_TRY(read_budget(&limits->budget_month, args, "budget-month", err));
    CT_TRY(read_budget(&limits->budget_total, args, "budget-total", err));
    return read_budget(&limits->budget_user, args, "budget-user", err);
}

static ct_code read_key(struct ct_key *key, const struct ct_args *args, int64_t now_ms,
                        struct ct_err *err)
{
    const char *text = ct_args_get(args, "expires");
    int64_t seconds;
    *key = (struct ct_key){ .scopes = CT_SCOPES_DEFAULT, .limits = CT_KEY_LIMITS_NONE };
    ct_key_copy_text(key->name, sizeof(key->name), ct_slice(args->words[1]));
    if (!key->name[0])
        return ct_fail(err, CT_E_USAGE, NULL, "A key wants a name: `calotype key create NAME`.");
    if (text) {
        if (!read_duration(&seconds, text) || seconds == 0)
            return ct_fail(err, CT_E_USAGE, "expires",
                           "--expires wants a time such as 12h, 30d or 52w, not '%s'.", text);
        key->expires_ms = now_ms + seconds * 1000;
    }
    if ((text = ct_args_get(args, "project")) != NULL)
        ct_key_copy_text(key->project, sizeof(key->project), ct_slice(text));
    if ((text = ct_args_get(args, "models")) != NULL)
        CT_TRY(ct_key_set_models(key, ct_slice(text), err));
    if ((text = ct_args_get(args, "scopes")) != NULL)
        CT_TRY(ct_scopes_read(&key->scopes, ct_slice(text), err));
    return read_limits(&key->limits, args, err);
}

static ct_code insert_key(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    const struct job *job = ctx;
    return ct_key_row_insert(sql, &job->key, err);
}

/* The secret alone on stdout, so that a script can take it. */
static int show_secret(struct job *job, const char *what)
{
    if (job->json) {
        ct_buf_init(&job->out, 65536);
        ct_buf_putc(&job->out, '{');
        ct_key_put_members(&job->out, &job->key, job->now_ms);
        ct_json_put_key(&job->out, "secret");
        ct_json_put_cstring(&job->out, job->secret);
        ct_buf_puts(&job->out, "}\n");
        fputs(ct_buf_text(&job->out), stdout);
        ct_buf_release(&job->out);
    } else {
        fprintf(stderr, "%s %s (%s). Keep it now; it cannot be shown again:\n", what, job->key.id,
                job->key.name);
        printf("%s\n", job->secret);
    }
    ct_wipe(job->secret, sizeof(job->secret));
    return CT_EXIT_OK;
}

static int create_key(struct job *job, struct ct_db *db, struct ct_err *err)
{
    if (read_key(&job->key, job->args, job->now_ms, err) != CT_OK)
        return ct_cli_fail(err);
    ct_key_init(&job->key, job->secret);
    if (ct_db_write(db, insert_key, job, err) != CT_OK)
        return ct_cli_fail(err);
    return show_secret(job, "Made");
}

static ct_code revoke(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct job *job = ctx;
    CT_TRY(ct_key_row_get(&job->key, sql, job->id, err));
    if (!job->key.revoked_ms)
        job->key.revoked_ms = job->now_ms;
    return ct_key_row_update(sql, &job->key, err);
}

static int revoke_key(struct job *job, struct ct_db *db, struct ct_err *err)
{
    if (ct_db_write(db, revoke, job, err) != CT_OK)
        return ct_cli_fail(err);
    fprintf(stderr, "Revoked %s; running servers notice within a second.\n", job->key.id);
    return CT_EXIT_OK;
}

static ct_code rotate(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct job *job = ctx;
    CT_TRY(ct_key_row_rotate(sql, job->id, job->key.hash,
                             job->grace_ms ? job->now_ms + job->grace_ms : 0, err));
    return ct_key_row_get(&job->key, sql, job->id, err);
}

static int rotate_key(struct job *job, struct ct_db *db, struct ct_err *err)
{
    const char *text = ct_args_get(job->args, "grace");
    int64_t seconds = GRACE_DEFAULT_S;
    if (text && !read_duration(&seconds, text)) {
        ct_fail(err, CT_E_USAGE, "grace", "--grace wants a time such as 0, 15m or 24h, not '%s'.",
                text);
        return ct_cli_fail(err);
    }
    job->grace_ms = seconds * 1000;
    ct_key_make_secret(job->secret, job->key.hash);
    if (ct_db_write(db, rotate, job, err) != CT_OK)
        return ct_cli_fail(err);
    return show_secret(job, "A new secret for");
}

static void day_text(char out[16], int64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm;
    snprintf(out, 16, "never");
    if (ms && gmtime_r(&seconds, &tm))
        strftime(out, 16, "%Y-%m-%d", &tm);
}

static ct_code list_one(void *ctx, const struct ct_key *key, struct ct_err *err)
{
    struct job *job = ctx;
    struct ct_ledger_spent spent;
    char created[16], used[16], real[32], simulated[32];
    CT_TRY(ct_ledger_spent(&spent, job->sql, ct_slice(key->id), ct_month_first_day(job->now_ms),
                           err));
    if (job->json) {
        ct_buf_puts(&job->out, job->n++ ? ",\n{" : "\n{");
        ct_key_put_members(&job->out, key, job->now_ms);
        ct_key_put_spent(&job->out, &spent);
        ct_buf_putc(&job->out, '}');
        return CT_OK;
    }
    if (job->n++ == 0)
        printf("%-18s %-10s %-8s %-10s %14s %14s  %s\n", "ID", "MADE", "STATUS", "LAST USED",
               "THIS MONTH", "SIMULATED", "NAME");
    day_text(created, key->created_ms);
    day_text(used, key->last_used_ms);
    ct_cost_text(real, spent.month_real);
    ct_cost_text(simulated, spent.month_simulated);
    printf("%-18s %-10s %-8s %-10s %14s %14s  %s\n", key->id, created,
           ct_key_status(key, job->now_ms), used, real, simulated, key->name);
    return CT_OK;
}

static ct_code list(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct job *job = ctx;
    job->sql = sql;
    return ct_key_rows_each(sql, list_one, job, err);
}

static int list_keys(struct job *job, struct ct_db *db, struct ct_err *err)
{
    ct_buf_init(&job->out, LIST_MAX);
    ct_code rc = ct_db_read(db, list, job, err);
    if (rc == CT_OK && job->json)
        printf("[%s\n]\n", ct_buf_text(&job->out));
    else if (rc == CT_OK && job->n == 0)
        fprintf(stderr, "There are no keys; `calotype key create NAME` makes one.\n");
    ct_buf_release(&job->out);
    return rc == CT_OK ? CT_EXIT_OK : ct_cli_fail(err);
}

static const struct verb {
    const char *name;
    bool wants_word; /* a name or an id */
    bool makes_data; /* where there is no database yet */
    int (*run)(struct job *job, struct ct_db *db, struct ct_err *err);
} verbs[] = {
    { "create", true, true, create_key },
    { "list", false, false, list_keys },
    { "revoke", true, false, revoke_key },
    { "rotate", true, false, rotate_key },
};

static const struct verb *find_verb(const struct ct_args *args)
{
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
        if (strcmp(args->words[0], verbs[i].name) == 0 &&
            verbs[i].wants_word == (args->n_words > 1))
            return &verbs[i];
    return NULL;
}

static int run_key(const struct ct_args *args)
{
    struct job job = { .args = args, .now_ms = ct_clock_wall_ms() };
    struct ct_config config;
    struct ct_db *db = NULL;
    struct ct_err err = { 0 };
    const struct verb *verb = find_verb(args);
    if (!verb) {
        ct_fail(&err, CT_E_USAGE, NULL, "key wants: create NAME, list, revoke ID, or rotate ID.");
        return ct_cli_fail(&err);
    }
    job.id = verb->wants_word ? ct_slice(args->words[1]) : CT_S("");
    job.json = ct_args_get(args, "json") != NULL;
    if (ct_settings_load(&config, args, &err) != CT_OK ||
        (!verb->makes_data && ct_settings_check_data(&config, &err) != CT_OK) ||
        ct_db_open(&db, config.data, &err) != CT_OK)
        return ct_cli_fail(&err);
    int status = verb->run(&job, db, &err);
    ct_db_close(&db);
    return status;
}

const struct ct_command ct_command_key = {
    .name = "key",
    .synopsis = "create NAME | list | revoke ID | rotate ID [OPTIONS]",
    .summary = "Make, list, revoke and rotate API keys",
    .details =
        "A secret is shown once, when it is made; only its hash is stored. create takes what the\n"
        "key may do, how fast, and for how much; without options it may draw without limits.\n"
        "Budgets are dollars at list price, days and months are UTC's.\n",
    .examples = "  calotype key create \"laptop of Ada\"\n"
                "  calotype key create shop --models gpt-image-2 --rpm 60 --budget-month 50\n"
                "  calotype key create ops --scopes admin --expires 30d\n"
                "  calotype key rotate key_5f1c02ab9d3e --grace 1h\n"
                "  calotype key list --json\n",
    .options =
        (const struct ct_option[]){
            { .name = "project", .value = "NAME", .doc = "whose it is, for reports" },
            { .name = "scopes", .value = "LIST",
              .doc = "images:write,images:read,usage:read (by default); admin; metrics" },
            { .name = "models", .value = "LIST", .doc = "the models it may use; all by default" },
            { .name = "expires", .value = "TIME", .doc = "12h, 30d, 52w; never by default" },
            { .name = "rpm", .value = "COUNT", .doc = "requests a minute" },
            { .name = "ipm", .value = "COUNT", .doc = "pictures a minute" },
            { .name = "tpm", .value = "COUNT", .doc = "tokens a minute" },
            { .name = "concurrency", .value = "COUNT", .doc = "jobs at once" },
            { .name = "budget-day", .value = "DOLLARS", .doc = "at most that much a day" },
            { .name = "budget-month", .value = "DOLLARS", .doc = "a month" },
            { .name = "budget-total", .value = "DOLLARS", .doc = "ever" },
            { .name = "budget-user", .value = "DOLLARS", .doc = "a month for each `user`" },
            { .name = "grace", .value = "TIME",
              .doc = "rotate: how long the old secret is good, 24h by default; 0: not at all" },
            { .name = "json", .doc = "print JSON" },
            CT_SETTINGS_OPTIONS,
            { .name = NULL },
        },
    .min_words = 1,
    .max_words = 2,
    .run = run_key,
};
