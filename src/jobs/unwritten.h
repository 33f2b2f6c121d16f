/* Ends that could not be written down: the client has its pictures, the disk was full. They are
 * kept in memory and written when the database can be again, so that the ledger lacks nothing
 * unless the server dies before. Thread-safe. */
#ifndef CT_JOBS_UNWRITTEN_H
#define CT_JOBS_UNWRITTEN_H

#include "base/log.h"
#include "jobs/journal.h"

#include <pthread.h>

#define CT_UNWRITTEN_MAX 1000 /* further ones are left to the next start */

struct ct_unwritten {
    pthread_mutex_t lock;
    struct ct_job *first, *last; /* references, by job->next_unwritten */
    int n;
};

void ct_unwritten_init(struct ct_unwritten *unwritten);
void ct_unwritten_release(struct ct_unwritten *unwritten);
/* After the observer's on_end of a client's job; takes a reference. false: there are too many. */
bool ct_unwritten_add(struct ct_unwritten *unwritten, struct ct_job *job);
/* Writes what it can, and stops at the first that still cannot be. Waits for the database; one
 * thread at a time. */
void ct_unwritten_retry(struct ct_unwritten *unwritten, const struct ct_journal *journal,
                        struct ct_log *log);

#endif
