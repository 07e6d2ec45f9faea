//! Documents by their words, as of two dates.

use std::sync::Arc;

use throughline_model::{AsOf, Day};
use throughline_weigh::Standing;

use crate::casebook::Casebook;
use crate::documents::DocumentRow;
use crate::error::{Error, Result};
use crate::ledger::document_of;
use crate::records::paging::Part;

/// Up to so many documents are ranked; ranking more takes longer than a reader waits.
const RANKED: usize = 5_000;

/// The documents that hold the words, by id.
const HOLDING: &str = "SELECT rowid FROM words WHERE words MATCH ?";

/// The same, the best first.
const BEST_FIRST: &str = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank, rowid";

/// All documents, the newest first, from the index over days alone: whether one is dated is asked
/// only on the last day there is, where undated ones stand beside those whose date is open.
const NEWEST_FIRST: &str = "SELECT document, day FROM document
     WHERE day < ?1 OR since IS NOT NULL ORDER BY day DESC, document DESC";

/// What follows the dated ones.
const UNDATED: &str =
    "SELECT document, day FROM document WHERE day = ?1 AND since IS NULL ORDER BY document";

/// A document found by its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The document.
    pub document: DocumentRow,
    /// The first sentence or so that holds one of the words.
    pub snippet: String,
}

/// The most words of one search: the cost of a query grows with their square.
const MOST_TERMS: usize = 200;

impl Casebook {
    /// Documents in view that hold all the words, at most `limit`: best first, or, where very many
    /// hold them and none says much more than another, newest first. Words between quotation marks
    /// must stand together.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn search(&self, words: &str, as_of: AsOf, limit: usize) -> Result<Vec<Hit>> {
        self.hits(words, as_of, Part { from: 0, many: limit }, RANKED)
    }

    /// A part of [`Casebook::search`].
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn search_part(&self, words: &str, as_of: AsOf, part: Part) -> Result<Vec<Hit>> {
        self.snapshot(|| self.hits(words, as_of, part, RANKED))
    }

    fn hits(&self, words: &str, as_of: AsOf, part: Part, ranked: usize) -> Result<Vec<Hit>> {
        let terms = terms(words);
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        if terms.len() > MOST_TERMS {
            return Err(Error::Refused(format!(
                "these are {} words to search for, and the most are {MOST_TERMS}; give those that \
                 tell the document from others",
                terms.len()
            )));
        }
        let standing = self.standing(as_of)?;
        // Every term is quoted: nothing in it is syntax of the query.
        let query: Vec<String> = terms.iter().map(|term| format!("\"{term}\"")).collect();
        let query = query.join(" AND ");
        let holding = self.found(HOLDING, &query)?;
        let mut hits =
            Hits { casebook: self, as_of, part, standing, terms, passed: 0, hits: vec![] };
        if holding.len() <= ranked {
            for id in self.found(BEST_FIRST, &query)? {
                if !hits.take(id)? {
                    break;
                }
            }
            return Ok(hits.hits);
        }
        let until = hits.latest();
        for order in [NEWEST_FIRST, UNDATED] {
            let mut statement = self.connection.prepare_cached(order)?;
            let mut rows = statement.query([Day::MAX.0])?;
            while let Some(row) = rows.next()? {
                let (id, day): (i64, i32) = (row.get(0)?, row.get(1)?);
                if day <= until.0 && holding.binary_search(&id).is_ok() && !hits.take(id)? {
                    break;
                }
            }
        }
        Ok(hits.hits)
    }

    fn found(&self, sql: &str, query: &str) -> Result<Vec<i64>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let ids = statement.query_map([query], |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }
}

/// Hits while they are gathered.
struct Hits<'c> {
    casebook: &'c Casebook,
    as_of: AsOf,
    part: Part,
    standing: Arc<Standing>,
    terms: Vec<String>,
    /// Those in view, shown or not.
    passed: usize,
    hits: Vec<Hit>,
}

impl Hits<'_> {
    /// The last day that a document in view can have of itself: any, where judgments date documents.
    fn latest(&self) -> Day {
        match self.standing.all_dated().next() {
            Some(_) => Day::MAX,
            None => self.as_of.published.unwrap_or(Day::MAX),
        }
    }

    /// Takes in the next document that holds the words; says whether more are wanted.
    fn take(&mut self, id: i64) -> Result<bool> {
        let row = self.casebook.row_of(document_of(id), &self.standing)?;
        let in_view = |row: &DocumentRow| {
            self.as_of.recalls(row.recorded) && self.as_of.sees(row.since.as_ref())
        };
        if self.hits.len() < self.part.many
            && let Some(document) = row.filter(in_view)
        {
            self.passed += 1;
            if self.passed > self.part.from {
                let text = self.casebook.document(document.id)?.map(|document| document.text);
                // Of a work that is only cited the title is all there is.
                let words = text.filter(|text| !text.is_empty()).or_else(|| document.title.clone());
                let snippet = snippet(&words.unwrap_or_default(), &self.terms);
                self.hits.push(Hit { snippet, document });
            }
        }
        Ok(self.hits.len() < self.part.many)
    }
}

/// The words and the quoted phrases of a query, without quotation marks.
pub(crate) fn terms(words: &str) -> Vec<String> {
    let plain = words.replace(['“', '”', '„', '«', '»'], "\"");
    plain
        .split('"')
        .enumerate()
        .flat_map(|(at, part)| -> Vec<String> {
            match at % 2 {
                0 => part.split_whitespace().map(str::to_owned).collect(),
                _ => vec![part.trim().to_owned()],
            }
        })
        .filter(|term| term.chars().any(char::is_alphanumeric))
        .map(|term| term.replace('\0', ""))
        .collect()
}

/// Some words around the first place that holds one of the terms.
fn snippet(text: &str, terms: &[String]) -> String {
    const BEFORE: usize = 60;
    const AFTER: usize = 140;
    let lower = text.to_lowercase();
    // Lower case may have other lengths; then the place is near enough, on a boundary.
    let at = terms.iter().filter_map(|term| lower.find(&term.to_lowercase())).min().unwrap_or(0);
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (from, to) = (boundary(at.saturating_sub(BEFORE)), boundary(at + AFTER));
    let (before, after) = (from > 0, to < text.len());
    let mut cut = &text[from..to];
    // Words that the cut breaks are left out.
    if before && let Some(at) = cut.find(char::is_whitespace).filter(|at| *at < BEFORE) {
        cut = &cut[at..];
    }
    if after && let Some(at) = cut.rfind(char::is_whitespace).filter(|at| at + 40 > cut.len()) {
        cut = &cut[..at];
    }
    let words = cut.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}{words}{}", if before { "… " } else { "" }, if after { " …" } else { "" })
}

#[cfg(test)]
mod tests {
    use throughline_model::{Document, Edtf, Sha256};

    use super::*;
    use crate::Item;

    #[test]
    fn where_very_many_hold_the_words_the_newest_come_first() {
        let mut casebook = Casebook::in_memory().unwrap();
        let published = |day: Option<&str>| day.map(|day| day.parse::<Edtf>().unwrap());
        for (text, day) in [
            ("A bomb in the market of Lenn.", Some("2016-05-12")),
            ("A bomb, a bomb, a bomb.", Some("2016-05-10")),
            ("Of a bomb nothing is known.", None),
            ("The weather was fair.", Some("2016-05-20")),
        ] {
            let sha256 = Sha256::of(text.as_bytes());
            let document = Document {
                published: published(day),
                text: text.to_owned(),
                ..Document::bare(sha256)
            };
            let item =
                Item { document: &document, bytes: text.as_bytes(), pictures: &[], reading: None };
            casebook.store(&[item]).unwrap();
        }
        let found = |as_of: AsOf, ranked: usize| -> Vec<Option<String>> {
            let hits = casebook.hits("bomb", as_of, Part { from: 0, many: 10 }, ranked).unwrap();
            hits.iter().map(|hit| hit.document.published.as_ref().map(Edtf::to_string)).collect()
        };
        let day = |day: &str| Some(day.to_owned());
        let (early, late) = (day("2016-05-10"), day("2016-05-12"));
        let present = AsOf::default();
        assert_eq!(found(present, 0), [late, early.clone(), None]);
        assert_eq!(found(present, RANKED).len(), 3);
        let then =
            AsOf { published: Some(published(Some("2016-05-11")).unwrap().latest()), ..present };
        for ranked in [0, RANKED] {
            assert_eq!(found(then, ranked), std::slice::from_ref(&early));
        }
    }
}
