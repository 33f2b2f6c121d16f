/* Fetching from, and posting to, what a user names by URL: the one way out of the server to an
 * address from outside.
 *
 * An attacker names URLs to have the server ask what he cannot (SSRF): metadata services, admin
 * pages, the server itself. So a URL must be plain (net/url.h), its name is resolved once, every
 * address it has must be a public one, the connection goes to one of those that were checked, and
 * each redirect (at most 3) starts over. What comes back must begin like a picture, may not be
 * larger than a limit, and has a time limit from first to last. Messages name what was wrong with
 * the URL and nothing that was found behind it.
 *
 * A post follows no redirect: its body was meant for one host. What is answered but for the status
 * is thrown away. */
#ifndef CT_NET_FETCH_H
#define CT_NET_FETCH_H

#include "base/blob.h"
#include "base/workers.h"
#include "net/url.h"

struct ct_fetch_options {
    const char *dir; /* where large answers are spooled */
    const char *user_agent;
    size_t max_bytes;  /* 0 = 50 MiB */
    int timeout_ms;    /* for everything, redirects included; 0 = 20 s */
    int max_redirects; /* 0 = 3 */
    bool allow_http;   /* else https alone */
    bool any_port;     /* else 80, 443, 8080, 8443 */
    /* Does a file of this kind begin so? `first` has magic_bytes, less when there are no more. */
    bool (*is_wanted)(struct ct_slice first);
    size_t magic_bytes; /* at most CT_FETCH_MAGIC_MAX */
    /* NULL: ct_address_is_public. Anything else is DANGEROUS, and for tests. */
    bool (*may_connect)(const struct sockaddr *address);
    struct ct_workers *resolvers; /* whose threads wait for name servers */
    const char *ca_file; /* certificates to trust; NULL: the system's */
    /* In place of the system's resolver, for tests: fills at most `max` addresses, returns how many
     * (0: unknown name). Called on the thread that fetches. */
    int (*resolve)(void *ctx, const char *host, int port, struct sockaddr_storage *out, int max);
    void *resolve_ctx;
};

#define CT_FETCH_MAGIC_MAX 16

struct ct_fetch_post {
    struct ct_slice body;
    const char *const *fields; /* "name: value", NULL ends the list */
};

struct ct_fetch_item {
    struct ct_slice url;
    const struct ct_fetch_post *post; /* NULL: GET */
    struct ct_blob *file; /* what came, NULL on failure: then err is set; always NULL of a post */
    int status;           /* of a post: what its host answered; 0: nothing */
    struct ct_err err;    /* CT_E_IMAGE_URL without a param; CT_E_CANCELLED, CT_E_MEMORY, ... */
};

/* What can be said of a URL without asking the network: CT_E_IMAGE_URL when it would be refused. */
CT_MUSTCHECK ct_code ct_fetch_check(struct ct_slice url, const struct ct_fetch_options *options,
                                    struct ct_err *err);

/* Fetches all items at the same time; returns when each has its file or error. A post has no error
 * when it was answered with a status of 200 to 299. Blocks for at most
 * timeout_ms and a little; `cancelled` is looked at every 100 ms and may be NULL. Any thread. */
void ct_fetch_all(struct ct_fetch_item *items, int n, const struct ct_fetch_options *options,
                  bool (*cancelled)(void *ctx), void *ctx);

#endif
