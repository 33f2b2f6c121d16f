/* The same formulas as the reservation and the settlement use: contract/usage.h. */
#include "policy/estimate.h"

#include "base/json.h"
#include "policy/price.h"

#include <inttypes.h>

static void put_dollars(struct ct_buf *b, const char *key, int64_t nano)
{
    char dollars[32];
    ct_dollars_text(dollars, nano);
    ct_json_put_key(b, key);
    ct_buf_puts(b, dollars);
}

ct_code ct_estimate_put(struct ct_buf *b, const struct ct_image_request *request, bool simulated,
                        struct ct_err *err)
{
    int64_t worst_case;
    CT_TRY(ct_price_worst_case(&worst_case, request, err));
    struct ct_usage usage = ct_usage_of(request, 0);
    int64_t input = usage.text_tokens_in + usage.image_tokens_in;
    ct_buf_puts(b, "{\"object\":\"image.estimate\"");
    ct_json_put_key(b, "model");
    ct_json_put_cstring(b, request->model->id);
    ct_buf_printf(b, ",\"n\":%d,\"size\":\"%dx%d\"", request->n, request->width, request->height);
    ct_json_put_key(b, "quality");
    ct_json_put_cstring(b, ct_quality_name(request->quality));
    ct_buf_printf(b,
                  ",\"usage\":{\"input_tokens\":%" PRId64 ",\"input_tokens_details\":{"
                  "\"text_tokens\":%" PRId64 ",\"image_tokens\":%" PRId64
                  "},\"output_tokens\":%" PRId64 ",\"total_tokens\":%" PRId64 "}",
                  input, usage.text_tokens_in, usage.image_tokens_in, usage.image_tokens_out,
                  input + usage.image_tokens_out);
    put_dollars(b, "cost_usd", ct_usage_cost(request->model, &usage));
    put_dollars(b, "max_cost_usd", worst_case);
    ct_json_put_key(b, "simulated");
    ct_buf_puts(b, simulated ? "true}" : "false}");
    return CT_OK;
}
