/* A disk that fails: real system calls, one of which returns an error (base/file.h's table). */
#ifndef CT_TESTS_BROKEN_DISK_H
#define CT_TESTS_BROKEN_DISK_H

enum disk_call { DISK_OPEN, DISK_WRITE, DISK_FSYNC, DISK_RENAME, DISK_CALL_COUNT };

/* The nth call (1 = the next) of that kind fails with ENOSPC, and every one after it. */
void disk_break(enum disk_call call, int nth);
void disk_mend(void);

#endif
