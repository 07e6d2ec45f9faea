//! How near a predicted filler comes to one of the key, as far as the guidelines of 1992 are
//! mechanical: right, half right, or wrong.

use super::Filler;

/// Credit for a filler, in halves.
pub(super) const RIGHT: i64 = 2;
const HALF: i64 = 1;

/// What is half right for what of the key.
const HALVES: &[(&str, &str, &[&str])] = &[
    ("instrument_type", "GUN", &["MACHINE GUN", "MORTAR", "HANDGUN", "RIFLE"]),
    (
        "instrument_type",
        "EXPLOSIVE",
        &["BOMB", "VEHICLE BOMB", "DYNAMITE", "MINE", "AERIAL BOMB", "GRENADE", "MOLOTOV COCKTAIL"],
    ),
    ("instrument_type", "BOMB", &["VEHICLE BOMB", "DYNAMITE", "MINE", "AERIAL BOMB"]),
    ("instrument_type", "PROJECTILE", &["MISSILE", "ROCKET"]),
    ("perp_org_confidence", "SUSPECTED OR ACCUSED", &["SUSPECTED OR ACCUSED BY AUTHORITIES"]),
    ("phys_type", "POLITICAL FIGURE OFFICE OR RESIDENCE", &["GOVERNMENT OFFICE OR RESIDENCE"]),
    ("phys_effect", "DESTROYED", &["SOME DAMAGE"]),
    ("hum_type", "GOVERNMENT OFFICIAL", &["FORMER GOVERNMENT OFFICIAL"]),
    ("hum_type", "ACTIVE MILITARY", &["FORMER ACTIVE MILITARY"]),
    ("hum_type", "POLITICAL FIGURE", &["GOVERNMENT OFFICIAL"]),
    ("hum_effect", "NO INJURY", &["NO INJURY OR DEATH"]),
    ("hum_effect", "NO DEATH", &["NO INJURY OR DEATH"]),
];

/// The credit of a prediction for a filler of the key.
pub(super) fn filler(slot: &str, mine: &Filler, theirs: &Filler) -> i64 {
    let Some(value) = mine.alternatives.first() else { return 0 };
    let each = theirs.alternatives.iter().map(|one| credit(slot, value, one));
    let best = each.max().unwrap_or(0);
    let mut of = theirs.of.iter().filter(|one| *one != "-").peekable();
    if best == RIGHT && of.peek().is_some() {
        let named = of.any(|theirs| mine.of.iter().any(|mine| text(mine, theirs) > 0));
        return if named { RIGHT } else { HALF };
    }
    best
}

/// The credit of a value for another.
pub(super) fn credit(slot: &str, mine: &str, theirs: &str) -> i64 {
    match slot {
        "date" => date(mine, theirs),
        "location" => location(mine, theirs),
        "instrument_id" | "perp_individual" | "perp_org" | "phys_id" | "hum_name"
        | "hum_description" => text(mine, theirs),
        "phys_number" | "phys_total_number" | "hum_number" | "hum_total_number" => {
            number(mine, theirs)
        }
        _ => term(slot, mine, theirs),
    }
}

/// A string in lower case, without punctuation and articles.
pub fn normal(text: &str) -> String {
    let bare: String = text.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    let words = bare.split_whitespace().filter(|word| !["a", "an", "the"].contains(word));
    words.collect::<Vec<_>>().join(" ")
}

/// Equal, or one within the other, or half of the words in common.
pub(super) fn text(mine: &str, theirs: &str) -> i64 {
    let (mine, theirs) = (normal(mine), normal(theirs));
    if mine == theirs {
        return RIGHT;
    }
    if mine.is_empty() || theirs.is_empty() {
        return 0;
    }
    let padded = |text: &str| format!(" {text} ");
    if padded(&mine).contains(&padded(&theirs)) || padded(&theirs).contains(&padded(&mine)) {
        return HALF;
    }
    let set = |text: &str| -> std::collections::BTreeSet<String> {
        text.split(' ').map(str::to_owned).collect()
    };
    let (mine, theirs) = (set(&mine), set(&theirs));
    let common = mine.intersection(&theirs).count();
    i64::from(4 * common >= mine.len() + theirs.len())
}

fn term(slot: &str, mine: &str, theirs: &str) -> i64 {
    let upper = |text: &str| -> String {
        text.to_uppercase().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (mine, theirs) = (upper(mine), upper(theirs));
    if mine == theirs {
        return RIGHT;
    }
    if slot == "type" {
        return i64::from(mine == "ATTACK");
    }
    let half = HALVES
        .iter()
        .any(|(of, said, key)| *of == slot && *said == mine && key.contains(&theirs.as_str()));
    i64::from(half)
}

fn number(mine: &str, theirs: &str) -> i64 {
    let bare = |text: &str| text.replace(' ', "").to_uppercase();
    let (mine, theirs) = (bare(mine), bare(theirs));
    if mine == theirs {
        return RIGHT;
    }
    if mine.is_empty() || !mine.chars().all(|c| c.is_ascii_digit()) {
        return 0;
    }
    let about = theirs.strip_prefix('~') == Some(mine.as_str());
    i64::from(about || theirs.contains('-') && theirs.split('-').any(|end| end == mine))
}

/// The same place, or the same country, or the same places within it.
fn location(mine: &str, theirs: &str) -> i64 {
    let (mine, theirs) = (place(mine), place(theirs));
    if mine == theirs {
        return RIGHT;
    }
    let country = !mine.0.is_empty() && mine.0 == theirs.0;
    i64::from(country || !mine.1.is_empty() && mine.1 == theirs.1)
}

/// A country, and what is named within it: "PERU: LIMA (CITY) - MIRAFLORES (NEIGHBORHOOD)".
pub fn place(text: &str) -> (String, std::collections::BTreeSet<String>) {
    let mut bare = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        let Some((_, after)) = after.split_once(')') else { break };
        bare.push_str(before);
        bare.push(' ');
        rest = after;
    }
    bare.push_str(rest);
    let mut parts: Vec<String> = Vec::new();
    for piece in bare.to_uppercase().split(':') {
        let mut words: Vec<&str> = Vec::new();
        let all: Vec<&str> = piece.split_whitespace().collect();
        for (at, word) in all.iter().enumerate() {
            if *word == "-" && !words.is_empty() && at + 1 < all.len() {
                parts.push(words.join(" "));
                words.clear();
            } else {
                words.push(word);
            }
        }
        parts.push(words.join(" "));
    }
    let mut parts = parts.into_iter().filter(|part| !part.is_empty() && part != "-");
    (parts.next().unwrap_or_default(), parts.collect())
}

/// Days of a date, and whether it is "at some time up to".
type Days = (i64, i64, bool);

fn date(mine: &str, theirs: &str) -> i64 {
    let upper = |text: &str| -> Vec<String> {
        text.to_uppercase().split_whitespace().map(str::to_owned).collect()
    };
    if upper(mine) == upper(theirs) {
        return RIGHT;
    }
    let (Some(a), Some(b)) = (days(mine), days(theirs)) else { return 0 };
    if a == b {
        return RIGHT;
    }
    if a.2 {
        return i64::from(a.1 == b.1 && (b.0 == b.1 || !b.2));
    }
    if a.0 == a.1 {
        return i64::from(b.0 != b.1 && b.0 <= a.0 && a.0 <= b.1);
    }
    i64::from(a.1 == b.1 || !b.2 && a.0 == b.0)
}

fn days(text: &str) -> Option<Days> {
    let text = text.trim();
    if let Some(until) = text.strip_prefix('-') {
        let until = day(until)?;
        return Some((until - 31, until, true));
    }
    let parts: Vec<&str> = text.split(" - ").collect();
    match parts[..] {
        [from, to] => Some((day(from)?, day(to)?, false)),
        _ => day(text).map(|day| (day, day, false)),
    }
}

/// "04 FEB 90" as a number that tells days apart.
fn day(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let upper = text.trim().to_uppercase();
    let parts: Vec<&str> = upper.split(' ').collect();
    let [day, month, year] = parts[..] else { return None };
    let digits = |text: &str, lengths: std::ops::RangeInclusive<usize>| -> Option<i64> {
        let fits = lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|_| fits)
    };
    if !month.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let month = MONTHS.iter().position(|name| month.starts_with(name))?;
    Some(digits(year, 2..=4)? % 100 * 365 + BEFORE[month] + digits(day, 1..=2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings() {
        assert_eq!(normal("The \"Quiet Harvest\", a cell"), "quiet harvest cell");
        assert_eq!(text("the guard", "GUARD"), RIGHT);
        assert_eq!(text("armed guard", "guard"), HALF);
        assert_eq!(text("two old guards", "old men"), 0);
        assert_eq!(text("old grey men", "old men there"), HALF);
    }

    #[test]
    fn terms_numbers_places_dates() {
        assert_eq!(credit("type", "attack", "BOMBING"), HALF);
        assert_eq!(credit("instrument_type", "GUN", "RIFLE"), HALF);
        assert_eq!(credit("instrument_type", "RIFLE", "GUN"), 0);
        assert_eq!(credit("hum_number", "3", "~3"), HALF);
        assert_eq!(credit("hum_number", "3", "3 - 5"), HALF);
        assert_eq!(credit("location", "PERU: LIMA (CITY)", "PERU: LIMA"), RIGHT);
        assert_eq!(credit("location", "PERU", "PERU: LIMA"), HALF);
        assert_eq!(credit("location", "A: B - C", "D: C - B"), HALF);
        assert_eq!(credit("date", "04 FEB 90", "03 FEB 90 - 05 FEB 90"), HALF);
        assert_eq!(credit("date", "- 04 FEB 90", "04 FEB 90"), HALF);
        assert_eq!(credit("date", "04 FEB 90", "4 FEBRUARY 1990"), RIGHT);
    }

    #[test]
    fn a_value_of_another_filler_is_half_right() {
        let filler_of = |of: &str| Filler {
            alternatives: vec!["DEATH".to_owned()],
            of: vec![of.to_owned()],
            optional: false,
        };
        assert_eq!(filler("hum_effect", &filler_of("THE GUARD"), &filler_of("GUARD")), RIGHT);
        assert_eq!(filler("hum_effect", &filler_of("DRIVER"), &filler_of("GUARD")), HALF);
        assert_eq!(filler("hum_effect", &filler_of("DRIVER"), &filler_of("-")), RIGHT);
    }
}
