/* Deterministic pictures: integer hashes and a few square roots, the same on every machine. */
#include "pictures.h"

#include <math.h>
#include <stdbool.h>

struct colour {
    double r, g, b;
};

const char *picture_name(enum picture kind)
{
    static const char *const names[] = { "photo", "smooth", "flat", "noise" };
    return names[kind];
}

uint32_t picture_random(uint32_t *state)
{
    uint32_t x = *state;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return *state = x;
}

static double lattice(int x, int y, int seed)
{
    uint32_t h =
        (uint32_t)x * 0x9e3779b1u ^ (uint32_t)y * 0x85ebca77u ^ (uint32_t)seed * 0xc2b2ae3du;
    h ^= h >> 15;
    h *= 0x2c1b3c6du;
    h ^= h >> 12;
    return (double)(h & 0xffff) / 65535.0;
}

/* Value noise, 0..1, features `size` pixels wide. */
static double value_noise(int x, int y, int size, int seed)
{
    int cell_x = x / size, cell_y = y / size;
    double u = (double)(x % size) / size, v = (double)(y % size) / size;
    u = u * u * (3 - 2 * u);
    v = v * v * (3 - 2 * v);
    double top = lattice(cell_x, cell_y, seed) * (1 - u) + lattice(cell_x + 1, cell_y, seed) * u;
    double low =
        lattice(cell_x, cell_y + 1, seed) * (1 - u) + lattice(cell_x + 1, cell_y + 1, seed) * u;
    return top * (1 - v) + low * v;
}

static struct colour photo(int x, int y, uint32_t *random)
{
    double light = 0, weight = 0.5;
    for (int size = 256, octave = 0; size >= 2; size /= 2, octave++, weight *= 0.6)
        light += weight * (value_noise(x, y, size, octave) - 0.5);
    double warm = value_noise(x, y, 300, 20) - 0.5, grain[3];
    for (int k = 0; k < 3; k++) {
        uint32_t r = picture_random(random);
        grain[k] = (double)(r & 15) + (double)(r >> 4 & 15) - 15;
    }
    double y8 = 120 + 170 * light, shared = grain[0] * 0.35;
    return (struct colour){ y8 + 50 * warm + shared + grain[1] * 0.12, y8 + shared,
                            y8 - 60 * warm + shared + grain[2] * 0.12 };
}

static struct colour smooth(int x, int y, int width, int height)
{
    double u = (double)x / width, v = (double)y / height;
    struct colour c = { 200 - 60 * v, 205 - 50 * v + 10 * u, 215 - 30 * v };
    static const double balls[][6] = {
        { 0.33, 0.45, 0.20, 210, 60, 50 },
        { 0.68, 0.55, 0.25, 60, 120, 200 },
        { 0.50, 0.80, 0.12, 230, 190, 60 },
    };
    for (size_t i = 0; i < sizeof(balls) / sizeof(balls[0]); i++) {
        const double *b = balls[i];
        double dx = (u - b[0]) / b[2], dy = (v - b[1]) / b[2], inside = 1 - dx * dx - dy * dy;
        if (inside <= 0)
            continue;
        double lit = -0.4 * dx - 0.6 * dy + 0.69 * sqrt(inside);
        double shade = 0.15 + 0.85 * (lit > 0 ? lit : 0);
        double shine = lit > 0.9 ? (lit - 0.9) * 1200 : 0;
        c = (struct colour){ b[3] * shade + shine, b[4] * shade + shine, b[5] * shade + shine };
    }
    return c;
}

static struct colour flat(int x, int y, int width, int height)
{
    int column = x * 12 / width, row = y * 9 / height;
    bool box = (column % 4 != 0) && (row % 3 == 1);
    bool letter = box && (y / 3 % 6 == 2) && lattice(x / 2, y / 18, 5) > 0.4;
    if (letter)
        return (struct colour){ 30, 30, 40 };
    if (box)
        return (struct colour){ 90 + 12 * column, 140, 220 - 10 * row };
    return (struct colour){ 250, 250, 248 };
}

static uint8_t byte_of(double value)
{
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value + 0.5);
}

/* Opaque in the middle, clear in the corners, soft between. */
static uint8_t alpha_at(int x, int y, int width, int height)
{
    double dx = 2.0 * x / width - 1, dy = 2.0 * y / height - 1;
    return byte_of(255 * (1.1 - sqrt(dx * dx + dy * dy)) / 0.3);
}

struct ct_image *picture_new(enum picture kind, int width, int height, int channels)
{
    struct ct_image *image;
    uint32_t random = 20261120;
    if (ct_image_new(&image, width, height, channels, NULL) != CT_OK)
        return NULL;
    uint8_t *px = image->px;
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++, px += channels) {
            if (kind == PICTURE_NOISE) {
                for (int k = 0; k < channels; k++)
                    px[k] = (uint8_t)(picture_random(&random) >> 11);
                continue;
            }
            struct colour c = kind == PICTURE_PHOTO    ? photo(x, y, &random)
                              : kind == PICTURE_SMOOTH ? smooth(x, y, width, height)
                                                       : flat(x, y, width, height);
            px[0] = byte_of(c.r);
            px[1] = byte_of(c.g);
            px[2] = byte_of(c.b);
            if (channels == 4)
                px[3] = alpha_at(x, y, width, height);
        }
    }
    return image;
}
