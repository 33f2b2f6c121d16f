/* Invitations: what the direction paints, and who, when and where, centred in the room it leaves.
 */
#include "engines/scene/page/direction.h"

void ct_template_invitation(struct ct_template *t)
{
    ct_template_read_copy(t, false);
    if (!t->copy.title.len && !ct_template_silent(t->intent))
        t->copy.title = ct_slice_trim(t->intent->subject);
    struct ct_room room = ct_direct_paint(t);
    room.align = CT_ALIGN_CENTER;
    ct_direct_words(t, &room);
}
