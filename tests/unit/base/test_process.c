#include "base/process.h"
#include "base/clock.h"
#include "t.h"

#include <fcntl.h>
#include <unistd.h>

TEST(process__knows_itself)
{
    struct ct_process before, after;
    int64_t until = ct_clock_us() + 30000;
    ct_process_look(&before);
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    while (ct_clock_us() < until)
        continue;
    ct_process_look(&after);
    close(fd);
    CHECK_INT(after.open_fds, before.open_fds + 1);
    CHECK(after.cpu_us > before.cpu_us);
    CHECK(after.max_fds > after.open_fds && after.threads >= 1);
    CHECK(after.resident_bytes > 100000);
    CHECK(after.start_s <= ct_clock_wall() + 1 && after.start_s > ct_clock_wall() - 3600);
}
