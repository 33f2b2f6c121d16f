#include "t.h"

#include "base/slice.h"
#include "cli/command.h"

static const struct ct_option options[] = {
    { .name = "size", .value = "WxH" },
    { .name = "output", .letter = 'o', .value = "FILE" },
    { .name = "force", .letter = 'f' },
    { .name = "set", .value = "NAME=VALUE", .repeatable = true },
    { .name = NULL },
};
static const struct ct_command command = {
    .name = "toy", .synopsis = "WORD", .options = options, .min_words = 1, .max_words = 2
};
static const struct ct_command bare = { .name = "bare" };

static struct ct_args args;
static struct ct_err err;
static char *words[16];

/* Splits at blanks; an underscore stands for an empty argument. */
static ct_code parse_as(const struct ct_command *c, const char *line)
{
    static char text[256];
    char *save = NULL;
    int n = 0;
    snprintf(text, sizeof(text), "%s", line);
    for (char *w = strtok_r(text, " ", &save); w && n < 16; w = strtok_r(NULL, " ", &save)) {
        if (strcmp(w, "_") == 0)
            *w = '\0';
        words[n++] = w;
    }
    err = (struct ct_err){ 0 };
    return ct_args_parse(&args, c, n, words, &err);
}

static ct_code parse(const char *line)
{
    return parse_as(&command, line);
}

TEST(args__values_in_every_spelling)
{
    static const char *const lines[] = { "--output=a.png mug", "--output a.png mug", "-o a.png mug",
                                         "mug -o a.png", "-o first mug --output=a.png" };
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        CHECK_INT(parse(lines[i]), CT_OK);
        CHECK_STR(ct_args_get(&args, "output"), "a.png");
        CHECK(ct_args_get(&args, "size") == NULL);
        CHECK_INT(args.n_words, 1);
        CHECK_STR(args.words[0], "mug");
    }
    CHECK_INT(parse("--output= mug"), CT_OK);
    CHECK_STR(ct_args_get(&args, "output"), "");
    CHECK_INT(parse("--set=a=b=c mug"), CT_OK);
    CHECK_STR(ct_args_get(&args, "set"), "a=b=c");
    CHECK_INT(parse("-o - mug"), CT_OK);
    CHECK_STR(ct_args_get(&args, "output"), "-");
    CHECK_INT(parse("-o --force mug"), CT_OK); /* a value is a value, whatever it looks like */
    CHECK_STR(ct_args_get(&args, "output"), "--force");
    CHECK(ct_args_get(&args, "force") == NULL);
    CHECK(ct_args_get(&args, "unheard-of") == NULL);
}

TEST(args__switches_take_no_value)
{
    CHECK_INT(parse("-f mug --force"), CT_OK);
    CHECK_STR(ct_args_get(&args, "force"), "");
    CHECK_INT(parse("mug"), CT_OK);
    CHECK(ct_args_get(&args, "force") == NULL);
    CHECK_INT(parse("--force=yes mug"), CT_E_USAGE);
    CHECK_STR(err.msg, "--force takes no value.");
    CHECK_INT(parse("--force= mug"), CT_E_USAGE);
}

TEST(args__two_dashes_end_the_options)
{
    CHECK_INT(parse("-- --force -o"), CT_OK);
    CHECK_INT(args.n_words, 2);
    CHECK_STR(args.words[0], "--force");
    CHECK_STR(args.words[1], "-o");
    CHECK(ct_args_get(&args, "force") == NULL);
    CHECK_INT(parse("a -- --"), CT_OK);
    CHECK_STR(args.words[1], "--");
    CHECK_INT(parse("- _"), CT_OK); /* a dash alone and an empty word are words */
    CHECK_STR(args.words[0], "-");
    CHECK_STR(args.words[1], "");
}

TEST(args__mistakes_are_told_apart)
{
    static const struct {
        const char *line, *part;
    } cases[] = {
        { "--sizes 1 mug", "There is no option '--sizes'; `calotype toy --help`" },
        { "--siz=1 mug", "There is no option '--siz';" },
        { "--=1 mug", "There is no option '--'" },
        { "-x mug", "There is no option '-x'" },
        { "-oa.png mug", "There is no option '-oa.png'" },
        { "-fo mug", "There is no option '-fo'" },
        { "mug --size", "--size needs a value: --size WxH." },
        { "mug -o", "--output needs a value: --output FILE." },
        { "a b c", "'c' is one word too many" },
        { "", "Something is missing behind `calotype toy`." },
        { "--", "Something is missing" },
        { "--force", "Something is missing" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CHECK_INT(parse(cases[i].line), CT_E_USAGE);
        CHECK(strstr(err.msg, cases[i].part) != NULL);
    }
    CHECK_INT(parse_as(&bare, ""), CT_OK);
    CHECK_INT(parse_as(&bare, "--help"), CT_E_USAGE);
    CHECK_INT(parse_as(&bare, "word"), CT_E_USAGE);
}

static void collect(void *ctx, const char *value)
{
    char *text = ctx;
    strcat(strcat(text, value), ";");
}

TEST(args__each_value_of_a_repeatable_option)
{
    char values[128] = "";
    CHECK_INT(parse("--set a=1 -o --set mug --set=b=2 -f --set c -- --set"), CT_OK);
    ct_args_each(&args, "set", collect, values);
    CHECK_STR(values, "a=1;b=2;c;");
    values[0] = '\0';
    ct_args_each(&args, "size", collect, values);
    CHECK_STR(values, "");
}

TEST(args__the_shipped_tables_fit_their_limits)
{
    for (size_t i = 0; ct_commands[i]; i++) {
        int n = 0;
        for (const struct ct_option *o = ct_commands[i]->options; o && o->name; o++, n++)
            CHECK(o->doc && o->doc[0]);
        CHECK(n <= CT_MAX_OPTIONS);
        CHECK(ct_commands[i]->max_words <= CT_MAX_WORDS);
        CHECK(ct_commands[i]->min_words <= ct_commands[i]->max_words);
        CHECK(ct_find_command(ct_commands[i]->name) == ct_commands[i]);
    }
    CHECK(ct_find_command("gen") == NULL);
    CHECK(ct_find_command("") == NULL);
}
