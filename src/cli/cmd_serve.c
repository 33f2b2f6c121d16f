/* `calotype serve`. */
#include "cli/settings.h"
#include "daemon/serve.h"

static int run_serve(const struct ct_args *args)
{
    struct ct_config config;
    struct ct_err err = { 0 };
    if (ct_settings_load(&config, args, &err) != CT_OK || ct_serve(&config, &err) != CT_OK)
        return ct_cli_fail(&err) == CT_EXIT_USAGE ? CT_EXIT_USAGE : CT_EXIT_FAILED;
    return CT_EXIT_OK;
}

const struct ct_command ct_command_serve = {
    .name = "serve",
    .synopsis = "[--listen ADDRESS:PORT] [--data DIR] [--config FILE]",
    .summary = "Serve the Images API",
    .details =
        "Prints `ready http://ADDRESS/v1` when it accepts connections; point an OpenAI SDK's\n"
        "base_url there. On a loopback address any API key is accepted until you make one with\n"
        "`calotype key create`; any other address needs a key first. SIGTERM and Ctrl-C drain:\n"
        "running work ends, new work is refused.\n",
    .examples = "  calotype serve\n"
                "  calotype serve --listen 0.0.0.0:8787 --data /var/lib/calotype\n"
                "  calotype serve --set compat=strict --set log_format=json\n",
    .options =
        (const struct ct_option[]){
            { .name = "listen", .value = "ADDRESS:PORT", .doc = "where to serve (127.0.0.1:8787)" },
            CT_SETTINGS_OPTIONS,
            { .name = NULL },
        },
    .run = run_serve,
};
