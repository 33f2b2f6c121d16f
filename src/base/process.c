/* /proc/self, read field by field: the second field of stat is a name in brackets, which may hold
 * anything, so counting begins behind the last bracket. */
#include "base/process.h"

#include "base/clock.h"
#include "base/slice.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define FIELD_THREADS 17 /* of stat, counted from the state as 0 */
#define FIELD_START 19
#define FIELD_RSS 21

static struct ct_slice read_text(const char *path, char *buffer, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, buffer, size);
    if (fd >= 0)
        close(fd);
    return ct_slice_n(buffer, n > 0 ? (size_t)n : 0);
}

static int64_t field(struct ct_slice text, int index)
{
    struct ct_slice one = { 0 }, rest = text;
    uint64_t value = 0;
    for (int i = 0; i <= index; i++)
        if (!ct_slice_cut(rest, ' ', &one, &rest))
            one = rest;
    return ct_slice_u64(ct_slice_trim(one), &value) ? (int64_t)value : 0;
}

static void look_at_stat(struct ct_process *out)
{
    char text[2048];
    struct timespec up;
    struct ct_slice stat = read_text("/proc/self/stat", text, sizeof(text));
    const char *bracket = stat.len ? memrchr(stat.ptr, ')', stat.len) : NULL;
    int64_t ticks = sysconf(_SC_CLK_TCK);
    if (!bracket || ticks <= 0 || clock_gettime(CLOCK_BOOTTIME, &up) != 0)
        return;
    size_t at = (size_t)(bracket - stat.ptr) + 2;
    stat = ct_slice_sub(stat, at, stat.len);
    out->threads = field(stat, FIELD_THREADS);
    out->resident_bytes = field(stat, FIELD_RSS) * sysconf(_SC_PAGESIZE);
    out->start_s = ct_clock_wall() - (up.tv_sec - field(stat, FIELD_START) / ticks);
}

static int64_t count_fds(void)
{
    int64_t n = 0;
    DIR *dir = opendir("/proc/self/fd");
    if (!dir)
        return 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        n += entry->d_name[0] != '.';
    closedir(dir);
    return n - 1; /* the folder's own */
}

static int64_t micros(struct timeval t)
{
    return (int64_t)t.tv_sec * 1000000 + t.tv_usec;
}

void ct_process_look(struct ct_process *out)
{
    struct rusage used;
    struct rlimit files;
    *out = (struct ct_process){ .open_fds = count_fds() };
    look_at_stat(out);
    if (getrusage(RUSAGE_SELF, &used) == 0)
        out->cpu_us = micros(used.ru_utime) + micros(used.ru_stime);
    if (getrlimit(RLIMIT_NOFILE, &files) == 0)
        out->max_fds = (int64_t)files.rlim_cur;
}
