/* Arguments by table: --name value, --name=value, -x value, switches, words; `--` ends options. */
#include "cli/command.h"

#include <string.h>

static int find_long(const struct ct_command *command, const char *name, size_t len)
{
    for (int i = 0; command->options && command->options[i].name; i++)
        if (strlen(command->options[i].name) == len &&
            strncmp(command->options[i].name, name, len) == 0)
            return i;
    return -1;
}

static int find_letter(const struct ct_command *command, char letter)
{
    for (int i = 0; command->options && command->options[i].name; i++)
        if (command->options[i].letter == letter)
            return i;
    return -1;
}

/* The option argv[*at] names, and its value; *at moves past what was used. */
static ct_code take_option(const struct ct_command *command, int argc, char **argv, int *at,
                           int *index, const char **value, struct ct_err *err)
{
    const char *arg = argv[*at];
    const char *equals = strncmp(arg, "--", 2) == 0 ? strchr(arg, '=') : NULL;
    size_t len = equals ? (size_t)(equals - arg) : strlen(arg);

    *index = arg[1] == '-' ? find_long(command, arg + 2, len - 2)
                           : (len == 2 ? find_letter(command, arg[1]) : -1);
    if (*index < 0)
        return ct_fail(err, CT_E_USAGE, NULL,
                       "There is no option '%.*s'; `calotype %s --help` lists them.", (int)len, arg,
                       command->name);
    const struct ct_option *option = &command->options[*index];
    *at += 1;
    if (!option->value) {
        if (equals)
            return ct_fail(err, CT_E_USAGE, NULL, "--%s takes no value.", option->name);
        *value = "";
        return CT_OK;
    }
    if (equals) {
        *value = equals + 1;
        return CT_OK;
    }
    if (*at >= argc)
        return ct_fail(err, CT_E_USAGE, NULL, "--%s needs a value: --%s %s.", option->name,
                       option->name, option->value);
    *value = argv[(*at)++];
    return CT_OK;
}

ct_code ct_args_parse(struct ct_args *args, const struct ct_command *command, int argc, char **argv,
                      struct ct_err *err)
{
    bool options_over = false;
    memset(args, 0, sizeof(*args));
    args->command = command;
    args->argc = argc;
    args->argv = argv;
    for (int at = 0; at < argc;) {
        const char *value;
        int index;
        if (!options_over && strcmp(argv[at], "--") == 0) {
            options_over = true;
            at++;
        } else if (!options_over && argv[at][0] == '-' && argv[at][1] != '\0') {
            CT_TRY(take_option(command, argc, argv, &at, &index, &value, err));
            args->values[index] = value;
        } else if (args->n_words == command->max_words) {
            return ct_fail(err, CT_E_USAGE, NULL,
                           "'%s' is one word too many; put a prompt of several words in quotes.",
                           argv[at]);
        } else {
            args->words[args->n_words++] = argv[at++];
        }
    }
    if (args->n_words < command->min_words)
        return ct_fail(err, CT_E_USAGE, NULL, "Something is missing behind `calotype %s`.",
                       command->name);
    return CT_OK;
}

const char *ct_args_get(const struct ct_args *args, const char *name)
{
    int index = find_long(args->command, name, strlen(name));
    return index < 0 ? NULL : args->values[index];
}

void ct_args_each(const struct ct_args *args, const char *name,
                  void (*fn)(void *ctx, const char *value), void *ctx)
{
    int wanted = find_long(args->command, name, strlen(name));
    for (int at = 0; at < args->argc && strcmp(args->argv[at], "--") != 0;) {
        const char *value;
        int index;
        if (args->argv[at][0] != '-' || args->argv[at][1] == '\0') {
            at++;
            continue;
        }
        if (take_option(args->command, args->argc, args->argv, &at, &index, &value, NULL) != CT_OK)
            return;
        if (index == wanted)
            fn(ctx, value);
    }
}
