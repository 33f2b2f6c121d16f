/* A chained hash table of entries, twice as large whenever it is full. When there is no memory for
 * that, chains grow longer and nothing else happens. */
#include "jobs/entry.h"

#include "base/hash.h"
#include "base/mem.h"

#include <stdio.h>

#define FIRST_BUCKETS 256
#define PIXELS_PER_COST 1000000

bool ct_entries_init(struct ct_entries *entries)
{
    *entries = (struct ct_entries){ .n_buckets = FIRST_BUCKETS };
    entries->buckets = ct_calloc(FIRST_BUCKETS, sizeof(struct ct_entry *));
    return entries->buckets != NULL;
}

void ct_entries_release(struct ct_entries *entries)
{
    ct_free(entries->buckets);
    *entries = (struct ct_entries){ 0 };
}

static struct ct_entry **bucket(const struct ct_entries *entries, struct ct_slice id)
{
    return &entries->buckets[ct_hash64(id.ptr, id.len, 0) & (entries->n_buckets - 1)];
}

static void grow(struct ct_entries *entries)
{
    struct ct_entries larger = { .n_buckets = entries->n_buckets * 2 };
    larger.buckets = ct_calloc(larger.n_buckets, sizeof(struct ct_entry *));
    if (!larger.buckets)
        return;
    for (size_t i = 0; i < entries->n_buckets; i++) {
        struct ct_entry *entry = entries->buckets[i];
        while (entry) {
            struct ct_entry *next = entry->next;
            struct ct_entry **to = bucket(&larger, ct_slice(entry->id));
            entry->next = *to;
            *to = entry;
            entry = next;
        }
    }
    larger.n = entries->n;
    ct_free(entries->buckets);
    *entries = larger;
}

void ct_entries_add(struct ct_entries *entries, struct ct_entry *entry)
{
    if (++entries->n > entries->n_buckets)
        grow(entries);
    struct ct_entry **to = bucket(entries, ct_slice(entry->id));
    entry->next = *to;
    *to = entry;
}

void ct_entries_remove(struct ct_entries *entries, struct ct_entry *entry)
{
    struct ct_entry **link = bucket(entries, ct_slice(entry->id));
    while (*link && *link != entry)
        link = &(*link)->next;
    if (!*link)
        return;
    *link = entry->next;
    entries->n--;
}

struct ct_entry *ct_entries_find(const struct ct_entries *entries, struct ct_slice id)
{
    struct ct_entry *entry = id.ptr ? *bucket(entries, id) : NULL;
    while (entry && !ct_slice_is(id, entry->id))
        entry = entry->next;
    return entry;
}

/* Millions of pixels to draw, at least 1: what fairness between keys is counted in. */
static int cost_of(int n, int64_t pixels)
{
    int64_t cost = (n * pixels + PIXELS_PER_COST - 1) / PIXELS_PER_COST;
    return cost < 1 ? 1 : cost > 1000 ? 1000 : (int)cost;
}

struct ct_entry *ct_entry_of_job(struct ct_jobs *jobs, const struct ct_job *job)
{
    struct ct_entry *entry = ct_calloc(1, sizeof(*entry));
    if (!entry)
        return NULL;
    entry->jobs = jobs;
    snprintf(entry->id, sizeof(entry->id), "%s", job->id);
    snprintf(entry->key_id, sizeof(entry->key_id), "%s", job->key_id);
    entry->lane = job->lane;
    entry->durable = job->durable;
    entry->concurrency = job->concurrency;
    entry->cost = cost_of(job->request->n, (int64_t)job->request->width * job->request->height);
    entry->deadline_ms = job->deadline_ms;
    return entry;
}

/* "1024x1536" as we wrote it. */
static int64_t pixels_of(struct ct_slice size)
{
    struct ct_slice width, height;
    uint64_t w = 0, h = 0;
    if (!ct_slice_cut(size, 'x', &width, &height) || !ct_slice_u64(width, &w) ||
        !ct_slice_u64(height, &h) || w > 65536 || h > 65536)
        return 0;
    return (int64_t)(w * h);
}

struct ct_entry *ct_entry_of_row(struct ct_jobs *jobs, const struct ct_job_row *row)
{
    struct ct_entry *entry = ct_calloc(1, sizeof(*entry));
    if (!entry)
        return NULL;
    entry->jobs = jobs;
    snprintf(entry->id, sizeof(entry->id), "%.*s", CT_SARG(row->id));
    snprintf(entry->key_id, sizeof(entry->key_id), "%.*s", CT_SARG(row->key_id));
    entry->lane = (unsigned)row->lane < CT_LANE_COUNT ? (enum ct_lane)row->lane : CT_LANE_BATCH;
    entry->durable = row->durable;
    entry->concurrency = row->concurrency;
    entry->cost = cost_of(row->n, pixels_of(row->size));
    entry->deadline_ms = row->deadline_ms;
    return entry;
}

void ct_entry_free(struct ct_entry **slot)
{
    struct ct_entry *entry = *slot;
    *slot = NULL;
    if (!entry)
        return;
    ct_job_unref(&entry->job);
    ct_free(entry);
}
