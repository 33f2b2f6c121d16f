/* `calotype generate "PROMPT"`: options -> the JSON body of the API -> pictures in files.
 *
 * The options become the same body a client would send and go through the same contract, so the
 * command line accepts and refuses exactly what the API does. Where it is drawn depends on
 * OPENAI_BASE_URL or CALOTYPE_BASE_URL: named, the body is sent there; else it is drawn here. */
#include "cli/generate.h"

#include "base/base64.h"
#include "base/json.h"
#include "cli/filename.h"
#include "contract/reply.h"
#include "policy/price.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BODY_MAX ((size_t)1 << 20)
#define ARENA_BYTES ((size_t)16 << 20)
#define MAX_PICTURES 10

static void put_text(struct ct_buf *b, const struct ct_args *args, const char *option,
                     const char *key)
{
    const char *value = ct_args_get(args, option);
    if (!value)
        return;
    ct_json_put_key(b, key);
    ct_json_put_string(b, ct_slice(value));
}

/* A number as typed, so that "two" meets the contract's own message. */
static void put_number(struct ct_buf *b, const struct ct_args *args, const char *option,
                       const char *key)
{
    const char *value = ct_args_get(args, option);
    int64_t number;
    if (!value)
        return;
    ct_json_put_key(b, key);
    if (ct_slice_i64(ct_slice(value), &number))
        ct_buf_puti(b, number);
    else
        ct_json_put_string(b, ct_slice(value));
}

static void build_body(struct ct_buf *b, const struct ct_args *args, const char *prompt)
{
    const char *model = ct_args_get(args, "model");
    ct_buf_puts(b, "{");
    ct_json_put_key(b, "model");
    ct_json_put_string(b, ct_slice(model ? model : "gpt-image-2"));
    ct_json_put_key(b, "prompt");
    ct_json_put_string(b, ct_slice(prompt));
    put_number(b, args, "n", "n");
    put_text(b, args, "size", "size");
    put_text(b, args, "resolution", "resolution");
    put_text(b, args, "quality", "quality");
    put_text(b, args, "background", "background");
    put_number(b, args, "compression", "output_compression");
    put_number(b, args, "seed", "seed");
    put_text(b, args, "style", "style");
    put_text(b, args, "thinking", "thinking");
    const char *format = ct_args_get(args, "format"), *file = ct_args_get(args, "output");
    if (!format && file)
        format = ct_format_of_filename(file);
    if (format) {
        ct_json_put_key(b, "output_format");
        ct_json_put_string(b, ct_slice(format));
    }
    if (ct_args_get(args, "stream")) {
        ct_json_put_key(b, "stream");
        ct_buf_puts(b, "true");
        ct_json_put_key(b, "partial_images");
        ct_buf_puts(b, "3");
    }
    ct_buf_puts(b, "}");
}

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

static int dry_run(const struct ct_image_request *request, const char *body, const char *server,
                   struct ct_err *err)
{
    char cost[32];
    int64_t nano;
    if (ct_price_worst_case(&nano, request, err) != CT_OK)
        return ct_cli_fail(err);
    ct_cost_text(cost, nano);
    printf("POST %s/images/generations\n%s\n", server ? server : "(drawn in this process)", body);
    fprintf(stderr, "%d x %dx%d %s: at most %s at list price%s.\n", request->n, request->width,
            request->height, ct_quality_name(request->quality), cost,
            server ? "" : "; drawing here costs nothing");
    return CT_EXIT_OK;
}

/* The reply as the API gave it, with the files' names in place of the pictures. */
static void print_json(const struct ct_generation *g, const struct saved *saved)
{
    struct ct_buf out;
    ct_buf_init(&out, BODY_MAX);
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

static int generate(struct ct_generation *g, struct saved *saved, struct ct_err *err)
{
    const char *server = server_named(g->args);
    g->arrived = on_arrival;
    g->ctx = saved;
    g->progress = ct_progress_new(ct_args_get(g->args, "quiet") != NULL);
    saved->progress = g->progress;
    ct_buf_init(&g->reply, BODY_MAX);
    ct_code rc = server ? ct_generate_remote(g, server, key_named(), err)
                        : ct_generate_local(g, err);
    ct_progress_clear(g->progress);
    ct_progress_free(&g->progress);
    if (rc == CT_OK && ct_args_get(g->args, "json"))
        print_json(g, saved);
    ct_buf_release(&g->reply);
    return rc == CT_OK ? CT_EXIT_OK : ct_cli_fail(err);
}

static int run_parsed(const struct ct_args *args, const struct ct_config *config,
                      const struct ct_catalogue *catalogue, struct ct_buf *body,
                      struct ct_err *err)
{
    const struct ct_image_request *request;
    const struct ct_contract contract = {
        .catalogue = catalogue,
        .compat = CT_COMPAT_EXTENDED,
        .default_model = config->default_model,
        .allow_preview_transparent = config->allow_preview_transparent != 0,
    };
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    if (!arena)
        return CT_EXIT_FAILED;
    if (ct_parse_generation(&request, arena, ct_buf_slice(body), &contract, err) != CT_OK)
        return ct_cli_fail(err);
    if (ct_args_get(args, "dry-run"))
        return dry_run(request, ct_buf_text(body), server_named(args), err);
    struct saved saved = { .args = args, .request = request };
    struct ct_generation g = {
        .args = args, .config = config, .request = request, .body = ct_buf_slice(body)
    };
    return generate(&g, &saved, err);
}

static int run_generate(const struct ct_args *args)
{
    struct ct_config config;
    struct ct_catalogue *catalogue = NULL;
    struct ct_buf body;
    struct ct_err err = { 0 };

    if (ct_settings_load(&config, args, &err) != CT_OK ||
        ct_catalogue_load(&catalogue, config.models[0] ? config.models : NULL, &err) != CT_OK)
        return ct_cli_fail(&err);
    ct_buf_init(&body, BODY_MAX);
    build_body(&body, args, args->words[0]);
    int status = run_parsed(args, &config, catalogue, &body, &err);
    ct_buf_release(&body);
    ct_catalogue_free(&catalogue);
    return status;
}

const struct ct_command ct_command_generate = {
    .name = "generate",
    .synopsis = "\"PROMPT\" [-o FILE] [OPTIONS]",
    .summary = "Draw a picture from a prompt",
    .details =
        "Draws in this process, or on the server named by --server, CALOTYPE_BASE_URL or\n"
        "OPENAI_BASE_URL (with CALOTYPE_API_KEY or OPENAI_API_KEY). Prints the name of each file\n"
        "it wrote; names come from the prompt, and nothing is ever overwritten without --force.\n",
    .examples = "  calotype generate \"a white ceramic mug on a marble table\" --show\n"
                "  calotype generate \"poster: 'Jazz Night', deep blue\" -o poster.png --size 2:3\n"
                "  calotype generate \"a red apple\" --n 4 --seed 7 --quality high\n",
    .options =
        (const struct ct_option[]){
            { .name = "output", .letter = 'o', .value = "FILE",
              .doc = "where to write; - is stdout; its ending chooses the format" },
            { .name = "size", .value = "WxH", .doc = "1536x1024, auto, or a ratio such as 16:9" },
            { .name = "resolution", .value = "1K|2K|4K", .doc = "with a ratio", .choices = "1K|2K|4K" },
            { .name = "quality", .value = "LEVEL", .doc = "low, medium, high, xhigh, max or auto",
              .choices = "low|medium|high|xhigh|max|auto" },
            { .name = "n", .letter = 'n', .value = "COUNT", .doc = "pictures, 1 to 10" },
            { .name = "seed", .value = "NUMBER", .doc = "another number, another variation" },
            { .name = "format", .value = "FORMAT", .doc = "png, jpeg, webp, or svg (pages only)",
              .choices = "png|jpeg|webp|svg" },
            { .name = "compression", .value = "0-100", .doc = "quality of jpeg and webp" },
            { .name = "background", .value = "KIND", .doc = "transparent, opaque or auto",
              .choices = "transparent|opaque|auto" },
            { .name = "model", .value = "MODEL", .doc = "gpt-image-2; `calotype models` lists all" },
            { .name = "style", .value = "STYLE", .doc = "vivid or natural", .choices = "vivid|natural" },
            { .name = "thinking", .value = "LEVEL", .doc = "off, low, medium or high",
              .choices = "off|low|medium|high" },
            { .name = "show", .doc = "show the picture in the terminal" },
            { .name = "stream", .doc = "show partial pictures too (with --show)" },
            { .name = "json", .doc = "print the reply as JSON, with file names" },
            { .name = "dry-run", .doc = "print the request and its price, draw nothing" },
            { .name = "force", .letter = 'f', .doc = "let -o replace an existing file" },
            { .name = "quiet", .letter = 'q', .doc = "no progress" },
            { .name = "server", .value = "URL", .doc = "draw there: http://127.0.0.1:8787/v1" },
            CT_SETTINGS_OPTIONS,
            { .name = NULL },
        },
    .min_words = 1,
    .max_words = 1,
    .run = run_generate,
};
