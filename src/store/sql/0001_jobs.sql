-- Jobs: one row from acceptance to expiry (docs/jobs.md). Times are milliseconds since 1970.
CREATE TABLE jobs (
    id            TEXT PRIMARY KEY,            -- imgtask_ and 32 hex digits
    request_id    TEXT NOT NULL UNIQUE,        -- x-request-id of the request that made it
    key_id        TEXT NOT NULL,               -- who may see it; '' while no key exists
    state         INTEGER NOT NULL,            -- enum ct_job_state
    lane          INTEGER NOT NULL,            -- enum ct_lane
    durable       INTEGER NOT NULL,            -- 1: outlives its client and a restart
    engine        TEXT NOT NULL,
    operation     TEXT NOT NULL,
    model         TEXT NOT NULL,
    n             INTEGER NOT NULL,
    size          TEXT NOT NULL,
    quality       TEXT NOT NULL,
    format        TEXT NOT NULL,
    background    TEXT NOT NULL,
    safety_identifier TEXT,
    extended      INTEGER NOT NULL,            -- the contract it was accepted under
    reply_as      INTEGER NOT NULL,            -- enum ct_reply_as
    body          BLOB,                        -- the request, to be read again; NULL after the end
    created_ms    INTEGER NOT NULL,
    started_ms    INTEGER,
    ended_ms      INTEGER,
    deadline_ms   INTEGER,                     -- not begun by then: expired
    expires_ms    INTEGER,                     -- row and pictures may go
    attempts      INTEGER NOT NULL DEFAULT 0,  -- times it was begun
    error_code    INTEGER,                     -- enum ct_code, of an end that is not done
    error_param   TEXT,
    error_message TEXT,
    text_tokens_in   INTEGER NOT NULL DEFAULT 0,
    image_tokens_in  INTEGER NOT NULL DEFAULT 0,
    image_tokens_out INTEGER NOT NULL DEFAULT 0,
    warnings      TEXT                         -- JSON array; NULL: none
) WITHOUT ROWID;

-- What is not at its end: read at start, and small whatever the history.
CREATE INDEX jobs_open ON jobs (created_ms) WHERE ended_ms IS NULL;
CREATE INDEX jobs_of_key ON jobs (key_id, created_ms);
CREATE INDEX jobs_expiring ON jobs (expires_ms) WHERE expires_ms IS NOT NULL;

CREATE TABLE job_pictures (
    job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    idx    INTEGER NOT NULL,
    name   TEXT NOT NULL,                      -- in DATA/pictures
    bytes  INTEGER NOT NULL,
    seed   INTEGER NOT NULL,
    PRIMARY KEY (job_id, idx)
) WITHOUT ROWID;
CREATE INDEX job_pictures_name ON job_pictures (name);
