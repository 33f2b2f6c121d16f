/* `calotype generate "PROMPT"`: options -> the JSON body of the API (asked.c) -> pictures in files.
 *
 * Where it is drawn depends on OPENAI_BASE_URL or CALOTYPE_BASE_URL: named, the body is sent there;
 * else it is drawn here. */
#include "cli/generate.h"

static int run_generate(const struct ct_args *args)
{
    struct ct_asked asked;
    struct ct_err err = { 0 };
    if (ct_asked_read(&asked, args, &err) != CT_OK)
        return ct_cli_fail(&err);
    struct ct_generation g = { .args = args,
                               .config = &asked.config,
                               .request = asked.request,
                               .path = "generations",
                               .body = ct_buf_slice(&asked.body) };
    int status = ct_drawing_run(&g);
    ct_asked_release(&asked);
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
