/* Edits and variations: which bodies are one, and every refusal of their pictures to the letter. */
#include "support.h"

#include "base/base64.h"
#include "contract/usage.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define TINY_DATA_URL "data:image/png;base64,AAAA"
#define IMAGES "\"images\":[{\"image_url\":\"" TINY_DATA_URL "\"}]"
#define EDIT(rest) "{\"model\":\"gpt-image-2\",\"prompt\":\"p\"," IMAGES rest "}"
#define EDIT_OF(images) "{\"model\":\"gpt-image-2\",\"prompt\":\"p\"," images "}"

/* A PNG of this size without pixels worth the name: enough for whoever reads headers. */
static struct ct_blob *png(uint32_t width, uint32_t height, int colour_type)
{
    unsigned char file[8 + 25 + 12 + 16384 + 12] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    unsigned char *at = file + 16;
    for (int i = 0; i < 4; i++) {
        at[i] = (unsigned char)(width >> (24 - 8 * i));
        at[4 + i] = (unsigned char)(height >> (24 - 8 * i));
    }
    at[8] = 8;
    at[9] = (unsigned char)colour_type;
    memcpy(file + 33, "\0\0\x40\0IDAT", 8);
    memcpy(file + 33 + 12 + 16384, "\0\0\0\0IEND\xae\x42\x60\x82", 12);
    return ct_blob_copy(file, sizeof(file));
}

struct drafted {
    ct_code code;
    struct ct_draft draft;
    struct ct_err err;
};

static struct ct_arena *fresh_arena(void)
{
    static struct ct_arena *arena;
    if (!arena)
        arena = ct_arena_new((size_t)64 << 20);
    ct_arena_reset(arena);
    return arena;
}

static struct drafted draft_json(enum ct_operation operation, enum ct_compat compat,
                                 const char *body)
{
    struct drafted d = { 0 };
    struct ct_contract contract = { .catalogue = builtin(), .compat = compat };
    d.code = ct_parse_draft(&d.draft, fresh_arena(), operation,
                            &(struct ct_body){ .json = ct_slice(body) }, &contract, &d.err);
    return d;
}

static void check_draft_refusals(const struct refusal *rows, size_t n_rows, enum ct_operation op,
                                 enum ct_compat compat)
{
    for (size_t i = 0; i < n_rows; i++) {
        struct drafted d = draft_json(op, compat, rows[i].body);
        if (d.code != rows[i].code || strcmp(d.err.param, rows[i].param) != 0 ||
            strcmp(d.err.msg, rows[i].message) != 0)
            t_fail(__FILE__, __LINE__, "%s: code %d, param '%s', \"%s\"", rows[i].name, (int)d.code,
                   d.err.param, d.err.msg);
        if (d.code == CT_OK)
            ct_draft_release(&d.draft);
    }
}

/* clang-format off */
static const struct refusal json_rows[] = {
    {"image instead of images", EDIT_OF("\"image\":\"x\""), CT_E_VALUE, "image",
     "Unknown parameter: 'image'. For application/json on /v1/images/edits, use 'images' (array)."},
    {"images absent", "{\"model\":\"gpt-image-2\",\"prompt\":\"p\"}", CT_E_MISSING, "images",
     "Missing required parameter: 'images'."},
    {"images null", EDIT_OF("\"images\":null"), CT_E_TYPE, "images",
     "Invalid type for 'images': expected an array, but got null instead."},
    {"images a string", EDIT_OF("\"images\":\"x\""), CT_E_TYPE, "images",
     "Invalid type for 'images': expected an array, but got a string instead."},
    {"images empty", EDIT_OF("\"images\":[]"), CT_E_ARRAY_EMPTY, "images",
     "Invalid 'images': empty array. Expected an array with minimum length 1, but got an empty array instead."},
    {"17 images", EDIT_OF("\"images\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]"), CT_E_ARRAY_MAX, "images",
     "Invalid 'images': array too long. Expected an array with maximum length 16, but got an array with length 17 instead."},
    {"a string member", EDIT_OF("\"images\":[\"x\"]"), CT_E_TYPE, "images[0]",
     "Invalid type for 'images[0]': expected an object, but got a string instead."},
    {"neither", EDIT_OF("\"images\":[{}]"), CT_E_VALUE, "images[0]",
     "Invalid value for 'images[0]': expected exactly one of 'image_url' and 'file_id', but got neither."},
    {"both", EDIT_OF("\"images\":[{\"image_url\":\"x\",\"file_id\":\"y\"}]"), CT_E_VALUE, "images[0]",
     "Invalid value for 'images[0]': expected exactly one of 'image_url' and 'file_id', but got both."},
    {"an unknown member key", EDIT_OF("\"images\":[{\"url\":\"x\"}]"), CT_E_UNKNOWN, "images[0]",
     "Unknown parameter: 'images[0].url'."},
    {"image_url an integer", EDIT_OF("\"images\":[{\"image_url\":1}]"), CT_E_TYPE, "images[0].image_url",
     "Invalid type for 'images[0].image_url': expected a string, but got an integer instead."},
    {"image_url empty", EDIT_OF("\"images\":[{\"image_url\":\"\"}]"), CT_E_STRING_EMPTY, "images[0].image_url",
     "Invalid 'images[0].image_url': empty string. Expected a string with minimum length 1, but got an empty string instead."},
    {"image_url another scheme", EDIT_OF("\"images\":[{\"image_url\":\"file:///etc/passwd\"}]"), CT_E_IMAGE_URL, "images[0].image_url",
     "Invalid 'images[0].image_url': expected an https URL or a data URL ('data:image/png;base64,...')."},
    {"file_id", EDIT_OF("\"images\":[{\"file_id\":\"\"}]"), CT_E_STRING_EMPTY, "images[0].file_id",
     "Invalid 'images[0].file_id': empty string. Expected a string with minimum length 1, but got an empty string instead."},
    {"mask a string", EDIT(",\"mask\":\"x\""), CT_E_TYPE, "mask",
     "Invalid type for 'mask': expected an object, but got a string instead."},
    {"mask without either", EDIT(",\"mask\":{}"), CT_E_VALUE, "mask",
     "Invalid value for 'mask': expected exactly one of 'image_url' and 'file_id', but got neither."},
    {"mask by file_id", EDIT(",\"mask\":{\"file_id\":7}"), CT_E_TYPE, "mask.file_id",
     "Invalid type for 'mask.file_id': expected a string, but got an integer instead."},
    {"input_fidelity of gpt-image-2", EDIT(",\"input_fidelity\":\"high\""), CT_E_FIDELITY, "input_fidelity",
     "The model 'gpt-image-2' does not support the 'input_fidelity' parameter."},
    {"input_fidelity a wrong word", "{\"model\":\"gpt-image-1.5\",\"prompt\":\"p\",\"input_fidelity\":\"max\"," IMAGES "}",
     CT_E_VALUE, "input_fidelity", "Invalid value: 'max'. Supported values are: 'high' and 'low'."},
    {"model before images", "{\"model\":\"x\",\"images\":3}", CT_E_IMAGE_VALUE, "model", "The model 'x' does not exist."},
    {"unknown key before prompt", "{\"model\":\"gpt-image-2\",\"foo\":1}", CT_E_UNKNOWN, "foo", "Unknown parameter: 'foo'."},
    {"prompt before images", "{\"model\":\"gpt-image-2\"}", CT_E_MISSING, "prompt", "Missing required parameter: 'prompt'."},
    {"images before n", EDIT_OF("\"n\":0,\"images\":[]"), CT_E_ARRAY_EMPTY, "images",
     "Invalid 'images': empty array. Expected an array with minimum length 1, but got an empty array instead."},
    {"n before size", EDIT(",\"size\":\"x\",\"n\":11"), CT_E_INT_MAX, "n",
     "Invalid 'n': integer above maximum value. Expected a value <= 10, but got 11 instead."},
};

#define WITH_MARKUP "\"markup\":{\"image_url\":\"" TINY_DATA_URL "\"}"
#define MARKED(rest) "{\"model\":\"gpt-image-2.5-flare\",\"prompt\":\"p\"," IMAGES "," rest "}"
static const struct refusal markup_rows[] = {
    {"markup of a model without", EDIT("," WITH_MARKUP), CT_E_UNKNOWN, "markup",
     "Unknown parameter: 'markup'. The model 'gpt-image-2' does not take it."},
    {"markup null of a model without", EDIT(",\"markup\":null"), CT_E_UNKNOWN, "markup",
     "Unknown parameter: 'markup'. The model 'gpt-image-2' does not take it."},
    {"markup of gpt-image-1.5", "{\"model\":\"gpt-image-1.5\",\"prompt\":\"p\"," IMAGES "," WITH_MARKUP "}", CT_E_UNKNOWN, "markup",
     "Unknown parameter: 'markup'. The model 'gpt-image-1.5' does not take it."},
    {"markup and mask", MARKED(WITH_MARKUP ",\"mask\":{\"file_id\":\"file-1\"}"), CT_E_EXCLUSIVE, "markup",
     "Mutually exclusive parameters: 'mask' and 'markup'. Give one of them."},
    {"markup a string", MARKED("\"markup\":\"x\""), CT_E_TYPE, "markup",
     "Invalid type for 'markup': expected an object, but got a string instead."},
    {"markup without either", MARKED("\"markup\":{}"), CT_E_VALUE, "markup",
     "Invalid value for 'markup': expected exactly one of 'image_url' and 'file_id', but got neither."},
    {"markup by another scheme", MARKED("\"markup\":{\"image_url\":\"ftp://a/\"}"), CT_E_IMAGE_URL, "markup.image_url",
     "Invalid 'markup.image_url': expected an https URL or a data URL ('data:image/png;base64,...')."},
};

static const struct refusal strict_rows[] = {
    {"image_urls", EDIT(",\"image_urls\":[\"https://a/\"]"), CT_E_UNKNOWN, "image_urls", "Unknown parameter: 'image_urls'."},
    {"seed", EDIT(",\"seed\":1"), CT_E_UNKNOWN, "seed", "Unknown parameter: 'seed'."},
};

static const struct refusal extended_rows[] = {
    {"images and image_urls", EDIT(",\"image_urls\":[\"https://a/\"]"), CT_E_EXCLUSIVE, "image_urls",
     "Mutually exclusive parameters: 'images' and 'image_urls'. Give one of them."},
    {"image_urls empty", EDIT_OF("\"image_urls\":[]"), CT_E_ARRAY_EMPTY, "image_urls",
     "Invalid 'image_urls': empty array. Expected an array with minimum length 1, but got an empty array instead."},
    {"image_urls of objects", EDIT_OF("\"image_urls\":[{}]"), CT_E_TYPE, "image_urls[0]",
     "Invalid type for 'image_urls[0]': expected a string, but got an object instead."},
    {"svg", EDIT(",\"output_format\":\"svg\""), CT_E_VALUE, "output_format",
     "Invalid value: 'svg'. Supported values are: 'png', 'webp', and 'jpeg'."},
};

static const struct refusal generation_rows[] = {
    {"images", EDIT_OF("\"images\":[]"), CT_E_UNKNOWN, "images", "Unknown parameter: 'images'."},
    {"image", EDIT_OF("\"image\":\"x\""), CT_E_UNKNOWN, "image", "Unknown parameter: 'image'."},
    {"mask", EDIT_OF("\"mask\":{}"), CT_E_UNKNOWN, "mask", "Unknown parameter: 'mask'."},
    {"markup", MARKED(WITH_MARKUP), CT_E_UNKNOWN, "images", "Unknown parameter: 'images'."},
    {"markup alone", "{\"model\":\"gpt-image-2.5-flare\",\"prompt\":\"p\"," WITH_MARKUP "}", CT_E_UNKNOWN, "markup", "Unknown parameter: 'markup'."},
    {"input_fidelity", EDIT_OF("\"input_fidelity\":\"low\""), CT_E_UNKNOWN, "input_fidelity", "Unknown parameter: 'input_fidelity'."},
};
/* clang-format on */

TEST(edits__json_refusals_to_the_letter)
{
    check_draft_refusals(json_rows, COUNT(json_rows), CT_OPERATION_EDIT, CT_COMPAT_STRICT);
    check_draft_refusals(json_rows, COUNT(json_rows), CT_OPERATION_EDIT, CT_COMPAT_EXTENDED);
    check_draft_refusals(markup_rows, COUNT(markup_rows), CT_OPERATION_EDIT, CT_COMPAT_STRICT);
    check_draft_refusals(markup_rows, COUNT(markup_rows), CT_OPERATION_EDIT, CT_COMPAT_EXTENDED);
    check_draft_refusals(strict_rows, COUNT(strict_rows), CT_OPERATION_EDIT, CT_COMPAT_STRICT);
    check_draft_refusals(extended_rows, COUNT(extended_rows), CT_OPERATION_EDIT,
                         CT_COMPAT_EXTENDED);
    check_draft_refusals(generation_rows, COUNT(generation_rows), CT_OPERATION_GENERATE,
                         CT_COMPAT_EXTENDED);
}

TEST(edits__json_names_what_is_to_be_got)
{
    struct drafted d = draft_json(
        CT_OPERATION_EDIT, CT_COMPAT_STRICT,
        EDIT_OF("\"images\":[{\"image_url\":\"https://a/1.png\"},{\"image_url\":\"DATA:,\","
                "\"file_id\":null}],\"mask\":{\"image_url\":\"" TINY_DATA_URL "\"},\"n\":null"));
    REQUIRE(d.code == CT_OK);
    const struct ct_image_request *rq = d.draft.request;
    CHECK_INT(rq->operation, CT_OPERATION_EDIT);
    CHECK_INT(rq->n_inputs, 2);
    CHECK_INT(d.draft.n_urls, 3);
    CHECK_SLICE(d.draft.urls[0], "https://a/1.png");
    CHECK_SLICE(d.draft.urls[CT_DRAFT_MASK], TINY_DATA_URL);
    CHECK_INT(rq->inputs[0].source, CT_INPUT_URL);
    CHECK_INT(rq->inputs[1].source, CT_INPUT_DATA_URL);
    CHECK_STR(rq->inputs[1].param, "images[1].image_url");
    CHECK_STR(rq->mask.param, "mask.image_url");
    CHECK(d.draft.auto_size);
    ct_draft_release(&d.draft);
}

TEST(edits__a_markup_is_got_like_a_mask)
{
    struct drafted d =
        draft_json(CT_OPERATION_EDIT, CT_COMPAT_STRICT, MARKED(WITH_MARKUP ",\"mask\":null"));
    REQUIRE(d.code == CT_OK);
    CHECK_INT(d.draft.n_urls, 2);
    CHECK_SLICE(d.draft.urls[CT_DRAFT_MARKUP], TINY_DATA_URL);
    CHECK_STR(d.draft.request->markup.param, "markup.image_url");
    CHECK_INT(d.draft.request->markup.source, CT_INPUT_DATA_URL);
    ct_draft_release(&d.draft);
}

TEST(edits__a_generation_with_image_urls_is_an_edit_that_was_asked_for_as_a_generation)
{
    struct drafted d = draft_json(CT_OPERATION_GENERATE, CT_COMPAT_EXTENDED,
                                  EDIT_OF("\"image_urls\":[\"http://a/\",\"" TINY_DATA_URL "\"]"));
    REQUIRE(d.code == CT_OK);
    CHECK_INT(d.draft.request->operation, CT_OPERATION_EDIT);
    CHECK_INT(d.draft.request->asked_as, CT_OPERATION_GENERATE);
    CHECK_INT(d.draft.request->n_inputs, 2);
    CHECK(d.draft.auto_size);
    ct_draft_release(&d.draft);
    d = draft_json(CT_OPERATION_GENERATE, CT_COMPAT_STRICT, EDIT_OF("\"image_urls\":[\"http://a/\"]"));
    CHECK_INT(d.code, CT_E_UNKNOWN);
}

/* --- forms ---------------------------------------------------------------------------------- */

struct text_part {
    const char *name, *value;
};

static ct_code add_texts(struct ct_form *form, const struct text_part *parts, size_t n,
                         struct ct_err *err)
{
    for (size_t i = 0; i < n; i++)
        CT_TRY(ct_form_add_text(form, ct_slice(parts[i].name), ct_slice(parts[i].value), err));
    return CT_OK;
}

/* A form of these texts and n pictures of 512x384, drafted. */
static struct drafted draft_form(enum ct_operation op, const struct text_part *parts, size_t n_parts,
                                 int n_images)
{
    struct drafted d = { 0 };
    struct ct_form form;
    struct ct_arena *arena = fresh_arena();
    struct ct_contract contract = { .catalogue = builtin(), .compat = CT_COMPAT_EXTENDED };
    ct_form_init(&form, arena);
    d.code = add_texts(&form, parts, n_parts, &d.err);
    for (int i = 0; i < n_images && d.code == CT_OK; i++)
        d.code = ct_form_add_file(&form, CT_FORM_IMAGE, png(512, 384, 2), &d.err);
    if (d.code == CT_OK)
        d.code = ct_parse_draft(&d.draft, arena, op, &(struct ct_body){ .form = &form }, &contract,
                                &d.err);
    ct_form_release(&form);
    return d;
}

#define PARTS(...)                                                                                 \
    (const struct text_part[]){ { "model", "gpt-image-2" }, { "prompt", "p" }, __VA_ARGS__ },       \
        COUNT(((const struct text_part[]){ { "model", "gpt-image-2" }, { "prompt", "p" },          \
                                           __VA_ARGS__ }))

TEST(edits__a_form_is_read_like_json)
{
    struct drafted d = draft_form(CT_OPERATION_EDIT,
                                  PARTS({ "n", "3" }, { "stream", "true" },
                                        { "partial_images", "2" }, { "output_format", "webp" },
                                        { "output_compression", "50" }, { "size", "1536x1024" },
                                        { "quality", "low" }, { "user", "me" }, { "seed", "-5" }),
                                  2);
    REQUIRE(d.code == CT_OK);
    const struct ct_image_request *rq = d.draft.request;
    CHECK(rq->n == 3 && rq->stream && rq->partial_images == 2 && rq->compression == 50);
    CHECK(rq->width == 1536 && rq->seed == -5 && rq->format == CT_FORMAT_WEBP);
    CHECK_SLICE(rq->safety_identifier, "me");
    CHECK_INT(rq->n_inputs, 2);
    CHECK_STR(rq->inputs[1].param, "image[1]");
    CHECK_INT(ct_draft_finish(&d.draft, &d.err), CT_OK);
    CHECK(rq->inputs[1].width == 512 && rq->inputs[1].height == 384);
    CHECK(rq->inputs[1].format == CT_FORMAT_PNG && rq->width == 1536);
    ct_draft_release(&d.draft);
}

static void check_form(struct drafted d, ct_code code, const char *param, const char *message)
{
    CHECK_INT(d.code, code);
    CHECK_STR(d.err.param, param);
    CHECK_STR(d.err.msg, message);
    if (d.code == CT_OK)
        ct_draft_release(&d.draft);
}

TEST(edits__form_refusals_to_the_letter)
{
    check_form(draft_form(CT_OPERATION_EDIT, PARTS({ "n", "two" }), 1), CT_E_TYPE, "n",
               "Invalid type for 'n': expected an integer, but got a string value that could not be "
               "converted into an integer.");
    check_form(draft_form(CT_OPERATION_EDIT, PARTS({ "n", "" }), 1), CT_E_TYPE, "n",
               "Invalid type for 'n': expected an integer, but got a string value that could not be "
               "converted into an integer.");
    check_form(draft_form(CT_OPERATION_EDIT, PARTS({ "n", "99999999999999999999" }), 1),
               CT_E_INT_MAX, "n",
               "Invalid 'n': integer above maximum value. Expected a value <= 10, but got "
               "99999999999999999999 instead.");
    check_form(draft_form(CT_OPERATION_EDIT, PARTS({ "stream", "maybe" }), 1), CT_E_TYPE, "stream",
               "Invalid type for 'stream': expected a boolean, but got a string value that could "
               "not be converted into a boolean.");
    check_form(draft_form(CT_OPERATION_EDIT, PARTS({ "images", "x" }), 1), CT_E_VALUE, "images",
               "Unknown parameter: 'images'. For multipart/form-data use 'image' or 'image[]'.");
    check_form(draft_form(CT_OPERATION_EDIT, PARTS({ "size", "1024x1024" }), 0), CT_E_MISSING,
               "image", "Missing required parameter: 'image'.");
    check_form(draft_form(CT_OPERATION_EDIT, PARTS({ "size", "1024x1024" }), 17), CT_E_ARRAY_MAX,
               "image",
               "Invalid 'image': array too long. Expected an array with maximum length 16, but got "
               "an array with length 17 instead.");
    check_form(draft_form(CT_OPERATION_EDIT, PARTS({ "model", "gpt-image-2" }), 1), CT_E_VALUE,
               "model", "Invalid 'model': the form has this part twice.");
    check_form(draft_form(CT_OPERATION_EDIT, PARTS({ "user", "\xff" }), 1), CT_E_FORM, "",
               "We could not read the multipart body of your request: the part 'user' is not UTF-8 "
               "text.");
    check_form(draft_form(CT_OPERATION_VARIATION, PARTS({ "size", "1024x1024" }), 1), CT_E_UNKNOWN,
               "prompt", "Unknown parameter: 'prompt'.");
}

TEST(edits__which_parts_are_pictures)
{
    CHECK_INT(ct_form_part_of(CT_S("image")), CT_FORM_IMAGE);
    CHECK_INT(ct_form_part_of(CT_S("image[]")), CT_FORM_IMAGE);
    CHECK_INT(ct_form_part_of(CT_S("image[12]")), CT_FORM_IMAGE);
    CHECK_INT(ct_form_part_of(CT_S("image[x]")), CT_FORM_TEXT);
    CHECK_INT(ct_form_part_of(CT_S("image[1")), CT_FORM_TEXT);
    CHECK_INT(ct_form_part_of(CT_S("images")), CT_FORM_TEXT);
    CHECK_INT(ct_form_part_of(CT_S("mask")), CT_FORM_MASK);
    CHECK_INT(ct_form_part_of(CT_S("Mask")), CT_FORM_TEXT);
    CHECK_INT(ct_form_part_of(CT_S("markup")), CT_FORM_MARKUP);
}

/* --- finishing ------------------------------------------------------------------------------ */

/* One picture and a mask (both taken; mask may be NULL) of an edit with this size. */
static ct_code finish(const struct ct_image_request **out, const char *model_id, const char *size,
                      struct ct_blob *image, struct ct_blob *mask, struct ct_err *err)
{
    static struct ct_draft draft;
    struct ct_form form;
    struct ct_arena *arena = fresh_arena();
    struct ct_contract contract = { .catalogue = builtin() };
    const struct text_part parts[] = { { "model", model_id }, { "prompt", "p" }, { "size", size } };
    ct_form_init(&form, arena);
    CHECK_INT(add_texts(&form, parts, 3, err), CT_OK);
    CHECK_INT(ct_form_add_file(&form, CT_FORM_IMAGE, image, err), CT_OK);
    if (mask)
        CHECK_INT(ct_form_add_file(&form, CT_FORM_MASK, mask, err), CT_OK);
    ct_code code = ct_parse_draft(&draft, arena, CT_OPERATION_EDIT,
                                  &(struct ct_body){ .form = &form }, &contract, err);
    ct_form_release(&form);
    CHECK_INT(code, CT_OK);
    code = ct_draft_finish(&draft, err);
    *out = draft.request;
    if (code != CT_OK)
        ct_draft_release(&draft);
    return code;
}

/* A form of one picture of 512x384 with these overlays (taken; may be NULL), finished. */
static struct drafted overlaid(enum ct_operation op, const char *model_id, struct ct_blob *mask,
                               struct ct_blob *markup)
{
    struct drafted d = { 0 };
    struct ct_form form;
    struct ct_arena *arena = fresh_arena();
    struct ct_contract contract = { .catalogue = builtin(), .compat = CT_COMPAT_EXTENDED };
    const struct text_part parts[] = { { "model", model_id }, { "prompt", "p" } };
    ct_form_init(&form, arena);
    d.code = add_texts(&form, parts, op == CT_OPERATION_EDIT ? 2 : 1, &d.err);
    if (d.code == CT_OK)
        d.code = ct_form_add_file(&form, CT_FORM_IMAGE, png(512, 384, 2), &d.err);
    if (d.code == CT_OK && mask)
        d.code = ct_form_add_file(&form, CT_FORM_MASK, mask, &d.err);
    if (d.code == CT_OK && markup)
        d.code = ct_form_add_file(&form, CT_FORM_MARKUP, markup, &d.err);
    if (d.code == CT_OK)
        d.code = ct_parse_draft(&d.draft, arena, op, &(struct ct_body){ .form = &form }, &contract,
                                &d.err);
    ct_form_release(&form);
    if (d.code == CT_OK) {
        d.code = ct_draft_finish(&d.draft, &d.err);
        if (d.code != CT_OK)
            ct_draft_release(&d.draft);
    }
    return d;
}

TEST(edits__a_markup_in_a_form)
{
    static const char new[] = "gpt-image-2.5-sunburst-2026-09-08";
    struct drafted d = overlaid(CT_OPERATION_EDIT, new, NULL, png(512, 384, 6));
    REQUIRE(d.code == CT_OK);
    CHECK_INT(d.draft.request->markup.width, 512);
    CHECK(!d.draft.request->mask.file);
    int64_t picture = ct_input_image_tokens(model(new), 512, 384, CT_FIDELITY_UNSET);
    CHECK_INT(ct_usage_of(d.draft.request, 0).image_tokens_in, 2 * picture);
    ct_draft_release(&d.draft);
    check_form(overlaid(CT_OPERATION_EDIT, new, NULL, png(384, 512, 6)), CT_E_IMAGE_FILE, "markup",
               "Invalid markup image: its size 384x512 is not the size 512x384 of image 1, which it "
               "belongs to.");
    check_form(overlaid(CT_OPERATION_EDIT, new, NULL, png(512, 384, 2)), CT_E_IMAGE_FILE, "markup",
               "Invalid markup image: it has no alpha channel. A markup is a PNG that is transparent "
               "but for its strokes.");
    check_form(overlaid(CT_OPERATION_EDIT, new, NULL, ct_blob_copy("x", 1)), CT_E_IMAGE_FILE,
               "markup", "Invalid image file or mode for markup, please check your image file.");
    check_form(overlaid(CT_OPERATION_EDIT, new, png(512, 384, 6), png(512, 384, 6)),
               CT_E_EXCLUSIVE, "markup",
               "Mutually exclusive parameters: 'mask' and 'markup'. Give one of them.");
    check_form(overlaid(CT_OPERATION_EDIT, "gpt-image-2", NULL, png(512, 384, 6)), CT_E_UNKNOWN,
               "markup", "Unknown parameter: 'markup'. The model 'gpt-image-2' does not take it.");
    check_form(overlaid(CT_OPERATION_VARIATION, new, NULL, png(512, 384, 6)), CT_E_UNKNOWN,
               "markup", "Unknown parameter: 'markup'.");
}

TEST(edits__auto_is_the_size_of_the_picture_or_its_shape)
{
    static const struct {
        const char *model;
        int w, h, width, height;
    } rows[] = {
        { "gpt-image-2", 1024, 1024, 1024, 1024 },   { "gpt-image-2", 1536, 1024, 1536, 1024 },
        { "gpt-image-2", 2048, 2048, 2048, 2048 },   { "gpt-image-2", 1792, 1024, 1792, 1024 },
        { "gpt-image-2", 500, 500, 1024, 1024 },     { "gpt-image-2", 4000, 3000, 1408, 1056 },
        { "gpt-image-2", 3000, 4000, 1056, 1408 },   { "gpt-image-2", 3840, 2160, 1536, 864 },
        { "gpt-image-2", 5000, 100, 2160, 720 },     { "gpt-image-2", 1, 1000, 720, 2160 },
        { "gpt-image-1.5", 500, 500, 1024, 1024 },   { "gpt-image-1.5", 1200, 1000, 1024, 1024 },
        { "gpt-image-1.5", 1300, 1000, 1536, 1024 }, { "gpt-image-1.5", 1000, 1300, 1024, 1536 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct ct_image_request *rq;
        struct ct_err err = { 0 };
        ct_code code = finish(&rq, rows[i].model, "auto",
                              png((uint32_t)rows[i].w, (uint32_t)rows[i].h, 0), NULL, &err);
        if (code != CT_OK) {
            t_fail(__FILE__, __LINE__, "%dx%d: %s", rows[i].w, rows[i].h, err.msg);
            continue;
        }
        if (rq->width != rows[i].width || rq->height != rows[i].height)
            t_fail(__FILE__, __LINE__, "%dx%d of %s became %dx%d", rows[i].w, rows[i].h,
                   rows[i].model, rq->width, rq->height);
        ct_image_request_release(rq);
    }
}

TEST(edits__every_shape_gets_a_legal_size)
{
    struct ct_err err;
    for (int w = 1; w < 9000; w = w * 5 / 4 + 1) {
        for (int h = 1; h < 9000; h = h * 5 / 4 + 1) {
            for (int r = CT_RESOLUTION_1K; r <= CT_RESOLUTION_4K; r++) {
                int width = 0, height = 0;
                ct_size_of_picture(&width, &height, w, h, (enum ct_resolution)r, false);
                if (ct_size_check_free(width, height, CT_S(""), &err) != CT_OK)
                    t_fail(__FILE__, __LINE__, "%dx%d: %dx%d: %s", w, h, width, height, err.msg);
            }
        }
    }
}

static void check_finish(struct ct_blob *image, struct ct_blob *mask, const char *param,
                         const char *message)
{
    const struct ct_image_request *rq;
    struct ct_err err = { 0 };
    ct_code code = finish(&rq, "gpt-image-2", "auto", image, mask, &err);
    CHECK_INT(code, CT_E_IMAGE_FILE);
    CHECK_STR(err.param, param);
    CHECK_STR(err.msg, message);
    if (code == CT_OK)
        ct_image_request_release(rq);
}

TEST(edits__files_that_are_no_pictures_and_masks_that_do_not_fit)
{
    const struct ct_image_request *rq;
    struct ct_err err = { 0 };
    static const char bad[] =
        "Invalid image file or mode for image 1, please check your image file.";
    check_finish(ct_blob_copy("Example data", 12), NULL, "image", bad);
    check_finish(ct_blob_copy("", 0), NULL, "image", bad);
    check_finish(png(8, 8, 2), ct_blob_copy("x", 1), "mask",
                 "Invalid image file or mode for mask, please check your image file.");
    check_finish(png(512, 384, 2), png(384, 512, 6), "mask",
                 "Invalid mask image: its size 384x512 is not the size 512x384 of image 1, which it "
                 "belongs to.");
    check_finish(png(512, 384, 2), png(512, 384, 2), "mask",
                 "Invalid mask image: it has no alpha channel. A mask is a PNG whose transparent "
                 "pixels are to be edited.");
    REQUIRE(finish(&rq, "gpt-image-2", "auto", png(512, 384, 2), png(512, 384, 6), &err) == CT_OK);
    CHECK_INT(rq->mask.width, 512);
    ct_image_request_release(rq);
}

/* --- data URLs and tokens ------------------------------------------------------------------- */

static void check_data_url(const char *url, const char *expected)
{
    struct ct_blob *blob = NULL;
    struct ct_err err = { 0 };
    ct_code code = ct_data_url_decode(&blob, ct_slice(url), "/tmp", "images[0].image_url", &err);
    if (!expected) {
        if (code != CT_E_IMAGE_URL)
            t_fail(__FILE__, __LINE__, "%s: code %d", url, (int)code);
        CHECK_STR(err.param, "images[0].image_url");
        CHECK(blob == NULL);
        return;
    }
    REQUIRE(code == CT_OK);
    CHECK(blob->len == strlen(expected) && memcmp(blob->data, expected, blob->len) == 0);
    ct_blob_unref(&blob);
}

TEST(data_url__decodes_base64_only)
{
    check_data_url("data:image/png;base64,aGVsbG8=", "hello");
    check_data_url("data:;base64,aGVsbG8=", "hello");
    check_data_url("DATA:image/jpeg;charset=x;BASE64,aGVsbG8h", "hello!");
    check_data_url("data:text/plain;base64,aA==", "h");
    check_data_url("data:image/png;base64,", NULL);
    check_data_url("data:image/png,hello", NULL);
    check_data_url("data:base64,aA==", NULL);
    check_data_url("data:image/png;base64", NULL);
    check_data_url("data:image/png;base64,aGVsbG8", NULL);
    check_data_url("data:image/png;base64,aGVs bG8=", NULL);
    check_data_url("data:image/png;base64,aGVsbG8=aGVs", NULL);
    check_data_url("data:image/png;base64,a-_s", NULL);
    check_data_url("http://a", NULL);
}

TEST(data_url__decodes_large_ones_in_slabs)
{
    size_t n = 300000, head = strlen("data:image/png;base64,");
    unsigned char *raw = malloc(n);
    char *url = malloc(head + ct_base64_encoded_len(n));
    struct ct_blob *blob = NULL;
    struct ct_err err = { 0 };
    REQUIRE(raw && url);
    for (size_t i = 0; i < n; i++)
        raw[i] = (unsigned char)(i * 7 >> 2);
    memcpy(url, "data:image/png;base64,", head);
    ct_base64_encode(url + head, raw, n);
    struct ct_slice s = ct_slice_n(url, head + ct_base64_encoded_len(n));
    CHECK_INT(ct_data_url_decode(&blob, s, "/tmp", "p", &err), CT_OK);
    REQUIRE(blob);
    CHECK(blob->len == n && memcmp(blob->data, raw, n) == 0 && ct_blob_fd(blob) >= 0);
    ct_blob_unref(&blob);
    url[head + 65535] = '='; /* padding in the middle, at the end of a slab */
    CHECK_INT(ct_data_url_decode(&blob, s, "/tmp", "p", &err), CT_E_IMAGE_URL);
    free(raw);
    free(url);
}

TEST(usage__input_pictures_as_probed)
{
    static const int rows[][3] = {
        { 256, 256, 256 },     { 512, 512, 1024 },    { 512, 768, 704 },    { 640, 480, 768 },
        { 1024, 1024, 1024 },  { 1536, 1024, 1536 },  { 1920, 1080, 1508 }, { 2048, 2048, 1521 },
        { 3840, 2160, 1508 },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_INT(ct_input_image_tokens(model("gpt-image-2"), rows[i][0], rows[i][1],
                                        CT_FIDELITY_UNSET),
                  rows[i][2]);
    const struct ct_model *old = model("gpt-image-1.5");
    CHECK_INT(ct_input_image_tokens(old, 1024, 1024, CT_FIDELITY_LOW), 65 + 129);
    CHECK_INT(ct_input_image_tokens(old, 1536, 1024, CT_FIDELITY_UNSET), 65 + 2 * 129);
    CHECK_INT(ct_input_image_tokens(old, 1024, 1024, CT_FIDELITY_HIGH), 65 + 129 + 4160);
    CHECK_INT(ct_input_image_tokens(old, 1024, 1536, CT_FIDELITY_HIGH), 65 + 2 * 129 + 6240);
    CHECK(ct_input_image_tokens(model("gpt-image-2"), 16384, 1, CT_FIDELITY_UNSET) > 0);
}
