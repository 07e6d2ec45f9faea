//! Which part of one name stands for which of another.

use std::ops::Range;

use super::edits::within;
use super::part::{Name, Part};
use super::sound::sound;

/// Parts less alike than this, in percent, are taken for two.
const LEAST: i32 = 60;

/// How a part stands for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Letter for letter.
    Equal,
    /// Spelled otherwise, and sounds alike.
    Sound,
    /// The consonants of Arabic and Latin script agree, or nearly.
    Script,
    /// One is a short form of the other: "Bill", "William".
    ShortForm,
    /// One is the initial, or the initials, of the other.
    Initial,
    /// Two parts of one name are written as one in the other.
    Joined,
    /// Some letters differ, as by an error of typing.
    Near,
}

impl How {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            How::Equal => "equal",
            How::Sound => "sounds alike",
            How::Script => "alike in the other script",
            How::ShortForm => "short form",
            How::Initial => "initial",
            How::Joined => "written as one",
            How::Near => "some letters differ",
        }
    }
}

/// A part, or neighbouring parts, of one name that stand for some of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The parts of the one name, by place.
    pub one: Range<usize>,
    /// The parts of the other.
    pub other: Range<usize>,
    /// How they stand for each other.
    pub how: How,
    /// How alike they are, from 60 to 100.
    pub alike: i32,
    /// How many letters differ, where some do, up to three.
    pub misspelt: usize,
}

/// Matches parts, the most alike first, each part once.
pub(super) fn align(one: &Name, other: &Name) -> Vec<Match> {
    let scripts = one.arabic != other.arabic;
    let mut found: Vec<Match> = Vec::with_capacity(8);
    for (i, a) in one.parts.iter().enumerate() {
        for (j, b) in other.parts.iter().enumerate() {
            if let Some((alike, how, misspelt)) = compare(a, b, scripts) {
                found.push(Match { one: i..i + 1, other: j..j + 1, how, alike, misspelt });
            }
        }
    }
    // Only a part that nothing equals may be several of the other name.
    if found.iter().filter(|one| one.how == How::Equal).count()
        < one.parts.len().min(other.parts.len())
    {
        for (i, j, many, how, alike) in together(one, other, scripts) {
            found.push(Match { one: i..i + many, other: j..j + 1, how, alike, misspelt: 0 });
        }
        for (j, i, many, how, alike) in together(other, one, scripts) {
            found.push(Match { one: i..i + 1, other: j..j + many, how, alike, misspelt: 0 });
        }
    }
    let key = |one: &Match| {
        (-one.alike, one.one.start.abs_diff(one.other.start), one.one.start, one.other.start)
    };
    found.sort_by_key(key);
    let (mut of_one, mut of_other) = (0u32, 0u32);
    found.retain(|found| {
        let (a, b) = (bits(&found.one), bits(&found.other));
        let free = of_one & a == 0 && of_other & b == 0;
        if free {
            of_one |= a;
            of_other |= b;
        }
        free
    });
    found.sort_by_key(|found| found.one.start);
    found
}

/// The places of a range, a bit each.
pub(super) fn bits(range: &Range<usize>) -> u32 {
    ((1 << range.len()) - 1) << range.start
}

/// How alike two parts are, in percent, how, and how many letters differ.
fn compare(a: &Part, b: &Part, scripts: bool) -> Option<(i32, How, usize)> {
    if scripts {
        return bones_alike(&a.bones, &b.bones).map(|alike| (alike, How::Script, 0));
    }
    if a.letters == b.letters {
        return Some((100, How::Equal, 0));
    }
    if a.is_number || b.is_number {
        return None;
    }
    if a.letters.len() == 1 || b.letters.len() == 1 {
        let initial = a.letters.first() == b.letters.first();
        return initial.then_some((75, How::Initial, 0));
    }
    if a.sound == b.sound {
        return Some((95, How::Sound, 0));
    }
    if a.short_forms & b.short_forms != 0 {
        return Some((80, How::ShortForm, 0));
    }
    // What is only "servant of" or "father of" makes no two names alike.
    let head = if a.head == b.head { a.head } else { 0 };
    let length = a.letters.len().max(b.letters.len()) - head;
    let sounds = (a.sound.len().max(b.sound.len())).saturating_sub(head).max(1);
    let distance = within(&a.letters, &b.letters, length * 2 / 5);
    let by_letters = distance.map_or(0, |far| 100 - (100 * far / length) as i32);
    let far = within(&a.sound, &b.sound, sounds * 2 / 5);
    let by_sound = far.map_or(0, |far| 95 - (95 * far / sounds) as i32);
    let by_bones = if a.bones == b.bones && a.bones.len() > 1 { 80 } else { 0 };
    let alike = by_letters.max(by_sound).max(by_bones);
    (alike >= LEAST).then_some((alike, How::Near, distance.unwrap_or(3).min(3)))
}

fn bones_alike(a: &[u8], b: &[u8]) -> Option<i32> {
    if a == b && !a.is_empty() {
        return Some(95);
    }
    let length = a.len().max(b.len());
    let far = within(a, b, length / 3).filter(|_| length > 2)?;
    let alike = 100 - (120 * far / length) as i32;
    (alike >= LEAST).then_some(alike)
}

/// Neighbouring parts of one name that the other writes as one part: where they begin, the part, how
/// many they are, how, and how alike.
fn together(one: &Name, other: &Name, scripts: bool) -> Vec<(usize, usize, usize, How, i32)> {
    let mut found = Vec::new();
    for (j, whole) in other.parts.iter().enumerate() {
        if (2..=3).contains(&whole.letters.len()) && !scripts && !whole.is_number {
            let many = whole.letters.len();
            let initials = |parts: &[Part]| {
                parts.iter().zip(&whole.letters).all(|(part, letter)| {
                    part.letters.len() > 1 && part.letters.first() == Some(letter)
                })
            };
            let starts = one.parts.windows(many).enumerate().filter(|(_, parts)| initials(parts));
            found.extend(starts.map(|(i, _)| (i, j, many, How::Initial, 75)));
        }
        if whole.letters.len() < 5 {
            continue;
        }
        for (i, pair) in one.parts.windows(2).enumerate() {
            let [a, b] = pair else { continue };
            let length = a.letters.len() + b.letters.len();
            if length.abs_diff(whole.letters.len()) > 3 && !scripts {
                continue;
            }
            let alike = if scripts {
                let bones: Vec<u8> = [a.bones.as_slice(), &b.bones].concat();
                if bones == whole.bones { 93 } else { 0 }
            } else {
                let letters: Vec<u8> = [a.letters.as_slice(), &b.letters].concat();
                match within(&letters, &whole.letters, 1) {
                    Some(0) => 99,
                    _ if sound(&letters) == whole.sound => 94,
                    Some(_) => 90,
                    None => 0,
                }
            };
            if alike > 0 {
                found.push((i, j, 2, How::Joined, alike));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, want: &str) {
        let (a, b) = (Name::of(one), Name::of(other));
        let shown = |name: &Name, range: &Range<usize>| {
            name.parts[range.clone()].iter().map(|p| p.shown.clone()).collect::<Vec<_>>().join("+")
        };
        let got: Vec<String> = align(&a, &b)
            .iter()
            .map(|one| format!("{}={} {:?}", shown(&a, &one.one), shown(&b, &one.other), one.how))
            .collect();
        assert_eq!(got.join(", "), want, "{one} / {other}");
    }

    #[test]
    fn parts_find_each_other() {
        check("Emile Henry", "HENRY, Émile", "emile=emile Equal, henry=henry Equal");
        check("Masood Khalid", "Khaled Masoud", "masood=masoud Sound, khalid=khaled Sound");
        check("K. Brandt", "Karl Brandt", "k=karl Initial, brandt=brandt Equal");
        check("JC Hollin", "Jean-Claude Hollin", "jc=jean+claude Initial, hollin=hollin Equal");
        check("Bill Ruel", "William Ruel", "bill=william ShortForm, ruel=ruel Equal");
        check("KarlBrandt", "Karl Brandt", "karlbrandt=karl+brandt Joined");
        check("Karl Brnadt", "Karl Brandt", "karl=karl Equal, brnadt=brandt Near");
        check("Brigade 45", "Brigade 44", "brigade=brigade Equal");
        check("Karl Brandt", "Ada Ruel", "");
        check("يوسف خليفة", "Yusuf Khalifa", "يوسف=yusuf Script, خليفه=khalifa Script");
    }
}
