/* Which addresses are nobody's business: the IANA special-purpose registries (RFC 6890 and its
 * updates), as ranges that the server must never be sent to. A range that is missing here is a
 * door; one too many is a picture that has to be uploaded instead. So IPv6 is turned round: only
 * 2000::/3 is unicast of the public internet, and what is special within it is taken out. */
#include "net/url.h"

#include <arpa/inet.h>
#include <netinet/in.h>

struct range4 {
    uint32_t from;
    int bits;
};

static const struct range4 closed4[] = {
    { 0x00000000, 8 },  /* 0/8: this network, and 0.0.0.0 is this host */
    { 0x0a000000, 8 },  /* 10/8: private */
    { 0x64400000, 10 }, /* 100.64/10: shared, carriers' NAT */
    { 0x7f000000, 8 },  /* 127/8: loopback */
    { 0xa9fe0000, 16 }, /* 169.254/16: link-local, metadata services */
    { 0xac100000, 12 }, /* 172.16/12: private */
    { 0xc0000000, 24 }, /* 192.0.0/24: protocol assignments */
    { 0xc0000200, 24 }, /* 192.0.2/24: documentation */
    { 0xc01fc400, 24 }, /* 192.31.196/24: AS112 */
    { 0xc034c100, 24 }, /* 192.52.193/24: AMT */
    { 0xc0586300, 24 }, /* 192.88.99/24: 6to4 relays */
    { 0xc0a80000, 16 }, /* 192.168/16: private */
    { 0xc0af3000, 24 }, /* 192.175.48/24: AS112 */
    { 0xc6120000, 15 }, /* 198.18/15: benchmarking */
    { 0xc6336400, 24 }, /* 198.51.100/24: documentation */
    { 0xcb007100, 24 }, /* 203.0.113/24: documentation */
    { 0xe0000000, 4 },  /* 224/4: multicast */
    { 0xf0000000, 4 },  /* 240/4: reserved, and broadcast */
};

struct range6 {
    uint8_t from[16];
    int bits;
};

/* Of 2000::/3. */
static const struct range6 closed6[] = {
    { { 0x20, 0x01, 0x00 }, 23 },             /* 2001::/23: protocols, Teredo, ORCHID, benchmarks */
    { { 0x20, 0x01, 0x0d, 0xb8 }, 32 },       /* 2001:db8::/32: documentation */
    { { 0x20, 0x02 }, 16 },                   /* 2002::/16: 6to4, which carries an IPv4 address */
    { { 0x26, 0x20, 0x00, 0x4f, 0x80 }, 48 }, /* 2620:4f:8000::/48: AS112 */
    { { 0x3f, 0xfe }, 16 },                   /* 3ffe::/16: the old 6bone */
    { { 0x3f, 0xff, 0x00 }, 20 },             /* 3fff::/20: documentation */
};

static bool is_public4(uint32_t address)
{
    for (size_t i = 0; i < sizeof(closed4) / sizeof(closed4[0]); i++) {
        uint32_t mask = 0xffffffffu << (32 - closed4[i].bits);
        if ((address & mask) == closed4[i].from)
            return false;
    }
    return true;
}

static bool in_range6(const uint8_t *address, const struct range6 *range)
{
    int bytes = range->bits / 8, rest = range->bits % 8;
    uint8_t mask = (uint8_t)(0xff << (8 - rest));
    return memcmp(address, range->from, (size_t)bytes) == 0 &&
           (rest == 0 || (address[bytes] & mask) == range->from[bytes]);
}

static bool is_public6(const uint8_t *address)
{
    if ((address[0] & 0xe0) != 0x20) /* ::1, mapped, 64:ff9b::, fc00::, fe80::, ff00::, ... */
        return false;
    for (size_t i = 0; i < sizeof(closed6) / sizeof(closed6[0]); i++) {
        if (in_range6(address, &closed6[i]))
            return false;
    }
    return true;
}

bool ct_address_is_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return is_public4(
            ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
    if (address->sa_family == AF_INET6)
        return is_public6(((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
    return false;
}
