/* `calotype top`: what a server does now, from its /metrics and /v1/tasks.
 *
 * Two looks a moment apart make the rates; the screen is drawn over itself. With --once, or where
 * stdout is no terminal, one screen is printed and that is all. Lines fit 80 columns. */
#include "cli/settings.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/http_get.h"
#include "cli/samples.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define TEXT_MAX ((size_t)8 << 20)
#define TASKS_SHOWN 10
#define COLUMNS 80
#define STAGES "calotype_stage_seconds"

struct look {
    struct ct_buf metrics;
    int64_t at_us;
};

struct top {
    char root[CT_CONFIG_TEXT_MAX + 32]; /* "http://127.0.0.1:8787" */
    const char *key;                    /* NULL: none */
    struct look looks[2], *before, *now;
    struct ct_buf tasks;
    int tasks_status;
    struct ct_buf out;
};

/* "999", "12.3 k", "4.5 M" */
static void short_number(char out[16], double value)
{
    static const char units[] = " kMGT";
    int u = 0;
    for (; value >= 999.5 && u < 4; u++)
        value /= 1000;
    snprintf(out, 16, u ? "%.1f" : "%.0f", value);
    if (u)
        snprintf(out + strlen(out), 4, " %c", units[u]);
}

/* "999 B", "12.3 kB" */
static void short_bytes(char out[16], double value)
{
    short_number(out, value);
    strcat(out, strchr(out, ' ') ? "B" : " B");
}

/* "0.12 s", "12 s", "13 min", "11 h", "5 d" */
static void short_time(char out[16], double seconds)
{
    if (seconds < 0)
        snprintf(out, 16, "-");
    else if (seconds < 10)
        snprintf(out, 16, "%.2f s", seconds);
    else if (seconds < 600)
        snprintf(out, 16, "%.0f s", seconds);
    else if (seconds < 36000)
        snprintf(out, 16, "%.0f min", seconds / 60);
    else
        snprintf(out, 16, "%.0f %s", seconds < 360000 ? seconds / 3600 : seconds / 86400,
                 seconds < 360000 ? "h" : "d");
}

static double sum(const struct top *t, const char *name, const char *part)
{
    return ct_samples_sum(ct_buf_slice(&t->now->metrics), name, part, NULL);
}

/* How much it rose a second; since the start when there is no look before. */
static double rate(const struct top *t, const char *name, const char *part)
{
    double seconds = (double)(t->now->at_us - t->before->at_us) / 1e6;
    double old = ct_samples_sum(ct_buf_slice(&t->before->metrics), name, part, NULL);
    return seconds > 0 ? (sum(t, name, part) - old) / seconds : 0;
}

static void put_head(struct top *t)
{
    char up[16], version[64] = "", clock[32] = "";
    struct ct_slice text = ct_buf_slice(&t->now->metrics);
    struct ct_sample sample;
    time_t now = (time_t)ct_clock_wall();
    struct tm utc;
    while (ct_sample_next(&text, &sample))
        if (ct_slice_is(sample.name, "calotype_build_info"))
            snprintf(version, sizeof(version), "%.*s",
                     CT_SARG(ct_slice_sub(ct_sample_label(&sample, "version"), 0, 20)));
    if (gmtime_r(&now, &utc))
        strftime(clock, sizeof(clock), "%H:%M:%S UTC", &utc);
    double seconds = (double)now - sum(t, "process_start_time_seconds", NULL);
    short_time(up, seconds);
    if (seconds < 600)
        snprintf(up, sizeof(up), "%.0f s", seconds);
    ct_buf_printf(&t->out, "Calotype %s   %.40s   up %s   %s\n\n", version, t->root, up, clock);
}

static void put_requests(struct top *t)
{
    static const char *const classes[] = { "2xx", "4xx", "5xx" };
    char in[16], out[16], part[32];
    double total = rate(t, "calotype_http_requests_total", NULL);
    short_bytes(in, rate(t, "calotype_http_received_bytes_total", NULL));
    short_bytes(out, rate(t, "calotype_http_sent_bytes_total", NULL));
    ct_buf_printf(&t->out, "requests   %.1f/s", total);
    for (int i = 0; i < 3; i++) {
        snprintf(part, sizeof(part), "class=\"%s\"", classes[i]);
        double share = total > 0 ? rate(t, "calotype_http_requests_total", part) / total : 0;
        ct_buf_printf(&t->out, "  %s %.0f%%", classes[i], 100 * share);
    }
    ct_buf_printf(&t->out, "\nnetwork    %.0f connections  in %s/s  out %s/s\n",
                  sum(t, "calotype_http_connections", NULL), in, out);
}

static void put_jobs(struct top *t)
{
    char done[16], failed[16], cancelled[16];
    short_number(done, sum(t, "calotype_jobs_ended_total", "state=\"done\""));
    short_number(failed, sum(t, "calotype_jobs_ended_total", "state=\"failed\""));
    short_number(cancelled, sum(t, "calotype_jobs_ended_total", "state=\"cancelled\""));
    ct_buf_printf(
        &t->out,
        "jobs       %.0f running  waiting: %.0f interactive, %.0f background, %.0f batch\n"
        "           %s done  %s failed  %s cancelled\n",
        sum(t, "calotype_jobs_running", NULL),
        sum(t, "calotype_jobs_waiting", "lane=\"interactive\""),
        sum(t, "calotype_jobs_waiting", "lane=\"background\""),
        sum(t, "calotype_jobs_waiting", "lane=\"batch\""), done, failed, cancelled);
}

static void put_times(struct top *t)
{
    static const char *const stages[] = { "queue", "draw", "encode", "store", "send" };
    struct ct_slice before = ct_buf_slice(&t->before->metrics);
    struct ct_slice now = ct_buf_slice(&t->now->metrics);
    char half[16], most[16], part[32];
    double total = rate(t, STAGES "_sum", "stage=\"total\"");
    const char *of = STAGES "_bucket";
    short_time(half, ct_samples_quantile(before, now, of, "stage=\"total\"", 0.5));
    short_time(most, ct_samples_quantile(before, now, of, "stage=\"total\"", 0.95));
    ct_buf_printf(&t->out, "time       p50 %s  p95 %s", half, most);
    for (size_t i = 0; total > 0 && i < sizeof(stages) / sizeof(stages[0]); i++) {
        snprintf(part, sizeof(part), "stage=\"%s\"", stages[i]);
        double share = rate(t, STAGES "_sum", part) / total;
        ct_buf_printf(&t->out, "  %s %.0f%%", stages[i], 100 * (share < 1 ? share : 1));
    }
    ct_buf_puts(&t->out, "\n");
}

static void put_work(struct top *t)
{
    char pictures[16], tokens[16];
    double hits = sum(t, "calotype_cache_requests_total", "outcome=\"hit\"");
    double asked = hits + sum(t, "calotype_cache_requests_total", "outcome=\"miss\"");
    short_number(pictures, sum(t, "calotype_pictures_total", NULL));
    short_number(tokens, sum(t, "calotype_tokens_total", NULL));
    ct_buf_printf(&t->out, "pictures   %s (%.1f/s)  %s tokens  spent $%.2f real, $%.2f simulated\n",
                  pictures, rate(t, "calotype_pictures_total", NULL), tokens,
                  sum(t, "calotype_spend_dollars_total", "kind=\"real\""),
                  sum(t, "calotype_spend_dollars_total", "kind=\"simulated\""));
    ct_buf_printf(&t->out, "cache      %.0f%% hits  callbacks: %.0f pending, %.0f dead\n",
                  asked > 0 ? 100 * hits / asked : 0.0,
                  sum(t, "calotype_callbacks", "state=\"pending\""),
                  sum(t, "calotype_callbacks", "state=\"dead\""));
}

static void put_process(struct top *t)
{
    char memory[16], room[16];
    short_bytes(memory, sum(t, "process_resident_memory_bytes", NULL));
    short_bytes(room, sum(t, "calotype_data_free_bytes", NULL));
    ct_buf_printf(&t->out,
                  "process    %.0f%% CPU  %s resident  %.0f files  %.0f threads\n"
                  "disk       %s free  %.1f commits/s  %.1f changes/s  %.0f failed\n",
                  100 * rate(t, "process_cpu_seconds_total", NULL), memory,
                  sum(t, "process_open_fds", NULL), sum(t, "process_threads", NULL), room,
                  rate(t, "calotype_database_commits_total", NULL),
                  rate(t, "calotype_database_changes_total", NULL),
                  sum(t, "calotype_database_failed_commits_total", NULL));
}

/* Errors since the start, as many as fit the line. */
static void put_errors(struct top *t)
{
    struct ct_slice text = ct_buf_slice(&t->now->metrics);
    struct ct_sample sample;
    char one[64];
    size_t width = 11;
    ct_buf_puts(&t->out, "errors    ");
    while (ct_sample_next(&text, &sample)) {
        if (!ct_slice_is(sample.name, "calotype_errors_total") || sample.value <= 0)
            continue;
        struct ct_slice error = ct_sample_label(&sample, "error");
        snprintf(one, sizeof(one), " %.*s %.0f ", CT_SARG(ct_slice_sub(error, 0, 30)),
                 sample.value);
        width += strlen(one);
        if (width > COLUMNS)
            break;
        ct_buf_puts(&t->out, one);
    }
    ct_buf_puts(&t->out, width == 11 ? " none\n" : "\n");
}

static const char *text_of(const struct ct_json *object, const char *key, struct ct_arena *arena)
{
    const struct ct_json *value = ct_json_get(object, key);
    const char *text = NULL;
    if (value && (value->type == CT_JSON_STRING || value->type == CT_JSON_INT))
        text = ct_arena_strdup(arena, value->text);
    return text ? text : "";
}

/* An id in two columns' worth of state, progress and model; control bytes cannot get here, since a
 * JSON string of ours has none and others are shown as '?'. */
static void put_task(struct top *t, const struct ct_json *task, struct ct_arena *arena)
{
    char line[COLUMNS + 2];
    const char *progress = text_of(task, "progress", arena);
    snprintf(line, sizeof(line), "  %-40.40s  %-10.10s  %3.3s%%  %-.18s",
             text_of(task, "id", arena), text_of(task, "status", arena),
             progress[0] ? progress : "0", text_of(task, "model", arena));
    for (char *p = line; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
    ct_buf_printf(&t->out, "%s\n", line);
}

static void put_tasks(struct top *t)
{
    const struct ct_json *root = NULL, *data = NULL;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new((size_t)4 << 20);
    ct_buf_puts(&t->out, "\ntasks\n");
    if (arena && t->tasks_status == 200 &&
        ct_json_parse(&root, arena, ct_buf_slice(&t->tasks), NULL, NULL) == CT_OK)
        data = ct_json_get(root, "data");
    if (t->tasks_status == 401 || t->tasks_status == 403)
        ct_buf_puts(&t->out, "  CALOTYPE_API_KEY with the scope images:read shows its tasks\n");
    else if (!data || !data->child)
        ct_buf_puts(&t->out, "  none\n");
    int n = 0;
    for (const struct ct_json *one = data ? data->child : NULL; one && n < TASKS_SHOWN;
         one = one->next, n++)
        put_task(t, one, arena);
}

static ct_code look(struct top *t, struct look *l, struct ct_err *err)
{
    char url[sizeof(t->root) + 32];
    int status;
    snprintf(url, sizeof(url), "%s/metrics", t->root);
    ct_buf_clear(&l->metrics);
    CT_TRY(ct_http_get(&l->metrics, &status, url, t->key, err));
    l->at_us = ct_clock_us();
    if (status == 200)
        return CT_OK;
    return ct_fail(
        err, status == 401 || status == 403 ? CT_E_FORBIDDEN : CT_E_UPSTREAM, NULL,
        status == 401 || status == 403
            ? "%s answers %d: from another machine set CALOTYPE_API_KEY to a key with the "
              "scope metrics (and images:read for the tasks)."
            : "%s answers %d: is it a Calotype?",
        url, status);
}

static ct_code draw(struct top *t, struct ct_err *err)
{
    char url[sizeof(t->root) + 32];
    struct look *spare = t->before;
    CT_TRY(look(t, spare, err));
    t->before = t->now;
    t->now = spare;
    snprintf(url, sizeof(url), "%s/v1/tasks?limit=%d", t->root, TASKS_SHOWN);
    ct_buf_clear(&t->tasks);
    if (ct_http_get(&t->tasks, &t->tasks_status, url, t->key ? t->key : "none", NULL) != CT_OK)
        t->tasks_status = 0;
    ct_buf_clear(&t->out);
    put_head(t);
    put_requests(t);
    put_jobs(t);
    put_times(t);
    put_work(t);
    put_process(t);
    put_errors(t);
    put_tasks(t);
    return CT_OK;
}

static void print_screen(struct top *t, bool over)
{
    struct ct_slice rest = ct_buf_slice(&t->out), line;
    if (!over) {
        fputs(ct_buf_text(&t->out), stdout);
        return;
    }
    fputs("\x1b[H", stdout); /* over the screen of before: nothing flickers */
    while (ct_slice_cut(rest, '\n', &line, &rest))
        printf("%.*s\x1b[K\n", CT_SARG(ct_utf8_cut(line, COLUMNS)));
    fputs("\x1b[J", stdout);
    fflush(stdout);
}

static void breathe(double seconds)
{
    nanosleep(&(struct timespec){ .tv_sec = (time_t)seconds,
                                  .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9) },
              NULL);
}

static ct_code read_interval(double *out, const struct ct_args *args, bool once,
                             struct ct_err *err)
{
    const char *text = ct_args_get(args, "interval");
    char *end;
    *out = once ? 1 : 2;
    if (!text)
        return CT_OK;
    *out = strtod(text, &end);
    if (end == text || *end || !(*out >= 0.1 && *out <= 3600))
        return ct_fail(err, CT_E_USAGE, "interval",
                       "--interval wants seconds from 0.1 to 3600, not '%s'.", text);
    return CT_OK;
}

/* --server, CALOTYPE_BASE_URL (with or without /v1), or the address that the settings serve on. */
static void find_server(struct top *t, const struct ct_args *args, const struct ct_config *config)
{
    const char *named = ct_args_get(args, "server");
    if (!named)
        named = getenv("CALOTYPE_BASE_URL");
    if (named && named[0]) {
        struct ct_slice url = ct_slice(named);
        while (ct_slice_ends(url, "/"))
            url.len--;
        if (ct_slice_ends(url, "/v1"))
            url.len -= 3;
        url = ct_slice_sub(url, 0, CT_CONFIG_TEXT_MAX);
        snprintf(t->root, sizeof(t->root), "%.*s", (int)url.len, url.ptr);
        return;
    }
    bool any = strncmp(config->listen, "0.0.0.0:", 8) == 0;
    snprintf(t->root, sizeof(t->root), "http://%s%.1023s", any ? "127.0.0.1" : "",
             any ? config->listen + 7 : config->listen);
}

static ct_code run(struct top *t, bool once, double interval, struct ct_err *err)
{
    CT_TRY(look(t, t->now, err));
    breathe(once ? interval : 0.2); /* the first screen of many comes soon */
    CT_TRY(draw(t, err));
    if (once) {
        print_screen(t, false);
        return CT_OK;
    }
    fputs("\x1b[2J", stdout);
    for (;;) { /* until Ctrl-C, or the server is gone */
        print_screen(t, true);
        breathe(interval);
        CT_TRY(draw(t, err));
    }
}

static int run_top(const struct ct_args *args)
{
    struct ct_config config;
    struct ct_err err = { 0 };
    struct top t = { .key = getenv("CALOTYPE_API_KEY") };
    double interval;
    bool once = ct_args_get(args, "once") != NULL || !isatty(STDOUT_FILENO);
    if (ct_settings_load(&config, args, &err) != CT_OK ||
        read_interval(&interval, args, once, &err) != CT_OK)
        return ct_cli_fail(&err);
    if (t.key && !t.key[0])
        t.key = NULL;
    find_server(&t, args, &config);
    t.now = &t.looks[0];
    t.before = &t.looks[1];
    ct_buf_init(&t.looks[0].metrics, TEXT_MAX);
    ct_buf_init(&t.looks[1].metrics, TEXT_MAX);
    ct_buf_init(&t.tasks, TEXT_MAX);
    ct_buf_init(&t.out, TEXT_MAX);
    ct_code rc = run(&t, once, interval, &err);
    ct_buf_release(&t.looks[0].metrics);
    ct_buf_release(&t.looks[1].metrics);
    ct_buf_release(&t.tasks);
    ct_buf_release(&t.out);
    return rc == CT_OK ? CT_EXIT_OK : ct_cli_fail(&err);
}

const struct ct_command ct_command_top = {
    .name = "top",
    .synopsis = "[--once] [--interval SECONDS] [--server URL]",
    .summary = "Watch a server at work",
    .details = "Requests, jobs, times, spend, cache, process, errors and the newest tasks, drawn "
               "again every\n"
               "two seconds until Ctrl-C; from /metrics and /v1/tasks. --once prints one screen. "
               "The server\n"
               "is the one that the settings serve on, unless --server or CALOTYPE_BASE_URL names "
               "another\n"
               "(CALOTYPE_API_KEY: a key with the scopes metrics and images:read).\n",
    .examples = "  calotype top\n  calotype top --once --server http://127.0.0.1:8787\n",
    .options =
        (const struct ct_option[]){
            { .name = "once", .doc = "print one screen and end" },
            { .name = "interval", .value = "SECONDS", .doc = "between two screens (2)" },
            { .name = "server", .value = "URL", .doc = "of the server" },
            CT_SETTINGS_OPTIONS,
            { .name = NULL },
        },
    .run = run_top,
};
