/* `calotype callbacks list|redeliver|secret`: on the database itself, beside a running server or
 * without one. A server notices within a second. */
#include "cli/settings.h"

#include "base/clock.h"
#include "base/mem.h"
#include "policy/delivery_json.h"
#include "policy/webhook.h"
#include "store/callback_rows.h"
#include "store/db.h"
#include "store/key_rows.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#define LIST_MAX 1000
#define LINE_MAX_BYTES ((size_t)64 << 10)

/* "2026-11-29 14:05:01", UTC; "-" for never. */
static void write_time(char out[24], int64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm;
    if (ms && gmtime_r(&seconds, &tm))
        strftime(out, 24, "%Y-%m-%d %H:%M:%S", &tm);
    else
        strcpy(out, "-");
}

static void print_json(const struct ct_delivery_row *row)
{
    struct ct_buf b;
    ct_buf_init(&b, LINE_MAX_BYTES);
    ct_delivery_put(&b, row);
    printf("%s\n", ct_buf_text(&b));
    ct_buf_release(&b);
}

static void print_line(const struct ct_delivery_row *row)
{
    char created[24], next[24];
    write_time(created, row->created_ms);
    write_time(next, row->next_ms);
    printf("%.*s  %s  %-9s  %-14.*s  %.*s\n", CT_SARG(row->id), created, ct_delivery_state(row),
           CT_SARG(row->type), CT_SARG(row->url));
    if (row->error.ptr)
        printf("    after %d attempt%s: %.*s%s%s\n", row->attempts, row->attempts == 1 ? "" : "s",
               CT_SARG(row->error), row->next_ms ? "; next " : "", row->next_ms ? next : "");
}

struct listing {
    bool dead, json;
    int n;
};

static void print_row(void *ctx, const struct ct_delivery_row *row)
{
    struct listing *l = ctx;
    l->n++;
    if (l->json)
        print_json(row);
    else
        print_line(row);
}

static ct_code list(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct listing *l = ctx;
    return ct_delivery_rows_each(sql, l->dead, LIST_MAX, print_row, l, err);
}

static ct_code run_list(struct ct_db *db, const struct ct_args *args, struct ct_err *err)
{
    struct listing l = { ct_args_get(args, "dead") != NULL, ct_args_get(args, "json") != NULL, 0 };
    CT_TRY(ct_db_read(db, list, &l, err));
    if (l.n == 0 && !l.json)
        fprintf(stderr, "There are no %sdeliveries.\n", l.dead ? "dead " : "");
    return CT_OK;
}

struct again {
    struct ct_slice id; /* ptr NULL: all dead ones */
    int n;
};

static ct_code redeliver(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct again *a = ctx;
    return ct_delivery_row_redeliver(&a->n, sql, a->id, ct_clock_wall_ms(), err);
}

static ct_code run_redeliver(struct ct_db *db, const struct ct_args *args, struct ct_err *err)
{
    bool all = ct_args_get(args, "all-dead") != NULL;
    struct again a = { .n = 0 };
    if (!all)
        a.id = ct_slice(args->words[1]);
    CT_TRY(ct_db_write(db, redeliver, &a, err));
    fprintf(stderr, "%d deliver%s due now.\n", a.n, a.n == 1 ? "y is" : "ies are");
    return CT_OK;
}

struct secret_of {
    struct ct_slice key_id;
    bool rotate;
    int64_t generation;
};

static ct_code change(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct secret_of *s = ctx;
    struct ct_key key;
    int64_t rotated_ms;
    if (s->key_id.len > 0)
        CT_TRY(ct_key_row_get(&key, sql, s->key_id, err));
    if (s->rotate)
        CT_TRY(ct_callback_secret_rotate(sql, s->key_id, ct_clock_wall_ms(), err));
    return ct_callback_secret_get(&s->generation, &rotated_ms, sql, s->key_id, err);
}

static bool has(const struct ct_config *config, const char *name)
{
    char path[CT_CONFIG_TEXT_MAX + 16];
    snprintf(path, sizeof(path), "%s/%s", config->data, name);
    return access(path, F_OK) == 0;
}

/* A server may have its secret from systemd or from its environment, which this command does not
 * see: then one that is made here would be another, and verify nothing. A server was here when its
 * folder of pictures is. */
static ct_code check_secret(const struct ct_config *config, struct ct_err *err)
{
    if (config->secret[0] || config->secret_file[0] || has(config, "secret") ||
        !has(config, "pictures"))
        return CT_OK;
    return ct_fail(
        err, CT_E_CONFIG, NULL,
        "There is no %s/secret, so the server has its secret from elsewhere. Name it here "
        "too: CALOTYPE_SECRET, or --set secret_file=FILE.",
        config->data);
}

static ct_code run_secret(struct ct_db *db, const struct ct_config *config,
                          const struct ct_args *args, struct ct_err *err)
{
    const char *key = ct_args_get(args, "key");
    struct secret_of s = { ct_slice(key ? key : ""), ct_args_get(args, "rotate") != NULL, 0 };
    struct ct_secret master, all, secret;
    char text[CT_WEBHOOK_SECRET_MAX];

    CT_TRY(check_secret(config, err));
    CT_TRY(ct_config_secret(&master, config, err));
    ct_code rc = s.rotate ? ct_db_write(db, change, &s, err) : ct_db_read(db, change, &s, err);
    ct_secret_derive(&all, &master, CT_WEBHOOK_PURPOSE);
    ct_secret_wipe(&master);
    if (rc == CT_OK) {
        ct_webhook_secret(&secret, &all, s.key_id, s.generation);
        ct_webhook_secret_text(text, &secret);
        printf("%s\n", text);
        ct_wipe(text, sizeof(text));
        ct_secret_wipe(&secret);
        if (s.rotate)
            fprintf(stderr, "Changed. Deliveries are signed with the old one too for 24 hours.\n");
    }
    ct_secret_wipe(&all);
    return rc;
}

/* Before anything is opened: a mistyped command is not about the data folder. */
static ct_code check_words(const struct ct_args *args, struct ct_err *err)
{
    const char *verb = args->words[0];
    bool plain = strcmp(verb, "list") == 0 || strcmp(verb, "secret") == 0;
    if (plain && args->n_words == 1)
        return CT_OK;
    if (strcmp(verb, "redeliver") != 0)
        return ct_fail(err, CT_E_USAGE, NULL,
                       "callbacks wants: list, redeliver ID, redeliver --all-dead, or secret.");
    if (args->n_words != (ct_args_get(args, "all-dead") ? 1 : 2))
        return ct_fail(err, CT_E_USAGE, NULL, "callbacks redeliver wants either ID or --all-dead.");
    return CT_OK;
}

static int run_callbacks(const struct ct_args *args)
{
    const char *verb = args->words[0];
    struct ct_config config;
    struct ct_db *db = NULL;
    struct ct_err err = { 0 };

    ct_code rc = check_words(args, &err);
    if (rc == CT_OK)
        rc = ct_settings_load(&config, args, &err);
    if (rc == CT_OK)
        rc = ct_settings_check_data(&config, &err);
    if (rc == CT_OK)
        rc = ct_db_open(&db, config.data, &err);
    if (rc != CT_OK)
        return ct_cli_fail(&err);
    if (strcmp(verb, "list") == 0)
        rc = run_list(db, args, &err);
    else if (strcmp(verb, "redeliver") == 0)
        rc = run_redeliver(db, args, &err);
    else
        rc = run_secret(db, &config, args, &err);
    ct_db_close(&db);
    return rc == CT_OK ? CT_EXIT_OK : ct_cli_fail(&err);
}

const struct ct_command ct_command_callbacks = {
    .name = "callbacks",
    .synopsis = "list [--dead] | redeliver ID|--all-dead | secret [--key ID] [OPTIONS]",
    .summary = "See and repeat deliveries to callback URLs; show the signing secret",
    .details =
        "A request with `callback_url` is asynchronous, and its end is posted there, signed. A\n"
        "delivery that is not answered with 2xx is tried again for 72 hours; then it is dead "
        "until\n"
        "you redeliver it. `secret` shows what receivers verify with: one for each API key, or\n"
        "without --key the one of a server without keys. --rotate makes a new one; for 24 hours\n"
        "both sign.\n",
    .examples = "  calotype callbacks list --dead\n"
                "  calotype callbacks redeliver evt_5f1c02ab9d3e4c7b8a6f5e4d3c2b1a09\n"
                "  calotype callbacks secret --key key_5f1c02ab9d3e --rotate\n",
    .options =
        (const struct ct_option[]){
            { .name = "dead", .doc = "list: only what is not tried any more" },
            { .name = "json", .doc = "list: one JSON object a line" },
            { .name = "all-dead", .doc = "redeliver: every dead one" },
            { .name = "key", .value = "ID", .doc = "secret: of this API key" },
            { .name = "rotate", .doc = "secret: make a new one first" },
            CT_SETTINGS_OPTIONS,
            { .name = NULL },
        },
    .min_words = 1,
    .max_words = 2,
    .run = run_callbacks,
};
