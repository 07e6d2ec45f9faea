//! What is known of a report beside its words: the days and places that it names, each with how the
//! key of MUC-4 writes it.

use std::collections::BTreeMap;
use std::ops::Range;

use throughline_linear::hash;
use throughline_model::{Document, Edtf, Sha256};
use throughline_places::{Gazetteer, Kind, Model, Report, Reports};
use throughline_read::timex;
use throughline_read::trained::incidents::{Given, Named};
use throughline_read::trained::{Page, Weights};

use crate::bench::placer;

/// What is known of a report beside its words, and how the key writes it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Days and places.
    pub given: Given,
    /// The days as the key writes them.
    pub days: Vec<String>,
    /// The countries.
    pub countries: Vec<String>,
    /// The places.
    pub places: Vec<String>,
}

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// The line before a report that says where and when it was sent: "SAN RUEL, 3 JAN 90 -- …".
fn dateline(text: &str) -> &str {
    text.split_once(" -- ").map_or("", |(line, _)| line)
}

/// The day of a line of that kind, as year, month and day.
fn sent(line: &str) -> Option<[i64; 3]> {
    let line = line.to_uppercase();
    let words: Vec<&str> =
        line.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(3).find_map(|three| {
        let month = MONTHS.iter().position(|name| three[1].starts_with(name))?;
        let (day, year): (i64, i64) = (three[0].parse().ok()?, three[2].parse().ok()?);
        let year = if year < 100 { 1900 + year } else { year };
        (1..=31).contains(&day).then_some([year, month as i64 + 1, day])
    })
}

/// A number that goes up by one a day.
fn number([year, month, day]: [i64; 3]) -> i64 {
    // Days of the civil calendar, the year beginning in March.
    let year = if month <= 2 { year - 1 } else { year };
    let (era, within) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + within * 365 + within / 4 - within / 100 + of_year
}

fn written([year, month, day]: [i64; 3]) -> String {
    let month = usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).unwrap_or(&"");
    format!("{day:02} {month} {:02}", year % 100)
}

/// The words that a span of bytes takes.
fn words_of(page: &Page<'_>, span: &Range<usize>) -> Option<Range<usize>> {
    let spans = page.spans();
    let first = spans.partition_point(|one| one.end as usize <= span.start);
    let last = spans.partition_point(|one| (one.start as usize) < span.end);
    (first < last).then_some(first..last)
}

impl Known {
    /// What is known of a report.
    pub fn of(text: &str, page: &Page<'_>, weights: &Weights<'_>) -> Known {
        let mut known = Known::default();
        known.read_days(text, page);
        known.read_places(text, page, weights);
        known
    }

    fn read_days(&mut self, text: &str, page: &Page<'_>) {
        let line = dateline(text);
        let sent = sent(line);
        let mut document =
            Document { text: text.to_owned(), ..Document::bare(Sha256::of(text.as_bytes())) };
        document.published = sent.and_then(|[year, month, day]| {
            format!("{year:04}-{month:02}-{day:02}").parse::<Edtf>().ok()
        });
        let mut days: BTreeMap<[i64; 3], Vec<Range<usize>>> = BTreeMap::new();
        days.extend(sent.map(|day| (day, Vec::new())));
        for one in timex::read(&document) {
            let span = one.span.start as usize..one.span.end as usize;
            let parts: Vec<i64> = one
                .value
                .get(..10)
                .unwrap_or("")
                .split('-')
                .filter_map(|p| p.parse().ok())
                .collect();
            let &[year, month, day] = parts.as_slice() else { continue };
            let Some(words) = words_of(page, &span).filter(|_| span.start > line.len()) else {
                continue;
            };
            days.entry([year, month, day]).or_default().push(words);
        }
        let count = days.len().min(5) as u64;
        if let Some(day) = sent {
            self.days.push(format!("- {}", written(day)));
            self.given.days.push(Named { words: Vec::new(), own: vec![90, count], within: None });
        }
        for (day, words) in days {
            let before = sent.map_or(80, |sent| match number(sent) - number(day) {
                ago @ 0..=7 => ago as u64,
                8..=14 => 8,
                15..=31 => 9,
                32..=366 => 10,
                367.. => 11,
                _ => 12,
            });
            let named = u64::from(words.is_empty());
            self.days.push(written(day));
            self.given.days.push(Named {
                words,
                own: vec![before, count * 2 + named],
                within: None,
            });
        }
    }

    fn read_places(&mut self, text: &str, page: &Page<'_>, weights: &Weights<'_>) {
        let gazetteer = Gazetteer::own();
        let spans = placer::found(text, weights);
        let report = Report { text, toponyms: &spans, source: "" };
        let placed = Reports::of(gazetteer, &[report]).placed(&Model::own());
        let line = dateline(text).len();
        let mut names: BTreeMap<String, Spoken<'_>> = BTreeMap::new();
        let mut countries: BTreeMap<&str, Spoken<'_>> = BTreeMap::new();
        for (span, placed) in spans.iter().zip(&placed[0]) {
            let Some(words) = words_of(page, span) else { continue };
            let name = text[span.clone()].to_uppercase();
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            let entry = placed.as_ref().map(|placed| gazetteer.entry(placed.id));
            let head = span.end <= line;
            let code = entry.map(|entry| entry.country).filter(|code| !code.is_empty());
            if let Some(code) = code {
                countries.entry(code).or_default().add(&words, head);
            }
            let kind = entry.map(|entry| entry.kind);
            if kind == Some(Kind::Country) || gazetteer.is_people(&name) {
                continue;
            }
            let held = names.entry(name).or_default();
            held.add(&words, head);
            (held.country, held.kind) = (code, kind);
        }
        let all: usize = countries.values().map(|one| one.count).sum();
        let most = countries.values().map(|one| one.count).max().unwrap_or(0);
        let codes: Vec<&str> = countries.keys().copied().collect();
        for (code, one) in countries {
            let name = gazetteer.coded(code).map_or("", |id| gazetteer.entry(id).name);
            self.countries.push(country(name));
            let head = u64::from(one.head);
            let own = vec![
                100 + head,
                200 + (10 * one.count / all) as u64,
                300 + u64::from(one.count == most) * 2 + head,
                hash(code.as_bytes()),
            ];
            self.given.countries.push(Named { words: one.words, own, within: None });
        }
        let several = names.len().min(8) as u64;
        for (name, one) in names {
            let own = vec![
                400 + one.kind.map_or(20, |kind| kind as u64),
                500 + u64::from(one.head),
                600 + (one.words.len().min(4) as u64) * 2 + u64::from(one.head),
                700 + several,
            ];
            let within = one.country.and_then(|code| codes.iter().position(|own| *own == code));
            self.places.push(name);
            self.given.places.push(Named { words: one.words, own, within });
        }
    }
}

/// What a report says of a place.
#[derive(Default)]
struct Spoken<'g> {
    /// Where, its first line aside.
    words: Vec<Range<usize>>,
    /// Whether its first line does, and how often the report does in all.
    head: bool,
    count: usize,
    country: Option<&'g str>,
    kind: Option<Kind>,
}

impl Spoken<'_> {
    fn add(&mut self, words: &Range<usize>, head: bool) {
        self.head |= head;
        self.count += 1;
        if !head {
            self.words.push(words.clone());
        }
    }
}

/// A country as the key writes it.
fn country(name: &str) -> String {
    let upper = name.to_uppercase();
    match upper.as_str() {
        "RUSSIA" => "USSR".to_owned(),
        "CHINA" => "PEOPLES REP OF CHINA".to_owned(),
        _ => upper,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_says_when_it_was_sent() {
        let line = dateline("SAN RUEL, 3 JAN 90 (RADIO OSTRIA) -- [TEXT] ON 30 DECEMBER");
        assert_eq!(sent(line), Some([1990, 1, 3]));
        assert_eq!(written([1990, 1, 3]), "03 JAN 90");
        assert_eq!(sent(dateline("NO LINE BEFORE THE TEXT OF 3 JAN 90.")), None);
        assert_eq!(number([1990, 3, 1]) - number([1990, 2, 28]), 1);
        assert_eq!(number([1988, 3, 1]) - number([1988, 2, 28]), 2);
        assert_eq!(number([1990, 1, 3]) - number([1989, 12, 30]), 4);
    }

    #[test]
    fn days_and_places_stand_beside_their_words() {
        let text = "LIMA, 3 JAN 90 -- TWO BOMBS EXPLODED IN AREQUIPA YESTERDAY.";
        let page = Page::of_text(text);
        let known = Known::of(text, &page, &Weights::own());
        assert_eq!(known.days, ["- 03 JAN 90", "02 JAN 90", "03 JAN 90"]);
        let words = &known.given.days[1].words;
        assert_eq!(page.word(words[0].start), "YESTERDAY");
        let at = known.places.iter().position(|name| name == "AREQUIPA").unwrap();
        let place = &known.given.places[at];
        assert_eq!(page.word(place.words[0].start), "AREQUIPA");
        assert_eq!(known.countries[place.within.unwrap()], "PERU");
    }
}
