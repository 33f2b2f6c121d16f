/* The official wording of what can be wrong with one parameter.
 *
 * Official clients match on `code` and `param`, their users read the message: both are wire
 * facts, so the texts here are not ours to improve. The one liberty is that a value is quoted up
 * to CT_QUOTE_MAX_BYTES, so that what would be right still fits behind it. Pure functions: any
 * thread. */
#include "contract/check.h"

#include "base/utf8.h"
#include "contract/form.h"

#include <inttypes.h>

/* Room for a list of words in a message. */
#define LIST_MAX_BYTES 512

struct ct_slice ct_quote(struct ct_slice text)
{
    return ct_utf8_cut(text, CT_QUOTE_MAX_BYTES);
}

ct_code ct_check_missing(const char *param, struct ct_err *err)
{
    return ct_fail(err, CT_E_MISSING, param, "Missing required parameter: '%s'.", param);
}

ct_code ct_check_type_error(const struct ct_json *value, const char *param, const char *expected,
                            struct ct_err *err)
{
    if (ct_form_value(value) && value->type == CT_JSON_STRING)
        return ct_fail(err, CT_E_TYPE, param,
                       "Invalid type for '%s': expected %s, but got a string value that could not "
                       "be converted into %s.",
                       param, expected, expected);
    return ct_fail(err, CT_E_TYPE, param, "Invalid type for '%s': expected %s, but got %s instead.",
                   param, expected, ct_json_type_name(value));
}

ct_code ct_check_string(struct ct_slice *out, const struct ct_json *value, const char *param,
                        size_t min_chars, size_t max_chars, struct ct_err *err)
{
    if (value->type != CT_JSON_STRING)
        return ct_check_type_error(value, param, "a string", err);
    if (value->text.len == 0 && min_chars > 0)
        return ct_fail(err, CT_E_STRING_EMPTY, param,
                       "Invalid '%s': empty string. Expected a string with minimum length %zu, "
                       "but got an empty string instead.",
                       param, min_chars);
    size_t chars = ct_utf8_count(value->text);
    if (chars > max_chars)
        return ct_fail(err, CT_E_STRING_MAX, param,
                       "Invalid '%s': string too long. Expected a string with maximum length "
                       "%zu, but got a string with length %zu instead.",
                       param, max_chars, chars);
    *out = value->text;
    return CT_OK;
}

ct_code ct_check_int(int64_t *out, const struct ct_json *value, const char *param, int64_t min,
                     int64_t max, struct ct_err *err)
{
    if (value->type != CT_JSON_INT)
        return ct_check_type_error(value, param, "an integer", err);
    /* The digits as sent: they may not fit any integer of ours. */
    struct ct_slice sent = ct_quote(value->text);
    if (value->integer < min)
        return ct_fail(err, CT_E_INT_MIN, param,
                       "Invalid '%s': integer below minimum value. Expected a value >= %" PRId64
                       ", but got %.*s instead.",
                       param, min, CT_SARG(sent));
    if (value->integer > max)
        return ct_fail(err, CT_E_INT_MAX, param,
                       "Invalid '%s': integer above maximum value. Expected a value <= %" PRId64
                       ", but got %.*s instead.",
                       param, max, CT_SARG(sent));
    *out = value->integer;
    return CT_OK;
}

ct_code ct_check_bool(bool *out, const struct ct_json *value, const char *param, struct ct_err *err)
{
    if (value->type != CT_JSON_BOOL)
        return ct_check_type_error(value, param, "a boolean", err);
    *out = value->boolean;
    return CT_OK;
}

static ct_code word_error(const struct ct_json *value, const char *param,
                          const struct ct_word *words, size_t n_words, struct ct_err *err)
{
    struct ct_buf list;
    struct ct_slice sent = ct_quote(value->text);
    bool typed = value->type == CT_JSON_STRING;
    ct_code code;

    ct_buf_init(&list, LIST_MAX_BYTES);
    ct_words_put(&list, words, n_words, typed ? "and" : "or");
    if (list.failed)
        code = ct_fail(err, CT_E_MEMORY, NULL, "Out of memory.");
    else if (typed)
        code = ct_fail(err, CT_E_VALUE, param, "Invalid value: '%.*s'. Supported values are: %s.",
                       CT_SARG(sent), ct_buf_text(&list));
    else
        code = ct_fail(err, CT_E_TYPE, param,
                       "Invalid type for '%s': expected one of %s, but got %s instead.", param,
                       ct_buf_text(&list), ct_json_type_name(value));
    ct_buf_release(&list);
    return code;
}

ct_code ct_check_word(int *out, const struct ct_json *value, const char *param,
                      const struct ct_word *words, size_t n_words, struct ct_err *err)
{
    const struct ct_word *word = NULL;
    if (value->type == CT_JSON_STRING)
        word = ct_word_find(words, n_words, value->text);
    if (!word)
        return word_error(value, param, words, n_words, err);
    *out = word->value;
    return CT_OK;
}
