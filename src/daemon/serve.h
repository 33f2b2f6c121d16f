/* `calotype serve`: everything put together, run until a signal, taken apart again. */
#ifndef CT_DAEMON_SERVE_H
#define CT_DAEMON_SERVE_H

#include "daemon/config.h"

/* Blocks until SIGTERM or SIGINT, then drains. CT_OK after a clean end. Prints
 * `ready http://ADDRESS/v1` on stdout once connections are accepted. */
CT_MUSTCHECK ct_code ct_serve(const struct ct_config *config, struct ct_err *err);

#endif
