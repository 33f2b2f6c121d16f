/* See fonts.h. One family of each package stands for it. */
#include "engines/scene/page/fonts.h"

#include <pango/pangocairo.h>

const struct ct_font_package ct_font_packages[] = {
    { "Inter", "fonts-inter", "Latin, Greek and Cyrillic" },
    { "Noto Sans Arabic", "fonts-noto-core", "Arabic, Hebrew, Devanagari, Thai and other scripts" },
    { "Noto Sans CJK SC", "fonts-noto-cjk", "Chinese, Japanese and Korean" },
    { "Noto Color Emoji", "fonts-noto-color-emoji", "emoji, and what is drawn by its figure" },
    { "Bebas Neue", "fonts-bebas-neue", "headlines of posters" },
    { "Dancing Script", "fonts-dancingscript", "names on invitations and cards" },
    { NULL, NULL, NULL },
};

bool ct_font_is_installed(const char *family)
{
    PangoFontMap *map = pango_cairo_font_map_new();
    bool found = map && pango_font_map_get_family(map, family) != NULL;
    if (map)
        g_object_unref(map);
    return found;
}
