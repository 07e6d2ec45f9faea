//! What went wrong with a request, and what to do about it.

use axum::http::StatusCode;
use serde_json::{Value as Json, json};
use throughline_casebook::Error;

/// Why there is no page.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) status: StatusCode,
    /// What happened, as a sentence.
    pub(crate) what: String,
    /// What to do, as a sentence.
    pub(crate) advice: String,
}

impl Trouble {
    pub(crate) fn new(
        status: StatusCode,
        what: impl Into<String>,
        advice: impl Into<String>,
    ) -> Trouble {
        Trouble { status, what: what.into(), advice: advice.into() }
    }

    /// Nothing is there.
    pub(crate) fn missing(what: impl Into<String>, advice: impl Into<String>) -> Trouble {
        Trouble::new(StatusCode::NOT_FOUND, what, advice)
    }

    /// What was asked makes no sense.
    pub(crate) fn refused(what: impl Into<String>, advice: impl Into<String>) -> Trouble {
        Trouble::new(StatusCode::BAD_REQUEST, what, advice)
    }

    /// The page failed by a fault of the program.
    pub(crate) fn fault() -> Trouble {
        Trouble::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "This page failed, by a fault in the program; all others go on.",
            "Nothing in the casebook was changed. What the program wrote to the terminal says where \
             it failed; please report it with the address of this page.",
        )
    }

    pub(crate) fn json(&self) -> Json {
        json!({"error": self.what, "advice": self.advice})
    }

    /// What happened, for readers, who are told nothing of the casebook by it.
    pub(crate) fn to_readers(&self) -> &'static str {
        match self.status {
            StatusCode::NOT_FOUND => {
                "Nothing stands at this address, in this edition or as of these dates."
            }
            StatusCode::BAD_REQUEST => "What was asked for was not understood; mend it above.",
            StatusCode::METHOD_NOT_ALLOWED => "Nothing can be changed at this address.",
            StatusCode::SERVICE_UNAVAILABLE => {
                "The casebook is being written to. Load this page again in a moment."
            }
            _ => "This page failed; all others go on.",
        }
    }

    /// What the page is called.
    pub(crate) fn title(&self) -> &'static str {
        match self.status {
            StatusCode::NOT_FOUND => "Not found",
            StatusCode::BAD_REQUEST => "Not understood",
            StatusCode::FORBIDDEN => "Refused",
            StatusCode::METHOD_NOT_ALLOWED => "Nothing changed",
            StatusCode::SERVICE_UNAVAILABLE => "Not now",
            _ => "This page failed",
        }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Trouble {
        match error {
            Error::Unknown(what) => Trouble::missing(
                format!("Nothing in this casebook is called {what}."),
                "See that it is the right casebook, or look for it by its words.",
            ),
            Error::Ambiguous { text, candidates } => Trouble::missing(
                format!("{text} could be {}.", candidates.join(", ")),
                "Write more of it.",
            ),
            Error::Refused(why) => Trouble::refused(why, "Ask for something else."),
            Error::Busy => Trouble::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "Another process holds the casebook.",
                "Load this page again when it has ended.",
            ),
            error => Trouble::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                format!("The casebook could not be read: {error}."),
                "Mend that and load this page again; other pages go on.",
            ),
        }
    }
}
