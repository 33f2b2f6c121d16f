/* `calotype cost "PROMPT"`: the price of a generation, by the options of `calotype generate`. */
#include "cli/generate.h"

#include "policy/estimate.h"
#include "policy/price.h"

#define BODY_MAX ((size_t)1 << 20)
#define ARENA_BYTES ((size_t)16 << 20)

static ct_code print_cost(const struct ct_image_request *rq, bool json, struct ct_err *err)
{
    char cost[32], most[32];
    int64_t worst_case;
    if (json) {
        struct ct_buf out;
        ct_buf_init(&out, 8192);
        ct_code rc = ct_estimate_put(&out, rq, true, err);
        if (rc == CT_OK)
            printf("%s\n", ct_buf_text(&out));
        ct_buf_release(&out);
        return rc;
    }
    CT_TRY(ct_price_worst_case(&worst_case, rq, err));
    struct ct_usage usage = ct_usage_of(rq, 0);
    ct_cost_text(cost, ct_usage_cost(rq->model, &usage));
    ct_cost_text(most, worst_case);
    printf("%s\n", cost);
    fprintf(stderr, "%d x %dx%d %s with %s: %lld tokens in, %lld out; at most %s. Drawing here "
                    "costs nothing.\n",
            rq->n, rq->width, rq->height, ct_quality_name(rq->quality), rq->model->id,
            (long long)(usage.text_tokens_in + usage.image_tokens_in),
            (long long)usage.image_tokens_out, most);
    return CT_OK;
}

static ct_code cost(const struct ct_args *args, const struct ct_config *config,
                    const struct ct_catalogue *catalogue, struct ct_buf *body, struct ct_err *err)
{
    const struct ct_image_request *request;
    const struct ct_contract contract = {
        .catalogue = catalogue,
        .compat = CT_COMPAT_EXTENDED,
        .default_model = config->default_model,
        .allow_preview_transparent = config->allow_preview_transparent != 0,
    };
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    if (!arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory.");
    CT_TRY(ct_parse_generation(&request, arena, ct_buf_slice(body), &contract, err));
    return print_cost(request, ct_args_get(args, "json") != NULL, err);
}

static int run_cost(const struct ct_args *args)
{
    struct ct_config config;
    struct ct_catalogue *catalogue = NULL;
    struct ct_buf body;
    struct ct_err err = { 0 };
    if (ct_settings_load(&config, args, &err) != CT_OK ||
        ct_catalogue_load(&catalogue, config.models[0] ? config.models : NULL, &err) != CT_OK)
        return ct_cli_fail(&err);
    ct_buf_init(&body, BODY_MAX);
    ct_generation_body(&body, args, args->words[0]);
    ct_code rc = cost(args, &config, catalogue, &body, &err);
    ct_buf_release(&body);
    ct_catalogue_free(&catalogue);
    return rc == CT_OK ? CT_EXIT_OK : ct_cli_fail(&err);
}

const struct ct_command ct_command_cost = {
    .name = "cost",
    .synopsis = "\"PROMPT\" [OPTIONS OF generate]",
    .summary = "Say what a generation costs at list price",
    .details = "Nothing is drawn and nothing is sent.\n",
    .examples = "  calotype cost \"a white ceramic mug\" --quality high --size 1536x1024 --n 4\n",
    .options = (const struct ct_option[]){ CT_DRAW_OPTIONS, CT_SETTINGS_OPTIONS, { .name = NULL } },
    .min_words = 1,
    .max_words = 1,
    .run = run_cost,
};
