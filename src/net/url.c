/* Reading URLs. See url.h for what is refused and why.
 *
 *      https :// host [: port] [/ path] [? query] [# fragment]
 *
 * The host is a DNS name (letters, digits, hyphens, underscores, dots; international names come
 * as xn--), an IPv4 address in four plain decimals, or an IPv6 address in brackets. A last label
 * that is a number makes a host an address for some readers (2130706433, 0x7f.1, 127.1,
 * 0177.0.0.1), so it must be one for all: four decimals without leading zeros. */
#include "net/url.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>

static ct_code bad(struct ct_err *err, const char *what)
{
    return ct_fail(err, CT_E_IMAGE_URL, NULL, "Invalid URL: %s", what);
}

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Printable ASCII; nothing that some reader takes for a delimiter where another does not. */
static bool is_clean(struct ct_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] <= ' ' || text.ptr[i] >= 0x7f || strchr("\\\"<>^`{}|", text.ptr[i]))
            return false;
    }
    return true;
}

/* "https://", "http://" in any case of letters; *rest is what follows. */
static bool take_scheme(bool *https, struct ct_slice *rest, struct ct_slice text)
{
    *https = ct_slice_ieq(ct_slice_sub(text, 0, 8), CT_S("https://"));
    if (!*https && !ct_slice_ieq(ct_slice_sub(text, 0, 7), CT_S("http://")))
        return false;
    *rest = ct_slice_sub(text, *https ? 8 : 7, text.len);
    return true;
}

/* Does the last label look like a number to anybody: digits, or 0x and hex digits? */
static bool ends_in_number(const char *host)
{
    const char *dot = strrchr(host, '.');
    const char *label = dot ? dot + 1 : host;
    if (label[0] == '0' && label[1] == 'x')
        return true;
    return label[0] != '\0' && strspn(label, "0123456789") == strlen(label);
}

static ct_code check_name(const char *host, struct ct_err *err)
{
    size_t label = 0;
    for (const char *p = host; *p; p++) {
        bool edge = p[1] == '\0' || p[1] == '.';
        if (*p == '.') {
            if (label == 0)
                return bad(err, "its host has an empty label.");
            label = 0;
            continue;
        }
        if (!is_alnum(*p) && *p != '_' && (*p != '-' || label == 0 || edge))
            return bad(err, "its host has a character that a host cannot have (write "
                            "international names as xn--...).");
        if (++label > 63)
            return bad(err, "its host has a label of more than 63 characters.");
    }
    return label ? CT_OK : bad(err, "its host has an empty label.");
}

static ct_code check_host(struct ct_url *out, bool bracketed, struct ct_err *err)
{
    struct in6_addr six;
    struct in_addr four;
    char canonical[INET_ADDRSTRLEN];
    size_t len = strlen(out->host);

    if (bracketed) {
        out->literal = true;
        return inet_pton(AF_INET6, out->host, &six) == 1
                   ? CT_OK
                   : bad(err, "its host is no IPv6 address.");
    }
    if (len && out->host[len - 1] == '.') /* the root's dot changes nothing */
        out->host[--len] = '\0';
    if (ends_in_number(out->host)) {
        out->literal = true;
        /* inet_pton takes leading zeros away in no libc that we know; compare, to be sure. */
        bool plain = inet_pton(AF_INET, out->host, &four) == 1 &&
                     inet_ntop(AF_INET, &four, canonical, sizeof(canonical)) &&
                     strcmp(canonical, out->host) == 0;
        return plain ? CT_OK
                     : bad(err, "its host is a number; write an address as four decimal numbers.");
    }
    return check_name(out->host, err);
}

static ct_code take_host(struct ct_url *out, struct ct_slice *rest, struct ct_err *err)
{
    bool bracketed = rest->len && rest->ptr[0] == '[';
    size_t from = bracketed, to = from;
    const char *ends = bracketed ? "]" : ":/?#";
    while (to < rest->len && !strchr(ends, rest->ptr[to]))
        to++;
    if (bracketed && to == rest->len)
        return bad(err, "its host has a bracket that does not end.");
    if (to == from)
        return bad(err, "it has no host.");
    if (to - from > CT_URL_HOST_MAX)
        return bad(err, "its host is longer than 253 characters.");
    for (size_t i = from; i < to; i++)
        out->host[i - from] = lower(rest->ptr[i]);
    out->host[to - from] = '\0';
    *rest = ct_slice_sub(*rest, to + bracketed, rest->len);
    return check_host(out, bracketed, err);
}

static ct_code take_port(struct ct_url *out, struct ct_slice *rest, struct ct_err *err)
{
    uint64_t port;
    size_t len = 0;
    out->port = out->https ? 443 : 80;
    if (rest->len == 0 || rest->ptr[0] != ':')
        return CT_OK;
    *rest = ct_slice_sub(*rest, 1, rest->len);
    while (len < rest->len && !strchr("/?#", rest->ptr[len]))
        len++;
    struct ct_slice digits = ct_slice_sub(*rest, 0, len);
    if (digits.len > 5 || !ct_slice_u64(digits, &port) || port < 1 || port > 65535)
        return bad(err, "its port is no number from 1 to 65535.");
    out->port = (int)port;
    *rest = ct_slice_sub(*rest, len, rest->len);
    return CT_OK;
}

ct_code ct_url_parse(struct ct_url *out, struct ct_slice text, struct ct_err *err)
{
    struct ct_slice rest, authority, path, fragment;
    *out = (struct ct_url){ .https = false };
    if (text.len > CT_URL_MAX)
        return bad(err, "it is longer than 2048 bytes.");
    if (!take_scheme(&out->https, &rest, text))
        return bad(err, "it does not begin with https://.");
    if (!is_clean(text))
        return bad(err, "it has a blank, a control byte or a character that has to be "
                        "percent-encoded.");
    size_t end = 0;
    while (end < rest.len && !strchr("/?#", rest.ptr[end]))
        end++;
    authority = ct_slice_sub(rest, 0, end);
    if (authority.len && memchr(authority.ptr, '@', authority.len))
        return bad(err, "it carries a user name or password.");
    CT_TRY(take_host(out, &rest, err));
    CT_TRY(take_port(out, &rest, err));
    if (rest.len && !strchr("/?#", rest.ptr[0]))
        return bad(err, "something stands between its host and its path.");
    ct_slice_cut(rest, '#', &path, &fragment);
    bool six = strchr(out->host, ':') != NULL;
    int n = snprintf(out->text, sizeof(out->text), "%s://%s%s%s:%d%s%.*s",
                     out->https ? "https" : "http", six ? "[" : "", out->host, six ? "]" : "",
                     out->port, path.len && path.ptr[0] == '/' ? "" : "/", CT_SARG(path));
    return n > 0 && (size_t)n < sizeof(out->text) ? CT_OK
                                                  : bad(err, "it is longer than 2048 bytes.");
}

bool ct_url_address(struct sockaddr_storage *out, const struct ct_url *url)
{
    struct sockaddr_in *four = (struct sockaddr_in *)out;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;
    memset(out, 0, sizeof(*out));
    if (inet_pton(AF_INET, url->host, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons((uint16_t)url->port);
        return true;
    }
    if (inet_pton(AF_INET6, url->host, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)url->port);
        return true;
    }
    return false;
}
