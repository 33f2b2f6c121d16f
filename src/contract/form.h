/* A form that was taken apart: its text parts as the members of a JSON object, its pictures as
 * files. What a JSON body and a form have in common is so checked by the same code.
 *
 * A text part has no type of its own; those of parameters that are numbers or booleans become such
 * when they are written like one, and stay strings when not (the check then says so). Members have
 * line 0: that is how a check knows that a value came out of a form. */
#ifndef CT_CONTRACT_FORM_H
#define CT_CONTRACT_FORM_H

#include "base/json.h"
#include "contract/image_request.h"

#define CT_FORM_TEXT_MAX ((size_t)256 << 10) /* of one text part; a prompt has 128,000 bytes */

struct ct_form {
    struct ct_arena *arena; /* borrowed; members live in it */
    struct ct_json object;
    struct ct_json *last;
    struct ct_blob *images[CT_MAX_INPUTS]; /* references */
    int n_images; /* also counts those beyond the array, which are not kept */
    struct ct_blob *mask, *markup;
};

/* CT_FORM_FILE: the file of POST /v1/files, which is no picture's form and has no other. */
enum ct_form_part { CT_FORM_TEXT, CT_FORM_IMAGE, CT_FORM_MASK, CT_FORM_MARKUP, CT_FORM_FILE };

void ct_form_init(struct ct_form *form, struct ct_arena *arena);
void ct_form_release(struct ct_form *form);
/* What a part of this name is in a form that brings pictures: `image`, `image[]`, `image[0]`...,
 * `mask` and `markup` are pictures. */
enum ct_form_part ct_form_part_of(struct ct_slice name);
/* Both texts are copied. A name that stands in the form twice is refused: whichever of the two a
 * reader took, another reader would take the other. CT_E_FORM for a text that is not UTF-8. */
CT_MUSTCHECK ct_code ct_form_add_text(struct ct_form *form, struct ct_slice name,
                                      struct ct_slice value, struct ct_err *err);
/* Takes file; NULL for one that is not kept because there are too many. CT_E_VALUE for a second
 * mask or markup. */
CT_MUSTCHECK ct_code ct_form_add_file(struct ct_form *form, enum ct_form_part part,
                                      struct ct_blob *file, struct ct_err *err);
bool ct_form_value(const struct ct_json *value); /* did it come out of a form? */

#endif
