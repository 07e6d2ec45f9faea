//! What every picture says of itself: what it shows, as of which dates, from which state.

use throughline_model::{AsOf, Sha256};

/// What is printed on a picture besides the facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// What it shows.
    pub title: String,
    /// As of which dates, in words.
    pub as_of: String,
    /// The state of the casebook that it was drawn from.
    pub state: Option<State>,
    /// What a reader must know beside it: what is left out, that names are withheld.
    pub marks: Vec<String>,
}

/// The state of a casebook, as citations give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The hash of what it holds.
    pub content: Sha256,
    /// The head of its ledger; `None` where it is not to be given, since it tells when things entered.
    pub head: Option<Sha256>,
    /// The program and its version.
    pub program: String,
}

impl State {
    /// The state in words, with the first `digits` of each hash.
    pub(crate) fn words(&self, digits: usize) -> String {
        let short = |hash: Sha256| hash.to_string().chars().take(digits).collect::<String>();
        let head = self.head.map(|head| format!(", head {}", short(head))).unwrap_or_default();
        format!("State: content {}{head}; {}", short(self.content), self.program)
    }
}

/// The two dates of a view in words.
pub fn as_of(as_of: AsOf) -> String {
    let published = match as_of.published {
        Some(day) => format!("The public record of {day}, under today's judgments"),
        None => "All that the casebook holds".to_owned(),
    };
    match as_of.recorded {
        Some(moment) => format!("{published}; as recorded by {moment}"),
        None => published,
    }
}
