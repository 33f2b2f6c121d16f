/* The files of models/ inside the binary, written by tools/embed.py at build time. */
#ifndef CT_CONTRACT_EMBEDDED_H
#define CT_CONTRACT_EMBEDDED_H

#include <stddef.h>

struct ct_embedded_file {
    const char *name; /* NULL ends the list */
    size_t len;
    const char *text;
};

extern const struct ct_embedded_file ct_embedded_models[];

#endif
