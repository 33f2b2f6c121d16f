/* Text files inside the binary, written by tools/embed.py at build time: models/, store/sql/. */
#ifndef CT_BASE_EMBEDDED_H
#define CT_BASE_EMBEDDED_H

#include <stddef.h>

struct ct_embedded_file {
    const char *name; /* NULL ends the list */
    size_t len;
    const char *text;
};

#endif
