/* Draws a page from a few lines of text, for looking at templates while working on them.
 *
 *   draw_page WIDTHxHEIGHT SEED OUT.ppm < page.txt      (OUT.pam when transparent)
 *
 * Lines of page.txt: `template ID`, `title ...`, `subtitle ...`,
 * `text ...`, `subject ...`, `prompt ...`, `node ...`, `edge FROM TO [label]` (node numbers from
 * 0), `dashed` and `both` (of the last edge), `value LABEL=NUMBER`, `color RRGGBB`, `dark`,
 * `transparent`, `json` (prints the page).
 */
#include "base/arena.h"
#include "engines/scene/page/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MOST 256

static struct ct_slice texts[MOST];
static struct ct_node nodes[MOST];
static struct ct_edge edges[MOST];
static struct ct_value values[MOST];

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static enum ct_template_id template_named(const char *name)
{
    for (int i = 0; i < CT_TEMPLATE_COUNT; i++)
        if (strcmp(ct_template_info((enum ct_template_id)i)->id, name) == 0)
            return (enum ct_template_id)i;
    return CT_TEMPLATE_NONE;
}

static void read_line(struct ct_intent *in, struct ct_page_params *params, bool *json, char *line)
{
    char *value = strchr(line, ' ');
    if (value)
        *value++ = '\0';
    else
        value = line + strlen(line);
    struct ct_slice text = { strdup(value), strlen(value) };
    if (strcmp(line, "template") == 0)
        in->template_id = template_named(value);
    else if (strcmp(line, "title") == 0)
        in->title = text;
    else if (strcmp(line, "subtitle") == 0)
        in->subtitle = text;
    else if (strcmp(line, "subject") == 0)
        in->subject = text;
    else if (strcmp(line, "prompt") == 0)
        in->prompt = text;
    else if (strcmp(line, "text") == 0 && in->n_texts < MOST)
        texts[in->n_texts++] = text;
    else if (strcmp(line, "node") == 0 && in->n_nodes < MOST)
        nodes[in->n_nodes++].label = text;
    else if (strcmp(line, "value") == 0 && in->n_values < MOST) {
        struct ct_value *v = &values[in->n_values++];
        size_t cut = strcspn(value, "=");
        v->label = ct_slice_n(text.ptr, cut);
        v->text = cut < text.len ? ct_slice(text.ptr + cut + 1) : ct_slice(NULL);
        v->number = strtod(v->text.ptr ? v->text.ptr + strspn(v->text.ptr, "$") : "0", NULL);
    } else if (strcmp(line, "edge") == 0 && in->n_edges < MOST) {
        char *rest = value;
        struct ct_edge *edge = &edges[in->n_edges++];
        edge->from = (int)strtol(rest, &rest, 10);
        edge->to = (int)strtol(rest, &rest, 10);
        rest += *rest == ' ';
        edge->label = ct_slice(strdup(rest));
    } else if (strcmp(line, "dashed") == 0 && in->n_edges > 0)
        edges[in->n_edges - 1].dashed = true;
    else if (strcmp(line, "both") == 0 && in->n_edges > 0)
        edges[in->n_edges - 1].both_ways = true;
    else if (strcmp(line, "color") == 0 && in->n_palette < 8) {
        unsigned long rgb = strtoul(value, NULL, 16);
        in->palette[in->n_palette++] =
            (struct ct_rgb){ (uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb };
    } else if (strcmp(line, "dark") == 0)
        in->dark = true;
    else if (strcmp(line, "transparent") == 0)
        params->transparent = true;
    else if (strcmp(line, "json") == 0)
        *json = true;
}

static bool write_picture(const char *path, const struct ct_image *image)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    if (image->channels == 3)
        fprintf(file, "P6\n%d %d\n255\n", image->width, image->height);
    else
        fprintf(file, "P7\nWIDTH %d\nHEIGHT %d\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n",
                image->width, image->height);
    size_t size = (size_t)image->width * (size_t)image->height * (size_t)image->channels;
    bool ok = fwrite(image->px, 1, size, file) == size;
    return fclose(file) == 0 && ok;
}

int main(int argc, char **argv)
{
    struct ct_intent intent = {
        .kind = CT_INTENT_PAGE, .texts = texts, .nodes = nodes, .edges = edges, .values = values
    };
    struct ct_page_params params = { 0 };
    struct ct_err err = { 0 };
    bool json = false;
    char line[4096], *rest;
    if (argc != 4) {
        fprintf(stderr, "usage: draw_page WIDTHxHEIGHT SEED OUT.ppm < page.txt\n");
        return 2;
    }
    params.width = (int)strtol(argv[1], &rest, 10);
    params.height = *rest ? (int)strtol(rest + 1, NULL, 10) : 0;
    params.seed = (uint32_t)strtoul(argv[2], NULL, 10);
    while (fgets(line, sizeof(line), stdin)) {
        line[strcspn(line, "\n")] = '\0';
        read_line(&intent, &params, &json, line);
    }
    struct ct_arena *arena = ct_arena_new(64u << 20);
    const struct ct_page *page = NULL;
    struct ct_image *image = NULL;
    double start = now_ms();
    ct_code code = ct_page_compose(&page, arena, &intent, &params, &err);
    double composed = now_ms();
    if (code == CT_OK)
        code = ct_page_draw(&image, page, NULL, &err);
    if (code != CT_OK) {
        fprintf(stderr, "draw_page: %s\n", err.msg);
        return 1;
    }
    fprintf(stderr, "composed in %.1f ms, drawn in %.1f ms, %zu KiB of arena\n", composed - start,
            now_ms() - composed, ct_arena_used(arena) / 1024);
    if (json) {
        struct ct_buf b;
        ct_buf_init(&b, 16u << 20);
        ct_page_print(&b, page);
        fputs(ct_buf_text(&b), stdout);
        ct_buf_release(&b);
    }
    bool written = write_picture(argv[3], image);
    ct_image_unref(&image);
    ct_arena_free(&arena);
    return written ? 0 : 1;
}
