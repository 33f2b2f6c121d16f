/* CT_CLONES before a function: compiled for AVX2 as well, chosen when the program is loaded. Same
 * bits: no build fuses or reorders floating point. For loops that a compiler makes vectors of. */
#ifndef CT_BASE_CLONES_H
#define CT_BASE_CLONES_H

#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__) &&                            \
    !defined(__SANITIZE_THREAD__)
#define CT_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CT_CLONES
#endif

#endif
