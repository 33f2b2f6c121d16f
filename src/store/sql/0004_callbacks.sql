-- Callbacks: who is told of a task's end, and what is still to be told (docs/callbacks.md).
-- Times are milliseconds since 1970.
CREATE TABLE callbacks (
    job_id   TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
    url      TEXT NOT NULL,
    base_url TEXT NOT NULL                     -- "https://host" of the URLs in what is told
) WITHOUT ROWID;

-- Written with the end of the job, and outlives it. Delivered: delivered_ms; dead: neither
-- delivered_ms nor next_ms; else pending.
CREATE TABLE deliveries (
    id           TEXT PRIMARY KEY,             -- evt_ and 32 hex digits: the webhook-id
    job_id       TEXT NOT NULL,
    key_id       TEXT NOT NULL,                -- whose secret signs
    type         TEXT NOT NULL,                -- task.completed | task.failed | task.cancelled
    url          TEXT NOT NULL,
    host         TEXT NOT NULL,                -- of the URL: a slow one takes only its own share
    body         BLOB NOT NULL,                -- the same bytes at every attempt
    created_ms   INTEGER NOT NULL,
    first_ms     INTEGER NOT NULL,             -- when the schedule began: at the end, or redelivery
    next_ms      INTEGER,                      -- when to try (again)
    attempts     INTEGER NOT NULL DEFAULT 0,   -- of this schedule
    last_ms      INTEGER,                      -- of the last attempt, and what came of it:
    status       INTEGER,                      -- what the host answered; 0: nothing
    error        TEXT,
    delivered_ms INTEGER
) WITHOUT ROWID;
CREATE INDEX deliveries_due ON deliveries (next_ms) WHERE next_ms IS NOT NULL;
CREATE INDEX deliveries_newest ON deliveries (created_ms);

-- Secrets are derived from the server's own; only how often one was changed is kept.
CREATE TABLE callback_secrets (
    key_id     TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    rotated_ms INTEGER NOT NULL                -- the one before still signs for a while
) WITHOUT ROWID;
