/* Budgets: what a request may cost is held before work begins, so that no number of concurrent
 * requests can pass a limit.
 *
 *   reserve(worst case) --> hold --> settle(real cost)      the rest is free again
 *                             \----> release                 failed, cancelled, expired
 *
 * Memory decides; the ledger (store/ledger.h) is what it is loaded from at start. Spent means
 * settled plus held. A reservation counts in the day and month (UTC) in which it was made, also
 * when it is settled in the next. Thread-safe. */
#ifndef CT_POLICY_SPEND_H
#define CT_POLICY_SPEND_H

#include "store/db.h"
#include "store/key_rows.h"

struct ct_spend;

struct ct_spend_options {
    struct ct_db *db;          /* NULL: nothing to load */
    bool count_simulated;      /* budgets count the list price of work that nobody is billed for */
    int users_max;             /* accounts of `user`s in memory; 0 = 200,000 */
};

/* Before any job runs: releases what a server that died left reserved for nothing, then loads. */
CT_MUSTCHECK ct_code ct_spend_open(struct ct_spend **out, const struct ct_spend_options *options,
                                   struct ct_err *err);
void ct_spend_close(struct ct_spend **spend);

/* A reservation, moved with whoever answers for it. All zero: none. */
struct ct_hold {
    struct ct_spend *spend; /* NULL: nothing is held */
    uint8_t key[16], user[16];
    bool has_user, counted;
    bool simulated;
    int64_t nano; /* the worst case */
    int64_t at_ms, day, month;
};

struct ct_reservation {
    const char *key_id;   /* "": no key, and no limits */
    struct ct_slice user; /* ptr NULL or empty: none */
    const struct ct_key_limits *limits;
    int64_t nano;
    bool simulated;
    int64_t at_ms;
};

/* All limits or none. CT_E_QUOTA names the budget that has no room. */
CT_MUSTCHECK ct_code ct_spend_reserve(struct ct_hold *out, struct ct_spend *spend,
                                      const struct ct_reservation *reservation,
                                      struct ct_err *err);
/* The hold of a reservation that was made before and is counted: of a ledger's open row. */
void ct_spend_restore(struct ct_hold *out, struct ct_spend *spend,
                      const struct ct_reservation *reservation);
/* Ends the hold: `cost` stays spent. Doing it again does nothing. */
void ct_hold_settle(struct ct_hold *hold, int64_t cost);
void ct_hold_release(struct ct_hold *hold); /* settles nothing */
/* Its row in the ledger answers for it from now on; it stays counted. */
void ct_hold_leave(struct ct_hold *hold);

struct ct_spent {
    int64_t day, month, total; /* nano-dollars: settled and held */
};
void ct_spend_look(struct ct_spend *spend, const char *key_id, int64_t now_ms,
                   struct ct_spent *out);

/* Days since 1970, and the first day of the month, of a time. */
int64_t ct_day_of(int64_t ms);
int64_t ct_month_first_day(int64_t ms);

#endif
