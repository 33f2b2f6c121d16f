/* Where the bytes of an edit go while they arrive.
 *
 *     socket -> ct_upload_feed -> JSON: one spool
 *                             `-> form: net/multipart -> text  -> spool (memory) -> struct ct_form
 *                                                    `-> file -> spool (file)   -> struct ct_form
 *
 * All on the loop of the connection. A picture that cannot be taken (too large, or one too many) is
 * read on and dropped where the refusal has its place in the official order of checks, and refuses
 * at once where it would only fill the disk. */
#include "api/upload.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "contract/check.h"

#define MEMORY_BYTES ((size_t)32 << 10)
#define TEXT_BYTES_MAX (2 * CT_FORM_TEXT_MAX) /* all text parts together */
#define ARENA_BYTES ((size_t)48 << 20)

static ct_code no_memory(struct ct_err *err)
{
    return ct_fail(err, CT_E_MEMORY, NULL, "The server is out of memory. Please try again later.");
}

static enum ct_form_part part_of(const struct ct_upload *u, struct ct_slice name)
{
    if (!u->of_file)
        return ct_form_part_of(name);
    return ct_slice_is(name, "file") ? CT_FORM_FILE : CT_FORM_TEXT;
}

static size_t most_bytes(enum ct_form_part part)
{
    return part == CT_FORM_TEXT   ? CT_FORM_TEXT_MAX
           : part == CT_FORM_FILE ? CT_UPLOAD_FILE_MAX
                                  : CT_INPUT_MAX_BYTES;
}

static ct_code on_part(void *ctx, const struct ct_multipart_part *part, struct ct_err *err)
{
    struct ct_upload *u = ctx;
    u->part = part_of(u, part->name);
    if (u->part == CT_FORM_FILE)
        u->filename = ct_arena_dup(u->arena, part->filename);
    u->named_file = part->has_filename;
    u->name = ct_arena_dup(u->arena, part->name);
    if (ct_arena_failed(u->arena))
        return no_memory(err);
    ct_spool_init(&u->spool, u->dir, MEMORY_BYTES, most_bytes(u->part));
    return CT_OK;
}

/* A file where none belongs (`images`, say) counts as an empty text: the check of the parameter's
 * name or value says what is wrong. */
static bool is_stray_file(const struct ct_upload *u, struct ct_slice text)
{
    return u->named_file && !ct_utf8_valid(text);
}

/* A form with this many pictures is refused in the end: there is no need to keep them. */
static bool is_dropped(const struct ct_upload *u)
{
    return u->part == CT_FORM_IMAGE && u->form.n_images >= CT_MAX_INPUTS;
}

static ct_code too_large(const struct ct_upload *u, struct ct_err *err)
{
    struct ct_slice name = ct_quote(u->name);
    if (u->part == CT_FORM_TEXT)
        return ct_fail(err, CT_E_FORM, NULL,
                       "We could not read the multipart body of your request: the text part '%.*s' "
                       "is longer than %zu bytes.",
                       CT_SARG(name), CT_FORM_TEXT_MAX);
    if (u->part == CT_FORM_FILE)
        return ct_fail(err, CT_E_FORM, NULL, "File is too large.");
    if (u->part == CT_FORM_MASK || u->part == CT_FORM_MARKUP) {
        const char *overlay = u->part == CT_FORM_MASK ? "mask" : "markup";
        return ct_fail(err, CT_E_IMAGE_FILE, overlay,
                       "Invalid image file or mode for %s, please check your image file. It is "
                       "larger than 50 MB.",
                       overlay);
    }
    return ct_fail(err, CT_E_IMAGE_FILE, "image",
                   "Invalid image file or mode for image %d, please check your image file. It is "
                   "larger than 50 MB.",
                   u->form.n_images + 1);
}

static ct_code on_data(void *ctx, struct ct_slice bytes, struct ct_err *err)
{
    struct ct_upload *u = ctx;
    if (is_dropped(u) || (u->part == CT_FORM_TEXT && u->named_file &&
                          bytes.len > CT_FORM_TEXT_MAX - u->spool.len))
        return CT_OK;
    if (u->part == CT_FORM_TEXT && !u->named_file) {
        u->text_bytes += bytes.len;
        if (u->text_bytes > TEXT_BYTES_MAX)
            return ct_fail(err, CT_E_FORM, NULL,
                           "We could not read the multipart body of your request: its text parts "
                           "are longer than %zu bytes together.",
                           TEXT_BYTES_MAX);
    }
    ct_code code = ct_spool_write(&u->spool, bytes, err);
    return code == CT_E_BODY_SIZE ? too_large(u, err) : code;
}

static ct_code on_end(void *ctx, struct ct_err *err)
{
    struct ct_upload *u = ctx;
    struct ct_blob *blob = NULL;
    CT_TRY(ct_spool_take(&u->spool, &blob, err));
    if (u->part == CT_FORM_FILE && u->file) {
        ct_blob_unref(&blob);
        return ct_fail(err, CT_E_VALUE, "file", "Invalid 'file': the form has this part twice.");
    }
    if (u->part == CT_FORM_FILE) {
        u->file = blob;
        return CT_OK;
    }
    if (u->part != CT_FORM_TEXT)
        return ct_form_add_file(&u->form, u->part, blob, err);
    struct ct_slice text = ct_slice_n(blob->data, blob->len);
    if (is_stray_file(u, text))
        text.len = 0;
    ct_code code = ct_form_add_text(&u->form, u->name, text, err);
    ct_blob_unref(&blob);
    return code;
}

static bool is_form(struct ct_slice content_type)
{
    return ct_slice_ieq(ct_slice_sub(content_type, 0, 10), CT_S("multipart/"));
}

ct_code ct_upload_new(struct ct_upload **out, struct ct_slice content_type, bool of_file,
                      const char *dir, struct ct_err *err)
{
    struct ct_upload *u = ct_calloc(1, sizeof(*u));
    const struct ct_multipart_handler handler = { u, on_part, on_data, on_end };
    ct_code code = CT_OK;
    *out = NULL;
    if (!u)
        return no_memory(err);
    u->dir = dir;
    u->of_file = of_file;
    u->is_form = is_form(content_type);
    ct_spool_init(&u->spool, dir, MEMORY_BYTES, SIZE_MAX);
    u->arena = ct_arena_new(ARENA_BYTES);
    if (u->arena)
        ct_form_init(&u->form, u->arena);
    else
        code = no_memory(err);
    if (code == CT_OK && u->is_form)
        code = ct_multipart_init(&u->multipart, content_type, &handler, err);
    if (code == CT_OK)
        *out = u;
    else
        ct_upload_free(&u);
    return code;
}

void ct_upload_free(struct ct_upload **slot)
{
    struct ct_upload *u = *slot;
    *slot = NULL;
    if (!u)
        return;
    ct_spool_release(&u->spool);
    ct_form_release(&u->form);
    ct_blob_unref(&u->file);
    ct_blob_unref(&u->json);
    ct_arena_free(&u->arena);
    ct_free(u);
}

ct_code ct_upload_feed(struct ct_upload *u, struct ct_slice bytes, struct ct_err *err)
{
    return u->is_form ? ct_multipart_feed(&u->multipart, bytes, err)
                      : ct_spool_write(&u->spool, bytes, err);
}

ct_code ct_upload_finish(struct ct_upload *u, struct ct_err *err)
{
    return u->is_form ? ct_multipart_finish(&u->multipart, err)
                      : ct_spool_take(&u->spool, &u->json, err);
}
