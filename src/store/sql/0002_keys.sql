-- API keys. Of a secret only its SHA-256 is kept. Times are milliseconds since 1970.
CREATE TABLE api_keys (
    id            TEXT PRIMARY KEY,            -- key_ and 12 hex digits
    hash          BLOB NOT NULL UNIQUE,        -- SHA-256 of the secret
    old_hash      BLOB,                        -- of the secret before a rotation
    old_until_ms  INTEGER,                     -- how long that one is good
    name          TEXT NOT NULL,
    project       TEXT NOT NULL DEFAULT '',
    scopes        TEXT NOT NULL,               -- words with a blank between them
    models        TEXT NOT NULL DEFAULT '',    -- ids with a blank between them; '': any
    created_ms    INTEGER NOT NULL,
    expires_ms    INTEGER,                     -- NULL: never
    revoked_ms    INTEGER,
    last_used_ms  INTEGER,                     -- to within some seconds
    rpm           INTEGER,                     -- requests, images, tokens a minute; NULL: any number
    ipm           INTEGER,
    tpm           INTEGER,
    concurrency   INTEGER,                     -- jobs at once
    budget_day    INTEGER,                     -- nano-dollars; NULL: no limit
    budget_month  INTEGER,
    budget_total  INTEGER,
    budget_user   INTEGER                      -- of each `user` in a month
) WITHOUT ROWID;

-- Counts the changes, so that a server notices those of another process. Being used is none.
CREATE TABLE api_keys_revision (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    revision INTEGER NOT NULL
);
INSERT INTO api_keys_revision VALUES (1, 0);
CREATE TRIGGER api_keys_made AFTER INSERT ON api_keys BEGIN
    UPDATE api_keys_revision SET revision = revision + 1;
END;
CREATE TRIGGER api_keys_changed AFTER UPDATE OF hash, old_hash, old_until_ms, name, project, scopes,
    models, expires_ms, revoked_ms, rpm, ipm, tpm, concurrency, budget_day, budget_month,
    budget_total, budget_user ON api_keys BEGIN
    UPDATE api_keys_revision SET revision = revision + 1;
END;
