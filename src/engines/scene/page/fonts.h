/* The fonts that pages and lettering want, by Debian package. */
#ifndef CT_ENGINES_SCENE_PAGE_FONTS_H
#define CT_ENGINES_SCENE_PAGE_FONTS_H

#include <stdbool.h>

struct ct_font_package {
    const char *family, *package, *what; /* `what` for: "Latin, Greek and Cyrillic" */
};
extern const struct ct_font_package ct_font_packages[]; /* family NULL ends the list */

/* Whether fontconfig finds the family itself, not one in its place. */
bool ct_font_is_installed(const char *family);

#endif
