/* Money before work: what a request may cost at most, and whether that is known at all. */
#ifndef CT_POLICY_PRICE_H
#define CT_POLICY_PRICE_H

#include "contract/usage.h"

/* Worst case in nano-dollars: every picture with every partial it asked for. CT_E_PRICE when the
 * model has no price: work that cannot be accounted for is not begun. */
CT_MUSTCHECK ct_code ct_price_worst_case(int64_t *nano_dollars,
                                         const struct ct_image_request *request,
                                         struct ct_err *err);

#endif
