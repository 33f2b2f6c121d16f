#include "t.h"

#include "folder.h"

#include "daemon/config.h"

#include <sys/stat.h>

static const char *const variables[] = {
    "CALOTYPE_CONFIG",        "CALOTYPE_LISTEN",      "CALOTYPE_DATA",       "CALOTYPE_MODELS",
    "CALOTYPE_COMPAT",        "CALOTYPE_URL_MINUTES", "CALOTYPE_PUBLIC_URL", "CALOTYPE_RUNNERS",
    "CALOTYPE_DEFAULT_MODEL", "CALOTYPE_QUEUE",       "CALOTYPE_LOG_LEVEL",  "CALOTYPE_LOG_FORMAT",
    "XDG_CONFIG_HOME",        "XDG_DATA_HOME",
};

/* An empty home, and none of our variables set. */
static struct folder set_up(void)
{
    struct folder folder = folder_make();
    for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
        unsetenv(variables[i]);
    setenv("HOME", folder.path, 1);
    return folder;
}

static struct ct_config config; /* 6 KB: not on every frame */
static struct ct_err err;

static ct_code load(const char *file)
{
    err = (struct ct_err){ 0 };
    return ct_config_load(&config, file, NULL, 0, &err);
}

static ct_code load_text(const struct folder *folder, const char *text)
{
    CHECK(folder_write(folder, "c.yaml", text));
    return load(folder_path(folder, "c.yaml"));
}

static ct_code load_set(const char *name, const char *value)
{
    struct ct_config_override set = { name, value };
    err = (struct ct_err){ 0 };
    return ct_config_load(&config, NULL, &set, 1, &err);
}

TEST(config__defaults_need_no_file)
{
    struct folder home = set_up();
    char data[300];
    CHECK_INT(load(NULL), CT_OK);
    snprintf(data, sizeof(data), "%s/.local/share/calotype", home.path);
    CHECK_STR(config.listen, "127.0.0.1:8787");
    CHECK_STR(config.data, data);
    CHECK_STR(config.models, "");
    CHECK_STR(config.default_model, "gpt-image-2");
    CHECK_STR(config.public_url, "");
    CHECK_STR(config.organization, "calotype");
    CHECK_STR(config.file, "");
    CHECK_INT(config.compat, 0);
    CHECK_INT(config.allow_preview_transparent, 0);
    CHECK_INT(config.url_minutes, 60);
    CHECK_INT(config.runners, 0);
    CHECK_INT(config.queue, 256);
    CHECK_INT(config.loops, 0);
    CHECK_INT(config.drain_seconds, 30);
    CHECK_INT(config.log_level, 2);
    CHECK_INT(config.log_format, 0);
    setenv("XDG_DATA_HOME", "/xdg", 1);
    CHECK_INT(load(NULL), CT_OK);
    CHECK_STR(config.data, "/xdg/calotype");
    setenv("XDG_DATA_HOME", "relative", 1); /* the XDG specification: to be ignored */
    CHECK_INT(load(NULL), CT_OK);
    CHECK_STR(config.data, data);
    folder_remove(&home);
}

/* Every setting of config.def with another value than its default, and where it arrives. */
static const struct row {
    const char *name, *value, *env;
    const char *text; /* the text field, or NULL for a number */
    const int *number;
    int expected;
} rows[] = {
    { "listen", "0.0.0.0:1", "CALOTYPE_LISTEN", config.listen, NULL, 0 },
    { "data", "/d", "CALOTYPE_DATA", config.data, NULL, 0 },
    { "models", "/m", "CALOTYPE_MODELS", config.models, NULL, 0 },
    { "compat", "strict", "CALOTYPE_COMPAT", NULL, &config.compat, 1 },
    { "default_model", "m1", "CALOTYPE_DEFAULT_MODEL", config.default_model, NULL, 0 },
    { "allow_preview_transparent", "true", NULL, NULL, &config.allow_preview_transparent, 1 },
    { "url_minutes", "10080", "CALOTYPE_URL_MINUTES", NULL, &config.url_minutes, 10080 },
    { "public_url", "https://a.b", "CALOTYPE_PUBLIC_URL", config.public_url, NULL, 0 },
    { "organization", "acme", NULL, config.organization, NULL, 0 },
    { "runners", "64", "CALOTYPE_RUNNERS", NULL, &config.runners, 64 },
    { "edit_body_mb", "4096", NULL, NULL, &config.edit_body_mb, 4096 },
    { "fetch_http", "true", NULL, NULL, &config.fetch_http, 1 },
    { "fetch_private", "true", NULL, NULL, &config.fetch_private, 1 },
    { "fetchers", "1", NULL, NULL, &config.fetchers, 1 },
    { "queue", "1", "CALOTYPE_QUEUE", NULL, &config.queue, 1 },
    { "task_queue", "7", NULL, NULL, &config.task_queue, 7 },
    { "wait_seconds", "86400", NULL, NULL, &config.wait_seconds, 86400 },
    { "task_wait_hours", "720", NULL, NULL, &config.task_wait_hours, 720 },
    { "task_hours", "720", NULL, NULL, &config.task_hours, 720 },
    { "cache", "true", NULL, NULL, &config.cache, 1 },
    { "cache_mb", "8", NULL, NULL, &config.cache_mb, 8 },
    { "cache_memory_mb", "9", NULL, NULL, &config.cache_memory_mb, 9 },
    { "cache_hours", "10", NULL, NULL, &config.cache_hours, 10 },
    { "cache_price", "50", NULL, NULL, &config.cache_price, 50 },
    { "replay_hours", "48", NULL, NULL, &config.replay_hours, 48 },
    { "replay_mb", "64", NULL, NULL, &config.replay_mb, 64 },
    { "budgets_count_simulated", "false", NULL, NULL, &config.budgets_count_simulated, 0 },
    { "loops", "3", NULL, NULL, &config.loops, 3 },
    { "drain_seconds", "0", NULL, NULL, &config.drain_seconds, 0 },
    { "log_level", "debug", "CALOTYPE_LOG_LEVEL", NULL, &config.log_level, 3 },
    { "log_format", "json", "CALOTYPE_LOG_FORMAT", NULL, &config.log_format, 1 },
    { "log_file", "/var/log/c.log", "CALOTYPE_LOG_FILE", config.log_file, NULL, 0 },
    { "log_prompts", "true", NULL, NULL, &config.log_prompts, 1 },
    { "ledger_days", "36500", NULL, NULL, &config.ledger_days, 36500 },
    { "min_free_mb", "0", NULL, NULL, &config.min_free_mb, 0 },
    { "secret", "ab", "CALOTYPE_SECRET", config.secret, NULL, 0 },
    { "secret_file", "/run/x", "CALOTYPE_SECRET_FILE", config.secret_file, NULL, 0 },
};
#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

static void check_arrived(const struct row *row)
{
    if (row->text)
        CHECK_STR(row->text, row->value);
    else
        CHECK_INT(*row->number, row->expected);
}

TEST(config__every_setting_from_the_file)
{
    struct folder home = set_up();
    char text[256];
    for (size_t i = 0; i < N_ROWS; i++) {
        snprintf(text, sizeof(text), "# remark\n%s: %s\n", rows[i].name, rows[i].value);
        CHECK_INT(load_text(&home, text), CT_OK);
        check_arrived(&rows[i]);
        CHECK_STR(config.file, folder_path(&home, "c.yaml"));
        snprintf(text, sizeof(text), "%s: \"%s\"\n", rows[i].name, rows[i].value);
        CHECK_INT(load_text(&home, text), CT_OK); /* quoted is the same */
        check_arrived(&rows[i]);
    }
    folder_remove(&home);
}

TEST(config__every_setting_from_the_environment_and_the_command_line)
{
    struct folder home = set_up();
    for (size_t i = 0; i < N_ROWS; i++) {
        CHECK_INT(load_set(rows[i].name, rows[i].value), CT_OK);
        check_arrived(&rows[i]);
        if (!rows[i].env)
            continue;
        setenv(rows[i].env, rows[i].value, 1);
        CHECK_INT(load(NULL), CT_OK);
        check_arrived(&rows[i]);
        unsetenv(rows[i].env);
    }
    folder_remove(&home);
}

TEST(config__the_table_has_no_other_settings)
{
    size_t n = 0;
#define CT_SETTING(title, kind, field, fallback, variable, range, doc)                             \
    CHECK_STR(n < N_ROWS ? rows[n].name : "(a row is missing above)", title);                      \
    n++;
#include "daemon/config.def"
#undef CT_SETTING
    CHECK_INT(n, N_ROWS);
}

TEST(config__later_sources_win)
{
    struct folder home = set_up();
    const struct ct_config_override sets[] = { { "queue", "3" }, { "queue", "4" } };
    REQUIRE(folder_write(&home, "c.yaml", "queue: 1\nloops: 5\n"));
    setenv("CALOTYPE_CONFIG", folder_path(&home, "c.yaml"), 1);
    CHECK_INT(load(NULL), CT_OK);
    CHECK_INT(config.queue, 1);
    setenv("CALOTYPE_QUEUE", "2", 1);
    CHECK_INT(load(NULL), CT_OK);
    CHECK_INT(config.queue, 2);
    CHECK_INT(ct_config_load(&config, NULL, sets, 2, NULL), CT_OK);
    CHECK_INT(config.queue, 4);
    CHECK_INT(config.loops, 5);
    setenv("CALOTYPE_QUEUE", "", 1); /* empty is as good as unset */
    CHECK_INT(load(NULL), CT_OK);
    CHECK_INT(config.queue, 1);
    REQUIRE(folder_write(&home, "other.yaml", "queue: 9\n"));
    CHECK_INT(load(folder_path(&home, "other.yaml")), CT_OK); /* --config beats the variable */
    CHECK_INT(config.queue, 9);
    folder_remove(&home);
}

TEST(config__the_standard_file_is_read_when_it_is_there)
{
    struct folder home = set_up();
    REQUIRE(mkdir(folder_path(&home, ".config"), 0700) == 0);
    REQUIRE(mkdir(folder_path(&home, ".config/calotype"), 0700) == 0);
    REQUIRE(folder_write(&home, ".config/calotype/calotype.yaml", "queue: 7\n"));
    CHECK_INT(load(NULL), CT_OK);
    CHECK_INT(config.queue, 7);
    REQUIRE(folder_write(&home, ".config/calotype/calotype.yaml", "nonsense: 7\n"));
    CHECK_INT(load(NULL), CT_E_CONFIG);
    setenv("HOME", "/dev/null", 1); /* a service's user without a home */
    CHECK_INT(load(NULL), CT_OK);
    folder_remove(&home);
}

TEST(config__a_named_file_must_be_there)
{
    struct folder home = set_up();
    CHECK_INT(load(folder_path(&home, "missing.yaml")), CT_E_CONFIG);
    CHECK(strstr(err.msg, "missing.yaml") != NULL);
    CHECK_INT(load(home.path), CT_E_CONFIG); /* a folder */
    setenv("CALOTYPE_CONFIG", "/nowhere/c.yaml", 1);
    CHECK_INT(load(NULL), CT_E_CONFIG);
    CHECK(strstr(err.msg, "/nowhere/c.yaml") != NULL);
    CHECK_INT(ct_config_load(&config, "/nowhere/c.yaml", NULL, 0, NULL), CT_E_CONFIG);
    folder_remove(&home);
}

TEST(config__an_unknown_key_names_its_line_and_the_known_ones)
{
    struct folder home = set_up();
    CHECK_INT(load_text(&home, "queue: 1\n\nlissen: x\n"), CT_E_CONFIG);
    CHECK(strstr(err.msg, "c.yaml:3: unknown setting 'lissen'; known are listen, data,") != NULL);
    char last[80];
    snprintf(last, sizeof(last), ", %s.", rows[N_ROWS - 1].name);
    CHECK(strstr(err.msg, last) != NULL); /* the list is whole */
    CHECK_INT(load_set("lissen", "x"), CT_E_CONFIG);
    CHECK(strstr(err.msg, "command line: unknown setting 'lissen'") != NULL);
    CHECK_INT(load_set("", "x"), CT_E_CONFIG);
    folder_remove(&home);
}

TEST(config__values_out_of_range_say_what_is_right)
{
    static const struct {
        const char *name, *value, *right;
    } cases[] = {
        { "url_minutes", "0", "from 1 to 10080" },
        { "url_minutes", "10081", "from 1 to 10080" },
        { "url_minutes", "60.5", "from 1 to 10080" },
        { "url_minutes", "-1", "from 1 to 10080" },
        { "url_minutes", "99999999999999999999", "from 1 to 10080" },
        { "url_minutes", "", "from 1 to 10080" },
        { "url_minutes", "1 ", "from 1 to 10080" },
        { "runners", "65", "from 0 to 64" },
        { "queue", "0", "from 1 to 100000" },
        { "loops", "many", "from 0 to 64" },
        { "drain_seconds", "3601", "from 0 to 3600" },
        { "compat", "exact", "one of extended|strict" },
        { "compat", "", "one of extended|strict" },
        { "compat", "extended|strict", "one of extended|strict" },
        { "log_level", "INFO", "one of error|warn|info|debug" },
        { "log_format", "xml", "one of logfmt|json" },
        { "allow_preview_transparent", "yes", "true or false" },
        { "allow_preview_transparent", "1", "true or false" },
        { "data", "", "folder of pictures" },
    };
    struct folder home = set_up();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[256];
        CHECK_INT(load_set(cases[i].name, cases[i].value), CT_E_CONFIG);
        CHECK(strstr(err.msg, cases[i].right) != NULL);
        CHECK(strstr(err.msg, cases[i].name) != NULL);
        snprintf(text, sizeof(text), "%s: \"%s\"\n", cases[i].name, cases[i].value);
        CHECK_INT(load_text(&home, text), CT_E_CONFIG);
        CHECK(strstr(err.msg, cases[i].right) != NULL);
    }
    setenv("CALOTYPE_RUNNERS", "many", 1);
    CHECK_INT(load(NULL), CT_E_CONFIG);
    CHECK(strstr(err.msg, "CALOTYPE_RUNNERS: runners cannot be 'many'") != NULL);
    folder_remove(&home);
}

TEST(config__texts_have_a_limit)
{
    struct folder home = set_up();
    char text[CT_CONFIG_TEXT_MAX + 1];
    memset(text, 'x', sizeof(text));
    text[CT_CONFIG_TEXT_MAX - 1] = '\0';
    CHECK_INT(load_set("organization", text), CT_OK);
    CHECK_STR(config.organization, text);
    text[CT_CONFIG_TEXT_MAX - 1] = 'x';
    text[CT_CONFIG_TEXT_MAX] = '\0';
    CHECK_INT(load_set("organization", text), CT_E_CONFIG);
    CHECK(strstr(err.msg, "at most 1023 bytes") != NULL);
    CHECK_INT(load_text(&home, "organization: \"a\\0b\"\n"), CT_E_CONFIG);
    folder_remove(&home);
}

TEST(config__a_file_that_is_no_list_of_settings)
{
    static const char *const bad[] = {
        "- queue\n- 1\n",
        "just words\n",
        "42\n",
        "queue: [1, 2]\n",
        "queue: {a: 1}\n",
        "queue:\n",
        "queue: 1\nqueue: 2\n",
        "queue: 1\n  listen: x\n",
        "a: b: c\n",
        "\xff\xfe",
        "queue: \"1\n",
    };
    static const char *const fine[] = { "", "\n\n", "# only a remark\n", "---\n", "queue: 1" };
    struct folder home = set_up();
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK_INT(load_text(&home, bad[i]), CT_E_CONFIG);
        CHECK(strstr(err.msg, "c.yaml") != NULL);
    }
    for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++)
        CHECK_INT(load_text(&home, fine[i]), CT_OK);
    folder_remove(&home);
}

TEST(config__models_are_looked_for_beside_the_file)
{
    struct folder home = set_up();
    CHECK_INT(load_text(&home, "queue: 1\n"), CT_OK);
    CHECK_STR(config.models, "");
    REQUIRE(mkdir(folder_path(&home, "models"), 0700) == 0);
    CHECK_INT(load_text(&home, "queue: 1\n"), CT_OK);
    CHECK_STR(config.models, folder_path(&home, "models"));
    CHECK_INT(load_text(&home, "models: /elsewhere\n"), CT_OK);
    CHECK_STR(config.models, "/elsewhere");
    folder_remove(&home);
}

TEST(config__describe_explains_every_setting)
{
    struct ct_buf b;
    ct_buf_init(&b, 65536);
    ct_config_describe(&b);
    const char *text = ct_buf_text(&b);
    for (size_t i = 0; i < N_ROWS; i++) {
        CHECK(strstr(text, rows[i].name) != NULL);
        CHECK(!rows[i].env || strstr(text, rows[i].env) != NULL);
    }
    ct_buf_release(&b);
}
