//! What a request asks for: which page, as HTML or JSON, as of which dates.

use std::collections::BTreeMap;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::header::ACCEPT;
use axum::http::request::Parts;
use throughline_casebook::Part;
use throughline_model::{AsOf, Edtf, Instant};

use crate::address::escaped;
use crate::trouble::Trouble;

/// The name of the date of publication in addresses, as commands call it.
pub(crate) const AS_OF: &str = "as-of";
/// The name of the date of recording in addresses, as commands call it.
pub(crate) const RECORDED_BY: &str = "recorded-by";
/// The number of a part of a list in addresses.
pub(crate) const PAGE: &str = "page";

/// How many rows a page of a list has.
pub(crate) const ROWS: usize = 50;

/// In which form a page is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Form {
    #[default]
    Html,
    Json,
}

/// Marks a request whose address ended in `.json`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AsJson;

/// Who judges in the browser that asks, where it keeps a name.
#[derive(Clone, Debug, Default)]
pub(crate) struct By(pub(crate) Option<String>);

/// What is asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ask {
    /// The address without `.json` and what follows the question mark.
    pub(crate) path: String,
    pub(crate) form: Form,
    /// The two dates; the present for those that could not be read.
    pub(crate) as_of: AsOf,
    /// Everything after the question mark that says something, dates as they were typed.
    pub(crate) query: BTreeMap<String, String>,
    /// The last part of the address, where it names one thing.
    pub(crate) id: Option<String>,
    /// Who judges, where the browser keeps a name.
    pub(crate) by: Option<String>,
    /// What is wrong with a date, by its name.
    pub(crate) faults: BTreeMap<&'static str, String>,
    /// What the address says under names that the page does not know.
    pub(crate) unknown: Unknown,
}

/// Names in an address that its page does not know, and those that it knows. A date whose name is
/// misspelt would else give the present without a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unknown {
    pub(crate) names: Vec<String>,
    /// Beside the two dates.
    taken: &'static [&'static str],
}

impl Unknown {
    /// What they are, as a sentence.
    pub(crate) fn said(&self) -> String {
        let names = self.names.iter().map(|name| format!("“{name}”"));
        format!("This page knows no {}.", names.collect::<Vec<_>>().join(", no "))
    }

    /// What may stand there, as a sentence.
    pub(crate) fn advice(&self) -> String {
        let known: Vec<&str> = [AS_OF, RECORDED_BY].iter().chain(self.taken).copied().collect();
        format!("After the question mark it takes {}.", known.join(", "))
    }
}

impl Ask {
    /// What was typed under a name, if it says something.
    pub(crate) fn typed(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    /// The number of the page of a list, from 1.
    pub(crate) fn page(&self) -> Result<usize, Trouble> {
        let Some(typed) = self.typed(PAGE) else { return Ok(1) };
        typed.parse().ok().filter(|page| (1..=1_000_000).contains(page)).ok_or_else(|| {
            Trouble::refused(
                format!("“{typed}” is no number of a page."),
                "Pages of a list are numbered from 1.",
            )
        })
    }

    /// The part of a list that is asked for, and one row more to see whether others follow.
    pub(crate) fn part(&self) -> Result<Part, Trouble> {
        Ok(Part { from: (self.page()? - 1) * ROWS, many: ROWS + 1 })
    }

    /// Refuses a page of a list that has none of its rows, though others have.
    pub(crate) fn beyond(&self, rows: usize) -> Result<(), Trouble> {
        let page = self.page()?;
        match rows == 0 && page > 1 {
            true => Err(Trouble::missing(
                format!("This list has no page {page}, as of these dates."),
                "Begin with the first.",
            )),
            false => Ok(()),
        }
    }

    /// What distinguishes this question from all others of the same casebook.
    pub(crate) fn key(&self) -> String {
        let query = self.query.iter().map(|(name, value)| format!("{name}={}", escaped(value)));
        let query = query.collect::<Vec<_>>().join("&");
        let unknown = &self.unknown.names;
        let by = self.by.as_deref().unwrap_or_default();
        format!("{:?} {}?{query} {unknown:?} {by}", self.form, self.path)
    }

    /// The dates as they go into an address.
    pub(crate) fn dates(&self) -> impl Iterator<Item = (&str, &str)> {
        let kept = |(name, _): &(&String, &String)| *name == AS_OF || *name == RECORDED_BY;
        self.query.iter().filter(kept).map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The question of a page that knows the two dates and some names more; what else was typed is
    /// put aside.
    pub(crate) fn taking(mut self, taken: &'static [&'static str]) -> Ask {
        let knows = |name: &str| [AS_OF, RECORDED_BY].contains(&name) || taken.contains(&name);
        let names = self.query.keys().filter(|name| !knows(name)).cloned().collect();
        self.query.retain(|name, _| knows(name));
        self.unknown = Unknown { names, taken };
        self
    }

    /// The same question, of the present.
    pub(crate) fn at_present(&self) -> Ask {
        let mut ask = Ask { as_of: AsOf::default(), ..self.clone() };
        ask.query.retain(|name, _| name != AS_OF && name != RECORDED_BY);
        ask
    }

    /// Of two different days one would be taken and the other passed over in silence.
    fn refuse_twice(&mut self, said: &[(String, String)]) {
        for name in [AS_OF, RECORDED_BY] {
            let mut own = said.iter().filter(|(other, _)| other == name).map(|(_, value)| value);
            let first = own.next();
            if own.any(|other| Some(other) != first) {
                self.faults.insert(name, "it is given twice; give one".to_owned());
            }
        }
    }

    fn read_dates(&mut self) {
        if let Some(typed) = self.typed(AS_OF) {
            match typed.parse::<Edtf>() {
                Ok(date) => self.as_of.published = Some(date.latest()),
                Err(error) => {
                    self.faults.insert(AS_OF, error.to_string());
                }
            }
        }
        if let Some(typed) = self.typed(RECORDED_BY) {
            match typed.parse::<Instant>() {
                Ok(moment) => self.as_of.recorded = Some(moment),
                Err(error) => {
                    self.faults.insert(RECORDED_BY, error.to_string());
                }
            }
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ask {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Ask, Self::Rejection> {
        let query: Vec<(String, String)> = axum::extract::Query::try_from_uri(&parts.uri)
            .map(|axum::extract::Query(query)| query)
            .unwrap_or_default();
        let said: Vec<(String, String)> = query
            .into_iter()
            .map(|(name, value)| (name, value.trim().to_owned()))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let accepts = parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok());
        let json = parts.extensions.get::<AsJson>().is_some() || accepts.is_some_and(prefers_json);
        let id = RawPathParams::from_request_parts(parts, state)
            .await
            .ok()
            .and_then(|params| params.iter().last().map(|(_, value)| value.to_owned()));
        let mut ask = Ask {
            path: parts.uri.path().to_owned(),
            form: if json { Form::Json } else { Form::Html },
            query: said.iter().cloned().collect(),
            id,
            by: parts.extensions.get::<By>().and_then(|By(by)| by.clone()),
            ..Ask::default()
        };
        ask.read_dates();
        ask.refuse_twice(&said);
        Ok(ask)
    }
}

/// Whether a client that accepts these would rather have JSON: it names JSON, and HTML not before.
fn prefers_json(accepts: &str) -> bool {
    match (accepts.find("application/json"), accepts.find("text/html")) {
        (Some(json), Some(html)) => json < html,
        (json, _) => json.is_some(),
    }
}
