/* `calotype key create|list|revoke`. */
#include "cli/settings.h"
#include "store/keys.h"

#include "base/mem.h"

#include <string.h>

static int create_key(struct ct_keys *keys, const char *name, struct ct_err *err)
{
    char secret[CT_KEY_SECRET_MAX];
    struct ct_key_info info;
    if (ct_keys_create(keys, secret, &info, ct_slice(name), err) != CT_OK)
        return ct_cli_fail(err);
    fprintf(stderr, "Made %s (%s). Keep it now; it cannot be shown again:\n", info.id, info.name);
    printf("%s\n", secret);
    ct_wipe(secret, sizeof(secret));
    return CT_EXIT_OK;
}

static void print_key(void *ctx, const struct ct_key_info *info)
{
    (void)ctx;
    printf("%-18s %s  %-8s %s\n", info->id, info->created, info->revoked ? "revoked" : "active",
           info->name);
}

static int run_key(const struct ct_args *args)
{
    const char *verb = args->words[0], *word = args->n_words > 1 ? args->words[1] : NULL;
    struct ct_config config;
    struct ct_keys *keys = NULL;
    struct ct_err err = { 0 };
    int status;

    if (ct_settings_load(&config, args, &err) != CT_OK ||
        ct_keys_open(&keys, config.data, &err) != CT_OK)
        return ct_cli_fail(&err);
    if (strcmp(verb, "create") == 0 && word) {
        status = create_key(keys, word, &err);
    } else if (strcmp(verb, "list") == 0 && !word) {
        ct_keys_each(keys, print_key, NULL);
        status = CT_EXIT_OK;
    } else if (strcmp(verb, "revoke") == 0 && word) {
        status = ct_keys_revoke(keys, ct_slice(word), &err) == CT_OK ? CT_EXIT_OK
                                                                     : ct_cli_fail(&err);
        if (status == CT_EXIT_OK)
            fprintf(stderr, "Revoked %s; running servers notice within a second.\n", word);
    } else {
        ct_fail(&err, CT_E_USAGE, NULL, "key wants: create NAME, list, or revoke ID.");
        status = ct_cli_fail(&err);
    }
    ct_keys_close(&keys);
    return status;
}

const struct ct_command ct_command_key = {
    .name = "key",
    .synopsis = "create NAME | list | revoke ID [--data DIR]",
    .summary = "Make, list and revoke API keys",
    .details = "A key is shown once, when it is made; only its hash is stored.\n",
    .examples = "  calotype key create \"laptop of Ada\"\n  calotype key list\n",
    .options = (const struct ct_option[]){ CT_SETTINGS_OPTIONS, { .name = NULL } },
    .min_words = 1,
    .max_words = 2,
    .run = run_key,
};
