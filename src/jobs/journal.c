/* Between a job in memory and its row.
 *
 * The functions that run on the database's thread read the job while nobody else changes what they
 * read: a job that is being accepted is not in the queue yet, and one that ends has its results
 * complete. They hold a reference for as long as they are on their way. */
#include "jobs/journal.h"

#include "base/clock.h"
#include "base/json.h"
#include "contract/usage.h"
#include "store/ledger.h"

#include <stdio.h>

#define WARNINGS_MAX ((size_t)256 << 10)

static void change_state(struct ct_job *job)
{
    /* Whoever makes the change owns the job's state, so nobody can have been faster. */
    (void)ct_job_set_state(job, job->change.from, job->change.to);
}

static const char *operation_name(enum ct_operation operation)
{
    static const char *const names[] = {
        [CT_OPERATION_GENERATE] = "generate",
        [CT_OPERATION_EDIT] = "edit",
        [CT_OPERATION_VARIATION] = "variation",
    };
    return names[operation];
}

/* A task that is polled many times says where its pictures are, unless it was asked for them. */
static enum ct_reply_as reply_as(const struct ct_job *job)
{
    return job->durable && !job->request->reply_as_given ? CT_REPLY_URL : job->request->reply_as;
}

static struct ct_ledger_row ledger_row(const struct ct_job *job)
{
    return (struct ct_ledger_row){
        .job_id = ct_slice(job->id),
        .request_id = ct_slice(job->request_id),
        .key_id = ct_slice(job->key_id),
        .user = job->request->safety_identifier,
        .model = ct_slice(job->request->model->id),
        .engine = ct_slice(job->engine->name),
        .simulated = !job->engine->charges,
        .at_ms = job->hold.at_ms ? job->hold.at_ms : job->created_ms,
        .reserved = job->hold.nano,
    };
}

static ct_code insert(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    const struct ct_job *job = ctx;
    const struct ct_image_request *rq = job->request;
    char size[24];
    snprintf(size, sizeof(size), "%dx%d", rq->width, rq->height);
    struct ct_job_row row = {
        .id = ct_slice(job->id),
        .request_id = ct_slice(job->request_id),
        .key_id = ct_slice(job->key_id),
        .state = CT_JOB_QUEUED,
        .lane = (int)job->lane,
        .durable = job->durable,
        .extended = rq->extended,
        .reply_as = (int)reply_as(job),
        .engine = ct_slice(job->engine->name),
        .operation = ct_slice(operation_name(rq->operation)),
        .model = ct_slice(rq->model->id),
        .n = rq->n,
        .size = ct_slice(size),
        .quality = ct_slice(ct_quality_name(rq->quality)),
        .format = ct_slice(ct_format_name(rq->format)),
        .background = ct_slice(ct_background_name(rq->background)),
        .safety_identifier = rq->safety_identifier,
        .created_ms = job->created_ms,
        .deadline_ms = job->deadline_ms,
    };
    const struct ct_blob *body = job->kept ? job->kept : job->body;
    if (job->durable && body)
        row.body = ct_slice_n(body->data, body->len);
    CT_TRY(ct_job_row_insert(sql, &row, err));
    CT_TRY(ct_callback_accept(sql, job, err));
    if (job->rider.accept)
        CT_TRY(job->rider.accept(job->rider.ctx, sql, job, err));
    struct ct_ledger_row reserved = ledger_row(job);
    return job->durable ? ct_ledger_reserve(sql, &reserved, err) : CT_OK;
}

static ct_code move(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    const struct ct_job *job = ctx;
    int64_t started_ms = job->change.to == CT_JOB_RUNNING ? ct_clock_wall_ms() : 0;
    return ct_job_row_move(sql, ct_slice(job->id), (int)job->written, (int)job->change.to,
                           started_ms, err);
}

static void put_warnings(struct ct_buf *b, const struct ct_job *job)
{
    if (job->n_warnings == 0)
        return;
    ct_buf_putc(b, '[');
    for (int i = 0; i < job->n_warnings; i++) {
        if (i)
            ct_buf_putc(b, ',');
        ct_json_put_string(b, ct_slice(job->warnings[i]));
    }
    ct_buf_putc(b, ']');
}

static struct ct_job_row end_row(const struct ct_job *job)
{
    int64_t now = ct_clock_wall_ms();
    struct ct_job_row row = {
        .id = ct_slice(job->id),
        .state = (int)job->change.to,
        .ended_ms = now,
        .expires_ms = now + job->change.keep_ms,
    };
    if (job->err.code != CT_OK) {
        row.error = ct_slice(ct_err_name(job->err.code));
        row.error_message = ct_slice(job->err.msg);
        if (job->err.param[0])
            row.error_param = ct_slice(job->err.param);
    }
    if (job->change.to == CT_JOB_DONE) {
        struct ct_usage usage = ct_usage_of(job->request, job->partials_sent);
        row.text_tokens_in = usage.text_tokens_in;
        row.image_tokens_in = usage.image_tokens_in;
        row.image_tokens_out = usage.image_tokens_out;
    }
    return row;
}

static void restore_hold(void *ctx, const struct ct_ledger_row *row)
{
    struct ct_job *job = ctx;
    if (job->change.spend)
        ct_spend_restore(&job->change.hold, job->change.spend,
                         &(struct ct_reservation){ .key_id = job->key_id,
                                                   .user = row->user,
                                                   .nano = row->reserved,
                                                   .simulated = row->simulated,
                                                   .at_ms = row->at_ms });
}

/* The money of an end, in its transaction. */
static ct_code end_ledger(struct ct_sql *sql, struct ct_job *job, const struct ct_job_row *row,
                          struct ct_err *err)
{
    struct ct_ledger_end end = {
        .ended_ms = row->ended_ms,
        .failed = job->change.to == CT_JOB_FAILED || job->change.to == CT_JOB_EXPIRED,
        .cost = job->change.cost,
    };
    if (job->change.to == CT_JOB_DONE) {
        end.pictures = job->n_pictures;
        end.text_tokens_in = row->text_tokens_in;
        end.image_tokens_in = row->image_tokens_in;
        end.image_tokens_out = row->image_tokens_out;
    }
    if (job->durable)
        return ct_ledger_settle(sql, ct_slice(job->id), &end, restore_hold, job, err);
    struct ct_ledger_row put = ledger_row(job);
    return ct_ledger_put(sql, &put, &end, err);
}

static ct_code end(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct ct_job *job = ctx;
    struct ct_job_picture_row pictures[CT_JOB_MAX_PICTURES];
    struct ct_buf warnings;
    int n = 0;
    struct ct_job_row row = end_row(job);

    for (int i = 0; i < CT_JOB_MAX_PICTURES && job->change.to == CT_JOB_DONE; i++)
        if (job->pictures[i].name[0])
            pictures[n++] = (struct ct_job_picture_row){
                .name = ct_slice(job->pictures[i].name),
                .bytes = job->pictures[i].bytes,
                .seed = job->pictures[i].seed,
            };
    ct_buf_init(&warnings, WARNINGS_MAX);
    put_warnings(&warnings, job);
    if (!warnings.failed && warnings.len > 0)
        row.warnings = ct_buf_slice(&warnings);
    ct_code rc = ct_job_row_end(sql, &row, (int)job->written, pictures, n, err);
    ct_buf_release(&warnings);
    if (rc == CT_OK)
        rc = end_ledger(sql, job, &row, err);
    if (rc == CT_OK && job->rider.end)
        rc = job->rider.end(job->rider.ctx, sql, job, err);
    if (rc == CT_OK && job->durable && job->change.callbacks)
        rc = ct_callback_enqueue(sql, job->change.callbacks, ct_slice(job->id),
                                 ct_slice(job->key_id), row.ended_ms, err);
    return rc;
}

/* Without a ledger and a hold nobody asks what it cost. */
static int64_t cost_of_end(const struct ct_journal *journal, const struct ct_job *job,
                           enum ct_job_state to)
{
    if (to != CT_JOB_DONE || (!journal->db && !job->hold.spend))
        return 0;
    struct ct_usage usage = ct_usage_of(job->request, job->partials_sent);
    return ct_usage_cost(job->request->model, &usage);
}

static struct ct_job_change end_change(const struct ct_journal *journal, const struct ct_job *job,
                                       enum ct_job_state from, enum ct_job_state to)
{
    return (struct ct_job_change){ .from = from,
                                   .to = to,
                                   .keep_ms = journal->keep_ms,
                                   .callbacks = journal->callbacks,
                                   .files = journal->files,
                                   .spend = journal->spend,
                                   .cost = cost_of_end(journal, job, to) };
}

/* In memory, once the end is written or cannot be. Of a durable job whose end was not written the
 * row is still open, and so is what it holds: the next start settles both. */
static void settle(struct ct_job *job, ct_code rc)
{
    if (!job->durable)
        ct_hold_settle(&job->hold, job->change.cost);
    else if (rc == CT_OK)
        ct_hold_settle(&job->change.hold, job->change.cost);
}

/* Of an end that is durable: its pictures can go, and its client be told. */
static void after_end(const struct ct_job *job)
{
    if (job->change.files && job->durable)
        ct_job_files_remove(job->change.files, job->id);
    const struct ct_callbacks *callbacks = job->change.callbacks;
    if (callbacks && job->durable)
        callbacks->wake(callbacks->ctx);
}

static void tell(struct ct_job *job, ct_code rc, const struct ct_err *err)
{
    struct ct_job_change change = job->change;
    if (change.from != change.to)
        settle(job, rc);
    else if (rc == CT_OK && job->durable)
        ct_hold_leave(&job->hold);
    if (rc == CT_OK && change.from != change.to)
        change_state(job);
    if (rc == CT_OK)
        after_end(job);
    change.then(change.ctx, job, rc, err);
    ct_job_unref(&job);
}

static void on_written(void *ctx, ct_code rc, const struct ct_err *err)
{
    tell(ctx, rc, err);
}

ct_code ct_journal_accept(const struct ct_journal *journal, struct ct_job *job,
                          ct_journal_then then, void *ctx, struct ct_err *err)
{
    job->change = (struct ct_job_change){
        .from = CT_JOB_QUEUED, .to = CT_JOB_QUEUED, .then = then, .ctx = ctx
    };
    ct_job_ref(job);
    if (!journal->db) {
        tell(job, CT_OK, NULL);
        return CT_OK;
    }
    ct_code rc = ct_db_post(journal->db, insert, job, on_written, err);
    if (rc != CT_OK)
        ct_job_unref(&job);
    return rc;
}

ct_code ct_journal_move(const struct ct_journal *journal, struct ct_job *job,
                        enum ct_job_state from, enum ct_job_state to, struct ct_err *err)
{
    job->change = (struct ct_job_change){ .from = from, .to = to };
    if (journal->db)
        CT_TRY(ct_db_write(journal->db, move, job, err));
    job->written = to;
    change_state(job);
    return CT_OK;
}

ct_code ct_journal_end(const struct ct_journal *journal, struct ct_job *job,
                       enum ct_job_state from, enum ct_job_state to, struct ct_err *err)
{
    ct_code rc = CT_OK;
    job->change = end_change(journal, job, from, to);
    if (journal->db)
        rc = ct_db_write(journal->db, end, job, err);
    settle(job, rc);
    if (rc == CT_OK) {
        change_state(job);
        after_end(job);
    }
    return rc;
}

ct_code ct_journal_end_again(const struct ct_journal *journal, struct ct_job *job,
                             struct ct_err *err)
{
    job->rider = (struct ct_job_rider){ .ctx = NULL }; /* whose it was has gone on */
    return journal->db ? ct_db_write(journal->db, end, job, err) : CT_OK;
}

ct_code ct_journal_end_later(const struct ct_journal *journal, struct ct_job *job,
                             enum ct_job_state from, enum ct_job_state to, ct_journal_then then,
                             void *ctx, struct ct_err *err)
{
    job->change = end_change(journal, job, from, to);
    job->change.then = then;
    job->change.ctx = ctx;
    ct_job_ref(job);
    if (!journal->db) {
        tell(job, CT_OK, NULL);
        return CT_OK;
    }
    ct_code rc = ct_db_post(journal->db, end, job, on_written, err);
    if (rc != CT_OK)
        ct_job_unref(&job);
    return rc;
}

struct recovery {
    ct_code (*fn)(void *ctx, const struct ct_job_row *row, struct ct_err *err);
    void *ctx;
};

static ct_code settle_left_over(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    int64_t now = ct_clock_wall_ms();
    return ct_job_rows_recover(sql,
                               &(struct ct_job_recovery){
                                   .queued = CT_JOB_QUEUED,
                                   .running = CT_JOB_RUNNING,
                                   .finishing = CT_JOB_FINISHING,
                                   .cancelled = CT_JOB_CANCELLED,
                                   .sent = CT_JOB_SENT,
                                   .unknown = CT_JOB_UNKNOWN,
                                   .error = ct_slice(ct_err_name(CT_E_CANCELLED)),
                                   .error_message = CT_S("The server stopped before this request "
                                                         "was done, and nobody waits for it."),
                                   .now_ms = now,
                                   .expires_ms = now + *(int64_t *)ctx,
                               },
                               err);
}

static ct_code each_waiting(void *ctx, const struct ct_job_row *row, struct ct_err *err)
{
    struct recovery *r = ctx;
    return row->state == CT_JOB_QUEUED ? r->fn(r->ctx, row, err) : CT_OK;
}

/* Before anything is accepted: pictures of jobs that never came to be, or ended. */
static ct_code sweep_files(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_job_files_sweep(ctx, sql, err);
}

static ct_code list_waiting(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_job_rows_open(sql, each_waiting, ctx, err);
}

ct_code ct_journal_recover(const struct ct_journal *journal,
                           ct_code (*fn)(void *ctx, const struct ct_job_row *row,
                                         struct ct_err *err),
                           void *ctx, struct ct_err *err)
{
    struct recovery r = { fn, ctx };
    int64_t keep_ms = journal->keep_ms;
    if (!journal->db)
        return CT_OK;
    CT_TRY(ct_db_write(journal->db, settle_left_over, &keep_ms, err));
    if (journal->files)
        CT_TRY(ct_db_read(journal->db, sweep_files, journal->files, err));
    return ct_db_read(journal->db, list_waiting, &r, err);
}
