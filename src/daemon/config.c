/* Reading settings by table. Each source gives (name, text) pairs to set_value(), which is the
 * only place that checks a value; the file gives its values as the text that was written. */
#include "daemon/config.h"

#include "base/file.h"
#include "base/yaml.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CONFIG_FILE_MAX ((size_t)1 << 20)

enum kind { TEXT, PATH, INT, BOOL, CHOICE };

struct setting {
    const char *name;
    enum kind kind;
    size_t offset;
    const char *fallback, *env, *range, *doc;
};

static const struct setting settings[] = {
#define CT_SETTING(name, kind, field, fallback, env, range, doc)                                   \
    { name, kind, offsetof(struct ct_config, field), fallback, env, range, doc },
#include "daemon/config.def"
#undef CT_SETTING
};
#define N_SETTINGS (sizeof(settings) / sizeof(settings[0]))

static const struct setting *find_setting(struct ct_slice name)
{
    for (size_t i = 0; i < N_SETTINGS; i++)
        if (ct_slice_is(name, settings[i].name))
            return &settings[i];
    return NULL;
}

static ct_code unknown_setting(struct ct_slice name, const char *where, struct ct_err *err)
{
    char known[900] = "";
    size_t at = 0;
    for (size_t i = 0; i < N_SETTINGS && at < sizeof(known); i++)
        at += (size_t)snprintf(known + at, sizeof(known) - at, "%s%s", i ? ", " : "",
                               settings[i].name);
    return ct_fail(err, CT_E_CONFIG, NULL, "%s: unknown setting '%.*s'; known are %s.", where,
                   CT_SARG(name), known);
}

static ct_code set_choice(int *out, const struct setting *s, struct ct_slice value,
                          const char *where, struct ct_err *err)
{
    struct ct_slice rest = ct_slice(s->range), one;
    for (int i = 0; rest.len > 0; i++) {
        struct ct_slice tail = { 0 };
        if (!ct_slice_cut(rest, '|', &one, &tail)) {
            one = rest;
            tail.len = 0;
        }
        if (ct_slice_eq(one, value)) {
            *out = i;
            return CT_OK;
        }
        rest = tail;
    }
    return ct_fail(err, CT_E_CONFIG, NULL, "%s: %s cannot be '%.*s'; it is one of %s.", where,
                   s->name, CT_SARG(value), s->range);
}

static ct_code set_int(int *out, const struct setting *s, struct ct_slice value, const char *where,
                       struct ct_err *err)
{
    struct ct_slice range = ct_slice(s->range);
    const char *dots = strstr(s->range, "..");
    size_t low_len = dots ? (size_t)(dots - s->range) : 0;
    int64_t number, low = 0, high = 0;
    if (!dots || !ct_slice_i64(ct_slice_sub(range, 0, low_len), &low) ||
        !ct_slice_i64(ct_slice_sub(range, low_len + 2, range.len), &high))
        return ct_fail(err, CT_E_INTERNAL, NULL, "The range of %s is damaged.", s->name);
    if (!ct_slice_i64(value, &number) || number < low || number > high)
        return ct_fail(err, CT_E_CONFIG, NULL,
                       "%s: %s cannot be '%.*s'; it is a whole number from %lld to %lld.", where,
                       s->name, CT_SARG(value), (long long)low, (long long)high);
    *out = (int)number;
    return CT_OK;
}

static ct_code set_value(struct ct_config *c, const struct setting *s, struct ct_slice value,
                         const char *where, struct ct_err *err)
{
    void *field = (char *)c + s->offset;
    switch (s->kind) {
    case INT:
        return set_int(field, s, value, where, err);
    case CHOICE:
        return set_choice(field, s, value, where, err);
    case BOOL:
        if (!ct_slice_is(value, "true") && !ct_slice_is(value, "false"))
            return ct_fail(err, CT_E_CONFIG, NULL, "%s: %s cannot be '%.*s'; it is true or false.",
                           where, s->name, CT_SARG(value));
        *(int *)field = ct_slice_is(value, "true");
        return CT_OK;
    case TEXT:
    case PATH:
        break;
    }
    if (value.len >= CT_CONFIG_TEXT_MAX || (value.len && memchr(value.ptr, '\0', value.len)))
        return ct_fail(err, CT_E_CONFIG, NULL, "%s: %s is too long (at most %d bytes).", where,
                       s->name, CT_CONFIG_TEXT_MAX - 1);
    memcpy(field, value.ptr ? value.ptr : "", value.len);
    ((char *)field)[value.len] = '\0';
    return CT_OK;
}

/* The value of a scalar as written; strings, numbers and booleans alike. */
static bool scalar_text(struct ct_slice *out, const struct ct_json *value)
{
    if (value->type == CT_JSON_BOOL)
        *out = value->boolean ? CT_S("true") : CT_S("false");
    else if (value->type == CT_JSON_STRING || value->type == CT_JSON_INT ||
             value->type == CT_JSON_REAL)
        *out = value->text;
    else
        return false;
    return true;
}

static ct_code apply_tree(struct ct_config *c, const struct ct_json *tree, const char *path,
                          struct ct_err *err)
{
    if (tree->type == CT_JSON_NULL)
        return CT_OK; /* an empty file */
    if (tree->type != CT_JSON_OBJECT)
        return ct_fail(err, CT_E_CONFIG, NULL, "%s: expected `setting: value` lines.", path);
    for (const struct ct_json *member = tree->child; member; member = member->next) {
        char where[CT_CONFIG_TEXT_MAX + 32];
        struct ct_slice text;
        const struct setting *s = find_setting(member->key);
        snprintf(where, sizeof(where), "%s:%u", path, member->line);
        if (!s)
            return unknown_setting(member->key, where, err);
        if (!scalar_text(&text, member))
            return ct_fail(err, CT_E_CONFIG, NULL, "%s: %s needs one plain value.", where, s->name);
        CT_TRY(set_value(c, s, text, where, err));
    }
    return CT_OK;
}

/* However a file fails to be read, it is the setting that names it which has to be mended. */
static ct_code unreadable(struct ct_err *err)
{
    struct ct_err cause = err ? *err : (struct ct_err){ 0 };
    return ct_fail(err, CT_E_CONFIG, NULL, "The settings cannot be read (%s).", cause.msg);
}

static ct_code apply_file(struct ct_config *c, const char *path, bool must_exist,
                          struct ct_err *err)
{
    struct ct_buf text;
    const struct ct_json *tree;
    if (!must_exist && access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return CT_OK;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new((size_t)4 << 20);
    if (!arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading the settings.");
    ct_buf_init(&text, CONFIG_FILE_MAX);
    ct_code rc = ct_file_read(&text, path, err);
    if (rc == CT_E_NOT_FOUND || rc == CT_E_IO)
        rc = unreadable(err);
    if (rc == CT_OK)
        rc = ct_yaml_parse(&tree, arena, ct_buf_slice(&text), path, err);
    if (rc == CT_OK)
        rc = apply_tree(c, tree, path, err);
    if (rc == CT_OK)
        snprintf(c->file, sizeof(c->file), "%s", path);
    ct_buf_release(&text);
    return rc;
}

/* $variable/rest, or $HOME/home_path/rest. */
static void xdg_path(char out[CT_CONFIG_TEXT_MAX], const char *variable, const char *home_path,
                     const char *rest)
{
    const char *base = getenv(variable), *home = getenv("HOME");
    if (base && base[0] == '/')
        snprintf(out, CT_CONFIG_TEXT_MAX, "%s/%s", base, rest);
    else
        snprintf(out, CT_CONFIG_TEXT_MAX, "%s/%s/%s", home && home[0] ? home : "/", home_path,
                 rest);
}

static ct_code apply_defaults(struct ct_config *c, struct ct_err *err)
{
    memset(c, 0, sizeof(*c));
    for (size_t i = 0; i < N_SETTINGS; i++)
        if (settings[i].fallback[0] != '<')
            CT_TRY(set_value(c, &settings[i], ct_slice(settings[i].fallback), "defaults", err));
    xdg_path(c->data, "XDG_DATA_HOME", ".local/share", "calotype");
    return CT_OK;
}

static ct_code apply_environment(struct ct_config *c, struct ct_err *err)
{
    for (size_t i = 0; i < N_SETTINGS; i++) {
        const char *value = settings[i].env ? getenv(settings[i].env) : NULL;
        if (value && value[0])
            CT_TRY(set_value(c, &settings[i], ct_slice(value), settings[i].env, err));
    }
    return CT_OK;
}

/* models: the folder beside the configuration file, when there is one. */
static void default_models(struct ct_config *c)
{
    char path[CT_CONFIG_TEXT_MAX + 16];
    const char *slash = strrchr(c->file, '/');
    if (c->models[0] || !c->file[0])
        return;
    if (slash)
        snprintf(path, sizeof(path), "%.*s/models", (int)(slash - c->file), c->file);
    else
        snprintf(path, sizeof(path), "models");
    if (access(path, R_OK | X_OK) == 0 && strlen(path) < sizeof(c->models))
        memcpy(c->models, path, strlen(path) + 1);
}

/* secret_file: what systemd's LoadCredential= hands over, when it does. */
static void default_secret(struct ct_config *c)
{
    char path[CT_CONFIG_TEXT_MAX + 32];
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    if (c->secret_file[0] || !folder || folder[0] != '/')
        return;
    snprintf(path, sizeof(path), "%s/calotype.secret", folder);
    if (access(path, F_OK) == 0 && strlen(path) < sizeof(c->secret_file))
        memcpy(c->secret_file, path, strlen(path) + 1);
}

ct_code ct_config_load(struct ct_config *out, const char *file,
                       const struct ct_config_override *overrides, int n_overrides,
                       struct ct_err *err)
{
    char standard[CT_CONFIG_TEXT_MAX];
    const char *named = file ? file : getenv("CALOTYPE_CONFIG");
    bool must_exist = named && named[0];

    CT_TRY(apply_defaults(out, err));
    xdg_path(standard, "XDG_CONFIG_HOME", ".config", "calotype/calotype.yaml");
    CT_TRY(apply_file(out, must_exist ? named : standard, must_exist, err));
    CT_TRY(apply_environment(out, err));
    for (int i = 0; i < n_overrides; i++) {
        struct ct_slice name = ct_slice(overrides[i].name);
        const struct setting *s = find_setting(name);
        if (!s)
            return unknown_setting(name, "command line", err);
        CT_TRY(set_value(out, s, ct_slice(overrides[i].value), "command line", err));
    }
    if (!out->data[0])
        return ct_fail(err, CT_E_CONFIG, NULL,
                       "The setting data is empty; it is the folder of pictures, keys and the "
                       "server's secret.");
    default_models(out);
    default_secret(out);
    return CT_OK;
}

ct_code ct_config_secret(struct ct_secret *out, const struct ct_config *config, struct ct_err *err)
{
    if (config->secret[0])
        return ct_secret_parse(out, ct_slice(config->secret), "secret", err);
    if (config->secret_file[0])
        return ct_secret_read(out, config->secret_file, err);
    return ct_secret_open(out, config->data, err);
}

void ct_config_describe(struct ct_buf *b)
{
    for (size_t i = 0; i < N_SETTINGS; i++) {
        const struct setting *s = &settings[i];
        ct_buf_printf(b, "  %s: %s\n      %s", s->name, s->fallback, s->doc);
        if (s->range[0])
            ct_buf_printf(b, " (%s)", s->range);
        if (s->env)
            ct_buf_printf(b, "\n      environment: %s", s->env);
        ct_buf_puts(b, "\n");
    }
}
