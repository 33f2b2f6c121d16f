/* Bodies of POST /v1/images/generations, under both contracts: whatever the bytes are, the result
 * is a request within its ranges, or a refusal with a message. */
#include "base/arena.h"
#include "contract/parse.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct ct_image_request *r)
{
    if (!r->model || r->prompt.len == 0 || r->n < 1 || r->n > 10 || r->width < 16 ||
        r->width > 3840 || r->height < 16 || r->height > 3840 || r->compression < 0 ||
        r->compression > 100 || r->partial_images < 0 || r->partial_images > 3 ||
        !r->model->qualities[r->quality] || !r->model->formats[r->format])
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct ct_catalogue *catalogue;
    static struct ct_arena *arena;

    if (!arena &&
        (!(arena = ct_arena_new(16 << 20)) || ct_catalogue_load(&catalogue, NULL, NULL) != CT_OK))
        abort();
    for (int compat = CT_COMPAT_EXTENDED; compat <= CT_COMPAT_STRICT; compat++) {
        struct ct_contract contract = { .catalogue = catalogue, .compat = (enum ct_compat)compat };
        const struct ct_image_request *request = NULL;
        struct ct_err err = { 0 };
        ct_code code = ct_parse_generation(&request, arena, ct_slice_n((const char *)data, size),
                                           &contract, &err);
        if (code == CT_OK)
            check(request);
        else if (err.code != code || err.msg[0] == '\0')
            abort();
        ct_arena_reset(arena);
    }
    return 0;
}
