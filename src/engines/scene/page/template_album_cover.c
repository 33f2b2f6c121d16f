/* Album covers: the art is the picture; title and artist stand small in its room. */
#include "engines/scene/page/direction.h"

#include <math.h>

void ct_template_album_cover(struct ct_template *t)
{
    ct_template_read_copy(t, false);
    if (!t->copy.title.len && !ct_template_silent(t->intent))
        t->copy.title = ct_slice_trim(t->intent->subject);
    struct ct_slice artist =
        t->copy.subtitle.len ? (struct ct_slice){ 0 } : ct_template_take_byline(t);
    if (artist.len)
        t->copy.subtitle = artist;
    struct ct_room room = ct_direct_paint(t);
    room.title_px = t->unit * (t->face == CT_FACE_CONDENSED ? 15 : 10);
    ct_direct_words(t, &room);
}
