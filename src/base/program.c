/* Read by mapping: some megabytes once, at start. */
#include "base/program.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

ct_code ct_program_hash(uint8_t out[CT_SHA256_LEN], struct ct_err *err)
{
    struct stat st;
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    void *bytes = MAP_FAILED;
    if (fd >= 0 && fstat(fd, &st) == 0)
        bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    ct_code rc = bytes != MAP_FAILED
                     ? CT_OK
                     : ct_fail_errno(err, CT_E_IO, "/proc/self/exe: this program cannot be read");
    if (fd >= 0)
        close(fd);
    if (rc != CT_OK)
        return rc;
    ct_sha256(out, bytes, (size_t)st.st_size);
    munmap(bytes, (size_t)st.st_size);
    return CT_OK;
}
