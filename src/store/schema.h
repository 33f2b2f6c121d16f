/* The schema of DATA/calotype.db: files of store/sql/, applied in order, each once.
 *
 * PRAGMA user_version is how many were applied. A file that was released is never changed; a
 * change of the schema is a new file. */
#ifndef CT_STORE_SCHEMA_H
#define CT_STORE_SCHEMA_H

#include "base/embedded.h"
#include "store/sql.h"

extern const struct ct_embedded_file ct_schema_files[]; /* name NULL ends the list */

/* Sets the connection to WAL, FULL and foreign keys, and applies what is missing, each file in a
 * transaction of its own. CT_E_CONFIG when the database was made by a newer Calotype. */
CT_MUSTCHECK ct_code ct_schema_prepare(struct ct_sql *sql, struct ct_err *err);

#endif
