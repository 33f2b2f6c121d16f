/* One question to three tables; each has an index by name. A row that has expired counts until it
 * is deleted: whoever deletes it asks again. */
#include "store/picture_uses.h"

ct_code ct_picture_is_used(bool *used, struct ct_sql *sql, struct ct_slice name,
                           struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT EXISTS (SELECT 1 FROM job_pictures WHERE name = ?1) "
                        "OR EXISTS (SELECT 1 FROM reply_pictures WHERE name = ?1) "
                        "OR EXISTS (SELECT 1 FROM cache_pictures WHERE name = ?1)",
                        "s", name));
    *used = ct_sql_next(&rows) && ct_sql_int(&rows, 0) != 0;
    return ct_sql_end(&rows, err);
}

ct_code ct_picture_is_used_at(bool *used, struct ct_sql *sql, struct ct_slice name, int64_t now_ms,
                              struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(
        ct_sql_query(&rows, sql, err,
                     "SELECT EXISTS (SELECT 1 FROM job_pictures p JOIN jobs j ON j.id = p.job_id "
                     "WHERE p.name = ?1 AND (j.ended_ms IS NULL OR j.expires_ms > ?2)) "
                     "OR EXISTS (SELECT 1 FROM reply_pictures WHERE name = ?1) "
                     "OR EXISTS (SELECT 1 FROM cache_pictures WHERE name = ?1)",
                     "si", name, now_ms));
    *used = ct_sql_next(&rows) && ct_sql_int(&rows, 0) != 0;
    return ct_sql_end(&rows, err);
}
