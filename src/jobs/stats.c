/* See stats.h. An engine takes a row the first time that one of its jobs ends. */
#include "jobs/stats.h"

#include "contract/usage.h"

const char *ct_stage_name(enum ct_stage stage)
{
    static const char *const names[CT_STAGE_COUNT] = {
        [CT_STAGE_RECEIVE] = "receive", [CT_STAGE_QUEUE] = "queue", [CT_STAGE_DRAW] = "draw",
        [CT_STAGE_ENCODE] = "encode",   [CT_STAGE_STORE] = "store", [CT_STAGE_SEND] = "send",
        [CT_STAGE_TOTAL] = "total",
    };
    return names[stage];
}

struct ct_engine_stats *ct_stats_of_engine(struct ct_job_stats *stats,
                                           const struct ct_engine *engine)
{
    for (int i = 0; i < CT_STATS_ENGINES - 1; i++) {
        struct ct_engine_stats *row = &stats->engines[i];
        const struct ct_engine *there = atomic_load(&row->engine);
        if (!there && atomic_compare_exchange_strong(&row->engine, &there, engine))
            return row;
        if (there == engine)
            return row;
    }
    return &stats->engines[CT_STATS_ENGINES - 1];
}

void ct_stats_add_end(struct ct_job_stats *stats, const struct ct_job *job)
{
    enum ct_job_state state = ct_job_state(job);
    if (!stats)
        return;
    ct_count(&stats->ended[state], 1);
    if (!job->started_us || !job->drawn_us)
        return;
    struct ct_engine_stats *e = ct_stats_of_engine(stats, job->engine);
    ct_histogram_add(&e->stages[CT_STAGE_QUEUE], job->started_us - job->queued_us);
    if (state != CT_JOB_DONE)
        return; /* a part of a drawing says nothing of how long one takes */
    struct ct_usage usage = ct_usage_of(job->request, job->partials_sent);
    ct_histogram_add(&e->stages[CT_STAGE_DRAW],
                     job->ended_us - job->started_us - job->encode_us - job->store_us);
    ct_histogram_add(&e->stages[CT_STAGE_ENCODE], job->encode_us);
    ct_histogram_add(&e->stages[CT_STAGE_STORE], job->store_us);
    ct_count(&e->pictures, (uint64_t)job->n_pictures);
    ct_count(&e->input_tokens, (uint64_t)(usage.text_tokens_in + usage.image_tokens_in));
    ct_count(&e->output_tokens, (uint64_t)usage.image_tokens_out);
    ct_count(&e->cost, (uint64_t)job->change.cost);
}
