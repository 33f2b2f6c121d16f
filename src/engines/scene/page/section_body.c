/* Cross-sections of a tooth and of skin. */
#include "engines/scene/page/section_shape.h"

#include <math.h>

void ct_section_tooth(struct ct_template *t, struct ct_rect in)
{
    struct ct_pen pen = { t, in };
    ct_pen_shape(&pen,
                 (double[]){ 0, 0.56, 0.14, 0.53, 0.3, 0.55, 0.5, 0.6, 0.7, 0.55, 0.86, 0.53, 1,
                             0.56, 1, 1, 0, 1 },
                 9, false, 0xE9D6B4); /* bone */
    for (int i = 0; i < 40; i++) {
        double x = fmod(i * 0.379, 1), y = 0.62 + fmod(i * 0.237, 0.36);
        ct_pen_oval(&pen, x * 0.96 + 0.02, y, 0.009, 0.006, 0xD2B98E);
    }
    static const double gum[] = { 0,    0.42, 0.12, 0.4,  0.22, 0.38, 0.29,
                                  0.42, 0.28, 0.56, 0.14, 0.56, 0,    0.59 };
    double mirrored[14];
    for (int i = 0; i < 7; i++) {
        mirrored[2 * i] = 1 - gum[2 * i];
        mirrored[2 * i + 1] = gum[2 * i + 1];
    }
    ct_pen_shape(&pen, gum, 7, false, 0xE58A8C);
    ct_pen_shape(&pen, mirrored, 7, false, 0xE58A8C);
    /* cementum around the roots, dentine in it, the crown over both */
    ct_pen_twin(&pen, (double[]){ 0.5,  0.36, 0.735, 0.38, 0.745, 0.5,  0.73, 0.66, 0.69, 0.82,
                                  0.63, 0.93, 0.585, 0.9,  0.575, 0.76, 0.54, 0.62, 0.5,  0.585 },
                10, true, 0xC9A463);
    ct_pen_twin(&pen, (double[]){ 0.5,   0.15, 0.66,  0.17, 0.725, 0.27, 0.715, 0.4,
                                  0.715, 0.52, 0.7,   0.66, 0.665, 0.8,  0.63,  0.88,
                                  0.605, 0.86, 0.595, 0.74, 0.555, 0.6,  0.5,   0.565 },
                12, true, 0xF0D58A);
    ct_pen_twin(&pen,
                (double[]){ 0.5,  0.065, 0.58, 0.03, 0.68, 0.04,  0.765, 0.13, 0.785, 0.26, 0.74,
                            0.41, 0.715, 0.41, 0.7,  0.28, 0.655, 0.19,  0.58, 0.155, 0.5,  0.18 },
                11, true, 0xFBFAF4);
    ct_pen_twin(&pen,
                (double[]){ 0.5, 0.285, 0.57, 0.245, 0.615, 0.29, 0.625, 0.4,   0.635, 0.55, 0.64,
                            0.7, 0.632, 0.86, 0.615, 0.86,  0.61, 0.7,   0.575, 0.54,  0.5,  0.47 },
                11, true, 0xD9534F);
    for (int side = 0; side < 2; side++) {
        double red[] = { 0.56, 0.36, 0.605, 0.54, 0.625, 0.74, 0.624, 0.99 };
        double blue[] = { 0.535, 0.38, 0.592, 0.55, 0.615, 0.75, 0.612, 0.99 };
        for (int i = 0; i < 4 && side; i++) {
            red[2 * i] = 1 - red[2 * i];
            blue[2 * i] = 1 - blue[2 * i];
        }
        ct_pen_line(&pen, red, 4, 0.006, 0x8E1B1F);
        ct_pen_line(&pen, blue, 4, 0.006, 0xF2C230);
    }
}

/* The border between two layers at x, with its papillae. */
static void layer(const struct ct_pen *pen, double y, double swing, int waves, uint32_t rgb)
{
    double xy[2 * 44];
    for (int i = 0; i <= 40; i++) {
        double x = i / 40.0;
        xy[2 * i] = x;
        xy[2 * i + 1] = y + swing * sin(x * waves * 2 * M_PI);
    }
    xy[82] = 1;
    xy[83] = 1;
    xy[84] = 0;
    xy[85] = 1;
    ct_pen_shape(pen, xy, 43, false, rgb);
}

void ct_section_skin(struct ct_template *t, struct ct_rect in)
{
    struct ct_pen pen = { t, in };
    layer(&pen, 0.15, 0.006, 3, 0xC98663);  /* horny layer */
    layer(&pen, 0.185, 0.006, 3, 0xE3A583); /* epidermis */
    layer(&pen, 0.285, 0.018, 9, 0xF3C6B4); /* dermis */
    layer(&pen, 0.76, 0.02, 3, 0xF0C75E);   /* fat */
    for (int row = 0; row < 3; row++)
        for (int i = 0; i < 14; i++) {
            double x = (i + 0.5 + 0.5 * (row % 2)) / 14.5;
            if (x < 0.97)
                ct_pen_oval(&pen, x, 0.825 + 0.07 * row, 0.034, 0.036, 0xF7DC8C);
        }
    /* vessels, with branches to the papillae */
    ct_pen_line(&pen, (double[]){ 0, 0.74, 0.2, 0.73, 0.45, 0.745, 0.7, 0.735, 1, 0.74 }, 5, 0.014,
                0xC8322F);
    ct_pen_line(&pen, (double[]){ 0, 0.765, 0.25, 0.76, 0.55, 0.77, 0.8, 0.76, 1, 0.77 }, 5, 0.012,
                0x3B64B0);
    ct_pen_line(&pen, (double[]){ 0.12, 0.735, 0.13, 0.6, 0.1, 0.45, 0.11, 0.33 }, 4, 0.008,
                0xC8322F);
    ct_pen_line(&pen, (double[]){ 0.46, 0.745, 0.48, 0.58, 0.45, 0.45, 0.47, 0.33 }, 4, 0.008,
                0xC8322F);
    ct_pen_line(&pen, (double[]){ 0.77, 0.735, 0.77, 0.62, 0.8, 0.48, 0.79, 0.335 }, 4, 0.008,
                0xEFD23C);
    ct_pen_line(&pen, (double[]){ 0.785, 0.52, 0.75, 0.44, 0.745, 0.34 }, 3, 0.006, 0xEFD23C);
    /* a hair in its follicle, with its gland */
    ct_pen_oval(&pen, 0.355, 0.4, 0.045, 0.05, 0xF2D9A0);
    ct_pen_shape(&pen,
                 (double[]){ 0.315, 0.15, 0.345, 0.15, 0.305, 0.5, 0.29, 0.7, 0.25, 0.73, 0.225,
                             0.69, 0.25, 0.6, 0.28, 0.4 },
                 8, true, 0xD99A7C);
    ct_pen_line(&pen, (double[]){ 0.256, 0.69, 0.285, 0.45, 0.33, 0.15, 0.3, 0.06, 0.25, 0.0 }, 5,
                0.012, 0x4A2E20);
    /* a sweat gland: a coil, and its duct to the pore */
    ct_pen_line(&pen, (double[]){ 0.62, 0.155, 0.625, 0.25, 0.61, 0.4, 0.63, 0.55, 0.615, 0.66 }, 5,
                0.012, 0x8DB6C9);
    ct_pen_line(&pen,
                (double[]){ 0.615, 0.66, 0.57, 0.68, 0.59, 0.72, 0.66, 0.69, 0.67, 0.73, 0.58, 0.75,
                            0.6, 0.78, 0.66, 0.765 },
                8, 0.016, 0x8DB6C9);
    ct_pen_oval(&pen, 0.62, 0.15, 0.012, 0.008, 0x6D3F2C);
}
