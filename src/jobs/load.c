/* Row -> job. The body went through the contract when it was accepted; it does again, so that
 * there is one way to make a request and none to smuggle one in through the database. */
#include "jobs/load.h"

#include "base/mem.h"
#include "contract/keep.h"

#define ROW_ARENA_BYTES ((size_t)32 << 20)
#define REQUEST_ARENA_BYTES ((size_t)48 << 20)

struct loading {
    struct ct_arena *arena;
    struct ct_slice id, key_id;
    struct ct_job_row row;
};

static ct_code read_row(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct loading *l = ctx;
    return ct_job_row_get(&l->row, sql, l->arena, l->id, l->key_id, true, err);
}

struct pictures {
    const struct ct_job_files *files;
    const char *job_id;
};

static ct_code give_picture(void *ctx, struct ct_blob **out, int i, struct ct_err *err)
{
    const struct pictures *p = ctx;
    struct ct_err cause = { 0 };
    ct_code rc = p->files ? ct_job_files_get(out, p->files, p->job_id, i, &cause) : CT_E_NOT_FOUND;
    if (rc == CT_OK || rc == CT_E_MEMORY)
        return rc;
    /* What is there and cannot be opened just now (too many files are open, say) is no end of it.
     */
    return ct_fail(err, rc == CT_E_NOT_FOUND ? CT_E_INTERNAL : CT_E_STORAGE, NULL,
                   "Picture %d of the task cannot be read (%s).", i, cause.msg);
}

/* What was accepted with pictures was kept without them (contract/keep.h). */
static ct_code read_request(const struct ct_image_request **out, struct ct_arena *arena,
                            const struct ct_job_row *row, const struct ct_blob *body,
                            const struct ct_job_loader *with, const char *id, struct ct_err *err)
{
    struct ct_slice text = ct_slice_n(body->data, body->len);
    struct ct_contract accepted_under = *with->contract;
    struct pictures pictures = { with->files, id };
    accepted_under.compat = row->extended ? CT_COMPAT_EXTENDED : CT_COMPAT_STRICT;
    if (ct_slice_is(row->operation, "generate"))
        return ct_parse_generation(out, arena, text, &accepted_under, err);
    return ct_keep_read(out, arena, text, give_picture, &pictures, &accepted_under, err);
}

static ct_code make_job(struct ct_job **out, const struct ct_job_row *row,
                        const struct ct_job_loader *with, const char *id, const char *key_id,
                        struct ct_err *err)
{
    const struct ct_image_request *request;
    char request_id[CT_REQUEST_ID_MAX];
    struct ct_blob *body = ct_blob_copy(row->body.ptr, row->body.len);
    struct ct_arena *arena = ct_arena_new(REQUEST_ARENA_BYTES);
    ct_code rc = body && arena ? CT_OK : ct_fail(err, CT_E_MEMORY, NULL, "Out of memory.");

    if (rc == CT_OK)
        rc = read_request(&request, arena, row, body, with, id, err);
    if (rc != CT_OK) {
        ct_arena_free(&arena);
        ct_blob_unref(&body);
        return rc;
    }
    size_t len = row->request_id.len < sizeof(request_id) ? row->request_id.len : 0;
    memcpy(request_id, row->request_id.ptr ? row->request_id.ptr : "", len);
    request_id[len] = '\0';
    *out = ct_job_new(&(struct ct_job_params){
        .request = request,
        .arena = arena,
        .body = body,
        .engine = with->engine,
        .id = id,
        .request_id = request_id,
        .key_id = key_id,
        .lane = (enum ct_lane)row->lane,
        .durable = true,
        .created_ms = row->created_ms,
        .deadline_ms = row->deadline_ms,
    });
    return *out ? CT_OK : ct_fail(err, CT_E_MEMORY, NULL, "Out of memory.");
}

ct_code ct_job_load(struct ct_job **out, const struct ct_job_loader *with, const char *id,
                    const char *key_id, struct ct_err *err)
{
    *out = NULL;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ROW_ARENA_BYTES);
    struct loading l = { .arena = arena, .id = ct_slice(id), .key_id = ct_slice(key_id) };
    if (!arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory.");
    CT_TRY(ct_db_read(with->db, read_row, &l, err));
    if (!l.row.body.ptr)
        return ct_fail(err, CT_E_INTERNAL, NULL, "Job %s has no request to run.", id);
    return make_job(out, &l.row, with, id, key_id, err);
}
