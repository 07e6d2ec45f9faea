//! What the pages of a crawl show: the pictures and style sheets in it, found by their addresses.
//!
//! A page names its pictures by their addresses, and the crawl holds what was fetched from there, in
//! records before the page or behind it, or in another file of the same archive. So a file is gone
//! through once for the places of such records, when the first page asks for one, and each is read
//! when a page shows it: memory holds places and no pictures.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::io::{BufRead, Read};
use std::rc::Rc;

use throughline_model::Sha256;

use super::head::{Head, Next};
use super::members::{Members, Place};
use crate::PassedOver;
use crate::address::{found_by, joined};
use crate::beside::{Absent, ByAddress, MAX_PICTURE_BYTES};
use crate::http::{self, Answer};
use crate::recognise::extension;
use crate::walk::{Budget, Handle};

/// The most records whose places are held in memory, some hundred bytes each.
const MOST_PLACES: usize = 100_000;

/// How far into what a member unpacks to a record is read from its place, in bytes; what stands
/// further in would be unpacked over and over, and is held.
const FAR: u64 = 1 << 20;

/// What is held of such records together, in bytes.
const MOST_HELD: u64 = 64 << 20;

/// How often what was fetched from one address is told apart by its time.
const MOST_TIMES: usize = 64;

/// How many addresses may lead on to one another.
const MOST_LEADS: usize = 5;

/// The pictures and style sheets of some files of records.
pub(crate) struct Parts<'a> {
    files: Vec<Handle<'a>>,
    found: OnceCell<Found>,
    /// How much is unpacked while they are looked for, and how much while they are read: pages that
    /// all show the largest picture would ask for it without end.
    looking: Rc<Budget>,
    reading: Rc<Budget>,
}

/// Where things are, by their addresses.
#[derive(Default)]
struct Found {
    /// What was fetched from an address, whenever it was: a picture may have changed.
    by_address: HashMap<Sha256, Vec<Fetched>>,
    many: usize,
    held: u64,
}

struct Fetched {
    /// In seconds since 1970.
    at: Option<i64>,
    lies: Lies,
}

enum Lies {
    /// In a record of a file.
    In {
        file: usize,
        place: Place,
    },
    Held(Rc<[u8]>),
    /// At another address, to which this one leads.
    At(Sha256),
}

impl<'a> Parts<'a> {
    /// What can be found in some files of one crawl. Nothing is looked for until somebody asks.
    pub(crate) fn of(files: Vec<Handle<'a>>) -> Parts<'a> {
        let came_in = files.iter().map(Handle::length).sum();
        let budget = || {
            let budget = Rc::new(Budget::default());
            budget.came_in(came_in);
            budget
        };
        Parts { files, found: OnceCell::new(), looking: budget(), reading: budget() }
    }

    /// What finds the bytes of an address, as it was fetched nearest to a moment.
    pub(crate) fn by_address(self) -> ByAddress<'a> {
        Rc::new(move |address, at| self.bytes(address, at))
    }

    fn bytes(&self, address: &str, at: Option<i64>) -> Result<Vec<u8>, Absent> {
        let found = self.found.get_or_init(|| self.look());
        let mut key = key(address).ok_or(Absent::NotThere)?;
        for _ in 0..=MOST_LEADS {
            let all = found.by_address.get(&key).ok_or(Absent::NotThere)?;
            let far = |one: &&Fetched| match (one.at, at) {
                (Some(one), Some(at)) => one.abs_diff(at),
                _ => u64::MAX,
            };
            // An address that leads on to itself at another time is not followed.
            let own = |one: &&Fetched| !matches!(one.lies, Lies::At(other) if other == key);
            let nearest = all.iter().filter(own).min_by_key(far).ok_or(Absent::NotThere)?;
            match &nearest.lies {
                Lies::At(other) => key = *other,
                Lies::Held(bytes) => return self.counted(bytes.to_vec()),
                Lies::In { file, place } => {
                    let bytes = self.record(&self.files[*file], *place)?;
                    return self.counted(bytes);
                }
            }
        }
        Err(Absent::NotThere)
    }

    fn counted(&self, bytes: Vec<u8>) -> Result<Vec<u8>, Absent> {
        self.reading.unpack(bytes.len()).map(|()| bytes).map_err(|_| Absent::Spent)
    }

    /// The body in the record at a place.
    fn record(&self, file: &Handle<'a>, place: Place) -> Result<Vec<u8>, Absent> {
        let unsound = |_| match self.reading.is_spent() {
            true => Absent::Spent,
            false => Absent::Packed,
        };
        let mut members = Members::at(file, place, &self.reading).map_err(unsound)?;
        let Ok(Next::Head(head)) = Head::next(&mut members) else { return Err(Absent::Packed) };
        let mut block = (&mut members).take(head.length);
        let answer = match head.kind.as_str() {
            "response" => Some(http::read_answer(&mut block).map_err(|_| Absent::Packed)?),
            _ => None,
        };
        body(&mut block, answer, &self.reading)
    }

    /// Goes through all files for what a page may show. A file that is damaged gives what stands
    /// before the damage; whoever reads its records tells of it.
    fn look(&self) -> Found {
        let mut found = Found::default();
        for (number, file) in self.files.iter().enumerate() {
            let start = Place { from: 0, within: 0 };
            let Ok(mut members) = Members::at(file, start, &self.looking) else { continue };
            while found.many < MOST_PLACES
                && found.next(number, &mut members, &self.looking).unwrap_or(false)
            {}
        }
        found
    }
}

impl Found {
    /// Goes through one record; `false` at the end.
    fn next(
        &mut self,
        file: usize,
        members: &mut Members<'_>,
        budget: &Rc<Budget>,
    ) -> std::io::Result<bool> {
        // The lines that end a record stand in its own member.
        while let [b'\r' | b'\n', ..] = members.fill_buf()? {
            members.consume(1);
        }
        let place = members.place()?;
        let head = match Head::next(members)? {
            Next::Head(head) => head,
            Next::Broken(_) => return Ok(true),
            Next::End => return Ok(false),
        };
        let mut left = members.take(head.length);
        if let Some((address, lies)) = self.lies(file, place, &head, &mut left, budget) {
            let at = head.fetched.as_ref().map(throughline_model::Stamp::seconds);
            let times = self.by_address.entry(address).or_default();
            if times.len() < MOST_TIMES {
                times.push(Fetched { at, lies });
                self.many += 1;
            }
        }
        let left = left.limit();
        members.pass_over(left)?;
        Ok(true)
    }

    /// Where a page finds what a record holds, and by which address; `None` if pages show none such.
    fn lies(
        &mut self,
        file: usize,
        place: Place,
        head: &Head,
        block: &mut std::io::Take<&mut Members<'_>>,
        budget: &Rc<Budget>,
    ) -> Option<(Sha256, Lies)> {
        let address = head.address.as_deref()?;
        let own = key(address)?;
        let answer = match head.kind.as_str() {
            "response" => Some(http::read_answer(block).ok()?),
            "resource" => None,
            "revisit" => {
                let other = key(head.refers_to.as_deref()?)?;
                return (other != own).then_some((own, Lies::At(other)));
            }
            _ => return None,
        };
        if let Some(answer) = answer.as_ref().filter(|answer| answer.leads_on()) {
            let other = key(&joined(address, answer.location.as_deref()?)?)?;
            return (other != own).then_some((own, Lies::At(other)));
        }
        let media_type = match &answer {
            Some(answer) if answer.status != 200 => return None,
            Some(answer) => answer.media_type.as_deref(),
            None => head.media_type.as_deref(),
        };
        if !is_part(media_type.unwrap_or_default(), address) || head.truncated {
            return None;
        }
        if place.within <= FAR {
            return Some((own, Lies::In { file, place }));
        }
        if self.held + block.limit() > MOST_HELD {
            return None;
        }
        let bytes = body(block, answer, budget).ok()?;
        self.held += bytes.len() as u64;
        Some((own, Lies::Held(bytes.into())))
    }
}

/// The body of a record whose head was read.
fn body(
    block: &mut impl Read,
    answer: Option<Answer>,
    budget: &Rc<Budget>,
) -> Result<Vec<u8>, Absent> {
    let bytes = crate::beside::bounded(block).map_err(|absent| absent.unwrap_or(Absent::Packed))?;
    match answer {
        Some(answer) => {
            let body = answer.coding.body(bytes, MAX_PICTURE_BYTES, budget);
            body.map(|body| body.bytes).map_err(|_| Absent::Packed)
        }
        None => Ok(bytes),
    }
}

/// Whether a page may show what is declared so: a picture or a style sheet. Some servers say of
/// pictures only that they are bytes.
fn is_part(media_type: &str, address: &str) -> bool {
    let bare = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match PassedOver::of_media_type(&bare) {
        Some(PassedOver::Picture) => true,
        Some(_) => bare == "text/css",
        None => {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            let name = path.rsplit('/').next().unwrap_or_default();
            extension(name).and_then(PassedOver::of_extension) == Some(PassedOver::Picture)
                && (bare.is_empty() || bare.ends_with("/octet-stream"))
        }
    }
}

/// What an address is found by: a hash, so that long addresses take no room.
fn key(address: &str) -> Option<Sha256> {
    found_by(address).map(|form| Sha256::of(&form))
}
