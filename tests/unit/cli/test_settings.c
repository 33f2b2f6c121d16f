#include "t.h"

#include "folder.h"

#include "cli/settings.h"

static const struct ct_option options[] = {
    { .name = "listen", .value = "ADDRESS:PORT" },
    CT_SETTINGS_OPTIONS,
    { .name = NULL },
};
static const struct ct_command command = { .name = "toy", .options = options };
static struct ct_config config;
static struct ct_err err;

static ct_code load(int argc, const char *const *list)
{
    static char text[64][64];
    char *argv[64];
    struct ct_args args;
    for (int i = 0; i < argc; i++) {
        snprintf(text[i], sizeof(text[i]), "%s", list[i]);
        argv[i] = text[i];
    }
    err = (struct ct_err){ 0 };
    CHECK_INT(ct_args_parse(&args, &command, argc, argv, NULL), CT_OK);
    return ct_settings_load(&config, &args, &err);
}

static struct folder set_up(void)
{
    struct folder home = folder_make();
    setenv("HOME", home.path, 1);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("CALOTYPE_CONFIG");
    return home;
}

TEST(settings__options_beat_sets_and_the_last_set_counts)
{
    static const char *const list[] = {
        "--data",  "/direct", "--set",   "data=/set", "--set",
        "queue=1", "--set",   "queue=2", "--set",     "public_url=http://a?b=c"
    };
    struct folder home = set_up();
    CHECK_INT(load(10, list), CT_OK);
    CHECK_STR(config.data, "/direct");
    CHECK_STR(config.public_url, "http://a?b=c");
    CHECK_INT(config.queue, 2);
    folder_remove(&home);
}

TEST(settings__a_set_needs_a_name_and_a_value)
{
    static const char *const bad[] = { "queue", "=1", "", "=" };
    struct folder home = set_up();
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        const char *list[] = { "--set", bad[i] };
        CHECK_INT(load(2, list), CT_E_USAGE);
        CHECK(strstr(err.msg, "--set wants NAME=VALUE") != NULL);
    }
    static const char *const unknown[] = { "--set", "lissen=1" };
    CHECK_INT(load(2, unknown), CT_E_CONFIG);
    static const char *const missing[] = { "--config", "/nowhere/c.yaml" };
    CHECK_INT(load(2, missing), CT_E_CONFIG);
    folder_remove(&home);
}

TEST(settings__so_many_sets_and_no_more)
{
    const char *list[64];
    struct folder home = set_up();
    for (int i = 0; i < 32; i++)
        list[i] = "--set=queue=5";
    CHECK_INT(load(32, list), CT_OK);
    list[32] = "--set=queue=6";
    CHECK_INT(load(33, list), CT_E_USAGE);
    folder_remove(&home);
}
