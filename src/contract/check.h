/* One parameter of a body -> one typed value, or the official refusal (contract 1.5).
 *
 * `value` is the JSON found under `param`; absent and null are the caller's business. Each
 * function leaves *out alone on failure. */
#ifndef CT_CONTRACT_CHECK_H
#define CT_CONTRACT_CHECK_H

#include "base/json.h"
#include "contract/words.h"

/* What a message repeats of a value somebody sent: whole characters, at most this many bytes. */
#define CT_QUOTE_MAX_BYTES 256
struct ct_slice ct_quote(struct ct_slice text);

ct_code ct_check_missing(const char *param, struct ct_err *err);
/* `expected` with its article: "a string". */
ct_code ct_check_type_error(const struct ct_json *value, const char *param, const char *expected,
                            struct ct_err *err);
/* Length in characters, 0 allowed unless `min_chars` is 1. */
CT_MUSTCHECK ct_code ct_check_string(struct ct_slice *out, const struct ct_json *value,
                                     const char *param, size_t min_chars, size_t max_chars,
                                     struct ct_err *err);
CT_MUSTCHECK ct_code ct_check_int(int64_t *out, const struct ct_json *value, const char *param,
                                  int64_t min, int64_t max, struct ct_err *err);
CT_MUSTCHECK ct_code ct_check_bool(bool *out, const struct ct_json *value, const char *param,
                                   struct ct_err *err);
/* *out = the value of the word. */
CT_MUSTCHECK ct_code ct_check_word(int *out, const struct ct_json *value, const char *param,
                                   const struct ct_word *words, size_t n_words, struct ct_err *err);

#endif
