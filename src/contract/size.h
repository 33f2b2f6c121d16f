/* Which pictures can be asked for: WIDTHxHEIGHT under a model's rule, and the 15 ratios. */
#ifndef CT_CONTRACT_SIZE_H
#define CT_CONTRACT_SIZE_H

#include "contract/words.h"

/* compat: extended; how large a ratio is drawn. */
enum ct_resolution { CT_RESOLUTION_1K, CT_RESOLUTION_2K, CT_RESOLUTION_4K };

#define CT_SIZE_MULTIPLE_PX 16
#define CT_SIZE_EDGE_MAX_PX 3840
#define CT_SIZE_RATIO_MAX 3
#define CT_SIZE_AREA_MIN_PX 655360
#define CT_SIZE_AREA_MAX_PX 8294400

/* "1536x1024" -> numbers: digits, one lower-case x, no leading zeros; nothing about limits. */
bool ct_size_read(int *width, int *height, struct ct_slice text);
/* The limits of the free rule in the official order: /16, edge, ratio, fewest, most pixels.
 * CT_E_IMAGE_VALUE with the official message, which quotes `text`. */
CT_MUSTCHECK ct_code ct_size_check_free(int width, int height, struct ct_slice text,
                                        struct ct_err *err);
/* One of the classic sizes? */
bool ct_size_is_classic(int width, int height);
/* The classic sizes and `auto`, as messages list them. */
#define CT_N_CLASSIC_WORDS 4
extern const struct ct_word ct_classic_words[CT_N_CLASSIC_WORDS];

/* "16:9" -> pixels: the exact ratio in multiples of 16, as large as the resolution's area
 * (1,572,864 / 4,194,304 / 8,294,400 px) and the longest edge allow; 1:1 is fixed at 1024, 2048,
 * 2880. false when `ratio` is none of the 15. */
bool ct_size_of_ratio(int *width, int *height, struct ct_slice ratio,
                      enum ct_resolution resolution);
/* What `auto` is for an edit of a picture of this size. A size that could be asked for and has at
 * most 4,194,304 px stays as it is (1K only); else the nearest shape in multiples of 16 whose area
 * is from two thirds of the resolution's to all of it, a square being 1024, 2048 or 2880. classic:
 * the nearest of the three. */
void ct_size_of_picture(int *width, int *height, int picture_width, int picture_height,
                        enum ct_resolution resolution, bool classic);
/* Appends `'1:1', '3:2', ... and '1:3'`. */
void ct_size_put_ratios(struct ct_buf *b);

#endif
