/* Which program is this? */
#ifndef CT_BASE_PROGRAM_H
#define CT_BASE_PROGRAM_H

#include "base/err.h"
#include "base/hash.h"

/* SHA-256 of the executable file that runs, whatever stands under its name by now: another build is
 * another hash. CT_E_IO when it cannot be read. */
CT_MUSTCHECK ct_code ct_program_hash(uint8_t out[CT_SHA256_LEN], struct ct_err *err);

#endif
