/* Names of saved pictures. */
#ifndef CT_CLI_FILENAME_H
#define CT_CLI_FILENAME_H

#include "base/err.h"
#include "base/slice.h"

#define CT_FILENAME_MAX 512

/* "png", "jpeg", "webp" or "svg" by a file's ending; NULL when it says nothing. */
const char *ct_format_of_filename(const char *name);
/* Words of the prompt as a file name without ending: "a-white-ceramic-mug". Letters and digits of
 * any script are kept, everything else becomes '-'. Never empty, never starts with '.' or '-'. */
void ct_filename_slug(char out[128], struct ct_slice prompt);
/* Writes the picture. `output` NULL: a name from the prompt, with -2, -3 ... until it is free;
 * "-": stdout; else that file, refused (CT_E_USAGE) when it exists and `force` is false. `number`
 * > 0 goes in front of the ending of a named file. name[] receives what was written. */
CT_MUSTCHECK ct_code ct_filename_write(char name[CT_FILENAME_MAX], const char *output,
                                       struct ct_slice prompt, const char *extension, int number,
                                       bool force, struct ct_slice bytes, struct ct_err *err);

#endif
