/* A durable job's request, read again from its row when its turn has come. */
#ifndef CT_JOBS_LOAD_H
#define CT_JOBS_LOAD_H

#include "contract/parse.h"
#include "jobs/job.h"
#include "store/db.h"

/* CT_E_STORAGE or CT_E_MEMORY: try again later; any other error says why it can never run: the
 * row is gone, or the contract it was accepted under no longer takes it. */
CT_MUSTCHECK ct_code ct_job_load(struct ct_job **out, struct ct_db *db, const char *id,
                                 const char *key_id, const struct ct_contract *contract,
                                 struct ct_engine *engine, struct ct_err *err);

#endif
