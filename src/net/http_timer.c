/* The wheel: 1024 slots of 16 ms, a bitmap of the occupied ones.
 *
 * A timer beyond the horizon (16 s) waits in the farthest slot and is put back when that slot
 * comes round. Invariant: a linked timer's slot_tick lies in (tick, tick + SLOTS), and is never
 * later than its due time. */
#include "net/http_timer.h"

#include <stddef.h>

#define TICK_US 16000

static void unlink_timer(struct ct_http_timer *timer)
{
    timer->prev->next = timer->next;
    timer->next->prev = timer->prev;
    timer->prev = timer->next = NULL;
}

static void link_timer(struct ct_http_timer *head, struct ct_http_timer *timer)
{
    timer->prev = head->prev;
    timer->next = head;
    head->prev->next = timer;
    head->prev = timer;
}

void ct_http__wheel_init(struct ct_http_wheel *wheel, int64_t now_us)
{
    *wheel = (struct ct_http_wheel){ .tick = now_us / TICK_US };
    for (size_t i = 0; i < CT_HTTP_TIMER_SLOTS; i++)
        wheel->slots[i].prev = wheel->slots[i].next = &wheel->slots[i];
}

/* The tick by whose end due_us has passed, within the wheel's reach. */
static int64_t tick_of(const struct ct_http_wheel *wheel, int64_t due_us)
{
    int64_t last = wheel->tick + CT_HTTP_TIMER_SLOTS - 1;
    int64_t tick = due_us / TICK_US + (due_us % TICK_US ? 1 : 0);
    if (tick > last)
        return last;
    return tick > wheel->tick ? tick : wheel->tick + 1;
}

void ct_http__timer_set(struct ct_http_wheel *wheel, struct ct_http_timer *timer, int64_t due_us)
{
    timer->due_us = due_us;
    if (!timer->next && due_us == CT_HTTP_NEVER)
        return;
    if (timer->next && timer->slot_tick * TICK_US <= due_us)
        return;
    int64_t tick = tick_of(wheel, due_us);
    if (timer->next) {
        if (tick == timer->slot_tick)
            return;
        unlink_timer(timer);
    }
    size_t slot = (size_t)(tick % CT_HTTP_TIMER_SLOTS);
    timer->slot_tick = tick;
    link_timer(&wheel->slots[slot], timer);
    wheel->occupied[slot / 64] |= UINT64_C(1) << (slot % 64);
}

void ct_http__timer_clear(struct ct_http_wheel *wheel, struct ct_http_timer *timer)
{
    (void)wheel; /* an emptied slot keeps its bit: at worst one idle look at it */
    if (timer->next)
        unlink_timer(timer);
}

int ct_http__wheel_wait_ms(const struct ct_http_wheel *wheel, int64_t now_us)
{
    for (int64_t ahead = 1; ahead < CT_HTTP_TIMER_SLOTS;) {
        size_t slot = (size_t)((wheel->tick + ahead) % CT_HTTP_TIMER_SLOTS);
        uint64_t word = wheel->occupied[slot / 64] >> (slot % 64);
        if (word) {
            int64_t at_us = (wheel->tick + ahead + __builtin_ctzll(word)) * TICK_US;
            return at_us <= now_us ? 0 : (int)((at_us - now_us + 999) / 1000);
        }
        ahead += 64 - (int64_t)(slot % 64);
    }
    return -1;
}

static void run_slot(struct ct_http_wheel *wheel, size_t slot, int64_t now_us, void *ctx)
{
    struct ct_http_timer *head = &wheel->slots[slot], batch;
    wheel->occupied[slot / 64] &= ~(UINT64_C(1) << (slot % 64));
    if (head->next == head)
        return;
    /* Moved to a list of its own: what fires may link into this very slot again. */
    batch = *head;
    batch.prev->next = batch.next->prev = &batch;
    head->prev = head->next = head;
    while (batch.next != &batch) {
        struct ct_http_timer *timer = batch.next;
        unlink_timer(timer);
        if (timer->due_us <= now_us)
            timer->fire(timer, ctx);
        else
            ct_http__timer_set(wheel, timer, timer->due_us);
    }
}

void ct_http__wheel_run(struct ct_http_wheel *wheel, int64_t now_us, void *ctx)
{
    int64_t now_tick = now_us / TICK_US;
    if (now_tick - wheel->tick > CT_HTTP_TIMER_SLOTS) /* asleep for long: each slot once */
        wheel->tick = now_tick - CT_HTTP_TIMER_SLOTS;
    while (wheel->tick < now_tick) {
        wheel->tick++;
        run_slot(wheel, (size_t)(wheel->tick % CT_HTTP_TIMER_SLOTS), now_us, ctx);
    }
}
