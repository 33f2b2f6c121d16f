/* `calotype cost "PROMPT"`: the price of a generation, by the options of `calotype generate`. */
#include "cli/generate.h"

#include "policy/estimate.h"
#include "policy/price.h"

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

static int run_cost(const struct ct_args *args)
{
    struct ct_asked asked;
    struct ct_err err = { 0 };
    ct_code rc = ct_asked_read(&asked, args, &err);
    if (rc != CT_OK)
        return ct_cli_fail(&err);
    rc = print_cost(asked.request, ct_args_get(args, "json") != NULL, &err);
    ct_asked_release(&asked);
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
