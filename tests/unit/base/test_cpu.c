#include "base/file.h"
#include "base/pool.h"
#include "t.h"
#include "temp.h"

static bool put(const struct temp *t, const char *name, const char *text)
{
    char path[256], folder[256];
    temp_path(path, t, name);
    strcpy(folder, path);
    *strrchr(folder, '/') = '\0';
    return ct_mkdir_all(folder, 0700, NULL) == CT_OK &&
           ct_file_write(path, text, strlen(text), 0600, NULL) == CT_OK;
}

TEST(cpu__there_is_at_least_one)
{
    CHECK(ct_cpu_count() >= 1);
    CHECK_INT(ct_cpu_quota("/nonexistent"), 0);
}

TEST(cpu__quota_of_cgroup_2_is_the_tightest_on_the_way_up)
{
    struct temp t;
    REQUIRE(temp_make(&t));
    CHECK(put(&t, "proc/self/cgroup", "0::/a/b\n"));
    CHECK(put(&t, "sys/fs/cgroup/a/b/cpu.max", "max 100000\n"));
    CHECK_INT(ct_cpu_quota(t.path), 0);
    CHECK(put(&t, "sys/fs/cgroup/a/cpu.max", "250000 100000\n"));
    CHECK_INT(ct_cpu_quota(t.path), 3);
    CHECK(put(&t, "sys/fs/cgroup/cpu.max", "50000 100000\n"));
    CHECK_INT(ct_cpu_quota(t.path), 1);
    temp_remove(&t);
}

TEST(cpu__quota_of_cgroup_1)
{
    struct temp t;
    REQUIRE(temp_make(&t));
    CHECK(put(&t, "proc/self/cgroup", "5:memory:/x\n4:cpu,cpuacct:/x\n0::/\n"));
    CHECK(put(&t, "sys/fs/cgroup/cpu/x/cpu.cfs_quota_us", "-1\n"));
    CHECK(put(&t, "sys/fs/cgroup/cpu/x/cpu.cfs_period_us", "100000\n"));
    CHECK_INT(ct_cpu_quota(t.path), 0);
    CHECK(put(&t, "sys/fs/cgroup/cpu/x/cpu.cfs_quota_us", "400000\n"));
    CHECK_INT(ct_cpu_quota(t.path), 4);
    CHECK(put(&t, "sys/fs/cgroup/cpu/x/cpu.cfs_period_us", "0\n"));
    CHECK_INT(ct_cpu_quota(t.path), 0);
    temp_remove(&t);
}

TEST(cpu__nonsense_is_no_quota)
{
    struct temp t;
    REQUIRE(temp_make(&t));
    CHECK(put(&t, "proc/self/cgroup", "nonsense\n\n0:\n0::/../..\n"));
    CHECK(put(&t, "sys/fs/cgroup/cpu.max", "many of\n"));
    CHECK_INT(ct_cpu_quota(t.path), 0);
    temp_remove(&t);
}
