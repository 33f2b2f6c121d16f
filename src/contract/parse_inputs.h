/* The pictures of a body, as JSON or as a form, into a draft; with the official refusals. */
#ifndef CT_CONTRACT_PARSE_INPUTS_H
#define CT_CONTRACT_PARSE_INPUTS_H

#include "contract/draft.h"
#include "contract/form.h"

/* `images`, `mask` and `markup` of an edit. `image_urls` (extended; NULL when not given) may stand
 * in their place. Uploaded files are referenced by the request from here on, also on failure. */
CT_MUSTCHECK ct_code ct_parse_json_inputs(struct ct_draft *draft, const struct ct_json *body,
                                          const struct ct_json *image_urls, struct ct_err *err);
/* `image_urls` alone, as a generation has them. */
CT_MUSTCHECK ct_code ct_parse_image_urls(struct ct_draft *draft, const struct ct_json *value,
                                         struct ct_err *err);
/* `most`: how many pictures there may be. */
CT_MUSTCHECK ct_code ct_parse_form_inputs(struct ct_draft *draft, const struct ct_form *form,
                                          int most, struct ct_err *err);

#endif
