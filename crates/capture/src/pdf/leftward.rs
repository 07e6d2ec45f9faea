//! Text written from right to left, which a page holds in the order of its places.

use super::glyph::is_leftward;

/// The way in which a stretch of letters is read.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Left,
    Right,
    /// As what is around it.
    Either,
}

/// Letters in the order of their places, from left to right, in the order in which they are read.
pub(super) fn reordered(placed: &str) -> String {
    let letters: Vec<(char, Way)> = placed.chars().map(|letter| (letter, way_of(letter))).collect();
    let count = |way: Way| letters.iter().filter(|(_, other)| *other == way).count();
    let base = if count(Way::Left) >= count(Way::Right) { Way::Left } else { Way::Right };
    let other = if base == Way::Left { Way::Right } else { Way::Left };
    // Stretches against the base: from a letter that runs against it to the last one before a
    // letter that runs along it.
    let mut out: Vec<char> = Vec::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        if letters[at].1 != other {
            out.push(letters[at].0);
            at += 1;
            continue;
        }
        let rest = &letters[at..];
        let length = rest.iter().position(|(_, way)| *way == base).unwrap_or(rest.len());
        let inked =
            rest[..length].iter().rposition(|(_, way)| *way == other).map_or(1, |at| at + 1);
        out.extend(rest[..inked].iter().rev().map(|(letter, _)| *letter));
        at += inked;
    }
    if base == Way::Left {
        out.reverse();
    }
    // Some programs say which bracket is drawn, others which is meant, and some do both in a line.
    for pair in [('(', ')'), ('[', ']'), ('«', '»')] {
        pair_up(&mut out, pair);
    }
    out.into_iter().collect()
}

/// Makes brackets open and close in turn, where they do not do so by themselves.
fn pair_up(letters: &mut [char], (opens, closes): (char, char)) {
    let mut depth = 0i32;
    let sound = letters.iter().all(|letter| {
        depth += i32::from(*letter == opens) - i32::from(*letter == closes);
        depth >= 0
    });
    if sound && depth == 0 {
        return;
    }
    let brackets = letters.iter_mut().filter(|letter| **letter == opens || **letter == closes);
    for (at, letter) in brackets.enumerate() {
        *letter = if at % 2 == 0 { opens } else { closes };
    }
}

fn way_of(letter: char) -> Way {
    match letter {
        _ if is_leftward(letter) => Way::Left,
        // Figures run to the right in every script.
        _ if letter.is_alphanumeric() => Way::Right,
        _ => Way::Either,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_in_the_order_in_which_they_are_read() {
        for (placed, read) in [
            ("גבא", "אבג"),
            ("ד 12 גבא", "אבג 12 ד"),
            ("word גבא word two", "word אבג word two"),
            ("(גבא)", "(אבג)"),
            (")גבא(", "(אבג)"),
            ("דדדדד (word two( גגגגג", "גגגגג (word two) דדדדד"),
        ] {
            assert_eq!(reordered(placed), read, "{placed}");
        }
    }
}
