//! What a page says about itself in JSON-LD: one object or many, nested, in a graph, sometimes
//! broken.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::article::likeness;
use super::claims::{Claims, Field, Place};
use super::plain_words;
use crate::letters::one_line;

/// The most bytes of JSON-LD that are read of a page.
const MOST: usize = 2 << 20;

/// Reads the scripts of a page. `title` is what the page calls itself, and `address` where it
/// stands: of several articles the one that has them is meant.
pub(crate) fn read(
    scripts: &[String],
    title: Option<&str>,
    address: Option<&str>,
    claims: &mut Claims,
) {
    let mut values = Vec::new();
    let mut left = MOST;
    for script in scripts {
        let Some(rest) = left.checked_sub(script.len()) else {
            claims.notes.push("its metadata in JSON-LD are too long to read".to_owned());
            break;
        };
        left = rest;
        if !parse(script, &mut values) {
            claims.notes.push("its metadata in JSON-LD are broken and were not read".to_owned());
        }
    }
    let mut objects = Objects::default();
    values.iter().for_each(|value| objects.collect(value));
    objects.tell(title, address, claims);
}

/// The values of a script; whether all of it could be read.
fn parse(script: &str, values: &mut Vec<Value>) -> bool {
    let script = bare(script);
    if script.is_empty() {
        return true;
    }
    let whole = |text: &str| -> Option<Vec<Value>> {
        serde_json::Deserializer::from_str(text).into_iter().collect::<Result<_, _>>().ok()
    };
    let unescaped = || script.contains("&quot;").then(|| plain_words(script));
    let found = whole(script)
        .or_else(|| whole(&mended(script)))
        .or_else(|| unescaped().and_then(|text| whole(&text).or_else(|| whole(&mended(&text)))));
    let read = found.is_some();
    values.extend(found.unwrap_or_default());
    read
}

/// A script without the marks that hide it from old browsers, and without a final semicolon.
fn bare(script: &str) -> &str {
    let mut script = script.trim();
    for (begin, end) in [
        ("<!--", "-->"),
        ("//<![CDATA[", "//]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
        ("<![CDATA[", "]]>"),
    ] {
        if let Some(rest) = script.strip_prefix(begin) {
            script = rest.strip_suffix(end).unwrap_or(rest).trim();
        }
    }
    script.trim_end_matches(';').trim()
}

/// JSON as people break it, mended: line ends inside strings, commas before a closing bracket.
fn mended(script: &str) -> String {
    let mut out = String::with_capacity(script.len() + 16);
    let (mut inside, mut escaped) = (false, false);
    for letter in script.chars() {
        if inside {
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => inside = false,
                _ => {}
            }
            match letter {
                '\n' => out.push_str("\\n"),
                letter if letter.is_control() => out.push(' '),
                letter => out.push(letter),
            }
            continue;
        }
        match letter {
            '"' => inside = true,
            '}' | ']' => {
                let end = out.trim_end().trim_end_matches(',').len();
                out.truncate(end);
            }
            _ => {}
        }
        out.push(letter);
    }
    out
}

#[derive(Default)]
struct Objects<'v> {
    articles: Vec<&'v Map<String, Value>>,
    pages: Vec<&'v Map<String, Value>>,
    videos: Vec<&'v Map<String, Value>>,
    by_id: BTreeMap<&'v str, &'v Map<String, Value>>,
    has_collection: bool,
}

impl<'v> Objects<'v> {
    /// Sorts what a value holds, however deep, but not the articles that an article mentions.
    fn collect(&mut self, value: &'v Value) {
        let mut rest = vec![value];
        while let Some(value) = rest.pop() {
            match value {
                Value::Array(values) => rest.extend(values.iter().rev()),
                Value::Object(object) => {
                    self.sort(object);
                    const ELSEWHERE: [&str; 12] = [
                        "itemListElement",
                        "hasPart",
                        "isPartOf",
                        "liveBlogUpdate",
                        "citation",
                        "mentions",
                        "about",
                        "comment",
                        "isBasedOn",
                        "relatedLink",
                        "significantLink",
                        "review",
                    ];
                    rest.extend(
                        object
                            .iter()
                            .filter(|(name, _)| !ELSEWHERE.contains(&name.as_str()))
                            .map(|(_, value)| value)
                            .filter(|value| value.is_array() || value.is_object()),
                    );
                }
                _ => {}
            }
        }
    }

    fn sort(&mut self, object: &'v Map<String, Value>) {
        if let Some(Value::String(id)) = object.get("@id")
            && object.len() > 1
        {
            self.by_id.entry(id).or_insert(object);
        }
        let kinds = texts(object.get("@type"));
        let kinds = kinds.iter().map(|kind| kind.rsplit(['/', ':']).next().unwrap_or(kind));
        for kind in kinds {
            match kind {
                "Report" | "BlogPosting" | "LiveBlogPosting" | "SocialMediaPosting" => {
                    self.articles.push(object);
                }
                kind if kind.ends_with("Article") => self.articles.push(object),
                "CollectionPage" | "ItemList" | "SearchResultsPage" => self.has_collection = true,
                "VideoObject" | "AudioObject" | "PodcastEpisode" => self.videos.push(object),
                kind if kind.ends_with("Page") => self.pages.push(object),
                _ => {}
            }
        }
    }

    fn tell(&self, title: Option<&str>, address: Option<&str>, claims: &mut Claims) {
        let fit = |object: &&&Map<String, Value>| {
            let headline = self.text(object, "headline").or_else(|| self.text(object, "name"));
            let alike = match (&headline, title) {
                (Some(headline), Some(title)) => likeness(headline, title),
                _ => 0.0,
            };
            let here = address.is_some_and(|address| {
                ["url", "@id", "mainEntityOfPage"].iter().any(|name| {
                    let stated = self
                        .text(object, name)
                        .or_else(|| self.text(object.get(*name)?.as_object()?, "@id"));
                    stated.is_some_and(|stated| {
                        stated.trim_end_matches('/') == address.trim_end_matches('/')
                    })
                })
            });
            (alike * 100.0) as u32 + if here { 200 } else { 0 }
        };
        // Of equals the first is meant: what comes later is what it mentions.
        let best = |objects: &[&'v Map<String, Value>]| {
            objects.iter().rev().max_by_key(|object| fit(object)).copied()
        };
        claims.is_collection |= self.has_collection && self.articles.is_empty();
        let article =
            best(&self.articles).filter(|article| self.articles.len() < 4 || fit(&article) > 0);
        if let Some(article) = article {
            self.article(article, claims);
        }
        let page = best(&self.pages);
        if let Some(page) = page.filter(|_| article.is_none() && !claims.is_collection) {
            self.dates(page, claims);
            self.field(page, "inLanguage", Field::Language, claims);
        } else if let Some(page) = page {
            self.field(page, "inLanguage", Field::Language, claims);
        }
        if let Some(video) = best(&self.videos).filter(|_| article.is_none()) {
            self.field(video, "name", Field::Title, claims);
            self.field(video, "uploadDate", Field::Published, claims);
        }
        for object in article.into_iter().chain(page) {
            self.named(object, "publisher", Field::Source, claims);
        }
    }

    fn article(&self, article: &'v Map<String, Value>, claims: &mut Claims) {
        self.field(article, "headline", Field::Title, claims);
        self.field(article, "name", Field::Title, claims);
        self.dates(article, claims);
        for name in ["author", "creator"] {
            let names: Vec<String> = self.names(article.get(name));
            claims.push(Field::Byline, Place::JsonLd, names.join(", "));
        }
        self.field(article, "inLanguage", Field::Language, claims);
        self.field(article, "articleSection", Field::Section, claims);
        self.field(article, "url", Field::Url, claims);
        self.field(article, "identifier", Field::Item, claims);
        claims.body = self.whole(article, "articleBody").or(claims.body.take());
        claims.is_live |=
            texts(article.get("@type")).iter().any(|kind| kind.ends_with("LiveBlogPosting"));
        claims.is_paid |= match article.get("isAccessibleForFree") {
            Some(Value::Bool(free)) => !free,
            Some(Value::String(free)) => free.eq_ignore_ascii_case("false"),
            _ => false,
        };
        claims.word_count = article.get("wordCount").and_then(|count| match count {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        });
    }

    fn dates(&self, object: &'v Map<String, Value>, claims: &mut Claims) {
        self.field(object, "datePublished", Field::Published, claims);
        self.field(object, "dateModified", Field::Modified, claims);
    }

    fn field(&self, object: &'v Map<String, Value>, name: &str, field: Field, claims: &mut Claims) {
        if let Some(text) = self.text(object, name) {
            claims.push(field, Place::JsonLd, text);
        }
    }

    fn named(&self, object: &'v Map<String, Value>, name: &str, field: Field, claims: &mut Claims) {
        if let Some(text) = self.names(object.get(name)).into_iter().next() {
            claims.push(field, Place::JsonLd, text);
        }
    }

    /// A property as one line; of several values the first, of an object its name or value.
    fn text(&self, object: &Map<String, Value>, name: &str) -> Option<String> {
        let mut value = object.get(name)?;
        if let Value::Array(values) = value {
            value = values.first()?;
        }
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Object(inner) => ["value", "name", "alternateName", "@value"]
                .iter()
                .find_map(|name| inner.get(*name).and_then(Value::as_str))?
                .to_owned(),
            _ => return None,
        };
        Some(clean(&text)).filter(|text| !text.is_empty())
    }

    fn whole(&self, object: &Map<String, Value>, name: &str) -> Option<String> {
        match object.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Array(parts) => {
                let parts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
                Some(parts.join("\n\n"))
            }
            _ => None,
        }
    }

    /// The names of people or organisations, some of whom may be told of elsewhere in the graph.
    fn names(&self, value: Option<&'v Value>) -> Vec<String> {
        const MOST: usize = 12;
        let mut names: Vec<String> = Vec::new();
        let mut rest: Vec<&Value> = value.into_iter().collect();
        let mut steps = 0;
        while let Some(value) = rest.pop() {
            steps += 1;
            if steps > 100 || names.len() >= MOST {
                break;
            }
            match value {
                Value::Array(values) => rest.extend(values.iter().rev()),
                Value::String(name) => names.push(clean(name)),
                Value::Object(object) => match (object.get("name"), object.get("@id")) {
                    (Some(name), _) => rest.push(name),
                    (None, Some(Value::String(id))) => {
                        let told = self.by_id.get(id.as_str());
                        rest.extend(told.and_then(|object| object.get("name")));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        names.retain(|name| !name.is_empty() && !name.contains("://"));
        let mut once: Vec<String> = Vec::new();
        for name in names {
            if !once.contains(&name) {
                once.push(name);
            }
        }
        once
    }
}

/// A value as one line; some sites escape it as HTML once more.
fn clean(text: &str) -> String {
    match text.contains(['&', '<']) {
        true => one_line(&plain_words(text)),
        false => one_line(text),
    }
}

fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}
