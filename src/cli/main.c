/* `calotype`: finds the subcommand, parses its arguments, runs it. */
#include "cli/command.h"
#include "image/decode_helper.h"

#include <errno.h>
#include <string.h>

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

static int run(int argc, char **argv)
{
    struct ct_args args;
    struct ct_err err = { 0 };

    if (argc < 2) {
        ct_help_all(stderr);
        return CT_EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        ct_help_all(stdout);
        return CT_EXIT_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("calotype %s\n", CALOTYPE_VERSION);
        return CT_EXIT_OK;
    }
    const struct ct_command *command = ct_find_command(argv[1]);
    if (!command) {
        fprintf(stderr, "calotype: there is no command '%s'; `calotype --help` lists them.\n",
                argv[1]);
        return CT_EXIT_USAGE;
    }
    if (asks_for_help(argc - 2, argv + 2)) {
        ct_help_command(stdout, command);
        return CT_EXIT_OK;
    }
    if (ct_args_parse(&args, command, argc - 2, argv + 2, &err) != CT_OK) {
        ct_cli_fail(&err);
        fprintf(stderr, "Usage: calotype %s %s\n", command->name, command->synopsis);
        return CT_EXIT_USAGE;
    }
    return command->run(&args);
}

/* What could not be written was not done: a full disk behind `>` must not look like success. */
int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], CT_DECODE_HELPER_ARG) == 0)
        return ct_decode_helper_main(ct_decode_with); /* started by image/decoder.c */
    int status = run(argc, argv);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fprintf(stderr, "calotype: Cannot write to stdout: %s\n", strerror(errno));
    return status == CT_EXIT_OK ? CT_EXIT_FAILED : status;
}
