/* Reports of usage: what was asked for, what came of it, what it cost. */
#ifndef CT_POLICY_REPORT_H
#define CT_POLICY_REPORT_H

#include "base/buf.h"
#include "store/ledger.h"

enum ct_report_format { CT_REPORT_JSON, CT_REPORT_CSV, CT_REPORT_TABLE };

/* Inside a ct_db_fn. The lines and their total; a table has no total of nothing. */
CT_MUSTCHECK ct_code ct_report_write(struct ct_buf *out, struct ct_sql *sql,
                                     const struct ct_usage_query *query,
                                     enum ct_report_format format, struct ct_err *err);
/* "key", "user", "model", "day" */
bool ct_report_by(enum ct_usage_by *out, struct ct_slice word);
/* Days since 1970 <-> "2026-11-29" */
bool ct_day_read(int64_t *day, struct ct_slice text);
void ct_day_text(char out[16], int64_t day);

#endif
