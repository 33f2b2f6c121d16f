/* Flow charts told in words: "validate -> if valid send code, else show error -> verify", "Check
 * stock. If it is empty, reorder; otherwise ship. Then close the ticket."
 *
 * Called by diagram_grammar.c before all other readers of boxes, for prompts that branch, and for
 * flow charts told in sentences. Statements are parted by arrows, full stops, semicolons, line
 * ends and "then". A condition is a box that ends in "?", with an arrow "Yes" and one "No"; the
 * statement behind both branches follows from both, but not from a branch that says it fails. A
 * branch that retries leads back to the step before the question. */
#include "engines/scene/prompt/diagram_reader.h"

enum {
    ENDS = 12,
    LABEL_MAX = 240, /* bytes of a box's words */
};

struct end {
    int node;
    const char *label; /* of the arrow from it */
};

struct flow {
    struct ct_reader *r;
    int stop;                 /* token behind the last one to read */
    bool commas;              /* part statements too */
    struct end ends[ENDS];    /* what the next step follows */
    struct end loose[ENDS];   /* ends of finished branches */
    int n_ends, n_loose;
    int decision, before;     /* the last question, and the step it follows; -1 */
    const char *open;         /* the answer nobody has spoken of yet; NULL */
    bool branch;              /* inside "else ..." or "no -> ..." */
    bool dead;                /* the last step failed: only an arrow of its own leads on */
    bool joins;               /* the next step follows all ends */
};

static bool word_in(const struct ct_reader *r, int i, const char *const *list)
{
    for (; *list; list++)
        if (ct_word_is(r, i, *list))
            return true;
    return false;
}

static bool is_else(const struct ct_reader *r, int i)
{
    return ct_word_is(r, i, "else") || ct_word_is(r, i, "otherwise");
}

static bool is_if(const struct ct_reader *r, int i)
{
    return ct_word_is(r, i, "if") || (ct_word_is(r, i, "when") && i > 0 && !ct_is_word(r, i - 1));
}

/* "yes ->", "no:", "if yes,": the answer, NULL for none; *behind is the token after it. */
static const char *answer_at(const struct ct_reader *r, int i, int *behind)
{
    i += ct_word_is(r, i, "if") || ct_word_is(r, i, "on");
    const char *answer = ct_word_is(r, i, "yes") || ct_word_is(r, i, "true")    ? "Yes"
                         : ct_word_is(r, i, "no") || ct_word_is(r, i, "false")  ? "No"
                         : ct_word_is(r, i, "not") && ct_is_mark(r, i + 1, ',') ? "No"
                                                                                : NULL;
    *behind = i + 1;
    if (!answer || i + 1 >= r->n)
        return NULL;
    bool told = r->tokens[i + 1].kind == CT_TOKEN_ARROW || ct_is_mark(r, i + 1, ':') ||
                ct_is_mark(r, i + 1, ',') || ct_word_is(r, i + 1, "then");
    return told ? answer : NULL;
}

static bool is_joint(const struct ct_reader *r, int i)
{
    static const char *const joints[] = { "then", "next", "finally", "afterwards", "else",
                                          "otherwise", "if", NULL };
    return word_in(r, i, joints);
}

/* "2." or "2)" */
static bool is_numbering(const struct ct_reader *r, int i)
{
    return r->tokens[i].kind == CT_TOKEN_NUMBER && r->tokens[i].text.len <= 2 &&
           (ct_is_mark(r, i + 1, '.') || ct_is_mark(r, i + 1, ')')) && r->tokens[i + 1].tight;
}

/* Does a statement end before token i? */
static bool ends_here(const struct flow *f, int i)
{
    const struct ct_reader *r = f->r;
    int behind;
    if (i >= f->stop || r->tokens[i].kind == CT_TOKEN_ARROW ||
        r->tokens[i].kind == CT_TOKEN_BREAK || ct_is_mark(r, i, '.') || ct_is_mark(r, i, ';') ||
        ct_is_mark(r, i, ')') || is_numbering(r, i) || r->tokens[i].use != CT_USE_FREE)
        return true;
    if (is_else(r, i) || ct_word_is(r, i, "then"))
        return true;
    if (!ct_is_mark(r, i, ','))
        return i > 0 && (ct_is_mark(r, i - 1, '?') ||
                         (r->tokens[i - 1].kind == CT_TOKEN_QUOTED && answer_at(r, i, &behind)));
    int next = i + 1 + ct_word_is(r, i + 1, "and");
    return f->commas || is_joint(r, next) || answer_at(r, next, &behind);
}

/* The words of tokens [first, end) with a capital, without articles and "is" when they are a
 * question; a slice of the prompt where nothing changes. */
static struct ct_slice say(struct flow *f, int first, int end, bool question)
{
    struct ct_reader *r = f->r;
    struct ct_slice whole = ct_diagram_label(r, first, end);
    char text[LABEL_MAX];
    size_t n = 0;
    if (end == first + 1 && r->tokens[first].kind == CT_TOKEN_QUOTED)
        return whole;
    for (int i = first; i < end; i++) {
        struct ct_slice w = r->tokens[i].text;
        bool dull =
            question &&
            ((i == first && ct_word_is(r, i, "it") && i + 2 < end && ct_word_is(r, i + 1, "is")) ||
             ct_word_is(r, i, "the") || ct_word_is(r, i, "a") ||
             (i > first && (ct_word_is(r, i, "is") || ct_word_is(r, i, "are"))));
        if (dull)
            continue;
        /* what stood between two words stays between them: "check-in", "and/or" */
        const char *gap = i > first ? r->tokens[i - 1].text.ptr + r->tokens[i - 1].text.len : w.ptr;
        size_t between = (size_t)(w.ptr - gap);
        if (n + w.len + between + 3 > sizeof(text))
            return whole;
        if (n > 0) {
            memcpy(text + n, gap, between);
            n += between;
        }
        memcpy(text + n, w.ptr, w.len);
        n += w.len;
    }
    if (n == 0)
        return whole;
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    if (question && text[n - 1] != '?')
        text[n++] = '?';
    const char *kept = ct_arena_strdup(r->arena, ct_slice_n(text, n));
    return kept ? ct_slice(kept) : whole;
}

static void connect(struct flow *f, const struct end *ends, int n, int to)
{
    for (int i = 0; i < n; i++) {
        ct_diagram_edge(f->r, ends[i].node, to, 0, ct_slice(ends[i].label));
        if (ends[i].label)
            ct_add_text(f->r, ct_slice(ends[i].label));
    }
}

static void leave_open(struct end *ends, int *n, int node, const char *label)
{
    if (*n < ENDS && node >= 0)
        ends[(*n)++] = (struct end){ node, label };
}

/* All branches so far are ends of the next step. */
static void join(struct flow *f)
{
    if (f->dead)
        f->n_ends = 0;
    f->dead = false;
    for (int i = 0; i < f->n_loose; i++)
        leave_open(f->ends, &f->n_ends, f->loose[i].node, f->loose[i].label);
    if (f->open)
        leave_open(f->ends, &f->n_ends, f->decision, f->open);
    f->n_loose = 0;
    f->open = NULL;
    f->joins = f->branch = false;
}

/* A box for tokens [first, end) behind the open ends; -1 when there are too many. */
static int add_box(struct flow *f, int first, int end, bool question)
{
    int node = ct_diagram_box(f->r, say(f, first, end, question), first);
    ct_mark(f->r, first, end, CT_USE_UNDERSTOOD, question ? "decision" : "box", NULL);
    if (node < 0)
        return -1;
    f->dead = false;
    connect(f, f->ends, f->n_ends, node);
    f->ends[0] = (struct end){ node, NULL };
    f->n_ends = 1;
    return node;
}

/* "back to the login step": the box that is meant; -1. */
static int box_named(const struct flow *f, int first, int end)
{
    static const char *const small[] = { "the", "a", "step", "to", "an", "page", "screen", NULL };
    const struct ct_intent *intent = f->r->intent;
    for (int k = first; k < end; k++) {
        struct ct_slice word = f->r->tokens[k].text;
        if (word_in(f->r, k, small) || word.len < 3)
            continue;
        for (int i = 0; i < intent->n_nodes; i++) {
            struct ct_slice label = intent->nodes[i].label;
            for (size_t at = 0; at + word.len <= label.len; at++)
                if (ct_slice_ieq(ct_slice_n(label.ptr + at, word.len), word))
                    return i;
        }
    }
    return -1;
}

/* "go back to start", "return to login": an arrow instead of a box. */
static bool read_back(struct flow *f, int first, int end)
{
    static const char *const verbs[] = { "go", "return", "returns", "loop", "back", "goes", NULL };
    int at = first;
    while (at < end && word_in(f->r, at, verbs))
        at++;
    if (at == first || !ct_word_is(f->r, at, "to"))
        return false;
    int node = box_named(f, at + 1, end);
    if (node < 0)
        return false;
    connect(f, f->ends, f->n_ends, node);
    ct_mark(f->r, first, end, CT_USE_UNDERSTOOD, "arrow back", NULL);
    f->n_ends = 0;
    return true;
}

/* Nothing follows a branch that fails; one that retries leads back. */
static void close_branch(struct flow *f, int first, int end)
{
    static const char *const fails[] = { "error", "reject", "rejected", "fail", "failed", "deny",
                                         "denied", "cancel", "abort", "decline", "stop", "end",
                                         "exit", "refuse", NULL };
    static const char *const again[] = { "retry", "again", "reenter", "resubmit", NULL };
    bool retries = false, closed = false;
    for (int i = first; i < end; i++) {
        retries |= word_in(f->r, i, again);
        closed |= word_in(f->r, i, fails);
    }
    if (retries && f->before >= 0)
        connect(f, f->ends, f->n_ends, f->before);
    f->dead = retries || closed;
}

/* "Clean style, blue palette": how it looks, not what happens. */
static bool is_manner(const struct flow *f, int first, int end)
{
    static const char *const words[] = { "style", "palette", "background", "colors", "colours",
                                         "design", "mode", "theme", "look", "layout", "font",
                                         "labels", "arrows", "lines", "boxes", NULL };
    static const uint64_t manner = CT_CLASS_BIT(LOOK) | CT_CLASS_BIT(MOOD) | CT_CLASS_BIT(STYLE) |
                                   CT_CLASS_BIT(PALETTE) | CT_CLASS_BIT(COLOR) |
                                   CT_CLASS_BIT(PRAISE) | CT_CLASS_BIT(EFFECT);
    struct ct_match m;
    int known = 0;
    for (int i = first; i < end; i++) {
        if (word_in(f->r, i, words))
            return true;
        known += ct_reader_match(f->r, i, manner, &m);
    }
    return known == end - first;
}

static void read_step(struct flow *f, int first, int end)
{
    static const char *const lead[] = { "and", "then", "next", "finally", "first", "afterwards",
                                        "so", NULL };
    while (first < end && (word_in(f->r, first, lead) || ct_is_mark(f->r, first, ',')))
        ct_mark(f->r, first, first + 1, CT_USE_SILENT, NULL, NULL), first++;
    if (first >= end || is_manner(f, first, end))
        return;
    if (f->joins)
        join(f);
    int whether = -1;
    for (int i = first + 1; i < end && whether < 0; i++)
        if (ct_word_is(f->r, i, "whether"))
            whether = i;
    bool question = ct_is_mark(f->r, end - 1, '?') ||
                    ct_slice_ends(ct_diagram_label(f->r, first, end), "?");
    if (read_back(f, first, end))
        return;
    if (whether > 0 && whether + 1 < end) {
        add_box(f, first, whether, false);
        ct_mark(f->r, whether, whether + 1, CT_USE_SILENT, NULL, NULL);
        first = whether + 1;
        question = true;
    }
    int last = f->n_ends == 1 ? f->ends[0].node : -1;
    int node = add_box(f, first, end, question);
    if (question) {
        f->decision = node;
        f->before = last;
    } else if (f->branch || (last >= 0 && last == f->decision)) {
        close_branch(f, first, end);
    }
}

/* Behind "if": the end of the condition. */
static int condition_end(const struct flow *f, int i)
{
    static const char *const states[] = { "valid",       "invalid", "approved",  "rejected",
                                          "successful",  "correct", "incorrect", "available",
                                          "paid",        "found",   "ok",        "true",
                                          "false",       "empty",   "ready",     "accepted",
                                          "confirmed",   "needed",  "required",  "missing",
                                          "unavailable", NULL };
    int at = i + (ct_word_is(f->r, i, "not") ? 1 : 0);
    if (word_in(f->r, at, states) && ct_is_word(f->r, at + 1) && !ct_word_is(f->r, at + 1, "and") &&
        !ct_word_is(f->r, at + 1, "or"))
        return at + 1;
    if ((ct_word_is(f->r, i, "it") && ct_word_is(f->r, i + 1, "is")) && ct_is_word(f->r, i + 2)) {
        int plain = i;
        while (plain < f->stop && !ends_here(f, plain) && !ct_is_mark(f->r, plain, ','))
            plain++;
        bool whole = ct_is_mark(f->r, plain, ',') || ct_word_is(f->r, plain, "then");
        if (f->commas && ct_is_word(f->r, i + 3) && !(whole && plain < i + 5))
            return i + 3; /* "if it is raining take an umbrella" */
    }
    while (i < f->stop && !ends_here(f, i) && !ct_is_mark(f->r, i, ',') &&
           !ct_is_mark(f->r, i, ':'))
        i++;
    return i;
}

/* "if valid" at i; returns the token where its consequence starts. */
static int read_if(struct flow *f, int i)
{
    struct ct_reader *r = f->r;
    int end = condition_end(f, i + 1);
    if (end == i + 1)
        return i + 1;
    if (f->joins)
        join(f);
    ct_mark(r, i, i + 1, CT_USE_SILENT, NULL, NULL);
    int last = f->n_ends == 1 ? f->ends[0].node : -1;
    f->decision = add_box(f, i + 1, end, true);
    f->before = last;
    f->n_ends = 0;
    leave_open(f->ends, &f->n_ends, f->decision, "Yes");
    f->open = "No";
    f->branch = false;
    while (end < f->stop && (ct_is_mark(r, end, ',') || ct_is_mark(r, end, ':') ||
                             ct_word_is(r, end, "then") || r->tokens[end].kind == CT_TOKEN_ARROW))
        end++;
    return end;
}

/* The other branch of the last question. */
static void begin_branch(struct flow *f, const char *answer)
{
    if (f->dead)
        f->n_ends = 0;
    f->dead = false;
    if (f->branch || f->n_ends != 1 || f->ends[0].node != f->decision)
        for (int i = 0; i < f->n_ends; i++)
            leave_open(f->loose, &f->n_loose, f->ends[i].node, f->ends[i].label);
    f->n_ends = 0;
    leave_open(f->ends, &f->n_ends, f->decision, answer);
    f->open = NULL;
    f->branch = true;
    f->joins = false;
}

/* One statement at i; returns the token behind it. */
static int read_statement(struct flow *f, int i)
{
    struct ct_reader *r = f->r;
    int behind = i;
    const char *answer = f->decision >= 0 ? answer_at(r, i, &behind) : NULL;
    bool other = f->decision >= 0 && is_else(r, i), after_if = false;
    if (answer || other) {
        begin_branch(f, answer ? answer : "No");
        ct_mark(r, i, i + 1, CT_USE_SILENT, NULL, NULL);
        i = answer ? behind : i + 1;
        while (i < f->stop && (ct_is_mark(r, i, ',') || ct_is_mark(r, i, ':') ||
                               ct_word_is(r, i, "then") || r->tokens[i].kind == CT_TOKEN_ARROW))
            i++;
    }
    if (is_if(r, i)) {
        i = read_if(f, i);
        after_if = true;
    }
    int end = i;
    while (!ends_here(f, end) || end == i) {
        if (end >= f->stop || (end == i && ends_here(f, end)))
            break;
        bool stops = after_if && ct_is_mark(r, end, ',') && end > i;
        if (stops)
            break;
        end++;
    }
    if (end > i) {
        read_step(f, i, end);
        if (after_if || other)
            f->joins = true;
    }
    return end;
}

/* What parts two statements and belongs to neither. */
static bool is_gap(const struct flow *f, int i)
{
    const struct ct_reader *r = f->r;
    return r->tokens[i].use != CT_USE_FREE || r->tokens[i].kind == CT_TOKEN_ARROW ||
           r->tokens[i].kind == CT_TOKEN_BREAK || r->tokens[i].kind == CT_TOKEN_MARK ||
           ct_word_is(r, i, "then") || is_numbering(r, i);
}

/* Past the joint at i; a full stop behind branches told by "yes" and "no" joins them. */
static int skip_joint(struct flow *f, int i)
{
    const struct ct_reader *r = f->r;
    if (i < f->stop && f->branch && (ct_is_mark(r, i, '.') || r->tokens[i].kind == CT_TOKEN_BREAK ||
                                     ct_word_is(r, i, "then")))
        f->joins = true;
    return i + 1;
}

/* Does the prompt branch, or tell a flow chart in sentences? */
static bool is_told(const struct ct_reader *r, int first)
{
    int stops = 0, behind, steps = 0;
    bool arrows = false, flow = false;
    for (int i = r->page_end > 2 ? r->page_end - 2 : 0; i < r->page_end; i++)
        flow |= ct_word_is(r, i, "flowchart") || ct_word_is(r, i, "flow") ||
                ct_word_is(r, i, "workflow") || ct_word_is(r, i, "process");
    for (int i = first; i < r->n; i++) {
        if (r->tokens[i].use != CT_USE_FREE)
            continue;
        if (is_else(r, i) || ct_word_is(r, i, "whether") || (i > first && answer_at(r, i, &behind)))
            return true;
        if (is_if(r, i) && ct_is_word(r, i + 1))
            return true;
        arrows |= r->tokens[i].kind == CT_TOKEN_ARROW;
        steps += r->tokens[i].kind == CT_TOKEN_QUOTED;
        steps += is_numbering(r, i);
        stops += (ct_is_mark(r, i, '.') && i + 1 < r->n) || ct_word_is(r, i, "then");
    }
    return flow && !arrows && !steps && stops >= 2 && first > r->page_end;
}

bool ct_diagram_flow(struct ct_reader *r)
{
    struct flow f = { .r = r, .stop = r->n, .decision = -1, .before = -1 };
    int first = r->page_end;
    for (int i = r->page_end; i < r->n && first == r->page_end; i++)
        if (ct_is_mark(r, i, ':') && r->tokens[i].use == CT_USE_FREE && i + 1 < r->n)
            first = i + 1;
    if (first == r->page_end) /* "... for returns. Check the item ..." */
        for (int i = r->page_end; i + 1 < r->n && first == r->page_end; i++)
            if (ct_is_mark(r, i, '.') || r->tokens[i].kind == CT_TOKEN_BREAK ||
                r->tokens[i].kind == CT_TOKEN_ARROW)
                first = r->tokens[i].kind == CT_TOKEN_ARROW ? i : i + 1;
    if (first == r->page_end || !is_told(r, first))
        return false;
    if (r->tokens[first].kind == CT_TOKEN_ARROW)
        first = r->page_end;
    bool parted = false;
    for (int i = first; i + 1 < r->n; i++)
        parted |= r->tokens[i].kind == CT_TOKEN_ARROW || ct_is_mark(r, i, '.') ||
                  ct_is_mark(r, i, ';') || r->tokens[i].kind == CT_TOKEN_BREAK;
    f.commas = !parted;
    for (int i = first; i < f.stop;) {
        int end = r->tokens[i].use == CT_USE_FREE ? read_statement(&f, i) : i;
        i = end < f.stop && (is_gap(&f, end) || end == i) ? skip_joint(&f, end) : end;
    }
    return r->intent->n_nodes > 1;
}
