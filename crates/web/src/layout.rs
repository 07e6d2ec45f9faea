//! What all pages have in common: head, lists, dates, footer.

use maud::{DOCTYPE, Markup, html};
use throughline_casebook::Tip;
use throughline_model::{AsOf, DocumentId, MentionId, SubjectKind};
use throughline_tell::dates;
use throughline_tell::terminal::one_line;

use crate::address::{self, escaped};
use crate::ask::{AS_OF, Ask, PAGE, RECORDED_BY};
use crate::assets;
use crate::edition::Edition;
use crate::judging::forms;
use crate::trouble::Trouble;

/// The one stylesheet.
pub(crate) const STYLE: &str = include_str!("style.css");

/// Who judges, and the token that the forms of a page carry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judging<'a> {
    pub(crate) token: &'a str,
    /// The name that the browser keeps, if it was given.
    pub(crate) by: Option<&'a str>,
}

/// What stands around a page.
pub(crate) struct Frame<'a> {
    pub(crate) ask: &'a Ask,
    pub(crate) edition: Edition,
    /// The file's name.
    pub(crate) casebook: String,
    /// The coder whose view this is, to whom what others judged is hidden.
    pub(crate) coder: Option<String>,
    /// Whether people judge here, and take sources in.
    pub(crate) writes: bool,
    /// Where people judge, and the page is of the present.
    pub(crate) judging: Option<Judging<'a>>,
    /// Where the ledger ended when the page was made; `None` where the casebook was not asked.
    pub(crate) tip: Option<Tip>,
    /// How many blocks of records are not up to date.
    pub(crate) unsettled: Option<u64>,
    /// Why not, if it was tried.
    pub(crate) unsettled_because: Option<String>,
    /// Whether something that was sent to these pages is being read.
    pub(crate) reading: bool,
}

impl Frame<'_> {
    pub(crate) fn as_of(&self) -> AsOf {
        self.ask.as_of
    }

    /// What is held today, within a page of an earlier view: its links lead to the present.
    pub(crate) fn today(&self, show: impl FnOnce(&Frame) -> Markup) -> Markup {
        let ask = self.ask.at_present();
        show(&Frame {
            ask: &ask,
            edition: self.edition.clone(),
            casebook: self.casebook.clone(),
            coder: self.coder.clone(),
            unsettled_because: self.unsettled_because.clone(),
            ..*self
        })
    }

    /// An address with the dates of this page.
    pub(crate) fn to(&self, address: &str) -> String {
        with_dates(self.ask, address, false)
    }

    /// Words of others in one line.
    pub(crate) fn words(&self, words: &str) -> Markup {
        self.edition.words(words)
    }

    /// Words of one document in one line.
    pub(crate) fn words_of(&self, document: DocumentId, words: &str) -> Markup {
        self.edition.words_of(document, words)
    }

    /// Who published or wrote a document.
    pub(crate) fn author(&self, document: DocumentId, name: &str) -> Markup {
        self.edition.author(document, name)
    }

    /// The name of the record of a mention.
    pub(crate) fn name(&self, mention: MentionId, name: &str) -> Markup {
        self.edition.name(mention, name)
    }

    /// A link whose text are words of others.
    pub(crate) fn link(&self, address: &str, words: &str) -> Markup {
        html! { a href=(self.to(address)) { (self.words(words)) } }
    }

    /// A link to the record of a mention, by its name where that is known.
    pub(crate) fn mention(&self, id: MentionId, name: Option<&str>) -> Markup {
        match name {
            Some(name) => {
                html! { a href=(self.to(&address::record(id))) { (self.name(id, name)) } }
            }
            None => html! { a href=(self.to(&address::record(id))) { code { (id) } } },
        }
    }
}

/// An address of these pages with the dates of a question, in the same form.
pub(crate) fn with_dates(ask: &Ask, to: &str, json: bool) -> String {
    let (to, place) = to.split_once('#').map_or((to, None), |(to, place)| (to, Some(place)));
    let (path, query) = to.split_once('?').map_or((to, None), |(path, query)| (path, Some(query)));
    let own = query.map(str::to_owned).into_iter();
    let dates = ask.dates().map(|(name, value)| format!("{name}={}", escaped(value)));
    written(path, json, &own.chain(dates).collect::<Vec<_>>(), place)
}

/// The path of the page that is shown; of an answer to a form, which stands at no address of its
/// own, that of the first page.
fn path_of(ask: &Ask) -> &str {
    if crate::routes::only_takes(&ask.path) { "/" } else { &ask.path }
}

/// The address of another page of the list that is asked for.
pub(crate) fn of_page(ask: &Ask, page: usize, json: bool) -> String {
    let kept = ask.query.iter().filter(|(name, _)| *name != PAGE);
    let kept = kept.map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    let number = (page > 1).then(|| format!("{PAGE}={page}"));
    written(path_of(ask), json, &kept.chain(number).collect::<Vec<_>>(), None)
}

fn written(path: &str, json: bool, query: &[String], place: Option<&str>) -> String {
    let path = match (json, path) {
        (false, path) => path.to_owned(),
        (true, "/") => "/index.json".to_owned(),
        (true, path) => format!("{path}.json"),
    };
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let place = place.map(|place| format!("#{place}")).unwrap_or_default();
    format!("{path}{query}{place}")
}

/// The menu of every page: what the casebook holds, and where one works on it.
fn menu() -> [Vec<(&'static str, &'static str)>; 2] {
    use SubjectKind as K;
    let kinds =
        [K::Incident, K::Set, K::Person, K::Group, K::Claim, K::Outlet, K::Channel, K::Place];
    let kinds = kinds.into_iter().map(|kind| (address::list(kind), address::plural(kind)));
    let first = std::iter::once(("/documents", "Documents"));
    let held = first.chain(kinds).chain([("/pictures", "Pictures")]).collect();
    let work = vec![
        ("/read", "Read in"),
        ("/queue", "Queue"),
        ("/identities", "Identities"),
        ("/leads", "Leads"),
        ("/counts", "Counts"),
        ("/coding", "Coding"),
        ("/judgments", "Judgments"),
        ("/corrections", "Corrections"),
    ];
    [held, work]
}

/// A whole page around its body.
pub(crate) fn page(frame: &Frame, title: &str, body: &Markup) -> Markup {
    let title = frame.edition.plain(title);
    let casebook = frame.edition.plain(&frame.casebook);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – " (casebook) }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="/icon.svg" type="image/svg+xml";
                @if frame.judging.is_some() {
                    @for address in assets::scripts() { script type="module" src=(address) {} }
                }
            }
            body.judges[frame.judging.is_some()] data-head=[frame.judging.and(frame.tip).map(|tip| tip.chain.to_string())] {
                a.skip href="#content" { "To the contents of the page" }
                header.masthead {
                    p.brand {
                        a href=(frame.to("/")) { "Throughline" }
                        " " span.casebook { (casebook) }
                    }
                    @if frame.edition.is_desk() { (search(frame)) }
                    (navigation(frame))
                }
                (view(frame))
                (forms::who(frame))
                main #content tabindex="-1" { (body) }
                (footer(frame))
            }
        }
    }
}

fn navigation(frame: &Frame) -> Markup {
    let path = &frame.ask.path;
    html! {
        nav aria-label="Lists and work" {
            @for group in menu() {
                ul {
                    @for (address, name) in group.into_iter().filter(|(address, _)| shows(frame, address)) {
                        @let here = path == address || path.starts_with(&format!("{address}/"));
                        li { a href=(frame.to(address)) aria-current=[here.then_some("true")] { (name) } }
                    }
                }
            }
        }
    }
}

/// Whether the edition has a list.
fn shows(frame: &Frame, address: &str) -> bool {
    match frame.edition.is_desk() {
        true => address != "/read" || frame.writes,
        false => crate::routes::for_readers(address),
    }
}

fn search(frame: &Frame) -> Markup {
    html! {
        form.search method="get" action="/search" role="search" {
            label for="words" { "Search" }
            input #words type="search" name="words" value=[frame.ask.typed("words").map(one_line)];
            @for (name, value) in frame.ask.dates() {
                input type="hidden" name=(name) value=(one_line(value));
            }
            button type="submit" { "Find" }
        }
    }
}

/// The two dates of the view, in words and as a form.
fn view(frame: &Frame) -> Markup {
    let ask = frame.ask;
    let field = |name: &'static str, label: &str| {
        let fault = ask.faults.get(name);
        let described = fault.map(|_| format!("{name}-fault"));
        html! {
            div.field {
                label for=(name) { (label) }
                input id=(name) name=(name) type="text" placeholder="2017-03-24" size="12"
                    autocomplete="off" spellcheck="false"
                    value=[ask.typed(name).map(one_line)]
                    aria-invalid=[fault.map(|_| "true")] aria-describedby=[described.as_deref()];
                @if let Some(fault) = fault {
                    p.fault id=[described.as_deref()] { (one_line(fault)) }
                }
            }
        }
    };
    let kept =
        ask.query.iter().filter(|(name, _)| ![AS_OF, RECORDED_BY, PAGE].contains(&name.as_str()));
    html! {
        section.view aria-label="The dates of this view" {
            p.said {
                @if ask.faults.is_empty() {
                    (dates::in_words(ask.as_of)) "."
                } @else {
                    "A date was not understood, so nothing is shown."
                }
                @if !ask.as_of.is_present() || !ask.faults.is_empty() {
                    " " a.present href=(present(ask)) { "Show the present" }
                }
            }
            form method="get" action=(path_of(ask)) {
                @for (name, value) in kept {
                    input type="hidden" name=(name) value=(one_line(value));
                }
                (field(AS_OF, "Published until"))
                (field(RECORDED_BY, "Recorded here until"))
                button type="submit" { "Show" }
            }
        }
        @if !ask.unknown.names.is_empty() {
            p.notice role="status" {
                @if frame.edition.is_desk() {
                    (frame.words(&ask.unknown.said()))
                } @else {
                    // Said again, a name that was guessed would be withheld or not.
                    "This page does not know all that its address says."
                }
                " What it does not know was passed over. " (ask.unknown.advice())
            }
        }
        @if let Some(coder) = &frame.coder {
            p.notice role="status" {
                "As " (frame.words(coder)) " sees it: what others judged is hidden."
            }
        }
        @if let Some(open) = frame.unsettled {
            p.notice role="status" {
                "This casebook is being written to: what " (open)
                @if open == 1 { " group of records holds" } @else { " groups of records hold" }
                " is not yet derived anew, so lists may lack the newest. Load the page again in a moment."
                @if frame.reading { " " a href="/read" { "What is being read" } "." }
                @if let Some(why) = &frame.unsettled_because {
                    " It was tried just now, and failed: " (frame.words(why)) "."
                }
            }
        }
    }
}

/// The same page without dates.
fn present(ask: &Ask) -> String {
    let kept =
        ask.query.iter().filter(|(name, _)| ![AS_OF, RECORDED_BY, PAGE].contains(&name.as_str()));
    let kept = kept.map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    written(&ask.path, false, &kept.collect::<Vec<_>>(), None)
}

fn footer(frame: &Frame) -> Markup {
    html! {
        footer {
            @if let Some(tip) = frame.tip {
                p {
                    "Made from " (frame.edition.plain(&frame.casebook)) ", "
                    (counted(tip.entries.unsigned_abs(), "entry", "entries")) " of its ledger, head "
                    code.hash { (tip.chain) } "."
                }
                @if frame.edition.is_desk() { p.elsewhere {
                    a href=(of_page(frame.ask, frame.ask.page().unwrap_or(1), true)) {
                        "This page as JSON"
                    }
                } }
            }
            @if frame.edition.is_desk() {
                p { "The desk's own pages: they show every name, and answer on this machine alone." }
                // The program does not carry it.
                p { "What each page shows and how it is worked with: " code { "docs/pages.md" } " in the program's source." }
                @if frame.judging.is_some() && assets::scripts().next().is_none() {
                    p { "This program was built without the script of its pages, so nothing goes by keys; every button works." }
                }
            } @else {
                p {
                    "The readers' edition: names are withheld of people accused and not convicted, of victims, "
                    "minors and kin, and of whoever's status is not known, as far as anybody has recognised "
                    "them in the texts. Addresses hold for as long as it is served."
                }
            }
        }
    }
}

/// What who comes without the key is told: what to do, and nothing of the casebook.
pub(crate) fn keyless() -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "The key is missing – Throughline" }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="/icon.svg" type="image/svg+xml";
            }
            body {
                main {
                    h1 { "The key is missing" }
                    p { "These pages are for whoever started them. Open the address that " code { "throughline serve" } " printed: it ends in " code { "?key=…" } ", and after that this browser keeps the key until it is closed." }
                    p { "The key changes whenever the pages are served anew. If you opened that address from another page, load this one again." }
                }
            }
        }
    }
}

/// What a page says when there is none.
pub(crate) fn trouble(frame: &Frame, trouble: &Trouble) -> Markup {
    html! {
        h1 { (trouble.title()) }
        @if frame.edition.is_desk() {
            p { (frame.words(&trouble.what)) }
            p { (frame.words(&trouble.advice)) }
        } @else {
            // What went wrong may be told in words of the casebook.
            p { (trouble.to_readers()) }
        }
    }
}

/// `1 entry`, `2 entries`, `12,000 entries`.
pub(crate) fn counted(many: u64, one: &str, more: &str) -> String {
    format!("{} {}", number(many), if many == 1 { one } else { more })
}

/// A number with its thousands apart.
pub(crate) fn number(many: u64) -> String {
    let digits = many.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A word with a capital.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Links to the pages before and after this one of a list.
pub(crate) fn pager(frame: &Frame, (before, after): (bool, bool)) -> Markup {
    let page = frame.ask.page().unwrap_or(1);
    html! {
        @if before || after {
            nav.pager aria-label="Pages of this list" {
                @if before {
                    a rel="prev" href=(of_page(frame.ask, page - 1, false)) { "← Page " (page - 1) }
                }
                span { "Page " (number(page as u64)) }
                @if after {
                    a rel="next" href=(of_page(frame.ask, page + 1, false)) { "Page " (page + 1) " →" }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_into_every_address() {
        let ask = Ask {
            path: "/people".into(),
            query: [("as-of", "2017 03&x"), ("page", "3"), ("words", "a b")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
            ..Ask::default()
        };
        for (to, json, want) in [
            ("/documents/doc-1#ast-2", false, "/documents/doc-1?as-of=2017%2003%26x#ast-2"),
            ("/people?page=2", false, "/people?page=2&as-of=2017%2003%26x"),
            ("/", true, "/index.json?as-of=2017%2003%26x"),
        ] {
            assert_eq!(with_dates(&ask, to, json), want);
        }
        assert_eq!(of_page(&ask, 1, false), "/people?as-of=2017%2003%26x&words=a%20b");
        assert_eq!(of_page(&ask, 4, true), "/people.json?as-of=2017%2003%26x&words=a%20b&page=4");
        assert_eq!(present(&ask), "/people?words=a%20b");
    }

    #[test]
    fn thousands_stand_apart() {
        for (many, want) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(number(many), want);
        }
        assert_eq!(counted(1, "entry", "entries"), "1 entry");
    }
}
