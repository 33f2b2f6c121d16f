/* `calotype explain "PROMPT"`: what the scene engine understands, and what it does not. */
#include "base/json.h"
#include "cli/generate.h"
#include "engines/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#define TEXT_MAX ((size_t)16 << 20)
#define ARENA_BYTES ((size_t)16 << 20)

/* What the engine makes of one prompt, appended to `out`. */
static ct_code explain(struct ct_buf *out, struct ct_engine *engine, const struct ct_args *args,
                       struct ct_slice prompt, const struct ct_catalogue *catalogue,
                       struct ct_err *err)
{
    const struct ct_image_request *request;
    struct ct_buf body;
    static const char *const texts[] = { "size", "quality", "thinking", "style" };
    const struct ct_contract contract = { .catalogue = catalogue };
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    if (!arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory.");
    ct_buf_init(&body, TEXT_MAX);
    ct_buf_puts(&body, "{");
    ct_json_put_key(&body, "prompt");
    ct_json_put_string(&body, prompt);
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        const char *value = ct_args_get(args, texts[i]);
        if (!value)
            continue;
        ct_json_put_key(&body, texts[i]);
        ct_json_put_string(&body, ct_slice(value));
    }
    if (ct_args_get(args, "seed")) {
        ct_json_put_key(&body, "seed");
        ct_buf_puts(&body, ct_args_get(args, "seed"));
    }
    ct_buf_puts(&body, "}");
    ct_code rc = ct_parse_generation(&request, arena, ct_buf_slice(&body), &contract, err);
    if (rc == CT_OK)
        rc = engine->explain(engine, request, ct_args_get(args, "json") != NULL, out, err);
    ct_buf_release(&body);
    return rc;
}

/* "-": a prompt a line, each answered before the next is read. Empty lines have no answer; a
 * refused prompt is named on stderr and does not stop the rest. */
static ct_code explain_lines(struct ct_engine *engine, const struct ct_args *args,
                             const struct ct_catalogue *catalogue, struct ct_err *err)
{
    struct ct_buf out;
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    ct_code last = CT_OK;
    ct_buf_init(&out, TEXT_MAX);
    while ((len = getline(&line, &cap, stdin)) >= 0) {
        struct ct_slice prompt = ct_slice_trim(ct_slice_n(line, (size_t)len));
        if (prompt.len == 0)
            continue;
        ct_buf_clear(&out);
        ct_code rc = explain(&out, engine, args, prompt, catalogue, err);
        if (rc == CT_OK)
            fputs(ct_buf_text(&out), stdout);
        else
            ct_cli_fail(err);
        last = rc == CT_OK ? last : rc;
    }
    free(line);
    ct_buf_release(&out);
    return last;
}

static int run_explain(const struct ct_args *args)
{
    struct ct_catalogue *catalogue = NULL;
    struct ct_engine *engine = NULL;
    struct ct_buf out;
    struct ct_err err = { 0 };
    bool lines = strcmp(args->words[0], "-") == 0;
    ct_buf_init(&out, TEXT_MAX);
    ct_code rc = ct_catalogue_load(&catalogue, NULL, &err);
    if (rc == CT_OK)
        rc = ct_scene_engine_open(&engine, &err);
    if (rc == CT_OK && lines)
        rc = explain_lines(engine, args, catalogue, &err);
    else if (rc == CT_OK)
        rc = explain(&out, engine, args, ct_slice(args->words[0]), catalogue, &err);
    if (rc == CT_OK && !lines)
        fputs(ct_buf_text(&out), stdout);
    if (engine)
        engine->close(engine);
    ct_buf_release(&out);
    ct_catalogue_free(&catalogue);
    return rc == CT_OK ? CT_EXIT_OK : lines ? CT_EXIT_REFUSED : ct_cli_fail(&err);
}

const struct ct_command ct_command_explain = {
    .name = "explain",
    .synopsis = "\"PROMPT\" [--json]",
    .summary = "Say what is understood of a prompt, draw nothing",
    .details =
        "Shows the subject and its attributes, relations, light, camera, page contents, the words\n"
        "that would not be drawn, how many compositions were tried, and how the one kept was\n"
        "judged. PROMPT \"-\" reads one prompt a line from standard input.\n"
        "--json adds the composed scene or page, complete.\n",
    .examples = "  calotype explain \"two navy mugs beside a stack of books, golden hour\"\n",
    .options =
        (const struct ct_option[]){
            { .name = "json", .doc = "for programs, with the composed scene or page" },
            { .name = "size", .value = "WxH", .doc = "compose for this size" },
            { .name = "quality", .value = "LEVEL", .doc = "and with the compositions this tries" },
            { .name = "thinking", .value = "LEVEL", .doc = "times those this tries" },
            { .name = "style", .value = "STYLE", .doc = "vivid or natural" },
            { .name = "seed", .value = "NUMBER", .doc = "the picture of this seed" },
            { .name = NULL },
        },
    .min_words = 1,
    .max_words = 1,
    .run = run_explain,
};
