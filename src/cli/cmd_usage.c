/* `calotype usage`: what was asked for and what it cost, from the database of this machine. */
#include "cli/settings.h"

#include "base/clock.h"
#include "policy/report.h"
#include "policy/spend.h"
#include "store/db.h"

#include <string.h>

#define REPORT_MAX ((size_t)256 << 20)
#define DAYS_DEFAULT 30

struct report {
    struct ct_usage_query query;
    enum ct_report_format format;
    struct ct_buf out;
};

static ct_code write_report(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct report *r = ctx;
    return ct_report_write(&r->out, sql, &r->query, r->format, err);
}

static ct_code read_day(int64_t *day, const struct ct_args *args, const char *option,
                        struct ct_err *err)
{
    const char *text = ct_args_get(args, option);
    if (text && !ct_day_read(day, ct_slice(text)))
        return ct_fail(err, CT_E_USAGE, option, "--%s wants a day such as 2026-11-29, not '%s'.",
                       option, text);
    return CT_OK;
}

static ct_code read_options(struct report *r, const struct ct_args *args, struct ct_err *err)
{
    const char *by = ct_args_get(args, "by"), *key = ct_args_get(args, "key");
    int64_t today = ct_day_of(ct_clock_wall_ms());
    r->query = (struct ct_usage_query){ .by = CT_USAGE_BY_DAY,
                                        .from_day = today - DAYS_DEFAULT + 1,
                                        .to_day = today };
    r->format = ct_args_get(args, "json")  ? CT_REPORT_JSON
                : ct_args_get(args, "csv") ? CT_REPORT_CSV
                                           : CT_REPORT_TABLE;
    if (by && !ct_report_by(&r->query.by, ct_slice(by)))
        return ct_fail(err, CT_E_USAGE, "by", "--by wants key, user, model or day, not '%s'.", by);
    if (key)
        r->query.key_id = ct_slice(key);
    CT_TRY(read_day(&r->query.from_day, args, "from", err));
    return read_day(&r->query.to_day, args, "to", err);
}

static int run_usage(const struct ct_args *args)
{
    struct ct_config config;
    struct report r = { .format = CT_REPORT_TABLE };
    struct ct_db *db = NULL;
    struct ct_err err = { 0 };
    if (ct_settings_load(&config, args, &err) != CT_OK || read_options(&r, args, &err) != CT_OK ||
        ct_settings_check_data(&config, &err) != CT_OK ||
        ct_db_open(&db, config.data, &err) != CT_OK)
        return ct_cli_fail(&err);
    ct_buf_init(&r.out, REPORT_MAX);
    ct_code rc = ct_db_read(db, write_report, &r, &err);
    if (rc == CT_OK)
        printf("%s%s", ct_buf_text(&r.out), r.format == CT_REPORT_JSON ? "\n" : "");
    ct_buf_release(&r.out);
    ct_db_close(&db);
    return rc == CT_OK ? CT_EXIT_OK : ct_cli_fail(&err);
}

const struct ct_command ct_command_usage = {
    .name = "usage",
    .synopsis = "[--by key|user|model|day] [--from DAY] [--to DAY] [--csv | --json]",
    .summary = "Report pictures, tokens and cost",
    .details =
        "What the servers on this data folder were asked for, in the last 30 days unless told\n"
        "otherwise; days are UTC's. What pictures drawn here would have cost at list price stands\n"
        "in the column `simulated`: nobody is billed for it.\n",
    .examples =
        "  calotype usage --by key\n  calotype usage --by user --key key_5f1c02ab9d3e --csv\n",
    .options =
        (const struct ct_option[]){
            { .name = "by",
              .value = "WHAT",
              .doc = "key, user, model or day",
              .choices = "key|user|model|day" },
            { .name = "from", .value = "DAY", .doc = "2026-11-01" },
            { .name = "to", .value = "DAY", .doc = "that day included" },
            { .name = "key", .value = "ID", .doc = "of this key alone" },
            { .name = "csv", .doc = "print CSV" },
            { .name = "json", .doc = "print JSON" },
            CT_SETTINGS_OPTIONS,
            { .name = NULL },
        },
    .run = run_usage,
};
