/* Every field of a request is here or has a reason not to be:
 *
 *   stream, partial_images, reply_as, async, callback_url   how it is answered, not what is drawn
 *   safety_identifier                                       who asks; echoed from the request
 *   input sources and names of parameters                   where pictures come from
 *
 * A new field that can change a pixel must be added; the test knows all of them. */
#include "policy/cache_key.h"

#include "contract/model.h"

#include <stdio.h>

#define NUMBERS_MAX 400

static void add(uint8_t hash[CT_SHA256_LEN], struct ct_slice name, struct ct_slice value)
{
    const struct ct_slice parts[] = { ct_slice_n((const char *)hash, CT_SHA256_LEN), name, value };
    ct_sha256_parts(hash, parts, 3);
}

static void add_file(uint8_t hash[CT_SHA256_LEN], const char *name, const struct ct_blob *file)
{
    uint8_t digest[CT_SHA256_LEN];
    if (!file)
        return;
    ct_sha256(digest, file->data, file->len);
    add(hash, ct_slice(name), ct_slice_n((const char *)digest, sizeof(digest)));
}

void ct_cache_make_key(uint8_t out[CT_SHA256_LEN], const struct ct_cache_drawn_by *by,
                       struct ct_slice tenant, const struct ct_image_request *rq)
{
    char numbers[NUMBERS_MAX];
    int len = snprintf(numbers, sizeof(numbers),
                       "operation %d n %d size %dx%d quality %d format %d compression %d "
                       "background %d moderation %d fidelity %d seed %d %d style %d thinking %d "
                       "extended %d inputs %d",
                       (int)rq->operation, rq->n, rq->width, rq->height, (int)rq->quality,
                       (int)rq->format, rq->compression, (int)rq->background, (int)rq->moderation,
                       (int)rq->input_fidelity, rq->seed, rq->seed_given, (int)rq->style,
                       (int)rq->thinking, rq->extended, rq->n_inputs);
    const struct ct_slice parts[] = {
        CT_S("calotype cache 1"),
        tenant,
        ct_slice(by->engine),
        ct_slice(by->version),
        ct_slice_n((const char *)by->program, sizeof(by->program)),
        ct_slice(rq->model->id),
        ct_slice(rq->model->snapshot),
        ct_slice_n(numbers, (size_t)len),
        rq->prompt,
    };
    ct_sha256_parts(out, parts, sizeof(parts) / sizeof(parts[0]));
    for (int i = 0; i < rq->n_inputs; i++)
        add_file(out, "input", rq->inputs[i].file);
    add_file(out, "mask", rq->mask.file);
    add_file(out, "markup", rq->markup.file);
}
