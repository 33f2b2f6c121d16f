/* What the log says of a request for pictures: the same fields in the line of the request and in
 * that of a task that ended (docs/operations.md lists them).
 *
 * A prompt appears as a keyed hash, so that equal prompts can be told without being read; as text
 * only where log_prompts asks for it. */
#ifndef CT_JOBS_FACTS_H
#define CT_JOBS_FACTS_H

#include "base/log.h"
#include "jobs/job.h"
#include "store/secret.h"

#define CT_PROMPT_LOG_PURPOSE "prompt in the log"

struct ct_prompt_log {
    struct ct_secret key;
    bool text; /* the prompt itself, too */
};

struct ct_facts {
    /* the snapshot; NULL: no request for pictures. Lives for ever, as the next */
    const char *model;
    const char *engine, *quality;
    char size[24];
    int n;
    char prompt_hash[33];
    char *prompt; /* owned; NULL unless it is to be logged */
    int64_t input_tokens, output_tokens; /* used up: 0 unless it is done */
    int64_t cost, simulated;             /* nano-dollars */
    int64_t queue_us, draw_us, encode_us, store_us;
};

/* Of a request that was read. `prompts` may be NULL: then nothing is said of the prompt. */
void ct_facts_of_request(struct ct_facts *out, const struct ct_image_request *request,
                         const struct ct_engine *engine, const struct ct_prompt_log *prompts);
/* What became of it; nothing changes before the job has ended. */
void ct_facts_add_end(struct ct_facts *facts, const struct ct_job *job);
void ct_facts_release(struct ct_facts *facts);

#define CT_FACTS_FIELDS 16
/* Returns how many were put; 0 when there is no request. The texts are the facts'. */
size_t ct_facts_put(struct ct_log_field fields[CT_FACTS_FIELDS], const struct ct_facts *facts);

/* The line of a task that ended; level info. */
void ct_facts_log_task(struct ct_log *log, const struct ct_job *job,
                       const struct ct_prompt_log *prompts);

#endif
