/* The content cache: what was drawn once for a tenant need not be drawn again (docs/replay.md).
 *
 *   request --ct_cache_key()--> key --> memory (small pictures, bounded) --> database --> files
 *
 * A key is made of the tenant, every field and input that can change a pixel, and the engine and
 * program that draw. Pictures are those of the picture store; the cache is an index of them, and
 * keeps the bytes of small ones that are asked for often. Thread-safe. */
#ifndef CT_POLICY_CACHE_H
#define CT_POLICY_CACHE_H

#include "contract/image_request.h"
#include "store/cache_rows.h"
#include "store/db.h"
#include "store/pictures.h"

struct ct_cache;

struct ct_cache_options {
    struct ct_db *db; /* outlives the cache, as the next */
    struct ct_pictures *pictures;
    int64_t max_bytes;            /* of the pictures on disk */
    size_t memory_bytes;          /* of pictures held in memory; 0 = 64 MiB */
    int64_t max_age_ms;           /* how long a picture is given for a request */
    int64_t url_ttl_s;            /* how long the URL of a picture lives */
    const char *engine, *version; /* that draws */
};
CT_MUSTCHECK ct_code ct_cache_open(struct ct_cache **out, const struct ct_cache_options *options,
                                   struct ct_err *err);
void ct_cache_close(struct ct_cache **cache);

/* What the request asks for, whoever of the tenant asks and in whatever form it is answered. Reads
 * all input pictures: large ones not on a network loop. */
void ct_cache_key(uint8_t out[CT_SHA256_LEN], const struct ct_cache *cache, struct ct_slice tenant,
                  const struct ct_image_request *request);

struct ct_cached_picture {
    struct ct_blob *file;           /* never NULL in what ct_cache_find() gives */
    char name[CT_PICTURE_NAME_MAX]; /* in the picture store; "": it could not be kept there */
    int32_t seed;
};
/* Immutable, shared by counting. */
struct ct_cached {
    int64_t created_ms;
    struct ct_cached_picture pictures[CT_CACHE_MAX_PICTURES];
    int n_pictures;
    char **warnings;
    int n_warnings;
};
struct ct_cached *ct_cached_ref(struct ct_cached *cached);
void ct_cached_unref(struct ct_cached **cached);

/* A reference, or NULL: never drawn, too old, or a picture is gone. */
struct ct_cached *ct_cache_find(struct ct_cache *cache, const uint8_t key[CT_SHA256_LEN]);

/* Of a key that turned out not to be there. */
void ct_cache_forget(struct ct_cache *cache, const uint8_t key[CT_SHA256_LEN]);

/* What was drawn, before it belongs to the cache: a reference, with the files' references taken
 * over. NULL: out of memory. */
struct ct_cached *ct_cached_new(const struct ct_cached_picture *pictures, int n_pictures,
                                char *const *warnings, int n_warnings);
/* Puts the pictures that have no name into the store (durable), and all into the cache. What cannot
 * be written is not cached, and named in err; *cached can be given away in any case. Waits for the
 * disk; not on a network loop. */
CT_MUSTCHECK ct_code ct_cache_put(struct ct_cache *cache, const uint8_t key[CT_SHA256_LEN],
                                  struct ct_cached *cached, enum ct_format format,
                                  struct ct_err *err);

/* Lets go of what is too old or too much, with pictures that nobody else needs and whose URLs are
 * dead; for whoever keeps house, every few seconds. Waits for the database. */
CT_MUSTCHECK ct_code ct_cache_expire(struct ct_cache *cache, int64_t now_ms, struct ct_err *err);

#endif
