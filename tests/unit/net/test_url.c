/* The attack list of URLs and addresses, one row each. */
#include "net/url.h"
#include "t.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static void check_taken(const char *text, const char *host, int port, const char *whole)
{
    struct ct_url url;
    struct ct_err err = { 0 };
    if (ct_url_parse(&url, ct_slice(text), &err) != CT_OK) {
        t_fail(__FILE__, __LINE__, "%s: %s", text, err.msg);
        return;
    }
    CHECK_STR(url.host, host);
    CHECK_INT(url.port, port);
    CHECK_STR(url.text, whole);
}

TEST(url__reads_what_is_plain)
{
    check_taken("https://example.com/a.png", "example.com", 443, "https://example.com:443/a.png");
    check_taken("HTTPS://EXAMPLE.com", "example.com", 443, "https://example.com:443/");
    check_taken("http://a.b:8080?q=1#frag", "a.b", 8080, "http://a.b:8080/?q=1");
    check_taken("https://a.b./x", "a.b", 443, "https://a.b:443/x");
    check_taken("https://a.b:443/x?y=http://c/@d", "a.b", 443, "https://a.b:443/x?y=http://c/@d");
    check_taken("https://xn--bcher-kva.example/%C3%BC", "xn--bcher-kva.example", 443,
                "https://xn--bcher-kva.example:443/%C3%BC");
    check_taken("https://my_bucket.s3.example/x", "my_bucket.s3.example", 443,
                "https://my_bucket.s3.example:443/x");
    check_taken("https://93.184.216.34/", "93.184.216.34", 443, "https://93.184.216.34:443/");
    check_taken("https://[2606:2800::1]:8443/", "2606:2800::1", 8443, "https://[2606:2800::1]:8443/");
    check_taken("https://0x.example.com/", "0x.example.com", 443, "https://0x.example.com:443/");
}

TEST(url__refuses_what_readers_disagree_about)
{
    static const struct {
        const char *text, *why;
    } rows[] = {
        { "", "begin with https" },
        { "ftp://a/", "begin with https" },
        { "file:///etc/passwd", "begin with https" },
        { "gopher://a/", "begin with https" },
        { "//a/", "begin with https" },
        { "https:/a/", "begin with https" },
        { " https://a/", "begin with https" },
        { "https://", "no host" },
        { "https:///a", "no host" },
        { "https://:443/", "no host" },
        { "https://user@a/", "user name" },
        { "https://user:pass@a/", "user name" },
        { "https://a@127.0.0.1/", "user name" },
        { "https://a\\@127.0.0.1/", "percent-encoded" },
        { "https://a\\b/", "percent-encoded" },
        { "https://a/\r\nHost: b", "percent-encoded" },
        { "https://a b/", "percent-encoded" },
        { "https://a/b c", "percent-encoded" },
        { "https://\xc3\xa4.example/", "percent-encoded" },
        { "https://a%2eb/", "cannot have" },
        { "https://a,b/", "cannot have" },
        { "https://-a.b/", "cannot have" },
        { "https://a-.b/", "cannot have" },
        { "https://a-/", "cannot have" },
        { "https://a..b/", "empty label" },
        { "https://.a/", "empty label" },
        { "https://./", "empty label" },
        /* one address, many spellings */
        { "https://2130706433/", "is a number" },
        { "https://0x7f000001/", "is a number" },
        { "https://0x7f.0.0.1/", "is a number" },
        { "https://127.0.0.0x1/", "is a number" },
        { "https://017700000001/", "is a number" },
        { "https://0177.0.0.1/", "is a number" },
        { "https://127.0.0.01/", "is a number" },
        { "https://127.1/", "is a number" },
        { "https://127.0.1/", "is a number" },
        { "https://127.0.0.1.2/", "is a number" },
        { "https://256.0.0.1/", "is a number" },
        { "https://a.1/", "is a number" },
        { "https://0/", "is a number" },
        { "https://[::1/", "does not end" },
        { "https://[::1]x/", "between its host and its path" },
        { "https://[1.2.3.4]/", "no IPv6" },
        { "https://[fe80::1%25eth0]/", "no IPv6" },
        { "https://[]/", "no host" },
        { "https://a:/", "its port" },
        { "https://a:0/", "its port" },
        { "https://a:65536/", "its port" },
        { "https://a:+80/", "its port" },
        { "https://a:80:80/", "its port" },
        { "https://a:8 0/", "percent-encoded" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct ct_url url;
        struct ct_err err = { 0 };
        ct_code code = ct_url_parse(&url, ct_slice(rows[i].text), &err);
        if (code != CT_E_IMAGE_URL || !strstr(err.msg, rows[i].why))
            t_fail(__FILE__, __LINE__, "%s: code %d, \"%s\", expected \"%s\"", rows[i].text,
                   (int)code, err.msg, rows[i].why);
    }
    struct ct_url url;
    struct ct_err err = { 0 };
    CHECK_INT(ct_url_parse(&url, ct_slice_n("https://a\0b/", 12), &err), CT_E_IMAGE_URL);
    static char text[3000] = "https://a/";
    memset(text + 10, 'x', 2038);
    CHECK_INT(ct_url_parse(&url, ct_slice_n(text, 2044), &err), CT_OK);
    CHECK_INT(ct_url_parse(&url, ct_slice_n(text, 2045), &err), CT_E_IMAGE_URL); /* with :443 */
    CHECK_INT(ct_url_parse(&url, ct_slice_n(text, 2049), &err), CT_E_IMAGE_URL);
    memset(text + 8, 'a', 64);
    text[72] = '/';
    CHECK_INT(ct_url_parse(&url, ct_slice_n(text, 80), &err), CT_E_IMAGE_URL); /* a long label */
}

static bool is_public(const char *text)
{
    struct sockaddr_in four = { .sin_family = AF_INET };
    struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        return ct_address_is_public((const struct sockaddr *)&four);
    if (inet_pton(AF_INET6, text, &six.sin6_addr) == 1)
        return ct_address_is_public((const struct sockaddr *)&six);
    t_fail(__FILE__, __LINE__, "%s is no address", text);
    return false;
}

TEST(address__closed_ranges_are_closed_to_their_edges)
{
    static const char *const closed[] = {
        "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255",
        "127.0.0.1", "127.255.255.255", "169.254.0.0", "169.254.169.254", "169.254.255.255",
        "172.16.0.0", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.0.0",
        "192.168.255.255", "198.18.0.0", "198.19.255.255", "198.51.100.7", "203.0.113.7",
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8",
        "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1", "2001:10::1",
        "2001:20::1", "2001:1ff:ffff::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1",
        "3ffe::1", "3fff::1", "3fff:fff::1", "2620:4f:8000::1", "4000::1", "5f00::1", "fc00::1",
        "fdff::1", "fe80::1", "febf::1", "fec0::1", "ff02::1", "ffff::1",
    };
    static const char *const open[] = {
        "1.0.0.0", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
        "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255",
        "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255",
        "198.20.0.0", "203.0.112.255", "203.0.114.0", "223.255.255.255",
        "2000::1", "2001:200::1", "2001:db7::1", "2001:db9::1", "2003::1", "2606:2800:220:1::1",
        "2620:4f:8001::1", "2a00:1450::1", "3ffd::1", "3fff:1000::1",
    };
    for (size_t i = 0; i < sizeof(closed) / sizeof(closed[0]); i++)
        if (is_public(closed[i]))
            t_fail(__FILE__, __LINE__, "%s is open", closed[i]);
    for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++)
        if (!is_public(open[i]))
            t_fail(__FILE__, __LINE__, "%s is closed", open[i]);
    struct sockaddr other = { .sa_family = AF_UNIX };
    CHECK(!ct_address_is_public(&other));
}

TEST(url__literal_hosts_are_addresses)
{
    struct ct_url url;
    struct ct_err err;
    struct sockaddr_storage a;
    REQUIRE(ct_url_parse(&url, CT_S("https://[::ffff:127.0.0.1]:8443/"), &err) == CT_OK);
    CHECK(url.literal && ct_url_address(&a, &url));
    CHECK(a.ss_family == AF_INET6 && !ct_address_is_public((const struct sockaddr *)&a));
    CHECK_INT(ntohs(((const struct sockaddr_in6 *)&a)->sin6_port), 8443);
    REQUIRE(ct_url_parse(&url, CT_S("https://localhost/"), &err) == CT_OK);
    CHECK(!url.literal && !ct_url_address(&a, &url));
}
