/* `calotype backup DEST`: a copy of the data folder, beside a running server or without one. */
#include "cli/settings.h"

#include "store/backup.h"

#include <inttypes.h>

static void write_size(char out[32], int64_t bytes)
{
    static const char *const units[] = { "bytes", "KB", "MB", "GB", "TB" };
    int u = 0;
    double value = (double)bytes;
    for (; value >= 1000 && u < 4; u++)
        value /= 1000;
    snprintf(out, 32, u ? "%.1f %s" : "%.0f %s", value, units[u]);
}

static void print_report(const struct ct_backup_report *r, const char *dest)
{
    char size[32];
    write_size(size, r->bytes);
    printf("%s: the database and %" PRId64 " files of %s (%" PRId64 " linked, %" PRId64
           " copied); whole.\n",
           dest, r->files, size, r->linked, r->files - r->linked);
    if (!r->has_secret)
        fprintf(stderr,
                "The server's secret is not in the data folder: keep a copy of it elsewhere, "
                "or signed URLs and recipes are void after a restore.\n");
}

static int run_backup(const struct ct_args *args)
{
    struct ct_config config;
    struct ct_backup_report report;
    struct ct_err err = { 0 };
    ct_code rc = ct_settings_load(&config, args, &err);
    if (rc == CT_OK)
        rc = ct_settings_check_data(&config, &err);
    if (rc == CT_OK)
        rc =
            ct_backup_make(&report,
                           &(struct ct_backup_options){ .data = config.data,
                                                        .dest = args->words[0],
                                                        .copy = ct_args_get(args, "copy") != NULL },
                           &err);
    if (rc != CT_OK)
        return ct_cli_fail(&err);
    print_report(&report, args->words[0]);
    if (report.missing == 0)
        return CT_EXIT_OK;
    fprintf(stderr,
            "calotype: %" PRId64 " of %" PRId64 " pictures that the database names are not in the "
            "data folder, %s first; `calotype doctor` says more.\n",
            report.missing, report.pictures, report.first_missing);
    return CT_EXIT_FAILED;
}

const struct ct_command ct_command_backup = {
    .name = "backup",
    .synopsis = "[--data DIR] [--copy] DEST",
    .summary = "Copy the data folder, also while a server works on it",
    .details =
        "DEST becomes a data folder of its own: the database as it was at one moment, every\n"
        "picture that it names, and the server's secret. On the same file system pictures are\n"
        "linked, which takes neither time nor room; --copy copies them all the same. To restore,\n"
        "stop the server and put DEST in the place of its data folder.\n",
    .examples = "  calotype backup /backup/calotype-$(date +%F)\n"
                "  calotype serve --data /backup/calotype-2026-11-29\n",
    .options =
        (const struct ct_option[]){
            { .name = "copy", .doc = "copy files instead of linking them" },
            CT_SETTINGS_OPTIONS,
            { .name = NULL },
        },
    .min_words = 1,
    .max_words = 1,
    .run = run_backup,
};
