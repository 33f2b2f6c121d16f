/* The api_keys table: who may ask, for what, how fast and for how much.
 *
 * A secret is 256 random bits, so its unsalted SHA-256 gives nothing away. SQL only: how a secret
 * is looked up is policy/keys.h's. All functions that take a connection run inside a ct_db_fn
 * (store/db.h). */
#ifndef CT_STORE_KEY_ROWS_H
#define CT_STORE_KEY_ROWS_H

#include "base/hash.h"
#include "store/sql.h"

#define CT_KEY_ID_MAX 24
#define CT_KEY_NAME_MAX 96
#define CT_KEY_PROJECT_MAX 64
#define CT_KEY_MODELS_MAX 256

/* What a key may do; in the table and on every surface the words of ct_scope_word(). */
enum ct_scope {
    CT_SCOPE_IMAGES_WRITE = 1 << 0, /* images:write  draw, edit, cancel */
    CT_SCOPE_IMAGES_READ = 1 << 1,  /* images:read   tasks and their pictures */
    CT_SCOPE_USAGE_READ = 1 << 2,   /* usage:read    what the key itself has spent */
    CT_SCOPE_ADMIN = 1 << 3,        /* admin         everything, for every key */
    CT_SCOPE_METRICS = 1 << 4,      /* metrics       GET /metrics from other machines */
};
#define CT_SCOPES_DEFAULT (CT_SCOPE_IMAGES_WRITE | CT_SCOPE_IMAGES_READ | CT_SCOPE_USAGE_READ)

const char *ct_scope_word(int index); /* 0..; NULL behind the last; its scope is 1 << index */
/* Words with blanks or commas between them; CT_E_VALUE names one that is none. */
CT_MUSTCHECK ct_code ct_scopes_read(unsigned *out, struct ct_slice words, struct ct_err *err);

#define CT_NO_BUDGET (-1)

struct ct_key_limits {
    int64_t rpm, ipm, tpm; /* requests, images, tokens a minute; 0: any number */
    int concurrency;       /* jobs at once; 0: any number */
    /* Nano-dollars, CT_NO_BUDGET for none; days and months are UTC's. */
    int64_t budget_day, budget_month, budget_total;
    int64_t budget_user; /* of each `user`, in a month */
};
#define CT_KEY_LIMITS_NONE                                                                         \
    ((struct ct_key_limits){ .budget_day = CT_NO_BUDGET,                                           \
                             .budget_month = CT_NO_BUDGET,                                         \
                             .budget_total = CT_NO_BUDGET,                                         \
                             .budget_user = CT_NO_BUDGET })

struct ct_key {
    char id[CT_KEY_ID_MAX];
    char name[CT_KEY_NAME_MAX];
    char project[CT_KEY_PROJECT_MAX];
    char models[CT_KEY_MODELS_MAX]; /* ids, one blank between them; "": any */
    unsigned scopes;                /* enum ct_scope */
    struct ct_key_limits limits;
    int64_t created_ms;
    int64_t expires_ms, revoked_ms, last_used_ms; /* 0: not */
    uint8_t hash[CT_SHA256_LEN];
    uint8_t old_hash[CT_SHA256_LEN]; /* good until old_until_ms; 0: there is none */
    int64_t old_until_ms;
};

/* "active", "expired" or "revoked" */
const char *ct_key_status(const struct ct_key *key, int64_t now_ms);
/* Cuts to size at a character, and makes one line of it. */
void ct_key_copy_text(char *out, size_t size, struct ct_slice text);

CT_MUSTCHECK ct_code ct_key_row_insert(struct ct_sql *sql, const struct ct_key *key,
                                       struct ct_err *err);
/* CT_E_NOT_FOUND with a sentence. */
CT_MUSTCHECK ct_code ct_key_row_get(struct ct_key *out, struct ct_sql *sql, struct ct_slice id,
                                    struct ct_err *err);
/* Everything but the id, the hashes and the times of creation and last use. */
CT_MUSTCHECK ct_code ct_key_row_update(struct ct_sql *sql, const struct ct_key *key,
                                       struct ct_err *err);
/* Gives the key another secret; the one before is good until old_until_ms (0: no longer). */
CT_MUSTCHECK ct_code ct_key_row_rotate(struct ct_sql *sql, struct ct_slice id,
                                       const uint8_t hash[CT_SHA256_LEN], int64_t old_until_ms,
                                       struct ct_err *err);
CT_MUSTCHECK ct_code ct_key_row_used(struct ct_sql *sql, struct ct_slice id, int64_t at_ms,
                                     struct ct_err *err);
/* Calls fn for every key, oldest first. An error that fn returns stops it and is passed on. */
CT_MUSTCHECK ct_code ct_key_rows_each(struct ct_sql *sql,
                                      ct_code (*fn)(void *ctx, const struct ct_key *key,
                                                    struct ct_err *err),
                                      void *ctx, struct ct_err *err);
CT_MUSTCHECK ct_code ct_key_rows_revision(int64_t *out, struct ct_sql *sql, struct ct_err *err);

#endif
