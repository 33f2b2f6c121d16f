/* A generation as the command line asks for it: options -> the JSON body of the API -> a request.
 *
 * For `calotype generate` and `calotype cost`. The options become the same body a client would send
 * and go through the same contract, so the command line accepts and refuses exactly what the API
 * does. */
#include "cli/generate.h"

#include "base/json.h"
#include "cli/filename.h"

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

static void put_body(struct ct_buf *b, const struct ct_args *args, const char *prompt)
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

static ct_code read_request(struct ct_asked *asked, const struct ct_args *args, struct ct_err *err)
{
    const struct ct_config *config = &asked->config;
    CT_TRY(ct_settings_load(&asked->config, args, err));
    CT_TRY(ct_catalogue_load(&asked->catalogue, config->models[0] ? config->models : NULL, err));
    const struct ct_contract contract = {
        .catalogue = asked->catalogue,
        .compat = CT_COMPAT_EXTENDED,
        .default_model = config->default_model,
        .allow_preview_transparent = config->allow_preview_transparent != 0,
    };
    put_body(&asked->body, args, args->words[0]);
    asked->arena = ct_arena_new(ARENA_BYTES);
    if (!asked->arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory.");
    return ct_parse_generation(&asked->request, asked->arena, ct_buf_slice(&asked->body), &contract,
                               err);
}

ct_code ct_asked_read(struct ct_asked *asked, const struct ct_args *args, struct ct_err *err)
{
    asked->catalogue = NULL;
    asked->arena = NULL;
    ct_buf_init(&asked->body, BODY_MAX);
    ct_code rc = read_request(asked, args, err);
    if (rc != CT_OK)
        ct_asked_release(asked);
    return rc;
}

void ct_asked_release(struct ct_asked *asked)
{
    ct_arena_free(&asked->arena);
    ct_buf_release(&asked->body);
    ct_catalogue_free(&asked->catalogue);
}
