//! Style sheets, as far as they say what a page shows and hides.
//!
//! Of a sheet only rules that set `display` or `visibility`, or strike words out, are kept, and of selectors only those
//! of names, classes, ids and of what lies in what; a selector with more in it is not heard. Rules
//! that hold on some screens only, or on paper, are not heard either: what they hide is shown
//! elsewhere.

/// The longest sheets that are read of one page, in bytes together.
pub(crate) const MOST_STYLE: usize = 4 << 20;

/// The most rules that are kept of one page; large sites have some hundred that hide something.
const MOST_RULES: usize = 20_000;

/// How deep blocks may lie in one another.
const DEEPEST: usize = 32;

/// What a rule sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Property {
    Display,
    Visibility,
    /// Whether a line goes through the words, which strikes them out.
    LineThrough,
}

/// One selector and one thing that it sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// The element itself, then what lies around it, outwards.
    pub(super) steps: Vec<Step>,
    pub(super) property: Property,
    /// Whether it hides, or strikes out.
    pub(super) hides: bool,
    pub(super) important: bool,
}

/// A part of a selector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Step {
    /// The element's name; empty for any.
    pub(super) name: String,
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    /// Whether it is the parent of the step before, rather than anything around it.
    pub(super) parent: bool,
}

impl Rule {
    /// How much the selector weighs: ids, then classes, then names.
    pub(super) fn weight(&self) -> (bool, usize, usize, usize) {
        let ids = self.steps.iter().filter(|step| step.id.is_some()).count();
        let classes = self.steps.iter().map(|step| step.classes.len()).sum();
        let names = self.steps.iter().filter(|step| !step.name.is_empty()).count();
        (self.important, ids, classes, names)
    }
}

/// What a list of declarations, as in an attribute `style`, sets last of a property, and whether
/// that is important.
pub(super) fn declared(declarations: &str, property: Property) -> Option<(bool, bool)> {
    let mut found: Option<(bool, bool)> = None;
    for one in declarations.split(';') {
        let Some((name, value)) = one.split_once(':') else { continue };
        let wanted: &[&str] = match property {
            Property::Display => &["display"],
            Property::Visibility => &["visibility"],
            Property::LineThrough => &["text-decoration", "text-decoration-line"],
        };
        if !wanted.iter().any(|wanted| name.trim().eq_ignore_ascii_case(wanted)) {
            continue;
        }
        let value = value.to_ascii_lowercase();
        let (value, important) = match value.split_once('!') {
            Some((value, mark)) => (value.trim(), mark.trim() == "important"),
            None => (value.trim(), false),
        };
        let hides = match (property, value) {
            (Property::Display, "none") | (Property::Visibility, "hidden" | "collapse") => true,
            // What is as around it says nothing of its own.
            (_, "" | "inherit" | "unset" | "revert" | "revert-layer") => continue,
            (Property::LineThrough, lines) => lines.split(' ').any(|line| line == "line-through"),
            _ => false,
        };
        if important || !found.is_some_and(|(_, before)| before) {
            found = Some((hides, important));
        }
    }
    found
}

/// The rules of a sheet, in order, after those that are there.
pub(super) fn read(sheet: &str, rules: &mut Vec<Rule>) {
    let sheet = without_comments(sheet);
    // Most sheets say where links have a line under them, and few strike anything out.
    let heard: &[Property] = match sheet.contains("line-through") {
        true => &[Property::Display, Property::Visibility, Property::LineThrough],
        false => &[Property::Display, Property::Visibility],
    };
    let mut rest = sheet.as_str();
    let mut depth = 0;
    while !rest.is_empty() && rules.len() < MOST_RULES {
        let end = end_of(rest, b"{};");
        let head = rest[..end].trim();
        let mark = rest.as_bytes().get(end);
        rest = rest.get(end + 1..).unwrap_or_default();
        match mark {
            Some(b'{') if holds_always(head) && depth < DEEPEST => depth += 1,
            Some(b'{') => {
                let end = end_of_block(rest);
                if !head.starts_with('@') {
                    rule(head, &rest[..end], heard, rules);
                }
                rest = rest.get(end + 1..).unwrap_or_default();
            }
            _ => {}
        }
    }
}

/// Whether a head opens a block of rules that hold on every screen.
fn holds_always(head: &str) -> bool {
    let head = head.to_ascii_lowercase();
    head.strip_prefix("@media")
        .is_some_and(|media| holds_on_screen(media) && media.starts_with(char::is_whitespace))
        || head == "@layer"
        || head.starts_with("@layer ")
}

/// Whether the media that a sheet is for are those of every screen.
pub(super) fn holds_on_screen(media: &str) -> bool {
    let media = media.trim();
    media.is_empty()
        || media.split(',').any(|one| {
            let one = one.trim().to_ascii_lowercase();
            matches!(one.as_str(), "all" | "screen" | "only screen")
        })
}

fn rule(head: &str, block: &str, heard: &[Property], rules: &mut Vec<Rule>) {
    // Rules in rules are left out.
    let own = block.split(['{', '}']).next().unwrap_or_default();
    let set: Vec<_> =
        heard.iter().filter_map(|property| Some((*property, declared(own, *property)?))).collect();
    if set.is_empty() {
        return;
    }
    for steps in head.split(',').filter_map(selector) {
        for (property, (hides, important)) in &set {
            rules.push(Rule {
                steps: steps.clone(),
                property: *property,
                hides: *hides,
                important: *important,
            });
        }
    }
}

/// The steps of a selector, the element itself first; `None` if there is more in it than is heard.
fn selector(text: &str) -> Option<Vec<Step>> {
    const MOST_STEPS: usize = 8;
    let mut steps: Vec<Step> = Vec::new();
    let mut parent = false;
    for word in text.replace('>', " > ").split_whitespace() {
        if word == ">" {
            parent = true;
            continue;
        }
        if let Some(outer) = steps.last_mut() {
            outer.parent = parent;
        }
        parent = false;
        steps.push(step(word)?);
    }
    steps.reverse();
    (!steps.is_empty() && !parent && steps.len() <= MOST_STEPS).then_some(steps)
}

fn step(word: &str) -> Option<Step> {
    const LONGEST: usize = 200;
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '#');
    if word.len() > LONGEST || !word.trim_start_matches('*').chars().all(plain) {
        return None;
    }
    let mut step = Step::default();
    let mut rest = word.trim_start_matches('*');
    let end = rest.find(['.', '#']).unwrap_or(rest.len());
    step.name = rest[..end].to_ascii_lowercase();
    rest = &rest[end..];
    while let Some(mark) = rest.chars().next() {
        let end = rest[1..].find(['.', '#']).map_or(rest.len(), |end| end + 1);
        let name = rest[1..end].to_owned();
        rest = &rest[end..];
        match mark {
            _ if name.is_empty() => return None,
            '#' if step.id.is_none() => step.id = Some(name),
            '.' => step.classes.push(name),
            _ => return None,
        }
    }
    Some(step)
}

/// The place of the first of some letters outside strings and brackets, else the end.
fn end_of(text: &str, letters: &[u8]) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut brackets) = (0, 0usize);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            quote @ (b'"' | b'\'') => at = end_of_string(bytes, at, quote),
            b'(' => brackets += 1,
            b')' => brackets = brackets.saturating_sub(1),
            // Whatever opens a block ends a bracket that was never closed.
            letter if letters.contains(&letter) && (brackets == 0 || letter == b'{') => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// The place of the brace that closes a block whose opening brace stands before the text.
fn end_of_block(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0usize);
    loop {
        at += end_of(&text[at..], b"{}");
        match text.as_bytes().get(at) {
            Some(b'{') => depth += 1,
            Some(_) if depth > 0 => depth -= 1,
            _ => return at,
        }
        at += 1;
    }
}

/// The place of the mark that ends a string; strings end with their line.
fn end_of_string(bytes: &[u8], from: usize, quote: u8) -> usize {
    let mut at = from + 1;
    while at < bytes.len() && bytes[at] != quote && bytes[at] != b'\n' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at
}

fn without_comments(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        out.push(' ');
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    // Marks of old pages around a sheet, so that browsers without style would not show it.
    out.replace("<!--", " ").replace("-->", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(sheet: &str) -> Vec<String> {
        let mut rules = Vec::new();
        read(sheet, &mut rules);
        let step = |step: &Step| {
            let id = step.id.as_ref().map(|id| format!("#{id}")).unwrap_or_default();
            let classes: String = step.classes.iter().map(|name| format!(".{name}")).collect();
            format!("{}{}{id}{classes}", if step.parent { "> " } else { "" }, step.name)
        };
        rules
            .iter()
            .map(|rule| {
                let steps: Vec<String> = rule.steps.iter().map(step).collect();
                format!("{} {}", if rule.hides { "hides" } else { "shows" }, steps.join(" in "))
            })
            .collect()
    }

    #[test]
    fn rules_that_hide_and_show_are_kept() {
        let sheet = "p { color: red } /* .x { display: none } */\n\
            .a, div#b.c { margin: 0; display : none } .d::after { content: '} .e {'; display: none }\n\
            @import url(x.css;y); .f>.g .h { visibility:hidden!important }\n\
            .i { display: block }";
        assert_eq!(
            rules(sheet),
            ["hides .a", "hides div#b.c", "hides .h in .g in > .f", "shows .i"]
        );
    }

    #[test]
    fn rules_of_some_screens_are_not_heard() {
        let sheet = "@media print { .a { display: none } } @media (max-width: 9px) { .b { display: none } }\n\
            @media screen { .c { display: none } @media all { .d { display: none } } }\n\
            @keyframes e { from { visibility: hidden } } @layer x { .f { display: none } }\n\
            .g { &:hover { display: none } } .h { display: none";
        assert_eq!(rules(sheet), ["hides .c", "hides .d", "hides .f", "hides .h"]);
    }

    #[test]
    fn the_last_declaration_counts_unless_one_is_important() {
        let display = |text| declared(text, Property::Display);
        assert_eq!(display("display:none; display:block"), Some((false, false)));
        assert_eq!(display("DISPLAY: None !important; display:block"), Some((true, true)));
        assert_eq!(display("visibility:hidden"), None);
        assert_eq!(display("display: inherit"), None);
    }

    #[test]
    fn what_is_no_sheet_is_read_to_its_end() {
        for sheet in ["{", "}}}}", "a{b{c{", "'", "\\", "@media", "a{'\\", "url((((", "/*", "é{é"]
        {
            rules(sheet);
        }
        rules(&"@media all {".repeat(100_000));
    }
}
