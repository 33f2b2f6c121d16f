/* `calotype gc`: at once what a running server does bit by bit. */
#include "cli/settings.h"

#include "base/json.h"
#include "store/gc.h"

#include <inttypes.h>

static void print_report(const struct ct_gc_report *r, bool dry, bool json)
{
    if (json)
        printf("{\"dry_run\":%s,\"jobs\":%" PRId64 ",\"ledger_rows\":%" PRId64
               ",\"pictures\":%" PRId64 ",\"picture_bytes\":%" PRId64 ",\"leftovers\":%" PRId64
               "}\n",
               dry ? "true" : "false", r->jobs, r->ledger_rows, r->pictures, r->picture_bytes,
               r->leftovers);
    else
        printf("%s %" PRId64 " expired jobs, %" PRId64 " old rows of the ledger, %" PRId64
               " pictures of %" PRId64 " KB, %" PRId64 " left-over temporary files.\n",
               dry ? "Would remove" : "Removed", r->jobs, r->ledger_rows, r->pictures,
               r->picture_bytes / 1000, r->leftovers);
}

static ct_code collect(struct ct_gc *gc, struct ct_gc_report *report, struct ct_err *err)
{
    bool idle = false;
    /* A dry run deletes no rows, so it would count them in every round. */
    struct ct_gc_report rows;
    while (!idle) {
        rows = *report;
        CT_TRY(ct_gc_round(gc, report, &idle, err));
        if (gc->options.dry && gc->folder != 0) {
            report->jobs = rows.jobs;
            report->ledger_rows = rows.ledger_rows;
        }
    }
    return CT_OK;
}

static int run_gc(const struct ct_args *args)
{
    struct ct_config config;
    struct ct_err err = { 0 };
    struct ct_db *db = NULL;
    struct ct_pictures *pictures = NULL;
    struct ct_gc_report report = { 0 };
    bool dry = ct_args_get(args, "dry-run") != NULL;
    ct_code rc = ct_settings_load(&config, args, &err);
    if (rc == CT_OK)
        rc = ct_settings_check_data(&config, &err);
    if (rc == CT_OK)
        rc = ct_db_open(&db, config.data, &err);
    if (rc == CT_OK)
        rc = ct_pictures_open(&pictures, config.data, &err);
    if (rc == CT_OK) {
        struct ct_gc gc = { .options = { .db = db,
                                         .pictures = pictures,
                                         .data_dir = config.data,
                                         .ledger_days = config.ledger_days,
                                         .url_seconds = config.url_minutes * 60,
                                         .dry = dry } };
        rc = collect(&gc, &report, &err);
    }
    ct_pictures_close(&pictures);
    ct_db_close(&db);
    if (rc != CT_OK)
        return ct_cli_fail(&err);
    print_report(&report, dry, ct_args_get(args, "json") != NULL);
    return CT_EXIT_OK;
}

const struct ct_command ct_command_gc = {
    .name = "gc",
    .synopsis = "[--dry-run] [--json] [--data DIR]",
    .summary = "Remove expired jobs and pictures that nobody needs",
    .details =
        "A running server does this by itself, a little every second; this does it at once, "
        "beside\n"
        "a server or without one. A picture is removed when no task that can still be asked for,\n"
        "no kept reply and no cached result has it, and its URL has run out. --dry-run only "
        "counts.\n",
    .examples = "  calotype gc --dry-run\n",
    .options =
        (const struct ct_option[]){
            { .name = "dry-run", .doc = "say what would be removed, and remove nothing" },
            { .name = "json", .doc = "print JSON" },
            CT_SETTINGS_OPTIONS,
            { .name = NULL },
        },
    .run = run_gc,
};
