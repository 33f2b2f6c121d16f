/* What each model takes and costs: data (the files of models/), not code.
 *
 * The built-in files are embedded in the binary; an operator's files are read on top, and an
 * entry with a known id replaces the built-in one. The catalogue is immutable after loading and
 * may be read from any thread. */
#ifndef CT_CONTRACT_MODEL_H
#define CT_CONTRACT_MODEL_H

#include "base/json.h"
#include "contract/image_request.h"

enum ct_size_rule {
    CT_SIZE_FREE,    /* WIDTHxHEIGHT under the limits of contract 1.4 */
    CT_SIZE_CLASSIC, /* 1024x1024, 1536x1024, 1024x1536 */
};

enum ct_token_rule {
    CT_TOKENS_PATCHES, /* closed form of contract 6.2 with tier_q[] */
    CT_TOKENS_TABLE,   /* tier x {square, portrait, landscape} */
};

/* Integer nano-dollars per token: $1 per million tokens = 1,000. */
struct ct_price {
    bool known; /* false: requests are refused before work (503) */
    int64_t text_in, text_in_cached, image_in, image_in_cached, image_out, text_out;
};

struct ct_model {
    const char *id;       /* what the client names */
    const char *snapshot; /* the dated id it stands for; = id when there is none */
    const char *owned_by;
    int64_t created;
    const char *shutdown_date; /* "2026-10-23" or NULL */
    enum ct_size_rule sizes;
    bool qualities[CT_QUALITY_COUNT];
    enum ct_quality quality_auto; /* what `auto` resolves to */
    bool transparent;
    bool transparent_preview; /* only under ct_contract.allow_preview_transparent */
    bool fidelities[3];       /* by enum ct_input_fidelity; none: the parameter is refused */
    bool markup;              /* edits take strokes over the first picture; else refused */
    bool formats[CT_FORMAT_COUNT]; /* by enum ct_format */
    enum ct_token_rule tokens;
    int tier_q[CT_QUALITY_COUNT];   /* patches */
    int table[CT_QUALITY_COUNT][3]; /* table: square, portrait, landscape */
    struct ct_price price;
};

struct ct_catalogue;

/* Built-in models, then every *.yaml / *.yml / *.json in `extra_dir` (NULL: none) by name.
 * CT_E_CONFIG names file, line and key. */
CT_MUSTCHECK ct_code ct_catalogue_load(struct ct_catalogue **out, const char *extra_dir,
                                       struct ct_err *err);
void ct_catalogue_free(struct ct_catalogue **catalogue);
const struct ct_model *ct_catalogue_find(const struct ct_catalogue *catalogue, struct ct_slice id);
size_t ct_catalogue_count(const struct ct_catalogue *catalogue);
const struct ct_model *ct_catalogue_at(const struct ct_catalogue *catalogue, size_t index);

#endif
