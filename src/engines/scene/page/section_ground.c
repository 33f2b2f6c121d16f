/* Cross-sections of what is large: a volcano, the earth, a trunk. */
#include "engines/scene/page/section_shape.h"

#include <math.h>

/* One shell of the cone: its flanks from the rim to the foot. */
static void shell(const struct ct_pen *pen, double part, uint32_t rgb)
{
    double rim = 0.06 * part + 0.005, foot = 0.43 * part, top = 0.23 + (1 - part) * 0.12;
    ct_pen_twin(pen,
                (double[]){ 0.5, top + 0.03 * part, 0.5 + rim, top, 0.5 + foot * 0.3, 0.40,
                            0.5 + foot * 0.6, 0.58, 0.5 + foot, 0.73, 0.5, 0.73 },
                6, false, rgb);
}

void ct_section_volcano(struct ct_template *t, struct ct_rect in)
{
    struct ct_pen pen = { t, in };
    static const uint32_t strata[] = { 0x9C7B5E, 0x866650, 0x705444, 0x5C4439 };
    static const double puffs[][3] = { { 0.45, 0.15, 0.055 }, { 0.53, 0.13, 0.07 },
                                       { 0.48, 0.08, 0.065 }, { 0.58, 0.07, 0.075 },
                                       { 0.66, 0.1, 0.05 },   { 0.39, 0.09, 0.045 } };
    for (int i = 0; i < 4; i++) {
        double y = 0.72 + 0.07 * i;
        ct_pen_shape(&pen,
                     (double[]){ 0, y, 0.25, y + (i ? 0.012 : 0), 0.5, y, 0.75, y - (i ? 0.012 : 0),
                                 1, y, 1, 1, 0, 1 },
                     7, false, strata[i]);
    }
    for (int i = 0; i < 6; i++)
        ct_pen_oval(&pen, puffs[i][0], puffs[i][1], puffs[i][2], puffs[i][2] * 1.15, 0xB9B4AF);
    for (int i = 0; i < 6; i++)
        shell(&pen, 1 - 0.15 * i, i % 2 ? 0x8C5A44 : 0x6B4638);
    /* a second cone on the left flank, and its pipe */
    ct_pen_shape(&pen, (double[]){ 0.23, 0.545, 0.27, 0.475, 0.305, 0.47, 0.345, 0.505 }, 4, false,
                 0x8C5A44);
    ct_pen_line(&pen, (double[]){ 0.497, 0.66, 0.42, 0.6, 0.35, 0.54, 0.288, 0.475 }, 4, 0.016,
                0xF0612A);
    ct_pen_oval(&pen, 0.5, 0.9, 0.23, 0.075, 0xE2431E);
    ct_pen_oval(&pen, 0.5, 0.905, 0.17, 0.05, 0xF57A2C);
    ct_pen_shape(
        &pen,
        (double[]){ 0.478, 0.25, 0.522, 0.25, 0.516, 0.5, 0.53, 0.85, 0.47, 0.85, 0.484, 0.5 }, 6,
        false, 0xF0612A);
    ct_pen_shape(&pen,
                 (double[]){ 0.505, 0.235, 0.56, 0.232, 0.6, 0.33, 0.66, 0.43, 0.735, 0.55, 0.715,
                             0.57, 0.64, 0.47, 0.58, 0.37, 0.55, 0.27 },
                 9, true, 0xF0612A);
    ct_pen_oval(&pen, 0.5, 0.236, 0.056, 0.014, 0xFFB23E);
}

/* A piece of the disc that is cut out, to the right. */
static void wedge(const struct ct_pen *pen, double part, uint32_t rgb)
{
    double xy[2 * 24] = { 0.5, 0.5 };
    for (int i = 0; i < 23; i++) {
        double a = -M_PI * 0.3 + M_PI * 0.6 * i / 22;
        xy[2 * i + 2] = 0.5 + 0.5 * part * cos(a);
        xy[2 * i + 3] = 0.5 + 0.5 * part * sin(a);
    }
    ct_pen_shape(pen, xy, 24, false, rgb);
}

void ct_section_earth(struct ct_template *t, struct ct_rect in)
{
    struct ct_pen pen = { t, in };
    ct_pen_oval(&pen, 0.5, 0.5, 0.5, 0.5, 0x2E76B5);
    static const double america[] = { 0.16, 0.2, 0.3,  0.13, 0.42, 0.16, 0.46, 0.24,
                                      0.38, 0.3, 0.36, 0.38, 0.28, 0.4,  0.21, 0.33 };
    static const double south[] = { 0.3,  0.47, 0.39, 0.5,  0.44, 0.58, 0.38,
                                    0.68, 0.33, 0.82, 0.28, 0.7,  0.27, 0.56 };
    static const double north[] = { 0.47, 0.06, 0.58, 0.05, 0.6, 0.1, 0.53, 0.14 };
    ct_pen_shape(&pen, america, 8, true, 0x5C9A55);
    ct_pen_shape(&pen, south, 7, true, 0x5C9A55);
    ct_pen_shape(&pen, north, 4, true, 0xE8EEF0);
    wedge(&pen, 1, 0x6B4A35);    /* crust, thicker than life */
    wedge(&pen, 0.95, 0xA83A26); /* upper mantle */
    wedge(&pen, 0.83, 0xCF5427); /* mantle */
    wedge(&pen, 0.52, 0xF08A2C); /* outer core: 0.55 of the radius */
    wedge(&pen, 0.19, 0xFFD866); /* inner core */
}

/* A ring that is not quite round, the same at every part of the radius. */
static void ring(const struct ct_pen *pen, double part, double rough, int n, uint32_t rgb)
{
    double xy[2 * 48];
    for (int i = 0; i < n; i++) {
        double a = 2 * M_PI * i / n;
        double wild = 1 + 0.018 * sin(2 * a + 0.6) + 0.012 * sin(3 * a + 2) +
                      rough * sin(11 * a + 0.3) + rough * 0.6 * sin(17 * a);
        xy[2 * i] = 0.5 + 0.485 * part * wild * cos(a);
        xy[2 * i + 1] = 0.5 + 0.485 * part * wild * sin(a);
    }
    ct_pen_shape(pen, xy, n, true, rgb);
}

void ct_section_trunk(struct ct_template *t, struct ct_rect in)
{
    struct ct_pen pen = { t, in };
    ring(&pen, 0.985, 0.014, 44, 0x54392A); /* bark */
    ring(&pen, 0.88, 0.006, 36, 0xA8703F);  /* inner bark */
    ring(&pen, 0.8, 0, 24, 0x86A04A);       /* cambium, thicker than life */
    for (int i = 0; i < 10; i++) {          /* rings: early wood light, late wood dark */
        double part = 0.77 - 0.073 * i;
        bool heart = i >= 5;
        ring(&pen, part, 0, 24,
             heart ? (i % 2 ? 0xB87B48 : 0xAD6F3F) : (i % 2 ? 0xEBCB98 : 0xE2BC84));
    }
    for (int i = 0; i < 12; i++) {
        double a = 2 * M_PI * i / 12 + 0.26, r0 = 0.09, r1 = 0.37;
        ct_pen_line(&pen,
                    (double[]){ 0.5 + r0 * cos(a), 0.5 + r0 * sin(a), 0.5 + r1 * cos(a),
                                0.5 + r1 * sin(a) },
                    2, 0.003, 0x94663C);
    }
    ct_pen_oval(&pen, 0.5, 0.5, 0.026, 0.026, 0x6B4428);
}
