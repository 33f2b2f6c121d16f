/* A body, JSON or form, from bytes to a request that can be drawn.
 *
 *   bytes -> JSON object or form -> model -> unknown keys -> prompt -> pictures -> n -> quality ->
 *   output_compression -> size -> the rest -> struct ct_draft -> struct ct_image_request
 *
 * The order is the live API's, and only the first failure is told; each step below is one
 * parameter (or two that make sense only together). null for an optional parameter means "not
 * given"; an unknown key is unknown whatever its value. Extension keys exist only under
 * CT_COMPAT_EXTENDED: in strict they are as unknown as on the live API.
 *
 * Called from the api (event loops, workers) and the command line; pure but for the arena, which
 * the request lives in together with the JSON it was read from. Does not know money, keys, policy.
 */
#include "contract/parse.h"

#include "base/utf8.h"
#include "contract/check.h"
#include "contract/parse_inputs.h"

#include <stdio.h>

#define PROMPT_MAX_CHARS 32000
#define IDENTIFIER_MAX_CHARS 128
#define N_MAX 10
#define PARTIAL_IMAGES_MAX 3
#define DEFAULT_MODEL "gpt-image-2"

/* What every step sees: the body, the contract, and the request as far as it is known. */
struct parse {
    const struct ct_json *body;
    const struct ct_form *form; /* NULL: the body is JSON */
    const struct ct_contract *contract;
    struct ct_draft *draft;
    struct ct_image_request *out; /* draft->request */
    enum ct_operation operation;  /* of the route */
    bool extended;
};

static const char *const official_keys[] = {
    "model",
    "prompt",
    "n",
    "quality",
    "output_compression",
    "size",
    "output_format",
    "background",
    "moderation",
    "stream",
    "partial_images",
    "user",
    "safety_identifier",
};

/* Of edits beside those above; a form's pictures are no keys. */
static const char *const edit_keys[] = { "input_fidelity" };
static const char *const json_edit_keys[] = { "images", "mask" };
#define MARKUP_KEY "markup" /* of models that take it */

static const char *const extension_keys[] = {
    "response_format", "resolution", "style", "seed", "thinking", "async", "callback_url",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The value of an optional parameter; NULL when it is absent or null. */
static const struct ct_json *given(const struct parse *p, const char *key)
{
    const struct ct_json *value = ct_json_get(p->body, key);
    return value && value->type != CT_JSON_NULL ? value : NULL;
}

static bool is_key(struct ct_slice key, const char *const *keys, size_t n_keys)
{
    for (size_t i = 0; i < n_keys; i++) {
        if (ct_slice_is(key, keys[i]))
            return true;
    }
    return false;
}

static ct_code check_model(struct parse *p, struct ct_err *err)
{
    const struct ct_json *value = ct_json_get(p->body, "model");
    struct ct_slice id =
        ct_slice(p->contract->default_model ? p->contract->default_model : DEFAULT_MODEL);

    if (!value && !p->extended)
        return ct_check_missing("model", err);
    if (value && value->type != CT_JSON_STRING)
        return ct_check_type_error(value, "model", "a string", err);
    if (value)
        id = value->text;
    /* What SDKs' examples of variations name; it is gone everywhere else. */
    if (p->extended && p->operation == CT_OPERATION_VARIATION && ct_slice_is(id, "dall-e-2"))
        id = ct_slice(DEFAULT_MODEL);
    p->out->model = ct_catalogue_find(p->contract->catalogue, id);
    if (!p->out->model) {
        id = ct_quote(id);
        return ct_fail(err, CT_E_IMAGE_VALUE, "model", "The model '%.*s' does not exist.",
                       CT_SARG(id));
    }
    return CT_OK;
}

static bool is_known_key(const struct parse *p, struct ct_slice key)
{
    if (p->operation == CT_OPERATION_VARIATION && ct_slice_is(key, "prompt"))
        return false;
    if (is_key(key, official_keys, COUNT(official_keys)))
        return true;
    if (p->operation == CT_OPERATION_EDIT && is_key(key, edit_keys, COUNT(edit_keys)))
        return true;
    if (p->operation == CT_OPERATION_EDIT && !p->form &&
        is_key(key, json_edit_keys, COUNT(json_edit_keys)))
        return true;
    if (p->operation == CT_OPERATION_EDIT && !p->form && ct_slice_is(key, MARKUP_KEY))
        return p->out->model->markup;
    if (p->extended && !p->form && ct_slice_is(key, "image_urls"))
        return true;
    return p->extended && is_key(key, extension_keys, COUNT(extension_keys));
}

/* The same field has two names, one for each kind of body: say which is meant. */
static ct_code check_other_form(const struct parse *p, struct ct_slice key, struct ct_err *err)
{
    if (p->operation != CT_OPERATION_EDIT)
        return CT_OK;
    if (!p->form && ct_slice_is(key, "image"))
        return ct_fail(err, CT_E_VALUE, "image",
                       "Unknown parameter: 'image'. For application/json on /v1/images/edits, use "
                       "'images' (array).");
    if (p->form && ct_slice_is(key, "images"))
        return ct_fail(err, CT_E_VALUE, "images",
                       "Unknown parameter: 'images'. For multipart/form-data use 'image' or "
                       "'image[]'.");
    return CT_OK;
}

/* A markup of an edit that its model does not take, as a form's file or a key. */
static ct_code refuse_markup(const struct parse *p, struct ct_err *err)
{
    if (p->operation != CT_OPERATION_EDIT)
        return ct_fail(err, CT_E_UNKNOWN, MARKUP_KEY, "Unknown parameter: '" MARKUP_KEY "'.");
    return ct_fail(err, CT_E_UNKNOWN, MARKUP_KEY,
                   "Unknown parameter: '" MARKUP_KEY "'. The model '%s' does not take it.",
                   p->out->model->id);
}

static ct_code check_keys(struct parse *p, struct ct_err *err)
{
    for (const struct ct_json *m = p->body->child; m; m = m->next) {
        if (is_known_key(p, m->key))
            continue;
        CT_TRY(check_other_form(p, m->key, err));
        if (p->operation == CT_OPERATION_EDIT && ct_slice_is(m->key, MARKUP_KEY))
            return refuse_markup(p, err);
        char param[sizeof(err->param)];
        struct ct_slice key = ct_quote(m->key);
        snprintf(param, sizeof(param), "%.*s", CT_SARG(ct_utf8_cut(key, sizeof(param) - 1)));
        return ct_fail(err, CT_E_UNKNOWN, param, "Unknown parameter: '%.*s'.", CT_SARG(key));
    }
    if (p->form && p->form->markup &&
        (p->operation != CT_OPERATION_EDIT || !p->out->model->markup))
        return refuse_markup(p, err);
    return CT_OK;
}

static ct_code check_prompt(struct parse *p, struct ct_err *err)
{
    if (p->operation == CT_OPERATION_VARIATION)
        return CT_OK; /* of the picture alone */
    const struct ct_json *value = ct_json_get(p->body, "prompt");
    if (!value)
        return ct_check_missing("prompt", err);
    return ct_check_string(&p->out->prompt, value, "prompt", 1, PROMPT_MAX_CHARS, err);
}

/* An optional integer: *out keeps its default when the parameter is not given. */
static ct_code optional_int(int *out, const struct parse *p, const char *param, int min, int max,
                            struct ct_err *err)
{
    const struct ct_json *value = given(p, param);
    int64_t integer = *out;
    if (value)
        CT_TRY(ct_check_int(&integer, value, param, min, max, err));
    *out = (int)integer;
    return CT_OK;
}

/* An optional word of a list: the same. */
static ct_code optional_word(int *out, const struct parse *p, const char *param,
                             const struct ct_word *words, size_t n_words, struct ct_err *err)
{
    const struct ct_json *value = given(p, param);
    return value ? ct_check_word(out, value, param, words, n_words, err) : CT_OK;
}

/* The pictures. A generation with some is an edit, but for the names of its events. */
static ct_code check_inputs(struct parse *p, struct ct_err *err)
{
    const struct ct_json *urls = p->form ? NULL : given(p, "image_urls");

    if (p->form)
        return ct_parse_form_inputs(p->draft, p->form,
                                    p->operation == CT_OPERATION_VARIATION ? 1 : CT_MAX_INPUTS,
                                    err);
    if (p->operation == CT_OPERATION_EDIT)
        return ct_parse_json_inputs(p->draft, p->body, urls, err);
    if (urls)
        CT_TRY(ct_parse_image_urls(p->draft, urls, err));
    if (p->out->n_inputs > 0)
        p->out->operation = CT_OPERATION_EDIT;
    return CT_OK;
}

static ct_code check_fidelity(struct parse *p, struct ct_err *err)
{
    const struct ct_model *model = p->out->model;
    int fidelity = CT_FIDELITY_UNSET;

    if (p->operation != CT_OPERATION_EDIT || !given(p, "input_fidelity"))
        return CT_OK;
    if (!model->fidelities[CT_FIDELITY_LOW] && !model->fidelities[CT_FIDELITY_HIGH])
        return ct_fail(err, CT_E_FIDELITY, "input_fidelity",
                       "The model '%s' does not support the 'input_fidelity' parameter.",
                       model->id);
    struct ct_word words[CT_N_FIDELITY_WORDS];
    size_t n_words = 0;
    for (size_t i = 0; i < CT_N_FIDELITY_WORDS; i++) {
        if (model->fidelities[ct_fidelity_words[i].value])
            words[n_words++] = ct_fidelity_words[i];
    }
    CT_TRY(optional_word(&fidelity, p, "input_fidelity", words, n_words, err));
    p->out->input_fidelity = (enum ct_input_fidelity)fidelity;
    return CT_OK;
}

/* The names other generations of the API had for two qualities (extended only). */
static bool quality_synonym(enum ct_quality *out, const struct ct_json *value)
{
    if (value->type != CT_JSON_STRING)
        return false;
    if (ct_slice_is(value->text, "standard"))
        *out = CT_QUALITY_MEDIUM;
    else if (ct_slice_is(value->text, "hd"))
        *out = CT_QUALITY_HIGH;
    else
        return false;
    return true;
}

static ct_code check_quality(struct parse *p, struct ct_err *err)
{
    const struct ct_model *model = p->out->model;
    const struct ct_json *value = given(p, "quality");
    struct ct_word words[CT_N_QUALITY_WORDS];
    size_t n_words = 0;
    enum ct_quality synonym;
    int quality = CT_WORD_AUTO;

    for (size_t i = 0; i < CT_N_QUALITY_WORDS; i++) {
        int tier = ct_quality_words[i].value;
        if (tier == CT_WORD_AUTO || model->qualities[tier])
            words[n_words++] = ct_quality_words[i];
    }
    if (p->extended && value && quality_synonym(&synonym, value) && model->qualities[synonym])
        quality = (int)synonym;
    else
        CT_TRY(optional_word(&quality, p, "quality", words, n_words, err));
    p->out->quality = quality == CT_WORD_AUTO ? model->quality_auto : (enum ct_quality)quality;
    return CT_OK;
}

static ct_code check_resolution(enum ct_resolution *out, const struct parse *p, struct ct_err *err)
{
    static const struct ct_word words[] = { { "1K", CT_RESOLUTION_1K },
                                            { "2K", CT_RESOLUTION_2K },
                                            { "4K", CT_RESOLUTION_4K } };
    const struct ct_json *value = p->extended ? given(p, "resolution") : NULL;
    int resolution = CT_RESOLUTION_1K;

    if (value && value->type == CT_JSON_STRING) {
        for (size_t i = 0; i < COUNT(words); i++) {
            if (ct_slice_ieq(value->text, ct_slice(words[i].text))) {
                *out = (enum ct_resolution)words[i].value;
                return CT_OK;
            }
        }
    }
    if (value)
        CT_TRY(ct_check_word(&resolution, value, "resolution", words, COUNT(words), err));
    *out = (enum ct_resolution)resolution;
    return CT_OK;
}

/* A free size that is not written as one. Extended tells of the ratios when a ratio was meant. */
static ct_code bad_syntax(const struct parse *p, struct ct_slice text, struct ct_err *err)
{
    struct ct_slice sent = ct_quote(text), before, after;
    struct ct_buf ratios;
    ct_code code;

    if (!p->extended || !ct_slice_cut(text, ':', &before, &after))
        return ct_fail(err, CT_E_IMAGE_VALUE, "size",
                       "Invalid size '%.*s'. Expected WIDTHxHEIGHT, for example '1824x1024'.",
                       CT_SARG(sent));
    ct_buf_init(&ratios, 512);
    ct_size_put_ratios(&ratios);
    code = ct_fail(err, CT_E_IMAGE_VALUE, "size",
                   "Invalid size '%.*s'. Expected WIDTHxHEIGHT, for example '1824x1024', or one "
                   "of the ratios %s.",
                   CT_SARG(sent), ct_buf_text(&ratios));
    ct_buf_release(&ratios);
    return code;
}

static ct_code bad_classic(const struct ct_json *value, struct ct_err *err)
{
    int unused;
    return ct_check_word(&unused, value, "size", ct_classic_words, CT_N_CLASSIC_WORDS, err);
}

/* Older models draw three sizes: there a size is a word of a list. `by_ratio` says that the
 * pixels came from a ratio or from `auto`, so that the resolution is what can be wrong. */
static ct_code check_classic_size(const struct parse *p, const struct ct_json *value, bool by_ratio,
                                  enum ct_resolution resolution, struct ct_err *err)
{
    if (ct_size_is_classic(p->out->width, p->out->height))
        return CT_OK;
    if (by_ratio && resolution != CT_RESOLUTION_1K)
        return ct_fail(err, CT_E_VALUE, "resolution",
                       "Invalid value: '%s'. Supported values are: '1K'.",
                       resolution == CT_RESOLUTION_2K ? "2K" : "4K");
    return bad_classic(value, err);
}

/* `size` with `resolution`: a ratio (or auto, which is 1:1) takes its pixels from the resolution;
 * explicit pixels do not care about it. */
static ct_code check_size(struct parse *p, struct ct_err *err)
{
    const struct ct_json *value = given(p, "size");
    const bool classic = p->out->model->sizes == CT_SIZE_CLASSIC;
    int *width = &p->out->width, *height = &p->out->height;
    struct ct_slice text = value ? value->text : CT_S("auto");
    enum ct_resolution resolution;
    bool is_auto, by_ratio;

    if (value && value->type != CT_JSON_STRING)
        return classic ? bad_classic(value, err)
                       : ct_check_type_error(value, "size", "a string", err);
    CT_TRY(check_resolution(&resolution, p, err));
    is_auto = ct_slice_is(text, "auto");
    p->draft->auto_size = is_auto && p->out->operation != CT_OPERATION_GENERATE;
    p->draft->resolution = resolution;
    by_ratio = (is_auto || p->extended) &&
               ct_size_of_ratio(width, height, is_auto ? CT_S("1:1") : text, resolution);
    if (!by_ratio && !ct_size_read(width, height, text))
        return classic ? bad_classic(value, err) : bad_syntax(p, text, err);
    return classic ? check_classic_size(p, value, by_ratio, resolution, err)
                   : ct_size_check_free(*width, *height, ct_quote(text), err);
}

static ct_code check_format(struct parse *p, struct ct_err *err)
{
    const struct ct_json *value = given(p, "output_format");
    struct ct_word words[CT_N_FORMAT_WORDS];
    size_t n_words = 0;
    int format = CT_FORMAT_PNG;

    for (size_t i = 0; i < CT_N_FORMAT_WORDS; i++) {
        if (p->out->model->formats[ct_format_words[i].value])
            words[n_words++] = ct_format_words[i];
    }
    /* extended: vectors from any model; the messages keep to what is official */
    if (p->extended && p->out->operation == CT_OPERATION_GENERATE && value &&
        value->type == CT_JSON_STRING && ct_slice_is(value->text, "svg"))
        format = CT_FORMAT_SVG;
    else
        CT_TRY(optional_word(&format, p, "output_format", words, n_words, err));
    p->out->format = (enum ct_format)format;
    if ((format == CT_FORMAT_PNG || format == CT_FORMAT_SVG) && p->out->compression != 100)
        return ct_fail(err, CT_E_IMAGE_VALUE, "output_compression",
                       "Compression less than 100 is not supported for %s output format",
                       format == CT_FORMAT_PNG ? "PNG" : "SVG");
    return CT_OK;
}

static ct_code check_background(struct parse *p, struct ct_err *err)
{
    const struct ct_model *model = p->out->model;
    int background = CT_WORD_AUTO;

    CT_TRY(optional_word(&background, p, "background", ct_background_words, CT_N_BACKGROUND_WORDS,
                         err));
    p->out->background = CT_BACKGROUND_OPAQUE; /* auto: what every engine can draw */
    if (background != CT_BACKGROUND_TRANSPARENT)
        return CT_OK;
    if (!model->transparent &&
        !(model->transparent_preview && p->contract->allow_preview_transparent))
        return ct_fail(err, CT_E_IMAGE_VALUE, "background",
                       "Transparent background is not supported for this model.");
    if (p->out->format == CT_FORMAT_JPEG)
        return ct_fail(err, CT_E_IMAGE_VALUE, "background",
                       "Transparent background is not supported for JPEG output format");
    p->out->background = CT_BACKGROUND_TRANSPARENT;
    return CT_OK;
}

static ct_code check_stream(struct parse *p, struct ct_err *err)
{
    const struct ct_json *stream = given(p, "stream");
    if (stream)
        CT_TRY(ct_check_bool(&p->out->stream, stream, "stream", err));
    CT_TRY(optional_int(&p->out->partial_images, p, "partial_images", 0, PARTIAL_IMAGES_MAX, err));
    if (!p->out->stream)
        p->out->partial_images = 0;
    if (p->out->partial_images > 0 && p->out->format == CT_FORMAT_SVG)
        return ct_fail(err, CT_E_IMAGE_VALUE, "partial_images",
                       "Partial images are not supported for SVG output format");
    return CT_OK;
}

/* `user` may be anything and is never refused; only as a string does it name somebody. An empty
 * identifier names nobody. */
static ct_code check_identifier(struct parse *p, struct ct_err *err)
{
    const struct ct_json *user = given(p, "user");
    const struct ct_json *identifier = given(p, "safety_identifier");
    struct ct_slice id = { NULL, 0 };

    if (identifier)
        CT_TRY(ct_check_string(&id, identifier, "safety_identifier", 0, IDENTIFIER_MAX_CHARS, err));
    if (id.len == 0 && user && user->type == CT_JSON_STRING)
        id = user->text;
    p->out->safety_identifier = id.len ? id : (struct ct_slice){ NULL, 0 };
    return CT_OK;
}

static ct_code check_extensions(struct parse *p, struct ct_err *err)
{
    int reply_as = CT_REPLY_B64_JSON, style = CT_STYLE_UNSET, thinking = CT_THINKING_OFF;
    const struct ct_json *seed = given(p, "seed"), *async = given(p, "async");
    const struct ct_json *callback_url = given(p, "callback_url");
    int64_t seed_value = 0;

    CT_TRY(optional_word(&reply_as, p, "response_format", ct_reply_as_words, CT_N_REPLY_AS_WORDS,
                         err));
    CT_TRY(optional_word(&style, p, "style", ct_style_words, CT_N_STYLE_WORDS, err));
    if (seed)
        CT_TRY(ct_check_int(&seed_value, seed, "seed", INT32_MIN, INT32_MAX, err));
    CT_TRY(optional_word(&thinking, p, "thinking", ct_thinking_words, CT_N_THINKING_WORDS, err));
    if (async)
        CT_TRY(ct_check_bool(&p->out->async, async, "async", err));
    if (callback_url) {
        CT_TRY(ct_check_string(&p->out->callback_url, callback_url, "callback_url", 1,
                               PROMPT_MAX_CHARS, err)); /* what a URL may be is net/fetch.h's */
        p->out->async = true;
    }
    p->out->reply_as = (enum ct_reply_as)reply_as;
    p->out->reply_as_given = given(p, "response_format") != NULL;
    p->out->style = (enum ct_style)style;
    p->out->seed = (int32_t)seed_value;
    p->out->seed_given = seed != NULL;
    p->out->thinking = (enum ct_thinking)thinking;
    return CT_OK;
}

static ct_code check_body(struct parse *p, struct ct_err *err)
{
    int moderation = CT_MODERATION_AUTO;

    CT_TRY(check_model(p, err));
    CT_TRY(check_keys(p, err));
    CT_TRY(check_prompt(p, err));
    CT_TRY(check_inputs(p, err));
    CT_TRY(optional_int(&p->out->n, p, "n", 1, N_MAX, err));
    CT_TRY(check_quality(p, err));
    CT_TRY(optional_int(&p->out->compression, p, "output_compression", 0, 100, err));
    CT_TRY(check_size(p, err));
    CT_TRY(check_format(p, err));
    CT_TRY(check_background(p, err));
    CT_TRY(optional_word(&moderation, p, "moderation", ct_moderation_words, CT_N_MODERATION_WORDS,
                         err));
    p->out->moderation = (enum ct_moderation)moderation;
    CT_TRY(check_stream(p, err));
    CT_TRY(check_fidelity(p, err));
    CT_TRY(check_identifier(p, err));
    return p->extended ? check_extensions(p, err) : CT_OK;
}

/* The official sentence, and behind it what stood where. */
#define NOT_JSON                                                                                   \
    "We could not parse the JSON body of your request. (HINT: This likely means you aren't using " \
    "your HTTP library correctly. The API expects a JSON payload, but what was sent was not "      \
    "valid JSON.) "

static ct_code read_body(const struct ct_json **out, struct ct_arena *arena, struct ct_slice body,
                         struct ct_err *err)
{
    struct ct_err inner = { 0 };
    ct_code code = ct_json_parse(out, arena, body, NULL, &inner);

    if (code == CT_E_JSON)
        return ct_fail(err, CT_E_JSON, NULL, NOT_JSON "At %s.", inner.msg);
    if (code != CT_OK)
        return ct_fail(err, code, inner.param, "%s", inner.msg);
    if ((*out)->type != CT_JSON_OBJECT)
        return ct_fail(err, CT_E_JSON, NULL, NOT_JSON "The body must be an object, but was %s.",
                       ct_json_type_name(*out));
    return CT_OK;
}

ct_code ct_parse_draft(struct ct_draft *out, struct ct_arena *arena, enum ct_operation operation,
                       const struct ct_body *body, const struct ct_contract *contract,
                       struct ct_err *err)
{
    struct parse p = {
        .form = body->form,
        .contract = contract,
        .draft = out,
        .operation = operation,
        .extended = contract->compat == CT_COMPAT_EXTENDED,
    };

    *out = (struct ct_draft){ .request = NULL };
    if (body->form)
        p.body = &body->form->object;
    else
        CT_TRY(read_body(&p.body, arena, body->json, err));
    p.out = ct_arena_alloc(arena, sizeof(*p.out));
    if (!p.out)
        return ct_fail(err, CT_E_MEMORY, NULL, "The request does not fit into memory.");
    out->request = p.out;
    p.out->operation = p.out->asked_as = operation;
    p.out->n = 1;
    p.out->compression = 100;
    p.out->extended = p.extended;
    ct_code code = check_body(&p, err);
    if (code != CT_OK)
        ct_draft_release(out);
    return code;
}

ct_code ct_parse_generation(const struct ct_image_request **out, struct ct_arena *arena,
                            struct ct_slice body, const struct ct_contract *contract,
                            struct ct_err *err)
{
    struct ct_draft draft;
    CT_TRY(ct_parse_draft(&draft, arena, CT_OPERATION_GENERATE, &(struct ct_body){ .json = body },
                          contract, err));
    if (draft.n_urls > 0) {
        ct_draft_release(&draft);
        return ct_fail(err, CT_E_IMAGE_URL, "image_urls",
                       "Pictures are fetched only by a server; name files instead.");
    }
    *out = draft.request;
    return CT_OK;
}
