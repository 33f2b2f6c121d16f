/* The server's life: open the parts in the order of the layers, announce, wait, drain, close.
 *
 * Signals are blocked before any thread exists and taken by this thread alone with sigtimedwait(),
 * so no handler ever runs; meanwhile the thread keeps house. SIGHUP opens the log file again. The
 * first SIGTERM or SIGINT drains: no new connections, no new work, running work may end within
 * drain_seconds, replies may be read to their end. A second signal ends the process at once, as
 * users of Ctrl-C expect. */
#include "daemon/serve.h"

#include "api/api.h"
#include "api/cached.h"
#include "api/replay.h"
#include "base/clock.h"
#include "base/file.h"
#include "image/sniff.h"
#include "jobs/callback.h"
#include "jobs/deliver.h"
#include "policy/rate.h"
#include "policy/recipe.h"
#include "policy/webhook.h"
#include "store/gc.h"
#include "store/job_files.h"
#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define FLUSH_MS 5000
#define OLD_S 5              /* how often is looked for what has expired */
#define MIN_FREE_FILES 1000  /* inodes */
#define RESOLVERS 4          /* threads that wait for name servers */
#define WAITING_UPLOADS 256 /* whose pictures are not being looked at yet */

struct server {
    const struct ct_config *config;
    int log_fd; /* STDERR_FILENO, or of the setting log_file */
    struct ct_log *log;
    int lock; /* of the data folder; -1: none */
    struct ct_catalogue *catalogue;
    struct ct_keys *keys;
    struct ct_rate *rate;
    struct ct_spend *spend;
    struct ct_db *db;
    struct ct_pictures *pictures;
    struct ct_files *files;
    struct ct_gc gc;
    struct ct_job_files *job_files;
    struct ct_engine *engine;
    struct ct_recipes recipes;
    struct ct_decoder *decoder;
    struct ct_secret callback_secret;
    struct ct_callbacks callbacks;
    struct ct_deliver *deliver;
    struct ct_jobs *jobs;
    struct ct_replies *replies;
    struct ct_cache *cache;
    struct ct_hits *hits;
    struct ct_workers *workers, *resolvers;
    char upload_dir[CT_CONFIG_TEXT_MAX + 8];
    struct ct_api api;
    struct ct_http_server *http;
    bool loopback; /* the address stays on this machine */
};

static ct_code check_exposure(const struct server *s, struct ct_err *err)
{
    if (s->loopback || ct_keys_active(s->keys) > 0)
        return CT_OK;
    return ct_fail(err, CT_E_CONFIG, NULL,
                   "Refusing to serve %s without an API key: everybody who reaches the address "
                   "could use it. Make a key first:\n\n    calotype key create --data %s NAME\n",
                   s->config->listen, s->config->data);
}

static ct_code open_store(struct server *s, struct ct_err *err)
{
    struct ct_secret master;
    CT_TRY(ct_data_lock(&s->lock, s->config->data, err)); /* before anything is settled */
    CT_TRY(ct_pictures_open(&s->pictures, s->config->data, err)); /* also checks the folder */
    snprintf(s->upload_dir, sizeof(s->upload_dir), "%s/tmp", s->config->data);
    CT_TRY(ct_mkdir_all(s->upload_dir, 0700, err));
    CT_TRY(ct_job_files_open(&s->job_files, s->config->data, err));
    CT_TRY(ct_scenes_open(&s->recipes.scenes, s->config->data, err));
    CT_TRY(ct_db_open(&s->db, s->config->data, err));
    CT_TRY(ct_files_open(&s->files, s->config->data, s->db, err));
    CT_TRY(ct_config_secret(&master, s->config, err));
    ct_secret_derive(&s->api.url_key, &master, "picture url");
    ct_secret_derive(&s->callback_secret, &master, CT_WEBHOOK_PURPOSE);
    ct_secret_derive(&s->recipes.key, &master, CT_RECIPE_PURPOSE);
    ct_secret_derive(&s->api.prompts.key, &master, CT_PROMPT_LOG_PURPOSE);
    s->api.prompts.text = s->config->log_prompts != 0;
    ct_secret_wipe(&master);
    CT_TRY(ct_keys_open(&s->keys, s->db, err));
    s->rate = ct_rate_new();
    if (!s->rate)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory at start.");
    return ct_spend_open(&s->spend,
                         &(struct ct_spend_options){
                             .db = s->db,
                             .count_simulated = s->config->budgets_count_simulated != 0,
                         },
                         err);
}

/* Before the jobs: they read what is left over by it. */
static void fill_contract(struct server *s)
{
    const struct ct_config *c = s->config;
    s->api.contract = (struct ct_contract){
        .catalogue = s->catalogue,
        .compat = (enum ct_compat)c->compat,
        .default_model = c->default_model,
        .allow_preview_transparent = c->allow_preview_transparent != 0,
    };
}

static bool may_connect_anywhere(const struct sockaddr *address)
{
    (void)address;
    return true;
}

/* Where the server may go for others: the same for pictures that it fetches and for callbacks. */
static struct ct_fetch_options way_out(const struct server *s)
{
    const struct ct_config *c = s->config;
    return (struct ct_fetch_options){
        .dir = s->upload_dir,
        .resolvers = s->resolvers,
        .user_agent = "Calotype/" CALOTYPE_VERSION,
        .allow_http = c->fetch_http != 0,
        .any_port = c->fetch_private != 0,
        .may_connect = c->fetch_private ? may_connect_anywhere : NULL,
    };
}

static void wake_deliver(void *ctx)
{
    ct_deliver_wake(ctx);
}

/* Before the jobs, whose ends it tells of. */
static ct_code open_callbacks(struct server *s, struct ct_err *err)
{
    CT_TRY(ct_deliver_start(&s->deliver,
                            &(struct ct_sender){
                                .db = s->db,
                                .fetch = way_out(s),
                                .secret = &s->callback_secret,
                                .log = s->log,
                            },
                            err));
    s->callbacks = (struct ct_callbacks){ .catalogue = s->catalogue,
                                          .url_key = s->api.url_key,
                                          .wake = wake_deliver,
                                          .ctx = s->deliver };
    return CT_OK;
}

static bool is_picture(struct ct_slice first)
{
    enum ct_format format;
    return ct_sniff(&format, first);
}

static ct_code open_api(struct server *s, struct ct_err *err)
{
    const struct ct_config *c = s->config;
    s->api.keys = s->keys;
    s->api.rate = s->rate;
    s->api.spend = s->spend;
    s->api.auth = (struct ct_auth){ s->keys, s->loopback };
    s->api.db = s->db;
    s->api.jobs = s->jobs;
    CT_TRY(ct_replay_new(&s->api.replay, s->replies, err));
    s->api.cache = s->cache;
    s->api.hits = s->hits;
    s->api.cache_price = c->cache_price;
    CT_TRY(ct_flights_new(&s->api.flights, err));
    s->api.engine = s->engine;
    s->api.pictures = s->pictures;
    s->api.files = s->files;
    s->api.job_files = s->job_files;
    s->api.workers = s->workers;
    s->api.upload_dir = s->upload_dir;
    s->api.upload_max_bytes = (size_t)c->edit_body_mb << 20;
    s->api.fetch = way_out(s);
    s->api.fetch.is_wanted = is_picture;
    s->api.fetch.magic_bytes = CT_SNIFF_BYTES;
    s->api.url_ttl_s = c->url_minutes * 60;
    s->api.wait_ms = c->wait_seconds * 1000ll;
    s->api.task_wait_ms = c->task_wait_hours * 3600000ll;
    s->api.public_url = c->public_url[0] ? c->public_url : NULL;
    s->api.organization = c->organization;
    s->api.version = CALOTYPE_VERSION;
    s->api.log = s->log;
    return ct_api_init(&s->api, err);
}

static int open_log_file(const char *path)
{
    return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640);
}

static ct_code open_log(struct server *s, struct ct_err *err)
{
    const struct ct_config *c = s->config;
    s->log_fd = STDERR_FILENO;
    if (c->log_file[0])
        s->log_fd = open_log_file(c->log_file);
    if (s->log_fd < 0) {
        s->log_fd = STDERR_FILENO;
        return ct_fail_errno(err, CT_E_CONFIG, "log_file: %s cannot be opened", c->log_file);
    }
    s->log = ct_log_new(s->log_fd, (enum ct_log_level)c->log_level,
                        (enum ct_log_format)c->log_format);
    return CT_OK;
}

/* After SIGHUP: logrotate has renamed the file. The new one takes the descriptor of the old, so
 * that writers on other threads go on without a lock and no line is lost. */
static void reopen_log(struct server *s)
{
    const char *path = s->config->log_file;
    if (!path[0])
        return;
    int fd = open_log_file(path);
    if (fd < 0 || dup3(fd, s->log_fd, O_CLOEXEC) < 0)
        ct_log_event(s->log, CT_LOG_ERROR, "the log file cannot be opened again",
                     CT_LOG_Z("log_file", path), CT_LOG_I("errno", errno));
    if (fd >= 0)
        close(fd);
}

/* After the jobs, which settle what a server that died left behind. */
static ct_code open_replies(struct server *s, struct ct_err *err)
{
    return ct_replies_open(&s->replies,
                           &(struct ct_replies_options){
                               .data_dir = s->config->data,
                               .db = s->db,
                               .keep_ms = s->config->replay_hours * 3600000ll,
                               .max_bytes = (int64_t)s->config->replay_mb << 20,
                               .job_done = CT_JOB_DONE,
                               .job_unknown = CT_JOB_UNKNOWN,
                           },
                           err);
}

static ct_code open_cache(struct server *s, struct ct_err *err)
{
    const struct ct_config *c = s->config;
    if (!c->cache)
        return CT_OK;
    CT_TRY(ct_hits_open(&s->hits, s->db, err));
    return ct_cache_open(&s->cache,
                         &(struct ct_cache_options){
                             .db = s->db,
                             .pictures = s->pictures,
                             .max_bytes = (int64_t)c->cache_mb << 20,
                             .memory_bytes = (size_t)c->cache_memory_mb << 20,
                             .max_age_ms = c->cache_hours * 3600000ll,
                             .url_ttl_s = c->url_minutes * 60,
                             .engine = s->engine->name,
                             .version = s->engine->version,
                         },
                         err);
}

/* A picture takes a file or two, and a file system may run out of these before it runs out of
 * bytes. Some count none (f_files 0). */
static bool is_full(const struct statvfs *disk, uint64_t free_mb, int min_free_mb)
{
    bool few_files = disk->f_files > 0 && disk->f_favail < MIN_FREE_FILES;
    return min_free_mb > 0 && (free_mb < (uint64_t)min_free_mb || few_files);
}

/* Whether there is room to begin anything. */
static void look_at_disk(struct server *s)
{
    struct statvfs disk;
    if (statvfs(s->config->data, &disk) != 0)
        return;
    uint64_t free_mb = (uint64_t)disk.f_bavail * disk.f_frsize / 1000000;
    bool full = is_full(&disk, free_mb, s->config->min_free_mb);
    if (atomic_exchange(&s->api.no_room, full) == full)
        return;
    ct_log_event(s->log, full ? CT_LOG_ERROR : CT_LOG_INFO,
                 full ? "the disk is nearly full: requests are refused" : "the disk has room again",
                 CT_LOG_I("free_mb", (int64_t)free_mb),
                 CT_LOG_I("min_free_mb", s->config->min_free_mb),
                 CT_LOG_I("free_files", (int64_t)disk.f_favail));
}

static ct_code open_parts(struct server *s, struct ct_err *err)
{
    const struct ct_config *c = s->config;
    CT_TRY(open_log(s, err));
    CT_TRY(ct_http_listen_check(&s->loopback, c->listen, err));
    CT_TRY(ct_catalogue_load(&s->catalogue, c->models[0] ? c->models : NULL, err));
    CT_TRY(open_store(s, err));
    CT_TRY(check_exposure(s, err));
    CT_TRY(ct_scene_engine_open(&s->engine, err));
    CT_TRY(ct_decoder_open(&s->decoder, NULL, err));
    fill_contract(s);
    CT_TRY(ct_workers_start(&s->resolvers, RESOLVERS, WAITING_UPLOADS, err));
    CT_TRY(open_callbacks(s, err));
    CT_TRY(ct_jobs_start(&s->jobs,
                         &(struct ct_jobs_options){
                             .runners = c->runners,
                             .queue_max = c->queue,
                             .durable_max = c->task_queue,
                             .pictures = s->pictures,
                             .db = s->db,
                             .files = s->job_files,
                             .spend = s->spend,
                             .keep_ms = c->task_hours * 3600000ll,
                             .engine = s->engine,
                             .contract = &s->api.contract,
                             .callbacks = &s->callbacks,
                             .log = s->log,
                             .prompts = &s->api.prompts,
                             .software = "Calotype " CALOTYPE_VERSION " (scene)",
                             .recipes = &s->recipes,
                             .decoder = s->decoder,
                         },
                         err));
    CT_TRY(open_replies(s, err));
    CT_TRY(open_cache(s, err));
    CT_TRY(ct_workers_start(&s->workers, c->fetchers, WAITING_UPLOADS, err));
    CT_TRY(open_api(s, err));
    struct ct_http_handler handler = ct_api_handler(&s->api);
    CT_TRY(ct_http_server_start(&s->http,
                                &(struct ct_http_options){ .listen = c->listen, .loops = c->loops },
                                &handler, err));
    atomic_store(&s->api.http, s->http);
    s->gc = (struct ct_gc){ .options = { .db = s->db,
                                         .pictures = s->pictures,
                                         .data_dir = c->data,
                                         .ledger_days = c->ledger_days,
                                         .url_seconds = c->url_minutes * 60 } };
    look_at_disk(s);
    return CT_OK;
}

static void close_parts(struct server *s)
{
    ct_http_server_stop(&s->http);
    ct_workers_stop(&s->workers);
    ct_jobs_stop(&s->jobs);
    ct_deliver_stop(&s->deliver);
    ct_workers_stop(&s->resolvers);
    ct_api_release(&s->api);
    ct_replay_free(&s->api.replay);
    ct_flights_free(&s->api.flights);
    ct_hits_close(&s->hits);
    ct_cache_close(&s->cache);
    ct_replies_close(&s->replies);
    if (s->engine)
        s->engine->close(s->engine);
    ct_keys_close(&s->keys);
    ct_files_close(&s->files);
    ct_db_close(&s->db);
    ct_spend_close(&s->spend);
    ct_rate_free(&s->rate);
    ct_decoder_close(&s->decoder);
    ct_scenes_close(&s->recipes.scenes);
    ct_job_files_close(&s->job_files);
    ct_pictures_close(&s->pictures);
    ct_catalogue_free(&s->catalogue);
    ct_data_unlock(&s->lock);
    ct_log_free(&s->log);
    if (s->log_fd != STDERR_FILENO)
        close(s->log_fd);
}

static void announce(const struct server *s)
{
    const char *address = ct_http_server_address(s->http);
    printf("ready http://%s/v1\n", address);
    fflush(stdout);
    ct_log_event(s->log, CT_LOG_INFO, "ready", CT_LOG_Z("address", address),
                 CT_LOG_Z("data", s->config->data), CT_LOG_Z("version", CALOTYPE_VERSION));
    if (!isatty(STDERR_FILENO))
        return;
    fprintf(stderr,
            "\nA first picture:\n\n"
            "  curl http://%s/v1/images/generations \\\n"
            "    -H 'Authorization: Bearer any' -H 'Content-Type: application/json' \\\n"
            "    -d '{\"model\": \"gpt-image-2\", \"prompt\": \"a white ceramic mug on a marble "
            "table, soft window light\", \"quality\": \"low\"}' \\\n"
            "    | python3 -c 'import base64, json, sys; open(\"mug.png\", \"wb\").write("
            "base64.b64decode(json.load(sys.stdin)[\"data\"][0][\"b64_json\"]))'\n\n"
            "Stop with Ctrl-C.\n\n",
            address);
}

static void block_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static void collect_garbage(struct server *s)
{
    struct ct_gc_report r = { 0 };
    struct ct_err err = { 0 };
    bool idle;
    if (ct_gc_round(&s->gc, &r, &idle, &err) != CT_OK)
        ct_log_event(s->log, CT_LOG_WARN, "garbage cannot be collected",
                     CT_LOG_Z("cause", err.msg));
    if (r.jobs + r.ledger_rows + r.pictures + r.leftovers > 0)
        ct_log_event(s->log, CT_LOG_INFO, "garbage collected", CT_LOG_I("jobs", r.jobs),
                     CT_LOG_I("ledger_rows", r.ledger_rows), CT_LOG_I("pictures", r.pictures),
                     CT_LOG_I("picture_bytes", r.picture_bytes),
                     CT_LOG_I("leftovers", r.leftovers));
}

static void let_go_of_old(struct server *s)
{
    struct ct_err err = { 0 };
    if (ct_replies_expire(s->replies, ct_clock_wall_ms(), &err) != CT_OK)
        ct_log_event(s->log, CT_LOG_WARN, "old replies cannot be let go",
                     CT_LOG_Z("cause", err.msg));
    if (s->cache && ct_cache_expire(s->cache, ct_clock_wall_ms(), &err) != CT_OK)
        ct_log_event(s->log, CT_LOG_WARN, "old cached pictures cannot be let go",
                     CT_LOG_Z("cause", err.msg));
    ct_files_expire(s->files);
}

/* This thread has nothing else to do: once a second it looks at what must not wait for ever. */
static void wait_for_signal(struct server *s, const sigset_t *signals)
{
    const struct timespec second = { .tv_sec = 1 };
    for (int i = 0;; i++) {
        int number = sigtimedwait(signals, NULL, &second);
        if (number == SIGHUP)
            reopen_log(s);
        else if (number > 0)
            return;
        ct_jobs_sweep(s->jobs);
        ct_keys_flush(s->keys, false);
        if (s->hits)
            ct_hits_flush(s->hits);
        look_at_disk(s);
        collect_garbage(s);
        if (i % OLD_S == 0)
            let_go_of_old(s);
    }
}

/* Replies that are written may still be on their way to slow readers. */
static void wait_for_readers(const struct server *s)
{
    int64_t until = ct_clock_us() + FLUSH_MS * 1000;
    while (ct_http_server_connections(s->http) > 0 && ct_clock_us() < until)
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
}

static void drain(struct server *s, const sigset_t *signals)
{
    int queued, running;
    sigset_t final = *signals;
    ct_jobs_count(s->jobs, &queued, &running);
    ct_log_event(s->log, CT_LOG_INFO, "draining", CT_LOG_I("queued", queued),
                 CT_LOG_I("running", running));
    sigdelset(&final, SIGHUP);
    pthread_sigmask(SIG_UNBLOCK, &final, NULL); /* the second signal is final */
    atomic_store(&s->api.draining, true);
    ct_http_server_drain(s->http);
    ct_jobs_drain(s->jobs, s->config->drain_seconds * 1000);
    wait_for_readers(s);
    ct_log_event(s->log, CT_LOG_INFO, "stopped", CT_LOG_Z("version", CALOTYPE_VERSION));
}

ct_code ct_serve(const struct ct_config *config, struct ct_err *err)
{
    struct server s = { .config = config, .lock = -1 };
    sigset_t signals;

    block_signals(&signals);
    ct_code rc = open_parts(&s, err);
    if (rc == CT_OK) {
        announce(&s);
        wait_for_signal(&s, &signals);
        drain(&s, &signals);
    }
    close_parts(&s);
    return rc;
}
