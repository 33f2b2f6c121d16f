/* `calotype listen`: a receiver of callbacks for the time of development.
 *
 * The network's loop takes a delivery and hands it to one worker, which verifies, prints, forwards
 * and answers; so deliveries are printed whole and in their order, and a slow --forward-to blocks
 * no connection. */
#include "cli/command.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/workers.h"
#include "net/fetch.h"
#include "net/http.h"
#include "policy/webhook.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BODY_MAX ((size_t)16 << 20)
#define ARENA_BYTES ((size_t)64 << 20)
#define WAITING_MAX 64
#define DEFAULT_PORT "8788"

struct listener {
    bool verifies;
    struct ct_webhook_key key;
    const char *forward_to; /* NULL: nowhere */
    struct ct_workers *workers, *resolvers;
};

struct delivery {
    struct listener *listener;
    struct ct_http_exchange *x; /* a reference: the slices below are its own */
    struct ct_blob *body;
    struct ct_slice id, timestamp, signature;
};

static void answer(struct ct_http_exchange *x, int status)
{
    ct_http_respond(x, &(struct ct_http_response){ .status = status });
}

/* Why a receiver must not believe it; NULL: it may. */
static const char *distrust(const struct delivery *d)
{
    struct ct_webhook hook = { .id = d->id, .body = ct_slice_n(d->body->data, d->body->len) };
    int64_t off;
    if (!d->listener->verifies)
        return NULL;
    if (!d->id.ptr || !d->signature.ptr || !ct_slice_i64(d->timestamp, &hook.timestamp))
        return "is not signed";
    if (!ct_webhook_verify(d->signature,
                           ct_slice_n((const char *)d->listener->key.bytes, d->listener->key.len),
                           &hook))
        return "SIGNATURE IS WRONG";
    off = ct_clock_wall() - hook.timestamp;
    return off > CT_WEBHOOK_TOLERANCE_S || off < -CT_WEBHOOK_TOLERANCE_S
               ? "timestamp is more than 5 minutes off"
               : NULL;
}

static struct ct_slice text_of(const struct ct_json *object, const char *key)
{
    const struct ct_json *value = ct_json_get(object, key);
    return value && value->type == CT_JSON_STRING ? value->text : CT_S("?");
}

/* A body may be anybody's: nothing of it reaches the terminal but printable ASCII. */
static void print_clean(struct ct_slice text)
{
    for (size_t i = 0; i < text.len; i++)
        putchar(text.ptr[i] >= 0x20 && text.ptr[i] < 0x7f ? text.ptr[i] : '?');
}

static void print_body(const struct ct_json *task)
{
    const struct ct_json *data = ct_json_get(task, "data"), *error = ct_json_get(task, "error");
    for (const struct ct_json *p = data ? data->child : NULL; p; p = p->next) {
        printf("    ");
        print_clean(text_of(p, "url"));
        putchar('\n');
    }
    if (error && error->type == CT_JSON_OBJECT) {
        printf("    error: ");
        print_clean(text_of(error, "message"));
        putchar('\n');
    }
}

static void print_delivery(const struct delivery *d, const char *why_not)
{
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    const struct ct_json *task = NULL;
    char now[16];
    time_t seconds = (time_t)ct_clock_wall();
    struct tm tm;

    strftime(now, sizeof(now), "%H:%M:%S", localtime_r(&seconds, &tm));
    bool readable = arena && ct_json_parse(&task, arena, ct_slice_n(d->body->data, d->body->len),
                                           NULL, NULL) == CT_OK;
    printf("%s  ", now);
    print_clean(readable ? text_of(task, "type") : CT_S("not JSON"));
    printf("  ");
    print_clean(text_of(task, "id"));
    printf("  %s  ", why_not ? why_not : d->listener->verifies ? "verified" : "not verified");
    print_clean(d->id);
    putchar('\n');
    if (readable)
        print_body(task);
}

static bool may_connect(const struct sockaddr *address)
{
    (void)address; /* the user's own command line */
    return true;
}

/* Posts it on as it came; the status it was answered with, 502 for none. */
static int forward(const struct delivery *d)
{
    char id[256], timestamp[256], signature[1024];
    snprintf(id, sizeof(id), "webhook-id: %.*s", CT_SARG(d->id));
    snprintf(timestamp, sizeof(timestamp), "webhook-timestamp: %.*s", CT_SARG(d->timestamp));
    snprintf(signature, sizeof(signature), "webhook-signature: %.*s", CT_SARG(d->signature));
    const char *const fields[] = { "content-type: application/json", id, timestamp, signature,
                                   "expect:", NULL };
    struct ct_fetch_post post = { ct_slice_n(d->body->data, d->body->len), fields };
    struct ct_fetch_item item = { .url = ct_slice(d->listener->forward_to), .post = &post };
    struct ct_fetch_options options = { .dir = "/tmp",
                                        .resolvers = d->listener->resolvers,
                                        .user_agent = "Calotype/" CALOTYPE_VERSION,
                                        .allow_http = true,
                                        .any_port = true,
                                        .may_connect = may_connect };
    ct_fetch_all(&item, 1, &options, NULL, NULL);
    if (item.status)
        printf("    forwarded: answered %d\n", item.status);
    else
        printf("    not forwarded: %s\n", item.err.msg);
    return item.status ? item.status : 502;
}

static void receive(void *ctx)
{
    struct delivery *d = ctx;
    const char *why_not = distrust(d);
    int status = why_not ? 400 : 200;
    print_delivery(d, why_not);
    if (d->listener->forward_to)
        status = forward(d); /* also what is not to be believed: to see the receiver refuse it */
    fflush(stdout);
    answer(d->x, status);
    ct_blob_unref(&d->body);
    ct_http_unref(&d->x);
    ct_free(d);
}

static size_t on_headers(void *ctx, struct ct_http_exchange *x, const struct ct_http_request *rq)
{
    (void)ctx;
    if (!ct_slice_is(rq->method, "POST"))
        answer(x, 405);
    return BODY_MAX;
}

static void on_request(void *ctx, struct ct_http_exchange *x, const struct ct_http_request *rq)
{
    struct delivery *d = ct_calloc(1, sizeof(*d));
    struct ct_blob *body = ct_http_take_body(x);
    if (d && body) {
        *d = (struct delivery){ .listener = ctx,
                                .x = ct_http_ref(x),
                                .body = body,
                                .id = ct_http_field_get(rq, "webhook-id"),
                                .timestamp = ct_http_field_get(rq, "webhook-timestamp"),
                                .signature = ct_http_field_get(rq, "webhook-signature") };
        if (ct_workers_submit(d->listener->workers, receive, d))
            return;
        ct_http_unref(&d->x);
    }
    answer(x, 503);
    ct_blob_unref(&body);
    ct_free(d);
}

static void wait_for_signal(void)
{
    sigset_t set;
    int number;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigwait(&set, &number);
}

static void block_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static ct_code read_arguments(struct listener *l, char address[64], const struct ct_args *args,
                              struct ct_err *err)
{
    const char *secret = ct_args_get(args, "secret"), *port = ct_args_get(args, "port");
    uint64_t number;
    l->forward_to = ct_args_get(args, "forward-to");
    l->verifies = secret != NULL;
    if (secret && !ct_webhook_key_read(&l->key, ct_slice(secret)))
        return ct_fail(err, CT_E_USAGE, NULL,
                       "--secret wants what `calotype callbacks secret` prints: whsec_...");
    if (!ct_slice_u64(ct_slice(port ? port : DEFAULT_PORT), &number) || number > 65535)
        return ct_fail(err, CT_E_USAGE, NULL, "--port wants a number from 0 to 65535, not '%s'.",
                       port);
    snprintf(address, 64, "127.0.0.1:%d", (int)number);
    return CT_OK;
}

static int run_listen(const struct ct_args *args)
{
    struct listener l = { .verifies = false };
    struct ct_http_server *server = NULL;
    struct ct_http_handler handler = { .ctx = &l,
                                       .on_headers = on_headers,
                                       .on_request = on_request };
    struct ct_err err = { 0 };
    char address[64];

    block_signals();
    ct_code rc = read_arguments(&l, address, args, &err);
    if (rc == CT_OK)
        rc = ct_workers_start(&l.workers, 1, WAITING_MAX, &err);
    if (rc == CT_OK)
        rc = ct_workers_start(&l.resolvers, 1, WAITING_MAX, &err);
    if (rc == CT_OK)
        rc = ct_http_server_start(&server,
                                  &(struct ct_http_options){ .listen = address, .loops = 1 },
                                  &handler, &err);
    if (rc == CT_OK) {
        printf("listening on http://%s\n", ct_http_server_address(server));
        fflush(stdout);
        wait_for_signal();
    }
    ct_workers_stop(&l.workers);
    ct_workers_stop(&l.resolvers);
    ct_http_server_stop(&server);
    return rc == CT_OK ? CT_EXIT_OK : ct_cli_fail(&err);
}

const struct ct_command ct_command_listen = {
    .name = "listen",
    .synopsis = "[--port N] [--secret whsec_...] [--forward-to URL]",
    .summary = "Receive callbacks on this machine, while you develop",
    .details =
        "Prints each delivery: its event, the task, whether the signature is right, and the URLs\n"
        "of the pictures. Answers 200, or 400 when --secret is given and the signature is not\n"
        "right. A server calls this machine only when it was started with\n"
        "--set fetch_http=true --set fetch_private=true, which is for development alone.\n",
    .examples = "  calotype listen --secret \"$(calotype callbacks secret)\"\n"
                "  calotype listen --port 9000 --forward-to http://127.0.0.1:3000/hooks\n",
    .options =
        (const struct ct_option[]){
            { .name = "port", .value = "N", .doc = "port on 127.0.0.1 (" DEFAULT_PORT ")" },
            { .name = "secret", .value = "whsec_...", .doc = "verify with it" },
            { .name = "forward-to", .value = "URL", .doc = "post each delivery on, as it came" },
            { .name = NULL },
        },
    .run = run_listen,
};
