/* The HTTP server alone, for bench/http.sh: GET / gives a small JSON reply, GET /file the file
 * named on the command line.  http_hello 127.0.0.1:8799 2 FILE */
#include "net/http.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct hello {
    struct ct_blob *json;
    int file;
    int64_t file_length;
};

static void on_request(void *ctx, struct ct_http_exchange *x, const struct ct_http_request *rq)
{
    struct hello *h = ctx;
    if (ct_slice_is(rq->path, "/file"))
        ct_http_respond(x, &(struct ct_http_response){ .status = 200,
                                                       .content_type = "image/png",
                                                       .file = dup(h->file),
                                                       .use_file = true,
                                                       .file_length = h->file_length });
    else
        ct_http_respond(x, &(struct ct_http_response){ .status = 200,
                                                       .content_type = "application/json",
                                                       .body = ct_blob_ref(h->json) });
}

int main(int argc, char **argv)
{
    static const char json[] = "{\"object\":\"list\",\"data\":[{\"id\":\"gpt-image-2\"}]}";
    struct hello h = { .json = ct_blob_static(json, sizeof(json) - 1), .file = -1 };
    struct ct_http_handler handler = { .ctx = &h, .on_request = on_request };
    struct ct_http_options options = { .listen = argc > 1 ? argv[1] : "127.0.0.1:8799",
                                       .loops = argc > 2 ? atoi(argv[2]) : 2 };
    struct ct_http_server *server;
    struct ct_err err;
    struct stat st;
    if (argc > 3 && (h.file = open(argv[3], O_RDONLY | O_CLOEXEC)) >= 0 && fstat(h.file, &st) == 0)
        h.file_length = st.st_size;
    if (ct_http_server_start(&server, &options, &handler, &err) != CT_OK) {
        fprintf(stderr, "http_hello: %s\n", err.msg);
        return 1;
    }
    pause();
    return 0;
}
