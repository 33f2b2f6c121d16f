/* The input pictures of durable jobs, from acceptance to their end.
 *
 *   DATA/inputs/imgtask_3f...e1.0 ... .15, .16 for the mask, .17 for the markup
 *
 * A job's files are there before its row is, and go after its end is written; what a server that
 * died left behind between the two goes at the next start. Thread-safe between jobs. */
#ifndef CT_STORE_JOB_FILES_H
#define CT_STORE_JOB_FILES_H

#include "base/blob.h"
#include "contract/image_request.h"
#include "store/sql.h"

struct ct_job_files;

/* Makes DATA/inputs. CT_E_CONFIG. */
CT_MUSTCHECK ct_code ct_job_files_open(struct ct_job_files **out, const char *data_dir,
                                       struct ct_err *err);
void ct_job_files_close(struct ct_job_files **files);

/* Every input of the request; durable when it returns CT_OK, nothing is left when it does not.
 * CT_E_IO, in words that name paths. */
CT_MUSTCHECK ct_code ct_job_files_keep(struct ct_job_files *files, const char *job_id,
                                       const struct ct_image_request *request, struct ct_err *err);
/* Input i of a job, CT_MAX_INPUTS for its mask, the next for its markup (as contract/draft.h has
 * them). CT_E_NOT_FOUND. */
CT_MUSTCHECK ct_code ct_job_files_get(struct ct_blob **out, const struct ct_job_files *files,
                                      const char *job_id, int i, struct ct_err *err);
/* All of a job's; none is fine. */
void ct_job_files_remove(struct ct_job_files *files, const char *job_id);
/* Inside a ct_db_fn, while no job is being accepted: removes what belongs to no open job. */
CT_MUSTCHECK ct_code ct_job_files_sweep(struct ct_job_files *files, struct ct_sql *sql,
                                        struct ct_err *err);

#endif
