/* --config, --data, --listen and --set, on top of what config.c reads. */
#include "cli/settings.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_SETS 32
#define SET_NAME_MAX 64

struct sets {
    struct ct_config_override list[MAX_SETS + 2];
    char names[MAX_SETS][SET_NAME_MAX];
    int n;
    const char *bad; /* a --set that is no NAME=VALUE, or one too many */
};

static void add_set(void *ctx, const char *value)
{
    struct sets *sets = ctx;
    const char *equals = strchr(value, '=');
    size_t len = equals ? (size_t)(equals - value) : 0;
    if (len == 0 || len >= SET_NAME_MAX || sets->n == MAX_SETS) {
        sets->bad = value;
        return;
    }
    memcpy(sets->names[sets->n], value, len);
    sets->list[sets->n] = (struct ct_config_override){ sets->names[sets->n], equals + 1 };
    sets->n++;
}

ct_code ct_settings_load(struct ct_config *out, const struct ct_args *args, struct ct_err *err)
{
    static const char *const direct[] = { "data", "listen" };
    struct sets sets = { .n = 0 };

    ct_args_each(args, "set", add_set, &sets);
    if (sets.bad)
        return ct_fail(err, CT_E_USAGE, NULL, "--set wants NAME=VALUE, not '%s'.", sets.bad);
    for (size_t i = 0; i < sizeof(direct) / sizeof(direct[0]); i++) {
        const char *value = ct_args_get(args, direct[i]);
        if (value)
            sets.list[sets.n++] = (struct ct_config_override){ direct[i], value };
    }
    return ct_config_load(out, ct_args_get(args, "config"), sets.list, sets.n, err);
}

ct_code ct_settings_check_data(const struct ct_config *config, struct ct_err *err)
{
    char path[CT_CONFIG_TEXT_MAX + 16];
    snprintf(path, sizeof(path), "%s/calotype.db", config->data);
    if (access(path, F_OK) == 0)
        return CT_OK;
    if (errno != ENOENT && errno != ENOTDIR)
        return ct_fail_errno(err, CT_E_CONFIG, "%s cannot be opened", path);
    return ct_fail(err, CT_E_CONFIG, NULL,
                   "%s has no data of Calotype. Name its folder with --data DIR or CALOTYPE_DATA; "
                   "`calotype serve` or `calotype key create NAME` makes one.",
                   config->data);
}
