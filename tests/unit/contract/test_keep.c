/* Requests with pictures, written down and read again: the same request, with the files given. */
#include "support.h"

#include "contract/keep.h"

/* A PNG of 64x64 without pixels worth the name: enough for whoever reads headers. */
static struct ct_blob *png(int colour_type)
{
    unsigned char file[8 + 25 + 12 + 16384 + 12] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    file[19] = file[23] = 64;
    file[24] = 8;
    file[25] = (unsigned char)colour_type;
    memcpy(file + 33, "\0\0\x40\0IDAT", 8);
    memcpy(file + 33 + 12 + 16384, "\0\0\0\0IEND\xae\x42\x60\x82", 12);
    return ct_blob_copy(file, sizeof(file));
}

struct files {
    int asked[CT_DRAFT_INPUTS];
    bool missing;
};

static ct_code give(void *ctx, struct ct_blob **out, int i, struct ct_err *err)
{
    struct files *f = ctx;
    f->asked[i]++;
    if (f->missing)
        return ct_fail(err, CT_E_INTERNAL, NULL, "gone");
    *out = png(i >= CT_DRAFT_MASK ? 6 : 2);
    return CT_OK;
}

static const struct ct_contract *contract(void)
{
    static struct ct_contract made;
    made = (struct ct_contract){ .catalogue = builtin(), .compat = CT_COMPAT_EXTENDED };
    return &made;
}

static struct ct_buf written(enum ct_operation route, const struct ct_body *body, int pictures,
                             bool mask)
{
    struct ct_buf text;
    struct ct_image_request request = { .n_inputs = pictures };
    struct ct_blob *file = png(6);
    if (mask)
        request.mask.file = file;
    ct_buf_init(&text, CT_KEEP_MAX);
    CHECK_INT(ct_keep_write(&text, route, body, &request, NULL), CT_OK);
    ct_blob_unref(&file);
    return text;
}

TEST(keep__json_loses_its_data_urls_and_nothing_else)
{
    const char *body =
        "{\"model\":\"gpt-image-2\",\"prompt\":\"data:x \\\"caf\xc3\xa9\\\"\",\"n\":2,\"user\":[1.50,null,true],"
        "\"images\":[{\"image_url\":\"data:image/png;base64,AAAA\"},"
        "{\"image_url\":\"https://example.com/a.png\"}],"
        "\"mask\":{\"image_url\":\"data:image/png;base64,BBBB\"}}";
    struct ct_body json = { .json = ct_slice(body) };
    struct ct_buf text = written(CT_OPERATION_EDIT, &json, 2, true);
    CHECK(ct_slice_is(ct_buf_slice(&text),
                      "{\"route\":\"edit\",\"pictures\":2,\"mask\":true,\"json\":"
                      "{\"model\":\"gpt-image-2\",\"prompt\":\"data:x \\\"caf\xc3\xa9\\\"\",\"n\":2,"
                      "\"user\":[1.50,null,true],\"images\":[{\"image_url\":\"data:,\"},"
                      "{\"image_url\":\"https://example.com/a.png\"}],"
                      "\"mask\":{\"image_url\":\"data:,\"}}}"));

    struct files files = { .missing = false };
    struct ct_arena *arena = ct_arena_new((size_t)8 << 20);
    const struct ct_image_request *request;
    CHECK_INT(ct_keep_read(&request, arena, ct_buf_slice(&text), give, &files, contract(), NULL),
              CT_OK);
    CHECK(request->operation == CT_OPERATION_EDIT && request->n == 2 && request->n_inputs == 2);
    CHECK(request->inputs[1].file && request->mask.file && request->inputs[0].width == 64);
    CHECK(ct_slice_is(ct_slice(request->inputs[1].param), "images[1].image_url"));
    CHECK(files.asked[0] == 1 && files.asked[1] == 1 && files.asked[CT_DRAFT_MASK] == 1);
    ct_image_request_release(request);
    ct_arena_free(&arena);
    ct_buf_release(&text);
}

TEST(keep__a_form_stays_one)
{
    struct ct_arena *arena = ct_arena_new((size_t)8 << 20);
    struct ct_form form;
    struct files files = { .missing = false };
    const struct ct_image_request *request;
    ct_form_init(&form, arena);
    CHECK_INT(ct_form_add_text(&form, CT_S("model"), CT_S("gpt-image-2"), NULL), CT_OK);
    CHECK_INT(ct_form_add_text(&form, CT_S("prompt"), CT_S("12"), NULL), CT_OK);
    CHECK_INT(ct_form_add_text(&form, CT_S("n"), CT_S("3"), NULL), CT_OK);
    CHECK_INT(ct_form_add_text(&form, CT_S("async"), CT_S("true"), NULL), CT_OK);
    struct ct_buf text = written(CT_OPERATION_EDIT, &(struct ct_body){ .form = &form }, 2, false);
    CHECK_INT(ct_keep_read(&request, arena, ct_buf_slice(&text), give, &files, contract(), NULL),
              CT_OK);
    CHECK(request->n == 3 && request->async && request->n_inputs == 2 && !request->mask.file);
    CHECK(ct_slice_is(request->prompt, "12"));
    CHECK(ct_slice_is(ct_slice(request->inputs[1].param), "image[1]"));
    ct_image_request_release(request);
    ct_form_release(&form);
    ct_arena_free(&arena);
    ct_buf_release(&text);
}

TEST(keep__a_markup_comes_back)
{
    static const char *const bodies[] = {
        NULL, "{\"model\":\"gpt-image-2.5-flare\",\"prompt\":\"p\",\"images\":[{\"file_id\":\"a\"}],"
              "\"markup\":{\"image_url\":\"data:image/png;base64,AAAA\"}}",
    };
    for (int i = 0; i < 2; i++) {
        struct ct_arena *arena = ct_arena_new((size_t)8 << 20);
        struct ct_form form;
        struct files files = { .missing = false };
        struct ct_image_request kept = { .n_inputs = 1, .markup.file = png(6) };
        const struct ct_image_request *request;
        struct ct_buf text;
        ct_form_init(&form, arena);
        CHECK_INT(ct_form_add_text(&form, CT_S("model"), CT_S("gpt-image-2.5-flare"), NULL), CT_OK);
        CHECK_INT(ct_form_add_text(&form, CT_S("prompt"), CT_S("p"), NULL), CT_OK);
        struct ct_body body = { .form = i == 0 ? &form : NULL };
        if (i == 1)
            body.json = ct_slice(bodies[i]);
        ct_buf_init(&text, CT_KEEP_MAX);
        CHECK_INT(ct_keep_write(&text, CT_OPERATION_EDIT, &body, &kept, NULL), CT_OK);
        REQUIRE(ct_keep_read(&request, arena, ct_buf_slice(&text), give, &files, contract(),
                             NULL) == CT_OK);
        CHECK(request->markup.file && request->markup.width == 64 && !request->mask.file);
        CHECK(files.asked[CT_DRAFT_MARKUP] == 1 && files.asked[CT_DRAFT_MASK] == 0);
        ct_image_request_release(request);
        ct_blob_unref(&kept.markup.file);
        ct_form_release(&form);
        ct_arena_free(&arena);
        ct_buf_release(&text);
    }
}

TEST(keep__says_what_cannot_be_read)
{
    static const char *const texts[] = {
        "{}",
        "{\"route\":\"edit\",\"pictures\":0,\"mask\":false,\"json\":{}}",
        "{\"route\":\"paint\",\"pictures\":1,\"mask\":false,\"json\":{}}",
        "{\"route\":\"edit\",\"pictures\":1,\"mask\":false}",
        "{\"route\":\"edit\",\"pictures\":1,\"mask\":false,\"json\":{},\"form\":{}}",
    };
    struct files files = { .missing = true };
    struct ct_arena *arena = ct_arena_new((size_t)8 << 20);
    const struct ct_image_request *request;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        CHECK_INT(ct_keep_read(&request, arena, ct_slice(texts[i]), give, &files, contract(), NULL),
                  CT_E_INTERNAL);
        CHECK(!request);
    }
    const char *gone = "{\"route\":\"generate\",\"pictures\":1,\"mask\":false,\"json\":{\"model\":"
                       "\"gpt-image-2\",\"prompt\":\"p\",\"image_urls\":[\"https://a.example/\"]}}";
    struct ct_err err = { 0 };
    CHECK_INT(ct_keep_read(&request, arena, ct_slice(gone), give, &files, contract(), &err),
              CT_E_INTERNAL);
    CHECK(ct_slice_is(ct_slice(err.msg), "gone"));
    ct_arena_free(&arena);
}
