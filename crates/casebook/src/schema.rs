//! The tables, and what a file must be to be a casebook.

/// Marks a SQLite file as a casebook ("Thrl").
pub(crate) const APPLICATION_ID: i32 = 0x5468_726c;

/// The version of the tables below.
pub(crate) const VERSION: i32 = 1;

/// What is kept: entries in order of arrival, their payloads apart so that one can be removed on a
/// court's order while the chain still verifies, and the original bytes.
pub(crate) const KEPT: &str = "
CREATE TABLE ledger (
    seq       INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,
    recorded  INTEGER NOT NULL,
    document  INTEGER,
    content   BLOB NOT NULL,
    payload   BLOB NOT NULL,
    chain     BLOB NOT NULL
) STRICT;
CREATE INDEX ledger_kind ON ledger (kind, seq);
CREATE INDEX ledger_document ON ledger (document, seq);
CREATE TABLE payload (
    seq  INTEGER PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;
CREATE TABLE original (
    document INTEGER PRIMARY KEY,
    bytes    BLOB NOT NULL
) STRICT;
";

/// What is derived. `local` rows are in force from `begins` until `ends` (moments of recording), so
/// that what a casebook said on a day can be derived again. A `reference` is from an assertion to a
/// mention of another document. A `record` row belongs to the block of the mention it is named by,
/// and holds what lists show of the present.
pub(crate) const DERIVED: &str = "
CREATE TABLE document (
    document  INTEGER PRIMARY KEY,
    seq       INTEGER NOT NULL,
    recorded  INTEGER NOT NULL,
    source    TEXT,
    title     TEXT,
    published TEXT,
    day       INTEGER,
    url       TEXT,
    reader    TEXT
) STRICT;
CREATE INDEX document_day ON document (day, document);
CREATE TABLE forgotten (
    document INTEGER PRIMARY KEY,
    seq      INTEGER NOT NULL
) STRICT;
CREATE TABLE local (
    head     INTEGER NOT NULL,
    begins   INTEGER NOT NULL,
    ends     INTEGER,
    document INTEGER NOT NULL,
    block    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (head, begins)
) STRICT, WITHOUT ROWID;
CREATE INDEX local_block ON local (block);
CREATE INDEX local_document ON local (document);
CREATE TABLE mention (
    mention INTEGER NOT NULL,
    block   TEXT NOT NULL,
    head    INTEGER NOT NULL,
    begins  INTEGER NOT NULL,
    PRIMARY KEY (mention, head, begins)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_block ON mention (block);
CREATE TABLE assertion (
    assertion INTEGER NOT NULL,
    document  INTEGER NOT NULL,
    head      INTEGER NOT NULL,
    begins    INTEGER NOT NULL,
    PRIMARY KEY (assertion, head, begins)
) STRICT, WITHOUT ROWID;
CREATE TABLE reference (
    mention INTEGER NOT NULL,
    block   TEXT NOT NULL,
    head    INTEGER NOT NULL,
    begins  INTEGER NOT NULL,
    PRIMARY KEY (mention, head, begins)
) STRICT, WITHOUT ROWID;
CREATE INDEX reference_head ON reference (head, begins);
CREATE TABLE record (
    record    INTEGER PRIMARY KEY,
    kind      INTEGER NOT NULL,
    block     TEXT NOT NULL,
    name      TEXT NOT NULL,
    published TEXT,
    happened  INTEGER NOT NULL,
    mentions  INTEGER NOT NULL,
    held      TEXT NOT NULL,
    names     TEXT NOT NULL
) STRICT;
CREATE INDEX record_kind ON record (kind, happened, record);
CREATE INDEX record_block ON record (block);
CREATE TABLE unsettled (
    block TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    title, text, content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2'
);
";

/// The derived tables that are compared row by row, with their columns.
pub(crate) const COMPARED: &[(&str, &str)] = &[
    ("document", "document, seq, recorded, source, title, published, day, url, reader"),
    ("forgotten", "document, seq"),
    ("local", "head, begins, ends, document, block, body"),
    ("mention", "mention, block, head, begins"),
    ("assertion", "assertion, document, head, begins"),
    ("reference", "mention, block, head, begins"),
    ("record", "record, kind, block, name, published, happened, mentions, held, names"),
];
