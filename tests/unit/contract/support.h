/* What the tests of contract/ share: the built-in catalogue, and one parse with its arena. */
#ifndef CT_TESTS_CONTRACT_SUPPORT_H
#define CT_TESTS_CONTRACT_SUPPORT_H

#include "contract/parse.h"
#include "t.h"

/* The built-in models, loaded once. */
const struct ct_catalogue *builtin(void);
const struct ct_model *model(const char *id);

/* Two parses at most are alive at a time: each call reuses the older one's arena. */
struct parsed {
    ct_code code;
    const struct ct_image_request *request; /* NULL on failure */
    struct ct_err err;
};
struct parsed parse_under(enum ct_compat compat, const char *body);
struct parsed strict(const char *body);
struct parsed extended(const char *body);
struct parsed parse_with(const struct ct_contract *contract, struct ct_slice body);

/* {"model":"gpt-image-2","prompt":"p",<rest>} */
#define WITH(rest) "{\"model\":\"gpt-image-2\",\"prompt\":\"p\"," rest "}"
#define WITH_MODEL(id, rest) "{\"model\":\"" id "\",\"prompt\":\"p\"," rest "}"

/* A refusal and everything a client can match on. */
struct refusal {
    const char *name;
    const char *body;
    ct_code code;
    const char *param; /* "" for null */
    const char *message;
};
void check_refusals(const struct refusal *rows, size_t n_rows, enum ct_compat compat);

#endif
