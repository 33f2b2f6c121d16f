/* Help in every form, from the tables: pages for people, the man page, bash completion. */
#include "cli/command.h"
#include "daemon/config.h"

#include <string.h>

static void print_option(FILE *out, const struct ct_option *option)
{
    char left[64];
    snprintf(left, sizeof(left), "%s%c%s--%s%s%s", option->letter ? "-" : "",
             option->letter ? option->letter : ' ', option->letter ? ", " : "   ", option->name,
             option->value ? " " : "", option->value ? option->value : "");
    fprintf(out, "  %-26s %s\n", left, option->doc);
}

void ct_help_command(FILE *out, const struct ct_command *command)
{
    fprintf(out, "Usage: calotype %s %s\n\n%s\n", command->name, command->synopsis,
            command->summary);
    if (command->details)
        fprintf(out, "\n%s", command->details);
    if (command->options && command->options[0].name) {
        fprintf(out, "\nOptions:\n");
        for (const struct ct_option *o = command->options; o->name; o++)
            print_option(out, o);
    }
    if (command->examples)
        fprintf(out, "\nExamples:\n%s", command->examples);
}

void ct_help_all(FILE *out)
{
    fprintf(out, "Calotype: the GPT Image 2 API on your own machine.\n\n"
                 "Usage: calotype COMMAND [ARGUMENTS]\n\nCommands:\n");
    for (size_t i = 0; ct_commands[i]; i++)
        fprintf(out, "  %-12s %s\n", ct_commands[i]->name, ct_commands[i]->summary);
    fprintf(out, "\nStart here:\n"
                 "  calotype generate \"a white ceramic mug on a marble table\" --show\n"
                 "  calotype serve\n\n"
                 "`calotype help COMMAND` explains one; `calotype help config` lists the "
                 "settings.\n"
                 "Exit status: 0 ok, 1 failed, 2 usage, 3 refused, 4 another server failed.\n");
}

static void print_config(FILE *out)
{
    struct ct_buf text;
    ct_buf_init(&text, 65536);
    ct_config_describe(&text);
    fprintf(out,
            "Settings are read from a YAML file (--config FILE, CALOTYPE_CONFIG, or\n"
            "~/.config/calotype/calotype.yaml), then from the environment, then from the\n"
            "command line (--set NAME=VALUE). With their defaults:\n\n%s",
            ct_buf_text(&text));
    ct_buf_release(&text);
}

/* roff: a leading dot or quote would be a request, a backslash an escape. */
static void man_text(FILE *out, const char *text)
{
    bool line_start = true;
    for (; *text; text++) {
        if (line_start && (*text == '.' || *text == '\''))
            fputs("\\&", out);
        if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '-')
            fputs("\\-", out);
        else
            fputc(*text, out);
        line_start = *text == '\n';
    }
}

static void man_command(FILE *out, const struct ct_command *command)
{
    fprintf(out, ".SS calotype %s ", command->name);
    man_text(out, command->synopsis);
    fputs("\n", out);
    man_text(out, command->summary);
    if (command->details) {
        fputs("\n.PP\n", out);
        man_text(out, command->details);
    }
    fputs("\n", out);
    for (const struct ct_option *o = command->options; o && o->name; o++) {
        fputs(".TP\n.B ", out);
        if (o->letter)
            fprintf(out, "\\-%c, ", o->letter);
        fputs("\\-\\-", out);
        man_text(out, o->name);
        if (o->value)
            fprintf(out, " \\fI%s\\fR", o->value);
        fputs("\n", out);
        man_text(out, o->doc);
        fputs("\n", out);
    }
    if (command->examples) {
        fputs(".PP\n.nf\n", out);
        man_text(out, command->examples);
        fputs(".fi\n", out);
    }
}

static void print_man(FILE *out)
{
    struct ct_buf text;
    fprintf(out,
            ".TH CALOTYPE 1 \"\" \"calotype %s\" \"User Commands\"\n.SH NAME\n"
            "calotype \\- the GPT Image 2 API on your own machine\n.SH SYNOPSIS\n"
            ".B calotype\n.I COMMAND\n[\\fIARGUMENTS\\fR]\n.SH DESCRIPTION\n"
            "Calotype serves the OpenAI Images API and draws the pictures itself. Official SDKs "
            "use it unmodified.\n.SH COMMANDS\n",
            CALOTYPE_VERSION);
    for (size_t i = 0; ct_commands[i]; i++)
        man_command(out, ct_commands[i]);
    ct_buf_init(&text, 65536);
    ct_config_describe(&text);
    fputs(".SH SETTINGS\n.nf\n", out);
    man_text(out, ct_buf_text(&text));
    fputs(".fi\n.SH EXIT STATUS\n0 ok, 1 failed, 2 usage, 3 refused, 4 another server failed.\n",
          out);
    ct_buf_release(&text);
}

static int run_help(const struct ct_args *args)
{
    const struct ct_command *command = NULL;
    if (ct_args_get(args, "man")) {
        print_man(stdout);
        return CT_EXIT_OK;
    }
    if (args->n_words == 0) {
        ct_help_all(stdout);
        return CT_EXIT_OK;
    }
    if (strcmp(args->words[0], "config") == 0) {
        print_config(stdout);
        return CT_EXIT_OK;
    }
    command = ct_find_command(args->words[0]);
    if (!command) {
        fprintf(stderr, "calotype: there is no command '%s'; `calotype --help` lists them.\n",
                args->words[0]);
        return CT_EXIT_USAGE;
    }
    ct_help_command(stdout, command);
    return CT_EXIT_OK;
}

const struct ct_command ct_command_help = {
    .name = "help",
    .synopsis = "[COMMAND | config]",
    .summary = "Explain a command, or the settings",
    .options =
        (const struct ct_option[]){
            { .name = "man", .doc = "print the manual page (roff)" },
            { .name = NULL },
        },
    .max_words = 1,
    .run = run_help,
};

static void complete_command(FILE *out, const struct ct_command *command)
{
    fprintf(out, "    %s)\n        case \"$before\" in\n", command->name);
    for (const struct ct_option *o = command->options; o && o->name; o++) {
        if (!o->choices)
            continue;
        fprintf(out, "        --%s) words=\"", o->name);
        for (const char *p = o->choices; *p; p++)
            fputc(*p == '|' ? ' ' : *p, out);
        fputs("\" ;;\n", out);
    }
    fputs("        *) words=\"--help", out);
    for (const struct ct_option *o = command->options; o && o->name; o++)
        fprintf(out, " --%s", o->name);
    fputs("\" ;;\n        esac ;;\n", out);
}

static int run_completion(const struct ct_args *args)
{
    if (strcmp(args->words[0], "bash") != 0) {
        fprintf(stderr, "calotype: completion is there for bash only, not for '%s'.\n",
                args->words[0]);
        return CT_EXIT_USAGE;
    }
    printf("# bash completion for calotype; made by `calotype completion bash`\n"
           "_calotype() {\n"
           "    local now=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=\"\"\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        words=\"--help --version");
    for (size_t i = 0; ct_commands[i]; i++)
        printf(" %s", ct_commands[i]->name);
    printf("\"\n    else\n    case \"${COMP_WORDS[1]}\" in\n");
    for (size_t i = 0; ct_commands[i]; i++)
        complete_command(stdout, ct_commands[i]);
    printf("    esac\n    fi\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$now\"))\n"
           "    case \"$now\" in -*) ;; *) [ ${#COMPREPLY[@]} -eq 0 ] && compopt -o default ;; "
           "esac\n}\ncomplete -F _calotype calotype\n");
    return CT_EXIT_OK;
}

const struct ct_command ct_command_completion = {
    .name = "completion",
    .synopsis = "bash",
    .summary = "Print shell completion",
    .examples = "  source <(calotype completion bash)\n",
    .min_words = 1,
    .max_words = 1,
    .run = run_completion,
};
