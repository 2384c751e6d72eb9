-- Plans of links that are being made together; a plan is gone once its links are made.
CREATE TABLE batches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    site TEXT NOT NULL,
    key_id TEXT NOT NULL,
    key_name TEXT NOT NULL,
    public_key_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- JSON: an array with the address, the end and the note of each link.
    links TEXT NOT NULL
) STRICT;

-- Apart from the plan, which is long and never changes.
CREATE TABLE batch_progress (
    batch INTEGER PRIMARY KEY,
    -- A byte for each link: 1 where it has its entry.
    made BLOB NOT NULL
) STRICT;

CREATE INDEX entries_by_key ON entries (key_id);
