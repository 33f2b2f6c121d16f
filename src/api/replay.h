/* Idempotency-Key: a request that comes again gets the reply of the first (docs/replay.md).
 *
 *   on_headers: ct_replay_read()        what is asked for is known: ct_replay_claim()
 *       first of its key   --> a claim of the call; the work is done and answered
 *       while that goes on --> waits; answered together with the first
 *       afterwards         --> answered with what was kept
 *
 * A claim is written down in the transaction that accepts its job, and the reply in that of the
 * job's end, so neither a crash nor a full disk leaves one without the other. What was refused
 * before execution is not kept. All functions are thread-safe. */
#ifndef CT_API_REPLAY_H
#define CT_API_REPLAY_H

#include "base/spool.h"
#include "contract/image_request.h"
#include "jobs/job.h"
#include "store/replies.h"

struct ct_call;
struct ct_call_fields;
struct ct_http_request;
struct ct_replay;
struct ct_replay_claim;

/* `store` outlives it. */
CT_MUSTCHECK ct_code ct_replay_new(struct ct_replay **out, struct ct_replies *store,
                                   struct ct_err *err);
void ct_replay_free(struct ct_replay **replay);

/* Reads and checks the field; without one nothing of the rest does anything. CT_E_VALUE. */
CT_MUSTCHECK ct_code ct_replay_read(struct ct_call *call, const struct ct_http_request *rq,
                                    struct ct_err *err);
/* True: the call is the first and goes on. False: it was answered, or will be. */
bool ct_replay_claim(struct ct_call *call, bool stream, const uint8_t fingerprint[CT_SHA256_LEN]);
/* The client left: the call waits for nothing any more. */
void ct_replay_leave(struct ct_call *call);

/* The reply of a call, for those who wait for it; ends its claim. `body` is borrowed, `more` may be
 * NULL. Nothing without a claim. */
void ct_replay_give(struct ct_call *call, int status, const char *content_type,
                    struct ct_blob *body, const struct ct_call_fields *more);
/* The same with what was kept, of a stream that has ended. */
void ct_replay_give_kept(struct ct_call *call);
/* Ends the claim of a call that will never be answered: others may ask again. */
void ct_replay_abandon(struct ct_call *call);

/* --- what is kept (replay_keep.c) ----------------------------------------------------------- */

struct ct_replay_kept {
    struct ct_spool events; /* of a stream: the frames of finished pictures */
    int n_events;
    bool ready;   /* the reply is complete: */
    bool in_file; /* and its body is in DATA/replies */
    int status;
    const char *content_type;
    struct ct_blob *body;
    char fields[1280];                                    /* "name: value\n" each */
    char names[CT_JOB_MAX_PICTURES][CT_PICTURE_NAME_MAX]; /* named by URL */
    int n_names;
};

/* What goes with the job of a call that has a claim; all NULL when it has none. */
struct ct_job_rider ct_replay_rider(struct ct_call *call);
/* The frame of a finished picture, which goes out now and is to be kept; borrowed. */
void ct_replay_keep_event(struct ct_call *call, const struct ct_blob *frame);
/* A whole reply, before it is written down with the job. Borrows body. Nothing without a claim. */
void ct_replay_keep(struct ct_call *call, int status, struct ct_blob *body,
                    const struct ct_call_fields *more);
/* Answers a call that has a claim and needs no job: the reply is written down first, on a worker.
 * Takes body. */
void ct_replay_answer_alone(struct ct_call *call, int status, const char *content_type,
                            struct ct_blob *body, const struct ct_call_fields *fields);
/* The reply that was kept before it is sent, a reference, or NULL. */
struct ct_blob *ct_replay_kept_body(const struct ct_call *call);
void ct_replay_kept_init(struct ct_replay_kept *kept, const char *dir);
void ct_replay_kept_release(struct ct_replay_kept *kept);

#endif
