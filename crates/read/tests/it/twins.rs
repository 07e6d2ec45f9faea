//! Names, places, dates and figures replaced throughout give the same records, renamed: no
//! rule hangs on a name.

use jiff::civil::{Date, Weekday, date};

use crate::document::document;
use crate::twin::{Table, differences};
use crate::view;

const ARTICLE: &str = include_str!("../fixtures/harbour-bridge.txt");

/// Movements, invented; of one to four words.
const GROUPS: &[&str] = &[
    "Ash Covenant",
    "Seventh Lantern",
    "Order of the Grey Heron",
    "Red Meridian Front",
    "Quiet Harvest",
    "Sons of Ardal",
    "Thornwood Circle",
    "Free Delta Brigade",
    "Veridane",
    "Northfold",
];
/// Where it happened, with the site's own word.
const SITES: &[(&str, &str)] = &[
    ("Kestrel Square", "square"),
    ("Old Mint Bridge", "bridge"),
    ("Saint Ansgar Square", "square"),
    ("Tollgate Market", "market"),
    ("Weavers Park", "park"),
];
const AGENCIES: &[&str] = &["Tidemark", "Blue Heron", "Al Sahil", "Kesta", "Northern Beacon"];
const SERVICES: &[&str] = &["Telegram", "Parley", "WhatsApp", "Quillbox", "Discord"];
const SURNAMES: &[&str] = &["Okonjo", "Marchetti", "van der Steen", "Brask", "Delacroix"];
const CITIES: &[&str] = &["Porto", "Cork", "Ghent", "Turku", "Bergen", "Graz", "Valencia"];
const TERMINALS: &[&str] = &["Osk", "Brightwell", "Hook End", "Svarta"];
const MEN: &[(&str, &str)] = &[
    ("Karel Dvorsky", "Dvorsky"),
    ("Amadou Keita", "Keita"),
    ("Amadou Bissau", "Bissau"),
    ("Jon Anders Lunde", "Lunde"),
    ("Tobias Reinholt", "Reinholt"),
];
const EXPERTS: &[&str] = &["Mira Castellanos", "Ruth Adeyemi", "Elin Maria Hauge", "Petra Novotna"];
const BODIES: &[&str] = &[
    "Centre for Security Studies",
    "Institute for Peace Archives",
    "University of Westmark",
    "Harrow Foundation",
];
const COUNTRIES: &[(&str, &str)] = &[
    ("Mali", "Niger"),
    ("Syria", "Iraq"),
    ("Sudan", "Kenya"),
    ("Sudan", "Chad"),
    ("Peru", "Bolivia"),
];
const REGIONS: &[&str] = &["Africa", "Asia", "Europe"];
/// Holidays by month and day.
const HOLIDAYS: &[(&str, i8, i8)] =
    &[("Christmas Eve", 12, 24), ("Boxing Day", 12, 26), ("May Day", 5, 1)];
const SEASONS: &[(&str, u8)] = &[("spring", 21), ("summer", 22), ("autumn", 23)];
const NUMBERS: &[&str] = &[
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[test]
fn twenty_twins_read_alike() {
    let lines = view::lines(&throughline_read::read(&document(ARTICLE, None)));
    assert!(lines.len() > 60, "the article itself is hardly read");
    let mut problems = Vec::new();
    for seed in 1..=20 {
        let table = table(seed);
        let twin = document(&table.rename(ARTICLE), None);
        let found = view::lines(&throughline_read::read(&twin));
        let differing = differences(&table, &lines, &found);
        if !differing.is_empty() {
            problems.push(format!("seed {seed}:\n{}", differing.join("\n")));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// Draws from a seed; the generator is Knuth's of TAOCP 3.3.4.
struct Draw(u64);

impl Draw {
    /// Seeds that follow each other begin alike, so the first draws are thrown away.
    fn from(seed: u64) -> Draw {
        let mut draw = Draw(seed);
        (0..8).for_each(|_| {
            draw.below(1);
        });
        draw
    }

    fn below(&mut self, count: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }

    fn of<T: Copy>(&mut self, pool: &[T]) -> T {
        pool[self.below(pool.len())]
    }
}

fn table(seed: u64) -> Table {
    let mut draw = Draw::from(seed);
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut row = |old: &str, new: &str| rows.push((old.to_owned(), new.to_owned()));
    row("Dawn Column", draw.of(GROUPS));
    let (site, word) = draw.of(SITES);
    row("Harbour Bridge", site);
    row("bridge", word);
    row("Farrow", draw.of(AGENCIES));
    row("Signal", draw.of(SERVICES));
    row("Lindqvist", draw.of(SURNAMES));
    let first = draw.below(CITIES.len());
    let second = (first + 1 + draw.below(CITIES.len() - 1)) % CITIES.len();
    row("Gothenburg", CITIES[first]);
    row("Rotterdam", CITIES[second]);
    row("Tessel", draw.of(TERMINALS));
    let (full, surname) = draw.of(MEN);
    row("Anton Verhulst", full);
    row("Verhulst", surname);
    row("Ingrid Solheim", draw.of(EXPERTS));
    row("Institute for Conflict Records", draw.of(BODIES));
    let (one, other) = draw.of(COUNTRIES);
    row("Libya", one);
    row("Yemen", other);
    row("Europe", draw.of(REGIONS));

    // On a working day: on the weekend itself "Saturday" is another day than the article's.
    let monday = date(2015, 1, 5).saturating_add(jiff::Span::new().weeks(draw.below(400) as i64));
    let published = monday.saturating_add(jiff::Span::new().days(draw.below(5) as i64));
    row("4 March 2019", &words(published));
    row("@2019-03-03", &format!("@{}", last(published, Weekday::Sunday)));
    row("@2019-03-02", &format!("@{}", last(published, Weekday::Saturday)));
    // One that is not near ahead, since then the coming one could be meant.
    let (name, month, day) = loop {
        let drawn @ (_, month, _) = draw.of(HOLIDAYS);
        if (month - published.month()).rem_euclid(12) > 2 {
            break drawn;
        }
    };
    let this_year = date(published.year(), month, day);
    let year = published.year() - i16::from(this_year >= published);
    row("Christmas Eve", name);
    row("@2018-12-24", &format!("@{}", date(year, month, day)));
    let (season, code) = draw.of(SEASONS);
    row("last spring", &format!("last {season}"));
    row("@2018-21", &format!("@{}-{code}", season_year(published, code)));
    let past = date(2008, 1, 1).saturating_add(jiff::Span::new().days(draw.below(2000) as i64));
    row("9 June 2017", &words(past));
    row("@2017-06-09", &format!("@{past}"));
    let month = draw.below(12);
    row("August 2017", &format!("{} {}", MONTHS[month], past.year() + 1));
    row("@2017-08", &format!("@{}-{:02}", past.year() + 1, month + 1));

    let mut number = |old: usize, low: usize| {
        let new = low + draw.below(19 - low + 1);
        (old, new)
    };
    let (killed, wounded) = (number(3, 2), number(11, 2));
    let whole = number(17, 10);
    let part = (12, 2 + whole.1 % 8);
    for (old, new) in [killed, wounded, part] {
        rows.push((NUMBERS[old - 2].to_owned(), NUMBERS[new - 2].to_owned()));
        let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
        rows.push((capital(NUMBERS[old - 2]), capital(NUMBERS[new - 2])));
    }
    let dead = (41, 20 + Draw::from(seed + 100).below(200));
    for (old, new) in [killed, wounded, part, whole, dead] {
        rows.push((old.to_string(), new.to_string()));
        rows.push((format!("#{old}"), format!("#{new}")));
    }
    Table::new(rows)
}

fn words(day: Date) -> String {
    format!("{} {} {}", day.day(), MONTHS[day.month() as usize - 1], day.year())
}

/// The last such day of the week before a date.
fn last(day: Date, weekday: Weekday) -> Date {
    let mut at = day;
    loop {
        at = at.yesterday().unwrap();
        if at.weekday() == weekday {
            return at;
        }
    }
}

/// The year of the last whole season before a date, as the article means it.
fn season_year(published: Date, code: u8) -> i16 {
    let ends = [5, 8, 11][usize::from(code - 21)];
    published.year() - i16::from(published.month() <= ends)
}
