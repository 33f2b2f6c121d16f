/* How many CPUs we may use: the scheduler's affinity mask, cut down to the cgroup's quota, which
 * is how containers are given "two CPUs" of a machine with sixty-four. */
#include "base/buf.h"
#include "base/file.h"
#include "base/pool.h"

#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

#define FILE_MAX_BYTES 65536

/* quota/period rounded up, 0 when either is not a positive number ("max" and -1 mean none). */
static int cpus_of(struct ct_slice quota, struct ct_slice period)
{
    uint64_t q, p;
    if (!ct_slice_u64(ct_slice_trim(quota), &q) || !ct_slice_u64(ct_slice_trim(period), &p) ||
        q == 0 || p == 0)
        return 0;
    uint64_t cpus = q / p + (q % p != 0);
    return cpus < INT_MAX ? (int)cpus : INT_MAX;
}

/* Reads a small file of the kernel; an absent one is empty. */
static struct ct_slice read_small(struct ct_buf *b, const char *path)
{
    ct_buf_init(b, FILE_MAX_BYTES);
    if (ct_file_read(b, path, NULL) != CT_OK)
        return (struct ct_slice){ 0 };
    return ct_buf_slice(b);
}

/* cpu.max of cgroup v2: "QUOTA PERIOD". */
static int quota_v2(const char *folder)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    char path[PATH_MAX];
    struct ct_slice quota, period;
    snprintf(path, sizeof(path), "%s/cpu.max", folder);
    ct_slice_cut(read_small(&b, path), ' ', &quota, &period);
    return cpus_of(quota, period);
}

static int quota_v1(const char *folder)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf quota;
    CT_CLEANUP(ct_buf_release) struct ct_buf period;
    char path[PATH_MAX];
    snprintf(path, sizeof(path), "%s/cpu.cfs_quota_us", folder);
    struct ct_slice q = read_small(&quota, path);
    snprintf(path, sizeof(path), "%s/cpu.cfs_period_us", folder);
    return cpus_of(q, read_small(&period, path));
}

/* The tightest quota of a cgroup and those above it. */
static int quota_above(const char *mount, struct ct_slice group, int (*quota)(const char *folder))
{
    char folder[PATH_MAX / 2];
    int lowest = 0;
    for (;;) {
        while (ct_slice_ends(group, "/"))
            group.len--;
        int put = snprintf(folder, sizeof(folder), "%s%.*s", mount, CT_SARG(group));
        int cpus = put > 0 && (size_t)put < sizeof(folder) ? quota(folder) : 0;
        if (cpus && (!lowest || cpus < lowest))
            lowest = cpus;
        if (group.len == 0)
            return lowest;
        while (group.len && group.ptr[group.len - 1] != '/')
            group.len--;
    }
}

/* Whether the comma-separated list of controllers has "cpu". */
static bool has_cpu(struct ct_slice list)
{
    struct ct_slice one;
    bool more = true;
    while (more) {
        more = ct_slice_cut(list, ',', &one, &list);
        if (ct_slice_is(one, "cpu"))
            return true;
    }
    return false;
}

int ct_cpu_quota(const char *root)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    char path[PATH_MAX / 2];
    int lowest = 0;
    bool more = true;
    snprintf(path, sizeof(path), "%s/proc/self/cgroup", root);
    struct ct_slice rest = read_small(&b, path), line, id, controllers, group;
    while (more) { /* lines "ID:CONTROLLERS:PATH"; version 2 names no controllers */
        more = ct_slice_cut(rest, '\n', &line, &rest);
        if (!ct_slice_cut(line, ':', &id, &line) || !ct_slice_cut(line, ':', &controllers, &group))
            continue;
        bool v1 = has_cpu(controllers);
        if (controllers.len && !v1)
            continue;
        snprintf(path, sizeof(path), "%s/sys/fs/cgroup%s", root, v1 ? "/cpu" : "");
        int cpus = quota_above(path, group, v1 ? quota_v1 : quota_v2);
        if (cpus && (!lowest || cpus < lowest))
            lowest = cpus;
    }
    return lowest;
}

int ct_cpu_count(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    long cpus = sched_getaffinity(0, sizeof(set), &set) == 0
                    ? CPU_COUNT(&set)
                    : sysconf(_SC_NPROCESSORS_ONLN); /* more CPUs than the mask has bits */
    int quota = ct_cpu_quota("");
    if (quota && quota < cpus)
        cpus = quota;
    return cpus > 0 ? (int)cpus : 1;
}
