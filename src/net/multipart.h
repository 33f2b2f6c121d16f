/* multipart/form-data (RFC 7578), read strictly and piece by piece, in constant memory.
 *
 * The body is fed as it comes from the connection; the handler hears of each part's beginning, its
 * bytes (borrowed, in any number of pieces) and its end. What two readers could take apart
 * differently is refused with CT_E_FORM and a sentence that says what stood there: bytes before the
 * first or behind the last boundary, a boundary that goes on into data, bare LF line ends, folded
 * fields, nested forms, transfer encodings, a missing end. An error, also one of the handler's, is
 * final: nothing more is to be fed. Not thread-safe. */
#ifndef CT_NET_MULTIPART_H
#define CT_NET_MULTIPART_H

#include "base/err.h"
#include "base/slice.h"

#define CT_MULTIPART_MAX_BOUNDARY 70   /* RFC 2046, 5.1.1 */
#define CT_MULTIPART_MAX_HEADER 4096   /* all fields of one part together */
#define CT_MULTIPART_MAX_PARTS 128

/* Of a part's header; valid in part() only. */
struct ct_multipart_part {
    struct ct_slice name;         /* never empty; as sent, between its quotes */
    struct ct_slice filename;     /* as sent; empty when not given, or only as filename* */
    bool has_filename;            /* so it is a file, whatever the name looks like */
    struct ct_slice content_type; /* empty when not given */
};

struct ct_multipart_handler {
    void *ctx;
    ct_code (*part)(void *ctx, const struct ct_multipart_part *part, struct ct_err *err);
    ct_code (*data)(void *ctx, struct ct_slice bytes, struct ct_err *err);
    ct_code (*end)(void *ctx, struct ct_err *err);
};

/* Fields are the parser's. */
struct ct_multipart {
    struct ct_multipart_handler handler;
    int state;
    int n_parts;
    bool begun; /* a byte of the body was seen */
    char delimiter[4 + CT_MULTIPART_MAX_BOUNDARY]; /* CR LF - - boundary */
    size_t delimiter_len;
    size_t matched; /* bytes of the delimiter seen at the end of the last piece */
    char header[CT_MULTIPART_MAX_HEADER];
    size_t header_len;
};

/* `content_type`: the request's header field. CT_E_FORM when it names no boundary that can be. */
CT_MUSTCHECK ct_code ct_multipart_init(struct ct_multipart *m, struct ct_slice content_type,
                                       const struct ct_multipart_handler *handler,
                                       struct ct_err *err);
CT_MUSTCHECK ct_code ct_multipart_feed(struct ct_multipart *m, struct ct_slice bytes,
                                       struct ct_err *err);
/* The body is over: was the form? */
CT_MUSTCHECK ct_code ct_multipart_finish(const struct ct_multipart *m, struct ct_err *err);

/* For multipart.c: a part's header, fields with their CRLFs, without the empty line. */
CT_MUSTCHECK ct_code ct_multipart__read_head(struct ct_multipart_part *out, struct ct_slice header,
                                             struct ct_err *err);
/* The value of parameter `name` behind the first ';' of a field value, without its quotes.
 * *found = false when there is none. CT_E_FORM when it stands there twice or cannot be read. */
CT_MUSTCHECK ct_code ct_multipart__parameter(struct ct_slice *out, bool *found,
                                             struct ct_slice value, const char *name,
                                             struct ct_err *err);

#endif
