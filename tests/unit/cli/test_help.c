#include "t.h"

#include "base/slice.h"
#include "cli/command.h"

/* What the program prints on stdout, and its exit status. */
static const char *output_of(const char *arguments, int *status)
{
    static char text[65536];
    char line[512];
    snprintf(line, sizeof(line), "'%s' %s 2>/dev/null", getenv("CALOTYPE"), arguments);
    FILE *out = popen(line, "r");
    text[0] = '\0';
    if (!out)
        return text;
    text[fread(text, 1, sizeof(text) - 1, out)] = '\0';
    int rc = pclose(out);
    *status = rc < 0 ? -1 : rc >> 8;
    return text;
}

static bool program_is_there(void)
{
    if (getenv("CALOTYPE"))
        return true;
    t_skip("CALOTYPE does not name the program");
    return false;
}

TEST(help__every_command_has_a_page_with_all_its_options)
{
    for (size_t i = 0; ct_commands[i]; i++) {
        char *text = NULL, option[64];
        size_t len = 0;
        FILE *out = open_memstream(&text, &len);
        REQUIRE(out);
        ct_help_command(out, ct_commands[i]);
        fclose(out);
        CHECK(strstr(text, "Usage: calotype ") == text);
        CHECK(strstr(text, ct_commands[i]->summary) != NULL);
        for (const struct ct_option *o = ct_commands[i]->options; o && o->name; o++) {
            snprintf(option, sizeof(option), "--%s", o->name);
            CHECK(strstr(text, option) != NULL);
            CHECK(strstr(text, o->doc) != NULL);
        }
        free(text);
    }
}

TEST(help__is_the_same_by_every_way)
{
    int status = -1;
    char page[8192];
    if (!program_is_there())
        return;
    snprintf(page, sizeof(page), "%s", output_of("help serve", &status));
    CHECK_INT(status, CT_EXIT_OK);
    CHECK(strstr(page, "--listen") != NULL);
    CHECK_STR(output_of("serve --help", &status), page);
    CHECK_STR(output_of("serve -h", &status), page);
    snprintf(page, sizeof(page), "%s", output_of("--help", &status));
    CHECK_STR(output_of("help", &status), page);
    for (size_t i = 0; ct_commands[i]; i++)
        CHECK(strstr(page, ct_commands[i]->name) != NULL);
    CHECK(ct_slice_starts(ct_slice(output_of("--version", &status)), "calotype "));
}

TEST(help__mistakes_print_nothing_on_stdout)
{
    static const char *const lines[] = {
        "",           "nonsense",       "help nonsense",
        "help a b",   "--nonsense",     "key",
        "completion", "completion zsh", "serve --nonsense",
        "key sell",   "key create",     "serve --set nonsense",
    };
    int status = -1;
    if (!program_is_there())
        return;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        CHECK_STR(output_of(lines[i], &status), "");
        CHECK_INT(status, CT_EXIT_USAGE);
    }
}

TEST(help__the_manual_page_is_clean_roff)
{
    int status = -1;
    if (!program_is_there())
        return;
    const char *page = output_of("help --man", &status);
    CHECK_INT(status, CT_EXIT_OK);
    CHECK(strstr(page, ".TH CALOTYPE 1") == page);
    CHECK(strstr(page, ".SH SETTINGS") != NULL && strstr(page, ".SH EXIT STATUS") != NULL);
    for (const char *line = page; line && *line; line = strchr(line, '\n')) {
        line += *line == '\n';
        static const char *const requests[] = { ".TH ", ".SH ",  ".SS ",  ".TP\n", ".B ",
                                                ".I ",  ".PP\n", ".nf\n", ".fi\n" };
        bool known = *line != '.' && *line != '\'';
        for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
            known = known || ct_slice_starts(ct_slice(line), requests[i]);
        CHECK(known);
    }
}

TEST(help__the_completion_is_bash_and_knows_all)
{
    int status = -1;
    if (!program_is_there())
        return;
    const char *script = output_of("completion bash", &status);
    CHECK_INT(status, CT_EXIT_OK);
    for (size_t i = 0; ct_commands[i]; i++) {
        for (const struct ct_option *o = ct_commands[i]->options; o && o->name; o++) {
            char option[64];
            snprintf(option, sizeof(option), " --%s", o->name);
            CHECK(strstr(script, option) != NULL);
        }
    }
    if (system("bash -c true 2>/dev/null") != 0) {
        t_skip("there is no bash");
        return;
    }
    output_of("completion bash | bash -n", &status);
    CHECK_INT(status, 0);
    CHECK_STR(
        output_of("completion bash > /dev/null; "
                  "bash -c 'source <(\"$CALOTYPE\" completion bash); COMP_WORDS=(calotype se); "
                  "COMP_CWORD=1; _calotype; echo \"${COMPREPLY[*]}\"'",
                  &status),
        "serve\n");
}
