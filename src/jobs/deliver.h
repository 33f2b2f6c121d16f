/* Delivering callbacks: one thread that looks for what is due and hands it to a few that wait for
 * receivers.
 *
 * What is to be delivered is in the database (store/callback_rows.h), so a restart goes on where
 * the last server stopped. At most 8 deliveries are on their way, 2 of them to one host: a receiver
 * that hangs keeps nobody else waiting. */
#ifndef CT_JOBS_DELIVER_H
#define CT_JOBS_DELIVER_H

#include "jobs/delivery.h"

#define CT_DELIVER_IN_FLIGHT 8
#define CT_DELIVER_PER_HOST 2

struct ct_deliver;

CT_MUSTCHECK ct_code ct_deliver_start(struct ct_deliver **out, const struct ct_sender *sender,
                                      struct ct_err *err);
/* Something is due now; without this it is noticed within a second. Any thread; does not block. */
void ct_deliver_wake(struct ct_deliver *deliver);
/* Lets go of what is on its way (it stays due), joins, frees. */
void ct_deliver_stop(struct ct_deliver **deliver);

#endif
