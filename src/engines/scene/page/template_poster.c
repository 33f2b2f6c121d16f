/* Posters, flyers, banners, posts: the art that the direction chose, and the words in the room it
 * leaves. With room for a title and no title the words' place stays empty. */
#include "engines/scene/page/direction.h"

void ct_template_poster(struct ct_template *t)
{
    ct_template_read_copy(t, false);
    if (!t->copy.title.len && !t->intent->title_room && !ct_template_silent(t->intent))
        t->copy.title = ct_slice_trim(t->intent->subject);
    struct ct_room room = ct_direct_paint(t);
    ct_direct_words(t, &room);
}
