/* A table of keys, replaced as a whole when the keys change.
 *
 *   secret --SHA-256--> first 8 bytes --> slot --> entry, all 32 bytes compared in constant time
 *
 * What an attacker learns from the time a lookup takes is the beginning of a hash of a guess, which
 * helps with nothing. A key that was rotated stands in the table under both its hashes.
 *
 * The lock is held for a lookup and a copy, some hundred nanoseconds. The table is built outside.
 */
#include "policy/keys.h"

#include "base/clock.h"
#include "base/mem.h"

#include <pthread.h>
#include <stdio.h>

#define LOOK_EVERY_US 1000000
#define FLUSH_EVERY_US 5000000
#define USED_STEP_MS 1000 /* finer than this nobody wants to know it */

struct entry {
    struct ct_key key;
    bool used; /* since the last flush */
};

struct table {
    struct entry *entries;
    int n, room;
    int *
        slots; /* index of an entry, -1: free; n_slots is a power of two, at most half of it used */
    size_t n_slots;
    int64_t revision;
};

struct ct_keys {
    pthread_mutex_t lock; /* guards everything below but db */
    struct table table;
    int64_t looked_us, flushed_us;
    struct ct_db *db;
};

static void table_release(struct table *table)
{
    ct_free(table->entries);
    ct_free(table->slots);
    *table = (struct table){ 0 };
}

static size_t first_slot(const struct table *table, const uint8_t hash[CT_SHA256_LEN])
{
    uint64_t prefix;
    memcpy(&prefix, hash, sizeof(prefix));
    return (size_t)prefix & (table->n_slots - 1);
}

static void add_hash(struct table *table, const uint8_t hash[CT_SHA256_LEN], int index)
{
    size_t at = first_slot(table, hash);
    while (table->slots[at] >= 0)
        at = (at + 1) & (table->n_slots - 1);
    table->slots[at] = index;
}

static bool index_table(struct table *table)
{
    table->n_slots = 16;
    while (table->n_slots < 4 * (size_t)table->n) /* two hashes a key, half full at most */
        table->n_slots *= 2;
    table->slots = ct_calloc(table->n_slots, sizeof(int));
    if (!table->slots)
        return false;
    for (size_t i = 0; i < table->n_slots; i++)
        table->slots[i] = -1;
    for (int i = 0; i < table->n; i++) {
        const struct ct_key *key = &table->entries[i].key;
        add_hash(table, key->hash, i);
        if (key->old_until_ms)
            add_hash(table, key->old_hash, i);
    }
    return true;
}

static ct_code add_key(void *ctx, const struct ct_key *key, struct ct_err *err)
{
    struct table *table = ctx;
    if (table->n == table->room) {
        int room = table->room ? 2 * table->room : 16;
        struct entry *more = ct_reallocarray(table->entries, (size_t)room, sizeof(*more));
        if (!more)
            return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading the keys.");
        table->entries = more;
        table->room = room;
    }
    table->entries[table->n++] = (struct entry){ .key = *key };
    return CT_OK;
}

static ct_code read_table(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct table *table = ctx;
    CT_TRY(ct_key_rows_revision(&table->revision, sql, err));
    CT_TRY(ct_key_rows_each(sql, add_key, table, err));
    return index_table(table)
               ? CT_OK
               : ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading the keys.");
}

/* With the lock held: what was not yet flushed is not forgotten. Both are in the order of age. */
static void keep_used(struct table *table, const struct table *before)
{
    for (int i = 0, j = 0; i < before->n && j < table->n; i++) {
        if (strcmp(before->entries[i].key.id, table->entries[j].key.id) != 0)
            continue; /* deleted by hand */
        table->entries[j].used = before->entries[i].used;
        if (before->entries[i].key.last_used_ms > table->entries[j].key.last_used_ms)
            table->entries[j].key.last_used_ms = before->entries[i].key.last_used_ms;
        j++;
    }
}

ct_code ct_keys_reload(struct ct_keys *keys, struct ct_err *err)
{
    struct table table = { 0 };
    ct_code rc = ct_db_read(keys->db, read_table, &table, err);
    if (rc == CT_OK) {
        pthread_mutex_lock(&keys->lock);
        if (!keys->table.slots || table.revision >= keys->table.revision) {
            struct table before = keys->table;
            keep_used(&table, &before);
            keys->table = table;
            table = before;
        } /* else another thread was here with a newer one */
        pthread_mutex_unlock(&keys->lock);
    }
    table_release(&table);
    return rc;
}

ct_code ct_keys_open(struct ct_keys **out, struct ct_db *db, struct ct_err *err)
{
    *out = NULL;
    struct ct_keys *keys = ct_calloc(1, sizeof(*keys));
    if (!keys)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while opening the keys.");
    pthread_mutex_init(&keys->lock, NULL);
    keys->db = db;
    keys->looked_us = keys->flushed_us = ct_clock_us();
    ct_code rc = ct_keys_reload(keys, err);
    if (rc != CT_OK)
        ct_keys_close(&keys);
    *out = keys;
    return rc;
}

void ct_keys_close(struct ct_keys **slot)
{
    struct ct_keys *keys = *slot;
    *slot = NULL;
    if (!keys)
        return;
    ct_keys_flush(keys, true);
    table_release(&keys->table);
    pthread_mutex_destroy(&keys->lock);
    ct_free(keys);
}

static ct_code read_revision(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_key_rows_revision(ctx, sql, err);
}

void ct_keys_refresh(struct ct_keys *keys)
{
    int64_t now = ct_clock_us(), revision;
    pthread_mutex_lock(&keys->lock);
    bool due = now - keys->looked_us >= LOOK_EVERY_US;
    int64_t known = keys->table.revision;
    if (due)
        keys->looked_us = now;
    pthread_mutex_unlock(&keys->lock);
    if (due && ct_db_read(keys->db, read_revision, &revision, NULL) == CT_OK && revision != known)
        (void)!ct_keys_reload(keys, NULL);
}

struct uses {
    int n;
    struct use {
        char id[CT_KEY_ID_MAX];
        int64_t at_ms;
    } list[];
};

static ct_code write_uses(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    const struct uses *uses = ctx;
    for (int i = 0; i < uses->n; i++)
        CT_TRY(ct_key_row_used(sql, ct_slice(uses->list[i].id), uses->list[i].at_ms, err));
    return CT_OK;
}

static void uses_written(void *ctx, ct_code rc, const struct ct_err *err)
{
    (void)rc, (void)err; /* lost with a full disk: it only says when */
    ct_free(ctx);
}

/* With the lock held: who was used since the last time; NULL when nobody was. */
static struct uses *take_uses(struct ct_keys *keys)
{
    struct table *table = &keys->table;
    int n = 0;
    for (int i = 0; i < table->n; i++)
        n += table->entries[i].used;
    struct uses *uses = n ? ct_calloc(1, sizeof(*uses) + (size_t)n * sizeof(struct use)) : NULL;
    for (int i = 0; uses && i < table->n; i++) {
        if (!table->entries[i].used)
            continue;
        struct use *use = &uses->list[uses->n++];
        memcpy(use->id, table->entries[i].key.id, CT_KEY_ID_MAX);
        use->at_ms = table->entries[i].key.last_used_ms;
        table->entries[i].used = false;
    }
    return uses;
}

void ct_keys_flush(struct ct_keys *keys, bool at_once)
{
    struct uses *uses = NULL;
    int64_t now = ct_clock_us();
    pthread_mutex_lock(&keys->lock);
    if (at_once || now - keys->flushed_us >= FLUSH_EVERY_US) {
        keys->flushed_us = now;
        uses = take_uses(keys);
    }
    pthread_mutex_unlock(&keys->lock);
    if (uses && ct_db_post(keys->db, write_uses, uses, uses_written, NULL) != CT_OK)
        ct_free(uses);
}

int ct_keys_active(struct ct_keys *keys)
{
    int64_t now_ms = ct_clock_wall_ms();
    int n = 0;
    pthread_mutex_lock(&keys->lock);
    for (int i = 0; i < keys->table.n; i++)
        n += strcmp(ct_key_status(&keys->table.entries[i].key, now_ms), "active") == 0;
    pthread_mutex_unlock(&keys->lock);
    return n;
}

int ct_keys_count(struct ct_keys *keys)
{
    pthread_mutex_lock(&keys->lock);
    int n = keys->table.n;
    pthread_mutex_unlock(&keys->lock);
    return n;
}

/* With the lock held. */
static struct entry *find(struct table *table, const uint8_t hash[CT_SHA256_LEN], int64_t now_ms)
{
    struct entry *found = NULL;
    for (size_t at = first_slot(table, hash); table->slots[at] >= 0;
         at = (at + 1) & (table->n_slots - 1)) {
        struct entry *entry = &table->entries[table->slots[at]];
        bool now = ct_same_bytes(hash, entry->key.hash, CT_SHA256_LEN);
        bool old = ct_same_bytes(hash, entry->key.old_hash, CT_SHA256_LEN) &&
                   entry->key.old_until_ms > now_ms;
        if (now || old)
            found = entry;
    }
    return found;
}

bool ct_keys_find(struct ct_keys *keys, struct ct_slice secret, struct ct_key *out)
{
    uint8_t hash[CT_SHA256_LEN];
    int64_t now_ms = ct_clock_wall_ms();
    ct_sha256(hash, secret.ptr, secret.len);
    pthread_mutex_lock(&keys->lock);
    struct entry *entry = find(&keys->table, hash, now_ms);
    bool good = entry && !entry->key.revoked_ms &&
                (!entry->key.expires_ms || entry->key.expires_ms > now_ms);
    if (good) {
        if (now_ms - entry->key.last_used_ms >= USED_STEP_MS) {
            entry->key.last_used_ms = now_ms;
            entry->used = true;
        }
        *out = entry->key;
    }
    pthread_mutex_unlock(&keys->lock);
    return good;
}

void ct_key_make_secret(char secret[CT_KEY_SECRET_MAX], uint8_t hash[CT_SHA256_LEN])
{
    static const char alphabet[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    uint8_t random[43];
    ct_random(random, sizeof(random));
    int at = snprintf(secret, CT_KEY_SECRET_MAX, "sk-calotype-");
    for (size_t i = 0; i < sizeof(random); i++)
        secret[at++] = alphabet[random[i] & 63];
    secret[at] = '\0';
    ct_wipe(random, sizeof(random));
    ct_sha256(hash, secret, strlen(secret));
}

void ct_key_init(struct ct_key *key, char secret[CT_KEY_SECRET_MAX])
{
    uint8_t random[6];
    ct_random(random, sizeof(random));
    memcpy(key->id, "key_", 4);
    ct_hex(key->id + 4, random, sizeof(random));
    key->id[4 + 2 * sizeof(random)] = '\0';
    key->created_ms = ct_clock_wall_ms();
    ct_key_make_secret(secret, key->hash);
}

bool ct_key_allows_model(const char *models, const char *model)
{
    struct ct_slice list = ct_slice(models), one, rest;
    if (list.len == 0)
        return true;
    while (ct_slice_cut(list, ' ', &one, &rest)) {
        if (ct_slice_is(one, model))
            return true;
        list = rest;
    }
    return ct_slice_is(list, model);
}
