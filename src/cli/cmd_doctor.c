/* `calotype doctor`: what is wrong here, and what to do about it. Reads only.
 *
 * Each check makes findings; one that is bad makes the exit status 1. What is kept is looked at by
 * store/check.h, the rest is about this machine. */
#include "cli/settings.h"

#include "base/clock.h"
#include "base/json.h"
#include "cli/http_get.h"
#include "engines/scene/page/fonts.h"
#include "jobs/job.h"
#include "net/http.h"
#include "store/check.h"

#include <dlfcn.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define LEAST_ROOM_BYTES ((uint64_t)256 << 20)
#define LEAST_INODES 10000
#define LEAST_FILES 4096
#define PATH_BYTES 2048

enum level { OK, NOTE, BAD };

struct doctor {
    const struct ct_config *config;
    struct ct_sql *sql; /* NULL: the database cannot be read */
    bool deep, json;
    int n, bad;
};

static void print_finding(struct doctor *d, enum level level, const char *what, const char *text,
                          const char *advice)
{
    static const char *const words[] = { "ok", "note", "BAD" };
    struct ct_buf b;
    if (!d->json) {
        printf("%-5s %-13s %s\n", words[level], what, text);
        if (advice)
            printf("%-19s -> %s\n", "", advice);
        return;
    }
    ct_buf_init(&b, 16384);
    ct_buf_puts(&b, "{");
    ct_json_put_key(&b, "level");
    ct_json_put_cstring(&b, level == BAD ? "bad" : words[level]);
    ct_json_put_key(&b, "check");
    ct_json_put_cstring(&b, what);
    ct_json_put_key(&b, "finding");
    ct_json_put_cstring(&b, text);
    ct_json_put_key(&b, "advice");
    ct_json_put_cstring(&b, advice);
    printf("%s}\n", ct_buf_text(&b));
    ct_buf_release(&b);
}

/* `advice` NULL: nothing is to be done. */
static void find(struct doctor *d, enum level level, const char *what, const char *advice,
                 const char *format, ...) CT_PRINTF(5, 6);
static void find(struct doctor *d, enum level level, const char *what, const char *advice,
                 const char *format, ...)
{
    char text[1400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    d->n++;
    d->bad += level == BAD;
    print_finding(d, level, what, text, advice);
}

static void check_folder(struct doctor *d)
{
    struct stat st;
    const char *path = d->config->data;
    if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
        find(d, BAD, "data folder",
             "Name another with --data DIR, or start `calotype serve`, which makes it.",
             "%s is not there.", path);
    else if (access(path, R_OK | W_OK | X_OK) != 0)
        find(d, BAD, "data folder", "Run this, and the server, as the user that owns the folder.",
             "%s cannot be used by this user: %s.", path, strerror(errno));
    else if (st.st_mode & 077)
        find(d, NOTE, "data folder", "chmod 700 it: only the server needs to see it.",
             "%s is open to other users (mode %03o).", path, st.st_mode & 0777u);
    else
        find(d, OK, "data folder", NULL, "%s is private and can be written.", path);
}

static void check_secret(struct doctor *d)
{
    char path[PATH_BYTES];
    struct stat st;
    struct ct_secret given;
    struct ct_err err = { 0 };
    if (d->config->secret[0] || d->config->secret_file[0]) {
        if (ct_config_secret(&given, d->config, &err) == CT_OK)
            find(d, OK, "secret", NULL, "As the settings give it.");
        else
            find(d, BAD, "secret", NULL, "%s", err.msg);
        ct_secret_wipe(&given);
        return;
    }
    snprintf(path, sizeof(path), "%s/secret", d->config->data);
    if (lstat(path, &st) != 0)
        find(d, NOTE, "secret", NULL, "%s is not there: the next start makes it.", path);
    else if (!S_ISREG(st.st_mode) || st.st_size != 32)
        find(d, BAD, "secret",
             "Restore it from a backup; or delete it, which voids signed URLs, recipes and "
             "callback secrets.",
             "%s is damaged.", path);
    else if (st.st_mode & 077)
        find(d, BAD, "secret", "chmod 600 it, and think of who may have read it.",
             "%s can be read by other users (mode %03o).", path, st.st_mode & 0777u);
    else
        find(d, OK, "secret", NULL, "32 bytes that only this user can read.");
}

static void check_database(struct doctor *d)
{
    char path[PATH_BYTES];
    struct ct_err err = { 0 };
    int applied = 0, known = 0;
    snprintf(path, sizeof(path), "%s/calotype.db", d->config->data);
    if (access(path, F_OK) != 0) {
        find(d, NOTE, "database", NULL, "There is none yet: the next start makes it.");
        return;
    }
    ct_code rc = ct_sql_open(&d->sql, path, CT_SQL_READ, &err);
    if (rc == CT_OK)
        rc = ct_check_integrity(d->sql, &err);
    if (rc == CT_OK)
        rc = ct_check_schema(&applied, &known, d->sql, &err);
    if (rc != CT_OK) {
        find(d, BAD, "database",
             "Stop the server and restore a backup; or save what can be read: sqlite3 calotype.db "
             ".recover | sqlite3 new.db",
             "%s: %s", path, err.msg);
    } else if (applied > known) {
        find(d, BAD, "database", "Install the newer version again, or restore a backup of before.",
             "It was made by a newer Calotype (schema %d, this one knows %d).", applied, known);
    } else if (applied < known) {
        find(d, NOTE, "database", NULL, "Whole; the next start brings its schema from %d to %d.",
             applied, known);
    } else {
        find(d, OK, "database", NULL, "Whole, schema %d.", applied);
        return;
    }
    ct_sql_close(&d->sql); /* what follows needs today's tables */
}

static void check_ledger(struct doctor *d)
{
    struct ct_ledger_check ledger;
    int64_t since_day = ct_clock_wall() / 86400 - d->config->ledger_days;
    struct ct_err err = { 0 };
    if (ct_check_ledger(&ledger, d->sql, since_day, &err) != CT_OK)
        find(d, BAD, "ledger", NULL, "%s", err.msg);
    else if (ledger.different > 0)
        find(d, BAD, "ledger",
             "Budgets and reports go by the sums; please report this with the rows of that day.",
             "Rows and sums differ on %" PRId64 " of %" PRId64 " days, day %" PRId64
             " since 1970 first.",
             ledger.different, ledger.days, ledger.first_day);
    else if (ledger.orphans > 0)
        find(d, NOTE, "ledger", "The next start of the server releases them.",
             "%" PRId64 " reservations are open whose job is over.", ledger.orphans);
    else
        find(d, OK, "ledger", NULL, "Rows and sums agree (days with rows: %" PRId64 ").",
             ledger.days);
}

static void check_pictures(struct doctor *d)
{
    struct ct_picture_check p;
    struct ct_err err = { 0 };
    if (ct_check_pictures(&p, d->sql, d->config->data, d->deep, &err) != CT_OK)
        find(d, BAD, "pictures", NULL, "%s", err.msg);
    else if (p.missing + p.wrong > 0)
        find(d, BAD, "pictures",
             "Copy them from a backup: files of the same name are the same pictures.",
             "Of %" PRId64 " that rows name %" PRId64 " are missing and %" PRId64
             " are damaged, %s first.",
             p.named, p.missing, p.wrong, p.first_bad);
    else
        find(d, OK, "pictures", NULL, "Every one that rows name is there%s (%" PRId64 ").",
             d->deep ? " and has its bytes" : "", p.named);
    if (p.unnamed > 0)
        find(d, NOTE, "pictures", NULL,
             "%" PRId64 " files, %" PRId64 " KB, that no row names; they are removed in time.",
             p.unnamed, p.unnamed_bytes / 1000);
}

static void check_state(struct doctor *d)
{
    struct ct_state_check state;
    struct ct_err err = { 0 };
    int64_t now_ms = ct_clock_wall_ms();
    if (ct_check_state(&state, d->sql, CT_JOB_UNKNOWN, &err) != CT_OK) {
        find(d, BAD, "jobs", NULL, "%s", err.msg);
        return;
    }
    if (state.unknown_jobs > 0)
        find(d, NOTE, "jobs",
             "Ask the provider whether they were done; nothing is sent a second time.",
             "%" PRId64 " were sent to a provider, and no answer came.", state.unknown_jobs);
    if (state.dead_callbacks > 0)
        find(d, NOTE, "callbacks",
             "calotype callbacks list --dead; then calotype callbacks redeliver --all-dead",
             "%" PRId64 " could not be delivered in 72 hours.", state.dead_callbacks);
    if (state.newest_ms > now_ms + 60000)
        find(d, BAD, "clock", "Set the clock: expiry, budgets and signatures go by it.",
             "It says a time %" PRId64 " minutes before the newest job was made.",
             (state.newest_ms - now_ms) / 60000);
}

static void check_clock(struct doctor *d)
{
    time_t now = (time_t)ct_clock_wall();
    struct tm utc;
    char text[40];
    if (!gmtime_r(&now, &utc) || strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &utc) == 0)
        strcpy(text, "nothing");
    if (now < 1700000000)
        find(d, BAD, "clock", "Set the clock: expiry, budgets and signatures go by it.",
             "It says %s UTC.", text);
    else
        find(d, OK, "clock", NULL, "%s UTC.", text);
}

static void check_disk(struct doctor *d)
{
    struct statvfs disk;
    if (statvfs(d->config->data, &disk) != 0)
        return; /* the folder is not there, and that was said */
    uint64_t room = (uint64_t)disk.f_bavail * disk.f_frsize;
    if (room / 1000000 < (uint64_t)d->config->min_free_mb)
        find(d, BAD, "disk",
             "Make room: until then requests are refused before they cost anything.",
             "%" PRIu64 " MB are free, less than min_free_mb (%d).", room / 1000000,
             d->config->min_free_mb);
    else if (room < LEAST_ROOM_BYTES)
        find(d, NOTE, "disk", "Make room before requests are refused.", "%" PRIu64 " MB are free.",
             room / 1000000);
    else if (disk.f_files > 0 && disk.f_favail < LEAST_INODES)
        find(d, BAD, "disk", "Remove small files: the file system can make no more of them.",
             "%" PRIu64 " inodes are free.", (uint64_t)disk.f_favail);
    else
        find(d, OK, "disk", NULL, "%" PRIu64 " MB are free.", room / 1000000);
}

static void check_files(struct doctor *d)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    if (limit.rlim_max < LEAST_FILES)
        find(d, NOTE, "open files", "LimitNOFILE=65536 in the unit, or ulimit -Hn 65536.",
             "At most %" PRIu64 ": so many clients less can be connected.",
             (uint64_t)limit.rlim_max);
    else
        find(d, OK, "open files", NULL, "At most %" PRIu64 ".", (uint64_t)limit.rlim_max);
}

static void check_fonts(struct doctor *d)
{
    char advice[200];
    int missing = 0;
    for (const struct ct_font_package *f = ct_font_packages; f->family; f++) {
        if (ct_font_is_installed(f->family))
            continue;
        missing++;
        snprintf(advice, sizeof(advice), "apt-get install %s", f->package);
        find(d, BAD, "fonts", advice, "%s is not installed: %s.", f->family, f->what);
    }
    if (missing == 0)
        find(d, OK, "fonts", NULL, "Inter, Noto, Noto CJK and Noto Color Emoji are installed.");
}

static void check_tesseract(struct doctor *d)
{
    void *library = dlopen("libtesseract.so.5", RTLD_LAZY | RTLD_LOCAL);
    if (library)
        find(d, OK, "tesseract", NULL, "Text in photographs can be replaced.");
    else
        find(d, NOTE, "tesseract", "apt-get install tesseract-ocr, if that is wanted.",
             "Not installed: text in photographs cannot be replaced.");
    if (library)
        dlclose(library);
}

static void no_request(void *ctx, struct ct_http_exchange *x, const struct ct_http_request *rq)
{
    (void)ctx;
    (void)rq;
    ct_http_respond(x, &(struct ct_http_response){ .status = 503, .close = true });
}

static void check_port(struct doctor *d)
{
    char url[CT_CONFIG_TEXT_MAX + 32];
    const char *listen = d->config->listen;
    struct ct_http_server *server = NULL;
    const struct ct_http_handler nobody = { .on_request = no_request };
    struct ct_buf body;
    struct ct_err err = { 0 };
    int status = 0;
    const char *host = strncmp(listen, "0.0.0.0:", 8) == 0 ? "127.0.0.1" : NULL;
    snprintf(url, sizeof(url), "http://%s%s/health", host ? host : "", listen + (host ? 7 : 0));
    ct_buf_init(&body, 65536);
    if (ct_http_get(&body, &status, url, NULL, NULL) == CT_OK &&
        strstr(ct_buf_text(&body), "\"live\":true"))
        find(d, OK, "address", NULL, "A Calotype serves on %s.", listen);
    else if (ct_http_server_start(&server,
                                  &(struct ct_http_options){ .listen = listen, .loops = 1 },
                                  &nobody, &err) == CT_OK)
        find(d, OK, "address", NULL, "%s is free.", listen);
    else
        find(d, BAD, "address", "Choose another with --listen, or stop what has it.", "%s",
             err.msg);
    ct_http_server_stop(&server);
    ct_buf_release(&body);
}

static int run_doctor(const struct ct_args *args)
{
    struct ct_config config;
    struct ct_err err = { 0 };
    struct doctor d = { .config = &config,
                        .deep = ct_args_get(args, "deep") != NULL,
                        .json = ct_args_get(args, "json") != NULL };
    if (ct_settings_load(&config, args, &err) != CT_OK)
        return ct_cli_fail(&err);
    check_folder(&d);
    check_secret(&d);
    check_disk(&d);
    check_database(&d);
    if (d.sql) {
        check_ledger(&d);
        check_pictures(&d);
        check_state(&d);
    }
    ct_sql_close(&d.sql);
    check_port(&d);
    check_files(&d);
    check_clock(&d);
    check_fonts(&d);
    check_tesseract(&d);
    if (!d.json)
        printf(d.bad ? "\n%d of %d checks found something wrong.\n" : "\nNothing is wrong.\n",
               d.bad, d.n);
    return d.bad ? CT_EXIT_FAILED : CT_EXIT_OK;
}

const struct ct_command ct_command_doctor = {
    .name = "doctor",
    .synopsis = "[--deep] [--json] [--data DIR]",
    .summary = "Find out what is wrong with this installation or with its data",
    .details =
        "Looks at the data folder, the secret, the database, the ledger and the pictures, and at\n"
        "disk, address, clock and fonts of this machine; changes nothing, and may run beside the\n"
        "server. Exit status 1 when something is wrong. Works on a backup as well.\n",
    .examples = "  calotype doctor\n  calotype doctor --deep --data /backup/calotype-2026-11-29\n",
    .options =
        (const struct ct_option[]){
            { .name = "deep", .doc = "read every picture: its bytes must be those of its name" },
            { .name = "json", .doc = "one JSON object a line" },
            { .name = "listen", .value = "ADDRESS:PORT", .doc = "where the server is to serve" },
            CT_SETTINGS_OPTIONS,
            { .name = NULL },
        },
    .run = run_doctor,
};
