/* Addresses: reading `host:port`, binding it once per loop, writing down who connects.
 *
 * Every loop has a listener of its own (SO_REUSEPORT), so the kernel spreads connections without a
 * lock between the loops. But SO_REUSEPORT also lets a second server of the same user join in
 * silence, and half of the connections would go there. So the first socket is bound without it,
 * which fails when anybody listens already, and is opened up for our others afterwards. */
#include "net/http_internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_storage storage;
};

static socklen_t address_len(const union address *a)
{
    return a->any.sa_family == AF_INET6 ? sizeof(a->v6) : sizeof(a->v4);
}

static bool parse_host(union address *a, struct ct_slice host)
{
    char text[INET6_ADDRSTRLEN];
    bool is_v6 = host.len > 2 && host.ptr[0] == '[' && host.ptr[host.len - 1] == ']';
    if (is_v6)
        host = ct_slice_sub(host, 1, host.len - 1);
    else if (ct_slice_is(host, "localhost"))
        host = CT_S("127.0.0.1");
    if (host.len >= sizeof(text))
        return false;
    memcpy(text, host.ptr, host.len);
    text[host.len] = '\0';
    a->any.sa_family = is_v6 ? AF_INET6 : AF_INET;
    return inet_pton(a->any.sa_family, text, is_v6 ? (void *)&a->v6.sin6_addr : &a->v4.sin_addr) ==
           1;
}

static ct_code parse_address(union address *a, const char *text, struct ct_err *err)
{
    struct ct_slice all = ct_slice(text);
    const char *colon = all.len ? memrchr(all.ptr, ':', all.len) : NULL;
    uint64_t port = 0;
    memset(a, 0, sizeof(*a));
    if (!colon || !ct_slice_u64(ct_slice(colon + 1), &port) || port > 65535 ||
        !parse_host(a, ct_slice_n(all.ptr, (size_t)(colon - all.ptr))))
        return ct_fail(
            err, CT_E_CONFIG, NULL,
            "cannot read the listen address `%.200s`; it is an IP address and a port, as "
            "127.0.0.1:8787, 0.0.0.0:80 or [::1]:8787",
            text ? text : "");
    if (a->any.sa_family == AF_INET6)
        a->v6.sin6_port = htons((uint16_t)port);
    else
        a->v4.sin_port = htons((uint16_t)port);
    return CT_OK;
}

ct_code ct_http_listen_check(bool *loopback, const char *listen, struct ct_err *err)
{
    union address a;
    CT_TRY(parse_address(&a, listen, err));
    *loopback = a.any.sa_family == AF_INET6 ? IN6_IS_ADDR_LOOPBACK(&a.v6.sin6_addr)
                                            : ntohl(a.v4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
    return CT_OK;
}

static void address_text(char *text, size_t size, const union address *a)
{
    char host[INET6_ADDRSTRLEN] = "?";
    if (a->any.sa_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&a->v6.sin6_addr)) {
        /* An IPv4 client of a [::] listener. */
        inet_ntop(AF_INET, &a->v6.sin6_addr.s6_addr[12], host, sizeof(host));
        snprintf(text, size, "%s:%d", host, ntohs(a->v6.sin6_port));
    } else if (a->any.sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &a->v6.sin6_addr, host, sizeof(host));
        snprintf(text, size, "[%s]:%d", host, ntohs(a->v6.sin6_port));
    } else {
        inet_ntop(AF_INET, &a->v4.sin_addr, host, sizeof(host));
        snprintf(text, size, "%s:%d", host, ntohs(a->v4.sin_port));
    }
}

void ct_http__peer_text(char text[64], const void *sockaddr)
{
    address_text(text, 64, sockaddr);
}

static bool set_option(int fd, int level, int name, int value)
{
    return setsockopt(fd, level, name, &value, sizeof(value)) == 0;
}

/* Accepted sockets inherit these, which saves system calls on each of them. Keep-alive probes find
 * clients whose machine vanished while a request is held. */
static void tune(int fd)
{
    set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    set_option(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    set_option(fd, IPPROTO_TCP, TCP_KEEPIDLE, 60);
    set_option(fd, IPPROTO_TCP, TCP_KEEPINTVL, 15);
    set_option(fd, IPPROTO_TCP, TCP_KEEPCNT, 4);
}

static int open_socket(const union address *a, bool first)
{
    int fd = socket(a->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    bool ok = set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1) &&
              (first || set_option(fd, SOL_SOCKET, SO_REUSEPORT, 1)) &&
              bind(fd, &a->any, address_len(a)) == 0 &&
              (!first || set_option(fd, SOL_SOCKET, SO_REUSEPORT, 1));
    if (ok) {
        tune(fd);
        ok = listen(fd, 4096) == 0;
    }
    if (!ok) {
        int saved = errno;
        close(fd);
        errno = saved;
        return -1;
    }
    return fd;
}

static ct_code fail_listen(const char *text, struct ct_err *err)
{
    if (errno == EADDRINUSE)
        return ct_fail(err, CT_E_IO, NULL,
                       "cannot listen on %s: address already in use (another calotype, perhaps; "
                       "choose another with --listen)",
                       text);
    if (errno == EACCES)
        return ct_fail(err, CT_E_IO, NULL,
                       "cannot listen on %s: not allowed (ports below 1024 need the privilege "
                       "CAP_NET_BIND_SERVICE)",
                       text);
    return ct_fail_errno(err, CT_E_IO, "cannot listen on %s", text);
}

ct_code ct_http__listen(int *fds, int n_fds, char address[80], const char *text, struct ct_err *err)
{
    union address a;
    CT_TRY(parse_address(&a, text, err));
    for (int i = 0; i < n_fds; i++) {
        fds[i] = open_socket(&a, i == 0);
        if (fds[i] < 0) {
            ct_code code = fail_listen(text, err);
            while (i > 0)
                close(fds[--i]);
            return code;
        }
        /* Port 0 became a real one. */
        socklen_t len = sizeof(a);
        if (i == 0 && getsockname(fds[0], &a.any, &len) != 0) {
            close(fds[0]);
            return ct_fail_errno(err, CT_E_IO, "cannot listen on %s", text);
        }
    }
    address_text(address, 80, &a);
    return CT_OK;
}
