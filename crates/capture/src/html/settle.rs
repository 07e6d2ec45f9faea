//! The document that comes of a page's text and of what the page says about itself.

use throughline_model::{Document, Medium};

use super::article::{Article, likeness};
use super::claims::{Claims, Field, Place};
use super::compose::{Composed, compose};
use super::plain_words;
use super::sieve::Parsed;
use super::tree::Tree;
use super::when::{When, stated};
use crate::Given;
use crate::letters::one_line;

pub(crate) fn settle(
    document: Document,
    parsed: &Parsed,
    article: &Article,
    claims: &mut Claims,
    given: &Given,
) -> Document {
    let tree = &parsed.tree;
    let source = source(claims);
    if let Some(headline) = article.headline {
        claims.push(
            Field::Title,
            Place::Seen,
            article.flow.pieces[headline].text.replace('\n', " "),
        );
    }
    let title = title(claims, source.as_deref());
    let own = compose(article, title.as_deref(), None, claims.is_live);
    let stated_body = stated_body(claims, &own);
    let composed = match &stated_body {
        Some(body) => compose(article, title.as_deref(), Some(body), claims.is_live),
        None => own,
    };
    let mut notes = Vec::new();
    if stated_body.is_some() {
        notes.push(
            "the page shows less of the article than its metadata hold; the text is that of the \
             metadata, without the form of the page"
                .to_owned(),
        );
    }
    let is_list = article.is_list && stated_body.is_none();
    about_the_text(tree, is_list, claims, &composed, &mut notes);
    if article.unveiled {
        notes.push(
            "the page hides its text until a program shows it, and it was read all the same"
                .to_owned(),
        );
    }
    if article.flow.struck {
        notes.push(super::STRUCK.to_owned());
    }
    if parsed.cut {
        notes.push("the page is too large; its end was not read".to_owned());
    }
    seen(claims, &composed);
    let language = claims.settle(
        Field::Language,
        "language",
        language,
        |one, other| same_language(one, other),
        Clone::clone,
    );
    let byline = byline(claims, source.as_deref(), language.as_deref());
    let published = when(claims, Field::Published, "published");
    let modified = when(claims, Field::Modified, "modified");
    let agency = composed.agency.map(|date| When { date, moment: None });
    let published = published.or(agency).filter(|_| !is_list);
    let url = address(claims);
    if published.is_none()
        && let Some(day) = url.as_deref().and_then(day_in_address)
    {
        notes.push(format!("no date of publication; its address has {day}"));
    }
    let any = |text: &str| Some(one_line(text)).filter(|text| !text.is_empty());
    let section = claims.settle(Field::Section, "section", any, |_, _| true, Clone::clone);
    let section = section.filter(|section| section.len() <= 80 && !section.contains("://"));
    let item = claims.settle(Field::Item, "item", any, |_, _| true, Clone::clone);
    notes.append(&mut claims.notes);
    Document {
        medium: Some(Medium::Page),
        source: source.or_else(|| given.source.clone()),
        title,
        byline,
        published_at: published.as_ref().and_then(|when| when.moment.clone()),
        published: published.map(|when| when.date).or_else(|| given.published.clone()),
        modified: modified.and_then(|when| when.stamp()),
        url: url.or_else(|| given.url.clone()),
        language: language.or_else(|| given.language.clone()),
        section,
        item,
        text: composed.text,
        zones: composed.zones,
        pictures: composed.pictures,
        notes,
        ..document
    }
}

/// What the lines of the page say beside its metadata.
fn seen(claims: &mut Claims, composed: &Composed) {
    claims.push(Field::Byline, Place::Seen, composed.byline.clone().unwrap_or_default());
    for (field, date) in
        [(Field::Published, &composed.published), (Field::Modified, &composed.modified)]
    {
        claims.push(field, Place::Seen, date.as_ref().map(ToString::to_string).unwrap_or_default());
    }
}

fn source(claims: &mut Claims) -> Option<String> {
    let name =
        |text: &str| Some(one_line(text)).filter(|name| name.len() <= 120 && !name.contains("://"));
    let alike = |one: &String, other: &String| {
        let long = |name: &str| -> Vec<String> {
            name.split_whitespace().map(str::to_lowercase).filter(|word| word.len() > 3).collect()
        };
        let (one, other) = (long(one), long(other));
        one.is_empty() || other.is_empty() || one.iter().any(|word| other.contains(word))
    };
    claims.settle(Field::Source, "source", name, alike, Clone::clone)
}

/// The headline; `<title>` without the name of the paper.
fn title(claims: &mut Claims, source: Option<&str>) -> Option<String> {
    let bare = |text: &str| {
        let text = one_line(text);
        let text = without_source(&text, source);
        Some(text.to_owned()).filter(|text| !text.is_empty() && text.len() <= 600)
    };
    let alike = |one: &String, other: &String| likeness(one, other) >= 0.4;
    claims.settle(Field::Title, "headline", bare, alike, |title| format!("“{title}”"))
}

fn without_source<'t>(title: &'t str, source: Option<&str>) -> &'t str {
    let Some(source) = source else { return title };
    for mark in [" | ", " - ", " – ", " — ", " :: ", " · ", " « ", " : "] {
        if let Some((rest, last)) = title.rsplit_once(mark)
            && is_source(last, source)
        {
            // "Headline | World | The Lamp"
            return rest.split(" | ").next().unwrap_or(rest).trim();
        }
        if let Some((first, rest)) = title.split_once(mark)
            && is_source(first, source)
        {
            return rest.trim();
        }
    }
    title
}

fn is_source(part: &str, source: &str) -> bool {
    let bare = |name: &str| {
        let name = name.to_lowercase();
        let name = name.trim().trim_start_matches("the ");
        name.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>()
    };
    let (part, source) = (bare(part), bare(source));
    !part.is_empty()
        && !source.is_empty()
        && (part.starts_with(&source) || source.starts_with(&part))
}

fn byline(claims: &mut Claims, source: Option<&str>, language: Option<&str>) -> Option<String> {
    let by = match language.map(|tag| &tag[..tag.len().min(2)]) {
        Some("de") => "von ",
        Some("fr") => "par ",
        Some("es" | "pt") => "por ",
        Some("it") => "di ",
        Some("nl") => "door ",
        Some("sv" | "no" | "nb" | "da") => "av ",
        _ => "by ",
    };
    let name = |text: &str| {
        let line = one_line(text);
        let mut name = line.as_str();
        for by in ["by ", by] {
            let head = name.get(..by.len()).filter(|head| head.eq_ignore_ascii_case(by));
            name = head.map_or(name, |_| name[by.len()..].trim());
        }
        // What content systems put where nobody gave a name.
        let unnamed = ["admin", "administrator", "editor", "webmaster", "unknown", "none", "null"];
        let wanted = !name.is_empty()
            && name.len() <= 200
            && !name.contains("://")
            && !name.starts_with('@')
            && !unnamed.contains(&name.to_lowercase().as_str());
        wanted.then(|| name.to_owned())
    };
    let alike = |one: &String, other: &String| {
        // A paper that names itself as author contradicts nobody.
        let own = |name: &str| source.is_some_and(|source| is_source(name, source));
        own(one) || own(other) || likeness(one, other) >= 0.3
    };
    // A person goes before a paper that names itself as author.
    let own = |claim: &&super::claims::Claim| {
        name(&claim.value)
            .is_some_and(|name| !source.is_some_and(|source| is_source(&name, source)))
    };
    match claims.of(Field::Byline).iter().any(own) {
        true => {
            let person = |text: &str| {
                name(text).filter(|name| !source.is_some_and(|source| is_source(name, source)))
            };
            claims.settle(Field::Byline, "author", person, alike, Clone::clone)
        }
        false => claims.settle(Field::Byline, "author", name, alike, Clone::clone),
    }
}

/// A day from metadata, with its moment. Where two places give one moment in two zones, the one that
/// is not UTC is held: it has the day that the source's readers saw.
fn when(claims: &mut Claims, field: Field, what: &str) -> Option<When> {
    let held = claims.settle(field, what, stated, When::is_alike, When::show)?;
    let same = |when: &When| match (&when.moment, &held.moment) {
        (Some(one), Some(other)) => one.seconds() == other.seconds(),
        (None, Some(_)) => false,
        (Some(_), None) => when.date == held.date,
        (None, None) => false,
    };
    let others = claims.of(field).into_iter().filter_map(|claim| stated(&claim.value));
    let better = match held.moment.is_none() || held.is_utc() {
        true => others.filter(same).find(|when| held.moment.is_none() || !when.is_utc()),
        false => None,
    };
    Some(better.unwrap_or(held))
}

fn language(text: &str) -> Option<String> {
    let tag = text.trim().split([',', ';']).next()?.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next().filter(|part| {
        matches!(part.len(), 2 | 3) && part.bytes().all(|letter| letter.is_ascii_alphabetic())
    })?;
    let rest = parts.all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_alphanumeric())
    });
    (rest && !first.is_empty()).then_some(tag)
}

fn same_language(one: &str, other: &str) -> bool {
    let first = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    first(one) == first(other)
}

fn address(claims: &mut Claims) -> Option<String> {
    let deep = claims.of(Field::Url).iter().any(|claim| has_path(&claim.value));
    let read = |text: &str| {
        let text = text.trim();
        let whole = text.starts_with("http://") || text.starts_with("https://");
        // Some templates give every page the address of the first.
        let wanted = whole && (has_path(text) || !deep) && !text.contains(char::is_whitespace);
        wanted.then(|| text.to_owned())
    };
    let alike = |one: &String, other: &String| host(one) == host(other);
    claims.settle(Field::Url, "address", read, alike, Clone::clone)
}

fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    ["www.", "amp.", "m."].iter().fold(host, |host, start| host.strip_prefix(start).unwrap_or(host))
}

fn has_path(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split_once('/').is_some_and(|(_, path)| !path.is_empty())
}

/// A day as many addresses have it: `/2017/03/24/`.
fn day_in_address(address: &str) -> Option<String> {
    let parts: Vec<&str> = address.split('/').collect();
    parts.windows(3).find_map(|part| {
        let lengths = part[0].len() == 4 && part[1].len() == 2 && part[2].len() == 2;
        let day = format!("{}-{}-{}", part[0], part[1], part[2]);
        let when = stated(&day).filter(|_| lengths)?;
        Some(when.date.as_str().to_owned())
    })
}

/// The paragraphs that metadata hold, where the page shows far fewer.
fn stated_body(claims: &Claims, shown: &Composed) -> Option<Vec<String>> {
    const FEWEST_WORDS: usize = 60;
    let body = claims.body.as_deref()?;
    let body = match body.contains(['<', '&']) {
        // Tags of paragraphs become the ends that they stand for.
        true => plain_words(&body.replace("<p", "<br><br><p").replace('\n', "<br>")),
        false => body.to_owned(),
    };
    let paragraphs: Vec<String> =
        body.split('\n').map(one_line).filter(|paragraph| !paragraph.is_empty()).collect();
    let words: usize = paragraphs.iter().map(|text| text.split_whitespace().count()).sum();
    (words >= FEWEST_WORDS && words > shown.words * 3 / 2 + 20).then_some(paragraphs)
}

/// Notes on what the text is not.
fn about_the_text(
    tree: &Tree,
    is_list: bool,
    claims: &Claims,
    composed: &Composed,
    notes: &mut Vec<String>,
) {
    let frames: Vec<&str> = tree
        .elements(Tree::ROOT)
        .filter(|id| matches!(tree.name(*id), "frame"))
        .filter_map(|id| tree.attribute(id, "src"))
        .take(6)
        .collect();
    if !frames.is_empty() {
        let names: Vec<String> = frames.iter().map(|name| one_line(name)).collect();
        notes.push(format!("a page of frames; its text is in other files: {}", names.join(", ")));
    } else if is_list && !composed.text.is_empty() {
        notes.push(
            "no article on the page, but a list of articles; nothing is read from it".to_owned(),
        );
    } else if composed.words == 0 {
        notes.push("no text to read on the page; its bytes are kept".to_owned());
    }
    let words = u64::try_from(composed.words).unwrap_or(u64::MAX);
    let short = claims.word_count.map_or(composed.words < 120, |count| words * 5 < count * 4);
    if claims.is_paid && short && !is_list {
        notes.push(
            "the source asks readers to pay, and the page holds only the beginning of the article"
                .to_owned(),
        );
    }
    if let Some(next) = next_page(tree, claims) {
        notes
            .push(format!("the article goes on on another page, which is not in the file: {next}"));
    }
}

/// The address of an article's next page.
fn next_page(tree: &Tree, claims: &Claims) -> Option<String> {
    let own = claims.of(Field::Url).first().map(|claim| claim.value.clone())?;
    let own = own.trim_end_matches('/').trim_end_matches(".html");
    let name = own.rsplit('/').next().filter(|name| name.len() > 3)?;
    let next = |id: &super::tree::NodeId| {
        matches!(tree.name(*id), "a" | "link")
            && tree
                .attribute(*id, "rel")
                .is_some_and(|rel| rel.split_whitespace().any(|one| one == "next"))
    };
    tree.elements(Tree::ROOT)
        .filter(next)
        .filter_map(|id| tree.attribute(id, "href"))
        .find(|href| {
            let after = href.split_once(name).map(|(_, after)| after);
            after.is_some_and(|after| after.contains(|letter: char| letter.is_ascii_digit()))
        })
        .map(one_line)
}
