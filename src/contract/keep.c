/* See keep.h. Written on an api worker, read on a runner; pure but for the files that are given.
 *
 * A form's values are written as the texts they were sent as: reading them through contract/form
 * gives them their types back. Of JSON only references to pictures are changed. */
#include "contract/keep.h"

#define ARENA_BYTES ((size_t)48 << 20)

static const char *const routes[] = {
    [CT_OPERATION_GENERATE] = "generate",
    [CT_OPERATION_EDIT] = "edit",
    [CT_OPERATION_VARIATION] = "variation",
};
#define ROUTES ((int)(sizeof(routes) / sizeof(routes[0])))

static void put_key(struct ct_buf *b, bool first, struct ct_slice key)
{
    if (!first)
        ct_buf_putc(b, ',');
    if (!key.ptr)
        return;
    ct_json_put_string(b, key);
    ct_buf_putc(b, ':');
}

static void put_scalar(struct ct_buf *b, const struct ct_json *value, bool references)
{
    if (value->type == CT_JSON_NULL)
        ct_buf_puts(b, "null");
    else if (value->type == CT_JSON_BOOL)
        ct_buf_puts(b, value->boolean ? "true" : "false");
    else if (value->type != CT_JSON_STRING)
        ct_buf_put(b, value->text);
    else if (references && ct_slice_ieq(ct_slice_sub(value->text, 0, 5), CT_S("data:")))
        ct_buf_puts(b, "\"data:,\"");
    else
        ct_json_put_string(b, value->text);
}

/* Recursion ends with the depth that the JSON reader takes. */
static void put_value(struct ct_buf *b, const struct ct_json *value, bool references)
{
    bool object = value->type == CT_JSON_OBJECT;
    if (!object && value->type != CT_JSON_ARRAY) {
        put_scalar(b, value, references);
        return;
    }
    ct_buf_putc(b, object ? '{' : '[');
    for (const struct ct_json *m = value->child; m; m = m->next) {
        put_key(b, m == value->child, object ? m->key : (struct ct_slice){ 0 });
        put_value(b, m, references);
    }
    ct_buf_putc(b, object ? '}' : ']');
}

static bool names_pictures(struct ct_slice key)
{
    return ct_slice_is(key, "images") || ct_slice_is(key, "image_urls") ||
           ct_slice_is(key, "mask") || ct_slice_is(key, "markup");
}

static void put_json(struct ct_buf *b, const struct ct_json *body)
{
    ct_buf_putc(b, '{');
    for (const struct ct_json *m = body->child; m; m = m->next) {
        put_key(b, m == body->child, m->key);
        put_value(b, m, names_pictures(m->key));
    }
    ct_buf_putc(b, '}');
}

static void put_form(struct ct_buf *b, const struct ct_form *form)
{
    ct_buf_putc(b, '{');
    for (const struct ct_json *m = form->object.child; m; m = m->next) {
        put_key(b, m == form->object.child, m->key);
        ct_json_put_string(b, m->text);
    }
    ct_buf_putc(b, '}');
}

ct_code ct_keep_write(struct ct_buf *out, enum ct_operation route, const struct ct_body *body,
                      const struct ct_image_request *request, struct ct_err *err)
{
    const struct ct_json *json = NULL;
    CT_CLEANUP(ct_arena_free)
    struct ct_arena *arena = body->form ? NULL : ct_arena_new(ARENA_BYTES);
    if (!body->form && !arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "The request does not fit into memory.");
    if (!body->form)
        CT_TRY(ct_json_parse(&json, arena, body->json, NULL, err));
    ct_buf_printf(out, "{\"route\":\"%s\",\"pictures\":%d,\"mask\":%s,%s\"%s\":", routes[route],
                  request->n_inputs, request->mask.file ? "true" : "false",
                  request->markup.file ? "\"markup\":true," : "", body->form ? "form" : "json");
    if (body->form)
        put_form(out, body->form);
    else
        put_json(out, json);
    ct_buf_putc(out, '}');
    return out->failed ? ct_fail(err, CT_E_MEMORY, NULL, "The request does not fit into memory.")
                       : CT_OK;
}

/* What was written, taken apart again. */
struct kept {
    enum ct_operation route;
    int pictures;
    bool mask, markup;
    const struct ct_json *form, *json; /* one of the two */
};

static bool take_apart(struct kept *k, const struct ct_json *text)
{
    const struct ct_json *route = ct_json_get(text, "route");
    const struct ct_json *pictures = ct_json_get(text, "pictures");
    const struct ct_json *mask = ct_json_get(text, "mask");
    const struct ct_json *markup = ct_json_get(text, "markup"); /* written when there is one */
    int r = 0;
    while (route && r < ROUTES && !ct_slice_is(route->text, routes[r]))
        r++;
    if (!route || r == ROUTES || !pictures || !mask || pictures->integer < 1 ||
        pictures->integer > CT_MAX_INPUTS)
        return false;
    *k = (struct kept){ .route = (enum ct_operation)r,
                        .pictures = (int)pictures->integer,
                        .mask = mask->boolean,
                        .markup = markup && markup->boolean,
                        .form = ct_json_get(text, "form"),
                        .json = ct_json_get(text, "json") };
    return !k->form != !k->json;
}

struct reading {
    struct ct_arena *arena;
    ct_keep_file file;
    void *ctx;
    const struct ct_contract *contract;
};

static ct_code add_files(struct ct_form *form, const struct kept *k, const struct reading *r,
                         struct ct_err *err)
{
    for (int i = 0; i < CT_DRAFT_INPUTS; i++) {
        bool mask = i == CT_DRAFT_MASK, markup = i == CT_DRAFT_MARKUP;
        struct ct_blob *file;
        if (mask ? !k->mask : markup ? !k->markup : i >= k->pictures)
            continue;
        CT_TRY(r->file(r->ctx, &file, i, err));
        CT_TRY(ct_form_add_file(
            form, mask ? CT_FORM_MASK : markup ? CT_FORM_MARKUP : CT_FORM_IMAGE, file, err));
    }
    return CT_OK;
}

static ct_code draft_of_form(struct ct_draft *out, const struct kept *k, const struct reading *r,
                             struct ct_err *err)
{
    struct ct_form form;
    ct_code rc = CT_OK;
    ct_form_init(&form, r->arena);
    for (const struct ct_json *m = k->form->child; m && rc == CT_OK; m = m->next)
        rc = ct_form_add_text(&form, m->key, m->text, err);
    if (rc == CT_OK)
        rc = add_files(&form, k, r, err);
    if (rc == CT_OK)
        rc = ct_parse_draft(out, r->arena, k->route, &(struct ct_body){ .form = &form },
                            r->contract, err);
    ct_form_release(&form);
    return rc;
}

static ct_code draft_of_json(struct ct_draft *out, const struct kept *k, const struct reading *r,
                             struct ct_err *err)
{
    struct ct_buf body;
    ct_buf_init(&body, CT_KEEP_MAX);
    put_json(&body, k->json);
    struct ct_slice text = ct_arena_dup(r->arena, ct_buf_slice(&body));
    bool failed = body.failed || ct_arena_failed(r->arena);
    ct_buf_release(&body);
    if (failed)
        return ct_fail(err, CT_E_MEMORY, NULL, "The request does not fit into memory.");
    CT_TRY(ct_parse_draft(out, r->arena, k->route, &(struct ct_body){ .json = text }, r->contract,
                          err));
    for (int i = 0; i < CT_DRAFT_INPUTS; i++) {
        struct ct_blob *file;
        if (!out->urls[i].ptr)
            continue;
        ct_code rc = r->file(r->ctx, &file, i, err);
        if (rc != CT_OK) {
            ct_draft_release(out);
            return rc;
        }
        ct_draft_put(out, i, file);
    }
    return CT_OK;
}

ct_code ct_keep_read(const struct ct_image_request **out, struct ct_arena *arena,
                     struct ct_slice text, ct_keep_file file, void *ctx,
                     const struct ct_contract *contract, struct ct_err *err)
{
    const struct reading reading = { arena, file, ctx, contract };
    const struct ct_json *json;
    struct ct_draft draft = { 0 };
    struct kept kept;
    *out = NULL;
    CT_TRY(ct_json_parse(&json, arena, text, NULL, err));
    if (!take_apart(&kept, json))
        return ct_fail(err, CT_E_INTERNAL, NULL, "This is no request that was kept.");
    if (kept.form)
        CT_TRY(draft_of_form(&draft, &kept, &reading, err));
    else
        CT_TRY(draft_of_json(&draft, &kept, &reading, err));
    ct_code rc = ct_draft_finish(&draft, err);
    if (rc == CT_OK)
        *out = draft.request;
    else
        ct_draft_release(&draft);
    return rc;
}
