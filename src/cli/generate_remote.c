/* Sending the request to a server, with libcurl; reading a whole reply or a stream of events.
 *
 * A JSON body is sent as built, a form part by part, its files as they lie in memory: with `stream`
 * the reply is server-sent events, else one JSON object. Everything received is bounded
 * (REPLY_MAX). Errors keep the server's own sentence; a refusal (4xx) and a failing or unreachable
 * server end with different exit statuses. */
#include "cli/generate.h"

#include "base/base64.h"
#include "base/mem.h"

#include <curl/curl.h>

#define REPLY_MAX ((size_t)1 << 30)
#define ARENA_BYTES ((size_t)64 << 20)
#define TIMEOUT_S 900L

struct transfer {
    struct ct_generation *g;
    struct ct_buf body; /* the whole reply, or the event being collected */
    size_t parsed;      /* bytes of it known to hold no event end */
    bool events;        /* text/event-stream */
    int n_finished;
    ct_code rc;
    struct ct_err *err;
};

static ct_code deliver(struct transfer *t, const struct ct_json *b64, int picture, int partial)
{
    size_t len = 0;
    if (!b64 || b64->type != CT_JSON_STRING)
        return ct_fail(t->err, CT_E_UPSTREAM, NULL, "The server's reply holds no picture.");
    char *file = ct_malloc(b64->text.len / 4 * 3 + 3);
    if (!file)
        return ct_fail(t->err, CT_E_MEMORY, NULL, "Out of memory while reading the picture.");
    ct_code rc =
        ct_base64_decode(file, &len, b64->text)
            ? t->g->arrived(t->g->ctx,
                            &(struct ct_arrival){ picture, partial, ct_slice_n(file, len) }, t->err)
            : ct_fail(t->err, CT_E_UPSTREAM, NULL, "The server's picture is damaged.");
    ct_free(file);
    return rc;
}

/* The server's own words about what went wrong. */
static ct_code server_error(struct transfer *t, const struct ct_json *tree, long status)
{
    const struct ct_json *message = ct_json_get(ct_json_get(tree, "error"), "message");
    bool refused = status >= 400 && status < 500;
    if (message && message->type == CT_JSON_STRING)
        return ct_fail(t->err, refused ? CT_E_VALUE : CT_E_UPSTREAM, NULL, "%.*s",
                       CT_SARG(message->text));
    return ct_fail(t->err, refused ? CT_E_VALUE : CT_E_UPSTREAM, NULL,
                   "The server answered with status %ld and no reason.", status);
}

static void put_value(struct ct_buf *b, const struct ct_json *value);

/* The members of an object but those named in `skip` (ends with NULL), as `"key":value,...`. */
static void put_members(struct ct_buf *b, const struct ct_json *object, const char *const *skip)
{
    for (const struct ct_json *m = object->child; m; m = m->next) {
        bool skipped = false;
        for (size_t i = 0; skip && skip[i]; i++)
            skipped = skipped || ct_slice_is(m->key, skip[i]);
        if (skipped)
            continue;
        if (b->len > 0 && b->data[b->len - 1] != '{')
            ct_buf_putc(b, ',');
        ct_json_put_string(b, m->key);
        ct_buf_putc(b, ':');
        put_value(b, m);
    }
}

/* Recursion is bounded by the parser's depth. */
static void put_value(struct ct_buf *b, const struct ct_json *value)
{
    switch (value->type) {
    case CT_JSON_NULL:
        ct_buf_puts(b, "null");
        break;
    case CT_JSON_BOOL:
        ct_buf_puts(b, value->boolean ? "true" : "false");
        break;
    case CT_JSON_INT:
    case CT_JSON_REAL:
        ct_buf_put(b, value->text);
        break;
    case CT_JSON_STRING:
        ct_json_put_string(b, value->text);
        break;
    case CT_JSON_ARRAY:
        ct_buf_putc(b, '[');
        for (const struct ct_json *e = value->child; e; e = e->next) {
            put_value(b, e);
            if (e->next)
                ct_buf_putc(b, ',');
        }
        ct_buf_putc(b, ']');
        break;
    case CT_JSON_OBJECT:
        ct_buf_putc(b, '{');
        put_members(b, value, NULL);
        ct_buf_putc(b, '}');
        break;
    }
}

/* What --json prints beside the files' names: the reply, or the last event, without pictures. */
static void keep_reply(struct ct_generation *g, const struct ct_json *object)
{
    static const char *const skip[] = { "data", "b64_json", "type", NULL };
    ct_buf_clear(&g->reply);
    ct_buf_putc(&g->reply, '{');
    put_members(&g->reply, object, skip);
    ct_buf_putc(&g->reply, '}');
}

static ct_code parse(const struct ct_json **tree, struct ct_arena *arena, struct ct_slice text,
                     struct transfer *t)
{
    struct ct_err why = { 0 };
    if (!arena)
        return ct_fail(t->err, CT_E_MEMORY, NULL, "Out of memory while reading the reply.");
    if (ct_json_parse(tree, arena, text, NULL, &why) != CT_OK)
        return ct_fail(t->err, CT_E_UPSTREAM, NULL,
                       "The server's reply is not what an image API answers (%s).", why.msg);
    return CT_OK;
}

/* The data of one event: "data: {...}" among its lines. */
static struct ct_slice event_data(struct ct_slice event)
{
    struct ct_slice line, rest;
    while (event.len > 0) {
        if (!ct_slice_cut(event, '\n', &line, &rest)) {
            line = event;
            rest = ct_slice_sub(event, event.len, event.len);
        }
        if (ct_slice_starts(line, "data:"))
            return ct_slice_trim(ct_slice_sub(line, 5, line.len));
        event = rest;
    }
    return event;
}

static ct_code handle_event(struct transfer *t, struct ct_slice event)
{
    const struct ct_json *tree, *type, *index;
    struct ct_slice data = event_data(event);
    if (data.len == 0 || ct_slice_is(data, "[DONE]"))
        return CT_OK; /* a heartbeat */
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    CT_TRY(parse(&tree, arena, data, t));
    if (ct_json_get(tree, "error"))
        return server_error(t, tree, 500);
    type = ct_json_get(tree, "type");
    index = ct_json_get(tree, "partial_image_index");
    if (type && ct_slice_ends(type->text, ".partial_image"))
        return deliver(t, ct_json_get(tree, "b64_json"), t->n_finished,
                       index ? (int)index->integer : 0);
    if (type && ct_slice_ends(type->text, ".completed")) {
        keep_reply(t->g, tree);
        return deliver(t, ct_json_get(tree, "b64_json"), t->n_finished++, -1);
    }
    return CT_OK; /* an event of a later day */
}

/* Takes every whole event (up to a blank line) out of the collected bytes. */
static ct_code take_events(struct transfer *t)
{
    for (;;) {
        size_t from = t->parsed > 1 ? t->parsed - 1 : 0;
        const char *end = t->body.len > from + 1
                              ? memmem(t->body.data + from, t->body.len - from, "\n\n", 2)
                              : NULL;
        if (!end) {
            t->parsed = t->body.len;
            return CT_OK;
        }
        size_t len = (size_t)(end - t->body.data);
        CT_TRY(handle_event(t, ct_slice_n(t->body.data, len)));
        memmove(t->body.data, end + 2, t->body.len - len - 2);
        t->body.len -= len + 2;
        t->parsed = 0;
    }
}

static size_t on_bytes(char *bytes, size_t size, size_t count, void *ctx)
{
    struct transfer *t = ctx;
    ct_buf_append(&t->body, bytes, size * count);
    if (t->body.failed) {
        t->rc = ct_fail(t->err, CT_E_UPSTREAM, NULL, "The server's reply is too large.");
        return 0;
    }
    if (t->events)
        t->rc = take_events(t);
    return t->rc == CT_OK ? size * count : 0;
}

static size_t on_header(char *bytes, size_t size, size_t count, void *ctx)
{
    struct transfer *t = ctx;
    struct ct_slice line = ct_slice_n(bytes, size * count), name, value;
    if (ct_slice_cut(line, ':', &name, &value) && ct_slice_ieq(name, CT_S("content-type")))
        t->events = ct_slice_starts(ct_slice_trim(value), "text/event-stream");
    return size * count;
}

static int on_tick(void *ctx, curl_off_t down_total, curl_off_t down, curl_off_t up_total,
                   curl_off_t up)
{
    struct transfer *t = ctx;
    (void)down_total;
    (void)up_total;
    (void)up;
    ct_progress_set(t->g->progress, -1, down > 0 ? "receiving" : "waiting for the server");
    return 0;
}

/* A whole reply: data[] to pictures, the rest kept for --json. */
static ct_code take_reply(struct transfer *t, long status)
{
    const struct ct_json *tree, *data;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    if (status / 100 != 2) {
        struct ct_err unread = { 0 };
        if (!arena || ct_json_parse(&tree, arena, ct_buf_slice(&t->body), NULL, &unread) != CT_OK)
            tree = NULL;
        return server_error(t, tree, status);
    }
    CT_TRY(parse(&tree, arena, ct_buf_slice(&t->body), t));
    data = ct_json_get(tree, "data");
    for (const struct ct_json *p = data ? data->child : NULL; p; p = p->next)
        CT_TRY(deliver(t, ct_json_get(p, "b64_json"), t->n_finished++, -1));
    keep_reply(t->g, tree);
    const struct ct_json *warnings = ct_json_get(tree, "warnings");
    ct_progress_clear(t->g->progress);
    for (const struct ct_json *w = warnings ? warnings->child : NULL; w; w = w->next)
        fprintf(stderr, "calotype: %.*s\n", CT_SARG(w->text));
    return CT_OK;
}

static ct_code perform(struct transfer *t, CURL *curl)
{
    long status = 0;
    CURLcode result = curl_easy_perform(curl);
    if (t->rc != CT_OK)
        return t->rc;
    if (result != CURLE_OK)
        return ct_fail(t->err, CT_E_UPSTREAM, NULL, "The server could not be used: %s.",
                       curl_easy_strerror(result));
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (!t->events || status / 100 != 2)
        CT_TRY(take_reply(t, status));
    if (t->n_finished != t->g->request->n)
        return ct_fail(t->err, CT_E_UPSTREAM, NULL, "The server sent %d of %d pictures.",
                       t->n_finished, t->g->request->n);
    return CT_OK;
}

/* A file of the form, being read by libcurl. */
struct reading {
    struct ct_slice bytes;
    size_t at;
};

static size_t on_read(char *to, size_t size, size_t count, void *ctx)
{
    struct reading *r = ctx;
    size_t left = r->bytes.len - r->at, take = size * count < left ? size * count : left;
    memcpy(to, r->bytes.ptr + r->at, take);
    r->at += take;
    return take;
}

static int on_seek(void *ctx, curl_off_t to, int from)
{
    struct reading *r = ctx;
    if (from != SEEK_SET || to < 0 || (size_t)to > r->bytes.len)
        return CURL_SEEKFUNC_CANTSEEK;
    r->at = (size_t)to;
    return CURL_SEEKFUNC_OK;
}

static bool add_file(curl_mime *mime, struct reading *r, const struct ct_blob *file,
                     const char *name)
{
    curl_mimepart *part = curl_mime_addpart(mime);
    *r = (struct reading){ ct_slice_n(file->data, file->len), 0 };
    return part && curl_mime_name(part, name) == CURLE_OK &&
           curl_mime_filename(part, name[0] == 'm' ? name : "image") == CURLE_OK &&
           curl_mime_type(part, "application/octet-stream") == CURLE_OK &&
           curl_mime_data_cb(part, (curl_off_t)file->len, on_read, on_seek, NULL, r) == CURLE_OK;
}

/* NULL: out of memory. `readings` must live as long as the mime. */
static curl_mime *make_form(CURL *curl, const struct ct_form *form,
                            struct reading readings[CT_MAX_INPUTS + 1])
{
    curl_mime *mime = curl_mime_init(curl);
    bool ok = mime != NULL;
    for (const struct ct_json *m = form->object.child; m && ok; m = m->next) {
        curl_mimepart *part = curl_mime_addpart(mime);
        ok = part && curl_mime_name(part, m->key.ptr) == CURLE_OK && /* NUL-terminated by form.c */
             curl_mime_data(part, m->text.ptr, m->text.len) == CURLE_OK;
    }
    for (int i = 0; i < form->n_images && ok; i++)
        ok = add_file(mime, &readings[i], form->images[i],
                      form->n_images == 1 ? "image" : "image[]");
    if (form->mask && ok)
        ok = add_file(mime, &readings[CT_MAX_INPUTS], form->mask, "mask");
    if (form->markup && ok)
        ok = add_file(mime, &readings[CT_MAX_INPUTS], form->markup, "markup"); /* never both */
    if (!ok)
        curl_mime_free(mime);
    return ok ? mime : NULL;
}

static void set_options(CURL *curl, struct transfer *t, const char *url, curl_mime *mime,
                        const struct curl_slist *headers)
{
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    if (mime) {
        curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
    } else {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, t->g->body.ptr);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)t->g->body.len);
    }
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_tick);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, t);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, TIMEOUT_S);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "calotype/" CALOTYPE_VERSION);
}

/* The type of a form is libcurl's business: it knows the boundary. */
static struct curl_slist *make_headers(const char *key, bool json)
{
    struct ct_buf line;
    struct curl_slist *list =
        json ? curl_slist_append(NULL, "Content-Type: application/json") : NULL;
    ct_buf_init(&line, 8192);
    ct_buf_printf(&line, "Authorization: Bearer %s", key && key[0] ? key : "none");
    list = curl_slist_append(list, ct_buf_text(&line));
    ct_buf_release(&line);
    return list;
}

ct_code ct_generate_remote(struct ct_generation *g, const char *base_url, const char *key,
                           struct ct_err *err)
{
    struct transfer t = { .g = g, .err = err };
    struct ct_buf url;
    struct ct_slice base = ct_slice(base_url);
    ct_code rc;

    while (base.len > 0 && base.ptr[base.len - 1] == '/')
        base.len--;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = make_headers(key, g->form == NULL);
    struct reading readings[CT_MAX_INPUTS + 1];
    curl_mime *mime = curl && g->form ? make_form(curl, g->form, readings) : NULL;
    ct_buf_init(&url, 4096);
    ct_buf_printf(&url, "%.*s/images/%s", CT_SARG(base), g->path);
    ct_buf_init(&t.body, REPLY_MAX);
    if (!curl || !headers || url.failed || (g->form && !mime)) {
        rc = ct_fail(err, CT_E_MEMORY, NULL, "Out of memory, or the server's URL is too long.");
    } else {
        set_options(curl, &t, ct_buf_text(&url), mime, headers);
        rc = perform(&t, curl);
    }
    ct_buf_release(&t.body);
    ct_buf_release(&url);
    curl_slist_free_all(headers);
    curl_mime_free(mime);
    curl_easy_cleanup(curl);
    curl_global_cleanup();
    return rc;
}
