/* The key file: read whole into a small table, rewritten whole (atomically) on change.
 *
 * A deployment has tens of keys, so the table is an array and a check compares all of it: the
 * time does not depend on which key, if any, matched. A revoked key keeps its line, marked with a
 * leading '-', so that its id is never given out again. Two processes may change the file (the
 * server reads, the command line writes); the command line holds a lock on DATA/keys.lock. */
#include "store/keys.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAX_KEYS 4096
#define FILE_MAX_BYTES (MAX_KEYS * 512u)
#define RELOAD_AFTER_US 1000000

struct entry {
    struct ct_key_info info;
    uint8_t hash[CT_SHA256_LEN];
};

typedef ct_code (*change_fn)(struct ct_keys *keys, void *ctx, struct ct_err *err);

struct ct_keys {
    pthread_mutex_t lock; /* guards everything below */
    char *dir, *path;
    struct entry *entries;
    int n_entries;
    struct timespec mtime;
    ino_t inode;
    int64_t looked_us;
};

static struct ct_slice next_word(struct ct_slice *line)
{
    struct ct_slice word, rest;
    *line = ct_slice_trim(*line);
    if (!ct_slice_cut(*line, ' ', &word, &rest)) {
        rest = ct_slice_sub(*line, line->len, line->len);
    }
    *line = ct_slice_trim(rest);
    return word;
}

/* Cut to size, but never inside a character. */
static void copy_text(char *out, size_t size, struct ct_slice text)
{
    text = ct_utf8_cut(text, size - 1);
    if (text.len)
        memcpy(out, text.ptr, text.len);
    out[text.len] = '\0';
}

static bool parse_line(struct entry *e, struct ct_slice line)
{
    memset(e, 0, sizeof(*e));
    struct ct_slice id = next_word(&line);
    if (ct_slice_starts(id, "-")) {
        e->info.revoked = true;
        id = ct_slice_sub(id, 1, id.len);
    }
    struct ct_slice created = next_word(&line), hash = next_word(&line);
    if (!ct_slice_starts(id, "key_") || id.len >= CT_KEY_ID_MAX || created.len != 10 ||
        !ct_slice_starts(hash, "sha256:") ||
        !ct_unhex(e->hash, sizeof(e->hash), ct_slice_sub(hash, 7, hash.len)))
        return false;
    copy_text(e->info.id, sizeof(e->info.id), id);
    copy_text(e->info.created, sizeof(e->info.created), created);
    copy_text(e->info.name, sizeof(e->info.name), line);
    return true;
}

static ct_code parse_file(struct entry **out, int *n_out, struct ct_slice text, const char *path,
                          struct ct_err *err)
{
    struct entry *entries = ct_calloc(MAX_KEYS, sizeof(*entries));
    int n = 0, line_number = 0;
    if (!entries)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading %s.", path);
    while (text.len > 0) {
        struct ct_slice line, rest = { 0 };
        line_number++;
        if (!ct_slice_cut(text, '\n', &line, &rest))
            rest = ct_slice_sub(text, text.len, text.len);
        text = rest;
        line = ct_slice_trim(line);
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        if (n == MAX_KEYS || !parse_line(&entries[n], line)) {
            ct_free(entries);
            return ct_fail(err, CT_E_CONFIG, NULL,
                           "%s:%d: not a key line (`key_ID DATE sha256:HASH NAME`), or more than "
                           "%d keys.",
                           path, line_number, MAX_KEYS);
        }
        n++;
    }
    *out = entries;
    *n_out = n;
    return CT_OK;
}

/* What refresh compares to tell that another process changed the file. */
static void remember_file(struct ct_keys *keys)
{
    struct stat st = { 0 };
    (void)stat(keys->path, &st);
    keys->mtime = st.st_mtim;
    keys->inode = st.st_ino;
}

/* With the lock held (or before anybody else has the pointer). Keeps the old table on failure. */
static ct_code load(struct ct_keys *keys, struct ct_err *err)
{
    struct stat st = { 0 };
    struct entry *entries = NULL;
    int n = 0;
    struct ct_buf file;

    (void)stat(keys->path, &st);
    ct_buf_init(&file, FILE_MAX_BYTES);
    ct_code rc = ct_file_read(&file, keys->path, err);
    if (rc == CT_OK)
        rc = parse_file(&entries, &n, ct_buf_slice(&file), keys->path, err);
    else if (rc == CT_E_NOT_FOUND)
        rc = CT_OK;
    ct_buf_release(&file);
    if (rc != CT_OK)
        return rc;
    ct_free(keys->entries);
    keys->entries = entries;
    keys->n_entries = n;
    keys->mtime = st.st_mtim;
    keys->inode = st.st_ino;
    return CT_OK;
}

static char *join(const char *dir, const char *name)
{
    size_t len = strlen(dir) + strlen(name) + 2;
    char *path = ct_malloc(len);
    if (path)
        snprintf(path, len, "%s/%s", dir, name);
    return path;
}

ct_code ct_keys_open(struct ct_keys **out, const char *data_dir, struct ct_err *err)
{
    *out = NULL;
    struct ct_keys *keys = ct_calloc(1, sizeof(*keys));
    if (!keys)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while opening the keys.");
    pthread_mutex_init(&keys->lock, NULL);
    keys->dir = ct_strdup(data_dir);
    keys->path = join(data_dir, "keys");
    ct_code rc = keys->dir && keys->path
                     ? load(keys, err)
                     : ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while opening the keys.");
    if (rc != CT_OK) {
        ct_keys_close(&keys);
        return rc;
    }
    *out = keys;
    return CT_OK;
}

void ct_keys_close(struct ct_keys **keys)
{
    if (!*keys)
        return;
    pthread_mutex_destroy(&(*keys)->lock);
    ct_free((*keys)->entries);
    ct_free((*keys)->path);
    ct_free((*keys)->dir);
    ct_free(*keys);
    *keys = NULL;
}

void ct_keys_refresh(struct ct_keys *keys)
{
    int64_t now = ct_clock_us();
    struct stat st = { 0 };

    pthread_mutex_lock(&keys->lock);
    if (now - keys->looked_us >= RELOAD_AFTER_US) {
        keys->looked_us = now;
        (void)stat(keys->path, &st); /* a missing file is a change to "no keys" */
        if (st.st_ino != keys->inode || st.st_mtim.tv_sec != keys->mtime.tv_sec ||
            st.st_mtim.tv_nsec != keys->mtime.tv_nsec)
            (void)!load(keys, NULL); /* a damaged file: the keys we know stay good */
    }
    pthread_mutex_unlock(&keys->lock);
}

int ct_keys_active(struct ct_keys *keys)
{
    int n = 0;
    pthread_mutex_lock(&keys->lock);
    for (int i = 0; i < keys->n_entries; i++)
        n += !keys->entries[i].info.revoked;
    pthread_mutex_unlock(&keys->lock);
    return n;
}

int ct_keys_count(struct ct_keys *keys)
{
    pthread_mutex_lock(&keys->lock);
    int n = keys->n_entries;
    pthread_mutex_unlock(&keys->lock);
    return n;
}

bool ct_keys_check(struct ct_keys *keys, struct ct_slice secret, char id[CT_KEY_ID_MAX])
{
    uint8_t hash[CT_SHA256_LEN];
    int found = -1;

    ct_sha256(hash, secret.ptr, secret.len);
    pthread_mutex_lock(&keys->lock);
    for (int i = 0; i < keys->n_entries; i++) {
        bool same = ct_same_bytes(hash, keys->entries[i].hash, sizeof(hash));
        if (same && !keys->entries[i].info.revoked)
            found = i;
    }
    if (found >= 0)
        memcpy(id, keys->entries[found].info.id, CT_KEY_ID_MAX);
    pthread_mutex_unlock(&keys->lock);
    return found >= 0;
}

static ct_code save(struct ct_keys *keys, struct ct_err *err)
{
    struct ct_buf file;
    ct_buf_init(&file, FILE_MAX_BYTES);
    ct_buf_puts(&file, "# Calotype API keys: id, day made, hash of the secret, name. A leading '-' "
                       "means revoked.\n");
    for (int i = 0; i < keys->n_entries; i++) {
        const struct entry *e = &keys->entries[i];
        char hex[2 * CT_SHA256_LEN + 1] = { 0 };
        ct_hex(hex, e->hash, sizeof(e->hash));
        ct_buf_printf(&file, "%s%s %s sha256:%s %s\n", e->info.revoked ? "-" : "", e->info.id,
                      e->info.created, hex, e->info.name);
    }
    ct_code rc = file.failed ? ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while saving keys.")
                             : ct_file_write(keys->path, file.data, file.len, 0600, err);
    ct_buf_release(&file);
    return rc;
}

/* Serialises the writers of several processes; returns the descriptor to close, or -1. */
static int lock_file(const struct ct_keys *keys)
{
    char *path = join(keys->dir, "keys.lock");
    int fd = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    ct_free(path);
    if (fd >= 0 && flock(fd, LOCK_EX) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* Changes a copy of the table and saves it; what was not saved is not in force. Lock held. */
static ct_code change_table(struct ct_keys *keys, change_fn change, void *ctx, struct ct_err *err)
{
    struct entry *before = keys->entries;
    int n_before = keys->n_entries;
    struct entry *entries = ct_calloc(MAX_KEYS, sizeof(*entries));
    if (!entries)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while changing the keys.");
    if (n_before > 0)
        memcpy(entries, before, (size_t)n_before * sizeof(*entries));
    keys->entries = entries;
    ct_code rc = change(keys, ctx, err);
    if (rc == CT_OK)
        rc = save(keys, err);
    if (rc != CT_OK) {
        keys->entries = before;
        keys->n_entries = n_before;
        ct_free(entries);
        return rc;
    }
    remember_file(keys);
    ct_free(before);
    return CT_OK;
}

/* Runs change(keys, ctx) on the newest table and saves it. */
static ct_code update(struct ct_keys *keys, change_fn change, void *ctx, struct ct_err *err)
{
    CT_TRY(ct_mkdir_all(keys->dir, 0700, err));
    int fd = lock_file(keys);
    if (fd < 0)
        return ct_fail_errno(err, CT_E_IO, "Cannot lock the key file in %s", keys->dir);
    pthread_mutex_lock(&keys->lock);
    ct_code rc = load(keys, err);
    if (rc == CT_OK)
        rc = change_table(keys, change, ctx, err);
    pthread_mutex_unlock(&keys->lock);
    close(fd);
    return rc;
}

static void make_secret(char secret[CT_KEY_SECRET_MAX])
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
}

static ct_code append_key(struct ct_keys *keys, void *ctx, struct ct_err *err)
{
    const struct entry *entry = ctx;
    if (keys->n_entries == MAX_KEYS)
        return ct_fail(err, CT_E_CONFIG, NULL, "There are already %d keys.", MAX_KEYS);
    keys->entries[keys->n_entries++] = *entry;
    return CT_OK;
}

ct_code ct_keys_create(struct ct_keys *keys, char secret[CT_KEY_SECRET_MAX],
                       struct ct_key_info *info, struct ct_slice name, struct ct_err *err)
{
    struct entry made = { 0 };
    struct entry *e = &made;
    uint8_t random[6];
    time_t now = (time_t)ct_clock_wall();
    struct tm tm;

    ct_random(random, sizeof(random));
    memcpy(e->info.id, "key_", 4);
    ct_hex(e->info.id + 4, random, sizeof(random));
    gmtime_r(&now, &tm);
    strftime(e->info.created, sizeof(e->info.created), "%Y-%m-%d", &tm);
    copy_text(e->info.name, sizeof(e->info.name), ct_slice_trim(name));
    for (char *p = e->info.name; *p; p++)
        if ((unsigned char)*p < 0x20)
            *p = ' ';
    make_secret(secret);
    ct_sha256(e->hash, secret, strlen(secret));
    ct_code rc = update(keys, append_key, e, err);
    if (rc != CT_OK)
        ct_wipe(secret, CT_KEY_SECRET_MAX);
    else
        *info = e->info;
    return rc;
}

static ct_code revoke_key(struct ct_keys *keys, void *ctx, struct ct_err *err)
{
    const struct ct_slice *id = ctx;
    for (int i = 0; i < keys->n_entries; i++) {
        if (ct_slice_is(*id, keys->entries[i].info.id)) {
            keys->entries[i].info.revoked = true;
            return CT_OK;
        }
    }
    return ct_fail(err, CT_E_NOT_FOUND, NULL,
                   "There is no key '%.*s'; `calotype key list` shows all.", CT_SARG(*id));
}

ct_code ct_keys_revoke(struct ct_keys *keys, struct ct_slice id, struct ct_err *err)
{
    return update(keys, revoke_key, &id, err);
}

void ct_keys_each(struct ct_keys *keys, void (*fn)(void *ctx, const struct ct_key_info *info),
                  void *ctx)
{
    pthread_mutex_lock(&keys->lock);
    for (int i = 0; i < keys->n_entries; i++)
        fn(ctx, &keys->entries[i].info);
    pthread_mutex_unlock(&keys->lock);
}
