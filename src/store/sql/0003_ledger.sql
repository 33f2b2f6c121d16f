-- Money in nano-dollars (docs/keys-and-money.md). One row for each job that may cost something.
CREATE TABLE ledger (
    job_id      TEXT PRIMARY KEY,
    request_id  TEXT NOT NULL,
    key_id      TEXT NOT NULL,                 -- '' while no key exists
    user_id     TEXT NOT NULL DEFAULT '',      -- safety_identifier or user
    model       TEXT NOT NULL,
    engine      TEXT NOT NULL,
    simulated   INTEGER NOT NULL,              -- 1: list price of work that nobody is billed for
    state       INTEGER NOT NULL,              -- enum ct_ledger_state
    at_ms       INTEGER NOT NULL,              -- when it was reserved: the day and month it counts in
    reserved    INTEGER NOT NULL,              -- the worst case, while it is open
    ended_ms    INTEGER,
    failed      INTEGER NOT NULL DEFAULT 0,
    cached      INTEGER NOT NULL DEFAULT 0,
    pictures    INTEGER NOT NULL DEFAULT 0,
    text_tokens_in   INTEGER NOT NULL DEFAULT 0,
    image_tokens_in  INTEGER NOT NULL DEFAULT 0,
    image_tokens_out INTEGER NOT NULL DEFAULT 0,
    cost_real        INTEGER NOT NULL DEFAULT 0,
    cost_simulated   INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX ledger_open ON ledger (at_ms) WHERE state = 0;
CREATE INDEX ledger_ended ON ledger (ended_ms) WHERE ended_ms IS NOT NULL;

-- The same summed up, in the same transaction: reports and budgets need not the rows, which may go.
CREATE TABLE usage_days (
    day      INTEGER NOT NULL,                 -- since 1970-01-01, UTC
    key_id   TEXT NOT NULL,
    user_id  TEXT NOT NULL,
    model    TEXT NOT NULL,
    requests INTEGER NOT NULL,
    failed   INTEGER NOT NULL,
    cached   INTEGER NOT NULL,
    pictures INTEGER NOT NULL,
    text_tokens_in   INTEGER NOT NULL,
    image_tokens_in  INTEGER NOT NULL,
    image_tokens_out INTEGER NOT NULL,
    cost_real        INTEGER NOT NULL,
    cost_simulated   INTEGER NOT NULL,
    PRIMARY KEY (day, key_id, user_id, model)
) WITHOUT ROWID;
CREATE INDEX usage_days_of_key ON usage_days (key_id, day);
