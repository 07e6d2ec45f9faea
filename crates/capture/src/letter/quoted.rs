//! What a letter quotes of an earlier one: the words of that one's sender.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The fields that programs write above an earlier letter.
static FIELDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../resources/letter-heads.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// Where in some words the head of an earlier letter begins that is quoted to the end, with the line
/// of dashes above it: three fields in a row, such as `From:`, `Sent:` and `To:`.
///
/// Fires: a line `-----Original Message-----`, then `From: Odo Lind`, `Sent: Saturday`, `To: Ada`.
/// Must not: `From: the port` alone, as in a list of what was found where; a head with no words above
/// it, as a memorandum has, or a letter that is only passed on.
pub(super) fn begins(words: &str) -> Option<usize> {
    const ENOUGH: usize = 3;
    let (mut at, mut fields, mut from, mut dashes) = (0, 0, 0, None);
    for line in words.split_inclusive('\n') {
        let bare = line.trim();
        if is_field(bare) {
            if fields == 0 {
                from = dashes.unwrap_or(at);
            }
            fields += 1;
            if fields == ENOUGH {
                return Some(from).filter(|from| !words[..*from].trim().is_empty());
            }
        } else if !(fields == 0 && bare.is_empty()) {
            // A field may run on, set in from the edge.
            let runs_on = fields > 0 && line.starts_with([' ', '\t']) && !bare.is_empty();
            if !runs_on {
                fields = 0;
            }
            dashes = is_dashes(bare).then_some(at);
        }
        at += line.len();
    }
    None
}

/// Whether a line is a field with what it says, its name plain or between marks of bold letters.
fn is_field(line: &str) -> bool {
    const LONGEST: usize = 30;
    let Some((name, _)) = line.split_once(':') else { return false };
    let name = name.trim_matches(|letter: char| letter.is_whitespace() || letter == '*');
    name.len() <= LONGEST && FIELDS.contains(name.to_lowercase().as_str())
}

/// Whether a line is one of dashes or underlines, with words among them or without.
fn is_dashes(line: &str) -> bool {
    const FEWEST: usize = 2;
    let ends = |line: &mut dyn Iterator<Item = char>| {
        line.take_while(|letter| matches!(letter, '-' | '_' | '—')).count() >= FEWEST
    };
    ends(&mut line.chars()) && ends(&mut line.chars().rev())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, want: Option<&str>) {
        assert_eq!(begins(words).map(|at| &words[at..]), want, "{words}");
    }

    #[test]
    fn heads_of_earlier_letters_are_found_in_every_language() {
        let english = "-----Original Message-----\nFrom: Odo Lind\nSent: Saturday\nTo: Ada\n\nNo.";
        check(&format!("Yes.\n\n{english}"), Some(english));
        let german = "Von: Ada <ada@lamp.example>\r\nGesendet: Sonntag\r\nAn: Odo\r\n\r\nNein.";
        check(&format!("Ja.\r\n\r\n{german}"), Some(german));
        let bold = "________________________________\n\n*De :* Ada\n*Envoyé :* dimanche\n  à midi\n*À :* Odo";
        check(&format!("Oui.\n{bold}"), Some(bold));
    }

    #[test]
    fn what_begins_with_a_head_quotes_nothing() {
        check("From: The press office\nTo: All editors\nDate: 14 May\n\nTwo men were held.", None);
    }

    #[test]
    fn other_lines_with_colons_begin_nothing() {
        check("From: the port\nTo: the mill\n\nNobody saw them.", None);
        check("From: the port\n\nThey came at ten.\n\nTo: the mill\nDate: unknown\n", None);
        check("---- What is known ----\n\nThe can was empty.", None);
    }
}
