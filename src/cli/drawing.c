/* What `generate` and `edit` do once they know what is wanted: draw here or have it drawn, write
 * the pictures to files, say what happened. */
#include "cli/generate.h"

#include "base/json.h"
#include "cli/filename.h"
#include "contract/reply.h"
#include "policy/price.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REPLY_MAX ((size_t)1 << 20)
#define MAX_PICTURES 10

struct saved {
    const struct ct_args *args;
    const struct ct_image_request *request;
    struct ct_progress *progress;
    char files[MAX_PICTURES][CT_FILENAME_MAX];
    int n_files;
};

static ct_code save_picture(struct saved *saved, const struct ct_arrival *arrival,
                            struct ct_err *err)
{
    char *name = saved->files[arrival->picture];
    const char *output = ct_args_get(saved->args, "output");
    CT_TRY(ct_filename_write(name, output, saved->request->prompt,
                             ct_format_extension(saved->request->format),
                             saved->request->n > 1 ? arrival->picture + 1 : 0,
                             ct_args_get(saved->args, "force") != NULL, arrival->file, err));
    saved->n_files++;
    if (!ct_args_get(saved->args, "json") && !(output && strcmp(output, "-") == 0)) {
        ct_progress_clear(saved->progress);
        printf("%s\n", name);
        fflush(stdout);
    }
    return CT_OK;
}

static ct_code on_arrival(void *ctx, const struct ct_arrival *arrival, struct ct_err *err)
{
    struct saved *saved = ctx;
    if (arrival->picture < 0 || arrival->picture >= saved->request->n)
        return ct_fail(err, CT_E_UPSTREAM, NULL, "The server sent a picture nobody asked for.");
    if (arrival->partial < 0)
        CT_TRY(save_picture(saved, arrival, err));
    if (ct_args_get(saved->args, "show")) {
        ct_progress_clear(saved->progress);
        struct ct_err why = { 0 };
        if (ct_preview(arrival->file, &why) != CT_OK)
            fprintf(stderr, "calotype: no preview: %s\n", why.msg);
    }
    return CT_OK;
}

/* What would be sent. A form is printed a part a line, as curl's -F has them. */
static void print_request(const struct ct_generation *g, const char *server)
{
    printf("POST %s/images/%s\n", server ? server : "(drawn in this process)", g->path);
    if (!g->form) {
        printf("%.*s\n", CT_SARG(g->body));
        return;
    }
    for (const struct ct_json *m = g->form->object.child; m; m = m->next)
        printf("%.*s=%.*s\n", CT_SARG(m->key), CT_SARG(m->text));
    for (int i = 0; i < g->form->n_images; i++)
        printf("image[]=(%zu bytes)\n", g->form->images[i]->len);
    if (g->form->mask)
        printf("mask=(%zu bytes)\n", g->form->mask->len);
    if (g->form->markup)
        printf("markup=(%zu bytes)\n", g->form->markup->len);
}

static int dry_run(const struct ct_generation *g, const char *server, struct ct_err *err)
{
    const struct ct_image_request *request = g->request;
    char cost[32];
    int64_t nano;
    if (ct_price_worst_case(&nano, request, err) != CT_OK)
        return ct_cli_fail(err);
    ct_cost_text(cost, nano);
    print_request(g, server);
    fprintf(stderr, "%d x %dx%d %s: at most %s at list price%s.\n", request->n, request->width,
            request->height, ct_quality_name(request->quality), cost,
            server ? "" : "; drawing here costs nothing");
    return CT_EXIT_OK;
}

/* The reply as the API gave it, with the files' names in place of the pictures. */
static void print_json(const struct ct_generation *g, const struct saved *saved)
{
    struct ct_buf out;
    ct_buf_init(&out, REPLY_MAX);
    ct_buf_puts(&out, "{");
    ct_json_put_key(&out, "files");
    ct_buf_puts(&out, "[");
    for (int i = 0; i < saved->n_files; i++) {
        if (i)
            ct_buf_putc(&out, ',');
        ct_json_put_string(&out, ct_slice(saved->files[i]));
    }
    ct_buf_puts(&out, "]");
    if (g->reply.len > 2) { /* the members of the reply's own object */
        ct_buf_putc(&out, ',');
        ct_buf_append(&out, g->reply.data + 1, g->reply.len - 2);
    }
    ct_buf_puts(&out, "}\n");
    fputs(ct_buf_text(&out), stdout);
    ct_buf_release(&out);
}

static const char *server_named(const struct ct_args *args)
{
    const char *url = ct_args_get(args, "server");
    if (!url)
        url = getenv("CALOTYPE_BASE_URL");
    if (!url || !url[0])
        url = getenv("OPENAI_BASE_URL");
    return url && url[0] ? url : NULL;
}

static const char *key_named(void)
{
    const char *key = getenv("CALOTYPE_API_KEY");
    return key && key[0] ? key : getenv("OPENAI_API_KEY");
}

int ct_drawing_run(struct ct_generation *g)
{
    struct saved saved = { .args = g->args, .request = g->request };
    struct ct_err err = { 0 };
    const char *server = server_named(g->args);

    if (ct_args_get(g->args, "dry-run"))
        return dry_run(g, server, &err);
    g->arrived = on_arrival;
    g->ctx = &saved;
    g->progress = ct_progress_new(ct_args_get(g->args, "quiet") != NULL);
    saved.progress = g->progress;
    ct_buf_init(&g->reply, REPLY_MAX);
    ct_code rc = server ? ct_generate_remote(g, server, key_named(), &err)
                        : ct_generate_local(g, &err);
    ct_progress_clear(g->progress);
    ct_progress_free(&g->progress);
    if (rc == CT_OK && ct_args_get(g->args, "json"))
        print_json(g, &saved);
    ct_buf_release(&g->reply);
    return rc == CT_OK ? CT_EXIT_OK : ct_cli_fail(&err);
}
