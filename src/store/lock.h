/* One server per data folder.
 *
 * A start settles what a server that died left behind, so a second server beside a living one would
 * take its work away from under it and draw it again. DATA/lock is locked for as long as a server
 * works on the folder; the kernel lets go of it however the server ends. Commands (`calotype key`,
 * `backup`, `gc`) need no lock: they share the database and take over nothing. */
#ifndef CT_STORE_LOCK_H
#define CT_STORE_LOCK_H

#include "base/err.h"

/* Makes the folder. *fd is the lock, which ct_data_unlock() gives back; -1 where the file system
 * knows no locks: then nothing is guarded. CT_E_CONFIG: another server has it, or the folder cannot
 * be used. */
CT_MUSTCHECK ct_code ct_data_lock(int *fd, const char *data_dir, struct ct_err *err);
void ct_data_unlock(int *fd);

#endif
