//! Definitions saved, counts published, and what has become of them.

use std::collections::{BTreeMap, BTreeSet};

use throughline_formats::counts::{self, NamedDefinition, Published, PublishedReading, Saved};
use throughline_model::{AsOf, DocumentId, Fingerprint, Instant, MentionId, Sha256};
use throughline_weigh::count::{Place, Placing, Reading, UnitId};

use crate::casebook::Casebook;
use crate::counting::comparing::{Shift, placed};
use crate::counting::{Counted, CountedUnit};
use crate::error::{Error, Result};
use crate::ledger::{self, EntryKind, Writer};

/// The program and its version, as published counts name it.
pub const PROGRAM: &str = concat!("throughline ", env!("CARGO_PKG_VERSION"));

/// How often a count is made again because another process wrote meanwhile.
const ATTEMPTS: usize = 5;

/// A definition saved in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedDefinition {
    /// Its name and text.
    pub saved: Saved,
    /// When it was recorded.
    pub recorded: Instant,
}

/// A count published, as the ledger holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedCount {
    /// Its number: the entry's place in the ledger.
    pub number: i64,
    /// When it was recorded.
    pub recorded: Instant,
    /// What was published.
    pub published: Published,
}

/// What has become of a published count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The program that it was made with, if another is running.
    pub other_program: Option<String>,
    /// Whether documents, readings or judgments have come or gone since.
    pub content_changed: bool,
    /// What is counted otherwise today from the ledger as it stood then: by this program, unless documents were
    /// removed since or the count was published elsewhere.
    pub then: Vec<Move>,
    /// How many documents were removed since.
    pub removed: usize,
    /// Whether it was published in another casebook, whose ledger came in another order.
    pub elsewhere: bool,
    /// What stands elsewhere today.
    pub since: Vec<Move>,
    /// The marks that keep its strict figure from being final today, if it was published as final.
    pub marks: BTreeSet<String>,
    /// The count as it stands today, resting on findings only.
    pub strict: PublishedReading,
    /// The count as it stands today, resting on proposals too.
    pub lenient: PublishedReading,
}

impl State {
    /// Whether every unit still stands where it was published, and a figure that was final still is.
    pub fn stands(&self) -> bool {
        self.by_program().is_empty() && self.since.is_empty() && self.marks.is_empty()
    }

    /// What this program, and nothing else, counts otherwise from the ledger as it stood then.
    pub fn by_program(&self) -> &[Move] {
        if self.removed > 0 || self.elsewhere { &[] } else { &self.then }
    }
}

/// A unit that stands elsewhere than was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    /// In which reading.
    pub reading: Reading,
    /// The unit, by the id it was published with, or its id today if it is new.
    pub unit: UnitId,
    /// Where it stood.
    pub from: Place,
    /// Where it stands.
    pub to: Place,
    /// The unit that it is one with today, if its record has been merged into another.
    pub now: Option<UnitId>,
}

/// Who publishes a count, and where.
#[derive(Clone, Copy, Debug)]
pub struct Publication<'p> {
    /// The definition's text.
    pub toml: &'p str,
    /// The dates of the view.
    pub as_of: AsOf,
    /// Who publishes it.
    pub by: &'p str,
    /// Where: the title of the article, the page.
    pub at: &'p str,
    /// Publish it although its strict figure carries marks.
    pub draft: bool,
}

impl Publication<'_> {
    /// Whether a count was published by the same person in the same place as this one would be, and
    /// says the same of every unit.
    fn is_of(&self, published: &Published, counted: &Counted) -> bool {
        published.definition.toml == self.toml
            && published.by == self.by
            && published.at == self.at
            && published.as_of == self.as_of
            && published.strict == reading(counted, Reading::Strict)
            && published.lenient == reading(counted, Reading::Lenient)
    }
}

/// What publishing a count came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publishing {
    /// The count as it is published.
    pub count: PublishedCount,
    /// The figure, and the list behind it.
    pub counted: Counted,
    /// Whether it is new; else the same had been published in the same place before.
    pub new: bool,
}

impl Casebook {
    /// Saves the text of a definition; `false` if it is the one saved under its name already.
    ///
    /// # Errors
    /// [`Error::Refused`] if it is no definition; if the file cannot be written.
    pub fn save_definition(&mut self, toml: &str) -> Result<bool> {
        let named = parse(toml)?;
        self.write(|writer| save(writer, &named, toml))
    }

    /// The definitions saved, by name; of each the latest.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn definitions(&self) -> Result<Vec<SavedDefinition>> {
        self.definitions_as_of(AsOf::default())
    }

    /// The definitions saved by then, by name; of each the latest. What is saved or published here is
    /// in view from the day and the moment on which it was recorded.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn definitions_as_of(&self, as_of: AsOf) -> Result<Vec<SavedDefinition>> {
        Ok(definitions(&self.connection, as_of)?.into_values().collect())
    }

    /// Counts, and enters the count in the ledger with its members. Saves the definition too. The same
    /// count again in the same place enters nothing.
    ///
    /// # Errors
    /// [`Error::Refused`] if the strict figure carries marks and it is no draft, if there is no
    /// name or place, or if the text is no definition; [`Error::Busy`] if others keep writing; if the file cannot be
    /// read or written.
    pub fn publish(&mut self, publication: &Publication) -> Result<Publishing> {
        let Publication { toml, as_of, by, at, draft } = *publication;
        let named = parse(toml)?;
        if by.trim().is_empty() || at.trim().is_empty() {
            return Err(Error::Refused(
                "a published count needs the name of who publishes it and where".into(),
            ));
        }
        for _ in 0..ATTEMPTS {
            let counted = self.count(&named.definition, as_of)?;
            if !draft && !counted.tallies.strict.is_final() {
                let marks: Vec<&str> =
                    counted.tallies.strict.marks().keys().map(|mark| mark.name()).collect();
                return Err(Error::Refused(format!(
                    "this figure is not final ({}); settle what its marks name, or publish it as \
                     a draft",
                    marks.join(", ")
                )));
            }
            let before = self.published()?;
            if let Some(count) =
                before.into_iter().rfind(|count| publication.is_of(&count.published, &counted))
            {
                return Ok(Publishing { count, counted, new: false });
            }
            let published = Published {
                definition: Saved { name: named.name.clone(), toml: toml.to_owned() },
                by: by.to_owned(),
                at: at.to_owned(),
                draft: !counted.tallies.strict.is_final(),
                as_of,
                content: counted.head.content.to_string(),
                head: counted.head.chain.to_string(),
                program: PROGRAM.to_owned(),
                strict: reading(&counted, Reading::Strict),
                lenient: reading(&counted, Reading::Lenient),
            };
            let entered = self.write(|writer| {
                // What was counted must be what the entry follows.
                if ledger::head(writer.transaction)?.chain != counted.head.chain {
                    return Ok(None);
                }
                save(writer, &named, toml)?;
                let payload = counts::write_published(&published);
                let content = Fingerprint::new("published").field(payload.as_bytes());
                writer.append(EntryKind::Published, None, content, payload).map(Some)
            })?;
            if let Some(entry) = entered {
                let (number, recorded) = (entry.seq, entry.recorded);
                let count = PublishedCount { number, recorded, published };
                return Ok(Publishing { count, counted, new: true });
            }
        }
        Err(Error::Busy)
    }

    /// The counts published, in order. Their members tell what coders found, so that who sees blind
    /// gets none.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn published(&self) -> Result<Vec<PublishedCount>> {
        if self.is_blind() {
            return Ok(Vec::new());
        }
        ledger::entries(&self.connection, &[EntryKind::Published], None)?
            .into_iter()
            .filter_map(|entry| Some((entry.seq, entry.recorded, entry.payload?)))
            .map(|(number, recorded, payload)| {
                let published = counts::read_published(&payload)
                    .map_err(|error| Error::Damaged(format!("entry {number}: {error}")))?;
                Ok(PublishedCount { number, recorded, published })
            })
            .collect()
    }

    /// The counts published by then, in order.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn published_as_of(&self, as_of: AsOf) -> Result<Vec<PublishedCount>> {
        let mut all = self.published()?;
        all.retain(|count| as_of.made_by().is_none_or(|by| count.recorded <= by));
        Ok(all)
    }

    /// A published count made again as it was published: from the entries before its own.
    ///
    /// # Errors
    /// As [`Casebook::state_of`].
    pub fn counted_then(&self, count: &PublishedCount) -> Result<(NamedDefinition, Counted)> {
        let named = parse(&count.published.definition.toml)?;
        let counted = self.count(&named.definition, as_published(count))?;
        Ok((named, counted))
    }

    /// A key that only who has the ledger can make: it hangs on every entry up to one, and is printed
    /// nowhere. What is hashed with it can be compared by its owner, and guessed by nobody.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn secret(&self, upto: i64) -> Result<Sha256> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT payload FROM ledger WHERE seq <= ? ORDER BY seq")?;
        let mut rows = statement.query([upto])?;
        let mut key = Fingerprint::new("secret");
        while let Some(row) = rows.next()? {
            key = key.field(&row.get::<_, [u8; 32]>(0)?);
        }
        Ok(key.finish())
    }

    /// What has become of a published count: counts it again as it stood and as it stands.
    ///
    /// # Errors
    /// [`Error::Refused`] if this program cannot read its definition; if the file cannot be read.
    pub fn state_of(&self, count: &PublishedCount) -> Result<State> {
        self.state_as_of(count, AsOf::default())
    }

    /// What had become of a published count by then: as it stood, and as it stands in what was
    /// published and recorded by two dates.
    ///
    /// # Errors
    /// As [`Casebook::state_of`].
    pub fn state_as_of(&self, count: &PublishedCount, as_of: AsOf) -> Result<State> {
        let published = &count.published;
        let definition = parse(&published.definition.toml)?.definition;
        let then = as_published(count);
        let asked = published.as_of.within(as_of);
        let now = self.count(&definition, asked)?;
        let content_changed = match as_of.recorded {
            None => now.head.content.to_string() != published.content,
            Some(by) => self.came_between(count.number, by)?,
        };
        let strict = reading(&now, Reading::Strict);
        let marks = match published.draft {
            true => BTreeSet::new(),
            false => strict.marks.clone(),
        };
        Ok(State {
            other_program: (published.program != PROGRAM).then(|| published.program.clone()),
            content_changed,
            then: self.moves(published, &self.count(&definition, then)?, then)?,
            removed: self.removals(count.recorded, as_of)?.len(),
            elsewhere: !self.was_here(count)?,
            since: self.moves(published, &now, asked)?,
            marks,
            strict,
            lenient: reading(&now, Reading::Lenient),
        })
    }

    /// The documents that were removed after a moment and by when is asked for, in order.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn removals(&self, after: Instant, as_of: AsOf) -> Result<Vec<(DocumentId, Instant)>> {
        let entries = ledger::entries(&self.connection, &[EntryKind::Removal], None)?;
        // A tombstone that was taken over later removed nothing more.
        let mut met = BTreeSet::new();
        let removed =
            entries.into_iter().filter_map(|entry| Some((entry.document?, entry.recorded)));
        let removed = removed.filter(|(document, _)| met.insert(*document));
        let by_then = |recorded: Instant| as_of.made_by().is_none_or(|by| recorded <= by);
        Ok(removed.filter(|(_, recorded)| *recorded > after && by_then(*recorded)).collect())
    }

    /// Whether a count was published in this casebook: the entry that its head names comes before it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn was_here(&self, count: &PublishedCount) -> Result<bool> {
        // Its definition may have been saved in between.
        let mut before = self
            .connection
            .prepare_cached("SELECT chain FROM ledger WHERE seq < ?1 AND seq >= ?1 - 2")?;
        let chains = before.query_map([count.number], |row| row.get(0).map(Sha256))?;
        let chains: Vec<Sha256> = chains.collect::<rusqlite::Result<_>>()?;
        let none = count.number == 1 || chains.len() < 2;
        let start = none.then_some(Sha256([0; 32]));
        Ok(chains.iter().chain(&start).any(|chain| chain.to_string() == count.published.head))
    }

    /// The units of a count as it stands that stand elsewhere than was published, with why they stand where
    /// they do; why they stood elsewhere is not known.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn shifts_since(&self, published: &Published, is: &Counted) -> Result<Vec<Shift>> {
        let units: BTreeMap<UnitId, &CountedUnit> =
            is.units.iter().map(|unit| (unit.placing.id, unit)).collect();
        let shift = |moved: Move| -> Result<Shift> {
            let told = units.get(&moved.now.unwrap_or(moved.unit)).copied();
            let after = told.and_then(|unit| placed(Some(unit), moved.reading));
            Ok(Shift {
                unit: moved.unit,
                name: match told {
                    Some(unit) => unit.name.clone(),
                    None => self.called(moved.unit.record)?.unwrap_or_default(),
                },
                happened: told.and_then(|unit| unit.happened.clone()),
                reading: moved.reading,
                from: moved.from,
                to: moved.to,
                before: Vec::new(),
                after: after.map(|placed| placed.grounds.clone()).unwrap_or_default(),
                names: told.map(|unit| unit.names.clone()).unwrap_or_default(),
                now: moved.now,
            })
        };
        self.moves(published, is, is.as_of)?.into_iter().map(shift).collect()
    }

    /// Whether a document, a reading, a judgment or a removal was recorded after an entry and by a
    /// moment.
    fn came_between(&self, entry: i64, by: Instant) -> Result<bool> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM ledger WHERE seq > ? AND recorded <= ?
                 AND kind IN ('capture', 'reading', 'judgment', 'removal'))",
            )?
            .query_row(rusqlite::params![entry, by.0], |row| row.get(0))?;
        Ok(found)
    }

    /// The units that stand elsewhere than was published.
    fn moves(&self, published: &Published, counted: &Counted, as_of: AsOf) -> Result<Vec<Move>> {
        let mut moves = Vec::new();
        for (kind, was) in [
            (Reading::Strict, &published.strict.members),
            (Reading::Lenient, &published.lenient.members),
        ] {
            let is = members(counted, kind);
            let mut met: BTreeSet<UnitId> = BTreeSet::new();
            // Of two that were merged into one, the one that goes by its own id still is that one.
            let (own, others): (Vec<_>, Vec<_>) =
                was.iter().partition(|(unit, _)| is.contains_key(unit));
            for (&unit, &from) in own.into_iter().chain(others) {
                let today = match is.contains_key(&unit) {
                    true => unit,
                    false => self.unit_today(unit, as_of)?,
                };
                let to = is.get(&today).copied().unwrap_or(Place::Outside);
                // The other is gone from the count.
                let merged = !met.insert(today);
                if to != from || merged {
                    let now = (today != unit).then_some(today);
                    let to = if merged { Place::Outside } else { to };
                    moves.push(Move { reading: kind, unit, from, to, now });
                }
            }
            for (&unit, &to) in is.iter().filter(|(unit, _)| !met.contains(unit)) {
                moves.push(Move { reading: kind, unit, from: Place::Outside, to, now: None });
            }
        }
        Ok(moves)
    }

    /// The unit that the records of a published unit make today.
    fn unit_today(&self, unit: UnitId, as_of: AsOf) -> Result<UnitId> {
        let today = |mention: MentionId| -> Result<MentionId> {
            let mention = self.stands_for(mention)?;
            Ok(self.record(mention, as_of)?.map_or(mention, |view| view.record.id))
        };
        Ok(UnitId { record: today(unit.record)?, person: unit.person.map(today).transpose()? })
    }
}

/// The view of a published count: of what was recorded before it.
fn as_published(count: &PublishedCount) -> AsOf {
    let before = Instant(count.recorded.0 - 1);
    let asked = count.published.as_of;
    AsOf { recorded: Some(asked.recorded.map_or(before, |by| by.min(before))), ..asked }
}

fn parse(toml: &str) -> Result<NamedDefinition> {
    counts::read(toml).map_err(|error| Error::Refused(format!("the definition: {error}")))
}

fn save(writer: &mut Writer, named: &NamedDefinition, toml: &str) -> Result<bool> {
    let saved = Saved { name: named.name.clone(), toml: toml.to_owned() };
    if definitions(writer.transaction, AsOf::default())?
        .get(&saved.name)
        .is_some_and(|held| held.saved == saved)
    {
        return Ok(false);
    }
    let payload = counts::write_saved(&saved);
    let content = Fingerprint::new("definition").field(payload.as_bytes());
    writer.append(EntryKind::Definition, None, content, payload)?;
    Ok(true)
}

/// The latest definition of each name.
fn definitions(
    connection: &rusqlite::Connection,
    as_of: AsOf,
) -> Result<BTreeMap<String, SavedDefinition>> {
    let mut latest = BTreeMap::new();
    let made = |then: Instant| as_of.made_by().is_none_or(|by| then <= by);
    let entries = ledger::entries(connection, &[EntryKind::Definition], None)?;
    for entry in entries.into_iter().filter(|entry| made(entry.recorded)) {
        let Some(payload) = entry.payload else { continue };
        let saved = counts::read_saved(&payload)
            .map_err(|error| Error::Damaged(format!("entry {}: {error}", entry.seq)))?;
        let recorded = entry.recorded;
        latest.insert(saved.name.clone(), SavedDefinition { saved, recorded });
    }
    Ok(latest)
}

fn members(counted: &Counted, reading: Reading) -> BTreeMap<UnitId, Place> {
    let place = |placing: &Placing| match reading {
        Reading::Strict => placing.strict.place,
        Reading::Lenient => placing.lenient.place,
    };
    counted
        .units
        .iter()
        .map(|unit| (unit.placing.id, place(&unit.placing)))
        .filter(|(_, place)| *place != Place::Outside)
        .collect()
}

fn reading(counted: &Counted, reading: Reading) -> PublishedReading {
    let tally = match reading {
        Reading::Strict => &counted.tallies.strict,
        Reading::Lenient => &counted.tallies.lenient,
    };
    PublishedReading::of(tally, members(counted, reading))
}
