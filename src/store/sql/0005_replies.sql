-- Replies to requests with an Idempotency-Key (docs/replay.md). Times are milliseconds since 1970.
CREATE TABLE replies (
    id           BLOB PRIMARY KEY,             -- SHA-256 of the API key's id and the Idempotency-Key
    fingerprint  BLOB NOT NULL,                -- SHA-256 of method, path and body
    job_id       TEXT NOT NULL DEFAULT '',     -- whose reply it is; '': of a cached one
    state        INTEGER NOT NULL,             -- enum ct_reply_state
    created_ms   INTEGER NOT NULL,
    expires_ms   INTEGER NOT NULL,
    status       INTEGER NOT NULL DEFAULT 0,   -- and the rest of what was answered:
    content_type TEXT NOT NULL DEFAULT '',
    fields       TEXT NOT NULL DEFAULT '',     -- "name: value" and a line feed, each
    body         BLOB,                         -- NULL: in DATA/replies, named by the id
    bytes        INTEGER NOT NULL DEFAULT 0    -- of that file
) WITHOUT ROWID;
CREATE INDEX replies_expiring ON replies (expires_ms);
CREATE INDEX replies_executing ON replies (job_id) WHERE state = 0;
CREATE INDEX replies_in_files ON replies (created_ms) WHERE bytes > 0;

-- Pictures that a kept reply names by URL: they stay as long as it does.
CREATE TABLE reply_pictures (
    reply_id BLOB NOT NULL REFERENCES replies (id) ON DELETE CASCADE,
    name     TEXT NOT NULL,                    -- in DATA/pictures
    PRIMARY KEY (reply_id, name)
) WITHOUT ROWID;
CREATE INDEX reply_pictures_name ON reply_pictures (name);
