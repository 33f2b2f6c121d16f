/* The filter and the limits (confine.h). Called once in each decoding process, before it looks at
 * the first foreign byte (decode_helper.c).
 *
 * What is left is what computing takes: memory without execution, write() to descriptors that are
 * open, locks, and leaving. An address space limit under AddressSanitizer would stop its shadow
 * memory, so it is left out there. */
#include "image/confine.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#else
#error "confine.c: name the audit architecture of this CPU"
#endif

#define FIELD(name) ((uint32_t)offsetof(struct seccomp_data, name))
#define LOAD(name) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIELD(name))
/* The low half of an argument; both CPUs are little-endian. */
#define LOAD_ARG(n) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIELD(args[n]))
#define GIVE(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define ALLOW(call)                                                                                \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), GIVE(SECCOMP_RET_ALLOW)
/* mmap and mprotect carry their protection as third argument. */
#define ALLOW_WITHOUT_EXEC(call)                                                                   \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 4), LOAD_ARG(2),                                \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 1, 0), GIVE(SECCOMP_RET_ALLOW),            \
        GIVE(SECCOMP_RET_KILL_PROCESS)

static const struct sock_filter filter[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0),
    GIVE(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
    ALLOW(__NR_write),
    ALLOW_WITHOUT_EXEC(__NR_mmap),
    ALLOW_WITHOUT_EXEC(__NR_mprotect),
    ALLOW(__NR_munmap),
    ALLOW(__NR_mremap),
    ALLOW(__NR_madvise),
    ALLOW(__NR_brk),
    ALLOW(__NR_futex),
    ALLOW(__NR_clock_gettime),
    ALLOW(__NR_rt_sigreturn),
    ALLOW(__NR_exit),
    ALLOW(__NR_exit_group),
    GIVE(SECCOMP_RET_KILL_PROCESS), /* also every call of the x32 ABI: its numbers are others */
};

static bool set_limit(int what, size_t value)
{
    struct rlimit limit = { value, value };
    return setrlimit((__rlimit_resource_t)what, &limit) == 0;
}

/* Bytes of address space in use; 0 when the kernel does not say. */
static size_t mapped_bytes(void)
{
    char line[64] = "";
    FILE *file = fopen("/proc/self/statm", "re");
    if (file && !fgets(line, sizeof(line), file))
        line[0] = '\0';
    if (file)
        fclose(file);
    return (size_t)strtoull(line, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}

bool ct_confine(const struct ct_confine_limits *limits)
{
    struct sock_fprog program = { sizeof(filter) / sizeof(filter[0]),
                                  (struct sock_filter *)(uintptr_t)filter };
#if !defined(__SANITIZE_ADDRESS__)
    size_t mapped = mapped_bytes();
    if (mapped == 0 || !set_limit(RLIMIT_AS, mapped + limits->memory_bytes))
        return false;
#else
    (void)mapped_bytes;
#endif
    return set_limit(RLIMIT_CORE, 0) && set_limit(RLIMIT_FSIZE, limits->file_bytes) &&
           set_limit(RLIMIT_NOFILE, 0) && set_limit(RLIMIT_CPU, (size_t)limits->cpu_s) &&
           prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}
