/* Lanes, keys and whose turn it is.
 *
 *   lane   tickets by age (list)          which lane is most urgent
 *          keys by account (binary heap)  which key of it has had least
 *   key    tickets by age, one list a lane; how many run; its account
 *
 * How many of a lane are older than a ticket is asked for by everybody who polls, so tickets have
 * places, in the order in which they came, and a Fenwick tree counts those that still wait. When
 * the places are used up they are given out anew.
 *
 * A key stands in a lane's heap while it has a ticket there and may run one more; a key at its
 * limit leaves the heaps and comes back when one of its jobs ends, so a pop never walks over keys
 * that must wait. A key that neither waits nor runs is forgotten: when it comes back its account
 * starts at what the least served key had at the last pop, so that idling earns no credit and
 * being new costs none. */
#include "jobs/lanes.h"

#include "base/hash.h"
#include "base/mem.h"

#include <assert.h>

#define NOT_IN_HEAP SIZE_MAX
#define FIRST_BUCKETS 64
#define FIRST_PLACES 64

struct list {
    struct ct_ticket *first, *last;
};

struct ct_lanes_key {
    struct ct_lanes_key *next; /* of its bucket */
    struct list waiting[CT_LANE_COUNT];
    size_t at[CT_LANE_COUNT]; /* place in the lane's heap */
    int64_t account;          /* cost of what it has run */
    int n_waiting, n_running, concurrency;
    size_t id_len;
    char id[];
};

struct lane {
    struct list tickets;
    int n_tickets;
    int *sums; /* Fenwick tree over places 1..n_places: 1 for each ticket that waits */
    int n_places, last_place;
    struct ct_lanes_key **heap;
    size_t n_heap, cap_heap;
};

struct ct_lanes {
    struct lane lanes[CT_LANE_COUNT];
    struct ct_lanes_key **buckets;
    size_t n_buckets, n_keys;
    int64_t floor; /* the account of the key that was served last, never falling */
    int passed;    /* turns that more urgent lanes had while one that has aged waited */
};

static const int64_t lane_age_us[CT_LANE_COUNT] = {
    [CT_LANE_BACKGROUND] = CT_LANE_BACKGROUND_AGE_US,
    [CT_LANE_BATCH] = CT_LANE_BATCH_AGE_US,
};

const char *ct_lane_name(enum ct_lane lane)
{
    static const char *const names[CT_LANE_COUNT] = { "interactive", "background", "batch" };
    return (unsigned)lane < CT_LANE_COUNT ? names[lane] : "unknown";
}

struct ct_lanes *ct_lanes_new(void)
{
    struct ct_lanes *lanes = ct_calloc(1, sizeof(*lanes));
    if (!lanes)
        return NULL;
    lanes->buckets = ct_calloc(FIRST_BUCKETS, sizeof(struct ct_lanes_key *));
    lanes->n_buckets = FIRST_BUCKETS;
    if (!lanes->buckets)
        ct_lanes_free(&lanes);
    return lanes;
}

void ct_lanes_free(struct ct_lanes **slot)
{
    struct ct_lanes *lanes = *slot;
    *slot = NULL;
    if (!lanes)
        return;
    for (size_t i = 0; lanes->buckets && i < lanes->n_buckets; i++) {
        struct ct_lanes_key *key = lanes->buckets[i];
        while (key) {
            struct ct_lanes_key *next = key->next;
            ct_free(key);
            key = next;
        }
    }
    for (int l = 0; l < CT_LANE_COUNT; l++) {
        ct_free(lanes->lanes[l].heap);
        ct_free(lanes->lanes[l].sums);
    }
    ct_free(lanes->buckets);
    ct_free(lanes);
}

/* Which of two keys has had less; the one whose ticket is older when both had the same. */
static bool goes_first(const struct ct_lanes_key *a, const struct ct_lanes_key *b, int lane)
{
    if (a->account != b->account)
        return a->account < b->account;
    return a->waiting[lane].first->since_us < b->waiting[lane].first->since_us;
}

static void put_at(struct lane *lane, int l, size_t at, struct ct_lanes_key *key)
{
    lane->heap[at] = key;
    key->at[l] = at;
}

/* Moves the key at `at` up or down to where it belongs. */
static void settle(struct lane *lane, int l, size_t at)
{
    struct ct_lanes_key *key = lane->heap[at];
    while (at > 0 && goes_first(key, lane->heap[(at - 1) / 2], l)) {
        put_at(lane, l, at, lane->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    for (;;) {
        size_t child = 2 * at + 1;
        if (child + 1 < lane->n_heap && goes_first(lane->heap[child + 1], lane->heap[child], l))
            child++;
        if (child >= lane->n_heap || !goes_first(lane->heap[child], key, l))
            break;
        put_at(lane, l, at, lane->heap[child]);
        at = child;
    }
    put_at(lane, l, at, key);
}

static void leave_heap(struct lane *lane, int l, struct ct_lanes_key *key)
{
    size_t at = key->at[l];
    if (at == NOT_IN_HEAP)
        return;
    key->at[l] = NOT_IN_HEAP;
    struct ct_lanes_key *last = lane->heap[--lane->n_heap];
    if (last == key)
        return;
    put_at(lane, l, at, last);
    settle(lane, l, at);
}

/* Room for every key was made when it was created, so this cannot fail. */
static void join_heap(struct lane *lane, int l, struct ct_lanes_key *key)
{
    put_at(lane, l, lane->n_heap++, key);
    settle(lane, l, key->at[l]);
}

/* Puts the key into, moves it in, or takes it out of each heap, by what is true of it now. */
static void update_key(struct ct_lanes *lanes, struct ct_lanes_key *key)
{
    bool may_run = key->concurrency == 0 || key->n_running < key->concurrency;
    for (int l = 0; l < CT_LANE_COUNT; l++) {
        struct lane *lane = &lanes->lanes[l];
        bool belongs = may_run && key->waiting[l].first;
        if (!belongs)
            leave_heap(lane, l, key);
        else if (key->at[l] == NOT_IN_HEAP)
            join_heap(lane, l, key);
        else
            settle(lane, l, key->at[l]);
    }
}

static struct ct_lanes_key **find_key(const struct ct_lanes *lanes, struct ct_slice id)
{
    uint64_t hash = ct_hash64(id.ptr ? id.ptr : "", id.len, 0);
    struct ct_lanes_key **link = &lanes->buckets[hash & (lanes->n_buckets - 1)];
    while (*link && !ct_slice_eq(ct_slice_n((*link)->id, (*link)->id_len), id))
        link = &(*link)->next;
    return link;
}

/* More buckets than keys, as long as there is memory for them; fewer only cost time. */
static void grow_buckets(struct ct_lanes *lanes)
{
    size_t old = lanes->n_buckets, n = old * 2;
    struct ct_lanes_key **before = lanes->buckets;
    struct ct_lanes_key **buckets = ct_calloc(n, sizeof(struct ct_lanes_key *));
    if (!buckets)
        return;
    lanes->buckets = buckets;
    lanes->n_buckets = n;
    for (size_t i = 0; i < old; i++) {
        struct ct_lanes_key *key = before[i];
        while (key) {
            struct ct_lanes_key *next = key->next;
            struct ct_lanes_key **link = find_key(lanes, ct_slice_n(key->id, key->id_len));
            key->next = NULL;
            *link = key;
            key = next;
        }
    }
    ct_free(before);
}

static bool reserve_heaps(struct ct_lanes *lanes, size_t n)
{
    for (int l = 0; l < CT_LANE_COUNT; l++) {
        struct lane *lane = &lanes->lanes[l];
        if (n <= lane->cap_heap)
            continue;
        size_t cap = lane->cap_heap ? lane->cap_heap * 2 : FIRST_BUCKETS;
        void *heap = ct_reallocarray(lane->heap, cap, sizeof(struct ct_lanes_key *));
        if (!heap)
            return false;
        lane->heap = heap;
        lane->cap_heap = cap;
    }
    return true;
}

static struct ct_lanes_key *get_key(struct ct_lanes *lanes, struct ct_slice id)
{
    struct ct_lanes_key **link = find_key(lanes, id);
    if (*link)
        return *link;
    if (!reserve_heaps(lanes, lanes->n_keys + 1))
        return NULL;
    struct ct_lanes_key *key = ct_calloc(1, sizeof(*key) + id.len + 1);
    if (!key)
        return NULL;
    if (id.len)
        memcpy(key->id, id.ptr, id.len);
    key->id_len = id.len;
    key->account = lanes->floor;
    for (int l = 0; l < CT_LANE_COUNT; l++)
        key->at[l] = NOT_IN_HEAP;
    *link = key;
    if (++lanes->n_keys > lanes->n_buckets)
        grow_buckets(lanes);
    return key;
}

static void forget_idle_key(struct ct_lanes *lanes, struct ct_lanes_key *key)
{
    if (key->n_waiting + key->n_running > 0)
        return;
    struct ct_lanes_key **link = find_key(lanes, ct_slice_n(key->id, key->id_len));
    *link = key->next;
    lanes->n_keys--;
    ct_free(key);
}

static void add_at(struct lane *lane, int place, int more)
{
    for (int i = place; i <= lane->n_places; i += i & -i)
        lane->sums[i] += more;
}

static int count_before(const struct lane *lane, int place)
{
    int n = 0;
    for (int i = place - 1; i > 0; i -= i & -i)
        n += lane->sums[i];
    return n;
}

/* Room for one more place; twice as many as wait, so that giving them out anew is rare. */
static bool reserve_place(struct lane *lane)
{
    int n = FIRST_PLACES;
    if (lane->last_place < lane->n_places)
        return true;
    while (n < 2 * (lane->n_tickets + 1))
        n *= 2;
    int *sums = ct_calloc((size_t)n + 1, sizeof(*sums));
    if (!sums)
        return false;
    ct_free(lane->sums);
    lane->sums = sums;
    lane->n_places = n;
    lane->last_place = 0;
    for (struct ct_ticket *t = lane->tickets.first; t; t = t->lane_next) {
        t->place = ++lane->last_place;
        add_at(lane, t->place, 1);
    }
    return true;
}

static void append(struct ct_lanes *lanes, struct ct_ticket *t)
{
    struct list *by_age = &lanes->lanes[t->lane].tickets;
    struct list *of_key = &t->key->waiting[t->lane];
    t->lane_next = t->key_next = NULL;
    t->lane_prev = by_age->last;
    t->key_prev = of_key->last;
    *(by_age->last ? &by_age->last->lane_next : &by_age->first) = t;
    *(of_key->last ? &of_key->last->key_next : &of_key->first) = t;
    by_age->last = of_key->last = t;
    lanes->lanes[t->lane].n_tickets++;
    t->place = ++lanes->lanes[t->lane].last_place;
    add_at(&lanes->lanes[t->lane], t->place, 1);
    t->key->n_waiting++;
    t->waiting = true;
}

static void unlink_ticket(struct ct_lanes *lanes, struct ct_ticket *t)
{
    struct list *by_age = &lanes->lanes[t->lane].tickets;
    struct list *of_key = &t->key->waiting[t->lane];
    *(t->lane_prev ? &t->lane_prev->lane_next : &by_age->first) = t->lane_next;
    *(t->lane_next ? &t->lane_next->lane_prev : &by_age->last) = t->lane_prev;
    *(t->key_prev ? &t->key_prev->key_next : &of_key->first) = t->key_next;
    *(t->key_next ? &t->key_next->key_prev : &of_key->last) = t->key_prev;
    lanes->lanes[t->lane].n_tickets--;
    add_at(&lanes->lanes[t->lane], t->place, -1);
    t->key->n_waiting--;
    t->waiting = false;
}

bool ct_lanes_push(struct ct_lanes *lanes, struct ct_ticket *ticket, struct ct_slice key_id,
                   int concurrency, enum ct_lane lane, int cost, int64_t now_us)
{
    struct ct_lanes_key *key = reserve_place(&lanes->lanes[lane]) ? get_key(lanes, key_id) : NULL;
    if (!key)
        return false;
    *ticket = (struct ct_ticket){
        .lane = lane, .cost = cost > 0 ? cost : 1, .since_us = now_us, .key = key
    };
    key->concurrency = concurrency;
    if (key->n_waiting == 0 && key->account < lanes->floor)
        key->account = lanes->floor;
    append(lanes, ticket);
    update_key(lanes, key);
    return true;
}

/* Of the lanes behind l that have somebody who may run: the one whose oldest ticket is longest
 * beyond its age, or -1. */
static int longest_aged(const struct ct_lanes *lanes, int l, int64_t now_us)
{
    int aged = -1;
    int64_t first_us = now_us;
    while (++l < CT_LANE_COUNT) {
        const struct lane *lane = &lanes->lanes[l];
        if (lane->n_heap == 0 || lane->tickets.first->since_us + lane_age_us[l] > first_us)
            continue;
        aged = l;
        first_us = lane->tickets.first->since_us + lane_age_us[l];
    }
    return aged;
}

/* Whose turn it is, or -1 when nobody may run. */
static int next_lane(struct ct_lanes *lanes, int64_t now_us)
{
    int l = 0;
    while (l < CT_LANE_COUNT && lanes->lanes[l].n_heap == 0)
        l++;
    if (l == CT_LANE_COUNT)
        return -1;
    int aged = longest_aged(lanes, l, now_us);
    lanes->passed = aged < 0 ? 0 : lanes->passed + 1;
    if (lanes->passed < CT_LANE_AGED_TURN)
        return l;
    lanes->passed = 0;
    return aged;
}

struct ct_ticket *ct_lanes_pop(struct ct_lanes *lanes, int64_t now_us)
{
    int l = next_lane(lanes, now_us);
    if (l < 0)
        return NULL;
    struct lane *lane = &lanes->lanes[l];
    struct ct_lanes_key *key = lane->heap[0];
    struct ct_ticket *ticket = key->waiting[l].first;
    leave_heap(lane, l, key); /* it is sorted by the ticket that goes now */
    unlink_ticket(lanes, ticket);
    if (key->account > lanes->floor)
        lanes->floor = key->account;
    key->account += ticket->cost;
    key->n_running++;
    update_key(lanes, key);
    return ticket;
}

void ct_lanes_done(struct ct_lanes *lanes, struct ct_ticket *ticket)
{
    struct ct_lanes_key *key = ticket->key;
    assert(!ticket->waiting && key->n_running > 0);
    ticket->key = NULL;
    key->n_running--;
    update_key(lanes, key);
    forget_idle_key(lanes, key);
}

void ct_lanes_remove(struct ct_lanes *lanes, struct ct_ticket *ticket)
{
    struct ct_lanes_key *key = ticket->key;
    assert(ticket->waiting);
    leave_heap(&lanes->lanes[ticket->lane], ticket->lane, key);
    unlink_ticket(lanes, ticket);
    ticket->key = NULL;
    update_key(lanes, key);
    forget_idle_key(lanes, key);
}

int ct_lanes_waiting(const struct ct_lanes *lanes, enum ct_lane lane)
{
    return lanes->lanes[lane].n_tickets;
}

int ct_lanes_position(const struct ct_lanes *lanes, const struct ct_ticket *ticket)
{
    int before = count_before(&lanes->lanes[ticket->lane], ticket->place);
    for (int l = 0; l < (int)ticket->lane; l++)
        before += lanes->lanes[l].n_tickets;
    return before;
}

struct ct_ticket *ct_lanes_oldest(const struct ct_lanes *lanes, enum ct_lane lane)
{
    return lanes->lanes[lane].tickets.first;
}
