/* A prompt cut into words, numbers, quoted texts, colours, arrows and marks.
 *
 * Tokens borrow the prompt's bytes. Hyphens part words ("close-up" is two), so that a phrase is
 * found however it is written; slices from token to token give back exactly what was written. */
#ifndef CT_SCENE_TOKEN_H
#define CT_SCENE_TOKEN_H

#include "base/arena.h"
#include "base/err.h"

enum ct_token_kind {
    CT_TOKEN_WORD,
    CT_TOKEN_NUMBER, /* digits, with '.' or ',' between them */
    CT_TOKEN_QUOTED,
    CT_TOKEN_HEX, /* #RRGGBB or #RGB */
    CT_TOKEN_ARROW,
    CT_TOKEN_BREAK, /* end of a line */
    CT_TOKEN_MARK,  /* punctuation */
};

enum ct_arrow_flags {
    CT_ARROW_BACK = 1, /* <- */
    CT_ARROW_BOTH = 2, /* <-> */
    CT_ARROW_DASHED = 4,
};

/* What reading made of a token: becomes the notes. */
enum ct_use {
    CT_USE_FREE,       /* nothing yet; still so at the end: ignored */
    CT_USE_SILENT,     /* a function word: needs no note */
    CT_USE_UNDERSTOOD, /* first token of a note; the others are CONTINUED */
    CT_USE_SCENE_ONLY, /* understood in a 3D scene, ignored on a page */
    CT_USE_SUBSTITUTED,
    CT_USE_SCENE_NEAR, /* substituted in a 3D scene, ignored on a page */
    CT_USE_IGNORED,
    CT_USE_CONTINUED,
};

struct ct_token {
    struct ct_slice text;     /* as written; of a quoted one with its quotes */
    const char *said;         /* the English words it stands for; NULL: its own (foreign.c) */
    const char *what, *which; /* of a note's first token: "object", "mug"; may be NULL */
    uint8_t kind;             /* enum ct_token_kind */
    uint8_t use;              /* enum ct_use */
    uint8_t open, close;      /* bytes of the quotes of a quoted text */
    uint8_t arrow;            /* enum ct_arrow_flags */
    char mark;                /* ASCII sense of a mark: ',' also for U+3001; 0 for others */
    bool tight;               /* nothing between it and the token before */
    bool joined;              /* only a hyphen between it and the word before */
};

/* *out has *n tokens and lives in the arena. Any bytes are taken; linear. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_tokens_read(struct ct_token **out, int *n, struct ct_arena *arena,
                                    struct ct_slice text, struct ct_err *err);
/* The words inside the quotes. */
struct ct_slice ct_token_quoted(const struct ct_token *token);
/* Its text, or the English words it stands for. */
struct ct_slice ct_token_said(const struct ct_token *token);
/* What was written from the first to the last token, both included. */
struct ct_slice ct_tokens_slice(const struct ct_token *first, const struct ct_token *last);

#endif
