/* Whose turn it is: priority lanes with ageing, fair between keys, bounded per key.
 *
 * A pure data structure: no lock, no clock, no thread. jobs/queue.c guards it. Times are
 * microseconds of any one clock. Everything is O(log keys), ct_lanes_push(), _remove() and
 * _position() also O(log tickets). */
#ifndef CT_JOBS_LANES_H
#define CT_JOBS_LANES_H

#include "base/slice.h"

enum ct_lane { CT_LANE_INTERACTIVE, CT_LANE_BACKGROUND, CT_LANE_BATCH, CT_LANE_COUNT };

const char *ct_lane_name(enum ct_lane lane); /* "interactive", "background", "batch" */

/* After that long a lane's work has aged: it no longer waits for more urgent lanes to be empty, but
 * has one turn in CT_LANE_AGED_TURN. So nothing starves, and a backlog of hours delays interactive
 * work by a quarter. */
#define CT_LANE_BACKGROUND_AGE_US (30 * 1000000ll)
#define CT_LANE_BATCH_AGE_US (300 * 1000000ll)
#define CT_LANE_AGED_TURN 4

/* Embedded in what waits. The fields belong to lanes.c. */
struct ct_ticket {
    enum ct_lane lane;
    int cost; /* of the work, in any unit common to all; at least 1 */
    int64_t since_us;
    bool waiting;
    int place; /* in its lane, by age */
    struct ct_lanes_key *key;
    struct ct_ticket *lane_prev, *lane_next, *key_prev, *key_next;
};

struct ct_lanes;

struct ct_lanes *ct_lanes_new(void); /* NULL: out of memory */
void ct_lanes_free(struct ct_lanes **lanes); /* tickets are the caller's */

/* Queues the ticket for this key, of which at most `concurrency` run at once (0: any number; the
 * newest value counts). false: out of memory, and nothing has changed. */
bool ct_lanes_push(struct ct_lanes *lanes, struct ct_ticket *ticket, struct ct_slice key_id,
                   int concurrency, enum ct_lane lane, int cost, int64_t now_us);
/* Takes out whose turn it is and counts it as running; NULL when nothing may run now.
 *
 * The most urgent lane, or every fourth time the one that has waited longest beyond its age; in it
 * the key that has had least (start-time fair queuing: cost is added to the key's account, an idle
 * key saves nothing up); of that key the oldest. */
struct ct_ticket *ct_lanes_pop(struct ct_lanes *lanes, int64_t now_us);
/* A ticket that was popped has ended: its key may run another. */
void ct_lanes_done(struct ct_lanes *lanes, struct ct_ticket *ticket);
/* Takes a waiting ticket out without running it. */
void ct_lanes_remove(struct ct_lanes *lanes, struct ct_ticket *ticket);

int ct_lanes_waiting(const struct ct_lanes *lanes, enum ct_lane lane);
/* How many wait in more urgent lanes, or for longer in its own: an estimate of what comes first. */
int ct_lanes_position(const struct ct_lanes *lanes, const struct ct_ticket *ticket);
/* The oldest ticket of a lane; ticket->lane_next is the next younger one. */
struct ct_ticket *ct_lanes_oldest(const struct ct_lanes *lanes, enum ct_lane lane);

#endif
