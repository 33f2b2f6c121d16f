/* JSON body -> struct ct_image_request, or the official refusal.
 *
 * Order of checks as measured on the live API: model, unknown keys, prompt, n, quality,
 * output_compression, size, the rest; only the first failure is reported (contract 1.2, 1.5). */
#ifndef CT_CONTRACT_PARSE_H
#define CT_CONTRACT_PARSE_H

#include "contract/model.h"

enum ct_compat { CT_COMPAT_EXTENDED, CT_COMPAT_STRICT };

struct ct_contract {
    const struct ct_catalogue *catalogue;
    enum ct_compat compat;
    const char *default_model;      /* extended only; NULL = "gpt-image-2" */
    bool allow_preview_transparent; /* gpt-image-2 takes background: transparent */
};

/* POST /v1/images/generations. `body` is the raw JSON text; it and the arena must outlive *out. */
CT_MUSTCHECK ct_code ct_parse_generation(const struct ct_image_request **out,
                                         struct ct_arena *arena, struct ct_slice body,
                                         const struct ct_contract *contract, struct ct_err *err);

#endif
