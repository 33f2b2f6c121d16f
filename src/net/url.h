/* URLs that a user names, and addresses that he must not reach.
 *
 * One reading, stricter than RFC 3986: whatever two programs could read differently (userinfo,
 * backslashes, control bytes, numbers in odd bases as hosts, a zone of an IPv6 address) is no URL
 * here. Pure functions: any thread. */
#ifndef CT_NET_URL_H
#define CT_NET_URL_H

#include "base/err.h"
#include "base/slice.h"

#include <sys/socket.h>

#define CT_URL_MAX 2048      /* bytes of a URL */
#define CT_URL_HOST_MAX 253  /* of a name */

struct ct_url {
    bool https;
    char host[CT_URL_HOST_MAX + 1]; /* lower case; an IPv6 address without its brackets */
    bool literal;                   /* the host is an address: nothing to resolve */
    int port;                       /* as written, or the scheme's */
    char text[CT_URL_MAX + 1];      /* scheme, host, port and the rest; no fragment */
};

/* CT_E_IMAGE_URL says what is wrong with the text. http:// is taken as well as https://. */
CT_MUSTCHECK ct_code ct_url_parse(struct ct_url *out, struct ct_slice text, struct ct_err *err);
/* Is this an address that the public internet routes to, and nothing of ours? False for loopback,
 * private, link-local, shared (CGNAT), multicast, documentation and reserved ranges, for what
 * carries such an address inside (IPv4-mapped, NAT64, 6to4, Teredo), and for other families. */
bool ct_address_is_public(const struct sockaddr *address);
/* The address of a literal host, port included. */
bool ct_url_address(struct sockaddr_storage *out, const struct ct_url *url);

#endif
