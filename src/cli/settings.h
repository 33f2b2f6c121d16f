/* The options that several commands share: where the settings and the data are. */
#ifndef CT_CLI_SETTINGS_H
#define CT_CLI_SETTINGS_H

#include "cli/command.h"
#include "daemon/config.h"

#define CT_SETTINGS_OPTIONS                                                                        \
    { .name = "data", .value = "DIR", .doc = "folder of pictures, keys and the secret" },          \
        { .name = "config", .value = "FILE", .doc = "settings file (YAML)" },                      \
    {                                                                                              \
        .name = "set", .value = "NAME=VALUE", .doc = "one setting; `calotype help config` lists "  \
                                                     "them",                                       \
        .repeatable = true                                                                         \
    }

/* The command's settings: files, environment, then its own options. */
CT_MUSTCHECK ct_code ct_settings_load(struct ct_config *out, const struct ct_args *args,
                                      struct ct_err *err);

/* CT_E_CONFIG unless the data folder has a database: commands that only look at one, or change what
 * is in it, make none where a name was mistyped. */
CT_MUSTCHECK ct_code ct_settings_check_data(const struct ct_config *config, struct ct_err *err);

#endif
