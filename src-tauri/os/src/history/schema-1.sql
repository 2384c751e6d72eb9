CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    site TEXT NOT NULL,
    key_id TEXT NOT NULL,
    key_name TEXT NOT NULL,
    public_key_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    starts_after INTEGER,
    network TEXT,
    resource TEXT,
    created_at INTEGER NOT NULL,
    note TEXT NOT NULL,
    -- File name, host, key's name and note in small letters, a line each.
    searched TEXT NOT NULL
) STRICT;

-- Holds all that a search asks for, so that it need not read the rows.
CREATE INDEX entries_by_name ON entries (searched, key_id, expires_at, starts_after);

CREATE INDEX entries_by_end ON entries (expires_at);
