//! Documents by their words, as of two dates.

use rusqlite::params;
use throughline_model::{AsOf, Instant};

use crate::casebook::Casebook;
use crate::documents::{DocumentRow, ROW, document_row};
use crate::error::{Error, Result};
use crate::paging::Part;

/// Up to so many documents are ranked; ranking more takes longer than a reader waits.
const RANKED: i64 = 5_000;

const BEST_FIRST: &str = "FROM words w JOIN document d ON d.document = w.rowid
     WHERE words MATCH ? AND d.recorded <= ? ORDER BY rank, d.document";

const NEWEST_FIRST: &str =
    "FROM document d WHERE d.document IN (SELECT rowid FROM words WHERE words MATCH ?)
     AND d.recorded <= ? AND d.since IS NOT NULL ORDER BY d.day DESC, d.document DESC";

/// What follows the dated ones.
const UNDATED: &str =
    "FROM document d WHERE d.document IN (SELECT rowid FROM words WHERE words MATCH ?)
     AND d.recorded <= ? AND d.since IS NULL ORDER BY d.document";

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

    fn hits(&self, words: &str, as_of: AsOf, part: Part, ranked: i64) -> Result<Vec<Hit>> {
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
        let many: i64 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)",
            )?
            .query_row(params![query, ranked + 1], |row| row.get(0))?;
        let orders: &[&str] = if many > ranked { &[NEWEST_FIRST, UNDATED] } else { &[BEST_FIRST] };
        let by = as_of.recorded.map_or(i64::MAX, |Instant(by)| by);
        let (mut hits, mut passed) = (Vec::new(), 0);
        for order in orders {
            let sql = format!("SELECT {ROW} {order}");
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params![query, by])?;
            while hits.len() < part.many
                && let Some(row) = rows.next()?
            {
                let document = document_row(row, &standing)?;
                if !as_of.sees(document.since.as_ref()) {
                    continue;
                }
                passed += 1;
                if passed <= part.from {
                    continue;
                }
                let text = self.document(document.id)?.map(|document| document.text);
                hits.push(Hit { snippet: snippet(&text.unwrap_or_default(), &terms), document });
            }
        }
        Ok(hits)
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
        let found = |as_of: AsOf, ranked: i64| -> Vec<Option<String>> {
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
