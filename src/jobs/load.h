/* A durable job's request, read again from its row when its turn has come. */
#ifndef CT_JOBS_LOAD_H
#define CT_JOBS_LOAD_H

#include "contract/parse.h"
#include "jobs/job.h"
#include "store/db.h"
#include "store/job_files.h"

struct ct_job_loader {
    struct ct_db *db;
    const struct ct_job_files *files; /* NULL: no job has pictures */
    const struct ct_contract *contract;
    struct ct_engine *engine;
};

/* CT_E_STORAGE or CT_E_MEMORY: try again later; any other error says why it can never run: the
 * row or a picture of it is gone, or the contract it was accepted under no longer takes it. */
CT_MUSTCHECK ct_code ct_job_load(struct ct_job **out, const struct ct_job_loader *with,
                                 const char *id, const char *key_id, struct ct_err *err);

#endif
