//! `throughline import assertions`: JSON lines, a bounded number of documents at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::path::Path;

use anyhow::{Context, bail};
use throughline_casebook::{
    Along, Casebook, Disposition, EntryKind, Item, Remains, Stored, Successors, Tombstone,
};
use throughline_formats::counts::read_saved;
use throughline_formats::lines::{self, Line, Removal};
use throughline_model::{
    Assertion, Document, DocumentId, Judgment, Mention, MentionId, Passage, Reading,
};

use super::{Brought, input};
use crate::output::counted;

/// How many documents become durable together.
const BATCH: usize = 256;

pub(super) fn import(path: &Path, file: &Path, by: &str) -> anyhow::Result<Brought> {
    let (reader, place) = input(file)?;
    // A file that is none of ours leaves no empty casebook behind.
    let mut begun: Option<Import> = None;
    let mut brought = Brought::default();
    for (at, line) in reader.split(b'\n').enumerate() {
        let number = at + 1;
        let line = line.with_context(|| format!("{place}:{number} cannot be read"))?;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim().trim_start_matches('\u{FEFF}');
        if line.is_empty() {
            continue;
        }
        match lines::read(line) {
            Ok(Line::Withheld) => bail!(
                "{place}: this export withholds names, and cannot be imported; export with --full \
                 --purpose TEXT to bring everything along"
            ),
            Ok(line) => match &mut begun {
                Some(import) => import.take(line, number)?,
                None => {
                    let casebook = Casebook::open_or_create(path)?;
                    let brought = std::mem::take(&mut brought);
                    let import = begun.insert(Import::into(casebook, &place, by, brought));
                    import.take(line, number)?;
                }
            },
            Err(error) => {
                let brought = begun.as_mut().map_or(&mut brought, |import| &mut import.brought);
                brought.failures.add(format!("{place}:{number}: {error}"));
            }
        }
    }
    begun.map_or(Ok(brought), Import::finish)
}

struct Import {
    casebook: Casebook,
    place: String,
    by: String,
    documents: Vec<Document>,
    /// Readings in the order in which they begin.
    readings: Vec<Begun>,
    /// The reading that further lines of a document and a reader belong to.
    latest: BTreeMap<(DocumentId, String), usize>,
    judgments: Vec<(usize, Judgment)>,
    /// Judgments that are held apart where they come from.
    apart: Vec<(usize, Judgment)>,
    removals: Vec<Removal>,
    entries: Vec<(usize, String, String)>,
    /// What readings mention that are not filed yet.
    pending: BTreeSet<MentionId>,
    /// How the readings that were filed went along with those that were here.
    along: Along,
    /// The documents of which a reading came along.
    read: BTreeSet<DocumentId>,
    brought: Brought,
}

/// A reading of which lines are coming in.
struct Begun {
    document: DocumentId,
    reader: String,
    /// The line with which it began.
    line: usize,
    reading: Reading,
    /// Where its assertions stand in the file.
    lines: Vec<usize>,
}

impl Import {
    fn into(casebook: Casebook, place: &str, by: &str, brought: Brought) -> Import {
        Import {
            casebook,
            place: place.to_owned(),
            by: by.to_owned(),
            documents: Vec::new(),
            readings: Vec::new(),
            latest: BTreeMap::new(),
            judgments: Vec::new(),
            apart: Vec::new(),
            removals: Vec::new(),
            entries: Vec::new(),
            pending: BTreeSet::new(),
            read: BTreeSet::new(),
            along: Along::default(),
            brought,
        }
    }

    fn fail(&mut self, line: usize, what: &str) {
        self.brought.failures.add(format!("{}:{line}: {what}", self.place));
    }

    fn take(&mut self, line: Line, number: usize) -> anyhow::Result<()> {
        match line {
            Line::Document(document) => {
                if self.documents.len() >= BATCH {
                    self.flush(false)?;
                }
                self.documents.push(*document);
            }
            Line::Reading { document, reader } => self.begin(document, reader, number),
            Line::Mention(mention, reader) => {
                self.reading(mention.document, reader, number).reading.mentions.push(mention);
            }
            Line::Assertion(said, reader) => {
                // What a coder enters goes by the codebook; what a machine read, by nothing.
                if reader.is_none()
                    && let Err(error) = self.casebook.check_entered(said.variable, &said.value)
                {
                    self.fail(number, &error.to_string());
                    return Ok(());
                }
                let begun = self.reading(said.document, reader, number);
                begun.reading.assertions.push(said);
                begun.lines.push(number);
            }
            Line::Note(document, note, reader) => {
                self.reading(document, reader, number).reading.notes.push(note);
            }
            Line::Judgment(judgment, held) => match held {
                true => self.apart.push((number, judgment)),
                false => self.judgments.push((number, judgment)),
            },
            Line::Removed(removal) => self.removals.push(removal),
            Line::Entry { kind, payload } => self.entries.push((number, kind, payload)),
            Line::Withheld => {}
        }
        Ok(())
    }

    fn begin(&mut self, document: DocumentId, reader: String, line: usize) {
        self.latest.insert((document, reader.clone()), self.readings.len());
        self.read.insert(document);
        let (reading, lines) = (Reading::default(), Vec::new());
        self.readings.push(Begun { document, reader, line, reading, lines });
    }

    fn reading(&mut self, document: DocumentId, reader: Option<String>, line: usize) -> &mut Begun {
        let reader = reader.unwrap_or_else(|| format!("import:{}", self.by));
        let key = (document, reader);
        if !self.latest.contains_key(&key) {
            self.begin(document, key.1.clone(), line);
        }
        let at = self.latest[&key];
        &mut self.readings[at]
    }

    /// Stores what has come in. Readings whose document has not come yet wait for it, until the last
    /// line.
    fn flush(&mut self, last: bool) -> anyhow::Result<()> {
        let documents = std::mem::take(&mut self.documents);
        let items: Vec<Item> = documents
            .iter()
            .map(|document| Item { document, bytes: &[], pictures: &[], reading: None })
            .collect();
        for (document, stored) in documents.iter().zip(self.casebook.store(&items)?) {
            match stored {
                Stored::New => self.brought.documents += 1,
                Stored::Known | Stored::Read | Stored::Text => {}
                Stored::OtherDate { held } => self.brought.failures.add(format!(
                    "{}: {} is held with the date {}, which stays; `throughline judge dated` changes it",
                    self.place,
                    document.id,
                    held.as_deref().unwrap_or("unknown"),
                )),
                Stored::Forgotten => self.brought.failures.add(format!(
                    "{}: {} was removed from this casebook, and is not taken again",
                    self.place, document.id
                )),
            }
        }
        let mut ready = Vec::new();
        self.latest.clear();
        let pending = self.readings.iter().flat_map(|begun| &begun.reading.mentions);
        self.pending = pending.map(|mention| mention.id).collect();
        for begun in std::mem::take(&mut self.readings) {
            match self.casebook.document(begun.document)? {
                Some(document) if last || self.is_whole(&begun) => {
                    ready.push(self.checked(begun, &document)?);
                }
                None if last => self.orphaned(&begun)?,
                // What another document mentions may still come.
                Some(_) | None => {
                    self.latest.insert((begun.document, begun.reader.clone()), self.readings.len());
                    self.readings.push(begun);
                }
            }
        }
        let filed: Vec<(DocumentId, &str, &Reading)> = ready
            .iter()
            .map(|begun| (begun.document, begun.reader.as_str(), &begun.reading))
            .collect();
        for new in self.casebook.bring(&mut self.along, &filed)? {
            match new {
                true => self.brought.readings += 1,
                false => self.brought.known += 1,
            }
        }
        Ok(())
    }

    fn orphaned(&mut self, begun: &Begun) -> anyhow::Result<()> {
        let Begun { document, line, reading, .. } = begun;
        if self.casebook.tombstone(*document)?.is_none() {
            let what = format!(
                "{document} is not in the casebook, and no line gives it; its {} and {} are left out",
                counted(reading.mentions.len(), "mention"),
                counted(reading.assertions.len(), "assertion")
            );
            self.fail(*line, &what);
        }
        Ok(())
    }

    /// Whether all that the assertions of a reading refer to is there, be it in other documents.
    fn is_whole(&self, begun: &Begun) -> bool {
        let own: BTreeSet<MentionId> = begun.reading.mentions.iter().map(|one| one.id).collect();
        let mut referred = begun.reading.assertions.iter().flat_map(refers);
        referred.all(|id| own.contains(&id) || self.is_mentioned(id))
    }

    /// Whether some document mentions it, or one that was removed did.
    fn is_mentioned(&self, id: MentionId) -> bool {
        self.pending.contains(&id)
            || self.removals.iter().any(|removal| removal.successors.contains_key(&id))
            || self.casebook.is_mentioned(id).unwrap_or(false)
    }

    /// A reading without the assertions that fit neither the document's text nor its mentions.
    fn checked(&mut self, mut begun: Begun, document: &Document) -> anyhow::Result<Begun> {
        let mut known: Vec<MentionId> = begun.reading.mentions.iter().map(|one| one.id).collect();
        let wanting = |known: &[MentionId], said: &Assertion| {
            refers(said).into_iter().find(|id| !known.contains(id))
        };
        if begun.reading.assertions.iter().any(|said| wanting(&known, said).is_some()) {
            // Assertions may speak of what other readings of the document mention.
            let others = self.casebook.readings(begun.document)?;
            let others = others.iter().flat_map(|reading| &reading.mentions);
            let beside = self.readings.iter().filter(|other| other.document == begun.document);
            known.extend(beside.flat_map(|other| &other.reading.mentions).map(|one| one.id));
            let mut missing: Vec<Mention> = Vec::new();
            for mention in others {
                let wanted =
                    begun.reading.assertions.iter().any(|said| refers(said).contains(&mention.id));
                if wanted && !known.contains(&mention.id) {
                    known.push(mention.id);
                    missing.push(mention.clone());
                }
            }
            begun.reading.mentions.extend(missing);
        }
        let mut kept = Vec::new();
        let said = std::mem::take(&mut begun.reading.assertions);
        for (said, line) in said.into_iter().zip(begun.lines.clone()) {
            let missing = |id: &MentionId| {
                !known.contains(id) && (*id == said.subject || !self.is_mentioned(*id))
            };
            if let Some(id) = refers(&said).into_iter().find(missing) {
                self.fail(
                    line,
                    &format!("no line gives the mention {id} that this assertion refers to"),
                );
            } else if !fits(&said.passage, document) {
                self.fail(line, &format!("its span does not fit the text of {}", document.id));
            } else {
                kept.push(said);
            }
        }
        begun.reading.assertions = kept;
        Ok(begun)
    }

    fn finish(mut self) -> anyhow::Result<Brought> {
        self.flush(true)?;
        self.codebooks()?;
        // Judgments may be on what stands for mentions of removed documents.
        for removal in std::mem::take(&mut self.removals) {
            self.casebook.take_removal(removal.document, &tombstone(removal))?;
        }
        let judgments = std::mem::take(&mut self.judgments);
        let only = |told: &[(usize, Judgment)]| -> Vec<Judgment> {
            told.iter().map(|(_, judgment)| judgment.clone()).collect()
        };
        let done = self.casebook.import_judgments(&only(&judgments))?;
        self.judged(&judgments, done);
        let apart = std::mem::take(&mut self.apart);
        let done = self.casebook.hold_apart(&only(&apart))?;
        self.judged(&apart, done);
        for (line, kind, payload) in std::mem::take(&mut self.entries) {
            let known = match kind.as_str() {
                "definition" => EntryKind::Definition,
                "published" => EntryKind::Published,
                other => {
                    self.fail(
                        line,
                        &format!(
                            "{other:?} is no kind of entry; it is codebook, definition or published"
                        ),
                    );
                    continue;
                }
            };
            let held = self.casebook.entries(&[known])?;
            if held.iter().all(|entry| entry.payload.as_deref() != Some(&payload)) {
                self.casebook.note(known, &serde_json::from_str(&payload)?)?;
            }
        }
        // What came with readings was read with these dates.
        for (_, judgment) in &judgments {
            for document in self.casebook.dated_by(judgment)? {
                if self.read.insert(document) {
                    self.casebook.read_again(document)?;
                }
            }
        }
        self.casebook.settle(|_| {})?;
        Ok(self.brought)
    }
}

impl Import {
    /// Counts what became of judgments, and says which are not in force.
    fn judged(
        &mut self,
        judgments: &[(usize, Judgment)],
        done: Vec<throughline_casebook::Result<Disposition>>,
    ) {
        for ((line, judgment), done) in judgments.iter().zip(done) {
            match done {
                Ok(Disposition::Entered) => self.brought.judgments += 1,
                Ok(Disposition::Known) => {}
                Ok(Disposition::HeldApart(others)) => {
                    let others: Vec<String> = others.iter().map(ToString::to_string).collect();
                    let why = match others.is_empty() {
                        true => "is held apart where it comes from, and here".to_owned(),
                        false => format!("contradicts {} and is held apart", others.join(", ")),
                    };
                    self.fail(*line, &format!("{} {why}", judgment.id));
                }
                Err(error) => self.fail(*line, &format!("{}: {error}", judgment.id)),
            }
        }
    }

    /// Takes over the codebooks that come along, if this casebook goes by none of its own: what was
    /// judged goes by them.
    fn codebooks(&mut self) -> anyhow::Result<()> {
        let (books, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.entries)
            .into_iter()
            .partition(|(_, kind, _)| kind == "codebook");
        self.entries = rest;
        let own = self.casebook.codebooks()?;
        for (line, _, payload) in books {
            let toml = match read_saved(&payload) {
                Ok(saved) => saved.toml,
                Err(error) => {
                    self.fail(line, &error.to_string());
                    continue;
                }
            };
            if own.iter().any(|held| held.toml == toml) {
                continue;
            }
            if !own.is_empty() {
                self.fail(
                    line,
                    "this casebook goes by a codebook of its own, and takes no other from a file; \
                     `throughline codebook FILE --adopt` changes it",
                );
                continue;
            }
            if let Err(error) = self.casebook.adopt_codebook(&toml) {
                self.fail(line, &error.to_string());
            }
        }
        Ok(())
    }
}

/// A removal, as a casebook takes it over.
fn tombstone(removal: Removal) -> Tombstone {
    let remain = |one: lines::Remains| Remains {
        id: one.id,
        by: one.by,
        recorded: None,
        cites: one.cites,
        supersedes: one.supersedes,
        published: one.published,
    };
    Tombstone {
        by: removal.by,
        reason: removal.reason,
        public: removal.public,
        successors: Successors::of(removal.successors),
        judgments: removal.judgments.into_iter().collect(),
        remains: removal.remains.into_iter().map(remain).collect(),
        ..Tombstone::default()
    }
}

/// The mentions that an assertion refers to.
fn refers(said: &Assertion) -> Vec<MentionId> {
    std::iter::once(said.subject).chain(said.referred()).collect()
}

fn fits(passage: &Passage, document: &Document) -> bool {
    match passage {
        Passage::Text(span) => document.text.get(span.range()).is_some(),
        Passage::Cited { .. } => true,
    }
}
