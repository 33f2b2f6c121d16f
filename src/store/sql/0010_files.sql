-- The Files API: what clients left here to be named by id. Times are milliseconds since 1970. The
-- bytes are DATA/files/ID.
CREATE TABLE files (
    id         TEXT PRIMARY KEY,               -- file- and 32 hex digits
    key_id     TEXT NOT NULL,                  -- who may see it; '' while no key exists
    purpose    TEXT NOT NULL,
    filename   TEXT NOT NULL,
    bytes      INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER                         -- NULL: never
) WITHOUT ROWID;
CREATE INDEX files_of_key ON files (key_id, created_ms, id);
CREATE INDEX files_expiring ON files (expires_ms) WHERE expires_ms IS NOT NULL;
