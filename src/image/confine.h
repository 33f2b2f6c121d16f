/* Locks the calling process in: from here on it computes and writes to what it has open, or dies.
 *
 * For processes that parse bytes of strangers. Linux only: seccomp-bpf, a filter of our own
 * (libseccomp would be a library to build thirty instructions). */
#ifndef CT_IMAGE_CONFINE_H
#define CT_IMAGE_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

struct ct_confine_limits {
    size_t memory_bytes; /* address space beyond what is mapped now */
    size_t file_bytes;   /* no file that it writes grows beyond this */
    int cpu_s;
};

/* No new descriptors, no files, no network, no other process, no executable memory; a system call
 * outside the list ends the process with SIGSYS. The process must have one thread. false, and
 * nothing may be trusted, when the kernel refuses. */
bool ct_confine(const struct ct_confine_limits *limits);

#endif
