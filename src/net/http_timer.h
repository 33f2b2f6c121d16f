/* A timer wheel: setting, moving and clearing are O(1), waiting costs nothing.
 *
 * One wheel per loop, used by its thread only. Ticks are 16 ms; a timer fires up to one tick late
 * and never early. Moving a timer later only stores the new time (the wheel looks again when the
 * old slot comes round), which is what a connection does on every request. */
#ifndef CT_NET_HTTP_TIMER_H
#define CT_NET_HTTP_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#define CT_HTTP_TIMER_SLOTS 1024
#define CT_HTTP_NEVER INT64_MAX

struct ct_http_timer {
    struct ct_http_timer *prev, *next; /* NULL while not in the wheel */
    int64_t due_us;                    /* CT_HTTP_NEVER: falls out of the wheel unheard */
    int64_t slot_tick;
    void (*fire)(struct ct_http_timer *timer, void *ctx); /* the timer is out of the wheel then */
};

struct ct_http_wheel {
    struct ct_http_timer slots[CT_HTTP_TIMER_SLOTS]; /* list heads */
    uint64_t occupied[CT_HTTP_TIMER_SLOTS / 64];
    int64_t tick; /* all slots up to this one have been served */
};

void ct_http__wheel_init(struct ct_http_wheel *wheel, int64_t now_us);
void ct_http__timer_set(struct ct_http_wheel *wheel, struct ct_http_timer *timer, int64_t due_us);
void ct_http__timer_clear(struct ct_http_wheel *wheel, struct ct_http_timer *timer);
/* Milliseconds until something may be due, -1 when the wheel is empty. */
int ct_http__wheel_wait_ms(const struct ct_http_wheel *wheel, int64_t now_us);
/* Fires what is due. `fire` may set and clear any timer of the wheel. */
void ct_http__wheel_run(struct ct_http_wheel *wheel, int64_t now_us, void *ctx);

#endif
