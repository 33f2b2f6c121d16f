/* Who still needs a stored picture. Whoever removes pictures asks here first, and then removes it
 * with ct_pictures_remove(), which spares one whose URL may be live. */
#ifndef CT_STORE_PICTURE_USES_H
#define CT_STORE_PICTURE_USES_H

#include "store/sql.h"

/* Whether a job that can still be asked for, a kept reply or the cache has the picture of that
 * name. Inside a ct_db_fn. */
CT_MUSTCHECK ct_code ct_picture_is_used(bool *used, struct ct_sql *sql, struct ct_slice name,
                                        struct ct_err *err);

/* The same as it will be at now_ms, when rows of jobs that have expired by then are deleted. */
CT_MUSTCHECK ct_code ct_picture_is_used_at(bool *used, struct ct_sql *sql, struct ct_slice name,
                                           int64_t now_ms, struct ct_err *err);

#endif
