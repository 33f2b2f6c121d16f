/* Text parts -> typed JSON members. Called by the api while a form arrives (its loop's thread) and
 * by the command line. */
#include "contract/form.h"

#include "base/utf8.h"
#include "contract/check.h"

static const char *const integers[] = { "n", "output_compression", "partial_images", "seed" };
static const char *const booleans[] = { "stream", "async" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

void ct_form_init(struct ct_form *form, struct ct_arena *arena)
{
    *form = (struct ct_form){ .arena = arena, .object = { .type = CT_JSON_OBJECT } };
}

void ct_form_release(struct ct_form *form)
{
    for (int i = 0; i < CT_MAX_INPUTS; i++)
        ct_blob_unref(&form->images[i]);
    ct_blob_unref(&form->mask);
    ct_blob_unref(&form->markup);
}

bool ct_form_value(const struct ct_json *value)
{
    return value->line == 0;
}

/* "image[]", "image[0]", "image[12]" */
static bool is_indexed_image(struct ct_slice name)
{
    if (!ct_slice_starts(name, "image[") || !ct_slice_ends(name, "]"))
        return false;
    struct ct_slice index = ct_slice_sub(name, 6, name.len - 1);
    uint64_t number;
    return index.len == 0 || (index.len <= 3 && ct_slice_u64(index, &number));
}

enum ct_form_part ct_form_part_of(struct ct_slice name)
{
    if (ct_slice_is(name, "mask"))
        return CT_FORM_MASK;
    if (ct_slice_is(name, "markup"))
        return CT_FORM_MARKUP;
    return ct_slice_is(name, "image") || is_indexed_image(name) ? CT_FORM_IMAGE : CT_FORM_TEXT;
}

static bool is_one_of(struct ct_slice name, const char *const *names, size_t n_names)
{
    for (size_t i = 0; i < n_names; i++) {
        if (ct_slice_is(name, names[i]))
            return true;
    }
    return false;
}

/* Digits with perhaps a minus; beyond 64 bits they are clamped, as the JSON reader does. */
static void read_integer(struct ct_json *member)
{
    struct ct_slice text = member->text;
    bool negative = ct_slice_starts(text, "-");
    struct ct_slice digits = ct_slice_sub(text, negative, text.len);
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
            return;
    }
    if (digits.len == 0)
        return;
    member->type = CT_JSON_INT;
    if (!ct_slice_i64(text, &member->integer)) {
        member->out_of_range = true;
        member->integer = negative ? INT64_MIN : INT64_MAX;
    }
    member->number = (double)member->integer;
}

static void read_boolean(struct ct_json *member)
{
    bool yes = ct_slice_ieq(member->text, CT_S("true"));
    if (!yes && !ct_slice_ieq(member->text, CT_S("false")))
        return;
    member->type = CT_JSON_BOOL;
    member->boolean = yes;
}

static ct_code check_text(struct ct_slice name, struct ct_slice text, struct ct_err *err)
{
    struct ct_slice shown = ct_quote(name);
    if (ct_utf8_valid(name) && ct_utf8_valid(text) &&
        !(text.len && memchr(text.ptr, '\0', text.len)))
        return CT_OK;
    if (!ct_utf8_valid(name))
        shown = CT_S("?");
    return ct_fail(err, CT_E_FORM, NULL,
                   "We could not read the multipart body of your request: the part '%.*s' is not "
                   "UTF-8 text.",
                   CT_SARG(shown));
}

ct_code ct_form_add_text(struct ct_form *form, struct ct_slice name, struct ct_slice value,
                         struct ct_err *err)
{
    CT_TRY(check_text(name, value, err));
    char *key = ct_arena_strdup(form->arena, name);
    struct ct_json *member = ct_arena_alloc(form->arena, sizeof(*member));
    struct ct_slice text = ct_arena_dup(form->arena, value);
    if (!key || !member || ct_arena_failed(form->arena))
        return ct_fail(err, CT_E_MEMORY, NULL, "The request does not fit into memory.");
    if (ct_json_get(&form->object, key)) {
        struct ct_slice shown = ct_quote(name);
        return ct_fail(err, CT_E_VALUE, ct_quote(name).len < sizeof(err->param) ? key : NULL,
                       "Invalid '%.*s': the form has this part twice.", CT_SARG(shown));
    }
    *member = (struct ct_json){
        .type = CT_JSON_STRING, .key = ct_slice_n(key, name.len), .text = text
    };
    if (is_one_of(name, integers, COUNT(integers)))
        read_integer(member);
    else if (is_one_of(name, booleans, COUNT(booleans)))
        read_boolean(member);
    if (form->last)
        form->last->next = member;
    else
        form->object.child = member;
    form->last = member;
    form->object.count++;
    return CT_OK;
}

ct_code ct_form_add_file(struct ct_form *form, enum ct_form_part part, struct ct_blob *file,
                         struct ct_err *err)
{
    const char *name = part == CT_FORM_MASK ? "mask" : "markup";
    struct ct_blob **overlay = part == CT_FORM_MASK     ? &form->mask
                               : part == CT_FORM_MARKUP ? &form->markup
                                                        : NULL;
    if (overlay && *overlay) {
        ct_blob_unref(&file);
        return ct_fail(err, CT_E_VALUE, name, "Invalid '%s': the form has this part twice.", name);
    }
    if (overlay) {
        *overlay = file;
        return CT_OK;
    }
    if (form->n_images < CT_MAX_INPUTS)
        form->images[form->n_images] = file;
    else
        ct_blob_unref(&file);
    form->n_images++;
    return CT_OK;
}
