/* Shared by the tests of contract/; see support.h. */
#include "support.h"

#include "base/arena.h"

const struct ct_catalogue *builtin(void)
{
    static struct ct_catalogue *catalogue;
    struct ct_err err = { 0 };
    if (!catalogue && ct_catalogue_load(&catalogue, NULL, &err) != CT_OK) {
        printf("the built-in models do not load: %s\n", err.msg);
        exit(1);
    }
    return catalogue;
}

const struct ct_model *model(const char *id)
{
    const struct ct_model *m = ct_catalogue_find(builtin(), ct_slice(id));
    if (!m) {
        printf("no model %s\n", id);
        exit(1);
    }
    return m;
}

struct parsed parse_with(const struct ct_contract *contract, struct ct_slice body)
{
    static struct ct_arena *arenas[2];
    static int turn;
    struct parsed p = { 0 };

    turn = !turn;
    if (!arenas[turn])
        arenas[turn] = ct_arena_new(16 << 20);
    ct_arena_reset(arenas[turn]);
    p.code = ct_parse_generation(&p.request, arenas[turn], body, contract, &p.err);
    if (p.code != CT_OK)
        p.request = NULL;
    return p;
}

struct parsed parse_under(enum ct_compat compat, const char *body)
{
    struct ct_contract contract = { .catalogue = builtin(), .compat = compat };
    return parse_with(&contract, ct_slice(body));
}

struct parsed strict(const char *body)
{
    return parse_under(CT_COMPAT_STRICT, body);
}

struct parsed extended(const char *body)
{
    return parse_under(CT_COMPAT_EXTENDED, body);
}

void check_refusals(const struct refusal *rows, size_t n_rows, enum ct_compat compat)
{
    for (size_t i = 0; i < n_rows; i++) {
        const struct refusal *r = &rows[i];
        struct parsed p = parse_under(compat, r->body);
        if (p.code != r->code || p.err.code != r->code)
            t_fail(__FILE__, __LINE__, "%s: code %d, expected %d (%s)", r->name, (int)p.code,
                   (int)r->code, p.err.msg);
        else if (strcmp(p.err.param, r->param) != 0)
            t_fail(__FILE__, __LINE__, "%s: param '%s', expected '%s'", r->name, p.err.param,
                   r->param);
        else if (strcmp(p.err.msg, r->message) != 0)
            t_fail(__FILE__, __LINE__, "%s: \"%s\", expected \"%s\"", r->name, p.err.msg,
                   r->message);
    }
}
