/* A subcommand: one row, one file cmd_<name>.c. The same rows parse arguments, print --help, write
 * the man page and the shell completion. */
#ifndef CT_CLI_COMMAND_H
#define CT_CLI_COMMAND_H

#include "base/err.h"

#include <stdbool.h>
#include <stdio.h>

#define CT_MAX_OPTIONS 32
#define CT_MAX_WORDS 16

/* Exit statuses, for scripts. */
enum ct_exit {
    CT_EXIT_OK = 0,
    CT_EXIT_FAILED = 1,   /* our fault, or this machine's: disk, memory, ... */
    CT_EXIT_USAGE = 2,    /* the command line */
    CT_EXIT_REFUSED = 3,  /* the request was refused: a parameter, a key, a policy */
    CT_EXIT_UPSTREAM = 4, /* a server could not be reached, or failed */
};

struct ct_option {
    const char *name;    /* "size": --size */
    char letter;         /* 'o': -o; 0 for none */
    const char *value;   /* "WxH": takes a value; NULL: a switch */
    const char *doc;     /* one line */
    const char *choices; /* "low|medium|high": for completion; NULL */
    bool repeatable;     /* the last one counts otherwise; see ct_args_each() */
};

struct ct_args;

struct ct_command {
    const char *name;
    const char *synopsis; /* behind "calotype NAME" */
    const char *summary;  /* one line */
    const char *details;  /* paragraphs of the help page, or NULL */
    const char *examples; /* lines, or NULL */
    const struct ct_option *options; /* ends with name NULL; may be NULL */
    int min_words, max_words;
    int (*run)(const struct ct_args *args);
};

struct ct_args {
    const struct ct_command *command;
    const char *values[CT_MAX_OPTIONS]; /* by option index; "" for a switch that is set */
    const char *words[CT_MAX_WORDS];
    int n_words;
    int argc; /* the command's own arguments, for ct_args_each() */
    char **argv;
};

extern const struct ct_command *const ct_commands[]; /* ends with NULL (commands.c) */

/* Fills *args from argv (without program and command name). CT_E_USAGE with a sentence. */
CT_MUSTCHECK ct_code ct_args_parse(struct ct_args *args, const struct ct_command *command, int argc,
                                   char **argv, struct ct_err *err);
/* The value of an option, NULL when it was not given. `name` must be in the command's table. */
const char *ct_args_get(const struct ct_args *args, const char *name);
/* Every value of a repeatable option, in order. */
void ct_args_each(const struct ct_args *args, const char *name,
                  void (*fn)(void *ctx, const char *value), void *ctx);

/* Prints "calotype: message" on stderr and returns the exit status for the code. */
int ct_cli_fail(const struct ct_err *err);

/* help.c */
void ct_help_all(FILE *out);
void ct_help_command(FILE *out, const struct ct_command *command);
const struct ct_command *ct_find_command(const char *name);

#define CT_COMMAND(name) extern const struct ct_command ct_command_##name;
#include "cli/commands.def"
#undef CT_COMMAND

#endif
