//! What a page says about itself, wherever it says it, and which of that is held.
//!
//! A page names its headline, author and day several times, for readers, for search engines and for
//! social networks, and not always alike. Each place has a rank for each field; the lowest that says
//! something is held, and a place that says something else is noted.
//!
//! | field | in this order | because |
//! |---|---|---|
//! | headline | the heading of the article, JSON-LD, `og:title`, microdata, other `meta`, `<title>` | readers saw the heading; the others are worded for machines, `<title>` carries the paper's name |
//! | author | JSON-LD, `meta`, microdata, the line of the page | JSON-LD tells people from places and roles; the line has to be taken apart |
//! | source | `og:site_name`, JSON-LD's publisher, other `meta` | a publisher is often the company, not the paper |
//! | published | JSON-LD, `article:published_time`, microdata, other `meta`, the line of the page | the first two are defined as the first publication; `date` may be any |
//! | modified | JSON-LD, `article:modified_time`, microdata, other `meta` | the same |
//! | language | `html`, JSON-LD, `og:locale`, other `meta` | browsers and screen readers use the first, so its errors are seen |
//! | address | canonical link, `og:url`, JSON-LD, where a program saved it from | the first is without what was added on the way to the reader |

/// A field of a document that a page may tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Title,
    Byline,
    Source,
    Published,
    Modified,
    Language,
    Section,
    Url,
    Item,
}

/// Where a page tells something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Seen,
    JsonLd,
    OpenGraph,
    Article,
    Microdata,
    Meta,
    Html,
    Link,
    TitleElement,
    Remark,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Place::Seen => "the page as readers see it",
            Place::JsonLd => "JSON-LD",
            Place::OpenGraph => "Open Graph",
            Place::Article => "article: metadata",
            Place::Microdata => "microdata",
            Place::Meta => "other metadata",
            Place::Html => "the page's own lang",
            Place::Link => "the canonical link",
            Place::TitleElement => "the page's title",
            Place::Remark => "the program that saved it",
        }
    }
}

/// The places of a field in the order in which they are heard; see the table above.
fn order(field: Field) -> &'static [Place] {
    use Place::*;
    match field {
        Field::Title => &[Seen, JsonLd, OpenGraph, Microdata, Meta, TitleElement],
        Field::Byline => &[JsonLd, Article, Meta, Microdata, Seen],
        Field::Source => &[OpenGraph, JsonLd, Meta, Microdata],
        Field::Published | Field::Modified => &[JsonLd, Article, Microdata, OpenGraph, Meta, Seen],
        Field::Language => &[Html, JsonLd, OpenGraph, Meta],
        Field::Section => &[Article, JsonLd, Microdata, Meta, Seen],
        Field::Url => &[Link, OpenGraph, JsonLd, Remark],
        Field::Item => &[Meta, JsonLd, Link, Seen],
    }
}

/// What one place says of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) field: Field,
    pub(crate) place: Place,
    pub(crate) value: String,
}

/// All that a page says about itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Claims {
    claims: Vec<Claim>,
    /// The article's text as its metadata give it.
    pub(crate) body: Option<String>,
    /// Whether it is a live blog, and whether it is one of a kind that is no article.
    pub(crate) is_live: bool,
    pub(crate) is_collection: bool,
    /// Whether the page says that reading on costs money.
    pub(crate) is_paid: bool,
    /// How many words the article has, as the page says.
    pub(crate) word_count: Option<u64>,
    /// What could not be read of it, in words for people.
    pub(crate) notes: Vec<String>,
}

impl Claims {
    /// Notes what a place says; blank words say nothing.
    pub(crate) fn push(&mut self, field: Field, place: Place, value: impl Into<String>) {
        const LONGEST: usize = 2 << 10;
        let value = value.into();
        if !value.trim().is_empty() && value.len() <= LONGEST {
            self.claims.push(Claim { field, place, value });
        }
    }

    /// What is said of a field, the best place first; of one place, as it stands on the page.
    pub(crate) fn of(&self, field: Field) -> Vec<&Claim> {
        let order = order(field);
        let rank = |claim: &Claim| order.iter().position(|place| *place == claim.place);
        let mut claims: Vec<&Claim> = self
            .claims
            .iter()
            .filter(|claim| claim.field == field && rank(claim).is_some())
            .collect();
        claims.sort_by_key(|claim| rank(claim));
        claims
    }

    /// The value held of a field, as `read` makes it out, and a note where another place says
    /// something that is not `alike`.
    pub(crate) fn settle<T>(
        &mut self,
        field: Field,
        what: &str,
        read: impl Fn(&str) -> Option<T>,
        alike: impl Fn(&T, &T) -> bool,
        show: impl Fn(&T) -> String,
    ) -> Option<T> {
        let mut held: Option<(Place, T)> = None;
        let mut note = None;
        for claim in self.of(field) {
            let Some(value) = read(&claim.value) else { continue };
            match &held {
                None => held = Some((claim.place, value)),
                Some((place, first)) if note.is_none() && !alike(first, &value) => {
                    note = Some(format!(
                        "{what}: {} by {}, {} by {}; the first is kept",
                        show(first),
                        place.name(),
                        show(&value),
                        claim.place.name()
                    ));
                }
                Some(_) => {}
            }
        }
        self.notes.extend(note);
        held.map(|(_, value)| value)
    }
}
