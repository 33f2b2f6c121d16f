/* A body that goes to disk while it arrives: JSON as one file, a form taken apart.
 *
 * Made when the headers are whole, fed on the loop thread, handed to whoever reads it. An upload
 * of any size costs its connection at most 64 KiB of memory. */
#ifndef CT_API_UPLOAD_H
#define CT_API_UPLOAD_H

#include "base/spool.h"
#include "contract/form.h"
#include "net/multipart.h"

struct ct_upload {
    struct ct_arena *arena; /* of the form's texts, and then of the request */
    bool is_form;
    bool of_file; /* the form of POST /v1/files: one part `file` of any kind */
    struct ct_form form;
    struct ct_blob *file;     /* of_file: its bytes, NULL when the form has none, */
    struct ct_slice filename; /* and how it was called; in the arena */
    struct ct_blob *json; /* once finished, when it is no form */

    /* While it arrives. */
    const char *dir;
    struct ct_multipart multipart;
    struct ct_spool spool;       /* the part, or the JSON body */
    struct ct_slice name;        /* of the part, in the arena */
    enum ct_form_part part;
    bool named_file;             /* the part came with a file name */
    size_t text_bytes;           /* of all text parts so far */
};

#define CT_UPLOAD_FILE_MAX ((size_t)512 << 20)

/* `content_type` decides: application/json or multipart/form-data, which the caller has checked.
 * of_file: it is for POST /v1/files. */
CT_MUSTCHECK ct_code ct_upload_new(struct ct_upload **out, struct ct_slice content_type,
                                   bool of_file, const char *dir, struct ct_err *err);
void ct_upload_free(struct ct_upload **upload);
CT_MUSTCHECK ct_code ct_upload_feed(struct ct_upload *upload, struct ct_slice bytes,
                                    struct ct_err *err);
CT_MUSTCHECK ct_code ct_upload_finish(struct ct_upload *upload, struct ct_err *err);

#endif
