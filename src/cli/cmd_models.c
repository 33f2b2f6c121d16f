/* `calotype models`: the contracts this binary (and the operator's folder) knows; no server. */
#include "cli/settings.h"
#include "contract/usage.h"

static void print_model(const struct ct_model *m)
{
    char cost[32] = "no price";
    if (m->price.known) {
        struct ct_usage usage = { .image_tokens_out = ct_output_tokens(
                                      m, CT_QUALITY_MEDIUM, 1024, 1024) };
        ct_cost_text(cost, ct_usage_cost(m, &usage));
    }
    printf("%-34s %-9s %-12s %s%s\n", m->id, m->sizes == CT_SIZE_FREE ? "free-form" : "3 sizes",
           m->transparent ? "transparent" : "opaque", cost,
           m->shutdown_date ? "  (to be shut down)" : "");
}

static int run_models(const struct ct_args *args)
{
    struct ct_config config;
    struct ct_catalogue *catalogue = NULL;
    struct ct_err err = { 0 };
    if (ct_settings_load(&config, args, &err) != CT_OK ||
        ct_catalogue_load(&catalogue, config.models[0] ? config.models : NULL, &err) != CT_OK)
        return ct_cli_fail(&err);
    printf("%-34s %-9s %-12s %s\n", "MODEL", "SIZES", "BACKGROUND", "1024x1024 MEDIUM");
    for (size_t i = 0; i < ct_catalogue_count(catalogue); i++)
        print_model(ct_catalogue_at(catalogue, i));
    ct_catalogue_free(&catalogue);
    return CT_EXIT_OK;
}

const struct ct_command ct_command_models = {
    .name = "models",
    .synopsis = "[--config FILE]",
    .summary = "List the models, what they take and cost",
    .options = (const struct ct_option[]){ CT_SETTINGS_OPTIONS, { .name = NULL } },
    .run = run_models,
};
