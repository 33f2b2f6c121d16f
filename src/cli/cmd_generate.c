/* `calotype generate "PROMPT"`: options -> the JSON body of the API -> pictures in files.
 *
 * The options become the same body a client would send and go through the same contract, so the
 * command line accepts and refuses exactly what the API does. Where it is drawn depends on
 * OPENAI_BASE_URL or CALOTYPE_BASE_URL: named, the body is sent there; else it is drawn here. */
#include "cli/generate.h"

#include "base/json.h"
#include "cli/filename.h"

#include <string.h>

#define BODY_MAX ((size_t)1 << 20)
#define ARENA_BYTES ((size_t)16 << 20)

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

void ct_generation_body(struct ct_buf *b, const struct ct_args *args, const char *prompt)
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
    struct ct_generation g = { .args = args,
                               .config = config,
                               .request = request,
                               .path = "generations",
                               .body = ct_buf_slice(body) };
    return ct_drawing_run(&g);
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
    ct_generation_body(&body, args, args->words[0]);
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
            CT_DRAW_OPTIONS,
            CT_SETTINGS_OPTIONS,
            { .name = NULL },
        },
    .min_words = 1,
    .max_words = 1,
    .run = run_generate,
};
