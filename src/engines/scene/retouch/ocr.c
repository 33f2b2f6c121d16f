/* Tesseract's C API, looked up when it is first needed: it is a large C++ library with its own
 * data, used by one kind of edit, so Calotype is neither built nor linked with it. Debian:
 * tesseract-ocr.
 *
 * Called by lettering.c on the thread that edits; every call has an instance of its own. It is
 * given pixels, not files. */
#include "engines/scene/retouch/ocr.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "engines/scene/retouch/plane.h"

#include <dlfcn.h>
#include <string.h>

#define WORD_LEVEL 3     /* TessPageIteratorLevel: RIL_WORD */
#define SPARSE_TEXT 11   /* TessPageSegMode: PSM_SPARSE_TEXT, pictures are no pages */
#define GAIN 1.4f
#define LEAST_CONFIDENCE 30.0f

/* The functions of capi.h that we call, with its opaque types as void. */
struct tesseract {
    void *library;
    void *(*create)(void);
    int (*init)(void *api, const char *data_folder, const char *language);
    void (*set_mode)(void *api, int mode);
    int (*set_variable)(void *api, const char *name, const char *value);
    void (*set_image)(void *api, const unsigned char *px, int width, int height, int bytes_per_px,
                      int bytes_per_line);
    void (*set_resolution)(void *api, int dpi);
    int (*recognize)(void *api, void *monitor);
    void *(*iterator)(void *api);
    void *(*page_iterator)(void *iterator);
    int (*box)(const void *page_iterator, int level, int *x0, int *y0, int *x1, int *y1);
    char *(*text)(const void *iterator, int level);
    float (*confidence)(const void *iterator, int level);
    int (*next)(void *iterator, int level);
    void (*delete_iterator)(void *iterator);
    void (*delete_text)(const char *text);
    void (*delete)(void *api);
};

static bool look_up(struct tesseract *t)
{
    const struct {
        const char *name;
        void *to;
    } functions[] = {
        { "TessBaseAPICreate", &t->create },
        { "TessBaseAPIInit3", &t->init },
        { "TessBaseAPISetPageSegMode", &t->set_mode },
        { "TessBaseAPISetVariable", &t->set_variable },
        { "TessBaseAPISetImage", &t->set_image },
        { "TessBaseAPISetSourceResolution", &t->set_resolution },
        { "TessBaseAPIRecognize", &t->recognize },
        { "TessBaseAPIGetIterator", &t->iterator },
        { "TessResultIteratorGetPageIterator", &t->page_iterator },
        { "TessPageIteratorBoundingBox", &t->box },
        { "TessResultIteratorGetUTF8Text", &t->text },
        { "TessResultIteratorConfidence", &t->confidence },
        { "TessResultIteratorNext", &t->next },
        { "TessResultIteratorDelete", &t->delete_iterator },
        { "TessDeleteText", &t->delete_text },
        { "TessBaseAPIDelete", &t->delete },
    };
    t->library = dlopen("libtesseract.so.5", RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; t->library && i < sizeof(functions) / sizeof(functions[0]); i++) {
        void *symbol = dlsym(t->library, functions[i].name);
        if (!symbol)
            return false;
        memcpy(functions[i].to, &symbol, sizeof(symbol)); /* POSIX: data and code pointers alike */
    }
    return t->library != NULL;
}

static int take_words(const struct tesseract *t, void *iterator, struct ct_ocr_word *words, int max)
{
    int n = 0;
    const void *page = t->page_iterator(iterator);
    do {
        struct ct_ocr_word *w = &words[n];
        char *text = t->text(iterator, WORD_LEVEL);
        struct ct_slice cut = ct_utf8_cut(ct_slice(text), CT_OCR_WORD_MAX - 1);
        bool good = cut.len > 0 && t->confidence(iterator, WORD_LEVEL) >= LEAST_CONFIDENCE &&
                    t->box(page, WORD_LEVEL, &w->box.x0, &w->box.y0, &w->box.x1, &w->box.y1);
        if (good) {
            memcpy(w->text, cut.ptr, cut.len);
            w->text[cut.len] = '\0';
            n++;
        }
        if (text)
            t->delete_text(text);
    } while (n < max && t->next(iterator, WORD_LEVEL));
    return n;
}

static ct_code fail_missing(struct ct_err *err)
{
    return ct_fail(err, CT_E_CONFIG, NULL,
                   "Finding text in a picture needs Tesseract, which is not installed here "
                   "(Debian: apt-get install tesseract-ocr).");
}

/* Letters stand out from what is around them; the grain of wood and of sensors does less. Tesseract
 * chooses its threshold for the whole picture, so the ground is made even first: each pixel,
 * softened, against the mean of its surroundings. */
static ct_code even_ground(uint8_t **out, const struct ct_image *image, struct ct_err *err)
{
    struct ct_plane soft = { 0 }, ground = { 0 }, scratch = { 0 };
    size_t n = (size_t)image->width * (size_t)image->height, channels = (size_t)image->channels;
    ct_code rc = ct_plane_open(&soft, image->width, image->height, err);
    if (rc == CT_OK)
        rc = ct_plane_open(&ground, image->width, image->height, err);
    if (rc == CT_OK)
        rc = ct_plane_open(&scratch, image->width, image->height, err);
    *out = rc == CT_OK ? ct_malloc(n) : NULL;
    if (rc == CT_OK && !*out)
        rc = ct_retouch_fail_memory(err);
    for (size_t i = 0; i < n && rc == CT_OK; i++) {
        const uint8_t *px = image->px + i * channels;
        soft.v[i] = ground.v[i] = 0.299f * px[0] + 0.587f * px[1] + 0.114f * px[2];
    }
    if (rc == CT_OK) {
        int shorter = image->width < image->height ? image->width : image->height;
        ct_plane_mean(&soft, &scratch, shorter >= 800 ? 1 : 0);
        ct_plane_mean(&ground, &scratch, shorter / 20 + 8);
    }
    for (size_t i = 0; i < n && rc == CT_OK; i++) {
        float v = 170 + GAIN * (soft.v[i] - ground.v[i]);
        (*out)[i] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
    }
    ct_plane_release(&soft);
    ct_plane_release(&ground);
    ct_plane_release(&scratch);
    return rc;
}

ct_code ct_ocr_read(struct ct_ocr_word *words, int max, int *n, const struct ct_image *image,
                    struct ct_err *err)
{
    struct tesseract t;
    *n = 0;
    if (!look_up(&t)) /* the library stays loaded: the next one finds it at once */
        return fail_missing(err);
    uint8_t *grey;
    CT_TRY(even_ground(&grey, image, err));
    void *api = t.create();
    if (!api || t.init(api, NULL, "eng") != 0) {
        if (api)
            t.delete(api);
        ct_free(grey);
        return fail_missing(err);
    }
    t.set_mode(api, SPARSE_TEXT);
    t.set_variable(api, "debug_file", "/dev/null");
    t.set_image(api, grey, image->width, image->height, 1, image->width);
    t.set_resolution(api, 150);
    void *iterator = t.recognize(api, NULL) == 0 ? t.iterator(api) : NULL;
    if (iterator) {
        *n = take_words(&t, iterator, words, max);
        t.delete_iterator(iterator);
    }
    t.delete(api);
    ct_free(grey);
    return CT_OK;
}
