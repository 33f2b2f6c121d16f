-- The content cache: what was drawn for which request (docs/replay.md). Milliseconds since 1970.
CREATE TABLE cache (
    key        BLOB PRIMARY KEY,               -- SHA-256 of tenant, request, inputs and engine
    created_ms INTEGER NOT NULL,
    used_ms    INTEGER NOT NULL,               -- to within a minute: the least used go first
    bytes      INTEGER NOT NULL,               -- of its pictures
    warnings   TEXT                            -- JSON array; NULL: none
) WITHOUT ROWID;
CREATE INDEX cache_created ON cache (created_ms);
CREATE INDEX cache_used ON cache (used_ms);

CREATE TABLE cache_pictures (
    key   BLOB NOT NULL REFERENCES cache (key) ON DELETE CASCADE,
    idx   INTEGER NOT NULL,
    name  TEXT NOT NULL,                       -- in DATA/pictures
    bytes INTEGER NOT NULL,
    seed  INTEGER NOT NULL,
    PRIMARY KEY (key, idx)
) WITHOUT ROWID;
CREATE INDEX cache_pictures_name ON cache_pictures (name);

-- Requests that were answered from the cache at the same moment share a row of the ledger.
ALTER TABLE ledger ADD COLUMN requests INTEGER NOT NULL DEFAULT 1;
