/* The gate in front of the queue: an unknown price fails closed. */
#include "policy/price.h"

ct_code ct_price_worst_case(int64_t *nano_dollars, const struct ct_image_request *request,
                            struct ct_err *err)
{
    *nano_dollars = 0;
    if (!request->model->price.known)
        return ct_fail(err, CT_E_PRICE, "model",
                       "There is no price for the model '%s', so the request was refused before "
                       "any work. Add `price:` to its entry in the models folder.",
                       request->model->id);
    struct ct_usage usage = ct_usage_of(request, (int64_t)request->n * request->partial_images);
    *nano_dollars = ct_usage_cost(request->model, &usage);
    return CT_OK;
}
