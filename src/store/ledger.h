/* The ledger: what is reserved and what was spent, in integer nano-dollars.
 *
 *   reserve (durable jobs only) --> open --> settle: settled or released
 *   put     (a client's job at its end) ---> settled or released
 *
 * Every end is added to usage_days in the same transaction, so sums never differ from rows. All
 * functions run inside a ct_db_fn (store/db.h). */
#ifndef CT_STORE_LEDGER_H
#define CT_STORE_LEDGER_H

#include "store/sql.h"

/* The numbers are in databases. */
enum ct_ledger_state { CT_LEDGER_OPEN, CT_LEDGER_SETTLED, CT_LEDGER_RELEASED };

struct ct_ledger_row {
    struct ct_slice job_id, request_id, key_id;
    struct ct_slice user; /* ptr NULL: none */
    struct ct_slice model, engine;
    bool simulated;
    int64_t at_ms, reserved;
};

/* What came of it; all zero but ended_ms when nothing was spent. */
struct ct_ledger_end {
    int64_t ended_ms;
    bool failed;
    int64_t cached, requests; /* a row of the cache's stands for `requests`, else 0: one */
    int64_t pictures;
    int64_t text_tokens_in, image_tokens_in, image_tokens_out;
    int64_t cost; /* real or simulated, as the row says */
};

CT_MUSTCHECK ct_code ct_ledger_reserve(struct ct_sql *sql, const struct ct_ledger_row *row,
                                       struct ct_err *err);
/* A job that was not reserved in the table, at its end. */
CT_MUSTCHECK ct_code ct_ledger_put(struct ct_sql *sql, const struct ct_ledger_row *row,
                                   const struct ct_ledger_end *end, struct ct_err *err);
/* Ends an open row, and shows what was reserved to `with` (may be NULL; texts are valid during the
 * call). When no row of that job is open nothing changes and `with` is not called. */
CT_MUSTCHECK ct_code ct_ledger_settle(struct ct_sql *sql, struct ct_slice job_id,
                                      const struct ct_ledger_end *end,
                                      void (*with)(void *ctx, const struct ct_ledger_row *row),
                                      void *ctx, struct ct_err *err);
/* Releases open rows whose job has ended or is gone: a server died between, or a row was deleted.
 */
CT_MUSTCHECK ct_code ct_ledger_release_orphans(struct ct_sql *sql, int64_t now_ms,
                                               struct ct_err *err);

/* What keys have spent, open reservations counted as spent, by day; what lies before `first_day` is
 * told as one sum a key, as day 0 and without its users. */
struct ct_ledger_sum {
    struct ct_slice key_id, user;
    int64_t day, real, simulated;
};
CT_MUSTCHECK ct_code ct_ledger_sums(struct ct_sql *sql, int64_t first_day,
                                    void (*fn)(void *ctx, const struct ct_ledger_sum *sum),
                                    void *ctx, struct ct_err *err);

/* What one key has spent, open reservations counted as spent. */
struct ct_ledger_spent {
    int64_t month_real, month_simulated, total_real, total_simulated;
};
CT_MUSTCHECK ct_code ct_ledger_spent(struct ct_ledger_spent *out, struct ct_sql *sql,
                                     struct ct_slice key_id, int64_t month_first_day,
                                     struct ct_err *err);

enum ct_usage_by { CT_USAGE_BY_KEY, CT_USAGE_BY_USER, CT_USAGE_BY_MODEL, CT_USAGE_BY_DAY };
struct ct_usage_query {
    enum ct_usage_by by;
    int64_t from_day, to_day; /* both inclusive */
    struct ct_slice key_id;   /* ptr NULL: of all */
};
struct ct_usage_line {
    struct ct_slice group; /* a key id, user, model; "" of a day */
    int64_t day;           /* of a day */
    int64_t requests, failed, cached, pictures;
    int64_t text_tokens_in, image_tokens_in, image_tokens_out, cost_real, cost_simulated;
};
/* Days in their order, everything else dearest first. */
CT_MUSTCHECK ct_code ct_usage_lines(struct ct_sql *sql, const struct ct_usage_query *query,
                                    ct_code (*fn)(void *ctx, const struct ct_usage_line *line,
                                                  struct ct_err *err),
                                    void *ctx, struct ct_err *err);

#endif
