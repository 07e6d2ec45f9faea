//! The desk: answers a question from an opened casebook, or from what was answered before.

mod room;

use std::cell::Cell;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LINK, LOCATION, REFRESH};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use maud::Markup;
use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, Error, Tip};
use throughline_model::SubjectKind;
use throughline_tell::readers::Readers;

use crate::access::Keys;
use crate::ask::{Ask, Form};
use crate::book::Book;
use crate::cache::{Cache, Kept};
use crate::counter::{Counter, Question};
use crate::drawer::Drawer;
use crate::edition::{Audience, Edition};
use crate::layout::{self, Frame, Judging};
use crate::mask::Mask;
use crate::pen::Pen;
use crate::pool::Pool;
use crate::settle::{self, Settler};
use crate::sources::taking::Takings;
use crate::trouble::Trouble;

pub(crate) use room::{BEFORE, Room};

/// How long a page waits for what is being counted.
const COUNTING: Duration = Duration::from_millis(1_500);

/// After how many seconds a page that waits for a count is loaded again.
const AGAIN_S: &str = "4";

/// What all requests share.
pub(crate) struct Desk {
    book: Book,
    pool: Pool,
    cache: Cache,
    settler: Settler,
    counter: Counter,
    drawer: Drawer,
    pen: Pen,
    takings: Takings,
    /// Where people may judge: what opens it.
    keys: Option<Arc<Keys>>,
    pub(crate) audience: Audience,
    /// What readers may see of the last state that was asked for.
    readers: Mutex<Option<(Tip, Arc<Readers>)>>,
    mask: Arc<Mask>,
    totals: Mutex<Option<(Tip, Totals)>>,
}

/// How many records of each kind there are.
pub(crate) type Totals = Vec<(SubjectKind, u64)>;

/// One value, as a page and as JSON.
pub(crate) trait Page {
    /// What it is called.
    fn title(&self) -> String;
    /// The fields that the commands print.
    fn json(&self) -> Json;
    /// What stands between header and footer.
    fn html(&self, frame: &Frame) -> Markup;
    /// Whether a page of a list stands before or after this one.
    fn neighbours(&self) -> (bool, bool) {
        (false, false)
    }
}

/// What a question gives.
pub(crate) enum Answer {
    Page(Box<dyn Page>),
    /// A picture as PNG that was written here.
    Png(Vec<u8>),
    /// A drawing as a file, under a name.
    Svg(String, String),
    /// It is found at another address of these pages, which may have a place within the page.
    Elsewhere(String),
}

impl Answer {
    pub(crate) fn page(page: impl Page + 'static) -> Answer {
        Answer::Page(Box::new(page))
    }
}

/// Gathers what a page shows.
pub(crate) type Gather = fn(&Room, &Ask) -> Result<Answer, Trouble>;

impl Desk {
    /// A desk on a casebook that is settled; with keys, one at which people judge.
    ///
    /// Readers judge nothing, and what is seen blind is not written to.
    pub(crate) fn new(book: Book, audience: Audience, keys: Option<Arc<Keys>>) -> Desk {
        let keys = keys.filter(|_| audience == Audience::Desk && book.coder.is_none());
        let pen = Pen::new(&book.path);
        Desk {
            pool: Pool::new(book.clone()),
            cache: Cache::default(),
            settler: Settler::start(&book.path),
            counter: Counter::start(book.clone()),
            drawer: Drawer::start(book.clone(), audience),
            takings: Takings::start(&book.path, pen.turns()),
            pen,
            keys,
            book,
            audience,
            readers: Mutex::default(),
            mask: Arc::new(Mask::new()),
            totals: Mutex::default(),
        }
    }

    /// Whether people judge here.
    pub(crate) fn judges(&self) -> bool {
        self.keys.is_some()
    }

    /// What opens the desk, where people judge.
    pub(crate) fn keys(&self) -> Option<&Keys> {
        self.keys.as_deref()
    }

    /// The casebook through which they do.
    pub(crate) fn pen(&self) -> &Pen {
        &self.pen
    }

    /// What was sent to be read.
    pub(crate) fn takings(&self) -> &Takings {
        &self.takings
    }

    /// Begins with what the first page will ask for and takes long.
    pub(crate) fn warm(&self) -> Result<(), Error> {
        let tip = self.pool.lend(|casebook| -> Result<Tip, Error> {
            let tip = casebook.tip()?;
            if self.audience == Audience::Readers {
                casebook.snapshot(|| self.readers(casebook, casebook.tip()?))?;
            }
            Ok(tip)
        })?;
        self.counter.ask(tip, Question::Head, Instant::now());
        Ok(())
    }

    /// Answers a request. A panic within is a page that says so.
    pub(crate) async fn answer(self: Arc<Desk>, ask: Ask, gather: Gather) -> Response {
        if let Some((name, fault)) = ask.faults.iter().next() {
            let what =
                format!("The date “{}” was not understood: {fault}.", name.replace('-', " "));
            return self.trouble(&ask, &Trouble::refused(what, "Mend it above."));
        }
        // A page says so and is shown; a program reads no notices.
        if ask.form == Form::Json && !ask.unknown.names.is_empty() {
            let (what, advice) = (ask.unknown.said(), ask.unknown.advice());
            return self.trouble(&ask, &Trouble::refused(what, advice));
        }
        let desk = Arc::clone(&self);
        // What goes wrong is told with the address as it was asked for.
        let question = match self.audience {
            Audience::Desk => ask.clone(),
            Audience::Readers if ask.form == Form::Json => {
                let what = "The readers' edition has no JSON.";
                let advice = "`throughline export` writes what may leave the casebook.";
                return self.trouble(&ask, &Trouble::missing(what, advice));
            }
            // All of it, since all that was typed may come back masked: of an id that somebody guessed,
            // nobody learns what it is shown as.
            Audience::Readers => Ask {
                path: self.mask.off(&ask.path),
                id: ask.id.as_deref().map(|id| self.mask.off(id)),
                query: ask
                    .query
                    .iter()
                    .map(|(name, value)| (self.mask.off(name), self.mask.off(value)))
                    .collect(),
                ..ask.clone()
            },
        };
        let Some(turn) = self.pool.turn().await else {
            return self.trouble(&ask, &Trouble::fault());
        };
        let work = tokio::task::spawn_blocking(move || desk.work(&question, gather));
        let done = work.await;
        drop(turn);
        match done {
            Ok(Ok(response)) => response,
            Ok(Err(trouble)) => self.trouble(&ask, &trouble),
            Err(_panic) => self.trouble(&ask, &Trouble::fault()),
        }
    }

    fn work(&self, ask: &Ask, gather: Gather) -> Result<Response, Trouble> {
        self.pool.lend(|casebook| {
            let mut failure = None;
            if casebook.unsettled()? > 0 {
                failure = self.settler.ask(settle::PATIENCE);
            }
            casebook.snapshot(|| self.ask(casebook, ask, gather, failure))
        })
    }

    /// Answers from one state of the casebook.
    fn ask(
        &self,
        casebook: &Casebook,
        ask: &Ask,
        gather: Gather,
        failure: Option<String>,
    ) -> Result<Response, Trouble> {
        let (tip, unsettled) = (casebook.tip()?, casebook.unsettled()?);
        let key = ask.key();
        if unsettled == 0
            && let Some(kept) = self.cache.get(tip, &key)
        {
            return Ok(finished(ask.form, StatusCode::OK, kept));
        }
        let room = self.room(casebook, tip, unsettled)?;
        let edition = room.edition.clone();
        let page = match gather(&room, ask)? {
            Answer::Page(page) => page,
            Answer::Png(png) => return Ok(picture(png)),
            Answer::Svg(name, svg) => return Ok(drawing(&name, svg)),
            Answer::Elsewhere(to) => return Ok(elsewhere(ask, &edition, &to)),
        };
        let body = match ask.form {
            Form::Json => edition.json(&page.json()),
            Form::Html => {
                let frame = Frame {
                    tip: Some(tip),
                    unsettled: (unsettled > 0).then_some(unsettled),
                    unsettled_because: failure,
                    reading: self.judges() && self.takings.open().is_some(),
                    ..self.frame(ask, &edition)
                };
                let body = page.html(&frame);
                edition.page(layout::page(&frame, &page.title(), &body))
            }
        };
        let kept = Kept { body: body.into() };
        let waits = room.waits.get();
        if unsettled == 0 && !waits && !room.passing.get() {
            self.cache.put(tip, key, kept.clone());
        }
        let mut response = finished(ask.form, StatusCode::OK, kept);
        if waits {
            response.headers_mut().insert(REFRESH, HeaderValue::from_static(AGAIN_S));
        }
        if let Some(links) = neighbours(ask, &edition, page.neighbours()) {
            response.headers_mut().insert(LINK, links);
        }
        Ok(response)
    }

    /// One state of the casebook, as pages are gathered from it.
    fn room<'c>(
        &'c self,
        casebook: &'c Casebook,
        tip: Tip,
        unsettled: u64,
    ) -> Result<Room<'c>, Trouble> {
        Ok(Room {
            casebook,
            tip,
            edition: self.edition(casebook, tip, unsettled)?,
            settled: unsettled == 0,
            desk: self,
            until: Instant::now() + COUNTING,
            waits: Cell::new(false),
            passing: Cell::new(false),
        })
    }

    /// Reads something from one state of the casebook, for an answer that is not kept.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Room) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        self.pool.lend(|casebook| {
            casebook
                .snapshot(|| read(&self.room(casebook, casebook.tip()?, casebook.unsettled()?)?))
        })
    }

    /// What stands around a page of which only the question is known.
    fn frame<'a>(&'a self, ask: &'a Ask, edition: &Edition) -> Frame<'a> {
        // Judged is what is held now.
        let present = ask.as_of.is_present() && ask.faults.is_empty();
        let judging = self
            .keys()
            .filter(|_| present)
            .map(|keys| Judging { token: keys.token(), by: ask.by.as_deref() });
        Frame {
            ask,
            edition: edition.clone(),
            casebook: self.name(),
            coder: self.book.coder.clone(),
            writes: self.judges(),
            judging,
            tip: None,
            unsettled: None,
            unsettled_because: None,
            reading: false,
        }
    }

    /// An answer at the desk that is made for this one request.
    pub(crate) fn shown(&self, ask: &Ask, status: StatusCode, page: &dyn Page) -> Response {
        let edition = Edition::Desk;
        let body = match ask.form {
            Form::Json => edition.json(&page.json()),
            Form::Html => {
                let frame = self.frame(ask, &edition);
                let body = page.html(&frame);
                edition.page(layout::page(&frame, &page.title(), &body))
            }
        };
        finished(ask.form, status, Kept { body: body.into() })
    }

    /// The edition of one state of the casebook.
    fn edition(&self, casebook: &Casebook, tip: Tip, unsettled: u64) -> Result<Edition, Trouble> {
        match self.audience {
            Audience::Desk => Ok(Edition::Desk),
            // Who may be named is not known while records are open.
            Audience::Readers if unsettled > 0 => Err(Error::Busy.into()),
            Audience::Readers => {
                Ok(Edition::Readers(self.readers(casebook, tip)?, Arc::clone(&self.mask)))
            }
        }
    }

    /// What readers may see, worked out once for each state: others wait meanwhile.
    fn readers(&self, casebook: &Casebook, tip: Tip) -> Result<Arc<Readers>, Error> {
        let mut held = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        match held.as_ref() {
            Some((of, readers)) if *of == tip => Ok(Arc::clone(readers)),
            _ => {
                let readers = Arc::new(Readers::gather(casebook)?);
                *held = Some((tip, Arc::clone(&readers)));
                Ok(readers)
            }
        }
    }

    /// A page that says what went wrong.
    pub(crate) fn trouble(&self, ask: &Ask, trouble: &Trouble) -> Response {
        let edition = match self.audience {
            Audience::Desk => Edition::Desk,
            Audience::Readers => Edition::Closed,
        };
        let body = match ask.form {
            Form::Json => {
                let json = trouble.json();
                match self.audience {
                    Audience::Desk => edition.json(&json),
                    Audience::Readers => json!({"error": trouble.to_readers()}).to_string(),
                }
            }
            Form::Html => {
                let frame = self.frame(ask, &edition);
                let body = layout::trouble(&frame, trouble);
                edition.page(layout::page(&frame, trouble.title(), &body))
            }
        };
        finished(ask.form, trouble.status, Kept { body: body.into() })
    }

    fn name(&self) -> String {
        self.book.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// A short answer to a program.
pub(crate) fn told(value: &Json) -> Response {
    finished(Form::Json, StatusCode::OK, Kept { body: value.to_string().into() })
}

fn finished(form: Form, status: StatusCode, kept: Kept) -> Response {
    let kind = match form {
        Form::Html => "text/html; charset=utf-8",
        Form::Json => "application/json",
    };
    let mut response = Response::new(Body::from(kept.body.as_bytes().to_vec()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn picture(png: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(png));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("image/png"));
    response
}

/// A drawing to be kept as a file.
fn drawing(name: &str, svg: String) -> Response {
    let mut response = Response::new(Body::from(svg));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    if let Ok(kept) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.svg\"")) {
        headers.insert(CONTENT_DISPOSITION, kept);
    }
    response
}

/// Another address, in the same form and as of the same dates.
fn elsewhere(ask: &Ask, edition: &Edition, to: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let to = edition.outward(layout::with_dates(ask, to, ask.form == Form::Json));
    if let Ok(to) = HeaderValue::from_str(&to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

/// Where the pages before and after a page of a list are, for programs.
fn neighbours(ask: &Ask, edition: &Edition, (before, after): (bool, bool)) -> Option<HeaderValue> {
    let page = ask.page().ok()?;
    let link = |page: usize, name: &str| {
        let to = layout::of_page(ask, page, ask.form == Form::Json);
        format!("<{}>; rel=\"{name}\"", edition.outward(to))
    };
    let mut links = Vec::new();
    links.extend(before.then(|| link(page.saturating_sub(1).max(1), "prev")));
    links.extend(after.then(|| link(page + 1, "next")));
    (!links.is_empty()).then(|| HeaderValue::from_str(&links.join(", ")).ok())?
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;
    use crate::pages::start;

    fn broken(_: &Room, _: &Ask) -> Result<Answer, Trouble> {
        panic!("a page with a fault, as this test wants it")
    }

    async fn text(response: Response) -> String {
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[test]
    fn a_panic_is_a_page_that_says_so_and_others_go_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.casebook");
        drop(Casebook::open_or_create(&path).unwrap());
        let desk = Arc::new(Desk::new(Book::new(&path, None), Audience::Desk, None));
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            // More often than there are casebooks to lend.
            for _ in 0..20 {
                let response = Arc::clone(&desk).answer(Ask::default(), broken).await;
                assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
                let page = text(response).await;
                assert!(page.contains("all others go on") && page.contains("<h1>"), "{page}");
                assert!(!page.contains("as this test wants"), "what a panic says stays here");
            }
            let response = Arc::clone(&desk).answer(Ask::default(), start::gather).await;
            assert_eq!(response.status(), StatusCode::OK);
        });
    }
}
