/* See facts.h. Hashing the longest prompt takes a tenth of a millisecond, so it is done only where
 * a log is kept. */
#include "jobs/facts.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/mem.h"
#include "contract/usage.h"

#include <stdio.h>

static void tell_prompt(struct ct_facts *facts, struct ct_slice prompt,
                        const struct ct_prompt_log *prompts)
{
    uint8_t hash[CT_SHA256_LEN];
    ct_hmac_sha256(hash, prompts->key.bytes, sizeof(prompts->key.bytes), prompt.ptr, prompt.len);
    ct_hex(facts->prompt_hash, hash, (sizeof(facts->prompt_hash) - 1) / 2);
    if (!prompts->text)
        return;
    facts->prompt = ct_malloc(prompt.len + 1); /* without memory the line has its hash alone */
    if (!facts->prompt)
        return;
    memcpy(facts->prompt, prompt.ptr, prompt.len);
    facts->prompt[prompt.len] = '\0';
}

void ct_facts_of_request(struct ct_facts *out, const struct ct_image_request *request,
                         const struct ct_engine *engine, const struct ct_prompt_log *prompts)
{
    ct_facts_release(out);
    *out = (struct ct_facts){ .model = request->model->snapshot,
                              .engine = engine->name,
                              .quality = ct_quality_name(request->quality),
                              .n = request->n };
    snprintf(out->size, sizeof(out->size), "%dx%d", request->width, request->height);
    if (prompts && request->prompt.ptr)
        tell_prompt(out, request->prompt, prompts);
}

void ct_facts_add_end(struct ct_facts *facts, const struct ct_job *job)
{
    enum ct_job_state state = ct_job_state(job);
    if (!ct_job_state_ends(state))
        return; /* a runner still writes what is read here */
    if (job->started_us) {
        facts->queue_us = job->started_us - job->queued_us;
        facts->encode_us = job->encode_us;
        facts->store_us = job->store_us;
        if (job->drawn_us)
            facts->draw_us = job->ended_us - job->started_us - job->encode_us - job->store_us;
    }
    if (state != CT_JOB_DONE)
        return;
    struct ct_usage usage = ct_usage_of(job->request, job->partials_sent);
    facts->input_tokens = usage.text_tokens_in + usage.image_tokens_in;
    facts->output_tokens = usage.image_tokens_out;
    if (job->engine->charges)
        facts->cost = job->change.cost;
    else
        facts->simulated = job->change.cost;
}

void ct_facts_release(struct ct_facts *facts)
{
    ct_free(facts->prompt);
    *facts = (struct ct_facts){ .model = NULL };
}

size_t ct_facts_put(struct ct_log_field fields[CT_FACTS_FIELDS], const struct ct_facts *facts)
{
    size_t n = 0;
    if (!facts->model)
        return 0;
    fields[n++] = CT_LOG_Z("model", facts->model);
    fields[n++] = CT_LOG_Z("engine", facts->engine);
    fields[n++] = CT_LOG_Z("size", facts->size);
    fields[n++] = CT_LOG_Z("quality", facts->quality);
    fields[n++] = CT_LOG_I("n", facts->n);
    fields[n++] = CT_LOG_Z("prompt_hash", facts->prompt_hash);
    if (facts->prompt)
        fields[n++] = CT_LOG_Z("prompt", facts->prompt);
    fields[n++] = CT_LOG_I("input_tokens", facts->input_tokens);
    fields[n++] = CT_LOG_I("output_tokens", facts->output_tokens);
    fields[n++] = CT_LOG_I("queue_ms", facts->queue_us / 1000);
    fields[n++] = CT_LOG_I("draw_ms", facts->draw_us / 1000);
    fields[n++] = CT_LOG_I("encode_ms", facts->encode_us / 1000);
    fields[n++] = CT_LOG_I("store_ms", facts->store_us / 1000);
    fields[n++] = CT_LOG_Z("moderation", "off");
    fields[n++] = CT_LOG_I("cost_nanodollars", facts->cost);
    fields[n++] = CT_LOG_I("simulated_nanodollars", facts->simulated);
    return n;
}

void ct_facts_log_task(struct ct_log *log, const struct ct_job *job,
                       const struct ct_prompt_log *prompts)
{
    struct ct_log_field fields[CT_FACTS_FIELDS + 8];
    struct ct_facts facts = { .model = NULL };
    size_t n = 0;
    if (!ct_log_wants(log, CT_LOG_INFO))
        return;
    if (job->request) { /* one that never had its turn was not read again */
        ct_facts_of_request(&facts, job->request, job->engine, prompts);
        ct_facts_add_end(&facts, job);
    }
    fields[n++] = CT_LOG_Z("task", job->id);
    fields[n++] = CT_LOG_Z("key", job->key_id);
    fields[n++] = CT_LOG_Z("state", ct_job_state_name(ct_job_state(job)));
    fields[n++] = CT_LOG_Z("error", job->err.code == CT_OK ? "" : ct_err_name(job->err.code));
    if (job->request) {
        fields[n++] = CT_LOG_Z("request_id", job->request_id);
        fields[n++] = CT_LOG_I("ms", ct_clock_wall_ms() - job->created_ms);
    }
    n += ct_facts_put(fields + n, &facts);
    ct_log_fields(log, CT_LOG_INFO, "task", fields, n);
    ct_facts_release(&facts);
}
