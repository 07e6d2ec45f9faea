//! What became of everything that came in.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use throughline_capture::{Captured, Failure, PassedOver};
use throughline_casebook::Stored;
use throughline_model::{DocumentId, Edtf, Instant};

use crate::english::is_english;

/// How many failures, files that were not read and documents are listed, so that memory stays
/// bounded whatever a file holds.
pub const MOST_LISTED: usize = 1_000;

/// How many documents, and how many of them without text: only their bytes are held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// All of them.
    pub all: u64,
    /// Those without text.
    pub bare: u64,
}

impl Count {
    fn add(&mut self, bare: bool) {
        self.all += 1;
        self.bare += u64::from(bare);
    }

    /// So many of them: "3 new (1 without text)".
    pub fn told(&self, what: &str) -> String {
        match self.bare {
            0 => format!("{} {what}", self.all),
            bare if bare == self.all => format!("{bare} {what} without text"),
            bare => format!("{} {what} ({bare} without text)", self.all),
        }
    }
}

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// It is new.
    New,
    /// It was there, and was read now.
    Read,
    /// It was there already.
    Known,
    /// It was removed here once, and is not taken again.
    Forgotten,
}

impl Became {
    /// The word for it: "stored", "read", "known", "forgotten".
    pub fn name(self) -> &'static str {
        match self {
            Became::New => "stored",
            Became::Read => "read",
            Became::Known => "known",
            Became::Forgotten => "forgotten",
        }
    }
}

/// A document that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The document.
    pub id: DocumentId,
    /// Where it was found: words.
    pub place: String,
    /// What became of it.
    pub became: Became,
}

/// What became of everything.
#[derive(Debug, Default)]
pub struct Tally {
    /// What is new.
    pub new: Count,
    /// What was stored before and was read now.
    pub read: Count,
    /// What was there already.
    pub known: Count,
    /// The first of those that are new or were read now.
    pub documents: Vec<Entered>,
    /// The first of those that were there already.
    pub known_documents: Vec<Entered>,
    /// Where the first of those were found that were stored before with another date than the one given now, and
    /// the date that is held.
    pub other_dates: Vec<(String, Option<String>)>,
    /// Where the first of those were found that are new and give themselves a date that has not come yet, and the date.
    pub ahead: Vec<(String, Edtf)>,
    /// Where the first of those were found that are new and say nowhere when they were published.
    pub undated: Vec<String>,
    /// How many are.
    pub without_date: u64,
    /// Where the first of those were found that are new and in another language than is read.
    pub foreign: Vec<String>,
    /// How many are.
    pub not_english: u64,
    /// Where the first of those were found that were removed here once, and are not taken again.
    pub forgotten: Vec<String>,
    /// How many were.
    pub gone: u64,
    /// The first of those that failed.
    pub failures: Vec<Failure>,
    /// How many failed.
    pub failed: usize,
    /// The first of those that were kept as bytes, with why nothing was read in them.
    pub unread: Vec<(String, String)>,
    /// How many were.
    pub kept: usize,
    /// What is no document of its own.
    pub passed_over: BTreeMap<PassedOver, u64>,
    /// Whether it was ended before everything was gone through.
    pub ended: bool,
}

impl Tally {
    /// Notes what failed.
    pub fn fail(&mut self, failures: Vec<Failure>) {
        self.failed += failures.len();
        let room = MOST_LISTED.saturating_sub(self.failures.len());
        self.failures.extend(failures.into_iter().take(room));
    }

    /// How many documents were gone through.
    pub fn seen(&self) -> u64 {
        self.new.all + self.read.all + self.known.all + self.gone
    }

    /// Notes what became of a document that is on the disk.
    pub(crate) fn take(&mut self, captured: &Captured, stored: Stored, now: Instant) -> Entered {
        let place = &captured.place;
        let note = unread(captured);
        let bare = note.is_some();
        if let Some(note) = note {
            self.kept += 1;
            if self.unread.len() < MOST_LISTED {
                self.unread.push((place.clone(), note));
            }
        }
        let published = captured.document.published.as_ref();
        let ahead = published.filter(|date| stored == Stored::New && !date.has_begun(now));
        if let Some(date) = ahead.filter(|_| self.ahead.len() < MOST_LISTED) {
            self.ahead.push((place.clone(), date.clone()));
        }
        if stored == Stored::New && published.is_none() && !bare {
            self.without_date += 1;
            list(&mut self.undated, place);
        }
        if stored == Stored::New && !is_english(&captured.document.text) {
            self.not_english += 1;
            list(&mut self.foreign, place);
        }
        let became = match stored {
            Stored::New => Became::New,
            Stored::Read | Stored::Text => Became::Read,
            Stored::Known => Became::Known,
            Stored::OtherDate { held } => {
                if self.other_dates.len() < MOST_LISTED {
                    self.other_dates.push((place.clone(), held));
                }
                Became::Known
            }
            Stored::Forgotten => {
                self.gone += 1;
                list(&mut self.forgotten, place);
                Became::Forgotten
            }
        };
        let entered = Entered { id: captured.document.id, place: place.clone(), became };
        let listed = match became {
            Became::New => {
                self.new.add(bare);
                Some(&mut self.documents)
            }
            Became::Read => {
                self.read.add(bare);
                Some(&mut self.documents)
            }
            Became::Known => {
                self.known.add(bare);
                Some(&mut self.known_documents)
            }
            Became::Forgotten => None,
        };
        if let Some(listed) = listed.filter(|listed| listed.len() < MOST_LISTED) {
            listed.push(entered.clone());
        }
        entered
    }

    /// What is to be known of the first of the documents that were taken in, or not again.
    pub fn remarks(&self) -> Vec<(String, String)> {
        let other = self.other_dates.iter().map(|(place, held)| {
            let held = held.as_deref().unwrap_or("unknown");
            let said = format!(
                "stored before with the date {held}, which stays; `throughline judge dated` changes \
                 it, and reads it again"
            );
            (place.clone(), said)
        });
        let same = |places: &[String], said: &str| -> Vec<(String, String)> {
            places.iter().map(|place| (place.clone(), said.to_owned())).collect()
        };
        let forgotten =
            same(&self.forgotten, "was removed from this casebook, and is not taken again");
        let ahead = self.ahead.iter().map(|(place, date)| {
            let said = format!(
                "gives itself the date {date}, which has not come yet; `throughline judge dated` puts \
                 it right"
            );
            (place.clone(), said)
        });
        let undated = same(
            &self.undated,
            "says nowhere when it was published, so that it is in no view as of a day; \
             `throughline judge dated` gives it a date",
        );
        let foreign = same(
            &self.foreign,
            "is in another language than English, so that little or nothing is read in it",
        );
        let all = other.chain(forgotten).chain(ahead).chain(undated).chain(foreign);
        all.collect()
    }

    /// Where what failed stands, and why it failed.
    pub fn why_failed(&self) -> Vec<(String, String)> {
        let said = |failure: &Failure| (failure.place.clone(), failure.cause.to_string());
        self.failures.iter().map(said).collect()
    }

    /// What is no document of its own, in words: "2 pictures, 1 film or sound".
    pub fn passed_over(&self) -> Option<String> {
        let kinds = self.passed_over.iter().map(|(kind, many)| kind.counted(*many));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        (!kinds.is_empty()).then_some(kinds)
    }

    /// How many there were of everything: "2 new, 1 known, 1 failed".
    pub fn told(&self) -> String {
        let mut words = vec![self.new.told("new")];
        words.extend((self.read.all > 0).then(|| self.read.told("read that were stored before")));
        words.extend((self.known.all > 0).then(|| self.known.told("known")));
        words.extend((self.gone > 0).then(|| format!("{} removed before", self.gone)));
        words.extend((self.failed > 0).then(|| format!("{} failed", self.failed)));
        words.join(", ")
    }

    /// All of it as JSON, as docs/json.md describes it under `read`.
    pub fn json(&self) -> Json {
        json!({
            "new": self.new.all,
            "read": self.read.all,
            "known": self.known.all,
            "documents": self.documents.iter().map(|one| json!({
                "id": one.id.to_string(), "place": one.place, "became": one.became.name(),
            })).collect::<Vec<_>>(),
            "forgotten": self.gone,
            "undated": self.without_date,
            "not_english": self.not_english,
            "kept": self.kept,
            "unread": self.unread.iter().map(|(place, cause)| json!({
                "place": place, "cause": cause,
            })).collect::<Vec<_>>(),
            "passed_over": self.passed_over.iter().map(|(kind, many)| json!({
                "what": kind.to_string(), "many": many,
            })).collect::<Vec<_>>(),
            "failures": self.failed,
            "failed": self.failures.iter().map(|failure| json!({
                "place": failure.place, "cause": failure.cause.to_string(),
            })).collect::<Vec<_>>(),
        })
    }
}

/// Notes where something was found, while there is room.
fn list(places: &mut Vec<String>, place: &str) {
    if places.len() < MOST_LISTED {
        places.push(place.to_owned());
    }
}

/// Why nothing was read in a document: it has no text, and a note on it.
fn unread(captured: &Captured) -> Option<String> {
    let document = &captured.document;
    let blank = document.text.trim().is_empty() && !document.notes.is_empty();
    blank.then(|| document.notes.join("; "))
}

/// A line for each place; where much in one folder or archive has the same said of it, for the first
/// of these alone, with how many there are.
pub fn lines(said: &[(String, String)]) -> Vec<String> {
    const MANY: usize = 6;
    const FIRST: usize = 2;
    let within = |place: &str| match place.rsplit_once([':', '/']) {
        Some((within, _)) => within.to_owned(),
        None => String::new(),
    };
    let mut lines = Vec::new();
    for same in said.chunk_by(|one, other| one.1 == other.1 && within(&one.0) == within(&other.0)) {
        let first = if same.len() < MANY { same.len() } else { FIRST };
        lines.extend(same[..first].iter().map(|(place, what)| format!("{place}: {what}")));
        if same.len() > first {
            let within = within(&same[0].0);
            lines.push(format!("{within}: {} more of which the same is true", same.len() - first));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_true_of_much_in_one_archive_is_said_of_the_first() {
        let mut said: Vec<(String, String)> =
            (0..33).map(|at| (format!("a.zip/{at}.txt"), "too large".to_owned())).collect();
        said.push(("a.zip".to_owned(), "unpacks too far".to_owned()));
        said.extend((0..3).map(|at| (format!("b.zip/{at}.txt"), "too large".to_owned())));
        assert_eq!(
            lines(&said),
            [
                "a.zip/0.txt: too large",
                "a.zip/1.txt: too large",
                "a.zip: 31 more of which the same is true",
                "a.zip: unpacks too far",
                "b.zip/0.txt: too large",
                "b.zip/1.txt: too large",
                "b.zip/2.txt: too large",
            ]
        );
    }

    #[test]
    fn counts_say_how_many_have_no_text() {
        for (all, bare, want) in
            [(3, 0, "3 new"), (3, 1, "3 new (1 without text)"), (1, 1, "1 new without text")]
        {
            assert_eq!(Count { all, bare }.told("new"), want);
        }
    }
}
