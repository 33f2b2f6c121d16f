/* Cross-sections of a leaf, an onion, and cells. */
#include "engines/scene/page/section_shape.h"

#include <math.h>

static void row_of_cells(const struct ct_pen *pen, double y, double h, int n, double gap_at,
                         uint32_t rgb)
{
    for (int i = 0; i < n; i++) {
        double x = (double)i / n, w = 1.0 / n;
        if (fabs(x + w / 2 - gap_at) < w * 0.6)
            continue; /* the stoma */
        ct_pen_shape(pen,
                     (double[]){ x + w * 0.03, y + h * 0.15, x + w / 2, y, x + w * 0.97,
                                 y + h * 0.15, x + w * 0.97, y + h * 0.85, x + w / 2, y + h,
                                 x + w * 0.03, y + h * 0.85 },
                     6, true, rgb);
    }
}

static void greens(const struct ct_pen *pen, double x, double y, double w, double h, int n)
{
    for (int i = 0; i < n; i++)
        ct_pen_oval(pen, x + w * (i % 2 ? 0.3 : 0.7), y + h * (i + 0.5) / n, 0.0085, 0.0125,
                    0x2E7D3A);
}

void ct_section_leaf(struct ct_template *t, struct ct_rect in)
{
    struct ct_pen pen = { t, in };
    ct_pen_box(&pen, 0, 0.05, 1, 0.9, 0xEAF3DC); /* air between the cells */
    ct_pen_box(&pen, 0, 0.03, 1, 0.03, 0xC9D98A);
    row_of_cells(&pen, 0.06, 0.11, 11, -1, 0xD7EBB9);
    for (int i = 0; i < 15; i++) {
        double x = i / 15.0 + 0.004, w = 1 / 15.0 - 0.008;
        ct_pen_shape(&pen,
                     (double[]){ x, 0.2, x + w / 2, 0.175, x + w, 0.2, x + w, 0.44, x + w / 2,
                                 0.465, x, 0.44 },
                     6, true, 0x9BCB6B);
        greens(&pen, x, 0.19, w, 0.26, 6);
    }
    static const double sponge[][3] = {
        { 0.05, 0.53, 0.04 },  { 0.14, 0.6, 0.05 },   { 0.06, 0.7, 0.045 }, { 0.24, 0.53, 0.045 },
        { 0.22, 0.7, 0.05 },   { 0.14, 0.8, 0.045 },  { 0.33, 0.63, 0.04 }, { 0.32, 0.78, 0.05 },
        { 0.67, 0.54, 0.045 }, { 0.66, 0.72, 0.045 }, { 0.77, 0.6, 0.05 },  { 0.94, 0.56, 0.045 },
        { 0.95, 0.74, 0.045 }, { 0.85, 0.8, 0.045 },  { 0.43, 0.82, 0.04 }, { 0.58, 0.82, 0.04 },
        { 0.86, 0.52, 0.035 }
    };
    for (size_t i = 0; i < sizeof(sponge) / sizeof(sponge[0]); i++) {
        double r = sponge[i][2];
        ct_pen_oval(&pen, sponge[i][0], sponge[i][1], r, r * 1.15, 0xB4D98A);
        for (int k = 0; k < 5; k++)
            ct_pen_oval(&pen, sponge[i][0] + r * 0.6 * cos(k * 1.257),
                        sponge[i][1] + r * 0.7 * sin(k * 1.257), 0.0085, 0.0125, 0x2E7D3A);
    }
    ct_pen_oval(&pen, 0.5, 0.61, 0.11, 0.13, 0xE3D9A8);
    for (int i = 0; i < 5; i++) {
        ct_pen_oval(&pen, 0.43 + 0.035 * i, 0.555 - 0.012 * (i % 2), 0.016, 0.024, 0xC5524A);
        ct_pen_oval(&pen, 0.43 + 0.035 * i, 0.665 + 0.012 * (i % 2), 0.012, 0.018, 0x4E7FB8);
    }
    row_of_cells(&pen, 0.85, 0.09, 11, 0.74, 0xD7EBB9);
    ct_pen_box(&pen, 0, 0.94, 0.69, 0.02, 0xC9D98A);
    ct_pen_box(&pen, 0.79, 0.94, 0.21, 0.02, 0xC9D98A);
    ct_pen_oval(&pen, 0.708, 0.9, 0.018, 0.052, 0x6FB25A);
    ct_pen_oval(&pen, 0.772, 0.9, 0.018, 0.052, 0x6FB25A);
}

/* A scale of the bulb: round below, drawn out to the neck. */
static void bulb(const struct ct_pen *pen, double part, uint32_t rgb)
{
    double w = 0.44 * part, top = 0.24 - 0.15 * part, foot = 0.62 + 0.21 * part;
    ct_pen_twin(pen,
                (double[]){ 0.5, top, 0.5 + 0.04 * part, top + 0.05, 0.5 + 0.13 * part,
                            0.3 + (1 - part) * 0.06, 0.5 + w * 0.86, 0.42 + (1 - part) * 0.06,
                            0.5 + w, 0.56, 0.5 + w * 0.84, 0.56 + (foot - 0.56) * 0.68,
                            0.5 + w * 0.4, foot - 0.01, 0.5, foot },
                8, true, rgb);
}

void ct_section_onion(struct ct_template *t, struct ct_rect in)
{
    struct ct_pen pen = { t, in };
    for (int i = 0; i < 9; i++) {
        double x = 0.4 + 0.025 * i;
        ct_pen_line(&pen,
                    (double[]){ x, 0.85, x + (i - 4) * 0.01, 0.92, x + (i - 4) * 0.022,
                                0.99 - 0.012 * (i % 3) },
                    3, 0.007, 0xC9B48C);
    }
    ct_pen_twin(&pen, (double[]){ 0.5, 0, 0.545, 0.02, 0.54, 0.12, 0.56, 0.2, 0.5, 0.22 }, 5, true,
                0xB98A4A);
    bulb(&pen, 1, 0xA8622F); /* dry skin */
    for (int i = 0; i < 7; i++) {
        bulb(&pen, 0.95 - 0.115 * i, 0xC9A6C4);
        bulb(&pen, 0.93 - 0.115 * i, 0xFAF4EA);
    }
    ct_pen_twin(&pen, (double[]){ 0.5, 0.36, 0.522, 0.48, 0.53, 0.58, 0.515, 0.68, 0.5, 0.7 }, 5,
                true, 0xBFD38A);
    ct_pen_twin(&pen, (double[]){ 0.5, 0.78, 0.57, 0.8, 0.6, 0.845, 0.5, 0.87 }, 4, true, 0xD9C08E);
}

static void mitochondrion(const struct ct_pen *pen, double x, double y, double r)
{
    ct_pen_oval(pen, x, y, r * 1.5, r, 0xE88A4C);
    double xy[14];
    for (int i = 0; i < 7; i++) {
        xy[2 * i] = x + r * (-1.1 + 0.36 * i);
        xy[2 * i + 1] = y + r * (i % 2 ? 0.55 : -0.55);
    }
    ct_pen_line(pen, xy, 7, 0.005, 0xA8481F);
}

static void golgi(const struct ct_pen *pen, double x, double y, double s)
{
    for (int i = 0; i < 4; i++) {
        double w = s * (1 - 0.14 * i), at = y + s * 0.26 * (i - 1.5);
        ct_pen_line(pen, (double[]){ x - w, at - s * 0.12, x, at + s * 0.1, x + w, at - s * 0.12 },
                    3, 0.014, 0xD77FA8);
    }
    ct_pen_oval(pen, x + s * 1.2, y + s * 0.2, 0.012, 0.014, 0xD77FA8);
    ct_pen_oval(pen, x - s * 1.15, y + s * 0.35, 0.01, 0.012, 0xD77FA8);
}

static void nucleus(const struct ct_pen *pen, double x, double y, double r, double dx, double dy)
{
    ct_pen_oval(pen, x, y, r, r * 1.2, 0x8E7CC3);
    ct_pen_oval(pen, x, y, r * 0.92, r * 1.1, 0xA999D6);
    ct_pen_oval(pen, x + dx, y + dy, r * 0.32, r * 0.38, 0x5B4A9A);
}

/* Folded sheets beside the nucleus. */
static void reticulum(const struct ct_pen *pen, double x, double y, double s)
{
    for (int i = 0; i < 4; i++) {
        double at = x + s * 0.28 * i;
        ct_pen_line(pen,
                    (double[]){ at, y - s, at + s * 0.16, y - s * 0.5, at - s * 0.02, y,
                                at + s * 0.18, y + s * 0.5, at + s * 0.02, y + s },
                    5, 0.012, 0x5E86C4);
        for (int k = 0; k < 5; k++)
            ct_pen_oval(pen, at + s * 0.12, y - s * 0.8 + s * 0.4 * k, 0.0055, 0.0066, 0x27406E);
    }
}

void ct_section_cell(struct ct_template *t, struct ct_rect in)
{
    struct ct_pen pen = { t, in };
    static const double blob[] = { 0.5,  0.015, 0.74, 0.05, 0.93, 0.2,   0.98, 0.47,
                                   0.93, 0.75,  0.76, 0.94, 0.5,  0.985, 0.24, 0.94,
                                   0.06, 0.76,  0.02, 0.5,  0.07, 0.22,  0.25, 0.05 };
    double inner[24];
    for (int i = 0; i < 12; i++) {
        inner[2 * i] = 0.5 + (blob[2 * i] - 0.5) * 0.95;
        inner[2 * i + 1] = 0.5 + (blob[2 * i + 1] - 0.5) * 0.945;
    }
    ct_pen_shape(&pen, blob, 12, true, 0xE2A17C);
    ct_pen_shape(&pen, inner, 12, true, 0xFBE6D3);
    nucleus(&pen, 0.42, 0.44, 0.17, 0.025, 0.035);
    reticulum(&pen, 0.63, 0.47, 0.15);
    mitochondrion(&pen, 0.76, 0.28, 0.045);
    mitochondrion(&pen, 0.3, 0.87, 0.04);
    mitochondrion(&pen, 0.7, 0.9, 0.038);
    golgi(&pen, 0.23, 0.74, 0.085);
    ct_pen_oval(&pen, 0.83, 0.64, 0.036, 0.043, 0x6FAF8B);
    ct_pen_oval(&pen, 0.76, 0.72, 0.03, 0.036, 0x6FAF8B);
    ct_pen_oval(&pen, 0.47, 0.83, 0.055, 0.06, 0xBFE0EC);
    ct_pen_oval(&pen, 0.2, 0.3, 0.035, 0.04, 0xBFE0EC);
    ct_pen_box(&pen, 0.145, 0.5, 0.05, 0.022, 0x7A8B4F);
    ct_pen_box(&pen, 0.182, 0.53, 0.02, 0.055, 0x94A663);
    for (int i = 0; i < 9; i++)
        ct_pen_oval(&pen, 0.4 + 0.03 * i, 0.15 + 0.04 * (i % 3 == 1), 0.007, 0.0084, 0x27406E);
    ct_pen_oval(&pen, 0.52, 0.19, 0.007, 0.0084, 0x27406E);
}

void ct_section_plant_cell(struct ct_template *t, struct ct_rect in)
{
    struct ct_pen pen = { t, in };
    static const double wall[] = { 0.06, 0, 0.94, 0, 1, 0.07, 1, 0.93,
                                   0.94, 1, 0.06, 1, 0, 0.93, 0, 0.07 };
    double part[16];
    static const uint32_t tones[] = { 0x6E9B4B, 0xB6D48A, 0xEDF6DA };
    for (int k = 0; k < 3; k++) {
        double sx = 1 - (k ? 0.04 + 0.035 * k : 0), sy = 1 - (k ? 0.05 + 0.04 * k : 0);
        for (int i = 0; i < 8; i++) {
            part[2 * i] = 0.5 + (wall[2 * i] - 0.5) * sx;
            part[2 * i + 1] = 0.5 + (wall[2 * i + 1] - 0.5) * sy;
        }
        ct_pen_shape(&pen, part, 8, false, tones[k]);
    }
    ct_pen_shape(&pen,
                 (double[]){ 0.42, 0.36, 0.62, 0.3, 0.82, 0.38, 0.86, 0.58, 0.78, 0.76, 0.55, 0.82,
                             0.34, 0.76, 0.29, 0.58 },
                 8, true, 0xBFE0EC);
    nucleus(&pen, 0.22, 0.28, 0.1, 0.045, 0.03);
    reticulum(&pen, 0.35, 0.2, 0.085);
    static const double green[][2] = { { 0.78, 0.16 }, { 0.58, 0.15 }, { 0.9, 0.4 },
                                       { 0.72, 0.88 }, { 0.36, 0.89 }, { 0.9, 0.64 } };
    for (int i = 0; i < 6; i++) {
        bool upright = i == 2 || i == 5;
        double rx = upright ? 0.032 : 0.06, ry = upright ? 0.085 : 0.042;
        ct_pen_oval(&pen, green[i][0], green[i][1], rx, ry, 0x4E9A3B);
        for (int k = -1; k <= 1; k++)
            ct_pen_oval(&pen, green[i][0] + (upright ? 0 : 0.03 * k),
                        green[i][1] + (upright ? 0.042 * k : 0), 0.011, 0.013, 0x2C6B22);
    }
    mitochondrion(&pen, 0.16, 0.56, 0.036);
    golgi(&pen, 0.16, 0.76, 0.06);
    for (int i = 0; i < 5; i++)
        ct_pen_oval(&pen, 0.49 + 0.03 * i, 0.9 + 0.012 * (i % 2), 0.007, 0.0084, 0x27406E);
}
