/* What the queue holds for each job that waits or runs, and how it is found by id. */
#ifndef CT_JOBS_ENTRY_H
#define CT_JOBS_ENTRY_H

#include "jobs/job.h"

struct ct_entry {
    struct ct_ticket ticket; /* first: a popped ticket is its entry */
    struct ct_jobs *jobs;
    char id[CT_JOB_ID_MAX];
    char key_id[CT_KEY_ID_MAX];
    enum ct_lane lane;
    bool durable, running, cancelled;
    int concurrency, cost;
    int64_t deadline_ms;
    struct ct_job *job; /* a reference; NULL: durable and waiting, its row has all */
    struct ct_entry *next;
};

/* Entries by id. Not thread-safe: the queue's lock guards it. */
struct ct_entries {
    struct ct_entry **buckets;
    size_t n_buckets, n;
};

bool ct_entries_init(struct ct_entries *entries); /* false: out of memory */
void ct_entries_release(struct ct_entries *entries);
void ct_entries_add(struct ct_entries *entries, struct ct_entry *entry);
void ct_entries_remove(struct ct_entries *entries, struct ct_entry *entry);
struct ct_entry *ct_entries_find(const struct ct_entries *entries, struct ct_slice id);

/* Of a job, or of a row that is read again later. NULL: out of memory. */
struct ct_entry *ct_entry_of_job(struct ct_jobs *jobs, const struct ct_job *job);
struct ct_entry *ct_entry_of_row(struct ct_jobs *jobs, const struct ct_job_row *row);
void ct_entry_free(struct ct_entry **entry); /* with its reference of the job */

#endif
