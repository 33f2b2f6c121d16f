/* Body -> struct ct_image_request, or the official refusal.
 *
 * Order of checks as measured on the live API: model, unknown keys, prompt, pictures, n, quality,
 * output_compression, size, the rest; only the first failure is reported (contract 1.2, 1.5). */
#ifndef CT_CONTRACT_PARSE_H
#define CT_CONTRACT_PARSE_H

#include "contract/draft.h"
#include "contract/form.h"

enum ct_compat { CT_COMPAT_EXTENDED, CT_COMPAT_STRICT };

struct ct_contract {
    const struct ct_catalogue *catalogue;
    enum ct_compat compat;
    const char *default_model;      /* extended only; NULL = "gpt-image-2" */
    bool allow_preview_transparent; /* gpt-image-2 takes background: transparent */
};

/* One of the two. */
struct ct_body {
    struct ct_slice json;
    const struct ct_form *form; /* NULL: JSON */
};

/* Any operation. What `body` points to and the arena must outlive the request; the form's files
 * are referenced by it. A draft is to be finished or released; on failure there is none. */
CT_MUSTCHECK ct_code ct_parse_draft(struct ct_draft *out, struct ct_arena *arena,
                                    enum ct_operation operation, const struct ct_body *body,
                                    const struct ct_contract *contract, struct ct_err *err);
/* A generation without pictures, which is a request at once. `body` is the raw JSON text; it and
 * the arena must outlive *out. */
CT_MUSTCHECK ct_code ct_parse_generation(const struct ct_image_request **out,
                                         struct ct_arena *arena, struct ct_slice body,
                                         const struct ct_contract *contract, struct ct_err *err);

#endif
