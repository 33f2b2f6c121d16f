/* The one thing of EXIF that changes a picture: how the camera was held. */
#ifndef CT_IMAGE_EXIF_H
#define CT_IMAGE_EXIF_H

#include "image/image.h"

#include "base/slice.h"

/* Orientation 1..8 of a TIFF structure (EXIF 2.32, 4.6.4, tag 0x0112), with or without "Exif\0\0"
 * in front of it. 1, as it stands, for anything damaged, absent or out of range. */
int ct_exif_orientation(struct ct_slice exif);

/* 5 to 8 change width and height. */
static inline bool ct_exif_turns(int orientation)
{
    return orientation >= 5;
}

/* Turns *image upright, given how it was held. 1 keeps the picture; else *image is another one
 * and the old reference is gone. CT_E_MEMORY leaves it as it was. */
CT_MUSTCHECK ct_code ct_exif_upright(struct ct_image **image, int orientation, struct ct_err *err);

#endif
