//! The tables, and what a file must be to be a casebook.

/// Marks a SQLite file as a casebook ("Thrl").
pub(crate) const APPLICATION_ID: i32 = 0x5468_726c;

/// The version of what is kept, which is only ever added to: [`KEPT`] since 1, [`KEPT_SINCE_2`] since
/// 2, documents with their medium since 3, grades and modes of claims since 4, documents with the file
/// that they came in, codings and codebooks since 5, leads that were judged to be none since 6,
/// tombstones with what stands for the mentions that went since 7, with the mentions that nothing stands
/// for and what stays of judgments that went since 8.
pub(crate) const VERSION: i32 = 8;

/// The version of what is derived: it is raised with the form of the tables in [`DERIVED`], and
/// whenever the same ledger gives other rows, since a stage has changed. Tables of another version
/// are made anew from the ledger.
pub(crate) const DERIVATION: i64 = 20;

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

/// The bytes of pictures, each once, however many documents have it. The ledger's captures name them
/// by their hashes, so that they are as provable as original bytes.
pub(crate) const KEPT_SINCE_2: &str = "
CREATE TABLE IF NOT EXISTS picture (
    sha256 BLOB PRIMARY KEY,
    bytes  BLOB NOT NULL
) STRICT;
";

/// What is derived. `local` rows are in force from `begins` until `ends` (moments of recording), so
/// that what a casebook said on a day can be derived again.
/// The index over blocks holds what is `indexed` of a local, so that the block of a name in very many
/// documents is read without going to each of them; where that is all of it there is no `body`.
/// `assertion` says where each was ever read. Rows that many documents add to are found by small
/// integers, since ids are spread evenly: every index over ids costs a page for each new one.
/// A document is in view from `since` on, the day `day`: from when it was published or last changed.
/// Its `told` is a hash of its words, equal for a message and for one that passes it on; its `opening`
/// is how it begins, where it has no title to be known by, its `outline` what of its words tells which
/// incident it reports.
/// `pictured` says which document has which picture, `sight` what those look like whose bytes are
/// kept, `referred` to which other documents one refers. A `reference` is from an assertion to a
/// mention of another document. A `record` row belongs to the block of the mention it is named by,
/// and holds what lists show of the present; the record is in view from the day `since` on, from `last` on all
/// its documents are, and from `until` on all of its block. `weighed` has what counts ask of it, in order
/// of ids and so of kinds, with whether anything is held, `called` the names that it goes by as they are
/// compared; of one with many mentions `whole` has what is shown beyond that, apart from the rows that lists go
/// through; `speaking` has the mentions that a record's values and parties
/// are, in which other records it speaks of. Of blocks whose fold compares much, `folded` has which
/// locals a record has, in order of publication, and why. `unsettled` says from which day of publication
/// on a block must be folded again, if at all, and `touched` of which of its mentions something else may be held.
pub(crate) const DERIVED: &str = "
CREATE TABLE document (
    document  INTEGER PRIMARY KEY,
    seq       INTEGER NOT NULL,
    recorded  INTEGER NOT NULL,
    source    TEXT,
    title     TEXT,
    published TEXT,
    since     TEXT,
    day       INTEGER NOT NULL,
    url       TEXT,
    item      TEXT,
    file      TEXT,
    told      INTEGER,
    opening   TEXT,
    outline   BLOB,
    reader    TEXT
) STRICT;
CREATE INDEX document_day ON document (day, document);
CREATE INDEX document_item ON document (source, item) WHERE item IS NOT NULL;
CREATE INDEX document_told ON document (told, source) WHERE told IS NOT NULL;
CREATE TABLE pictured (
    document INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    sha256   BLOB NOT NULL,
    picture  INTEGER NOT NULL,
    PRIMARY KEY (document, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX pictured_by ON pictured (sha256, document);
CREATE INDEX pictured_id ON pictured (picture, sha256);
CREATE TABLE sight (
    sha256   BLOB PRIMARY KEY,
    kind     TEXT,
    width    INTEGER,
    height   INTEGER,
    likeness BLOB,
    unseen   TEXT,
    look     INTEGER NOT NULL
) STRICT;
CREATE TABLE referred (
    document INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    relation TEXT NOT NULL,
    source   TEXT,
    item     TEXT,
    PRIMARY KEY (document, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX referred_to ON referred (source, item);
CREATE TABLE forgotten (
    document INTEGER PRIMARY KEY,
    seq      INTEGER NOT NULL
) STRICT;
CREATE TABLE local (
    local    INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    head     INTEGER NOT NULL,
    begins   INTEGER NOT NULL,
    ends     INTEGER,
    block    TEXT NOT NULL,
    indexed  BLOB,
    body     BLOB
) STRICT;
CREATE INDEX local_document ON local (document);
CREATE INDEX local_block ON local (block, indexed, document, begins, ends);
CREATE TABLE mention (
    mention INTEGER NOT NULL,
    local   INTEGER NOT NULL,
    PRIMARY KEY (mention, local)
) STRICT, WITHOUT ROWID;
CREATE TABLE assertion (
    assertion INTEGER NOT NULL,
    document  INTEGER NOT NULL,
    PRIMARY KEY (assertion, document)
) STRICT, WITHOUT ROWID;
CREATE TABLE reference (
    mention INTEGER NOT NULL,
    local   INTEGER NOT NULL,
    PRIMARY KEY (mention, local)
) STRICT, WITHOUT ROWID;
CREATE TABLE record (
    record    INTEGER PRIMARY KEY,
    kind      INTEGER NOT NULL,
    block     TEXT NOT NULL,
    name      TEXT NOT NULL,
    published TEXT,
    happened  INTEGER NOT NULL,
    mentions  INTEGER NOT NULL,
    held      TEXT NOT NULL,
    names     TEXT NOT NULL,
    since     INTEGER NOT NULL,
    last      INTEGER NOT NULL,
    until     INTEGER NOT NULL,
    earliest  INTEGER NOT NULL
) STRICT;
CREATE INDEX record_kind ON record (kind, happened, record, since, until);
CREATE INDEX record_block ON record (block);
CREATE TABLE weighed (
    record    INTEGER PRIMARY KEY,
    block     TEXT NOT NULL,
    since     INTEGER NOT NULL,
    last      INTEGER NOT NULL,
    holds     INTEGER NOT NULL,
    name      TEXT NOT NULL,
    published TEXT,
    body      BLOB NOT NULL
) STRICT;
CREATE TABLE called (
    name   TEXT NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (name, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX called_record ON called (record);
CREATE TABLE whole (
    record INTEGER PRIMARY KEY,
    body   BLOB NOT NULL
) STRICT;
CREATE TABLE speaking (
    mention INTEGER NOT NULL,
    record  INTEGER NOT NULL,
    PRIMARY KEY (mention, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX speaking_record ON speaking (record);
CREATE TABLE folded (
    record INTEGER NOT NULL,
    place  INTEGER NOT NULL,
    local  INTEGER NOT NULL,
    body   BLOB NOT NULL,
    PRIMARY KEY (record, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX folded_local ON folded (local);
CREATE TABLE derivation (
    version INTEGER NOT NULL
) STRICT;
CREATE TABLE unsettled (
    block TEXT PRIMARY KEY,
    day   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE touched (
    block   TEXT NOT NULL,
    mention INTEGER NOT NULL,
    PRIMARY KEY (block, mention)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    title, text, content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2'
);
";

/// The derived tables that are compared, each with the rows that must be equal; `{}` stands for the
/// schema they are in.
pub(crate) const COMPARED: &[(&str, &str)] = &[
    (
        "document",
        "SELECT document, seq, recorded, source, title, published, since, day, url, item, file, told,
             opening, outline, reader
         FROM {}.document",
    ),
    ("pictured", "SELECT document, place, sha256, picture FROM {}.pictured"),
    ("sight", "SELECT sha256, kind, width, height, likeness, unseen, look FROM {}.sight"),
    ("referred", "SELECT document, place, relation, source, item FROM {}.referred"),
    ("forgotten", "SELECT document, seq FROM {}.forgotten"),
    ("local", "SELECT document, head, begins, ends, block, indexed, body FROM {}.local"),
    (
        "mention",
        "SELECT m.mention, l.document, l.head, l.begins
         FROM {}.mention m LEFT JOIN {}.local l ON l.local = m.local",
    ),
    ("assertion", "SELECT assertion, document FROM {}.assertion"),
    (
        "reference",
        "SELECT r.mention, l.document, l.head, l.begins
         FROM {}.reference r LEFT JOIN {}.local l ON l.local = r.local",
    ),
    (
        "record",
        "SELECT record, kind, block, name, published, happened, mentions, held, names, since, last,
             until, earliest
         FROM {}.record",
    ),
    (
        "weighed",
        "SELECT record, block, since, last, holds, name, published, body FROM {}.weighed",
    ),
    ("called", "SELECT name, record FROM {}.called"),
    ("whole", "SELECT record, body FROM {}.whole"),
    ("speaking", "SELECT mention, record FROM {}.speaking"),
    (
        "folded",
        "SELECT f.record, f.place, l.document, l.head, l.begins, f.body
         FROM {}.folded f LEFT JOIN {}.local l ON l.local = f.local",
    ),
];
