/* Names to addresses, with an end to the waiting.
 *
 * getaddrinfo() blocks for as long as the name servers let it, so it runs on threads that are there
 * for it, and whoever asked waits only as long as he likes. */
#ifndef CT_NET_RESOLVE_H
#define CT_NET_RESOLVE_H

#include "base/workers.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#define CT_RESOLVE_MAX 16 /* addresses of a name that are looked at; one with more is refused */

struct ct_lookup;

/* Begins to look up host on one of `workers`; NULL: they have too much to do, or out of memory. */
struct ct_lookup *ct_lookup_start(struct ct_workers *workers, const char *host, int port);
/* Waits for the answer until `until_us` (ct_clock_us()) at most, asking `cancelled` every 100 ms.
 * Returns how many addresses there are, 0 for none, an error, or too late; frees the lookup. */
int ct_lookup_finish(struct ct_lookup **lookup, struct sockaddr_storage out[CT_RESOLVE_MAX],
                     int64_t until_us, bool (*cancelled)(void *ctx), void *ctx);

#endif
