PRAGMA application_id=1399287412;
PRAGMA user_version=2;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
INSERT INTO entries VALUES(1,'https://docs.example.com/a.pdf','https://docs.example.com','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','Client papers','K2JCJMDEHXQW5F','sha1',1795608000,NULL,NULL,NULL,1795521600,'',unistr('a.pdf\u000adocs.example.com\u000aclient papers\u000a'));
INSERT INTO entries VALUES(3,'https://docs.example.com/reports/R%C3%A9sum%C3%A9.pdf?v=1','https://docs.example.com','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','Board','K2JCJMDEHXQW5F','sha256',1796126400,1795521599,'203.0.113.0/24','https://docs.example.com/reports/*',1795521600,'for Ms O''Hara',unistr('résumé.pdf\u000adocs.example.com\u000aboard\u000afor ms o''hara'));
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

CREATE TABLE batch_progress (
    batch INTEGER PRIMARY KEY,
    -- A byte for each link: 1 where it has its entry.
    made BLOB NOT NULL
) STRICT;
INSERT INTO batches VALUES(1,'https://docs.example.com','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','Client papers','K2JCJMDEHXQW5F','sha1',1795521600,'[{"url":"https://docs.example.com/R%C3%A9sum%C3%A9.pdf","expires_at":1795608000},{"url":"https://docs.example.com/b.pdf","expires_at":1795608000,"note":"for Ms O''Hara"}]');
INSERT INTO batch_progress VALUES(1,x'0100');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('entries',4);
INSERT INTO sqlite_sequence VALUES('batches',1);
CREATE INDEX entries_by_name ON entries (searched, key_id, expires_at, starts_after);
CREATE INDEX entries_by_end ON entries (expires_at);
CREATE INDEX entries_by_key ON entries (key_id);
COMMIT;
