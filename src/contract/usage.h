/* Tokens and money of a request: integers all the way (contract section 6). */
#ifndef CT_CONTRACT_USAGE_H
#define CT_CONTRACT_USAGE_H

#include "contract/model.h"

struct ct_usage {
    int64_t text_tokens_in, image_tokens_in, image_tokens_out, text_tokens_out;
};

/* Output tokens of one picture (contract 6.2). */
int64_t ct_output_tokens(const struct ct_model *model, enum ct_quality quality, int width,
                         int height);
/* Input tokens of one picture, before any resizing (contract 6.3). `fidelity` counts only where a
 * model has a table. */
int64_t ct_input_image_tokens(const struct ct_model *model, int width, int height,
                              enum ct_input_fidelity fidelity);
/* Documented estimate until a tokenizer is there: ceil(bytes / 4) + 6. */
int64_t ct_text_tokens(struct ct_slice prompt);
/* Whole call: the prompt, each input picture and the mask once, n pictures and `partials` emitted
 * partial pictures (100 tokens each). */
struct ct_usage ct_usage_of(const struct ct_image_request *request, int64_t partials);
/* What picture `index` adds to it, with the partial pictures sent of this one. The prompt and the
 * input pictures are read once, so they are counted with the first; over all pictures the parts add
 * up to ct_usage_of(). */
struct ct_usage ct_usage_of_picture(const struct ct_image_request *request, int index,
                                    int64_t partials);
/* Nano-dollars; the worst case before work is usage_of(request, n * partial_images). */
int64_t ct_usage_cost(const struct ct_model *model, const struct ct_usage *usage);

/* "$0.052700" for people: micro-dollars, or nano-dollars where those would round. */
void ct_cost_text(char out[32], int64_t nano_dollars);
/* "12", "0.05", "$3.50" -> nano-dollars, exactly; false for anything else, also for more than nine
 * decimals or nine digits before them. */
bool ct_dollars_read(int64_t *nano_dollars, struct ct_slice text);
/* The same backwards, for programs: "12", "0.05", "3.5". */
void ct_dollars_text(char out[32], int64_t nano_dollars);

#endif
