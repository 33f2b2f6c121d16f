/* The table of subcommands (commands.def), its look-up, and how any of them fails. */
#include "cli/command.h"

#include <string.h>

const struct ct_command *const ct_commands[] = {
#define CT_COMMAND(name) &ct_command_##name,
#include "cli/commands.def"
#undef CT_COMMAND
    NULL
};

const struct ct_command *ct_find_command(const char *name)
{
    for (size_t i = 0; ct_commands[i]; i++)
        if (strcmp(ct_commands[i]->name, name) == 0)
            return ct_commands[i];
    return NULL;
}

int ct_cli_fail(const struct ct_err *err)
{
    const struct ct_err_info *info = ct_err_info(err->code);
    fprintf(stderr, "calotype: %s\n", err->msg);
    if (err->code == CT_E_USAGE)
        return CT_EXIT_USAGE;
    if (err->code == CT_E_UPSTREAM)
        return CT_EXIT_UPSTREAM;
    if ((info->status >= 400 && info->status < 500) || err->code == CT_E_PRICE)
        return CT_EXIT_REFUSED;
    return CT_EXIT_FAILED;
}
